"""Activation functions: each g beside its own derivative, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.types import Array

LEAK = 0.01  # the slope that a leaky ReLU keeps for z < 0


@dataclass(frozen=True)
class Activation:
    """An activation g with its derivative dg, both functions of z.

    The rest is for the fast training loop. g_in_place overwrites z with a = g(z).
    Each g′ is an affine function of something simple in a: g′(z) = base + factor · h,
    and h_in_place overwrites a with that h. (For tanh 1 − a², so base 1, factor −1
    and h = a².)
    """

    name: str
    label: str
    g: Callable[[Array], Array]
    dg: Callable[[Array], Array]
    g_in_place: Callable[[Array], None]
    h_in_place: Callable[[Array], None]
    base: float
    factor: float
    g_latex: str
    dg_latex: str


def sigmoid(z: Array) -> Array:
    """σ(z) = 1 / (1 + e⁻ᶻ).

    z of any shape → the same shape, each in [0, 1]. Notes §3.3
    """
    # e^(-|z|) is at most 1, so nothing overflows however large z is. For z < 0
    # the fraction is multiplied through by e^z.
    e: Array = np.exp(-np.abs(z))
    top: Array = np.where(z >= 0, 1.0, e)
    return top / (1 + e)


def sigmoid_slope(z: Array) -> Array:
    """σ′(z) = a (1 − a), with a = σ(z). Notes §3.7.2, §5.5"""
    a = sigmoid(z)
    return a * (1 - a)


def sigmoid_in_place(z: Array) -> None:
    """z becomes σ(z). For training only: call it where overflow is silenced."""
    # Where e^(-z) overflows to infinity, 1 / (1 + inf) = 0 is the right answer.
    np.negative(z, out=z)
    np.exp(z, out=z)
    np.add(z, 1.0, out=z)
    np.reciprocal(z, out=z)


def squared_from_half_in_place(a: Array) -> None:
    """a becomes (a − ½)². For a = σ(z), σ′(z) = a (1 − a) = ¼ − (a − ½)²."""
    np.subtract(a, 0.5, out=a)
    np.square(a, out=a)


def tanh(z: Array) -> Array:
    """tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ), each in [−1, 1]. Notes §5.4"""
    a: Array = np.tanh(z)
    return a


def tanh_slope(z: Array) -> Array:
    """tanh′(z) = (1 + a)(1 − a), with a = tanh(z). Notes §5.5"""
    a = tanh(z)
    return (1 + a) * (1 - a)


def tanh_in_place(z: Array) -> None:
    """z becomes tanh(z)."""
    np.tanh(z, out=z)


def squared_in_place(a: Array) -> None:
    """a becomes a². For a = tanh(z), tanh′(z) = 1 − a²."""
    np.square(a, out=a)


def relu(z: Array) -> Array:
    """ReLU(z) = max(0, z). Notes §5.4"""
    return np.maximum(0.0, z)


def relu_slope(z: Array) -> Array:
    """ReLU′(z) = 1 for z > 0 and 0 for z < 0; at z = 0 we choose 0. Notes §5.5"""
    return np.where(z > 0, 1.0, 0.0)


def relu_in_place(z: Array) -> None:
    """z becomes max(0, z)."""
    np.maximum(z, 0.0, out=z)


def positive_in_place(a: Array) -> None:
    """a becomes 1 where it is positive, else 0: both ReLUs keep the sign of z."""
    np.greater(a, 0.0, out=a)


def leaky_relu(z: Array) -> Array:
    """leaky ReLU(z) = max(0.01 z, z). Notes §5.4"""
    return np.maximum(LEAK * z, z)


def leaky_relu_slope(z: Array) -> Array:
    """1 for z > 0 and 0.01 for z < 0; at z = 0 we choose 0.01. Notes §5.5"""
    return np.where(z > 0, 1.0, LEAK)


def leaky_relu_in_place(z: Array) -> None:
    """z becomes max(0.01 z, z)."""
    np.maximum(z, LEAK * z, out=z)


def linear(z: Array) -> Array:
    """g(z) = z: no activation at all. Notes §5.4"""
    return np.array(z, dtype=np.float64)


def linear_slope(z: Array) -> Array:
    """g′(z) = 1 everywhere."""
    return np.ones(np.shape(z))


def unchanged(z: Array) -> None:
    """z stays z."""


ACTIVATIONS: Mapping[str, Activation] = {
    "sigmoid": Activation(
        name="sigmoid",
        label="sigmoid",
        g=sigmoid,
        dg=sigmoid_slope,
        g_in_place=sigmoid_in_place,
        h_in_place=squared_from_half_in_place,
        base=0.25,
        factor=-1.0,
        g_latex=r"g(z) = \sigma(z) = \frac{1}{1 + e^{-z}}",
        dg_latex=r"g'(z) = a\,(1 - a)",
    ),
    "tanh": Activation(
        name="tanh",
        label="tanh",
        g=tanh,
        dg=tanh_slope,
        g_in_place=tanh_in_place,
        h_in_place=squared_in_place,
        base=1.0,
        factor=-1.0,
        g_latex=r"g(z) = \tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        dg_latex=r"g'(z) = (1 + a)(1 - a)",
    ),
    "relu": Activation(
        name="relu",
        label="ReLU",
        g=relu,
        dg=relu_slope,
        g_in_place=relu_in_place,
        h_in_place=positive_in_place,
        base=0.0,
        factor=1.0,
        g_latex=r"g(z) = \max(0, z)",
        dg_latex=r"g'(z) = \begin{cases} 0 & z \le 0 \\ 1 & z > 0 \end{cases}",
    ),
    "leaky_relu": Activation(
        name="leaky_relu",
        label="leaky ReLU",
        g=leaky_relu,
        dg=leaky_relu_slope,
        g_in_place=leaky_relu_in_place,
        h_in_place=positive_in_place,
        base=LEAK,
        factor=1.0 - LEAK,
        g_latex=r"g(z) = \max(0.01 z, z)",
        dg_latex=r"g'(z) = \begin{cases} 0.01 & z \le 0 \\ 1 & z > 0 \end{cases}",
    ),
    "linear": Activation(
        name="linear",
        label="linear",
        g=linear,
        dg=linear_slope,
        g_in_place=unchanged,
        h_in_place=unchanged,
        base=1.0,
        factor=0.0,
        g_latex=r"g(z) = z",
        dg_latex=r"g'(z) = 1",
    ),
}


def find_activation(activation: str | Activation) -> Activation:
    """The activation of that name; one that is already an Activation stays.

    Raises ValueError for a name that is not in ACTIVATIONS.
    """
    if isinstance(activation, Activation):
        return activation
    if activation not in ACTIVATIONS:
        names = ", ".join(ACTIVATIONS)
        raise ValueError(f"There is no activation {activation!r}. Choose from {names}.")
    return ACTIVATIONS[activation]
