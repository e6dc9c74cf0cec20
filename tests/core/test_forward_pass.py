"""A layer unit by unit, example by example and at once: the same numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import sigmoid
from core.forward_pass import (
    FORMS,
    columns_changed,
    compared,
    neuron,
    race_layer,
    small_network,
    timed,
)
from core.logistic import forward as logistic_forward
from core.shallow import forward

size = st.integers(1, 6)


@given(size, size, size, st.integers(0, 99))
def test_the_three_forms_are_the_layer_of_the_network(n_x, n_h, m, seed):
    network = small_network(n_x, n_h, m, seed)
    p = network.parameters
    Z1 = forward(p, network.X, "sigmoid").Z1
    for form in FORMS.values():
        np.testing.assert_array_equal(form(p.W1, p.b1, network.X), Z1)


@given(size, size, st.integers(0, 99))
def test_a_unit_is_logistic_regression(n_x, n_h, seed):
    network = small_network(n_x, n_h, 1, seed)
    for row, (b,) in zip(network.parameters.W1, network.parameters.b1, strict=True):
        w = row[:, None]
        one = neuron(w, float(b), network.X)
        assert one.a == pytest.approx(logistic_forward(w, b, network.X).item())
        assert one.a == pytest.approx(float(sigmoid(np.array(one.z))))


@given(size, size, st.integers(1, 6), st.integers(0, 99))
def test_an_example_changes_its_own_column_only(n_x, n_h, m, seed):
    network = small_network(n_x, n_h, m, seed)
    p = network.parameters
    for i in range(m):
        assert columns_changed(p.W1, p.b1, network.X, i) == (i,)


def test_the_first_example_stays_when_more_are_asked_for():
    one, three = (small_network(3, 4, m, 21) for m in (1, 3))
    np.testing.assert_array_equal(one.X[:, 0], three.X[:, 0])
    np.testing.assert_array_equal(one.parameters.W2, three.parameters.W2)


def test_on_the_larger_layer_the_forms_agree_to_rounding():
    found = compared(race_layer())
    assert found["one product"].difference == 0
    assert max(form.difference for form in found.values()) < 1e-12


def test_every_form_is_timed():
    seconds = timed(race_layer())
    assert seconds.keys() == FORMS.keys()
    assert min(seconds.values()) > 0
