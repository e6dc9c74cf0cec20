"""The way back through a network with one hidden layer: six equations.

`core.shallow.backward` has them in one piece. Here each is a function of its own, so
that it can be looked at alone, and swapped for a broken one (`core.broken`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.activations import find_activation
from core.gradient_check import central_differences
from core.shallow import Cache, Gradients, Parameters, cost, forward, step
from core.types import Array

Slope = Callable[[Array], Array]


@dataclass(frozen=True)
class Example:
    """A network and the examples it sees: parameters, X (n_x, m), Y (1, m), g."""

    parameters: Parameters
    X: Array
    Y: Array
    activation: str


@dataclass(frozen=True)
class WayBack:
    """What the six equations give: dZ as large as Z, dW as W and db as b."""

    dZ2: Array
    dW2: Array
    db2: Array
    dZ1: Array
    dW1: Array
    db1: Array


def output_error(A2: Array, Y: Array) -> Array:
    """dZ2: how far each answer is off. A2, Y (1, m) → (1, m). Notes §5.5"""
    return A2 - Y


def weight_slope(dZ: Array, A_in: Array) -> Array:
    """dW: each error times what came in, averaged. (n, m), (n_in, m) → (n, n_in)"""
    dW: Array = np.dot(dZ, A_in.T) / dZ.shape[1]
    return dW


def bias_slope(dZ: Array) -> Array:
    """db: each unit's mean error. (n, m) → (n, 1). Notes §5.5"""
    db: Array = np.sum(dZ, axis=1, keepdims=True) / dZ.shape[1]
    return db


def hidden_error(W2: Array, dZ2: Array, cache: Cache, dg: Slope) -> Array:
    """dZ1: the error sent back through W2, then through g′. (n_h, m). Notes §5.5"""
    dZ1: Array = np.dot(W2.T, dZ2) * dg(cache.Z1)
    return dZ1


@dataclass(frozen=True)
class Equations:
    """The six equations, in the order in which they are computed."""

    dZ2: Callable[[Array, Array], Array] = output_error
    dW2: Callable[[Array, Array], Array] = weight_slope
    db2: Callable[[Array], Array] = bias_slope
    dZ1: Callable[[Array, Array, Cache, Slope], Array] = hidden_error
    dW1: Callable[[Array, Array], Array] = weight_slope
    db1: Callable[[Array], Array] = bias_slope


def way_back(equations: Equations, example: Example, cache: Cache) -> WayBack:
    """The six equations, each with what the ones before it gave. Notes §5.5"""
    dg = find_activation(example.activation).dg
    dZ2 = equations.dZ2(cache.A2, example.Y)
    dW2 = equations.dW2(dZ2, cache.A1)
    db2 = equations.db2(dZ2)
    dZ1 = equations.dZ1(example.parameters.W2, dZ2, cache, dg)
    dW1 = equations.dW1(dZ1, example.X)
    db1 = equations.db1(dZ1)
    return WayBack(dZ2=dZ2, dW2=dW2, db2=db2, dZ1=dZ1, dW1=dW1, db1=db1)


def gradients(example: Example, equations: Equations | None = None) -> Gradients:
    """Forward, then back: ∂J/∂W1 and so on. Notes §5.5"""
    cache = forward_of(example)
    back = way_back(equations or Equations(), example, cache)
    return Gradients(dW1=back.dW1, db1=back.db1, dW2=back.dW2, db2=back.db2)


def nudged_gradients(example: Example) -> Gradients:
    """The same slopes without any of the six equations: central differences of J."""
    like = example.parameters

    def J(theta: Array) -> float:
        moved = unflat(theta, like)
        return cost(forward(moved, example.X, example.activation).A2, example.Y)

    slopes = unflat(central_differences(J, flat(like)), like)
    return Gradients(slopes.W1, slopes.b1, slopes.W2, slopes.b2)


def forward_of(example: Example) -> Cache:
    """Z1, A1, Z2 and A2 of this network on its examples."""
    return forward(example.parameters, example.X, example.activation)


def step_at_once(example: Example, equations: Equations, alpha: float) -> Parameters:
    """One step of gradient descent: all slopes first, then all updates. Notes §5.5"""
    return step(example.parameters, gradients(example, equations), alpha)


def flat(parts: Parameters | Gradients) -> Array:
    """All their numbers in one vector: those of W1, b1, W2 and b2."""
    return np.concatenate([np.ravel(part) for part in vars(parts).values()])


def unflat(theta: Array, like: Parameters) -> Parameters:
    """The vector as parameters of these shapes."""
    shapes = [part.shape for part in vars(like).values()]
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    pieces = np.split(theta, ends[:-1])
    return Parameters(*(p.reshape(s) for p, s in zip(pieces, shapes, strict=True)))


# A network small enough to print: two inputs, at most three hidden units, three
# examples. No z of it is near 0, where ReLU has a corner.
X_ALL = np.array([[1.0, -1.0, 0.5], [2.0, 0.5, -1.5]])
X_MIRROR = np.array([[1.0, 2.0], [2.0, -0.5]])  # X = Xᵀ
Y_ALL = np.array([[1.0, 0.0, 1.0]])
W1_ALL = np.array([[0.5, -0.4], [-0.3, 0.8], [0.7, 0.2]])
B1_ALL = np.array([[0.6], [-0.2], [0.3]])
W2_ALL = np.array([[0.9, -0.6, 0.4]])
B2 = np.array([[0.1]])
MOST = 3


def small_example(
    n_h: int = 2, m: int = 3, activation: str = "tanh", *, mirror: bool = False
) -> Example:
    """The network 2-n_h-1 with m examples; `mirror` takes X = Xᵀ, where m is 2.

    Raises ValueError for more than three units or examples.
    """
    if not (1 <= n_h <= MOST and 1 <= m <= MOST):
        raise ValueError(f"To print every number, take 1 to {MOST} units and examples.")
    parameters = Parameters(W1_ALL[:n_h], B1_ALL[:n_h], W2_ALL[:, :n_h], B2)
    X = X_MIRROR if mirror and m == 2 else X_ALL[:, :m]
    return Example(parameters, X, Y_ALL[:, :m], activation)
