"""The percentages of the calorie table as bars, while one number is dragged."""

import math

import numpy as np
import plotly.graph_objects as go

from charts.base import figure, scatter
from charts.broadcasting import NUTRIENTS, Rows, label, names_of, numbers_of
from charts.colours import CLASS_1, GRID, PAPER, PARAMETER, TEXT
from core.broadcasting import nudged, shares
from core.rounding import readable
from core.sweep import Readout, Sweep
from core.types import Array

SHADES = (0.85, 0.55, 0.28)


def cells_of(rows: Rows) -> dict[str, str]:
    """Every cell by its place "row.column" in A, with words for it."""
    return {
        f"{i}.{j}": f"{nutrient} of {name}"
        for j, name in enumerate(names_of(rows))
        for i, nutrient in enumerate(NUTRIENTS)
    }


def place_of(cell: str) -> tuple[int, int]:
    """ "2.1" → (2, 1)."""
    row, _, column = cell.partition(".")
    return int(row), int(column)


def nudges(value: float) -> Array:
    """By how much a cell may grow: from what takes it to 0, to a few times itself."""
    value = value if np.isfinite(value) else 0.0
    low, high = -max(value, 0.0), max(200.0, 2 * abs(value))
    powers = 10.0 ** np.arange(10)
    steps = (powers[:, None] * [1, 2, 5]).ravel()
    step = next(s for s in steps if (high - low) / s <= 250)
    inside = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return np.unique(np.round([low, *inside], 6))


