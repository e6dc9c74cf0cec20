"""Figures of the derivatives page: the curve, the lens, f′ as it grows, the V."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import CLASS_1, FUNCTION, GRADIENT, GRID, PARAMETER
from charts.formulas import DIGITS, digits_of_rise
from core.derivatives import (
    EPS,
    Function,
    Nudge,
    View,
    error_model,
    errors_everywhere,
    function_named,
    nudge,
    step_sizes,
    sweep_a,
)
from core.literals import Source
from core.plain import plain
from core.rounding import MOST_DIGITS, digits_apart, readable
from core.sweep import Readout, Sweep
from core.types import Array


def grid(function: Function) -> Array:
    """About 240 round values of a across the function's view. (n,)"""
    view = function.view
    width = view.right - view.left
    step = min((0.01, 0.02, 0.025, 0.05, 0.1), key=lambda s: abs(width / s - 240))
    first, last = np.ceil(view.left / step), np.floor(view.right / step)
    return np.round(np.arange(first, last + 1) * step, 6)


def slope_chart(name: str, typed: str, h: float) -> tuple[go.Figure, Sweep]:
    """f with the dragged point, its triangle, tangent and secant."""
    function = function_named(name, typed)
    view = function.view
    a = grid(function)
    at = sweep_a(function.f, function.df, a, h)
    nudges = at.nudges
    fine = np.linspace(view.left, view.right, 601)
    edges = np.array([view.left, view.right])
    away = edges - a[:, None]
    tangent = nudges.f_a[:, None] + at.exact[:, None] * away
    secant = nudges.f_a[:, None] + nudges.slope[:, None] * away
    triangle_x = np.stack([a, nudges.a_h, nudges.a_h], axis=1)
    triangle_y = np.stack([nudges.f_a, nudges.f_a, nudges.f_a_h], axis=1)
    both_ends = np.tile(edges, (len(a), 1))
    traces = [
        scatter(
            x=fine,
            y=function.f(fine),
            mode="lines",
            line={"color": FUNCTION, "width": 3},
        ),
        _line(GRADIENT, dash="dot", width=1.5),
        _line(GRADIENT, width=2.5),
        _line(GRADIENT, dash="dash", width=2),
        scatter(
            mode="markers", marker={"color": PARAMETER, "size": 15, "line": halo()}
        ),
        scatter(
            mode="text",
            textfont={"color": GRADIENT, "size": 14},
        ),
    ]
    moving = {
        1: {"x": both_ends, "y": secant},
        2: {"x": both_ends, "y": tangent},
        3: {"x": triangle_x, "y": triangle_y},
        4: {"x": a[:, None], "y": nudges.f_a[:, None]},
        5: _triangle_labels(nudges, h, view),
    }
    fig = figure(
        traces,
        x="a",
        y="f(a)",
        x_range=(view.left, view.right),
        y_range=(view.bottom, view.top),
        uirevision=name + typed,
    )
    sweep = Sweep(
        label="a",
        values=a,
        shown=tuple(readable(v) for v in a),
        moving=moving,
        readout=(
            Readout("f(a)", _texts(nudges.f_a)),
            Readout("rise / h", _texts(nudges.slope), "gradient"),
            Readout("f′(a)", _texts(at.exact), "gradient"),
        ),
        says=tuple(
            slope_sentence(function.label, v, h, f_a, r, s, d)
            for v, f_a, r, s, d in zip(
                a, nudges.f_a, nudges.rise, nudges.slope, at.exact, strict=True
            )
        ),
        along_x=True,
    )
    return fig, sweep


def _triangle_labels(nudges: Nudge, h: float, view: View) -> dict[str, Any]:
    """h beside the run of each triangle, on the side where the triangle is not; the
    rise beside the other edge.

    Through that place the secant of a flat triangle would run: there the rise stands
    on the other side of the run.
    """
    # A triangle too small to see gets no labels: the lens below shows it.
    shows = h >= 0.02 * (view.right - view.left)
    high = view.top - view.bottom
    middle = nudges.a + h / 2
    down = nudges.rise < 0
    flat = np.abs(nudges.rise) < 0.06 * high
    away = nudges.f_a + nudges.rise + np.where(down, -0.05, 0.05) * high
    beside = nudges.f_a + nudges.rise / 2
    return {
        "x": np.stack([middle, np.where(flat, middle, nudges.a_h)], axis=1),
        "y": np.stack([nudges.f_a, np.where(flat, away, beside)], axis=1),
        "text": [
            (f"h = {readable(h)}", f" rise = {readable(r)}") if shows else ("", "")
            for r in nudges.rise
        ],
        "textposition": [
            (
                "top center" if falls else "bottom center",
                "middle right" if steep else f"{'bottom' if falls else 'top'} center",
            )
            for falls, steep in zip(down, ~flat, strict=True)
        ],
    }


