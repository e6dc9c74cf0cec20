"""Slopes through layers, races, and days, against sums done another way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speed import (
    RACE_STEPS,
    Day,
    costs_on_the_way,
    gain,
    steps_to,
    through_layers,
)

minutes = st.floats(0.01, 1e4)


def test_a_quarter_at_best_through_each_sigmoid():
    assert through_layers("sigmoid", 0.0, 5) == 0.25**5
    assert through_layers("relu", 3.0, 10) == 1
    assert through_layers("relu", -3.0, 1) == 0


def test_the_slope_is_that_of_the_curve():
    h = 1e-6
    sigma = [1 / (1 + np.exp(-z)) for z in (2 - h, 2 + h)]
    slope = (sigma[1] - sigma[0]) / (2 * h)
    assert through_layers("sigmoid", 2.0, 3) == pytest.approx(slope**3, rel=1e-6)


def test_a_race_starts_alike_and_ends_apart():
    J = costs_on_the_way("relu", "circles")
    assert len(J) == RACE_STEPS + 1
    slow, quick = (
        steps_to(costs_on_the_way(name, "circles"), 0.3) for name in ("sigmoid", "relu")
    )
    assert 5 * quick < slow


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(0, 1))
def test_the_first_step_at_the_target(J, target):
    step = steps_to(np.array(J), target)
    if step is None:
        assert min(J) > target
    else:
        assert J[step] <= target
        assert all(each > target for each in J[:step])


def test_a_day_of_half_hours():
    day = Day(thinking=20.0, training=10.0)
    assert day.experiments == 16
    assert day.waiting == pytest.approx(1 / 3)


@given(minutes, minutes, st.floats(1, 1000))
def test_faster_chips_never_gain_more_than_their_factor(thinking, training, faster):
    gained = gain(Day(thinking, training), faster)
    assert 1 - 1e-9 <= gained <= faster * (1 + 1e-9)
    # What is left is thinking: no chip gets beyond that.
    assert gained <= (thinking + training) / thinking * (1 + 1e-9)
