"""A drawing of black and white pixels, and the short text that holds it.

56 × 56 bits, row by row, ink is 1, as base64 for addresses: 523 characters. An empty
sheet is the empty text.
"""

import base64
import binascii

import numpy as np

from core.clean_up import SIZE, Mask

SIDE = 2 * SIZE
LENGTH = -(-SIDE * SIDE // 6)  # six bits in a character


def write(ink: Mask) -> str:
    """The text of a drawing, ink (56, 56)."""
    if ink.shape != (SIDE, SIDE):
        raise ValueError(f"A drawing is ({SIDE}, {SIDE}), not {ink.shape}.")
    if not ink.any():
        return ""
    return base64.urlsafe_b64encode(np.packbits(ink).tobytes()).decode().rstrip("=")


def read(text: str) -> Mask:
    """The drawing that `write` wrote, (56, 56). Raises ValueError for anything else."""
    if not text:
        return np.zeros((SIDE, SIDE), dtype=np.bool_)
    problem = ValueError(f"it is not a drawing of {SIDE} × {SIDE} pixels")
    if len(text) != LENGTH or not text.isascii():
        raise problem
    try:
        data = base64.b64decode(text + "=" * (-LENGTH % 4), altchars=b"-_")
    except binascii.Error:
        raise problem from None
    if len(data) * 8 != SIDE * SIDE:
        raise problem  # signs that are not of base64 were skipped
    bits = np.unpackbits(np.frombuffer(data, np.uint8))
    ink = bits.reshape(SIDE, SIDE).astype(np.bool_)
    if write(ink) != text:
        raise problem
    return ink
