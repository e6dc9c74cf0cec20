"""Claims of the notes §5.2: the output of a network for one example."""

import numpy as np

from core.activations import sigmoid
from core.claim import Claim
from core.forward_pass import layer_by_matrix, neuron
from core.notation import symbols
from core.shallow import Parameters, forward, initialize
from core.types import Array

# The notes' drawing: 3 inputs, 4 hidden units, 1 output.
N_X, N_H = 3, 4
PAGE = "forward_pass"


def example(m: int = 1) -> tuple[Parameters, Array]:
    """The network of the drawing, and m examples."""
    X = np.random.default_rng(0).standard_normal((N_X, m))
    return initialize(N_X, N_H, scale=1.0), X


def stacked() -> Array:
    """W made of the four transposed weight vectors as its rows. (4, 3)"""
    columns = [row[:, None] for row in example()[0].W1]
    return np.vstack([w.T for w in columns])


def gap_to_single_neurons() -> float:
    """How far W x + b is from four neurons computed one at a time, at its worst."""
    parameters, x = example()
    z = layer_by_matrix(stacked(), parameters.b1, x)
    alone = [
        neuron(row[:, None], float(b), x).z
        for row, (b,) in zip(parameters.W1, parameters.b1, strict=True)
    ]
    return float(np.max(np.abs(z[:, 0] - alone)))


def gap_of_activations() -> float:
    """How far σ of the stacked z is from A1 of the network."""
    parameters, x = example()
    z = layer_by_matrix(stacked(), parameters.b1, x)
    return float(np.max(np.abs(sigmoid(z) - forward(parameters, x, "sigmoid").A1)))


def layer_of_z() -> int:
    """The layer that the number in square brackets names, for z[1]."""
    return next(s.layer for s in symbols() if s.text == "z[1]")


CLAIMS = (
    Claim("5.2", "shape of W[1], rows wⱼᵀ", (4, 3), lambda: stacked().shape, PAGE),
    Claim(
        "5.2",
        "shape of the four z below each other",
        (4, 1),
        lambda: layer_by_matrix(stacked(), np.zeros((N_H, 1)), example()[1]).shape,
        PAGE,
    ),
    Claim(
        "5.2",
        "W x + b differs from four neurons one at a time by",
        0.0,
        gap_to_single_neurons,
        PAGE,
        1e-12,
    ),
    Claim(
        "5.2",
        "σ of all z at once differs from a[1] by",
        0.0,
        gap_of_activations,
        PAGE,
        1e-12,
    ),
    Claim(
        "5.2",
        "the layer that computes z₂[1]",
        2,
        layer_of_z,
        PAGE,
        correction="The number in square brackets is the layer, the subscript the "
        "unit: z₂[1] comes from the second **unit** of layer 1.",
    ),
)
