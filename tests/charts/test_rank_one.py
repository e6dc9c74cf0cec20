"""The figures of the rank-1 page show what NumPy does, and nothing too early."""

import numpy as np
import pytest

from charts import rank_one, silent_square
from charts.arrays import Block, blocks, cell_text
from core.numpy_box import evaluate
from core.rank_one import attempt, costs_of_first, examples, vectors_around
from core.rounding import readable
from core.sweep import Sweep
from ui.live_figure.packing import pack

ALL, NONE = (True, True, True), (False, False, False)
each_expression = pytest.mark.parametrize("key", rank_one.EXPRESSIONS)
each_pair = pytest.mark.parametrize(
    ("Y", "A"), [(Y, A) for Y in silent_square.KINDS for A in silent_square.KINDS]
)


def rows(sweep: Sweep) -> set[int]:
    """How many frames each moving part of a sweep has."""
    moving = [len(r) for part in sweep.moving.values() for r in part.values()]
    maps = [len(one.z) for one in sweep.maps]
    said = [len(sweep.says)] if sweep.says else []
    return {len(sweep.values), len(sweep.shown), *moving, *maps, *said}


def words(figure) -> str:
    """Everything that is written in a figure."""
    return " ".join(str(t) for trace in figure.data for t in (trace.text or ()))


@each_expression
@pytest.mark.parametrize("revealed", [ALL, NONE, (True, False, False)])
def test_every_part_of_the_sweep_has_as_many_frames(key, revealed):
    _, sweep = rank_one.three_shapes(key, 3, revealed)
    assert len(rows(sweep)) == 1


@each_expression
def test_no_answer_is_seen_before_it_is_asked_for(key):
    figure, sweep = rank_one.three_shapes(key, 0, NONE)
    assert words(figure).count("shape <b>") == len(sweep.maps) == 3  # those of a
    assert words(figure).count("?") == 3
    assert all("gives" not in said for said in sweep.says)


@each_expression
def test_a_shown_result_is_what_numpy_makes_of_it(key):
    figure, sweep = rank_one.three_shapes(key, 0, ALL)
    at = sweep.nearest(1.5)
    assert sweep.values[at] == 1.5
    for kind in rank_one.KINDS:
        a = getattr(vectors_around(1.5, 0), kind)
        result = attempt(rank_one.EXPRESSIONS[key], a)
        if result.value is None:
            assert "stops with an error" in sweep.says[at]
            assert "not aligned" in words(figure)
        else:
            assert f"shape <b>{result.shape}</b>" in words(figure)
            if result.value.size == 1:
                assert readable(float(result.value.item())) in sweep.says[at]


def test_the_cells_that_follow_x_are_the_cross_of_the_outer_product():
    frames = np.stack(
        [np.outer(a, a) for a in (vectors_around(x, 0).rank_one for x in (1.0, 2.0))]
    )
    moves = Block(frames, 0, 0).moves
    expected = np.zeros((5, 5), dtype=bool)
    expected[2], expected[:, 2] = True, True
    np.testing.assert_array_equal(moves, expected)


def test_a_map_has_its_lowest_row_first():
    frames = np.arange(12.0).reshape(2, 3, 2)
    _, _, (colours,) = blocks([Block(frames, 1, 0)])
    assert colours.x == (1, 3)
    assert colours.y == (-3, 0)
    assert colours.z[0, 0, 0] > colours.z[0, -1, 0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (22.0, "22"),
        (-8.41, "−8.41"),
        (-0.0893, "−0.09"),
        (1 / 3, "0.33"),
        (1234.5, "1234"),
        (3.2e9, "3e9"),
        (-2e-7, "−2e−7"),
    ],
)
def test_a_number_fits_into_its_cell(value, text):
    assert cell_text(value) == text


@each_expression
def test_every_shape_has_its_reason(key):
    for kind in rank_one.KINDS:
        assert rank_one.why(key, kind, 4).endswith(".")


