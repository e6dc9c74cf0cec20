"""Each activation against the standard library, autograd and small nudges."""

import math
import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS, find_activation, sigmoid

NAMES = list(ACTIVATIONS)
ORACLES = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: anp.tanh(z),
    "relu": lambda z: anp.maximum(z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}
AWAY_FROM_THE_KINK = [-30.0, -4.0, -0.7, -1e-6, 1e-6, 0.3, 2.0, 30.0]


def test_the_five_activations_are_in_the_table_under_their_own_names() -> None:
    assert set(NAMES) == {"sigmoid", "tanh", "relu", "leaky_relu", "linear"}
    for name in NAMES:
        assert ACTIVATIONS[name].name == name


@pytest.mark.parametrize("name", NAMES)
def test_g_and_its_derivative_agree_with_autograd(name: str) -> None:
    z = np.array(AWAY_FROM_THE_KINK)
    oracle = ORACLES[name]
    np.testing.assert_allclose(ACTIVATIONS[name].g(z), oracle(z), rtol=1e-13)
    slopes = autograd.elementwise_grad(oracle)(z)
    np.testing.assert_allclose(ACTIVATIONS[name].dg(z), slopes, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
@given(z=st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_z_gives_a_finite_value_without_a_warning(
    name: str, z: float
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in (np.array([[z]]), np.float64(z)):
            assert np.isfinite(ACTIVATIONS[name].g(value)).all()
            assert np.isfinite(ACTIVATIONS[name].dg(value)).all()
            assert np.shape(ACTIVATIONS[name].g(value)) == np.shape(value)


@given(z=st.floats(min_value=-700, max_value=700))
def test_sigmoid_keeps_its_precision_far_out(z: float) -> None:
    exact = 1 / (1 + math.exp(-z))
    assert float(sigmoid(np.float64(z))) == pytest.approx(exact, rel=1e-14)


def test_sigmoid_of_opposite_numbers_adds_up_to_one() -> None:
    z = np.linspace(-50, 50, 1001)
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)


def test_the_slopes_chosen_at_zero() -> None:
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].dg(zero) == 0
    assert ACTIVATIONS["leaky_relu"].dg(zero) == 0.01


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_in_place_are_g_and_dg(name: str) -> None:
    activation = ACTIVATIONS[name]
    z = np.append(np.linspace(-20, 20, 401), [0.0, -0.0, -700.0, 700.0])
    buffer = z.copy()
    activation.g_in_place(buffer)
    np.testing.assert_allclose(buffer, activation.g(z), rtol=1e-14, atol=1e-300)
    activation.h_in_place(buffer)
    slopes = activation.base + activation.factor * buffer
    np.testing.assert_allclose(slopes, activation.dg(z), rtol=0, atol=2e-16)


def test_an_activation_is_found_by_name_or_passed_through() -> None:
    assert find_activation("tanh") is ACTIVATIONS["tanh"]
    assert find_activation(ACTIVATIONS["relu"]) is ACTIVATIONS["relu"]
    with pytest.raises(ValueError, match="Choose from sigmoid, tanh, relu"):
        find_activation("swish")