def lens_chart(name: str, typed: str, h: float) -> tuple[go.Figure, Sweep]:
    """The triangle under a lens: both axes counted in nudges, whatever their size."""
    function = function_named(name, typed)
    a = grid(function)
    at = sweep_a(function.f, function.df, a, h)
    steps = np.linspace(-0.5, 1.6, 43)
    x = a[:, None] + h * steps
    y = (function.f(x) - at.nudges.f_a[:, None]) / h
    slopes = at.exact[np.isfinite(at.exact)]
    reach = max(1.0, float(np.percentile(np.abs(slopes), 97))) if slopes.size else 1.0
    one = np.ones(len(a))
    rise = at.nudges.slope
    fig = figure(
        [
            _line(FUNCTION, width=3),
            _line(GRADIENT, width=2),
            _line(GRADIENT, dash="dot", width=2),
            scatter(
                x=[0],
                y=[0],
                mode="markers",
                marker={"color": PARAMETER, "size": 12, "line": halo()},
            ),
        ],
        x="steps of h",
        y="rise in h",
        x_range=(-0.5, 1.6),
        y_range=(-1.2 * reach, 1.7 * reach),
        height=250,
    )
    sweep = Sweep(
        label="a",
        values=a,
        shown=tuple(readable(v) for v in a),
        moving={
            0: {"x": np.tile(steps, (len(a), 1)), "y": y},
            1: {
                "x": np.tile([-0.5, 1.6], (len(a), 1)),
                "y": at.exact[:, None] * np.array([-0.5, 1.6]),
            },
            2: {
                "x": np.tile([0, 1, 1], (len(a), 1)),
                "y": np.stack([0 * one, 0 * one, rise], axis=1),
            },
        },
    )
    return fig, sweep


def derivative_chart(name: str, typed: str) -> tuple[go.Figure, Sweep]:
    """f′, drawn from the left as far as a has been dragged."""
    function = function_named(name, typed)
    a = grid(function)
    slope = function.df(a)
    finite = slope[np.isfinite(slope)]
    low, high = np.percentile(finite, (2, 98)) if finite.size else (-1.0, 1.0)
    room = 0.12 * (high - low) or 1.0
    fig = figure(
        [
            scatter(x=a, y=0 * a, mode="lines", line={"color": GRID, "width": 1}),
            scatter(x=a, y=slope, mode="lines", line={"color": GRADIENT, "width": 3}),
            scatter(
                mode="markers", marker={"color": GRADIENT, "size": 12, "line": halo()}
            ),
        ],
        x="a",
        y="f′(a)",
        x_range=(function.view.left, function.view.right),
        y_range=(low - room, high + room),
        height=250,
    )
    sweep = Sweep(
        label="a",
        values=a,
        shown=tuple(readable(v) for v in a),
        moving={2: {"x": a[:, None], "y": slope[:, None]}},
        growing={1: np.arange(len(a))},
    )
    return fig, sweep


