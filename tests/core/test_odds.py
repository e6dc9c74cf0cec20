"""Odds and logit undo σ, and the formula as it stands overflows where ours does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import sigmoid
from core.odds import logit, naive_sigmoid, odds


@given(st.floats(-30, 30))
def test_the_logit_undoes_the_sigmoid(z):
    assert logit(sigmoid(np.asarray(z))) == pytest.approx(z, abs=1e-2, rel=1e-6)


@given(st.floats(-30, 30))
def test_the_odds_are_the_ratio_of_the_two_probabilities(z):
    y_hat = sigmoid(np.asarray(z))
    other = sigmoid(np.asarray(-z))
    assert odds(np.asarray(z)) == pytest.approx(y_hat / other, rel=1e-9)


def test_odds_beyond_float64_are_infinite_without_a_warning():
    assert odds(np.asarray(1000.0)) == np.inf
    assert odds(np.asarray(-1000.0)) == 0


@pytest.mark.parametrize("edge", [0.0, 1.0])
def test_certainty_has_no_finite_logit(edge):
    with pytest.raises(ValueError, match="exactly 0 or 1"):
        logit(np.asarray(edge))


def test_the_formula_as_it_stands_overflows_where_ours_does_not():
    assert naive_sigmoid(-1000.0) == "overflow in exp"
    assert float(sigmoid(np.asarray(-1000.0))) == 0.0
    assert float(naive_sigmoid(2.0)) == pytest.approx(0.8808, abs=1e-4)
