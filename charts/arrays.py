"""Arrays drawn as NumPy prints them: cells, and one pair of brackets for each axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, heatmap, scatter
from charts.colours import CLASS_0, CLASS_1, PAPER, PARAMETER, TEXT
from core.rounding import readable
from core.sweep import Map
from core.types import Array

# How far the brackets stand off the cells, in cells: the inner ones, the outer ones.
INNER, OUTER = 0.14, 0.36
TICK = 0.12
# The height of a cell in pixels; its width depends on the screen.
CELL = 30
COLOURS = ((0.0, CLASS_0), (0.5, PAPER), (1.0, CLASS_1))


@dataclass(frozen=True)
class Block:
    """An array somewhere in a figure whose axes count cells.

    frames (n, *shape): the array in each frame; top: the y of its upper edge;
    written: whether the cells hold their numbers; marked: the cells that get a frame,
    of the array's own shape, or else those that move; usual: the size of a number that
    has half the full colour.
    """

    frames: Array
    left: float
    top: float
    title: str = ""
    written: bool = True
    marked: Array | None = None
    usual: float = 2.0

    @property
    def shape(self) -> tuple[int, ...]:
        """The array's own shape."""
        return tuple(self.frames.shape[1:])

    @property
    def cells(self) -> Array:
        """(n, rows, columns), whatever the array's own axes."""
        rows, columns = rows_and_columns(self.shape)
        return self.frames.reshape(len(self.frames), rows, columns)

    @property
    def moves(self) -> Array:
        """Which cells change from frame to frame. (rows, columns)"""
        return np.any(self.cells != self.cells[:1], axis=0)


