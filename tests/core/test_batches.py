"""Which examples a step sees, and training on them against the readable step."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import shallow_loop
from core.activations import ACTIVATIONS
from core.batches import batches, batches_in_a_pass
from core.datasets import make
from core.gradient_check import check
from core.shallow import (
    Parameters,
    add_penalty,
    backward,
    cost,
    forward,
    initialize,
    penalty,
    step,
    train,
)

FIELDS = ("W1", "b1", "W2", "b2")
DATA = make("moons", 41, seed=1)


@given(
    m=st.integers(1, 40),
    size=st.integers(1, 50),
    seed=st.integers(0, 99),
    passes=st.integers(1, 3),
)
def test_each_pass_sees_each_example_once(
    m: int, size: int, seed: int, passes: int
) -> None:
    count = batches_in_a_pass(m, size)
    drawn = list(islice(batches(m, size, seed), passes * count))
    for k in range(passes):
        seen = np.concatenate(drawn[k * count : (k + 1) * count])
        assert sorted(seen.tolist()) == list(range(m))
    assert all(len(each) == size for each in drawn[: count - 1])
    if size >= m:
        assert all(each.tolist() == list(range(m)) for each in drawn)


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one example"):
        next(batches(10, 0))
    start = initialize(2, 3)
    with pytest.raises(ValueError, match="batch must be 0"):
        train(start, DATA.X, DATA.Y, "tanh", 0.1, 5, batch=-1)
    with pytest.raises(ValueError, match="penalty l2 must be 0 or more"):
        train(start, DATA.X, DATA.Y, "tanh", 0.1, 5, l2=-0.1)


def test_other_seeds_shuffle_otherwise() -> None:
    one, two = (next(batches(40, 8, seed)).tolist() for seed in (0, 1))
    assert one != two
    assert one == next(batches(40, 8, 0)).tolist()


def start(n_h: int = 5) -> Parameters:
    rng = np.random.default_rng(3)
    shapes = ((n_h, 2), (n_h, 1), (1, n_h), (1, 1))
    return Parameters(*(0.5 * rng.standard_normal(shape) for shape in shapes))


def fold(
    name: str, alpha: float, steps: int, batch: int, l2: float, seed: int
) -> tuple[list[Parameters], list[float]]:
    """Training written with the readable functions."""
    path, J = [start()], []
    turns = batches(DATA.Y.size, batch or DATA.Y.size, seed)
    for t in range(steps + 1):
        columns = next(turns)
        X, Y = DATA.X[:, columns], DATA.Y[:, columns]
        cache = forward(path[t], X, name)
        J.append(cost(cache.A2, Y) + penalty(path[t], l2))
        slopes = add_penalty(backward(path[t], cache, X, Y, name), path[t], l2)
        path.append(step(path[t], slopes, alpha))
    return path[: steps + 1], J


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize(
    ("batch", "l2"), [(0, 0.03), (8, 0.0), (7, 0.01), (1, 0.0), (40, 0.3)]
)
@pytest.mark.parametrize("block_values", [10**9, 12])
def test_the_fast_loop_equals_folding_the_step(
    name: str,
    batch: int,
    l2: float,
    block_values: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shallow_loop, "BLOCK_VALUES", block_values)
    path, J = fold(name, 0.1, 100, batch, l2, seed=5)
    run = train(start(), DATA.X, DATA.Y, name, 0.1, 100, batch=batch, l2=l2, seed=5)
    np.testing.assert_allclose(run.J, J, rtol=0, atol=1e-12)
    for field in FIELDS:
        wanted = np.array([getattr(each, field) for each in path])
        np.testing.assert_allclose(getattr(run, field), wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("batch", [41, 42, 1000])
def test_a_batch_of_all_examples_is_plain_descent_to_the_last_bit(
    name: str, batch: int
) -> None:
    plain = train(start(), DATA.X, DATA.Y, name, 0.3, 200)
    run = train(start(), DATA.X, DATA.Y, name, 0.3, 200, batch=batch, seed=7)
    for field in (*FIELDS, "J"):
        np.testing.assert_array_equal(getattr(run, field), getattr(plain, field))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_penalty_has_the_slope_that_nudges_find(name: str) -> None:
    at, l2 = start(), 0.7
    cache = forward(at, DATA.X, name)
    slopes = add_penalty(backward(at, cache, DATA.X, DATA.Y, name), at, l2)
    for field in FIELDS:

        def J(value: np.ndarray, field: str = field) -> float:
            there = Parameters(**(vars(at) | {field: value}))
            A2 = forward(there, DATA.X, name).A2
            return cost(A2, DATA.Y) + penalty(there, l2)

        assert check(J, getattr(slopes, f"d{field}"), getattr(at, field)) < 1e-6


def test_the_penalty_keeps_weights_small_and_leaves_biases_alone() -> None:
    free = train(start(), DATA.X, DATA.Y, "tanh", 0.5, 2000).at(-1)
    held = train(start(), DATA.X, DATA.Y, "tanh", 0.5, 2000, l2=0.1).at(-1)
    assert np.sum(held.W1**2) + np.sum(held.W2**2) < 0.3 * (
        np.sum(free.W1**2) + np.sum(free.W2**2)
    )
    zero = Parameters(np.zeros((2, 2)), np.ones((2, 1)), np.zeros((1, 2)), np.eye(1))
    assert penalty(zero, 5.0) == 0
