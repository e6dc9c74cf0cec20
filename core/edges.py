"""Where the answer of a model crosses ½ between the cells of a map."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.types import Array, Indices

HALVINGS = 8  # a cut is then known to 1/256 of a cell, and is written as a byte
Bytes = np.ndarray[tuple[Any, ...], np.dtype[np.uint8]]
Cuts = tuple[Bytes, Bytes]
Flags = np.ndarray[tuple[Any, ...], np.dtype[np.bool]]
Span = tuple[float, float]


def cuts(z: Array, x: Span, y: Span, ask: Callable[[Indices, Array], Array]) -> Cuts:
    """How far from a cell's middle to the next one the decision line is met.

    z (n, rows, columns) in [0, 1], a value in the middle of each cell of the spans x
    and y; ask(i, X) answers the points X (2, k), each in its own frame i (k,), as (k,).
    To the cell on the right, and to the one above, both of the shape of z: the share
    of the way times 255, and 0 where z stays on one side.

    Between two cells a steep answer is no straight line: a boundary that is read off z
    alone goes in waves. Halving the way again and again finds it to 1/256.
    """
    above = z >= 0.5
    right = np.nonzero(above[:, :, 1:] != above[:, :, :-1])
    up = np.nonzero(above[:, 1:] != above[:, :-1])
    i, r, c = (np.concatenate(both) for both in zip(right, up, strict=True))
    count, (rows, columns) = len(right[0]), z.shape[1:]
    wide, high = (x[1] - x[0]) / columns, (y[1] - y[0]) / rows
    start = np.stack([x[0] + (c + 0.5) * wide, y[0] + (r + 0.5) * high])
    way = np.zeros_like(start)
    way[0, :count], way[1, count:] = wide, high
    share = halve(lambda X: ask(i, X) >= 0.5, start, way, above[i, r, c])
    found = np.zeros((2, *z.shape), np.uint8)
    found[0][right] = np.round(255 * share[:count])
    found[1][up] = np.round(255 * share[count:])
    return found[0], found[1]


def halve(
    above: Callable[[Array], Flags], start: Array, way: Array, begins: Flags
) -> Array:
    """The share of each way at which `above` changes. start, way (2, k) → (k,)

    begins (k,): what `above` is at the start; at the end it is the other.
    """
    low, high = np.zeros(len(begins)), np.ones(len(begins))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        before = above(start + middle * way) == begins
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return (low + high) / 2
