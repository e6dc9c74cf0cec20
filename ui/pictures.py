"""The pictures of a page: drawn ones, the photograph, and the visitor's own."""

from pathlib import Path
from typing import BinaryIO

import streamlit as st

from core.images import (
    CHANNELS,
    PICTURES,
    Pixel,
    centre_square,
    draw,
    index_of,
    levels,
    on_white,
    shrink,
)
from core.types import Array
from ui import controls, inputs
from ui.uploads import ENDINGS, MOST_BYTES, UploadError, read_image

_PHOTOGRAPH = Path(__file__).parent.parent / "data" / "chelsea.png"
# An upload is kept no larger than this: larger than any picture of a page.
_KEPT_SIDE = 256


@st.cache_resource(max_entries=1, show_spinner=False)
def photograph() -> Array:
    """The square in the middle of the cat photograph, (h, h, 3)."""
    image = read_image(_PHOTOGRAPH.name, _PHOTOGRAPH.read_bytes())
    return centre_square(image).astype("float64")


@st.cache_resource(max_entries=64, show_spinner=False)
def picture(name: str, n: int, _own: Array | None = None) -> Array:
    """A picture with n × n pixels, (n, n, 3), as whole levels from 0 to 255.

    The name of a drawn one, or any other name with the picture that it stands for;
    without one, it is the photograph.
    """
    if name in PICTURES:
        return draw(name, n)
    return levels(shrink(photograph() if _own is None else _own, n, n))


def upload(label: str, key: str) -> tuple[str, Array] | None:
    """Ask for a picture; its name in this process and its middle square, or None.

    What is wrong with a file is said in one line.
    """
    file = st.file_uploader(label, ENDINGS, key=key)
    if file is None:
        return None
    try:
        return file.file_id, _square(file.file_id, file.name, file)
    except UploadError as error:
        st.warning(str(error), icon=":material/broken_image:")
        return None


def look_up(n: int, most: int, first: Pixel) -> int:
    """Ask for a pixel of an n × n picture, to be lit; return where in x `first` is.

    No picture has more than `most` rows and columns.
    """
    names = {str(c): name for c, name in enumerate(CHANNELS)}
    with st.expander("Find a number by its place"):
        row = controls.whole("row", "Row", 0, most - 1, first.row)
        column = controls.whole("column", "Column", 0, most - 1, first.column)
        channel = controls.choice("channel", "Channel", names, str(first.channel))
        place = _place(Pixel(row, column, int(channel)), n)
        st.button("Light it up", on_click=inputs.move, args=("i", place))
        if max(row, column) >= n:
            st.caption(f"The last row and column are number {n - 1}.")
    return _place(first, n)


def _place(asked: Pixel, n: int) -> int:
    row, column = min(asked.row, n - 1), min(asked.column, n - 1)
    return index_of(Pixel(row, column, asked.channel), n, n)


@st.cache_resource(max_entries=16, show_spinner=False)
def _square(file: str, _name: str, _data: BinaryIO) -> Array:  # noqa: ARG001
    """The middle of an uploaded picture, shrunk. `file` tells uploads apart."""
    _data.seek(0)
    square = centre_square(read_image(_name, _data.read(MOST_BYTES + 1)))
    side = min(_KEPT_SIDE, len(square))
    small = shrink(square, side, side)
    return on_white(small) if small.shape[2] == 4 else small
