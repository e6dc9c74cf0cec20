"""The operations of a formula, each with its value and its partial derivatives.

One entry per operation, in the spirit of `ACTIVATIONS`: what it computes and how it
reacts to a nudge of each input stand side by side. The chain rule needs no more.

The functions here may meet any float64. They answer NaN outside their domain and may
raise NumPy's floating point flags on the way; `core.formula` calls them with the
flags silenced and turns what is not a finite number into NaN at the end.

Conventions at kinks, where a derivative has no single value:
|u| at 0 has slope 0, relu at 0 has slope 0, and where max or min has a tie each input
counts one half (which is what a central difference measures there).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid
from core.types import Array


@dataclass(frozen=True)
class Operation:
    """One operation: value(u, …), partials(u, …) = (∂/∂u, …), and how it is written.

    `text`, `numpy` and `latex` are templates with one {} per input.
    """

    arity: int
    value: Callable[..., Array]
    partials: Callable[..., tuple[Array, ...]]
    text: str
    numpy: str
    latex: str


def quotient(u: Array, v: Array) -> Array:
    """u / v, NaN where v = 0."""
    return np.where(v == 0, np.nan, u / v)


def power(u: Array, v: Array) -> Array:
    """u to the v, NaN where no real number is meant.

    A negative u takes whole exponents only, u = 0 takes none below 0.
    """
    # NumPy answers 1 for nan**0 and 1**nan, which would hide an input without a value.
    nowhere = ((u == 0) & (v < 0)) | np.isnan(u) | np.isnan(v)
    return np.where(nowhere, np.nan, np.power(u, v))


def power_partials(u: Array, v: Array) -> tuple[Array, ...]:
    """∂/∂u = v uᵛ⁻¹ and ∂/∂v = uᵛ log u."""
    by_u = np.where(v == 0, 0.0, v * np.power(u, v - 1))
    by_v = np.where((u == 0) & (v > 0), 0.0, np.power(u, v) * np.log(u))
    return by_u, by_v


def natural_log(u: Array) -> Array:
    """The natural logarithm of u, NaN where u ≤ 0."""
    return np.where(u > 0, np.log(u), np.nan)


def sigmoid_partials(u: Array) -> tuple[Array, ...]:
    """σ′ = σ(u) σ(−u), which stays exact far out where 1 − σ rounds to 0."""
    return (sigmoid(u) * sigmoid(-u),)


def share(wins: Array, ties: Array) -> Array:
    """1 for the input that is chosen, 0 for the other, one half each in a tie."""
    return np.where(ties, 0.5, np.where(wins, 1.0, 0.0))


OPERATIONS: Mapping[str, Operation] = {
    "+": Operation(
        2,
        value=np.add,
        partials=lambda u, v: (np.ones_like(u), np.ones_like(v)),
        text="{} + {}",
        numpy="{} + {}",
        latex="{} + {}",
    ),
    "-": Operation(
        2,
        value=np.subtract,
        partials=lambda u, v: (np.ones_like(u), -np.ones_like(v)),
        text="{} - {}",
        numpy="{} - {}",
        latex="{} - {}",
    ),
    "*": Operation(
        2,
        value=np.multiply,
        partials=lambda u, v: (v, u),
        text="{}*{}",
        numpy="{}*{}",
        latex=r"{} \cdot {}",
    ),
    "/": Operation(
        2,
        value=quotient,
        partials=lambda u, v: (1 / v, -(u / v) / v),
        text="{}/{}",
        numpy="{}/{}",
        latex=r"\frac{{{}}}{{{}}}",
    ),
    "**": Operation(
        2,
        value=power,
        partials=power_partials,
        text="{}**{}",
        numpy="{}**{}",
        latex="{}^{{{}}}",
    ),
    "neg": Operation(
        1,
        value=np.negative,
        partials=lambda u: (-np.ones_like(u),),
        text="-{}",
        numpy="-{}",
        latex="-{}",
    ),
    "exp": Operation(
        1,
        value=np.exp,
        partials=lambda u: (np.exp(u),),
        text="exp({})",
        numpy="np.exp({})",
        latex="e^{{{}}}",
    ),
    "log": Operation(
        1,
        value=natural_log,
        partials=lambda u: (1 / u,),
        text="log({})",
        numpy="np.log({})",
        latex=r"\log\left({}\right)",
    ),
    "sqrt": Operation(
        1,
        value=np.sqrt,
        partials=lambda u: (0.5 / np.sqrt(u),),
        text="sqrt({})",
        numpy="np.sqrt({})",
        latex=r"\sqrt{{{}}}",
    ),
    "sin": Operation(
        1,
        value=np.sin,
        partials=lambda u: (np.cos(u),),
        text="sin({})",
        numpy="np.sin({})",
        latex=r"\sin\left({}\right)",
    ),
    "cos": Operation(
        1,
        value=np.cos,
        partials=lambda u: (-np.sin(u),),
        text="cos({})",
        numpy="np.cos({})",
        latex=r"\cos\left({}\right)",
    ),
    "tanh": Operation(
        1,
        value=np.tanh,
        partials=lambda u: (1 / np.cosh(u) ** 2,),
        text="tanh({})",
        numpy="np.tanh({})",
        latex=r"\tanh\left({}\right)",
    ),
    "sigmoid": Operation(
        1,
        value=sigmoid,
        partials=sigmoid_partials,
        text="sigmoid({})",
        numpy="sigmoid({})",
        latex=r"\sigma\left({}\right)",
    ),
    "relu": Operation(
        1,
        value=lambda u: np.maximum(0.0, u),
        partials=lambda u: (np.where(u > 0, 1.0, 0.0),),
        text="relu({})",
        numpy="relu({})",
        latex=r"\operatorname{{relu}}\left({}\right)",
    ),
    "abs": Operation(
        1,
        value=np.abs,
        partials=lambda u: (np.sign(u),),
        text="abs({})",
        numpy="np.abs({})",
        latex=r"\left|{}\right|",
    ),
    "max": Operation(
        2,
        value=np.maximum,
        partials=lambda u, v: (share(u > v, u == v), share(v > u, u == v)),
        text="max({}, {})",
        numpy="np.maximum({}, {})",
        latex=r"\max\left({}, {}\right)",
    ),
    "min": Operation(
        2,
        value=np.minimum,
        partials=lambda u, v: (share(u < v, u == v), share(v < u, u == v)),
        text="min({}, {})",
        numpy="np.minimum({}, {})",
        latex=r"\min\left({}, {}\right)",
    ),
}

# These let one input through and shut the other out, however steep the other is.
GATES = ("max", "min", "relu")
