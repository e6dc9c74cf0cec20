"""Tables of points: read, or refused with the row and the column."""

import contextlib

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.points import (
    MOST_POINTS,
    STARTER,
    PointsError,
    read,
    read_table,
    scaled,
    write,
)


@pytest.mark.parametrize(
    "text",
    [
        "1,2,0\n-3,4.5,1",
        "x1,x2,class\n1,2,0\n-3,4.5,1\n",
        "\ufeffa;b;c\r\n1;2;0\r\n-3;4,5;1\r\n",
        "1\t2\t0\n\n  \n-3\t4.5\t1",
        '"1", "2", "0"\n-3, 4.5, 1',
    ],
)
def test_tables_are_read_as_people_write_them(text: str) -> None:
    table = read_table(text)
    np.testing.assert_array_equal(table.X, [[1, -3], [2, 4.5]])
    np.testing.assert_array_equal(table.Y, [[0, 1]])
    assert table.classes == ("0", "1")


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (("cat", "dog"), ("cat", "dog")),
        (("10", "9"), ("9", "10")),
        (("yes", "no"), ("no", "yes")),
        (("1", "none"), ("1", "none")),
    ],
)
def test_any_two_names_are_classes(labels: tuple, classes: tuple) -> None:
    table = read_table(f"1,2,{labels[0]}\n3,4,{labels[1]}")
    assert table.classes == classes
    assert table.Y[0].tolist() == [float(label == classes[1]) for label in labels]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no row with numbers"),
        ("x1,x2,class", "no row with numbers"),
        ("1,2,0\n1,2\n", "Row 2 has 2 columns; three are needed"),
        ("1,2,0\n\n1,oops,1", "Row 3, column 2 (x2): `oops` is not a finite number"),
        ("1,2,0\ninf,2,1", "Row 2, column 1 (x1): `inf` is not"),
        ("1,2,0\nnan,2,1", "Row 2, column 1 (x1): `nan` is not"),
        ("1,2,0\n1,2,", "Row 2, column 3 (class) is empty"),
        ("1,2,a\n1,2,b\n1,2,c", "Row 3, column 3 (class): `c` is a third class"),
        ("1,2,0\n1,2,0", "Every row is of class `0`"),
        ("1,2,0\n<b>,2,1", "Row 2, column 1 (x1): `<b>`"),
        ("1,2,0\n`x`,2,1", "`'x'`"),
        ("1,2,0\n" * (MOST_POINTS + 1), "5,001 rows; up to 5,000"),
        ("9" * 1_100_000, "1.1 MB; up to 1 MB"),
        ("just words", "no row with numbers"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(PointsError) as error:
        read_table(text)
    assert said in str(error.value)


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    for reader in (read_table, read):
        with contextlib.suppress(PointsError):
            assert reader(text).X.shape[0] == 2


@given(arrays(np.float64, (2, 7), elements=st.floats(-1e300, 1e300)))
@example(np.full((2, 7), 5e-324) * np.arange(7).clip(0, 1))  # half of it is 0
def test_scaled_columns_span_the_plane(X: np.ndarray) -> None:
    moved = scaled(X)
    assert np.isfinite(moved).all()
    assert np.abs(moved).max() <= 4 + 1e-9
    for row, there in zip(X, moved, strict=True):
        if row.max() > row.min() and row.max() - row.min() > 1e-300:
            assert there.max() == pytest.approx(4, abs=1e-6)


@given(
    arrays(np.float64, (2, 9), elements=st.floats(-1000, 1000)),
    st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_what_is_written_is_read_again(X: np.ndarray, labels: list[bool]) -> None:
    Y = np.array([[0.0, 1.0, *map(float, labels)]])
    text = write(X, Y)
    data = read(text)
    order = np.argsort(Y[0], kind="stable")
    np.testing.assert_allclose(data.X, X[:, order], atol=6e-4)
    np.testing.assert_array_equal(data.Y, Y[:, order])
    again = read(write(data.X, data.Y))
    np.testing.assert_array_equal(again.X, data.X)
    assert "-0," not in f"{text},"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "point 1 has to look like"),
        ("1,2", "point 1 has to look like"),
        ("1,2,0;1,2,2", "point 2 has to look like"),
        ("1,2,0;x,2,1", "point 2 has to look like"),
        ("1,2,0;1001,2,1", "point 2 is beyond 1000"),
        ("1,2,0;2,3,0", "both classes"),
        (";".join(["1,2,0"] * 5001), "5,000 points at most"),
    ],
)
def test_an_address_that_is_no_set_of_points_says_why(text: str, said: str) -> None:
    with pytest.raises(PointsError, match=said):
        read(text)


def test_points_too_far_away_ask_to_be_scaled() -> None:
    with pytest.raises(PointsError, match="Point 2: x1 is 5000, beyond 1000"):
        write(np.array([[1.0, 5000.0], [0.0, 0.0]]), np.array([[0.0, 1.0]]))


def test_the_starter_is_a_data_set() -> None:
    data = read(STARTER)
    assert data.X.shape == (2, 15)
    assert 0 < data.Y.sum() < 15
