"""Arrays and texts on their way to the browser: the bytes they are, as base64."""

import base64
import zlib
from typing import Any

import numpy as np

from core.types import Array

DEFLATED_FROM = 4_000  # bytes


def deflate(text: str) -> str:
    """A text a half to a fifth as long: each run hashes and sends what it carries."""
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode()


def inflate(deflated: str) -> str:
    """The text again, as the browser reads it."""
    return zlib.decompress(base64.b64decode(deflated)).decode()


def packed(values: Array, dtype: str) -> dict[str, Any]:
    """Deflated where that pays: neighbouring frames of a map are much alike."""
    raw = np.ascontiguousarray(values, dtype=dtype).tobytes()
    deflated = len(raw) > DEFLATED_FROM
    return {
        "dtype": dtype,
        "shape": values.shape,
        "bytes": base64.b64encode(zlib.compress(raw, 6) if deflated else raw).decode(),
        "deflated": deflated,
    }
