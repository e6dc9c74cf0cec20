"""A cat recogniser: logistic regression on silhouettes of animals (§1.2, §3)."""

import base64
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.activations import sigmoid
from core.logistic import LogisticRun, forward, losses, predict, train
from core.shallow import Evaluation, History, evaluate, initialize
from core.shallow import train as train_network
from core.types import Array

SILHOUETTES = Path(__file__).parent.parent / "data" / "animal_silhouettes.npz"
CAT = "cat"
ALL = "all"
TRAIN_SHARE = 0.8


@dataclass(frozen=True)
class Silhouettes:
    """Pictures of animals: X (784, m) from 0 to 1, a column each, and their names."""

    X: Array
    animal: tuple[str, ...]


@dataclass(frozen=True)
class Examples:
    """X (784, m), Y (1, m) with 1 for a cat, and where each stands in `Silhouettes`."""

    X: Array
    Y: Array
    columns: NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """Examples to learn from, and examples that learning never sees."""

    train: Examples
    test: Examples


@dataclass(frozen=True)
class Recogniser:
    """A training run, and at each kept step the accuracy on both halves.

    run.w_kept (k, 784): reshape a row to (28, 28) to see it. Accuracies (k,).
    """

    run: LogisticRun
    train_accuracy: Array
    test_accuracy: Array


@dataclass(frozen=True)
class Lesson:
    """What to learn, and how: m examples at most, as many as there are."""

    against: str = ALL
    m: int = 1600
    alpha: float = 0.05
    steps: int = 500
    seed: int = 0


@dataclass(frozen=True)
class Learned:
    """A lesson's run, the m examples it had, the share of cats among them, the test."""

    recogniser: Recogniser
    m: int
    cats: float
    test: Examples


@dataclass(frozen=True)
class HiddenRecogniser:
    """The same with a hidden layer: J and accuracy (k,) at each kept step."""

    history: History
    train: Evaluation
    test: Evaluation


@dataclass(frozen=True)
class Confusion:
    """How many of each kind were taken for what."""

    cat_as_cat: int
    cat_as_other: int
    other_as_cat: int
    other_as_other: int


@dataclass(frozen=True)
class Extremes:
    """Columns of X: the most certain right predictions and the worst wrong ones."""

    right: NDArray[np.int64]
    wrong: NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """What each pixel says: w x (28, 28), positive for a cat. Σ + b is z, σ(z) is a."""

    pixels: Array
    b: float
    z: float
    a: float


def load() -> Silhouettes:
    """The 2,000 silhouettes that come with the project, half of them cats."""
    return read_silhouettes(SILHOUETTES)


def read_silhouettes(path: str | Path) -> Silhouettes:
    """Silhouettes from a file with images (m, 28, 28), labels (m,) and names."""
    with np.load(path, allow_pickle=False) as file:
        images, labels, names = file["images"], file["labels"], file["names"]
    X = np.ascontiguousarray(images.reshape(len(images), -1).T / 255)
    return Silhouettes(X, tuple(str(names[label]) for label in labels))


def opponents(data: Silhouettes) -> tuple[str, ...]:
    """What a cat can be told from: all other animals, or one of them."""
    return (ALL, *sorted(set(data.animal) - {CAT}))


def make_task(
    data: Silhouettes, against: str = ALL, m: int | None = None, seed: int = 0
) -> Task:
    """Cats against all others, or against one animal: four fifths to learn from.

    Against one animal there are as many cats as there are of it. Seed 0 keeps the
    order of the file, which is shuffled already; others shuffle again. m: only so
    many of the examples to learn from; the test stays the same. Raises ValueError.
    """
    columns = chosen_columns(data, against, seed)
    cut = round(TRAIN_SHARE * len(columns))
    if m is not None and not 2 <= m <= cut:
        raise ValueError(f"There are 2 to {cut} examples to learn from, not {m}.")
    return Task(
        train=examples(data, columns[: cut if m is None else m]),
        test=examples(data, columns[cut:]),
    )


def chosen_columns(data: Silhouettes, against: str, seed: int) -> NDArray[np.int64]:
    """Which pictures take part, in which order."""
    if against not in opponents(data):
        names = ", ".join(opponents(data))
        raise ValueError(f"There is no animal {against!r}. Choose from {names}.")
    animal = np.array(data.animal)
    cats = np.flatnonzero(animal == CAT)
    others = np.flatnonzero(animal != CAT if against == ALL else animal == against)
    columns = np.sort(np.concatenate([cats[: len(others)], others]))
    if seed == 0 and against == ALL:
        return columns
    return np.random.default_rng(seed).permutation(columns)


