"""Claims of the notes §3.4: the cost function."""

import numpy as np

from core.claim import Claim
from core.costs import ONE_FEATURE, TWO_VALLEYS
from core.descent import minima
from core.logistic import cost, forward, losses
from core.losses import LOSSES, J_of, cost_functions, curvature_plane, two_starts
from core.types import Array

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y, dtype=np.float64)
Y_HAT = np.linspace(0.01, 0.99, 99)


def valleys(key: str) -> str:
    """Whether J(w) has one minimum or several, on examples made to show it."""
    x, y = np.array(TWO_VALLEYS.x), np.array(TWO_VALLEYS.y, dtype=np.float64)
    J, dJ = cost_functions(LOSSES[key], x, y)
    return "one" if len(minima(J, dJ, -60.0, 60.0).w) == 1 else "several"


def different_ends() -> str:
    """Whether two starts on the squared error end at one height."""
    ends = two_starts(LOSSES["squared"], (-8.0, 4.0), 5.0, 1000).endings
    return "no" if ends[0].gap > 0.01 or ends[1].gap > 0.01 else "yes"


def is_convex(key: str) -> str:
    """Whether the smallest eigenvalue of the Hessian of J(w, b) is never negative."""
    w, b = np.linspace(-12, 12, 49), np.linspace(-8, 8, 33)
    lowest = curvature_plane(LOSSES[key], X, Y, w, b).min()
    return "convex" if lowest >= 0 else "not convex"


def made_large_for_label_0() -> str:
    """Which quantity is −ℒ for y = 0, so that a small loss means a large one of it."""
    candidates: dict[str, Array] = {
        "1 − log ŷ": 1 - np.log(Y_HAT),
        "log(1 − ŷ)": np.log(1 - Y_HAT),
    }
    L = losses(Y_HAT, np.zeros(Y_HAT.shape))
    return next(key for key, value in candidates.items() if np.allclose(-L, value))


def best_prediction(y: float) -> str:
    """Where on the way from ŷ = 0 to 1 the loss is smallest."""
    L = losses(Y_HAT, np.full(Y_HAT.shape, y))
    return "near 1" if np.argmin(L) == len(L) - 1 else "near 0"


def cost_is_the_mean() -> float:
    """J minus the average of the losses."""
    A = forward(np.array([[0.8]]), -0.2, X[np.newaxis])
    J = float(J_of(LOSSES["cross_entropy"], X, Y, np.array(0.8), -0.2))
    return max(
        abs(cost(A, Y[np.newaxis]) - float(np.mean(losses(A[0], Y)))),
        abs(cost(A, Y[np.newaxis]) - J),
    )


PAGE = "cost"
CLAIMS = (
    Claim(
        "3.4",
        "minima of J(w) with the squared error, on four chosen examples",
        "several",
        lambda: valleys("squared"),
        PAGE,
    ),
    Claim(
        "3.4",
        "with the squared error, starts at w = −8 and 4 end equally low",
        "no",
        different_ends,
        PAGE,
    ),
    Claim(
        "3.4",
        "minima of J(w) with cross-entropy, on the same four examples",
        "one",
        lambda: valleys("cross_entropy"),
        PAGE,
    ),
    Claim(
        "3.4",
        "J(w, b) with the squared error, twelve examples",
        "not convex",
        lambda: is_convex("squared"),
        PAGE,
    ),
    Claim(
        "3.4",
        "J(w, b) with cross-entropy, twelve examples",
        "convex",
        lambda: is_convex("cross_entropy"),
        PAGE,
    ),
    Claim(
        "3.4",
        "for y = 1, the ŷ with the smallest loss is",
        "near 1",
        lambda: best_prediction(1.0),
        PAGE,
    ),
    Claim(
        "3.4",
        "for y = 0, the ŷ with the smallest loss is",
        "near 0",
        lambda: best_prediction(0.0),
        PAGE,
    ),
    Claim(
        "3.4",
        "for y = 0, a small loss means that this is large",
        "1 − log ŷ",
        made_large_for_label_0,
        PAGE,
        correction="A parenthesis has slipped in §3.4. For y = 0 the loss is "
        "−log(1 − ŷ), so it is log(1 − ŷ) that should be large: the 1 belongs inside "
        "the logarithm. The conclusion stands: ŷ should be small.",
    ),
    Claim(
        "3.4",
        "J minus the plain average of the losses",
        0.0,
        cost_is_the_mean,
        PAGE,
        1e-12,
    ),
)
