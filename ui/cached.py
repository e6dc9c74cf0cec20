"""What the core computes and many runs of a page need: computed once, then kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import product
from typing import TypeVar

import numpy as np
import streamlit as st

from core import (
    drawings,
    initialization,
    losses,
    side_by_side,
    silhouettes,
    story,
    studio,
    training,
)
from core.activations import ACTIVATIONS
from core.branch import Branch, Edit, branch_of
from core.clean_up import clean_up
from core.images import grey, on_white
from core.losses import BendMaps, EveryStart
from core.shallow import RunTooLarge
from core.silhouettes import HiddenRecogniser, Learned, Lesson, Silhouettes
from core.training import Choices, Run
from core.types import Array
from core.walks import Setting, Walks
from core.walks import walks as walks_of
from ui import workshop
from ui.turns import aside
from ui.uploads import read_image

T = TypeVar("T")


@aside
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Choices: repr})
def training_run(choices: Choices) -> Run:
    """The network and logistic regression, trained. Raises RunTooLarge."""
    return workshop.training().do(training.train_both, choices)


def pinned_run(choices: Choices) -> Run:
    """A run to compare with; one that is too large stands before its first step."""
    try:
        return training_run(choices)
    except RunTooLarge:
        return training_run(replace(choices, steps=0))


def branch(choices: Choices, run: Run, edit: Edit) -> Branch:
    """A branch of a run, from an edited value: the stage remembers it."""
    return workshop.training().do(branch_of, choices, run, edit)


@aside
@st.cache_resource(max_entries=16, show_spinner=False)
def accuracy_by_units(name: str, most: int) -> Array:
    """What 1, 2, … `most` hidden units get right on a data set."""
    return workshop.training().do(training.accuracy_by_units, name, most)


@aside
@st.cache_resource(max_entries=64, show_spinner=False)
def line_accuracy(name: str) -> float:
    """What logistic regression gets right on a data set."""
    return workshop.training().do(training.line_accuracy, name)


@aside
@st.cache_resource(max_entries=32, show_spinner=False)
def lesson(activation: str, data: str) -> side_by_side.Learned:
    """A small network with this activation, trained on a data set."""
    return workshop.training().do(side_by_side.learn, activation, data)


@aside
@st.cache_resource(max_entries=64, show_spinner=False)
def walks(setting: Setting) -> Walks:
    """A walk downhill at every learning rate; made where it is drawn, too."""
    return workshop.drawing().do(walks_of, setting)


@aside
@st.cache_resource(max_entries=64, show_spinner=False)
def lives(activation: str, seed: int) -> Mapping[str, initialization.Life]:
    """A network trained from every start, by the start's name."""
    return initialization.lives(activation, seed, one=life)


@st.cache_resource(max_entries=256, show_spinner=False)
def life(name: str, activation: str, seed: int) -> initialization.Life:
    """A network trained from one start."""
    return workshop.training().do(initialization.live, name, activation, seed)


@aside
@st.cache_resource(max_entries=32, show_spinner=False)
def story_network(n_h: int, seed: int) -> story.Lesson:
    """A network that learns demand from four inputs."""
    return workshop.training().do(story.study, n_h, seed)


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def factors_found(n_h: int, starts: int) -> tuple[int, ...]:
    """How many factors of the story have a unit of their own, start by start."""
    seeds = range(starts)
    return tuple(workshop.training().do(story.factors_found, n_h, s) for s in seeds)


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def runs_from_every_start(name: str) -> Mapping[str, EveryStart]:
    """For each loss, where descents from all over J(w) end on a set of examples."""
    examples = losses.EXAMPLES[name]
    return {
        key: losses.every_start(loss, examples) for key, loss in losses.LOSSES.items()
    }


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def bend_maps(name: str) -> BendMaps:
    """Where J(w, b) bends down with each loss, on a set of examples."""
    return losses.bend_maps(losses.EXAMPLES[name])


@aside
@st.cache_resource(max_entries=1, show_spinner=False)
def animal_silhouettes() -> Silhouettes:
    """The silhouettes that come with the project."""
    return silhouettes.load()


@aside
@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Lesson: repr})
def cat_lesson(lesson: Lesson) -> Learned:
    """A cat recogniser, trained."""
    return silhouettes.learn(lesson, animal_silhouettes())


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def cat_texts(against: str, m: int, seed: int) -> tuple[str, str]:
    """What a cat lesson learns from, and its test, as texts for a script."""
    task = silhouettes.make_task(animal_silhouettes(), against, m, seed)
    return silhouettes.packed(task.train), silhouettes.packed(task.test)


@aside
@st.cache_resource(max_entries=8, show_spinner=False)
def hidden_cats(against: str, m: int, seed: int, n_h: int) -> HiddenRecogniser:
    """A cat recogniser with a hidden layer, trained on a few examples."""
    task = silhouettes.make_task(animal_silhouettes(), against, m, seed)
    return silhouettes.recognise_hidden(task, n_h, seed=seed)


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def cats_against(animals: tuple[str, ...]) -> Array:
    """What share is right for cats against each of these alone."""
    return silhouettes.accuracy_against(animal_silhouettes(), animals)


@aside
@st.cache_resource(max_entries=32, show_spinner=False)
def silhouette(file: str, _name: str, _data: BytesIO) -> bytes:  # noqa: ARG001
    """An uploaded file, cleaned to 28 × 28, as bytes. Raises ValueError.

    `file` tells one upload from another.
    """
    pixels = read_image(_name, _data.getvalue())
    seen = on_white(pixels) if pixels.shape[2] == 4 else pixels
    return _cleaned(grey(seen))


@aside
@st.cache_resource(max_entries=64, show_spinner=False)
def drawing(text: str) -> bytes:
    """A drawing as `core.drawings` writes it, cleaned to 28 × 28. Raises ValueError."""
    return _cleaned(np.where(drawings.read(text), 0.0, 255.0))


def _cleaned(grey_image: Array) -> bytes:
    """784 bytes, from 0 (background) to 255 (animal)."""
    cleaned = clean_up(grey_image).picture
    return np.rint(255 * cleaned).astype(np.uint8).tobytes()


def work_ahead() -> Iterator[Callable[[], object]]:
    """What takes long and many ask for: to be done before anybody does."""
    for data in side_by_side.DATA:
        for activation in ACTIVATIONS:
            yield partial(lesson, activation, data)
    for choices in studio.BY_UNITS.values():
        yield partial(training_run, choices)
    yield partial(factors_found, *story.ASKED)
    for seed, activation in product(range(initialization.SEEDS), ACTIVATIONS):
        yield partial(lives, activation, seed)


def kept(function: Callable[..., T], *inputs: object, using: object = None) -> T:
    """`function(*inputs)`, remembered: for tables and words that do not change.

    A pure function of plain values, whose result nobody changes. What takes long to
    compute from the inputs, and is remembered elsewhere, is handed on as `using`, the
    last argument: it is not looked at to remember.
    """
    key = f"{function.__module__}.{function.__qualname__}{inputs!r}"
    more = () if using is None else (using,)
    return _kept(key, function, (*inputs, *more))


@st.cache_resource(max_entries=256, show_spinner=False)
def _kept(
    key: str,  # noqa: ARG001
    _function: Callable[..., T],
    _inputs: tuple[object, ...],
) -> T:
    return _function(*_inputs)
