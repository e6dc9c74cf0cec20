"""Figures of the page "Why now?": amounts of data, two activations, and the loop."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import (
    CLASS_0,
    CLASS_1,
    FAINT,
    FUNCTION,
    GRADIENT,
    GRID,
    PARAMETER,
)
from core.activations import ACTIVATIONS
from core.rounding import in_full, readable
from core.scale import (
    AMOUNTS,
    MODELS,
    SUBJECTS,
    TESTED,
    Curve,
    Subject,
    count_right,
    quick_enough,
    read_curves,
)
from core.speed import RACE_STEPS, Day, costs_on_the_way, gain, steps_to, through_layers
from core.sweep import Readout, Sweep
from core.types import Array


@dataclass(frozen=True)
class Look:
    """How a model is drawn: never by colour alone."""

    colour: str
    fill: str
    dash: str
    symbol: str


LOOKS: Mapping[str, Look] = {
    "logistic": Look(FAINT, "rgba(138,143,148,0.18)", "dot", "square"),
    "small": Look(CLASS_0, "rgba(213,94,0,0.13)", "dash", "triangle-up"),
    "medium": Look(GRADIENT, "rgba(176,87,141,0.13)", "dashdot", "diamond"),
    "large": Look(CLASS_1, "rgba(0,114,178,0.13)", "solid", "circle"),
}
SUBJECT_NAMES: Mapping[str, str] = {key: s.label for key, s in SUBJECTS.items()}
POINTS: Mapping[str, str] = {
    "none": "less than 1 point",
    "some": "1 to 10 points",
    "much": "more than 10 points",
}
GROWTH_QUESTION = (
    "Logistic regression learns the spiral from 100 points, then from 1,600. By how "
    "much does its test accuracy grow?"
)
LEAD_QUESTION = (
    "Logistic regression and 64 hidden units learn cats from 1,600 silhouettes. By how "
    "much is the network ahead in the test?"
)
Z = np.round(np.arange(-8, 8.001, 0.1), 2)
TARGETS = np.round(np.arange(0.02, 0.681, 0.01), 2)
RACE_DATA: Mapping[str, str] = {
    "circles": "circles",
    "moons": "moons",
    "flower": "flower",
    "spiral": "spiral",
}
RACE = (("sigmoid", CLASS_0, "dash", "square"), ("relu", CLASS_1, "solid", "circle"))
LEARNED = 0.1  # a network whose J is higher has not learned these points
SLOPE_QUESTION = (
    "A gradient passes back through five sigmoid units, each at z = 0, where the "
    "sigmoid is steepest. What share of it is left?"
)
SLOPE_PRINTS = (
    ("through one sigmoid", "through_layers('sigmoid', z, 1)"),
    ("through one ReLU", "through_layers('relu', z, 1)"),
    ("sigmoid, steps", "steps_to(costs_on_the_way('sigmoid', data), target)"),
    ("ReLU, steps", "steps_to(costs_on_the_way('relu', data), target)"),
)
LOOP_PRINTS = (
    ("experiments a day", "Day(thinking, training).experiments"),
    ("with faster chips", "Day(thinking, training / faster).experiments"),
    ("times as many", "gain(Day(thinking, training), faster)"),
)
LOOP_NOTICE = (
    "**What to notice.** On the right, where training takes hours, the curve falls one "
    "for one: chips that are ten times as fast give ten times as many tries. On the "
    "left it is level: there you wait for your own ideas, and no chip helps. Days that "
    "end before one experiment does are counted as a part of one."
)
TOO_LONG = (
    "This training takes longer than a second. Drag to fewer examples, or run "
    "`python -m benchmarks.why_now`, which trains every point."
)
THINKING = (1.0, 5.0, 15.0, 30.0, 60.0, 120.0)
FASTER = (2.0, 10.0, 100.0)
MINUTES = np.round(60 * 10 ** (np.arange(-76, 45) / 20), 6)  # an hour among them
LOOP_QUESTION = (
    "Idea and code take you 30 minutes, training takes 1 minute, the day has 8 hours. "
    "New chips train ten times as fast. How many times as many experiments fit?"
)


def label_of(subject: Subject, model: str) -> str:
    """A model by its size."""
    n_h = subject.units[model]
    return f"{n_h} hidden units" if n_h else "logistic regression"


def labels(key: str) -> dict[str, str]:
    """The four models of a subject."""
    return {model: label_of(SUBJECTS[key], model) for model in MODELS}


def stored(key: str) -> dict[str, Curve]:
    """The stored curves of one subject, by model."""
    curves = read_curves()
    return {model: curves[key, model] for model in MODELS}


def data_question(key: str) -> tuple[str, Mapping[str, str], str, str]:
    """A question about the subject that is not on the screen."""
    return spiral_question() if key == "silhouettes" else silhouettes_question()


def spiral_question() -> tuple[str, Mapping[str, str], str, str]:
    """How much logistic regression gains from more of the spiral; and why."""
    middle = np.median(stored("spiral")["logistic"].share, axis=1)
    few = float(middle[AMOUNTS.index(100)])
    why = (
        f"From {percent(few)} to {percent(float(middle[-1]))}: one straight line "
        "through a spiral is found with few points, and no amount of data bends it. "
        "Only a larger model has a use for more."
    )
    return GROWTH_QUESTION, POINTS, points(float(middle[-1]) - few), why


def silhouettes_question() -> tuple[str, Mapping[str, str], str, str]:
    """How far the large network is ahead on silhouettes; and why."""
    curves = stored("silhouettes")
    line, large = (
        float(np.median(curves[model].share[-1])) for model in ("logistic", "large")
    )
    why = (
        f"{percent(large)} against {percent(line)}. 1,600 pictures are too few for the "
        "large network's freedom to pay."
    )
    return LEAD_QUESTION, POINTS, points(large - line), why


def points(grown: float) -> str:
    """A difference of shares as one of POINTS."""
    return "none" if grown < 0.01 else "some" if grown <= 0.1 else "much"


def percent(share: float) -> str:
    """0.9125 as 91.2 %."""
    return f"{readable(in_percent(share))} %"


def in_percent(share: float) -> float:
    """100 times a share, in three digits: a test of 400 gives no more."""
    return float(f"{100 * share:.3g}")


def data_chart(key: str) -> tuple[go.Figure, Sweep]:
    """Test accuracy against the amount of data: medians, and all seeds as bands."""
    subject, curves = SUBJECTS[key], stored(key)
    x = np.array(AMOUNTS, dtype=float)
    shares = {model: curves[model].share for model in MODELS}
    middle = {model: np.median(share, axis=1) for model, share in shares.items()}
    low = min(float(share.min()) for share in shares.values())
    floor = np.floor(20 * low - 0.2) / 20
    traces = [
        trace
        for model in MODELS
        for trace in curve_traces(x, shares[model], LOOKS[model],
                                  label_of(subject, model))
    ]  # fmt: skip
    cursor = len(traces)
    traces += [
        scatter(mode="lines", line={"color": PARAMETER, "width": 1.5},
                   showlegend=False),
        *(
            scatter(mode="markers", showlegend=False,
                       marker={"color": LOOKS[model].colour, "size": 12,
                               "symbol": LOOKS[model].symbol, "line": halo()})
            for model in MODELS
        ),
    ]  # fmt: skip
    fig = figure(
        traces,
        height=400,
        margin={"l": 56, "r": 16, "t": 60, "b": 48},
        xaxis=axis("examples to learn from", (np.log10(22), np.log10(1800)),
                   type="log", tickvals=x, ticktext=[f"{m:,}" for m in AMOUNTS],
                   fixedrange=True),
        yaxis=axis("right in the test", (floor, 1.0), tickformat=".0%",
                   fixedrange=True),
        showlegend=True,
    )  # fmt: skip
    ends = np.tile([floor, 1.0], (len(x), 1))
    moving = {cursor: {"x": np.stack([x, x], axis=1), "y": ends}}
    for i, model in enumerate(MODELS):
        moving[cursor + 1 + i] = {"x": x[:, None], "y": middle[model][:, None]}
    sweep = Sweep(
        label="m",
        values=x,
        shown=tuple(f"{m:,}" for m in AMOUNTS),
        moving=moving,
        readout=tuple(
            Readout(short(subject, model), tuple(percent(v) for v in middle[model]))
            for model in MODELS
        ),
        says=tuple(data_sentence(subject, middle, i) for i in range(len(x))),
        along_x=True,
    )
    return fig, sweep


def short(subject: Subject, model: str) -> str:
    """A model in the readout."""
    n_h = subject.units[model]
    return f"{n_h} units" if n_h else "logistic"


def curve_traces(x: Array, share: Array, look: Look, name: str) -> list[go.Scatter]:
    """The band of all seeds, and the line of their medians."""
    band = np.concatenate([share.min(axis=1), share.max(axis=1)[::-1]])
    line = {"color": look.colour, "dash": look.dash, "width": 2.5}
    return [
        scatter(x=np.concatenate([x, x[::-1]]), y=band, fill="toself",
                   fillcolor=look.fill, mode="lines", line={"width": 0},
                   showlegend=False),
        scatter(x=x, y=np.median(share, axis=1), mode="lines", line=line, name=name),
    ]  # fmt: skip


def data_sentence(subject: Subject, middle: Mapping[str, Array], i: int) -> str:
    """Which model is ahead at an amount of data, and by how much."""
    # Of the percentages as they are shown: their difference is what a reader checks.
    at = {model: in_percent(float(middle[model][i])) for model in MODELS}
    best = max(at, key=lambda model: at[model])
    who = label_of(subject, best)
    if at[best] == at["logistic"]:
        return f"From {AMOUNTS[i]:,} examples, nothing beats logistic regression."
    return (
        f"From {AMOUNTS[i]:,} examples, {who} are best, "
        f"{at[best] - at['logistic']:.1f} points ahead of logistic regression."
    )


def spread_table(key: str, i: int) -> pd.DataFrame:
    """Every seed of each model at one amount of data."""
    subject, curves = SUBJECTS[key], stored(key)
    rows = [
        [
            label_of(subject, model),
            *(percent(f(curves[model].share[i])) for f in (np.min, np.median, np.max)),
        ]
        for model in MODELS
    ]
    columns = ["model", "worst of 5", "median", "best of 5"]
    return pd.DataFrame(rows, columns=columns)


def stored_rights(key: str, i: int) -> dict[str, list[int]]:
    """How many of the test each seed got right, by model, for the script."""
    return {model: curve.right[i].tolist() for model, curve in stored(key).items()}


def data_notice(key: str) -> str:
    """What the curves show, and what they do not."""
    middle = {
        model: np.median(curve.share, axis=1) for model, curve in stored(key).items()
    }
    last = {model: percent(float(share[-1])) for model, share in middle.items()}
    start = percent(float(middle["large"][0]))
    if key == "spiral":
        text = (
            "Logistic regression is done after a handful of points, and 4 units soon "
            f"after: {last['logistic']} and {last['small']} at 1,600. With 32 units "
            f"more data carry from {start} to {last['large']}: the notes' picture, "
            "measured. From 400 points on, it is done too: more data help only a model "
            "that still has something to learn."
        )
    else:
        text = (
            f"All four climb together, from about {start} to {last['logistic']} "
            f"(logistic) and {last['large']} (64 units). Data help every model here, "
            "size hardly any: with 400 test pictures one standard error is about 1.4 "
            "points, more than what parts the models. The notes' picture, in which the "
            "large networks pull away, is one of far more data than 1,600 pictures."
        )
    lines = "Each line is the median of five seeds, its band all five."
    return f"**What to notice.** {lines} {text}"


def recomputed(key: str, model: str, i: int) -> int:
    """Train this point again, with seed 0; how many of the test come out right."""
    return count_right(SUBJECTS[key], model, AMOUNTS[i], 0)


def live_words(key: str, model: str, i: int, right: int) -> str:
    """The recomputed point beside the stored one."""
    stored_right = int(stored(key)[model].right[i, 0])
    verdict = (
        "the very same" if right == stored_right
        else f"{abs(right - stored_right)} of {TESTED} apart, for another processor "
        "rounds differently"
    )  # fmt: skip
    return (
        f"Trained just now: **{right} of {TESTED}** right. Stored, with seed 0: "
        f"**{stored_right} of {TESTED}**: {verdict}."
    )


def can_be_recomputed(key: str, model: str, i: int) -> bool:
    """Whether this point is quick enough to train while somebody waits."""
    return quick_enough(SUBJECTS[key], model, AMOUNTS[i])


def data_prints(subject: Subject) -> list[tuple[str, str]]:
    """What the script of the data view prints: the median of each model."""
    return [(label_of(subject, m), f"median_share({m})") for m in MODELS]


# Sigmoid against ReLU.


def slope_chart() -> tuple[go.Figure, Sweep]:
    """g′ of both over z; the hand drags z."""
    dg = {name: ACTIVATIONS[name].dg(Z) for name, *_ in RACE}
    line = np.sort(np.append(Z, 1e-9))  # the step of the ReLU stands upright
    fig = figure(
        [
            *(
                scatter(x=line, y=ACTIVATIONS[name].dg(line), mode="lines",
                           name=f"{ACTIVATIONS[name].label}: g′(z)",
                           line={"color": colour, "dash": dash, "width": 3})
                for name, colour, dash, _ in RACE
            ),
            scatter(mode="lines", line={"color": GRID, "width": 1.5},
                       showlegend=False),
            *(
                scatter(mode="markers", showlegend=False,
                           marker={"color": colour, "size": 13, "symbol": symbol,
                                   "line": halo()})
                for _, colour, _, symbol in RACE
            ),
        ],
        x="z",
        y="g′(z)",
        x_range=(-8, 8),
        y_range=(-0.06, 1.12),
        height=320,
        margin={"l": 52, "r": 16, "t": 34, "b": 48},
        showlegend=True,
    )  # fmt: skip
    n = len(Z)
    sweep = Sweep(
        label="z",
        values=Z,
        shown=tuple(readable(v) for v in Z),
        moving={
            2: {"x": np.stack([Z, Z], 1), "y": np.tile([-0.06, 1.12], (n, 1))},
            3: {"x": Z[:, None], "y": dg["sigmoid"][:, None]},
            4: {"x": Z[:, None], "y": dg["relu"][:, None]},
        },
        readout=(
            Readout("σ′(z)", tuple(readable(v) for v in dg["sigmoid"]), "class0"),
            Readout("ReLU′(z)", tuple(readable(v) for v in dg["relu"]), "class1"),
        ),
        says=tuple(slope_sentence(float(z)) for z in Z),
        along_x=True,
    )
    return fig, sweep


def slope_question() -> tuple[str, float, str]:
    """What five sigmoids at their best leave of a gradient; and why."""
    left = through_layers("sigmoid", 0.0, 5)
    return (
        SLOPE_QUESTION,
        left,
        (
            f"σ′(0) = ¼, so five of them leave (¼)⁵ = {in_full(left)}: a tenth of a "
            "percent, and less wherever z is not 0. Five ReLUs that are on leave all."
        ),
    )


def slope_sentence(z: float) -> str:
    """How much of a gradient comes back through one unit of each kind."""
    back = 100 * through_layers("sigmoid", z, 1)
    relu = "all of it" if z > 0 else "none of it"
    return (
        f"At z = {readable(z)} the sigmoid lets {readable(back, 3)} % of a gradient "
        f"back, the ReLU {relu}."
    )


def layers_table(z: float) -> pd.DataFrame:
    """What is left of a gradient after several layers, at this z and at the best."""
    rows = [
        [
            f"{layers} layer{'s' if layers > 1 else ''}",
            readable(through_layers("sigmoid", 0.0, layers), 3),
            readable(through_layers("sigmoid", z, layers), 3),
            readable(through_layers("relu", z, layers), 3),
        ]
        for layers in (1, 2, 5, 10)
    ]
    here = readable(z)
    columns = ["", "σ at its best, z = 0", f"σ at z = {here}", f"ReLU at z = {here}"]
    return pd.DataFrame(rows, columns=columns)


def race_chart(data: str) -> tuple[go.Figure, Sweep]:
    """J of the same network with both; the hand drags the cost to be reached."""
    costs = {name: costs_on_the_way(name, data) for name, *_ in RACE}
    count = len(costs["relu"])
    shown = np.unique(np.round(np.geomspace(1, count, 160)).astype(int)) - 1
    fig = figure(
        [
            *(
                scatter(x=np.log10(shown + 1.0), y=costs[name][shown],
                           mode="lines", name=ACTIVATIONS[name].label,
                           line={"color": colour, "dash": dash, "width": 3})
                for name, colour, dash, _ in RACE
            ),
            scatter(mode="lines", name="target",
                       line={"color": PARAMETER, "width": 1.5}),
            *(
                scatter(mode="markers", showlegend=False,
                           marker={"color": colour, "size": 13, "symbol": symbol,
                                   "line": halo()})
                for _, colour, _, symbol in RACE
            ),
        ],
        height=320,
        margin={"l": 52, "r": 16, "t": 34, "b": 48},
        xaxis=axis("step", (0, np.log10(count)), tickvals=[0, 1, 2, 3],
                   ticktext=["0", "10", "100", "1,000"]),
        yaxis=axis("J", (0, 0.8)),
        showlegend=True,
    )  # fmt: skip
    n = len(TARGETS)
    steps = {
        name: [steps_to(J, float(t)) for t in TARGETS] for name, J in costs.items()
    }
    moving: dict[int, dict[str, Array]] = {
        2: {
            "x": np.tile([0.0, np.log10(count)], (n, 1)),
            "y": np.stack([TARGETS, TARGETS], 1),
        }
    }
    for k, (name, *_) in enumerate(RACE):
        at = np.array([np.nan if s is None else np.log10(s + 1) for s in steps[name]])
        moving[3 + k] = {"x": at[:, None], "y": TARGETS[:, None]}
    sweep = Sweep(
        label="target J",
        values=TARGETS,
        shown=tuple(readable(t) for t in TARGETS),
        moving=moving,
        readout=(
            Readout("sigmoid", tuple(map(step_words, steps["sigmoid"])), "class0"),
            Readout("ReLU", tuple(map(step_words, steps["relu"])), "class1"),
        ),
        says=tuple(
            race_sentence(one, two)
            for one, two in zip(steps["sigmoid"], steps["relu"], strict=True)
        ),
    )
    return fig, sweep


def step_words(step: int | None) -> str:
    """A number of steps, or that it was never reached."""
    return "never" if step is None else f"{step:,} steps"


def race_sentence(sigmoid: int | None, relu: int | None) -> str:
    """Who is first, and by what factor."""
    if sigmoid is None and relu is None:
        return f"Neither gets there in {RACE_STEPS:,} steps."
    if sigmoid is None:
        return f"Only the ReLU gets there in {RACE_STEPS:,} steps."
    if relu is None:
        return f"Only the sigmoid gets there in {RACE_STEPS:,} steps."
    slow, fast = max(sigmoid, relu), max(min(sigmoid, relu), 1)
    if slow == fast:
        return "Both need as many steps."
    first = "The ReLU" if relu < sigmoid else "The sigmoid"
    return f"{first} gets there in {readable(slow / fast, 2)} times fewer steps."


def race_notice(data: str) -> str:
    """What the race shows on these points."""
    last = {name: float(costs_on_the_way(name, data)[-1]) for name, *_ in RACE}
    ends = (
        f"After {RACE_STEPS:,} steps J is {readable(last['sigmoid'], 2)} with the "
        f"sigmoid and {readable(last['relu'], 2)} with ReLU. "
    )
    if last["sigmoid"] < last["relu"]:
        text = (
            "Quick at first is not better in the end: of only 8 ReLU units some fall "
            "silent, or do not suffice, where the smooth sigmoid goes on."
        )
    elif last["relu"] > LEARNED:
        text = (
            "The ReLU is ahead nearly all the way, but with these 8 units neither gets "
            "near 0."
        )
    else:
        text = "The ReLU is there many times sooner, as the notes say."
    return f"**What to notice.** {ends}{text}"


# The loop of idea, code, experiment.


def loop_chart(thinking: float, faster: float) -> tuple[go.Figure, Sweep]:
    """Experiments a day against the training time, and with faster chips."""
    days = [Day(thinking, float(t)) for t in MINUTES]
    count = np.array([day.experiments for day in days])
    more = count * [gain(day, faster) for day in days]
    ticks = (1 / 60, 1.0, 60.0, 480.0, 7200.0)
    fig = figure(
        [
            scatter(x=MINUTES, y=more, mode="lines", name=f"{faster:g}× faster",
                       line={"color": CLASS_1, "width": 2, "dash": "dash"}),
            scatter(x=MINUTES, y=count, mode="lines", name="as it is",
                       line={"color": FUNCTION, "width": 3}),
            scatter(mode="lines", line={"color": PARAMETER, "width": 1.5},
                       showlegend=False),
            scatter(mode="markers", showlegend=False,
                       marker={"color": [FUNCTION, CLASS_1], "size": 12,
                               "symbol": ["circle", "diamond"], "line": halo()}),
        ],
        height=380,
        margin={"l": 60, "r": 16, "t": 34, "b": 48},
        xaxis=axis("one training takes", (-2, 4), type="log", tickvals=ticks,
                   ticktext=["1 s", "1 min", "1 h", "8 h", "5 days"]),
        yaxis=axis("experiments a day", (-1.6, 3), type="log",
                   tickvals=[0.1, 1, 10, 100, 1000],
                   ticktext=["0.1", "1", "10", "100", "1,000"]),
        showlegend=True,
    )  # fmt: skip
    n, minutes = len(MINUTES), np.stack([MINUTES, MINUTES], axis=1)
    both = np.stack([count, more], axis=1)
    sweep = Sweep(
        label="training",
        values=MINUTES,
        shown=tuple(duration(float(t)) for t in MINUTES),
        moving={
            2: {"x": minutes, "y": np.tile([0.01, 1e3], (n, 1))},
            3: {"x": minutes, "y": both},
        },
        readout=(
            Readout("a day", tuple(readable(c, 3) for c in count)),
            Readout(f"{faster:g}× faster", tuple(readable(c, 3) for c in more),
                    "class1"),
            Readout("waiting", tuple(f"{100 * day.waiting:.0f} %" for day in days)),
        ),
        says=tuple(
            loop_sentence(day, faster) for day in days
        ),
        along_x=True,
    )  # fmt: skip
    return fig, sweep


def duration(minutes: float) -> str:
    """A training time in the unit that suits it."""
    for unit, length in (("days", 1440.0), ("h", 60.0), ("min", 1.0)):
        if minutes >= 0.995 * length:
            return f"{readable(minutes / length, 2)} {unit}"
    return f"{readable(60 * minutes, 2)} s"


def loop_sentence(day: Day, faster: float) -> str:
    """What faster training would bring at this training time."""
    return (
        f"With training {faster:g} times as fast, {readable(gain(day, faster), 3)} "
        "times as many experiments fit into a day."
    )


def loop_question() -> tuple[str, float, str]:
    """The gain of the asked day; and why it is so small."""
    day = Day(30.0, 1.0)
    before, after = day.experiments, Day(30.0, 0.1).experiments
    return (
        LOOP_QUESTION,
        gain(day, 10.0),
        (
            f"A turn takes 31 minutes before and 30.1 after: {readable(before, 3)} and "
            f"{readable(after, 3)} experiments a day. Once training is shorter than "
            "thinking, faster chips hardly help; for a training of a whole day they "
            "change everything."
        ),
    )


def loop_table(thinking: float, faster: float) -> pd.DataFrame:
    """Usual training times, each with its day."""
    rows = []
    for minutes in (1 / 60, 1.0, 10.0, 60.0, 480.0, 2880.0):
        day = Day(thinking, minutes)
        rows.append(
            [
                duration(minutes),
                readable(day.experiments, 3),
                readable(day.experiments * gain(day, faster), 3),
                f"{100 * day.waiting:.0f} %",
            ]
        )
    columns = ["training", "a day", f"{faster:g}× faster", "waiting"]
    return pd.DataFrame(rows, columns=columns)
