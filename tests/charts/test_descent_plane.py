"""Figures and sentences of gradient descent over two parameters."""

import numpy as np
import pytest

from charts import descent_plane
from charts.descent_plane import Choices
from core.source import script
from tests.take_home import run
from ui.live_figure.packing import pack

FIRST = Choices(-3.0, 3.0, 3.0, 25, False)
BUG = Choices(-3.0, 3.0, 3.0, 25, True)
FAR = Choices(4.5, -3.0, 20.0, 200, True)
CHARTS = (
    descent_plane.contour_chart,
    descent_plane.surface_chart,
    descent_plane.data_chart,
)
EACH = pytest.mark.parametrize(
    "choices", [FIRST, BUG, FAR, Choices(0, 0, 0.01, 1, True)]
)


@EACH
def test_the_three_figures_move_together(choices):
    drawn = [chart(choices) for chart in CHARTS]
    for fig, sweep in drawn:
        assert len(sweep.values) == len(sweep.shown) == choices.steps + 1
        for trace, attributes in sweep.moving.items():
            assert trace < len(fig.data)
            assert all(len(rows) == choices.steps + 1 for rows in attributes.values())
    assert len(drawn[0][1].says) == choices.steps + 1
    assert not drawn[1][1].says


@EACH
def test_the_data_is_small(choices):
    assert sum(len(pack(*chart(choices)).text) for chart in CHARTS) < 300_000


def test_only_the_surface_needs_the_bundle_for_space():
    assert [pack(*chart(FIRST)).has_3d for chart in CHARTS] == [False, True, False]


def test_a_unit_of_w_is_as_long_as_a_unit_of_b():
    fig, _ = descent_plane.contour_chart(FIRST)
    margin, layout = fig.layout.margin, fig.layout
    high = layout.height - margin.t - margin.b
    per_unit = high / np.ptp(layout.yaxis.range)
    assert per_unit == pytest.approx(400 / np.ptp(layout.xaxis.range), rel=0.02)


def test_the_path_is_the_walk():
    _, sweep = descent_plane.contour_chart(BUG)
    right, wrong = (descent_plane.path_of(BUG, bug=bug) for bug in (False, True))
    last = max(sweep.moving)
    np.testing.assert_allclose(sweep.moving[last]["x"][:, 0], right.w)
    np.testing.assert_allclose(sweep.moving[last - 1]["y"][:, 0], wrong.b)
    assert sweep.says[0] == "dw = −1.022, db = 0.1321: on to w = 0.06637, b = 2.604."


def test_the_bug_is_drawn_in_another_way():
    fig, _ = descent_plane.contour_chart(BUG)
    walks = [trace for trace in fig.data if trace.name]
    assert {trace.line.dash for trace in walks} == {"solid", "dash"}
    assert {trace.marker.symbol for trace in walks} == {"circle", "square-open"}


def test_the_bug_arrives_in_the_same_place():
    question, options, truth, explanation = descent_plane.bug_question(FIRST)
    assert truth == "same"
    assert truth in options
    assert "2.604" in explanation
    assert "1.64 with" in explanation
    assert question.endswith("?")


@pytest.mark.parametrize("alpha", descent_plane.ALPHAS[8:])
@pytest.mark.parametrize("bug", [False, True])
def test_what_is_said_to_come_to_rest_does_from_all_over_the_plane(alpha, bug):
    lowest = np.array([1.369703, -0.500286])
    for w in np.arange(-4.5, 5, 3):
        for b in (-3.0, 0.0, 3.0):
            path = descent_plane.path_of(Choices(w, b, alpha, 200, bug), bug=bug)
            away = np.abs(np.stack([path.w, path.b]) - lowest[:, None]).max(axis=0)
            assert (away[-5:].max() < 1e-4) == descent_plane.comes_to_rest(alpha, bug)


