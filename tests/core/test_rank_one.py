"""Rank-1 arrays do what the page shows, and the fixes give real columns."""

import math
import tracemalloc
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numpy_box import evaluate
from core.rank_one import (
    FIXES,
    OPERATIONS,
    attempt,
    checked_column,
    cost_with,
    costs_of_first,
    dZ_with,
    examples,
    meeting,
    operations,
    silent_square,
    vectors,
    vectors_around,
)
from core.safe_source import ExpressionError
from core.types import Array


def shapes_of(a: Array) -> dict[str, tuple[int, ...] | None]:
    return {result.expression: result.shape for result in operations(a)}


def test_three_shapes_of_the_same_numbers() -> None:
    three = vectors(5, seed=3)
    assert [a.shape for a in (three.rank_one, three.column, three.row)] == [
        (5,),
        (5, 1),
        (1, 5),
    ]
    np.testing.assert_array_equal(three.rank_one, three.column.ravel())
    np.testing.assert_array_equal(three.rank_one, three.row.ravel())
    again = vectors(5, seed=3)
    np.testing.assert_array_equal(three.rank_one, again.rank_one)


def test_shapes_that_the_notes_and_numpy_documentation_give() -> None:
    three = vectors()
    flat, column, row = map(shapes_of, (three.rank_one, three.column, three.row))
    assert flat["a.T"] == (5,)
    assert flat["np.dot(a, a.T)"] == ()
    assert flat["np.dot(a, a)"] == ()
    assert flat["a * a.T"] == (5,)
    assert column["a.T"] == (1, 5)
    assert column["np.dot(a, a.T)"] == (5, 5)
    assert column["np.dot(a.T, a)"] == (1, 1)
    assert column["np.dot(a, a)"] is None
    assert column["a + a.T"] == (5, 5)
    assert row["np.dot(a, a.T)"] == (1, 1)
    assert row["a.sum(axis=0)"] == (5,)
    assert row["a.sum(axis=0, keepdims=True)"] == (1, 5)
    assert {s["np.outer(a, a)"] for s in (flat, column, row)} == {(5, 5)}
    assert {s["a.sum()"] for s in (flat, column, row)} == {()}


def test_the_error_is_numpys_own() -> None:
    column = vectors().column
    with pytest.raises(ValueError, match="not aligned") as real:
        np.dot(column, column)
    assert attempt("np.dot(a, a)", column).error == str(real.value)


def from_the_text(expression: str, a: Array) -> object:
    """The oracle: the text of the expression, read by the box."""
    try:
        return evaluate(expression, {"a": a})
    except ExpressionError as error:
        return error.message


@pytest.mark.parametrize("expression", OPERATIONS)
@pytest.mark.parametrize("shape", ["rank_one", "column", "row"])
def test_each_expression_says_what_is_computed(expression: str, shape: str) -> None:
    a = getattr(vectors(5, seed=1), shape)
    result, expected = attempt(expression, a), from_the_text(expression, a)
    if result.value is None:
        assert result.error == expected
    else:
        assert result.shape == np.shape(expected)
        np.testing.assert_array_equal(result.value, expected)  # type: ignore[arg-type]


def views(a: Array) -> tuple[Array, Array, Array]:
    return a, a[None, :], a[:, None]


@given(st.integers(2, 8), st.integers(0, 50))
def test_the_cost_is_right_exactly_when_no_square_appears(m: int, seed: int) -> None:
    batch = examples(m, seed)
    by_hand = [
        -math.log(a if y == 1 else 1 - a)
        for y, a in zip(batch.Y.tolist(), batch.A.tolist(), strict=True)
    ]
    all_pairs = [
        -math.log(a if y == 1 else 1 - a)
        for y, a in product(batch.Y.tolist(), batch.A.tolist())
    ]
    for Y, A in product(views(batch.Y), views(batch.A)):
        case = cost_with(Y, A)
        assert case.right == pytest.approx(sum(by_hand) / m)
        assert case.losses.shape == np.broadcast_shapes(Y.shape, A.shape)
        losses = all_pairs if case.losses.size == m * m else by_hand
        assert math.isclose(case.J, sum(losses) / m)
        assert case.J_mean == pytest.approx(sum(losses) / len(losses))


