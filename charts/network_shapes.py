"""A network as a drawing in which every symbol lights up what it stands for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, GRID, PAPER, PARAMETER, TEXT
from core.notation import Symbol, size_letters, symbols
from core.sweep import Readout, Sweep
from core.types import Array

# Units of a layer, and rows and columns of an array, that are drawn one by one.
MOST = 6
# Between two layers, and from the middle of a unit to its z and its a, in units of
# the drawing.
GAP, HALF = 2.4, 0.48
PITCH = 50  # pixels from unit to unit
CLEAR = 0.28  # how far from the middle of a circle its edges end
CELL = (0.6, 0.7)
EXAMPLE = 2  # the i and the j of x⁽ⁱ⁾ and aⱼ, where there are as many
# What an index in the drawing stands for; None is the gap of those left out.
Spots = tuple[int | None, ...]
# Where it stands, what is written there, its size in pixels and its colour.
Word = tuple[float, float, str, int, str]


@dataclass(frozen=True)
class Net:
    """The layers' sizes from n_x to n_y, and m."""

    sizes: tuple[int, ...]
    m: int

    @property
    def layers(self) -> int:
        """Hidden layers and the output."""
        return len(self.sizes) - 1

    @property
    def letters(self) -> dict[str, int]:
        """The number behind each letter of a shape."""
        return dict(zip(size_letters(self.layers), self.sizes, strict=True)) | {
            "m": self.m
        }

    @property
    def large(self) -> bool:
        """Whether the sizes are too wide to stand beside their letters."""
        return max(self.sizes) > 99

    def z(self, layer: int) -> float:
        """How far right the z of a layer stands."""
        return GAP * layer - HALF

    def a(self, layer: int) -> float:
        """How far right the a of a layer stands; the input has nothing else."""
        return GAP * layer + (HALF if layer else 0.0)


def spots(n: int) -> Spots:
    """What is drawn of n things: all, or the first ones, a gap and the last."""
    if n <= MOST:
        return tuple(range(1, n + 1))
    return (*range(1, MOST - 1), None, n)


def heights(n: int) -> dict[int, float]:
    """How high each drawn one of n units stands, around 0; the first is on top."""
    drawn = spots(n)
    return {
        k: (len(drawn) - 1) / 2 - row for row, k in enumerate(drawn) if k is not None
    }


# ---- the figure ----------------------------------------------------------------


def network_chart(sizes: tuple[int, ...], m: int) -> tuple[go.Figure, Sweep]:
    """The network; dragging goes through its symbols and lights each of them."""
    net = Net(sizes, m)
    walk = symbols(net.layers)
    reach = max(4, *(len(spots(n)) for n in sizes)) / 2
    top, bottom = reach + 1.25, -reach - (0.95 if net.large else 0.55)
    right = net.a(net.layers) + 1.1
    parts = [_parts(net, symbol) for symbol in walk]
    panels = [_panel(net, symbol, right) for symbol in walk]
    marks = np.array([[_place(net, symbol)] for symbol in walk])
    still = [*_edges(net), *_units(net), _hover_edges(net)]
    lit = [
        _words(net, reach, len(walk)),
        *_moving(parts, panels, marks, [s.text for s in walk], reach),
    ]
    moving = {len(still) + k: rows for k, (_, rows) in enumerate(lit)}
    quiet = {"fixedrange": True, "visible": False}
    fig = figure(
        [*still, *(trace for trace, _ in lit)],
        height=round((top - bottom) * PITCH),
        margin={"l": 4, "r": 4, "t": 0, "b": 0},
        xaxis=axis(span=(-0.95, right + MOST * CELL[0] + 0.25), **quiet),
        yaxis=axis(span=(bottom, top), **quiet),
        hovermode="closest",
        hoverlabel={"bgcolor": PAPER, "font": {"color": TEXT, "size": 14}},
    )
    sweep = Sweep(
        label="symbol",
        values=np.arange(len(walk), dtype=np.float64),
        shown=tuple(symbol.text for symbol in walk),
        moving=moving,
        readout=(
            Readout("shape", tuple(in_letters(s) for s in walk), "parameter"),
            Readout("here", tuple(in_numbers(net, s) for s in walk)),
        ),
        says=tuple(_sentence(net, symbol) for symbol in walk),
        along_x=True,
        marks=(len(still) + len(lit) - 1,),
    )
    return fig, sweep


