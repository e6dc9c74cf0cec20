"""Likelihood: the same best w as the cost, and what happens to a long product."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from core.costs import ONE_FEATURE, logistic_J
from core.likelihood import (
    from_log,
    likelihood,
    likelihood_curve,
    many_labels,
    probability,
    underflow,
)
from core.logistic import cost, losses
from core.source import script
from tests.take_home import run

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y, dtype=float)


@given(st.floats(0, 1))
def test_the_probability_of_a_label(y_hat):
    assert probability(np.array(y_hat), np.array(1.0)) == y_hat
    assert probability(np.array(y_hat), np.array(0.0)) == 1 - y_hat


@given(st.lists(st.tuples(st.floats(-9, 9), st.sampled_from([0, 1])), min_size=1))
def test_four_ways_to_say_the_same(pairs):
    z, y = (np.array(each, dtype=float) for each in zip(*pairs, strict=True))
    got, A = likelihood(z, y), 1 / (1 + np.exp(-z))
    assert got.product == pytest.approx(math.prod(got.P), rel=1e-9)
    exact = math.prod(map(Fraction, got.P.tolist()))
    log10 = (Decimal(exact.numerator) / Decimal(exact.denominator)).log10()
    assert got.log_likelihood == pytest.approx(float(log10) * math.log(10), abs=1e-6)
    assert -got.J * len(y) == pytest.approx(got.log_likelihood)
    np.testing.assert_allclose(got.J, cost(A[None], y[None]), rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(-np.log(got.P), losses(A, y), rtol=1e-6, atol=1e-9)


def test_sure_and_wrong_stays_finite():
    got = likelihood(np.array([800.0, -800.0]), np.array([0.0, 1.0]))
    assert (got.product, got.log_likelihood, got.J) == (0.0, -1600.0, 800.0)


def test_the_top_of_one_is_the_bottom_of_the_other():
    w = np.linspace(-3, 6, 901)
    curve = likelihood_curve(X, Y, w)
    assert curve.highest == curve.lowest_cost == curve.highest_product
    assert curve.at.P.shape == (901, len(X))
    np.testing.assert_allclose(curve.at.J, logistic_J(w))
    model = LogisticRegression(C=1e12, fit_intercept=False, tol=1e-10)
    best = model.fit(X[:, None], Y).coef_[0, 0]
    assert w[curve.highest] == pytest.approx(best, abs=0.01)


def test_a_long_product_is_zero_and_the_sum_is_not():
    data = many_labels(2000)
    down = underflow(data.x, data.y)
    assert down.product[-1] == 0.0
    assert down.zero_from is not None
    before = down.product[down.zero_from - 2]
    assert before > 0 == down.product[down.zero_from - 1]
    exact = math.prod(map(Fraction, probability(1 / (1 + np.exp(-data.x)), data.y)))
    assert exact > 0
    log10 = (Decimal(exact.numerator) / Decimal(exact.denominator)).log10()
    assert down.log_sum[-1] == pytest.approx(float(log10) * math.log(10))
    assert from_log(down.log_sum[-1], 3) == "6.94 × 10⁻⁵²⁰"
    assert f"{Decimal(exact.numerator) / Decimal(exact.denominator):.2e}" == "6.94e-520"


def test_on_2000_examples_only_the_sum_finds_the_best_w():
    data = many_labels(2000)
    curve = likelihood_curve(data.x, data.y, np.linspace(-3, 4, 141))
    assert curve.highest_product is None
    assert curve.highest == curve.lowest_cost
    assert curve.w[curve.highest] == pytest.approx(1.0, abs=0.15)


def test_few_examples_do_not_underflow():
    data = many_labels(100)
    assert underflow(data.x, data.y).zero_from is None
    with pytest.raises(ValueError, match="at least one"):
        many_labels(0)


@pytest.mark.parametrize(
    ("log_p", "text"),
    [
        (0.0, "1"),
        (math.log(0.25), "0.25"),
        (-500 * math.log(10), "1 × 10⁻⁵⁰⁰"),
        (-499 * math.log(10) - 1e-9, "1 × 10⁻⁴⁹⁹"),
        (-1000 * math.log(10) + math.log(2.5), "2.5 × 10⁻¹⁰⁰⁰"),
    ],
)
def test_powers_of_ten_from_a_logarithm(log_p, text):
    assert from_log(log_p) == text


def test_the_likelihood_goes_home():
    text = script(
        [likelihood, underflow, many_labels],
        {"z": 0.5 * X, "y": Y},
        [
            ("product", "likelihood(z, y).product"),
            ("zero from", "underflow(many_labels().x, many_labels().y).zero_from"),
        ],
        heading="Likelihood",
    )
    got = run(text)
    assert got["product"] == likelihood(0.5 * X, Y).product
    assert got["zero from"] == underflow(many_labels().x, many_labels().y).zero_from
