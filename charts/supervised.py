"""Figures and words of the page on supervised learning: three things become x."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, image_trace, scatter
from charts.colours import CLASS_1, FAINT, FUNCTION, GRID, PARAMETER
from charts.images import png
from core.images import colour
from core.rounding import latex, readable
from core.supervised import (
    APPLICATIONS,
    VOCABULARY,
    count_words,
    learn_weights,
    picture_vector,
    total,
    words_of,
)
from core.sweep import Readout, Sweep
from core.tables import calories
from core.types import Array

KINDS: Mapping[str, str] = {"table": "a table", "image": "an image", "text": "a text"}
SIDE = 32  # rows and columns of the small photograph
IMAGE_ALT = (
    f"A cat as {SIDE} by {SIDE} grey pixels, and the same {SIDE * SIDE:,} numbers as a "
    "curve."
)
TEXT = "It was good, not bad. Then it shrank, and shrank again!"
LONGEST_WORD = 18
SHAPE_QUESTION = (
    "The calorie table is X, one column a food: (3, 4). You add pizza. Shape of X?"
)
SHAPE_WHY = (
    "Each example is a column of X: a fifth food makes it (3, 5). The number of rows, "
    "nₓ = 3, stays: every food is described by the same three numbers."
)
LENGTH_QUESTION = (
    "Here the photograph has 32 × 32 grey pixels. A colour picture of 64 × 64 has "
    "red, green and blue for each. How many numbers is its x?"
)
LENGTH_WHY = "64 · 64 · 3 = 12,288: every pixel counts three times."
PAIR = ("good, not bad", "bad, not good")
ORDER_OPTIONS: Mapping[str, str] = {
    "0": "in none",
    "2": "in two",
    "3": "in three",
    "20": "in all 20",
}
ORDER_QUESTION = (
    f"“{PAIR[0]}” and “{PAIR[1]}” are both counted. In how many of the 20 numbers do "
    "their x differ?"
)
NOTICES: Mapping[str, str] = {
    "table": (
        "**What to notice.** *Structured* data: every row has a name and a meaning, "
        "and x is simply a column of the table. y is the answer that goes with it."
    ),
    "image": (
        "**What to notice.** *Unstructured* data: x[i] is how bright one pixel is, and "
        "by itself it says nothing about cats. Drag along the curve or in the picture. "
        "Pixels below each other are 32 places apart in x; a convolutional network is "
        "built to look at such neighbours together."
    ),
    "text": (
        "**What to notice.** A text of any length became 20 numbers, and lost the "
        "order of its words on the way. A recurrent network reads word after word "
        "instead. y is what a person noted beside the text: 1, say, if the writer "
        "liked the shirt."
    ),
}
TABLE_PRINTS = (("y", "total(X[:, [food]])"), ("n_x", "len(X)"))
IMAGE_PRINTS = (
    ("n_x", "len(picture_vector(image))"),
    ("x[i]", "picture_vector(image)[index, 0]"),
)
TEXT_PRINTS = (
    ("words counted", "int(count_read(text, word).sum())"),
    ("n_x", "len(count_words(text))"),
)
GAME = (
    "Structured data stand in tables: each number has a place and a name. Pick all "
    "that are **structured**, then check."
)


def order_question() -> tuple[str, Mapping[str, str], str, str]:
    """How much of the order of words is left in the counts; and why."""
    one, other = (count_words(text) for text in PAIR)
    truth = str(int(np.sum(one != other)))
    why = (
        "Both hold each of the three words once, so their x is the same, and no "
        "network behind it can tell them apart. The order was lost before it began."
    )
    return ORDER_QUESTION, ORDER_OPTIONS, truth, why


def applications_table() -> pd.DataFrame:
    """The five applications of the notes, in three columns that fit a phone."""
    return pd.DataFrame(
        [
            (each.name, f"{each.x} → {each.y}", f"{each.network}, {each.shape}")
            for each in APPLICATIONS
        ],
        columns=["application", "x → y", "usual network, shape of one x"],
    )


# The table.


def table_chart() -> tuple[go.Figure, Sweep]:
    """The calorie table; the column of one food is x, and its total is y."""
    table = calories()
    n_x, m = table.values.shape
    rows, columns = np.arange(n_x), np.arange(m)
    cells_x, cells_y = np.meshgrid(columns + 1.0, rows + 1.0)
    written = [readable(float(v)) for v in table.values.ravel()]
    right = m + 1.6
    box_x = np.array([-0.45, 0.45, 0.45, -0.45, -0.45])
    frame_y = np.array([0.5, 0.5, n_x + 0.5, n_x + 0.5, 0.5])
    quiet = {"showgrid": False, "zeroline": False, "showticklabels": False,
             "showline": False, "fixedrange": True, "ticks": ""}  # fmt: skip
    fig = figure(
        [
            _words([0.3] * n_x, rows + 1.0, table.rows, FAINT, "middle left"),
            _words(columns + 1.0, [0.0] * m, table.columns, FAINT, size=13),
            _words(cells_x.ravel(), cells_y.ravel(), written, FUNCTION, size=15),
            scatter(mode="lines", line={"color": PARAMETER, "width": 2.5}),
            scatter(mode="text", textfont={"color": PARAMETER, "size": 16}),
            scatter(x=right + box_x, y=frame_y, mode="lines",
                       line={"color": PARAMETER, "width": 2.5}),
            _words([right, right + 1.3], [0.0, 0.0], ["x", "y"], FUNCTION, size=17),
            scatter(mode="text", textfont={"color": CLASS_1, "size": 18}),
            _words([right + 0.65], [2.0], ["→"], FAINT, size=22),
        ],
        height=300,
        margin={"l": 4, "r": 4, "t": 8, "b": 8},
        xaxis=axis(span=(-0.75, right + 1.75), **quiet),
        yaxis=axis(span=(n_x + 0.9, -0.5), **quiet),
    )  # fmt: skip
    totals = [total(table.values[:, [i]]) for i in columns]
    texts = [[readable(float(v)) for v in table.values[:, i]] for i in columns]
    sweep = Sweep(
        label="food",
        values=columns.astype(float),
        shown=tuple(table.columns),
        moving={
            3: {"x": columns[:, None] + 1 + box_x, "y": np.tile(frame_y, (m, 1))},
            4: {
                "x": np.full((m, n_x), right),
                "y": np.tile(rows + 1.0, (m, 1)),
                "text": texts,
            },
            7: {
                "x": np.full((m, 1), right + 1.3),
                "y": np.full((m, 1), 2.0),
                "text": [[readable(y)] for y in totals],
            },
        },
        says=tuple(
            f"x is the column of {name.lower()}, y its {readable(y)} calories."
            for name, y in zip(table.columns, totals, strict=True)
        ),
    )
    return fig, sweep


def _words(
    x: Any, y: Any, text: Any, ink: str, place: str = "middle center", size: int = 14
) -> go.Scatter:
    """Words that stay where they are."""
    return scatter(
        x=x, y=y, mode="text", text=list(text), textposition=place, cliponaxis=False,
        textfont={"color": ink, "size": size},
    )  # fmt: skip


def learned_sentence() -> str:
    """What a map learned from the four foods alone has found."""
    X = calories().values
    w = learn_weights(X, X.sum(axis=0, keepdims=True))[:, 0]
    found = ", ".join(readable(float(v), 3) for v in w)
    return (
        "That is supervised learning: from these four pairs alone, the weights nearest "
        f"to all answers come out as {found}, so y = carbohydrates + protein + fat. "
        "Nobody told the learner to add."
    )


# The image.


def image_chart(name: str, image: Array) -> tuple[go.Figure, Sweep]:
    """A small grey picture, and x: its rows one after the other."""
    del name  # the picture is its doing
    x = picture_vector(image)[:, 0]
    n = len(image)
    index = np.arange(len(x))
    row, column = np.divmod(index, n)
    bare = {"showgrid": False, "zeroline": False, "showticklabels": False,
            "showline": False, "fixedrange": True, "ticks": ""}  # fmt: skip
    fig = figure(
        [
            scatter(x=index, y=x, mode="lines", line={"color": FAINT, "width": 1.5}),
            image_trace(source=png(colour(x.reshape(n, n))), hoverinfo="skip",
                     xaxis="x2", yaxis="y2"),
            scatter(mode="markers",
                       marker={"color": PARAMETER, "size": 14, "line": halo()}),
            scatter(mode="markers", xaxis="x2", yaxis="y2", cliponaxis=False,
                       marker={"color": PARAMETER, "size": 17, "symbol": "square-open",
                               "line": {"width": 3}}),
        ],
        height=330,
        margin={"l": 8, "r": 12, "t": 10, "b": 48},
        xaxis=axis("index i in x", (-12, len(x) + 11), domain=[0.6, 1], nticks=5,
                   fixedrange=True),
        yaxis=axis("x[i]", (-10, 265), tickvals=[0, 128, 255], fixedrange=True),
        xaxis2=axis(span=(-0.5, n - 0.5), domain=[0, 0.4], anchor="y2", **bare),
        yaxis2=axis(span=(n - 0.5, -0.5), anchor="x2", scaleanchor="x2",
                    constrain="domain", **bare),
    )  # fmt: skip
    sweep = Sweep(
        label="i",
        values=index.astype(float),
        shown=tuple(str(i) for i in index),
        moving={
            2: {"x": index[:, None].astype(float), "y": x[:, None]},
            3: {"x": column[:, None].astype(float), "y": row[:, None].astype(float)},
        },
        readout=(
            Readout("row", tuple(str(r) for r in row)),
            Readout("column", tuple(str(c) for c in column)),
            Readout("x[i]", tuple(readable(float(v)) for v in x), "parameter"),
        ),
        says=tuple(
            f"x[{i}] is the pixel in row {r}, column {c}: brightness {readable(v, 3)} "
            "of 255."
            for i, r, c, v in zip(index, row, column, x.tolist(), strict=True)
        ),
        along_x=True,
        marks=(3,),
    )
    return fig, sweep


# The text.


def text_chart(text: str) -> tuple[go.Figure, Sweep]:
    """The counts of the vocabulary's words, filling as the text is read."""
    words = words_of(text)
    n, n_x = len(words) + 1, len(VOCABULARY)
    hits = np.array([[word == known for known in VOCABULARY] for word in words])
    counts = np.zeros((n, n_x))
    counts[1:] = np.cumsum(hits.reshape(-1, n_x), axis=0)
    places = np.arange(n_x, dtype=float)
    high = max(3.0, float(counts.max()))
    bars_x = np.stack([0 * counts, counts, np.full_like(counts, np.nan)], axis=2)
    bars_x[:, :, :2] = np.where(counts[:, :, None] > 0, bars_x[:, :, :2], np.nan)
    shown = ["", *(w if len(w) <= LONGEST_WORD else w[: LONGEST_WORD - 1] + "…"
                   for w in words)]  # fmt: skip
    known = [word in VOCABULARY for word in words]
    fig = figure(
        [
            scatter(mode="lines", line={"color": CLASS_1, "width": 9}),
            scatter(mode="text", textposition="middle right",
                       textfont={"color": PARAMETER, "size": 20}),
            scatter(mode="text", textposition="middle right",
                       textfont={"color": FAINT, "size": 20}),
            scatter(x=[0, 0], y=[-0.5, n_x - 0.5], mode="lines",
                       line={"color": GRID, "width": 2}),
        ],
        height=420,
        margin={"l": 62, "r": 12, "t": 8, "b": 44},
        xaxis=axis("count", (-0.05, high + 0.4), dtick=max(1, round(high / 6)),
                   fixedrange=True),
        yaxis=axis("", (n_x - 0.4, -2.4), tickvals=places, ticktext=VOCABULARY,
                   showgrid=False, zeroline=False, fixedrange=True),
    )  # fmt: skip
    at = np.full((n, 1), 0.42 * (high + 0.4))
    middle = np.full((n, 1), -1.4)
    told = [""] + [w if k else "" for w, k in zip(shown[1:], known, strict=True)]
    passed = [""] + ["" if k else w for w, k in zip(shown[1:], known, strict=True)]
    sweep = Sweep(
        label="word",
        values=np.arange(n, dtype=float),
        shown=("none yet", *(f"{i} of {n - 1}" for i in range(1, n))),
        moving={
            0: {
                "x": bars_x.reshape(n, -1),
                "y": np.tile(np.repeat(places, 3), (n, 1)),
            },
            1: {"x": at, "y": middle, "text": [[w] for w in told]},
            2: {"x": at, "y": middle, "text": [[w] for w in passed]},
        },
        readout=(
            Readout("nₓ", (str(n_x),) * n),
            Readout("counted", tuple(f"{c:.0f}" for c in counts.sum(axis=1)), "class1"),
        ),
        says=(
            "Nothing read yet: x is 20 zeros.",
            *(
                f"“{w}” is in the vocabulary: its number in x grows by 1."
                if k
                else f"“{w}” is not in the vocabulary and is passed over."
                for w, k in zip(shown[1:], known, strict=True)
            ),
        ),
    )
    return fig, sweep


def pair_formula(values: Array, y: str) -> str:
    """x with its first numbers and its last, its shape, and y."""
    shown = [latex(float(v)) for v in values[:, 0]]
    if len(shown) > 5:
        shown = [*shown[:3], r"\vdots", shown[-1]]
    column = r" \\ ".join(shown)
    return (
        rf"x = \begin{{bmatrix}} {column} \end{{bmatrix}}"
        rf"\;({len(values)},\,1) \quad\longrightarrow\quad y = {y}"
    )


def sorted_words(wrong: tuple[str, ...], count: int) -> str:
    """How the sorting went: a score, and a line for each mistake."""
    right = count - len(wrong)
    if not wrong:
        return f":material/check_circle: **All {count} right.**"
    lines = "".join(f"\n- {line}" for line in wrong)
    return f":material/close: **{right} of {count} right.**{lines}"
