"""The network on a stage: its units' maps, its weights and its surface, at every step.

The server sends the run once. Scrubbing, playing, hovering and looking into a unit
send it nothing; it hears the step at which the slider rests, and a value that the
learner set by hand, from which it trains a branch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.activations import Activation
from core.branch import Branch, Edit
from core.datasets import Split
from core.shallow import History
from core.sweep import Sweep
from core.training import Score
from ui import inputs, scripts
from ui.network_stage import edits
from ui.network_stage.packing import Stage, pack
from ui.turns import aside

__all__ = ["Settled", "Stage", "network_stage", "stage"]

_component = st.components.v2.component(
    "nudge_network_stage", js=scripts.stub("network_stage"), isolate_styles=False
)


@dataclass(frozen=True)
class Settled:
    """The step at which the slider rests, and the branch from an edited value."""

    step: float
    branch: Branch | None = None


def stage(
    choices: object,
    history: History,
    activation: str | Activation,
    parts: Split,
    score: Score,
) -> Stage:
    """The run packed for the browser, remembered for the choices that decide it.

    `choices` are plain values: text, numbers, and tuples and dataclasses of them.
    Raises ValueError for a network without exactly two inputs: it draws the plane.
    """
    return _remembered(repr(choices), history, activation, parts, score)


def network_stage(
    run: Stage,
    *,
    key: str,
    alt: str,
    default: float = 0.0,
    train_on: Callable[[Edit], Branch] | None = None,
    edit_key: str = "edit",
) -> Settled:
    """Show the run; return where its slider was let go, and its branch.

    The step is in the page's address under `key`, an edited value under `edit_key`.
    `alt` is one sentence with the takeaway. `train_on(edit)` trains from the edited
    value (see core.branch), once; without it nothing can be edited. Live figures that
    follow `key` show the frame of the run's own kept steps.
    """
    branch = other = None
    if train_on is not None and (edit := edits.hold(run, edit_key)):
        branch = _trained(run.key, edit, train_on)
        other = stage(
            (run.key, edit), branch.history, run.activation, run.parts, branch.score
        )
    steps = run.steps if other is None else np.union1d(run.steps, other.steps)
    reset = inputs.hold(key, default, Sweep("step", steps, ()))
    name = inputs.widget_key(key)
    _component(
        key=name,
        data={
            "id": run.id,
            "run": run.text,
            "branch": other and {"id": other.id, "run": other.text, **vars(edit)},
            "editable": train_on is not None,
            "key": key,
            "alt": alt,
            "value": reset.value,
            "token": reset.token,
        },
        default={"settled": None},
        on_settled_change=_nothing,
        on_edited_change=lambda: edits.take(
            st.session_state[name].get("edited"), run, edit_key
        ),
    )
    return Settled(float(inputs.value_of(key, default)), branch)


@st.cache_resource(max_entries=64, show_spinner=False)
def _remembered(
    key: str,
    _history: History,
    _activation: str | Activation,
    _parts: Split,
    _score: Score,
) -> Stage:
    return pack(key, _history, _activation, _parts, _score)


@aside
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Edit: repr})
def _trained(
    run: str,  # noqa: ARG001 - part of the cache's key
    edit: Edit,
    _train_on: Callable[[Edit], Branch],
) -> Branch:
    return _train_on(edit)


def _nothing() -> Any:
    """Streamlit asks for a callback where a component keeps state."""
