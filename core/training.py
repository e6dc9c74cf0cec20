"""A network and logistic regression, trained on the same points for comparison."""

from dataclasses import dataclass, replace

import numpy as np

from core.activations import Activation, sigmoid, sigmoid_in_place
from core.batches import batches_in_a_pass
from core.datasets import Dataset, Split, make, split
from core.diagnosis import (
    Evidence,
    Finding,
    explain_stop,
    gather,
    within_curvature,
)
from core.logistic import losses, predict
from core.points import OWN
from core.points import read as read_points
from core.shallow import (
    Evaluation,
    History,
    Parameters,
    check_run,
    evaluate,
    initialize,
    train,
)
from core.types import Array

LARGE = "large"  # a start with weights of 10 · randn

# Asked for; of 104 about 85 differ, for the first of them are whole steps.
FRAMES = 104
FINE = 450  # of a run that is soon evaluated at so many steps
SOON = 20_000  # hidden values of all points, up to which it is
Steps = np.ndarray[tuple[int], np.dtype[np.int64]]
Counts = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True)
class Choices:
    """All that decides a training run: the points, the network, the descent.

    One seed draws the points, those held out, the weights to start from, and the
    batches. batch 0 is all examples; l2 is λ of the penalty on the weights. The data
    set "own" is read from `points` (core.points), without m and noise.
    """

    data: str
    m: int
    noise: float
    seed: int
    held_out: float
    n_h: int
    activation: str
    scheme: str
    alpha: float
    steps: int
    batch: int = 0
    l2: float = 0.0
    points: str = ""


@dataclass(frozen=True)
class Score:
    """One model at each kept step; held_out is None when no point is held out."""

    train: Evaluation
    held_out: Evaluation | None


@dataclass(frozen=True)
class Run:
    """Two models on the same points, kept at the same steps.

    steps (k,); history holds the network's parameters at those steps only, and
    logistic (k, 3) the weights w1, w2 and b of logistic regression. Where something
    went wrong, finding says what, and evidence has the numbers.
    """

    split: Split
    steps: Steps
    history: History
    logistic: Array
    network_score: Score
    logistic_score: Score
    finding: Finding | None = None
    evidence: Evidence | None = None


def train_both(choices: Choices) -> Run:
    """Train the network, and logistic regression as many steps; say what went wrong.

    Raises core.shallow.RunTooLarge, before any step, for a run that would take too
    long; ValueError for choices that make no sense. Notes §5.5
    """
    parts = points_of(choices)
    run, whole = train_on(parts, choices)
    X, Y = parts.train.X, parts.train.Y
    # A batch is luckier or less lucky than the next: what counts is a whole pass.
    calm = over_passes(whole.J, batches_in_a_pass(Y.size, choices.batch))
    how = choices.activation, choices.alpha, choices.l2
    finding = explain_stop(replace(run.history, J=calm), X, Y, *how)
    if finding is None:
        return run
    seen = replace(whole, J=calm)
    evidence = gather(finding, seen, X, Y, choices.activation, choices.l2)
    return replace(run, finding=within_curvature(finding, evidence), evidence=evidence)


def train_on(parts: Split, choices: Choices) -> tuple[Run, History]:
    """Both models trained on these points, and every step of the network.

    A line is here to show what a line can do, so its α is its own: one with which it
    settles, whatever the network's is. Raises as `train_both`. Notes §5.5
    """
    X, Y = parts.train.X, parts.train.Y
    m = X.shape[1]
    check_run(min(choices.batch or m, m), choices.n_h, choices.steps)
    whole = train(
        start_of(choices),
        X,
        Y,
        choices.activation,
        choices.alpha,
        choices.steps,
        batch=choices.batch,
        l2=choices.l2,
        seed=choices.seed,
    )
    steps = kept_steps(int(whole.steps[-1]), frames(choices.n_h, m))
    history = thinned(whole, steps)
    logistic = logistic_path(X, Y, safe_alpha(X), int(steps[-1]))[steps]
    run = Run(
        split=parts,
        steps=steps,
        history=history,
        logistic=logistic,
        network_score=score_network(history, parts, choices.activation),
        logistic_score=score_logistic(logistic, parts),
    )
    return run, whole


def points_of(choices: Choices) -> Split:
    """The points to train on, and those held out."""
    if choices.data == OWN:
        data = read_points(choices.points)
    else:
        data = make(choices.data, choices.m, choices.noise, choices.seed)
    return split(data, choices.held_out, choices.seed)


def start_of(choices: Choices) -> Parameters:
    """The weights before the first step."""
    if choices.scheme == LARGE:
        return initialize(2, choices.n_h, scale=10.0, seed=choices.seed)
    return initialize(2, choices.n_h, scheme=choices.scheme, seed=choices.seed)


def over_passes(J: Array, count: int) -> Array:
    """J (k,) → (k,): each the mean of the last `count`, which is one pass."""
    if count == 1:
        return J
    sums = np.concatenate([[0.0], np.cumsum(J)])
    end = np.arange(1, len(J) + 1)
    start = np.maximum(end - count, 0)
    means: Array = (sums[end] - sums[start]) / (end - start)
    return means


def frames(n_h: int, m: int) -> int:
    """How many steps to keep of a run with n_h hidden units on m points, at most."""
    return FINE if n_h * m <= SOON else FRAMES


