"""Where training starts, and what becomes of it: one small network, many starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from core.datasets import make
from core.diagnosis import dead_units, saturated_share
from core.shallow import (
    History,
    Parameters,
    evaluate,
    initialize,
    train,
)
from core.training import kept_steps, thinned
from core.types import Array

UNITS, ALPHA, STEPS = 4, 1.2, 2000
SEEDS = 10  # from 0 on


@dataclass(frozen=True)
class Start:
    """A way to choose the first weights, as `core.shallow.initialize` takes it."""

    label: str
    scheme: str
    scale: float = 1.0

    @property
    def drawn(self) -> bool:
        """Whether the seed makes a difference."""
        return self.scheme in {"random", "fan_in"}


STARTS: Mapping[str, Start] = {
    "zeros": Start("all 0", "zeros"),
    "constant": Start("all 0.5", "constant", 0.5),
    "small": Start("0.01 · randn", "random", 0.01),
    "one": Start("randn", "random", 1.0),
    "large": Start("10 · randn", "random", 10.0),
    "fan_in": Start("randn / √inputs", "fan_in"),
}


@dataclass(frozen=True)
class Life:
    """What became of one start, at the kept steps (k,).

    J and accuracy on the training points; apart: the largest difference between two
    hidden units; stuck: the share of the hidden layer that hardly lets a gradient
    through; moved: how far W1, b1, W2 and b2 have gone, by name, their largest change.
    """

    steps: np.ndarray[tuple[int], np.dtype[np.int64]]
    history: History
    J: Array
    accuracy: Array
    apart: Array
    stuck: Array
    moved: Mapping[str, Array]


def points() -> tuple[Array, Array]:
    """X (2, 250), Y (1, 250): two moons, with fewer points in class 1.

    With as many points in each class, a network that says ½ everywhere has nothing to
    learn from its bias b2.
    """
    moons = make("moons", m=300, noise=0.15, seed=1)
    kept = np.ones(300, dtype=bool)
    kept[150::3] = False
    return moons.X[:, kept], moons.Y[:, kept]


def start_of(name: str, seed: int) -> Parameters:
    """The first parameters of a start of STARTS; the biases are 0. Notes §5.6"""
    start = STARTS[name]
    return initialize(2, UNITS, 1, start.scheme, start.scale, seed)


def live(name: str, activation: str, seed: int = 0) -> Life:
    """Train from this start, and measure what becomes of it. Notes §5.6

    Raises KeyError for a start that is not in STARTS.
    """
    return live_from(start_of(name, seed), activation)


def lives(
    activation: str, seed: int = 0, one: Callable[[str, str, int], Life] = live
) -> dict[str, Life]:
    """What becomes of every start of STARTS, by its name; `one` tells it of one start.

    A start that draws nothing is the same for every seed: it has seed 0.
    """
    return {
        name: one(name, activation, seed if start.drawn else 0)
        for name, start in STARTS.items()
    }


def live_from(start: Parameters, activation: str, steps: int = STEPS) -> Life:
    """The same from parameters of one's own. Notes §5.6"""
    X, Y = points()
    whole = train(start, X, Y, activation, ALPHA, steps)
    history = thinned(whole, kept_steps(int(whole.steps[-1])))
    score = evaluate(history, X, Y, activation)
    count = range(len(history.steps))
    return Life(
        steps=history.steps,
        history=history,
        J=score.J,
        accuracy=score.accuracy,
        apart=np.array([units_apart(history.at(i)) for i in count]),
        stuck=np.array([stuck(history.at(i), X, activation) for i in count]),
        moved={name: changes(getattr(history, name)) for name in vars(start)},
    )


def units_apart(parameters: Parameters) -> float:
    """The largest difference between two hidden units, in any of their numbers.

    A unit is a row of [W1 b1 W2ᵀ]. 0 when all are copies of one another.
    """
    units = np.hstack([parameters.W1, parameters.b1, parameters.W2.T])
    return float(np.max(units.max(axis=0) - units.min(axis=0)))


def stuck(parameters: Parameters, X: Array, activation: str) -> float:
    """The share of the hidden layer that hardly lets a gradient through.

    tanh and sigmoid: values where g is flat. ReLU: units that are 0 on every example.
    """
    if activation == "relu":
        return float(dead_units(parameters, X, activation).mean())
    return saturated_share(parameters, X, activation)


def changes(kept: Array) -> Array:
    """How far a parameter has gone from its first value. (k, …) → (k,)"""
    far: Array = np.abs(kept - kept[0]).reshape(len(kept), -1).max(axis=1)
    return far


def which_moved(life: Life) -> tuple[str, ...]:
    """The parameters that are not exactly where they began."""
    return tuple(name for name, gone in life.moved.items() if gone[-1] > 0)


def with_biases(start: Parameters, scale: float, seed: int) -> Parameters:
    """The same start with hidden biases scale · randn in place of 0."""
    rng = np.random.default_rng(seed)
    return replace(start, b1=scale * rng.standard_normal(start.b1.shape))


def special_starts(seed: int) -> dict[str, Parameters]:
    """Starts in which some parameters are 0 and others are not, by description."""
    small, zeros = start_of("small", seed), start_of("zeros", seed)
    return {
        "W1, W2 random, b = 0": small,
        "W1, W2, b1 random": with_biases(small, 0.01, seed),
        "W2 = 0, W1 random": replace(small, W2=zeros.W2),
        "W1 = 0, W2 random": replace(small, W1=zeros.W1),
        "W1 = W2 = 0, b1 random": with_biases(zeros, 0.01, seed),
    }
