"""The graph on the page shows the values and the gradients of the core."""

import numpy as np
import pytest

from charts.graph_walk import (
    NUDGES,
    VALUES,
    frame_of,
    given,
    nudge_chart,
    questions,
    script_prints,
    stop,
    walk_chart,
)
from charts.graphs import plan_of
from core.graph import backward_order, node_slopes, node_values, nudge_graph, parse
from core.rounding import readable
from ui.live_figure.packing import pack

FORMULAS = (
    "3*(a + b*c)",
    "a*a",
    "2*a",
    "a*exp(-a**2) + max(a, b)",
    "sigmoid(w1*x1 + w2*x2 + b)",
    "exp(sin(cos(tanh(exp(sin(a))))))",
)


def values_of(text: str) -> tuple[float, ...]:
    return VALUES[: len(parse(text).variables)]


@pytest.mark.parametrize("text", FORMULAS)
def test_every_frame_fits_the_figure(text):
    for fig, sweep in (
        walk_chart(text, values_of(text), 99),
        nudge_chart(text, values_of(text), parse(text).variables[0], True),
    ):
        assert len(sweep.says) == len(sweep.shown) == len(sweep.values)
        for trace, attributes in sweep.moving.items():
            assert trace < len(fig.data)
            for rows in attributes.values():
                assert len(rows) == len(sweep.values)
                assert len({len(row) for row in rows}) == 1
        assert len(pack(fig, sweep).text) < 100_000


@pytest.mark.parametrize("text", FORMULAS)
def test_boxes_stand_apart(text):
    spots = {(box.x, box.y) for box in plan_of(parse(text)).boxes}
    assert len(spots) == len(parse(text).nodes)


@pytest.mark.parametrize("text", FORMULAS)
def test_the_last_frame_shows_every_value_and_gradient(text):
    graph, values = parse(text), values_of(text)
    at = node_values(graph.nodes, given(graph, values))
    slopes = node_slopes(graph.nodes, at)
    _, sweep = walk_chart(text, values, 99)
    shown = [list(part["text"][-1]) for part in sweep.moving.values() if "text" in part]
    narrow = plan_of(graph).across >= 5
    digits, equals = ((4, 3), "=") if narrow else ((5, 4), " = ")

    def readable_in(box: int, number: float) -> str:
        text = readable(float(number), digits[box])
        small = narrow and "×" in text
        return readable(float(number), 1).replace(" ", "") if small else text

    values_shown = [readable_in(0, v) for v in at.values()]
    assert shown[0] == [f"{equals.lstrip()}{v}" for v in values_shown]
    slopes_shown = {n: readable_in(1, s) for n, s in slopes.items()}
    assert shown[1] == [f"d{n}{equals}{s}" for n, s in slopes_shown.items()]


def test_what_stands_in_a_box_fits_it_on_a_phone():
    values = (0.5, 2.0, -1.0, 1.0, 0.5)
    _, sweep = walk_chart("sigmoid(w1*x1 + w2*x2 + b)", values, 99)
    shown = [list(part["text"][-1]) for part in sweep.moving.values() if "text" in part]
    assert "=0.6225" in shown[0]
    assert "dx2=−0.235" in shown[1]
    _, sweep = walk_chart("sigmoid(w1*x1 + w2*x2 + b)", (5.0, 3.0, -1.0, 1.0, 4.0), 99)
    shown = [list(part["text"][-1]) for part in sweep.moving.values() if "text" in part]
    assert "dw1=5×10⁻⁸" in shown[1], "the table has the digits"


def test_a_gradient_that_was_not_asked_for_is_not_told():
    _, sweep = walk_chart("3*(a + b*c)", (5.0, 3.0, 2.0), 1)
    shown = list(sweep.moving.values())[-1]["text"][-1]
    assert shown == ["da = ?", "db = ?", "dc = ?", "du = ?", "dv = 3", "dJ = 1"]
    _, sweep = nudge_chart("3*(a + b*c)", (5.0, 3.0, 2.0), "b", False)
    assert set(sweep.readout[1].shown) == {"?"}


