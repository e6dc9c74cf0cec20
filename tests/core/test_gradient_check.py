"""The gradient check: it passes right gradients and fails wrong ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.gradient_check import central_differences, check


@given(x=st.floats(min_value=-20, max_value=20))
def test_known_derivatives_pass(x: float) -> None:
    assert check(math.sin, math.cos, x) < 1e-6
    assert check(lambda v: v**3, lambda v: 3 * v**2, x) < 1e-6
    assert check(math.exp, math.exp, x) < 1e-6


def test_an_array_of_any_shape_and_a_gradient_given_as_values() -> None:
    at = np.arange(6.0).reshape(2, 3)

    def f(x: np.ndarray) -> float:
        return float(np.sum(x**2))

    assert check(f, 2 * at, at) < 1e-8
    assert check(f, lambda x: 2 * x, at) < 1e-8


@pytest.mark.parametrize("wrong", [0.5, 0.99, 1.01, 2.0, -1.0, 0.0])
def test_a_wrong_factor_in_one_entry_fails(wrong: float) -> None:
    at = np.array([[1.0, -2.0], [0.5, 3.0]])
    gradient = 3 * at**2
    gradient[1, 0] *= wrong
    assert check(lambda x: float(np.sum(x**3)), gradient, at) > 1e-3


def test_a_small_wrong_slope_is_seen() -> None:
    assert check(lambda x: 1e-3 * x, 2e-3, 1.0) == pytest.approx(0.5, rel=1e-6)


def test_a_gradient_of_zero_at_a_minimum_passes() -> None:
    assert check(lambda x: x**2 + 5, lambda x: 2 * x, 0.0) < 1e-6
    assert check(lambda x: x**3, lambda x: 3 * x**2, 0.0) < 1e-6


def test_the_difference_is_the_relative_one() -> None:
    assert check(lambda x: 4 * x, 5.0, 1.0) == pytest.approx(1 / 5)


def test_the_point_is_left_as_it_was() -> None:
    at = np.array([1.0, 2.0])

    def meddling(x: np.ndarray) -> float:
        x *= 2
        return float(x.sum())

    slopes = central_differences(meddling, at)
    np.testing.assert_allclose(slopes, 2, rtol=1e-8)
    assert at.tolist() == [1.0, 2.0]


def test_shapes_that_differ_and_values_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2,\), but `at` has \(2, 1\)"):
        check(lambda x: float(np.sum(x)), np.ones(2), np.ones((2, 1)))
    with pytest.raises(ValueError, match="not a finite number"):
        check(lambda x: math.inf * x, 1.0, 1.0)