def rows_and_columns(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many cells a shape of at most two axes takes, downwards and across."""
    return (1, *shape)[-2:] if shape else (1, 1)


def blocks(
    of: Sequence[Block], size: int = 14
) -> tuple[list[Any], dict[int, dict[str, Any]], tuple[Map, ...]]:
    """The traces of these arrays, what of them moves, and the colours that move.

    Colours and numbers that follow a drag are painted by the browser on its own: a
    heat map that moved would have Plotly draw the whole figure in each frame.
    """
    filled = [block for block in of if block.frames.size]
    traces: list[Any] = [_heat(block) for block in filled if not block.moves.any()]
    maps = tuple(_map(block) for block in filled if block.moves.any())
    moving: dict[int, dict[str, Any]] = {}
    traces.append(_lines([_separators(block) for block in of], PAPER, 2))
    traces.append(_lines([_brackets(block) for block in of], TEXT, 1.5))
    written = [block for block in filled if block.written]
    x, y, texts = _numbers(written, follow=True)
    if x:
        moving[len(traces)] = {"text": texts}
        traces.append(_text(x, y, texts[0], size))
    x, y, texts = _numbers(written, follow=False)
    traces.append(_text(x, y, texts[0] if x else (), size))
    traces.append(_marks(filled))
    traces.append(_titles(of, size))
    return traces, moving, maps


def still(of: Sequence[Block], columns: int, bottom: float) -> go.Figure:
    """A figure of arrays in which nothing moves; `columns` wide, down to `bottom`."""
    traces, *_ = blocks(of, 13)
    room = 0.12 * columns
    return figure(
        traces,
        height=int(min(-bottom * CELL, 420)),
        margin={"l": 4, "r": 4, "t": 0, "b": 0},
        xaxis=hidden_axis(-room, columns + room),
        yaxis=hidden_axis(bottom, 0),
    )


def hidden_axis(low: float, high: float) -> dict[str, Any]:
    """An axis that only counts cells."""
    return axis(span=(low, high), fixedrange=True, visible=False)


def cell_text(value: float) -> str:
    """A number short enough for a cell: 22, −8.41, 0.09, and 3e9 for a very large one.

    A number in the thousands keeps its units, a number near 0 two decimals.
    """
    size = abs(value)
    if size >= 0.005 or size == 0:
        rounded = round(value, 2 if size < 100 else 0)
        if abs(rounded) < 1e5:
            return readable(rounded, 6)
    mantissa, power = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(power)}".replace("-", "−")


def shade(values: Array, usual: float) -> Array:
    """−1 to 1 for any number; the sign is kept, and ±usual becomes ±½."""
    return values / (np.abs(values) + usual)


def _centres(block: Block) -> tuple[Array, Array]:
    """The middle of every cell, row by row. Each (rows · columns,)"""
    rows, columns = rows_and_columns(block.shape)
    down, across = np.divmod(np.arange(rows * columns), columns)
    return block.left + across + 0.5, block.top - down - 0.5


def _heat(block: Block) -> go.Heatmap:
    """The colours of an array that stands still."""
    x, y = _centres(block)
    # Paler than the palette, as in the maps: the numbers have to stand out.
    return heatmap(
        x=x,
        y=y,
        z=shade(block.cells[0], block.usual).ravel(),
        zmin=-1,
        zmax=1,
        colorscale=COLOURS,
        showscale=False,
        opacity=0.6,
    )


def _map(block: Block) -> Map:
    """The colours of an array that moves, its lowest row first."""
    z = (1 + shade(block.cells, block.usual)) / 2
    _, rows, columns = z.shape
    across = (block.left, block.left + columns)
    return Map(z[:, ::-1], across, (block.top - rows, block.top), cells=True)


def _separators(block: Block) -> list[tuple[float, float, float, float]]:
    """A line between neighbouring cells: x, y, x, y."""
    rows, columns = rows_and_columns(block.shape)
    right, bottom = block.left + columns, block.top - rows
    return [
        *((block.left + c, block.top, block.left + c, bottom) for c in range(columns)),
        *((block.left, block.top - r, right, block.top - r) for r in range(rows)),
    ]


def _brackets(block: Block) -> list[tuple[float, float, float, float]]:
    """As many pairs as the array has axes; a single number has none."""
    axes = len(block.shape)
    if axes == 0:
        return []
    rows, columns = rows_and_columns(block.shape)
    if axes == 1:
        return _pair(block, columns, 0, 1, INNER, 0.0)
    inner = [_pair(block, columns, row, row + 1, INNER, -0.08) for row in range(rows)]
    return [*chain(*inner), *_pair(block, columns, 0, rows, OUTER, 0.06)]


def _pair(
    block: Block, columns: int, first: int, last: int, off: float, over: float
) -> list[tuple[float, float, float, float]]:
    """[ and ] around the rows from first to last, `over` higher than they are."""
    high, low = block.top - first + over, block.top - last - over
    left, right = block.left - off, block.left + columns + off
    return [
        (left, high, left, low),
        (left, high, left + TICK, high),
        (left, low, left + TICK, low),
        (right, high, right, low),
        (right, high, right - TICK, high),
        (right, low, right - TICK, low),
    ]


def _lines(
    groups: Sequence[Sequence[tuple[float, float, float, float]]],
    colour: str,
    width: float,
) -> go.Scatter:
    """Many separate lines as one trace, with a gap after each."""
    parts = [part for group in groups for part in group]
    x = [v for a, _, c, _ in parts for v in (a, c, None)]
    y = [v for _, b, _, d in parts for v in (b, d, None)]
    line = {"color": colour, "width": width}
    return scatter(x=x, y=y, mode="lines", line=line)


def _numbers(
    of: Sequence[Block], *, follow: bool
) -> tuple[list[float], list[float], list[tuple[str, ...]]]:
    """Places and texts of the numbers that move, or of those that do not.

    A text for each frame where they move, else one."""
    x: list[float] = []
    y: list[float] = []
    columns: list[list[str]] = []
    for block in of:
        across, down = _centres(block)
        chosen = np.flatnonzero(block.moves.ravel() == follow)
        x += across[chosen].tolist()
        y += down[chosen].tolist()
        cells = block.cells.reshape(len(block.frames), -1)
        frames = cells if follow else cells[:1]
        columns += [[cell_text(float(v)) for v in frames[:, c]] for c in chosen]
    return x, y, list(zip(*columns, strict=True))


def _text(
    x: Sequence[float], y: Sequence[float], texts: Sequence[str], size: int
) -> go.Scatter:
    font = {"size": size, "color": TEXT}
    return scatter(x=x, y=y, text=texts, mode="text", textfont=font)


def _marks(of: Sequence[Block]) -> go.Scatter:
    """A frame around every marked cell."""
    frames = []
    for block in of:
        marked = block.moves if block.marked is None else block.marked
        x, y = _centres(block)
        for i in np.flatnonzero(marked):
            frames.append(_frame(float(x[i]), float(y[i])))
    return _lines(frames, PARAMETER, 2)


def _frame(x: float, y: float) -> list[tuple[float, float, float, float]]:
    left, right, low, high = x - 0.47, x + 0.47, y - 0.45, y + 0.45
    return [
        (left, low, right, low),
        (right, low, right, high),
        (right, high, left, high),
        (left, high, left, low),
    ]


def _titles(of: Sequence[Block], size: int) -> go.Scatter:
    titled = [block for block in of if block.title]
    return scatter(
        x=[block.left - INNER for block in titled],
        y=[block.top + 0.5 for block in titled],
        text=[block.title for block in titled],
        mode="text",
        textposition="middle right",
        textfont={"size": size, "color": TEXT},
    )
