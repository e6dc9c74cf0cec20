"""Four inputs, three factors, one demand: a story, and a network that never heard it.

The notes explain demand by affordability, awareness and quality (§2.1). Here the data
are made with that story, and a network sees only the inputs and the demand.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.activations import relu
from core.shallow import Parameters, backward, forward, initialize, step
from core.training import kept_steps
from core.types import Array

INPUTS = ("price", "shipping", "marketing", "material")
FACTORS = ("affordability", "awareness", "quality")
# Each factor looks at one or two inputs only: 5 of these 12 weights are not 0.
STORY_W = ((-0.5, -0.3, 0.0, 0.0), (0.0, 0.0, 0.5, 0.0), (0.2, 0.0, 0.0, 0.3))
STORY_B = (0.4, 0.25, 0.1)
WORTH = (3.0, 2.0, 4.0)  # what each factor adds to the demand
NOISE = 0.05
ASKED = (3, 10)  # the networks of the prediction: hidden units, and how many starts
OPENING = (3, 10)  # the network that the page opens with: hidden units, and its start
CLOSE = 0.9  # a unit whose correlation with a factor is so large tells its story


@dataclass(frozen=True)
class Market:
    """X (4, m) from −1 (low) to 1 (high), the factors S (3, m), the demand Y (1, m)."""

    X: Array
    S: Array
    Y: Array


@dataclass(frozen=True)
class Lesson:
    """A network's training: parameters at the kept steps (k,), J (k,), and R² on data
    that it never saw, (k,)."""

    steps: NDArray[np.int64]
    parameters: tuple[Parameters, ...]
    J: Array
    explained: Array


def market(m: int = 200, seed: int = 0) -> Market:
    """m t-shirts of every kind, and how they sell by the story."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (len(INPUTS), m))
    S = factors(X)
    Y = np.array([WORTH]) @ S + NOISE * rng.standard_normal((1, m))
    return Market(X, S, Y)


def factors(X: Array) -> Array:
    """S = max(0, W X + b) with the story's own weights. X (4, m) → (3, m)"""
    return relu(np.array(STORY_W) @ X + np.array(STORY_B).reshape(-1, 1))


def guess(parameters: Parameters, X: Array) -> Array:
    """ŷ = W2 max(0, W1 X + b1) + b2, with no σ: demand is no probability. → (1, m)"""
    return forward(parameters, X, "relu").Z2


def improve(
    parameters: Parameters, X: Array, Y: Array, alpha: float
) -> tuple[Parameters, float]:
    """One step of gradient descent on J = ½ · mean (ŷ − y)², and J before it."""
    cache = forward(parameters, X, "relu")
    error = cache.Z2 - Y
    # Half the squared error without σ has the slope ŷ − y, as the log loss has with it.
    slopes = backward(parameters, replace(cache, A2=cache.Z2), X, Y, "relu")
    return step(parameters, slopes, alpha), float(np.mean(error**2) / 2)


def study(n_h: int, seed: int, alpha: float = 0.2, steps: int = 1000) -> Lesson:
    """Train a network with n_h hidden units on the market, from inputs and demand."""
    seen, unseen = market(seed=0), market(seed=1)
    at = kept_steps(steps)
    parameters = initialize(len(INPUTS), n_h, scheme="fan_in", seed=seed)
    kept, costs = [], []
    wanted = set(at.tolist())
    for t in range(steps + 1):
        after, J = improve(parameters, seen.X, seen.Y, alpha)
        if t in wanted:
            kept.append(parameters)
            costs.append(J)
        parameters = after
    explained = np.array([explained_share(each, unseen) for each in kept])
    return Lesson(at, tuple(kept), np.array(costs), explained)


def explained_share(parameters: Parameters, on: Market) -> float:
    """R²: the share of the demand's ups and downs that the network follows."""
    error = guess(parameters, on.X) - on.Y
    return float(1 - np.mean(error**2) / np.var(on.Y))


def correlations(A1: Array, S: Array) -> Array:
    """How each unit goes along with each factor, from −1 to 1. (n_h, m), (3, m)

    → (n_h, 3); 0 for a unit that never changes.
    """
    A, F = (each - each.mean(axis=1, keepdims=True) for each in (A1, S))
    lengths = np.linalg.norm(A, axis=1)[:, None] * np.linalg.norm(F, axis=1)
    silent = lengths < 1e-12
    return np.where(silent, 0.0, (A @ F.T) / np.where(silent, 1.0, lengths))


def told(parameters: Parameters, on: Market) -> Array:
    """The correlations of a network's units with the factors of these examples."""
    return correlations(forward(parameters, on.X, "relu").A1, on.S)


def factors_found(n_h: int, seed: int) -> int:
    """How many of the three factors have a unit of their own after training."""
    last = study(n_h, seed).parameters[-1]
    return int(np.sum(np.abs(told(last, market(seed=1))).max(axis=0) >= CLOSE))
