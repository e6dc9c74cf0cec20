"""Figures, tables and sentences of the training page: two models on one data set."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo
from charts.colours import CLASS_0, CLASS_1, FAINT, FUNCTION, PAPER, PARAMETER
from core.activations import ACTIVATIONS
from core.datasets import DATASETS, Dataset
from core.diagnosis import Finding
from core.literals import Source
from core.rounding import latex, readable
from core.shallow import RunTooLarge
from core.sweep import Map, Readout, Sweep
from core.training import Choices, Run, Score, logistic_surface, network_surface
from core.types import Array

CELLS = 64  # a map is CELLS × CELLS
# The middles of a map's outer cells lie on the edges of the figure, so that the
# decision line reaches them.
BEYOND = CELLS / (CELLS - 1)
ZERO = 0.5  # where step 0 stands on a log axis

DATA: Mapping[str, str] = {name: name for name in DATASETS}
ACTIVATION_NAMES: Mapping[str, str] = {g.name: g.label for g in ACTIVATIONS.values()}
SCHEMES: Mapping[str, str] = {
    "random": "random: 0.01 · randn",
    "fan_in": "random: randn / √inputs",
    "constant": "all weights 0.01",
    "zeros": "all weights 0",
}
ALPHAS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 1.0, 1.2, 3.0, 10.0, 30.0)
# What a learner can try with one press: the other inputs go to their usual values.
USUAL: Mapping[str, object] = {
    "data": "flower",
    "n_h": 4,
    "g": "tanh",
    "alpha": 1.2,
    "steps": 10_000,
    "init": "random",
}
CASES: Mapping[str, Mapping[str, object]] = {
    "Circles, 2 units": {**USUAL, "data": "circles", "n_h": 2},
    "Spiral, 8 units": {**USUAL, "data": "spiral", "n_h": 8, "init": "fan_in"},
    "All units alike": {**USUAL, "init": "constant"},
    "Linear, α = 10": {**USUAL, "g": "linear", "alpha": 10.0},
}
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)


def network_chart(choices: Choices, run: Run) -> tuple[go.Figure, Sweep]:
    """The points on the network's decision surface, at each kept step."""
    reach = reach_of(run)
    edge = BEYOND * reach
    z = network_surface(run, choices.activation, edge, CELLS)
    sweep = Sweep(
        label="step",
        values=run.steps.astype(float),
        shown=shown_steps(run),
        readout=readouts(run.network_score),
        says=tuple(sentence(run, i) for i in range(len(run.steps))),
        maps=(Map(z, (-edge, edge), (-edge, edge), edge=0.5),),
        run=True,
    )
    return plane_figure(run, reach, height=420, legend=True), sweep


def logistic_chart(choices: Choices, run: Run) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """The same points on the surface of logistic regression, at the same steps."""
    reach = reach_of(run)
    edge = BEYOND * reach
    z = logistic_surface(run, edge, CELLS)
    sweep = Sweep(
        label="step",
        values=run.steps.astype(float),
        shown=shown_steps(run),
        readout=readouts(run.logistic_score)[:2],
        maps=(Map(z, (-edge, edge), (-edge, edge), edge=0.5),),
    )
    return plane_figure(run, reach, height=270, legend=False), sweep


def reach_of(run: Run) -> float:
    """Half the side of the square that holds every point, with some room."""
    farthest = max(
        float(np.max(np.abs(part.X), initial=0.0))
        for part in (run.split.train, run.split.held_out)
    )
    return math.ceil(2 * farthest + 0.6) / 2


def plane_figure(run: Run, reach: float, *, height: int, legend: bool) -> go.Figure:
    """The points in a square: filled where they train, hollow where held out."""
    parts = (run.split.train, run.split.held_out)
    crowd = sum(part.Y.size for part in parts)
    size = (8 if crowd <= 500 else 6 if crowd <= 1000 else 4.5) * (1 if legend else 0.7)
    span = (-reach, reach)
    quiet = {"showgrid": False, "zeroline": False, "nticks": 6, "constrain": "domain"}
    margin = {"l": 36, "r": 4, "t": 26, "b": 40}
    if not legend:
        margin = {"l": 26, "r": 4, "t": 4, "b": 24}
    fig = figure(
        [
            points(part, y, hollow, size)
            for part, hollow in zip(parts, (False, True), strict=True)
            for y in (0, 1)
        ],
        height=height,
        margin=margin,
        showlegend=legend,
        xaxis=axis("x₁" if legend else "", span, **quiet),
        yaxis=axis("x₂" if legend else "", span, scaleanchor="x", **quiet),
    )
    fig.layout.meta = {**fig.layout.meta, "square": True}
    return fig


