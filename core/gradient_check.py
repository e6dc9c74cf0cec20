"""Is a gradient right? Compare it with small nudges."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.types import Array

# The cube root of the spacing of doubles at 1: with this nudge the error of a
# central difference from rounding is as small as that from curvature.
NUDGE = float(np.finfo(np.float64).eps) ** (1 / 3)
# Differences cannot see slopes much smaller than f itself: a slope below this times
# max(1, |f|) is judged as if it were this large.
SMALLEST_SLOPE = 1e-4


def check(
    f: Callable[[Any], float],
    gradient: Array | float | Callable[[Any], Array | float],
    at: Array | float,
) -> float:
    """The worst relative difference |a − n| / max(|a|, |n|) between two gradients.

    f maps an array of the shape of `at` (or a float) to a number; `gradient` is an
    array of that shape, or a function that gives one. a is its entry and n the
    central difference (f(x + h) − f(x − h)) / 2h. Below 1e-6 is right, above 1e-3
    is wrong; slopes below 1e-4 · max(1, |f|) are compared with that instead of with
    themselves. Raises ValueError when the shapes differ or a value is not finite.
    Notes §3.1
    """
    x = np.array(at, dtype=np.float64)
    start: Array | float = x.copy() if x.ndim else float(x)
    value = float(f(start))
    a = np.asarray(gradient(start) if callable(gradient) else gradient, np.float64)
    if a.shape != x.shape:
        raise ValueError(f"The gradient has shape {a.shape}, but `at` has {x.shape}.")
    n = central_differences(f, x)
    if not (np.isfinite(a).all() and np.isfinite(n).all() and np.isfinite(value)):
        raise ValueError("f, or its gradient, is not a finite number near `at`.")
    return worst_difference(a, n, value)


def worst_difference(a: Array, n: Array, value: float) -> float:
    """The worst |a − n| / max(|a|, |n|), small slopes judged as `check` says.

    a and n of one shape; value is f itself, which sets what counts as small
    """
    floor = SMALLEST_SLOPE * max(1.0, abs(value))
    size = np.maximum(np.maximum(np.abs(a), np.abs(n)), floor)
    return float(np.max(np.abs(a - n) / size, initial=0.0))


def central_differences(f: Callable[[Any], float], x: Array) -> Array:
    """∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h for every entry of x."""
    slopes = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        h = NUDGE * max(1.0, abs(float(x[i])))
        slopes[i] = (nudged(f, x, i, h) - nudged(f, x, i, -h)) / (2 * h)
    return slopes


def nudged(f: Callable[[Any], float], x: Array, i: tuple[int, ...], h: float) -> float:
    """f with entry i of x moved by h; x itself stays as it is."""
    moved = x.copy()
    moved[i] += h
    return float(f(moved if x.ndim else float(moved)))
