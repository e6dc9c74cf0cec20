"""The figures of the likelihood page show the numbers of the core."""

import numpy as np
import pytest

from charts import likelihood as charts
from charts import underflow as long
from core.likelihood import EXAMPLES, likelihood
from core.rounding import readable
from core.sweep import Sweep
from tests.charts.test_slopes import rows
from ui.live_figure.packing import pack

CURVES = ("product", "log", "cost")
SETTINGS = [(data, b) for data in EXAMPLES for b in (-3.0, 0.0, 2.5)]
each_setting = pytest.mark.parametrize(("data", "b"), SETTINGS)


def sweeps(data: str, b: float) -> list[Sweep]:
    drawn = [charts.stick_chart(data, b), charts.label_chart()]
    drawn += [charts.curve_chart(which, data, b) for which in CURVES]
    drawn += [long.underflow_chart(seed) for seed in (0, 99)]
    return [sweep for _, sweep in drawn]


@each_setting
def test_every_part_of_a_sweep_has_as_many_frames_as_values(data, b):
    for sweep in sweeps(data, b):
        assert len(rows(sweep)) == 1


@each_setting
def test_sticks_are_as_long_as_the_probabilities(data, b):
    _, sweep = charts.stick_chart(data, b)
    x, y = charts.examples_of(data)
    for i in (0, 70, len(sweep.values) - 1):
        at = likelihood(sweep.values[i] * x + b, y)
        for trace, label in ((0, 1), (1, 0)):
            feet, tips, _ = sweep.moving[trace]["y"][i].reshape(-1, 3).T
            np.testing.assert_allclose(np.abs(tips - feet), at.P[y == label])
        assert sweep.readout[0].shown[i] == readable(float(at.product))
        assert sweep.readout[1].shown[i] == sweep.readout[2].shown[i]
        assert readable(float(at.product)) in sweep.says[i]


@each_setting
def test_the_three_curves_have_one_best_place_or_none(data, b):
    best = charts.best_of(charts.curve_of(data, b))
    assert (best is None) == (
        "on and on" in charts.curve_chart("log", data, b)[0].data[2].text[0]
    )
    tops = {which: charts.curve_chart(which, data, b)[0].data[0].y for which in CURVES}
    if best is not None:
        places = [np.argmax(tops["product"]), np.argmax(tops["log"])]
        assert {*places, np.argmin(tops["cost"])} == {int(np.argmin(tops["cost"]))}
        assert readable(best) in charts.story(data, b)


@pytest.mark.parametrize("seed", [0, 7, 99])
def test_the_product_really_underflows_and_the_sum_does_not(seed):
    run = long.run_of(seed)
    assert run.zero_from is not None
    _, sweep = long.underflow_chart(seed)
    for m, gone in ((run.zero_from - 1, False), (run.zero_from, True)):
        i = sweep.nearest(m)
        assert sweep.values[i] == m
        assert (sweep.readout[0].shown[i] == "exactly 0") == gone
        assert ("exactly 0" in sweep.says[i]) == gone
        assert sweep.readout[1].shown[i] == readable(float(run.log_sum[m - 1]))
    assert long.product_question(seed)[2] == "zero"


def test_a_product_of_0_is_called_the_same_everywhere():
    _, sweep = long.underflow_chart(0)
    words = [*sweep.says, long.summary(0, 2000), long.product_question(0)[3]]
    assert "0.0" not in {word.strip(".,:;") for said in words for word in said.split()}
    assert "the product is exactly 0" in long.summary(0, 2000)


@pytest.mark.parametrize(("data", "b"), [("apart", 0.0), ("apart", -3.0)])
@pytest.mark.parametrize("which", CURVES)
def test_where_no_w_is_best_nothing_says_so_and_no_word_touches_a_curve(which, data, b):
    assert "Largest" not in charts.titles(None)["log"]
    assert "Largest" in charts.titles(1.0)["log"]
    figure, sweep = charts.curve_chart(which, data, b)
    layout = figure.to_plotly_json()["layout"]
    (left, right), (low, high) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    words = figure.data[2]
    # 110 by 24 pixels of a plot that is 235 wide and 190 high, 160 wide on a tablet.
    wide, tall = 110 / 235 * (right - left), 24 / 190 * (high - low)
    vertical, horizontal = words.textposition.split()
    x = words.x[0] + np.array({"left": (-wide, 0), "right": (0, wide)}[horizontal])
    y = words.y[0] + np.array({"top": (0, tall), "bottom": (-tall, 0)}[vertical])
    curve = sweep.moving[3]["y"][:, 0]
    near = (x[0] <= charts.W) & (x[1] >= charts.W)
    assert not ((curve[near] > y[0]) & (curve[near] < y[1])).any()


def test_the_question_is_answered_by_the_core():
    question, truth, explanation = charts.half_question("overlap")
    assert truth == 0.5**12
    assert "12" in question
    assert "½¹²" in explanation


def test_the_page_is_small_enough_for_a_slow_line():
    drawings = [
        pack(*charts.stick_chart("overlap", 0.0)),
        pack(*charts.label_chart()),
        *(pack(*charts.curve_chart(which, "overlap", 0.0)) for which in CURVES),
        pack(*long.underflow_chart(0)),
    ]
    assert sum(len(drawing.text) for drawing in drawings) < 400_000
