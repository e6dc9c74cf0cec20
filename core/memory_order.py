"""Rows against columns: the same numbers, met in the order of memory or across it."""

from collections.abc import Callable, Mapping

import numpy as np

from core.stopwatch import Lane
from core.types import Array

SIDES = (50, 100, 200, 400, 800, 1_600)


def row_sums(A: Array) -> list[float]:
    """The sum of each row of A (s, s), one row after the other."""
    return [A[i, :].sum() for i in range(A.shape[0])]


def column_sums(A: Array) -> list[float]:
    """The sum of each column of A (s, s), one column after the other."""
    return [A[:, j].sum() for j in range(A.shape[1])]


def all_rows(A: Array) -> Array:
    """The sums of all rows of A (s, s) in one call → (s,)."""
    return np.asarray(A.sum(axis=1))


def all_columns(A: Array) -> Array:
    """The sums of all columns of A (s, s) in one call → (s,)."""
    return np.asarray(A.sum(axis=0))


PASSES: Mapping[str, Callable[[Array], object]] = {
    "rows": row_sums,
    "columns": column_sums,
    "axis=1": all_rows,
    "axis=0": all_columns,
}


def matrix(side: int, order: str) -> Array:
    """The same numbers (side, side), stored row by row ("C") or by columns ("F")."""
    A = np.random.default_rng(0).random((side, side))
    return A if order == "C" else np.asfortranarray(A)


def jump(side: int, order: str, along: str) -> int:
    """Bytes from one number to the next in a row ("rows") or a column ("columns").

    The strides of a matrix of floats, (8 · side, 8) or (8, 8 · side). Notes §4.1
    """
    down, right = np.empty((side, side), order="C" if order == "C" else "F").strides
    return right if along == "rows" else down


def in_order(order: str) -> str:
    """Which of rows and columns lie in memory without gaps."""
    return min(("rows", "columns"), key=lambda along: jump(4, order, along))


def memory_lanes(largest: int = max(SIDES)) -> tuple[Lane, ...]:
    """Every pass over a matrix in both orders, sides up to `largest`."""
    sides = tuple(side for side in SIDES if side <= largest)
    stored = {(order, side): matrix(side, order) for order in "CF" for side in sides}

    def lane(order: str, name: str) -> Lane:
        function = PASSES[name]

        def prepare(side: int) -> Callable[[], object]:
            return lambda: function(stored[order, side])

        return Lane(f"{order} {name}", sides, prepare)

    return tuple(lane(order, name) for order in "CF" for name in PASSES)
