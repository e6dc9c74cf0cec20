"""A computation graph as it is drawn: boxes, arrows, and what lights up in them.

What stands still is drawn once; texts and highlights are lines, markers and words on
fixed axes, so that a frame costs nearly nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.base import figure, scatter
from charts.colours import FAINT, GRADIENT, PARAMETER, TEXT
from core.graph import Edge, Graph
from core.graph_layout import layout

# Half a box: as a share of the way to the next column, and of that to the next row.
HALF_WIDTH, HALF_HEIGHT = 0.42, 0.38
ROW_PIXELS = 98
# A tall graph has lower rows, so that its slider is still on the screen; but three
# lines need a place in each box.
MOST_PIXELS, LEAST_ROW = 440, 62
# The three lines of a box, up from its middle.
TITLE, VALUE, SLOPE = 0.22, -0.01, -0.24
# More columns than this would not fit a phone: then the graph runs downwards.
MOST_COLUMNS = 5

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Box:
    """A node as it is drawn: where, and what its first line says."""

    name: str
    title: str
    x: float
    y: float


@dataclass(frozen=True)
class Plan:
    """Boxes and arrows in columns and rows; y goes up."""

    boxes: tuple[Box, ...]
    wires: Mapping[tuple[str, str, int], Line]
    downwards: bool = False

    @property
    def across(self) -> float:
        """How many boxes share the width of the figure."""
        places = [box.x for box in self.boxes]
        return 1 + max(places) - min(places)


@dataclass(frozen=True)
class Look:
    """One frame: the words in the boxes, and which boxes and arrows are lit.

    `back` is the way back: lit in the colour of gradients, against the arrows.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    slopes: Mapping[str, str] = field(default_factory=dict)
    boxes: tuple[str, ...] = ()
    wires: tuple[tuple[str, str, int], ...] = ()
    back: bool = False


def key_of(edge: Edge) -> tuple[str, str, int]:
    """An edge as a plan names it."""
    return edge.source, edge.target, edge.slot


def plan_of(graph: Graph) -> Plan:
    """Places for a graph, left to right, or downwards where it has many columns."""
    at = layout(graph)
    last = max(at.column.values())
    rows = [row for wire in at.wires for row in wire.row]
    downwards = last >= MOST_COLUMNS and last > max(rows) - min(rows)

    def place(column: float, row: float) -> tuple[float, float]:
        return (row, -column) if downwards else (column, -row)

    boxes = tuple(
        Box(node.name, title_of(graph, node.name), *place(at.column[node.name], row))
        for node in graph.nodes
        for row in (at.row[node.name],)
    )
    wires = {}
    for wire in at.wires:
        points = list(zip(wire.column, wire.row, strict=True))
        beside = [w for w in at.wires if w.edge.target == wire.edge.target]
        beside.sort(key=lambda each: (each.row[-2], each.edge.slot))
        aside = beside.index(wire) - (len(beside) - 1) / 2
        wires[key_of(wire.edge)] = _around(points, aside, place, downwards=downwards)
    return Plan(boxes, wires, downwards)


def title_of(graph: Graph, name: str) -> str:
    """`u = b·c`, and `b` for a variable."""
    node = graph.node(name)
    return name if node.is_variable else f"{name} = {tidy(node.text())}"


def tidy(formula: str) -> str:
    """A typed formula with the signs of a book."""
    formula = re.sub(r"\*\*2(?![\d.])", "²", formula)
    formula = re.sub(r"\*\*3(?![\d.])", "³", formula)
    for typed, sign in (("**", "^"), ("*", "·"), ("sigmoid", "σ"), ("-", "−")):
        formula = formula.replace(typed, sign)
    return formula


def _around(
    points: list[tuple[float, float]], aside: float, place: Any, *, downwards: bool
) -> Line:
    """A wire from edge to edge of its boxes, straight past the columns between."""
    half, apart = (HALF_HEIGHT, 0.16) if downwards else (HALF_WIDTH, 0.14)
    (start, first), (end, last) = points[0], points[-1]
    between = [
        spot
        for column, row in points[1:-1]
        for spot in ((column - half, row), (column + half, row))
    ]
    way = [(start + half, first), *between, (end - half, last + aside * apart)]
    return tuple(place(*spot) for spot in way)


