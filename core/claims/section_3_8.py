"""Claims of the notes §3.8: why the cost has its form."""

import numpy as np

from core.claim import Claim
from core.costs import ONE_FEATURE
from core.likelihood import (
    LikelihoodCurve,
    likelihood,
    likelihood_curve,
    many_labels,
    probability,
)
from core.logistic import losses

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y, dtype=np.float64)
W = np.linspace(-3, 6, 901)
LABELS = (np.array(0.0), np.array(1.0))


def chance(y_hat: float, y: float) -> float:
    """P(y|x) from the one formula for both labels."""
    return float(probability(np.array(y_hat), np.array(y)))


def curve() -> LikelihoodCurve:
    """Product, sum and cost over a grid of w."""
    return likelihood_curve(X, Y, W)


def log_is_minus_loss() -> float:
    """The largest difference between log P and −ℒ."""
    y_hat = np.linspace(0.01, 0.99, 99)
    both = [
        np.log(probability(y_hat, y + 0 * y_hat)) + losses(y_hat, y) for y in LABELS
    ]
    return float(np.max(np.abs(both)))


def sum_is_minus_m_J() -> float:
    """log of the product, minus −m J, at w = 1."""
    at = likelihood(X, Y)
    return float(np.log(at.product) + len(Y) * at.J)


def same_w() -> str:
    """Whether the product is largest at the w where the cost is smallest."""
    found = curve()
    return "yes" if found.highest_product == found.lowest_cost else "no"


def each_at_its_best() -> str:
    """For how many examples the best w of the product is best for their own P too."""
    found = curve()
    best = np.argmax(found.at.P, axis=0)
    count = int(np.sum(best == found.highest_product))
    return "all" if count == len(Y) else f"{count} of {len(Y)}"


def growth() -> str:
    """Which of −log P_train and J grows when there are 100 times as many examples."""
    few, many = many_labels(100), many_labels(10_000)
    sums = [-float(likelihood(each.x, each.y).log_likelihood) for each in (few, many)]
    means = [float(likelihood(each.x, each.y).J) for each in (few, many)]
    grows = [pair[1] > 10 * pair[0] for pair in (sums, means)]
    return "only the sum" if grows == [True, False] else "both or none"


PAGE = "likelihood"
CLAIMS = (
    Claim("3.8", "P(y|x) for y = 1 and ŷ = 0.8", 0.8, lambda: chance(0.8, 1.0), PAGE),
    Claim(
        "3.8",
        "P(y|x) for y = 0 and ŷ = 0.8",
        0.2,
        lambda: chance(0.8, 0.0),
        PAGE,
        1e-15,
    ),
    Claim(
        "3.8",
        "log P(y|x) plus the loss, at most",
        0.0,
        log_is_minus_loss,
        PAGE,
        1e-12,
    ),
    Claim(
        "3.8",
        "log of the product of all P, plus m · J",
        0.0,
        sum_is_minus_m_J,
        PAGE,
        1e-12,
    ),
    Claim(
        "3.8", "the product is largest where the cost is smallest", "yes", same_w, PAGE
    ),
    Claim(
        "3.8",
        "what grows with m: −log P_train, or J, which is divided by m",
        "only the sum",
        growth,
        PAGE,
    ),
    Claim(
        "3.8",
        "examples whose own probability is largest at the w that is best for all",
        "all",
        each_at_its_best,
        PAGE,
        correction="Maximising the product is not the same as maximising each factor. "
        "All examples share one w: what makes one of them more probable makes another "
        "less so, and the best w is the best compromise. What is equivalent is to "
        "maximise the sum of the logarithms.",
    ),
)
