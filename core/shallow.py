"""A network with one hidden layer, row by row in the notes' symbols.

W1 is (n_h, n_x): row j holds the weights of hidden unit j, so Z1 = W1 X + b1. The
notes stack those rows too (§5.2), but then write W1ᵀ X in the summary of §5.5; with
this W1 that product has no matching shapes, so there is no transpose here.
"""

import math
from dataclasses import dataclass

import numpy as np

from core.activations import Activation, find_activation, sigmoid
from core.checks import (
    check_batch,
    check_binary,
    check_descent,
    check_examples,
    check_finite,
    check_prediction,
)
from core.logistic import losses, predict
from core.shallow_loop import Descent, descend
from core.types import Array, Indices

SCHEMES = ("random", "zeros", "constant", "fan_in")
# Hidden values in one block of `predictions`: under a megabyte, to stay in the cache.
PREDICTION_VALUES = 100_000

# What one step costs, in hidden values (one unit for one example): each example
# costs about 3 beside its units, each step about 5,000 whatever its size. One core
# of 2023 computed about 300 million values a second with tanh or sigmoid and 450
# million with ReLU, so a run of LIMIT values takes one to one and a half seconds.
VALUES_PER_EXAMPLE = 3
VALUES_PER_STEP = 5_000
LIMIT = 400_000_000


@dataclass(frozen=True)
class Parameters:
    """W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1)."""

    W1: Array
    b1: Array
    W2: Array
    b2: Array


@dataclass(frozen=True)
class Cache:
    """Z1 and A1 (n_h, m), Z2 and A2 (n_y, m)."""

    Z1: Array
    A1: Array
    Z2: Array
    A2: Array


@dataclass(frozen=True)
class Gradients:
    """∂J/∂W1 and so on, each of the shape of its parameter."""

    dW1: Array
    db1: Array
    dW2: Array
    db2: Array


@dataclass(frozen=True)
class History:
    """What training leaves behind.

    steps (k,)     the steps whose parameters were kept, the last one always
    W1 (k, n_h, n_x), b1 (k, n_h, 1), W2 (k, 1, n_h), b2 (k, 1, 1)
    J (steps + 1,) the cost before the first step and after each, penalty included;
                   with mini-batches the cost on the batch that the next step sees
    diverged_at    the first step whose cost or parameters were not finite (or beyond
                   1e100), or None; J and the kept steps then end just before it
    """

    steps: np.ndarray[tuple[int], np.dtype[np.int64]]
    W1: Array
    b1: Array
    W2: Array
    b2: Array
    J: Array
    diverged_at: int | None

    def at(self, i: int) -> Parameters:
        """The parameters at the i-th kept step; at(-1) are the last ones."""
        return Parameters(self.W1[i], self.b1[i], self.W2[i], self.b2[i])


@dataclass(frozen=True)
class Evaluation:
    """J (k,) and accuracy (k,) on some examples, at each kept step."""

    J: Array
    accuracy: Array


class RunTooLarge(ValueError):
    """A run that would take too long. `largest_steps` of it would fit."""

    def __init__(self, message: str, largest_steps: int) -> None:
        # Both: in another process an exception is made again from what it was given.
        super().__init__(message, largest_steps)
        self.largest_steps = largest_steps

    def __str__(self) -> str:
        return str(self.args[0])


def initialize(
    n_x: int,
    n_h: int,
    n_y: int = 1,
    scheme: str = "random",
    scale: float = 0.01,
    seed: int = 0,
) -> Parameters:
    """Weights to start from; the biases are 0.

    random: scale · randn · zeros: 0 · constant: scale · fan_in: randn / √n, n being
    the number of values that go into the unit. Raises ValueError for an unknown
    scheme or a layer without units. Notes §5.6
    """
    if min(n_x, n_h, n_y) < 1:
        raise ValueError(f"Every layer needs a unit, not {n_x}, {n_h} and {n_y}.")
    rng = np.random.default_rng(seed)
    return Parameters(
        W1=draw_weights(n_h, n_x, scheme, scale, rng),
        b1=np.zeros((n_h, 1)),
        W2=draw_weights(n_y, n_h, scheme, scale, rng),
        b2=np.zeros((n_y, 1)),
    )


def draw_weights(
    n: int, n_in: int, scheme: str, scale: float, rng: np.random.Generator
) -> Array:
    """Weights (n, n_in) of a layer with n units and n_in inputs."""
    if scheme == "random":
        return rng.standard_normal((n, n_in)) * scale
    if scheme == "zeros":
        return np.zeros((n, n_in))
    if scheme == "constant":
        return np.full((n, n_in), float(scale))
    if scheme == "fan_in":
        return rng.standard_normal((n, n_in)) / math.sqrt(n_in)
    raise ValueError(
        f"There is no scheme {scheme!r}. Choose from {', '.join(SCHEMES)}."
    )


