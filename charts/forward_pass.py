"""The forward pass in small grids: unit by unit, then all examples at once."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.colours import PARAMETER
from charts.formulas import coloured
from charts.grids import Grid, Story, texts_of
from charts.long_formulas import aligned
from core.forward_pass import (
    RACE_EXAMPLES,
    RACE_INPUTS,
    RACE_UNITS,
    Network,
    columns_changed,
    compared,
    neuron,
    race_layer,
    small_network,
    timed,
)
from core.machine import machine
from core.rounding import latex, readable
from core.shallow import Cache, forward
from core.stopwatch import duration, times
from core.sweep import Sweep
from core.types import Array

VIEWS: Mapping[str, str] = {"units": "Unit by unit", "examples": "All examples"}
UNIT = 24  # pixels of a cell's height
ROOM, BETWEEN = 0.95, 0.4  # over a grid for its title, and beside it
FEW = 9.0  # cells in a row up to which their numbers are written large
# The weights and the bias of a unit that nobody sees, for the prediction.
UNSEEN, UNSEEN_BIAS = (2.0, -1.0, 1.0, -2.0), 1.5
CHANGES: Mapping[str, str] = {
    "row": "row 3",
    "column": "column 3",
    "one": "one number",
    "all": "all of them",
}


def network_of(n_x: int, n_h: int, m: int, seed: int) -> tuple[Network, Cache]:
    """The page's network and all that it computes."""
    network = small_network(n_x, n_h, m, seed)
    return network, forward(network.parameters, network.X, "sigmoid")


# ---- unit by unit --------------------------------------------------------------


def units_chart(n_x: int, n_h: int, seed: int) -> tuple[go.Figure, Sweep]:
    """Each unit's z and a for one example; then the weights are stacked into W."""
    network, cache = network_of(n_x, n_h, 1, seed)
    W, b, x = network.parameters.W1, network.parameters.b1, network.X
    grids = {"x": Grid(x, 0, -1, "x")}
    for j in range(n_h):
        left = 1.5 + j * (1 + BETWEEN)
        tops = [-1 - n_x - ROOM - k * (1 + ROOM) for k in range(3)]
        for name, values, top in (
            ("w", W[j][:, None], -1.0),
            ("b", b[j : j + 1], tops[0]),
            ("z", cache.Z1[j : j + 1], tops[1]),
            ("a", cache.A1[j : j + 1], tops[2]),
        ):
            grids[f"{name}{j}"] = Grid(values, left, top, f"{name}{_sub(j)}")
    stacked = {"W": W, "x again": x, "b": b, "z": cache.Z1, "a": cache.A1}
    left, top = 0.0, -1 - n_x - 4 * ROOM - 3 - 0.15
    titles = {"W": "W", "x again": "· x", "b": "+ b", "z": "= z", "a": "a = σ(z)"}
    for name, values in stacked.items():
        grids[name] = Grid(values, left, top, titles[name])
        left += values.shape[1] + BETWEEN
    story = Story(grids)
    given = {"x": True} | {f"{n}{j}": True for n in "wb" for j in range(n_h)}
    many = f"{n_h} units look" if n_h > 1 else "One unit looks"
    story.tell(
        f"{many} at the same x. Each has its own weights, as many as x has numbers, "
        "and its own bias.",
        show=given,
    )
    for j in range(n_h):
        _tell_unit(story, network, cache, j)
    for j in range(n_h):
        row = _line((n_h, n_x), 0, j)
        story.tell(
            f"Lay w{_sub(j)} on its side: w{_sub(j)}ᵀ is row {j + 1} of W.",
            show={"W": row},
            mark={f"w{j}": True, "W": row},
        )
    biases = {f"b{j}": True for j in range(n_h)}
    story.tell(
        "The biases stand below each other too, and x is the same for every row.",
        show={"x again": True, "b": True},
        mark={**biases, "b": True, "x": True, "x again": True},
    )
    story.tell(
        "z = W x + b: one product, and every unit's z is there. The same numbers.",
        show={"z": True},
        mark={"z": True, **{f"z{j}": True for j in range(n_h)}},
    )
    story.tell(
        f"a = σ(z) works on each entry by itself. Shape of W: ({n_h}, {n_x}).",
        show={"a": True},
        mark={"a": True, **{f"a{j}": True for j in range(n_h)}},
    )
    width = max(left - BETWEEN, 1.5 + n_h * (1 + BETWEEN), 6.0)
    return story.draw(width, -top + n_h + 0.15, UNIT, few=width <= FEW)


def _tell_unit(story: Story, network: Network, cache: Cache, j: int) -> None:
    parameters = network.parameters
    w, b, x = parameters.W1[j], float(parameters.b1[j, 0]), network.X[:, 0]
    z, a, s = float(cache.Z1[j, 0]), float(cache.A1[j, 0]), _sub(j)
    story.tell(
        f"z{s} = w{s}ᵀx + b{s} = {_sum_text(w, x, b)} = {readable(z)}",
        show={f"z{j}": True},
        mark={"x": True, f"w{j}": True, f"b{j}": True, f"z{j}": True},
    )
    story.tell(
        f"a{s} = σ(z{s}) = σ({readable(z)}) = {readable(a)}",
        show={f"a{j}": True},
        mark={f"z{j}": True, f"a{j}": True},
    )


