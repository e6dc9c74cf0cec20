"""Figures of backpropagation: the walk forward and back, number by number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.colours import FUNCTION, GRADIENT, PARAMETER, TEXT
from charts.formulas import coloured, matrix
from charts.grids import Grid, Story, texts_of
from charts.long_formulas import aligned, equal
from core.activations import ACTIVATIONS
from core.backprop import (
    MOST,
    Equations,
    Example,
    flat,
    forward_of,
    gradients,
    nudged_gradients,
    small_example,
    way_back,
)
from core.gradient_check import worst_difference
from core.rounding import readable
from core.shallow import cost
from core.sweep import Sweep
from core.types import Array

ACTIVATION_NAMES: Mapping[str, str] = {g.name: g.label for g in ACTIVATIONS.values()}
COUNTS: Mapping[str, str] = {"1": "1", "2": "2", "3": "3"}
CELL_PIXELS = 31
TITLE_ROOM, GAP = 0.95, 0.5
# How cells are filled: what comes in and is computed, parameters, gradients.
VALUE, PARAMETERS, SLOPES = 0, 1, 2
KINDS: Mapping[str, int] = {
    **dict.fromkeys(("W1", "b1", "W2", "b2"), PARAMETERS),
    **dict.fromkeys(("dZ2", "dW2", "db2", "dZ1", "dW1", "db1"), SLOPES),
}
TITLES: Mapping[str, str] = {"slope": "g′(Z1)"}
SYMBOLS: Mapping[str, str] = {
    **{f"{a}{n}": f"{a}^{{[{n}]}}" for a in "ZAWb" for n in (1, 2)},
    **{f"d{a}{n}": f"d{a}^{{[{n}]}}" for a in "ZWb" for n in (1, 2)},
    **{"X": "X", "Y": "Y", "slope": "g'(Z^{[1]})"},
}
NOTICE = (
    "**What to notice.** Forward and back mirror each other: every slope has the shape "
    "of the array above it; W2 carries values forward and, transposed, errors back. "
    "The 1/m comes in only with dW and db, so dZ is not yet the slope of J, but m "
    "times it."
)
LEGEND = (
    "Grey is what comes in and what is computed from it, green a parameter, "
    "magenta a slope. A slope stands **under** its own array. Framed: what the "
    "equation uses. Cells are rounded to two decimals."
)


@dataclass(frozen=True)
class Line:
    """One equation of the walk: what it gives, from what, and how it is written.

    `right` mixes names of arrays (with .T for transposed ones) and signs in LaTeX.
    """

    gives: str
    words: str
    right: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The arrays on the right side."""
        names = (part.removesuffix(".T") for part in self.right)
        return tuple(name for name in names if name in SYMBOLS)


MEAN = r"\tfrac{1}{m}"
LINES = (
    Line("Z1", "W1 X + b1", ("W1", "X", "+", "b1")),
    Line("A1", "g(Z1)", ("g(", "Z1", ")")),
    Line("Z2", "W2 A1 + b2", ("W2", "A1", "+", "b2")),
    Line("A2", "σ(Z2)", (r"\sigma(", "Z2", ")")),
    Line("dZ2", "A2 − Y", ("A2", "-", "Y")),
    Line("dW2", "dZ2 A1ᵀ / m", (MEAN, "dZ2", "A1.T")),
    Line("db2", "the mean of dZ2 over the examples", (MEAN, "sum", "dZ2")),
    Line("dZ1", "W2ᵀ dZ2 ∘ g′(Z1)", ("W2.T", "dZ2", r"\circ", "slope")),
    Line("dW1", "dZ1 Xᵀ / m", (MEAN, "dZ1", "X.T")),
    Line("db1", "the mean of dZ1 over the examples", (MEAN, "sum", "dZ1")),
)
LAST = len(LINES)


def arrays_of(example: Example) -> dict[str, Array]:
    """Every array of the walk, by name."""
    cache = forward_of(example)
    slope = ACTIVATIONS[example.activation].dg(cache.Z1)
    back = way_back(Equations(), example, cache)
    given = {"X": example.X, "Y": example.Y, "slope": slope}
    return {**vars(example.parameters), **vars(cache), **vars(back), **given}


# ---- the figure ----------------------------------------------------------------