def share_bars(
    rows: Rows, axis: int, keepdims: bool, cell: str
) -> tuple[go.Figure, Sweep]:
    """Percentages as stacked bars, while one number of the table is dragged.

    A bar for each food with axis=0, for each nutrient with axis=1. The percentages
    must have the table's own shape.
    """
    A = numbers_of(rows)
    place = place_of(cell)
    more = nudges(float(A[place]))
    all_made = [shares(nudged(A, *place, float(by)), axis, keepdims) for by in more]
    results = np.stack([m.result for m in all_made if m.result is not None])
    parts = results.transpose(0, 2, 1) if axis == 0 else results
    bar, part = place[::-1] if axis == 0 else place
    labels = names_of(rows) if axis == 0 else NUTRIENTS
    left, right = _stacked(parts)
    traces, moving = _bars(parts, left, right, (bar, part))
    count = parts.shape[1]
    fig = figure(
        traces,
        height=54 + 36 * count,
        x_range=_reach(left, right),
        y_range=(count - 0.4, -0.6),
        margin={"l": 84, "r": 18, "t": 8, "b": 36},
        xaxis=_percent_axis(_reach(left, right)),
        yaxis={
            "range": (count - 0.4, -0.6),
            "tickvals": np.arange(count),
            "ticktext": [label(name, 10) for name in labels],
            "ticklabelstandoff": 6,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
    i, j = place
    sums = [_sum_at(made.total, place, A.shape) for made in all_made]
    kcal = [float(A[place]) + float(by) for by in more]
    share = results[:, i, j]
    named = cells_of(rows)[cell]
    sweep = Sweep(
        label="nudge",
        values=more,
        shown=tuple(f"{'+' if by > 0 else ''}{readable(float(by))}" for by in more),
        moving=moving,
        readout=(
            Readout(f"A[{i}, {j}]", tuple(map(readable, kcal)), "parameter"),
            Readout("divided by", tuple(map(readable, sums))),
            Readout("its share", tuple(_percent(float(s)) for s in share), "parameter"),
        ),
        says=tuple(
            f"{named}: 100 × {readable(k)} / {readable(s)} = {_percent(p)}."
            if math.isfinite(p)
            else f"{named}: there is no share of this sum."
            for k, s, p in zip(kcal, sums, share.tolist(), strict=True)
        ),
    )
    return fig, sweep


def _sum_at(total: Array, place: tuple[int, int], shape: tuple[int, ...]) -> float:
    """The sum by which the number at this place is divided."""
    return float(np.broadcast_to(total, shape)[place])


def _stacked(parts: Array) -> tuple[Array, Array]:
    """Where each part of a bar begins and ends; negative parts go to the left."""
    known = np.nan_to_num(parts)
    up, down = np.clip(known, 0, None), np.clip(known, None, 0)
    end = np.where(known < 0, down.cumsum(axis=2), up.cumsum(axis=2))
    return end - known, end


def _bars(
    parts: Array,
    left: Array,
    right: Array,
    chosen: tuple[int, int],
) -> tuple[list[go.Scatter], dict[int, dict[str, object]]]:
    """A trace for each part of the bars, then the chosen part, then the percentages."""
    frames, bars, count = parts.shape
    traces: list[go.Scatter] = []
    moving: dict[int, dict[str, object]] = {}
    gap = np.full((frames, bars), np.nan)
    y = np.stack([np.arange(bars), np.arange(bars), gap[0]], axis=1).ravel()
    for k in range(count):
        ends = np.stack([left[:, :, k], right[:, :, k], gap], axis=2)
        moving[k] = {"x": ends.reshape(frames, -1)}
        traces.append(
            scatter(
                y=y,
                mode="lines",
                line={"color": CLASS_1, "width": 22},
                opacity=SHADES[k % len(SHADES)],
            )
        )
    bar, part = chosen
    moving[count] = {"x": np.stack([left[:, bar, part], right[:, bar, part]], axis=1)}
    traces.append(
        scatter(
            y=[bar, bar],
            mode="lines",
            line={"color": PARAMETER, "width": 22},
        )
    )
    # A thin line of paper keeps neighbours apart.
    edges = np.stack([right, right, np.full(right.shape, np.nan)], axis=3)
    tall = np.stack(
        [y[::3, None] - 0.32 + np.zeros(count), y[::3, None] + 0.32 + np.zeros(count)]
    )
    across = np.concatenate([tall, np.full((1, bars, count), np.nan)])
    moving[count + 1] = {"x": edges.reshape(frames, -1)}
    traces.append(
        scatter(
            y=across.transpose(1, 2, 0).ravel(),
            mode="lines",
            line={"color": PAPER, "width": 2},
        )
    )
    for trace, row in _written(parts, left, right, chosen):
        moving[len(traces)] = row
        traces.append(trace)
    return traces, moving


def _written(
    parts: Array, left: Array, right: Array, chosen: tuple[int, int]
) -> list[tuple[go.Scatter, dict[str, object]]]:
    """The percentages inside their parts, light on the dark ones."""
    bars, count = parts.shape[1:]
    dark = np.zeros((bars, count), dtype=bool)
    dark[:, :: len(SHADES)] = True
    dark[chosen] = True
    y = np.repeat(np.arange(bars), count).reshape(bars, count)
    span = np.subtract(*_reach(left, right)[::-1])
    middle = np.where(np.abs(parts) > 0.11 * span, (left + right) / 2, np.nan)
    found = []
    for mask, colour in ((dark, PAPER), (~dark, TEXT)):
        if not mask.any():
            continue
        trace = scatter(
            y=y[mask],
            mode="text",
            textfont={"size": 13, "color": colour},
        )
        texts = [[_percent(v, 3) for v in frame] for frame in parts[:, mask].tolist()]
        found.append((trace, {"x": middle[:, mask], "text": texts}))
    return found


def _reach(left: Array, right: Array) -> tuple[float, float]:
    """From 0 to 100 %; further where shares leave that, but not out of all measure."""
    low = min(0.0, float(min(left.min(), right.min())))
    high = max(100.0, float(max(left.max(), right.max())))
    return max(low, -150.0), min(high, 250.0)


def _percent_axis(span: tuple[float, float]) -> dict[str, object]:
    return {
        "range": span,
        "ticksuffix": " %",
        "dtick": 25 if span == (0, 100) else 50,
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "fixedrange": True,
        "tickfont": {"size": 13},
    }


def _percent(value: float, digits: int = 4) -> str:
    return f"{readable(value, digits)} %" if math.isfinite(value) else "not defined"


def parts_of_a_bar(rows: Rows, axis: int) -> str:
    """What a bar is made of, in its order: plain text, for it holds typed names."""
    parts = NUTRIENTS if axis == 0 else names_of(rows)
    return f"From left to right: {', '.join(parts)}. The number you drag is green."


def bars_notice(axis: int, keepdims: bool) -> str:
    """What the bars show while one number is dragged."""
    if axis == 1 and not keepdims:
        return (
            "One number moves the sum of its row. But here the sum of the first row "
            "divides the first column, and so on: all shares of one food move along, "
            "most often another one, and a bar no longer ends at 100 %."
        )
    line, others = ("column", "foods") if axis == 0 else ("row", "nutrients")
    return (
        f"One number moves its own sum, and with it every share of its {line}. The "
        f"other {others} stand still: their sums do not know this number."
    )


def are_shares(rows: Rows, axis: int, keepdims: bool) -> bool:
    """Whether there is a percentage for each number of the table."""
    made = shares(numbers_of(rows), axis, keepdims)
    return made.result is not None and made.result.shape == (3, len(rows))


def usual_cell(rows: Rows) -> str:
    """The number that is nudged first: the fat of beef, in the notes' table."""
    return f"2.{min(1, len(rows) - 1)}"


def script_values(rows: Rows, axis: int, keepdims: bool) -> dict[str, object]:
    """The table and how it is summed, for the take-home script."""
    return {"A": numbers_of(rows), "axis": axis, "keepdims": keepdims}


def nudge_values(cell: str, more: float) -> dict[str, object]:
    """Which number is nudged and by how much, for the take-home script."""
    row, column = place_of(cell)
    return {"row": row, "column": column, "more": more}


SCRIPT_PRINTS = (
    ("shape of cal", "shares(A, axis, keepdims).total.shape"),
    ("cal", "shares(A, axis, keepdims).total"),
    ("percentage", "shares(A, axis, keepdims).result"),
    ("error", "shares(A, axis, keepdims).error"),
)
NUDGED_PRINTS = (
    ("the nudged number", "nudged(A, row, column, more)[row, column]"),
    (
        "its share",
        "shares(nudged(A, row, column, more), axis, keepdims).result[row, column]",
    ),
)
