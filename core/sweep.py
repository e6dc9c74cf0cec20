"""A sweep: everything a figure needs to follow one dragged parameter.

The core computes the whole sweep once; the browser then plays it without
asking the server again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.edges import Cuts
from core.types import Array

Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Texts(Sequence[str]):
    """Texts of one pattern, for frames too many to write all of them out.

    In `pattern` each {name} stands for that column: whole numbers (n,), or some words
    and which of them (n,). The browser writes the text of the frame that it shows.
    """

    pattern: str
    columns: Mapping[str, Whole | tuple[Sequence[str], Whole]]

    def __len__(self) -> int:
        column = next(iter(self.columns.values()))
        return len(column if isinstance(column, np.ndarray) else column[1])

    def __getitem__(self, i: Any) -> Any:
        return self.pattern.format(
            **{name: _entry(column, i) for name, column in self.columns.items()}
        )


def _entry(column: Whole | tuple[Sequence[str], Whole], i: int) -> object:
    if isinstance(column, np.ndarray):
        return column[i]
    words, which = column
    return words[which[i]]


@dataclass(frozen=True)
class Around:
    """A moving attribute whose rows are neighbours in one long list.

    Row i is what stands in `table` around at[i], `reach` places to either side; None
    outside of it. `order` tells which item of `table` stands at each place, where that
    is not the order of `table` itself.
    """

    table: Array | Texts
    at: Whole
    reach: int
    order: Whole | None = None

    def __len__(self) -> int:
        return len(self.at)

    def __iter__(self) -> Iterator[list[Any]]:
        return map(self.row, range(len(self)))

    def row(self, i: int) -> list[Any]:
        """Row i, as the browser reads it."""
        first = int(self.at[i]) - self.reach
        places = range(first, first + 2 * self.reach + 1)
        return [self._item(p) if 0 <= p < len(self.table) else None for p in places]

    def _item(self, place: int) -> Any:
        return self.table[place if self.order is None else self.order[place]]


@dataclass(frozen=True)
class Readout:
    """One number that follows the drag: a symbol and its text in every frame.

    `role` names the colour of the symbol ("parameter", "gradient", "function",
    "class1", "class0"), the same as in the figure.
    """

    symbol: str
    shown: Sequence[str]
    role: str = "function"


@dataclass(frozen=True)
class Map:
    """A value in [0, 1] over the plane for every frame, painted under the figure.

    z (n, n_y, n_x), rows from low y to high y, one value in the middle of each cell
    of the spans `x` and `y`; `subplot` counts the figure's x axes from 1. A line is
    drawn where z crosses `edge`; `cuts` (core.edges) say where just that is between the
    middles of the cells. With `cells` each value fills its cell, unblurred.
    """

    z: Array
    x: tuple[float, float]
    y: tuple[float, float]
    subplot: int = 1
    edge: float | None = None
    cells: bool = False
    cuts: Cuts | None = None


@dataclass(frozen=True)
class Sweep:
    """The n frames of a figure.

    values (n,): the parameter, rising; `shown` its text in each frame.
    moving: trace index → attribute ("x", "y", "z", "text") → one row per frame, or
    `Around`.
    growing: traces of which frame i shows the points up to `growing[trace][i]`.
    says: the sentence of each frame, also read aloud by a screen reader.
    run: the sweep is a run through time, so it has play, pause and speed.
    along_x: the parameter is the figure's x, so the figure itself can be dragged.
    marks: moving traces on other axes of such a figure: there, the frame is taken whose
    first point is nearest to the hand.
    hover: such a figure also follows a pointer that is not pressed, while it is there.
    """

    label: str
    values: Array
    shown: Sequence[str]
    moving: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    growing: Mapping[int, Array] = field(default_factory=dict)
    readout: tuple[Readout, ...] = ()
    says: Sequence[str] = ()
    maps: tuple[Map, ...] = ()
    run: bool = False
    along_x: bool = False
    marks: tuple[int, ...] = ()
    hover: bool = False

    def nearest(self, value: float) -> int:
        """The index of the frame whose value is nearest."""
        return int(abs(self.values - value).argmin())
