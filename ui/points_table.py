"""A table of points that a visitor pastes or hands in as a file."""

from collections.abc import Callable

import streamlit as st

from core.points import (
    MOST_BYTES,
    MOST_POINTS,
    PointsError,
    Table,
    read_table,
    scaled,
    shown,
    write,
)
from core.rounding import readable
from ui import inputs

ENDINGS = ("csv", "tsv", "txt")
EXAMPLE = "length, width, kind\n5.1, 3.5, setosa\n7.0, 3.2, versicolor"


def points_table(hand_in: Callable[[str], None]) -> None:
    """Ask for a table; `hand_in` gets its points as the text of `core.points`."""
    with st.form("points_table", border=False):
        st.text_area(
            "Or paste a table: two numbers and the class in each row",
            key=_key("pasted"),
            height=150,
            max_chars=MOST_BYTES,
            placeholder=EXAMPLE,
        )
        st.file_uploader(
            f"or hand in a CSV file of up to {MOST_POINTS:,} rows",
            ENDINGS,
            key=_key("file"),
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        st.toggle(
            "Scale each column to −4 … 4",
            value=True,
            key=_key("scale"),
            help="Then one learning rate suits both, whatever they are measured in.",
        )
        st.form_submit_button(
            "Train on this table", on_click=_submit, args=(hand_in,), type="primary"
        )
    problem = st.session_state.pop(_key("problem"), None)
    if problem:
        st.warning(problem, icon=":material/edit:")


def story(points: str) -> str:
    """Where these points came from, if they came as a table."""
    told, of = st.session_state.get(_key("story"), ("", ""))
    return told if of == points else ""


def _submit(hand_in: Callable[[str], None]) -> None:
    try:
        table = read_table(_given())
        X = scaled(table.X) if st.session_state[_key("scale")] else table.X
        points = write(X, table.Y)
    except PointsError as error:
        st.session_state[_key("problem")] = str(error)
        return
    st.session_state[_key("story")] = (_story(table), points)
    hand_in(points)


def _given() -> str:
    """The file's text, or else what was pasted. Raises PointsError."""
    file = st.session_state.get(_key("file"))
    if file is None:
        return st.session_state.get(_key("pasted")) or ""
    if file.size > MOST_BYTES:
        size = file.size / 1_000_000
        raise PointsError(f"The file has {size:.1f} MB; up to 1 MB can be read.")
    try:
        return file.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PointsError(
            "The file is no text in UTF-8. Save the table as CSV, UTF-8."
        ) from error


def _story(table: Table) -> str:
    spans = [
        f"x{row} from {readable(float(x.min()))} to {readable(float(x.max()))}"
        for row, x in enumerate(table.X, start=1)
    ]
    scale = ", scaled to −4 … 4" if st.session_state[_key("scale")] else ""
    zero, one = map(shown, table.classes)
    return (
        f"Your table: {table.Y.size:,} points, {' and '.join(spans)}{scale}. "
        f"Class 0 is {zero}, class 1 is {one}."
    )


def _key(name: str) -> str:
    return f"{inputs.current().page}.table.{name}"
