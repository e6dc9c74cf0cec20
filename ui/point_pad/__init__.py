"""A plane in which points of two classes are set, by mouse, finger or keyboard.

Setting points tells the server nothing; it hears of them when they are handed in.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from core.points import MOST_POINTS, read
from ui import inputs, scripts

_component = st.components.v2.component(
    "nudge_point_pad", js=scripts.stub("point_pad"), isolate_styles=False
)


def point_pad(points: str, hand_in: Callable[[str], None], *, key: str) -> None:
    """Show the points; `hand_in` gets their text when the learner hands them in.

    Both texts are those of `core.points`.
    """
    name = inputs.widget_key(key)

    def handed_in() -> None:
        message = st.session_state[name].get("points")
        text = message.get("text") if isinstance(message, Mapping) else None
        try:
            read(text if isinstance(text, str) else "")
        except ValueError:
            return  # not from our script, which checks before it reports
        hand_in(str(text))

    _component(
        key=name,
        data={"points": points, "most": MOST_POINTS, "key": key},
        default={},
        on_points_change=handed_in,
    )