@pytest.mark.parametrize(
    ("alpha", "truth", "said"),
    [
        (0.01, "same", "nobody notices"),
        (7.0, "same", "nobody notices"),
        (10.0, "same", "only the walk with the bug"),
        (15.0, "nowhere", "α up to 7"),
        (20.0, "nowhere", "α up to 7"),
    ],
)
def test_the_bug_is_asked_about_at_the_learners_alpha(alpha, truth, said):
    question, _, answer, explanation = descent_plane.bug_question(
        Choices(-3.0, 3.0, alpha, 25, True)
    )
    assert answer == truth
    assert said in explanation
    assert ("α = " in question) == (alpha > 7)


@pytest.mark.parametrize("bug", [False, True])
def test_the_story_names_how_the_walk_goes(bug):
    for alpha, steps, name in (
        (3.0, 100, "**Settled.**"),
        (0.1, 25, "**Settling**, not there yet."),
        (20.0, 25, "**Jumping around.**"),
    ):
        story = descent_plane.story(Choices(-3.0, 3.0, alpha, steps, bug))
        assert story.startswith(name)
        assert story.count(name) == 1 + bug
        assert ("the border 2/c is 9.793" in story) == (alpha > 9.793)


def test_where_the_bug_leads_is_not_told_before_it_is_asked():
    for alpha in descent_plane.ALPHAS:
        choices = Choices(-3.0, 3.0, alpha, 25, False)
        assert "arrives" not in descent_plane.notice(choices, told=False)
        told = descent_plane.notice(choices, told=True)
        assert ("Here it even arrives" in told) == (alpha <= 10)


def test_a_walk_outside_of_the_figure_says_so_and_keeps_its_numbers():
    choices = Choices(-3.0, 3.0, 20.0, 25, True)
    _, sweep = descent_plane.contour_chart(choices)
    assert [number.symbol for number in sweep.readout] == [*("w", "b", "J", "J, bug")]
    path = descent_plane.path_of(choices)
    assert path.w[4] == pytest.approx(8.256, abs=5e-4)
    assert sweep.says[4].startswith("Outside of the figure: on to w = 5.891")
    for t, says in enumerate(sweep.says):
        outside = abs(path.w[t]) > 5 or abs(path.b[t]) > 3.25
        assert ("utside of the figure" in says) == outside


def test_a_number_is_rounded_alike_wherever_it_stands():
    _, sweep = descent_plane.contour_chart(FIRST)
    table = descent_plane.plane_table(FIRST, 0)
    for name in ("dw", "db"):
        assert f"{name} = {table[name][0]}" in sweep.says[0]
    assert sweep.readout[1].shown[1] == table["b"][1] == "2.604"
    assert "2.604" in descent_plane.formula(FIRST, 0)


def test_classes_have_the_shapes_of_every_page():
    fig, _ = descent_plane.data_chart(FIRST)
    shapes = {t.name: t.marker.symbol for t in fig.data if t.name[:1] == "y"}
    assert shapes == {"y = 1": "diamond", "y = 0": "circle"}


def test_the_table_has_the_bug_beside_the_right_walk():
    table = descent_plane.plane_table(BUG, 3)
    assert list(table.columns)[-2:] == ["b, bug", "J, bug"]
    assert list(table["step"]) == ["2", "3", "4", "5", "6", "7", "25"]


@pytest.mark.parametrize("choices", [FIRST, BUG])
def test_the_script_prints_the_numbers_of_the_page(choices):
    printed = run(script(**descent_plane.script(choices), heading="over the plane"))
    right = descent_plane.path_of(choices)
    np.testing.assert_allclose(printed["w at each step"], right.w, rtol=1e-12)
    np.testing.assert_allclose(printed["db at each step"], right.db, rtol=1e-9)
    assert printed["the lowest point"] == pytest.approx([1.3697, -0.5003], abs=5e-5)
    if choices.bug:
        wrong = descent_plane.path_of(choices, bug=True)
        np.testing.assert_allclose(printed["b at each step with the bug"], wrong.b)