# ---- all examples --------------------------------------------------------------


def examples_chart(
    n_x: int, n_h: int, m: int, seed: int, answered: bool
) -> tuple[go.Figure, Sweep]:
    """W X + b, cell by cell: X above, W at the left, Z where they meet.

    What the columns depend on is not said before it is answered.
    """
    network, cache = network_of(n_x, n_h, m, seed)
    story = Story(_crossing(network, cache))
    story.tell(
        "Each column of X is an example, each row of W[1] a unit. An entry of Z[1] "
        "lies where its row and its column meet.",
        show=dict.fromkeys(("X", "W1", "b1", "W2", "b2"), True),
    )
    _tell_product(story, network.X, "X", network.parameters.W1, 1, cache.Z1)
    story.tell(
        "A[1] = σ(Z[1]), entry by entry: the same shape.",
        show={"A1": True},
        mark={"Z1": True, "A1": True},
    )
    _tell_product(story, cache.A1, "A1", network.parameters.W2, 2, cache.Z2)
    story.tell(
        "A[2] = σ(Z[2]): one prediction for each example.",
        show={"A2": True},
        mark={"Z2": True, "A2": True},
    )
    _tell_end(story, m, answered)
    width = max(n_x, n_h) + 1 + 2 * BETWEEN + m
    height = -story.grids["A2"].top + 1.15
    return story.draw(max(width, 6.0), height, UNIT, few=width <= FEW)


def _tell_end(story: Story, m: int, answered: bool) -> None:
    if not answered:
        story.tell("Every number is there, and no loop was needed. Now predict.")
        return
    names = ("X", "Z1", "A1", "Z2", "A2")
    story.tell(
        f"Column {m} of every array belongs to example {m}, row 1 of Z[1] and A[1] to "
        "unit 1. W and b have no column for an example: all share them.",
        mark={n: _line(story.grids[n].values.shape, 1, m - 1) for n in names},
    )


def _crossing(network: Network, cache: Cache) -> dict[str, Grid]:
    """The arrays such that each product lies beside its W and under what it meets."""
    p, X = network.parameters, network.X
    n_h, n_x = p.W1.shape
    edge = max(n_x, n_h)
    right, bias = edge + 1 + 2 * BETWEEN, edge + BETWEEN
    first = -1 - n_x - ROOM
    second = first - n_h - ROOM
    third = second - n_h - ROOM
    return {
        "X": Grid(X, right, -1, "X"),
        "W1": Grid(p.W1, edge - n_x, first, "W[1]"),
        "b1": Grid(p.b1, bias, first, "b[1]"),
        "Z1": Grid(cache.Z1, right, first, "Z[1] = W[1] X + b[1]"),
        "A1": Grid(cache.A1, right, second, "A[1] = σ(Z[1])"),
        "W2": Grid(p.W2, edge - n_h, third, "W[2]"),
        "b2": Grid(p.b2, bias, third, "b[2]"),
        "Z2": Grid(cache.Z2, right, third, "Z[2] = W[2] A[1] + b[2]"),
        "A2": Grid(cache.A2, right, third - 1 - ROOM, "A[2] = σ(Z[2])"),
    }


def _tell_product(
    story: Story, into: Array, name: str, W: Array, layer: int, Z: Array
) -> None:
    """One frame for each entry of Z, example after example."""
    b = story.grids[f"b{layer}"].values
    text = "X" if name == "X" else f"A[{layer - 1}]"
    for i in range(Z.shape[1]):
        for j in range(Z.shape[0]):
            here = _line(Z.shape, 0, j) & _line(Z.shape, 1, i)
            made = _sum_text(W[j], into[:, i], float(b[j, 0]))
            story.tell(
                f"Row {j + 1} of W[{layer}] · column {i + 1} of {text}, + "
                f"b{_sub(j)}[{layer}]: {made} = {readable(float(Z[j, i]))}",
                show={f"Z{layer}": here},
                mark={
                    f"W{layer}": _line(W.shape, 0, j),
                    name: _line(into.shape, 1, i),
                    f"b{layer}": _line(b.shape, 0, j),
                    f"Z{layer}": here,
                },
            )


def _line(shape: Sequence[int], dimension: int, at: int) -> NDArray[np.bool_]:
    """One row (dimension 0) or one column (1) of an array."""
    found: NDArray[np.bool_] = np.indices(tuple(shape))[dimension] == at
    return found


def _sum_text(w: Array, x: Array, b: float) -> str:
    """w₁x₁ + w₂x₂ + … + b with numbers."""
    parts = [
        f"{p}·{q}" for p, q in zip(texts_of(list(w)), texts_of(list(x)), strict=True)
    ]
    return " + ".join([*parts, *texts_of([b])])


