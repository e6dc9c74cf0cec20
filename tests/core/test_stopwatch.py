"""Times are counted on the clock that is handed in, and end when they should."""

import itertools

import pytest

from core.stopwatch import (
    REPEATS,
    Lane,
    Timing,
    duration,
    expected,
    median_of,
    processor_clock,
    race,
    samples,
    summary,
    times,
)


class Clock:
    """A clock that only runs while something is computed."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[tuple[str, int]] = []

    def __call__(self) -> float:
        return self.now

    def lane(self, way: str, sizes: tuple[int, ...], each: float) -> Lane:
        """A way that takes `each` seconds for each of its terms."""

        def prepare(size: int):
            def call() -> None:
                self.calls.append((way, size))
                self.now += each * size

            return call

        return Lane(way, sizes, prepare)


def test_the_first_run_is_thrown_away():
    clock = Clock()
    slow_start = itertools.chain([5.0], itertools.repeat(0.1))

    def call() -> None:
        clock.now += next(slow_start)

    assert samples(call, 60.0, clock) == pytest.approx([0.1] * REPEATS)


def test_a_short_call_is_repeated_until_a_clock_can_tell():
    clock = Clock()
    call = clock.lane("a", (1,), 1e-6).prepare(1)
    assert samples(call, 1.0, clock) == pytest.approx([1e-6] * REPEATS)
    assert len(clock.calls) == 2 + REPEATS * 100


def test_no_new_sample_when_the_time_is_over():
    clock = Clock()
    call = clock.lane("a", (1,), 1.0).prepare(1)
    assert len(samples(call, 2.5, clock)) == 2
    assert len(samples(call, 0.0, clock)) == 1


def test_a_warm_call_is_not_run_for_nothing():
    clock = Clock()
    call = clock.lane("a", (1,), 1.0).prepare(1)
    assert samples(call, 0.0, clock, warm=True) == (1.0,)
    assert len(clock.calls) == 1


def test_median_and_middle_half():
    assert summary("a", 3, [5.0, 1.0, 2.0, 4.0, 3.0]) == Timing(
        "a", 3, 3.0, 2.0, 4.0, 5
    )


def test_a_race_gives_what_each_lane_takes():
    clock = Clock()
    lanes = [clock.lane("fast", (10, 100), 1e-5), clock.lane("slow", (10, 100), 1e-4)]
    found = race(lanes, 10.0, clock)
    assert [(t.way, t.size) for t in found] == [
        ("fast", 10),
        ("slow", 10),
        ("fast", 100),
        ("slow", 100),
    ]
    assert median_of(found, "slow", 100) == pytest.approx(0.01)
    assert median_of(found, "slow", 1000) is None


@pytest.mark.parametrize("seconds", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("each", [1e-7, 1e-5, 1e-4])
def test_a_race_is_over_in_time(seconds, each):
    clock = Clock()
    sizes = (10, 100, 1_000, 10_000, 100_000)
    race([clock.lane("a", sizes, each), clock.lane("b", sizes, each)], seconds, clock)
    assert clock.now <= 1.05 * seconds


def test_a_lane_that_has_stopped_does_not_start_again():
    clock = Clock()
    found = race([clock.lane("a", (10, 1_000, 1_001), 0.01)], 2.0, clock)
    assert [t.size for t in found] == [10]


def test_what_is_expected_grows_with_the_size():
    lane = Clock().lane("a", (10, 100, 1_000), 1.0)
    assert expected(lane, 10, {}) == 0
    last = {"a": summary("a", 10, [0.5])}
    assert expected(lane, 100, last) == pytest.approx(5.0)
    assert expected(lane, 1_000, last) == float("inf")


def test_the_processor_clock_goes_on():
    clock = processor_clock()
    began = clock()
    sum(range(100_000))
    assert clock() > began


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1.234, "1.2 s"),
        (12.0, "12 s"),
        (0.098, "98 ms"),
        (0.9999, "1.0 s"),
        (1.44e-6, "1.4 µs"),
        (3.1e-7, "310 ns"),
    ],
)
def test_durations_as_people_say_them(seconds, said):
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.44, "1.4"), (23.4, "23"), (217.0, "220"), (2784.0, "2,800")]
)
def test_ratios_as_people_say_them(ratio, said):
    assert times(ratio) == said


def test_a_cold_first_run_does_not_decide_how_often_a_short_call_is_repeated():
    clock, costs = Clock(), itertools.chain([5e-5], itertools.repeat(5e-7))
    calls = 0

    def call() -> None:
        nonlocal calls
        calls += 1
        clock.now += next(costs)

    assert samples(call, 1.0, clock) == pytest.approx([5e-7] * REPEATS)
    assert calls == 2 + REPEATS * 200
