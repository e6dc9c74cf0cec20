"""A slope is a rise over a run: functions, their derivatives, and nudges (§3.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from core.activations import sigmoid
from core.expressions import ExpressionError, finite_or_nan, parse
from core.types import Array

RealFunction: TypeAlias = Callable[[Array], Array]

# Beyond these the functions below would leave float64; they answer NaN there.
LARGEST = 1e50
SMALLEST = 1e-50
LARGEST_EXPONENT = 500.0

# Relative spacing of float64 numbers, 2⁻⁵²: no result is known better than this.
EPS = 2.0**-52


@dataclass(frozen=True)
class View:
    """The part of the plane that a figure shows."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Function:
    """f(a) with its derivative beside it; both vectorised, NaN outside the domain."""

    key: str
    label: str
    latex: str
    f: RealFunction
    df: RealFunction
    domain: str
    latex_df: str
    view: View


def between(a: Array, low: float, high: float) -> Array:
    """a where low ≤ a ≤ high, NaN elsewhere (arithmetic carries NaN along quietly)."""
    a = np.asarray(a, dtype=np.float64)
    return np.where((low <= a) & (a <= high), a, np.nan)


def away_from_zero(a: Array) -> Array:
    """a where it is neither 0 nor too close to 0 nor huge, NaN elsewhere."""
    size = between(np.abs(a), SMALLEST, LARGEST)
    return np.sign(a) * size


def triple(a: Array) -> Array:
    """f(a) = 3a."""
    return 3 * between(a, -LARGEST, LARGEST)


def d_triple(a: Array) -> Array:
    """f′(a) = 3, the same slope everywhere."""
    return 3 + 0 * between(a, -LARGEST, LARGEST)


def square(a: Array) -> Array:
    """f(a) = a²."""
    return between(a, -LARGEST, LARGEST) ** 2


def d_square(a: Array) -> Array:
    """f′(a) = 2a."""
    return 2 * between(a, -LARGEST, LARGEST)


def cube(a: Array) -> Array:
    """f(a) = a³."""
    return between(a, -LARGEST, LARGEST) ** 3


def d_cube(a: Array) -> Array:
    """f′(a) = 3a²."""
    return 3 * between(a, -LARGEST, LARGEST) ** 2


def logarithm(a: Array) -> Array:
    """f(a) = log a, the natural logarithm; there is none for a ≤ 0."""
    return np.log(between(a, SMALLEST, LARGEST))


def d_logarithm(a: Array) -> Array:
    """f′(a) = 1/a, for a > 0 like f itself."""
    return 1 / between(a, SMALLEST, LARGEST)


def inverse(a: Array) -> Array:
    """f(a) = 1/a; there is none for a = 0."""
    return 1 / away_from_zero(a)


def d_inverse(a: Array) -> Array:
    """f′(a) = −1/a²."""
    return -1 / away_from_zero(a) ** 2


def exponential(a: Array) -> Array:
    """f(a) = eᵃ."""
    return np.exp(between(a, -LARGEST, LARGEST_EXPONENT))


def d_exponential(a: Array) -> Array:
    """f′(a) = eᵃ: the slope is the height."""
    return np.exp(between(a, -LARGEST, LARGEST_EXPONENT))


def sine(a: Array) -> Array:
    """f(a) = sin a."""
    return np.sin(between(a, -LARGEST, LARGEST))


def d_sine(a: Array) -> Array:
    """f′(a) = cos a."""
    return np.cos(between(a, -LARGEST, LARGEST))


def logistic(a: Array) -> Array:
    """f(a) = σ(a)."""
    return sigmoid(between(a, -LARGEST, LARGEST))


def d_logistic(a: Array) -> Array:
    """f′(a) = σ(a) (1 − σ(a))."""
    s = sigmoid(between(a, -LARGEST, LARGEST))
    return s * (1 - s)


