"""Claims of the notes §5.6: where the weights start."""

import numpy as np

from core.backprop import Equations, Example, forward_of, way_back
from core.claim import Claim
from core.initialization import (
    STEPS,
    live,
    live_from,
    points,
    special_starts,
    start_of,
    stuck,
    units_apart,
)
from core.shallow import initialize


def rows_apart(name: str) -> float:
    """The largest difference between two rows of Z1, A1 or dZ1, all weights 0."""
    X, Y = points()
    example = Example(start_of("zeros", 0), X, Y, "sigmoid")
    cache = forward_of(example)
    arrays = {**vars(cache), **vars(way_back(Equations(), example, cache))}
    return float(np.ptp(arrays[name], axis=0).max())


def apart_after(name: str, activation: str) -> float:
    """How far units are apart at the end of training from this start."""
    return float(live(name, activation).apart[-1])


def copies_with_zero_biases() -> str:
    """Whether units stay copies from random weights and b = 0."""
    life = live("small", "tanh")
    return "yes" if np.any(life.apart == 0) else "no"


def copies_with_zero_W2() -> str:
    """Whether units stay copies when only W2 starts at 0."""
    life = live_from(special_starts(0)["W2 = 0, W1 random"], "tanh", 100)
    return "yes" if units_apart(life.history.at(-1)) == 0 else "no"


CLAIMS = (
    Claim(
        "5.6",
        "all weights 0: the rows of Z1 differ by",
        0.0,
        lambda: rows_apart("Z1"),
        "initialization",
    ),
    Claim(
        "5.6",
        "and so the rows of A1 differ by",
        0.0,
        lambda: rows_apart("A1"),
        "initialization",
    ),
    Claim(
        "5.6",
        "and so the rows of dZ1 differ by",
        0.0,
        lambda: rows_apart("dZ1"),
        "initialization",
    ),
    Claim(
        "5.6",
        f"after {STEPS:,} steps the hidden units still differ by (sigmoid)",
        0.0,
        lambda: apart_after("zeros", "sigmoid"),
        "initialization",
        1e-12,
    ),
    Claim(
        "5.6",
        f"equal weights of 0.5, {STEPS:,} steps of tanh: the units differ by",
        0.0,
        lambda: apart_after("constant", "tanh"),
        "initialization",
        1e-12,
    ),
    Claim(
        "5.6",
        "random weights, b = 0: are two units ever copies?",
        "no",
        copies_with_zero_biases,
        "initialization",
    ),
    Claim(
        "5.6",
        "random W1, W2 = 0: do the units stay copies?",
        "yes",
        copies_with_zero_W2,
        "initialization",
        correction="The notes say that zeros are a problem for W1 and for W2. Read as "
        "“for each”, that is too strict: with tanh or σ it takes both. With a random "
        "W1 the units differ already, and W2 gets different slopes in the first step.",
    ),
    Claim(
        "5.6",
        "shape of W1 with 2 inputs and 2 hidden units",
        (2, 2),
        lambda: initialize(2, 2).W1.shape,
        "initialization",
    ),
    Claim(
        "5.6",
        "share of hidden values where tanh is flat, with 0.01 · randn",
        0.0,
        lambda: stuck(start_of("small", 0), points()[0], "tanh"),
        "initialization",
    ),
)
