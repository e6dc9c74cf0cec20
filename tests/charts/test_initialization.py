"""The figures and sentences of the starts, against the runs that they show."""

import re

import numpy as np
import pytest

from charts import initialization as charts
from core.initialization import STARTS, UNITS, live, lives, which_moved
from core.rounding import readable
from ui.live_figure.packing import pack


@pytest.fixture(scope="module", params=charts.NAMES)
def runs(request):
    return request.param, lives(request.param, 0)


def test_every_frame_fits(runs):
    g, found = runs
    for name, life in found.items():
        count = len(life.steps)
        for chart in (charts.rows_chart, charts.watch_chart):
            fig, sweep = chart(name, g, 0, found)
            assert sweep.values.tolist() == life.steps.tolist()
            assert len(sweep.says) in {0, count}
            for trace, attributes in sweep.moving.items():
                assert trace < len(fig.data)
                for rows in attributes.values():
                    assert rows.shape[0] == count
                    assert np.isfinite(rows).all()
            for grown in sweep.growing.values():
                assert len(grown) == count
            assert len(pack(fig, sweep).text) < 60_000


def test_the_markers_are_the_rows_of_W1_and_stay_inside(runs):
    g, found = runs
    for name, life in found.items():
        fig, sweep = charts.rows_chart(name, g, 0, found)
        rows = sweep.moving[UNITS + 2]
        np.testing.assert_array_equal(rows["x"], life.history.W1[:, :, 0])
        np.testing.assert_array_equal(rows["y"], life.history.W1[:, :, 1])
        low, high = fig.layout.xaxis.range
        assert low < life.history.W1.min() <= life.history.W1.max() < high
        assert len(set(fig.data[UNITS + 2].marker.size)) == UNITS


def test_the_cursors_stand_on_their_curves(runs):
    g, found = runs
    life = found["one"]
    fig, sweep = charts.watch_chart("one", g, 0, found)
    points = [v["y"][:, 0] for v in sweep.moving.values() if v["y"].shape[1] == 1]
    for shown, wanted in zip(points, (life.J, life.apart, life.stuck), strict=True):
        np.testing.assert_array_equal(shown, wanted)
    assert {trace.yaxis for trace in fig.data[-9:]} == {"y", "y2", "y3"}


def test_sentences_say_what_the_run_did(runs):
    g, found = runs
    for name in ("zeros", "constant"):
        _, sweep = charts.rows_chart(name, g, 0, found)
        assert all("alike" in said for said in sweep.says)
    _, sweep = charts.rows_chart("one", g, 0, found)
    assert sweep.says[0].startswith("At the start the hidden units differ by up to")
    assert sweep.says[1].startswith("After 1 step the")
    assert readable(float(found["one"].apart[-1]), 3) in sweep.says[-1]
    for name, life in found.items():
        text = charts.notice(name, g, life)
        assert text.startswith("**What to notice.**")
        assert readable(float(life.J[-1]), 3) in text
        still = which_moved(life) == ("b2",)
        assert ("Nothing moves" in text) == still


def test_the_question_is_about_a_case_that_is_not_on_the_screen():
    for name in STARTS:
        for g in charts.NAMES:
            asked, options, truth, _ = charts.question(name, g)
            assert truth in options
            if name == "zeros":
                assert f"with {charts.ACTIVATION_NAMES[g]}." not in asked
    assert charts.question("small", "tanh")[2] == "b2"
    assert charts.question("zeros", "tanh")[2] == "W1 b1 W2 b2"


def test_the_formula_has_a_row_for_every_unit():
    life = live("small", "tanh", 0)
    text = charts.units_formula(life, 100.0)
    i = charts.frame_at(life, 100.0)
    assert f"at step {life.steps[i]:,}" in text
    matrix = text.partition("{rr|r|r}")[2].partition(r"\end{array}")[0]
    assert matrix.count(r"\\") == UNITS - 1
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("g", charts.NAMES)
def test_the_tables_give_the_numbers_of_the_core(g):
    found = lives(g, 1)
    table = charts.all_table(g, found)
    assert list(table["start"]) == list(charts.LABELS.values())
    ends = [readable(float(life.J[-1]), 3) for life in found.values()]
    assert list(table.iloc[:, 2]) == ends
    zeros = charts.zero_table(g)
    moves = dict(zip(zeros["start"], zeros["moves"], strict=True))
    assert moves["all 0, tanh"] == moves["all 0, ReLU"] == "b2 alone"
    assert moves["all 0, sigmoid"] == "all four"
    dead = f"W1 = 0, W2 random, {charts.ACTIVATION_NAMES[g]}"
    assert (moves[dead] == "b2 alone") == (g == "relu")
    assert ("Except with ReLU" in charts.zero_notice(g)) == (g == "relu")


@pytest.mark.parametrize("name", STARTS)
def test_no_row_of_the_formula_is_wider_than_a_phone(name):
    life = live(name, "sigmoid", 0)
    for now in range(len(life.steps)):
        history = life.history.at(now)
        rows = np.hstack([history.W1, history.b1, history.W2.T])
        texts = [[charts.in_matrix(float(v)) for v in row] for row in rows]
        plain = [
            [re.sub(r"\\times 10\^\{(.*)\}", r"e\1", text) for text in row]
            for row in texts
        ]
        assert sum(max(map(len, column)) for column in zip(*plain, strict=True)) <= 29
        for text, value in zip(np.ravel(plain), np.ravel(rows), strict=True):
            read = float(text.replace(" ", ""))
            assert read == pytest.approx(value, rel=0.5 if abs(value) < 1e-3 else 0.05)


@pytest.mark.parametrize("seed", [0, 3, 16])
@pytest.mark.parametrize("g", charts.NAMES)
def test_the_first_steps_line_most_units_up(g, seed):
    life = live("small", g, seed)
    rows = life.history.W1[np.abs(life.steps - 20).argmin()]
    along = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    in_line = np.abs(along @ along.T) > 0.9
    assert in_line.sum(axis=1).max() >= UNITS - 1
    assert "line most of them up" in charts.notice("small", g, life)