def forward(parameters: Parameters, X: Array, activation: str | Activation) -> Cache:
    """Z1 = W1 X + b1, A1 = g(Z1), Z2 = W2 A1 + b2, A2 = σ(Z2).

    X (n_x, m) → Z1, A1 (n_h, m), Z2, A2 (n_y, m). Raises ValueError when the shapes
    do not fit. Notes §5.3, §5.5
    """
    check_parameters(parameters, X)
    g = find_activation(activation).g
    Z1 = np.dot(parameters.W1, X) + parameters.b1
    A1 = g(Z1)
    Z2 = np.dot(parameters.W2, A1) + parameters.b2
    return Cache(Z1=Z1, A1=A1, Z2=Z2, A2=sigmoid(Z2))


def cost(A2: Array, Y: Array) -> float:
    """J, the mean over the examples of the losses of `core.logistic`.

    A2, Y (n_y, m) → scalar, finite for every A2 in [0, 1]; several outputs add up.
    Raises ValueError when the shapes differ. Notes §5.5
    """
    check_prediction(A2, Y)
    return float(np.sum(losses(A2, Y)) / Y.shape[1])


def backward(
    parameters: Parameters,
    cache: Cache,
    X: Array,
    Y: Array,
    activation: str | Activation,
) -> Gradients:
    """dZ2 = A2 − Y and dZ1 = W2ᵀ dZ2 ∘ g′(Z1); the gradients are means over m.

    X (n_x, m), Y (n_y, m) → each gradient in the shape of its parameter. Raises
    ValueError when the shapes do not fit. Notes §5.5
    """
    check_examples(X, Y)
    check_prediction(cache.A2, Y)
    check_cache(cache, parameters, X)
    dg = find_activation(activation).dg
    m = X.shape[1]
    dZ2 = cache.A2 - Y
    dZ1 = np.dot(parameters.W2.T, dZ2) * dg(cache.Z1)
    return Gradients(
        dW1=np.dot(dZ1, X.T) / m,
        db1=np.sum(dZ1, axis=1, keepdims=True) / m,
        dW2=np.dot(dZ2, cache.A1.T) / m,
        db2=np.sum(dZ2, axis=1, keepdims=True) / m,
    )


def step(parameters: Parameters, gradients: Gradients, alpha: float) -> Parameters:
    """Each parameter moves by −α times its gradient, all at once. Notes §5.5"""
    return Parameters(
        W1=parameters.W1 - alpha * gradients.dW1,
        b1=parameters.b1 - alpha * gradients.db1,
        W2=parameters.W2 - alpha * gradients.dW2,
        b2=parameters.b2 - alpha * gradients.db2,
    )


def penalty(parameters: Parameters, l2: float) -> float:
    """λ/2 · (Σ W1² + Σ W2²), added to J to keep the weights small; biases go free."""
    return l2 / 2 * float(np.sum(parameters.W1**2) + np.sum(parameters.W2**2))


def add_penalty(gradients: Gradients, parameters: Parameters, l2: float) -> Gradients:
    """The penalty's slope is λ W: each weight is pulled towards 0 by its own size."""
    return Gradients(
        dW1=gradients.dW1 + l2 * parameters.W1,
        db1=gradients.db1,
        dW2=gradients.dW2 + l2 * parameters.W2,
        db2=gradients.db2,
    )


def train(
    parameters: Parameters,
    X: Array,
    Y: Array,
    activation: str | Activation,
    alpha: float,
    steps: int,
    every: int = 1,
    *,
    batch: int = 0,
    l2: float = 0.0,
    seed: int = 0,
) -> History:
    """Repeats forward, backward and `step`, and keeps what they went through.

    X (n_x, m), Y (1, m) of 0 and 1. Parameters are kept at each multiple of `every`
    and at the last step. A step sees `batch` examples, shuffled by the seed (see
    core.batches), or with 0 all; l2 is λ of `penalty`. The loop itself is
    `core.shallow_loop.descend`: the same numbers, in arrays that are used again at
    each step. Raises ValueError when shapes or numbers do not fit. Notes §5.5
    """
    check_examples(X, Y)
    check_descent(alpha, steps, every)
    check_batch(batch, l2)
    check_start(parameters, X, Y)
    n_h, n_x = parameters.W1.shape
    descent = Descent(alpha, steps, every, batch, l2, seed)
    g = find_activation(activation)
    trail = descend(pack(parameters), n_h, X, Y, g, descent)
    k = len(trail.steps)
    layer1 = trail.theta[:, : n_h * (n_x + 1)].reshape(k, n_h, n_x + 1)
    layer2 = trail.theta[:, n_h * (n_x + 1) :].reshape(k, 1, n_h + 1)
    return History(
        steps=np.array(trail.steps),
        W1=layer1[:, :, :n_x],
        b1=layer1[:, :, n_x:],
        W2=layer2[:, :, :n_h],
        b2=layer2[:, :, n_h:],
        J=trail.J,
        diverged_at=trail.diverged_at,
    )


