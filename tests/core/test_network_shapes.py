"""The shapes by rule are those of arrays that compute, and Wᵀ X is what NumPy says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.network_shapes import (
    both_ways,
    network_shapes,
    parameter_count,
    product_error,
    small_numbers,
)
from core.shallow import forward, initialize, pack

size = st.integers(1, 7)


@given(size, size, size, size)
def test_the_shapes_are_those_of_a_network_that_computes(n_x, n_h, n_y, m):
    parameters = initialize(n_x, n_h, n_y)
    cache = forward(parameters, np.ones((n_x, m)), "tanh")
    first, last = network_shapes((n_x, n_h, n_y), m)
    assert (first.W, first.b) == (parameters.W1.shape, parameters.b1.shape)
    assert (last.W, last.b) == (parameters.W2.shape, parameters.b2.shape)
    assert (cache.Z1.shape, cache.A1.shape) == (first.Z, first.A)
    assert (cache.Z2.shape, cache.A2.shape) == (last.Z, last.A)
    assert parameter_count((n_x, n_h, n_y)) == pack(parameters).size


@given(st.lists(size, min_size=2, max_size=5), size)
def test_what_leaves_a_layer_enters_the_next(sizes, m):
    into = np.ones((sizes[0], m))
    for layer in network_shapes(tuple(sizes), m):
        into = np.dot(np.ones(layer.W), into) + np.ones(layer.b)
        assert into.shape == layer.Z == layer.A


@pytest.mark.parametrize("sizes", [(3,), (), (3, 0, 1)])
def test_a_network_needs_layers_with_units(sizes):
    with pytest.raises(ValueError, match="at least 1"):
        network_shapes(sizes, 5)


@given(size, size, size)
def test_the_transposed_product_is_what_numpy_makes_of_it(n_h, n_x, m):
    W, X = small_numbers(n_h, n_x, m)
    both = both_ways(W, X)
    np.testing.assert_array_equal(both.right, W @ X)
    if n_h == n_x:
        assert both.error is None
        np.testing.assert_array_equal(both.transposed, W.T @ X)
        return
    assert both.transposed is None
    with pytest.raises(ValueError, match="not aligned") as raised:
        np.dot(W.T, X)
    assert both.error == str(raised.value) == product_error((n_x, n_h), (n_x, m))
