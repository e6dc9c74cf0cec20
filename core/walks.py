"""One start on one cost, walked at every learning rate of a scale (§3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.costs import (
    Cost,
    from_expression,
    logistic_cost,
    parabola,
    squared_sigmoid,
)
from core.derivatives import View
from core.descent import (
    AlphaSweep,
    Descent,
    Ending,
    Minima,
    ending,
    minima,
    regime,
    regime_for_curvature,
    sweep_alpha,
    working_alpha,
)
from core.types import Array

# Round numbers about 7 % apart: 33 in every power of ten.
ROUND = (
    *np.arange(1, 2, 0.1),
    *(2, 2.1, 2.3, 2.5, 2.7, 2.9, 3, 3.3, 3.5, 3.8, 4, 4.3, 4.6),
    *np.arange(5, 10, 0.5),
)

# The costs differ in how much they bend, and so in the learning rates that suit them.
SCALES: Mapping[str, tuple[int, int]] = {
    "parabola": (-2, 1),
    "logistic": (-2, 2),
    "squared": (-2, 2),
    "own": (-3, 1),
}


@dataclass(frozen=True)
class Setting:
    """A walk but for its learning rate: which cost, from where, how many steps.

    c is the parabola's curvature, typed the learner's own formula.
    """

    kind: str
    c: float
    typed: str
    start: float
    steps: int


@dataclass(frozen=True)
class Walks:
    """The walk of a setting at each alpha of the scale, (n,), and how each one went.

    works: a learning rate that arrives, None if none does. curvature: that of the
    cost at the bottom of the valley where the walk starts, None if we do not know.
    """

    setting: Setting
    view: View
    found: Minima
    sweep: AlphaSweep
    regimes: tuple[str, ...]
    endings: tuple[Ending, ...]
    works: float | None
    curvature: float | None

    @property
    def cost(self) -> Cost:
        """The cost that is walked on."""
        return cost_of(self.setting)

    def at(self, alpha: float) -> int:
        """The index of the scale's learning rate nearest to alpha."""
        return int(np.abs(self.sweep.alpha - alpha).argmin())

    def path(self, alpha: float) -> Descent:
        """The walk at one learning rate of the scale."""
        return self.sweep.path(self.at(alpha))


@lru_cache(maxsize=64)
def cost_named(kind: str, c: float = 2.0, typed: str = "") -> Cost:
    """The cost of a setting. Raises ExpressionError if the own formula is none."""
    if kind == "own":
        return from_expression(typed)
    if kind == "parabola":
        return parabola(c)
    return {"logistic": logistic_cost, "squared": squared_sigmoid}[kind]()


def cost_of(setting: Setting) -> Cost:
    """The cost of a setting, wherever its walk starts."""
    return cost_named(setting.kind, setting.c, setting.typed)


@lru_cache(maxsize=64)
def minima_of(kind: str, c: float, typed: str, left: float, right: float) -> Minima:
    """The minima of a cost between left and right: most starts share them."""
    cost = cost_named(kind, c, typed)
    return minima(cost.J, cost.dJ, left, right)


def scale(kind: str, c: float) -> Array:
    """The learning rates on offer; on a parabola the borders 1/c and 2/c too. (n,)"""
    low, high = SCALES[kind]
    alphas = np.outer(10.0 ** np.arange(low, high), ROUND).ravel()
    borders = [1 / c, 2 / c] if kind == "parabola" else []
    everything = np.concatenate([np.round(alphas, 6), [10.0**high], borders])
    kept = np.unique(everything)
    # 1/c may be 0.333…, and 0.33 beside it would only be in the way.
    near = [np.isclose(kept, b, rtol=0.02) & (kept != b) for b in borders]
    return kept[~np.any(near, axis=0)] if near else kept


@lru_cache(maxsize=64)
def walks(setting: Setting) -> Walks:
    """Walk the setting at every learning rate of its scale."""
    cost = cost_of(setting)
    view = view_with(cost, setting.start)
    found = minima_of(setting.kind, setting.c, setting.typed, view.left, view.right)
    alphas = scale(setting.kind, setting.c)
    sweep = sweep_alpha(cost.J, cost.dJ, setting.start, alphas, setting.steps)
    paths = [sweep.path(i) for i in range(len(alphas))]
    if setting.kind == "parabola" and setting.start != 0:
        regimes = [regime_for_curvature(setting.c, float(a)) for a in alphas]
    else:
        regimes = [regime(path, cost.dJ, found) for path in paths]
    endings = tuple(ending(path, found, cost.dJ) for path in paths)
    bottom = downhill(cost, found, setting.start)
    bent = cost.curvature(np.array(bottom)) if cost.curvature else None
    return Walks(
        setting=setting,
        view=view,
        found=found,
        sweep=sweep,
        regimes=tuple(regimes),
        endings=endings,
        works=working_alpha(sweep, found, endings),
        curvature=None if bent is None or not np.isfinite(bent) else float(bent),
    )


def view_with(cost: Cost, start: float) -> View:
    """The cost's own view, made wider and higher where the start is outside of it."""
    view = cost.view
    J = float(cost.J(np.array(start)))
    room = 0.05 * (view.right - view.left)
    high = J + 0.08 * (J - view.bottom)
    # A start as high as e²⁰ would flatten everything else.
    top = min(max(view.top, high), view.bottom + 20 * (view.top - view.bottom))
    return View(
        min(view.left, start - room),
        max(view.right, start + room),
        view.bottom - 0.06 * (view.top - view.bottom),
        view.top if np.isnan(top) else top,
    )


def downhill(cost: Cost, found: Minima, start: float) -> float:
    """The minimum of the valley that the start lies in; NaN if there is none."""
    slope = float(cost.dJ(np.array(start)))
    side = (found.w - start) * slope <= 0
    w = found.w[side]
    return float(w[np.abs(w - start).argmin()]) if len(w) else float("nan")
