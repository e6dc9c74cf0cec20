"""Small data sets in the plane, two classes each, drawn from a seed."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.types import Array

REACH = 4.0  # every data set spans about -4 to 4, so one learning rate suits them


@dataclass(frozen=True)
class Dataset:
    """X (2, m), Y (1, m) of 0 and 1: class 0 in the first columns, then class 1."""

    X: Array
    Y: Array
    name: str


@dataclass(frozen=True)
class Split:
    """Examples to train on, and examples that training never sees."""

    train: Dataset
    held_out: Dataset


def flower(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Petals r = 4 sin 4θ, one class on each half turn. n points → (2, n)

    The course's planar data has noise 0.2, which here too blurs both θ and r.
    """
    theta = np.linspace(y * np.pi, (y + 1) * np.pi, n, endpoint=False)
    theta = theta + noise * rng.standard_normal(n)
    r = REACH * np.sin(4 * theta) + noise * rng.standard_normal(n)
    return np.vstack([r * np.sin(theta), r * np.cos(theta)])


def moons(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Two half circles, each with its end inside the other. n points → (2, n)"""
    theta = np.linspace(0, np.pi, n)
    side = 1 - 2 * y
    x1 = side * (np.cos(theta) - 0.5) * REACH / 1.5
    x2 = side * (np.sin(theta) - 0.25) * REACH / 1.5
    return blur(np.vstack([x1, x2]), noise, rng)


def circles(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Class 1 on a circle of radius 2, inside class 0 on one of 4. → (2, n)"""
    theta = np.linspace(0, 2 * np.pi, n, endpoint=False)
    r = REACH / 2 if y == 1 else REACH
    return blur(r * np.vstack([np.cos(theta), np.sin(theta)]), noise, rng)


def xor(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Class 1 where the signs of x1 and x2 differ, a lane between. → (2, n)"""
    size = rng.uniform(0.1 * REACH, REACH, (2, n))
    sign = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    other = sign if y == 0 else -sign
    return blur(size * np.vstack([sign, other]), noise, rng)


def blobs(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Two round clouds, around ∓(4/3, 4/3). n points → (2, n)"""
    centre = (2 * y - 1) * REACH / 3
    cloud = centre + 0.15 * REACH * rng.standard_normal((2, n))
    return blur(cloud, noise, rng)


def spiral(n: int, y: int, noise: float, rng: np.random.Generator) -> Array:
    """Two arms, half a turn apart, one and a half turns long. n points → (2, n)"""
    t = np.linspace(0.1, 1, n)
    theta = 3 * np.pi * t + y * np.pi
    arm = REACH * t * np.vstack([np.cos(theta), np.sin(theta)])
    # The arms lie closer together than the classes of the other data sets.
    return blur(arm, noise / 2, rng)


def blur(X: Array, noise: float, rng: np.random.Generator) -> Array:
    """X with every coordinate moved at random, by `noise` times 1 as a rule."""
    return X + noise * rng.standard_normal(X.shape)


DATASETS: Mapping[str, Callable[[int, int, float, np.random.Generator], Array]] = {
    "flower": flower,
    "moons": moons,
    "circles": circles,
    "xor": xor,
    "blobs": blobs,
    "spiral": spiral,
}


def make(name: str, m: int = 400, noise: float = 0.2, seed: int = 0) -> Dataset:
    """m points of the data set `name`, half of each class.

    noise is a standard deviation in the units of X: at 0 the classes are apart, at 1
    they overlap widely. The same seed gives the same points. Raises ValueError for
    an unknown name, fewer than 2 points or a noise below 0. Notes §3 (notation)
    """
    if name not in DATASETS:
        names = ", ".join(DATASETS)
        raise ValueError(f"There is no data set {name!r}. Choose from {names}.")
    if m < 2:
        raise ValueError(f"Two classes need at least 2 points, not {m}.")
    if not (math.isfinite(noise) and noise >= 0):
        raise ValueError(f"noise must be 0 or more, not {noise}.")
    rng = np.random.default_rng(seed)
    sizes = (m - m // 2, m // 2)
    parts = [DATASETS[name](sizes[y], y, noise, rng) for y in (0, 1)]
    Y = np.repeat([0.0, 1.0], sizes).reshape(1, m)
    return Dataset(X=np.hstack(parts), Y=Y, name=name)


def split(dataset: Dataset, held_out: float, seed: int = 0) -> Split:
    """A share of each class is set aside, chosen at random.

    0 ≤ held_out < 1 is that share; at least one example of each class is left to
    train on. Raises ValueError for another share.
    """
    if not 0 <= held_out < 1:
        raise ValueError(f"The share held out must be from 0 to below 1: {held_out}.")
    rng = np.random.default_rng(seed)
    aside = np.zeros(dataset.Y.shape[1], dtype=np.bool_)
    for y in (0, 1):
        columns = np.flatnonzero(dataset.Y[0] == y)
        count = min(round(held_out * len(columns)), len(columns) - 1)
        aside[rng.permutation(columns)[: max(count, 0)]] = True
    return Split(train=select(dataset, ~aside), held_out=select(dataset, aside))


def select(
    dataset: Dataset, columns: np.ndarray[tuple[int], np.dtype[np.bool]]
) -> Dataset:
    """The examples in those columns."""
    return Dataset(dataset.X[:, columns], dataset.Y[:, columns], dataset.name)
