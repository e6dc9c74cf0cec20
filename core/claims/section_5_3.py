"""Claims of the notes §5.3: the output of a network for many examples."""

import numpy as np

from core.claim import Claim
from core.claims.section_5_2 import N_X, PAGE, example
from core.shallow import forward

M = 5


def shape_of(name: str) -> tuple[int, ...]:
    """The shape of Z1, A1, Z2 or A2 for five examples."""
    return np.shape(getattr(forward(*example(M), "sigmoid"), name))


def gap_between_columns() -> float:
    """How far the columns of A2 are from the examples computed one at a time."""
    parameters, X = example(M)
    together = forward(parameters, X, "sigmoid").A2
    alone = [
        forward(parameters, X[:, i : i + 1], "sigmoid").A2.item() for i in range(M)
    ]
    return float(np.max(np.abs(together[0] - alone)))


def transposed() -> str:
    """What NumPy says to W1ᵀ X when W1 has a row for each unit, as §5.2 stacks it."""
    parameters, X = example(M)
    try:
        return str(np.dot(parameters.W1.T, X).shape)
    except ValueError as error:
        return str(error)


CLAIMS = (
    Claim(
        "5.3", "shape of X = A[0], m = 5", (N_X, M), lambda: example(M)[1].shape, PAGE
    ),
    Claim(
        "5.3",
        "shape of Z[1]: units down, examples across",
        (4, M),
        lambda: shape_of("Z1"),
        PAGE,
    ),
    Claim("5.3", "shape of A[1]", (4, M), lambda: shape_of("A1"), PAGE),
    Claim(
        "5.3",
        "column i of A[2] differs from a[2] of example i by",
        0.0,
        gap_between_columns,
        PAGE,
        1e-12,
    ),
    Claim(
        "5.3",
        "shape of W[1]ᵀ X, with rows wⱼᵀ in W[1] as in §5.2",
        "(4, 5)",
        transposed,
        PAGE,
        correction="With the rows of §5.2 the equations are Z[1] = W[1] X + b[1] and "
        "Z[2] = W[2] A[1] + b[2], without the transpose: wⱼᵀ is in W already.",
    ),
)
