"""Every stage of the rewriting gives the same gradients, and its lines are its own."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import logistic, rewriting
from core.loop import gradients_by_loop
from core.rewriting import (
    FORMS,
    GROWING_M,
    KNOWN_BEFORE,
    PARTS,
    SHUFFLED,
    STAGES,
    apart,
    changed,
    descend,
    examples,
    listing,
    loops_in,
    order_that_runs,
    parts_of,
    turns,
    two_loops,
)
from core.stopwatch import median_of

sizes = st.integers(1, 8), st.integers(1, 12), st.integers(0, 10_000)


@given(*sizes)
def test_every_stage_gives_the_same_within_rounding(n_x, m, seed):
    given_ = examples(n_x, m, seed)
    for stage in STAGES:
        assert apart(stage(*given_), two_loops(*given_)) < 1e-12
    assert rewriting.largest_difference(n_x, m, seed) < 1e-12


@given(*sizes)
def test_the_stages_give_what_the_rest_of_the_core_gives(n_x, m, seed):
    X, Y, w, b = examples(n_x, m, seed)
    A = logistic.forward(w, b, X)
    slopes = logistic.backward(A, X, Y)
    found = rewriting.no_loop(X, Y, w, b)
    assert pytest.approx(logistic.cost(A, Y), abs=1e-12) == found.J
    np.testing.assert_allclose(found.dw, slopes.dw, atol=1e-12)
    assert found.db == pytest.approx(slopes.db, abs=1e-12)


@given(*sizes)
def test_the_two_loops_give_what_the_plain_lists_of_the_page_before_give(n_x, m, seed):
    plain = gradients_by_loop(*examples(n_x, m, seed))
    found = two_loops(*examples(n_x, m, seed))
    assert pytest.approx(plain.J, abs=1e-12) == found.J
    np.testing.assert_allclose(found.dw[:, 0], plain.dw, atol=1e-12)
    assert found.db == pytest.approx(plain.db, abs=1e-12)


def test_loops_go_one_after_the_other():
    assert [loops_in(stage) for stage in STAGES] == [3, 2, 1, 1, 1, 1, 0]


@pytest.mark.parametrize("stage", STAGES)
def test_turns_are_those_that_run(stage, monkeypatch):
    """Count what the loops of a stage go through."""
    count = 0

    def counting(n):
        nonlocal count
        for i in range(n):
            count += 1
            yield i

    monkeypatch.setattr(rewriting, "range", counting, raising=False)
    stage(*examples(3, 5))
    assert count == turns(stage, 3, 5)


def test_a_step_of_training_is_the_core_s_own():
    X, Y, w, b = examples(3, 9)
    run = logistic.train(X, Y, 0.3, 20, w=w, b=b)
    w_end, b_end, J = descend(X, Y, w, b, 0.3, 20)
    np.testing.assert_allclose(w_end, run.w, atol=1e-12)
    assert math.isclose(b_end, run.b, abs_tol=1e-12)
    np.testing.assert_allclose(J, run.J[:-1], atol=1e-12)


# ---- the listings --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "after", "parts"),
    [
        ("n_x, m = X.shape", "", ()),
        ("for i in range(m):", "z = b", ()),
        ("    for k in range(n_x):", "        dw[k, 0] += X[k, i] * dz", ("dw",)),
        ("Z = np.dot(w.T, X) + b", "", ("z",)),
        ("J, dw, db = J / m, dw / m, db / m", "", ("J", "dw", "db")),
        ("dZ = A - Y", "", ("dz",)),
    ],
)
def test_a_line_belongs_to_what_it_computes(line, after, parts):
    assert parts_of(line, after) == parts


@pytest.mark.parametrize("form", FORMS.values())
def test_every_part_is_in_every_form(form):
    worked_on = {part for line in listing(form) for part in line.parts}
    assert worked_on == set(PARTS)


def test_each_rewriting_changes_something_and_leaves_something():
    for before, stage in pairwise(STAGES):
        marks = changed(stage, before)
        assert any(marks)
        assert not all(marks)


# ---- the order -----------------------------------------------------------------------


def test_the_order_is_the_one_that_runs():
    order = order_that_runs(SHUFFLED, KNOWN_BEFORE)
    assert order == (2, 4, 1, 3)
    X, Y, w, b = examples(2, 4)
    names = {"np": np, "X": X, "Y": Y, "w": w, "b": b, "m": 4}
    names["sigmas"] = rewriting.sigmas
    for at in order:
        exec(SHUFFLED[at - 1], names)
    np.testing.assert_allclose(names["dw"], two_loops(X, Y, w, b).dw, atol=1e-12)


def test_no_other_order_runs():
    """Each line needs the one before it: with one line missing, nothing goes on."""
    for gone in (line for line in SHUFFLED if not line.startswith("dw")):
        rest = tuple(line for line in SHUFFLED if line != gone)
        with pytest.raises(ValueError, match="no line computes"):
            order_that_runs(rest, KNOWN_BEFORE)


# ---- the race ------------------------------------------------------------------------


def test_the_small_race_has_every_form():
    found = rewriting.quick_race()
    for along in ("m", "n_x"):
        assert all(
            median_of(found, f"{along} {name}", 3 if along == "n_x" else 10)
            for name in FORMS
        )
    assert max(t.size for t in found) < max(GROWING_M)


def test_what_is_asked_is_timed_once():
    assert rewriting.asked() is rewriting.asked()
    assert min(rewriting.asked()) > 0
