"""Figures and sentences of the gradient descent page over one parameter."""

import re

import numpy as np
import pytest

from charts import descent, descent_words
from core.descent import DIVERGING, GLOBAL, LOCAL, MONOTONE
from core.source import script
from core.walks import Setting, walks
from tests.take_home import run
from ui.live_figure.packing import pack

SETTINGS = {
    "first": (Setting("parabola", 2.0, "", 2.0, 25), 0.1),
    "too long": (Setting("parabola", 2.0, "", 2.0, 25), 1.1),
    "bouncing": (Setting("parabola", 3.0, "", 2.0, 25), 2 / 3),
    "at rest": (Setting("parabola", 2.0, "", 0.0, 25), 0.1),
    "one step": (Setting("parabola", 8.0, "", -6.0, 1), 0.125),
    "logistic": (Setting("logistic", 2.0, "", -6.0, 200), 20.0),
    "wrong valley": (Setting("squared", 2.0, "", -2.0, 100), 20.0),
    "overflow": (Setting("own", 2.0, "w**4", 6.0, 50), 1.0),
    "no value": (Setting("own", 2.0, "log(w)", -2.0, 50), 1.0),
    "leaves": (Setting("own", 2.0, "log(w)", 2.0, 50), 3.5),
    "no minimum": (Setting("own", 2.0, "-w", 2.0, 50), 1.0),
    "onto a maximum": (Setting("own", 2.0, "w**4 - 3*w**2", 2.0, 25), 0.1),
    "runs away": (Setting("own", 2.0, "-w**2", 2.0, 60), 0.1),
    "into a hole": (Setting("own", 2.0, "log(w)", 2.0, 25), 0.1),
    "past a saddle": (Setting("own", 2.0, "w**3", 2.0, 25), 0.2),
    "level": (Setting("own", 2.0, "exp(w)", 6.0, 25), 10.0),
    "falls without end": (Setting("own", 2.0, "-w**4", 2.0, 60), 0.1),
    "many minima": (Setting("own", 2.0, "sin(3*w)", 2.0, 200), 0.1),
}
EACH = pytest.mark.parametrize(("setting", "alpha"), SETTINGS.values(), ids=SETTINGS)


def each_row(sweep):
    for attributes in sweep.moving.values():
        yield from attributes.values()


@EACH
def test_every_frame_has_everything(setting, alpha):
    for fig, sweep in (
        descent.steps_chart(setting, alpha),
        descent.alpha_chart(setting),
    ):
        frames = len(sweep.values)
        assert len(sweep.shown) == len(sweep.says) == frames
        assert all(len(number.shown) == frames for number in sweep.readout)
        assert all(len(rows) == frames for rows in each_row(sweep))
        assert all(len(rows) == frames for rows in sweep.growing.values())
        assert max([*sweep.moving, *sweep.growing]) < len(fig.data)


@EACH
def test_the_data_is_small_and_fits_float32(setting, alpha):
    drawings = [
        pack(*descent.steps_chart(setting, alpha)),
        pack(*descent.alpha_chart(setting)),
    ]
    assert sum(len(drawing.text) for drawing in drawings) < 250_000


@EACH
def test_sentences_and_tables_have_no_stray_words(setting, alpha):
    all_walks = walks(setting)
    path = all_walks.path(alpha)
    said = [
        *descent.steps_chart(setting, alpha)[1].says,
        *descent.alpha_chart(setting)[1].says,
        descent_words.regime_story(setting, all_walks, alpha),
        descent_words.ending_story(all_walks, alpha),
        descent_words.steps_alt(all_walks, alpha),
        descent_words.alpha_alt(all_walks),
        *descent_words.next_question(setting, all_walks)[::2],
    ]
    for sentence in said:
        assert not re.search(r"nan|inf\b|None|not defined|\d{9}", sentence), sentence
    table = descent.path_table(path, alpha, 3)
    assert len(table) <= 7
    assert descent_words.update_formula(all_walks, alpha, 0).count("aligned") == 2


