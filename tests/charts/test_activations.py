"""The figures and formulas of the activations, against the networks that they show."""

import re

import numpy as np
import pytest

from charts import activations as charts
from charts.formulas import matrix
from charts.long_formulas import PHONE, ems
from core.activations import ACTIVATIONS
from core.rounding import readable
from core.shallow import forward
from core.side_by_side import learn
from core.spread import crowd, output

DATA = "moons"


@pytest.fixture(scope="module")
def lessons():
    return {name: learn(name, DATA) for name in ACTIVATIONS}


def test_the_five_networks_stand_side_by_side_in_one_figure(lessons):
    fig, sweep = charts.networks_chart(DATA, lessons)
    assert len(sweep.maps) == len(lessons)
    for map_, rows, (name, lesson) in zip(
        sweep.maps, sweep.moving.values(), lessons.items(), strict=True
    ):
        assert map_.z is lesson.surface
        label = ACTIVATIONS[name].label
        assert rows["text"][-1] == [f"{label}: {100 * lesson.right[-1]:.0f} % right"]
    boxes = []
    for k in range(1, 6):
        x, y = (fig.layout[f"{a}axis{k if k > 1 else ''}"] for a in "xy")
        assert y.scaleanchor == f"x{k if k > 1 else ''}", "a circle stays one"
        boxes.append((*x.domain, *y.domain))
    for i, (l1, r1, b1, t1) in enumerate(boxes):
        for l2, r2, b2, t2 in boxes[:i]:
            assert r1 <= l2 or r2 <= l1 or t1 <= b2 or t2 <= b1


@pytest.mark.parametrize("step", [0, 100, 2000])
def test_the_multiplication_that_is_written_out_works_out(lessons, step):
    """The numbers of the formula, multiplied, give the w and b of the formula."""
    text = charts.collapse_formula(lessons["linear"], step)
    W2, W1, w, again, b1 = map(entries, re.findall(MATRIX, text))
    np.testing.assert_array_equal(W2, again)
    np.testing.assert_allclose(W2 @ W1, w, atol=0.01 * np.abs(W2).max())
    b2, equals, b = text.rpartition("end{bmatrix}")[2].partition("=")
    assert equals
    b2 = number(re.sub(r"^ \+| ..\[0.5em\].*|&", "", b2))
    b = number(re.search("}{(.*?)}.end", b)[1])
    assert (W2 @ b1).item() + b2 == pytest.approx(b, abs=1e-3)


MATRIX = r"begin{bmatrix}(.*?).end{bmatrix}"


def entries(text):
    return np.array([[number(n) for n in r.split("&")] for r in text.split(r"\\")])


def number(text):
    plain = re.sub(r" .times 10\^\{(.*?)\}", r"e\1", text)
    return float(plain.replace(" ", ""))


def test_the_sentence_gives_the_gap_to_a_logistic_regression(lessons):
    learned = lessons["linear"]
    said = charts.collapse_sentence(learned, 2000)
    last = learned.history.at(-1)
    w, b = last.W2 @ last.W1, last.W2 @ last.b1 + last.b2
    A = 1 / (1 + np.exp(-(w @ learned.points.X + b)))
    gap = np.abs(A - forward(last, learned.points.X, "linear").A2).max()
    assert gap < 1e-9
    told = said.partition("differ by ")[2].partition(" at most")[0]
    assert told == "0" or re.search(r"10⁻1?[0-9⁰-⁹¹²³]+$", told)


def test_no_line_of_the_multiplication_is_wider_than_a_phone(lessons):
    for kept in range(len(lessons["linear"].history.steps)):
        now = lessons["linear"].history.at(kept)
        for part in (now.W2, now.W1, now.b1):
            assert ems(f"= {matrix(part)}") <= PHONE


def test_the_marks_of_the_crowd_are_shares():
    fig, sweep = charts.crowd_chart("tanh", 0.01, 0.0)
    marks = dict(zip(fig.layout.yaxis.ticktext, fig.layout.yaxis.tickvals, strict=True))
    at = sweep.nearest(1.0)
    z = charts.SPREADS[at] * crowd(0.0, 1.0)
    share = (output("tanh", z, 0.01) > 0.875).mean()
    x, y = (sweep.moving[0][name][at] for name in "xy")
    drawn = y[np.flatnonzero(x > 0.9)[0]]
    assert marks["5 %"] < drawn < marks["20 %"]
    assert drawn**2 == pytest.approx(share, abs=1e-9)
    assert readable(share, 2) == readable(drawn**2, 2)
