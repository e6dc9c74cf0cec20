"""Figures and words of the one-neuron page, against the core."""

import numpy as np
import pytest

from charts import demand as charts
from charts import story
from core.demand import demand, learn_demand, misfit, t_shirts
from core.rounding import readable
from core.story import ASKED, FACTORS, factors_found, guess, market, study, told
from ui.live_figure.packing import pack

MOST = 500_000


def check(figure, sweep):
    n = len(sweep.values)
    for trace, attributes in sweep.moving.items():
        assert trace < len(figure.data)
        assert {len(rows) for rows in attributes.values()} == {n}
    assert {len(each.shown) for each in sweep.readout} <= {n}
    assert len(sweep.says) in {0, n}
    return len(pack(figure, sweep).text)


@pytest.mark.parametrize("chart", [charts.drag_w, charts.drag_b])
@pytest.mark.parametrize("other", [-6.0, 0.0, 16.0])
def test_by_hand_every_trace_has_every_frame(chart, other):
    assert check(*chart(other)) < MOST


def test_the_readout_is_the_cores():
    _, sweep = charts.drag_w(9.0)
    i = sweep.nearest(-2.6)
    shown = {each.symbol: each.shown[i] for each in sweep.readout}
    assert shown["J"] == readable(misfit(-2.6, 9.0, t_shirts()), 3)
    assert shown["at €20"] == f"{100 * float(demand(-2.6, 9.0, 2.0)):,.0f}"
    assert sweep.says[i] == (
        "w = −2.6. It finds buyers up to €35; from there on the ReLU says 0."
    )


def test_what_a_neuron_says_covers_every_neuron():
    shop = t_shirts()
    said = {charts.sentence(w, b, shop) for w in (-6, -1, 0, 2) for b in (-2, 0, 9)}
    assert len(said) >= 4
    assert not any("nan" in each for each in said)


@pytest.mark.parametrize(
    ("w", "b", "alpha", "word"),
    [
        (-1.0, 6.0, 0.1, "it found w = −2.761"),
        (-1.0, 6.0, 0.01, "still on its way after 400 steps: J is 0.3017"),
        (-6.0, 16.0, 0.01, "still on its way"),
        (-1.0, 6.0, 1.0, "too long"),
        (-6.0, 4.0, 1.0, "too long"),
        (1.0, -2.0, 0.1, "come to rest"),
        (-6.0, 0.0, 0.1, "dead"),
    ],
)
def test_a_run_is_shown_and_told(w, b, alpha, word):
    size = check(*charts.learning_chart(w, b, alpha))
    assert size + check(*charts.misfit_chart(w, b, alpha)) < MOST
    assert word in charts.learned_notice(w, b, alpha)


def test_the_last_frame_is_the_descents_end():
    _, sweep = charts.learning_chart(-1.0, 6.0, 0.1)
    w, b = learn_demand(t_shirts(), -1.0, 6.0, 0.1, charts.STEPS).w[-1]
    assert sweep.readout[0].shown[-1] == readable(float(w))
    assert sweep.readout[1].shown[-1] == readable(float(b))


@pytest.mark.parametrize("n_h", [1, 3, 8])
def test_the_network_is_shown_at_every_kept_step(n_h):
    lesson = study(n_h, 1)
    figure, sweep = story.network_chart(n_h, 1, lesson)
    size = check(figure, sweep) + check(*story.scatter_chart(n_h, 1, lesson))
    assert size < MOST
    assert len(story.weights_table(lesson, 1000)) == 3 + n_h
    assert len(story.correlations_table(lesson, 0)) == n_h


@pytest.mark.parametrize(("n_h", "mixtures"), [(3, 2), (8, 0)])
def test_of_many_units_only_those_that_tell_something_are_named(n_h, mixtures):
    _, sweep = story.network_chart(n_h, 10, study(n_h, 10))
    *named, output = sweep.moving[3]["text"][-1]
    assert (named.count("mixture"), output) == (mixtures, "demand")
    assert "affordability" in named


def test_an_edge_is_coloured_as_far_as_its_weight_is_large():
    lesson = study(3, 1)
    _, sweep = story.network_chart(3, 1, lesson)
    start, end = story.edges(3)
    weights = story.weights_of(lesson.parameters[-1])
    lengths = np.linalg.norm(end - start, axis=1)
    for trace, sign in ((1, 1), (2, -1)):
        x = sweep.moving[trace]["x"][-1].reshape(-1, 3)
        y = sweep.moving[trace]["y"][-1].reshape(-1, 3)
        drawn = np.hypot(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]) / lengths
        assert np.array_equal(np.isfinite(drawn), np.sign(weights) == sign)
        first = np.isfinite(drawn[:12])
        assert np.corrcoef(drawn[:12][first], np.abs(weights[:12])[first])[0, 1] > 0.999


def test_words_about_the_units_are_the_cores():
    lesson = study(5, 2)
    r = np.abs(told(lesson.parameters[-1], market(seed=1))).max(axis=0)
    assert all(f"{name} {best:.2f}" in story.notice(lesson)
               for name, best in zip(FACTORS, r, strict=True))  # fmt: skip
    assert "it can happen" in story.notice(lesson)
    _, sweep = story.scatter_chart(5, 2, lesson)
    shop = market(seed=1)
    last = guess(lesson.parameters[-1], shop.X)[0, :80]
    assert sweep.moving[1]["y"][-1] == pytest.approx(last)


def test_the_question_is_answered_by_training():
    n_h, starts = ASKED
    truth, why = story.answer([factors_found(n_h, seed) for seed in range(starts)])
    assert truth == "0"
    assert "0, 1, 0, 0, 1, 0, 0, 0, 0, 0" in why