def walk_chart(n_h: int, m: int, activation: str) -> tuple[go.Figure, Sweep]:
    """All arrays of the network 2-n_h-1: each equation fills its own."""
    example = small_example(n_h, m, activation)
    arrays = arrays_of(example)
    spots, width, height = places(arrays)
    grids = {
        name: Grid(
            np.round(array, 2),
            *spots[name],
            TITLES.get(name, name),
            fill=KINDS.get(name, VALUE),
            title_up=0.42,
        )
        for name, array in arrays.items()
    }
    story = Story(grids)
    given = ("X", "Y", "W1", "b1", "W2", "b2")
    story.tell(
        f"What is given: X with {examples_text(m)} in its columns, the labels Y, and "
        "the four parameters.",
        show=dict.fromkeys(given, True),
    )
    for line in LINES:
        also = {"slope": True} if line.gives == "dZ1" else {}
        story.tell(
            sentence(line, arrays),
            show={line.gives: True, **also},
            mark=dict.fromkeys(line.inputs, True),
        )
    fig, sweep = story.draw(width, height, CELL_PIXELS)
    colours = (TEXT, PARAMETER, GRADIENT)
    *fills, numbers = fig.data[2:6]
    for trace, colour in zip(fills, colours, strict=True):
        trace.line.color = colour
    # Two decimals, and on a phone a cell is 31 pixels wide at least.
    numbers.textfont.size = 13 if n_h < MOST else 12
    fig.data[1].textfont.color = [colours[KINDS.get(name, VALUE)] for name in grids]
    shown = ("given", *(line.gives for line in LINES))
    shown = tuple(f"{name} ({i} of {LAST})" for i, name in enumerate(shown))
    return fig, replace(sweep, label="equation", shown=shown)


def places(
    arrays: Mapping[str, Array],
) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The corner of every array, and how many cells the figure is wide and high.

    Rows of arrays: X, the hidden layer, its slopes, the output layer, its slopes.
    What belongs to one example stands in one column, and a slope under its array.
    """
    n_h, m = arrays["A1"].shape
    left = max(2, n_h) + GAP
    first, second = left + 1 + GAP, left + 1 + GAP + m + GAP
    rows = (
        {"X": first},
        {"W1": 0.0, "b1": left, "Z1": first, "A1": second},
        {"dW1": 0.0, "db1": left, "dZ1": first, "slope": second},
        {"W2": 0.0, "b2": left, "Z2": first, "A2": second},
        {"dW2": 0.0, "db2": left, "dZ2": first, "Y": second},
    )
    spots, top = {}, 0.0
    for row in rows:
        top -= TITLE_ROOM
        spots |= {name: (x, top) for name, x in row.items()}
        top -= max(arrays[name].shape[0] for name in row)
    return spots, second + m + 0.1, 0.1 - top


def examples_text(m: int) -> str:
    """1 example, 3 examples."""
    return "1 example" if m == 1 else f"{m} examples"


def sentence(line: Line, arrays: Mapping[str, Array]) -> str:
    """The equation in words, with the numbers of its first entry put in."""
    first = readable(float(arrays[line.gives].flat[0]))
    shape = arrays[line.gives].shape
    return (
        f"{line.gives} = {line.words}, shape {shape}. Its first number: "
        f"{first_entry(line.gives, arrays)} = {first}."
    )


def first_entry(name: str, arrays: Mapping[str, Array]) -> str:
    """How the first number of an array comes about."""
    m = arrays["X"].shape[1]
    below = {"1": "X", "2": "A1"}[name[-1]]
    if name in {"Z1", "Z2"}:
        bias = texts_of([float(arrays[f"b{name[-1]}"][0, 0])])[0]
        return f"{product(arrays[f'W{name[-1]}'][0], arrays[below][:, 0])} + {bias}"
    if name in {"A1", "A2"}:
        z = readable(float(arrays[f"Z{name[-1]}"][0, 0]))
        return f"g({z})" if name == "A1" else f"σ({z})"
    if name == "dZ2":
        one, other = (float(arrays[key][0, 0]) for key in ("A2", "Y"))
        return f"{readable(one)} − {readable(other)}"
    if name == "dZ1":
        sent = product(arrays["W2"][:, 0], arrays["dZ2"][:, 0])
        return f"{sent} · {readable(float(arrays['slope'][0, 0]))}"
    error = arrays[f"dZ{name[-1]}"][0]
    if name.startswith("dW"):
        return f"({product(error, arrays[below][0])}) / {m}"
    return f"({' + '.join(texts_of(error))}) / {m}"


def product(row: Array, column: Array) -> str:
    """A row times a column, written out."""
    pairs = zip(texts_of(row), texts_of(column), strict=True)
    return " + ".join(f"{a} · {b}" for a, b in pairs)


# ---- formula and table ---------------------------------------------------------


def equation_formula(step: int, n_h: int, m: int, activation: str) -> str:
    """The equation at this step: symbols with their shapes, numbers, result."""
    arrays = arrays_of(small_example(n_h, m, activation))
    if step == 0:
        given = ("X", "W1", "b1", "W2", "b2", "Y")
        return r",\quad ".join(shaped(name, arrays) for name in given)
    line = LINES[step - 1]
    symbols = " ".join(in_symbols(part, line, arrays) for part in line.right)
    result = matrix(arrays[line.gives])
    if KINDS.get(line.gives) == SLOPES:
        result = coloured(result, GRADIENT)
    numbers = [in_numbers(part, line, arrays) for part in line.right]
    rows = [f"& {shaped(line.gives, arrays)} = {symbols}"]
    return aligned([*rows, *equal([*numbers, f"= {result}"])], space="0.6em")


def shaped(name: str, arrays: Mapping[str, Array]) -> str:
    """A symbol with its shape under it, in the colour of its kind."""
    plain = name.removesuffix(".T")
    symbol = SYMBOLS[plain]
    rows, columns = arrays[plain].shape
    if name != plain:
        symbol = symbol[:-1] + " T}" if symbol.endswith("}") else f"{symbol}^{{T}}"
        rows, columns = columns, rows
    kind = KINDS.get(plain, VALUE)
    if kind != VALUE:
        symbol = coloured(symbol, (FUNCTION, PARAMETER, GRADIENT)[kind])
    return rf"\underset{{({rows},\,{columns})}}{{{symbol}}}"


def in_symbols(part: str, line: Line, arrays: Mapping[str, Array]) -> str:
    """A part of the right side with symbols."""
    if part == "sum":
        return r"\textstyle\sum_i"
    if line.words.startswith("the mean") and part in SYMBOLS:
        column = coloured(SYMBOLS[part].replace("]}", "](i)}"), GRADIENT)
        return rf"\underset{{({arrays[part].shape[0]},\,1)}}{{{column}}}"
    return shaped(part, arrays) if part.removesuffix(".T") in SYMBOLS else part


def in_numbers(part: str, line: Line, arrays: Mapping[str, Array]) -> str:
    """The same part with numbers."""
    name = part.removesuffix(".T")
    if name in SYMBOLS and line.words.startswith("the mean"):
        columns = (matrix(column[:, None]) for column in arrays[name].T)
        return rf"\left( {' + '.join(columns)} \right)"
    if name in SYMBOLS:
        return matrix(arrays[name].T if name != part else arrays[name])
    m = arrays["X"].shape[1]
    return {MEAN: rf"\tfrac{{1}}{{{m}}}", "sum": ""}.get(part, part)


def entries(example: Example) -> list[str]:
    """The names of all gradients' numbers, in the order of `flat`."""
    return [
        f"d{name}[{i}, {j}]"
        for name, part in vars(example.parameters).items()
        for i, j in np.ndindex(part.shape)
    ]


