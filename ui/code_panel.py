"""The code that ran, and the same code as a script to take home."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from core.source import script, sources
from ui import inputs
from ui.code_view import code_view

Functions = Sequence[Callable[..., Any]]
LONG = 45  # lines
FAR, READ = 2_000, 70  # characters of a line that is too long, and what is shown of it


def show(functions: Functions) -> None:
    """The source of the core functions that the page called."""
    st.subheader("The code that ran", anchor="code")
    names = tuple(f"{f.__module__}.{f.__qualname__}" for f in functions)
    text = _sources(names, functions)
    # Long code scrolls by itself: what comes after it stays within reach.
    height = 560 if text.count("\n") > LONG else None
    code_view(text, key="nudge.code", label="The code that ran", height=height)


def take_home(
    functions: Functions,
    values: Mapping[str, object],
    prints: Sequence[tuple[str, str]],
    *,
    title: str,
    name: str,
) -> None:
    """A script that needs only NumPy and prints the page's numbers.

    `values` are the page's present inputs, `prints` a label and an expression for
    every number of the page. The script is put together when the panel is opened:
    following every name through the core takes longer than the page itself.
    """
    panel = st.expander(
        "Take it home: one file, only NumPy, prints the numbers of this page",
        icon=":material/download:",
        key=inputs.widget_key("take_home"),
        on_change="rerun",
    )
    if not panel.open:
        return
    text = script(functions, values, prints, heading=title)
    shown = shortened(text)
    with panel:
        st.download_button(
            f"Download {name}.py",
            text,
            file_name=f"{name}.py",
            mime="text/x-python",
            on_click="ignore",
        )
        if shown != text:
            size = f"{len(text):,} characters"
            st.caption(f"The data are cut short here. The file, {size}, has them all.")
        code_view(shown, key="nudge.script", label="The script", height=420)


def shortened(text: str) -> str:
    """The script without the middle of lines that nobody reads: data, packed."""
    lines = text.split("\n")
    return "\n".join(
        f"{line[:READ]} … {line[-1]}" if len(line) > FAR else line for line in lines
    )


def take_home_is_open() -> bool:
    """Whether the learner looks at the script: it shows the page's present inputs."""
    return bool(st.session_state.get(inputs.widget_key("take_home")))


@st.cache_resource(max_entries=64, show_spinner=False)
def _sources(names: tuple[str, ...], _functions: Functions) -> str:  # noqa: ARG001
    return sources(_functions)
