"""How probable the labels are: products, sums of logarithms, and the cost (§3.8)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid
from core.costs import ONE_FEATURE, OneFeature, average
from core.rounding import readable
from core.types import Array

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Likelihood:
    """How well predictions fit labels, said in four ways that move together.

    P (…, m)           probability of each example's own label
    product            of all P: the probability of all labels together; 0.0 where
                       it is smaller than any float64
    log_likelihood     Σ log P, which stays a usable number
    J                  −Σ log P / m, the cost
    """

    P: Array
    product: Array
    log_likelihood: Array
    J: Array


@dataclass(frozen=True)
class LikelihoodCurve:
    """`Likelihood` for every w of a grid, and where it is best.

    w (n,); at.P (n, m), the rest of `at` (n,). highest: the index of the largest
    log-likelihood; lowest_cost: that of the smallest J; highest_product: that of the
    largest product, None where every product underflowed to 0.
    """

    w: Array
    at: Likelihood
    highest: int
    lowest_cost: int
    highest_product: int | None


@dataclass(frozen=True)
class Underflow:
    """Products and sums that grow by one example at a time, both (m,).

    zero_from: after how many examples the product is exactly 0.0, None if it never is.
    """

    product: Array
    log_sum: Array
    zero_from: int | None


@dataclass(frozen=True)
class Examples1D:
    """One feature and one label for each example, x and y (m,)."""

    x: Array
    y: Array


# The same twelve x twice: with labels that overlap, and with labels that one place on
# the line tells apart, so that a steeper σ is always better.
APART = OneFeature(ONE_FEATURE.x, tuple(int(x > 0) for x in ONE_FEATURE.x))
EXAMPLES: Mapping[str, OneFeature] = {"overlap": ONE_FEATURE, "apart": APART}


def probability(y_hat: Array, y: Array) -> Array:
    """P(y|x) = ŷʸ (1 − ŷ)¹⁻ʸ: ŷ for the label 1, 1 − ŷ for the label 0.

    Two arrays of one shape, ŷ each in [0, 1], y each 0 or 1. Notes §3.8
    """
    return y_hat**y * (1 - y_hat) ** (1 - y)


def log_probability(z: Array, y: Array) -> Array:
    """log P(y|x) for ŷ = σ(z), which is −ℒ; finite however sure and wrong ŷ is."""
    return y * z - np.logaddexp(0, z)


def likelihood(z: Array, y: Array) -> Likelihood:
    """All four for z = wx + b. z (…, m), y (m,), the examples on the last axis.

    Notes §3.8
    """
    P = probability(sigmoid(z), y + 0 * z)
    logs = log_probability(z, y)
    # A product too small for float64 becomes 0: that is what this shows.
    with np.errstate(under="ignore"):
        product: Array = np.prod(P, axis=-1)
    total: Array = np.sum(logs, axis=-1)
    return Likelihood(P, product, total, average(-logs))


def likelihood_curve(x: Array, y: Array, w: Array, b: float = 0.0) -> LikelihoodCurve:
    """Product, sum and cost for every w. x, y (m,), w (n,). Notes §3.8"""
    at = likelihood(np.multiply.outer(w, x) + b, y)
    best = int(np.argmax(at.product))
    return LikelihoodCurve(
        w=w,
        at=at,
        highest=int(np.argmax(at.log_likelihood)),
        lowest_cost=int(np.argmin(at.J)),
        highest_product=best if at.product[best] > 0 else None,
    )


def many_labels(m: int = 2000, seed: int = 0) -> Examples1D:
    """m examples whose labels really follow P(y = 1) = σ(x). Raises ValueError."""
    if m < 1:
        raise ValueError(f"There must be at least one example, not {m}.")
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(m)
    y = np.where(rng.random(m) < sigmoid(x), 1.0, 0.0)
    return Examples1D(x, y)


def underflow(z: Array, y: Array) -> Underflow:
    """Multiply one P after the other, and add up their logarithms. z, y (m,)"""
    # The product really underflows here, on purpose.
    with np.errstate(under="ignore"):
        product = np.asarray(np.cumprod(probability(sigmoid(z), y)), np.float64)
    zeros = np.flatnonzero(product == 0)
    return Underflow(
        product=product,
        log_sum=np.cumsum(log_probability(z, y)),
        zero_from=int(zeros[0]) + 1 if len(zeros) else None,
    )


def from_log(log_p: float, digits: int = 3) -> str:
    """e to the log_p as a power of ten, also where float64 has only 0: 1.2 × 10⁻⁵⁰⁰.

    Probabilities that need no power of ten are written plainly.
    """
    if log_p > -600:
        return readable(math.exp(log_p), digits)
    power = math.floor(log_p / math.log(10))
    mantissa = readable(math.exp(log_p - power * math.log(10)), digits)
    # 9.9996 rounds up to 10, which is the next power of ten.
    if mantissa == "10":
        mantissa, power = "1", power + 1
    return f"{mantissa} × 10{str(power).translate(SUPERSCRIPT)}"
