"""Every number in the neuron's graph is the core's."""

import numpy as np
import pytest

from charts.by_hand import (
    WEIGHTS,
    derivation_parts,
    graph_chart,
    loss_chart,
    part_table,
    part_trouble,
    question,
    update_sentence,
    update_table,
)
from core.rounding import readable
from core.single_example import OneExample, OneNeuron, backward_one, forward_one
from ui.live_figure.packing import pack

STATES = [
    (-0.6, 0.1, 2.0, -1.0, 1),
    (0.0, 0.0, 20.0, 0.0, 0),
    (4.0, -10.0, 0.0, 0.0, 1),
]
each_state = pytest.mark.parametrize(("w2", "b", "x1", "x2", "y"), STATES)


@each_state
def test_every_frame_fits_the_figure(w2, b, x1, x2, y):
    for chart in (graph_chart, loss_chart):
        fig, sweep = chart(w2, b, x1, x2, y)
        for trace, attributes in sweep.moving.items():
            assert trace < len(fig.data)
            for rows in attributes.values():
                assert len(rows) == len(WEIGHTS)
                assert len({len(row) for row in rows}) == 1
        assert len(pack(fig, sweep).text) < 150_000


@each_state
def test_the_boxes_show_what_the_core_computes(w2, b, x1, x2, y):
    _, sweep = graph_chart(w2, b, x1, x2, y)
    values, slopes = (part["text"] for part in sweep.moving.values() if "text" in part)
    example = OneExample(x1, x2, y)
    for i in (0, 80, 160):
        at = forward_one(OneNeuron(float(WEIGHTS[i]), w2, b), example)
        back = backward_one(example, at)
        for number in (at.z, at.a, at.L):
            assert f"= {readable(number)}" in values[i]
        for name, number in vars(back).items():
            shown = name.replace("1", "₁").replace("2", "₂")
            assert f"{shown}={readable(number)}" in slopes[i]
        assert sweep.readout[2].shown[i] == readable(back.dw1)


def test_the_tangent_has_the_slope_dw1():
    _, sweep = loss_chart(-0.6, 0.1, 2.0, -1.0, 1)
    ends = sweep.moving[1]
    rise, run = np.diff(ends["y"], axis=1), np.diff(ends["x"], axis=1)
    L = sweep.moving[2]["y"][:, 0]
    measured = np.gradient(L, WEIGHTS)
    np.testing.assert_allclose((rise / run)[1:-1, 0], measured[1:-1], atol=2e-3)


def test_certain_and_wrong_is_said():
    _, sweep = graph_chart(0.0, 0.0, 20.0, 0.0, 0)
    assert "da is infinite, but dz = a − y = 1" in sweep.says[120]


def test_the_question_is_about_a_neuron_that_knows_nothing():
    assert question(2.0, 1)[1] == -1.0
    assert question(-4.0, 0)[1] == -2.0


def test_the_derivation_has_three_parts():
    parts = derivation_parts(OneNeuron(0.4, -0.6, 0.1), OneExample(2.0, -1.0, 1))
    assert [len(steps) for steps in parts.values()] == [3, 3, 3]


@pytest.mark.parametrize(
    ("alpha", "x1", "said"),
    [
        (0.1, 2.0, "falls"),
        (0.0, 2.0, "With α = 0 nothing moves"),
        (2.0, 50.0, "stays at about 1.024 × 10⁻⁹"),
    ],
)
def test_the_loss_after_the_step(alpha, x1, said):
    example = OneExample(x1, -1.0, 1)
    assert said in update_sentence(OneNeuron(0.4, -0.6, 0.1), example, alpha)


def test_the_step_names_what_the_graph_names():
    table = update_table(OneNeuron(0.4, -0.6, 0.1), OneExample(2.0, -1.0, 1), 0.1)
    assert list(table[""]) == ["w₁", "w₂", "b", "L"]


def test_what_float64_cannot_do_is_said_once():
    certain, wrong = OneNeuron(2.0, 0.0, 0.0), OneExample(20.0, 0.0, 0)
    first, second, third = derivation_parts(certain, wrong).values()
    assert part_trouble(first).count("no nudge of a fits") == 1
    assert list(part_table(first)["equal"]) == ["–"] * 3
    assert list(part_table(second)["equal"]) == ["✓", "✓", "digits lost"]
    assert "few digits left" in part_trouble(second)
    assert "have no value" in part_trouble(third)
    assert "not defined" not in str(part_table(first).to_dict())
    parts = derivation_parts(OneNeuron(0.4, -0.6, 0.1), OneExample(2.0, -1.0, 1))
    assert [part_trouble(steps) for steps in parts.values()] == ["", "", ""]
