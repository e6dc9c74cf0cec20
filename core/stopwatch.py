"""How long a call takes: warmed up, several times over, by a clock of one's choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import get_clock_info, perf_counter, thread_time

import numpy as np

Clock = Callable[[], float]
Call = Callable[[], object]

REPEATS = 7
# A call that is over sooner is repeated until a clock can tell how long it took.
SHORTEST = 1e-4
WARM_SECONDS = 0.02


def processor_clock() -> Clock:
    """Seconds that this thread has spent on a processor: waiting does not count.

    On a busy server a race would else measure the other visitors. Where the system
    counts such time too coarsely, the usual clock.
    """
    fine = get_clock_info("thread_time").resolution <= SHORTEST / 100
    return thread_time if fine else perf_counter


@dataclass(frozen=True)
class Timing:
    """Seconds for one call: the median of `repeats` samples, and their middle half."""

    way: str
    size: int
    median: float
    low: float
    high: float
    repeats: int


@dataclass(frozen=True)
class Lane:
    """One way to compute something: `prepare(size)` gives the call that is timed."""

    way: str
    sizes: tuple[int, ...]
    prepare: Callable[[int], Call]


def samples(
    call: Call, seconds: float, clock: Clock, *, warm: bool = False
) -> tuple[float, ...]:
    """Seconds for one call, up to seven times: no new sample after `seconds`.

    The first run is thrown away, unless it is `warm`: it fetches memory.
    """
    began = clock()
    batch = 1
    if not warm:
        call()
        once = clock() - began
        if once < SHORTEST:  # how long it takes tells the next run, no longer cold
            before = clock()
            call()
            once = clock() - before
        batch = max(1, round(SHORTEST / max(once, 1e-8)))
    found: list[float] = []
    while len(found) < REPEATS and (not found or clock() - began < seconds):
        start = clock()
        for _ in range(batch):
            call()
        found.append((clock() - start) / batch)
    return tuple(found)


def summary(way: str, size: int, found: Sequence[float]) -> Timing:
    """The median and the middle half of some samples."""
    low, median, high = (float(q) for q in np.percentile(found, (25, 50, 75)))
    return Timing(way, size, median, low, high, len(found))


def race(lanes: Sequence[Lane], seconds: float, clock: Clock) -> tuple[Timing, ...]:
    """All lanes, from the smallest size to the largest, in `seconds` at most.

    A lane whose next size would not fit into what is left stops there: that size is
    not in the result, and neither is any larger one.
    """
    end = clock() + seconds
    last: dict[str, Timing] = {}
    found: list[Timing] = []
    to_do = sorted((size, at) for at, lane in enumerate(lanes) for size in lane.sizes)
    for done, (size, at) in enumerate(to_do):
        lane, left = lanes[at], end - clock()
        once = expected(lane, size, last)
        # What takes that long has been warmed up by its smaller sizes.
        warm = once > WARM_SECONDS
        if (1.5 if warm else 3) * once > left:
            continue
        call = lane.prepare(size)
        # Half of an even share: the larger sizes that come need more than theirs.
        share = left / (len(to_do) - done) / 2
        found_here = samples(call, share, clock, warm=warm)
        last[lane.way] = summary(lane.way, size, found_here)
        found.append(last[lane.way])
    return tuple(found)


def expected(lane: Lane, size: int, last: Mapping[str, Timing]) -> float:
    """Seconds that a lane's next size should take, from the one before it.

    Infinity for a lane that has left out a size: it has stopped.
    """
    smaller = [other for other in lane.sizes if other < size]
    if not smaller:
        return 0.0
    before = last.get(lane.way)
    if before is None or before.size != max(smaller):
        return float("inf")
    return before.median * size / before.size


def median_of(timings: Sequence[Timing], way: str, size: int) -> float | None:
    """The median of one way at one size, or None where it was not timed."""
    return next((t.median for t in timings if (t.way, t.size) == (way, size)), None)


def duration(seconds: float) -> str:
    """Seconds as people say them: 1.2 s, 98 ms, 1.4 µs, 310 ns."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.995 * size:
            return f"{_two_digits(seconds / size)} {unit}"
    return f"{_two_digits(seconds / 1e-9)} ns"


def times(ratio: float) -> str:
    """A ratio as people say it: 1.4, 23, 220."""
    return f"{float(f'{ratio:.2g}'):,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _two_digits(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
