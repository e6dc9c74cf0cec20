"""The calorie table of the broadcasting page: sums, stretched sums, percentages."""

import html
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.colours import TEXT
from charts.grids import AGAIN, FILLS, STORED, Grid, Mask, Story, texts_of
from core.broadcasting import Shares, problems, shares, stretch
from core.rounding import latex, readable
from core.sweep import Sweep
from core.tables import as_numbers, calories
from core.types import Array

# A food a row, as it is edited: its name, then its numbers as they were typed.
Rows = tuple[tuple[str, ...], ...]

NUTRIENTS = calories().rows
COLUMNS = ("Food", *NUTRIENTS)
NOTES: Rows = tuple(
    (food, *(f"{number:g}" for number in column))
    for food, column in zip(calories().columns, calories().values.T, strict=True)
)
CASES: Mapping[str, Mapping[str, object]] = {
    "The notes' table": {"foods": NOTES, "axis": "0", "keepdims": False},
    "Water: a column of zeros": {
        "foods": (*NOTES, ("Water", "0", "0", "0")),
        "axis": "0",
        "keepdims": False,
    },
    # As many foods as nutrients: along the rows NumPy divides wrongly without a word.
    "Only three foods": {"foods": NOTES[:3], "axis": "1", "keepdims": False},
}

# Up to this many foods their names and numbers have room to breathe.
FEW = 6
UNIT = 26


def numbers_of(rows: Rows) -> Array:
    """A (3, n): a column for each food, NaN where a cell holds no usable number."""
    return as_numbers([row[1:] for row in rows]).T


def names_of(rows: Rows) -> list[str]:
    """A name for every food, also for one that has none yet."""
    return [row[0] or f"food {i + 1}" for i, row in enumerate(rows)]


