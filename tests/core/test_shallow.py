"""The shallow network against loops, nudges, autograd and scikit-learn."""

import math
import warnings

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neural_network import MLPClassifier

from core import shallow_loop
from core.activations import ACTIVATIONS
from core.datasets import make
from core.gradient_check import check
from core.logistic import accuracy
from core.shallow import (
    LIMIT,
    Parameters,
    RunTooLarge,
    answers,
    backward,
    check_run,
    cost,
    evaluate,
    forward,
    initialize,
    predictions,
    run_size,
    step,
    train,
)

NAMES = list(ACTIVATIONS)
FIELDS = ("W1", "b1", "W2", "b2")
ORACLES = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": lambda z: anp.tanh(z),
    "relu": lambda z: anp.maximum(z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}


def some_parameters(n_x: int, n_h: int, n_y: int = 1, seed: int = 3) -> Parameters:
    rng = np.random.default_rng(seed)
    shapes = ((n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1))
    return Parameters(*(0.5 * rng.standard_normal(shape) for shape in shapes))


def some_examples(
    n_x: int, m: int, n_y: int = 1, seed: int = 4
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_x, m)), rng.integers(0, 2, (n_y, m)).astype(float)


def replaced(parameters: Parameters, name: str, value: np.ndarray) -> Parameters:
    return Parameters(**(vars(parameters) | {name: value}))


def test_one_example_at_a_time_gives_the_same_network() -> None:
    parameters, (X, _) = some_parameters(3, 4, 2), some_examples(3, 5)
    cache = forward(parameters, X, "tanh")
    for i in range(5):
        a1 = []
        for j in range(4):
            z = parameters.b1[j, 0] + sum(
                parameters.W1[j, k] * X[k, i] for k in range(3)
            )
            assert cache.Z1[j, i] == pytest.approx(z, rel=1e-13)
            a1.append(math.tanh(z))
        for j in range(2):
            z = parameters.b2[j, 0] + sum(parameters.W2[j, k] * a1[k] for k in range(4))
            assert cache.Z2[j, i] == pytest.approx(z, rel=1e-13)
            assert cache.A2[j, i] == pytest.approx(1 / (1 + math.exp(-z)), rel=1e-13)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n_y", [1, 3])
