"""Two losses of one example, and what each makes of J(w) and J(w, b) (§3.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid, sigmoid_slope
from core.costs import ONE_FEATURE, TWO_VALLEYS, OneFeature, average
from core.descent import CostFunction, Descent, Ending, descend, ending, minima
from core.logistic import NEAREST, losses
from core.rounding import readable
from core.types import Array

ByExample = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Loss:
    """A loss ℒ(ŷ, y) with its derivative by ŷ, and the same loss by z.

    of_z(z, y) is ℒ(σ(z), y); slope_z and curvature_z are its first and second
    derivative by z. All take arrays of one shape.
    """

    key: str
    label: str
    latex: str
    L: ByExample
    dL: ByExample
    of_z: ByExample
    slope_z: ByExample
    curvature_z: ByExample


def squared_error(y_hat: Array, y: Array) -> Array:
    """ℒ = ½ (ŷ − y)². Notes §3.4"""
    return (y_hat - y) ** 2 / 2


def d_squared_error(y_hat: Array, y: Array) -> Array:
    """dℒ/dŷ = ŷ − y, at most 1 however wrong ŷ is."""
    return y_hat - y


def squared_of_z(z: Array, y: Array) -> Array:
    """ℒ = ½ (σ(z) − y)²."""
    return squared_error(sigmoid(z), y)


def squared_slope_z(z: Array, y: Array) -> Array:
    """dℒ/dz = (a − y) a (1 − a): almost 0 where a is sure, even if it is wrong."""
    return (sigmoid(z) - y) * sigmoid_slope(z)


def squared_curvature_z(z: Array, y: Array) -> Array:
    """d²ℒ/dz² = s (s + (a − y)(1 − 2a)) with s = a (1 − a): of either sign."""
    a, s = sigmoid(z), sigmoid_slope(z)
    return s * (s + (a - y) * (1 - 2 * a))


def cross_entropy(y_hat: Array, y: Array) -> Array:
    """ℒ = −(y log ŷ + (1 − y) log(1 − ŷ)), at most 36.7. Notes §3.4"""
    return losses(y_hat, y)


def d_cross_entropy(y_hat: Array, y: Array) -> Array:
    """dℒ/dŷ = −y/ŷ + (1 − y)/(1 − ŷ), steeper without end towards the wrong side.

    A ŷ less than 2⁻⁵³ from 0 or 1 is read as 2⁻⁵³ from it, as in the loss.
    """
    y_hat = np.minimum(np.maximum(y_hat, NEAREST), 1 - NEAREST)
    return -y / y_hat + (1 - y) / (1 - y_hat)


def cross_entropy_of_z(z: Array, y: Array) -> Array:
    """ℒ = log(1 + eᶻ) − yz: the same loss, and finite however sure and wrong a is."""
    return np.logaddexp(0, z) - y * z


def cross_entropy_slope_z(z: Array, y: Array) -> Array:
    """dℒ/dz = a − y: large wherever a is wrong. Notes §3.7.2"""
    return sigmoid(z) - y


def cross_entropy_curvature_z(z: Array, y: Array) -> Array:
    """d²ℒ/dz² = a (1 − a) for both labels: never negative."""
    return sigmoid_slope(z) + 0 * y


LOSSES: Mapping[str, Loss] = {
    "squared": Loss(
        key="squared",
        label="squared error",
        latex=r"\tfrac{1}{2} (\hat{y} - y)^2",
        L=squared_error,
        dL=d_squared_error,
        of_z=squared_of_z,
        slope_z=squared_slope_z,
        curvature_z=squared_curvature_z,
    ),
    "cross_entropy": Loss(
        key="cross_entropy",
        label="cross-entropy",
        latex=r"-\left(y \log \hat{y} + (1 - y) \log(1 - \hat{y})\right)",
        L=cross_entropy,
        dL=d_cross_entropy,
        of_z=cross_entropy_of_z,
        slope_z=cross_entropy_slope_z,
        curvature_z=cross_entropy_curvature_z,
    ),
}


def find_loss(key: str) -> Loss:
    """The loss of that name. Raises ValueError for one that is not in LOSSES."""
    if key not in LOSSES:
        names = ", ".join(LOSSES)
        raise ValueError(f"There is no loss {key!r}. Choose from {names}.")
    return LOSSES[key]


def at_the_edge(y_hat: float, y: int) -> str:
    """What to say about cross-entropy at a ŷ of exactly 0 or 1; '' anywhere else."""
    if y_hat not in (0.0, 1.0):
        return ""
    if y_hat == y:
        least = readable(float(losses(np.array(1.0), np.array(1.0))))
        return (
            "Certain and right: the logarithm of 1 is 0, so nothing would be lost. But "
            "the code, so that no logarithm is ever infinite, reads "
            f"{y_hat:.0f} as the nearest number that it can tell apart from it, 2⁻⁵³ "
            f"away, and that costs {least}: as good as nothing."
        )
    worst = readable(float(losses(np.array(0.0), np.array(1.0))))
    return (
        "Certain and wrong: the formula asks for the logarithm of 0, and the loss "
        "would be infinite. σ itself never reaches 0 or 1, but a computer rounds it "
        f"there. The code reads {y_hat:.0f} as the nearest number that it can tell "
        f"apart from it, 2⁻⁵³ away, so one example costs at most {worst}."
    )


# Many examples with one feature: J over w, and over w and b.


def z_of(x: Array, w: Array, b: Array | float) -> Array:
    """z = wx + b for every w (and its b) and every example. x (m,) → (…, m)"""
    z: Array = np.multiply.outer(w, x) + np.asarray(b)[..., np.newaxis]
    return z


def J_of(loss: Loss, x: Array, y: Array, w: Array, b: Array | float = 0.0) -> Array:
    """J = 1/m Σ ℒ(σ(wx + b), y) for every w. x, y (m,) → the shape of w. Notes §3.4

    b: one number, or one for each w.
    """
    return average(loss.of_z(z_of(x, w, b), y))


def dJ_dw(loss: Loss, x: Array, y: Array, w: Array, b: Array | float = 0.0) -> Array:
    """∂J/∂w = 1/m Σ dℒ/dz · x for every w. x, y (m,) → the shape of w."""
    return average(loss.slope_z(z_of(x, w, b), y) * x)


@dataclass(frozen=True)
class Hessian:
    """The second derivatives of J(w, b): [[ww, wb], [wb, bb]], each of w's shape.

    smallest, largest: its eigenvalues, the curvatures of J in the direction in which
    it bends up least and most. Where `smallest` is negative, J is not convex.
    """

    ww: Array
    wb: Array
    bb: Array
    smallest: Array
    largest: Array


def hessian(loss: Loss, x: Array, y: Array, w: Array, b: Array | float) -> Hessian:
    """The exact Hessian of J(w, b): 1/m Σ d²ℒ/dz² · [[x², x], [x, 1]].

    x, y (m,); w and b of one shape. Notes §3.4
    """
    c = loss.curvature_z(z_of(x, w, b), y)
    ww, wb, bb = average(c * x**2), average(c * x), average(c + 0 * x)
    # ww · bb − wb², written so that it cannot turn negative by rounding where no c
    # is: the mean of c c′ (x − x′)² / 2 over all pairs of examples.
    pairs = np.subtract.outer(x, x) ** 2 / 2
    determinant = average(average(c[..., np.newaxis] * pairs * c[..., np.newaxis, :]))
    half, spread = (ww + bb) / 2, np.hypot((ww - bb) / 2, wb)
    largest, lower = half + spread, half - spread
    rising = largest > 0
    smallest = np.where(
        rising & (half > 0), determinant / np.where(rising, largest, 1.0), lower
    )
    return Hessian(ww, wb, bb, smallest, largest)


def curvature_plane(
    loss: Loss, x: Array, y: Array, w_grid: Array, b_grid: Array
) -> Array:
    """The smallest eigenvalue of the Hessian over the plane.

    w_grid (n_w,), b_grid (n_b,) → (n_b, n_w): negative where J is not convex. For
    small data sets: the memory it takes grows with n_w · m².
    """
    rows = [hessian(loss, x, y, w_grid, np.full(w_grid.shape, b)) for b in b_grid]
    return np.array([row.smallest for row in rows])


# The part of the plane that the maps show, and into how many cells they cut it.
W_SPAN, B_SPAN, CELLS = (-12.0, 8.0), (-6.0, 6.0), (100, 60)


@dataclass(frozen=True)
class BendMaps:
    """The smallest eigenvalue of the Hessian in each cell, by loss.

    w (n_w,), b (n_b,); bend: the loss's key → (n_b, n_w)
    """

    w: Array
    b: Array
    bend: Mapping[str, Array]


def bend_maps(examples: OneFeature) -> BendMaps:
    """Where J(w, b) bends down and where it does not, with each loss. Notes §3.4"""
    x, y = np.array(examples.x), np.array(examples.y, dtype=np.float64)
    w, b = middles(*W_SPAN, CELLS[0]), middles(*B_SPAN, CELLS[1])
    bend = {key: curvature_plane(loss, x, y, w, b) for key, loss in LOSSES.items()}
    return BendMaps(w, b, bend)


def middles(low: float, high: float, count: int) -> Array:
    """The middles of `count` cells between low and high. → (count,)"""
    edges = np.linspace(low, high, count + 1)
    middle: Array = (edges[:-1] + edges[1:]) / 2
    return middle


# Two starts, two ends.


@dataclass(frozen=True)
class TwoStarts:
    """The same descent from two starts, and how each ends."""

    paths: tuple[Descent, Descent]
    endings: tuple[Ending, Ending]


def cost_functions(loss: Loss, x: Array, y: Array) -> tuple[CostFunction, CostFunction]:
    """J(w) and dJ/dw for these examples, with b = 0. x, y (m,)"""

    def J(w: Array) -> Array:
        return J_of(loss, x, y, w)

    def dJ(w: Array) -> Array:
        return dJ_dw(loss, x, y, w)

    return J, dJ


def two_starts(
    loss: Loss,
    starts: tuple[float, float],
    alpha: float,
    steps: int,
    x: tuple[float, ...] = TWO_VALLEYS.x,
    y: tuple[int, ...] = TWO_VALLEYS.y,
) -> TwoStarts:
    """Walk down J(w), with b = 0, from two starts. Notes §3.4

    The examples, if none are given, are those whose squared error has two minima.
    Minima are looked for between w = −60 and 60.
    """
    J, dJ = cost_functions(loss, np.array(x), np.array(y, dtype=np.float64))
    found = minima(J, dJ, -60.0, 60.0, 12001)
    first, second = (descend(J, dJ, start, alpha, steps) for start in starts)
    return TwoStarts((first, second), (ending(first, found), ending(second, found)))


# One run from each of many starts: at this rate and in this many steps every one of
# them arrives, on both sets of examples and with both losses.
EXAMPLES: Mapping[str, OneFeature] = {"four": TWO_VALLEYS, "twelve": ONE_FEATURE}
STARTS = tuple(round(-8 + k / 10, 1) for k in range(141))  # −8 to 6
ALPHA, STEPS = 5.0, 1000


@dataclass(frozen=True)
class EveryStart:
    """One descent from each start, all side by side: w and J (steps + 1, n).

    start (n,); endings: one for each start.
    """

    start: Array
    w: Array
    J: Array
    endings: tuple[Ending, ...]


def every_start(
    loss: Loss,
    examples: OneFeature,
    starts: tuple[float, ...] = STARTS,
    alpha: float = ALPHA,
    steps: int = STEPS,
) -> EveryStart:
    """Walk down J(w), with b = 0, from many starts at once. Notes §3.4"""
    x, y = np.array(examples.x), np.array(examples.y, dtype=np.float64)
    J, dJ = cost_functions(loss, x, y)
    found = minima(J, dJ, -60.0, 60.0, 12001)
    walk = descend(J, dJ, np.array(starts), alpha, steps)
    columns = zip(walk.w.T, walk.J.T, walk.slope.T, strict=True)
    paths = [Descent(*column, walk.diverged_at) for column in columns]
    endings = tuple(ending(path, found) for path in paths)
    return EveryStart(np.array(starts), walk.w, walk.J, endings)
