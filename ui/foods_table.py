"""The table of calories that a learner edits; it stays while another view is shown."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import controls
from ui.controls import Rows

# The key of what is shown in the table's place: beside it, the table is out of sight
# (style.css). To bring it back would take the browser longer than the whole page.
AWAY = "foods-away"


def foods_table(
    columns: Sequence[str], default: Rows, complaints: Callable[[Rows], str]
) -> tuple[Rows, DeltaGenerator]:
    """The rows as they are now, and the place for words beside the table."""
    with st.container(key="foods-table"):
        words, editor = st.columns([1, 1.25], gap="large")
    with editor:
        st.markdown("**Calories in 100 g.** Change a number, add a food, remove one.")
        rows = controls.table("foods", "Calories per 100 g", columns, default)
        if rows and (said := complaints(rows)):
            st.text(said)
    return rows, words