def points(data: Dataset, y: int, hollow: bool, size: float) -> go.Scatter:
    """The points of one class; circles are class 0, diamonds class 1."""
    X = data.X[:, data.Y[0] == y].astype(np.float32)
    colour = CLASS_1 if y else CLASS_0
    marker = {
        "symbol": "diamond" if y else "circle",
        "size": size,
        "color": PAPER if hollow else colour,
        "line": {"color": colour, "width": 1.5} if hollow else halo(1),
    }
    name = "held out" if hollow else f"class {y}"
    return go.Scatter(
        x=X[0],
        y=X[1],
        name=name,
        mode="markers",
        marker=marker,
        showlegend=bool(X.size) and not (hollow and y == 0),
    )


def cost_chart(choices: Choices, run: Run) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """J against the step: the network on both parts, logistic regression, a cursor."""
    x = np.maximum(run.steps, ZERO)
    curves = [
        (run.network_score.train, "network", FUNCTION, "solid"),
        (run.network_score.held_out, "held out", FUNCTION, "dash"),
        (run.logistic_score.train, "logistic", FAINT, "dot"),
    ]
    scored = [(e.J, *look) for e, *look in curves if e is not None]
    J = np.stack([costs for costs, *_ in scored], axis=1)
    top = 1.08 * float(J.max())
    tens = [10**k for k in range(1, 5) if 10**k <= run.steps[-1]]
    cursor = {"color": PARAMETER, "size": 9, "line": halo()}
    fig = figure(
        [
            *(curve(x, *each) for each in scored),
            go.Scatter(mode="lines", line={"color": PARAMETER, "width": 1.5}),
            go.Scatter(mode="markers", marker=cursor),
        ],
        height=240,
        margin={"l": 42, "r": 6, "t": 8, "b": 40},
        xaxis=axis(
            "step",
            (math.log10(ZERO), math.log10(1.3 * max(x[-1], 1))),
            type="log",
            tickangle=0,
            tickvals=[ZERO, *tens],
            ticktext=["0", *(f"{t:,}".replace(",000", "k") for t in tens)],
        ),
        yaxis=axis("J", (0, top), nticks=5),
    )
    count = len(scored)
    sweep = Sweep(
        label="step",
        values=run.steps.astype(float),
        shown=shown_steps(run),
        moving={
            count: {
                "x": np.stack([x, x], axis=1),
                "y": np.tile([0.0, top], (len(x), 1)),
            },
            count + 1: {"x": np.repeat(x[:, None], count, axis=1), "y": J},
        },
    )
    return fig, sweep


def curve(x: Array, J: Array, name: str, colour: str, dash: str) -> go.Scatter:
    """One cost curve."""
    line = {"color": colour, "dash": dash, "width": 2.5}
    return go.Scatter(x=x, y=J, name=name, mode="lines", line=line)


def readouts(score: Score) -> tuple[Readout, ...]:
    """Cost and accuracy at each kept step, on both parts of the points."""
    parts = [("", score.train)]
    if score.held_out is not None:
        parts.append((" held out", score.held_out))
    return tuple(
        readout
        for name, part in parts
        for readout in (
            Readout(f"J{name}", tuple(readable(float(J), 3) for J in part.J)),
            Readout(f"right{name}", tuple(percent(a) for a in part.accuracy)),
        )
    )


def sentence(run: Run, i: int) -> str:
    """What the i-th kept step shows, in words."""
    step = "Before the first step" if i == 0 else f"After {run.steps[i]:,} steps"
    step = step.replace("After 1 steps", "After 1 step")
    network = percent(run.network_score.train.accuracy[i])
    line = percent(run.logistic_score.train.accuracy[i])
    return (
        f"{step} the network gets {network} of the training points right, "
        f"logistic regression {line}."
    )


def shown_steps(run: Run) -> tuple[str, ...]:
    """The kept steps as the slider shows them."""
    return tuple(f"{step:,}" for step in run.steps)


def percent(share: float) -> str:
    """0.925 as 92.5 %."""
    return f"{readable(100 * float(share), 3)} %"


def network_caption(choices: Choices) -> str:
    """Which network the figure shows."""
    units = "1 hidden unit" if choices.n_h == 1 else f"{choices.n_h} hidden units"
    kind = ACTIVATION_NAMES[choices.activation]
    return f"**The network**, {units}, {kind}, α = {readable(choices.alpha)}"


