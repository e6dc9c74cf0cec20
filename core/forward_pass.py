"""A layer three ways: unit by unit, example by example, at once (notes §5.2, §5.3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from core.activations import sigmoid
from core.shallow import Parameters
from core.stopwatch import processor_clock, samples
from core.types import Array

RACE_INPUTS, RACE_UNITS, RACE_EXAMPLES = 50, 20, 200
FORM_SECONDS = 0.03  # what timing one form may take
WEIGHTS = (-1.0, -0.5, 0.5, 1.0)


@dataclass(frozen=True)
class Neuron:
    """z and a of one unit for one example."""

    z: float
    a: float


@dataclass(frozen=True)
class Network:
    """Parameters and examples small enough to print."""

    parameters: Parameters
    X: Array


@dataclass(frozen=True)
class Layer:
    """W (n_h, n_x), b (n_h, 1) and the examples X (n_x, m)."""

    W: Array
    b: Array
    X: Array


@dataclass(frozen=True)
class Form:
    """What one form gives, and how far it is from the one product, at its worst."""

    Z: Array
    difference: float


def neuron(w: Array, b: float, x: Array) -> Neuron:
    """z = wᵀx + b and a = σ(z): logistic regression, once.

    w (n_x, 1), x (n_x, 1) → two numbers. Notes §5.2
    """
    z = np.dot(w.T, x).item() + b
    return Neuron(z=z, a=float(sigmoid(np.array(z))))


def layer_by_neurons(W: Array, b: Array, X: Array) -> Array:
    """Z (n_h, m): for each example each unit by itself, z = wᵀx + b.

    W (n_h, n_x), b (n_h, 1), X (n_x, m). Row j of W is the weight vector of unit j,
    transposed. Notes §5.2
    """
    Z = np.zeros((W.shape[0], X.shape[1]))
    for i in range(X.shape[1]):
        for j in range(W.shape[0]):
            Z[j, i] = np.dot(W[j], X[:, i]) + b[j, 0]
    return Z


def layer_by_examples(W: Array, b: Array, X: Array) -> Array:
    """Z (n_h, m): all units at once, for one example after the other.

    W (n_h, n_x), b (n_h, 1), X (n_x, m). Notes §5.2
    """
    Z = np.zeros((W.shape[0], X.shape[1]))
    for i in range(X.shape[1]):
        x = X[:, i : i + 1]
        Z[:, i : i + 1] = np.dot(W, x) + b
    return Z


def layer_by_matrix(W: Array, b: Array, X: Array) -> Array:
    """Z = W X + b (n_h, m): all units and all examples in one product.

    W (n_h, n_x), b (n_h, 1) is added to every column, X (n_x, m). Notes §5.3
    """
    Z: Array = np.dot(W, X) + b
    return Z


def small_network(n_x: int, n_h: int, m: int, seed: int = 0) -> Network:
    """A network with one output whose numbers are easy to multiply.

    Weights are ±½ or ±1, biases −½, 0 or ½, inputs whole numbers from −2 to 3.
    """
    rng = np.random.default_rng(seed)
    parameters = Parameters(
        W1=rng.choice(WEIGHTS, (n_h, n_x)),
        b1=rng.integers(-1, 2, (n_h, 1)) / 2,
        W2=rng.choice(WEIGHTS, (1, n_h)),
        b2=rng.integers(-1, 2, (1, 1)) / 2,
    )
    # Example by example, so that the first ones stay when more are asked for.
    X = rng.integers(-2, 4, (m, n_x)).T.astype(np.float64)
    return Network(parameters=parameters, X=X)


def columns_changed(W: Array, b: Array, X: Array, i: int) -> tuple[int, ...]:
    """Which columns of Z change when 1 is added to the first number of example i."""
    nudged = X.copy()
    nudged[0, i] += 1
    moved = layer_by_matrix(W, b, nudged) != layer_by_matrix(W, b, X)
    return tuple(int(column) for column in np.flatnonzero(moved.any(axis=0)))


# From the slowest to the quickest.
FORMS: Mapping[str, Callable[[Array, Array, Array], Array]] = {
    "each unit, each example": layer_by_neurons,
    "each example": layer_by_examples,
    "one product": layer_by_matrix,
}


def race_layer(seed: int = 0) -> Layer:
    """A layer large enough that loops are felt: 20 units, 50 inputs, 200 examples."""
    rng = np.random.default_rng(seed)
    return Layer(
        W=rng.standard_normal((RACE_UNITS, RACE_INPUTS)),
        b=rng.standard_normal((RACE_UNITS, 1)),
        X=rng.standard_normal((RACE_INPUTS, RACE_EXAMPLES)),
    )


def compared(layer: Layer) -> dict[str, Form]:
    """What each form gives, by its name. Notes §5.3"""
    product = layer_by_matrix(layer.W, layer.b, layer.X)
    found = {}
    for name, form in FORMS.items():
        Z = form(layer.W, layer.b, layer.X)
        found[name] = Form(Z, float(np.max(np.abs(Z - product))))
    return found


def timed(layer: Layer) -> dict[str, float]:
    """Seconds for each form: the median of up to seven tries, a tenth of a second."""
    clock = processor_clock()
    found = {}
    for name, form in FORMS.items():
        call = partial(form, layer.W, layer.b, layer.X)
        found[name] = float(np.median(samples(call, FORM_SECONDS, clock)))
    return found
