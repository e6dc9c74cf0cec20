"""Two models side by side, and one to fifty units, against the core."""

from dataclasses import replace

import numpy as np
import pytest

from charts import many_units, two_runs
from charts.training import pair
from core.logistic import accuracy
from core.rounding import readable
from core.shallow import cost, forward
from core.studio import BY_UNITS, SIZES, USUAL
from core.training import Choices, confusion, train_both
from ui.live_figure.packing import pack

SMALL = replace(USUAL, m=60, steps=300)
OTHERS = (
    None,
    replace(SMALL, n_h=9, steps=1000),
    replace(SMALL, data="xor", held_out=0.0),
    replace(SMALL, activation="linear", alpha=10.0),
    replace(SMALL, steps=0),
)


def models(other: Choices | None) -> tuple[two_runs.Model, two_runs.Model]:
    return pair(SMALL, train_both(SMALL), other, other and train_both(other))


@pytest.mark.parametrize("other", OTHERS)
def test_every_trace_has_a_row_for_every_step(other: Choices | None) -> None:
    both = models(other)
    figure, sweep = two_runs.beside_chart("", both)
    count = len(sweep.values)
    assert count <= two_runs.FRAMES + 2
    assert sweep.values[0] == 0
    assert sweep.values[-1] == max(model.run.steps[-1] for model in both)
    for trace, attributes in sweep.moving.items():
        assert trace < len(figure.data)
        assert {len(rows) for rows in attributes.values()} == {count}
    for each in sweep.maps:
        assert each.z.shape == (count, two_runs.CELLS, two_runs.CELLS)
    assert len(sweep.says) == count
    shown = sum(
        len(t.x) for t in figure.data if t.mode == "markers" and t.x is not None
    )
    assert shown == sum(
        part.Y.size for m in both for part in (m.split.train, m.split.held_out)
    )


def test_each_point_is_asked_at_its_own_step() -> None:
    X, i = np.array([[1.0, -2.0, 0.5], [0.3, 1.0, -3.0]]), np.array([4, 0, 9])
    for model in models(None):
        one_by_one = [
            model.answers(X[:, k : k + 1], i[k : k + 1])[0, 0] for k in range(3)
        ]
        np.testing.assert_allclose(model.answers_each(X, i), one_by_one, rtol=1e-12)


def test_a_run_that_has_ended_stays_where_it_ended() -> None:
    short, long = models(replace(SMALL, steps=1000))[::-1]
    steps = np.array([0, 7, 300, 999, 1000])
    assert short.run.steps[short.at(steps)].tolist() == [0, 7, 300, 300, 300]
    assert long.run.steps[long.at(steps)[-1]] == 1000


def test_the_table_has_the_numbers_of_the_core() -> None:
    _, now = models(None)
    table = two_runs.scores_table("", 300, models(None))
    assert list(table) == [
        "after step 300",
        "logistic regression, training",
        "logistic regression, held out",
        "this run, training",
        "this run, held out",
    ]
    X, Y = now.split.held_out.X, now.split.held_out.Y
    A2 = forward(now.run.history.at(-1), X, "tanh").A2
    column = table["this run, held out"].tolist()
    assert column[0] == readable(cost(A2, Y))
    assert column[1] == two_runs.percent(accuracy(A2, Y))
    counts = [int(each) for each in column[2:]]
    assert sum(counts) == Y.size
    assert counts[0] + counts[3] == round(accuracy(A2, Y) * Y.size)
    taken = np.array(counts).reshape(2, 2)
    assert taken.sum(axis=1).tolist() == [(Y == 0).sum(), (Y == 1).sum()]


def test_the_table_says_where_J_leaves_out_a_penalty() -> None:
    light = replace(SMALL, l2=0.003)
    for other in (None, SMALL):
        both = pair(light, train_both(light), other, other and train_both(other))
        table = two_runs.scores_table("", 300, both)
        assert table["after step 300"][0] == "J without the penalty"
    assert two_runs.scores_table("", 300, models(None))["after step 300"][0] == "J"


def test_confusion_counts_what_a_loop_counts() -> None:
    A, Y = np.array([[0.9, 0.2, 0.7, 0.1]]), np.array([[1.0, 1.0, 0.0, 0.0]])
    assert confusion(A, Y).tolist() == [[1, 1], [1, 1]]
    assert confusion(A, np.array([[1.0, 0.0, 1.0, 0.0]])).tolist() == [[2, 0], [0, 2]]


def test_side_by_side_stays_within_the_budget() -> None:
    big = replace(USUAL, m=5000, n_h=4, steps=2000, noise=0.8)
    run, other = train_both(big), train_both(replace(big, data="spiral", n_h=8))
    both = pair(big, run, replace(big, data="spiral"), other)
    assert len(pack(*two_runs.beside_chart("", both)).text) < 300_000


def test_one_to_fifty_units() -> None:
    runs = [train_both(replace(each, steps=200, m=60)) for each in BY_UNITS.values()]
    figure, sweep = many_units.units_chart("", runs)
    count = len(sweep.values)
    assert len(sweep.maps) == len(SIZES) == 7
    assert {each.z.shape[0] for each in sweep.maps} == {count}
    for trace, attributes in sweep.moving.items():
        assert figure.data[trace].mode == "text"
        assert len(attributes["text"]) == count
    last = [rows["text"][-1][0] for rows in sweep.moving.values()]
    right = [run.network_score.train.accuracy[-1] for run in runs]
    for n, text, share in zip(SIZES, last, right, strict=True):
        plural = "s" if n > 1 else ""
        assert text == f"{n} unit{plural}: {two_runs.percent(share)}"
    table = many_units.units_table("", runs)
    assert table["numbers to learn"].tolist()[:2] == ["5", "9"]
    assert many_units.units_notice("", runs).startswith("**What to notice.**")
    assert len(pack(figure, sweep).text) < 300_000
