"""Logistic regression against the loop form, nudges, autograd and scikit-learn."""

import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from core.gradient_check import check
from core.logistic import (
    Weights,
    accuracy,
    backward,
    cost,
    forward,
    losses,
    predict,
    step,
    train,
)

RNG = np.random.default_rng(0)
X = RNG.standard_normal((3, 40)) * np.array([[1.0], [2.0], [0.5]])
Y = (X[:1] - X[1:2] + RNG.standard_normal((1, 40)) > 0).astype(float)
W = np.array([[0.3], [-0.2], [0.8]])
B = 0.1


def one_pass_with_loops(w: np.ndarray, b: float) -> tuple[float, list[float], float]:
    """J, dw and db, one example and one feature at a time."""
    n_x, m = X.shape
    J, dw, db = 0.0, [0.0] * n_x, 0.0
    for i in range(m):
        z = b + sum(float(w[j, 0]) * float(X[j, i]) for j in range(n_x))
        a = 1 / (1 + math.exp(-z))
        y = float(Y[0, i])
        J -= y * math.log(a) + (1 - y) * math.log(1 - a)
        for j in range(n_x):
            dw[j] += float(X[j, i]) * (a - y)
        db += a - y
    return J / m, [d / m for d in dw], db / m


def test_one_pass_equals_the_loop_form() -> None:
    J, dw, db = one_pass_with_loops(W, B)
    A = forward(W, B, X)
    slopes = backward(A, X, Y)
    assert A.shape == (1, 40)
    assert cost(A, Y) == pytest.approx(J, rel=1e-13)
    np.testing.assert_allclose(slopes.dw[:, 0], dw, rtol=1e-12)
    assert slopes.dw.shape == (3, 1)
    assert slopes.db == pytest.approx(db, rel=1e-12)


def test_the_gradient_agrees_with_nudges_and_with_autograd() -> None:
    slopes = backward(forward(W, B, X), X, Y)
    assert check(lambda w: cost(forward(w, B, X), Y), slopes.dw, W) < 1e-6
    assert check(lambda b: cost(forward(W, b, X), Y), slopes.db, B) < 1e-6

    def J(w: np.ndarray, b: float) -> float:
        a = 1 / (1 + anp.exp(-(anp.dot(w.T, X) + b)))
        return -anp.mean(Y * anp.log(a) + (1 - Y) * anp.log(1 - a))

    dw, db = autograd.grad(J, argnum=(0, 1))(W, B)
    np.testing.assert_allclose(slopes.dw, dw, rtol=1e-12)
    assert slopes.db == pytest.approx(float(db), rel=1e-12)


@given(a=st.floats(min_value=0, max_value=1), y=st.sampled_from([0.0, 1.0]))
def test_the_cost_is_finite_for_every_a(a: float, y: float) -> None:
    J = cost(np.array([[a]]), np.array([[y]]))
    assert 0 <= J <= 36.8


def test_certain_and_wrong_costs_53_bits_and_certain_and_right_nothing() -> None:
    A, Y = np.array([[0.0, 1.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 0.0, 1.0]])
    wrong = 53 * math.log(2)
    np.testing.assert_allclose(losses(A, Y), [[wrong, wrong, 0, 0]], atol=2e-16)


def test_a_step_uses_the_old_weights_for_both() -> None:
    slopes = backward(forward(W, B, X), X, Y)
    new = step(Weights(W, B), slopes, 0.5)
    np.testing.assert_array_equal(new.w, W - 0.5 * slopes.dw)
    assert new.b == B - 0.5 * slopes.db


def test_training_folds_the_step_and_keeps_what_was_asked_for() -> None:
    run = train(X, Y, 0.3, 25, every=10)
    weights, J = Weights(np.zeros((3, 1)), 0.0), []
    path = [weights]
    for _ in range(25):
        A = forward(weights.w, weights.b, X)
        J.append(cost(A, Y))
        weights = step(weights, backward(A, X, Y), 0.3)
        path.append(weights)
    J.append(cost(forward(weights.w, weights.b, X), Y))
    assert run.J.tolist() == J
    assert np.array_equal(run.w, weights.w)
    assert run.b == weights.b
    assert run.kept_steps.tolist() == [0, 10, 20, 25]
    for row, t in enumerate([0, 10, 20, 25]):
        assert np.array_equal(run.w_kept[row], path[t].w[:, 0])
        assert run.b_kept[row] == path[t].b
    assert run.diverged_at is None


