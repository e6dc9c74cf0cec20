"""Figures of the starts: the rows of W1 as they train, and three things to watch."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRID, PARAMETER
from charts.formulas import coloured
from core.activations import ACTIVATIONS, sigmoid
from core.initialization import (
    ALPHA,
    STARTS,
    STEPS,
    UNITS,
    Life,
    live,
    live_from,
    points,
    special_starts,
    which_moved,
)
from core.rounding import latex, readable
from core.sweep import Readout, Sweep
from core.types import Array

Lives = Mapping[str, Life]
ZERO = 0.5  # where step 0 stands on a log axis
LABELS: Mapping[str, str] = {name: start.label for name, start in STARTS.items()}
NAMES = ("sigmoid", "tanh", "relu")
ACTIVATION_NAMES: Mapping[str, str] = {n: ACTIVATIONS[n].label for n in NAMES}
# Nested, so that units which are copies of one another can still be counted.
SYMBOLS = ("circle-open", "square-open", "diamond-open", "triangle-up-open")
SIZES = (26, 19, 12, 8)
ROUNDING = 1e-12
MOVED: Mapping[str, str] = {
    "b2": "b2 alone",
    "b1 b2": "b1 and b2",
    "W2 b2": "W2 and b2",
    "W1 b1 W2 b2": "all four",
}


def rows_chart(name: str, g: str, seed: int, found: Lives) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """The rows of W1 as points in the plane of their two weights, step by step."""
    life = found[name]
    W1 = life.history.W1
    reach = 1.15 * float(np.abs(W1).max()) or 1.0
    trails = [
        scatter(
            x=W1[:, j, 0].astype(np.float32),
            y=W1[:, j, 1].astype(np.float32),
            mode="lines",
            line={"color": FAINT, "width": 1.5},
        )
        for j in range(UNITS)
    ]
    origin = scatter(
        x=[-reach, reach, None, 0, 0],
        y=[0, 0, None, -reach, reach],
        mode="lines",
        line={"color": GRID, "width": 1.5},
    )
    begin = scatter(
        x=W1[0, :, 0],
        y=W1[0, :, 1],
        mode="markers",
        marker={"color": FAINT, "size": 5},
    )
    marker = {
        "symbol": SYMBOLS,
        "size": SIZES,
        "color": PARAMETER,
        "line": {"width": 2.5},
    }
    span = (-reach, reach)
    fig = figure(
        [origin, *trails, begin, scatter(mode="markers", marker=marker)],
        x="first weight of a unit",
        y="second weight",
        height=390,
        xaxis=axis("first weight of the unit", span, nticks=7),
        yaxis=axis("second weight", span, nticks=7),
        margin={"l": 58, "r": 10, "t": 8, "b": 44},
    )
    count = len(life.steps)
    sweep = Sweep(
        label="step",
        values=life.steps.astype(float),
        shown=tuple(f"{step:,}" for step in life.steps),
        growing={j + 1: np.arange(count) for j in range(UNITS)},
        moving={UNITS + 2: {"x": W1[:, :, 0], "y": W1[:, :, 1]}},
        readout=(
            Readout("J", tuple(readable(float(J), 3) for J in life.J)),
            Readout("right", tuple(percent(a) for a in life.accuracy)),
            Readout(
                "units apart", tuple(apart_text(a) for a in life.apart), "parameter"
            ),
        ),
        says=tuple(sentence(life, i, g) for i in range(count)),
        run=True,
    )
    return fig, sweep


def percent(share: float) -> str:
    """0.925 as 92.5 %."""
    return f"{readable(100 * float(share), 3)} %"


def in_cell(share: float) -> str:
    """The same for a table, never broken in two."""
    return percent(share).replace(" ", "\u00a0")


def apart_text(apart: float) -> str:
    """How far the units are apart, 0 where it is 0."""
    return readable(float(apart), 3)


def sentence(life: Life, i: int, g: str) -> str:
    """What the i-th kept step shows."""
    when = "At the start" if i == 0 else f"After {life.steps[i]:,} steps"
    when = when.replace("After 1 steps", "After 1 step")
    stuck = float(life.stuck[i])
    flat = f" {stuck_words(stuck, g)}" if stuck > 0.005 else ""
    return f"{when} {alike(float(life.apart[i]))}.{flat}"


def alike(apart: float) -> str:
    """How alike the hidden units are."""
    if apart == 0:
        return f"all {UNITS} hidden units are exactly alike"
    if apart < ROUNDING:
        return f"all {UNITS} hidden units are alike but for rounding"
    return f"the hidden units differ by up to {readable(apart, 3)}"


def stuck_words(share: float, g: str) -> str:
    """What part of the hidden layer hardly lets a gradient through."""
    if g == "relu":
        return f"{round(share * UNITS)} of {UNITS} units are dead: 0 for every point."
    return f"{100 * share:.0f} % of the hidden values lie where g is flat."


def watch_chart(name: str, g: str, seed: int, found: Lives) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """Cost, difference between units and stuck share against the step, a cursor."""
    life = found[name]
    x = np.maximum(life.steps, ZERO)
    series = np.stack([life.J, life.apart, life.stuck], axis=1)
    tops = (
        1.1 * float(life.J.max()),
        1.1 * float(life.apart.max()) or 1.0,
        1.1,
    )
    titles = ("cost J", "units apart", "dead units" if g == "relu" else "flat share")
    places = ("y", "y2", "y3")
    traces = [
        scatter(
            x=np.maximum(other.steps, ZERO),
            y=other.J,
            mode="lines",
            line={"color": FAINT, "width": 1.5},
        )
        for key, other in found.items()
        if key != name
    ]
    cursor = {"color": PARAMETER, "size": 9, "line": halo()}
    moving = {}
    for place, values, top in zip(places, series.T, tops, strict=True):
        traces.append(_line(x, values, place, FUNCTION, 2.5))
        moving[len(traces)] = {
            "x": np.stack([x, x], axis=1),
            "y": np.tile([0.0, top], (len(x), 1)),
        }
        traces.append(_line(None, None, place, PARAMETER, 1.5))
        moving[len(traces)] = {"x": x[:, None], "y": values[:, None]}
        traces.append(scatter(mode="markers", marker=cursor, yaxis=place))
    tens = [10**k for k in range(4) if 10**k <= life.steps[-1]]
    bands = ((0.72, 1.0), (0.36, 0.64), (0.0, 0.28))
    axes = {
        f"yaxis{place[1:]}": axis(title, (0, top), nticks=4, domain=band)
        for place, title, top, band in zip(places, titles, tops, bands, strict=True)
    }
    fig = figure(
        traces,
        height=430,
        margin={"l": 58, "r": 8, "t": 8, "b": 44},
        xaxis=axis(
            "step",
            (math.log10(ZERO), math.log10(1.3 * STEPS)),
            type="log",
            tickangle=0,
            tickvals=[ZERO, *tens],
            ticktext=["0", *(f"{t:,}" for t in tens)],
            anchor="y3",
        ),
        **axes,
    )
    return fig, Sweep(
        label="step",
        values=life.steps.astype(float),
        shown=tuple(f"{step:,}" for step in life.steps),
        moving=moving,
    )


def _line(
    x: Array | None, y: Array | None, place: str, colour: str, width: float
) -> go.Scatter:
    line = {"color": colour, "width": width}
    return scatter(x=x, y=y, yaxis=place, mode="lines", line=line)


# ---- formula, words, tables ----------------------------------------------------


def frame_at(life: Life, step: float) -> int:
    """The index of the kept step where the slider stands."""
    return int(np.abs(life.steps - step).argmin())


def units_formula(life: Life, step: float) -> str:
    """The hidden layer at this step: one row a unit, with its weight to the output."""
    now = life.history.at(frame_at(life, step))
    rows = np.hstack([now.W1, now.b1, now.W2.T])
    cells = (" & ".join(in_matrix(float(v)) for v in row) for row in rows)
    body = r" \\ ".join(cells)
    symbols = coloured(r"W^{[1]} \;\; b^{[1]} \;\; W^{[2]T}", PARAMETER)
    step_now = rf"\text{{ at step {life.steps[frame_at(life, step)]:,}}}"
    return (
        rf"\begin{{aligned}} & \left[\, {symbols} \,\right]{step_now} = \\[0.4em] "
        rf"& \left[\begin{{array}}{{rr|r|r}} {body} \end{{array}}\right] \\[0.4em] "
        rf"& \text{{one row for each of the {UNITS} units}} \end{{aligned}}"
    )


def in_matrix(value: float) -> str:
    """A number of the formula: four of them, with signs, fit in a line of a phone."""
    size = abs(value)
    return latex(value, 3 if size >= 0.01 else 2 if size >= 1e-3 else 1)


def question(name: str, g: str) -> tuple[str, Mapping[str, str], str, str]:
    """Which parameters move from 0? About a case that is not on the screen."""
    asked = "sigmoid" if (name, g) == ("zeros", "tanh") else "tanh"
    life = live("zeros", asked)
    moved = which_moved(life)
    label = ACTIVATION_NAMES[asked]
    return (
        f"W1, b1, W2 and b2 all start at 0, with {label}. After {STEPS:,} steps of "
        "gradient descent, which of them have moved?",
        MOVED,
        " ".join(moved),
        zero_words(asked, life),
    )


def zero_words(g: str, life: Life) -> str:
    """Why these parameters move from 0, and no others."""
    last = life.history.at(-1)
    if g == "sigmoid":
        return (
            "σ(0) = ½, so A1 is not 0 and W2 gets a slope: after that, so does W1. But "
            f"every unit gets the same one: {alike(float(life.apart[-1]))} at the end."
        )
    share = float(sigmoid(last.b2)[0, 0])
    return (
        "g(0) = 0, so A1 = 0 and dW2 = dZ2 A1ᵀ / m is exactly 0. W2 = 0 blocks the "
        "way back, so dW1 and db1 are exactly 0 too. Only b2 sees the error, and "
        f"learns how common class 1 is: σ(b2) = {readable(share, 3)}."
    )


def all_table(g: str, found: Lives) -> pd.DataFrame:
    """Every start with this g: what became of it."""
    return pd.DataFrame(
        [
            (
                LABELS[name],
                readable(float(life.J[0]), 3),
                readable(float(life.J[-1]), 3),
                in_cell(life.accuracy[-1]),
                apart_text(life.apart[-1]),
                in_cell(life.stuck[0]),
            )
            for name, life in found.items()
        ],
        columns=[
            "start",
            "J at first",
            f"J after {STEPS:,}",
            "right",
            "units apart",
            "dead at first" if g == "relu" else "flat at first",
        ],
    )


def zero_table(g: str) -> pd.DataFrame:
    """Starts with zeros in different places: what moves, and are the units alike?"""
    label = ACTIVATION_NAMES[g]
    cases = {f"all 0, {ACTIVATION_NAMES[n]}": live("zeros", n) for n in NAMES}
    cases[f"all weights 0.5, {label}"] = live("constant", g)
    for words, start in special_starts(0).items():
        cases[f"{words}, {label}"] = live_from(start, g)
    return pd.DataFrame(
        [
            (
                words,
                MOVED.get(" ".join(which_moved(life)), ", ".join(which_moved(life))),
                exactly(float(life.apart[-1])),
                in_cell(life.accuracy[-1]),
            )
            for words, life in cases.items()
        ],
        columns=["start", "moves", "units apart", "right"],
    )


def exactly(apart: float) -> str:
    """The difference between units, and whether it is exactly 0."""
    if apart == 0:
        return "exactly 0"
    return f"{readable(apart, 3)}, rounding" if apart < ROUNDING else readable(apart, 3)


def zero_notice(g: str) -> str:
    """What the table of zeros says."""
    dead = which_moved(live_from(special_starts(0)["W1 = 0, W2 random"], g))
    says = (
        "**b = 0 is harmless**, as long as the weights differ: the units differ "
        "through W1, and so do the slopes of their biases. What matters is that "
        "*something* tells the units apart. Random W1 with W2 = 0 does, and so does "
        "b1 alone. So it is not W2 = 0 that is the problem, but W1 and W2 at once. "
    )
    if dead == ("b2",):
        says += (
            "Except with ReLU and W1 = b1 = 0: there z = 0 for every unit and point, "
            "the slope at 0 is 0, and nothing but b2 ever moves."
        )
    return says


def notice(name: str, g: str, life: Life) -> str:
    """What this start teaches, with its own numbers."""
    J, right = readable(float(life.J[-1]), 3), percent(life.accuracy[-1])
    end = (
        f"After {STEPS:,} steps J is {J}, and {right} of the points are right. (The "
        "grey curves of J are the other five starts.)"
    )
    if name in {"zeros", "constant"} and which_moved(life) == ("b2",):
        return (
            "**What to notice.** Nothing moves in this picture. The network gives the "
            f"same answer for every point, and only b2 adjusts it. {end}"
        )
    if name in {"zeros", "constant"}:
        return (
            f"**What to notice.** Count the markers: {UNITS} units, one spot, at every "
            "step. The same weights give the same z, the same a and the same slope, "
            f"so they stay the same: {UNITS} units work like one. {end}"
        )
    if name == "small":
        return (
            "**What to notice.** The units start almost alike, near 0, and learn "
            "slowly at first. The first steps line most of them up along one "
            "direction, one way or the other; what little they differ by is what takes "
            f"them apart in the end. {end}"
        )
    if name == "large":
        share = float(life.stuck[0])
        flat = (
            f"{stuck_words(share, g)} Hardly any slope comes back through them to W1."
            if share > 0.05
            else "ReLU is not flat far out, so slopes come back all the same."
        )
        return (
            "**What to notice.** J starts high, for a network that knows nothing is "
            f"already certain. {flat} {end}"
        )
    return (
        "**What to notice.** The units differ from the first step, and z is neither "
        f"tiny nor far out. {end}"
    )


def picture_words() -> str:
    """What the figure is about."""
    Y = points()[1]
    return (
        f"{Y.size} points of two moons, {100 * Y.mean():.0f} % of them class 1; "
        f"{UNITS} hidden units, α = {readable(ALPHA)}. Each marker is one hidden unit: "
        "its row of W1. The small dots are where the units began, and the lines the "
        "ways that they went."
    )


def alt_of(name: str, g: str) -> str:
    """The takeaway of the figure of rows."""
    return (
        f"The {UNITS} rows of W1 as points in the plane of their two weights, with "
        f"{ACTIVATION_NAMES[g]} from the start {LABELS[name]}: rows that start alike "
        "stay alike."
    )


def script_prints() -> tuple[tuple[str, str], ...]:
    """What the script prints: the readouts at the step where the slider stands."""
    return (
        ("step", "life.steps[i]"),
        ("J", "life.J[i]"),
        ("share right", "life.accuracy[i]"),
        ("units apart", "life.apart[i]"),
    )