def error_chart(name: str, typed: str, h: float) -> tuple[go.Figure, Sweep]:
    """The error of the slope against h, both on log axes, as a is dragged."""
    function = function_named(name, typed)
    a = grid(function)
    sizes = step_sizes(per_decade=2)
    # An error of exactly 0 has no place on a log axis; its logarithm is drawn.
    one_sided, central = (
        np.log10(np.where(errors > 0, errors, np.nan))
        for errors in errors_everywhere(function, a, sizes)
    )
    now = errors_everywhere(function, a, np.array([h]))[0]
    now = np.log10(np.maximum(np.where(np.isnan(now), np.nan, now), EPS / 8))
    ticks = np.arange(0, -16, -3)
    x = np.tile(np.log10(sizes), (len(a), 1))
    fig = figure(
        [
            scatter(
                name="one side",
                mode="lines+markers",
                line={"color": GRADIENT, "width": 2},
                marker={"color": GRADIENT, "symbol": "circle", "size": 5},
            ),
            scatter(
                name="both sides",
                mode="lines+markers",
                line={"color": CLASS_1, "width": 2, "dash": "dash"},
                marker={"color": CLASS_1, "symbol": "diamond", "size": 5},
            ),
            scatter(
                name="now",
                mode="markers",
                marker={"color": PARAMETER, "size": 14, "line": halo()},
            ),
        ],
        height=250,
        showlegend=True,
        xaxis=axis("h", (0.6, -15.4), tickvals=ticks, ticktext=_powers(ticks)),
        yaxis=axis("error", (-17, 2), tickvals=ticks, ticktext=_powers(ticks)),
        margin={"l": 58, "r": 12, "t": 30, "b": 48},
        legend={
            "orientation": "h",
            "x": -0.1,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12},
            "itemwidth": 30,
        },
    )
    sweep = Sweep(
        label="a",
        values=a,
        shown=tuple(readable(v) for v in a),
        moving={
            0: {"x": x, "y": one_sided},
            1: {"x": x, "y": central},
            2: {"x": np.full((len(a), 1), np.log10(h)), "y": now},
        },
    )
    return fig, sweep


def _powers(exponents: Array) -> list[str]:
    return [readable(10.0**e, 1) if e == 0 else f"10<sup>{e}</sup>" for e in exponents]


def nudge_table(at: Nudge, exact: float, *, all_digits: bool) -> pd.DataFrame:
    """The numbers of the triangle, one a row."""
    a, f = digits_apart(float(at.a), float(at.a_h), DIGITS), digits_of_rise(at)
    rows = (
        ("a", "where you stand", at.a, a),
        ("f(a)", "the output there", at.f_a, f),
        ("a + h", "after the nudge", at.a_h, a),
        ("f(a + h)", "the output after the nudge", at.f_a_h, f),
        ("rise", "f(a + h) − f(a)", at.rise, DIGITS),
        ("rise / h", "slope of the secant", at.slope, DIGITS),
        ("f′(a)", "exact derivative", exact, DIGITS),
        ("difference", "rise / h − f′(a)", at.slope - exact, DIGITS),
    )
    return pd.DataFrame(
        [
            (s, m, on_one_line(float(v), MOST_DIGITS if all_digits else digits))
            for s, m, v, digits in rows
        ],
        columns=["", "what it is", "value"],
    )


def on_one_line(value: float, digits: int) -> str:
    """A number that does not break before its power of ten."""
    return readable(value, digits).replace(" ", "\N{NO-BREAK SPACE}")


# What the take-home script prints: the rows of the table, then the central slope.
SCRIPT_PRINTS = (
    ("a", "a"),
    ("f(a)", "nudge(f, a, h).f_a"),
    ("a + h", "nudge(f, a, h).a_h"),
    ("f(a + h)", "nudge(f, a, h).f_a_h"),
    ("rise", "nudge(f, a, h).rise"),
    ("rise / h", "nudge(f, a, h).slope"),
    ("f′(a)", "df(a)"),
    ("difference", "nudge(f, a, h).slope - df(a)"),
    ("slope from both sides", "central_slope(f, a, h)"),
)


def function_values(function: Function, typed: str) -> dict[str, object]:
    """f and df for the take-home script: ours by name, the learner's from its text."""
    if function.key == "own":
        made = "from_expression(typed)"
        return {"typed": typed, "f": Source(f"{made}.f"), "df": Source(f"{made}.df")}
    return {"f": Source(function.f.__name__), "df": Source(function.df.__name__)}


# Where a nudge is predicted: at the first of these where f has values.
ASKED_AT = (3.0, 1.5, 0.5, -0.5, -1.5, -3.0)


