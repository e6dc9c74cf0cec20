"""Cost curves: slopes against differences, known minima, one neuron in a plane."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from core.costs import (
    ONE_FEATURE,
    cost_plane,
    descend_logistic_1d,
    from_expression,
    logistic_cost,
    longest_step,
    lowest_point,
    parabola,
    plane_J,
    settles,
    squared_sigmoid,
)
from core.descent import descend, ending, minima, regime
from core.expressions import ExpressionError

X = np.array(ONE_FEATURE.x)
Y = np.array(ONE_FEATURE.y)
COSTS = [parabola(), parabola(0.3), logistic_cost(), squared_sigmoid()]


@pytest.mark.parametrize("cost", COSTS, ids=lambda each: each.label)
def test_slopes_and_curvatures_agree_with_differences(cost):
    w, h = np.linspace(cost.view.left, cost.view.right, 41), 1e-5
    slope = (cost.J(w + h) - cost.J(w - h)) / (2 * h)
    np.testing.assert_allclose(cost.dJ(w), slope, rtol=1e-6, atol=1e-9)
    curvature = (cost.dJ(w + h) - cost.dJ(w - h)) / (2 * h)
    np.testing.assert_allclose(cost.curvature(w), curvature, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("cost", COSTS, ids=lambda each: each.label)
def test_shapes_follow_w(cost):
    for w in (np.array(0.5), np.zeros(3), np.zeros((2, 3))):
        assert np.shape(cost.J(w)) == np.shape(cost.dJ(w)) == w.shape
        assert np.shape(cost.curvature(w)) == w.shape


@pytest.mark.parametrize("cost", COSTS, ids=lambda each: each.label)
def test_views_hold_the_minima(cost):
    found = minima(cost.J, cost.dJ, cost.view.left, cost.view.right)
    assert found.w.size
    assert found.J.min() >= cost.view.bottom
    assert found.J.max() <= cost.view.top


def test_the_parabola_of_the_written_step():
    cost = parabola(2.0)
    assert cost.J(2.0) == 4.0
    assert cost.dJ(2.0) == 4.0
    assert descend(cost.J, cost.dJ, 2.0, 0.1, 1).w[1] == pytest.approx(1.6)


@pytest.mark.parametrize("c", [0.0, -1.0, np.inf, np.nan])
def test_a_parabola_opens_upwards(c):
    with pytest.raises(ValueError, match="more than 0"):
        parabola(c)


def test_squared_error_has_the_two_known_minima():
    cost = squared_sigmoid()
    found = minima(cost.J, cost.dJ, -12, 8)
    np.testing.assert_allclose(found.w, [-4.11, 0.45], atol=0.005)
    np.testing.assert_allclose(found.J, [0.17508, 0.11263], atol=5e-6)
    assert found.lowest == 1


@pytest.mark.parametrize(
    ("start", "kind"), [(-6.0, "local minimum"), (0.0, "global minimum")]
)
def test_descent_may_end_in_the_worse_valley(start, kind):
    cost = squared_sigmoid()
    path = descend(cost.J, cost.dJ, start, 5.0, 1000)
    assert ending(path, minima(cost.J, cost.dJ, -12, 8)).kind == kind
    assert regime(path) == "monotone"


def test_logistic_cost_is_the_mean_of_the_written_loss():
    cost, w = logistic_cost(), np.array([-2.0, 0.0, 0.7, 3.0])
    expected = []
    for each in w:
        a = 1 / (1 + np.exp(-each * X))
        expected.append(-np.mean(Y * np.log(a) + (1 - Y) * np.log(1 - a)))
    np.testing.assert_allclose(cost.J(w), expected, rtol=1e-12)
    assert cost.J(np.array(0.0)) == pytest.approx(np.log(2))


def test_logistic_cost_is_finite_and_convex_far_out():
    cost, w = logistic_cost(), np.linspace(-1e6, 1e6, 101)
    assert np.isfinite(cost.J(w)).all()
    assert np.all(cost.curvature(w) >= 0)
    assert minima(cost.J, cost.dJ, -20, 20).w.shape == (1,)


def test_own_cost():
    cost = from_expression("(w² − 1)² + w/4")
    np.testing.assert_allclose(cost.dJ(np.array([0.0, 1.0])), [0.25, 0.25])
    assert minima(cost.J, cost.dJ, -3, 3).lowest == 0
    assert cost.curvature is None
    with pytest.raises(ExpressionError, match="The variable is w"):
        from_expression("a**2")


def test_the_plane_descent_ends_where_scikit_learn_does():
    path = descend_logistic_1d(X, Y, 0.0, 0.0, 1.0, 2000)
    other = LogisticRegression(C=np.inf, tol=1e-10).fit(X[:, np.newaxis], Y)
    assert path.w[-1] == pytest.approx(other.coef_[0, 0], abs=1e-4)
    assert path.b[-1] == pytest.approx(other.intercept_[0], abs=1e-4)
    assert path.w.shape == path.db.shape == (2001,)


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(0.01, 10), st.booleans())
@settings(max_examples=40)
def test_the_plane_descent_agrees_with_the_loop_over_examples(w, b, alpha, bug):
    path = descend_logistic_1d(X, Y, w, b, alpha, 4, bug=bug)
    for step in range(5):
        point = [path.w[step], path.b[step]]
        np.testing.assert_allclose(point, [w, b], rtol=1e-9, atol=1e-9)
        J = dw = db = 0.0
        for x, y in zip(X, Y, strict=True):
            a = 1 / (1 + np.exp(-(w * x + b)))
            J -= y * np.log(a) + (1 - y) * np.log1p(-a) if 0 < a < 1 else np.nan
            dw += (a - y) * x
        w_next = w - alpha * dw / len(X)
        for x, y in zip(X, Y, strict=True):
            db += 1 / (1 + np.exp(-((w_next if bug else w) * x + b))) - y
        if np.isfinite(J):
            assert path.J[step] == pytest.approx(J / len(X), rel=1e-6)
        assert path.dw[step] == pytest.approx(dw / len(X), rel=1e-6, abs=1e-8)
        assert path.db[step] == pytest.approx(db / len(X), rel=1e-6, abs=1e-8)
        w, b = w_next, b - alpha * db / len(X)


def test_the_bug_changes_the_path_but_not_the_minimum():
    right = descend_logistic_1d(X, Y, -3, 3, 3.0, 400)
    wrong = descend_logistic_1d(X, Y, -3, 3, 3.0, 400, bug=True)
    assert right.w[1] == wrong.w[1]
    assert abs(right.b[1] - wrong.b[1]) > 0.5
    assert right.J[-1] == pytest.approx(wrong.J[-1], abs=1e-9)


def test_a_huge_alpha_stops_and_says_where():
    path = descend_logistic_1d(X, Y, 0.0, 0.0, 1e308, 50)
    assert path.diverged_at is not None
    assert len(path.w) == len(path.J) == path.diverged_at
    assert np.isfinite([path.w, path.b, path.J, path.dw, path.db]).all()


def test_the_plane_has_one_row_for_each_b():
    w, b = np.linspace(-3, 3, 5), np.linspace(-2, 2, 4)
    J = cost_plane(X, Y, w, b)
    assert J.shape == (4, 5)
    start = descend_logistic_1d(X, Y, w[3], b[1], 1.0, 0)
    assert J[1, 3] == pytest.approx(start.J[0], rel=1e-14)


def test_the_classes_overlap():
    assert Y[np.argsort(X)].tolist() != sorted(Y)
    assert set(ONE_FEATURE.y) == {0, 1}
    assert len(ONE_FEATURE.x) == len(ONE_FEATURE.y) == 12


def test_the_lowest_point_is_where_descent_ends():
    w, b = lowest_point(X, Y)
    path = descend_logistic_1d(X, Y, 0.0, 0.0, 3.0, 2000)
    assert [w, b] == pytest.approx([path.w[-1], path.b[-1]], abs=1e-9)
    assert [w, b] == pytest.approx([1.3697, -0.5003], abs=5e-5)


def test_the_longest_step_is_two_over_the_strongest_bend():
    w, b = lowest_point(X, Y)
    h = 1e-4

    def J(at):
        return plane_J(X, Y, np.array(at[0]), np.array(at[1]))

    # The second derivatives by differences, in every direction of the plane.
    bends = []
    for turn in np.linspace(0, np.pi, 361):
        way = h * np.array([np.cos(turn), np.sin(turn)])
        here = np.array([w, b])
        bends.append((J(here + way) - 2 * J(here) + J(here - way)) / h**2)
    assert longest_step(X, Y) == pytest.approx(2 / max(bends), rel=1e-3)
    assert settles(X, Y, 0.99 * longest_step(X, Y))
    assert not settles(X, Y, 1.01 * longest_step(X, Y))
    assert settles(X, Y, 1.01 * longest_step(X, Y), bug=True)
