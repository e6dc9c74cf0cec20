"""Cost curves J(w) to walk down, and the cost of one neuron with one feature (§3.5)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.activations import sigmoid
from core.derivatives import View, view_of
from core.descent import CostFunction, check_run
from core.expressions import parse
from core.types import Array


@dataclass(frozen=True)
class Cost:
    """J(w) with its slope dJ(w) beside it, both vectorised.

    `curvature(w)` is the second derivative where we know it, None where we do not.
    """

    key: str
    label: str
    latex: str
    J: CostFunction
    dJ: CostFunction
    view: View
    curvature: Callable[[Array], Array] | None


@dataclass(frozen=True)
class OneFeature:
    """Examples with one feature each: x (m,), y (m,) of 0 and 1."""

    x: tuple[float, ...]
    y: tuple[int, ...]


# Two classes that overlap, so that the best w and b are finite.
ONE_FEATURE = OneFeature(
    x=(-2.2, -1.6, -1.1, -0.7, -0.2, 0.3, 0.5, 0.9, 1.4, 1.8, 2.3, 2.9),
    y=(0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1),
)

# Four examples whose squared error has two valleys.
TWO_VALLEYS = OneFeature(x=(-2.6, -0.1, -0.4, -0.5), y=(0, 0, 1, 1))


def parabola(c: float = 2.0) -> Cost:
    """J = c/2 · w², whose curvature is c everywhere; c = 2 is J = w².

    Raises ValueError unless c is positive.
    """
    if not 0 < c < np.inf:
        raise ValueError("The curvature c must be more than 0.")

    def J(w: Array) -> Array:
        return c / 2 * w**2

    def dJ(w: Array) -> Array:
        return c * w

    def curvature(w: Array) -> Array:
        return c + 0 * w

    view = View(-4.0, 4.0, -0.5 * c, 8.0 * c)
    factor = "" if c == 2 else rf"\frac{{{c:g}}}{{2}}\,"
    label = "w²" if c == 2 else f"{c:g}/2 · w²"
    return Cost("parabola", label, rf"{factor}w^2", J, dJ, view, curvature)


def average(each: Array) -> Array:
    """1/m Σ over the last axis, where the m examples are."""
    mean: Array = np.mean(each, axis=-1)
    return mean


def logistic_J(w: Array) -> Array:
    """J(w) = 1/m Σ L(σ(wx), y) on ONE_FEATURE, with b = 0. Convex: one valley."""
    x, y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y)
    z = np.multiply.outer(w, x)
    # log(1 + eᶻ) − yz is the same loss, and finite however sure and wrong σ(z) is.
    return average(np.logaddexp(0, z) - y * z)


def logistic_dJ(w: Array) -> Array:
    """dJ/dw = 1/m Σ (σ(wx) − y) x."""
    x, y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y)
    return average((sigmoid(np.multiply.outer(w, x)) - y) * x)


def logistic_curvature(w: Array) -> Array:
    """d²J/dw² = 1/m Σ σ(wx) (1 − σ(wx)) x², never negative."""
    x = np.array(ONE_FEATURE.x)
    a = sigmoid(np.multiply.outer(w, x))
    return average(a * (1 - a) * x**2)


def logistic_cost() -> Cost:
    """The logistic cost over w alone."""
    return Cost(
        key="logistic",
        label="logistic cost",
        latex=r"-\frac{1}{m} \sum_i y \log \hat{y} + (1 - y) \log(1 - \hat{y})",
        J=logistic_J,
        dJ=logistic_dJ,
        view=View(-3.0, 6.0, 0.0, 4.0),
        curvature=logistic_curvature,
    )


def squared_J(w: Array) -> Array:
    """J(w) = 1/m Σ ½ (σ(wx) − y)² on TWO_VALLEYS, with b = 0. Not convex."""
    x, y = np.array(TWO_VALLEYS.x), np.array(TWO_VALLEYS.y)
    return average((sigmoid(np.multiply.outer(w, x)) - y) ** 2 / 2)


def squared_dJ(w: Array) -> Array:
    """dJ/dw = 1/m Σ (a − y) a (1 − a) x with a = σ(wx)."""
    x, y = np.array(TWO_VALLEYS.x), np.array(TWO_VALLEYS.y)
    a = sigmoid(np.multiply.outer(w, x))
    return average((a - y) * a * (1 - a) * x)


def squared_curvature(w: Array) -> Array:
    """d²J/dw² = 1/m Σ a (1 − a) (a (1 − a) + (a − y)(1 − 2a)) x²."""
    x, y = np.array(TWO_VALLEYS.x), np.array(TWO_VALLEYS.y)
    a = sigmoid(np.multiply.outer(w, x))
    slope = a * (1 - a)
    return average(slope * (slope + (a - y) * (1 - 2 * a)) * x**2)


def squared_sigmoid() -> Cost:
    """The squared error of σ(wx): two minima, and descent may find the worse one."""
    return Cost(
        key="squared",
        label="squared error through σ",
        latex=r"\frac{1}{m} \sum_i \frac{1}{2} (\hat{y} - y)^2",
        J=squared_J,
        dJ=squared_dJ,
        view=View(-10.0, 6.0, 0.1, 0.25),
        curvature=squared_curvature,
    )


def from_expression(text: str) -> Cost:
    """The learner's own J(w), with its exact slope. Raises ExpressionError."""
    formula = parse(text, ("w",))

    def J(w: Array) -> Array:
        return formula.value(w=w)

    def dJ(w: Array) -> Array:
        return formula.derivative("w", w=w)

    view = view_of(J, text)
    return Cost("own", formula.text, formula.latex(), J, dJ, view, None)


