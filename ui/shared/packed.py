"""Arrays on their way to the browser: the bytes they are, as base64."""

import base64
import zlib
from typing import Any

import numpy as np

from core.types import Array


def packed(values: Array, dtype: str) -> dict[str, Any]:
    """Deflated where that pays: neighbouring frames of a map are much alike."""
    raw = np.ascontiguousarray(values, dtype=dtype).tobytes()
    deflated = len(raw) > 20_000
    return {
        "dtype": dtype,
        "shape": values.shape,
        "bytes": base64.b64encode(zlib.compress(raw, 6) if deflated else raw).decode(),
        "deflated": deflated,
    }
