"""Descent: the notes' step, the borders 1/c and 2/c, runs that blow up, minima."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.descent import (
    AT_REST,
    BOUNCING,
    DIVERGING,
    GLOBAL,
    LEVEL,
    LOCAL,
    MAXIMUM,
    MONOTONE,
    NOWHERE,
    OFF_THE_EDGE,
    ONE_STEP,
    OSCILLATING,
    OVERSHOOTING,
    RUNNING_AWAY,
    SADDLE,
    STUCK,
    UNDER_WAY,
    descend,
    ending,
    flat_place,
    minima,
    regime,
    regime_for_curvature,
    sweep_alpha,
    working_alpha,
)


def square(w):
    return w**2


def d_square(w):
    return 2 * w


def two_valleys(w):
    """(w² − 1)² + w/4: a low minimum near −1, a higher one near 1."""
    return (w**2 - 1) ** 2 + w / 4


def d_two_valleys(w):
    return 4 * w * (w**2 - 1) + 1 / 4


def test_the_update_written_out():
    path = descend(square, d_square, 2.0, 0.1, 3)
    assert path.w[:2].tolist() == [2.0, 2 - 0.1 * 4]
    assert path.J[0] == 4.0
    assert path.slope[0] == 4.0
    assert path.w.shape == path.J.shape == path.slope.shape == (4,)
    assert path.diverged_at is None


@given(st.floats(-10, 10), st.floats(0, 3), st.floats(0.1, 5), st.integers(0, 40))
def test_on_a_parabola_each_step_multiplies_w(start, alpha, c, steps):
    path = descend(lambda w: c / 2 * w**2, lambda w: c * w, start, alpha, steps)
    expected = start * (1 - alpha * c) ** np.arange(steps + 1)
    np.testing.assert_allclose(path.w, expected, rtol=1e-9, atol=1e-12)


def test_a_vector_walks_like_its_components():
    scale = np.array([1.0, 3.0])
    path = descend(
        lambda w: np.sum(scale * w**2) / 2, lambda w: scale * w, [1.0, -2.0], 0.2, 9
    )
    assert path.w.shape == path.slope.shape == (10, 2)
    assert path.J.shape == (10,)
    for i, start in enumerate([1.0, -2.0]):
        alone = descend(square, lambda w, c=scale[i]: c * w, start, 0.2, 9)
        np.testing.assert_allclose(path.w[:, i], alone.w, rtol=1e-14)


def test_divergence_keeps_everything_before_it():
    path = descend(square, d_square, 2.0, 5.0, 1000)
    # w = 2 (−9)ᵗ, so J = 4 · 81ᵗ leaves float64 at the first t with 4 · 81ᵗ ≥ 2¹⁰²⁴.
    expected = int(np.ceil((1024 * np.log(2) - np.log(4)) / np.log(81)))
    assert path.diverged_at == expected
    assert len(path.w) == len(path.J) == len(path.slope) == expected
    assert np.isfinite(path.J).all()
    assert regime(path) == DIVERGING


def test_a_start_without_a_value():
    path = descend(lambda w: np.where(w > 0, w, np.nan), np.ones_like, -1.0, 0.1, 5)
    assert path.diverged_at == 0
    assert path.w.shape == (0,)
    assert ending(path, minima(square, d_square, -1, 1)).kind == NOWHERE
    assert regime(path) == OFF_THE_EDGE


@pytest.mark.parametrize(
    ("alpha", "steps", "words"),
    [(-0.1, 5, "alpha"), (np.nan, 5, "alpha"), (np.inf, 5, "alpha"), (0.1, -1, "step")],
)
def test_runs_that_make_no_sense(alpha, steps, words):
    with pytest.raises(ValueError, match=words):
        descend(square, d_square, 1.0, alpha, steps)
    with pytest.raises(ValueError, match=words):
        sweep_alpha(square, d_square, 1.0, np.array([alpha, 0.1]), steps)


@pytest.mark.parametrize("c", [0.5, 1.0, 2.0, 3.0, 49.0, 1e-3])
@pytest.mark.parametrize(
    ("times", "name"),
    [
        (0.0, AT_REST),
        (0.3, MONOTONE),
        (0.999, MONOTONE),
        (1.0, ONE_STEP),
        (1.001, OSCILLATING),
        (1.9, OSCILLATING),
        (1.999, OSCILLATING),
        (2.0, BOUNCING),
        (2.001, DIVERGING),
        (7.0, DIVERGING),
    ],
)
def test_the_borders_are_one_and_two_over_c(c, times, name):
    """The rule for a known curvature, and the same judged from the path alone."""
    alpha = times / c
    path = descend(lambda w: c / 2 * w**2, lambda w: c * w, 2.0, alpha, 60)
    assert regime_for_curvature(c, alpha) == name
    assert regime(path) == name


@given(
    st.floats(0.1, 10),
    st.floats(0.01, 5).filter(lambda t: min(abs(t - 1), abs(t - 2)) > 1e-3),
    st.floats(-6, 6).filter(lambda w: abs(w) > 1e-3),
    st.integers(10, 200),
)
def test_on_any_parabola_the_path_alone_tells_its_regime(c, times, start, steps):
    path = descend(lambda w: c / 2 * w**2, lambda w: c * w, start, times / c, steps)
    expected = regime_for_curvature(c, times / c)
    assert regime(path) == expected
    found = minima(lambda w: c / 2 * w**2, lambda w: c * w, -7.0, 6.9)
    assert regime(path, lambda w: c * w, found) == expected


@given(
    st.floats(0.1, 10),
    st.floats(0.01, 5),
    st.floats(-6, 6).filter(lambda w: abs(w) > 1e-3),
    st.integers(3, 2000),
)
def test_from_a_parabola_that_opens_downwards_every_walk_runs_away(
    c, times, start, steps
):
    """w grows by 1 + αc at each step, without ever turning."""
    path = descend(lambda w: -c / 2 * w**2, lambda w: -c * w, start, times / c, steps)
    nothing = minima(lambda w: -c / 2 * w**2, lambda w: -c * w, -7.0, 6.9)
    assert regime(path, lambda w: -c * w, nothing) == RUNNING_AWAY


def hill(w):
    return w**4 - 3 * w**2


def d_hill(w):
    return 4 * w**3 - 6 * w


def test_one_step_onto_a_maximum_is_stuck_there():
    # 2 − 0.1 × 20 = 0, where J″ = −6.
    path = descend(hill, d_hill, 2.0, 0.1, 25)
    found = minima(hill, d_hill, -4, 4.1)
    assert path.w[1:].tolist() == [0.0] * 25
    assert regime(path, d_hill, found) == STUCK
    assert ending(path, found, d_hill).kind == MAXIMUM


@pytest.mark.parametrize(
    ("df", "kind"),
    [
        (lambda w: -2 * w, MAXIMUM),
        (lambda w: -4 * w**3, MAXIMUM),
        (lambda w: 3 * w**2, SADDLE),
        (lambda w: -5 * w**4, SADDLE),
        (lambda w: 0 * w, LEVEL),
        (lambda w: np.exp(w - 60), LEVEL),
        (lambda w: 2 * w, None),
        # J″ is 0 in these minima too.
        (lambda w: 4 * w**3, None),
        (lambda w: 6 * w**5, None),
        (np.sign, None),
    ],
)
@pytest.mark.parametrize("at", [0.0, -3.0, 1000.0])
def test_flat_places_are_told_apart(df, kind, at):
    assert flat_place(lambda w: df(w - at), at) == kind


def test_a_walk_that_lands_on_a_saddle_point():
    path = descend(lambda w: w**3, lambda w: 3 * w**2, 1.0, 1 / 3, 20)
    nothing = minima(lambda w: w**3, lambda w: 3 * w**2, -4, 4.1)
    assert regime(path, lambda w: 3 * w**2, nothing) == STUCK
    assert ending(path, nothing, lambda w: 3 * w**2).kind == SADDLE


def test_the_level_floor_of_a_valley_is_its_minimum():
    def J(w):
        return np.maximum(0, np.abs(w) - 0.5)

    def dJ(w):
        return np.sign(w) * (np.abs(w) > 0.5)

    path = descend(J, dJ, 2.0, 1.8, 5)
    found = minima(J, dJ, -4, 4.1)
    assert regime(path, dJ, found) == ONE_STEP
    assert ending(path, found, dJ).kind == GLOBAL


def d_log(w):
    return np.where(w > 0, 1 / w, np.nan)


def test_a_walk_out_of_the_domain_is_not_diverging():
    path = descend(lambda w: np.log(np.where(w > 0, w, np.nan)), d_log, 2.0, 0.1, 25)
    assert path.diverged_at is not None
    assert np.all(np.diff(path.J) < 0)
    assert regime(path) == OFF_THE_EDGE


@pytest.mark.parametrize("steps", [10, 60])
def test_past_a_saddle_point_a_walk_runs_away(steps):
    path = descend(lambda w: w**3, lambda w: 3 * w**2, 2.0, 0.2, steps)
    assert (path.diverged_at is None) == (steps == 10)
    assert path.w[1] == pytest.approx(-0.4)
    assert regime(path, lambda w: 3 * w**2) == RUNNING_AWAY


def test_longer_steps_towards_a_minimum_are_on_their_way():
    found = minima(hill, d_hill, -4, 4.1)
    path = descend(hill, d_hill, 0.1, 0.01, 10)
    assert np.all(np.diff(np.abs(path.slope)) > 0)
    assert regime(path, d_hill, found) == MONOTONE


def test_jumps_that_grow_into_a_steady_swing_are_not_diverging():
    def J(w):
        return w**2 / 4 + 2 * np.sin(2 * w)

    path = descend(J, lambda w: w / 2 + 4 * np.cos(2 * w), 2.0, 0.27, 25)
    np.testing.assert_allclose(path.w[-1], path.w[-3], atol=1e-6)
    assert regime(path) == BOUNCING


def test_regimes_of_other_paths():
    assert regime(descend(square, d_square, 0.0, 0.1, 9)) == AT_REST
    assert regime(descend(square, d_square, 1.0, 0.1, 0)) == AT_REST
    assert regime(descend(square, d_square, 1.0, 0.9, 1)) == OSCILLATING
    assert regime(descend(square, d_square, 1.0, 0.9, 500)) == OSCILLATING
    assert regime(descend(square, d_square, 1.0, 0.1, 5000)) == MONOTONE
    assert regime(descend(square, d_square, 1.0, 1e12, 5)) == DIVERGING


def test_a_path_that_steps_across_once_and_then_walks_on():
    # Steep on the left, gentle on the right: it comes down hard and crawls back.
    path = descend(
        lambda w: np.where(w < 0, 4 * w**2, w**2 / 4),
        lambda w: np.where(w < 0, 8 * w, w / 2),
        -1.0,
        0.4,
        40,
    )
    assert regime(path) == OVERSHOOTING


def test_a_path_that_never_settles():
    # On |w| the step is α however close the minimum is.
    path = descend(np.abs, np.sign, 0.55, 0.3, 40)
    assert regime(path) == BOUNCING


def test_kicks_that_do_not_die_away_are_not_called_settling():
    # Beyond 2/c, and yet a slope that stays bounded: it walks back and is kicked again.
    path = descend(
        lambda w: np.sqrt(1 + w**2), lambda w: w / np.sqrt(1 + w**2), 3, 5, 60
    )
    assert regime(path) == BOUNCING


def test_regime_of_a_vector():
    path = descend(
        lambda w: np.sum(w**2), lambda w: 2 * w, np.array([1.0, -1.0]), 0.8, 20
    )
    assert regime(path) == OSCILLATING


def test_the_sweep_is_one_descent_for_each_alpha():
    alphas = np.logspace(-3, 1, 25)
    sweep = sweep_alpha(two_valleys, d_two_valleys, 1.7, alphas, 60)
    assert sweep.w.shape == sweep.J.shape == (25, 61)
    assert (sweep.diverged_at >= 0).any()
    assert (sweep.diverged_at < 0).any()
    for i, alpha in enumerate(alphas):
        path = descend(two_valleys, d_two_valleys, 1.7, alpha, 60)
        kept = len(path.w)
        np.testing.assert_allclose(sweep.w[i, :kept], path.w, rtol=1e-12)
        np.testing.assert_allclose(sweep.J[i, :kept], path.J, rtol=1e-9)
        assert np.isnan(sweep.w[i, kept:]).all()
        assert np.isnan(sweep.J[i, kept:]).all()
        expected = -1 if path.diverged_at is None else path.diverged_at
        assert sweep.diverged_at[i] == expected
        again = sweep.path(i)
        assert again.diverged_at == path.diverged_at
        np.testing.assert_allclose(again.slope, path.slope, rtol=1e-9, atol=1e-12)
        assert regime(again) == regime(path)


def test_two_minima_are_found_and_the_lower_named():
    found = minima(two_valleys, d_two_valleys, -2, 2)
    roots = np.roots([4, 0, -4, 1 / 4]).real
    expected = np.sort(roots)[[0, 2]]  # the middle one is the hill between them
    np.testing.assert_allclose(found.w, expected, atol=1e-12)
    assert found.lowest == 0


@given(st.floats(-0.9, 0.9), st.integers(3, 500))
def test_the_minimum_is_found_wherever_the_grid_falls(at, count):
    found = minima(lambda w: (w - at) ** 2, lambda w: 2 * (w - at), -1, 1, count)
    np.testing.assert_allclose(found.w, [at], atol=1e-12)


@pytest.mark.parametrize("lo", [-4.0, -3.5, -2.9])
def test_a_minimum_at_0_is_0(lo):
    assert minima(square, d_square, lo, 3.7).w.tolist() == [0.0]


def test_a_minimum_at_a_hole_of_the_cost_keeps_its_value():
    found = minima(lambda w: np.where(w == 0, np.nan, w**2), d_square, -3.0, 2.9)
    np.testing.assert_allclose(found.w, [0], atol=1e-12)
    assert np.isfinite(found.J).all()


@pytest.mark.parametrize(
    ("f", "df"),
    [
        (lambda w: w, np.ones_like),
        (lambda w: -(w**2), lambda w: -2 * w),
        (lambda w: w**3, lambda w: 3 * w**2),
        # A pole downwards: the slope changes sign there, but nothing is lowest.
        (
            lambda w: -1 / np.where(w == 0, np.nan, w) ** 2,
            lambda w: 2 / np.where(w == 0, np.nan, w) ** 3,
        ),
        (lambda w: np.log(np.abs(w)), lambda w: 1 / w),
        # A gap in the domain.
        (lambda w: np.where(np.abs(w) < 0.5, np.nan, w**2), lambda w: 2 * w),
    ],
)
def test_no_minimum_is_invented(f, df):
    found = minima(f, df, -1, 1.003)
    assert found.w.size == 0
    assert found.lowest is None
    path = descend(lambda w: -w, lambda w: -np.ones_like(w), 0.0, 0.1, 5)
    assert ending(path, found).kind == UNDER_WAY


def test_a_kink_and_a_flat_floor_are_minima():
    kink = minima(np.abs, np.sign, -1, 1.003)
    np.testing.assert_allclose(kink.w, [0], atol=1e-12)
    floor = minima(
        lambda w: np.maximum(0, np.abs(w) - 0.5),
        lambda w: np.sign(w) * (np.abs(w) > 0.5),
        -1,
        1,
    )
    assert floor.J.tolist() == [0.0]


@pytest.mark.parametrize(
    ("start", "steps", "kind"),
    [(-2.0, 200, GLOBAL), (2.0, 200, LOCAL), (2.0, 1, UNDER_WAY)],
)
def test_how_a_path_ends(start, steps, kind):
    found = minima(two_valleys, d_two_valleys, -3, 3)
    end = ending(descend(two_valleys, d_two_valleys, start, 0.02, steps), found)
    assert end.kind == kind
    assert end.gap == pytest.approx(two_valleys(end.w) - found.J.min(), abs=1e-12)
    assert (end.gap > 0.01) == (kind != GLOBAL)


def test_equal_minima_are_both_the_lowest():
    found = minima(lambda w: (w**2 - 1) ** 2, lambda w: 4 * w * (w**2 - 1), -2, 2)
    for start in (-0.5, 0.5):
        path = descend(
            lambda w: (w**2 - 1) ** 2, lambda w: 4 * w * (w**2 - 1), start, 0.1, 200
        )
        assert ending(path, found).kind == GLOBAL


def best(sweep, found):
    endings = [ending(sweep.path(i), found) for i in range(len(sweep.alpha))]
    return working_alpha(sweep, found, endings)


def test_an_alpha_that_works():
    alphas = np.array([0.01, 0.2, 0.5, 1.5])
    found = minima(square, d_square, -4, 4)
    sweep = sweep_alpha(square, d_square, 2.0, alphas, 20)
    assert best(sweep, found) == 0.2
    short = sweep_alpha(square, d_square, 2.0, np.array([0.01, 0.02, 1.5]), 20)
    assert best(short, found) == 0.02
    wild = sweep_alpha(square, d_square, 2.0, np.array([1.5, 2.0]), 20)
    assert best(wild, found) is None


def test_no_alpha_works_where_there_is_no_minimum():
    def falling(w):
        return -np.ones_like(w)

    found = minima(lambda w: -w, falling, -4, 4)
    sweep = sweep_alpha(lambda w: -w, falling, 2.0, np.array([0.1, 1.0]), 20)
    assert best(sweep, found) is None


def test_an_alpha_that_works_in_the_worse_valley_at_least():
    found = minima(two_valleys, d_two_valleys, -3, 3)
    alphas = np.array([0.001, 0.05])
    sweep = sweep_alpha(two_valleys, d_two_valleys, 1.5, alphas, 200)
    assert best(sweep, found) == 0.05