def test_the_update_is_written_out():
    setting, alpha = SETTINGS["first"]
    _, sweep = descent.steps_chart(setting, alpha)
    assert sweep.says[0] == "w := 2 − 0.1 × 4 = 1.6"
    assert sweep.says[-1] == "After 25 steps: w = 0.007556."
    assert sweep.readout[0].shown[1] == "1.6"
    np.testing.assert_allclose(sweep.moving[6]["x"][:3, 0], [2, 1.6, 1.28])


def test_a_negative_slope_stands_in_brackets():
    assert descent_words.update("w", -2.0, 0.1, -4.0) == "w := −2 − 0.1 × (−4) = −1.6"


def test_the_strip_shows_the_regimes_and_their_borders():
    setting, _ = SETTINGS["first"]
    fig, sweep = descent.alpha_chart(setting)
    names = [name for trace in fig.data if trace.text for name in trace.text]
    assert {"1/c", "2/c", "monotone", "oscillating", "diverging"} <= set(names)
    walk = sweep.readout[0].shown
    assert walk[sweep.nearest(0.1)] == MONOTONE
    assert walk[sweep.nearest(1.1)] == DIVERGING


@pytest.mark.parametrize("kind", ["parabola", "logistic", "squared"])
def test_a_name_stands_on_its_row_where_that_has_room(kind):
    fig, _ = descent.alpha_chart(Setting(kind, 2.0, "", 2.0, 25))
    [names] = [t for t in fig.data if t.mode == "text"]
    assert list(names.y) == list(range(len(names.text)))


def test_the_figure_through_alpha_says_on_what_a_walk_rests():
    setting, alpha = SETTINGS["onto a maximum"]
    _, sweep = descent.alpha_chart(setting)
    i = sweep.nearest(alpha)
    assert [number.shown[i] for number in sweep.readout] == ["stuck", "a maximum"]
    assert sweep.says[i] == "w lands where the slope is 0, and stays there."


def test_alpha_moves_the_whole_walk_on_the_cost():
    setting, _ = SETTINGS["first"]
    fig, sweep = descent.alpha_chart(setting)
    [on_cost] = [t for t in sweep.moving if fig.data[t].xaxis == "x3"]
    for alpha in (0.01, 0.1, 0.9):
        i = sweep.nearest(alpha)
        w = 2 * (1 - 2 * alpha) ** np.arange(26)
        np.testing.assert_allclose(sweep.moving[on_cost]["x"][i], w, rtol=1e-9)
        np.testing.assert_allclose(sweep.moving[on_cost]["y"][i], w**2, rtol=1e-9)


@EACH
def test_minima_are_named_where_nothing_crosses_the_words(setting, alpha):
    found = walks(setting).found
    for fig, _ in (descent.steps_chart(setting, alpha), descent.alpha_chart(setting)):
        words = [w for t in fig.data if t.text for w in t.text if "minimum" in w]
        assert not words
        listed = [t.name for t in fig.data if t.showlegend is not False]
        heights = np.unique(np.round(found.J, 9))
        assert len(listed) == len(set(listed)) == min(len(heights), 2)


def test_a_run_that_diverges_says_so_and_offers_an_alpha_that_works():
    setting, alpha = SETTINGS["too long"]
    all_walks = walks(setting)
    assert "**Diverging.**" in descent_words.regime_story(setting, all_walks, alpha)
    assert "From step 4 on" in descent_words.regime_story(setting, all_walks, alpha)
    better = descent_words.better_alpha(all_walks, alpha)
    assert all_walks.endings[all_walks.at(better)].kind == GLOBAL
    assert descent_words.better_alpha(all_walks, better) is None


@pytest.mark.parametrize("name", ["too long", "overflow", "logistic", "bouncing"])
def test_whatever_goes_wrong_one_alpha_is_offered(name):
    setting, alpha = SETTINGS[name]
    all_walks = walks(setting)
    better = descent_words.better_alpha(all_walks, alpha)
    assert all_walks.path(better).J[-1] < all_walks.path(better).J[0]
    assert descent_words.better_alpha(all_walks, better) is None


