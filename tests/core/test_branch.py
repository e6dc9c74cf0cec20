"""Training that goes on from a value set by hand."""

import numpy as np
import pytest

from core import shallow
from core.branch import Edit, branch, check_edit, edited, steps_to_go
from core.datasets import make, split
from core.training import score_network

PARTS = split(make("moons", 60, 0.2, 1), 0.2, 1)
RUN = shallow.train(
    shallow.initialize(2, 3, seed=1), PARTS.train.X, PARTS.train.Y, "tanh", 0.5, 40
)
EDIT = Edit(step=10, name="W1", row=2, column=1, value=-1.5)


def test_one_value_is_set_and_the_run_stays_as_it_was():
    before = RUN.at(10)
    after = edited(RUN, EDIT)
    assert after.W1[2, 1] == -1.5
    assert np.sum(after.W1 != before.W1) == 1
    for name in ("b1", "W2", "b2"):
        assert np.array_equal(getattr(after, name), getattr(before, name))
    assert RUN.W1[10, 2, 1] != -1.5


@pytest.mark.parametrize(("step", "more"), [(0, 40), (10, 30), (20, 20), (40, 20)])
def test_it_goes_on_to_the_end_and_at_least_half_a_run(step, more):
    assert steps_to_go(RUN, Edit(step, "b2", 0, 0, 0.0)) == more


def test_an_edit_that_changes_nothing_gives_the_same_run():
    same = Edit(10, "W2", 0, 1, float(RUN.W2[10, 0, 1]))
    grown = branch(RUN, PARTS, "tanh", 0.5, same)
    assert grown.history.steps[0] == 10
    assert grown.history.steps[-1] == 40
    assert np.allclose(grown.history.W1[-1], RUN.W1[-1], rtol=0, atol=1e-12)
    assert np.allclose(grown.history.J, RUN.J[10:], rtol=0, atol=1e-12)


def test_a_branch_is_the_readable_step_repeated():
    grown = branch(RUN, PARTS, "tanh", 0.5, EDIT)
    now = edited(RUN, EDIT)
    X, Y = PARTS.train.X, PARTS.train.Y
    for _ in range(30):
        cache = shallow.forward(now, X, "tanh")
        slopes = shallow.backward(now, cache, X, Y, "tanh")
        now = shallow.step(now, slopes, 0.5)
    assert np.allclose(grown.history.W1[-1], now.W1, rtol=0, atol=1e-12)
    scored = score_network(grown.history, PARTS, "tanh")
    assert np.array_equal(grown.score.train.J, scored.train.J)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"step": 41}, "step 41 of this run was not kept"),
        ({"name": "W3"}, "the network has no W3"),
        ({"name": "__class__"}, "the network has no"),
        ({"row": 3}, r"W1 has shape \(3, 2\)"),
        ({"column": -1}, r"W1 has shape \(3, 2\)"),
        ({"name": "b1"}, r"b1 has shape \(3, 1\)"),
        ({"value": float("nan")}, "from -1000 to 1000"),
        ({"value": 1001.0}, "from -1000 to 1000"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(change, reason):
    with pytest.raises(ValueError, match=reason):
        check_edit(Edit(**{**vars(EDIT), **change}), RUN)
