"""The diagnosis on real runs: each finding, its fix, and runs without one."""

from dataclasses import replace

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from core.datasets import Dataset, make
from core.diagnosis import (
    Finding,
    count_different,
    curvature,
    explain_stop,
    gather,
    pull_and_push,
    saturated_share,
    smaller,
    within_curvature,
)
from core.shallow import History, Parameters, initialize, pack, train

FLOWER = make("flower", 200)
XOR = make("xor", 200)


def run(
    data: Dataset, activation: str, alpha: float, steps: int = 2000, **start: object
) -> tuple[History, Finding | None]:
    history = train(
        initialize(2, 4, **start),  # type: ignore[arg-type]
        data.X,
        data.Y,
        activation,
        alpha,
        steps,
        every=10,
    )
    return history, explain_stop(history, data.X, data.Y, activation, alpha)


@pytest.mark.parametrize(
    ("data", "activation", "alpha"),
    [
        (FLOWER, "tanh", 1.2),
        (XOR, "relu", 0.3),
        (XOR, "leaky_relu", 0.3),
        (make("moons", 200), "sigmoid", 3.0),
        (make("blobs", 200), "linear", 0.3),
    ],
)
def test_a_run_that_went_well_has_no_finding(
    data: Dataset, activation: str, alpha: float
) -> None:
    history, finding = run(data, activation, alpha)
    assert finding is None
    assert history.J[-1] < 0.8 * history.J[0]


def test_divergence_is_named_with_its_step_and_the_fix_works() -> None:
    history, finding = run(FLOWER, "linear", 10.0)
    assert finding is not None
    assert finding.kind == "diverged"
    assert finding.at_step == history.diverged_at
    assert f"step {finding.at_step}" in finding.sentence
    assert finding.fix == ("alpha", 1.0)
    assert run(FLOWER, "linear", 1.0)[1] is None


def test_a_start_beyond_all_bounds() -> None:
    huge = Parameters(*(each * 1e150 for each in vars(initialize(2, 4)).values()))
    history = train(huge, XOR.X, XOR.Y, "tanh", 0.3, 10)
    finding = explain_stop(history, XOR.X, XOR.Y, "tanh", 0.3)
    assert finding is not None
    assert (finding.kind, finding.at_step) == ("diverged", 0)
    assert finding.fix == ("scheme", "random")


def test_zeros_are_named_and_so_is_what_still_learns() -> None:
    _, finding = run(XOR, "tanh", 1.2, scheme="zeros")
    assert finding is not None
    assert (finding.kind, finding.at_step) == ("identical_units", 0)
    assert "only b2 can learn" in finding.sentence
    assert finding.fix == ("scheme", "random")
    assert run(XOR, "tanh", 0.5, scheme="random")[1] is None


@pytest.mark.parametrize(
    ("activation", "start"),
    [
        ("tanh", {"scheme": "constant", "scale": 0.5}),
        ("relu", {"scheme": "constant", "scale": 0.5}),
        # σ(0) is not 0, so W2 gets a gradient, if the classes differ in size.
        ("sigmoid", {"scheme": "zeros"}),
    ],
)
def test_copies_of_one_unit_are_named(activation: str, start: dict) -> None:
    _, finding = run(make("xor", 201), activation, 0.3, **start)
    assert finding is not None
    assert (finding.kind, finding.at_step) == ("identical_units", 0)
    assert "4 hidden units start alike" in finding.sentence


@pytest.mark.parametrize("data", [FLOWER, XOR])
def test_units_thrown_into_death_by_large_steps(data: Dataset) -> None:
    history, finding = run(data, "relu", 10.0)
    assert finding is not None
    assert finding.kind == "dead_units"
    assert finding.fix == ("alpha", 1.0)
    # From the kept step named on, at least half of the units are silent; just
    # before it, fewer of them were.
    i = history.steps.tolist().index(finding.at_step)
    silent = [
        (np.maximum(history.W1[j] @ data.X + history.b1[j], 0).max(axis=1) == 0)
        for j in range(len(history.steps))
    ]
    last = silent[-1]
    assert 2 * last.sum() >= 4
    assert all(each[last].all() for each in silent[i:])
    assert i == 0 or not silent[i - 1][last].all()


