"""Figures of images as vectors: a picture, its three planes, and x as a strip."""

import base64
import struct
import zlib
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from charts.base import axis, figure, halo, image_trace, scatter
from charts.colours import CHANNEL_COLOURS, FAINT, FUNCTION, PAPER, PARAMETER, TEXT
from core.images import (
    CHANNELS,
    ORDERS,
    Order,
    Pixel,
    index_of,
    index_of_numpy,
    mixed_up,
    pixel_of,
    pixel_of_numpy,
    shrink,
    stack,
    unroll,
    unroll_numpy,
)
from core.rounding import readable
from core.sweep import Around, Readout, Sweep, Texts
from core.types import Array

SIDES = (2, 128)
FIRST = Pixel(26, 41, 1)  # lit before anything is looked up
SAYS = (
    "x[{index}] = {value}: row {row}, column {column}, {channel}. For reshape it is "
    "number {other}."
)
REACH = 3  # neighbours of x[i] that are written out, on each side
CELL = 0.62  # how high their cells stand
WIDEST = 1536  # pixels of a strip
HINT = (
    "Point at a picture, a plane or a strip: the same number lights up in all of them, "
    "and a click or a drag keeps it. The arrow keys go on one by one."
)
MIXED_UP = "**Mixed up.** The same numbers, unrolled in one order, read in another."
PAIR = 0.48  # the share of the width that each of two pictures has
GREY = 32  # levels: three numbers that differ by less look grey together
NOTICE = """
- Within one colour, the index grows along a row of the picture, then jumps to the next
  row. Neighbours *above* each other are n places apart in x: the vector no longer knows
  that they touch.
- Red, green and blue of the *same* pixel are n² places apart in the notes' order, and
  side by side in NumPy's.
- Either order is fine. Mixing two of them is not: each weight of w would meet a number
  that it was not learned for, and no error message would say so.
"""
SCRIPT_PRINTS = (
    ("n_x", "len(unroll(image))"),
    ("pixel at this index", "pixel_of(index, n, n)"),
    ("its value", "unroll(image)[index, 0]"),
    ("its index for reshape", "index_of_numpy(pixel_of(index, n, n), n, n)"),
)


# Pictures as PNG, which the browser enlarges without blurring.


def png(image: Array) -> str:
    """An image (h, w, 3) of levels from 0 to 255 as the address of a PNG."""
    h, w = image.shape[:2]
    return _png(_bytes(image).reshape(h, -1), w, 2)


def plane_png(image: Array, channel: int) -> str:
    """One channel of an image (h, w, 3), in its own colour, as the address of a PNG.

    It says its 256 shades once, so that a pixel takes one byte instead of three.
    """
    shades = np.zeros((256, 3), np.uint8)
    shades[:, channel] = np.arange(256)
    level = _bytes(image[:, :, channel])
    return _png(level, level.shape[1], 3, (b"PLTE", shades.tobytes()))


def _bytes(levels: Array) -> NDArray[np.uint8]:
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def _png(rows: NDArray[np.uint8], w: int, kind: int, *more: tuple[bytes, bytes]) -> str:
    """Rows of bytes, w pixels each, as the address of a PNG of this colour type."""
    h = len(rows)
    lines = np.concatenate([np.zeros((h, 1), np.uint8), rows], axis=1)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", w, h, 8, kind, 0, 0, 0)),
        *more,
        (b"IDAT", zlib.compress(lines.tobytes(), 6)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + name + data
        + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )  # fmt: skip
    text = base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()
    return f"data:image/png;base64,{text}"


def shades(x: Array, channels: NDArray[np.int64]) -> Array:
    """The numbers of a vector, each a pixel in its channel's colour. (1, n_x, 3)"""
    return (x[:, np.newaxis] * np.eye(3)[channels])[np.newaxis]


def _picture(address: str, subplot: int, **place: float) -> Any:
    axes = {"xaxis": f"x{subplot}", "yaxis": f"y{subplot}"} if subplot > 1 else {}
    return image_trace(source=address, hoverinfo="skip", **axes, **place)


def _strip(image: Array, subplot: int) -> Any:
    """One row of pixels over as many indices, no more than can be seen."""
    count = image.shape[1]
    if count > WIDEST:
        image = shrink(image, 1, WIDEST)
    dx = count / image.shape[1]
    return _picture(png(image), subplot, x0=(dx - 1) / 2, dx=dx)