def _words(net: Net, reach: float, frames: int) -> tuple[Any, dict[str, Any]]:
    """What is written over the drawing, the same in every frame.

    Painted with what moves, it takes the browser a tenth of Plotly's time for it.
    """
    words = [*_letters(net), *_headings(net, reach)]
    x, y, texts, sizes, colours = zip(*words, strict=True)
    rows = {
        "x": np.tile(x, (frames, 1)),
        "y": np.tile(y, (frames, 1)),
        "text": [list(texts)] * frames,
    }
    font = {"size": list(sizes), "color": list(colours)}
    trace = scatter(mode="text", textfont=font, hoverinfo="skip", cliponaxis=False)
    return trace, rows


def _edges(net: Net) -> list[Any]:
    """Every drawn unit joined with every drawn unit of the next layer."""
    pairs = [strokes(_weights(net, layer)) for layer in range(1, net.layers + 1)]
    x, y = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return [_line(x, y, GRID, 1.2)]


def _weights(net: Net, layer: int, unit: int | None = None) -> list[tuple[float, ...]]:
    """The edges into a layer, or into one unit of it: x and y of both ends."""
    before, here = heights(net.sizes[layer - 1]), heights(net.sizes[layer])
    return [
        (net.a(layer - 1) + CLEAR, y0, net.z(layer) - CLEAR, y1)
        for j, y1 in here.items()
        for y0 in before.values()
        if unit in {None, j}
    ]


@dataclass(frozen=True)
class Circle:
    """An input, a z or an a: where it stands, and what it says when it is touched."""

    x: float
    y: float
    letter: str
    tip: str


def _circles(net: Net) -> list[Circle]:
    """Every circle of the drawing, from the input to the output."""
    found = []
    for layer, n in enumerate(net.sizes):
        for k, y in heights(n).items():
            if not layer:
                tip = f"x{_sub(k)}: feature {k}, also called a{_sub(k)}[0]"
                found.append(Circle(0.0, y, "x", tip))
                continue
            found.append(Circle(net.z(layer), y, "z", _tip_z(layer, k)))
            found.append(Circle(net.a(layer), y, "a", _tip_a(layer, k)))
    return found


def _units(net: Net) -> list[Any]:
    """The circles; of each unit its bias, and z joined with a by g."""
    capsules, stubs = [], []
    biases: list[tuple[float, float, str]] = []
    for layer in range(1, net.layers + 1):
        for k, high in heights(net.sizes[layer]).items():
            ends = net.z(layer) + CLEAR, net.a(layer) - CLEAR
            capsules.append((ends[0], high, ends[1], high))
            stubs.append((net.z(layer), high, net.z(layer), high + 0.42))
            biases.append((net.z(layer), high + 0.42, f"b{_sub(k)}[{layer}]: its bias"))
    circles = _circles(net)
    size = 22 if net.layers < 3 else 18
    return [
        _line(*strokes(stubs), FAINT, 1.2),
        _line(*strokes(capsules), FAINT, 3),
        scatter(
            x=[b[0] for b in biases],
            y=[b[1] for b in biases],
            mode="markers",
            marker={"size": 9, "symbol": "square", "color": FAINT},
            hovertext=[b[2] for b in biases],
            hoverinfo="text",
        ),
        scatter(
            x=[c.x for c in circles],
            y=[c.y for c in circles],
            mode="markers",
            marker={
                "size": size,
                "color": PAPER,
                "line": {"color": TEXT, "width": 1.3},
            },
            hovertext=[c.tip for c in circles],
            hoverinfo="text",
        ),
    ]


def _letters(net: Net) -> list[Word]:
    """x, z or a in each circle, and dots for the units that are left out."""
    return [(c.x, c.y, c.letter, 13, TEXT) for c in _circles(net)] + [
        (GAP * layer, _gap(n), "⋮", 20, TEXT)
        for layer, n in enumerate(net.sizes)
        if None in spots(n)
    ]