@dataclass(frozen=True)
class LogisticDescent:
    """The path of w and b with cost and slopes at each point; all (k,).

    `diverged_at` as in `Descent`.
    """

    w: Array
    b: Array
    J: Array
    dw: Array
    db: Array
    diverged_at: int | None


def plane_J(x: Array, y: Array, w: Array, b: Array) -> Array:
    """J(w, b) for w and b of one shape. x (m,), y (m,)."""
    z = np.multiply.outer(w, x) + np.asarray(b)[..., np.newaxis]
    return average(np.logaddexp(0, z) - y * z)


def plane_slopes(
    x: Array, y: Array, w: Array | float, b: Array | float
) -> tuple[Array, Array]:
    """dw = 1/m Σ (a − y) x and db = 1/m Σ (a − y), with a = σ(wx + b)."""
    dz = sigmoid(w * x + b) - y
    return average(dz * x), average(dz)


def descend_logistic_1d(
    x: Array,
    y: Array,
    w: float,
    b: float,
    alpha: float,
    steps: int,
    bug: bool = False,
) -> LogisticDescent:
    """w := w − α dw and b := b − α db, both slopes taken at the same point.

    bug=True makes the classic mistake: w moves first, and db is taken after that.
    x (m,), y (m,). Notes §3.5.
    """
    check_run(alpha, steps)
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    path: list[tuple[Array, ...]] = []
    at_w, at_b = np.asarray(w, dtype=np.float64), np.asarray(b, dtype=np.float64)
    # A huge α overflows after a while; the run then stops and says where.
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps + 1):
            dw, db = plane_slopes(x, y, at_w, at_b)
            new_w = at_w - alpha * dw
            if bug:
                db = plane_slopes(x, y, new_w, at_b)[1]
            point = (at_w, at_b, plane_J(x, y, at_w, at_b), dw, db)
            if not np.all(np.isfinite(point)):
                break
            path.append(point)
            at_w, at_b = new_w, at_b - alpha * db
    ws, bs, Js, dws, dbs = np.array(path).reshape(-1, 5).T
    diverged_at = len(path) if len(path) <= steps else None
    return LogisticDescent(ws, bs, Js, dws, dbs, diverged_at)


def cost_plane(x: Array, y: Array, w_grid: Array, b_grid: Array) -> Array:
    """J over the plane: w_grid (n_w,), b_grid (n_b,) → (n_b, n_w), one row per b."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    w, b = np.meshgrid(w_grid, b_grid)
    return plane_J(x, y, w, b)


def plane_bend(x: Array, w: float, b: float) -> Array:
    """How J(w, b) bends at a point: its four second derivatives. (2, 2)"""
    X = np.stack([np.asarray(x, dtype=np.float64), np.ones(len(x))])
    a = sigmoid(w * X[0] + b)
    bend: Array = (X * a * (1 - a)) @ X.T / len(x)
    return bend


def lowest_point(x: Array, y: Array) -> tuple[float, float]:
    """The w and b where J is lowest, by Newton's method: it also divides by the bend.

    x (m,), y (m,) of two classes that overlap; else J has no lowest point.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    w, b = 0.0, 0.0
    for _ in range(20):
        step = np.linalg.solve(plane_bend(x, w, b), plane_slopes(x, y, w, b))
        w, b = w - float(step[0]), b - float(step[1])
    return w, b


def longest_step(x: Array, y: Array) -> float:
    """2/c: a larger α never settles. c is the strongest bend at the lowest point."""
    return float(2 / np.linalg.eigvalsh(plane_bend(x, *lowest_point(x, y)))[-1])


def settles(x: Array, y: Array, alpha: float, bug: bool = False) -> bool:
    """Whether steps of α, given time, come to rest in the lowest point.

    Close to it J bends like a parabola, and a step multiplies the way that is left by
    a matrix. No way grows as long as none of its eigenvalues is larger than 1. With the
    bug a step is two: first w alone moves, then b.
    """
    bend = plane_bend(x, *lowest_point(x, y))
    moves = (np.diag([1.0, 0.0]), np.diag([0.0, 1.0])) if bug else (np.eye(2),)
    left = np.eye(2)
    for move in moves:
        left = (np.eye(2) - alpha * move @ bend) @ left
    return bool(np.abs(np.linalg.eigvals(left)).max() < 1)
