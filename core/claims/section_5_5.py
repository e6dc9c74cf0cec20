"""Claims of the notes §5.5: gradient descent for a network with one hidden layer."""

import numpy as np

from core.activations import sigmoid
from core.backprop import (
    Example,
    flat,
    forward_of,
    gradients,
    nudged_gradients,
)
from core.claim import Claim
from core.gradient_check import central_differences, worst_difference
from core.shallow import (
    Gradients,
    Parameters,
    backward,
    cost,
    forward,
    initialize,
)
from core.types import Array

# The sizes of the notes' drawing in §5.1, with five examples.
N_X, N_H, M = 3, 4, 5


def example() -> tuple[Parameters, Array, Array]:
    """A network with 3 inputs and 4 hidden units, X (3, 5) and Y (1, 5)."""
    rng = np.random.default_rng(0)
    Y = np.array([[0.0, 1.0, 1.0, 0.0, 1.0]])
    return initialize(N_X, N_H, scale=1.0), rng.standard_normal((N_X, M)), Y


def shape_of(name: str) -> tuple[int, ...]:
    """The shape of W1, b1, W2 or b2 in a network that computes."""
    parameters, X, _ = example()
    forward(parameters, X, "tanh")
    return np.shape(getattr(parameters, name))


def transposed() -> str:
    """What NumPy says to W1ᵀ X, with W1 (n_h, n_x) as the notes give its shape."""
    parameters, X, _ = example()
    try:
        Z1 = np.dot(parameters.W1.T, X)
    except ValueError as error:
        return str(error)
    return str(Z1.shape)


def six_equations() -> float:
    """The six equations against small nudges: the worst relative difference."""
    parameters, X, Y = example()
    slopes = backward(parameters, forward(parameters, X, "tanh"), X, Y, "tanh")
    return worst_of(Example(parameters, X, Y, "tanh"), slopes)


def worst_of(example: Example, slopes: Gradients) -> float:
    """The worst relative difference between these slopes and central differences."""
    J = cost(forward_of(example).A2, example.Y)
    return worst_difference(flat(slopes), flat(nudged_gradients(example)), J)


def nudged_Z2() -> Array:
    """∂J/∂Z2 by central differences, one number an example."""
    parameters, X, Y = example()
    Z2 = forward(parameters, X, "tanh").Z2
    return central_differences(lambda Z: cost(sigmoid(Z), Y), Z2)


def meaning_of_dZ() -> float:
    """How many times ∂J/∂Z2 the dZ2 of the equations is."""
    parameters, X, Y = example()
    dZ2 = forward(parameters, X, "tanh").A2 - Y
    return float(np.mean(dZ2 / nudged_Z2()))


def sigma_then_g() -> float:
    """Forward with σ and back with the slope of tanh: the worst difference."""
    parameters, X, Y = example()
    cache = forward(parameters, X, "sigmoid")
    slopes = backward(parameters, cache, X, Y, "tanh")
    return worst_of(Example(parameters, X, Y, "sigmoid"), slopes)


def gap_of(name: str) -> float:
    """One gradient of the six equations against nudges: the largest difference."""
    parameters, X, Y = example()
    small = Example(parameters, X, Y, "tanh")
    one, two = gradients(small), nudged_gradients(small)
    return float(np.max(np.abs(getattr(one, name) - getattr(two, name))))


def about_gradient(name: str) -> Claim:
    """That one of the four gradients is right."""
    words = f"the largest difference of {name} from small nudges"
    return Claim("5.5", words, 0.0, lambda: gap_of(name), "backprop", 1e-8)


CLAIMS = (
    Claim(
        "5.5",
        "shape of W1 with 3 inputs and 4 hidden units",
        (4, 3),
        lambda: shape_of("W1"),
        "training",
    ),
    Claim("5.5", "shape of b1", (4, 1), lambda: shape_of("b1"), "training"),
    Claim("5.5", "shape of W2", (1, 4), lambda: shape_of("W2"), "training"),
    Claim("5.5", "shape of b2", (1, 1), lambda: shape_of("b2"), "training"),
    Claim(
        "5.5",
        "shape of X with 5 examples",
        (3, 4),
        lambda: np.shape(example()[1]),
        "training",
        correction="X has one column an example, so it is (n_x, m). The notes write "
        "(n_x, n[1]), which would make the number of examples that of hidden units.",
    ),
    Claim(
        "5.5",
        "W1ᵀ X, the start of the forward pass",
        "(4, 5)",
        transposed,
        "training",
        correction="With W1 of shape (n[1], n[0]), as the notes say themselves, the "
        "forward pass is W1 X + b1, without the ᵀ. The same goes for W2. (§5.2 has it "
        "right.)",
    ),
    Claim(
        "5.5",
        "the six backward equations against small nudges, worst difference",
        0.0,
        six_equations,
        "training",
        1e-6,
    ),
    *(about_gradient(name) for name in ("dW2", "db2", "dW1", "db1")),
    Claim(
        "5.5",
        "dZ2 as a multiple of ∂J/∂Z2, with 5 examples",
        1.0,
        meaning_of_dZ,
        "backprop",
        1e-6,
        correction="The notes read every dZ as ∂J/∂Z. But A2 − Y is m times that: the "
        "1/m of the cost is put in later, where dW and db are computed. All six "
        "equations are right; only this reading of dZ is not.",
    ),
    Claim(
        "5.5",
        "shape that W1 needs in W1ᵀ X, which is the shape of dW1",
        "(3, 4)",
        lambda: str(gradients(Example(*example(), "tanh")).dW1.shape),
        "backprop",
        correction="The notes' forward pass has W1ᵀ X and W2ᵀ A1, so it would need W1 "
        "(n_x, n_h). Their six equations give dW1 (n_h, n_x), the shape that they also "
        "state for W1. Forward and back fit each other only as W1 X and W2 A1.",
    ),
    Claim(
        "5.5",
        "forward with A1 = σ(Z1), back with g′ of another g (tanh): worst difference",
        0.0,
        sigma_then_g,
        "backprop",
        1e-6,
        correction="The notes write σ for the hidden layer in the forward pass and g "
        "in the backward pass. Both have to be the same function: A1 = g(Z1).",
    ),
)