FUNCTIONS: Mapping[str, Function] = {
    "3a": Function(
        key="3a",
        label="3a",
        latex="3a",
        f=triple,
        df=d_triple,
        domain="every a",
        latex_df="3",
        view=View(-1, 6, -3, 18),
    ),
    "a2": Function(
        key="a2",
        label="a²",
        latex="a^2",
        f=square,
        df=d_square,
        domain="every a",
        latex_df="2a",
        view=View(-6, 6, -4, 36),
    ),
    "a3": Function(
        key="a3",
        label="a³",
        latex="a^3",
        f=cube,
        df=d_cube,
        domain="every a",
        latex_df="3a^2",
        view=View(-3, 3, -27, 27),
    ),
    "log": Function(
        key="log",
        label="log a",
        latex=r"\log a",
        f=logarithm,
        df=d_logarithm,
        domain="a > 0",
        latex_df=r"\frac{1}{a}",
        view=View(-1, 6, -4, 4),
    ),
    "inverse": Function(
        key="inverse",
        label="1/a",
        latex=r"\frac{1}{a}",
        f=inverse,
        df=d_inverse,
        domain="a ≠ 0",
        latex_df=r"-\frac{1}{a^2}",
        view=View(-4, 4, -6, 6),
    ),
    "exp": Function(
        key="exp",
        label="eᵃ",
        latex="e^a",
        f=exponential,
        df=d_exponential,
        domain="every a",
        latex_df="e^a",
        view=View(-4, 3, -3, 20),
    ),
    "sin": Function(
        key="sin",
        label="sin a",
        latex=r"\sin a",
        f=sine,
        df=d_sine,
        domain="every a",
        latex_df=r"\cos a",
        view=View(-7, 7, -1.5, 1.5),
    ),
    "sigmoid": Function(
        key="sigmoid",
        label="σ(a)",
        latex=r"\sigma(a)",
        f=logistic,
        df=d_logistic,
        domain="every a",
        latex_df=r"\sigma(a)\,(1 - \sigma(a))",
        view=View(-8, 8, -0.2, 1.2),
    ),
}


def from_expression(text: str) -> Function:
    """The learner's own f(a), with its exact derivative.

    Raises ExpressionError if the text is no formula in a, or if it has no value
    anywhere in the figure.
    """
    formula = parse(text, ("a",))

    def f(a: Array) -> Array:
        return formula.value(a=a)

    def df(a: Array) -> Array:
        return formula.derivative("a", a=a)

    return Function(
        key="own",
        label=formula.text,
        latex=formula.latex(),
        f=f,
        df=df,
        domain="every a where the formula has a value",
        latex_df=rf"\frac{{d}}{{da}}\left({formula.latex()}\right)",
        view=view_of(f, text),
    )


def function_named(name: str, typed: str = "") -> Function:
    """The function of this key; "own" is the learner's formula `typed`."""
    return from_expression(typed) if name == "own" else FUNCTIONS[name]


def view_of(f: RealFunction, text: str, left: float = -5, right: float = 5) -> View:
    """A view of a typed formula: high enough for most of its values, poles cut off.

    Raises ExpressionError if there is nothing to see.
    """
    y = f(np.linspace(left, right, 401))
    y = y[np.isfinite(y)]
    if y.size == 0:
        message = f"This formula has no value between {left:g} and {right:g}."
        raise ExpressionError(message, text, 0)
    # exp(exp(a)) soon reaches 1e300; a figure that high would show nothing else.
    low, high = np.percentile(np.clip(y, -1e12, 1e12), (2, 98))
    # A flat line still needs room above and below it.
    room = 0.1 * (high - low) or 0.1 * abs(high) or 1.0
    return View(left, right, float(low - room), float(high + room))


@dataclass(frozen=True)
class Nudge:
    """The triangle: f at a and a + h, rise = f(a + h) − f(a), slope = rise / h."""

    a: Array
    h: Array
    f_a: Array
    a_h: Array
    f_a_h: Array
    rise: Array
    slope: Array


def nudge(f: RealFunction, a: float | Array, h: float | Array) -> Nudge:
    """Move a by h and see how far f(a) moves: slope = (f(a + h) − f(a)) / h.

    a, h of one shape or numbers; NaN where f has no value. Raises ValueError for
    h = 0. Notes §3.1.
    """
    a, h = np.asarray(a, dtype=np.float64), checked_step(h)
    f_a, f_a_h = f(a), f(a + h)
    # A typed formula may be nearly as large as float64 allows; over h it overflows.
    with np.errstate(over="ignore"):
        rise = finite_or_nan(f_a_h - f_a)
        slope = finite_or_nan(rise / h)
    return Nudge(a, h, f_a, a + h, f_a_h, rise, slope)


