"""Sort things into two kinds: picked all at once, then graded together."""

from collections.abc import Callable, Sequence

import streamlit as st

from ui import inputs


def game(
    key: str,
    question: str,
    things: Sequence[str],
    grade: Callable[[frozenset[str]], str],
) -> bool:
    """Ask which of `things` belong together; once checked, show what `grade` says.

    `grade` gets what was picked. Return whether it is checked. What was picked is no
    part of the address: a link asks again.
    """
    name = f"sorted.{inputs.current().page}.{key}"
    if name in st.session_state:
        st.markdown(grade(st.session_state[name]))
        st.button("Sort again", key=f"{name}.again", on_click=_forget, args=(name,))
        return True
    st.pills(
        question,
        things,
        selection_mode="multi",
        key=f"{name}.picked",
        label_visibility="collapsed",
        wrap=True,
    )
    st.button("Check", key=f"{name}.check", on_click=_check, args=(name,))
    return False


def _check(name: str) -> None:
    st.session_state[name] = frozenset(st.session_state.get(f"{name}.picked") or ())


def _forget(name: str) -> None:
    st.session_state.pop(name, None)
