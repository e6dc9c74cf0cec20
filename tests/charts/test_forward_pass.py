"""The grids of the forward pass show what the network computes."""

import numpy as np
import pytest

from charts import forward_pass as charts
from core.forward_pass import layer_by_matrix, small_network
from core.rounding import readable
from ui.live_figure.packing import pack

SIZES = [(3, 4, 3, 21), (1, 1, 1, 0), (4, 5, 4, 99)]
each_size = pytest.mark.parametrize(("n_x", "n_h", "m", "seed"), SIZES)


@each_size
def test_every_unit_is_computed_then_laid_down(n_x, n_h, m, seed):  # noqa: ARG001
    _, sweep = charts.units_chart(n_x, n_h, seed)
    assert len(sweep.values) == len(sweep.says) == 4 + 3 * n_h
    _, cache = charts.network_of(n_x, n_h, 1, seed)
    for j in range(n_h):
        assert sweep.says[1 + 2 * j].endswith(f"= {readable(cache.Z1[j, 0])}")
        assert sweep.says[2 + 2 * j].endswith(f"= {readable(cache.A1[j, 0])}")


@each_size
def test_every_entry_of_z_is_a_row_times_a_column(n_x, n_h, m, seed):
    _, sweep = charts.examples_chart(n_x, n_h, m, seed, True)
    assert len(sweep.values) == len(sweep.says) == 4 + n_h * m + m
    _, cache = charts.network_of(n_x, n_h, m, seed)
    for i in range(m):
        for j in range(n_h):
            said = sweep.says[1 + i * n_h + j]
            assert said.startswith(f"Row {j + 1} of W[1] · column {i + 1} of X")
            assert said.endswith(f"= {readable(cache.Z1[j, i])}")


@each_size
def test_every_moving_part_has_as_many_frames_and_stays_small(n_x, n_h, m, seed):
    for drawn in (
        charts.units_chart(n_x, n_h, seed),
        charts.examples_chart(n_x, n_h, m, seed, True),
    ):
        _, sweep = drawn
        for rows in sweep.moving.values():
            assert {len(row) for row in rows.values()} == {len(sweep.values)}
        assert len(pack(*drawn).text) < 60_000


def test_what_is_asked_is_not_told_before_the_answer():
    sweeps = [charts.examples_chart(3, 4, 3, 14, seen)[1] for seen in (False, True)]
    told = ["belongs to example 3" in sweep.says[-1] for sweep in sweeps]
    assert told == [False, True]
    assert sweeps[0].says[:-1] == sweeps[1].says[:-1]


def test_an_unknown_unit_is_asked_for():
    question, truth, why = charts.unit_question(3, 4, 21)
    x = small_network(3, 4, 1, 21).X
    w = np.array([charts.UNSEEN[:3]])
    bias = np.array([[charts.UNSEEN_BIAS]])
    assert truth == pytest.approx(layer_by_matrix(w, bias, x).item())
    assert "What is its z" in question
    assert why.startswith("z = wᵀx + b = ")


def test_the_answer_about_columns_is_tried_out():
    _, options, truth, why = charts.change_question(3, 4, 3, 21)
    assert options[truth] == "column 3"
    assert "changed column 3" in why


def test_the_forms_show_the_same_number_to_the_last_digits():
    table = charts.forms_table(False)
    digits = [float(text.replace("−", "-")) for text in table.iloc[:, 1]]
    assert max(digits) - min(digits) < 1e-12
    assert table.iloc[-1, 2] == "0"
    assert charts.forms_table(True).shape == (3, 5)
