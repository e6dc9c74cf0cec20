"""Gradient descent's sums as a loop over examples, watched line by line (§3.7.3).

`gradients_by_loop` is the listing that learners read. `run_line_by_line` has the very
same lines, with a look at the variables after each; a test holds the two together.
"""

import inspect
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.checks import check_binary, check_examples, check_finite, check_weights
from core.logistic import backward, cost, forward
from core.rounding import readable
from core.types import Array

MAX_EXAMPLES = 12
MAX_FEATURES = 4
MAX_Z = 30.0  # beyond it σ(z) comes so close to 0 or 1 that log(1 − a) loses digits

# Three features would fit nobody's screen, one would need no inner loop.
TINY_X = ((1.0, -2.0, 0.5, 3.0), (2.0, 1.0, -1.0, 0.0))
TINY_Y = ((1.0, 0.0, 0.0, 1.0),)


@dataclass(frozen=True)
class LoopResult:
    """J, dw (n_x,) and db after the loop and the division by m."""

    J: float
    dw: tuple[float, ...]
    db: float


@dataclass(frozen=True)
class LineStep:
    """One line that has just run, and the variables after it.

    `line` counts the lines of `listing()` from 0. i and k count from 0 as in the code;
    they and z, a, dz are None before they exist.
    """

    line: int
    J: float
    dw: tuple[float, ...]
    db: float
    i: int | None
    k: int | None
    z: float | None
    a: float | None
    dz: float | None


def sigma(z: float) -> float:
    """σ(z) for one number."""
    return 1 / (1 + math.exp(-z))


def loss(a: float, y: float) -> float:
    """−(y log a + (1 − y) log(1 − a)) for one example."""
    return -(y * math.log(a) + (1 - y) * math.log(1 - a))


def gradients_by_loop(X: Array, Y: Array, w: Array, b: float) -> LoopResult:
    """J, dw and db, one example and one feature after the other. Notes §3.7.3"""
    n_x, m = X.shape
    J, dw, db = 0.0, [0.0] * n_x, 0.0
    for i in range(m):
        z = b
        for k in range(n_x):
            z += w[k, 0] * X[k, i]
        a = sigma(z)
        J += loss(a, Y[0, i])
        dz = a - Y[0, i]
        for k in range(n_x):
            dw[k] += X[k, i] * dz
        db += dz
    J /= m
    for k in range(n_x):
        dw[k] /= m
    db /= m
    return LoopResult(J, tuple(dw), db)


def run_line_by_line(X: Array, Y: Array, w: Array, b: float) -> Iterator[LineStep]:
    """The lines of `gradients_by_loop`, with the variables after each of them."""
    i = k = z = a = dz = None
    n_x, m = X.shape
    J, dw, db = 0.0, [0.0] * n_x, 0.0
    yield LineStep(1, J, tuple(dw), db, i, k, z, a, dz)
    for i in range(m):
        yield LineStep(2, J, tuple(dw), db, i, k, z, a, dz)
        z = b
        yield LineStep(3, J, tuple(dw), db, i, k, z, a, dz)
        for k in range(n_x):
            yield LineStep(4, J, tuple(dw), db, i, k, z, a, dz)
            z += w[k, 0] * X[k, i]
            yield LineStep(5, J, tuple(dw), db, i, k, z, a, dz)
        a = sigma(z)
        yield LineStep(6, J, tuple(dw), db, i, k, z, a, dz)
        J += loss(a, Y[0, i])
        yield LineStep(7, J, tuple(dw), db, i, k, z, a, dz)
        dz = a - Y[0, i]
        yield LineStep(8, J, tuple(dw), db, i, k, z, a, dz)
        for k in range(n_x):
            yield LineStep(9, J, tuple(dw), db, i, k, z, a, dz)
            dw[k] += X[k, i] * dz
            yield LineStep(10, J, tuple(dw), db, i, k, z, a, dz)
        db += dz
        yield LineStep(11, J, tuple(dw), db, i, k, z, a, dz)
    J /= m
    yield LineStep(12, J, tuple(dw), db, i, k, z, a, dz)
    for k in range(n_x):
        yield LineStep(13, J, tuple(dw), db, i, k, z, a, dz)
        dw[k] /= m
        yield LineStep(14, J, tuple(dw), db, i, k, z, a, dz)
    db /= m
    yield LineStep(15, J, tuple(dw), db, i, k, z, a, dz)


def loop_steps(X: Array, Y: Array, w: Array, b: float) -> tuple[LineStep, ...]:
    """Every line that runs for these examples, in the order in which it runs.

    X (n_x, m), Y (1, m) of 0 and 1, w (n_x, 1), b scalar. Raises ValueError for
    shapes that do not fit, for more than MAX_EXAMPLES or MAX_FEATURES, and where an
    example is so far out that its a can hardly be told from 0 or 1. Notes §3.7.3
    """
    check_loop(X, Y, w, b)
    return tuple(run_line_by_line(X, Y, w, b))


def check_loop(X: Array, Y: Array, w: Array, b: float) -> None:
    """Raises ValueError for what the loop cannot run, or nobody could watch."""
    check_examples(X, Y)
    check_binary(Y)
    check_weights(w, X)
    check_finite(X, "X")
    check_finite(w, "w")
    check_finite(np.array(b), "b")
    n_x, m = X.shape
    if m > MAX_EXAMPLES or n_x > MAX_FEATURES:
        raise ValueError(
            f"To watch every line, take {MAX_EXAMPLES} examples of {MAX_FEATURES} "
            f"features at most, not {m} of {n_x}."
        )
    z = np.dot(w.T, X) + b
    worst = int(np.argmax(np.abs(z)))
    if abs(z[0, worst]) > MAX_Z:
        raise ValueError(
            f"Example {worst + 1} has z = {readable(float(z[0, worst]))}. Stay "
            f"between −{MAX_Z:.0f} and {MAX_Z:.0f}: smaller weights will do."
        )


def code_lines(function: Callable[..., object]) -> tuple[str, ...]:
    """The lines of a function's body, without its docstring."""
    lines = inspect.getsource(function).splitlines()
    ends = [at for at, line in enumerate(lines) if line.rstrip().endswith('"""')]
    return tuple(line.removeprefix("    ") for line in lines[ends[0] + 1 :])


def listing() -> tuple[str, ...]:
    """The lines of the loop as they are shown, and as they run."""
    return code_lines(gradients_by_loop)


def gradients_by_matrix(X: Array, Y: Array, w: Array, b: float) -> LoopResult:
    """The same J, dw and db without a loop. Notes §4.2.2

    X (n_x, m), Y (1, m), w (n_x, 1), b scalar
    """
    A = forward(w, b, X)
    slopes = backward(A, X, Y)
    return LoopResult(cost(A, Y), tuple(slopes.dw[:, 0].tolist()), slopes.db)


def same_digits(one: LoopResult, other: LoopResult, digits: int = 8) -> bool:
    """Whether two results agree in every digit shown."""
    numbers = zip((one.J, *one.dw, one.db), (other.J, *other.dw, other.db), strict=True)
    # Sums in another order differ in the 16th digit, which turns an exact 0 into
    # 1e-17; compare those as numbers.
    return all(
        readable(a, digits) == readable(b, digits) or abs(a - b) < 1e-14
        for a, b in numbers
    )
