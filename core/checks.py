"""Shape checks, kept out of the functions that learners read."""

import math

import numpy as np

from core.types import Array


def check_examples(X: Array, Y: Array) -> None:
    """X (n_x, m) and Y (n_y, m) hold the same examples, one per column.

    Raises ValueError with what to write instead.
    """
    check_row(Y, "Y")
    if np.ndim(X) != 2:
        raise ValueError(
            f"X must be (n_x, m), one example a column, not {np.shape(X)}."
        )
    if Y.shape == (X.shape[1], 1) and X.shape[1] > 1:
        m = X.shape[1]
        raise ValueError(
            f"Y is a column {Y.shape}. A (1, {m}) minus Y would silently broadcast "
            f"to ({m}, {m}). Write Y.T."
        )
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"X {X.shape} has {X.shape[1]} examples in its columns, but Y {Y.shape} "
            f"has {Y.shape[1]}. Examples are columns in both."
        )
    if Y.shape[1] == 0:
        raise ValueError("There are no examples: m is 0.")


def check_prediction(A: Array, Y: Array) -> None:
    """A and Y have one shape, so that A − Y pairs each guess with its own label.

    Raises ValueError where NumPy would broadcast without a word.
    """
    check_row(Y, "Y")
    if np.shape(A) != np.shape(Y):
        silent = broadcast_size(np.shape(A), np.shape(Y))
        raise ValueError(
            f"A has shape {np.shape(A)} but Y has shape {np.shape(Y)}{silent}. "
            "Both must be (1, m)."
        )
    if Y.shape[1] == 0:
        raise ValueError("There are no examples: m is 0.")


def check_row(Y: Array, name: str) -> None:
    """Y has two axes. A rank 1 array of shape (m,) is refused. Notes §4.4"""
    if np.ndim(Y) == 1:
        m = len(Y)
        raise ValueError(
            f"{name} has shape ({m},), a rank 1 array. Against a column ({m}, 1) it "
            f"would silently broadcast to ({m}, {m}). Write {name}.reshape(1, -1) to "
            f"make it (1, {m})."
        )
    if np.ndim(Y) != 2:
        raise ValueError(f"{name} must have two axes, (1, m), not {np.shape(Y)}.")


def broadcast_size(one: tuple[int, ...], other: tuple[int, ...]) -> str:
    """What NumPy would make of two shapes, as the middle of a sentence."""
    try:
        together = np.broadcast_shapes(one, other)
    except ValueError:
        return ""
    return f"; NumPy would silently broadcast the two to {together}"


def check_weights(w: Array, X: Array) -> None:
    """w (n_x, 1) has one weight for each row of X (n_x, m).

    Raises ValueError with the shape that fits.
    """
    if np.ndim(X) != 2:
        raise ValueError(
            f"X must be (n_x, m), one example a column, not {np.shape(X)}."
        )
    if np.shape(w) != (X.shape[0], 1):
        raise ValueError(
            f"w has shape {np.shape(w)}, but X {X.shape} has {X.shape[0]} features: "
            f"w must be ({X.shape[0]}, 1)."
        )


def check_binary(Y: Array) -> None:
    """Every label is 0 or 1. Raises ValueError."""
    wrong = np.argwhere((Y != 0) & (Y != 1))
    if wrong.size:
        row, column = wrong[0]
        raise ValueError(
            f"Every label in Y must be 0 or 1; that of example {column + 1} is "
            f"{Y[row, column]:g}."
        )


def check_finite(values: Array, name: str) -> None:
    """Every entry is a finite number. Raises ValueError."""
    if not np.all(np.isfinite(values)):
        raise ValueError(f"{name} contains a value that is not a finite number.")


def check_descent(alpha: float, steps: int, every: int) -> None:
    """A learning rate and a number of steps that training can use.

    Raises ValueError with the range that works.
    """
    if not (math.isfinite(alpha) and alpha >= 0):
        raise ValueError(f"The learning rate alpha must be 0 or more, not {alpha}.")
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, not {steps}.")
    if every < 0:
        raise ValueError(f"every must be 0 or more, not {every}.")


def check_batch(batch: int, l2: float) -> None:
    """A batch size and a penalty that training can use. Raises ValueError."""
    if batch < 0:
        raise ValueError(f"batch must be 0 (all examples) or more, not {batch}.")
    if not (math.isfinite(l2) and l2 >= 0):
        raise ValueError(f"The penalty l2 must be 0 or more, not {l2}.")