def rise_question(function: Function, h: float) -> tuple[str, float, str, float] | None:
    """What to predict of a nudge: question, answer, why, and what NumPy answers.

    That is the same but where rounding leaves little of the rise: there h·f′(a) is
    the answer. None where f has no value at any place that could be asked for.
    """
    with np.errstate(all="ignore"):
        places = [a for a in ASKED_AT if function.view.left < a < function.view.right]
        asked = [a for a in places if np.isfinite(nudge(function.f, a, h).rise)]
    if not asked:
        return None
    a = asked[0]
    at = nudge(function.f, a, h)
    rise, exact = float(at.rise), float(function.df(at.a))
    question = (
        f"At a = {readable(a)} you nudge by h = {readable(h)}. "
        f"By how much does f(a) = {plain(function.label)} grow?"
    )
    if rounding_wins(function, at):
        why = (
            f"The slope there is {readable(exact)}, times h. NumPy gets "
            f"{readable(rise)}: of the 16 digits that f(a) and f(a + h) keep, a rise "
            "this small changes only the last, and those are rounded."
        )
        return question, h * exact, why, rise
    digits = digits_of_rise(at)
    why = (
        f"f goes from {readable(float(at.f_a), digits)} to "
        f"{readable(float(at.f_a_h), digits)}: {readable(float(at.slope))} times "
        f"the nudge. The exact slope there is {readable(exact)}."
    )
    return question, rise, why, rise


def rounding_wins(function: Function, at: Nudge) -> bool:
    """Whether the rise is off by more than a hundredth, and rounding is to blame."""
    exact = float(function.df(at.a))
    off = abs(float(at.slope) - exact)
    if not off > 0.01 * abs(exact):
        return False
    model = error_model(function.f, function.df, float(at.a), np.array([float(at.h)]))
    return bool(model.rounding[0] > model.truncation[0])


def no_slope_sentence(function: Function, at: Nudge) -> str:
    """Why there is no slope to show: no value here or after the nudge, or no slope."""
    label, a = plain(function.label), readable(float(at.a))
    if not np.isfinite(at.f_a):
        where = f"{label} has no value at a = {a}"
    elif not np.isfinite(at.rise):
        where = f"{label} has no value at a + h = {readable(float(at.a_h))}"
    else:
        return f"{label} has a value at a = {a}, but no slope."
    domain = "" if function.key == "own" else f" It is defined for {function.domain}."
    return f"There is no slope here: {where}.{domain}"


def error_sentence(function: Function, a: float) -> str:
    """Why the error has the shape of a V, with the best h for this f and a."""
    if not np.isfinite(function.df(np.asarray(a))):
        return (
            f"**What to notice.** {plain(function.label)} has no slope at a = "
            f"{readable(a)}."
        )
    model = error_model(function.f, function.df, a, step_sizes())
    if not np.isfinite(model.best) and model.truncation.any():
        return (
            f"**What to notice.** At a = {readable(a)} nothing is rounded away, for f "
            "is 0 there. Only the bend is left, and less of it with a smaller h."
        )
    if not np.isfinite(model.best) and model.truncation_central.any():
        return (
            f"**What to notice.** At a = {readable(a)} the bend changes sides: f″ is 0 "
            "there, and the error of bending falls with h², not with h."
        )
    if not np.isfinite(model.best):
        return (
            "**What to notice.** On a straight line the secant lies on the tangent: "
            "there is no error of bending, only the last digits, and those get worse "
            "as h shrinks."
        )
    best = model.best_central
    central = f", and is best near h = {readable(best, 1)}" if np.isfinite(best) else ""
    return (
        "**What to notice.** Two errors pull against each other. The curve bends away "
        "from its secant, by about |f″|·h/2: less with a smaller h. And f(a + h) "
        "keeps only 16 digits, so the rise loses its own: about 10⁻¹⁶/h, more with a "
        f"smaller h. Here they balance near h = {readable(model.best, 1)}. "
        f"Nudging to both sides cancels the bend{central}."
    )


def slope_sentence(
    label: str, a: float, h: float, f_a: float, rise: float, slope: float, exact: float
) -> str:
    """What the figure shows at a, in one sentence."""
    if not np.isfinite(f_a):
        return f"{label} has no value at a = {readable(a)}: there is nothing to nudge."
    if not np.isfinite(rise):
        return f"{label} has no value at a + h = {readable(a + h)}."
    return (
        f"At a = {readable(a)}, a nudge of {readable(h)} moves f by "
        f"{readable(rise)}: a slope of {readable(slope)}; exactly, {readable(exact)}."
    )


def _texts(values: Array) -> tuple[str, ...]:
    return tuple(readable(float(v)) for v in values)


def _line(colour: str, *, width: float, dash: str = "solid") -> go.Scatter:
    return scatter(mode="lines", line={"color": colour, "width": width, "dash": dash})
