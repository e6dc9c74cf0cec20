"""Texts that buttons set, without a widget: in the session and in the address."""

from collections.abc import Callable

import streamlit as st

from ui import inputs

LONGEST = 2_000  # characters in an address
LEFT_OUT = "left_out"  # what an address has instead of a longer text


def text(
    key: str,
    label: str,
    default: str,
    check: Callable[[str], object],
    *,
    missing: str = "It was too long for a link, and is not in this one.",
) -> str:
    """The present text; `check` raises ValueError for one that is not usable.

    `inputs.put(key, …)` sets it. One that is too long stays out of the address, which
    says so: who opens it elsewhere reads the sentence `missing`.
    """
    now = inputs.current()
    name = inputs.widget_key(key)
    before = st.session_state.get(name, "")
    lost = now.asked.get(key) == LEFT_OUT
    if lost:
        del now.asked[key]
        if is_long(before):  # the same visitor is back
            return inputs.settle(key, before, default, _short)
    arrived = now.asked and not now.from_history and not inputs.rerun_alone()
    if key in now.asked or arrived or lost:
        # A link shows exactly its own state, nothing left from an earlier visit.
        st.session_state.pop(name, None)

    def read(typed: str) -> str:
        check(typed)
        return typed

    inputs.seed(key, label, default, read)
    if lost:
        now.unusable[key] = missing
    return inputs.settle(key, str(st.session_state[name]), default, _short)


def is_long(typed: str) -> bool:
    """Whether no address can hold it."""
    return len(typed) > LONGEST


def _short(typed: str) -> str:
    return LEFT_OUT if is_long(typed) else typed