def _tip_z(layer: int, k: int) -> str:
    into = "x" if layer == 1 else f"a[{layer - 1}]"
    row = f"w{_sub(k)}[{layer}]"
    return (
        f"z{_sub(k)}[{layer}] = {row}ᵀ {into} + b{_sub(k)}[{layer}]"
        f"<br>{row}ᵀ is row {k} of W[{layer}]"
    )


def _tip_a(layer: int, k: int) -> str:
    name = f"a{_sub(k)}[{layer}] = g(z{_sub(k)}[{layer}])"
    return f"{name}<br>row {k} of A[{layer}]"


def _hover_edges(net: Net) -> Any:
    """Points on the edges that can be touched to read which weight it is."""
    x, y, tips = [], [], []
    for layer in range(1, net.layers + 1):
        before, here = heights(net.sizes[layer - 1]), heights(net.sizes[layer])
        for j, y1 in here.items():
            for k, y0 in before.items():
                for share in (0.4, 0.7):
                    x.append(net.a(layer - 1) * (1 - share) + net.z(layer) * share)
                    y.append(y0 * (1 - share) + y1 * share)
                    tips.append(
                        f"W[{layer}], row {j}, column {k}:<br>the weight of unit {j} "
                        f"for input {k}"
                    )
    # A line that nobody sees: as markers they would be drawn one by one.
    line = {"color": "rgba(0,0,0,0)", "width": 0}
    return scatter(x=x, y=y, mode="lines", line=line, hovertext=tips, hoverinfo="text")


def _headings(net: Net, reach: float) -> list[Word]:
    """Over each layer its number, under it how many units it has."""
    letters = size_letters(net.layers)
    names = [f"layer {layer}" for layer in range(net.layers + 1)]
    names[0], names[-1] = "input", "output"
    found: list[Word] = []
    for layer, (n, size) in enumerate(zip(letters, net.sizes, strict=True)):
        found.append((GAP * layer, reach + 0.95, names[layer], 13, FAINT))
        written = (f"{n} =", f"{size:,}") if net.large else (f"{n} = {size:,}",)
        for line, text in enumerate(written):
            found.append((GAP * layer, -reach - 0.3 - 0.4 * line, text, 13, FAINT))
    return found


# ---- what lights up ------------------------------------------------------------


@dataclass(frozen=True)
class Parts:
    """What of the drawing a symbol lights: edges, biases, and circles with a letter."""

    edges: tuple[tuple[float, ...], ...] = ()
    biases: tuple[tuple[float, float], ...] = ()
    circles: tuple[tuple[float, float], ...] = ()
    letter: str = ""


def _parts(net: Net, symbol: Symbol) -> Parts:
    layer, high = symbol.layer, heights(net.sizes[symbol.layer])
    unit = chosen(net.sizes[layer])
    if symbol.kind == "W":
        return Parts(edges=tuple(_weights(net, layer)))
    if symbol.kind == "w_j":
        return Parts(edges=tuple(_weights(net, layer, unit)))
    if symbol.kind == "b":
        return Parts(biases=tuple((net.z(layer), y + 0.42) for y in high.values()))
    if symbol.kind in {"z", "Z"}:
        return Parts(
            circles=tuple((net.z(layer), y) for y in high.values()), letter="z"
        )
    if symbol.kind == "a_j":
        return Parts(circles=((net.a(layer), high[unit]),), letter="a")
    letter = "a" if layer else "x"
    circles = tuple((net.a(layer), y) for y in high.values())
    return Parts(circles=circles, letter=letter)


