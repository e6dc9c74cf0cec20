"""Arrays with one axis, which are neither a row nor a column (notes §4.4)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.types import Array

MAX_EXAMPLES = 200

# What a learner predicts the shape of. The text is the code beside it.
OPERATIONS: Mapping[str, Callable[[Array], Array]] = {
    "a": lambda a: a,
    "a.T": lambda a: a.T,
    "np.dot(a, a.T)": lambda a: np.dot(a, a.T),
    "np.dot(a.T, a)": lambda a: np.dot(a.T, a),
    "np.dot(a, a)": lambda a: np.dot(a, a),
    "np.outer(a, a)": lambda a: np.outer(a, a),
    "a * a.T": lambda a: a * a.T,
    "a + a.T": lambda a: a + a.T,
    "a.sum()": lambda a: a.sum(),
    "a.sum(axis=0)": lambda a: a.sum(axis=0),
    "a.sum(axis=0, keepdims=True)": lambda a: a.sum(axis=0, keepdims=True),
}


@dataclass(frozen=True)
class Vectors:
    """The same n numbers in the three shapes that people take for one another."""

    rank_one: Array
    column: Array
    row: Array


@dataclass(frozen=True)
class Result:
    """What one expression gives: shape and value, or NumPy's own error text."""

    expression: str
    shape: tuple[int, ...] | None
    value: Array | None
    error: str | None


@dataclass(frozen=True)
class Batch:
    """Labels Y and predictions A of the same examples."""

    Y: Array
    A: Array


@dataclass(frozen=True)
class CostCase:
    """The cost for one pair of shapes, beside the one that was meant.

    J sums all losses and divides by m; J_mean is losses.mean(), which hides the extra
    losses by dividing by their number.
    """

    shape_Y: tuple[int, ...]
    shape_A: tuple[int, ...]
    losses: Array
    J: float
    J_mean: float
    right: float


@dataclass(frozen=True)
class Costs:
    """The cost of the first m examples, for many m: as meant, and from (m, m) losses.

    J sums the m² losses and divides by m; J_mean is their mean.
    """

    m: Array
    right: Array
    J: Array
    J_mean: Array


@dataclass(frozen=True)
class Difference:
    """dZ for one pair of shapes, beside the one that was meant."""

    dZ: Array
    right: Array


@dataclass(frozen=True)
class Silent:
    """The array that appears when two shapes meet: its shape and its memory."""

    shape: tuple[int, ...]
    bytes: int


@dataclass(frozen=True)
class Fix:
    """One way to have a real column: its line, and the function that shows it."""

    name: str
    line: str
    make: Callable[[int, int], Array]


def vectors(n: int = 5, seed: int = 0) -> Vectors:
    """n random numbers as (n,), as a column and as a row.

    → rank_one (n,), column (n, 1), row (1, n)

    Notes §4.4
    """
    return in_three_shapes(np.random.default_rng(seed).standard_normal(n))


def vectors_around(x: float, seed: int = 0) -> Vectors:
    """x between four random whole numbers from −3 to 3, small enough for the head.

    → rank_one (5,), column (5, 1), row (1, 5)
    """
    whole = np.array([-3, -2, -1, 1, 2, 3])
    a = np.random.default_rng(seed).choice(whole, size=5).astype(np.float64)
    a[2] = x
    return in_three_shapes(a)


def in_three_shapes(a: Array) -> Vectors:
    """The same numbers three times. (n,) → (n,), (n, 1), (1, n)"""
    return Vectors(a, a[:, None], a[None, :])


def operations(a: Array) -> tuple[Result, ...]:
    """Every entry of OPERATIONS tried on a, in the same order.

    a of any shape → shape and value, or the error text of the real attempt

    Notes §4.4
    """
    return tuple(attempt(expression, a) for expression in OPERATIONS)


def attempt(expression: str, a: Array) -> Result:
    """One entry of OPERATIONS tried on a; a single number has the shape ().

    Raises KeyError for an expression that is not in OPERATIONS.
    """
    operate = OPERATIONS[expression]
    try:
        value = np.asarray(operate(a))
    except ValueError as error:
        return Result(expression, None, None, str(error).strip())
    return Result(expression, value.shape, value, None)


def examples(m: int = 5, seed: int = 0) -> Batch:
    """m random labels, and predictions that are all on the right side of one half.

    → Y (m,) of zeros and ones, A (m,) between 0.05 and 0.95

    A good model, so that a cost which pairs its predictions with the wrong labels
    cannot come out about right by chance. Notes §4.4
    """
    rng = np.random.default_rng(seed)
    Y = rng.integers(0, 2, size=m).astype(np.float64)
    sure = rng.uniform(0.5, 0.95, size=m)
    return Batch(Y, np.where(Y == 1, sure, 1 - sure))


