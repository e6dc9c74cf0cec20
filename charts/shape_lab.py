"""The shape lab: two shapes lined up from the right, stretched, and combined."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.broadcasting import unbroken
from charts.colours import PARAMETER
from charts.formulas import coloured
from charts.grids import AGAIN, STORED, Grid, Story, size_of
from core.broadcasting import (
    PRESETS,
    Axis,
    Shape,
    ShapeLab,
    Stretch,
    parse_shape,
    shape_lab,
)
from core.rounding import readable
from core.sweep import Sweep
from core.types import Array

SIGNS: Mapping[str, str] = {"+": "+", "-": "−", "*": "×", "/": "/"}
# Larger results are described in words, not drawn.
WIDEST, HIGHEST = 16.0, 13.0
# Cells of small arrays would be as wide as the page.
NARROWEST = 5.0
# Cells that are combined one a frame; more are combined in so many frames.
ONE_BY_ONE = 24

CASES: Mapping[str, Mapping[str, object]] = {
    p.name: {"a": str(p.shape_a), "op": p.operator, "b": str(p.shape_b)}
    for p in PRESETS
}
TRAP = ((4,), "+", (4, 1))
INSTEAD = ((5, 1), "*", (1, 3))


def lab_of(text_a: str, operator: str, text_b: str) -> ShapeLab:
    """What NumPy makes of the two shapes that were typed."""
    return shape_lab(parse_shape(text_a), parse_shape(text_b), operator)


def fits(shape: Shape | None) -> bool:
    """Whether an array of this shape can be drawn."""
    if shape is None or math.prod(shape) > 1000:
        return False
    width, height = size_of(shape)
    return width <= WIDEST and height <= HIGHEST


# ---- the figure ----------------------------------------------------------------


def stretching(text_a: str, operator: str, text_b: str) -> tuple[go.Figure, Sweep]:
    """Both arrays as they are, then stretched axis by axis, then combined."""
    lab = lab_of(text_a, operator, text_b)
    if lab.result is None or not fits(lab.result_shape):
        return _decided_only(lab)
    assert lab.stretched_a is not None
    assert lab.stretched_b is not None
    both = {"a": lab.stretched_a, "b": lab.stretched_b}
    grids = _grids(lab, lab.stretched_a.values, lab.stretched_b.values, lab.result)
    story = Story(grids)
    seen = {name: _original(stretch) for name, stretch in both.items()}
    story.tell(_opening(lab), show=seen)
    for back, axis in enumerate(reversed(lab.axes), start=1):
        dimension = len(lab.axes) - back
        before = dict(seen)
        for name, stretch in both.items():
            if dimension in stretch.repeated:
                seen[name] = _filled(seen[name], dimension)
        new = {name: seen[name] & ~before[name] for name in seen}
        marks = new if any(m.any() for m in new.values()) else _along(both, dimension)
        story.tell(_decision(axis, back), show=new, mark=marks)
    _combine(story, lab, lab.result)
    story.tell(_ending(lab))
    return _drawn(story)


def _grids(lab: ShapeLab, a: Array, b: Array, result: Array | None) -> dict[str, Grid]:
    """a over b over the result, so that equal places stand under each other."""
    sign = SIGNS[lab.operator]
    parts = {
        "a": (a, f"a   {lab.shape_a}{_undrawn(lab.a)}"),
        "b": (b, f"{sign} b   {lab.shape_b}{_undrawn(lab.b)}"),
    }
    if result is not None:
        parts["result"] = (result, f"=   {lab.result_shape}")
    views = {"a": lab.stretched_a, "b": lab.stretched_b}
    grids, top = {}, -1.0
    for name, (values, title) in parts.items():
        stretch = views.get(name) if result is not None else None
        grey = ~_original(stretch) if stretch else np.zeros(values.shape, dtype=bool)
        fill = np.where(grey, AGAIN, STORED)
        grids[name] = Grid(values, 0, top, title, fill, grey)
        top -= size_of(values.shape)[1] + 1.25
    return grids


def _decided_only(lab: ShapeLab) -> tuple[go.Figure, Sweep]:
    """The two arrays as they are, and the decisions, as far as there are any."""
    drawn = {
        name: array if fits(array.shape) else np.array(np.nan)
        for name, array in (("a", lab.a), ("b", lab.b))
    }
    story = Story(_grids(lab, drawn["a"], drawn["b"], None))
    story.tell(_opening(lab), show={"a": True, "b": True})
    for back, axis in enumerate(reversed(lab.axes), start=1):
        marks = {
            name: _first_line(array, back)
            for name, array in drawn.items()
            if back <= array.ndim
        }
        story.tell(_decision(axis, back), mark=marks)
        if axis.result is None:
            return _drawn(story)
    story.tell(_ending(lab))
    return _drawn(story)


def _undrawn(array: Array) -> str:
    return "" if fits(array.shape) else f", {array.size} numbers, too many to draw"


def _drawn(story: Story) -> tuple[go.Figure, Sweep]:
    sizes = [(grid, size_of(grid.values.shape)) for grid in story.grids.values()]
    width = max(size[0] for _, size in sizes)
    height = max(size[1] - grid.top for grid, size in sizes) + 0.1
    return story.draw(max(width, NARROWEST), height, 28 if height < 16 else 22)


def _original(stretch: Stretch) -> NDArray[np.bool_]:
    """The places of a stretched array that hold its own numbers."""
    own = np.zeros(stretch.values.shape, dtype=bool)
    axes = range(own.ndim)
    own[tuple(0 if i in stretch.repeated else slice(None) for i in axes)] = True
    return own


def _filled(seen: NDArray[np.bool_], dimension: int) -> NDArray[np.bool_]:
    """The same places, repeated along one dimension."""
    return np.broadcast_to(seen.any(axis=dimension, keepdims=True), seen.shape).copy()


def _along(both: dict[str, Stretch], dimension: int) -> dict[str, NDArray[np.bool_]]:
    """The first line along one dimension, in both arrays."""
    return {
        name: _first_line(stretch.values, stretch.values.ndim - dimension)
        & _original(stretch)
        for name, stretch in both.items()
    }


def _first_line(array: Array, back: int) -> NDArray[np.bool_]:
    """The places along one axis, counted from the right, all other indices 0."""
    line = np.zeros(array.shape, dtype=bool)
    dimension = array.ndim - back
    line[tuple(slice(None) if i == dimension else 0 for i in range(array.ndim))] = True
    return line


def _combine(story: Story, lab: ShapeLab, result: Array) -> None:
    """The numbers of the result, one a frame or a few."""
    each = math.ceil(result.size / ONE_BY_ONE)
    for first in range(0, result.size, each):
        order = np.arange(result.size).reshape(result.shape)
        here = (order >= first) & (order < first + each)
        story.tell(
            _combination(lab, result, first, each),
            show={"result": here},
            mark={"a": here, "b": here, "result": here},
        )


# ---- words ---------------------------------------------------------------------


def _opening(lab: ShapeLab) -> str:
    if not lab.axes:
        return "Two single numbers: no axes, nothing to line up."
    return (
        f"a has shape {lab.shape_a}, b has {lab.shape_b}. "
        "NumPy compares them axis by axis, from the right."
    )


def _decision(axis: Axis, back: int) -> str:
    """One pair of lengths, and what comes of it, in a sentence."""
    which = ("Last axis", "Second from the right", "Third from the right", "Fourth")[
        back - 1
    ]
    if axis.result is None:
        return f"{which}: {axis.a} and {axis.b}, and neither is 1. NumPy refuses."
    if axis.a is None or axis.b is None:
        short, length = ("a", axis.b) if axis.a is None else ("b", axis.a)
        seen = f"and is seen {length} times" if length != 1 else "as the other has"
        return f"{which}: {short} has none. It counts as 1, {seen}."
    if axis.a == axis.b:
        return f"{which}: {axis.a} and {axis.b}, equal. Nothing to do."
    name = "a" if axis.a != axis.result else "b"
    return (
        f"{which}: {axis.a} and {axis.b}. The 1 stretches: "
        f"{name} is seen {axis.result} times."
    )


def _combination(lab: ShapeLab, result: Array, first: int, each: int) -> str:
    if each > 1:
        last = min(first + each, result.size)
        return f"Numbers {first + 1} to {last} of {result.size}."
    at = np.unravel_index(first, result.shape)
    assert lab.stretched_a is not None
    assert lab.stretched_b is not None
    a, b = lab.stretched_a.values[at], lab.stretched_b.values[at]
    index = ", ".join(str(int(i)) for i in at)
    where = f"[{index}]: " if index else ""
    sum_ = f"{readable(float(a))} {SIGNS[lab.operator]} {readable(float(b))}"
    return f"{where}{sum_} = {readable(float(result[at]))}"


def _ending(lab: ShapeLab) -> str:
    assert lab.result_shape is not None
    size = math.prod(lab.result_shape)
    stored = f"{lab.a.size} and {lab.b.size}"
    many = f"{size:,} numbers" if size != 1 else "One number"
    if not fits(lab.result_shape):
        return f"{many} from {stored}, too many to draw. NumPy makes them without fuss."
    stretched = [v for v in (lab.stretched_a, lab.stretched_b) if v and v.repeated]
    grey = " Grey numbers are seen again, not stored again." if stretched else ""
    return f"{many} from {stored}.{grey}"


def aligned(lab: ShapeLab) -> str:
    """The shapes under each other from the right; what stretches is marked."""
    rows = [
        _shape_row("a", [axis.a for axis in lab.axes], lab),
        _shape_row("b", [axis.b for axis in lab.axes], lab),
    ]
    results = [
        r"\text{?}" if axis.result is None else str(axis.result) for axis in lab.axes
    ]
    last = r"\text{result} & " + " & ".join(results or ["()"])
    columns = "l|" + "c" * max(len(lab.axes), 1)
    body = r" \\ ".join(rows) + r" \\ \hline " + last
    return rf"\begin{{array}}{{{columns}}} {body} \end{{array}}"


def _shape_row(name: str, lengths: list[int | None], lab: ShapeLab) -> str:
    cells = []
    for length, axis in zip(lengths, lab.axes, strict=True):
        if length is None:
            cells.append(coloured(r"\cdot", PARAMETER))
        elif axis.result is not None and length != axis.result:
            cells.append(coloured(rf"\mathbf{{{length}}}", PARAMETER))
        else:
            cells.append(str(length))
    return f"{name} & " + " & ".join(cells or ["()"])


def decision_table(lab: ShapeLab) -> pd.DataFrame:
    """What NumPy decides, axis by axis from the right."""
    rows = [
        (
            str(-back),
            _length(axis.a),
            _length(axis.b),
            axis.decision,
            _length(axis.result),
        )
        for back, axis in enumerate(reversed(lab.axes), start=1)
    ]
    return pd.DataFrame(rows, columns=["axis", "a", "b", "decision", "result"])


def _length(length: int | None) -> str:
    return "–" if length is None else str(length)


def memory_table(lab: ShapeLab) -> pd.DataFrame:
    """Shape and strides of both arrays, as they are and as they are seen."""
    rows = []
    for name, array, stretch in (
        ("a", lab.a, lab.stretched_a),
        ("b", lab.b, lab.stretched_b),
    ):
        rows.append((name, str(array.shape), str(array.strides), f"{array.nbytes:,}"))
        if stretch is not None and stretch.repeated:
            rows.append(
                (
                    f"{name}, stretched",
                    str(stretch.values.shape),
                    str(stretch.strides),
                    "0 more",
                )
            )
    return pd.DataFrame(rows, columns=["", "shape", "strides", "bytes of numbers"])


def memory_words(lab: ShapeLab) -> str:
    """Why a stride of 0 means that nothing is copied."""
    if lab.result is None:
        return "NumPy refuses, so nothing is stretched."
    views = [("a", lab.stretched_a), ("b", lab.stretched_b)]
    stretched = [name for name, view in views if view is not None and view.repeated]
    if not stretched:
        return "Neither array is stretched, so each number is used once."
    return (
        "A stride is how many bytes NumPy walks to the next number along an axis. "
        f"Where {' and '.join(stretched)} {'is' if len(stretched) == 1 else 'are'} "
        "stretched it is **0**: NumPy stays where it is and reads the same number "
        "again. Nothing is copied."
    )


def lesson(lab: ShapeLab) -> str:
    """What to notice: the lesson of a preset, or what has happened."""
    for preset in PRESETS:
        if (preset.shape_a, preset.operator, preset.shape_b) == _asked(lab):
            return f"**What to notice.** {preset.lesson}"
    if lab.result_shape is None:
        return (
            "**What to notice.** An axis fits if the two lengths are equal or one of "
            "them is 1. NumPy checks from the right and refuses at the first pair that "
            "is neither."
        )
    size = math.prod(lab.result_shape)
    if size > max(lab.a.size, lab.b.size):
        return (
            f"**What to notice.** Both arrays stretch, and {size:,} numbers come out "
            f"of {lab.a.size} and {lab.b.size}. If you did not want every pair, this "
            "is a bug that NumPy will not report."
        )
    return (
        "**What to notice.** An axis fits if the two lengths are equal or one of them "
        "is 1; an axis that is missing on the left counts as 1."
    )


def _asked(lab: ShapeLab) -> tuple[Shape, str, Shape]:
    return lab.shape_a, lab.operator, lab.shape_b


def shape_question(lab: ShapeLab) -> tuple[str, Shape, str]:
    """What to predict, of shapes that are not on the screen."""
    shape_a, operator, shape_b = INSTEAD if _asked(lab) == TRAP else TRAP
    asked = shape_lab(shape_a, shape_b, operator)
    assert asked.result_shape is not None
    both = f"`{unbroken(shape_a)}` {SIGNS[operator]} `{unbroken(shape_b)}`"
    question = f"What is the shape of {both}?"
    parts = [
        f"{'nothing' if axis.a is None else axis.a} over "
        f"{'nothing' if axis.b is None else axis.b} gives {axis.result}"
        for axis in reversed(asked.axes)
    ]
    size = math.prod(asked.result_shape)
    why = (
        f"Lined up from the right: {', then '.join(parts)}. "
        f"{size} numbers out of {asked.a.size} and {asked.b.size}, without a word."
    )
    return question, asked.result_shape, why


def script_values(lab: ShapeLab) -> dict[str, object]:
    """The inputs of the shape lab, for the take-home script."""
    shapes = {"shape_a": lab.shape_a, "shape_b": lab.shape_b}
    return {**shapes, "operator": lab.operator}


SCRIPT_PRINTS = (
    ("shape of the result", "shape_lab(shape_a, shape_b, operator).result_shape"),
    ("numbers of a", "shape_lab(shape_a, shape_b, operator).a"),
    ("numbers of b", "shape_lab(shape_a, shape_b, operator).b"),
    ("result", "shape_lab(shape_a, shape_b, operator).result"),
    ("error", "shape_lab(shape_a, shape_b, operator).error"),
)