def test_units_that_are_dead_from_the_start() -> None:
    start = initialize(2, 4, scheme="fan_in")
    far = Parameters(start.W1, start.b1 - 100.0, start.W2, start.b2)
    history = train(far, XOR.X, XOR.Y, "relu", 0.3, 50)
    finding = explain_stop(history, XOR.X, XOR.Y, "relu", 0.3)
    assert finding is not None
    assert (finding.kind, finding.at_step) == ("dead_units", 0)
    assert "all 4 hidden units" in finding.sentence
    assert finding.fix == ("activation", "leaky_relu")
    again = train(far, XOR.X, XOR.Y, "leaky_relu", 0.3, 50)
    assert explain_stop(again, XOR.X, XOR.Y, "leaky_relu", 0.3) is None


def test_a_cost_that_ends_higher_than_it_began() -> None:
    history, finding = run(FLOWER, "sigmoid", 100.0)
    assert finding is not None
    assert finding.kind == "rising"
    assert finding.fix == ("alpha", 10.0)
    t = finding.at_step
    assert history.J[t] > history.J[t - 1]


def test_a_cost_that_keeps_jumping() -> None:
    history, finding = run(XOR, "tanh", 10.0)
    assert finding is not None
    assert finding.kind == "unsteady"
    assert history.J[finding.at_step] > 1.02 * history.J[finding.at_step - 1]
    assert finding.fix == ("alpha", 3.0)


@pytest.mark.parametrize(
    ("alpha", "times", "expected"),
    [
        (1.2, 3, 0.3),
        (10.0, 10, 1.0),
        (3.0, 3, 1.0),
        (0.3, 10, 0.03),
        (100.0, 3, 30.0),
        (0.05, 3, 0.01),
    ],
)
def test_a_smaller_alpha_is_a_round_number(
    alpha: float, times: float, expected: float
) -> None:
    assert smaller(alpha, times) == expected


def test_a_run_without_steps_has_no_finding() -> None:
    history, finding = run(XOR, "tanh", 0.3, steps=0)
    assert history.J.shape == (1,)
    assert finding is None


@pytest.mark.parametrize(
    ("alpha", "steps", "fix"),
    [(0.003, 2000, ("alpha", 0.03)), (0.3, 20, ("steps", 200))],
)
def test_a_cost_that_hardly_moves_is_named_and_the_fix_helps(
    alpha: float, steps: int, fix: tuple[str, float]
) -> None:
    history, finding = run(FLOWER, "tanh", alpha, steps)
    assert finding is not None
    assert (finding.kind, finding.fix) == ("stalled", fix)
    assert history.J[-1] > 0.99 * history.J[0]
    mended = {"alpha": alpha, "steps": steps} | {fix[0]: fix[1]}
    assert run(FLOWER, "tanh", mended["alpha"], int(mended["steps"]))[0].J[-1] < (
        history.J[-1] - 0.01
    )


def test_a_linear_network_at_its_best_has_not_stalled() -> None:
    history, finding = run(XOR, "linear", 0.01)
    assert history.J[-1] > 0.98 * history.J[0]
    assert finding is None


PENALISED = (
    (FLOWER, "tanh", {}, 0.3),
    (FLOWER, "tanh", {"scheme": "fan_in"}, 0.3),
    (FLOWER, "tanh", {"scale": 10.0}, 0.3),
    (FLOWER, "tanh", {}, 0.1),
    (FLOWER, "relu", {"scheme": "fan_in"}, 0.3),
    (XOR, "tanh", {}, 0.3),
)


