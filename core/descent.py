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
BOUNCING = "bouncing"
DIVERGING = "diverging"

# How a path ends.
GLOBAL = "global minimum"
LOCAL = "local minimum"
UNDER_WAY = "under way"


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


def regime(path: Descent) -> str:
    """The regime of a path on any cost, judged by the slopes along it.

    A slope that turns against the one before means that the step went across a
    minimum. "overshooting": it did so once or twice, and then walked on from one side.
    """
    if path.diverged_at is not None:
        return DIVERGING
    slopes = path.slope.reshape(len(path.w), -1)
    sizes = np.abs(slopes).max(axis=1, initial=0.0)
    if len(sizes) < 2 or sizes[0] == 0 or np.ptp(path.w, axis=0).max() == 0:
        return AT_REST
    if sizes[1] <= 1e-12 * sizes[0]:
        return ONE_STEP
    # Once a path has arrived, what is left of its slopes is rounding.
    moving = 1 + int(np.flatnonzero(sizes > 1e-10 * sizes.max())[-1])
    sizes, slopes = sizes[:moving], slopes[:moving]
    # Divided by their size first: the slopes of a diverging run are huge.
    units = slopes / np.where(sizes == 0, 1, sizes)[:, np.newaxis]
    turns = np.sum(units[1:] * units[:-1], axis=1) < 0
    if not turns.any():
        return MONOTONE
    if not turns[-1] and turns.sum() <= 2:
        return OVERSHOOTING
    return swinging_regime(sizes[int(np.argmax(turns)) :], path.J)


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
    grows = np.all(after > before * (1 + 1e-9)) and J[-1] > J[0]
    return DIVERGING if grows else BOUNCING


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
    J, steep = f(w), np.abs(df(w))
    keep = np.isfinite(J) & (steep <= 10 * edge)
    w, J = w[keep], J[keep]
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


def ending(path: Descent, found: Minima, tolerance: float = 0.01) -> Ending:
    """Whether the last w is the lowest minimum, another one, or none yet.

    `tolerance` is how close to a minimum w must be, in units of w. NaN for w, J and
    the gap where there is nothing to compare.
    """
    if len(path.w) == 0 or found.lowest is None:
        kind = UNDER_WAY if path.diverged_at is None else DIVERGING
        return Ending(kind, float("nan"), float("nan"), float("nan"))
    w, J = float(path.w[-1]), float(path.J[-1])
    gap = J - float(found.J[found.lowest])
    if path.diverged_at is not None:
        return Ending(DIVERGING, w, J, gap)
    nearest = int(np.argmin(np.abs(found.w - w)))
    if abs(float(found.w[nearest]) - w) > tolerance:
        return Ending(UNDER_WAY, w, J, gap)
    # Two minima of one height are both the lowest.
    same = isclose(found.J[nearest], found.J[found.lowest], rel_tol=1e-9, abs_tol=1e-12)
    return Ending(GLOBAL if same else LOCAL, w, J, gap)


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
