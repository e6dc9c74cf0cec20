"""The figures of the cost page show the numbers of the core."""

import numpy as np
import pytest

from charts import cost, cost_valleys
from core.descent import GLOBAL, LOCAL
from core.losses import EXAMPLES, LOSSES, bend_maps, every_start, hessian
from core.rounding import readable
from core.sweep import Sweep
from tests.charts.test_slopes import rows
from ui.live_figure.packing import pack

RUNS = {
    name: {key: every_start(loss, examples) for key, loss in LOSSES.items()}
    for name, examples in EXAMPLES.items()
}
MAPS = {name: bend_maps(examples) for name, examples in EXAMPLES.items()}


def every_sweep() -> list[Sweep]:
    drawn = [cost.loss_chart(y) for y in (0, 1)]
    drawn += [cost_valleys.valley_chart(name, RUNS[name]) for name in EXAMPLES]
    drawn += [
        cost_valleys.bend_chart(key, name, 1.5, MAPS[name])
        for name in EXAMPLES
        for key in LOSSES
    ]
    return [sweep for _, sweep in drawn]


def test_every_part_of_a_sweep_has_as_many_frames_as_values():
    for sweep in every_sweep():
        assert len(rows(sweep)) == 1


@pytest.mark.parametrize("y", [0, 1])
def test_the_losses_are_those_of_the_core_and_always_finite(y):
    _, sweep = cost.loss_chart(y)
    label = np.full(sweep.values.shape, float(y))
    entropy = LOSSES["cross_entropy"].L(sweep.values, label)
    assert sweep.readout[0].shown == tuple(map(readable, entropy))
    for told, loss in zip(sweep.says, entropy, strict=True):
        assert readable(loss) in told
        assert "not defined" not in told


@pytest.mark.parametrize(("y_hat", "y"), [(0.0, 0), (0.0, 1), (1.0, 0), (1.0, 1)])
def test_the_edges_are_explained_and_pull_back(y_hat, y):
    assert cost.loss_story(y_hat, y, asked=False).startswith("**At the edge.**")
    squared, entropy = cost.pull(y_hat, y)
    assert (squared, entropy) == (0.0, y_hat - y)
    assert r"\infty" not in cost.loss_formula(y_hat, y)


@pytest.mark.parametrize("y", [0, 1])
def test_squared_error_teaches_less_once_the_truth_gets_less_than_a_third(y):
    truth = np.linspace(0.01, 0.99, 99)
    pulls = [abs(cost.pull(p if y == 1 else 1 - p, y)[0]) for p in truth]
    assert truth[np.argmax(pulls)] == pytest.approx(1 / 3, abs=0.005)
    assert "less than ⅓" in cost.loss_story(0.7, y, asked=True)


def test_the_answer_is_not_told_before_it_is_asked_for():
    assert cost.loss_story(0.7, 1, asked=False) == ""
    before = cost_valleys.ends_table(RUNS["four"], 4.0, asked=False)
    after = cost_valleys.ends_table(RUNS["four"], 4.0, asked=True)
    assert (len(before), len(after)) == (1, 3)


@pytest.mark.parametrize(("data", "answer"), [("four", "two"), ("twelve", "same")])
def test_two_starts_end_as_the_core_says(data, answer):
    assert cost_valleys.ends_question(data, RUNS[data])[2] == answer
    kinds = {end.kind for end in RUNS[data]["squared"].endings}
    assert kinds == ({GLOBAL, LOCAL} if answer == "two" else {GLOBAL})
    assert {end.kind for end in RUNS[data]["cross_entropy"].endings} == {GLOBAL}


@pytest.mark.parametrize("data", EXAMPLES)
@pytest.mark.parametrize("key", LOSSES)
def test_the_map_says_down_only_where_the_hessian_is_negative(data, key):
    figure, sweep = cost_valleys.bend_chart(key, data, 1.5, MAPS[data])
    x, y = cost_valleys.examples_of(data)
    at = hessian(LOSSES[key], x, y, sweep.values, np.full(sweep.values.shape, 1.5))
    for told, bend in zip(sweep.says, at.smallest, strict=True):
        assert ("bends down" in told) == (bend < 0)
    z = sweep.maps[0].z
    assert ((z < 0.5) == (MAPS[data].bend[key] < 0)).all()
    words = set(figure.data[1].text)
    assert words == ({"up", "down"} if key == "squared" else {"up everywhere"})


@pytest.mark.parametrize("data", EXAMPLES)
@pytest.mark.parametrize("key", LOSSES)
@pytest.mark.parametrize("b", [-6.0, -2.5, 0.0, 1.5, 5.5, 6.0])
def test_no_word_of_the_map_is_covered_by_the_point(data, key, b):
    figure, _ = cost_valleys.bend_chart(key, data, b, MAPS[data])
    assert len(figure.data[1].text)
    assert min(abs(np.array(figure.data[1].y) - b)) >= cost_valleys.BESIDE


def test_the_page_is_small_enough_for_a_slow_line():
    drawings = [
        pack(*cost.loss_chart(1)),
        pack(*cost_valleys.valley_chart("four", RUNS["four"])),
        *(
            pack(*cost_valleys.bend_chart(key, "four", 0.0, MAPS["four"]))
            for key in LOSSES
        ),
    ]
    assert sum(len(drawing.text) for drawing in drawings) < 400_000
