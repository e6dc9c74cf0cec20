"""What a component is sent: JSON and arrays, as one short text."""

import base64
import json
import zlib
from typing import Any

import numpy as np

from core.types import Array

# What stands for an array in the JSON: no name that Plotly or a page uses.
ARRAY = "$array"
TYPES = ("f4", "f8", "i4", "u1")  # those that canvas.js reads
# Higher levels save 1 % and take half as long again: somebody waits for a new drawing.
LEVEL = 4


def pack(content: Any) -> str:
    """`content` deflated: what JSON can say first, then its arrays as bytes.

    Arrays may stand anywhere in it. Raises TypeError for one that is not of TYPES.
    """
    blocks: list[bytes] = []
    length = 0
    placed: dict[int, dict[str, Any]] = {}  # by the array: one in two places goes once

    def place(array: Array) -> dict[str, Any]:
        nonlocal length
        if id(array) in placed:
            return placed[id(array)]
        kind = array.dtype.str[1:]
        if kind not in TYPES:
            raise TypeError(f"The browser reads {', '.join(TYPES)}, not {kind}.")
        blocks.append(_planes(array))
        at, length = length, length + len(blocks[-1])
        placed[id(array)] = {ARRAY: kind, "shape": array.shape, "at": at}
        return placed[id(array)]

    text = json.dumps(content, default=place).encode()
    whole = b"".join([len(text).to_bytes(4, "little"), text, *blocks])
    return base64.b64encode(zlib.compress(whole, LEVEL)).decode()


def unpack(packed: str) -> Any:
    """The content again, as the browser reads it (canvas.js): tests look into it."""
    whole = zlib.decompress(base64.b64decode(packed))
    start = 4 + int.from_bytes(whole[:4], "little")

    def revive(item: dict[str, Any]) -> Any:
        if ARRAY not in item:
            return item
        kind = np.dtype(item[ARRAY])
        count = int(np.prod(item["shape"]))
        flat = np.frombuffer(
            whole, "u1", count * kind.itemsize, offset=start + item["at"]
        )
        planes = flat.reshape(kind.itemsize, count)
        return np.ascontiguousarray(planes.T).view(kind).reshape(item["shape"])

    return json.loads(whole[4:start], object_hook=revive)


def _planes(array: Array) -> bytes:
    """All first bytes of the numbers, then all second ones, and so on.

    The first bytes of neighbours are alike, the last are noise: so it deflates better.
    """
    raw = np.ascontiguousarray(array).reshape(-1).view("u1")
    return raw.reshape(-1, array.itemsize).T.tobytes()
