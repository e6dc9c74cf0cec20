"""Claims of the notes §3.5: gradient descent."""

import numpy as np

from core.claim import Claim
from core.costs import (
    ONE_FEATURE,
    Cost,
    descend_logistic_1d,
    logistic_cost,
    lowest_point,
    parabola,
    plane_J,
    squared_sigmoid,
)
from core.descent import GLOBAL, descend, ending, minima, regime
from core.gradient_check import check
from core.types import Array

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y)
STARTS = (-6.0, -2.0, 2.0, 6.0)


def optima_of_the_plane() -> int:
    """How many different places nine walks from all over the plane arrive at."""
    grid = np.linspace(-4, 4, 3)
    walks = [descend_logistic_1d(X, Y, w, b, 3.0, 200) for w in grid for b in grid]
    return len({(round(p.w[-1], 3), round(p.b[-1], 3)) for p in walks})


def from_zero() -> str:
    """Where the walk over the plane ends that starts with w and b at 0."""
    path = descend_logistic_1d(X, Y, 0.0, 0.0, 3.0, 300)
    best = lowest_point(X, Y)
    there = np.allclose([path.w[-1], path.b[-1]], best, rtol=0, atol=1e-6)
    return "the minimum" if there else "elsewhere"


def starts_that_arrive(cost: Cost) -> str:
    """From how many of the starts a cost is walked down to its lowest point."""
    found = minima(cost.J, cost.dJ, -12, 8)
    paths = [descend(cost.J, cost.dJ, start, 5.0, 200) for start in STARTS]
    good = sum(ending(path, found).kind == GLOBAL for path in paths)
    return f"{good} of {len(STARTS)} starts"


def long_steps() -> str:
    """What repeating the update does on J = w² with α = 1.1."""
    cost = parabola(2.0)
    return regime(descend(cost.J, cost.dJ, 2.0, 1.1, 100))


def worst_slope() -> float:
    """How far dw and db are from the slopes that nudging finds, relative."""

    def J(at: Array) -> float:
        return float(plane_J(X, Y, at[0], at[1]))

    path = descend_logistic_1d(X, Y, -3.0, 3.0, 1.0, 0)
    return check(J, np.array([path.dw[0], path.db[0]]), np.array([-3.0, 3.0]))


PAGE = "gradient_descent"
CLAIMS = (
    Claim(
        "3.5",
        "optima of the logistic cost J(w, b), looked for from 9 starts",
        1,
        optima_of_the_plane,
        PAGE,
    ),
    Claim("3.5", "where a start at w = b = 0 leads", "the minimum", from_zero, PAGE),
    Claim(
        "3.5",
        "dw and db are the slopes of J(w, b): largest relative difference to nudging",
        0.0,
        worst_slope,
        PAGE,
        1e-6,
    ),
    Claim(
        "3.5",
        "starts from which the logistic cost J(w) is walked down to its optimum",
        "4 of 4 starts",
        lambda: starts_that_arrive(logistic_cost()),
        PAGE,
    ),
    Claim(
        "3.5",
        "the same on a cost with two minima, the squared error through σ",
        "4 of 4 starts",
        lambda: starts_that_arrive(squared_sigmoid()),
        PAGE,
        correction="Descent does not reach the global optimum from every start. It "
        "goes down into the valley where it starts: on the squared error through σ a "
        "start at −2 ends at w = −4.113, while the lowest point is at w = 0.4522. On "
        "a cost with one valley, like the logistic one, the start does not matter.",
    ),
    Claim(
        "3.5",
        "what repeating the update on J = w² comes to, with α = 1.1",
        "converging",
        long_steps,
        PAGE,
        correction="Repeating the update converges only if α is small enough. Where "
        "the cost bends with curvature c, α has to stay below 2/c; on J = w², with "
        "c = 2, every α above 1 leads farther away at each step.",
    ),
)