def _place(net: Net, symbol: Symbol) -> tuple[float, float]:
    """Where the drawing is touched to come to this symbol."""
    layer, n = symbol.layer, net.sizes[symbol.layer]
    high = list(heights(n).values())
    middle = (net.a(layer - 1) + net.z(layer)) / 2 if layer else 0.0
    unit = heights(n)[chosen(n)]
    return {
        "x_i": (0.0, high[0]),
        "X": (0.0, high[len(high) // 2]),
        "W": (middle, 0.0),
        "w_j": (net.z(layer) - 0.5, unit),
        "b": (net.z(layer), high[0] + 0.42),
        "z": (net.z(layer), high[0]),
        "Z": (net.z(layer), high[-1]),
        "a": (net.a(layer), high[-1 if not layer else 0]),
        "a_j": (net.a(layer), unit),
        "a_i": (net.a(layer), high[len(high) // 2] - 0.1),
        "A": (net.a(layer), high[-1]),
        "y_hat": (net.a(layer) + 0.4, high[0]),
        "Y": (net.a(layer) + 0.8, high[-1]),
    }[symbol.kind]


def chosen(n: int) -> int:
    """The unit or the example that stands for j or i: the second, if there is one."""
    return min(EXAMPLE, n)


@dataclass(frozen=True)
class Panel:
    """An array as cells: where they are, which are lit, what is written."""

    cells: Array  # (count, 2), the middles of all drawn cells
    lit: Array  # (count, 2)
    gaps: tuple[tuple[float, float, str], ...]
    title: str
    shape: str
    middle: float
    top: float


def whole(net: Net, symbol: Symbol) -> tuple[str, tuple[int, int], str, int | None]:
    """The array that a symbol is, or is part of: name, shape, which line, its index."""
    layer, top = symbol.layer, f"[{symbol.layer}]"
    n, i, j = net.sizes[layer], chosen(net.m), chosen(net.sizes[layer])
    if symbol.kind == "x_i":
        return f"column {i} of X", (n, net.m), "column", i
    if symbol.kind == "w_j":
        return f"row {j} of W{top}", (n, net.sizes[layer - 1]), "row", j
    if symbol.kind == "a_j":
        return f"entry {j} of a{top}", (n, 1), "row", j
    if symbol.kind == "a_i":
        return f"column {i} of A{top}", (n, net.m), "column", i
    shape = symbol.numbers(net.letters)
    return symbol.text, (shape[0], shape[1]), "all", None


def _panel(net: Net, symbol: Symbol, left: float) -> Panel:
    title, (rows, columns), line, index = whole(net, symbol)
    down, across = spots(rows), spots(columns)
    width, height = CELL
    high = (len(down) - 1) / 2 * height
    cells, lit, gaps = [], [], []
    for r, row in enumerate(down):
        for c, column in enumerate(across):
            at = (left + (c + 0.5) * width, high - r * height)
            if row is None or column is None:
                sign = "⋱" if row is column else "⋮" if row is None else "⋯"
                gaps.append((*at, sign))
                continue
            cells.append(at)
            if line == "all" or index == (row if line == "row" else column):
                lit.append(at)
    return Panel(
        cells=np.array(cells),
        lit=np.array(lit),
        gaps=tuple(gaps),
        title=title,
        shape=shape_text((rows, columns)),
        middle=left + len(across) / 2 * width,
        top=high + height / 2,
    )


def _moving(
    parts: Sequence[Parts],
    panels: Sequence[Panel],
    marks: Array,
    names: Sequence[str],
    reach: float,
) -> list[tuple[Any, dict[str, Any]]]:
    """The traces that follow the slider, each with its rows."""
    white = {"size": 13, "color": PAPER}
    lit = {"color": PARAMETER, "line": halo(1.5)}
    heads = [
        [float(mark[0]), panel.middle, panel.middle]
        for mark, panel in zip(marks[:, 0], panels, strict=True)
    ]
    levels = [[reach + 0.45, panel.top + 0.45, -panel.top - 0.5] for panel in panels]
    words = [[name, p.title, p.shape] for name, p in zip(names, panels, strict=True)]
    most = max(len(p.circles) for p in parts)
    letters = [[p.letter] * len(p.circles) + [""] * most for p in parts]
    return [
        (_line((), (), PARAMETER, 2.5), even_rows(strokes(p.edges) for p in parts)),
        (
            scatter(mode="markers", marker={**lit, "size": 14, "symbol": "square"}),
            even_rows(_columns(p.biases) for p in parts),
        ),
        (
            scatter(mode="markers+text", marker={**lit, "size": 25}, textfont=white),
            even_rows(_columns(p.circles) for p in parts)
            | {"text": [row[:most] for row in letters]},
        ),
        (_line((), (), GRID, 32), even_rows(_bars(p.cells) for p in panels)),
        (_line((), (), PARAMETER, 32), even_rows(_bars(p.lit) for p in panels)),
        (
            _texts((), (), (), 16, FAINT),
            even_rows(_columns([g[:2] for g in p.gaps]) for p in panels)
            | {"text": _padded([[g[2] for g in p.gaps] for p in panels])},
        ),
        (
            _texts((), (), (), 15, TEXT),
            {"x": np.array(heads), "y": np.array(levels), "text": words},
        ),
        # Nothing to see: where the drawing is touched to come to a symbol.
        (
            scatter(mode="markers", marker={"size": 0, "color": PARAMETER}),
            {"x": marks[:, :, 0], "y": marks[:, :, 1]},
        ),
    ]


def even_rows(frames: Iterable[tuple[Array, Array]]) -> dict[str, Any]:
    """x and y of each frame, all as long as the longest."""
    pairs = list(frames)
    most = max(1, *(len(x) for x, _ in pairs))
    found = {}
    for name, k in (("x", 0), ("y", 1)):
        rows = np.full((len(pairs), most), np.nan)
        for i, pair in enumerate(pairs):
            rows[i, : len(pair[k])] = pair[k]
        found[name] = rows
    return found


def _padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    most = max(1, *(len(row) for row in rows))
    return [[*row, *[""] * (most - len(row))] for row in rows]


def _columns(points: Sequence[Sequence[float]]) -> tuple[Array, Array]:
    flat = np.array(points, dtype=np.float64).reshape(-1, 2)
    return flat[:, 0], flat[:, 1]


def strokes(ends: Sequence[Sequence[float]]) -> tuple[Array, Array]:
    """Strokes from (x0, y0) to (x1, y1), with gaps between them."""
    flat = np.array(ends, dtype=np.float64).reshape(-1, 4)
    gap = np.full(len(flat), np.nan)
    x, y = (np.stack([flat[:, k], flat[:, k + 2], gap], axis=1) for k in (0, 1))
    return x.ravel(), y.ravel()


def _bars(cells: Array) -> tuple[Array, Array]:
    """Cells as thick strokes from their left edge to their right one."""
    half = CELL[0] / 2 - 0.03
    return strokes([(x - half, y, x + half, y) for x, y in cells])


def _line(x: Any, y: Any, colour: str, width: float) -> Any:
    line = {"color": colour, "width": width}
    return scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _texts(x: Any, y: Any, words: Any, size: int, colour: str = TEXT) -> Any:
    font = {"size": size, "color": colour}
    return scatter(
        x=x,
        y=y,
        text=words,
        mode="text",
        textfont=font,
        hoverinfo="skip",
        cliponaxis=False,
    )


def _gap(n: int) -> float:
    drawn = spots(n)
    return (len(drawn) - 1) / 2 - drawn.index(None)


# ---- words ---------------------------------------------------------------------


def in_letters(symbol: Symbol) -> str:
    """(n_h, n_x), or "one number"."""
    return f"({', '.join(symbol.shape)})" if symbol.shape else "one number"


def in_numbers(net: Net, symbol: Symbol) -> str:
    """(4, 3), or "one number"."""
    return shape_text(symbol.numbers(net.letters)) if symbol.shape else "one number"


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as NumPy writes it: with 12,288 in it, it would seem to have one more."""
    return f"({', '.join(map(str, shape))})"


def _sub(k: int) -> str:
    return str(k).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _sentence(net: Net, symbol: Symbol) -> str:
    i, j = chosen(net.m), chosen(net.sizes[symbol.layer])
    here = {"x_i": f" Here i = {i}.", "a_i": f" Here i = {i}."}
    here |= {"w_j": f" Here j = {j}.", "a_j": f" Here j = {j}."}
    return f"{symbol.text} is {symbol.meaning}.{here.get(symbol.kind, '')}"