def test_a_run_that_overflows_keeps_what_was_before():
    setting, alpha = SETTINGS["overflow"]
    all_walks = walks(setting)
    path = all_walks.path(alpha)
    story = descent_words.ending_story(all_walks, alpha)
    assert f"stops at step {path.diverged_at}" in story
    assert "10³⁰⁸" in story
    _, sweep = descent.steps_chart(setting, alpha)
    assert len(sweep.values) == path.diverged_at
    assert sweep.says[-1].startswith("The run stops here")


@pytest.mark.parametrize(
    ("name", "words"),
    [("no value", "no value at the start"), ("leaves", "where J has no value")],
)
def test_a_walk_outside_of_the_domain_says_so(name, words):
    setting, alpha = SETTINGS[name]
    assert words in descent_words.ending_story(walks(setting), alpha)


def test_the_wrong_valley_is_called_so():
    setting, alpha = SETTINGS["wrong valley"]
    all_walks = walks(setting)
    story = descent_words.ending_story(all_walks, alpha)
    assert "*local* minimum" in story
    assert "0.4522" in story
    assert all_walks.endings[all_walks.at(alpha)].kind == LOCAL


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("onto a maximum", ("**Stuck.**", "**It rests on a maximum:** w = 0, J = 0.")),
        ("runs away", ("**Running away.**", "the cost has no minimum")),
        ("into a hole", ("**Off the edge.**", "where J has no value")),
        ("past a saddle", ("**Running away.**", "below every number")),
        ("level", ("**Stuck.**", "**It rests on level ground:**")),
        ("falls without end", ("**Running away.**", "about −10³⁰⁸")),
    ],
)
def test_a_walk_that_finds_no_minimum_is_not_said_to_arrive(name, words):
    setting, alpha = SETTINGS[name]
    all_walks = walks(setting)
    said = descent_words.regime_story(setting, all_walks, alpha)
    said += descent_words.ending_story(all_walks, alpha)
    for each in words:
        assert each in said
    for wrong in ("right at the minimum", "under way", "Each step lands"):
        assert wrong not in said


@pytest.mark.parametrize(
    "name",
    [
        *("first", "too long", "wrong valley", "overflow"),
        *("onto a maximum", "runs away", "into a hole", "past a saddle"),
    ],
)
def test_the_script_prints_the_numbers_of_the_page(name):
    setting, alpha = SETTINGS[name]
    all_walks = walks(setting)
    printed = run(script(**descent.script(setting, alpha, all_walks), heading=name))
    path, i = all_walks.path(alpha), all_walks.at(alpha)
    np.testing.assert_allclose(printed["w at each step"], path.w, rtol=1e-9)
    np.testing.assert_allclose(printed["J at each step"], path.J, rtol=1e-9)
    np.testing.assert_allclose(printed["minima"], all_walks.found.w, atol=1e-9)
    assert printed["stopped at step"] == path.diverged_at
    assert printed["regime"] == all_walks.regimes[i]
    assert printed["end"] == all_walks.endings[i].kind


@pytest.mark.parametrize("start", [2.0, -2.0])
def test_one_way_is_downhill_from_either_side(start):
    setting = Setting("parabola", 2.0, "", start, 1)
    story = descent_words.regime_story(setting, walks(setting), 0.3)
    assert "w keeps going one way, downhill." in story
    end = descent_words.ending_story(walks(setting), 0.3)
    assert f"the minimum at w = 0: after 1 step w = {'−' * (start < 0)}0.8" in end


@pytest.mark.parametrize("case", descent.CASES.values(), ids=descent.CASES)
def test_an_example_shows_what_it_is_called(case):
    kind, start, steps, alpha = case
    all_walks = walks(Setting(kind, 2.0, "", start, steps))
    assert alpha in all_walks.sweep.alpha