# The live figure.


def vector_chart(name: str, n: int, image: Array) -> tuple[go.Figure, Sweep]:
    """The picture, its planes and x in two orders; one index lights up in all.

    Every index has a frame: they share their lists, and the browser finds its part.
    """
    count = 3 * n * n
    index = np.arange(count, dtype="i4")
    channel, rest = np.divmod(index, n * n)
    row, column = np.divmod(rest, n)
    other = (row * n + column) * 3 + channel
    levels = unroll(image)[:, 0].astype("u1")
    of_channel = (CHANNELS, channel)
    traces = list(_pictures(image.astype(np.float64).tobytes(), n))
    moving: dict[int, dict[str, Any]] = {}

    def add(trace: Any, **rows: Any) -> int:
        moving[len(traces)] = rows
        traces.append(trace)
        return len(traces) - 1

    dot = max(9.0, 80 / n)  # no larger than a pixel, on a phone either
    across, down = column[:, None].astype("f4"), row[:, None].astype("f4")
    lit = [across, *(_only(channel == c, across) for c in range(3))]
    for colour, size, width in ((PAPER, dot + 5, 3), (PARAMETER, dot, 3)):
        for panel in range(2, 6):
            mark = {
                "symbol": "square-open",
                "color": colour,
                "size": size,
                "line": {"width": width},
            }
            add(
                scatter(
                    mode="markers",
                    marker=mark,
                    cliponaxis=False,
                    xaxis=f"x{panel}",
                    yaxis=f"y{panel}",
                ),
                x=lit[panel - 2],
                y=down,
            )
    marks = tuple(range(len(traces) - 4, len(traces)))
    for panel, at in ((1, index), (7, other)):
        where = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"} if panel > 1 else {}
        thumb = add(
            scatter(
                y=[-0.9, 0.9],
                mode="lines",
                line={"color": PARAMETER, "width": 4},
                cliponaxis=False,
                **where,
            ),
            x=np.repeat(at[:, None], 2, axis=1),
        )
        if panel == 7:
            marks = (*marks, thumb)
    near = np.arange(-REACH, REACH + 1)
    initials = tuple(name[0].upper() for name in CHANNELS)
    written = {"channel": (initials, channel), "value": levels}
    numbers = Texts("{channel} {value}", written)
    places = Texts("{index}", {"index": index})
    cells = [_only(channel == c, np.float32(CELL)) for c in range(3)]
    back = np.argsort(other).astype("i4")  # which index stands there for reshape
    for panel, at, order in ((6, index, None), (8, other, back)):
        where = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}
        for cell, colour in zip(cells, CHANNEL_COLOURS, strict=True):
            add(
                scatter(
                    x=near,
                    mode="markers",
                    marker={
                        "symbol": "square",
                        "size": 30,
                        "color": colour,
                        "opacity": 0.3,
                    },
                    **where,
                ),
                y=Around(cell, at, REACH, order),
            )
        for y, colour, texts in (
            (CELL, TEXT, Around(numbers, at, REACH, order)),
            (0.13, FAINT, Around(places, at, REACH)),
        ):
            add(
                scatter(
                    x=near,
                    y=y + 0 * near,
                    mode="text",
                    textfont={"size": 13 if colour == TEXT else 11, "color": colour},
                    **where,
                ),
                text=texts,
            )
        traces.append(
            scatter(
                x=[-0.46, 0.46, 0.46, -0.46, -0.46],
                y=[0.29, 0.29, 0.95, 0.95, 0.29],
                mode="lines",
                line={"color": PARAMETER, "width": 2.5},
                **where,
            )
        )
    fig = figure(traces, height=424, uirevision=f"{name}{n}", **_layout(n))
    place = {"row": row, "column": column, "channel": of_channel}
    told = {"index": index, "value": levels, "other": other, **place}
    sweep = Sweep(
        label="index",
        values=index.astype(np.float64),
        shown=places,
        moving=moving,
        readout=(
            Readout("pixel", Texts("({row}, {column}, {channel})", place), "parameter"),
            Readout("value", Texts("{value}", {"value": levels})),
            Readout("reshape index", Texts("{other}", {"other": other})),
        ),
        says=Texts(SAYS, told),
        along_x=True,
        marks=marks,
        hover=True,
    )
    return fig, sweep


