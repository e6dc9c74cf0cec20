"""One example with two features, forward and backward, every number named (§3.7)."""

import math
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid
from core.types import Array

NUDGE = 1e-6
# a is nudged by this share of its distance to 0 or 1, whichever is nearer, as long as
# that distance is large enough for float64 to place the nudge.
SHARE = 1e-3
NEAR = 1e-10
TOO_CLOSE = "Here a is so close to 0 or 1 that no nudge of a fits between."
INFINITE = "Here a is rounded to the wrong end, so the slope is infinite."
ROUNDED = (
    "Here a is so close to 1 that 1 − a has few digits left in float64, or none: "
    "then it is 0."
)


@dataclass(frozen=True)
class OneExample:
    """Two features and a label y, 0 or 1."""

    x1: float
    x2: float
    y: int


@dataclass(frozen=True)
class OneNeuron:
    """The parameters that learn."""

    w1: float
    w2: float
    b: float


@dataclass(frozen=True)
class ForwardPass:
    """z = w1 x1 + w2 x2 + b, a = σ(z) and the loss L."""

    z: float
    a: float
    L: float


@dataclass(frozen=True)
class BackwardPass:
    """The derivatives of L by a, z, w1, w2 and b, named as in the notes."""

    da: float
    dz: float
    dw1: float
    dw2: float
    db: float


@dataclass(frozen=True)
class OneUpdate:
    """One step of gradient descent: the neuron after it, L before and after."""

    neuron: OneNeuron
    L_before: float
    L_after: float


@dataclass(frozen=True)
class DerivationStep:
    """One line of a derivation: left = right, in LaTeX and with present values.

    `part` says which of the three derivatives it belongs to, `why` what was done.
    A derivative on the left is measured by a nudge; the right side is computed.
    NaN stands where float64 has no value for a side (∞ for an infinite slope);
    `trouble` says what float64 cannot do here, '' where all is well.
    """

    part: str
    left: str
    right: str
    left_value: float
    right_value: float
    why: str
    trouble: str = ""

    @property
    def agrees(self) -> bool:
        """Whether both sides have the same value, up to what a nudge can measure.

        As a share of the value, however small it is: 4 × 10⁻¹⁸ is not 0.
        """
        return math.isclose(self.left_value, self.right_value, rel_tol=1e-5)


def check_label(y: int) -> None:
    """Raises ValueError for a label that is neither 0 nor 1."""
    if y not in (0, 1):
        raise ValueError(f"The label y must be 0 or 1, not {y}.")


def forward_one(neuron: OneNeuron, example: OneExample) -> ForwardPass:
    """z, a and L for one example. Notes §3.7.1"""
    check_label(example.y)
    z = neuron.w1 * example.x1 + neuron.w2 * example.x2 + neuron.b
    return ForwardPass(z, float(sigmoid(np.array(z))), loss_from_z(z, example.y))


def loss_from_z(z: float, y: int) -> float:
    """L = −log a for y = 1 and −log(1 − a) for y = 0, with a = σ(z).

    Both are log(1 + eᶻ) − yz, which stays right where a rounds to 0 or 1.
    """
    return float(np.logaddexp(0, z if y == 0 else -z))


def slope_by_a(a: float, y: int) -> float:
    """da = −y/a + (1 − y)/(1 − a); infinite for a certain a that is wrong.

    Only one of the two fractions counts, so the other is not computed: at a = 1
    and y = 1 it would be 0/0.
    """
    if y == 1:
        return -1 / a if a > 0 else -math.inf
    return 1 / (1 - a) if a < 1 else math.inf


def backward_one(example: OneExample, forward: ForwardPass) -> BackwardPass:
    """da, dz, dw1, dw2 and db for one example. Notes §3.7.1

    dz = a − y directly: da · a (1 − a) would be ∞ · 0 where a is 0 or 1.
    """
    dz = forward.a - example.y
    return BackwardPass(
        da=slope_by_a(forward.a, example.y),
        dz=dz,
        dw1=example.x1 * dz,
        dw2=example.x2 * dz,
        db=dz,
    )


def update_one(neuron: OneNeuron, example: OneExample, alpha: float) -> OneUpdate:
    """w1 := w1 − α dw1, the same for w2 and b, and what that does to L. Notes §3.5"""
    before = forward_one(neuron, example)
    back = backward_one(example, before)
    after = OneNeuron(
        w1=neuron.w1 - alpha * back.dw1,
        w2=neuron.w2 - alpha * back.dw2,
        b=neuron.b - alpha * back.db,
    )
    return OneUpdate(after, before.L, forward_one(after, example).L)


# The derivation of dz = a − y.


def derivation(neuron: OneNeuron, example: OneExample) -> tuple[DerivationStep, ...]:
    """∂L/∂z = a − y in three parts, each line with its two values. Notes §3.7.2"""
    at = forward_one(neuron, example)
    return (
        *slope_by_a_steps(at, example.y),
        *slope_of_sigmoid_steps(at),
        *slope_by_z_steps(at, example.y),
    )


