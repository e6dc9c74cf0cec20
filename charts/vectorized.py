"""Figures of the loops that go: one listing rewritten, three side by side, times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER, TEXT
from charts.loops import range_of
from charts.timings import (
    Heat,
    Look,
    at_one_size,
    line,
    names,
    not_yet,
    seconds_axis,
    spread_bars,
)
from core.rewriting import (
    ASKED,
    EXAMPLES,
    FEATURES,
    FORMS,
    GROWING_M,
    GROWING_N,
    KNOWN_BEFORE,
    PARTS,
    SHUFFLED,
    STAGES,
    Gradients,
    Line,
    asked,
    changed,
    descend,
    examples,
    largest_difference,
    listing,
    loops_in,
    order_that_runs,
    turns,
    two_loops,
)
from core.rounding import readable
from core.stopwatch import Timing, duration, median_of, times
from core.sweep import Readout, Sweep
from core.types import Array

MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"
LINE_PIXELS = 25
NUMBERS: Mapping[str, str] = dict(zip(PARTS, "①②③④⑤⑥", strict=True))
COLOURS: Mapping[str, str] = {
    part: GRADIENT if part.startswith("d") else FUNCTION for part in PARTS
}
MEANINGS: Mapping[str, str] = {
    "z": "the weighted sum",
    "a": "the neuron's answer",
    "J": "the cost",
    "dz": "how far off",
    "dw": "the slopes of the weights",
    "db": "the slope of the bias",
}
VIEWS: Mapping[str, str] = {
    "steps": "One rewriting at a time",
    "three": "Three forms side by side",
    "times": "How long they take",
}
ALONG: Mapping[str, str] = {"m": "more examples m", "n_x": "more features n_x"}
TITLES: Mapping[str, str] = {"two": "Two loops", "one": "One loop", "none": "No loop"}
HIDDEN_FROM = 3  # the first stage that gives the answer away
STEPS, ALPHA = 100, 0.5

_ORDER = order_that_runs(SHUFFLED, KNOWN_BEFORE)
QUESTION = (
    "Four lines do it without a loop. In which order must they run? Type the four "
    "digits, such as 1234.\n\n"
    + "\n\n".join(f"{i}\u2002`{text}`" for i, text in enumerate(SHUFFLED, 1)),
    "".join(map(str, _ORDER)),
    "Each line needs what the one before it made: Z, from Z the answers A, from A the "
    "errors dZ, and from dZ the slopes dw. Forward first, then back.",
)


@dataclass(frozen=True)
class Step:
    """What one rewriting did, in words; n_x and m are put in."""

    title: str
    words: str


DONE: tuple[Step, ...] = (
    Step(
        "Two loops",
        "Three loops in the text, nested two deep: for each example, one feature after "
        "the other.",
    ),
    Step(
        "One product for z",
        "The loop that added w[k]·X[k, i] is one product: ({n_x},) and ({n_x},) give "
        "one number.",
    ),
    Step(
        "One column for dw",
        "All {n_x} slopes at once: a column of X, ({n_x}, 1), times one number. One "
        "loop is left.",
    ),
    Step(
        "All z at once",
        "(1, {n_x}) times ({n_x}, {m}) gives (1, {m}): a z for each example. b is "
        "stretched to fit.",
    ),
    Step(
        "All a at once",
        "σ works on the whole row (1, {m}), and with it the cost leaves the loop.",
    ),
    Step("All dz at once", "One difference of two rows, (1, {m}) − (1, {m})."),
    Step(
        "One product for dw",
        "({n_x}, {m}) times ({m}, 1) multiplies and adds over all examples: no loop is "
        "left.",
    ),
)


def shape_of(name: str, n_x: int, m: int) -> str:
    """The shape of what a line makes."""
    whole = {"X": (n_x, m), "Z": (1, m), "A": (1, m), "dZ": (1, m), "dw": (n_x, 1)}
    return str(whole.get(name, ())).replace(" ", "\u00a0")


# ---- a listing ----------------------------------------------------------------------


def steps_chart(n_x: int, m: int, answered: bool) -> tuple[go.Figure, Sweep]:
    """One listing, from two loops to none: what a rewriting changed is marked."""
    stages = STAGES if answered else STAGES[:HIDDEN_FROM]
    listings = [listing(stage) for stage in stages]
    height = max(map(len, map(listing, STAGES)))
    # What is not told yet stays at the last form that is.
    listings += [listings[-1]] * (len(STAGES) - len(listings))
    new = [
        changed(stages[at], stages[at - 1]) if 0 < at < len(stages) else ()
        for at in range(len(STAGES))
    ]
    traces = [
        scatter(mode="lines", line={"color": PARAMETER, "width": 21}, opacity=0.2),
        _tags(height),
        _tags(height, GRADIENT),
        _code(height, 12.5),
        _words_at(46.8, height, FAINT, 12.5, "middle left"),
    ]
    fig = figure(
        traces,
        height=LINE_PIXELS * height + 8,
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=_hidden(-2.4, 47),
        yaxis=_hidden(0.4 - height, 0.6),
    )
    band_y = np.full((len(STAGES), 3 * height), np.nan)
    for at, marks in enumerate(new):
        for row, mark in enumerate(marks):
            if mark:
                band_y[at, 3 * row : 3 * row + 2] = -row
    band_x = np.tile([-0.5, 47.0, np.nan], (len(STAGES), height))
    tags = [_tag_rows(lines, height) for lines in listings]
    shapes = [_shape_rows(lines, n_x, m, height) for lines in listings]
    return fig, Sweep(
        label="rewriting",
        values=np.arange(float(len(STAGES))),
        shown=tuple(f"{at} of {len(STAGES) - 1}" for at in range(len(STAGES))),
        moving={
            0: {"x": band_x, "y": band_y},
            1: {"text": [forward for forward, _ in tags]},
            2: {"text": [back for _, back in tags]},
            3: {"text": [_padded(lines, height) for lines in listings]},
            4: {"text": shapes},
        },
        readout=(
            Readout("loops", _told(lambda s: str(loops_in(s)), answered)),
            Readout("lines", _told(lambda s: str(len(listing(s))), answered)),
            Readout(
                "turns of a loop",
                _told(lambda s: f"{turns(s, n_x, m):,}", answered),
            ),
        ),
        says=tuple(
            f"{step.title}. {step.words.format(n_x=n_x, m=m)}"
            if answered or at < HIDDEN_FROM
            else "Predict the order first: what follows would give it away."
            for at, step in enumerate(DONE)
        ),
    )


def form_chart(name: str) -> tuple[go.Figure, Sweep]:
    """One of the three listings; the lines that work on one part light up."""
    lines = listing(FORMS[name])
    height = max(len(listing(form)) for form in FORMS.values())
    forward, back = _tag_rows(lines, height)
    tags, slopes, code = _tags(height), _tags(height, GRADIENT), _code(height, 11)
    tags.text, slopes.text, code.text = forward, back, _padded(lines, height)
    fig = figure(
        [
            scatter(mode="lines", line={"color": PARAMETER, "width": 20}, opacity=0.25),
            tags,
            slopes,
            code,
        ],
        height=LINE_PIXELS * height + 8,
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=_hidden(-3, 37.5),
        yaxis=_hidden(0.4 - height, 0.6),
    )
    y = np.full((len(PARTS), 3 * height), np.nan)
    for at, part in enumerate(PARTS):
        for row, one in enumerate(lines):
            if part in one.parts:
                y[at, 3 * row : 3 * row + 2] = -row
    x = np.tile([-2.9, 37.5, np.nan], (len(PARTS), height))
    return fig, Sweep(
        label="part",
        values=np.arange(1.0, len(PARTS) + 1),
        shown=tuple(f"{NUMBERS[part]} {part}" for part in PARTS),
        moving={0: {"x": x, "y": y}},
        says=tuple(_part_sentence(part, lines) for part in PARTS),
    )


def _part_sentence(part: str, lines: Sequence[Line]) -> str:
    count = sum(part in one.parts for one in lines)
    return f"{MEANINGS[part].capitalize()}: {count} line{'s' if count > 1 else ''}."


def _told(say: object, answered: bool) -> tuple[str, ...]:
    return tuple(
        say(stage) if answered or at < HIDDEN_FROM else "?"  # type: ignore[operator]
        for at, stage in enumerate(STAGES)
    )


def _tag_rows(lines: Sequence[Line], height: int) -> tuple[list[str], list[str]]:
    """The numbers before the lines, those of the way forward and those of slopes."""
    marks = [NUMBERS[one.parts[0]] if len(one.parts) == 1 else "" for one in lines]
    marks += [""] * (height - len(lines))
    slopes = [
        len(one.parts) == 1 and COLOURS[one.parts[0]] == GRADIENT for one in lines
    ] + [False] * (height - len(lines))
    forward = ["" if s else mark for mark, s in zip(marks, slopes, strict=True)]
    back = [mark if s else "" for mark, s in zip(marks, slopes, strict=True)]
    return forward, back


def _shape_rows(lines: Sequence[Line], n_x: int, m: int, height: int) -> list[str]:
    made = [one.text.strip().split(" ")[0] for one in lines]
    said = [
        f"{name}\u00a0{shape_of(name, n_x, m)}"
        if name.isidentifier() and name != "for" and "," not in one.text.split("=")[0]
        else ""
        for name, one in zip(made, lines, strict=True)
    ]
    return said + [""] * (height - len(said))


def _padded(lines: Sequence[Line], height: int) -> list[str]:
    """The code, with spaces that are kept at the start of a line."""
    said = [one.text.replace(" ", "\u00a0") for one in lines]
    return said + [""] * (height - len(said))


def _tags(height: int, colour: str = FUNCTION) -> go.Scatter:
    return _words_at(-1.3, height, colour, 14, "middle center")


def _code(height: int, size: float) -> go.Scatter:
    return _words_at(0, height, TEXT, size)


def _words_at(
    x: float, height: int, colour: str, size: float, place: str = "middle right"
) -> go.Scatter:
    font = {"size": size, "color": colour}
    if place != "middle center":
        font["family"] = MONO
    return scatter(
        x=[x] * height,
        y=[-row for row in range(height)],
        text=[""] * height,
        mode="text",
        textposition=place,
        textfont=font,
        cliponaxis=False,
    )


def _hidden(low: float, high: float) -> dict[str, object]:
    return {"visible": False, "fixedrange": True, "range": (low, high)}


TIMES_QUESTION = (
    f"{ASKED:,} examples of {FEATURES} features, one pass. How many times faster is it "
    "without loops than with two, on this server?"
)


def times_verdict() -> tuple[str, str]:
    """The right answer to the question about times, and why, as it was measured."""
    two, none = asked()
    return range_of(two / none), (
        f"When this server first ran them, two loops took {duration(two)} and none "
        f"{duration(none)}: {times(two / none)} times faster. Python went round its "
        f"loops {turns(two_loops, FEATURES, ASKED):,} times; without loops it makes a "
        "dozen calls."
    )


# ---- times ---------------------------------------------------------------------------

LOOKS: Mapping[str, Look] = {
    "two": Look("two loops", "Two loops", FUNCTION, "dash", "square"),
    "one": Look("one loop", "One loop", FAINT, "dot", "diamond"),
    "none": Look("no loop", "No loop", FUNCTION, "solid", "circle"),
}
SIZES: Mapping[str, tuple[int, ...]] = {"m": GROWING_M, "n_x": GROWING_N}


def times_chart(_count: int, along: str, heat: Heat) -> tuple[go.Figure, Sweep]:
    """Seconds for one pass over the examples, log-log, in the three forms."""
    return times_figure(along, heat.timings)


def times_figure(along: str, timings: Sequence[Timing]) -> tuple[go.Figure, Sweep]:
    """The same, from its parts."""
    sizes = SIZES[along]
    looks = {f"{along} {name}": look for name, look in LOOKS.items()}
    traces = [spread_bars(timings, looks)]
    traces += [line(timings, way, look) for way, look in looks.items()]
    traces += names(timings, looks)
    if median_of(timings, f"{along} none", sizes[-1]) is None:
        traces.append(not_yet(sizes[-1] / 12, 3e-4))
    first = len(traces)
    traces += at_one_size(list(LOOKS.values()))
    x = np.array(sizes, dtype=float)[:, None]
    medians = np.array(
        [[median_of(timings, way, size) or np.nan for way in looks] for size in sizes]
    )
    fixed = f"{FEATURES} features" if along == "m" else f"{EXAMPLES} examples"
    fig = figure(
        traces,
        height=400,
        margin={"l": 58, "r": 78, "t": 10, "b": 46},
        xaxis=axis(
            f"{along}, with {fixed}",
            (float(np.log10(sizes[0])), float(np.log10(sizes[-1]))),
            type="log",
            tickvals=sizes[::2],
            ticktext=[f"{size:,}" for size in sizes[::2]],
        ),
        yaxis=seconds_axis((-5.4, 0.6)),
    )
    return fig, Sweep(
        label=along,
        values=x[:, 0],
        shown=tuple(f"{size:,}" for size in sizes),
        moving={
            first: {"x": np.hstack([x, x]), "y": np.tile([1e-6, 10.0], (len(x), 1))},
            first + 1: {"x": np.hstack([x, x]), "y": medians[:, [0, 2]]},
            first + 2: {"x": np.repeat(x, 3, axis=1), "y": medians},
        },
        readout=tuple(
            Readout(look.short, _durations(medians[:, at]))
            for at, look in enumerate(LOOKS.values())
        ),
        says=tuple(
            _time_sentence(size, fixed, along, row)
            for size, row in zip(sizes, medians, strict=True)
        ),
        along_x=True,
    )


def _durations(seconds: Array) -> tuple[str, ...]:
    return tuple(duration(s) if np.isfinite(s) else "–" for s in seconds)


def _time_sentence(size: int, fixed: str, along: str, medians: Array) -> str:
    what = f"{size:,} {'examples' if along == 'm' else 'features'}"
    if size == 1:
        what = what.removesuffix("s")
    if not np.isfinite(medians[2]):
        return f"{what} have not been raced here yet: press Race."
    if not np.isfinite(medians[0]):
        return f"{what}: there was no time left for the two loops."
    ratio = medians[0] / medians[2]
    return f"{what}, {fixed}: without loops it is {times(ratio)} times faster."


TIMES_NOTICE = (
    "**What to notice.** Each line climbs at the rate of the loop that Python has to "
    "run: both forms with loops over m, but only the one with two loops over n_x, for "
    "with one loop a whole column is one call. Without loops a small pass costs little "
    "but the calls themselves. What stays is the loop over steps of gradient descent: "
    "each step needs the weights that the one before it made."
)

# ---- the numbers --------------------------------------------------------------------


def result_table(n_x: int, m: int) -> pd.DataFrame:
    """J, dw and db by the three forms, on the same examples."""
    given = examples(n_x, m)
    found = [form(*given) for form in FORMS.values()]
    columns = [_numbers(one) for one in found]
    labels = ("J", *(f"dw[{k}]" for k in range(min(n_x, 2))), "db")
    return pd.DataFrame(
        zip(labels, *columns, strict=True), columns=["", *TITLES.values()]
    )


def _numbers(found: Gradients) -> list[str]:
    values = (found.J, *found.dw[:2, 0], found.db)
    return [readable(float(value), 8) for value in values]


def agreement(n_x: int, m: int) -> str:
    """How far the seven forms are from one another, and what the last one learns."""
    X, Y, w, b = examples(n_x, m)
    _, _, J = descend(X, Y, w, b, ALPHA, STEPS + 1)
    most = largest_difference(n_x, m)
    far = readable(most, 2) if most else "0"
    return (
        f"**Same numbers.** {m} examples of {n_x} feature{'s' if n_x > 1 else ''}, the "
        f"seven forms: J, dw and db differ by {far} at most, and 10⁻¹² would still be "
        f"rounding. `descend` repeats the last form {STEPS} times with α = {ALPHA}: J "
        f"goes from {readable(J[0], 7)} to {readable(J[-1], 7)}."
    )


PRINTS = (
    ("J", "no_loop(X, Y, w, b).J"),
    ("dw", "no_loop(X, Y, w, b).dw"),
    ("db", "no_loop(X, Y, w, b).db"),
    ("J with two loops", "two_loops(X, Y, w, b).J"),
    ("J in the end", f"descend(X, Y, w, b, alpha, {STEPS + 1})[2][-1]"),
)


def script_values(n_x: int, m: int) -> dict[str, object]:
    """The page's examples by name."""
    X, Y, w, b = examples(n_x, m)
    return {"X": X, "Y": Y, "w": w, "b": b, "alpha": ALPHA}
