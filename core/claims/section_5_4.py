"""Claims of the notes §5.4: activation functions."""

import numpy as np

from core.activations import ACTIVATIONS
from core.claim import Claim
from core.collapse import collapse
from core.logistic import forward as logistic_forward
from core.shallow import forward, initialize
from core.spread import crowd, spread


def gap_to_one_layer() -> float:
    """How far a linear hidden layer is from logistic regression, at its worst."""
    parameters = initialize(2, 4, scheme="random", scale=1.0, seed=0)
    X = np.random.default_rng(0).standard_normal((2, 200))
    one = collapse(parameters)
    deep = forward(parameters, X, "linear").A2
    return float(np.abs(deep - logistic_forward(one.w, one.b, X)).max())


def mean_output(name: str) -> float:
    """The mean of g(z) for 4,000 z around 0 with spread 1."""
    return spread(name, crowd(0.0, 1.0)).mean


CLAIMS = (
    Claim(
        "5.4",
        "a linear hidden layer differs from logistic regression by",
        0.0,
        gap_to_one_layer,
        "activations",
        1e-9,
    ),
    Claim(
        "5.4",
        "mean output of tanh, z around 0",
        0.0,
        lambda: mean_output("tanh"),
        "activations",
        0.05,
    ),
    Claim(
        "5.4",
        "mean output of the sigmoid, z around 0",
        0.5,
        lambda: mean_output("sigmoid"),
        "activations",
        0.05,
    ),
    Claim(
        "5.4",
        "slope of ReLU for every z < 0",
        0.0,
        lambda: float(ACTIVATIONS["relu"].dg(np.array([-3.0, -1e-9])).max()),
        "activations",
    ),
    Claim(
        "5.4",
        "slope of the sigmoid far out, at z = 20",
        0.0,
        lambda: float(ACTIVATIONS["sigmoid"].dg(np.array(20.0))),
        "activations",
        1e-8,
    ),
)
