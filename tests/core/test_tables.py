"""Tables come in whole, or with a message that names the row and the column."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tables import MAX_ROWS, Table, as_numbers, calories, cell_problem, read_table


def test_the_calorie_table_is_the_one_in_the_notes() -> None:
    table = calories()
    assert table.rows == ("Carb", "Protein", "Fat")
    assert table.columns == ("Apples", "Beef", "Eggs", "Potatoes")
    expected = [
        [56.0, 0.0, 4.4, 68.0],
        [1.2, 104.0, 52.0, 8.0],
        [1.8, 135.0, 99.0, 0.9],
    ]
    np.testing.assert_array_equal(table.values, expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names"),
        ("x,a\n", "one row"),
        ("x\n1\n", "names"),
        ("x,a\nr,ten", "a, r: 'ten' is not a number"),
        ("x,a,b\nr,1,", "b, r: the cell is empty"),
        ("x,a,b\nr,1", "'r' has 1 numbers, but there are 2"),
        ("x,a\nr,1e300", "too large"),
        ("x,a\nr,inf", "too large"),
        ("x,a\nr,nan", "not a number"),
        ("x,a\n" + "r,1\n" * (MAX_ROWS + 1), "5,000 rows"),
        ("x,a\n" + "r,1" + " " * 1_000_000, "bytes"),
        ("x,a\n" + "r" * 200_000 + ",1", "not a CSV"),
    ],
)
def test_a_bad_table_says_where(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_table(text)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "empty"),
        ("  ", "empty"),
        (math.nan, "empty"),
        ("twelve", "not a number"),
        (True, "not a number"),
        ([1], "not a number"),
        (1e10, "too large"),
        (-math.inf, "too large"),
        ("3.5", ""),
        (-2, ""),
        (np.float64(0), ""),
    ],
)
def test_what_is_wrong_with_a_cell(cell: object, words: str) -> None:
    assert words in cell_problem(cell)
    assert bool(words) == bool(cell_problem(cell))
    assert bool(words) == math.isnan(as_numbers([[cell]])[0, 0])


def test_one_bad_cell_leaves_the_others_alone() -> None:
    numbers = as_numbers([["1", None], [2, "x"]])
    np.testing.assert_array_equal(numbers, [[1, math.nan], [2, math.nan]])
    with pytest.raises(ValueError, match="same number of cells"):
        as_numbers([[1, 2], [3]])


@given(
    st.text(alphabet=st.characters() | st.sampled_from(list('1,2\n"-.')), min_size=1)
)
def test_any_text_gives_a_table_of_numbers_or_a_friendly_error(text: str) -> None:
    try:
        table = read_table(text)
    except ValueError:
        return
    assert isinstance(table, Table)
    assert table.values.shape == (len(table.rows), len(table.columns))
    assert np.isfinite(table.values).all()
