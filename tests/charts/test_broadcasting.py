"""The figures of the broadcasting page tell what NumPy computes."""

import math

import numpy as np
import pytest

from charts import broadcasting, shape_lab, share_bars
from charts.broadcasting import NOTES, percentage_steps
from charts.share_bars import share_bars as bars
from core.broadcasting import PRESETS, nudged, shares
from core.rounding import readable
from core.sweep import Sweep
from ui.live_figure.packing import pack

ODD = (("Soup", "ten", "", "-3"), ("Water", "0", "0", "0"), ("<b>x</b>", "1", "2", "1"))
TWELVE = tuple((f"Food {i}", str(i), "2.5", str(100 - i)) for i in range(12))
TABLES = (NOTES, NOTES[:3], NOTES[:1], NOTES[:2], ODD, TWELVE)
SUMS = [(axis, keepdims) for axis in (0, 1) for keepdims in (False, True)]
SHAPES = [
    *((str(p.shape_a), p.operator, str(p.shape_b)) for p in PRESETS),
    ("()", "+", "()"),
    ("12, 12", "*", "12, 1"),
    ("(2, 3, 4)", "-", "(3, 1)"),
    ("(2, 2, 3, 3)", "/", "3"),
    ("(12, 1, 12)", "*", "(1, 12, 1)"),
    ("(12, 1, 12, 1)", "*", "(1, 12, 1, 12)"),
    ("(2, 3)", "+", "(3, 2, 4)"),
]

each_table = pytest.mark.parametrize("rows", TABLES, ids=lambda rows: f"{len(rows)}")
each_sum = pytest.mark.parametrize(("axis", "keepdims"), SUMS)
each_pair = pytest.mark.parametrize(("a", "operator", "b"), SHAPES)


def rows_of(sweep: Sweep) -> set[int]:
    """How many frames each moving part of a sweep has."""
    moving = [len(r) for part in sweep.moving.values() for r in part.values()]
    shown = [len(number.shown) for number in sweep.readout]
    return {len(sweep.values), len(sweep.shown), len(sweep.says), *moving, *shown}


@each_table
@each_sum
@pytest.mark.parametrize("revealed", [True, False])
def test_the_steps_end_with_all_percentages_or_a_refusal(
    rows, axis, keepdims, revealed
):
    figure, sweep = percentage_steps(rows, axis, keepdims, revealed)
    assert len(rows_of(sweep)) == 1
    assert not any("nan" in said for said in sweep.says)
    made = broadcasting.made_of(rows, axis, keepdims)
    sums = made.total.size
    if made.result is None:
        assert len(sweep.values) == 1 + sums + 1
        assert ("NumPy refuses" in sweep.says[-1]) is revealed
        assert made.error
        return
    assert len(sweep.values) >= 1 + sums + 1 + made.result.size + 1
    divisions = sweep.says[-1 - made.result.size : -1]
    for value, said in zip(made.result.ravel(), divisions, strict=True):
        told = f"= {readable(value)} %" if np.isfinite(value) else "no percentage"
        assert told in said
    # As many numbers in the last frame as there are in all grids.
    shown = sum(
        np.isfinite(sweep.moving[t]["x"][-1]).sum()
        for t, trace in enumerate(figure.data)
        if trace.mode == "text" and t in sweep.moving
    )
    A = broadcasting.numbers_of(rows)
    assert shown == A.size + sums + 2 * made.result.size


@each_sum
def test_the_shape_of_the_sums_is_not_told_before_it_is_predicted(axis, keepdims):
    _, shape, _ = broadcasting.sum_question(NOTES, axis, keepdims)
    figure, sweep = percentage_steps(NOTES, axis, keepdims, False)
    table = broadcasting.shape_table(NOTES, axis, keepdims, False)
    told = [
        *sweep.says,
        *(text for trace in figure.data for text in trace.text or ()),
        *table.to_numpy().ravel(),
        broadcasting.share_formula(NOTES, axis, keepdims, False),
        broadcasting.notice(NOTES, axis, keepdims, False),
    ]
    assert not [text for text in told if str(shape) in text.replace(r"\,", " ")]
    figure, _ = percentage_steps(NOTES, axis, keepdims, True)
    assert any(str(shape) in t for trace in figure.data for t in trace.text or ())


@each_table
@each_sum
def test_the_question_is_about_the_table_on_the_page(rows, axis, keepdims):
    question, shape, why = broadcasting.sum_question(rows, axis, keepdims)
    A = broadcasting.numbers_of(rows)
    assert str(A.shape).replace(" ", "\N{NO-BREAK SPACE}") in question
    assert shape == np.sum(A, axis=axis, keepdims=keepdims).shape
    assert "1 food are" not in why


def test_only_three_foods_is_the_silent_mistake():
    case = broadcasting.CASES["Only three foods"]
    chosen = case["foods"], int(case["axis"]), case["keepdims"]
    assert broadcasting.made_of(*chosen).result.shape == (3, 3)
    assert "everything is wrong" in broadcasting.notice(*chosen, True)