@pytest.mark.parametrize(("data", "activation", "start", "l2"), PENALISED)
def test_a_penalty_that_outweighs_the_data_is_named(
    data: Dataset, activation: str, start: dict, l2: float
) -> None:
    before = initialize(2, 4, **start)
    how = data.X, data.Y, activation, 1.2
    finding = explain_stop(train(before, *how, 4000, l2=l2), *how, l2)
    assert finding is not None
    assert (finding.kind, finding.fix) == ("outweighed", ("l2", 0.0))
    assert f"λ = {l2:g}" in finding.sentence
    mended = explain_stop(train(before, *how, 4000), *how)
    assert mended is None or mended.kind != "outweighed"


@pytest.mark.parametrize(
    ("data", "activation", "l2"),
    [(FLOWER, "tanh", 0.003), (XOR, "tanh", 0.01), (make("blobs", 200), "tanh", 0.3)],
)
def test_a_penalty_under_which_the_data_is_learned_is_none(
    data: Dataset, activation: str, l2: float
) -> None:
    how = data.X, data.Y, activation, 1.2
    assert explain_stop(train(initialize(2, 4), *how, 4000, l2=l2), *how, l2) is None


def test_pull_and_push_say_whether_the_weights_grow() -> None:
    """d|w| of one small step is α (push − pull), to first order."""
    at = train(initialize(2, 4), FLOWER.X, FLOWER.Y, "tanh", 1.2, 60).at(-1)
    for l2 in (0.01, 0.2):
        pull, push = pull_and_push(at, FLOWER.X, FLOWER.Y, "tanh", l2)
        sizes = [
            np.linalg.norm(np.append(each.W1, each.W2))
            for each in (
                at,
                train(at, FLOWER.X, FLOWER.Y, "tanh", 1e-6, 1, l2=l2).at(-1),
            )
        ]
        assert (sizes[1] - sizes[0]) / 1e-6 == pytest.approx(push - pull, rel=1e-3)
    nothing = initialize(2, 4, scheme="zeros")
    assert pull_and_push(nothing, FLOWER.X, FLOWER.Y, "tanh", 0.3) == (0, 0)


# ---- the numbers behind a finding ------------------------------------------------


def steepest(at: Parameters, data: Dataset, l2: float) -> float:
    """The largest eigenvalue of all second derivatives, by autograd."""
    n_h = len(at.W1)

    def J(theta: np.ndarray) -> float:
        one = theta[: 3 * n_h].reshape(n_h, 3)
        two = theta[3 * n_h :].reshape(1, n_h + 1)
        Z2 = anp.dot(two[:, :-1], anp.tanh(anp.dot(one[:, :2], data.X) + one[:, 2:]))
        Z2 = Z2 + two[:, -1:]
        loss = anp.mean(anp.log(1 + anp.exp((1 - 2 * data.Y) * Z2)))
        return loss + l2 / 2 * (anp.sum(one[:, :2] ** 2) + anp.sum(two[:, :-1] ** 2))

    return float(np.linalg.eigvalsh(autograd.hessian(J)(pack(at)))[-1])


@pytest.mark.parametrize("steps", [0, 30, 400])
@pytest.mark.parametrize("l2", [0.0, 0.2])
def test_the_curvature_is_the_largest_second_derivative(steps: int, l2: float) -> None:
    at = train(initialize(2, 4), FLOWER.X, FLOWER.Y, "tanh", 1.2, steps).at(-1)
    found = curvature(at, FLOWER.X, FLOWER.Y, "tanh", l2)
    assert found == pytest.approx(steepest(at, FLOWER, l2), rel=0.02)


def test_a_step_beyond_two_over_the_curvature_goes_up_and_one_below_goes_down() -> None:
    """Along the most bent direction of a valley's floor: what the table says."""
    data = make("blobs", 200, seed=1)
    floor = train(initialize(2, 1), data.X, data.Y, "linear", 0.3, 4000, l2=0.05)
    limit = 2 / curvature(floor.at(-1), data.X, data.Y, "linear", 0.05)
    near = Parameters(*(each * 1.01 for each in vars(floor.at(-1)).values()))
    ends = {
        share: train(near, data.X, data.Y, "linear", share * limit, 60, l2=0.05).J
        for share in (0.9, 1.2)
    }
    assert ends[0.9][-1] < ends[0.9][0]
    assert ends[1.2].max() > ends[1.2][0]


