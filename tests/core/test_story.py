"""A network beside the story that made its data."""

from dataclasses import replace

import numpy as np
import pytest

from core.gradient_check import check
from core.shallow import initialize, pack
from core.story import (
    FACTORS,
    INPUTS,
    WORTH,
    correlations,
    explained_share,
    factors,
    factors_found,
    guess,
    improve,
    market,
    study,
    told,
)

GOOD = 0.9


def unpacked(theta, like):
    n_h, n_x = like.W1.shape
    layer1 = theta[: n_h * (n_x + 1)].reshape(n_h, n_x + 1)
    layer2 = theta[n_h * (n_x + 1) :].reshape(1, n_h + 1)
    return replace(
        like,
        W1=layer1[:, :-1],
        b1=layer1[:, -1:],
        W2=layer2[:, :-1],
        b2=layer2[:, -1:],
    )


def test_demand_is_what_the_factors_are_worth():
    shop = market(m=5000)
    assert shop.X.shape == (len(INPUTS), 5000)
    assert shop.S.shape == (len(FACTORS), 5000)
    rest = shop.Y - np.array([WORTH]) @ shop.S
    assert rest.std() == pytest.approx(0.05, rel=0.05)


def test_a_dear_t_shirt_is_less_affordable_and_seems_better():
    low, high = np.zeros((4, 1)), np.array([[0.5], [0.0], [0.0], [0.0]])
    before, after = factors(low)[:, 0], factors(high)[:, 0]
    assert after[0] < before[0]
    assert after[1] == before[1]
    assert after[2] > before[2]


def test_one_step_goes_along_the_numeric_gradient():
    shop, start, alpha = market(m=30), initialize(4, 3, scheme="fan_in", seed=1), 0.1
    after, J = improve(start, shop.X, shop.Y, alpha)
    assert pytest.approx(np.mean((guess(start, shop.X) - shop.Y) ** 2) / 2) == J
    gradient = (pack(start) - pack(after)) / alpha

    def cost(theta):
        error = guess(unpacked(theta, start), shop.X) - shop.Y
        return float(np.mean(error**2) / 2)

    assert check(cost, lambda _: gradient, pack(start)) < 1e-6


def test_study_keeps_what_it_went_through():
    lesson = study(3, 0, steps=200)
    assert lesson.steps[0] == 0
    assert lesson.steps[-1] == 200
    assert len(lesson.parameters) == len(lesson.J) == len(lesson.explained)
    assert lesson.J[-1] < lesson.J[0] / 10
    last = explained_share(lesson.parameters[-1], market(seed=1))
    assert lesson.explained[-1] == last


def test_it_predicts_well_without_finding_the_factors():
    assert study(3, 0).explained[-1] > GOOD
    assert factors_found(3, 0) == 0
    assert factors_found(5, 2) == len(FACTORS)


def test_correlations_agree_with_numpy():
    rng = np.random.default_rng(0)
    A, S = rng.standard_normal((2, 50)), rng.standard_normal((3, 50))
    assert correlations(A, S) == pytest.approx(np.corrcoef(A, S)[:2, 2:])


def test_a_silent_unit_tells_nothing():
    S = market(m=20).S
    assert np.all(correlations(np.zeros((1, 20)), S) == 0)


def test_the_story_as_a_network_tells_each_factor():
    from core.story import STORY_B, STORY_W

    start = initialize(4, 3)
    story = replace(start, W1=np.array(STORY_W), b1=np.array([STORY_B]).T)
    r = told(story, market())
    assert np.diag(r) == pytest.approx([1, 1, 1])