def cost_with(Y: Array, A: Array) -> CostCase:
    """J = −(1/m) Σ (y log a + (1 − y) log(1 − a)), with the shapes as they come.

    Y, A each (m,), (1, m) or (m, 1) → losses of whatever shape NumPy makes of them

    Nothing is repaired here: this is the formula as a learner would type it, so that
    the silent (m, m) can be seen. Raises ValueError for other shapes, more than 200
    examples, or predictions outside (0, 1). Notes §3.4, §4.4
    """
    m = _examples_in(Y, A)
    losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    J = losses.sum() / m
    meant_Y, meant_A = Y.reshape(1, m), A.reshape(1, m)
    meant = -(meant_Y * np.log(meant_A) + (1 - meant_Y) * np.log(1 - meant_A))
    return CostCase(
        Y.shape, A.shape, losses, float(J), float(losses.mean()), float(meant.mean())
    )


def dZ_with(Y: Array, A: Array) -> Difference:
    """dZ = A − Y, with the shapes as they come, beside the (1, m) that was meant.

    Y, A each (m,), (1, m) or (m, 1) → dZ of whatever shape NumPy makes of them

    Raises ValueError like cost_with. Notes §3.7.3, §4.4
    """
    m = _examples_in(Y, A)
    return Difference(A - Y, A.reshape(1, m) - Y.reshape(1, m))


def costs_of_first(batch: Batch, counts: Array) -> Costs:
    """The cost of the first m examples for each m of counts, without any (m, m).

    batch.Y, batch.A (M,), counts (k,) whole numbers from 1 to M → each (k,)

    Every label meets every prediction in the square, so its sum falls apart into
    products of sums: Σᵢⱼ yⱼ log aᵢ = Σ y · Σ log a. Notes §3.4, §4.4
    """
    Y, A = batch.Y, batch.A
    log_a, log_not_a = np.log(A), np.log(1 - A)
    m = np.asarray(counts, dtype=np.float64)
    at = m.astype(np.int64) - 1
    meant = -np.cumsum(Y * log_a + (1 - Y) * log_not_a)[at]
    square = -(
        np.cumsum(Y)[at] * np.cumsum(log_a)[at]
        + np.cumsum(1 - Y)[at] * np.cumsum(log_not_a)[at]
    )
    return Costs(m, meant / m, square / m, square / m**2)


def meeting(shape_Y: tuple[int, ...], shape_A: tuple[int, ...]) -> Silent:
    """What A − Y would be for these shapes, found without making it.

    → shape as NumPy says, and its bytes in float64

    Raises ValueError for shapes that do not fit. Notes §4.4
    """
    shape = np.broadcast_shapes(shape_Y, shape_A)
    return Silent(shape, math.prod(shape) * np.dtype(np.float64).itemsize)


def silent_square(m: int) -> Silent:
    """What (m,) against (m, 1) would take in memory, found without making it.

    m → shape (m, m) as NumPy says, and its bytes in float64

    Notes §4.4
    """
    return meeting((m,), (m, 1))


def column_at_creation(n: int, seed: int) -> Array:
    """Ask for two axes from the start. → (n, 1)"""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, 1))


def column_by_reshape(n: int, seed: int) -> Array:
    """Give the second axis afterwards. (n,) → (n, 1)"""
    a = np.random.default_rng(seed).standard_normal(n)
    return a.reshape(n, 1)


def column_by_none(n: int, seed: int) -> Array:
    """None in an index puts an axis of length 1 in its place. (n,) → (n, 1)"""
    a = np.random.default_rng(seed).standard_normal(n)
    return a[:, None]


def column_by_keepdims(n: int, seed: int) -> Array:
    """Keep the axis that the sum runs over, with length 1. (n, 3) → (n, 1)"""
    A = np.random.default_rng(seed).standard_normal((n, 3))
    a: Array = A.sum(axis=1, keepdims=True)
    return a


def column_or_stop(n: int, seed: int) -> Array:
    """Say which shape is meant, where it matters. → (n, 1)"""
    return checked_column(column_at_creation(n, seed), n)


def checked_column(a: Array, n: int) -> Array:
    """The same array if it is a column, and a stop right here if it is not.

    a (n, 1) → a (n, 1)

    Raises AssertionError for any other shape. Notes §4.4
    """
    assert a.shape == (n, 1), f"expected ({n}, 1), got {a.shape}"
    return a


FIXES = (
    Fix("at creation", "a = rng.standard_normal((n, 1))", column_at_creation),
    Fix("reshape", "a = a.reshape(n, 1)", column_by_reshape),
    Fix("None", "a = a[:, None]", column_by_none),
    Fix("keepdims", "a = A.sum(axis=1, keepdims=True)", column_by_keepdims),
    Fix("assert", "assert a.shape == (n, 1)", column_or_stop),
)


def _examples_in(Y: Array, A: Array) -> int:
    """The number of examples m, once both arrays are known to hold m of them."""
    m = Y.size
    allowed = ((m,), (1, m), (m, 1))
    if not 1 <= m <= MAX_EXAMPLES:
        raise ValueError(f"Use 1 to {MAX_EXAMPLES} examples here, not {m}.")
    if Y.shape not in allowed or A.shape not in allowed:
        raise ValueError(
            f"Y {Y.shape} and A {A.shape} do not hold one number for each example."
        )
    if not ((A > 0) & (A < 1)).all():
        raise ValueError("Every prediction in A has to lie between 0 and 1.")
    return m