def slope_by_a_steps(at: ForwardPass, y: int) -> tuple[DerivationStep, ...]:
    """Part 1: ∂L/∂a."""
    part, measured, exact = "∂L/∂a", measured_by_a(at.a, y), slope_by_a(at.a, y)
    edge = "" if math.isfinite(measured) else TOO_CLOSE
    if not math.isfinite(exact):
        edge = f"{edge} {INFINITE}"
    d = r"\frac{\partial L}{\partial a}"
    return (
        DerivationStep(
            part,
            d,
            r"-y \, \frac{d \log a}{d a} - (1 - y) \, \frac{d \log(1 - a)}{d a}",
            measured,
            exact,
            "L is a sum, and y does not depend on a.",
            edge,
        ),
        DerivationStep(
            part,
            d,
            r"-y \cdot \frac{1}{a} - (1 - y) \cdot \frac{1}{1 - a} \cdot (-1)",
            measured,
            exact,
            "The slope of log is one over its input; 1 − a falls as a rises.",
            edge,
        ),
        DerivationStep(
            part,
            d,
            r"-\frac{y}{a} + \frac{1 - y}{1 - a}",
            measured,
            exact,
            "Two minus signs make a plus.",
            edge,
        ),
    )


def slope_of_sigmoid_steps(at: ForwardPass) -> tuple[DerivationStep, ...]:
    """Part 2: ∂a/∂z."""
    part, d = "∂a/∂z", r"\frac{\partial a}{\partial z}"
    # σ′ is the same on both sides of 0, and e^(-|z|) cannot overflow.
    e = math.exp(-abs(at.z))
    one = 1 / (1 + e)
    measured = measured_by_z(at.z)
    return (
        DerivationStep(
            part,
            d,
            r"\frac{e^{-z}}{(1 + e^{-z})^2}",
            measured,
            e / (1 + e) ** 2,
            "a = 1/(1 + e⁻ᶻ): the slope of 1/t is −1/t², that of 1 + e⁻ᶻ is −e⁻ᶻ.",
        ),
        DerivationStep(
            part,
            d,
            r"\frac{1}{1 + e^{-z}} \left(1 - \frac{1}{1 + e^{-z}}\right)",
            measured,
            one * (e / (1 + e)),
            "e⁻ᶻ/(1 + e⁻ᶻ) is what 1/(1 + e⁻ᶻ) lacks to be 1.",
        ),
        DerivationStep(
            part,
            d,
            "a \\, (1 - a)",
            measured,
            at.a * (1 - at.a),
            "The first factor is a, and what it lacks to be 1 is 1 − a.",
            ROUNDED if 1 - at.a < NEAR else "",
        ),
    )


def slope_by_z_steps(at: ForwardPass, y: int) -> tuple[DerivationStep, ...]:
    """Part 3: ∂L/∂z by the chain rule."""
    part, d = "∂L/∂z", r"\frac{\partial L}{\partial z}"
    measured, da, s = measured_by_both(at.z, y), slope_by_a(at.a, y), at.a * (1 - at.a)
    usable = math.isfinite(da) and s > 0
    product = da * s if usable else math.nan
    fraction = (at.a - y) / s * s if usable else math.nan
    edge = "" if usable else "Here a (1 − a) is 0, so these factors have no value."
    rounded = ROUNDED if y == 1 and 1 - at.a < NEAR else ""
    return (
        DerivationStep(
            part,
            d,
            r"\frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z}",
            measured,
            product,
            "The chain rule: z moves a, and a moves L.",
            edge or rounded,
        ),
        DerivationStep(
            part,
            d,
            r"\frac{a - y}{a \, (1 - a)} \cdot a \, (1 - a)",
            measured,
            fraction,
            "Over one denominator, −y (1 − a) + (1 − y) a is a − y.",
            edge or rounded,
        ),
        DerivationStep(
            part,
            d,
            "a - y",
            measured,
            at.a - y,
            "a (1 − a) cancels, and with it every infinity at a = 0 and a = 1.",
            rounded,
        ),
    )


def measured_by_a(a: float, y: int) -> float:
    """∂L/∂a by a nudge of a; NaN where a is too close to 0 or 1 for it."""
    if min(a, 1 - a) < NEAR:
        return math.nan
    h = SHARE * min(a, 1 - a)
    # log1p(−a) is log(1 − a) without the digits that 1 − a loses where a is small.
    up, down = (
        -(math.log(each) if y == 1 else math.log1p(-each)) for each in (a + h, a - h)
    )
    # Rounding moves a ± h a little: divide by the distance that was really gone.
    return (up - down) / ((a + h) - (a - h))


def measured_by_z(z: float) -> float:
    """∂a/∂z by a nudge of z."""
    # σ(z) near 1 has few digits left after the subtraction; σ(−|z|) has all.
    a: Array = sigmoid(-abs(z) + np.array([-NUDGE, NUDGE]))
    return float(a[1] - a[0]) / (2 * NUDGE)


def measured_by_both(z: float, y: int) -> float:
    """∂L/∂z by a nudge of z that travels through a to L."""
    h = NUDGE * max(1.0, abs(z))
    return (loss_from_z(z + h, y) - loss_from_z(z - h, y)) / (2 * h)