def network_alt(run: Run) -> str:
    """The takeaway of the network's figure."""
    return (
        f"{sentence(run, -1)} The surface is coloured by the class that the network "
        "predicts."
    )


def cost_caption(run: Run) -> str:
    """What the lines of the cost figure are."""
    held_out = ", on points held out dashed" if run.network_score.held_out else ""
    return f"**Cost J.** Network solid{held_out}, logistic regression dotted"


def forward_formula(choices: Choices, m: int) -> str:
    """Forward and one step of descent, each matrix with its shape under it."""
    n_h = choices.n_h
    g = {"sigmoid": r"\sigma", "tanh": r"\tanh", "linear": r"\mathrm{id}"}.get(
        choices.activation, r"\mathrm{ReLU}"
    )
    if choices.activation == "leaky_relu":
        g = r"\mathrm{leaky\,ReLU}"
    alpha = latex(choices.alpha)

    def shaped(symbol: str, rows: int, columns: int) -> str:
        return rf"\underset{{({rows},\,{columns})}}{{{symbol}}}"

    X, Z1, A1 = shaped("X", 2, m), shaped("Z^{[1]}", n_h, m), shaped("A^{[1]}", n_h, m)
    W1, b1 = shaped("W^{[1]}", n_h, 2), shaped("b^{[1]}", n_h, 1)
    W2, b2 = shaped("W^{[2]}", 1, n_h), shaped("b^{[2]}", 1, 1)
    Z2, A2 = shaped("Z^{[2]}", 1, m), shaped("A^{[2]}", 1, m)
    return (
        r"\begin{aligned}"
        rf"{Z1} &= {W1}\,{X} + {b1} \\[0.4em]"
        rf"{A1} &= {g}(Z^{{[1]}}) \\[0.4em]"
        rf"{Z2} &= {W2}\,A^{{[1]}} + {b2} \\[0.4em]"
        rf"{A2} &= \sigma(Z^{{[2]}}) \\[0.4em]"
        rf"W^{{[1]}} &:= W^{{[1]}} - {alpha}\,\tfrac{{dJ}}{{dW^{{[1]}}}}"
        r"\quad\text{and so on}"
        r"\end{aligned}"
    )


def shapes_table(choices: Choices, m: int) -> pd.DataFrame:
    """Each array of the network, its shape by name and by number."""
    n_h = choices.n_h
    rows = (
        ("X", "the training points", "(n_x, m)", (2, m)),
        ("W1", "weights into the hidden units", "(n_h, n_x)", (n_h, 2)),
        ("b1", "their biases", "(n_h, 1)", (n_h, 1)),
        ("W2", "weights into the output", "(n_y, n_h)", (1, n_h)),
        ("b2", "its bias", "(n_y, 1)", (1, 1)),
    )
    return pd.DataFrame(
        [
            # A shape is never broken in two.
            (
                symbol,
                what,
                shape.replace(" ", "\u00a0"),
                str(here).replace(" ", "\u00a0"),
            )
            for symbol, what, shape, here in rows
        ],
        columns=["", "what it is", "shape", "here"],
    )


def parameter_sentence(choices: Choices) -> str:
    """How many numbers training adjusts, counted out."""
    n_h = choices.n_h
    return (
        f"Training adjusts {2 * n_h} + {n_h} + {n_h} + 1 = **{4 * n_h + 1} numbers** "
        "at every step; logistic regression has 2 + 1 = 3."
    )


def notice(choices: Choices, run: Run) -> str:
    """What this run teaches, with its own numbers."""
    network = float(run.network_score.train.accuracy[-1])
    line = float(run.logistic_score.train.accuracy[-1])
    says = (
        "**What to notice.** Logistic regression draws one straight line: "
        f"{percent(line)} of the training points. "
    )
    if choices.activation == "linear":
        says += (
            "With the linear activation the network does the same: W2 (W1 X + b1) + b2 "
            "is again one weight matrix and one bias, however many units there are. "
        )
    elif run.finding is not None and run.finding.kind == "identical_units":
        says += (
            f"All alike, {choices.n_h} hidden units draw one line between them: "
            f"{percent(network)}. "
        )
    elif run.finding is not None:
        says += (
            f"The network got {percent(network)}, and something went wrong on the way: "
            "see above. "
        )
    elif choices.n_h == 1:
        says += (
            "One hidden unit draws one straight line too, however it is bent: "
            f"{percent(network)}. "
        )
    elif network > line + 0.05:
        says += (
            "Each hidden unit draws such a line of its own and bends it with "
            f"{ACTIVATION_NAMES[choices.activation]}; the output weighs them against "
            f"each other. Together {choices.n_h} of them reach {percent(network)}. "
        )
    elif line > 0.95:
        says += "That is enough here: hidden units have little left to add. "
    else:
        says += f"This network reaches {percent(network)}, hardly more. "
        if choices.n_h > 2 and choices.scheme == "random":
            says += (
                "A start so near 0 can keep it on a flat stretch for long: try the "
                "start randn / √inputs, under “Points and start”. "
            )
    return says + held_out_sentence(run)


