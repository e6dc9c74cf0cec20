"""Exact facts about starts: what stays 0, what stays alike, what sets units apart."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.backprop import Equations, Example, gradients, step_at_once
from core.initialization import (
    ALPHA,
    STARTS,
    STEPS,
    UNITS,
    live,
    live_from,
    lives,
    points,
    special_starts,
    start_of,
    stuck,
    units_apart,
    which_moved,
    with_biases,
)
from core.shallow import Parameters

ALL = ("W1", "b1", "W2", "b2")
RANDOM = ("small", "one", "large", "fan_in")
each_g = pytest.mark.parametrize("g", ["sigmoid", "tanh", "relu"])


@pytest.mark.parametrize("g", ["tanh", "relu", "leaky_relu", "linear"])
def test_from_zeros_W1_and_W2_stay_exactly_0_and_only_b2_learns(g):
    life = live("zeros", g)
    for name in ("W1", "b1", "W2"):
        assert not getattr(life.history, name).any()
    assert which_moved(life) == ("b2",)
    share = float(points()[1].mean())
    assert 1 / (1 + np.exp(-life.history.b2[-1, 0, 0])) == pytest.approx(share)
    entropy = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert life.J[-1] == pytest.approx(entropy)


def test_from_zeros_sigmoid_moves_everything_but_rows_stay_equal_to_rounding():
    life = live("zeros", "sigmoid")
    assert which_moved(life) == ALL
    assert life.apart.max() < 1e-12
    assert np.abs(life.history.W1[-1]).max() > 0.1


@each_g
def test_equal_weights_stay_equal_to_rounding(g):
    life = live("constant", g)
    assert which_moved(life) == ALL
    assert life.apart.max() < 1e-12


@each_g
def test_the_readable_step_says_the_same_about_zeros(g):
    """Not only the fast loop: the six equations, one step after the other."""
    X, Y = points()
    example = Example(start_of("zeros", 0), X, Y, g)
    for _ in range(20):
        after = step_at_once(example, Equations(), ALPHA)
        example = Example(after, X, Y, g)
    assert units_apart(example.parameters) < 1e-14
    assert example.parameters.W1.any() == (g == "sigmoid")
    assert example.parameters.b2.any()


@each_g
@pytest.mark.parametrize("name", RANDOM)
def test_with_random_weights_zero_biases_are_harmless(name, g):
    life = live(name, g, seed=2)
    assert not start_of(name, 2).b1.any()
    assert which_moved(life) == ALL
    assert life.apart.min() > 1e-3
    assert len(set(life.history.b1[1].ravel())) > 1


@pytest.mark.parametrize("g", ["sigmoid", "tanh"])
def test_anything_that_differs_sets_the_units_apart(g):
    for words, start in special_starts(0).items():
        life = live_from(start, g, steps=50)
        assert life.apart[-1] > 1e-3, words
        assert which_moved(life) == ALL, words


def test_with_relu_W1_and_b1_at_0_are_dead_for_ever():
    life = live_from(special_starts(0)["W1 = 0, W2 random"], "relu", steps=50)
    assert which_moved(life) == ("b2",)
    assert life.stuck.min() == 1


def test_a_balanced_set_would_not_even_move_b2():
    X, Y = points()
    even = np.concatenate([np.flatnonzero(Y[0] == y)[:100] for y in (0, 1)])
    start = start_of("zeros", 0)
    slopes = gradients(Example(start, X[:, even], Y[:, even], "tanh"))
    assert abs(slopes.db2[0, 0]) < 1e-16


def test_the_points_are_two_moons_with_fewer_of_class_1():
    X, Y = points()
    assert X.shape == (2, 250)
    assert Y.shape == (1, 250)
    assert Y.mean() == 0.4


@pytest.mark.parametrize("name", STARTS)
def test_a_life_is_measured_at_every_kept_step(name):
    life = live(name, "tanh", seed=1)
    k = len(life.steps)
    assert life.steps[0] == 0
    assert life.steps[-1] == STEPS
    for part in (life.J, life.accuracy, life.apart, life.stuck, *life.moved.values()):
        assert part.shape == (k,)
        assert np.isfinite(part).all()
    assert life.history.W1.shape == (k, UNITS, 2)
    assert life.moved["W1"][0] == 0


def test_large_weights_begin_saturated_and_small_ones_do_not():
    X, _ = points()
    assert stuck(start_of("small", 0), X, "tanh") == 0
    assert stuck(start_of("large", 0), X, "tanh") > 0.6
    z = np.dot(start_of("large", 0).W1, X)
    slope = ACTIVATIONS["tanh"].dg(z)
    assert np.mean(slope < 0.5) >= stuck(start_of("large", 0), X, "tanh") > 0


def test_units_apart_sees_every_kind_of_number():
    same = Parameters(
        np.ones((3, 2)), np.ones((3, 1)), np.ones((1, 3)), np.ones((1, 1))
    )
    assert units_apart(same) == 0
    for name, place in (("W1", (2, 1)), ("b1", (1, 0)), ("W2", (0, 1))):
        parts = {key: part.copy() for key, part in vars(same).items()}
        parts[name][place] += 0.25
        assert units_apart(Parameters(**parts)) == 0.25


def test_seeds_repeat_and_differ():
    one, again, other = (live("one", "tanh", seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.J, again.J)
    assert not np.array_equal(one.J, other.J)
    start = start_of("small", 0)
    np.testing.assert_array_equal(
        with_biases(start, 1.0, 5).b1, with_biases(start, 1.0, 5).b1
    )


def test_lives_are_those_of_every_start():
    found = lives("relu", 0)
    assert found.keys() == STARTS.keys()
    np.testing.assert_array_equal(found["one"].J, live("one", "relu", 0).J)