def kept_steps(last: int, most: int = FRAMES) -> Steps:
    """0, 1, 2, … and then ever further apart, up to `last`: most happens early."""
    if last < most:
        return np.arange(last + 1)
    spread = np.geomspace(1, last + 1, most) - 1
    return np.unique(np.round(spread).astype(np.int64))


def thinned(history: History, steps: Steps) -> History:
    """The same history with the parameters at these kept steps only."""
    at = np.searchsorted(history.steps, steps)
    return replace(
        history,
        steps=history.steps[at],
        W1=history.W1[at],
        b1=history.b1[at],
        W2=history.W2[at],
        b2=history.b2[at],
    )


def fewer(history: History, count: int) -> History:
    """About `count` of the kept steps, the first and the last among them."""
    last = len(history.steps) - 1
    at = np.unique(np.round(np.geomspace(1, last + 1, count)).astype(int) - 1)
    return thinned(history, history.steps[at])


def safe_alpha(X: Array) -> float:
    """An α with which every step of logistic regression goes down. X (n_x, m)

    It is 1 over the largest curvature that J can have: σ′ is 1/4 at most, so that no
    direction bends more than the largest eigenvalue of [X 1] [X 1]ᵀ / (4 m).
    """
    m = X.shape[1]
    X_ones = np.vstack([X, np.ones((1, m))])
    return float(4 * m / np.linalg.eigvalsh(np.dot(X_ones, X_ones.T))[-1])


def logistic_path(X: Array, Y: Array, alpha: float, steps: int) -> Array:
    """[w b] before the first step and after each: core.logistic.train, only faster.

    X (n_x, m), Y (1, m) → (steps + 1, n_x + 1). It stays finite whatever α is, for
    no slope is larger than the mean of |x|, or 1. Notes §4.2.2
    """
    n_x, m = X.shape
    X_ones = np.vstack([X, np.ones((1, m))])
    path = np.zeros((steps + 1, n_x + 1))
    dz, slopes = np.empty(m), np.empty(n_x + 1)
    with np.errstate(over="ignore"):  # see sigmoid_in_place
        for t in range(steps):
            np.dot(path[t], X_ones, out=dz)
            sigmoid_in_place(dz)
            np.subtract(dz, Y[0], out=dz)
            np.dot(X_ones, dz, out=slopes)
            np.multiply(slopes, alpha / m, out=slopes)
            np.subtract(path[t], slopes, out=path[t + 1])
    return path


def logistic_predictions(path: Array, X: Array) -> Array:
    """A (k, m): σ(wᵀX + b) for each row [w b] of the path, on X (n_x, m)."""
    return sigmoid(np.dot(path[:, :-1], X) + path[:, -1:])


def score_network(
    history: History, parts: Split, activation: str | Activation
) -> Score:
    """Cost and accuracy of the network, on both parts of the data."""
    return Score(
        train=evaluate(history, parts.train.X, parts.train.Y, activation),
        held_out=evaluate(history, parts.held_out.X, parts.held_out.Y, activation)
        if parts.held_out.Y.size
        else None,
    )


def score_logistic(path: Array, parts: Split) -> Score:
    """Cost and accuracy of logistic regression, on both parts of the data."""
    return Score(
        train=evaluate_logistic(path, parts.train),
        held_out=evaluate_logistic(path, parts.held_out)
        if parts.held_out.Y.size
        else None,
    )


def evaluate_logistic(path: Array, data: Dataset) -> Evaluation:
    """J (k,) and accuracy (k,) at each kept step."""
    A = logistic_predictions(path, data.X)
    return Evaluation(
        J=np.mean(losses(A, data.Y), axis=1),
        accuracy=np.mean(predict(A) == data.Y, axis=1),
    )


def confusion(A: Array, Y: Array) -> Counts:
    """How many of each class are taken for which. A, Y (1, m) → (2, 2)

    Down the class, across what it is taken for.
    """
    guess = predict(A)
    pairs = [[np.sum((y == Y) & (guess == a)) for a in (0, 1)] for y in (0, 1)]
    return np.array(pairs)


def plane(reach: float, n: int) -> Array:
    """The middles of n × n cells that fill the square from −reach to reach. (2, n²)"""
    side = reach * (2 * np.arange(n) + 1 - n) / n
    x1, x2 = np.meshgrid(side, side)
    return np.vstack([x1.ravel(), x2.ravel()])


def accuracy_by_units(name: str, most: int) -> Array:
    """The share of 200 points that 1, 2, … `most` tanh units get right. (most,)

    Each network is trained for 1,000 steps of α = 1.2. Raises ValueError for an
    unknown data set.
    """
    data = make(name, m=200)
    shares = []
    for n_h in range(1, most + 1):
        run = train(initialize(2, n_h), data.X, data.Y, "tanh", 1.2, 1000, every=0)
        shares.append(evaluate(run, data.X, data.Y, "tanh").accuracy[-1])
    return np.array(shares)


def line_accuracy(name: str) -> float:
    """The share of 400 points that logistic regression gets right in the end.

    Raises ValueError for an unknown data set.
    """
    data = make(name)
    path = logistic_path(data.X, data.Y, 0.3, 3000)
    return float(evaluate_logistic(path[-1:], data).accuracy[0])
