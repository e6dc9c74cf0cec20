"""Every way gives the same sum, rows and columns the same sums, and races end."""

import math
import re

import numpy as np
import pytest

from core import machine, memory_order, race, race_process
from core.claim import Claim, Measured, check_claim
from core.stopwatch import Timing, median_of

KINDS = pytest.mark.parametrize("kind", ["random", "signed", "tenths"])


@KINDS
@pytest.mark.parametrize("way", race.WAYS)
def test_every_way_gives_the_same_sum(kind, way):
    a, b = race.vectors(kind, 500)
    x, y = (a, b) if way in race.ON_ARRAYS else (a.tolist(), b.tolist())
    assert race.WAYS[way](x, y) == pytest.approx(float((a * b).sum()), rel=1e-12)


@KINDS
def test_a_running_sum_is_the_loop_s_to_the_last_bit(kind):
    for found in race.sums_at_every_size(kind)[:7]:
        alone = race.sums(kind, found.n)
        assert (alone.loop, alone.exact) == (found.loop, found.exact)


def test_tenths_pile_up_in_the_loop_and_not_in_numpy():
    found = race.sums("tenths", race.MILLION)
    assert found.loop == 100000.00000133288
    assert abs(found.dot - found.exact) < abs(found.loop - found.exact)


def test_the_same_numbers_at_every_call():
    for one, other in zip(
        race.vectors("random", 9), race.vectors("random", 9), strict=True
    ):
        np.testing.assert_array_equal(one, other)
    assert math.isclose(race.vectors("tenths", 3)[0][2], 0.1)


def test_lanes_stop_where_they_would_take_too_long():
    last = {lane.way: max(lane.sizes) for lane in race.lanes(race.MILLION)}
    assert last["np.dot"] == last["loop"] == race.MILLION
    assert last["one by one"] == race.MOST_ONE_BY_ONE


def test_numpy_alone_goes_beyond_a_million():
    (dot,) = (lane for lane in race.lanes(3_000_000) if lane.way == "np.dot")
    once, thrice = dot.prepare(race.MILLION)(), dot.prepare(3_000_000)()
    assert thrice == pytest.approx(3 * once)


def test_the_small_race_has_every_way():
    found = race.quick_race()
    assert {t.way for t in found} >= set(race.WAYS)
    assert max(t.size for t in found) <= race.QUICK
    assert all(0 < t.low <= t.median <= t.high for t in found)


def test_how_many_times_faster():
    timings = (
        Timing("np.dot", 10, 1.0, 1.0, 1.0, 1),
        Timing("loop", 10, 4.0, 4.0, 4.0, 1),
    )
    assert race.faster_by(timings, "loop", 10) == 4
    assert race.faster_by(timings, "lists", 10) is None


def test_a_duel_counts_on_its_clock():
    ticks = iter(np.arange(1e6))
    found = race.duel(10, lambda: float(next(ticks)))
    assert (found.n, found.loop, found.ratio) == (10, 1.0, 1.0)


def test_the_words_of_a_duel():
    assert re.fullmatch(
        r"loop .+, np\.dot .+, [\d.,]+ times faster here", race.duel_words(1000)
    )


# ---- rows and columns --------------------------------------------------------------


@pytest.mark.parametrize("order", ["C", "F"])
def test_every_pass_adds_up_the_same_matrix(order):
    A = memory_order.matrix(7, order)
    assert A.flags[f"{order}_CONTIGUOUS"]
    np.testing.assert_array_equal(A, memory_order.matrix(7, "C"))
    np.testing.assert_allclose(memory_order.row_sums(A), memory_order.all_rows(A))
    np.testing.assert_allclose(memory_order.column_sums(A), memory_order.all_columns(A))


def test_what_lies_side_by_side():
    assert memory_order.in_order("C") == "rows"
    assert memory_order.in_order("F") == "columns"
    assert memory_order.jump(100, "C", "columns") == 800
    assert memory_order.jump(100, "F", "columns") == 8


def test_both_orders_race_over_the_same_sides():
    lanes = memory_order.memory_lanes(100)
    assert {lane.sizes for lane in lanes} == {(50, 100)}
    assert len(lanes) == 2 * len(memory_order.PASSES)
    for lane in lanes:
        assert np.shape(lane.prepare(50)()) == (50,)


# ---- the process and the machine ---------------------------------------------------


def test_timings_survive_the_way_through_text():
    timings = (Timing("loop", 10, 1.5, 1.0, 2.0, 3),)
    assert race_process.read(race_process.written(timings)) == timings


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"way": "loop"}]', "null"])
def test_a_race_that_broke_off_is_no_result(text):
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own errors are among them
        race_process.read(text)


def test_the_machine_has_a_name():
    assert np.__version__ in machine.machine()
    assert machine.blas() in machine.machine()
    assert "\n" not in machine.machine()
    told = "processor\t: 0\nmodel name\t: Intel(R) Core(TM)  i7\nflags\t: fpu\n"
    assert machine.named(told) == "Intel Core i7"
    assert machine.named("Hardware: no such line") == ""


@pytest.mark.parametrize(("ratio", "agrees"), [(39, False), (41, True), (4100, False)])
def test_a_timed_claim_agrees_within_a_factor(ratio, agrees):
    claim = Claim("0", "fast", 400.0, lambda: Measured(ratio, "here"), "nowhere", 10.0)
    assert check_claim(claim).agrees is agrees
    assert check_claim(claim).got == "here"


def test_the_million_is_run_once():
    assert race.million() is race.million()
    assert median_of((), "loop", 10) is None
