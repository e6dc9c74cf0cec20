"""Claims of the notes §3.1: derivatives."""

import numpy as np

from core.claim import Claim
from core.derivatives import FUNCTIONS, nudge


def rise_to(name: str, a: float, h: float) -> float:
    """f(a + h) for one of the page's functions."""
    return float(nudge(FUNCTIONS[name].f, a, h).f_a_h)


def exact_slope(name: str, a: float) -> float:
    """f′(a) for one of the page's functions."""
    return float(FUNCTIONS[name].df(np.asarray(a)))


CLAIMS = (
    Claim(
        "3.1",
        "3a at 2, nudged by 0.001",
        6.003,
        lambda: rise_to("3a", 2, 0.001),
        "derivatives",
        1e-12,
    ),
    Claim(
        "3.1", "the slope of 3a at 2", 3.0, lambda: exact_slope("3a", 2), "derivatives"
    ),
    Claim(
        "3.1",
        "a² at 2, nudged by 0.001",
        4.004001,
        lambda: rise_to("a2", 2, 0.001),
        "derivatives",
        1e-12,
    ),
    Claim(
        "3.1", "the slope of a² at 2", 4.0, lambda: exact_slope("a2", 2), "derivatives"
    ),
    Claim(
        "3.1",
        "a² at 5, nudged by 0.001",
        25.010001,
        lambda: rise_to("a2", 5, 0.001),
        "derivatives",
        1e-12,
    ),
    Claim(
        "3.1", "the slope of a² at 5", 10.0, lambda: exact_slope("a2", 5), "derivatives"
    ),
)
