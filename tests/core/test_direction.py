"""w by length and angle, against complex numbers and against the sigmoid itself."""

import numpy as np
import pytest

from core.activations import sigmoid
from core.direction import pointing, width_of_doubt


def test_it_turns_like_a_complex_number():
    angle = np.arange(0.0, 361.0, 7.5)
    length = np.linspace(0.1, 8, len(angle))
    turned = length * (1j ** (angle / 90))
    np.testing.assert_allclose(
        pointing(length, angle), [turned.real, turned.imag], atol=1e-12
    )


@pytest.mark.parametrize(
    ("angle", "w"),
    [(0, (3, 0)), (90, (0, 3)), (180, (-3, 0)), (270, (0, -3)), (360, (3, 0))],
)
def test_a_quarter_turn_is_exact(angle, w):
    assert pointing(np.array([3.0]), np.array([float(angle)])).T.tolist() == [list(w)]


@pytest.mark.parametrize("length", [0.05, 1.0, 8.0])
def test_the_sigmoid_goes_from_10_to_90_percent_within_it(length):
    half = width_of_doubt(np.array(length)) / 2
    ends = sigmoid(length * np.array([-half, half]))
    np.testing.assert_allclose(ends, [0.1, 0.9])
