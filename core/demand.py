"""One neuron on one input: t-shirts sold against their price (§2.1)."""

from dataclasses import dataclass

import numpy as np

from core.activations import relu, relu_slope
from core.descent import Descent, descend
from core.types import Array

# How the t-shirts were made to sell: hundreds a week, the price x in tens of euros.
TRUE_W, TRUE_B = -2.6, 9.0
NOISE = 0.35


@dataclass(frozen=True)
class Shop:
    """Price x (m,) in tens of euros, and y (m,), hundreds of t-shirts sold a week."""

    x: Array
    y: Array


def t_shirts(m: int = 24, seed: int = 0) -> Shop:
    """Prices from 4 to 44 euros; the dearer, the fewer are sold, and never below 0."""
    x = np.linspace(0.4, 4.4, m)
    noise = NOISE * np.random.default_rng(seed).standard_normal(m)
    sold = relu(TRUE_W * x + TRUE_B)
    # Where nobody buys, chance sells none either.
    return Shop(x, np.where(sold > 0, relu(sold + noise), 0.0))


def demand(w: float | Array, b: float | Array, x: float | Array) -> Array:
    """ŷ = max(0, w x + b): one neuron with a ReLU. Any shapes that fit. Notes §2.1"""
    return relu(np.asarray(w * x + b))


def misfit(w: float, b: float, shop: Shop) -> float:
    """J = ½ · the mean of (ŷ − y)²: 0 when every guess is exact."""
    return float(np.mean((demand(w, b, shop.x) - shop.y) ** 2) / 2)


def misfit_slopes(w: float, b: float, shop: Shop) -> Array:
    """∂J/∂w and ∂J/∂b as (2,): where z ≤ 0 the ReLU sends nothing back."""
    z = w * shop.x + b
    dz = (relu(z) - shop.y) * relu_slope(z)
    return np.array([np.mean(dz * shop.x), np.mean(dz)])


def learn_demand(
    shop: Shop, w: float, b: float, alpha: float = 0.1, steps: int = 400
) -> Descent:
    """Gradient descent from w and b. `.w` (steps + 1, 2) is w and b at each step."""
    return descend(
        lambda at: np.array(misfit(at[0], at[1], shop)),
        lambda at: misfit_slopes(at[0], at[1], shop),
        np.array([w, b]),
        alpha,
        steps,
    )


def is_dead(w: float, b: float, shop: Shop) -> bool:
    """Whether the neuron says 0 for every price, so that no gradient comes back."""
    return bool(np.all(w * shop.x + b <= 0))


def free_from(w: float, b: float) -> float:
    """The price at which demand reaches 0, −b / w; NaN for a level neuron."""
    return -b / w if w else float("nan")
