"""What the gradient descent page says: updates with numbers, regimes, endings."""

from collections.abc import Mapping

import numpy as np

from charts.colours import GRADIENT, PARAMETER
from charts.formulas import coloured
from core.costs import LogisticDescent
from core.descent import (
    AT_REST,
    BOUNCING,
    DIVERGING,
    GLOBAL,
    LARGE,
    LEVEL,
    LOCAL,
    MAXIMUM,
    MONOTONE,
    NOWHERE,
    OFF_THE_EDGE,
    ONE_STEP,
    OSCILLATING,
    OVERSHOOTING,
    RUNNING_AWAY,
    SADDLE,
    STUCK,
    Descent,
    stopped_regime,
)
from core.rounding import latex, readable
from core.walks import Setting, Walks

# A learning rate to ask about, one that is not the page's first.
QUESTION_ALPHA: Mapping[str, float] = {
    "parabola": 0.2,
    "logistic": 2.0,
    "squared": 5.0,
    "own": 0.02,
}

# From calm to wild: the rows of the strip, and a few words for each.
REGIMES: Mapping[str, str] = {
    AT_REST: "The slope is 0 here: w does not move.",
    MONOTONE: "w keeps going one way, downhill.",
    ONE_STEP: "One step lands right at the minimum.",
    OVERSHOOTING: "w steps across, then walks on from one side.",
    OSCILLATING: "w jumps across, but lands nearer each time.",
    STUCK: "w lands where the slope is 0, and stays there.",
    BOUNCING: "w jumps to and fro and never settles.",
    RUNNING_AWAY: "w runs off to one side, faster and faster.",
    DIVERGING: "w jumps to and fro, farther and farther away.",
    OFF_THE_EDGE: "A step leads to where J gives no number.",
}

# Where a walk may rest that has found no minimum, and what is true of such a place.
FLAT: Mapping[str, str] = {
    MAXIMUM: "Both ways lead down from here, but without a slope there is no step.",
    SADDLE: "One way leads down from here, but without a slope there is no step.",
    LEVEL: "All around here the slope is 0, or nearly: it tells of no way down.",
}


def in_brackets(x: float) -> str:
    """A number as a factor of a product: negative ones and powers in brackets."""
    text = readable(x)
    return f"({text})" if text.startswith("−") or " × " in text else text


def update(name: str, value: float, alpha: float, slope: float) -> str:
    """w := 2 − 0.1 × 4 = 1.6."""
    return (
        f"{name} := {readable(value)} − {readable(alpha)} × {in_brackets(slope)} "
        f"= {readable(value - alpha * slope)}"
    )


def step_sentence(walks: Walks, alpha: float, t: int) -> str:
    """The update that the point is about to make; at the end, where it stands."""
    path = walks.path(alpha)
    if t + 1 < len(path.w):
        line = update("w", float(path.w[t]), alpha, float(path.slope[t]))
        seen = walks.view.left <= path.w[t] <= walks.view.right
        return line if seen else f"{line}, outside of the figure"
    if path.diverged_at is None:
        return f"After {_steps(t)}: w = {readable(float(path.w[t]))}."
    return f"The run stops here: {why_stopped(path, alpha)}"


def why_stopped(path: Descent, alpha: float) -> str:
    """Why the step after the last one of the path has no numbers."""
    if not len(path.w):
        return "the cost has no value at the start."
    following = float(path.w[-1]) - alpha * float(path.slope[-1])
    leads = f"the next step leads to w = {readable(following)}, where J "
    if stopped_regime(path) == OFF_THE_EDGE and abs(following) < LARGE:
        return leads + "has no value that a computer can keep."
    if path.J[-1] < 0:
        return leads + "is below every number a computer keeps, about −10³⁰⁸."
    return leads + "is larger than any number a computer keeps, about 10³⁰⁸."


def end_words(walks: Walks, i: int) -> str:
    """Where the run at the i-th learning rate ended, in two or three words."""
    end, kind = walks.endings[i].kind, walks.regimes[i]
    if end in {GLOBAL, LOCAL}:
        return end if len(walks.found.w) > 1 else "the minimum"
    if kind in {BOUNCING, DIVERGING, RUNNING_AWAY}:
        return NOWHERE
    return _flat(end) if end in FLAT else end


def _flat(place: str) -> str:
    return place if place == LEVEL else f"a {place}"


