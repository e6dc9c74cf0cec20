"""One parameter of a trained network set by hand, and training that goes on from it."""

import math
from dataclasses import dataclass, replace

import numpy as np

from core.activations import Activation
from core.datasets import Split
from core.shallow import History, Parameters, train
from core.training import (
    Choices,
    Run,
    Score,
    frames,
    kept_steps,
    score_network,
    thinned,
)

NAMES = ("W1", "b1", "W2", "b2")
LARGEST = 1000.0


@dataclass(frozen=True)
class Edit:
    """`name`[row, column] = value, after `step` steps; rows and columns from 0."""

    step: int
    name: str
    row: int
    column: int
    value: float


@dataclass(frozen=True)
class Branch:
    """A run that starts in the middle of another: its steps go on counting from there.

    history.J[t] belongs to step history.steps[0] + t.
    """

    edit: Edit
    history: History
    score: Score


def check_edit(edit: Edit, history: History) -> None:
    """The edit fits this run. Raises ValueError with a reason for the learner."""
    if edit.step not in history.steps:
        raise ValueError(f"step {edit.step} of this run was not kept")
    if edit.name not in NAMES:
        raise ValueError(f"the network has no {edit.name}, only {', '.join(NAMES)}")
    shape = getattr(history, edit.name).shape[1:]
    if not (0 <= edit.row < shape[0] and 0 <= edit.column < shape[1]):
        raise ValueError(f"{edit.name} has shape {shape}")
    if not math.isfinite(edit.value) or abs(edit.value) > LARGEST:
        raise ValueError(f"a value has to be from {-LARGEST:g} to {LARGEST:g}")


def edited(history: History, edit: Edit) -> Parameters:
    """The parameters at the edit's step, with the one value set.

    Raises ValueError when the edit does not fit the run.
    """
    check_edit(edit, history)
    before = history.at(int(np.searchsorted(history.steps, edit.step)))
    changed = np.array(getattr(before, edit.name))
    changed[edit.row, edit.column] = edit.value
    return replace(before, **{edit.name: changed})


def steps_to_go(history: History, edit: Edit) -> int:
    """To the run's end, and half as many steps as it has at least."""
    last = int(history.steps[-1])
    return max(last - edit.step, (last + 1) // 2)


def branch(
    history: History,
    parts: Split,
    activation: str | Activation,
    alpha: float,
    edit: Edit,
    *,
    batch: int = 0,
    l2: float = 0.0,
    seed: int = 0,
) -> Branch:
    """Train on from an edited value, on the same points and with the same α.

    batch, l2 and seed are those of `core.shallow.train`. Raises ValueError when the
    edit does not fit the run. Notes §5.5
    """
    start = edited(history, edit)
    X, Y = parts.train.X, parts.train.Y
    steps = steps_to_go(history, edit)
    whole = train(start, X, Y, activation, alpha, steps, batch=batch, l2=l2, seed=seed)
    n_h, m = start.W1.shape[0], X.shape[1]
    kept = thinned(whole, kept_steps(int(whole.steps[-1]), frames(n_h, m)))
    return Branch(
        edit=edit,
        history=replace(kept, steps=kept.steps + edit.step),
        score=score_network(kept, parts, activation),
    )


def branch_of(choices: Choices, run: Run, edit: Edit) -> Branch:
    """A branch of a studio run, with all that it was trained with."""
    return branch(
        run.history,
        run.split,
        choices.activation,
        choices.alpha,
        edit,
        batch=choices.batch,
        l2=choices.l2,
        seed=choices.seed,
    )
