"""The same small network with one activation or another (§5.4)."""

from dataclasses import dataclass

import numpy as np

from core.collapse import collapse
from core.datasets import Dataset, make
from core.edges import Cuts, cuts
from core.logistic import forward as logistic_forward
from core.shallow import (
    History,
    answers,
    evaluate,
    forward,
    initialize,
    predictions,
    train,
)
from core.training import fewer
from core.types import Array

UNITS, ALPHA, STEPS, REACH, CELLS = 4, 0.5, 2000, 4.6, 32
KEPT = 48
DATA = ("flower", "circles", "xor", "moons")


@dataclass(frozen=True)
class Learned:
    """What a network has learned of the points, at each kept step.

    surface (steps, CELLS, CELLS): its output over the plane, the lowest row first;
    cuts: where its decision line runs between them (core.edges);
    right (steps,): the share of the points that it gets right.
    """

    points: Dataset
    history: History
    surface: Array
    cuts: Cuts
    right: Array


def learn(activation: str, data: str) -> Learned:
    """The same start, learning rate and steps for every activation. Notes §5.4"""
    points = make(data, m=300, noise=0.15, seed=3)
    start = initialize(2, UNITS, scheme="random", scale=0.5, seed=2)
    whole = train(start, points.X, points.Y, activation, ALPHA, STEPS, every=10)
    history = fewer(whole, KEPT)
    edges = np.linspace(-REACH, REACH, CELLS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    grid = np.stack([g.ravel() for g in np.meshgrid(middles, middles)])
    surface = predictions(history, grid, activation).reshape(-1, CELLS, CELLS)
    span = (-REACH, REACH)

    found = cuts(surface, span, span, lambda i, X: answers(history, i, X, activation))
    right = evaluate(history, points.X, points.Y, activation).accuracy
    return Learned(points, history, surface, found, right)


def gap_to_one_layer(learned: Learned, kept: int = -1) -> float:
    """How far a linear network is from logistic regression with its one layer.

    At the step `kept`, the largest difference over all points. Notes §5.4
    """
    parameters, X = learned.history.at(kept), learned.points.X
    one = collapse(parameters)
    deep = forward(parameters, X, "linear").A2
    return float(np.abs(deep - logistic_forward(one.w, one.b, X)).max())
