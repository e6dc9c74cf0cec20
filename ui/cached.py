"""What the core computes and many runs of a page need: computed once, then kept."""

import streamlit as st

from core import training
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
