"""Accuracy against the amount of data, for models of several sizes (§2.3).

Each point of a curve is one training: so many examples to learn from, one model, one
seed. `python -m benchmarks.why_now` computes all of them into data/why_now.csv.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.datasets import Dataset, Split, make
from core.logistic import forward, predict
from core.logistic import train as train_logistic
from core.shallow import evaluate, initialize, train
from core.silhouettes import load, make_task
from core.types import Array

STORED = Path(__file__).parent.parent / "data" / "why_now.csv"
AMOUNTS = (25, 50, 100, 200, 400, 800, 1600)
SEEDS = (0, 1, 2, 3, 4)
TESTED = 400  # examples that no training sees, the same for every point
MODELS = ("logistic", "small", "medium", "large")
# What one training may cost while somebody waits, in multiplications: half a second
# on one core of 2023.
WHILE_WAITING = 2_500_000_000


@dataclass(frozen=True)
class Subject:
    """What is learned, and how: hidden units by model, and gradient descent."""

    key: str
    label: str
    n_x: int
    units: Mapping[str, int]
    activation: str
    alpha: float
    steps: int


@dataclass(frozen=True)
class Curve:
    """right (amounts, seeds): how many of the TESTED examples each training got."""

    right: NDArray[np.int64]

    @property
    def share(self) -> Array:
        """The same as shares from 0 to 1."""
        return np.asarray(self.right / TESTED)


SUBJECTS: Mapping[str, Subject] = {
    "silhouettes": Subject(
        key="silhouettes",
        label="cat silhouettes",
        n_x=784,
        units={"logistic": 0, "small": 4, "medium": 16, "large": 64},
        activation="relu",
        alpha=0.2,
        steps=500,
    ),
    "spiral": Subject(
        key="spiral",
        label="spiral",
        n_x=2,
        units={"logistic": 0, "small": 4, "medium": 8, "large": 32},
        activation="tanh",
        alpha=0.6,
        steps=2000,
    ),
}


def examples_of(subject: Subject, m: int, seed: int) -> Split:
    """m examples to learn from, drawn by the seed, and the same TESTED ones for all.

    Raises ValueError for more examples than there are.
    """
    if subject.key == "spiral":
        test = make("spiral", TESTED, noise=0.5, seed=1000)
        return Split(train=make("spiral", m, noise=0.5, seed=seed), held_out=test)
    task = make_task(load())
    if m > task.train.Y.size:
        raise ValueError(f"There are {task.train.Y.size} examples, not {m}.")
    columns = np.random.default_rng(seed).permutation(task.train.Y.size)[:m]
    name = subject.key
    X, Y = (
        np.ascontiguousarray(each[:, columns]) for each in (task.train.X, task.train.Y)
    )
    return Split(Dataset(X, Y, name), Dataset(task.test.X, task.test.Y, name))


def count_right(subject: Subject, model: str, m: int, seed: int) -> int:
    """Train one model on m examples; how many of the TESTED ones it then gets right.

    The seed draws the examples and the weights to start from. Notes §2.3
    """
    parts = examples_of(subject, m, seed)
    X, Y, test = parts.train.X, parts.train.Y, parts.held_out
    n_h = subject.units[model]
    if n_h == 0:
        run = train_logistic(X, Y, subject.alpha, subject.steps)
        return int(np.sum(predict(forward(run.w, run.b, test.X)) == test.Y))
    start = initialize(subject.n_x, n_h, scheme="fan_in", seed=seed)
    history = train(
        start, X, Y, subject.activation, subject.alpha, subject.steps, every=0
    )
    after = evaluate(history, test.X, test.Y, subject.activation)
    return round(float(after.accuracy[-1]) * TESTED)


def work(subject: Subject, model: str, m: int) -> int:
    """What a training costs, in multiplications, roughly."""
    # An activation costs about as much as a dozen multiplications.
    per_unit = subject.n_x + 12
    return subject.steps * m * max(1, subject.units[model]) * per_unit


def quick_enough(subject: Subject, model: str, m: int) -> bool:
    """Whether somebody may wait for this training."""
    return work(subject, model, m) <= WHILE_WAITING


def write_curves(path: Path, rows: Iterable[tuple[str, str, int, int, int]]) -> None:
    """Rows of subject, model, m, seed, right as a file of commas."""
    lines = ["subject,model,m,seed,right"]
    lines += [",".join(map(str, row)) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def read_curves(path: Path = STORED) -> dict[tuple[str, str], Curve]:
    """The stored curves, by subject and model."""
    found: dict[tuple[str, str], NDArray[np.int64]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            right = found.setdefault(
                (row["subject"], row["model"]),
                np.zeros((len(AMOUNTS), len(SEEDS)), dtype=np.int64),
            )
            at = AMOUNTS.index(int(row["m"])), SEEDS.index(int(row["seed"]))
            right[at] = int(row["right"])
    return {key: Curve(right) for key, right in found.items()}


def median_share(right: Array) -> float:
    """The middle one of some counts, as a share of the TESTED examples."""
    return float(np.median(right)) / TESTED


def late_gain(curve: Curve) -> float:
    """By how much the median share grows from a quarter of the data to all of it."""
    middle = np.median(curve.share, axis=1)
    return float(middle[-1] - middle[-3])


def enough(curve: Curve, within: float = 0.01) -> int:
    """The smallest amount from which the median is so close to the best of all."""
    middle = np.median(curve.share, axis=1)
    return AMOUNTS[int(np.argmax(middle >= middle.max() - within))]