def straight(boxes: Sequence[Box], pairs: Sequence[tuple[str, str]]) -> Plan:
    """Boxes placed by hand, with an arrow for each pair of names."""
    box = {each.name: each for each in boxes}
    wires = {}
    for source, target in pairs:
        users = sorted((s for s, t in pairs if t == target), key=lambda n: -box[n].y)
        aside = users.index(source) - (len(users) - 1) / 2
        start, end = box[source], box[target]
        wires[source, target, 0] = (
            (start.x + HALF_WIDTH, start.y),
            (end.x - HALF_WIDTH, end.y - 0.14 * aside),
        )
    return Plan(tuple(boxes), wires)


# ---- the figure ----------------------------------------------------------------


def graph_figure(
    plan: Plan, looks: Sequence[Look], row_pixels: int = ROW_PIXELS
) -> tuple[go.Figure, dict[int, dict[str, object]]]:
    """The figure, and what moves in it: one look a frame."""
    corners = {box.name: _corners(box) for box in plan.boxes}
    ends = [line[-1] for line in plan.wires.values()]
    size = 12 if plan.downwards else 13
    traces = [
        _lines(corners.values(), FAINT, 1),
        _lines(plan.wires.values(), FAINT, 1.2),
        scatter(
            x=[x for x, _ in ends],
            y=[y for _, y in ends],
            mode="markers",
            marker={
                # Its tip is the end of the wire: the box itself stays free of it.
                "symbol": "arrow",
                "angle": 180 if plan.downwards else 90,
                "size": 8,
                "color": FAINT,
            },
        ),
        scatter(
            x=[box.x for box in plan.boxes],
            y=[box.y + TITLE for box in plan.boxes],
            text=[box.title for box in plan.boxes],
            mode="text",
            textfont={"size": size, "color": TEXT},
        ),
    ]
    moving: dict[int, dict[str, object]] = {}
    for back, colour in ((False, PARAMETER), (True, GRADIENT)):
        shapes = [
            [plan.wires[w] for w in look.wires] + [corners[b] for b in look.boxes]
            if look.back is back
            else []
            for look in looks
        ]
        moving[len(traces)] = _rows_of(shapes)
        traces.append(
            scatter(
                mode="lines",
                line={
                    "color": colour,
                    "width": 2.6,
                    "dash": "dash" if back else "solid",
                },
            )
        )
    for words, up, colour, points in (
        ([look.values for look in looks], VALUE, PARAMETER, size + 1),
        ([look.slopes for look in looks], SLOPE, GRADIENT, size - 1),
    ):
        moving[len(traces)] = {
            "text": [[said.get(box.name, "") for box in plan.boxes] for said in words]
        }
        traces.append(
            scatter(
                x=[box.x for box in plan.boxes],
                y=[box.y + up for box in plan.boxes],
                mode="text",
                textfont={"size": points, "color": colour},
            )
        )
    return _framed(plan, traces, row_pixels), moving


def _framed(plan: Plan, traces: Sequence[Any], row_pixels: int) -> go.Figure:
    """The figure on axes that nobody sees, as high as its rows."""
    points = [p for line in plan.wires.values() for p in line]
    xs = [box.x for box in plan.boxes] + [x for x, _ in points]
    ys = [box.y for box in plan.boxes] + [y for _, y in points]
    room = 0.5
    low, high = min(ys) - room, max(ys) + room
    row = min(row_pixels, max(LEAST_ROW, MOST_PIXELS / (high - low)))
    hidden = {"visible": False, "fixedrange": True}
    return figure(
        traces,
        height=round(row * (high - low)) + 8,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={**hidden, "range": (min(xs) - room, max(xs) + room)},
        yaxis={**hidden, "range": (low, high)},
    )


def _corners(box: Box) -> Line:
    left, right = box.x - HALF_WIDTH, box.x + HALF_WIDTH
    low, high = box.y - HALF_HEIGHT, box.y + HALF_HEIGHT
    return ((left, low), (left, high), (right, high), (right, low), (left, low))


def _rows_of(shapes: Sequence[Sequence[Line]]) -> dict[str, object]:
    """Lines with gaps between them, one row a frame, all rows equally long."""
    rows = [[p for line in each for p in (*line, (np.nan, np.nan))] for each in shapes]
    longest = max(1, *(len(row) for row in rows))
    filled = np.array([row + [(np.nan, np.nan)] * (longest - len(row)) for row in rows])
    return {"x": filled[..., 0], "y": filled[..., 1]}


def _lines(lines: Any, colour: str, width: float) -> go.Scatter:
    points = [p for line in lines for p in (*line, (None, None))]
    return scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line={"color": colour, "width": width},
    )
