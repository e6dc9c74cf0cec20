"""What an activation does to a whole crowd of z: mean, spread, saturation (§5.4)."""

from dataclasses import dataclass

import numpy as np

from core.activations import ACTIVATIONS
from core.types import Array

CROWD = 4000
SATURATED = 0.05  # of the steepest slope: below this a unit hardly learns


@dataclass(frozen=True)
class Spread:
    """mean and std of g(z) for z ~ N(mu, s²), and the share that hardly learns."""

    mean: float
    std: float
    saturated: float


def leaky(z: Array, slope: float) -> Array:
    """max(slope · z, z): the leaky ReLU with a slope of one's choice below 0."""
    return np.maximum(slope * z, z)


def leaky_slope(z: Array, slope: float) -> Array:
    """1 for z > 0 and `slope` elsewhere."""
    return np.where(z > 0, 1.0, slope)


def output(name: str, z: Array, leak: float) -> Array:
    """g(z) of an activation; `leak` matters to the leaky ReLU only."""
    return leaky(z, leak) if name == "leaky_relu" else ACTIVATIONS[name].g(z)


def slope(name: str, z: Array, leak: float) -> Array:
    """g′(z) of an activation; `leak` matters to the leaky ReLU only."""
    if name == "leaky_relu":
        return leaky_slope(z, leak)
    return ACTIVATIONS[name].dg(z)


def crowd(mu: float, s: float, seed: int = 0) -> Array:
    """4,000 values of z, normally distributed around mu with spread s. (4000,)"""
    return mu + s * np.random.default_rng(seed).standard_normal(CROWD)


def spread(name: str, z: Array, leak: float = 0.01) -> Spread:
    """Mean and standard deviation of g(z), and the share of z with hardly any slope.

    z (k,). "Hardly any" is less than 5 % of the steepest slope of this g. Notes §5.4
    """
    a = output(name, z, leak)
    steepest = float(slope(name, np.linspace(-10, 10, 2001), leak).max())
    flat = slope(name, z, leak) < SATURATED * steepest
    return Spread(float(a.mean()), float(a.std()), float(flat.mean()))