def check_table(n_h: int, m: int, activation: str) -> pd.DataFrame:
    """Each number of the gradient beside what two small nudges of J give."""
    example = small_example(n_h, m, activation)
    rows = zip(
        entries(example),
        flat(gradients(example)),
        flat(nudged_gradients(example)),
        strict=True,
    )
    return pd.DataFrame(
        [
            (name, readable(a, 5), readable(n, 5), readable(abs(a - n), 1))
            for name, a, n in ((name, float(a), float(n)) for name, a, n in rows)
        ],
        columns=["", "six equations", "central difference", "apart"],
    )


def check_sentence(n_h: int, m: int, activation: str) -> str:
    """J, how many nudges it took, and how far the two ways are apart."""
    example = small_example(n_h, m, activation)
    J = cost(forward_of(example).A2, example.Y)
    a, n = flat(gradients(example)), flat(nudged_gradients(example))
    worst = worst_difference(a, n, J)
    return (
        f"J = {readable(J)}. Nudge one number of the parameters up and down, run "
        "forward both times, and divide the change of J by twice the nudge: "
        f"{2 * a.size} forward passes for {a.size} slopes. The six equations give all "
        f"of them in one way back. Worst relative difference: {readable(worst, 2)}. "
        "**That is how you know that code for gradients is right.**"
    )


def shape_question() -> tuple[str, tuple[int, ...], str]:
    """The shape of dW1 in a network that is not on the screen."""
    n_x, n_h, m = 3, 5, 100
    error, X = np.ones((n_h, m)), np.ones((n_x, m))
    truth = Equations().dW1(error, X).shape
    return (
        f"Another network has {n_x} inputs, {n_h} hidden units and {m} examples. What "
        "is the shape of dW1?",
        truth,
        f"dW1 = dZ1 Xᵀ / m: `({n_h}, {m})` times `({m}, {n_x})`. The examples are "
        "summed over, and what is left has the shape of W1, so that it can be "
        "subtracted from it.",
    )


def script_prints(n_h: int, m: int) -> tuple[tuple[str, str], ...]:
    """What the script prints: J and every number of the gradient."""
    names = entries(small_example(n_h, m))
    return (
        ("J", "cost(forward_of(example).A2, example.Y)"),
        *((name, f"gradients(example).{name}") for name in names),
    )