def test_the_nudge_of_the_notes():
    _, sweep = nudge_chart("3*(a + b*c)", (5.0, 3.0, 3.0), "b", True)
    at = NUDGES.index(0.001)
    assert "J from 42 to 42.009" in sweep.says[at]
    assert sweep.readout[0].shown[at] == "+0.009"
    assert sweep.readout[2].shown[at] == "9"


def test_the_nudge_shows_what_the_core_measures():
    graph, values = parse("a*exp(-a/b)"), (2.0, 4.0)
    _, sweep = nudge_chart("a*exp(-a/b)", values, "a", True)
    for h, shown in zip(NUDGES, sweep.readout[1].shown, strict=True):
        if h:
            nudge = nudge_graph(graph.nodes, given(graph, values), "a", h)
            assert shown == readable(float(nudge.ratio["J"]), 6)


def test_the_questions_go_back_from_the_output():
    graph = parse("3*(a + b*c)")
    asked = questions(graph, (5.0, 3.0, 2.0))
    assert [truth for _, truth, _ in asked] == [3.0, 3.0, 3.0, 6.0, 9.0]
    assert "dJ/db = dJ/du · ∂u/∂b = 3 · 2" in asked[3][2]
    assert asked[3][2].endswith(r"\frac{\partial u}{\partial b} = c = 2}$.")
    assert asked[2][2] == "dJ/da = dJ/dv · ∂v/∂a = 3 · 1.", "what is 1 needs no rule"


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("3*a", (1.0,), ""),
        ("log(a)*b", (-3.0, 1.0), "u = log(a) has no value at a = −3."),
        ("sqrt(a)", (0.0,), "no slope in a"),
    ],
)
def test_what_has_no_slope_is_said(text, values, said):
    assert said in stop(parse(text), values)


@pytest.mark.parametrize(("text", "a"), [("log(a)", 0.0), ("a/(a-a)", 5.0)])
def test_nothing_flows_back_from_a_J_without_a_value(text, a):
    _, sweep = walk_chart(text, (a,), 99)
    assert sweep.says[-1] == "J has no value here, so no gradient flows back."
    assert frame_of(parse(text), (a,), 0) == sweep.values[-1]
    _, sweep = nudge_chart(text, (a,), "a", True)
    assert all("no value to" not in said for said in sweep.says)
    assert "no change can be told" in sweep.says[-1]


def test_the_script_tells_no_more_than_the_page():
    graph = parse("3*(a + b*c)")
    labels = [label for label, _ in script_prints(graph, 1)]
    assert labels[-2:] == ["dJ/dJ", "dJ/dv"]
    assert np.all([name in labels for name in backward_order(graph.nodes)])


@pytest.mark.parametrize("text", FORMULAS)
def test_the_walk_stands_where_the_last_told_gradient_is_complete(text):
    graph, values = parse(text), values_of(text)
    count = len(backward_order(graph.nodes)) - 1
    for told in range(count + 1):
        _, sweep = walk_chart(text, values, told)
        at = int(frame_of(graph, values, told))
        seen, slopes = (
            part["text"][at] for part in sweep.moving.values() if "text" in part
        )
        assert all(seen), "every value is there before it is asked about"
        name = backward_order(graph.nodes)[told]
        assert sweep.shown[at].endswith(f": d{name}")
        assert "?" not in "".join(slopes)
    assert at == sweep.values[-1]


@pytest.mark.parametrize("text", [*FORMULAS, "1/(1+exp(-(w*x+b)))"])
def test_a_tall_graph_leaves_room_for_its_slider(text):
    fig, _ = walk_chart(text, values_of(text), 0)
    layout = fig.to_plotly_json()["layout"]
    low, high = layout["yaxis"]["range"]
    assert layout["height"] <= max(450, 62 * (high - low) + 9)
