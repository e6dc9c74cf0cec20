"""Listings, marks and times are those of the core, and the answer stays hidden."""

import numpy as np
import pytest

from charts import vectorized as charts
from core.rewriting import (
    FORMS,
    PARTS,
    STAGES,
    examples,
    listing,
    mean_loss,
    no_loop,
    sigmas,
    turns,
)
from core.stopwatch import Timing
from ui.live_figure.packing import pack


def fits(fig, sweep):
    for trace, attributes in sweep.moving.items():
        assert trace < len(fig.data)
        for rows in attributes.values():
            assert len(rows) == len(sweep.values)
            assert len({len(row) for row in rows}) == 1
    assert len(pack(fig, sweep).text) < 60_000


def timed(along: str) -> tuple[Timing, ...]:
    return tuple(
        Timing(f"{along} {name}", size, each * size, each * size, each * size, 3)
        for name, each in (("two", 1e-5), ("one", 4e-6), ("none", 1e-7))
        for size in charts.SIZES[along]
    )


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize(("n_x", "m"), [(1, 1), (2, 4), (8, 12)])
def test_every_frame_fits_the_listing(n_x, m, answered):
    fits(*charts.steps_chart(n_x, m, answered))


@pytest.mark.parametrize("name", FORMS)
def test_every_frame_fits_a_form(name):
    fits(*charts.form_chart(name))


@pytest.mark.parametrize("along", charts.ALONG)
def test_every_frame_fits_the_times(along):
    for timings in ((), timed(along)[:2], timed(along)):
        fits(*charts.times_figure(along, timings))
    _, sweep = charts.times_figure(along, timed(along))
    assert "100 times faster" in sweep.says[-1]


def test_the_code_is_the_code_that_runs():
    _, sweep = charts.steps_chart(2, 4, True)
    for stage, rows in zip(STAGES, sweep.moving[3]["text"], strict=True):
        shown = [row.replace("\u00a0", " ") for row in rows if row]
        assert shown == [line.text for line in listing(stage)]
    assert sweep.readout[2].shown == tuple(f"{turns(s, 2, 4):,}" for s in STAGES)


def test_what_gives_the_answer_away_is_hidden():
    _, sweep = charts.steps_chart(2, 4, False)
    text = str(sweep.moving[3]["text"]).replace("\u00a0", " ")
    assert "Z = np.dot" not in text
    assert "Predict" in sweep.says[-1]
    assert sweep.readout[0].shown[-1] == "?"


def test_shapes_are_those_that_numpy_makes():
    X, Y, w, b = examples(3, 5)
    Z = np.dot(w.T, X) + b
    A = sigmas(Z)
    made = {"Z": Z, "A": A, "dZ": A - Y, "dw": no_loop(X, Y, w, b).dw}
    made["J"], made["db"] = mean_loss(A, Y), no_loop(X, Y, w, b).db
    for name, value in made.items():
        shown = charts.shape_of(name, 3, 5).replace("\u00a0", " ")
        assert shown == str(np.shape(value)), name


def test_lit_lines_are_those_of_the_part():
    for name, form in FORMS.items():
        _, sweep = charts.form_chart(name)
        for part, row in zip(PARTS, sweep.moving[0]["y"], strict=True):
            lit = {-int(y) for y in row[np.isfinite(row)]}
            assert lit == {
                at for at, line in enumerate(listing(form)) if part in line.parts
            }


def test_the_forms_show_the_same_numbers():
    table = charts.result_table(3, 6)
    assert list(table["Two loops"]) == list(table["One loop"]) == list(table["No loop"])
    assert "seven forms" in charts.agreement(1, 1)


def test_the_answer_is_a_number_of_four_digits():
    assert charts.QUESTION[1] == "2413"
    truth, why = charts.times_verdict()
    assert truth in {"1", "10", "100", "1000"}
    assert "41,000 times" in why
