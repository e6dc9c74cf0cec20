"""Figures and words of the page "Why now?", against the core."""

import numpy as np
import pytest

from charts import why_now as charts
from core.rounding import in_full, readable
from core.scale import AMOUNTS, MODELS, SUBJECTS, median_share, read_curves
from core.speed import Day, costs_on_the_way, gain, steps_to
from ui.live_figure.packing import pack

MOST = 500_000
KEYS = tuple(SUBJECTS)


def check(figure, sweep):
    n = len(sweep.values)
    for trace, attributes in sweep.moving.items():
        assert trace < len(figure.data)
        assert {len(rows) for rows in attributes.values()} == {n}
    assert {len(each.shown) for each in sweep.readout} <= {n}
    assert len(sweep.says) in {0, n}
    assert len(pack(figure, sweep).text) < MOST


@pytest.mark.parametrize("key", KEYS)
def test_the_curves_are_the_stored_ones(key):
    figure, sweep = charts.data_chart(key)
    check(figure, sweep)
    assert sweep.values.tolist() == list(AMOUNTS)
    for readout, model in zip(sweep.readout, MODELS, strict=True):
        curve = read_curves()[key, model]
        shares = [median_share(row) for row in curve.right]
        assert readout.shown == tuple(f"{readable(100 * s, 3)} %" for s in shares)
        line = figure.data[2 * MODELS.index(model) + 1]
        assert np.array_equal(line.y, shares)


@pytest.mark.parametrize("key", KEYS)
def test_the_lead_is_the_difference_of_the_percentages_that_are_shown(key):
    _, sweep = charts.data_chart(key)
    for i, said in enumerate(sweep.says):
        shown = [float(each.shown[i].removesuffix(" %")) for each in sweep.readout]
        lead = max(shown) - shown[0]
        assert (f"{lead:.1f} points" if lead else "nothing beats") in said


def test_a_number_is_written_as_in_the_answer():
    _, truth, why = charts.slope_question()
    assert f"(¼)⁵ = {in_full(truth)}:" in why


@pytest.mark.parametrize("key", KEYS)
def test_the_question_is_about_the_other_subject(key):
    question, options, truth, why = charts.data_question(key)
    other = {"spiral": "silhouettes", "silhouettes": "spiral"}[key]
    assert other in question
    assert truth == "none"
    assert truth in options
    assert why


def test_differences_have_a_name():
    named = [charts.points(d) for d in (-0.1, 0.009, 0.01, 0.1, 0.11)]
    assert named == ["none", "none", "some", "some", "much"]


def test_a_point_trained_again_is_compared_with_the_stored_one():
    right = charts.recomputed("spiral", "logistic", 0)
    stored = int(read_curves()["spiral", "logistic"].right[0, 0])
    assert abs(right - stored) <= 4
    assert "the very same" in charts.live_words("spiral", "logistic", 0, stored)
    assert "3 of 400 apart" in charts.live_words("spiral", "logistic", 0, stored + 3)
    assert not charts.can_be_recomputed("silhouettes", "large", 6)


def test_slopes_are_shown_at_every_z():
    figure, sweep = charts.slope_chart()
    check(figure, sweep)
    i = sweep.nearest(0.0)
    assert sweep.readout[0].shown[i] == "0.25"
    assert sweep.says[-1].endswith("the ReLU all of it.")
    assert charts.layers_table(0.0).iloc[2, 1] == readable(0.25**5, 3)


@pytest.mark.parametrize("data", charts.RACE_DATA)
def test_the_race_tells_the_steps_of_the_core(data):
    figure, sweep = charts.race_chart(data)
    check(figure, sweep)
    i = sweep.nearest(0.5)
    for readout, name in zip(sweep.readout, ("sigmoid", "relu"), strict=True):
        step = steps_to(costs_on_the_way(name, data), 0.5)
        assert readout.shown[i] == charts.step_words(step)
    assert charts.race_notice(data).startswith("**What to notice.**")


@pytest.mark.parametrize(
    ("data", "said", "better"),
    [
        ("circles", "many times sooner", True),
        ("moons", "many times sooner", True),
        ("flower", "not better in the end", False),
        ("spiral", "neither gets near 0", True),
    ],
)
def test_the_race_is_told_as_it_ended(data, said, better):
    sigmoid, relu = (costs_on_the_way(name, data)[-1] for name in ("sigmoid", "relu"))
    assert bool(relu < sigmoid) is better
    assert said in charts.race_notice(data)


@pytest.mark.parametrize(
    ("sigmoid", "relu", "said"),
    [
        (None, None, "Neither"),
        (None, 5, "Only the ReLU"),
        (5, None, "Only the sigmoid"),
        (3, 3, "as many"),
        (100, 10, "The ReLU gets there in 10 times"),
        (10, 100, "The sigmoid gets there in 10 times"),
        (8, 0, "8 times"),
    ],
)
def test_every_end_of_a_race_has_words(sigmoid, relu, said):
    assert said in charts.race_sentence(sigmoid, relu)


@pytest.mark.parametrize("thinking", charts.THINKING)
@pytest.mark.parametrize("faster", charts.FASTER)
def test_a_day_is_counted_as_in_the_core(thinking, faster):
    figure, sweep = charts.loop_chart(thinking, faster)
    check(figure, sweep)
    i = sweep.nearest(60.0)
    assert sweep.values[i] == 60
    day = Day(thinking, 60.0)
    assert sweep.readout[0].shown[i] == readable(day.experiments, 3)
    assert readable(gain(day, faster), 3) in sweep.says[i]
    assert len(charts.loop_table(thinking, faster)) == 6


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1 / 60, "1 s"), (1, "1 min"), (59.9, "1 h"), (90, "1.5 h"), (2880, "2 days")],
)
def test_a_training_time_in_its_unit(minutes, said):
    assert charts.duration(minutes) == said