def alpha_sentence(walks: Walks, i: int) -> str:
    """What one learning rate does, in one short line."""
    if walks.sweep.diverged_at[i] == 0:
        return "The cost has no value at the start."
    if walks.sweep.diverged_at[i] > 0:
        return f"At step {walks.sweep.diverged_at[i]} the numbers run out."
    return REGIMES[walks.regimes[i]]


def regime_story(setting: Setting, walks: Walks, alpha: float) -> str:
    """The regime by name, and the numbers that decide it."""
    i = walks.at(alpha)
    if not len(walks.path(alpha).w):
        return "**No walk.**"
    kind, c = walks.regimes[i], walks.curvature
    start = f"**{kind.capitalize()}.** {REGIMES[kind]}"
    if setting.kind == "parabola" and kind != AT_REST:
        factor = readable(1 - alpha * setting.c)
        start += (
            f" Each step multiplies w by 1 − αc = 1 − {readable(alpha)} × "
            f"{readable(setting.c)} = {factor}. The borders: 1/c = "
            f"{readable(1 / setting.c)}, where this is 0, and 2/c = "
            f"{readable(2 / setting.c)}, where it is −1."
        )
    elif c is not None and c > 0:
        start += (
            f" At the bottom of its valley this cost bends like a parabola with "
            f"c = {readable(c)}: the borders are near 1/c = {readable(1 / c)} and "
            f"2/c = {readable(2 / c)}."
        )
    left = left_at(walks, walks.path(alpha))
    if left is not None:
        start += f" From step {left} on w is outside of the figure."
    return start


def left_at(walks: Walks, path: Descent) -> int | None:
    """The step from which on w is outside of the figure; None if it ends inside."""
    inside = (path.w >= walks.view.left) & (path.w <= walks.view.right)
    if not len(inside) or inside[-1]:
        return None
    return int(np.flatnonzero(inside)[-1]) + 1


def ending_story(walks: Walks, alpha: float) -> str:
    """In which minimum the run ended, if in one; why it stopped, if it did."""
    i, path = walks.at(alpha), walks.path(alpha)
    end = walks.endings[i]
    if path.diverged_at is not None:
        kept = " Everything before it is kept." if len(path.w) else ""
        return (
            f"**The run stops at step {path.diverged_at}**: "
            f"{why_stopped(path, alpha)}{kept}"
        )
    here = f"w = {readable(end.w)}, J = {readable(end.J)}"
    after = f"after {_steps(len(path.w) - 1)}"
    if end.kind in FLAT:
        return f"**It rests on {_flat(end.kind)}:** {here}. {FLAT[end.kind]}"
    if walks.found.lowest is None:
        return (
            "In this figure the cost has no minimum: going down need not end. "
            f"{after.capitalize()} {here}."
        )
    lowest = walks.found.lowest
    best = f"w = {readable(float(walks.found.w[lowest]))}"
    best_J = readable(float(walks.found.J[lowest]))
    if end.kind == LOCAL:
        return (
            f"**It ended in the wrong valley:** {here}, a *local* minimum. "
            f"The *global* one is at {best}, with J = {best_J}. "
            "From this start downhill never leads there."
        )
    if end.kind == GLOBAL:
        named = "the global minimum" if len(walks.found.w) > 1 else "the minimum"
        return f"**It ended in {named}:** {here}."
    if walks.regimes[i] in {BOUNCING, DIVERGING, RUNNING_AWAY}:
        return f"**It ended nowhere:** {after} {here}."
    valley = "a minimum" if len(walks.found.w) > 1 else f"the minimum at {best}"
    return f"**Still under way** to {valley}: {after} {here}."


def update_formula(walks: Walks, alpha: float, t: int) -> str:
    """The cost, the update with symbols, and under it with the numbers of step t."""
    path = walks.path(alpha)
    cost = rf"J({_w('w')}) &= {walks.cost.latex} \\[0.4em]"
    if not len(path.w):
        return rf"\begin{{aligned}}{cost}\end{{aligned}}"
    w, slope = float(path.w[t]), float(path.slope[t])
    numbers = rf"{_w(latex(w))} - {latex(alpha)} \times {_slope(slope)}"
    symbol = _gradient(r"\frac{dJ}{dw}")
    return (
        rf"\begin{{aligned}}{cost}"
        rf"{_w('w')} &:= {_w('w')} - \alpha \, {symbol} \\[0.4em]"
        rf"&\phantom{{:}}= {numbers} = {_w(latex(w - alpha * slope))}"
        r"\end{aligned}"
    )


