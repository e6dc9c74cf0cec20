"""Small grids of numbers that appear, light up and turn grey, frame by frame.

The browser paints them: cells are thick lines, as high as the figure's unit, so that
no frame asks Plotly to draw anything.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.base import axis, figure, scatter
from charts.colours import CLASS_1, FAINT, GRID, PARAMETER, TEXT
from core.rounding import readable
from core.sweep import Sweep
from core.types import Array

Mask = NDArray[np.bool_] | bool

# How strongly a cell is filled: a number seen again, a number in memory, and shares
# from little to all.
FILLS = (0.05, 0.16, 0.26, 0.36, 0.46, 0.56)
AGAIN, STORED = 0, 1
# Panels of an array with three or four axes stand this far apart, in cells.
BETWEEN = 0.5
EDGE = 0.02


@dataclass(frozen=True)
class Grid:
    """An array somewhere in a figure whose axes count cells.

    values of at most four axes; (left, top) is its corner, y counts upwards; `fill` is
    an index of FILLS for each cell; `grey` marks the numbers that are not stored; the
    title stands `title_up` over the grid.
    """

    values: Array
    left: float
    top: float
    title: str
    fill: NDArray[np.int64] | int = STORED
    grey: Mask = False
    title_up: float = 0.5

    @cached_property
    def middles(self) -> tuple[Array, Array]:
        """Where the cells are, in the order of the flattened array."""
        across, down = places(self.values.shape)
        return self.left + across, self.top - down


def places(shape: tuple[int, ...]) -> tuple[Array, Array]:
    """The middle of each cell from the corner of its grid: across and down.

    The last axis runs to the right and the one before it down; a third sets panels
    side by side, a fourth stacks them.
    """
    q, p, r, c = np.indices(padded(shape)).reshape(4, -1)
    rows, columns = padded(shape)[2:]
    across = c + 0.5 + p * (columns + BETWEEN)
    return across, r + 0.5 + q * (rows + BETWEEN)


def size_of(shape: tuple[int, ...]) -> tuple[float, float]:
    """How wide and how high a grid of this shape is, in cells."""
    across, down = places(shape)
    return float(across.max()) + 0.5, float(down.max()) + 0.5


def padded(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape with four axes; those it does not have are of length 1."""
    return (1,) * (4 - len(shape)) + shape


