"""A value written as Python comes back as the very same value."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.literals import Source, exact, is_name, literal
from core.types import Array
from tests.take_home import read


@dataclass(frozen=True)
class Point:
    x: float
    y: Array


def back(value: object) -> object:
    """The oracle: Python reads what was written."""
    text = literal(value, {Point: "Point"})
    return eval(text, {"np": np, "Point": Point})


NUMBERS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
NESTED = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)
ARRAYS = st.sampled_from(
    [np.float64, np.int64, np.bool_, np.float32, np.int8, np.uint8]
).flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))


@given(NESTED)
def test_plain_values_come_back(value: object) -> None:
    # repr tells apart what == does not: -0.0, True and 1, NaN.
    assert repr(back(value)) == repr(value)


@given(ARRAYS)
def test_arrays_come_back_with_every_digit(array: Array) -> None:
    result = back(array)
    assert isinstance(result, np.ndarray)
    assert result.dtype == array.dtype
    assert result.shape == array.shape
    np.testing.assert_array_equal(result, array)
    # The sign of 0 counts; that of NaN is no part of the value.
    there = ~np.isnan(array)
    negative = np.signbit(array[there] * 1.0)
    np.testing.assert_array_equal(np.signbit(result[there] * 1.0), negative)


@given(hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, min_side=0)))
def test_what_is_printed_reads_back(array: Array) -> None:
    printed = read(str(exact(array)))
    np.testing.assert_array_equal(np.array(printed).reshape(array.shape), array)


def test_long_arrays_stay_within_the_page() -> None:
    text = literal(np.random.default_rng(0).standard_normal((3, 40)))
    assert max(map(len, text.splitlines())) <= 88


def test_numpy_scalars_and_dataclasses() -> None:
    assert literal(np.float64(0.1)) == "0.1"
    assert literal(np.int64(3)) == "3"
    assert literal(np.bool_(True)) == "True"
    assert literal(-math.inf) == "-np.inf"
    point = back((Point(1.5, np.array([1.0, 2.0])),))
    assert isinstance(point, tuple)
    assert point[0].x == 1.5
    np.testing.assert_array_equal(point[0].y, [1.0, 2.0])


@pytest.mark.parametrize(
    "value", [object(), 1j, {1, 2}, np.array(["a"]), Point(1, np.ones(1)), len, b"x"]
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"cannot be written|no place"):
        literal(value)


def test_source_stands_as_it_is_and_is_one_expression() -> None:
    assert literal(Source("lambda a: np.exp(a)")) == "lambda a: np.exp(a)"
    for text in [
        "a = 1",
        "1\n2",
        "(1,\n2)",
        "",
        "import os",
        "1 # one",
        "a\x00",
        "a;b",
    ]:
        with pytest.raises(ValueError, match="is not one"):
            Source(text)


def test_what_typed_text_becomes_is_only_ever_text() -> None:
    typed = "'''\"); import os #"
    assert back(typed) == typed


def test_names() -> None:
    assert is_name("dZ2")
    assert is_name("σ")
    for text in ("2a", "for", "a b", "", "a.b", "None"):
        assert not is_name(text)
