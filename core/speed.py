"""What makes training quick: slopes that do not fade, and short waits (§2.3)."""

from dataclasses import dataclass

import numpy as np

from core.activations import ACTIVATIONS
from core.datasets import make
from core.shallow import initialize, train
from core.types import Array

RACE_UNITS, RACE_ALPHA, RACE_STEPS = 8, 0.3, 3000


def through_layers(name: str, z: float, layers: int) -> float:
    """What is left of a gradient after g′(z) of so many layers: g′(z) to the power."""
    return float(ACTIVATIONS[name].dg(np.array(z)) ** layers)


def costs_on_the_way(name: str, data: str) -> Array:
    """J (steps + 1,) of one small network; only the activation differs by name.

    8 hidden units, the same start, points and α for every activation. Notes §2.3
    """
    points = make(data, m=300, noise=0.15, seed=3)
    start = initialize(2, RACE_UNITS, scheme="fan_in", seed=0)
    run = train(start, points.X, points.Y, name, RACE_ALPHA, RACE_STEPS, every=0)
    return run.J


def steps_to(J: Array, target: float) -> int | None:
    """The first step whose cost is at most the target, or None."""
    reached = np.flatnonzero(target >= J)
    return int(reached[0]) if reached.size else None


@dataclass(frozen=True)
class Day:
    """A day of trying ideas: minutes to think and code, minutes to train, hours."""

    thinking: float
    training: float
    hours: float = 8.0

    @property
    def experiments(self) -> float:
        """How many turns of idea, code, experiment fit into the day."""
        return 60 * self.hours / (self.thinking + self.training)

    @property
    def waiting(self) -> float:
        """The share of each turn that is spent waiting for the training."""
        return self.training / (self.thinking + self.training)


def gain(day: Day, times_faster: float) -> float:
    """How many times as many experiments fit when training is so much faster."""
    faster = Day(day.thinking, day.training / times_faster, day.hours)
    return faster.experiments / day.experiments
