"""A figure and its frames as one short text that the browser unpacks once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.sweep import Around, Sweep, Texts
from core.types import Array
from ui import workshop
from ui.shared import packed
from ui.turns import turns


@dataclass(frozen=True)
class Drawing:
    """What `live_figure` mounts: made once for given inputs, then shared."""

    id: str
    text: str
    sweep: Sweep | None
    has_3d: bool
    height: int


def draw(
    chart: Callable[..., Any], *inputs: Any, using: Any = None, here: bool = False
) -> Drawing:
    """`chart(*inputs)` packed for the browser, remembered for these inputs.

    A chart is a pure function that returns a figure, or a figure and its sweep. Its
    inputs are plain values: text, numbers, and tuples and dataclasses of them. What
    takes long to compute from the inputs, and is remembered elsewhere, is handed on as
    `using`, the chart's last argument: it is not looked at to remember.

    A new drawing is made in the workshop; `here` keeps it in this process, where
    `using` is too large to be handed over.
    """
    # Of plain values repr says all, and is ten times as fast as Streamlit's hashing.
    key = f"{chart.__module__}.{chart.__qualname__}{inputs!r}"
    asked = key, inputs, chart, using, here
    try:
        return turns().result(_begun(*asked))
    except Exception as error:
        _begun.clear(*asked)  # what came to nothing is not remembered
        if isinstance(error, BrokenProcessPool):
            return make(chart, inputs, using)
        raise


@st.cache_resource(max_entries=512, show_spinner=False)
def _begun(
    key: str,  # noqa: ARG001
    _inputs: tuple[Any, ...],
    _chart: Callable[..., Any],
    _using: Any,
    _here: bool,
) -> "Future[Drawing]":
    """The drawing, or what will become it: nobody waits within the cache's lock."""
    # One that is closed works at once, in this process.
    where = workshop.Workshop() if _here else workshop.drawing()
    return where.begin(make, _chart, _inputs, _using)


def make(chart: Callable[..., Any], inputs: tuple[Any, ...], using: Any) -> Drawing:
    """The drawing, made anew."""
    drawn = chart(*inputs) if using is None else chart(*inputs, using)
    return pack(*drawn) if isinstance(drawn, tuple) else pack(drawn)


def pack(figure: go.Figure, sweep: Sweep | None = None) -> Drawing:
    """The figure, as Plotly writes it, and its frames."""
    text = packed.pack(
        {
            "figure": json.loads(figure.to_json(validate=False)),
            "sweep": sweep and _frames(sweep),
        }
    )
    return Drawing(
        id=hashlib.blake2b(text.encode(), digest_size=8).hexdigest(),
        text=text,
        sweep=sweep and _without_frames(sweep),
        has_3d=any(trace.type in {"scatter3d", "surface"} for trace in figure.data),
        height=int(figure.layout.height or 380),
    )


def _without_frames(sweep: Sweep) -> Sweep:
    """What the server still asks of a sweep: its frames are in the browser's text."""
    return replace(sweep, moving={}, growing={}, maps=(), shown=(), readout=(), says=())


def _frames(sweep: Sweep) -> dict[str, Any]:
    return {
        "label": sweep.label,
        "values": sweep.values.astype("f8"),
        "shown": _texts(sweep.shown),
        "moving": {
            trace: {name: _rows(rows) for name, rows in attributes.items()}
            for trace, attributes in sweep.moving.items()
        },
        "growing": {trace: rows.tolist() for trace, rows in sweep.growing.items()},
        "readout": [
            {**vars(number), "shown": _texts(number.shown)} for number in sweep.readout
        ],
        "says": _texts(sweep.says),
        "maps": [
            {
                "z": _levels(m.z),
                "x": m.x,
                "y": m.y,
                "subplot": m.subplot,
                "edge": m.edge,
                "cells": m.cells,
                "cuts": m.cuts,
            }
            for m in sweep.maps
        ],
        "run": sweep.run,
        "along_x": sweep.along_x,
        "marks": sweep.marks,
        "hover": sweep.hover,
    }


def _texts(texts: Sequence[str]) -> Any:
    return vars(texts) if isinstance(texts, Texts) else texts


def _rows(rows: Any) -> Any:
    """Numbers as precise as a screen, texts as they are."""
    if isinstance(rows, Around):
        table = rows.table
        named = {"table": _texts(table) if isinstance(table, Texts) else table}
        return {**vars(rows), **named, "size": len(table)}
    if isinstance(rows, np.ndarray) and rows.dtype.kind in "fiu":
        # What is too large for float32 becomes infinite: far outside of any figure.
        with np.errstate(over="ignore"):
            return rows.astype("f4", copy=False)
    return [list(row) for row in rows]


def _levels(z: Array) -> Array:
    """z in [0, 1] as one byte each, finest around ½, where the decision line runs.

    The distance t from ½ is written as its square root: so near ½ the line does not
    go by steps, and where the map is almost one colour nobody sees them.
    """
    t = 2 * np.clip(z, 0, 1) - 1
    return np.round(127.5 * (1 + np.copysign(np.sqrt(np.abs(t)), t))).astype("u1")