def examples(data: Silhouettes, columns: NDArray[np.int64]) -> Examples:
    """These pictures with their labels."""
    Y = [[1.0 if data.animal[column] == CAT else 0.0 for column in columns]]
    # A contiguous copy: NumPy multiplies by it four times as fast as by a part of X.
    return Examples(np.ascontiguousarray(data.X[:, columns]), np.array(Y), columns)


def packed(examples: Examples) -> str:
    """Labels and pictures as one text, to stand in a script: every level of grey."""
    rows = np.rint(np.vstack([examples.Y, 255 * examples.X]).T).astype(np.uint8)
    return base64.b64encode(zlib.compress(rows.tobytes())).decode()


def unpacked(text: str) -> Examples:
    """The examples that `packed` wrote down."""
    levels = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
    rows = levels.reshape(-1, 1 + 28 * 28)  # a label and a picture each
    X = np.ascontiguousarray(rows[:, 1:].T / 255)
    return Examples(X, rows[:, :1].T.astype(float), np.arange(len(rows)))


def recognise(
    task: Task, alpha: float = 0.05, steps: int = 500, every: int = 10
) -> Recogniser:
    """Logistic regression from w = 0 on all examples at once, its weights kept.

    Notes §3.7.3, §4.2.2
    """
    run = train(task.train.X, task.train.Y, alpha, steps, every=every)
    return Recogniser(
        run=run,
        train_accuracy=accuracies(run, task.train),
        test_accuracy=accuracies(run, task.test),
    )


def learn(lesson: Lesson, data: Silhouettes) -> Learned:
    """Logistic regression on as many of the wanted examples as there are.

    About fifty steps keep their weights. Raises ValueError.
    """
    whole = make_task(data, lesson.against, seed=lesson.seed)
    m = min(lesson.m, whole.train.Y.size)
    task = make_task(data, lesson.against, m, lesson.seed)
    every = max(1, lesson.steps // 50)
    return Learned(
        recogniser=recognise(task, lesson.alpha, lesson.steps, every),
        m=m,
        cats=float(np.mean(task.train.Y)),
        test=whole.test,
    )


def accuracy_against(data: Silhouettes, animals: tuple[str, ...]) -> Array:
    """The share of the test that is right for cats against each animal alone."""
    tasks = [make_task(data, animal) for animal in animals]
    runs = [recognise(task, steps=200, every=200) for task in tasks]
    return np.array([run.test_accuracy[-1] for run in runs])


def accuracies(run: LogisticRun, on: Examples) -> Array:
    """The share of right predictions with the weights of each kept step. → (k,)"""
    A = sigmoid(np.dot(run.w_kept, on.X) + run.b_kept[:, np.newaxis])
    share: Array = np.mean(predict(A) == on.Y, axis=1)
    return share


def recognise_hidden(
    task: Task,
    n_h: int = 20,
    alpha: float = 0.5,
    steps: int = 500,
    every: int = 10,
    seed: int = 0,
) -> HiddenRecogniser:
    """The same task for a network with n_h hidden tanh units. Notes §5

    It learns its examples by heart: the cost on the others stops falling.
    """
    start = initialize(task.train.X.shape[0], n_h, seed=seed, scheme="fan_in")
    history = train_network(
        start, task.train.X, task.train.Y, "tanh", alpha, steps, every=every
    )
    return HiddenRecogniser(
        history=history,
        train=evaluate(history, task.train.X, task.train.Y, "tanh"),
        test=evaluate(history, task.test.X, task.test.Y, "tanh"),
    )


def confusion(A: Array, Y: Array) -> Confusion:
    """Right and wrong, cats and others apart. A, Y (1, m)"""
    said, cat = predict(A) == 1, Y == 1
    return Confusion(
        cat_as_cat=int(np.sum(said & cat)),
        cat_as_other=int(np.sum(~said & cat)),
        other_as_cat=int(np.sum(said & ~cat)),
        other_as_other=int(np.sum(~said & ~cat)),
    )


def extremes(A: Array, Y: Array, count: int = 6) -> Extremes:
    """The most certain right and the most certain wrong predictions. A, Y (1, m)

    Up to `count` of each, the most certain first.
    """
    loss = losses(A, Y)[0]
    right = (predict(A) == Y)[0]
    # The loss is smallest for the surest right one, and largest for the worst wrong.
    order = np.argsort(loss, kind="stable")
    return Extremes(
        right=order[right[order]][:count],
        wrong=order[~right[order]][::-1][:count],
    )


def evidence(w: Array, b: float, picture: Array) -> Evidence:
    """Which pixels speak for a cat and which against it. w (784, 1), (28, 28)

    z = wᵀx + b is the sum over the pixels, and b.
    """
    x = picture.reshape(-1, 1)
    a = float(forward(w, b, x)[0, 0])
    pixels = (w * x).reshape(picture.shape)
    return Evidence(pixels, b, float(np.sum(pixels)) + b, a)
