"""Points of one's own: set in the plane, pasted, or handed in as a file."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.points import OWN, STARTER, read
from ui import remembered
from ui.point_pad import point_pad
from ui.points_table import points_table, story

__all__ = ["ask", "known", "story"]

Set = Callable[[Mapping[str, object]], None]

WORDS = (
    "Set points of two classes, or bring a table. Up to about 150 points are in the "
    "page's address, so that a link shows them; more stay in this visit only."
)


def known() -> str:
    """The learner's points, as the text of `core.points`."""
    return remembered.text("points", "Own points", STARTER, read)


def ask(points: str, train: Set) -> None:
    """Ask for points; `train` sets the inputs that train on them."""

    def hand_in(text: str) -> None:
        train({"points": text, "data": OWN, "view": "stage"})

    st.markdown(WORDS)
    point_pad(points, hand_in, key="pad")
    points_table(hand_in)
