"""Claims of the notes §5.1, and of the notation that §5 opens with."""

import numpy as np

from core.claim import Claim
from core.network_shapes import network_shapes
from core.shallow import forward, initialize

# The notes' drawing: 3 inputs, 4 hidden units, 1 output; here with five examples.
SIZES, M = (3, 4, 1), 5
PAGE = "network_shapes"


def shape_in_use(name: str, m: int = 1) -> tuple[int, ...]:
    """The shape of A1 or A2 when the network computes m examples."""
    X = np.random.default_rng(0).standard_normal((SIZES[0], m))
    return np.shape(getattr(forward(initialize(*SIZES), X, "sigmoid"), name))


def parameters_grow() -> str:
    """Whether a network for more examples has more parameters."""
    few, many = (network_shapes(SIZES, m) for m in (1, M))
    same = [(layer.W, layer.b) for layer in few] == [
        (layer.W, layer.b) for layer in many
    ]
    return "shared by all" if same else "one for each example"


CLAIMS = (
    Claim(
        "5.1",
        "layers that compute in a network with one hidden layer",
        2,
        lambda: len(network_shapes(SIZES, M)),
        PAGE,
    ),
    Claim(
        "5.1",
        "shape of a[0] = x with 3 features",
        (3, 1),
        lambda: (network_shapes(SIZES, 1)[0].W[1], network_shapes(SIZES, 1)[0].Z[1]),
        PAGE,
    ),
    Claim(
        "5.1",
        "shape of a[1], its four activations below each other",
        (4, 1),
        lambda: shape_in_use("A1"),
        PAGE,
    ),
    Claim(
        "5.1",
        "a[2] is a single number: its shape",
        (1, 1),
        lambda: shape_in_use("A2"),
        PAGE,
    ),
    Claim(
        "5",
        "W⁽ⁱ⁾ and b⁽ⁱ⁾, parameters with an example's number",
        "one for each example",
        parameters_grow,
        PAGE,
        correction="Only values have an example: x⁽ⁱ⁾, z⁽ⁱ⁾, a⁽ⁱ⁾. The parameters W[l] "
        "and b[l] are the same for every example, so there is no W⁽ⁱ⁾ and no b⁽ⁱ⁾.",
    ),
)
