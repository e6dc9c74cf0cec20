"""Tables of text and numbers: one small piece of HTML, right-aligned numbers.

Streamlit's own `st.table` sends Arrow and takes some 1 ms of processor time for each,
ten times as long as this: it would be the larger part of a run.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd
import streamlit as st


def numbers(
    table: pd.DataFrame, *, alt: str, key: str = "numbers", lights: str = ""
) -> None:
    """Show a table whose numbers are already written for reading.

    The last column is right-aligned; with a `key` that begins with "steps" all but
    the first are. Between backticks stands code; all else is shown as it is. Row i
    `lights` up frame i of the live figure with that key, and is marked by it.
    """
    kind = "nudge-table steps" if key.startswith("steps") else "nudge-table"
    if lights:
        kind += " lit-rows"
    st.html(table_html(list(table), table.to_numpy().tolist(), alt, kind, lights))


def table_html(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    alt: str,
    kind: str,
    lights: str = "",
) -> str:
    """A table as HTML in which nothing that a visitor typed is read as HTML."""
    head = "".join(f"<th scope='col'>{_cell(name)}</th>" for name in columns)
    body = "".join(
        f"<tr{_frame(lights, i)}>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}"
        "</tr>"
        for i, row in enumerate(rows)
    )
    return (
        f"<div class='{kind}'><table aria-label='{escape(alt)}'>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _frame(lights: str, i: int) -> str:
    """What the script of the live figure looks for in a row."""
    if not lights:
        return ""
    return f" class='lights' data-lights='{lights}' data-frame='{i}' tabindex='0'"


def _cell(text: object) -> str:
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(str(text)))