def test_labels_without_a_second_axis_against_a_row_and_a_column() -> None:
    batch = examples(4, seed=2)
    row, column = batch.A[None, :], batch.A[:, None]
    assert cost_with(batch.Y, row).losses.shape == (1, 4)
    assert cost_with(batch.Y, column).losses.shape == (4, 4)
    silent = cost_with(batch.Y, column)
    assert silent.J / silent.right > 2
    wrong = dZ_with(batch.Y, column)
    assert wrong.dZ.shape == (4, 4)
    assert wrong.right.shape == (1, 4)
    np.testing.assert_array_equal(np.diag(wrong.dZ), wrong.right[0])
    np.testing.assert_array_equal(dZ_with(batch.Y, row).dZ, wrong.right)


def test_the_costs_without_a_square_are_those_with_one() -> None:
    batch = examples(60, seed=4)
    counts = np.array([1, 2, 7, 60])
    costs = costs_of_first(batch, counts)
    for i, m in enumerate(counts.tolist()):
        case = cost_with(batch.Y[:m], batch.A[:m, None])
        assert costs.right[i] == pytest.approx(case.right)
        assert costs.J[i] == pytest.approx(case.J)
        assert costs.J_mean[i] == pytest.approx(case.J_mean)


def test_the_predictions_are_right_and_the_mean_of_the_square_hides_it() -> None:
    batch = examples(1000, seed=0)
    assert ((batch.A > 0.5) == (batch.Y == 1)).all()
    costs = costs_of_first(batch, np.array([1000]))
    assert costs.right[0] < math.log(2) < costs.J_mean[0] < 1 < costs.J[0]


def test_the_number_in_the_hand_stands_between_four_small_ones() -> None:
    three = vectors_around(1.5, seed=6)
    assert three.rank_one[2] == three.column[2, 0] == three.row[0, 2] == 1.5
    others = np.delete(three.rank_one, 2)
    assert (np.abs(others) <= 3).all()
    assert (others != 0).all()
    np.testing.assert_array_equal(others, np.round(others))


def test_shapes_that_meet_are_told_without_their_arrays() -> None:
    assert meeting((4,), (1, 4)).shape == (1, 4)
    assert meeting((1, 4), (4, 1)).bytes == 128
    with pytest.raises(ValueError, match="shape mismatch"):
        meeting((3,), (4,))


@pytest.mark.parametrize(
    ("Y", "A", "words"),
    [
        (np.ones(3), np.full(4, 0.5), "one number for each"),
        (np.ones((2, 2)), np.full((2, 2), 0.5), "one number for each"),
        (np.ones(2), np.array([0.5, 1.0]), "between 0 and 1"),
        (np.ones(2), np.array([0.5, np.nan]), "between 0 and 1"),
        (np.ones(201), np.full(201, 0.5), "1 to 200"),
        (np.ones(0), np.ones(0), "1 to 200"),
    ],
)
def test_what_the_cost_cannot_use_is_said(Y: Array, A: Array, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        cost_with(Y, A)
    with pytest.raises(ValueError, match=words):
        dZ_with(Y, A)


def test_the_silent_square_is_measured_without_being_made() -> None:
    small = silent_square(7)
    assert small.bytes == (np.ones(7) - np.ones((7, 1))).nbytes
    tracemalloc.start()
    try:
        large = silent_square(10_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert large.shape == (10_000, 10_000)
    assert large.bytes == 800_000_000
    assert peak < 1_000_000


@pytest.mark.parametrize("fix", FIXES, ids=lambda fix: fix.name)
def test_every_fix_gives_a_column_that_behaves(fix: object) -> None:
    a = fix.make(6, 0)  # type: ignore[attr-defined]
    assert a.shape == (6, 1)
    assert np.dot(a, a.T).shape == (6, 6)


def test_the_assertion_stops_a_rank_one_array() -> None:
    with pytest.raises(AssertionError, match=r"expected \(5, 1\), got \(5,\)"):
        checked_column(vectors().rank_one, 5)
