"""A square sheet to draw on in black, by mouse, finger or keyboard.

Drawing tells the server nothing; it hears of the sheet at the end of each stroke.
"""

from collections.abc import Mapping

import streamlit as st

from core.drawings import SIDE, read
from ui import inputs, remembered, scripts

_component = st.components.v2.component(
    "nudge_drawing_pad", js=scripts.stub("drawing_pad"), isolate_styles=False
)


def drawing_pad(key: str, label: str = "Drawing") -> str:
    """Ask for a drawing; return it as the text of `core.drawings`, empty at first.

    The text is in the page's address under `key`.
    """
    drawing = remembered.text(key, label, "", read)
    name = inputs.widget_key(f"{key}.pad")
    problem = f"{name}.problem"

    def drawn() -> None:
        try:
            inputs.put(key, _checked(st.session_state[name].get("drawn")))
        except ValueError as reason:
            st.session_state[problem] = f"{label}: {reason}. The last one stays."

    _component(
        key=name,
        data={"sheet": drawing, "side": SIDE, "key": key},
        default={},
        on_drawn_change=drawn,
    )
    if line := st.session_state.pop(problem, None):
        st.warning(line, icon=":material/edit:")
    return drawing


def _checked(message: object) -> str:
    """The text of a drawing in what a browser sent, which can be anything."""
    text = message.get("text") if isinstance(message, Mapping) else None
    if not isinstance(text, str):
        raise ValueError("what was sent is no text")
    read(text)
    return text
