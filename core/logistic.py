"""Logistic regression: one neuron, trained by gradient descent."""

import math
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid
from core.checks import (
    check_binary,
    check_descent,
    check_examples,
    check_finite,
    check_prediction,
    check_weights,
)
from core.types import Array

# The largest double below 1 is 1 - 2^-53, so no A comes closer to 1 without
# being 1. We never let A be more certain than that, at either end. Being certain
# and wrong then costs 36.7, the most that one example can, and never infinity.
NEAREST = 2.0**-53
# Parameters beyond this size have diverged for good. Stopping here rather than at
# infinity means that no product of two of them, or with an input, overflows.
LARGEST_SQUARE = 1e200  # (1e100)²


@dataclass(frozen=True)
class Weights:
    """w (n_x, 1) and the scalar b."""

    w: Array
    b: float


@dataclass(frozen=True)
class Slopes:
    """dw (n_x, 1) = ∂J/∂w and the scalar db = ∂J/∂b."""

    dw: Array
    db: float


@dataclass(frozen=True)
class LogisticRun:
    """What training leaves behind.

    w (n_x, 1), b     the last weights before that
    J (steps + 1,)    the cost before the first step and after each
    kept_steps (k,)   steps whose weights were kept, with
                      w_kept (k, n_x) and b_kept (k,)
    diverged_at       the first step whose cost or weights were not finite (or
                      beyond 1e100), or None; J then ends just before it
    """

    w: Array
    b: float
    J: Array
    kept_steps: np.ndarray[tuple[int], np.dtype[np.int64]]
    w_kept: Array
    b_kept: Array
    diverged_at: int | None


def forward(w: Array, b: float, X: Array) -> Array:
    """A = σ(wᵀX + b).

    w (n_x, 1), b scalar, X (n_x, m) → A (1, m), each in [0, 1]. Notes §4.2.1
    """
    check_weights(w, X)
    return sigmoid(np.dot(w.T, X) + b)


def losses(A: Array, Y: Array) -> Array:
    """ℒ = −(y log a + (1 − y) log(1 − a)) for each example.

    A, Y (1, m) → (1, m), each at most 36.7: an a less than 2⁻⁵³ from 0 or 1 is
    read as 2⁻⁵³ from it, so that no logarithm is infinite. Notes §3.4
    """
    A = np.minimum(np.maximum(A, NEAREST), 1 - NEAREST)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))


def cost(A: Array, Y: Array) -> float:
    """J, the mean of the losses.

    A, Y (1, m) → scalar; finite for every A in [0, 1]. Raises ValueError when
    the shapes differ. Notes §3.4
    """
    check_prediction(A, Y)
    return float(np.sum(losses(A, Y)) / Y.shape[1])


def backward(A: Array, X: Array, Y: Array) -> Slopes:
    """dZ = A − Y, then dw = X dZᵀ / m and db = Σ dZ / m.

    A, Y (1, m), X (n_x, m) → dw (n_x, 1), db scalar. Raises ValueError when
    the shapes do not fit. Notes §4.2.2
    """
    check_prediction(A, Y)
    check_examples(X, Y)
    m = Y.shape[1]
    dZ = A - Y
    return Slopes(dw=np.dot(X, dZ.T) / m, db=float(np.sum(dZ) / m))


def step(weights: Weights, slopes: Slopes, alpha: float) -> Weights:
    """w := w − α dw and b := b − α db, both from the old weights. Notes §3.5"""
    return Weights(
        w=weights.w - alpha * slopes.dw,
        b=weights.b - alpha * slopes.db,
    )


def train(
    X: Array,
    Y: Array,
    alpha: float,
    steps: int,
    w: Array | None = None,
    b: float = 0.0,
    every: int = 0,
) -> LogisticRun:
    """Gradient descent from w, b (zeros when w is None).

    X (n_x, m), Y (1, m) of 0 and 1. The weights are kept at step 0, at each
    multiple of `every` (none when 0) and at the last finite step. Raises
    ValueError when shapes or numbers do not fit. Notes §3.7.3, §4.2.2
    """
    check_examples(X, Y)
    check_descent(alpha, steps, every)
    weights = Weights(np.zeros((X.shape[0], 1)) if w is None else w, b)
    check_start(weights, X, Y)
    J: list[float] = []
    kept = {0: weights}
    last = weights
    diverged_at = None
    # A run that diverges overflows on its way: that ends it below, so NumPy
    # need not warn about it too.
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(steps + 1):
            A = forward(weights.w, weights.b, X)
            J_now = cost(A, Y)
            if not (
                math.isfinite(J_now) and computable(weights.w) and computable(weights.b)
            ):
                diverged_at = t
                break
            J.append(J_now)
            last = weights
            if every and t % every == 0:
                kept[t] = weights
            if t < steps:
                weights = step(weights, backward(A, X, Y), alpha)
    kept[max(len(J) - 1, 0)] = last
    return LogisticRun(
        w=last.w,
        b=last.b,
        J=np.array(J),
        kept_steps=np.array(list(kept)),
        w_kept=np.array([each.w[:, 0] for each in kept.values()]),
        b_kept=np.array([each.b for each in kept.values()]),
        diverged_at=diverged_at,
    )


def check_start(weights: Weights, X: Array, Y: Array) -> None:
    """Weights and examples that training can start from. Raises ValueError."""
    if Y.shape[0] != 1:
        raise ValueError(f"Y must be (1, m), one label a column, not {Y.shape}.")
    check_binary(Y)
    check_finite(X, "X")
    check_weights(weights.w, X)
    check_finite(weights.w, "w")
    check_finite(np.array(weights.b), "b")


def computable(values: Array | float) -> bool:
    """Whether all values are finite, and together no longer than 1e100."""
    return bool(np.vdot(values, values) <= LARGEST_SQUARE)


def predict(A: Array) -> Array:
    """1 where A is above one half, 0 elsewhere. A (1, m) → (1, m)"""
    return np.where(A > 0.5, 1.0, 0.0)


def accuracy(A: Array, Y: Array) -> float:
    """The share of examples whose prediction is their label.

    A, Y (1, m) → between 0 and 1. Raises ValueError when the shapes differ.
    """
    check_prediction(A, Y)
    return float(np.mean(predict(A) == Y))