def _only(where: NDArray[np.bool_], numbers: Any) -> Array:
    """The numbers there, and no number elsewhere."""
    column: Array = where.reshape(-1, *[1] * (np.ndim(numbers) - 1))
    return np.where(column, numbers, np.float32(np.nan))


@lru_cache(maxsize=16)
def _pictures(numbers: bytes, n: int) -> tuple[Any, ...]:
    """x as a strip, the picture, its planes, x in NumPy's order: alike at any index."""
    image = np.frombuffer(numbers).reshape(n, n, 3)
    every = np.arange(3 * n * n)
    return (
        _strip(shades(unroll(image)[:, 0], every // (n * n)), 1),
        _picture(png(image), 2),
        *(_picture(plane_png(image, c), c + 3) for c in range(3)),
        _strip(shades(unroll_numpy(image)[:, 0], every % 3), 7),
    )


def _layout(n: int) -> dict[str, Any]:
    bare = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
    }
    along = (-0.5, 3 * n * n - 0.5)
    layout: dict[str, Any] = {"margin": {"l": 8, "r": 8, "t": 26, "b": 4}}
    layout["xaxis"] = axis(span=along, anchor="y", **bare)
    titles = [("the picture", 0.0, 1.0)]
    panel = 0.235
    for k in range(4):
        left = k * (1 - panel) / 3
        layout[f"xaxis{k + 2}"] = axis(
            span=(-0.5, n - 0.5),
            domain=[left, left + panel],
            anchor=f"y{k + 2}",
            constrain="domain",
            constraintoward="left",
            **bare,
        )
        layout[f"yaxis{k + 2}"] = axis(
            span=(n - 0.5, -0.5),
            domain=[0.6, 1],
            anchor=f"x{k + 2}",
            scaleanchor=f"x{k + 2}",
            constrain="domain",
            constraintoward="top",
            **bare,
        )
        if k:
            titles.append((CHANNELS[k - 1], left, 1.0))
    rows = {1: (0.465, 0.505), 6: (0.31, 0.45), 7: (0.165, 0.205), 8: (0.01, 0.15)}
    for k, domain in rows.items():
        name = str(k) if k > 1 else ""
        high = (-0.5, 0.5) if k in {1, 7} else (0, 1)
        layout[f"yaxis{name}"] = axis(
            span=high, domain=domain, anchor=f"x{name}", scaleanchor=False, **bare
        )
        if k > 1:
            reach = REACH + 0.5
            layout[f"xaxis{name}"] = axis(
                span=along if k == 7 else (-reach, reach), anchor=f"y{name}", **bare
            )
    titles += [
        ("x in the notes' order: all red, all green, all blue", 0, rows[1][1]),
        ("x as reshape lists it: pixel by pixel", 0, rows[7][1]),
    ]
    layout["annotations"] = [
        {
            "text": text,
            "x": left,
            "y": top,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 3,
            "showarrow": False,
            "font": {"size": 13},
        }
        for text, left, top in titles
    ]
    return layout


def _spot(pixel: Pixel) -> str:
    return f"({pixel.row}, {pixel.column}, {CHANNELS[pixel.channel]})"


def index_formula(index: int, n: int) -> str:
    """Both orders with symbols and with this pixel's numbers."""
    at = pixel_of(index, n, n)
    return (
        r"\begin{aligned}"
        r"\text{notes: } & \text{channel} \cdot n^2 + \text{row} \cdot n + "
        r"\text{column} \\"
        rf"&= {at.channel} \cdot {n * n} + {at.row} \cdot {n} + {at.column}"
        rf" = {index_of(at, n, n)} \\[0.5em]"
        r"\text{reshape: } & (\text{row} \cdot n + \text{column}) \cdot 3 + "
        r"\text{channel} \\"
        rf"&= ({at.row} \cdot {n} + {at.column}) \cdot 3 + {at.channel}"
        rf" = {index_of_numpy(at, n, n)}"
        r"\end{aligned}"
    )


def order_table(index: int, n: int, image: Array) -> pd.DataFrame:
    """A few indices, and which number each order has there."""
    count = 3 * n * n
    first = max(0, min(index - 1, count - 4))
    rows = range(first, min(first + 4, count))

    def cells(order: Order) -> tuple[list[str], list[str]]:
        x = order.unroll(image)
        spots = [_spot(order.pixel(i, n, n)) for i in rows]
        return spots, [f"{x[i, 0]:.0f}" for i in rows]

    (ours, our_values), (numpys, numpy_values) = map(cells, ORDERS.values())
    return pd.DataFrame(
        {
            "index": [f"{i}" for i in rows],
            "notes": ours,
            "value": our_values,
            "reshape": numpys,
            "its value": numpy_values,
        }
    )


def mixed_notice(image: Array) -> str:
    """What became of the colours, by how much three neighbours of a plane differ."""
    differ = float(np.mean(np.ptp(mixed_up(image), axis=2)))
    so = "a pixel is coloured by its neighbours, not by its own red, green and blue."
    if differ < GREY:
        so = "most of the colour is gone"
        so += ", and three rows fit into one." if len(image) > 2 else "."
    return (
        "`reshape` takes three neighbours of one plane for the colours of one pixel. "
        f"Here they differ by {readable(differ, 3)} of 255 on average, so {so}"
    )


def mixed_chart(name: str, n: int, image: Array) -> go.Figure:
    """The picture, and what comes back when the two orders are mixed."""
    layout = _pair(n, ("x read in its own order", "the same x read by reshape"))
    fig = figure(
        [_picture(png(image), 1), _picture(png(mixed_up(image)), 2)],
        height=260,
        uirevision=f"{name}{n}",
        **layout,
    )
    # On a phone the figure is as high as its pictures, which share the width.
    fig.layout.meta = {**fig.layout.meta, "square": PAIR}
    return fig


def _pair(n: int, titles: tuple[str, str]) -> dict[str, Any]:
    """Two square panels side by side."""
    bare = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
    }
    layout: dict[str, Any] = {"margin": {"l": 4, "r": 4, "t": 28, "b": 4}}
    layout["annotations"] = []
    for k, title in enumerate(titles):
        end = str(k + 1) if k else ""
        left = (1 - PAIR) * k
        layout[f"xaxis{end}"] = axis(
            span=(-0.5, n - 0.5),
            domain=[left, left + PAIR],
            anchor=f"y{end}",
            constrain="domain",
            constraintoward="left",
            **bare,
        )
        layout[f"yaxis{end}"] = axis(
            span=(n - 0.5, -0.5),
            anchor=f"x{end}",
            scaleanchor=f"x{end}",
            constrain="domain",
            constraintoward="top",
            **bare,
        )
        layout["annotations"].append(
            {
                "text": title,
                "x": left,
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": 4,
                "showarrow": False,
                "font": {"size": 13},
            }
        )
    return layout


