"""One neuron and its t-shirts, against numeric slopes and a least-squares fit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.demand import (
    TRUE_B,
    TRUE_W,
    Shop,
    demand,
    free_from,
    is_dead,
    learn_demand,
    misfit,
    misfit_slopes,
    t_shirts,
)

few = st.floats(-5, 5, allow_nan=False)


def test_dearer_t_shirts_sell_less_and_never_below_zero():
    shop = t_shirts()
    assert shop.y.min() == 0
    assert np.corrcoef(shop.x, shop.y)[0, 1] < -0.9
    assert np.array_equal(shop.y, t_shirts().y)
    assert not np.array_equal(shop.y, t_shirts(seed=1).y)


@given(few, few)
def test_slopes_agree_with_a_nudge(w, b):
    shop = t_shirts()
    if np.min(np.abs(w * shop.x + b)) < 1e-4:
        return  # at the corner of the ReLU there is no slope
    h = 1e-6
    dw = (misfit(w + h, b, shop) - misfit(w - h, b, shop)) / (2 * h)
    db = (misfit(w, b + h, shop) - misfit(w, b - h, shop)) / (2 * h)
    assert misfit_slopes(w, b, shop) == pytest.approx([dw, db], abs=1e-5)


def test_descent_finds_the_line_through_the_prices_that_sell():
    shop = t_shirts()
    w, b = learn_demand(shop, -1.0, 6.0, alpha=0.3, steps=3000).w[-1]
    alive = w * shop.x + b > 0
    # On the prices where the neuron is above 0 it is a straight line.
    assert np.polyfit(shop.x[alive], shop.y[alive], 1) == pytest.approx([w, b])
    assert misfit(w, b, shop) < misfit(TRUE_W, TRUE_B, shop)


def test_a_dead_neuron_stays_where_it_is():
    shop = t_shirts()
    assert is_dead(-6.0, 0.0, shop)
    assert not is_dead(-1.0, 6.0, shop)
    path = learn_demand(shop, -6.0, 0.0, alpha=1.0, steps=5)
    assert np.all(path.w == [-6.0, 0.0])


def test_demand_ends_where_the_line_crosses_zero():
    assert free_from(-2.0, 6.0) == 3.0
    assert demand(-2.0, 6.0, 3.0) == 0.0
    assert np.isnan(free_from(0.0, 6.0))


def test_misfit_is_half_the_mean_square():
    shop = Shop(np.array([0.0, 1.0]), np.array([1.0, 4.0]))
    assert misfit(1.0, 0.0, shop) == (1 + 9) / 4