def held_out_sentence(run: Run) -> str:
    """How the network does on points it was not trained on."""
    score = run.network_score
    if score.held_out is None:
        return "No points are held out, so nothing tells how it does on new ones."
    best = int(np.argmin(score.held_out.J))
    first, last = float(score.held_out.J[best]), float(score.held_out.J[-1])
    says = (
        f"On the {run.split.held_out.Y.size} points held out it gets "
        f"{percent(score.held_out.accuracy[-1])}"
    )
    if last > 1.1 * first and score.train.J[-1] < score.train.J[best]:
        return (
            f"{says}. There J was lowest at step {run.steps[best]:,}, at "
            f"{readable(first, 3)}, and has risen to {readable(last, 3)} since, while "
            "it kept falling on the training points: the network overfits."
        )
    return f"{says}."


UNITS_QUESTION = (
    "A circle of class 1 lies inside one of class 0. How many tanh units does it take "
    "to part them?"
)
LINE_QUESTION = (
    "Back to the flower, with its eight petals. Logistic regression draws one straight "
    "line. What percentage of the points does it get right?"
)
LINE_EXPLANATION = (
    "The petals of the two classes alternate, so no line can part them, and the one "
    "with the lowest cost J is no better than tossing a coin."
)


def units_explanation(shares: Array) -> str:
    """What 1, 2, … hidden units got right on the circles, counted by the core."""
    counted = ", ".join(
        f"{percent(share)} with {n} unit{'s' if n > 1 else ''}"
        for n, share in enumerate(shares, start=1)
    )
    return (
        f"Each unit adds one line, and it takes three to close a ring: {counted} "
        "(200 points, 1,000 steps)."
    )


def fewest_units(shares: Array, enough: float = 0.98) -> int:
    """The smallest number of units with which `enough` of the points are right."""
    return int(np.argmax(shares >= enough)) + 1


def smaller_run(error: RunTooLarge) -> tuple[str, dict[str, object]]:
    """The label of the button for a run that would fit, and the inputs it sets."""
    fits = max(each for each in STEPS if each <= error.largest_steps)
    return f"Train {fits:,} steps", {"steps": fits}


def remedy(finding: Finding) -> tuple[str, dict[str, object]]:
    """The label of the button that mends a run, and the inputs that it sets."""
    name, value = finding.fix
    if name == "scheme":
        return "Start from small random weights", {"init": value}
    if name == "activation":
        return f"Train with {ACTIVATION_NAMES[str(value)]}", {"g": value}
    if name == "steps":
        return f"Train {int(value):,} steps", {"steps": int(value)}
    alpha = min(ALPHAS, key=lambda each: abs(each - float(value)))
    return f"Train with α = {readable(alpha)}", {"alpha": alpha}


def script_values(choices: Choices, run: Run, step: float) -> dict[str, object]:
    """What the take-home script starts from: the inputs, and where the slider is.

    A run that was too large to start has taken no step, and takes none in the script.
    """
    refused = run.steps[-1] == 0 and run.history.diverged_at is None
    return {
        "choices": replace(choices, steps=0) if refused else choices,
        "run": Source("train_both(choices)"),
        "i": Source(f"int(np.searchsorted(run.steps, {int(step)}))"),
    }


def script_prints(run: Run) -> tuple[tuple[str, str], ...]:
    """What the script prints: the readouts at the step where the slider stands."""
    parts = ["network_score.train", "logistic_score.train"]
    names = ["the network", "logistic regression"]
    if run.network_score.held_out is not None:
        parts += ["network_score.held_out", "logistic_score.held_out"]
        names += ["the network, held out", "logistic regression, held out"]
    return (
        ("step", "run.steps[i]"),
        *(
            line
            for name, part in zip(names, parts, strict=True)
            for line in (
                (f"J of {name}", f"run.{part}.J[i]"),
                (f"share right of {name}", f"run.{part}.accuracy[i]"),
            )
        ),
    )