def test_without_every_the_start_and_the_end_are_kept() -> None:
    run = train(X, Y, 0.1, 3)
    assert run.kept_steps.tolist() == [0, 3]
    assert run.J.shape == (4,)
    assert run.J[0] == pytest.approx(math.log(2), rel=1e-15)
    none = train(X, Y, 0.1, 0, w=W, b=B)
    assert none.kept_steps.tolist() == [0]
    assert np.array_equal(none.w, W)
    assert none.b == B


def test_training_reaches_the_optimum_of_scikit_learn() -> None:
    run = train(X, Y, 1.0, 20_000)
    other = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(X.T, Y[0])
    np.testing.assert_allclose(run.w[:, 0], other.coef_[0], rtol=1e-5)
    assert run.b == pytest.approx(float(other.intercept_[0]), rel=1e-5)
    assert accuracy(forward(run.w, run.b, X), Y) == other.score(X.T, Y[0])


def test_a_run_that_overflows_stops_and_keeps_what_was_before() -> None:
    run = train(X, Y, 1e101, 10)
    assert run.diverged_at is not None
    assert len(run.J) == run.diverged_at >= 1
    assert np.isfinite(run.J).all()
    assert np.isfinite(run.w).all()
    assert np.isfinite(forward(run.w, run.b, X)).all()
    assert run.kept_steps[-1] == run.diverged_at - 1


def test_b_alone_can_diverge() -> None:
    run = train(np.zeros((1, 3)), np.ones((1, 3)), 1e101, 10)
    assert run.diverged_at == 1
    assert run.b == 0.0


def test_training_does_not_change_the_start() -> None:
    w = W.copy()
    train(X, Y, 0.5, 5, w=w, b=B)
    assert np.array_equal(w, W)


def test_predictions_and_accuracy() -> None:
    A = np.array([[0.2, 0.5, 0.500001, 1.0]])
    assert predict(A).tolist() == [[0.0, 0.0, 1.0, 1.0]]
    assert accuracy(A, np.array([[0.0, 1.0, 1.0, 1.0]])) == 0.75


def test_a_rank_1_or_column_y_is_refused_with_what_would_have_happened() -> None:
    A = forward(W, B, X)
    with pytest.raises(ValueError, match=r"silently broadcast to \(40, 40\)"):
        cost(A, Y[0])
    with pytest.raises(ValueError, match=r"Write Y.reshape\(1, -1\)"):
        backward(A, X, Y[0])
    with pytest.raises(ValueError, match=r"silently broadcast the two to \(40, 40\)"):
        cost(A, Y.T)
    with pytest.raises(ValueError, match=r"Write Y\.T"):
        train(X, Y.T, 0.1, 5)
    with pytest.raises(ValueError, match="rank 1"):
        accuracy(A, Y[0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"w": np.zeros(3)}, r"w must be \(3, 1\)"),
        ({"w": np.zeros((2, 1))}, r"w must be \(3, 1\)"),
        ({"w": np.full((3, 1), np.nan)}, "w contains"),
        ({"b": math.inf}, "b contains"),
        ({"Y": Y[:, :5]}, "40 examples"),
        ({"Y": Y * 2}, r"0 or 1; that of example \d+ is 2\."),
        ({"Y": np.vstack([Y, Y])}, r"Y must be \(1, m\)"),
        ({"X": X[0]}, r"X must be \(n_x, m\)"),
        ({"X": np.where(X > 2, np.inf, X)}, "X contains"),
        ({"X": X[:, :0], "Y": Y[:, :0]}, "no examples"),
        ({"alpha": -0.1}, "alpha"),
        ({"alpha": math.nan}, "alpha"),
        ({"steps": -1}, "steps"),
        ({"every": -1}, "every"),
    ],
)
def test_what_cannot_be_trained_is_refused(change: dict, message: str) -> None:
    good = {"X": X, "Y": Y, "alpha": 0.1, "steps": 2}
    with pytest.raises(ValueError, match=message):
        train(**(good | change))