def _sub(j: int) -> str:
    return str(j + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


# ---- words ---------------------------------------------------------------------


def unit_question(n_x: int, n_h: int, seed: int) -> tuple[str, float, str]:
    """z of a unit that is not on the screen: question, truth, explanation."""
    x = small_network(n_x, n_h, 1, seed).X
    w = np.array(UNSEEN[:n_x])[:, None]
    truth = neuron(w, UNSEEN_BIAS, x).z
    question = (
        f"One more unit has w = {_column(w)} and b = {readable(UNSEEN_BIAS)}. What is "
        f"its z for x = {_column(x)}?"
    )
    made = _sum_text(w[:, 0], x[:, 0], UNSEEN_BIAS)
    return question, truth, f"z = wᵀx + b = {made}."


def change_question(
    n_x: int, n_h: int, m: int, seed: int
) -> tuple[str, Mapping[str, str], str, str]:
    """Which part of Z depends on one example: question, options, truth, why."""
    network = small_network(n_x, n_h, m, seed)
    p, X = network.parameters, network.X
    (column,) = columns_changed(p.W1, p.b1, X, m - 1)
    why = (
        "Column i of Z[1] is made from column i of X and from no other. With your "
        f"numbers: adding 1 to the first number of example {m} changed column "
        f"{column + 1} of Z[1] and nothing else."
    )
    question = (
        "Ten examples stand in X. One number of x⁽³⁾ changes. Which numbers of Z[1] "
        "may change?"
    )
    return question, CHANGES, "column", why


def _column(values: Array) -> str:
    return f"({', '.join(readable(float(v)) for v in values.ravel())})"


def rows_formula(n_x: int, n_h: int, seed: int) -> str:
    """W with its rows as transposed weight vectors, and with numbers."""
    W = small_network(n_x, n_h, 1, seed).parameters.W1
    rows = [
        rf"\text{{—}}\; {coloured(f'w_{j + 1}^{{[1]T}}', PARAMETER)} \;\text{{—}}"
        for j in range(n_h)
    ]
    numbers = [" & ".join(latex(float(v)) for v in row) for row in W]
    lines = [
        rf"W^{{[1]}} &= {_matrix(rows)}",
        rf"&= {_matrix(numbers)}",
        r"z^{[1]} &= W^{[1]} x + b^{[1]}",
        r"a^{[1]} &= \sigma(z^{[1]})",
    ]
    return aligned(lines, space="0.5em")


def _matrix(rows: Sequence[str]) -> str:
    body = r" \\ ".join(rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


FORMULA = (
    r"\begin{aligned} Z^{[1]} &= W^{[1]} X + b^{[1]} & A^{[1]} &= \sigma(Z^{[1]}) \\ "
    r"Z^{[2]} &= W^{[2]} A^{[1]} + b^{[2]} & A^{[2]} &= \sigma(Z^{[2]}) \end{aligned}"
)
NOTICE: Mapping[str, str] = {
    "units": "**What to notice.** A layer is logistic regression done several times on "
    "the same x. Nothing new is computed by stacking: row j of W **is** wⱼᵀ, so row j "
    "of W x is wⱼᵀx. The next layer does the same with a[1] in place of x.",
    "examples": "**What to notice.** Down a column of Z[1] you meet the units, along a "
    "row the examples. One product takes each row of W over each column of X. The "
    "notes write Wᵀ X here: with wⱼᵀ as rows of W there is no transpose left to do.",
}
LOOPS = (
    f"A layer with {RACE_UNITS} units on {RACE_INPUTS} inputs, for {RACE_EXAMPLES} "
    "examples. The first form loops over examples and units, the second over examples "
    "only, the third not at all. A sum taken in another order may differ in its last "
    "digit; nothing else does."
)


def forms_table(timing: bool) -> pd.DataFrame:
    """The three forms: one entry with every digit, how far apart, how long."""
    layer = race_layer()
    seconds = timed(layer) if timing else {}
    rows = []
    for name, form in compared(layer).items():
        digits = f"{form.Z[0, 0]:.17g}".replace("-", "−")
        row = [name, digits, readable(form.difference, 2)]
        if timing:
            ratio = seconds[name] / seconds["one product"]
            row += [duration(seconds[name]), times(ratio)]
        rows.append(row)
    columns = ["form", "Z[0, 0], every digit", "farthest from the product"]
    more = ["time", "times as long"] if timing else []
    return pd.DataFrame(rows, columns=[*columns, *more])


def timing_words() -> str:
    """Where the times come from."""
    return (
        f"Processor time, median of seven tries, on this server: {machine()}. On your "
        "machine the times are others and the order is the same."
    )


SCRIPT_PRINTS = (
    ("Z1 by units", "layer_by_neurons(W1, b1, X)"),
    ("Z1 by examples", "layer_by_examples(W1, b1, X)"),
    ("Z1 in one product", "layer_by_matrix(W1, b1, X)"),
    ("A1", "sigmoid(layer_by_matrix(W1, b1, X))"),
    (
        "A2",
        "sigmoid(layer_by_matrix(W2, b2, sigmoid(layer_by_matrix(W1, b1, X))))",
    ),
)


def script_values(n_x: int, n_h: int, m: int, seed: int) -> dict[str, Array]:
    """The page's network, for the take-home script."""
    network = small_network(n_x, n_h, m, seed)
    return {**vars(network.parameters), "X": network.X}
