"""One example: differences, the page's matrices, and the certain cases."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.gradient_check import check
from core.logistic import backward, cost, forward
from core.single_example import (
    OneExample,
    OneNeuron,
    backward_one,
    derivation,
    forward_one,
    update_one,
)
from core.source import script
from tests.take_home import run

EPS = np.finfo(float).eps
NUMBER = st.floats(-3, 3)
NEURONS = st.builds(OneNeuron, NUMBER, NUMBER, NUMBER)
EXAMPLES = st.builds(OneExample, NUMBER, NUMBER, st.sampled_from([0, 1]))


@given(NEURONS, EXAMPLES)
def test_derivatives_agree_with_differences(neuron, example):
    back = backward_one(example, forward_one(neuron, example))

    def L(at):
        return forward_one(OneNeuron(*at), example).L

    at = np.array([neuron.w1, neuron.w2, neuron.b])
    assert check(L, np.array([back.dw1, back.dw2, back.db]), at) < 1e-6


@given(NEURONS, EXAMPLES)
def test_one_example_is_a_matrix_with_one_column(neuron, example):
    w, X = np.array([[neuron.w1], [neuron.w2]]), np.array([[example.x1], [example.x2]])
    Y = np.array([[float(example.y)]])
    A = forward(w, neuron.b, X)
    slopes = backward(A, X, Y)
    at = forward_one(neuron, example)
    back = backward_one(example, at)
    assert at.a == pytest.approx(A[0, 0])
    # The cost sees a only: near 1 its last digit is a large part of 1 − a.
    left = min(at.a, 1 - at.a)
    assert pytest.approx(cost(A, Y), rel=1e-9, abs=1e-12 + EPS / left) == at.L
    np.testing.assert_allclose([[back.dw1], [back.dw2]], slopes.dw)
    assert back.db == back.dz == pytest.approx(slopes.db)


@given(NEURONS, EXAMPLES)
def test_every_line_of_the_derivation_holds(neuron, example):
    steps = derivation(neuron, example)
    assert len(steps) == 9
    assert all(step.agrees for step in steps)
    at = forward_one(neuron, example)
    assert steps[2].right_value == backward_one(example, at).da
    assert steps[8].right_value == backward_one(example, at).dz


@pytest.mark.parametrize(
    ("z", "y", "da", "dz"),
    [
        (40.0, 0, math.inf, 1.0),
        (40.0, 1, -1.0, 0.0),
        (-800.0, 1, -math.inf, -1.0),
        (-800.0, 0, 1.0, 0.0),
    ],
)
def test_a_certain_neuron(z, y, da, dz):
    neuron, example = OneNeuron(0.0, 0.0, z), OneExample(1.0, 2.0, y)
    at = forward_one(neuron, example)
    back = backward_one(example, at)
    assert at.a in (0.0, 1.0)
    assert (back.da, back.dz, back.dw2) == (da, dz, 2 * dz)
    steps = derivation(neuron, example)
    last = steps[-1]
    assert last.left_value == pytest.approx(last.right_value, rel=1e-9, abs=2.0**-53)
    assert last.right_value == dz
    for step in steps:
        sides = (step.left_value, step.right_value)
        assert step.agrees or "Here a" in step.trouble, (step, sides)


def test_a_value_that_was_rounded_to_0_is_not_said_to_be_equal():
    """σ(40) is 1 in float64, so a (1 − a) is 0; the slope is e⁻⁴⁰, not 0."""
    neuron = OneNeuron(0.0, 0.0, 40.0)
    steps = derivation(neuron, OneExample(1.0, 2.0, 0))
    sigmoid_steps = [step for step in steps if step.part == "∂a/∂z"]
    assert [step.agrees for step in sigmoid_steps] == [True, True, False]
    for step in sigmoid_steps:
        assert step.left_value == pytest.approx(math.exp(-40))
    assert sigmoid_steps[-1].right_value == 0
    last = derivation(neuron, OneExample(1.0, 2.0, 1))[-1]
    assert not last.agrees
    assert "Here a" in last.trouble


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("z", [-45.0, -30.0, -20.0, 18.0, 20.0, 25.0, 30.0, 36.0, 45.0])
def test_what_does_not_agree_is_explained_and_nothing_else(z, y):
    for step in derivation(OneNeuron(0.0, 0.0, z), OneExample(1.0, 2.0, y)):
        assert step.agrees or step.trouble, step


def test_an_update_lowers_the_loss():
    example = OneExample(2.0, -1.0, 1)
    update = update_one(OneNeuron(0.0, 0.0, 0.0), example, 0.1)
    assert update.neuron == OneNeuron(0.1, -0.05, 0.05)
    assert update.L_before == pytest.approx(math.log(2))
    assert update.L_after == pytest.approx(math.log(1 + math.exp(-0.3)))
    certain = update_one(OneNeuron(0.0, 0.0, 40.0), OneExample(1.0, 1.0, 0), 0.1)
    assert certain.L_after == pytest.approx(certain.L_before - 0.3)


def test_labels_are_0_or_1():
    with pytest.raises(ValueError, match="must be 0 or 1, not 2"):
        forward_one(OneNeuron(0.0, 0.0, 0.0), OneExample(1.0, 1.0, 2))


def test_the_example_goes_home():
    neuron, example = OneNeuron(0.3, -0.2, 0.1), OneExample(2.0, -1.0, 1)
    text = script(
        [forward_one, backward_one, update_one],
        {"neuron": neuron, "example": example},
        [
            ("L", "forward_one(neuron, example).L"),
            ("da", "backward_one(example, forward_one(neuron, example)).da"),
            ("after", "update_one(neuron, example, 0.1).L_after"),
        ],
        heading="One example",
    )
    at = forward_one(neuron, example)
    assert run(text) == {
        "L": at.L,
        "da": backward_one(example, at).da,
        "after": update_one(neuron, example, 0.1).L_after,
    }