def test_saturated_values_are_those_where_the_slope_is_nearly_0() -> None:
    at = Parameters(np.eye(2), np.zeros((2, 1)), np.ones((1, 2)), np.zeros((1, 1)))
    X = np.array([[0.0, 3.0], [10.0, -0.5]])  # of four values two are flat
    assert saturated_share(at, X, "tanh") == 0.5
    assert saturated_share(at, X, "sigmoid") == 0.25
    # ReLU has slope 0 up to 0: of the values 0, 3, 10 and -0.5 at the first and last.
    assert saturated_share(at, X, "relu") == 0.5
    assert saturated_share(at, X, "leaky_relu") == 0.0
    assert saturated_share(at, X, "linear") == 0.0


def test_dead_units_are_flat_too() -> None:
    """What the table says of a network whose units all output 0."""
    history, finding = run(FLOWER, "relu", 10.0)
    assert finding is not None
    seen = gather(finding, history, FLOWER.X, FLOWER.Y, "relu")
    assert (seen.dead, seen.saturated) == (4, 1.0)


def test_a_start_with_huge_weights_is_named() -> None:
    small = initialize(2, 4)
    start = Parameters(30_000 * small.W1, small.b1, small.W2, small.b2)
    history = train(start, FLOWER.X, FLOWER.Y, "tanh", 0.01, 100)
    finding = explain_stop(history, FLOWER.X, FLOWER.Y, "tanh", 0.01)
    assert finding is not None
    assert (finding.kind, finding.fix) == ("saturated", ("scheme", "random"))
    assert "start so large that" in finding.sentence


def test_units_thrown_where_they_are_flat_are_named() -> None:
    """A run that went well but for W1, which grows a thousandfold on its way."""
    history = train(initialize(2, 4), FLOWER.X, FLOWER.Y, "tanh", 0.3, 100)
    grown = np.geomspace(1, 1e5, 101)[:, None, None]
    history = replace(history, W1=history.W1 * grown)
    finding = explain_stop(history, FLOWER.X, FLOWER.Y, "tanh", 0.3)
    assert finding is not None
    assert (finding.kind, finding.fix) == ("saturated", ("alpha", 0.03))
    assert "(at the start 0 %)" in finding.sentence


def test_copies_are_counted_once() -> None:
    row = np.array([0.1, 0.2, 0.0])
    rows = np.stack([row, 2 * row, row * (1 + 1e-12), row])
    assert count_different(rows) == 2


def test_the_evidence_is_that_of_the_step_before_the_first_bad_one() -> None:
    start = initialize(2, 4)
    history = train(start, FLOWER.X, FLOWER.Y, "linear", 10.0, 2000)
    finding = explain_stop(history, FLOWER.X, FLOWER.Y, "linear", 10.0)
    assert finding is not None
    seen = gather(finding, history, FLOWER.X, FLOWER.Y, "linear")
    assert seen.bad_step is not None
    assert history.J[seen.bad_step] > 1.02 * history.J[seen.bad_step - 1]
    assert seen.step == seen.bad_step - 1
    assert seen.largest == max(np.abs(pack(history.at(-1))))
    assert (seen.n_h, seen.saturated) == (4, 0.0)
    assert 2 / seen.curvature < 10.0


def test_an_alpha_to_try_fits_the_curvature() -> None:
    start = initialize(2, 4)
    history = train(start, FLOWER.X, FLOWER.Y, "tanh", 1000.0, 300)
    finding = explain_stop(history, FLOWER.X, FLOWER.Y, "tanh", 1000.0)
    assert finding is not None
    assert finding.fix == ("alpha", 100.0)
    seen = gather(finding, history, FLOWER.X, FLOWER.Y, "tanh")
    name, alpha = within_curvature(finding, seen).fix
    assert name == "alpha"
    assert float(alpha) <= 2 / seen.curvature < 100
    stalled = Finding("stalled", 0, "", ("alpha", 0.1))
    assert within_curvature(stalled, seen) == stalled
