"""The marked line, the filled cells and the sums are those of the core's own run."""

import numpy as np
import pytest

from charts.loop import (
    DEFAULT,
    arrays,
    compare_sentence,
    compare_table,
    listing_chart,
    read_examples,
    sums_chart,
)
from core.loop import gradients_by_loop, loop_steps
from core.rounding import readable
from ui.live_figure.packing import pack

W, B = (0.5, -0.3), 0.1
EIGHT = tuple((str(i), str(i - 4), str(3 - i), str(i % 2)) for i in range(8))


@pytest.mark.parametrize("rows", [DEFAULT, DEFAULT[:1], EIGHT])
def test_every_frame_fits_the_figure(rows):
    examples = read_examples(rows, W, B)
    assert not examples.problem
    steps = loop_steps(*arrays(examples, W), B)
    for chart in (listing_chart, sums_chart):
        fig, sweep = chart(examples, W, B)
        assert len(sweep.values) == len(steps)
        for trace, attributes in sweep.moving.items():
            assert trace < len(fig.data)
            for found in attributes.values():
                assert len(found) == len(steps)
                assert len({len(row) for row in found}) == 1
        assert len(pack(fig, sweep).text) < 150_000


def test_the_mark_stands_on_the_line_that_ran():
    examples = read_examples(DEFAULT, W, B)
    steps = loop_steps(*arrays(examples, W), B)
    _, sweep = listing_chart(examples, W, B)
    assert [-step.line for step in steps] == sweep.moving[1]["y"][:, 0].tolist()
    assert sweep.says[0] == "All sums start at 0."
    assert sweep.says[-1].endswith("Done.")


def test_the_last_frame_holds_the_result():
    examples = read_examples(DEFAULT, W, B)
    result = gradients_by_loop(*arrays(examples, W), B)
    numbers = [readable(v) for v in (result.J, *result.dw, result.db)]
    _, sweep = sums_chart(examples, W, B)
    assert sweep.moving[8]["text"][-1] == numbers
    assert "" not in sweep.moving[5]["text"][-1]
    assert set(sweep.moving[5]["text"][0]) == {""}


def test_bars_are_as_long_as_their_sums():
    examples = read_examples(DEFAULT, W, B)
    steps = loop_steps(*arrays(examples, W), B)
    _, sweep = sums_chart(examples, W, B)
    J = np.array([step.J for step in steps])
    ends = sweep.moving[6]["x"]
    lengths = ends[:, 1] - ends[:, 0]
    np.testing.assert_allclose(lengths * J[-1], J * lengths[-1])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((), "empty"),
        ((("1", "one", "1", "0"),), "Row 1, x1: 'one' is not a number"),
        ((*DEFAULT[:2], ("3", "1", "9", "no")), "Row 3, y: 'no' is not a number"),
        ((("1", "1", "", "0"),), "Row 1, x2: the cell is empty"),
        (
            (("1", "1", "1", "0"), ("2", "1", "1", "5")),
            "Row 2, y: 5 is no label. A label is 0 or 1.",
        ),
        ((("1", "90", "1", "1"),), "z = 44.8"),
    ],
)
def test_what_the_loop_cannot_run_is_said(rows, reason):
    examples = read_examples(rows, W, B)
    assert reason in examples.problem
    assert len(examples.y) == len(DEFAULT)


def test_loop_and_matrices_show_the_same_digits():
    examples = read_examples(DEFAULT, W, B)
    table = compare_table(examples, W, B)
    assert list(table["by the loop"]) == list(table["by matrices"])
    assert "agree" in compare_sentence(examples, W, B)