def plane_formula(path: LogisticDescent, alpha: float, t: int) -> str:
    """Both updates of step t, with the slopes at one and the same point."""
    lines = []
    for name, at, slope in (("w", path.w[t], path.dw[t]), ("b", path.b[t], path.db[t])):
        value = (
            rf"{_w(latex(float(at)))} - {latex(alpha)} \times {_slope(float(slope))}"
        )
        following = _w(latex(float(at - alpha * slope)))
        lines += [
            rf"{_w(name)} &:= {_w(name)} - \alpha \, {_gradient('d' + name)}",
            rf"&\phantom{{:}}= {value} = {following}",
        ]
    return r"\begin{aligned}" + r" \\[0.3em] ".join(lines) + r"\end{aligned}"


def plane_sentence(path: LogisticDescent, t: int, *, seen: bool) -> str:
    """Both slopes of step t and where it leads; at the end, where the point stands."""
    if t + 1 == len(path.w):
        where = "" if seen else ", outside of the figure"
        return f"The last of {_steps(t)}{where}."
    numbers = path.dw[t], path.db[t], path.w[t + 1], path.b[t + 1]
    dw, db, w, b = (readable(float(value)) for value in numbers)
    # Room for one line: the formula has the slopes too.
    begins = f"dw = {dw}, db = {db}" if seen else "Outside of the figure"
    return f"{begins}: on to w = {w}, b = {b}."


def _steps(count: int) -> str:
    return f"{count} {'step' if count == 1 else 'steps'}"


def _w(text: str) -> str:
    return coloured(text, PARAMETER)


def _gradient(text: str) -> str:
    return coloured(text, GRADIENT)


def _slope(value: float) -> str:
    text = latex(value)
    return _gradient(f"({text})" if text.startswith("-") or "times" in text else text)


def better_alpha(walks: Walks, alpha: float) -> float | None:
    """A learning rate that arrives, or comes nearest, if this one has not arrived."""
    arrived = walks.endings[walks.at(alpha)].kind in {GLOBAL, LOCAL}
    return None if arrived or walks.works == alpha else walks.works


def next_question(setting: Setting, walks: Walks) -> tuple[str, float, str]:
    """Question, truth and explanation: one step from numbers that are not on screen."""
    w = 3.0 if setting.start != 3.0 else -3.0
    slope = float(walks.cost.dJ(np.array(w)))
    if not np.isfinite(slope) or slope == 0:
        w, slope = 3.0, 6.0
    # Rounded as it is shown, so that the learner can work with what is shown.
    slope, alpha = float(f"{slope:.2g}"), QUESTION_ALPHA[setting.kind]
    return (
        f"You stand at w = {readable(w)}, where the slope dJ/dw is "
        f"{readable(slope)}. With α = {readable(alpha)}, where does one step take w?",
        w - alpha * slope,
        f"{update('w', w, alpha, slope)}. The step goes against the slope: "
        f"{'left, for J rises to the right' if slope > 0 else 'right, downhill'}.",
    )


def steps_alt(walks: Walks, alpha: float) -> str:
    """The takeaway of the figure through the steps."""
    i = walks.at(alpha)
    return (
        f"A point walks down the curve J(w) with α = {readable(alpha)}: "
        f"{walks.regimes[i]}, end: {end_words(walks, i)}."
    )


def alpha_alt(walks: Walks) -> str:
    """The takeaway of the figure through α."""
    kinds = ", ".join(dict.fromkeys(walks.regimes))
    return f"w over the steps, for the α that is dragged. As α grows: {kinds}."


NOTICE_W = (
    "**What to notice.** The step is α times the slope: long where the cost is steep, "
    "short near the bottom, and without a length that anyone chose. A small α gets "
    "there late; a large one jumps across; beyond 2/c each jump lands higher than it "
    "left. And a walk only ever sees the slope under its feet: which valley it ends "
    "in is decided by where it starts."
)
NOTICE_WB = (
    "**What to notice.** The walk crosses the lines of equal cost at right angles: "
    "that way is the steepest. It is not the straight way to the minimum, since the "
    "valley is longer than it is wide. Both slopes belong to one point, so take both "
    "before you move: with the bug, db answers a question about a point where the "
    "walk never stood."
)
