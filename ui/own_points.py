"""Points of one's own: set in the plane, pasted, or handed in as a file."""

from collections.abc import Callable, Mapping

import streamlit as st

from core.points import OWN, STARTER, read
from ui import remembered
from ui.point_pad import point_pad
from ui.points_table import points_table
from ui.points_table import story as table_story

__all__ = ["ask", "known", "story"]

Set = Callable[[Mapping[str, object]], None]

WORDS = (
    "Set points of two classes, or bring a table. Up to about 150 points are in the "
    "page's address, so that a link shows them; more stay in this visit only."
)
MISSING = (
    "The own points of this link are not in it: they were too many. The points that "
    "the page begins with stand in for them."
)
TOO_MANY = "They are too many for a link: it leaves them out, and says so."


def known() -> str:
    """The learner's points, as the text of `core.points`."""
    return remembered.text("points", "Own points", STARTER, read, missing=MISSING)


def story(points: str) -> str:
    """Where these points came from, and whether a link holds them."""
    told = [table_story(points), TOO_MANY if remembered.is_long(points) else ""]
    return " ".join(filter(None, told))


def ask(points: str, train: Set) -> None:
    """Ask for points; `train` sets the inputs that train on them."""

    def hand_in(text: str) -> None:
        train({"points": text, "data": OWN, "view": "stage"})

    st.markdown(WORDS)
    point_pad(points, hand_in, key="pad")
    points_table(hand_in)
