"""Three shapes of the same numbers, what each expression makes of them, a free line."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.arrays import CELL, Block, blocks, hidden_axis, rows_and_columns, still
from charts.base import figure, scatter
from charts.colours import FAINT, TEXT
from core.numpy_box import evaluate
from core.rank_one import (
    FIXES,
    OPERATIONS,
    attempt,
    in_three_shapes,
    vectors_around,
)
from core.rounding import readable
from core.sweep import Sweep
from core.types import Array

# The three shapes of the page, by their name in the address.
KINDS: Mapping[str, str] = {
    "rank_one": "(5,)",
    "column": "(5, 1)",
    "row": "(1, 5)",
}
EXPRESSIONS: Mapping[str, str] = {
    "dot": "np.dot(a, a.T)",
    "T": "a.T",
    "dot_T": "np.dot(a.T, a)",
    "dot_a": "np.dot(a, a)",
    "outer": "np.outer(a, a)",
    "times": "a * a.T",
    "plus": "a + a.T",
    "sum": "a.sum()",
    "sum_0": "a.sum(axis=0)",
    "keepdims": "a.sum(axis=0, keepdims=True)",
}
START = 2.0
X = np.round(np.arange(-30, 31) / 10, 1)

# Where things stand in the figure of three shapes, in cells.
RESULT_LEFT = 6.6
WIDTH = 11.6
# In pixels, so that the slider stays on the first screen.
TALLEST = 530


BRACKETS = (
    "The brackets are those that NumPy prints: one pair for each axis. "
    "What has a frame follows x."
)
NOTICE = (
    "**What to notice.** An array of shape `(5,)` has one axis: nothing to transpose, "
    "and nothing that says row or column. With two axes the same line of code tells "
    "them apart. Rank here means the number of axes, `a.ndim`, not the rank of a "
    "matrix."
)
FIX_NOTICE = (
    "`a.reshape(5, 1)` alone leaves `a` as it is: assign what it returns. `assert` "
    "repairs nothing, but it stops at the line where the shape went wrong, instead of "
    "giving you a cost that is wrong a thousand lines later."
)
ALLOWED = (
    "Allowed: `a`, `b`, numbers, `+ - * / @ **`, `.T`, `.shape`, `.reshape(…)`, "
    "`.sum(…)`, `.dot(…)`, `[…]` with `None`, `:` and whole numbers, `np.dot`, "
    "`np.outer`, `np.sum(…, axis=…, keepdims=…)`."
)


# ---- three shapes, one expression ---------------------------------------------


def three_shapes(
    key: str, seed: int, revealed: tuple[bool, ...]
) -> tuple[go.Figure, Sweep]:
    """Each shape of a, and what one expression makes of it, while x is dragged.

    revealed: for each of KINDS, whether its result may be seen.
    """
    expression = EXPRESSIONS[key]
    arrays = [vectors_around(float(x), seed) for x in X]
    drawn: list[Block] = []
    notes: list[tuple[float, float, str]] = []
    said: list[list[str]] = []
    top = -1.9
    for kind, seen in zip(KINDS, revealed, strict=True):
        frames = np.stack([getattr(three, kind) for three in arrays])
        results = [attempt(expression, one) for one in frames] if seen else []
        values = [r.value for r in results if r.value is not None]
        refused = results[0].error if results else None
        rows = rows_and_columns(frames.shape[1:])[0]
        tall = rows_and_columns(values[0].shape)[0] if values else 1
        height = max(rows, 2.4 if refused else tall)
        middle = top - height / 2
        title = f"a of shape <b>{KINDS[kind]}</b>"
        drawn.append(Block(frames, 0, middle + rows / 2, title))
        notes.append((5.75, middle, "→"))
        if values:
            made = np.stack(values)
            title = f"shape <b>{results[0].shape}</b>"
            drawn.append(Block(made, RESULT_LEFT, middle + tall / 2, title))
            said.append(_gives(KINDS[kind], made))
        elif refused:
            notes.append((RESULT_LEFT + 2.5, middle, _wrapped(refused)))
            said.append([f"{KINDS[kind]} stops with an error"] * len(X))
        else:
            notes.append((RESULT_LEFT + 2.5, middle, "<b>?</b>"))
        top -= height + 1.6
    bottom = top + 1.2
    traces, moving, maps = blocks(drawn)
    traces += [_words(notes), _heading(expression)]
    fig = figure(
        traces,
        height=int(min(-bottom * CELL, TALLEST)),
        margin={"l": 4, "r": 4, "t": 0, "b": 0},
        xaxis=hidden_axis(-0.6, WIDTH + 0.4),
        yaxis=hidden_axis(bottom, 0),
    )
    sweep = Sweep(
        label="x",
        values=X,
        shown=tuple(readable(float(x)) for x in X),
        moving=moving,
        maps=maps,
        says=tuple(
            _sentence(float(x), expression, [each[i] for each in said])
            for i, x in enumerate(X)
        ),
    )
    return fig, sweep


def _gives(shape: str, values: Array) -> list[str]:
    """What comes out of one shape, frame by frame, in a few words."""
    size = int(np.prod(values.shape[1:]))
    if values.ndim == 1:
        return [f"{shape} gives the number {readable(float(v))}" for v in values]
    if size == 1:
        brackets = values.ndim - 1
        return [
            f"{shape} gives {'[' * brackets}{readable(float(v))}{']' * brackets}"
            for v in values.ravel()
        ]
    moved = int(np.any(values != values[:1], axis=0).sum())
    follow = f"{moved} of them follow{'s' if moved == 1 else ''} x"
    return [f"{shape} gives {size} numbers, {follow}"] * len(values)


def _sentence(x: float, expression: str, parts: Sequence[str]) -> str:
    if not parts:
        return (
            f"x = {readable(x)} is the third number of each a. "
            f"What will {expression} make of it?"
        )
    return f"x = {readable(x)}: {'; '.join(parts)}."


def why(key: str, kind: str, seed: int) -> str:
    """Why this shape comes out, with the learner's own numbers."""
    a = getattr(vectors_around(1.0, seed), kind)
    flat = kind == "rank_one"
    if key in {"dot", "dot_T", "dot_a"}:
        return _why_dot(key, a)
    if key == "T":
        return (
            "One axis has no other to change places with: a.T is a itself."
            if flat
            else "The two axes change places."
        )
    if key == "outer":
        return (
            "np.outer strings out both first, whatever their shapes: "
            "each number meets each, 25 products."
        )
    if key in {"times", "plus"}:
        return (
            "a.T is a itself, so each number meets only itself."
            if flat
            else f"{a.shape} and {a.T.shape} are both stretched to (5, 5): "
            "each number meets each."
        )
    if key == "sum":
        return f"All axes are summed away: {_terms(a, '{}')} is a single number."
    if key == "sum_0":
        return {
            "rank_one": f"The only axis is summed away: {_terms(a, '{}')}.",
            "column": "Axis 0, the 5 rows, goes. The axis of length 1 stays.",
            "row": "Axis 0 has length 1 and goes. The 5 columns stay, now as rank 1.",
        }[kind]
    return "The summed axis stays, with length 1: no axis is lost."


