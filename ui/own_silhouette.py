"""A silhouette of one's own: drawn on the page, or handed in as a picture."""

from collections.abc import Mapping

import streamlit as st

from ui import cached
from ui.drawing_pad import drawing_pad
from ui.uploads import ENDINGS

FILE = "PNG, JPEG or WebP: one animal on a plain background"
WAITING: Mapping[str, str] = {
    "draw": "Draw something first: an animal from the side, filled like the "
    "silhouettes of the test.",
    "own": "It is read in memory only, and is not part of the page's address.",
}


def own_silhouette(kind: str) -> bytes | None:
    """Ask for a drawing ("draw") or a file ("own"); 28 × 28 bytes, or None so far.

    What is wrong with a picture is said in one line.
    """
    try:
        if kind == "draw":
            if drawing := drawing_pad("drawing"):
                return cached.drawing(drawing)
        elif file := st.file_uploader(FILE, ENDINGS, key="cat.file"):
            return cached.silhouette(file.file_id, file.name, file)
    except ValueError as error:
        st.warning(str(error))
    else:
        st.caption(WAITING[kind])
    return None