def growth_chart() -> tuple[go.Figure, Sweep]:
    """n_x = 3n² from the smallest to the largest picture of the page."""
    n = np.arange(SIDES[0], SIDES[1] + 1)
    n_x = 3 * n * n
    fig = figure(
        [
            scatter(x=n, y=n_x, mode="lines", line={"color": FUNCTION, "width": 3}),
            scatter(
                mode="markers", marker={"color": PARAMETER, "size": 14, "line": halo()}
            ),
        ],
        x="rows and columns n",
        y="nₓ",
        x_range=(0, 132),
        y_range=(-1500, 52_000),
        height=260,
    )
    sweep = Sweep(
        label="n",
        values=n.astype(np.float64),
        shown=tuple(f"{v}" for v in n),
        moving={1: {"x": n[:, None].astype(float), "y": n_x[:, None].astype(float)}},
        readout=(Readout("nₓ = 3n²", tuple(f"{v:,}" for v in n_x), "parameter"),),
        along_x=True,
    )
    return fig, sweep


def stack_chart(
    names: tuple[str, ...],
    n: int,
    upload: str,
    images: tuple[Array, ...],
) -> tuple[go.Figure, Sweep]:
    """X filling column by column, each image above its column."""
    m, height, margin = len(images), 380, {"l": 4, "r": 4, "t": 8, "b": 8}
    X = stack(images)
    which = np.arange(len(X)) // (n * n)
    tall = X[:, :, np.newaxis] * np.eye(3)[which][:, np.newaxis]
    if len(X) > 480:
        tall = shrink(tall, 480, m)
    side, deep = 0.84, len(X) / len(tall)
    inner = height - margin["t"] - margin["b"]
    traces: list[Any] = [
        image_trace(
            source=png(tall),
            hoverinfo="skip",
            x0=0,
            dx=1,
            y0=deep / 2,
            dy=deep,
        ),
        scatter(
            y=[len(X) / 2] * 2,
            mode="lines",
            line={"color": PAPER, "width": round(inner * 0.62)},
        ),
        scatter(mode="lines", line={"color": PARAMETER, "width": 3}),
        scatter(
            mode="lines",
            line={"color": PARAMETER, "width": 3},
            xaxis="x2",
            yaxis="y2",
            cliponaxis=False,
        ),
    ]
    filled = np.arange(m + 1)
    left, right = filled - 1.5, filled - 0.5
    box = np.stack([left, right, right, left, left], axis=1)
    box[0] = np.nan
    frame_y = np.array([0, 0, len(X), len(X), 0.0])
    cover = np.stack([filled - 0.5, np.full(m + 1, m - 0.5)], axis=1)
    around = np.array([-0.5, 0.5, 0.5, -0.5, -0.5]) * side
    bare = {
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "ticks": "",
    }
    layout: dict[str, Any] = {
        "xaxis": axis(span=(-0.55, m - 0.45), anchor="y", **bare),
        "yaxis": axis(
            span=(len(X), 0), domain=[0, 0.62], anchor="x", scaleanchor=False, **bare
        ),
        "xaxis2": axis(span=(-0.55, m - 0.45), anchor="y2", **bare),
        "yaxis2": axis(span=(0, 1), domain=[0.68, 1], anchor="x2", **bare),
        "images": [
            {
                "source": png(_sharp(image)),
                "xref": "x2",
                "yref": "y2",
                "x": k,
                "y": 0.5,
                "sizex": side,
                "sizey": 0.9,
                "xanchor": "center",
                "yanchor": "middle",
            }
            for k, image in enumerate(images)
        ],
    }
    fig = figure(
        traces, height=height, margin=margin, uirevision=f"{n}{m}{upload}", **layout
    )
    under = np.stack([filled - 1 + a for a in around[:2]], axis=1)
    under[0] = np.nan
    sweep = Sweep(
        label="columns",
        values=filled.astype(np.float64),
        shown=tuple(f"{k} of {m}" for k in filled),
        moving={
            1: {"x": cover},
            2: {"x": box, "y": np.tile(frame_y, (m + 1, 1))},
            3: {"x": under, "y": np.zeros((m + 1, 2))},
        },
        readout=(
            Readout("X.shape", tuple(f"({len(X)}, {k})" for k in filled), "parameter"),
        ),
        says=(
            f"No column yet. Each image will become one column of {len(X)} numbers.",
            *(
                f"Column {k + 1} is the {name}: all its red, then green, then blue."
                for k, name in enumerate(names)
            ),
        ),
        run=True,
    )
    return fig, sweep


