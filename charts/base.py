"""The look every figure shares: quiet axes, room for labels, no decoration."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import plotly.graph_objects as go

from charts.colours import DARK, GRID, PAPER, RAMP, TEXT

# Plotly checks every word of a trace, which takes ten times as long as making it. The
# words of the charts do not change from visit to visit: a test has Plotly check them.
scatter = partial(go.Scatter, _validate=False)
scatter_3d = partial(go.Scatter3d, _validate=False)
surface = partial(go.Surface, _validate=False)
heatmap = partial(go.Heatmap, _validate=False)
contour = partial(go.Contour, _validate=False)
image_trace = partial(go.Image, _validate=False)


def figure(
    traces: Sequence[Any],
    *,
    x: str = "",
    y: str = "",
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    height: int = 380,
    **layout: Any,
) -> go.Figure:
    """A figure of `traces` with titled axes, in the light colours.

    `layout` adds to or overrides any part of Plotly's layout.
    """
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 52, "r": 16, "t": 16, "b": 48},
        "font": {"size": 14, "color": TEXT},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "xaxis": axis(x, x_range),
        "yaxis": axis(y, y_range),
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "meta": {"dark": DARK, "ramp": RAMP},
        # Plotly's default template is 7 kB that each figure would carry along.
        "template": {},
    }
    return go.Figure(list(traces), {**base, **layout}, _validate=False)


def axis(
    title: str = "", span: tuple[float, float] | None = None, **more: Any
) -> dict[str, Any]:
    """A quiet axis: hairlines, a title, a fixed span when one is given."""
    return {
        "title": {"text": title, "standoff": 4},
        "range": span and list(span),
        "gridcolor": GRID,
        "zerolinecolor": GRID,
        "linecolor": GRID,
        "tickfont": {"size": 13},
        "automargin": False,
        **more,
    }


def halo(width: float = 2) -> dict[str, Any]:
    """The outline that keeps a marker apart from the line under it."""
    return {"color": PAPER, "width": width}