def _why_dot(key: str, a: Array) -> str:
    if a.ndim == 1:
        total = _terms(a, "{}²")
        return f"Each number times its partner, all added: {total}, a single number."
    first = a.T if key == "dot_T" else a
    second = a.T if key == "dot" else a
    (p, q), (r, s) = first.shape, second.shape
    if q != r:
        return (
            f"({p}, {q}) times ({r}, {s}): the inner {q} and {r} would have to agree."
        )
    return (
        f"({p}, {q}) times ({r}, {s}): the inner {q} is summed away, "
        f"the outer {p} and {s} stay."
    )


def _terms(a: Array, write: str) -> str:
    """The numbers of a, added: 3² + 1² + x² + (−2)² + (−2)²."""
    texts = [f"({readable(v)})" if v < 0 else readable(v) for v in a.ravel().tolist()]
    texts[2] = "x"
    return " + ".join(write.format(text) for text in texts)


def question(key: str, kind: str) -> tuple[str, Mapping[str, str]]:
    """What to ask about one kind of a, and what to choose from; {} asks for a shape."""
    asked = f"`a` has shape `{KINDS[kind]}`. What is the shape of `{EXPRESSIONS[key]}`?"
    if can_fail(key):
        return asked, outcomes(key)
    if kind == "rank_one":
        asked += " (A single number has the shape `()`.)"
    return asked, {}


def outcome(key: str, kind: str) -> tuple[int, ...] | None:
    """The shape that NumPy gives, or None where it refuses."""
    return attempt(EXPRESSIONS[key], getattr(vectors_around(1.0), kind)).shape


def can_fail(key: str) -> bool:
    """Whether NumPy refuses one of the three shapes."""
    return any(outcome(key, kind) is None for kind in KINDS)


def outcomes(key: str) -> dict[str, str]:
    """What to choose from where one of the three shapes gives an error."""
    shapes = [outcome(key, kind) for kind in KINDS]
    usual = ["()", "(1, 1)", "(5, 5)"]
    options = dict.fromkeys([str(s) for s in shapes if s is not None] + usual)
    words = {"()": "(), a single number"}
    return {o: words.get(o, o) for o in options} | {"error": "an error"}


def all_shapes() -> pd.DataFrame:
    """Every expression with the shape it has for each of the three."""
    three = in_three_shapes(np.ones(5))
    rows = []
    for expression in OPERATIONS:
        got = [attempt(expression, getattr(three, kind)).shape for kind in KINDS]
        rows.append(
            (f"`{expression}`", *("error" if s is None else _unbroken(s) for s in got))
        )
    return pd.DataFrame(rows, columns=["", *(f"a {one}" for one in KINDS.values())])


