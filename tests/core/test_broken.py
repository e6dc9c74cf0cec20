"""Each known bug is real, and the check sees it where, and only where, it can."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.backprop import flat, gradients, nudged_gradients, small_example
from core.broken import BUGS, RIGHT, claimed_slope, examine
from core.shallow import cost, forward

SIZES = [(n_h, m) for n_h in (1, 2, 3) for m in (1, 2, 3)]
CURVED = ("sigmoid", "tanh")
each_size = pytest.mark.parametrize(("n_h", "m"), SIZES)
each_g = pytest.mark.parametrize("g", ACTIVATIONS)
each_bug = pytest.mark.parametrize("bug", BUGS)


def look(bug, n_h=2, m=3, g="tanh", alpha=0.5, mirror=False):
    return examine(bug, small_example(n_h, m, g, mirror=mirror), alpha)


@each_bug
def test_by_default_the_verdict_is_the_known_one(bug):
    verdict = {
        "lost_m": "caught",
        "transpose": "error",
        "sign": "caught",
        "slope_of_A": "caught",
        "keepdims": "missed",
        "order": "missed",
    }
    assert look(bug).verdict == verdict[bug]
    assert not look(bug).harmless


@each_size
@each_g
def test_a_lost_1_over_m_shows_where_there_is_more_than_one_example(n_h, m, g):
    found = look("lost_m", n_h, m, g)
    assert found.verdict == ("missed" if m == 1 else "caught")
    assert found.harmless == (m == 1)
    if m > 1:
        assert found.worst == pytest.approx(1 - 1 / m, abs=1e-6)


@each_size
@each_g
def test_a_missing_transpose_stops_unless_X_is_square(n_h, m, g):
    assert look("transpose", n_h, m, g).verdict == ("caught" if m == 2 else "error")
    mirrored = look("transpose", n_h, 2, g, mirror=True)
    assert mirrored.verdict == "missed"
    assert mirrored.harmless


@each_size
@each_g
def test_a_wrong_sign_is_always_seen(n_h, m, g):
    found = look("sign", n_h, m, g)
    assert found.verdict == "caught"
    assert found.worst == pytest.approx(2)
    assert not found.misshapen


@each_size
@each_g
def test_the_slope_at_A_is_wrong_only_where_g_bends(n_h, m, g):
    found = look("slope_of_A", n_h, m, g)
    assert found.verdict == ("caught" if g in CURVED else "missed")
    assert found.harmless == (g not in CURVED)


@each_size
@each_g
def test_forgotten_keepdims_has_the_right_numbers_and_the_wrong_shape(n_h, m, g):
    found = look("keepdims", n_h, m, g)
    assert found.verdict == "missed"
    assert found.misshapen == ("db1", "db2")
    assert found.grown == (() if n_h == 1 else ("b1",))
    assert found.harmless == (n_h == 1)
    stops = n_h > 1 and m not in {1, n_h}
    assert ("broadcast" in found.next_Z1) == stops


@pytest.mark.parametrize("alpha", [0.001, 0.1, 1.0])
def test_W2_moved_too_early_shows_only_in_the_step_in_proportion_to_alpha(alpha):
    found = look("order", alpha=alpha)
    assert found.worst < RIGHT
    example = small_example()
    parameters = example.parameters
    slopes = gradients(example)
    # The error comes back through W2 − α dW2 in place of W2.
    moved = {**vars(parameters), "W2": parameters.W2 - alpha * slopes.dW2}
    cache = forward(parameters, example.X, "tanh")
    dZ1 = np.dot(moved["W2"].T, cache.A2 - example.Y) * (1 - cache.A1**2)
    dW1 = np.dot(dZ1, example.X.T) / 3
    assert claimed_slope("order", example, alpha) == pytest.approx(dW1[-1, 0])
    assert found.moved > RIGHT


@each_bug
def test_the_step_claims_what_the_gradient_says_except_for_the_order(bug):
    example = small_example(3, 2)
    claim = claimed_slope(bug, example, 0.1)
    true = nudged_gradients(example).dW1[-1, 0]
    assert (claim == pytest.approx(true, rel=1e-6)) == (bug == "keepdims")


def test_where_numpy_stops_nothing_is_claimed():
    assert claimed_slope("transpose", small_example(), 0.5) is None


def test_the_wrong_sign_climbs():
    example = small_example()
    before = cost(forward(example.parameters, example.X, "tanh").A2, example.Y)
    after = BUGS["sign"].step(example, BUGS["sign"].equations, 0.1)
    assert cost(forward(after, example.X, "tanh").A2, example.Y) > before


@each_bug
def test_what_is_broken_is_one_function_of_the_right_ones(bug):
    broken = BUGS[bug]
    assert broken.wrong.__doc__.startswith("Broken:")
    if bug != "order":
        parts = vars(broken.equations).values()
        assert broken.wrong in parts
    else:
        np.testing.assert_array_equal(
            flat(gradients(small_example(), broken.equations)),
            flat(gradients(small_example())),
        )
