"""Gradient descent on one cost curve, its regimes, and where it ends (§3.5)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose
from typing import TypeAlias

import numpy as np

from core.types import Array

CostFunction: TypeAlias = Callable[[Array], Array]

# The regimes of a path.
AT_REST = "at rest"
MONOTONE = "monotone"
ONE_STEP = "one step"
OVERSHOOTING = "overshooting"
OSCILLATING = "oscillating"
STUCK = "stuck"
BOUNCING = "bouncing"
RUNNING_AWAY = "running away"
DIVERGING = "diverging"
OFF_THE_EDGE = "off the edge"

# How a path ends.
GLOBAL = "global minimum"
LOCAL = "local minimum"
UNDER_WAY = "under way"
MAXIMUM = "maximum"
SADDLE = "saddle point"
LEVEL = "level ground"
NOWHERE = "nowhere"

# Where nothing near a run that stopped is larger than this, it did not overflow.
LARGE = 1e15


@dataclass(frozen=True)
class Descent:
    """The path from the start on: w (k,) or (k, n), J (k,), slope like w.

    `diverged_at` is the first step whose numbers were no longer finite; that step is
    not in the path, everything before it is. None if all went well.
    """

    w: Array
    J: Array
    slope: Array
    diverged_at: int | None


def descend(
    f: CostFunction,
    df: CostFunction,
    start: float | Array,
    alpha: float,
    steps: int,
) -> Descent:
    """w := w − α dJ/dw, `steps` times.

    start: a number, or a vector (n,) with df giving (n,). Stops where w, J or the
    slope is not finite. Raises ValueError for a negative α or step count. Notes §3.5.
    """
    check_run(alpha, steps)
    w = np.asarray(start, dtype=np.float64)
    path: list[tuple[Array, Array, Array]] = []
    # A run that diverges overflows sooner or later; that is its result, not a fault.
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps + 1):
            J, slope = np.asarray(f(w)), np.asarray(df(w))
            if not all(np.isfinite(each).all() for each in (w, J, slope)):
                break
            path.append((w, J, slope))
            w = w - alpha * slope
    diverged_at = len(path) if len(path) <= steps else None
    ws, Js, slopes = zip(*path, strict=True) if path else ((), (), ())
    return Descent(np.array(ws), np.array(Js), np.array(slopes), diverged_at)


def check_run(alpha: float, steps: int) -> None:
    """Raise ValueError for a learning rate or a number of steps that makes no sense."""
    if not 0 <= alpha < np.inf:
        raise ValueError("The learning rate alpha must be 0 or more.")
    if steps < 0:
        raise ValueError("The number of steps must be 0 or more.")


@dataclass(frozen=True)
class AlphaSweep:
    """One path per learning rate: w, J and slope (n, steps + 1), NaN once it diverged.

    diverged_at (n,): the first step that was not finite, −1 where there was none.
    """

    alpha: Array
    w: Array
    J: Array
    slope: Array
    diverged_at: Array

    def path(self, i: int) -> Descent:
        """The path of alpha[i], just as `descend` gives it."""
        at = int(self.diverged_at[i])
        kept = slice(None) if at < 0 else slice(at)
        rows = (self.w[i, kept], self.J[i, kept], self.slope[i, kept])
        return Descent(*rows, None if at < 0 else at)


def sweep_alpha(
    f: CostFunction, df: CostFunction, start: float, alphas: Array, steps: int
) -> AlphaSweep:
    """The same descent for many learning rates at once. alphas (n,)."""
    alphas = np.asarray(alphas, dtype=np.float64)
    check_run(float(np.min(alphas)), steps)
    check_run(float(np.max(alphas)), steps)
    w = np.full(alphas.shape, start, dtype=np.float64)
    ws, Js, slopes = np.full((3, len(alphas), steps + 1), np.nan)
    # As in `descend`: overflow is what a diverging run does.
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(steps + 1):
            J, slope = f(w), df(w)
            alive = np.isfinite(w) & np.isfinite(J) & np.isfinite(slope)
            # NaN stays NaN from here on, so a path that stopped never comes back.
            w = np.where(alive, w, np.nan)
            ws[:, step], Js[:, step] = w, np.where(alive, J, np.nan)
            slopes[:, step] = np.where(alive, slope, np.nan)
            w = w - alphas * slope
    lost = np.isnan(ws)
    diverged_at = np.where(lost.any(axis=1), lost.argmax(axis=1), -1)
    return AlphaSweep(alphas, ws, Js, slopes, diverged_at)


def regime_for_curvature(c: float, alpha: float) -> str:
    """The regime on J = c/2 · w², where one step takes w to (1 − αc) w.

    Borders: below α = 1/c w stays on its side, at 1/c it arrives in one step, up to
    2/c it changes sides and shrinks, at 2/c it bounces for ever, beyond it grows.
    """
    factor = 1 - alpha * c
    if isclose(factor, 1, rel_tol=0, abs_tol=1e-15):
        return AT_REST
    if isclose(factor, 0, rel_tol=0, abs_tol=1e-12):
        return ONE_STEP
    if isclose(factor, -1, rel_tol=0, abs_tol=1e-12):
        return BOUNCING
    if abs(factor) > 1:
        return DIVERGING
    return MONOTONE if factor > 0 else OSCILLATING


def regime(
    path: Descent, df: CostFunction | None = None, found: "Minima | None" = None
) -> str:
    """The regime of a path on any cost, judged by the slopes along it.

    A slope that turns against the one before means that the step went across a
    minimum. "overshooting": it did so once or twice, and then walked on from one side.
    With df and the minima found, a path of numbers that rests elsewhere is "stuck", and
    one whose steps grow towards a minimum is not yet "running away".
    """
    if path.diverged_at is not None:
        return stopped_regime(path)
    slopes = path.slope.reshape(len(path.w), -1)
    sizes = np.abs(slopes).max(axis=1, initial=0.0)
    if len(sizes) < 2 or sizes[0] == 0 or np.ptp(path.w, axis=0).max() == 0:
        return AT_REST
    if df is not None and resting_place(path, df, found) is not None:
        return STUCK
    if np.all(sizes[1:] <= 1e-12 * sizes[0]):
        return ONE_STEP
    # Once a path has arrived, what is left of its slopes is rounding.
    moving = 1 + int(np.flatnonzero(sizes > 1e-10 * sizes.max())[-1])
    sizes, slopes = sizes[:moving], slopes[:moving]
    turns = turning(slopes, sizes)
    last_turn = int(np.flatnonzero(turns)[-1]) if turns.any() else -1
    one_way = sizes[last_turn + 1 :]
    if speeding_up(one_way, len(sizes) / 2) and not minimum_ahead(path, found):
        return RUNNING_AWAY
    if not turns.any():
        return MONOTONE
    if not turns[-1] and turns.sum() <= 2:
        return OVERSHOOTING
    return swinging_regime(sizes[int(np.argmax(turns)) :], path.J)


def stopped_regime(path: Descent) -> str:
    """The regime of a path whose next step has no numbers.

    They grew too large, to one side or to both; or the cost has no value there.
    """
    last = slice(-1, None)
    each = [np.abs(v[last]).max(initial=0.0) for v in (path.w, path.J, path.slope)]
    if max(each) < LARGE:
        return OFF_THE_EDGE
    slopes = path.slope.reshape(len(path.w), -1)[-2:]
    turned = turning(slopes, np.abs(slopes).max(axis=1))
    return DIVERGING if turned.all() else RUNNING_AWAY


def turning(slopes: Array, sizes: Array) -> Array:
    """Where a slope points against the one before. slopes (k, n), sizes (k,)"""
    # Divided by their size first: the slopes of a diverging run are huge.
    units = slopes / np.where(sizes == 0, 1, sizes)[:, np.newaxis]
    turns: Array = np.sum(units[1:] * units[:-1], axis=1) < 0
    return turns


def speeding_up(sizes: Array, count: float) -> bool:
    """Whether from the shortest step on each is longer, for more than `count` steps."""
    growing = sizes[int(np.argmin(sizes)) :]
    long = len(growing) > max(2, count)
    return long and bool(np.all(growing[1:] > growing[:-1] * (1 + 1e-9)))


def minimum_ahead(path: Descent, found: "Minima | None") -> bool:
    """Whether one of the minima lies where the last step points."""
    if found is None:
        return False
    return bool(np.any((found.w - path.w[-1]) * path.slope[-1] < 0))


def resting_place(
    path: Descent, df: CostFunction, found: "Minima | None" = None
) -> str | None:
    """MAXIMUM, SADDLE or LEVEL where a path of numbers rests; None in a minimum.

    None also for a path that still moves. The second derivative would not do: it is 0
    at a saddle point like that of w³, but also in the minimum of w⁴.
    """
    slopes = np.abs(path.slope)
    if not len(slopes) or slopes[-1] > 1e-12 * slopes.max():
        return None
    place = flat_place(df, float(path.w[-1]))
    if place == LEVEL and found is not None and found.lowest is not None:
        # The floor of a valley may be level.
        lowest = float(found.J[found.lowest])
        return None if is_as_low(float(path.J[-1]), lowest) else LEVEL
    return place


def flat_place(df: CostFunction, w: float) -> str | None:
    """What a place without a slope is, by the slopes to both sides; None: a minimum."""
    here = abs(float(df(np.array(w))))
    near = np.array([1e-6, 1e-5, 1e-4, 1e-3]) * max(1.0, abs(w))
    left, right = df(w - near), df(w + near)
    clear = np.minimum(np.abs(left), np.abs(right)) > 2 * here
    if not clear.any():
        return LEVEL
    first = int(np.argmax(clear))
    if left[first] * right[first] > 0:
        return SADDLE
    return MAXIMUM if left[first] > 0 else None


def swinging_regime(sizes: Array, J: Array) -> str:
    """The regime of a path that keeps turning back: do its slopes shrink or grow?

    A slope is compared with the one two steps earlier, on the same side: the two
    sides of a valley are rarely equally steep.
    """
    pairs = len(sizes) > 2
    before, after = (sizes[:-2], sizes[2:]) if pairs else (sizes[:-1], sizes[1:])
    settled = sizes[-1] < 1e-3 * sizes.max()
    if settled or np.all(after < before * (1 - 1e-9)):
        return OSCILLATING
    if not np.all(after > before * (1 + 1e-9)) or J[-1] <= J[0]:
        return BOUNCING
    # Growth that fades is that of a path which comes to jump between two places.
    growth = np.log(after / before)
    return DIVERGING if growth[-1] > 0.1 * growth.max() else BOUNCING


@dataclass(frozen=True)
class Minima:
    """The minima found on an interval, from left to right: w (k,), J (k,).

    `lowest` is the place in w of the lowest one, None if there is none.
    """

    w: Array
    J: Array
    lowest: int | None


def minima(
    f: CostFunction, df: CostFunction, lo: float, hi: float, count: int = 2001
) -> Minima:
    """Where the slope turns from falling to rising between lo and hi.

    Looks at `count` points, then halves each bracket until float64 has no number in
    between. Finds minima that lie further apart than (hi − lo) / count.
    """
    grid = np.linspace(lo, hi, count)
    sign = np.sign(df(grid))
    # A slope of exactly 0 belongs to neither side, so look past it. NaN stays: a gap
    # in the domain is no minimum.
    grid, sign = grid[sign != 0], sign[sign != 0]
    turn = (sign[:-1] < 0) & (sign[1:] > 0)
    w = bisect(df, grid[:-1][turn], grid[1:][turn])
    # At a pole the slope also changes sign, but grows without end towards it.
    edge = np.maximum(np.abs(df(grid[:-1][turn])), np.abs(df(grid[1:][turn])))
    w = w[np.isfinite(f(w)) & (np.abs(df(w)) <= 10 * edge)]
    # Halving comes near 0 without end, and never there.
    there = np.where(np.abs(w) < 1e-12 * (hi - lo), 0.0, w)
    w = np.where(np.isfinite(f(there)), there, w)
    J = f(w)
    return Minima(w, J, int(np.argmin(J)) if len(J) else None)


def bisect(df: CostFunction, left: Array, right: Array) -> Array:
    """Halve each bracket [left, right] 60 times, keeping the change of sign inside."""
    for _ in range(60):
        middle = (left + right) / 2
        falling = df(middle) < 0
        left = np.where(falling, middle, left)
        right = np.where(falling, right, middle)
    return (left + right) / 2


@dataclass(frozen=True)
class Ending:
    """How a path ends, at which w and J, and how much lower the best minimum is."""

    kind: str
    w: float
    J: float
    gap: float


def ending(
    path: Descent,
    found: Minima,
    df: CostFunction | None = None,
    tolerance: float = 0.01,
) -> Ending:
    """Whether the last w is the lowest minimum, another one, or none yet.

    With df also: another place without a slope, where no step leads away from.
    `tolerance` is how close to a minimum w must be, in units of w. NaN for w, J and
    the gap where there is nothing to compare.
    """
    nothing = float("nan")
    if len(path.w) == 0:
        return Ending(NOWHERE, nothing, nothing, nothing)
    w, J = float(path.w[-1]), float(path.J[-1])
    gap = nothing if found.lowest is None else J - float(found.J[found.lowest])
    if path.diverged_at is not None:
        return Ending(NOWHERE, w, J, gap)
    stuck = df and resting_place(path, df, found)
    if stuck:
        return Ending(stuck, w, J, gap)
    if found.lowest is None:
        return Ending(UNDER_WAY, w, J, gap)
    nearest = int(np.argmin(np.abs(found.w - w)))
    if path.slope[-1] == 0 and is_as_low(J, float(found.J[found.lowest])):
        return Ending(GLOBAL, w, J, gap)
    if abs(float(found.w[nearest]) - w) > tolerance:
        return Ending(UNDER_WAY, w, J, gap)
    # Two minima of one height are both the lowest.
    same = is_as_low(float(found.J[nearest]), float(found.J[found.lowest]))
    return Ending(GLOBAL if same else LOCAL, w, J, gap)


def is_as_low(J: float, lowest: float) -> bool:
    """Whether two costs are one but for rounding."""
    return isclose(J, lowest, rel_tol=1e-9, abs_tol=1e-12)


def working_alpha(
    sweep: AlphaSweep, found: Minima, endings: Sequence[Ending]
) -> float | None:
    """The smallest learning rate of the sweep that ends in the lowest minimum.

    `endings` are those of its runs. If none does, the smallest that ends in any
    minimum; if no run has arrived, the one that came down farthest. None if no run
    comes down, or if there is no minimum.
    """
    if found.lowest is None:
        return None
    kinds = [each.kind for each in endings]
    for wanted in (GLOBAL, LOCAL):
        if wanted in kinds:
            return float(sweep.alpha[kinds.index(wanted)])
    last = sweep.J[:, -1]
    # Lower than the lowest minimum is a run that falls past all of them, for ever.
    fair = (last < sweep.J[:, 0]) & (last >= found.J[found.lowest])
    return (
        float(sweep.alpha[np.argmin(np.where(fair, last, np.inf))])
        if any(fair)
        else None
    )
