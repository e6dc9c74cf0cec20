"""The six equations, against the one-piece form, nudges of J, and their shapes."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.backprop import (
    Equations,
    flat,
    forward_of,
    gradients,
    nudged_gradients,
    small_example,
    step_at_once,
    unflat,
    way_back,
)
from core.shallow import backward, cost, step

SIZES = [(n_h, m) for n_h in (1, 2, 3) for m in (1, 2, 3)]
each_size = pytest.mark.parametrize(("n_h", "m"), SIZES)
each_g = pytest.mark.parametrize("g", ACTIVATIONS)


@each_size
@each_g
def test_the_equations_are_the_backward_pass_of_the_network(n_h, m, g):
    example = small_example(n_h, m, g)
    one = backward(example.parameters, forward_of(example), example.X, example.Y, g)
    other = gradients(example)
    for name, slope in vars(one).items():
        np.testing.assert_allclose(getattr(other, name), slope, rtol=0, atol=1e-15)


@each_size
@each_g
def test_every_number_agrees_with_small_nudges(n_h, m, g):
    example = small_example(n_h, m, g)
    np.testing.assert_allclose(
        flat(gradients(example)), flat(nudged_gradients(example)), rtol=0, atol=1e-9
    )


@each_size
def test_every_slope_has_the_shape_of_its_array(n_h, m):
    example = small_example(n_h, m)
    cache = forward_of(example)
    back = way_back(Equations(), example, cache)
    for name, array in {**vars(example.parameters), **vars(cache)}.items():
        if not name.startswith("A"):
            assert getattr(back, f"d{name}").shape == array.shape


def test_dZ2_is_m_times_the_slope_of_the_cost():
    example = small_example(2, 3)
    cache = forward_of(example)
    h = 1e-6
    for i in range(3):
        z_up, z_down = cache.Z2.copy(), cache.Z2.copy()
        z_up[0, i] += h
        z_down[0, i] -= h
        J_up, J_down = (cost(1 / (1 + np.exp(-z)), example.Y) for z in (z_up, z_down))
        slope = (J_up - J_down) / (2 * h)
        assert 3 * slope == pytest.approx((cache.A2 - example.Y)[0, i], rel=1e-6)


def test_a_step_moves_every_parameter_against_its_slope():
    example = small_example(3, 3, "sigmoid")
    after = step_at_once(example, Equations(), 0.3)
    wanted = step(example.parameters, gradients(example), 0.3)
    np.testing.assert_array_equal(flat(after), flat(wanted))


def test_flat_and_unflat_undo_each_other():
    parameters = small_example(3, 1).parameters
    again = unflat(flat(parameters), parameters)
    for name, part in vars(parameters).items():
        np.testing.assert_array_equal(getattr(again, name), part)


@each_size
def test_no_z_is_near_the_corner_of_relu(n_h, m):
    for mirror in (False, True):
        Z1 = forward_of(small_example(n_h, m, "relu", mirror=mirror)).Z1
        assert np.abs(Z1).min() > 0.05


def test_the_mirror_is_symmetric_and_others_are_not():
    X = small_example(m=2, mirror=True).X
    np.testing.assert_array_equal(X, X.T)
    X = small_example(m=2).X
    assert not np.array_equal(X, X.T)


@pytest.mark.parametrize(("n_h", "m"), [(0, 1), (4, 1), (1, 0), (1, 4)])
def test_a_network_too_large_to_print_is_refused(n_h, m):
    with pytest.raises(ValueError, match="To print every number"):
        small_example(n_h, m)
