"""Claims of the notes §3.3: the sigmoid."""

import numpy as np

from core.activations import sigmoid
from core.claim import Claim
from core.costs import ONE_FEATURE

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y, dtype=np.float64)


def sigma(z: float) -> float:
    """σ(z) as a number."""
    return float(sigmoid(np.array(z)))


def line_stays_inside() -> str:
    """Whether the best straight line through the labels stays between 0 and 1."""
    w, b = np.polyfit(X, Y, 1)
    y_hat = w * X + b
    return "yes" if np.all((y_hat >= 0) & (y_hat <= 1)) else "no"


def sigmoid_stays_inside() -> str:
    """Whether σ stays between 0 and 1, however large z is."""
    z = np.concatenate([-np.logspace(0, 300, 301), np.logspace(0, 300, 301)])
    a = sigmoid(z)
    return "yes" if np.all((a >= 0) & (a <= 1)) else "no"


def largest_difference() -> float:
    """The largest difference between σ and 1/(1 + e⁻ᶻ), typed as it stands."""
    z = np.linspace(-30, 30, 601)
    return float(np.max(np.abs(sigmoid(z) - 1 / (1 + np.exp(-z)))))


PAGE = "sigmoid"
CLAIMS = (
    Claim(
        "3.3",
        "ŷ = wx + b, fitted to labels of 0 and 1, stays between 0 and 1",
        "no",
        line_stays_inside,
        PAGE,
    ),
    Claim("3.3", "σ(z) stays between 0 and 1", "yes", sigmoid_stays_inside, PAGE),
    Claim(
        "3.3",
        "largest difference between our σ and 1/(1 + e⁻ᶻ), for z from −30 to 30",
        0.0,
        largest_difference,
        PAGE,
        1e-15,
    ),
    Claim("3.3", "σ(z) for a large z, here 20", 1.0, lambda: sigma(20), PAGE, 1e-8),
    Claim(
        "3.3",
        "σ(z) for a z far below 0, here −20",
        0.0,
        lambda: sigma(-20),
        PAGE,
        1e-8,
    ),
)
