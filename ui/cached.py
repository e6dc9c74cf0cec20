"""What the core computes and many runs of a page need: computed once, then kept."""

from collections.abc import Mapping

import streamlit as st

from core import losses, training
from core.losses import BendMaps, EveryStart
from core.training import Choices, Run
from core.types import Array
from core.walks import Setting, Walks
from core.walks import walks as walk_all


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Choices: repr})
def training_run(choices: Choices) -> Run:
    """The network and logistic regression, trained. Raises RunTooLarge."""
    return training.train_both(choices)


@st.cache_resource(max_entries=16, show_spinner=False)
def accuracy_by_units(name: str, most: int) -> Array:
    """What 1, 2, … `most` hidden units get right on a data set."""
    return training.accuracy_by_units(name, most)


@st.cache_resource(max_entries=64, show_spinner=False)
def line_accuracy(name: str) -> float:
    """What logistic regression gets right on a data set."""
    return training.line_accuracy(name)


@st.cache_resource(max_entries=24, show_spinner=False)
def walks(setting: Setting) -> Walks:
    """A walk down a cost, at every learning rate of its scale."""
    return walk_all(setting)


@st.cache_resource(max_entries=4, show_spinner=False)
def runs_from_every_start(name: str) -> Mapping[str, EveryStart]:
    """For each loss, where descents from all over J(w) end on a set of examples."""
    examples = losses.EXAMPLES[name]
    return {
        key: losses.every_start(loss, examples) for key, loss in losses.LOSSES.items()
    }


@st.cache_resource(max_entries=4, show_spinner=False)
def bend_maps(name: str) -> BendMaps:
    """Where J(w, b) bends down with each loss, on a set of examples."""
    return losses.bend_maps(losses.EXAMPLES[name])