class Story:
    """What the grids show, told one frame after the other."""

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.grids = grids
        self.seen = {name: _mask(False, grid) for name, grid in grids.items()}
        self.frames: list[dict[str, NDArray[np.bool_]]] = []
        self.marks: list[dict[str, NDArray[np.bool_]]] = []
        self.says: list[str] = []

    def tell(
        self,
        says: str,
        show: Mapping[str, Mask] | None = None,
        mark: Mapping[str, Mask] | None = None,
    ) -> None:
        """One more frame: cells that stay from now on, and cells framed in it."""
        for name, mask in (show or {}).items():
            self.seen[name] = self.seen[name] | _mask(mask, self.grids[name])
        marks = {n: _mask(m, self.grids[n]) for n, m in (mark or {}).items()}
        self.frames.append(dict(self.seen))
        self.marks.append(marks)
        self.says.append(says)

    def draw(
        self, width: float, height: float, unit: int, *, few: bool = True, **layout: Any
    ) -> tuple[go.Figure, Sweep]:
        """The figure of `width` by `height` cells, each `unit` pixels high.

        Where a row does not have few cells, its numbers are smaller and shorter.
        """
        size, digits = (14, 4) if few else (11, 3)
        traces: list[Any] = [self._slots(), self._titles()]
        moving: dict[int, dict[str, Any]] = {}
        for part in (*self._fills(unit), *self._numbers(size, digits)):
            if part is not None:
                moving[len(traces)] = {"x": part[1]}
                traces.append(part[0])
        frames = self._frames()
        if frames is not None:
            moving[len(traces)] = frames
            traces.append(
                scatter(mode="lines", line={"color": PARAMETER, "width": 2.5})
            )
        margin = {"l": 4, "r": 4, "t": 0, "b": 0, **layout.pop("margin", {})}
        fig = figure(
            traces,
            height=round(height * unit) + margin["t"] + margin["b"],
            margin=margin,
            xaxis={**_bare(0, width), **layout.pop("xaxis", {})},
            yaxis={**_bare(-height, 0), **layout.pop("yaxis", {})},
            **layout,
        )
        last = len(self.says) - 1
        sweep = Sweep(
            label="step",
            values=np.arange(last + 1.0),
            shown=tuple(f"{i} of {last}" for i in range(last + 1)),
            moving=moving,
            says=tuple(self.says),
            run=True,
        )
        return fig, sweep

    def _fills(self, unit: int) -> list[tuple[Any, Array] | None]:
        return [self._fill(level, opacity, unit) for level, opacity in enumerate(FILLS)]

    def _fill(self, level: int, opacity: float, unit: int) -> tuple[Any, Array] | None:
        """The cells that are filled this strongly, as thick lines from edge to edge."""
        x, y, seen = self._cells(
            {n: np.broadcast_to(g.fill, g.values.shape) == level
             for n, g in self.grids.items()}
        )  # fmt: skip
        if not x.size:
            return None
        gap = np.full(len(x), np.nan)
        ends = np.stack([x - 0.5 + EDGE, x + 0.5 - EDGE, gap], axis=1).ravel()
        trace = scatter(
            y=np.stack([y, y, gap], axis=1).ravel(),
            mode="lines",
            line={"color": CLASS_1, "width": unit - 2},
            opacity=opacity,
        )
        return trace, np.where(np.repeat(seen, 3, axis=1), ends, np.nan)

    def _numbers(self, size: int, digits: int) -> list[tuple[Any, Array] | None]:
        parts: list[tuple[Any, Array] | None] = []
        for grey, colour in ((False, TEXT), (True, FAINT)):
            chosen = {
                n: np.broadcast_to(g.grey, g.values.shape) == grey
                for n, g in self.grids.items()
            }
            x, y, seen = self._cells(chosen)
            if not x.size:
                continue
            texts = [
                number_text(float(v), digits)
                for n, g in self.grids.items()
                for v in g.values[chosen[n]]
            ]
            font = {"size": size, "color": colour}
            trace = scatter(y=y, text=texts, mode="text", textfont=font)
            parts.append((trace, np.where(seen, x, np.nan)))
        return parts

    def _titles(self) -> Any:
        grids = self.grids.values()
        return scatter(
            x=[grid.left for grid in grids],
            y=[grid.top + grid.title_up for grid in grids],
            text=[grid.title for grid in grids],
            mode="text",
            textposition="middle right",
            textfont={"size": 14, "color": TEXT},
            cliponaxis=False,
        )

    def _slots(self) -> Any:
        """An empty box for every number that comes."""
        every = {name: _mask(True, grid) for name, grid in self.grids.items()}
        x, y = self._around(every)
        line = {"color": GRID, "width": 1}
        return scatter(x=x, y=y, mode="lines", line=line)

    def _frames(self) -> dict[str, Array] | None:
        """A line around each marked cell."""
        around = [self._around(marks) for marks in self.marks]
        most = max(len(x) for x, _ in around)
        if not most:
            return None
        rows = [np.full((len(around), most), np.nan) for _ in range(2)]
        for i, pair in enumerate(around):
            for row, values in zip(rows, pair, strict=True):
                row[i, : len(values)] = values
        return {"x": rows[0], "y": rows[1]}

    def _around(self, marks: Mapping[str, NDArray[np.bool_]]) -> tuple[Array, Array]:
        x, y = self._places(marks)
        dx = np.array([-0.5, 0.5, 0.5, -0.5, -0.5, np.nan]) * 0.97
        dy = np.array([-0.5, -0.5, 0.5, 0.5, -0.5, np.nan]) * 0.92
        return (x[:, None] + dx).ravel(), (y[:, None] + dy).ravel()

    def _cells(
        self, chosen: Mapping[str, NDArray[np.bool_]]
    ) -> tuple[Array, Array, NDArray[np.bool_]]:
        """Chosen cells of all grids: where they are, and in which frames. (n, cells)"""
        x, y = self._places(chosen)
        seen = [
            np.concatenate([frame[name][mask] for name, mask in chosen.items()])
            for frame in self.frames
        ]
        return x, y, np.array(seen)

    def _places(self, chosen: Mapping[str, NDArray[np.bool_]]) -> tuple[Array, Array]:
        if not chosen:
            return np.empty(0), np.empty(0)
        pairs = [self.grids[name].middles for name in chosen]
        masks = [mask.ravel() for mask in chosen.values()]
        x, y = (
            np.concatenate([c[mask] for c, mask in zip(middles, masks, strict=True)])
            for middles in zip(*pairs, strict=True)
        )
        return x, y


def number_text(value: float, digits: int = 4) -> str:
    """A number short enough for a cell: 155.4, 0.333, 3e6; a dash for none."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    if size == 0 or 1e-3 <= size < 1e4:
        return readable(value, digits if size >= 100 else 3)
    mantissa, power = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(power)}".replace("-", "−")


def texts_of(values: Sequence[float]) -> list[str]:
    """Numbers as they stand in a sentence, negative ones in brackets."""
    return [f"({readable(v)})" if v < 0 else readable(v) for v in values]


def _mask(mask: Mask, grid: Grid) -> NDArray[np.bool_]:
    return np.broadcast_to(np.asarray(mask, dtype=bool), grid.values.shape)


def _bare(low: float, high: float) -> dict[str, Any]:
    """An axis that only counts cells, and that nothing moves."""
    quiet = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "showline": False,
    }
    return axis(span=(low, high), fixedrange=True, **quiet)
