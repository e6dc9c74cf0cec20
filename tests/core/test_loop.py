"""The loop that is shown is the loop that runs, and gives what the matrices give."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.loop import (
    MAX_EXAMPLES,
    TINY_X,
    TINY_Y,
    code_lines,
    gradients_by_loop,
    gradients_by_matrix,
    listing,
    loop_steps,
    run_line_by_line,
    same_digits,
)
from core.source import script
from tests.take_home import run

X, Y = np.array(TINY_X), np.array(TINY_Y)
W, B = np.array([[0.5], [-0.3]]), 0.1


def test_the_watched_lines_are_the_listing():
    watched = list(code_lines(run_line_by_line))
    assert watched.pop(0) == "i = k = z = a = dz = None"
    kept = [line for line in watched if not line.strip().startswith("yield ")]
    assert tuple(kept) == listing()[:-1]


def test_every_step_names_the_line_before_it():
    lines, last = code_lines(run_line_by_line), ""
    seen = []
    for line in lines:
        if line.strip().startswith("yield LineStep("):
            number = int(line.split("(")[1].split(",")[0])
            assert listing()[number] == last
            seen.append(number)
        else:
            last = line
    assert seen == list(range(1, len(listing()) - 1))


def test_each_line_does_what_it_says():
    steps = loop_steps(X, Y, W, B)
    m, n_x = X.shape[1], X.shape[0]
    assert len(steps) == 1 + m * (7 + 4 * n_x - 1) + 1 + 2 * n_x + 1
    assert (steps[0].J, steps[0].dw, steps[0].db, steps[0].a) == (0, (0, 0), 0, None)
    for before, after in pairwise(steps):
        if after.line == 11:
            assert after.db == before.db + before.dz
        elif after.line == 12:
            assert math.isclose(after.J, before.J / m, rel_tol=1e-15)
        else:
            assert after.db == before.db or after.line == 15
    example = [step for step in steps if step.i == 0 and step.line < 12]
    assert example[-1].z == pytest.approx(0.1 + 0.5 * 1.0 - 0.3 * 2.0)
    assert example[-1].dw == tuple(X[:, 0] * example[-1].dz)


@given(
    st.integers(1, 6).flatmap(
        lambda m: st.tuples(
            arrays(float, (3, m), elements=st.floats(-3, 3)),
            arrays(float, (1, m), elements=st.sampled_from([0.0, 1.0])),
        )
    ),
    arrays(float, (3, 1), elements=st.floats(-2, 2)),
    st.floats(-2, 2),
)
def test_loop_steps_and_matrix_agree(examples, w, b):
    X, Y = examples
    loop, last = gradients_by_loop(X, Y, w, b), loop_steps(X, Y, w, b)[-1]
    assert (loop.J, loop.dw, loop.db) == (last.J, last.dw, last.db)
    matrix = gradients_by_matrix(X, Y, w, b)
    numbers = [[each.J, *each.dw, each.db] for each in (loop, matrix)]
    np.testing.assert_allclose(*numbers, rtol=1e-9, atol=1e-9)


def test_equal_to_the_last_digit_shown():
    loop, matrix = (f(X, Y, W, B) for f in (gradients_by_loop, gradients_by_matrix))
    assert same_digits(loop, matrix)
    assert not same_digits(loop, gradients_by_matrix(X, Y, W, B + 1e-6))


def test_what_cannot_be_watched_is_refused():
    many = np.zeros((2, MAX_EXAMPLES + 1))
    with pytest.raises(ValueError, match="take 12 examples of 4 features at most"):
        loop_steps(many, many[:1], W, B)
    with pytest.raises(ValueError, match=r"Example 4 has z = 300"):
        loop_steps(X, Y, np.array([[100.0], [0.0]]), 0.0)
    with pytest.raises(ValueError, match="must be 0 or 1"):
        loop_steps(X, Y + 1, W, B)
    with pytest.raises(ValueError, match="a rank 1 array"):
        loop_steps(X, Y[0], W, B)


def test_the_loop_goes_home():
    text = script(
        [gradients_by_loop, gradients_by_matrix],
        {"X": X, "Y": Y, "w": W, "b": B},
        [
            ("J by loop", "gradients_by_loop(X, Y, w, b).J"),
            ("dw by matrix", "gradients_by_matrix(X, Y, w, b).dw"),
        ],
        heading="The loop",
    )
    assert run(text) == {
        "J by loop": gradients_by_loop(X, Y, W, B).J,
        "dw by matrix": list(gradients_by_matrix(X, Y, W, B).dw),
    }
