"""Claims of the notes §2.3: why deep learning took off when it did."""

import numpy as np

from core.activations import ACTIVATIONS
from core.claim import Claim
from core.scale import TESTED, enough, late_gain, read_curves
from core.speed import Day, costs_on_the_way, steps_to

RACES = ("circles", "moons", "flower", "spiral")
PAGE = "why_now"


def gain_of_line() -> float:
    """Percentage points that logistic regression gains on the spiral, 400 to 1,600."""
    return 100 * late_gain(read_curves()["spiral", "logistic"])


def network_goes_on() -> str:
    """Whether the large network has a use for more data than logistic regression."""
    curves = read_curves()
    amounts = [enough(curves["spiral", model]) for model in ("logistic", "large")]
    return "yes" if amounts[1] > amounts[0] else "no"


def first_to_stop() -> str:
    """Logistic regression or the large network: what is done with less of a spiral?"""
    curves = read_curves()
    line, large = (enough(curves["spiral", model]) for model in ("logistic", "large"))
    return "logistic regression" if line < large else "deep learning"


def network_ahead() -> str:
    """Whether 64 units beat logistic regression on all silhouettes, beyond chance."""
    curves = read_curves()
    line, large = (
        float(np.median(curves["silhouettes", model].share[-1]))
        for model in ("logistic", "large")
    )
    error = np.sqrt(line * (1 - line) / TESTED)
    return "yes" if large - line > 2 * error else "no"


def slope_far_out() -> float:
    """The steepest slope of the sigmoid for z beyond 10, on either side."""
    return float(ACTIVATIONS["sigmoid"].dg(np.array([-10.0, 10.0])).max())


def least_relu_slope() -> float:
    """The smallest slope that a ReLU has anywhere from −10 to 10."""
    return float(ACTIVATIONS["relu"].dg(np.linspace(-10, 10, 400)).min())


def races_won() -> int:
    """On how many of four sets of points ReLU is the first at J = 0.5."""
    won = 0
    for data in RACES:
        slow, quick = (
            steps_to(costs_on_the_way(name, data), 0.5) for name in ("sigmoid", "relu")
        )
        won += quick is not None and (slow is None or quick < slow)
    return won


def at_half_speed() -> str:
    """Whether halving the speed of computation leaves more experiments a day."""
    usual, slow = Day(30.0, 60.0), Day(30.0, 120.0)
    return "more" if slow.experiments > usual.experiments else "fewer"


CLAIMS = (
    Claim(
        "2.3",
        "from 400 to 1,600 examples of the spiral, logistic regression gains, in "
        "percentage points",
        0.0,
        gain_of_line,
        PAGE,
        1.0,
    ),
    Claim(
        "2.3",
        "a larger network goes on improving with data when that has stopped (spiral)",
        "yes",
        network_goes_on,
        PAGE,
    ),
    Claim(
        "2.3",
        "the systems that stop improving early are traditional …",
        "deep learning",
        first_to_stop,
        PAGE,
        correction=(
            "The word *deep* slipped in: what stops early are traditional methods such "
            "as logistic regression. The deep, large networks are the ones that go on."
        ),
    ),
    Claim(
        "2.3",
        "a more complex network does better (all 1,600 silhouettes)",
        "yes",
        network_ahead,
        PAGE,
        correction=(
            "Not with so little data: on 1,600 silhouettes 64 hidden units and "
            "logistic regression are within the error of the test. Size needs data."
        ),
    ),
    Claim("2.3", "slope of the sigmoid at its ends", 0.0, slope_far_out, PAGE, 1e-4),
    Claim(
        "2.3",
        "the least slope of a ReLU: learning is nowhere slow",
        1.0,
        least_relu_slope,
        PAGE,
        correction=(
            "For every z below 0 the ReLU's slope is exactly 0, less than the "
            "sigmoid's anywhere. What helps is that it does not fade for z above 0."
        ),
    ),
    Claim(
        "2.3",
        "ReLU reaches J = 0.5 first, on how many of four sets of points",
        4,
        races_won,
        PAGE,
    ),
    Claim(
        "2.3",
        "a lower speed of computation allows how many experiments",
        "more",
        at_half_speed,
        PAGE,
        correction=(
            "The notes mean a shorter time of computation, so a higher speed: at half "
            "the speed fewer experiments fit into a day."
        ),
    ),
)