def _sharp(image: Array) -> Array:
    """Enlarged to about 128 pixels, so that its pixels keep their edges."""
    times = max(1, 128 // len(image))
    return image.repeat(times, axis=0).repeat(times, axis=1)


def asked_place(n: int) -> tuple[str, int, str]:
    """A question about a picture that is not on screen, its truth, and why."""
    size = 100 if n != 100 else 50
    at = Pixel(2, 5, 1)
    truth = index_of(at, size, size)
    question = (
        f"In a picture of {size} × {size} pixels, unrolled as the notes do: at which "
        "index of x is the green value of row 2, column 5? Everything counts from 0."
    )
    explain = (
        f"All {size * size:,} red values come first, then two full rows of {size} "
        f"green ones, then five more: 1 · {size * size:,} + 2 · {size} + 5 = "
        f"{truth:,}. In NumPy's order it would be "
        f"{index_of_numpy(at, size, size):,}: its pixel is "
        f"number {2 * size + 5}, and each has three numbers, green in the middle."
    )
    return question, truth, explain


def same_index_sentence(index: int, n: int) -> str:
    """What index i is in either order: the same only by chance."""
    ours, numpys = pixel_of(index, n, n), pixel_of_numpy(index, n, n)
    if ours == numpys:
        return f"At index {index} both orders happen to have the same number."
    return (
        f"The same index {index} is {_spot(ours)} for the notes and {_spot(numpys)} "
        "for reshape."
    )
