"""A Plotly figure whose one parameter is dragged in the browser.

The server computes every frame once; dragging, scrubbing and playing send it
nothing. On release it hears the settled value, once.
"""

from typing import Any

import streamlit as st

from ui import bundles, inputs, scripts
from ui.live_figure.packing import Drawing, draw

__all__ = ["Drawing", "draw", "live_figure"]

_component = st.components.v2.component(
    "nudge_live_figure",
    js=scripts.stub("live_figure"),
    # Plotly writes its styles into the document, out of a shadow root's reach.
    isolate_styles=False,
)


def live_figure(
    drawing: Drawing,
    *,
    key: str,
    alt: str,
    default: float = 0.0,
    follows: str | None = None,
) -> float:
    """Show the drawing; return the value at which its slider was let go.

    The value is in the page's address under `key`. `alt` is one sentence with
    the takeaway. A figure that `follows` another has no slider of its own: it
    shows the same frame, in the browser, while the other one is dragged.
    """
    # What is sent stays the same from one drag to the next, so that Streamlit sends
    # it once: the value is that of the last reset, not the one just settled.
    reset = inputs.Held(default, 0)
    if drawing.sweep is not None and not follows:
        reset = inputs.hold(key, default, drawing.sweep)
    _component(
        key=inputs.widget_key(f"{key}~{follows}" if follows else key),
        data={
            "id": drawing.id,
            "drawing": drawing.text,
            "bundle": bundles.path("gl3d" if drawing.has_3d else "cartesian"),
            "key": key,
            "follows": follows,
            "alt": alt,
            "value": reset.value,
            "token": reset.token,
            "height": drawing.height,
        },
        default={"settled": None},
        on_settled_change=_nothing,
    )
    return float(inputs.value_of(key, default))


def _nothing() -> Any:
    """Streamlit asks for a callback where a component keeps state."""