FIX_WORDS: Mapping[str, str] = {
    "at creation": "Ask for two axes from the start",
    "reshape": "Give the second axis afterwards",
    "None": "Put an axis of length 1 in its place",
    "keepdims": "Keep the axis that a sum runs over",
    "assert": "Stop here if it is anything else",
}


def fixes_table(n: int = 5) -> pd.DataFrame:
    """Each fix: its line, and the shape that it gives."""
    rows = []
    for fix in FIXES:
        a = fix.make(n, 0)
        rows.append((FIX_WORDS[fix.name], f"`{fix.line}`", _unbroken(a.shape)))
    columns = ["", f"the line, with n = {n}", "a.shape"]
    return pd.DataFrame(rows, columns=columns)


def _unbroken(shape: tuple[int, ...]) -> str:
    """A shape that stays on one line of a narrow table."""
    return str(shape).replace(" ", "\u00a0")


# ---- the learner's own line -----------------------------------------------------

# With more cells than this their numbers have no room, least of all on a phone.
MOST_ACROSS, MOST_DOWN = 8, 16


def box_arrays(kind_a: str, kind_b: str, x: float, seed: int) -> dict[str, Array]:
    """The arrays a and b of the box."""
    return {
        "a": getattr(vectors_around(x, seed), kind_a),
        "b": getattr(vectors_around(2.0, seed + 1), kind_b),
    }


def box_names_chart(kind_a: str, kind_b: str, x: float, seed: int) -> go.Figure:
    """a and b as they stand."""
    drawn, top = [], -0.9
    for name, array in box_arrays(kind_a, kind_b, x, seed).items():
        title = f"{name} <b>{array.shape}</b>"
        drawn.append(Block(array[None], 0, top, title))
        top -= rows_and_columns(array.shape)[0] + 1.6
    return still(drawn, 5, top + 1.2)


def box_chart(typed: str, kind_a: str, kind_b: str, x: float, seed: int) -> go.Figure:
    """What the typed line gives, if it has at most two axes."""
    value = evaluate(typed, box_arrays(kind_a, kind_b, x, seed))
    array = np.asarray(value, dtype=np.float64)
    rows, columns = rows_and_columns(array.shape)
    written = columns <= MOST_ACROSS and rows <= MOST_DOWN
    title = f"the result <b>{array.shape}</b>"
    block = Block(array[None], 0, -0.9, title, written=written)
    return still([block], max(columns, 5), -1.3 - rows)


def can_be_drawn(value: Array | float | tuple[int, ...]) -> bool:
    """Whether the result of the box is an array or number of at most two axes."""
    return not isinstance(value, tuple) and np.ndim(value) <= 2


def printed(value: Array | float | tuple[int, ...]) -> str:
    """What print() shows of the result of the box."""
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=4, threshold=60, edgeitems=3)
    return str(value)


def complaint(pointer: str, message: str) -> str:
    """The typed line, the character that is meant, and why, in short lines."""
    return "\n".join([pointer, "", *wrap(message, 36)])


def in_words(value: Array | float) -> str:
    """The result of the box in a sentence."""
    kind = "an array" if np.ndim(value) else "a single number"
    return f"What the typed line gives: {kind} of shape {np.shape(value)}."


def _words(notes: Sequence[tuple[float, float, str]]) -> go.Scatter:
    """Arrows, question marks and NumPy's refusals."""
    return _texts(notes, "middle center", FAINT, 15)


def _heading(expression: str) -> go.Scatter:
    """The expression above the results; a long one ends at the right edge."""
    if len(expression) > 18:
        return _texts([(WIDTH, -0.45, f"<b>{expression}</b>")], "middle left", TEXT, 14)
    place = (RESULT_LEFT - 0.14, -0.45, f"<b>{expression}</b>")
    return _texts([place], "middle right", TEXT, 14)


def _texts(
    places: Sequence[tuple[float, float, str]],
    side: str,
    colour: str,
    size: int,
) -> go.Scatter:
    x, y, text = zip(*places, strict=True)
    return scatter(
        x=x,
        y=y,
        text=text,
        mode="text",
        textposition=side,
        textfont={"color": colour, "size": size},
    )


def _wrapped(words: str, width: int = 22) -> str:
    """NumPy's own words in short lines."""
    return "<br>".join(wrap(words, width))


def script_prints(seen: Sequence[bool]) -> tuple[tuple[str, str], ...]:
    """What the take-home script prints of the first figure: no answer too early."""
    prints: list[tuple[str, str]] = []
    for (kind, shape), is_seen in zip(KINDS.items(), seen, strict=True):
        a = f"vectors_around(x, seed).{kind}"
        prints.append((f"a of shape {shape}", a))
        if is_seen:
            made = f"attempt(expression, {a})"
            prints.append((f"shape of the result for {shape}", f"{made}.shape"))
            prints.append((f"its value for {shape}", f"{made}.value"))
    return tuple(prints)