@each_sum
def test_each_matrix_may_go_to_a_line_of_its_own(axis, keepdims):
    formula = broadcasting.share_formula(NOTES, axis, keepdims, True)
    pieces = [piece for piece in formula.split("$") if piece.strip()]
    assert all(piece.count("bmatrix") <= 2 for piece in pieces)


def test_a_name_is_never_read_as_a_tag():
    figure, _ = percentage_steps(ODD, 0, False, True)
    assert "&lt;b&gt;x&lt;/b&gt;" in figure.layout.xaxis.ticktext
    figure, _ = bars(ODD, 0, False, "2.2")
    assert "&lt;b&gt;x&lt;/b&gt;" in figure.layout.yaxis.ticktext


def test_everything_about_a_bad_table_is_said():
    said = broadcasting.complaints(ODD).splitlines()
    assert len(said) == 4
    assert said[0] == "Soup, Carb: 'ten' is not a number."
    assert said[-1].startswith("Water: the column adds up to 0")
    assert not broadcasting.complaints(NOTES)


@each_table
@each_sum
def test_the_bars_are_the_percentages_of_the_nudged_table(rows, axis, keepdims):
    if not share_bars.are_shares(rows, axis, keepdims):
        return
    A = broadcasting.numbers_of(rows)
    for cell in share_bars.cells_of(rows):
        i, j = share_bars.place_of(cell)
        _, sweep = bars(rows, axis, keepdims, cell)
        assert len(rows_of(sweep)) == 1
        assert list(sweep.values) == sorted(set(sweep.values))
        assert 0 in sweep.values
        for frame in (0, sweep.nearest(0), len(sweep.values) - 1):
            after = nudged(A, i, j, float(sweep.values[frame]))
            share = shares(after, axis, keepdims).result[i, j]
            if np.isfinite(share):
                assert readable(float(share)) in sweep.says[frame]
                left, right = sweep.moving[len(rows) if axis else 3]["x"][frame]
                assert right - left == pytest.approx(share, abs=1e-9)
            else:
                assert "no share" in sweep.says[frame]


@pytest.mark.parametrize("value", [0.0, 1.8, 135.0, -3.0, 1e9, math.nan])
def test_a_number_can_be_nudged_down_to_nothing(value):
    more = share_bars.nudges(value)
    assert len(more) <= 253
    assert more[0] == -max(value if value == value else 0, 0)
    assert more[-1] >= 150


@each_pair
def test_the_lab_ends_with_what_numpy_makes(a, operator, b):
    lab = shape_lab.lab_of(a, operator, b)
    figure, sweep = shape_lab.stretching(a, operator, b)
    assert len(rows_of(sweep)) == 1
    assert figure.layout.height < 1000
    if lab.result is None:
        assert "NumPy refuses" in sweep.says[-1]
        assert r"\text{?}" in shape_lab.aligned(lab)
        return
    size = f"{lab.result.size:,} numbers" if lab.result.size > 1 else "One number"
    assert sweep.says[-1].startswith(size)
    if shape_lab.fits(lab.result_shape) and lab.result.size <= shape_lab.ONE_BY_ONE:
        combined = sweep.says[-1 - lab.result.size : -1]
        for value, said in zip(lab.result.ravel(), combined, strict=True):
            assert said.endswith(f"= {readable(value)}")
    assert len(shape_lab.decision_table(lab)) == len(lab.axes)
    assert len(shape_lab.memory_table(lab)) in {2, 3, 4}
    assert shape_lab.lesson(lab).startswith("**What to notice.**")
    assert shape_lab.memory_words(lab)


@each_pair
def test_the_question_is_about_shapes_that_are_not_on_the_screen(a, operator, b):
    lab = shape_lab.lab_of(a, operator, b)
    question, truth, _ = shape_lab.shape_question(lab)
    assert str(lab.shape_b).replace(" ", "\N{NO-BREAK SPACE}") not in question or (
        str(lab.shape_a) not in question
    )
    assert truth in {(4, 4), (5, 3)}


def test_each_preset_tells_its_lesson():
    for preset in PRESETS:
        lab = shape_lab.lab_of(
            str(preset.shape_a), preset.operator, str(preset.shape_b)
        )
        assert preset.lesson in shape_lab.lesson(lab)


@each_table
@each_sum
def test_the_page_is_small_enough_for_a_slow_line(rows, axis, keepdims):
    size = len(pack(*percentage_steps(rows, axis, keepdims, True)).text)
    if share_bars.are_shares(rows, axis, keepdims):
        size += len(pack(*bars(rows, axis, keepdims, "2.0")).text)
    assert size < 400_000


@each_pair
def test_the_lab_is_small_enough_for_a_slow_line(a, operator, b):
    assert len(pack(*shape_lab.stretching(a, operator, b)).text) < 150_000
