"""The walk, the formula and the verdicts say what the core computes."""

import numpy as np
import pytest

from charts import backprop, broken
from charts.long_formulas import PHONE, ems
from core.activations import ACTIVATIONS
from core.backprop import (
    Equations,
    flat,
    forward_of,
    gradients,
    small_example,
    way_back,
)
from core.broken import BUGS, examine
from core.rounding import readable
from ui.live_figure.packing import pack

SIZES = [(n_h, m) for n_h in (1, 2, 3) for m in (1, 2, 3)]
each_size = pytest.mark.parametrize(("n_h", "m"), SIZES)
each_bug = pytest.mark.parametrize("bug", BUGS)


@each_size
def test_every_frame_of_the_walk_fits(n_h, m):
    fig, sweep = backprop.walk_chart(n_h, m, "tanh")
    assert len(sweep.values) == len(sweep.says) == backprop.LAST + 1
    for trace, attributes in sweep.moving.items():
        assert trace < len(fig.data)
        for rows in attributes.values():
            assert len(rows) == len(sweep.values)
            assert len({len(row) for row in rows}) == 1
    assert len(pack(fig, sweep).text) < 60_000


@each_size
def test_no_two_arrays_overlap_and_all_are_inside(n_h, m):
    arrays = backprop.arrays_of(small_example(n_h, m))
    spots, width, height = backprop.places(arrays)
    assert spots.keys() == arrays.keys()
    cells = set()
    for name, (left, top) in spots.items():
        rows, columns = arrays[name].shape
        for i, j in np.ndindex(rows, columns):
            spot = (round(left + j, 3), round(top - i, 3))
            assert spot not in cells
            assert 0 <= spot[0] <= width - 1
            assert -height <= spot[1] - 1
            cells.add(spot)


@each_size
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_the_sentence_of_each_equation_works_out(n_h, m, g):
    """The arithmetic that is written out gives the number that is written."""
    example = small_example(n_h, m, g)
    _, sweep = backprop.walk_chart(n_h, m, g)
    arrays = backprop.arrays_of(example)
    for line, says in zip(backprop.LINES, sweep.says[1:], strict=True):
        said = says.partition("Its first number: ")[2].removesuffix(".")
        sum_, _, result = said.rpartition(" = ")
        assert result == readable(float(arrays[line.gives].flat[0]))
        if line.gives not in {"A1", "A2"}:
            plain = sum_.replace("·", "*").replace("−", "-").replace(" × 10", "e")
            if "⁻" not in plain:
                if line.gives == "dZ1":
                    plain = f"({plain.rpartition(' * ')[0]}) * {plain.split()[-1]}"
                value = float(arrays[line.gives].flat[0])
                assert eval(plain) == pytest.approx(value, abs=2e-3)


def test_the_walk_fills_in_the_order_of_the_equations():
    gives = [line.gives for line in backprop.LINES]
    assert gives[4:] == list(vars(way_back_of(2, 3)).keys())
    known = {"X", "Y", "W1", "b1", "W2", "b2"}
    for line in backprop.LINES:
        assert set(line.inputs) - {"slope"} <= known
        known.add(line.gives)


def way_back_of(n_h, m):
    example = small_example(n_h, m)
    return way_back(Equations(), example, forward_of(example))


@each_size
def test_formulas_have_the_shapes_and_close_their_brackets(n_h, m):
    for step in range(backprop.LAST + 1):
        text = backprop.equation_formula(step, n_h, m, "relu")
        assert text.count("{") == text.count("}")
        assert text.count(r"\begin") == text.count(r"\end")
        assert "}^{(" not in text.replace("}^{(i)}", ""), "no double superscript"
    dW1 = backprop.equation_formula(9, n_h, m, "tanh")
    assert rf"({n_h},\,{m})" in dW1
    assert rf"({m},\,2)" in dW1
    assert rf"({n_h},\,2)" in dW1


def test_the_table_has_every_number_of_the_gradient():
    table = backprop.check_table(2, 3, "tanh")
    a = flat(gradients(small_example(2, 3)))
    assert list(table["six equations"]) == [readable(float(v), 5) for v in a]
    assert list(table["six equations"]) == list(table["central difference"])
    assert table[""][0] == "dW1[0, 0]"


@each_bug
@each_size
def test_the_claimed_slope_waits_for_the_guess(bug, n_h, m):
    for told in (False, True):
        fig, sweep = broken.claim_chart(bug, n_h, m, "tanh", "any", 0.5, told)
        stopped = bool(examine(bug, small_example(n_h, m), 0.5).stopped)
        claims = np.isfinite(sweep.moving[2]["y"]).any()
        assert claims == (told and not stopped)
        assert len(sweep.says) == len(sweep.values)
        assert (len(sweep.readout) == 2) == claims
        assert len(pack(fig, sweep).text) < 40_000


def test_the_drawn_slope_is_that_of_the_curve():
    fig, sweep = broken.claim_chart("slope_of_A", 2, 3, "tanh", "any", 0.5, True)
    J, x = fig.data[0].y, broken.WEIGHTS
    lines = sweep.moving[1]["y"]
    slopes = (lines[:, 1] - lines[:, 0]) / (2 * broken.REACH)
    np.testing.assert_allclose(
        slopes[1:-1], (J[2:] - J[:-2]) / (x[2:] - x[:-2]), atol=1e-3
    )


@each_bug
@each_size
@pytest.mark.parametrize("g", ACTIVATIONS)
def test_words_and_table_agree_with_the_verdict(bug, n_h, m, g):
    case = (bug, n_h, m, g, "any", 0.5)
    found = examine(bug, small_example(n_h, m, g), 0.5)
    _, options, truth, why = broken.question(*case)
    assert truth in options
    assert truth == found.verdict
    assert "None" not in why
    said = broken.findings_sentence(*case)
    table = broken.findings_table(*case)
    marks = [cell[0] for cell in table["what they see"]]
    if found.stopped:
        assert marks[0] == "✗"
        assert "NumPy stops" in said
    elif found.harmless:
        assert "Nobody" in said
        assert marks[1] == marks[3] == "✓"
    elif found.verdict == "caught":
        assert marks[1] == "✗"
    else:
        assert marks[1] == "✓"
        assert "✗" in marks[2:]


@each_bug
def test_the_lines_shown_are_the_lines_that_run(bug):
    text = broken.lines_of(bug)
    assert "# right" in text
    assert "# broken" in text
    right, wrong = text.split("# right")[0].strip(), text.split("# broken")[0]
    assert right != wrong


@each_size
def test_no_line_of_a_formula_is_wider_than_a_phone(n_h, m):
    for g in ACTIVATIONS:
        arrays = backprop.arrays_of(small_example(n_h, m, g))
        for step, line in enumerate(backprop.LINES, start=1):
            for part in line.right:
                assert ems(f"= {backprop.in_numbers(part, line, arrays)}") <= PHONE
            text = backprop.equation_formula(step, n_h, m, g)
            _, *rows = text.removesuffix(r"\end{aligned}").split(r"\\[0.6em]")
            assert max(map(ems, rows)) <= PHONE
