"""Two linear layers are one, and only linear ones; a crowd of z has known moments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.collapse import collapse
from core.logistic import forward as logistic_forward
from core.shallow import forward, initialize, train
from core.spread import crowd, leaky, leaky_slope, output, slope, spread


@given(st.integers(1, 5), st.integers(1, 8), st.integers(0, 99))
def test_a_linear_hidden_layer_is_no_layer(n_x, n_h, seed):
    parameters = initialize(n_x, n_h, scheme="random", scale=1.0, seed=seed)
    X = np.random.default_rng(seed).standard_normal((n_x, 20))
    one = collapse(parameters)
    assert one.w.shape == (n_x, 1)
    flat = logistic_forward(one.w, one.b, X)
    assert np.abs(forward(parameters, X, "linear").A2 - flat).max() < 1e-9


def test_it_still_is_none_after_training():
    X = np.random.default_rng(1).standard_normal((2, 60))
    Y = (X[:1] + X[1:] > 0).astype(float)
    start = initialize(2, 4, scheme="random", scale=0.5, seed=2)
    parameters = train(start, X, Y, "linear", 0.5, 300).at(-1)
    one = collapse(parameters)
    gap = forward(parameters, X, "linear").A2 - logistic_forward(one.w, one.b, X)
    assert np.abs(gap).max() < 1e-9


def test_a_bent_layer_does_not_collapse():
    parameters = initialize(2, 4, scheme="random", scale=1.0, seed=0)
    X = np.random.default_rng(0).standard_normal((2, 20))
    one = collapse(parameters)
    gap = forward(parameters, X, "tanh").A2 - logistic_forward(one.w, one.b, X)
    assert np.abs(gap).max() > 1e-3


def test_a_crowd_has_the_moments_that_were_asked_for():
    found = spread("linear", crowd(1.5, 2.0))
    assert found.mean == pytest.approx(1.5, abs=0.15)
    assert found.std == pytest.approx(2.0, abs=0.1)
    assert found.saturated == 0


def test_relu_of_a_centred_crowd_has_the_published_mean():
    # E max(0, z) = s / sqrt(2 pi) for z ~ N(0, s²)
    found = spread("relu", crowd(0.0, 1.0))
    assert found.mean == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.02)
    assert found.saturated == pytest.approx(0.5, abs=0.03)


def test_wide_crowds_saturate_the_sigmoid():
    narrow, wide = (spread("sigmoid", crowd(0.0, s)).saturated for s in (1.0, 16.0))
    assert narrow < 0.01
    assert wide > 0.7


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_tables_own_functions_are_used(name):
    z = np.linspace(-3, 3, 13)
    assert np.array_equal(output(name, z, 0.01), ACTIVATIONS[name].g(z))
    assert np.array_equal(slope(name, z, 0.01), ACTIVATIONS[name].dg(z))


def test_the_leak_can_be_chosen():
    z = np.array([-2.0, 3.0])
    assert np.array_equal(leaky(z, 0.25), [-0.5, 3.0])
    assert np.array_equal(leaky_slope(z, 0.25), [0.25, 1.0])