def pack(parameters: Parameters) -> Array:
    """One vector: the rows of [W1 b1], then those of [W2 b2]."""
    layer1 = np.hstack([parameters.W1, parameters.b1])
    layer2 = np.hstack([parameters.W2, parameters.b2])
    return np.concatenate([layer1.ravel(), layer2.ravel()])


def predictions(history: History, X: Array, activation: str | Activation) -> Array:
    """A2 (k, m): the network at each kept step, on the examples X (n_x, m).

    X may be the points of a grid, to draw decision surfaces. Raises ValueError when
    the shapes do not fit.
    """
    check_parameters(history.at(0), X)
    g = find_activation(activation).g
    k, n_h, _ = history.W1.shape
    A2 = np.empty((k, X.shape[1]))
    rows = max(1, PREDICTION_VALUES // max(1, n_h * X.shape[1]))
    for start in range(0, k, rows):
        part = slice(start, start + rows)
        A1 = g(np.matmul(history.W1[part], X) + history.b1[part])
        Z2 = np.matmul(history.W2[part], A1) + history.b2[part]
        A2[part] = sigmoid(Z2)[:, 0, :]
    return A2


def answers(
    history: History, i: Indices, X: Array, activation: str | Activation
) -> Array:
    """A2 (k,): each of the examples X (n_x, k) asked of the network at its own step.

    i (k,) counts the kept steps.
    """
    Z1 = np.einsum("khx,xk->kh", history.W1[i], X) + history.b1[i, :, 0]
    A1 = find_activation(activation).g(Z1)
    Z2 = np.sum(history.W2[i, 0] * A1, axis=1) + history.b2[i, 0, 0]
    return sigmoid(Z2)


def evaluate(
    history: History, X: Array, Y: Array, activation: str | Activation
) -> Evaluation:
    """Cost and accuracy at each kept step, on examples held out or not.

    X (n_x, m), Y (1, m) → J (k,), accuracy (k,). Raises ValueError when the shapes
    do not fit. Notes §5.5
    """
    check_examples(X, Y)
    A2 = predictions(history, X, activation)
    return Evaluation(
        J=np.mean(losses(A2, Y), axis=1),
        accuracy=np.mean(predict(A2) == Y, axis=1),
    )


def run_size(m: int, n_h: int, steps: int) -> int:
    """The work of a training run, in hidden values to compute."""
    return steps * (m * (n_h + VALUES_PER_EXAMPLE) + VALUES_PER_STEP)


def check_run(m: int, n_h: int, steps: int) -> None:
    """Refuses a run beyond LIMIT before it starts.

    Raises RunTooLarge, whose `largest_steps` of the same run would fit.
    """
    if run_size(m, n_h, steps) <= LIMIT:
        return
    fits = LIMIT // run_size(m, n_h, 1)
    raise RunTooLarge(
        f"{steps:,} steps with {n_h:,} hidden units on {m:,} examples would take too "
        f"long. Up to {fits:,} steps fit; or take fewer units or examples.",
        largest_steps=fits,
    )


def check_parameters(parameters: Parameters, X: Array) -> None:
    """The parameters fit each other and X (n_x, m). Raises ValueError."""
    if np.ndim(X) != 2:
        raise ValueError(
            f"X must be (n_x, m), one example a column, not {np.shape(X)}."
        )
    n_h, n_y = len(parameters.W1), len(parameters.W2)
    wanted = {
        "W1": (n_h, X.shape[0]),
        "b1": (n_h, 1),
        "W2": (n_y, n_h),
        "b2": (n_y, 1),
    }
    for name, shape in wanted.items():
        found = np.shape(getattr(parameters, name))
        if found != shape:
            raise ValueError(
                f"{name} has shape {found}, but with {n_h} hidden units and "
                f"X {X.shape} it must be {shape}."
            )


def check_cache(cache: Cache, parameters: Parameters, X: Array) -> None:
    """The cache comes from these parameters and this X (n_x, m). Raises ValueError.

    One of a single hidden unit would be stretched to any number of them.
    """
    check_parameters(parameters, X)
    wanted = (len(parameters.W1), X.shape[1])
    for name in ("Z1", "A1"):
        found = np.shape(getattr(cache, name))
        if found != wanted:
            raise ValueError(
                f"{name} of the cache has shape {found}; here it must be {wanted}."
            )


def check_start(parameters: Parameters, X: Array, Y: Array) -> None:
    """Parameters and examples that training can start from. Raises ValueError."""
    check_parameters(parameters, X)
    if Y.shape[0] != 1 or len(parameters.W2) != 1:
        raise ValueError(
            f"Training needs one output and Y (1, m), not {len(parameters.W2)} "
            f"outputs and Y {Y.shape}."
        )
    check_binary(Y)
    check_finite(X, "X")
    for name in ("W1", "b1", "W2", "b2"):
        check_finite(getattr(parameters, name), name)
