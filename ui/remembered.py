"""Texts that buttons set, without a widget: in the session and in the address."""

from collections.abc import Callable

import streamlit as st

from ui import inputs

LONGEST = 2_000  # characters in an address


def text(key: str, label: str, default: str, check: Callable[[str], object]) -> str:
    """The present text; `check` raises ValueError for one that is not usable.

    `inputs.put(key, …)` sets it. One that is too long stays out of the address.
    """
    now = inputs.current()
    name = inputs.widget_key(key)
    before = st.session_state.get(name, "")
    arrived = now.asked and not now.from_history and not inputs.rerun_alone()
    if key in now.asked or arrived:
        # A link shows exactly its own state, nothing left from an earlier visit.
        st.session_state.pop(name, None)

    def read(typed: str) -> str:
        check(typed)
        return typed

    back = now.from_history and key not in now.asked
    if not (back and len(before) > LONGEST):  # else no address can hold it
        inputs.seed(key, label, default, read)
    return inputs.settle(key, str(st.session_state[name]), default, _short(default))


def _short(default: str) -> Callable[[str], str]:
    return lambda typed: typed if len(typed) <= LONGEST else default
