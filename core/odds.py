"""Probability, odds and logit: three ways to say the same (§3.3)."""

import numpy as np

from core.rounding import readable
from core.types import Array

# From here on four digits say 1.
LITTLE = 5e-5


def odds(z: Array) -> Array:
    """ŷ : (1 − ŷ) = eᶻ, the odds of class 1; infinite where eᶻ leaves float64.

    z of any shape → the same shape
    """
    # Beyond e^709 the odds are larger than any float64: infinity says so.
    with np.errstate(over="ignore"):
        return np.exp(np.asarray(z, dtype=np.float64))


def logit(y_hat: Array) -> Array:
    """z = log(ŷ / (1 − ŷ)), the inverse of σ. ŷ in (0, 1) of any shape."""
    y_hat = np.asarray(y_hat, dtype=np.float64)
    if np.any((y_hat <= 0) | (y_hat >= 1)):
        raise ValueError("A probability of exactly 0 or 1 has no finite logit.")
    return np.log(y_hat) - np.log1p(-y_hat)


def naive_sigmoid(z: float) -> str:
    """What 1 / (1 + e⁻ᶻ) answers when it is typed as it stands.

    Python's floats: math.exp refuses what NumPy turns into infinity and a warning.
    """
    try:
        with np.errstate(over="raise"):
            y_hat = float(1 / (1 + np.exp(-np.float64(z))))
        return written(y_hat, 1 - y_hat)
    except FloatingPointError:
        return "overflow in exp"


def written(probability: float, rest: float) -> str:
    """A probability for reading, with what it lacks to be 1: 1 − 2.061 × 10⁻⁹."""
    return f"1 − {readable(rest)}" if 0 < rest < LITTLE else readable(probability)
