"""The sum of n products, by loops and by NumPy: what it gives, how long it takes."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.memory_order import memory_lanes
from core.stopwatch import (
    Clock,
    Lane,
    Timing,
    duration,
    median_of,
    processor_clock,
    race,
    samples,
    times,
)
from core.types import Array

SIZES = (
    *(10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000),
    *(1_000_000, 3_000_000, 10_000_000),
)
MOST_LOOPED = 1_000_000
MOST_ONE_BY_ONE = 10_000  # NumPy called for each number: the slowest of all
QUICK = 1_000
# Of two seconds in all, some tenths go into making the numbers.
DOT_SECONDS, MEMORY_SECONDS, QUICK_SECONDS = 1.35, 0.4, 0.04
MILLION = 1_000_000


def by_loop(a: Array, b: Array) -> float:
    """The sum of a[i] · b[i], one term after the other. Notes §4.1

    a, b (n,), arrays or lists → scalar
    """
    c = 0.0
    for i in range(len(a)):
        c += a[i] * b[i]
    return c


def by_generator(a: list[float], b: list[float]) -> float:
    """The same sum with Python's own sum and a generator."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def by_comprehension(a: list[float], b: list[float]) -> float:
    """The same sum with Python's own sum and a list of all products."""
    return sum([x * y for x, y in zip(a, b, strict=True)])


def one_by_one(a: Array, b: Array) -> float:
    """The same sum with NumPy called for each single number."""
    c = np.float64(0)
    for i in range(len(a)):
        c = np.add(c, np.multiply(a[i], b[i]))
    return float(c)


def by_dot(a: Array, b: Array) -> float:
    """The same sum in one call of NumPy. a, b (n,) → scalar. Notes §4.1"""
    return float(np.dot(a, b))


# In the order in which they race, and are listed.
WAYS: Mapping[str, Callable[..., float]] = {
    "np.dot": by_dot,
    "loop": by_loop,
    "lists": by_loop,
    "generator": by_generator,
    "comprehension": by_comprehension,
    "one by one": one_by_one,
}
ON_ARRAYS = ("np.dot", "loop", "one by one")


def vectors(kind: str, n: int) -> tuple[Array, Array]:
    """Two vectors of n numbers, the same at every call.

    kind: "random" in [0, 1); "signed", around 0; "tenths", 0.1 times 1 over and over
    """
    rng = np.random.default_rng(0)
    if kind == "tenths":
        return np.full(n, 0.1), np.ones(n)
    if kind == "signed":
        return rng.standard_normal(n), rng.standard_normal(n)
    return rng.random(n), rng.random(n)


# ---- the results ------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """One sum three ways: term by term, by np.dot, and without rounding in between."""

    n: int
    loop: float
    dot: float
    exact: float


def sums(kind: str, n: int) -> Sums:
    """The sum of n products, by a loop, by np.dot and exactly. Notes §4.1"""
    a, b = vectors(kind, n)
    return Sums(n, float(by_loop(a, b)), by_dot(a, b), math.fsum((a * b).tolist()))


def sums_at_every_size(kind: str) -> tuple[Sums, ...]:
    """`sums` for each n up to a million: a loop's sum up to n is a running sum."""
    found = []
    for n in SIZES:
        if n <= MOST_LOOPED:
            a, b = vectors(kind, n)
            products = a * b
            loop = float(np.cumsum(products)[-1])
            exact = math.fsum(products.tolist())
            found.append(Sums(n, loop, by_dot(a, b), exact))
    return tuple(found)


# ---- the race ---------------------------------------------------------------------


def lanes(largest: int) -> tuple[Lane, ...]:
    """Every way, with its sizes up to `largest`."""
    looped = min(largest, MOST_LOOPED)
    a, b = vectors("random", looped)
    lists = a.tolist(), b.tolist()
    most = {"np.dot": largest, "one by one": min(largest, MOST_ONE_BY_ONE)}

    def lane(way: str) -> Lane:
        function = WAYS[way]
        x, y = (a, b) if way in ON_ARRAYS else lists

        def prepare(n: int) -> Callable[[], object]:
            first, second = x[:n], y[:n]
            if n > looped:  # the same million over and over: to draw more takes long
                first, second = np.tile(x, n // looped), np.tile(y, n // looped)
            return lambda: function(first, second)

        sizes = tuple(n for n in SIZES if n <= most.get(way, looped))
        return Lane(way, sizes, prepare)

    return tuple(lane(way) for way in WAYS)


def full_race() -> tuple[Timing, ...]:
    """All ways up to 10,000,000 terms, then rows against columns: 2 s of work."""
    clock = processor_clock()
    timed = race(lanes(max(SIZES)), DOT_SECONDS, clock)
    return timed + race(memory_lanes(), MEMORY_SECONDS, clock)


def quick_race() -> tuple[Timing, ...]:
    """Small sizes only: some hundredths of a second."""
    clock = processor_clock()
    timed = race(lanes(QUICK), QUICK_SECONDS, clock)
    return timed + race(memory_lanes(100), QUICK_SECONDS / 3, clock)


def faster_by(timings: tuple[Timing, ...], way: str, n: int) -> float | None:
    """How many times as long as np.dot another way takes; None if not timed."""
    one, other = median_of(timings, "np.dot", n), median_of(timings, way, n)
    return None if one is None or other is None else other / one


# ---- the notes' million -----------------------------------------------------------


@dataclass(frozen=True)
class Duel:
    """Seconds for the loop and for np.dot on the same n terms."""

    n: int
    loop: float
    dot: float

    @property
    def ratio(self) -> float:
        """How many times as long the loop takes."""
        return self.loop / self.dot


def duel(n: int, clock: Clock) -> Duel:
    """The loop against np.dot on n random terms: warmed up, medians."""
    a, b = vectors("random", n)
    by_loop(a[:1000], b[:1000])
    loop = np.median(samples(lambda: by_loop(a, b), 0.05, clock, warm=n > 1000))
    dot = np.median(samples(lambda: by_dot(a, b), 0.05, clock))
    return Duel(n, float(loop), float(dot))


@cache
def million() -> Duel:
    """The notes' race on a million terms, run once in the life of a server."""
    return duel(MILLION, processor_clock())


def duel_words(n: int) -> str:
    """The duel on this machine, in words: for the script that is taken home."""
    found = duel(n, processor_clock())
    return (
        f"loop {duration(found.loop)}, np.dot {duration(found.dot)}, "
        f"{times(found.ratio)} times faster here"
    )
