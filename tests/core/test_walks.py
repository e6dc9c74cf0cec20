"""Walks at every learning rate: the scale, the view, and what is said of each run."""

import numpy as np
import pytest

from core.descent import (
    BOUNCING,
    DIVERGING,
    GLOBAL,
    LOCAL,
    MONOTONE,
    ONE_STEP,
    OSCILLATING,
    descend,
)
from core.walks import SCALES, Setting, cost_named, downhill, scale, walks


def setting(kind="parabola", c=2.0, typed="", start=2.0, steps=20):
    return Setting(kind, c, typed, start, steps)


@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("c", [0.5, 2.0, 3.0, 8.0])
def test_the_scale_rises_in_even_steps(kind, c):
    alphas = scale(kind, c)
    ratios = alphas[1:] / alphas[:-1]
    assert ratios.min() > 1.01
    assert ratios.max() < 1.13
    assert alphas[[0, -1]] == pytest.approx(10.0 ** np.array(SCALES[kind]))


def test_the_borders_are_on_the_scale():
    for c in np.arange(0.5, 8.5, 0.5):
        for border in (1 / c, 2 / c):
            assert border in scale("parabola", c)


@pytest.mark.parametrize("c", [0.5, 2.0, 3.0])
def test_the_regimes_of_a_parabola_follow_one_another(c):
    all_walks = walks(setting(c=c))
    assert list(dict.fromkeys(all_walks.regimes)) == [
        MONOTONE,
        ONE_STEP,
        OSCILLATING,
        BOUNCING,
        DIVERGING,
    ]
    assert all_walks.regimes[all_walks.at(1 / c)] == ONE_STEP
    assert all_walks.regimes[all_walks.at(2 / c)] == BOUNCING
    assert all_walks.curvature == pytest.approx(c)


def test_on_other_costs_the_borders_are_those_of_the_valley():
    """Near its bottom every smooth valley is a parabola."""
    for kind in ("logistic", "squared"):
        all_walks = walks(setting(kind, steps=60))
        c, alphas = all_walks.curvature, all_walks.sweep.alpha
        below = alphas < 1.9 / c
        for regime, end in zip(
            np.array(all_walks.regimes)[below],
            np.array(all_walks.endings)[below],
            strict=True,
        ):
            assert regime not in (BOUNCING, DIVERGING)
            assert end.kind != LOCAL
        assert all_walks.regimes[all_walks.at(2.5 / c)] == BOUNCING


@pytest.mark.parametrize(("start", "kind"), [(-2.0, LOCAL), (2.0, GLOBAL)])
def test_the_start_chooses_the_valley(start, kind):
    all_walks = walks(setting("squared", start=start, steps=200))
    end = all_walks.endings[all_walks.at(all_walks.works)]
    assert end.kind == kind
    assert end.w == pytest.approx(
        downhill(all_walks.cost, all_walks.found, start), abs=0.01
    )


def test_a_walk_is_the_descent_at_that_learning_rate():
    all_walks = walks(setting("own", typed="w**4 - 3*w**2 + w", start=-0.5, steps=50))
    cost = cost_named("own", typed="w**4 - 3*w**2 + w")
    for alpha in (0.001, 0.1, 0.5, 10.0):
        path = descend(cost.J, cost.dJ, -0.5, alpha, 50)
        same = all_walks.path(alpha)
        np.testing.assert_allclose(same.w, path.w, rtol=1e-9)
        assert same.diverged_at == path.diverged_at


@pytest.mark.parametrize(
    "typed",
    ["log(w)", "1/w", "-w**2", "w", "5", "sqrt(w - 7)", "exp(exp(w))", "abs(w)"],
)
@pytest.mark.parametrize("start", [-6.0, 0.0, 6.0])
def test_any_formula_gives_walks(typed, start):
    try:
        all_walks = walks(setting("own", typed=typed, start=start))
    except ValueError:
        assert typed == "sqrt(w - 7)"  # nothing to see in the figure
        return
    view = all_walks.view
    assert view.left < start < view.right
    assert view.bottom < view.top
    assert np.isfinite([view.bottom, view.top]).all()
    assert len(all_walks.regimes) == len(all_walks.sweep.alpha)
