"""Claims of the notes §5.5: gradient descent for a network with one hidden layer."""

import numpy as np

from core.claim import Claim
from core.gradient_check import check
from core.shallow import Parameters, backward, cost, forward, initialize
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


def worst_difference() -> float:
    """The six equations against small nudges: the worst relative difference."""
    parameters, X, Y = example()
    slopes = backward(parameters, forward(parameters, X, "tanh"), X, Y, "tanh")

    def J(theta: Array) -> float:
        return cost(forward(unpack(theta), X, "tanh").A2, Y)

    return check(J, flat(*vars(slopes).values()), flat(*vars(parameters).values()))


def flat(*arrays: Array) -> Array:
    """All entries in one vector."""
    return np.concatenate([each.ravel() for each in arrays])


def unpack(theta: Array) -> Parameters:
    """The vector as W1, b1, W2, b2."""
    W1, b1, W2, b2 = np.split(theta, np.cumsum([N_H * N_X, N_H, N_H]))
    return Parameters(
        W1.reshape(N_H, N_X),
        b1.reshape(N_H, 1),
        W2.reshape(1, N_H),
        b2.reshape(1, 1),
    )


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
        worst_difference,
        "training",
        1e-6,
    ),
)
