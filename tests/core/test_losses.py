"""Losses and the surfaces they make: differences, eigenvalues, two ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.costs import ONE_FEATURE, TWO_VALLEYS, cost_plane, squared_sigmoid
from core.descent import GLOBAL, LOCAL
from core.losses import (
    EXAMPLES,
    LOSSES,
    J_of,
    at_the_edge,
    curvature_plane,
    dJ_dw,
    every_start,
    find_loss,
    hessian,
    two_starts,
)
from core.rounding import readable
from core.source import script
from tests.take_home import run

X, Y = np.array(ONE_FEATURE.x), np.array(ONE_FEATURE.y, dtype=float)
EACH = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


@EACH
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_slopes_agree_with_differences(loss, y):
    a, h = np.linspace(0.02, 0.98, 25), 1e-6
    slope = (loss.L(a + h, y) - loss.L(a - h, y)) / (2 * h)
    np.testing.assert_allclose(loss.dL(a, y), slope, rtol=1e-6, atol=1e-8)
    z, h = np.linspace(-6, 6, 25), 1e-5
    slope = (loss.of_z(z + h, y) - loss.of_z(z - h, y)) / (2 * h)
    np.testing.assert_allclose(loss.slope_z(z, y), slope, rtol=1e-6, atol=1e-9)
    curvature = (loss.slope_z(z + h, y) - loss.slope_z(z - h, y)) / (2 * h)
    np.testing.assert_allclose(loss.curvature_z(z, y), curvature, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(loss.of_z(z, y), loss.L(1 / (1 + np.exp(-z)), y))


@EACH
@given(st.floats(0, 1), st.sampled_from([0.0, 1.0]))
def test_every_prediction_has_a_finite_loss(loss, y_hat, y):
    y_hat = np.array(y_hat)
    assert np.isfinite(loss.L(y_hat, y))
    assert np.isfinite(loss.dL(y_hat, y))
    assert loss.L(y_hat, y) >= 0


@EACH
@given(st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0]))
def test_every_z_has_finite_numbers(loss, z, y):
    z = np.array(z)
    numbers = [f(z, y) for f in (loss.of_z, loss.slope_z, loss.curvature_z)]
    assert np.isfinite(numbers).all()


def test_certain_and_wrong_is_explained():
    assert "36.74" in at_the_edge(0.0, 1)
    assert "36.74" in at_the_edge(1.0, 0)
    for right in (0, 1):
        assert "nothing would be lost" in at_the_edge(float(right), right)
        assert readable(2.0**-53) in at_the_edge(float(right), right)
    assert at_the_edge(0.5, 1) == ""


def test_unknown_losses_are_refused():
    with pytest.raises(ValueError, match="Choose from squared, cross_entropy"):
        find_loss("hinge")


def test_the_surfaces_are_those_of_the_descent_page():
    grid = np.linspace(-3, 3, 7)
    w, b = np.meshgrid(grid, grid + 1)
    ours = J_of(LOSSES["cross_entropy"], X, Y, w, b)
    np.testing.assert_allclose(ours, cost_plane(X, Y, grid, grid + 1))
    x, y = np.array(TWO_VALLEYS.x), np.array(TWO_VALLEYS.y)
    cost = squared_sigmoid()
    np.testing.assert_allclose(J_of(LOSSES["squared"], x, y, grid), cost.J(grid))
    np.testing.assert_allclose(dJ_dw(LOSSES["squared"], x, y, grid), cost.dJ(grid))


@EACH
@given(st.floats(-4, 4), st.floats(-4, 4))
def test_the_hessian_agrees_with_differences(loss, w, b):
    h = 1e-4
    J = {
        (i, j): J_of(loss, X, Y, np.array(w + i * h), b + j * h)
        for i in (-1, 0, 1)
        for j in (-1, 0, 1)
    }
    got = hessian(loss, X, Y, np.array(w), b)
    ww = (J[1, 0] - 2 * J[0, 0] + J[-1, 0]) / h**2
    bb = (J[0, 1] - 2 * J[0, 0] + J[0, -1]) / h**2
    wb = (J[1, 1] - J[1, -1] - J[-1, 1] + J[-1, -1]) / (4 * h**2)
    np.testing.assert_allclose([got.ww, got.wb, got.bb], [ww, wb, bb], atol=2e-6)
    matrix = [[got.ww, got.wb], [got.wb, got.bb]]
    smallest, largest = np.linalg.eigvalsh(np.array(matrix, dtype=float))
    np.testing.assert_allclose(got.smallest, smallest, atol=1e-12)
    np.testing.assert_allclose(got.largest, largest, atol=1e-12)


def test_one_loss_is_convex_and_the_other_is_not():
    w, b = np.linspace(-40, 40, 61), np.linspace(-20, 20, 41)
    maps = {key: curvature_plane(LOSSES[key], X, Y, w, b) for key in LOSSES}
    assert maps["squared"].shape == (41, 61)
    assert maps["squared"].min() < -0.1
    # Nowhere below 0, not even by rounding, also where σ is flat to the last digit.
    assert maps["cross_entropy"].min() >= 0


def test_two_starts_two_ends():
    squared = two_starts(LOSSES["squared"], (-8.0, 4.0), 5.0, 2000)
    assert [each.kind for each in squared.endings] == [LOCAL, GLOBAL]
    assert squared.endings[0].w == pytest.approx(-4.113, abs=1e-3)
    assert squared.endings[0].gap == pytest.approx(0.06245, abs=1e-5)
    entropy = two_starts(LOSSES["cross_entropy"], (-8.0, 4.0), 1.0, 2000)
    assert [each.kind for each in entropy.endings] == [GLOBAL, GLOBAL]
    assert entropy.endings[0].w == pytest.approx(entropy.endings[1].w)


def test_the_losses_go_home():
    text = script(
        [hessian],
        {"x": X, "y": Y},
        [
            (
                "smallest",
                'hessian(LOSSES["squared"], x, y, np.array(1.5), 0.5).smallest',
            ),
        ],
        heading="A Hessian",
        names=["core.losses.LOSSES"],
    )
    here = hessian(LOSSES["squared"], X, Y, np.array(1.5), 0.5).smallest
    assert run(text) == {"smallest": here}


@EACH
@pytest.mark.parametrize("name", EXAMPLES)
def test_many_starts_end_where_each_would_alone(loss, name):
    examples = EXAMPLES[name]
    every = every_start(loss, examples)
    assert every.w.shape == every.J.shape == (1001, len(every.start))
    for i in (0, 70, 140):
        pair = (float(every.start[i]), float(every.start[-1]))
        alone = two_starts(loss, pair, 5.0, 1000, examples.x, examples.y)
        np.testing.assert_allclose(every.w[:, i], alone.paths[0].w)
        assert every.endings[i].kind == alone.endings[0].kind
    # All have arrived: nobody is told that a walk ends where it is only slow.
    assert {each.kind for each in every.endings} <= {GLOBAL, LOCAL}
