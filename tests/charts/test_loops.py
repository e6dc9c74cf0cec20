"""The figures of the race show what was timed, and nothing that was not."""

import numpy as np
import pytest

from charts import loops, memory
from core.memory_order import SIDES
from core.race import SIZES, WAYS, Duel, sums
from core.stopwatch import Timing
from ui.live_figure.packing import pack


def timed(way: str, size: int, seconds: float) -> Timing:
    return Timing(way, size, seconds, 0.9 * seconds, 1.1 * seconds, 5)


SMALL = tuple(timed(way, n, 1e-8 * n) for way in WAYS for n in SIZES if n <= 1000)
FULL = tuple(
    timed(way, n, (1e-9 if way == "np.dot" else 2e-7) * n)
    for way in WAYS
    for n in SIZES
    if way == "np.dot" or n <= 1_000_000
)
MATRICES = tuple(
    timed(f"{order} {name}", side, 1e-9 * side**2 * (3 if name == "columns" else 1))
    for order in "CF"
    for name in memory.PASSES
    for side in SIDES
)
RESULTS = loops.results_of("tenths")


class Heat:
    timings = FULL


@pytest.mark.parametrize("timings", [(), SMALL, FULL])
@pytest.mark.parametrize("show", loops.SHOWN)
def test_every_frame_fits_the_figure(timings, show):
    fits(*loops.race_figure(show, timings, RESULTS))


@pytest.mark.parametrize("timings", [(), MATRICES[:8], MATRICES])
@pytest.mark.parametrize("order", memory.ORDERS)
def test_every_frame_fits_the_figure_of_memory(timings, order):
    fits(*memory.memory_figure(order, timings))


def fits(fig, sweep):
    for trace, attributes in sweep.moving.items():
        assert trace < len(fig.data)
        for rows in attributes.values():
            assert len(rows) == len(sweep.values)
            assert len({len(row) for row in rows}) == 1
    assert len(pack(fig, sweep).text) < 60_000


def test_the_gap_is_the_ratio():
    _, sweep = loops.race_figure("two", FULL, RESULTS)
    at = SIZES.index(1_000_000)
    assert sweep.readout[2].shown[at] == "200"
    assert sweep.says[at].startswith("1,000,000 terms: np.dot is 200 times faster; the")
    gap = next(rows["text"] for rows in sweep.moving.values() if "text" in rows)
    assert gap[at] == ("200 ×",)


def test_what_was_not_timed_is_not_shown():
    fig, sweep = loops.race_figure("all", SMALL, RESULTS)
    at = SIZES.index(1_000_000)
    assert "press Race" in sweep.says[at]
    assert {number.shown[at] for number in sweep.readout} == {"–"}
    assert any("not raced yet" in (trace.text or ()) for trace in fig.data)
    assert not any("not raced yet" in (t.text or ()) for t in at_full().data)


def at_full():
    return loops.race_figure("all", FULL, RESULTS)[0]


def test_numpy_is_alone_beyond_a_million():
    _, sweep = loops.race_figure("two", FULL, RESULTS)
    assert "np.dot alone" in sweep.says[-1]
    assert sweep.readout[1].shown[-1] == "–"


def test_the_names_of_the_lines_do_not_cover_one_another():
    texts = [t for t in at_full().data if t.mode == "text" and t.y is not None]
    for n in {t.x[0] for t in texts}:
        heights = np.sort(np.log10([t.y[0] for t in texts if t.x[0] == n]))
        assert np.all(np.diff(heights) > 0.41)


def test_a_name_stands_above_its_line_where_others_go_on():
    raced = [t for t in FULL if t.way != "one by one" or t.size <= 10_000]
    texts = [t for t in loops.race_figure("all", raced, RESULTS)[0].data if t.text]
    above = [t.text[0].strip() for t in texts if t.textposition == "top center"]
    assert above == ["one by one"]


def test_tables_say_what_the_core_says():
    table = loops.time_table(1000.0, Heat())
    assert list(table["np.dot = 1"]) == ["1 ×", *["200 ×"] * 5]
    found = sums("tenths", 1000)
    rows = dict(loops.sum_table(1000.0, RESULTS).to_numpy().tolist())
    assert rows["by the loop"] == loops.readable(found.loop, loops.DIGITS)
    assert loops.terms_summed(1e7) == 1_000_000


@pytest.mark.parametrize(
    ("ratio", "truth"),
    [(0.5, "1"), (9.9, "1"), (10, "10"), (400, "100"), (1e3, "1000"), (1e6, "1000")],
)
def test_the_answer_is_the_range_of_the_ratio(ratio, truth):
    assert loops.verdict(Duel(10, ratio, 1.0))[0] == truth
    assert truth in loops.ANSWERS


@pytest.mark.parametrize(("order", "truth"), [("C", "rows"), ("F", "columns")])
def test_what_lies_side_by_side_is_faster(order, truth):
    assert memory.question(order)[2] == truth
    _, sweep = memory.memory_figure("C", MATRICES)
    assert sweep.says[-1] == "Along columns takes 3 times as long as along rows."


def test_memory_is_hidden_until_it_is_answered():
    class Matrices:
        timings = MATRICES

    _, hidden = memory.memory_chart(1, "C", False, Matrices())
    assert np.isnan(hidden.moving[6]["y"]).all()
    _, shown = memory.memory_chart(1, "C", True, Matrices())
    assert np.isfinite(shown.moving[6]["y"]).all()
