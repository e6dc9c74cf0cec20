"""The shapes of a network's arrays, and what a stray transpose does (notes §5.1)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.types import Array

Shape = tuple[int, int]


@dataclass(frozen=True)
class LayerShapes:
    """The shapes of one layer's arrays."""

    W: Shape
    b: Shape
    Z: Shape
    A: Shape


@dataclass(frozen=True)
class BothWays:
    """W X, and Wᵀ X or NumPy's own words when there is no such product."""

    right: Array
    transposed: Array | None
    error: str | None


def layer_shapes(n_in: int, n: int, m: int) -> LayerShapes:
    """A layer of n units, fed with n_in numbers for each of m examples.

    W (n, n_in) times (n_in, m) is (n, m), and b (n, 1) is added to every column.
    Notes §5.1, §5.3
    """
    return LayerShapes(W=(n, n_in), b=(n, 1), Z=(n, m), A=(n, m))


def network_shapes(sizes: tuple[int, ...], m: int) -> tuple[LayerShapes, ...]:
    """The shapes of every layer; sizes are n_x, the hidden layers' units, n_y.

    What comes out of one layer goes into the next. Raises ValueError for a network
    without a layer and for a size below 1. Notes §5.1
    """
    if len(sizes) < 2 or min(*sizes, m) < 1:
        raise ValueError(f"Give every layer and m at least 1, not {sizes} and {m}.")
    return tuple(layer_shapes(n_in, n, m) for n_in, n in pairwise(sizes))


def parameter_count(sizes: tuple[int, ...]) -> int:
    """How many numbers the network learns: the entries of every W and b."""
    layers = network_shapes(sizes, 1)
    return sum(int(np.prod(layer.W) + np.prod(layer.b)) for layer in layers)


def product_error(left: Shape, right: Shape) -> str | None:
    """What NumPy says to a product of these shapes; None when there is one."""
    if left[1] == right[0]:
        return None
    try:
        # Zeros that are never touched take no memory, and NumPy looks at the
        # shapes before it computes.
        np.dot(np.zeros(left), np.zeros(right))
    except ValueError as error:
        return str(error)
    raise AssertionError("NumPy multiplies what does not fit")


def both_ways(W: Array, X: Array) -> BothWays:
    """W X beside Wᵀ X.

    W (n_h, n_x), X (n_x, m) → right (n_h, m). The transposed product has no shape
    unless n_h = n_x: then it has the right one, and the wrong numbers. Notes §5.3
    """
    error = product_error((W.shape[1], W.shape[0]), (X.shape[0], X.shape[1]))
    transposed = None if error else np.dot(W.T, X)
    return BothWays(right=np.dot(W, X), transposed=transposed, error=error)


def small_numbers(n_h: int, n_x: int, m: int, seed: int = 0) -> tuple[Array, Array]:
    """Whole numbers that are easy to multiply: W (n_h, n_x) and X (n_x, m)."""
    rng = np.random.default_rng(seed)
    W = rng.integers(-3, 4, (n_h, n_x)).astype(np.float64)
    X = rng.integers(-2, 4, (n_x, m)).astype(np.float64)
    return W, X