def test_the_gradients_agree_with_nudges(name: str, n_y: int) -> None:
    parameters, (X, Y) = some_parameters(3, 4, n_y), some_examples(3, 20, n_y)
    gradients = backward(parameters, forward(parameters, X, name), X, Y, name)
    for field in FIELDS:

        def J(value: np.ndarray, field: str = field) -> float:
            return cost(forward(replaced(parameters, field, value), X, name).A2, Y)

        at, slope = getattr(parameters, field), getattr(gradients, "d" + field)
        assert check(J, slope, at) < 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_the_gradients_agree_with_autograd(name: str) -> None:
    parameters, (X, Y) = some_parameters(2, 5), some_examples(2, 30)

    def J(W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> float:
        A1 = ORACLES[name](anp.dot(W1, X) + b1)
        A2 = 1 / (1 + anp.exp(-(anp.dot(W2, A1) + b2)))
        return -anp.sum(Y * anp.log(A2) + (1 - Y) * anp.log(1 - A2)) / X.shape[1]

    expected = autograd.grad(J, argnum=(0, 1, 2, 3))(*vars(parameters).values())
    cache = forward(parameters, X, name)
    gradients = backward(parameters, cache, X, Y, ACTIVATIONS[name])
    assert cost(cache.A2, Y) == pytest.approx(J(*vars(parameters).values()), rel=1e-13)
    for field, slope in zip(FIELDS, expected, strict=True):
        found = getattr(gradients, "d" + field)
        np.testing.assert_allclose(found, slope, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(
    ("name", "theirs"), [("tanh", "tanh"), ("relu", "relu"), ("sigmoid", "logistic")]
)
def test_one_full_batch_step_equals_scikit_learn(name: str, theirs: str) -> None:
    X, Y = some_examples(2, 50)
    network = MLPClassifier(
        (6,),
        activation=theirs,
        solver="sgd",
        alpha=0.0,
        batch_size=50,
        learning_rate_init=0.4,
        momentum=0.0,
        nesterovs_momentum=False,
        max_iter=1,
        shuffle=False,
        warm_start=True,
        random_state=0,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one step does not converge
        network.fit(X.T, Y[0])
        before = [each.copy() for each in network.coefs_ + network.intercepts_]
        network.fit(X.T, Y[0])
    W1, W2, b1, b2 = before
    start = Parameters(W1.T, b1[:, None], W2.T, b2[:, None])
    end = train(start, X, Y, name, 0.4, 1).at(-1)
    assert not np.allclose(end.W1, start.W1, rtol=1e-6)
    np.testing.assert_allclose(end.W1, network.coefs_[0].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(end.W2, network.coefs_[1].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(end.b1[:, 0], network.intercepts_[0], rtol=0, atol=1e-10)
    np.testing.assert_allclose(end.b2[:, 0], network.intercepts_[1], rtol=0, atol=1e-10)


def fold(
    parameters: Parameters,
    X: np.ndarray,
    Y: np.ndarray,
    name: str,
    alpha: float,
    n: int,
) -> tuple[list[Parameters], list[float]]:
    """Training written with the readable functions."""
    path, J = [parameters], []
    for t in range(n + 1):
        cache = forward(path[t], X, name)
        J.append(cost(cache.A2, Y))
        gradients = backward(path[t], cache, X, Y, name)
        path.append(step(path[t], gradients, alpha))
    return path[: n + 1], J


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("block_values", [10**9, 60, 1])
def test_training_equals_folding_the_step(
    name: str, block_values: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Small blocks too: one for everything, some, as many as there can be.
    monkeypatch.setattr(shallow_loop, "BLOCK_VALUES", block_values)
    X, Y = some_examples(3, 41)
    parameters = some_parameters(3, 5)
    path, J = fold(parameters, X, Y, name, 0.2, 120)
    history = train(parameters, X, Y, name, 0.2, 120)
    assert history.steps.tolist() == list(range(121))
    np.testing.assert_allclose(history.J, J, rtol=0, atol=1e-12)
    for t, expected in enumerate(path):
        for field in FIELDS:
            found, wanted = getattr(history.at(t), field), getattr(expected, field)
            assert found.shape == wanted.shape
            np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("rows", "k"), [(1, 1), (3, 41), (65, 720)])
def test_a_buffer_begins_with_a_line_of_the_cache(rows: int, k: int) -> None:
    buffer = shallow_loop.at_a_line(rows, k)
    assert buffer.shape == (rows, k)
    assert buffer.flags.c_contiguous
    assert buffer.ctypes.data % 64 == 0


def test_blocks_share_their_buffers_and_hold_every_example_once() -> None:
    X, Y = some_examples(2, 5000)
    blocks = shallow_loop.make_blocks(X, Y, 64)
    np.testing.assert_array_equal(np.hstack([each.X for each in blocks]), X)
    widths = [each.X.shape[1] for each in blocks]
    assert len(set(widths[:-1])) == 1
    assert widths[0] % 8 == 0
    assert len({id(each.buffers) for each in blocks}) == len(set(widths)) == 2


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    n_x=st.integers(1, 4),
    n_h=st.integers(1, 6),
    m=st.integers(1, 30),
    seed=st.integers(0, 10_000),
)
def test_a_few_steps_equal_the_fold_for_any_sizes(
    name: str, n_x: int, n_h: int, m: int, seed: int
) -> None:
    X, Y = some_examples(n_x, m, seed=seed)
    parameters = some_parameters(n_x, n_h, seed=seed + 1)
    path, J = fold(parameters, X, Y, name, 0.1, 5)
    history = train(parameters, X, Y, ACTIVATIONS[name], 0.1, 5, every=5)
    np.testing.assert_allclose(history.J, J, rtol=0, atol=1e-12)
    for field in FIELDS:
        found, wanted = getattr(history.at(-1), field), getattr(path[-1], field)
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)


def test_losses_are_capped_alike_in_the_loop_and_in_the_cost() -> None:
    X, Y = np.array([[1.0, 1.0]]), np.array([[0.0, 1.0]])
    parameters = Parameters(*(np.array([[v]]) for v in (1000.0, 0.0, 1.0, 0.0)))
    J = cost(forward(parameters, X, "linear").A2, Y)
    history = train(parameters, X, Y, "linear", 0.0, 1)
    np.testing.assert_allclose(J, 53 * math.log(2) / 2, rtol=1e-15)
    np.testing.assert_allclose(history.J, J, rtol=1e-14)


def test_the_kept_steps() -> None:
    X, Y = some_examples(2, 10)
    parameters = some_parameters(2, 3)
    every = train(parameters, X, Y, "tanh", 0.1, 25)
    tens = train(parameters, X, Y, "tanh", 0.1, 25, every=10)
    assert tens.steps.tolist() == [0, 10, 20, 25]
    assert np.array_equal(tens.W1, every.W1[[0, 10, 20, 25]])
    assert np.array_equal(tens.J, every.J)
    assert train(parameters, X, Y, "tanh", 0.1, 20, every=10).steps.tolist() == [
        0,
        10,
        20,
    ]
    none = train(parameters, X, Y, "tanh", 0.1, 0)
    assert none.steps.tolist() == [0]
    assert none.J.shape == (1,)
    for field in FIELDS:
        assert np.array_equal(getattr(none.at(0), field), getattr(parameters, field))


def test_a_run_that_diverges_stops_quietly_and_keeps_what_was_before() -> None:
    data = make("flower", 100)
    start = initialize(2, 4, seed=1)
    history = train(start, data.X, data.Y, "linear", 100.0, 5000, every=10)
    t = history.diverged_at
    assert t is not None
    assert 1 < t < 1000
    assert len(history.J) == t
    assert np.isfinite(history.J).all()
    assert history.steps[-1] == t - 1
    for field in FIELDS:
        assert np.isfinite(getattr(history, field)).all()
    # The last parameters can still be used, without a warning.
    last = forward(history.at(-1), data.X, "linear")
    assert np.isfinite(last.A2).all()
    # The step that was refused is the one that left the range.
    gradients = backward(history.at(-1), last, data.X, data.Y, "linear")
    with np.errstate(over="ignore"):
        next_one = step(history.at(-1), gradients, 100.0)
    assert np.abs(all_values(next_one)).max() > 1e99


def all_values(parameters: Parameters) -> np.ndarray:
    return np.concatenate([each.ravel() for each in vars(parameters).values()])


def test_a_start_out_of_range_keeps_the_start() -> None:
    X, Y = some_examples(1, 4)
    start = Parameters(*(np.array([[1e300]]) for _ in FIELDS))
    history = train(start, X, Y, "linear", 0.1, 5)
    assert history.diverged_at == 0
    assert history.J.shape == (0,)
    assert history.at(-1).W1 == 1e300


def test_training_leaves_its_input_alone() -> None:
    X, Y = some_examples(2, 10)
    parameters = some_parameters(2, 3)
    before = [each.copy() for each in (X, Y, *vars(parameters).values())]
    train(parameters, X, Y, "relu", 0.5, 20)
    for old, new in zip(before, (X, Y, *vars(parameters).values()), strict=True):
        assert np.array_equal(old, new)


@pytest.mark.parametrize("name", ["tanh", "relu", "leaky_relu", "linear"])
def test_from_zeros_only_b2_learns(name: str) -> None:
    X, Y = some_examples(2, 31)
    history = train(initialize(2, 4, scheme="zeros"), X, Y, name, 1.0, 500)
    assert not history.W1.any()
    assert not history.b1.any()
    assert not history.W2.any()
    # What is left is the best constant guess: the share of ones.
    A2 = forward(history.at(-1), X, name).A2
    np.testing.assert_allclose(A2, Y.mean(), rtol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_units_that_start_alike_stay_alike(name: str) -> None:
    X, Y = some_examples(2, 40)
    start = initialize(2, 4, scheme="constant", scale=0.5)
    history = train(start, X, Y, name, 0.3, 200, every=20)
    scale = np.abs(history.W1).max()
    assert np.ptp(history.W1, axis=1).max() < 1e-12 * scale
    assert np.ptp(history.W2, axis=2).max() < 1e-12 * scale
    assert not np.allclose(history.W1[-1], history.W1[0])


def test_the_schemes() -> None:
    small = initialize(3, 2000, scheme="random", scale=0.01, seed=1)
    assert small.W1.std() == pytest.approx(0.01, rel=0.05)
    assert small.W2.std() == pytest.approx(0.01, rel=0.1)
    fan_in = initialize(3, 2000, scheme="fan_in", seed=1)
    assert fan_in.W1.std() == pytest.approx(1 / math.sqrt(3), rel=0.05)
    assert fan_in.W2.std() == pytest.approx(1 / math.sqrt(2000), rel=0.1)
    assert (initialize(3, 4, scheme="constant", scale=0.2).W1 == 0.2).all()
    assert not initialize(3, 4, scheme="zeros").W2.any()
    for scheme in ("random", "zeros", "constant", "fan_in"):
        start = initialize(3, 4, 2, scheme)
        shapes = [getattr(start, field).shape for field in FIELDS]
        assert shapes == [(4, 3), (4, 1), (2, 4), (2, 1)]
        assert not start.b1.any()
        assert not start.b2.any()


def test_a_seed_is_a_start() -> None:
    one, again, other = (initialize(2, 4, seed=seed) for seed in (5, 5, 6))
    assert np.array_equal(one.W1, again.W1)
    assert np.array_equal(one.W2, again.W2)
    assert not np.array_equal(one.W1, other.W1)


def test_the_course_network_separates_the_flower() -> None:
    data = make("flower", 400, 0.2, seed=0)
    start = initialize(2, 4, seed=2)
    history = train(start, data.X, data.Y, "tanh", 1.2, 10_000, every=1000)
    A2 = forward(history.at(-1), data.X, "tanh").A2
    assert accuracy(A2, data.Y) > 0.85


def test_evaluation_equals_one_step_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.shallow.PREDICTION_VALUES", 100)
    X, Y = some_examples(2, 12)
    other, labels = some_examples(2, 9, seed=8)
    history = train(some_parameters(2, 3), X, Y, "relu", 0.3, 20, every=2)
    result = evaluate(history, other, labels, "relu")
    A2 = predictions(history, other, "relu")
    assert A2.shape == (11, 9)
    for i in range(11):
        expected = forward(history.at(i), other, "relu").A2
        np.testing.assert_allclose(A2[i : i + 1], expected, rtol=1e-14)
        assert result.J[i] == pytest.approx(cost(expected, labels), rel=1e-13)
        assert result.accuracy[i] == accuracy(expected, labels)
    i = np.array([10, 0, 3, 3, 7, 1, 10, 2, 5])
    each = answers(history, i, other, "relu")
    np.testing.assert_allclose(each, A2[i, np.arange(9)], rtol=1e-13)
    on_training = evaluate(history, X, Y, "relu")
    np.testing.assert_allclose(on_training.J, history.J[::2], rtol=0, atol=1e-12)


def test_a_run_too_large_is_refused_with_the_size_that_fits() -> None:
    check_run(400, 4, 10_000)
    check_run(400, 20, 20_000)
    with pytest.raises(RunTooLarge, match="steps fit") as refused:
        check_run(5_000, 64, 1_000_000)
    fits = refused.value.largest_steps
    assert run_size(5_000, 64, fits) <= LIMIT < run_size(5_000, 64, fits + 1)
    check_run(5_000, 64, fits)
    assert isinstance(refused.value, ValueError)


def test_unknown_names_and_empty_layers_are_refused() -> None:
    X, _ = some_examples(2, 4)
    with pytest.raises(ValueError, match="Choose from random, zeros"):
        initialize(2, 3, scheme="ones")
    with pytest.raises(ValueError, match="needs a unit"):
        initialize(2, 0)
    with pytest.raises(ValueError, match="no activation 'step'"):
        forward(some_parameters(2, 3), X, "step")


GOOD_X, GOOD_Y = some_examples(2, 6)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Y": GOOD_Y[0]}, r"silently broadcast to \(6, 6\)"),
        ({"Y": GOOD_Y.T}, r"Write Y\.T"),
        ({"Y": GOOD_Y[:, :3]}, "6 examples"),
        ({"Y": GOOD_Y + 0.5}, "0 or 1"),
        ({"X": GOOD_X[0]}, r"X must be \(n_x, m\)"),
        ({"X": GOOD_X * np.nan}, "X contains"),
        ({"X": np.vstack([GOOD_X, GOOD_X])}, r"W1 has shape \(3, 2\)"),
        ({"parameters": some_parameters(2, 3, 2)}, "one output"),
        (
            {"parameters": replaced(some_parameters(2, 3), "b1", np.zeros(3))},
            r"b1 has shape \(3,\)",
        ),
        (
            {
                "parameters": replaced(
                    some_parameters(2, 3), "W2", np.full((1, 3), np.inf)
                )
            },
            "W2 contains",
        ),
        ({"alpha": math.inf}, "alpha"),
        ({"steps": -3}, "steps"),
        ({"every": -1}, "every"),
    ],
)
def test_what_cannot_be_trained_is_refused(change: dict, message: str) -> None:
    good = {
        "parameters": some_parameters(2, 3),
        "X": GOOD_X,
        "Y": GOOD_Y,
        "activation": "tanh",
        "alpha": 0.1,
        "steps": 2,
    }
    with pytest.raises(ValueError, match=message):
        train(**(good | change))


def test_cost_and_backward_refuse_labels_that_would_broadcast() -> None:
    parameters = some_parameters(2, 3)
    cache = forward(parameters, GOOD_X, "tanh")
    with pytest.raises(ValueError, match="rank 1"):
        cost(cache.A2, GOOD_Y[0])
    with pytest.raises(ValueError, match=r"Write Y\.T"):
        backward(parameters, cache, GOOD_X, GOOD_Y.T, "tanh")
    with pytest.raises(ValueError, match="W1 has shape"):
        forward(parameters, GOOD_X.T, "tanh")


@pytest.mark.parametrize("n_h", [1, 3])
def test_backward_refuses_the_cache_of_another_network(n_h: int) -> None:
    X, Y = some_examples(2, 5)
    other = forward(some_parameters(2, n_h), X, "tanh")
    with pytest.raises(
        ValueError, match=rf"shape \({n_h}, 5\); here it must be \(4, 5"
    ):
        backward(some_parameters(2, 4), other, X, Y, "tanh")