def complaints(rows: Rows) -> str:
    """What there is to say about the cells, a line each."""
    cells = [list(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    found = problems(cells, names_of(rows), NUTRIENTS)
    return "\n".join(problem.sentence for problem in found)


def made_of(rows: Rows, axis: int, keepdims: bool) -> Shares:
    """The sums and the percentages, or NumPy's words why there are none."""
    return shares(numbers_of(rows), axis, keepdims)


# ---- step by step --------------------------------------------------------------


def percentage_steps(
    rows: Rows, axis: int, keepdims: bool, revealed: bool
) -> tuple[go.Figure, Sweep]:
    """The sums one by one, the sums stretched, and every division.

    revealed: whether the shape of the sums may be read.
    """
    A = numbers_of(rows)
    made = shares(A, axis, keepdims)
    grids, tops = _grids(A, made, axis, revealed)
    story = Story(grids)
    story.tell(
        f"A holds the calories in {_count(A.shape[1], 'food')}, from three nutrients. "
        f"Its shape is {A.shape}.",
        show={"A": True},
    )
    _tell_sums(story, A, made.total, rows, axis)
    shape = str(made.total.shape) if revealed else "?"
    if made.result is None:
        story.tell(
            _refusal(A, made.total)
            if revealed
            else "The division fails. Predict the shape of cal, and you will see why.",
            show={"stretched": True},
            mark={"A": _row(A.shape), "stretched": True},
        )
    else:
        _tell_stretch(story, made.total, made.result.shape, shape)
        _tell_divisions(story, A, made.total, made.result, rows)
        story.tell(_ending(made.result, made.total), mark={})
    few = len(rows) <= FEW
    width = max(size + grid.left for grid, size in _widths(grids))
    height = -tops["bottom"]
    return story.draw(
        width + (0.25 if axis else 0),
        height,
        UNIT,
        few=few,
        margin={"l": 64},
        xaxis={
            "showticklabels": True,
            "tickvals": np.arange(len(rows)) + 0.5,
            "ticktext": [label(name, 12 if few else 7) for name in names_of(rows)],
            "anchor": "free",
            "position": 1 + tops["A"] / height,
            "side": "top",
            "ticklabelstandoff": 3,
            "tickfont": {"size": 14 if few else 12, "color": TEXT},
        },
        yaxis={
            "showticklabels": True,
            **_row_labels(tops, axis),
            "ticklabelstandoff": 6,
            "tickfont": {"size": 14, "color": TEXT},
        },
    )


def _grids(
    A: Array, made: Shares, axis: int, revealed: bool
) -> tuple[dict[str, Grid], dict[str, float]]:
    """Where everything stands, and the y of each upper edge."""
    rows, columns = A.shape
    names = 1.0 if columns <= FEW else 2.2
    tops = {"A": -1.1 - names}
    shape = str(made.total.shape) if revealed else "?"
    below = tops["A"] - rows
    if axis == 0:
        tops["cal"] = below - 1.4
        drawn = Grid(made.total.reshape(1, -1), 0, tops["cal"], f"cal   {shape}")
        below = tops["cal"] - 1
    else:
        title = f"cal   {shape}" if columns <= FEW else "cal"
        drawn = Grid(made.total.reshape(-1, 1), columns + 0.35, tops["A"], title)
    grids = {
        "A": Grid(A, 0, tops["A"], f"A   {A.shape}", title_up=names + 0.5),
        "cal": drawn,
    }
    tops["stretched"] = below - 1.4
    if made.result is None:
        row = made.total.reshape(1, -1)
        title = f"cal   {shape}, lined up from the right"
        grids["stretched"] = Grid(row, 0, tops["stretched"], title)
        return grids, {**tops, "bottom": tops["stretched"] - 1.3}
    seen = stretch(made.total, made.result.shape).values
    title = f"cal, seen as {made.result.shape}"
    grids["stretched"] = Grid(seen, 0, tops["stretched"], title, AGAIN, True)
    tops["result"] = tops["stretched"] - seen.shape[0] - 1.4
    grids["result"] = Grid(
        made.result,
        0,
        tops["result"],
        f"percentage = 100 * A / cal   {made.result.shape}",
        _heat(made.result),
    )
    return grids, {**tops, "bottom": tops["result"] - len(made.result) - 0.1}


def _heat(percentage: Array) -> NDArray[np.int64]:
    """How strongly each share is filled: the more of 100, the stronger."""
    levels = len(FILLS) - STORED
    share = np.clip(np.nan_to_num(percentage), 0, 99.9) / 100
    return (STORED + share * levels).astype(np.int64)


def _widths(grids: dict[str, Grid]) -> list[tuple[Grid, int]]:
    return [(grid, grid.values.shape[-1]) for grid in grids.values()]


def _row_labels(tops: dict[str, float], axis: int) -> dict[str, list[object]]:
    """The nutrients beside A and beside the result, "sum" beside the sums."""
    places = [tops["A"] - i - 0.5 for i in range(3)]
    texts = list(NUTRIENTS)
    if "result" in tops:
        places += [tops["result"] - i - 0.5 for i in range(3)]
        texts += NUTRIENTS
    if axis == 0:
        places.append(tops["cal"] - 0.5)
        texts.append("sum")
    return {"tickvals": list(places), "ticktext": list(texts)}


def _tell_sums(story: Story, A: Array, total: Array, rows: Rows, axis: int) -> None:
    """One sum a frame, with the numbers that go into it."""
    labels = names_of(rows) if axis == 0 else NUTRIENTS
    for i, (label, value) in enumerate(zip(labels, total.ravel(), strict=True)):
        line = np.zeros(A.shape, dtype=bool)
        line[(slice(None), i) if axis == 0 else (i, slice(None))] = True
        there = np.zeros(total.size, dtype=bool)
        there[i] = True
        there = there.reshape(story.grids["cal"].values.shape)
        story.tell(
            f"{label}: {_addition(A[line], float(value))}",
            show={"cal": there},
            mark={"A": line, "cal": there},
        )


def _addition(numbers: Array, value: float) -> str:
    if not np.isfinite(value):
        return "no sum, because a cell holds no number."
    terms = texts_of(numbers.tolist())
    if len(terms) > FEW:
        terms = [*terms[:3], "…", terms[-1]]
    return f"{' + '.join(terms)} = {readable(value)}."


def _tell_stretch(
    story: Story, total: Array, shape: tuple[int, ...], called: str
) -> None:
    """The sums as the division sees them: first in place, then again and again."""
    seen = stretch(total, shape)
    first = np.zeros(shape, dtype=bool)
    first[tuple(0 if i in seen.repeated else slice(None) for i in range(2))] = True
    words = f"cal, of shape {called}, stands" if called != "?" else "cal stands"
    story.tell(
        f"For the division {words} under A, lined up from the right.",
        show={"stretched": first},
        mark={"stretched": first},
    )
    if not first.all():
        times = shape[seen.repeated[0]]
        what = "row" if seen.repeated[0] == 0 else "column"
        story.tell(
            f"The same {_count(total.size, 'number')} for all {times} {what}s. "
            f"Nothing is copied: to the next {what} NumPy moves 0 bytes on.",
            show={"stretched": True},
            mark={"stretched": ~first},
        )


def _tell_divisions(
    story: Story, A: Array, total: Array, result: Array, rows: Rows
) -> None:
    """One percentage a frame, in the order in which NumPy's memory holds them."""
    used = np.broadcast_to(total, result.shape)
    source = np.broadcast_to(np.arange(A.size).reshape(A.shape), result.shape)
    names = names_of(rows)
    for i, j in np.ndindex(result.shape):
        here = np.zeros(result.shape, dtype=bool)
        here[i, j] = True
        at = source[i, j]
        a, cal = readable(float(A.ravel()[at])), readable(float(used[i, j]))
        value = float(result[i, j])
        part = f"{NUTRIENTS[at // A.shape[1]]} of {names[at % A.shape[1]]}"
        story.tell(
            f"{part}: 100 × {a} / {cal} = {readable(value)} %."
            if np.isfinite(value)
            else f"{part}: there is no percentage of a sum that is "
            f"{'0' if used[i, j] == 0 else 'not defined'}.",
            show={"result": here},
            mark={
                "A": (np.arange(A.size) == at).reshape(A.shape),
                "stretched": here,
                "result": here,
            },
        )


def _refusal(A: Array, total: Array) -> str:
    """Why sums of rows do not fit under the table."""
    foods, sums = A.shape[-1], total.shape[-1]
    under = (
        f"the {sums} sums come under the first {sums} foods"
        if foods > sums
        else f"of {sums} sums only {foods} come under a food"
    )
    return f"From the right, {foods} over {sums}: {under}. NumPy refuses."


def _ending(result: Array, total: Array) -> str:
    """What the whole table of percentages adds up to."""
    stored = f"{_count(result.size, 'division')}, {_count(total.size, 'stored sum')}."
    for axis, line in enumerate(("column", "row")):
        sums = result.sum(axis=axis)
        if np.isfinite(sums).any() and np.allclose(sums[np.isfinite(sums)], 100):
            return f"Each {line} adds up to 100 %: {stored}"
    if not np.isfinite(result).any():
        return "No column of numbers that adds up: no percentages."
    return f"Neither rows nor columns add up to 100 %, and nothing complained. {stored}"


def _row(shape: tuple[int, ...]) -> Mask:
    first = np.zeros(shape, dtype=bool)
    first[0] = True
    return first


# ---- words, formula, table -----------------------------------------------------


def share_formula(rows: Rows, axis: int, keepdims: bool, revealed: bool) -> str:
    """The division with the shape of each part under it, and with the numbers in.

    Markdown in which every matrix is a formula of its own: on a narrow screen the
    next one comes below.
    """
    A = numbers_of(rows)
    made = shares(A, axis, keepdims)
    of_result = "error" if made.result is None else made.result.shape
    of_total = made.total.shape if revealed else "?"
    symbols = (
        rf"$\underbrace{{\textit{{percentage}}}}_{{{_set(of_result)}}} = 100 \cdot "
        rf"\underbrace{{A}}_{{{_set(A.shape)}}} \;/\; "
        rf"\underbrace{{\textit{{cal}}}}_{{{_set(of_total)}}}$"
    )
    if made.result is None or len(rows) > FEW:
        return symbols
    total = made.total.reshape(1, -1) if made.total.ndim == 1 else made.total
    result, table, sums = _matrix(made.result, 3), _matrix(A, 4), _matrix(total, 4)
    size = r"\footnotesize " if len(rows) > len(NOTES) else ""
    apart = (
        size + r"\rule[-1.7em]{0em}{3.7em}"
    )  # so that two matrices in lines do not touch
    # In braces, or KaTeX would break after the dot.
    return (
        f"{symbols}\n\n${apart} {result}$ "
        rf"${{{apart} = 100 \cdot {table}}}$ ${{{size}/\; {sums}}}$"
    )


def _set(shape: object) -> str:
    words = str(shape)
    return rf"\text{{{words}}}" if words == "error" else words.replace(" ", r"\,")


def _matrix(values: Array, digits: int) -> str:
    def cell(value: float) -> str:
        return latex(value, digits) if np.isfinite(value) else r"\text{–}"

    rows = [" & ".join(cell(float(v)) for v in row) for row in values]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


def shape_table(rows: Rows, axis: int, keepdims: bool, revealed: bool) -> pd.DataFrame:
    """Every array of the page, what it is, and its shape."""
    A = numbers_of(rows)
    made = shares(A, axis, keepdims)
    each = "food" if axis == 0 else "nutrient"
    shape = unbroken(made.total.shape) if revealed else "?"
    lines = [
        ("A", f"3 nutrients by {_count(len(rows), 'food')}", unbroken(A.shape)),
        (_call(axis, keepdims), f"one sum for each {each}", shape),
    ]
    if made.result is None:
        lines.append(("100 * A / cal", "NumPy refuses", "error"))
        return pd.DataFrame(lines, columns=["", "what it is", "shape"])
    seen = stretch(made.total, made.result.shape)
    lines += [
        (
            "cal, stretched",
            f"the same sums; strides {unbroken(seen.strides)} bytes",
            unbroken(seen.values.shape),
        ),
        ("100 * A / cal", "the percentages", unbroken(made.result.shape)),
    ]
    return pd.DataFrame(lines, columns=["", "what it is", "shape"])


def _call(axis: int, keepdims: bool) -> str:
    return f"A.sum(axis={axis}{', keepdims=True' if keepdims else ''})"


def sum_question(
    rows: Rows, axis: int, keepdims: bool
) -> tuple[str, tuple[int, ...], str]:
    """What to predict of the learner's table: question, shape, explanation."""
    A = numbers_of(rows)
    shape = shares(A, axis, keepdims).total.shape
    call = _call(axis, keepdims)
    question = f"A has shape `{unbroken(A.shape)}`. What is the shape of `{call}`?"
    parts = (_count(len(NUTRIENTS), "row"), _count(len(rows), "food"))
    walked, kept = parts[axis], parts[1 - axis]
    are, their = ("is", "its") if walked.startswith("1 ") else ("are", "their")
    if keepdims:
        why = f"The {walked} {are} added up, and {their} axis stays, with length 1."
    else:
        why = (
            f"The {walked} {are} added up and {their} axis is gone. One axis is left, "
            f"the {kept}: neither a row nor a column."
        )
    return question, shape, why


def notice(rows: Rows, axis: int, keepdims: bool, revealed: bool) -> str:
    """What to notice about the shape of these sums, once it may be known."""
    if not revealed:
        return (
            "**What to notice.** The division needs a sum for every number of A, and "
            "there are fewer sums than numbers. Press play and watch where NumPy takes "
            "them from: the grey ones are the same sums, seen again."
        )
    A = numbers_of(rows)
    made = shares(A, axis, keepdims)
    total, plain = made.total.shape, shares(A, axis, False).total.shape
    kept = shares(A, axis, True).total.shape
    start = "**What to notice.** "
    if keepdims:
        return start + (
            f"`keepdims=True` leaves an axis of length 1 where the sum has been: "
            f"`{kept}` instead of `{plain}`. That 1 is what NumPy stretches, "
            f"{'down the rows' if axis == 0 else 'along the columns'}. With it, "
            "axis=0 and axis=1 both divide the way they were summed."
        )
    if axis == 0:
        return start + (
            f"Why `{plain}` and not `{kept}`? The sum runs down axis 0, and that axis "
            "is used up; only the foods are left. NumPy lines shapes up from the right "
            "and takes an axis that is missing on the left for a 1. That is why the "
            "division works, and why it works with `keepdims=True` just the same."
        )
    if made.result is None:
        return start + (
            f"The sums of the rows have shape `{total}`. Lined up from the right, they "
            "lie under the foods, not beside the nutrients, and the lengths differ. "
            f"Turn on keepdims: a `{kept}` stands beside the rows, and its 1 stretches."
        )
    if made.result.shape == A.shape:
        return start + (
            "With as many foods as nutrients nothing fails, and everything is wrong: "
            f"the sums of the rows, `{total}`, are lined up from the right and divide "
            "the columns. Add a food and NumPy would have told you. keepdims=True is "
            "right for any number of foods."
        )
    return start + (
        f"One food is a column, `{A.shape}`. Against `{total}` both are stretched, to "
        f"`{made.result.shape}`: every number is divided by every sum. Nobody meant "
        "that, and nothing complains. keepdims=True would have kept the shape."
    )


def unbroken(shape: tuple[int, ...]) -> str:
    """A shape that stays on one line."""
    return str(shape).replace(" ", "\N{NO-BREAK SPACE}")


def label(name: str, longest: int) -> str:
    """A name for a figure: short, and with nothing that Plotly takes for a tag."""
    short = name if len(name) <= longest else f"{name[: longest - 1]}…"
    return html.escape(short, quote=False)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