def test_where_an_error_is_possible_every_truth_can_be_chosen():
    failing = [key for key in rank_one.EXPRESSIONS if rank_one.can_fail(key)]
    assert failing == ["dot_a"]
    for kind in rank_one.KINDS:
        truth = rank_one.outcome("dot_a", kind)
        assert ("error" if truth is None else str(truth)) in rank_one.outcomes("dot_a")


@each_pair
def test_the_figures_of_every_pair_have_equal_frames(Y, A):
    for chart in (silent_square.memory_chart, silent_square.cost_chart):
        _, sweep = chart(Y, A)
        assert len(rows(sweep)) == 1
    assert silent_square.difference_chart(Y, A).data


@each_pair
def test_a_pair_is_called_silent_exactly_when_numpy_makes_a_square(Y, A):
    arrays = {"rank_one": np.ones(3), "row": np.ones((1, 3)), "column": np.ones((3, 1))}
    square = (arrays[A] - arrays[Y]).shape == (3, 3)
    assert silent_square.is_square(Y, A) is square
    _, sweep = silent_square.memory_chart(Y, A)
    assert ("800 MB" in sweep.says[-1]) is square
    assert ("diagonal" in silent_square.notice(Y, A)) is square


def test_the_table_and_the_sentence_agree_with_the_core():
    costs = costs_of_first(examples(10_000), np.array([10_000]))
    table = silent_square.bite_table("rank_one", "column", 10_000)
    assert list(table["you get"]) == [
        "(10,000, 10,000)",
        "800,000,000",
        readable(float(costs.J[0])),
        readable(float(costs.J_mean[0])),
    ]
    _, sweep = silent_square.memory_chart("rank_one", "column")
    assert sweep.values[-1] == 10_000
    assert readable(float(costs.right[0]), 3) in sweep.says[-1]


@pytest.mark.parametrize(
    ("size", "text"), [(80, "80 B"), (8e4, "80 kB"), (8e8, "800 MB"), (2e10, "20 GB")]
)
def test_bytes_are_written_for_reading(size, text):
    assert silent_square.memory(size) == text


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ("a + b", 25),
        ("a.sum()", 1),
        ("np.outer(a, np.outer(a, b))", 0),
        ("a[0:0]", 0),
        ("np.outer(np.outer(a, b), np.outer(a, b))", 0),
    ],
)
def test_the_box_writes_numbers_where_there_is_room(typed, cells):
    figure = rank_one.box_chart(typed, "rank_one", "column", 2.0, 0)
    written = [t for trace in figure.data for t in (trace.text or ()) if "<" not in t]
    assert len(written) == cells


def test_the_box_prints_what_it_cannot_draw():
    arrays = rank_one.box_arrays("rank_one", "column", 2.0, 0)
    assert not rank_one.can_be_drawn(evaluate("b.shape", arrays))
    assert not rank_one.can_be_drawn(evaluate("a.reshape(5, 1, 1)", arrays))
    assert rank_one.printed(evaluate("b.shape", arrays)) == "(5, 1)"
    assert rank_one.printed(evaluate("a", arrays)).startswith("[ 3.")


def test_a_complaint_keeps_its_pointer_and_fits_a_phone():
    said = rank_one.complaint("a @ b.T\n  ^", "matmul: " + "mismatch " * 20)
    lines = said.splitlines()
    assert lines[:3] == ["a @ b.T", "  ^", ""]
    assert max(map(len, lines)) <= 36


def test_all_fixes_give_a_column():
    assert set(rank_one.fixes_table()["a.shape"]) == {"(5,\u00a01)"}


def test_the_page_is_small_enough_for_a_slow_line():
    largest = max(
        len(pack(*rank_one.three_shapes(key, 0, ALL)).text)
        for key in rank_one.EXPRESSIONS
    )
    others = sum(
        len(pack(*chart("rank_one", "column")).text)
        for chart in (silent_square.memory_chart, silent_square.cost_chart)
    )
    assert largest + others < 200_000
