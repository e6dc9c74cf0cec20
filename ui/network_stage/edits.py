"""A value of the network set by hand: in the session and in the address."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.branch import Edit, check_edit
from core.shallow import History
from ui import inputs
from ui.network_stage.packing import Stage


def write(edit: Edit) -> str:
    """The edit as an address shows it: 1200_W1_2_0_-1.5."""
    place = f"{edit.step}_{edit.name}_{edit.row}_{edit.column}"
    return f"{place}_{inputs.short(edit.value)}"


def read(text: str, history: History) -> Edit | None:
    """What `write` wrote; no text is no edit. ValueError with a reason for the rest.

    A step of the run that was not kept stands for the nearest one that was.
    """
    if not text:
        return None
    parts = text.split("_")
    if len(parts) != 5:
        raise ValueError("it has to look like 1200_W1_2_0_-1.5")
    asked, row, column = (_whole(parts[i]) for i in (0, 2, 3))
    step = nearest_kept(asked, history)
    edit = Edit(step, parts[1], row, column, inputs.number(parts[4]))
    check_edit(edit, history)
    return edit


def nearest_kept(step: int, history: History) -> int:
    """The kept step that is nearest; one beyond the run stays as it is."""
    if not 0 <= step <= history.steps[-1]:
        return step
    return int(min(history.steps, key=lambda kept: abs(int(kept) - step)))


def hold(run: Stage, key: str) -> Edit | None:
    """The present edit of this run; that of another run is gone with it."""
    name = inputs.widget_key(key)
    now = inputs.current()
    if key in now.asked or now.from_history:
        st.session_state.pop(name, None)  # the address decides, not an earlier visit
    asked = now.asked.get(key, "").partition("_")[0]
    known = name in st.session_state
    inputs.seed(key, "Edited value", "", lambda text: _checked(text, run.history))
    if known and st.session_state.get(f"{name}:run") != run.key:
        st.session_state[name] = ""
    st.session_state[f"{name}:run"] = run.key
    text = inputs.settle(key, st.session_state[name], "", str)
    edit = read(text, run.history)
    if edit and asked and int(asked) != edit.step:
        now.unusable[key] = (
            f"Edited value: step {int(asked):,} of this run was not kept. The branch "
            f"begins at step {edit.step:,}, the nearest that was."
        )
    return edit


def take(message: Any, run: Stage, key: str) -> None:
    """What the browser reports: an edit, or that there is none any more."""
    # A run trained since then has another id: the report is older than the run.
    if not isinstance(message, Mapping) or message.get("run") != run.id:
        return
    try:
        text = write(_edit(message)) if "name" in message else ""
        inputs.put(key, _checked(text, run.history))
    except (KeyError, TypeError, ValueError, OverflowError):
        return  # not from our script, which checks before it reports


def _edit(message: Mapping[str, Any]) -> Edit:
    step, row, column = (int(message[part]) for part in ("step", "row", "column"))
    return Edit(step, str(message["name"]), row, column, float(message["value"]))


def _checked(text: str, history: History) -> str:
    """The text as `write` has it, if it can be read."""
    edit = read(text, history)
    return write(edit) if edit else ""


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("its step, row and column have to be whole numbers")
    return int(text[:12])
