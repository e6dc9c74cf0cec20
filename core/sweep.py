"""A sweep: everything a figure needs to follow one dragged parameter.

The core computes the whole sweep once; the browser then plays it without
asking the server again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.edges import Cuts
from core.types import Array


@dataclass(frozen=True)
class Readout:
    """One number that follows the drag: a symbol and its text in every frame.

    `role` names the colour of the symbol ("parameter", "gradient", "function",
    "class1", "class0"), the same as in the figure.
    """

    symbol: str
    shown: tuple[str, ...]
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
    moving: trace index → attribute ("x", "y", "z", "text") → one row per frame.
    growing: traces of which frame i shows the points up to `growing[trace][i]`.
    says: the sentence of each frame, also read aloud by a screen reader.
    run: the sweep is a run through time, so it has play, pause and speed.
    along_x: the parameter is the figure's x, so the figure itself can be dragged.
    marks: moving traces on other axes of such a figure: there, the frame is taken whose
    first point is nearest to the hand.
    """

    label: str
    values: Array
    shown: tuple[str, ...]
    moving: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    growing: Mapping[int, Array] = field(default_factory=dict)
    readout: tuple[Readout, ...] = ()
    says: tuple[str, ...] = ()
    maps: tuple[Map, ...] = ()
    run: bool = False
    along_x: bool = False
    marks: tuple[int, ...] = ()

    def nearest(self, value: float) -> int:
        """The index of the frame whose value is nearest."""
        return int(abs(self.values - value).argmin())
