"""Two models on one data set, against the readable forms that they speed up."""

from dataclasses import replace

import numpy as np
import pytest

from core.datasets import DATASETS, make
from core.logistic import accuracy, cost, forward
from core.logistic import train as train_logistic
from core.points import STARTER, PointsError
from core.shallow import RunTooLarge, initialize, train
from core.shallow import cost as network_cost
from core.shallow import forward as network_forward
from core.training import (
    FRAMES,
    Choices,
    accuracy_by_units,
    fewer,
    frames,
    kept_steps,
    line_accuracy,
    logistic_path,
    logistic_predictions,
    over_passes,
    plane,
    safe_alpha,
    train_both,
)

SMALL = Choices("flower", 100, 0.2, 1, 0.2, 3, "tanh", "random", 1.2, 400)


# With α = 30 the path is chaotic: it doubles the last digit every few steps.
@pytest.mark.parametrize(("alpha", "steps"), [(0.03, 300), (1.2, 300), (30.0, 30)])
def test_the_fast_logistic_regression_walks_the_path_of_the_readable_one(
    alpha: float, steps: int
) -> None:
    data = make("moons", 60, seed=2)
    path = logistic_path(data.X, data.Y, alpha, steps)
    run = train_logistic(data.X, data.Y, alpha, steps, every=1)
    assert path.shape == (steps + 1, 3)
    np.testing.assert_allclose(path[:, :2], run.w_kept, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(path[:, 2], run.b_kept, rtol=1e-6, atol=1e-9)


def test_scores_are_those_of_the_models_kept_at_each_step() -> None:
    run = train_both(SMALL)
    X, Y = run.split.held_out.X, run.split.held_out.Y
    assert Y.shape == (1, 20)
    assert run.network_score.held_out is not None
    assert run.logistic_score.held_out is not None
    for i in (0, 5, len(run.steps) - 1):
        A2 = network_forward(run.history.at(i), X, "tanh").A2
        assert run.network_score.held_out.J[i] == pytest.approx(network_cost(A2, Y))
        assert run.network_score.held_out.accuracy[i] == accuracy(A2, Y)
        A = forward(run.logistic[i, :2].reshape(2, 1), run.logistic[i, 2], X)
        assert run.logistic_score.held_out.J[i] == pytest.approx(cost(A, Y))
        assert run.logistic_score.held_out.accuracy[i] == accuracy(A, Y)


def test_kept_steps_hold_the_parameters_of_training_at_those_steps() -> None:
    run = train_both(SMALL)
    X, Y = run.split.train.X, run.split.train.Y
    for i in (0, 3, len(run.steps) // 2):
        start = initialize(2, 3, seed=SMALL.seed)
        upto = train(start, X, Y, "tanh", SMALL.alpha, int(run.steps[i]))
        np.testing.assert_array_equal(run.history.W1[i], upto.W1[-1])
        assert run.network_score.train.J[i] == pytest.approx(upto.J[-1])


def test_logistic_regression_stays_finite_whatever_alpha_is() -> None:
    data = make("flower", 60)
    assert np.isfinite(logistic_path(data.X, data.Y, 30.0, 20_000)).all()


@pytest.mark.parametrize("alpha", [0.001, 1.2, 1000.0])
def test_the_line_is_the_best_one_whatever_alpha_is(alpha: float) -> None:
    """Against Newton's method, which needs no learning rate."""
    run = train_both(replace(SMALL, alpha=alpha))
    X_ones = np.vstack([run.split.train.X, np.ones((1, 80))])
    best = np.zeros(3)
    for _ in range(20):
        A = 1 / (1 + np.exp(-best @ X_ones))
        slopes = X_ones @ (A - run.split.train.Y[0])
        best -= np.linalg.solve((X_ones * A * (1 - A)) @ X_ones.T, slopes)
    np.testing.assert_allclose(run.logistic[-1], best, atol=1e-4)


@pytest.mark.parametrize("name", DATASETS)
def test_with_the_safe_alpha_every_step_goes_down(name: str) -> None:
    data = make(name, 60, noise=1.0)
    path = logistic_path(data.X, data.Y, safe_alpha(data.X), 200)
    J = [cost(forward(row[:2].reshape(2, 1), row[2], data.X), data.Y) for row in path]
    assert (np.diff(J) <= 1e-15).all()


@pytest.mark.parametrize("last", [0, 1, 5, FRAMES - 1, FRAMES, 10_000, 20_000])
def test_kept_steps_start_at_0_end_at_the_last_and_grow_apart(last: int) -> None:
    steps = kept_steps(last)
    assert steps[0] == 0
    assert steps[-1] == last
    assert len(steps) <= FRAMES
    gaps = np.diff(steps)
    assert (gaps > 0).all()
    if last >= 10_000:
        assert 80 <= len(steps) <= 100
        assert gaps[0] == 1
        assert gaps[-1] == gaps.max()


def test_a_small_run_is_kept_more_finely() -> None:
    small, large = frames(4, 320), frames(50, 5000)
    assert large == FRAMES
    assert len(kept_steps(10_000, small)) >= 300
    assert len(train_both(SMALL).steps) == len(kept_steps(400, small))


def test_a_run_that_diverges_ends_at_its_last_finite_step() -> None:
    run = train_both(replace(SMALL, activation="linear", alpha=10.0, steps=2000))
    assert run.finding is not None
    assert run.finding.kind == "diverged"
    assert run.steps[-1] == run.finding.at_step - 1
    assert len(run.logistic) == len(run.steps) == len(run.network_score.train.J)


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("held_out", [0.0, 0.5])
def test_few_points_train_too(name: str, held_out: float) -> None:
    run = train_both(replace(SMALL, data=name, m=20, held_out=held_out, steps=20))
    assert (run.network_score.held_out is None) == (held_out == 0)
    assert np.isfinite(run.network_score.train.J).all()


def test_a_run_too_large_is_refused_before_it_starts() -> None:
    with pytest.raises(RunTooLarge, match="would take too long"):
        train_both(replace(SMALL, m=2000, n_h=20, steps=20_000))


def test_the_line_answers_on_the_plane_low_x2_first() -> None:
    run = train_both(SMALL)
    X = plane(4.5, 6)
    assert X.min() == -3.75
    assert X[:, 0].tolist() == [-3.75, -3.75]
    assert X[:, 1].tolist() == [-2.25, -3.75]
    line = logistic_predictions(run.logistic, X)
    w, b = run.logistic[-1, :2].reshape(2, 1), run.logistic[-1, 2]
    np.testing.assert_allclose(line[-1], forward(w, b, X)[0])


def test_three_tanh_units_close_a_ring() -> None:
    shares = accuracy_by_units("circles", 4)
    assert shares.shape == (4,)
    assert (shares[:2] < 0.9).all()
    assert (shares[2:] > 0.98).all()


def test_no_line_parts_the_petals_but_one_parts_the_blobs() -> None:
    assert 0.4 < line_accuracy("flower") < 0.6
    assert line_accuracy("blobs") > 0.97


@pytest.mark.parametrize("count", [2, 12, 48, 500])
def test_fewer_steps_still_begin_and_end_with_the_run(count):
    data = make("moons", m=60, noise=0.1, seed=0)
    start = initialize(2, 3, seed=1)
    history = train(start, data.X, data.Y, "tanh", 0.5, 200, every=2)
    few = fewer(history, count)
    assert few.steps[0] == 0
    assert few.steps[-1] == 200
    assert len(few.steps) <= min(count, len(history.steps))
    at = list(history.steps).index(few.steps[1])
    assert np.array_equal(few.W1[1], history.W1[at])


def test_own_points_are_trained_on() -> None:
    run = train_both(replace(SMALL, data="own", points=STARTER, held_out=0.0))
    assert run.split.train.X.shape == (2, 15)
    assert run.network_score.train.accuracy[-1] > 0.9
    with pytest.raises(PointsError):
        train_both(replace(SMALL, data="own"))


def test_batches_and_penalty_reach_the_training() -> None:
    plain = train_both(SMALL)
    assert not np.array_equal(train_both(replace(SMALL, l2=0.1)).history.W1, plain)
    whole = train_both(replace(SMALL, batch=80))
    np.testing.assert_array_equal(whole.history.W1, plain.history.W1)
    small = train_both(replace(SMALL, batch=8))
    assert small.steps[-1] == 400
    assert small.network_score.train.J[-1] < small.network_score.train.J[0]


def test_a_small_batch_counts_as_a_small_step() -> None:
    long = replace(SMALL, m=2000, n_h=20, steps=20_000)
    with pytest.raises(RunTooLarge):
        train_both(long)
    assert train_both(replace(long, batch=1, steps=200)).steps[-1] == 200


def test_a_pass_is_averaged() -> None:
    J = np.array([4.0, 2.0, 0.0, 1.0, 5.0])
    assert over_passes(J, 1) is J
    np.testing.assert_allclose(over_passes(J, 3), [4, 3, 2, 1, 2])


FAILING = (
    {"activation": "linear", "alpha": 10.0},
    {"activation": "relu", "alpha": 10.0},
    {"activation": "relu", "alpha": 1000.0},
    {"activation": "sigmoid", "alpha": 1000.0},
    {"alpha": 1000.0},
    {"alpha": 30.0},
    {"n_h": 50, "alpha": 1000.0, "steps": 1000},
    {"scheme": "constant"},
    {"scheme": "zeros"},
    {"alpha": 0.001},
    {"batch": 1, "alpha": 3.0},
    {"l2": 0.3},
    {"l2": 0.1, "scheme": "fan_in"},
    {"l2": 0.3, "activation": "relu"},
)


@pytest.mark.parametrize("change", FAILING)
def test_what_is_offered_mends_the_run(change: dict) -> None:
    """One thing changed, as the button does: the cost ends lower."""
    choices = replace(SMALL, m=200, n_h=4, steps=2000, seed=0)
    failing = replace(choices, **change)
    run = train_both(failing)
    assert run.finding is not None
    assert run.evidence is not None
    name, value = run.finding.fix
    mended = train_both(replace(failing, **{name: value}))
    assert mended.network_score.train.J[-1] < run.network_score.train.J[-1] - 1e-3
    assert mended.finding is None or mended.finding.kind not in {"diverged", "rising"}
