"""What the page says about broadcasting is what NumPy does."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.broadcasting import (
    MAX_ELEMENTS,
    OPERATORS,
    PRESETS,
    Axis,
    align,
    example,
    nudged,
    parse_shape,
    percentages,
    problems,
    shape_lab,
    shares,
    stretch,
)
from core.safe_source import ExpressionError
from core.tables import calories
from core.types import Array

SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)


def test_percentages_of_the_notes_table_by_hand() -> None:
    result = percentages(calories().values)
    np.testing.assert_allclose(result.cal, [59.0, 239.0, 155.4, 76.9])
    apples = [100 * 56 / 59, 100 * 1.2 / 59, 100 * 1.8 / 59]
    np.testing.assert_allclose(result.percentage[:, 0], apples)
    assert result.percentage[0, 1] == 0
    assert result.cal.shape == (4,)
    assert result.undefined == ()


@given(hnp.arrays(np.float64, (3, 5), elements=st.floats(0, 1e6)))
def test_percentages_agree_with_two_loops(A: Array) -> None:
    result = percentages(A)
    for column in range(5):
        total = sum(A[row, column] for row in range(3))
        if column in result.undefined:
            assert np.isnan(result.percentage[:, column]).all()
            assert total == 0
            continue
        for row in range(3):
            expected = 100 * A[row, column] / total
            assert result.percentage[row, column] == pytest.approx(expected, rel=1e-12)


@given(hnp.arrays(np.float64, (2, 3)))
def test_any_table_at_all_gives_percentages_or_a_marked_column(A: Array) -> None:
    result = percentages(A)
    marked = np.isin(np.arange(3), result.undefined)
    np.testing.assert_array_equal(np.isnan(result.percentage), np.tile(marked, (2, 1)))
    assert not np.isinf(result.percentage).any()


def test_a_column_of_zeros_is_named_and_the_others_stay() -> None:
    A = np.array([[1.0, 0.0, 3.0], [1.0, 0.0, 1.0]])
    result = percentages(A)
    assert result.undefined == (1,)
    np.testing.assert_array_equal(result.percentage[:, [0, 2]], [[50, 75], [50, 25]])
    assert percentages(np.array([[2.0], [-2.0]])).undefined == (0,)
    with pytest.raises(ValueError, match=r"\(3,\)"):
        percentages(np.ones(3))


def test_sums_along_either_axis_with_and_without_keepdims() -> None:
    A = calories().values
    down, across = shares(A, 0, False), shares(A, 1, True)
    assert down.result is not None
    assert across.result is not None
    np.testing.assert_array_equal(down.result, percentages(A).percentage)
    np.testing.assert_allclose(across.result.sum(axis=1), 100)
    assert [shares(A, *k).total.shape for k in product((0, 1), (False, True))] == [
        (4,),
        (1, 4),
        (3,),
        (3, 1),
    ]
    refused = shares(A, 1, False)
    assert refused.result is None
    assert refused.error is not None
    with pytest.raises(ValueError, match="could not be broadcast") as real:
        A / A.sum(axis=1)
    assert refused.error == str(real.value).strip()


def test_a_square_table_is_divided_along_the_wrong_axis_in_silence() -> None:
    A = example((3, 3), seed=1)
    wrong = shares(A, 1, False).result
    assert wrong is not None
    assert wrong[0, 2] == pytest.approx(100 * A[0, 2] / A[2].sum())


def test_zero_sums_are_marked_where_they_are() -> None:
    result = shares(np.array([[0.0, 0.0], [1.0, 3.0]]), 1, True)
    assert result.undefined is not None
    np.testing.assert_array_equal(result.undefined, [[True, True], [False, False]])


def test_a_nudge_changes_one_number_and_leaves_the_table_alone() -> None:
    A = calories().values
    before = A.copy()
    after = nudged(A, 2, 1, 40.0)
    np.testing.assert_array_equal(A, before)
    assert after[2, 1] == 175.0
    assert np.count_nonzero(after != A) == 1


def test_problems_name_cell_and_column() -> None:
    table = [[1, "ten", 0, -3], [2, 5, 0, 4], [None, 1, "0", 1]]
    found = problems(table, ["Apples", "Beef", "Water", "Ice"])
    assert [(p.row, p.column) for p in found] == [(0, 1), (0, 3), (2, 0), (None, 2)]
    sentences = [p.sentence for p in found]
    assert "Beef, row 1: 'ten' is not a number" in sentences[0]
    assert "-3 is negative" in sentences[1]
    assert "Apples, row 3: the cell is empty" in sentences[2]
    assert sentences[3].startswith("Water: the column adds up to 0")
    (named,) = problems([[1, ""]], ["Apples", "Beef"], ["Fat"])
    assert named.sentence.startswith("Beef, Fat: the cell is empty")
    assert problems(calories().values.tolist(), calories().columns) == []
    assert problems([], ["Apples"]) == []
    with pytest.raises(ValueError, match="2 cells"):
        problems([[1]], ["a", "b"])


@given(SHAPES, SHAPES)
def test_the_decisions_add_up_to_what_numpy_makes(
    shape_a: tuple[int, ...], shape_b: tuple[int, ...]
) -> None:
    lab = shape_lab(shape_a, shape_b)
    per_axis = tuple(axis.result for axis in lab.axes)
    if lab.error is None:
        expected = np.zeros(shape_a) + np.zeros(shape_b)
        assert lab.result_shape == per_axis == expected.shape
        return
    with pytest.raises(ValueError, match="broadcast") as real:
        np.zeros(shape_a) + np.zeros(shape_b)
    assert lab.error == str(real.value).strip()
    assert lab.result_shape is None
    assert "do not fit" in [axis.decision for axis in lab.axes if axis.result is None]


@given(SHAPES, SHAPES, st.sampled_from(sorted(OPERATORS)))
def test_stretched_arrays_give_the_same_result_and_copy_nothing(
    shape_a: tuple[int, ...], shape_b: tuple[int, ...], operator: str
) -> None:
    lab = shape_lab(shape_a, shape_b, operator, seed=3)
    if lab.stretched_a is None or lab.stretched_b is None:
        assert lab.result is None
        return
    again = OPERATORS[operator](lab.stretched_a.values, lab.stretched_b.values)
    np.testing.assert_array_equal(again, lab.result)
    for array, view in ((lab.a, lab.stretched_a), (lab.b, lab.stretched_b)):
        assert np.shares_memory(array, view.values)
        copies = math.prod(view.values.shape[axis] for axis in view.repeated)
        assert array.size * copies == view.values.size
        assert all(view.strides[axis] == 0 for axis in view.repeated)


def test_each_decision_has_its_words() -> None:
    assert align((3, 4, 1), (4, 5)) == (
        Axis(3, None, 3, "b has no axis here: counts as 1"),
        Axis(4, 4, 4, "equal"),
        Axis(1, 5, 5, "a stretched"),
    )
    assert align((2,), (3, 1)) == (
        Axis(None, 3, 3, "a has no axis here: counts as 1"),
        Axis(2, 1, 2, "b stretched"),
    )
    assert align((3,), (4,)) == (Axis(3, 4, None, "do not fit"),)
    assert align((), ()) == ()


def test_the_presets_do_what_their_lessons_say() -> None:
    results = [shape_lab(p.shape_a, p.shape_b, p.operator) for p in PRESETS]
    shapes = [lab.result_shape for lab in results]
    assert shapes == [(3, 4), (4, 1), (4, 5), (4, 4), None, (3, 4), (4, 4)]
    assert len({p.name for p in PRESETS}) == len(PRESETS)
    assert results[4].error is not None
    assert "(3,) (3,4)" in results[4].error
    last = results[-1]
    assert last.result is not None
    assert last.result[0, 1] == last.a[1] + last.b[0, 1]
    with pytest.raises(ValueError, match=r"\+ - \* /"):
        shape_lab((2,), (2,), "@")


def test_a_column_plus_100_is_the_notes_second_example() -> None:
    column = np.array([[1.0], [2.0], [3.0], [4.0]])
    hundred = stretch(np.array(100.0), (4, 1))
    np.testing.assert_array_equal(column + hundred.values, [[101], [102], [103], [104]])
    assert hundred.strides == (0, 0)
    assert hundred.repeated == (0,)
    with pytest.raises(ValueError, match="could not be broadcast"):
        stretch(column, (3, 1))


def test_examples_repeat_with_their_seed() -> None:
    np.testing.assert_array_equal(example((3, 4), 7), example((3, 4), 7))
    assert not np.array_equal(example((3, 4), 7), example((3, 4), 8))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(4, 1)", (4, 1)),
        ("4,1", (4, 1)),
        ("(4,)", (4,)),
        (" 4 ", (4,)),
        ("()", ()),
        ("[2, 3]", (2, 3)),
        ("(1, 2, 3, 12)", (1, 2, 3, 12)),
    ],
)
def test_shapes_are_read_as_people_type_them(text: str, shape: tuple[int, ...]) -> None:
    assert parse_shape(text) == shape


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "Nothing"),
        ("(4, 0)", 4, "1 to 12"),
        ("(4, 13)", 4, "1 to 12"),
        ("(4, -1)", 4, "1 to 12"),
        ("(4, 1.0)", 4, "1 to 12"),
        ("(True,)", 1, "1 to 12"),
        ("(1,1,1,1,1)", 9, "4 axes"),
        ("(12, 12, 2)", 0, "288 elements"),
        ("(4", 0, "never closed"),
        ("4 x 1", 2, "missing"),
        ("a.shape", 0, "1 to 12"),
    ],
)
def test_other_shapes_are_refused_at_the_character(
    text: str, position: int, words: str
) -> None:
    with pytest.raises(ExpressionError, match=words) as caught:
        parse_shape(text)
    assert caught.value.position == position


@given(st.text(alphabet="0123456789,()[] -.ab*", max_size=50))
def test_any_text_is_a_small_shape_or_a_friendly_error(text: str) -> None:
    try:
        shape = parse_shape(text)
    except ExpressionError:
        return
    assert len(shape) <= 4
    assert np.zeros(shape).size <= MAX_ELEMENTS