def central_slope(f: RealFunction, a: float | Array, h: float | Array) -> Array:
    """(f(a + h) − f(a − h)) / 2h: nudge to both sides, and the curvature cancels."""
    a, h = np.asarray(a, dtype=np.float64), checked_step(h)
    # As in `nudge`: what overflows has no slope that we could show.
    with np.errstate(over="ignore"):
        return finite_or_nan((f(a + h) - f(a - h)) / (2 * h))


def checked_step(h: float | Array) -> Array:
    """h as an array; ValueError unless it is a finite step to somewhere else."""
    h = np.asarray(h, dtype=np.float64)
    if not np.all(np.isfinite(h)) or np.any(h == 0):
        raise ValueError("h must be a number other than 0.")
    return h


@dataclass(frozen=True)
class NudgeSweep:
    """The same nudge h at every a of a grid, with the exact slope; all (n,)."""

    nudges: Nudge
    exact: Array
    central: Array


def sweep_a(f: RealFunction, df: RealFunction, a: Array, h: float) -> NudgeSweep:
    """All that a figure needs to follow a as it is dragged. a (n,)."""
    return NudgeSweep(nudge(f, a, h), df(a), central_slope(f, a, h))


def step_sizes(per_decade: int = 4) -> Array:
    """h from 1 down to 1e-15, evenly spaced on a log scale."""
    return np.logspace(0, -15, 15 * per_decade + 1)


def errors_everywhere(function: Function, a: Array, h: Array) -> tuple[Array, Array]:
    """|numeric − exact| of the one-sided and of the central slope at each a.

    a (k,), h (n,) → (k, n) each; exactly 0 where they are equal, NaN where f has no
    value at a ± h.
    """
    at = np.broadcast_to(a[:, np.newaxis], (a.size, h.size))
    exact = function.df(at)
    one_sided = np.abs(nudge(function.f, at, h).slope - exact)
    return one_sided, np.abs(central_slope(function.f, at, h) - exact)


@dataclass(frozen=True)
class ErrorModel:
    """Why the error has the shape of a V, for every h; all (n,) but the best steps.

    truncation falls with h: the curve bends away from its secant. rounding grows as
    h shrinks: the last digits of f are divided by h. `best` is where both sides of
    the V meet lowest, NaN where one of them is missing (a straight line, or f(0) = 0).
    """

    h: Array
    truncation: Array
    rounding: Array
    truncation_central: Array
    rounding_central: Array
    best: float
    best_central: float


def error_model(f: RealFunction, df: RealFunction, a: float, h: Array) -> ErrorModel:
    """The expected error, |f″|h/2 + noise/h; central |f‴|h²/6 + noise/2h.

    noise = ε (|f(a)| + |a f′(a)|): f is rounded, and so is a + h before f sees it.
    The best h is then near √ε for one side and near ∛ε for the central slope.
    """
    at = np.asarray(a, dtype=np.float64)
    bend, twist = bend_and_twist(df, at)
    noise = float(np.abs(EPS * f(at)) + np.abs(EPS * at * df(at)))
    # Near the end of float64 an expected error may overflow; then there is none.
    with np.errstate(over="ignore"):
        return ErrorModel(
            h=h,
            truncation=finite_or_nan(bend * h / 2),
            rounding=finite_or_nan(noise / h),
            truncation_central=finite_or_nan(twist * h**2 / 6),
            rounding_central=finite_or_nan(noise / (2 * h)),
            best=best_step(2 * noise, bend, 2),
            best_central=best_step(1.5 * noise, twist, 3),
        )


def bend_and_twist(df: RealFunction, at: Array) -> tuple[float, float]:
    """|f″| and |f‴| at a point, from differences of the exact f′.

    0 where the difference is no more than rounding; NaN next to a gap in the domain.
    """
    d = 1e-4 * max(1.0, abs(float(at)))
    before, here, after = (float(df(each)) for each in (at - d, at, at + d))
    bend, twist = abs(after - before) / (2 * d), abs(after - 2 * here + before) / d**2
    floor = 8 * EPS * abs(here) / d**2
    return 0.0 if bend <= floor * d else bend, 0.0 if twist <= floor else twist


def best_step(noise: float, bend: float, order: int) -> float:
    """(noise / bend)^(1/order), where falling and growing error balance; or NaN."""
    if not (0 < noise < np.inf and 0 < bend < np.inf):
        return float("nan")
    return float((noise / bend) ** (1 / order))
