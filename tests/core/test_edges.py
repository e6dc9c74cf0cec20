"""The decision line between the cells of a map, against where it is known to run."""

import numpy as np
import pytest

from core.activations import sigmoid
from core.edges import cuts

SPAN = (-2.0, 2.0)
CELLS = 20
MIDDLES = np.linspace(-1.9, 1.9, CELLS)


def crossings(ask, span=SPAN):
    """Where the line is met, in the plane, and the map that it was found on."""
    grid = np.stack([side.ravel() for side in np.meshgrid(MIDDLES, MIDDLES)])
    z = ask(np.zeros(CELLS**2, int), grid).reshape(1, CELLS, CELLS)
    right, up = cuts(z, span, span, ask)
    r1, c1 = np.nonzero(right[0])
    r2, c2 = np.nonzero(up[0])
    width = (span[1] - span[0]) / CELLS
    along = np.stack([MIDDLES[c1] + width * right[0, r1, c1] / 255, MIDDLES[r1]])
    upwards = np.stack([MIDDLES[c2], MIDDLES[r2] + width * up[0, r2, c2] / 255])
    return np.hstack([along, upwards]), z


@pytest.mark.parametrize("steep", [0.01, 1.0, 100.0, 1e4])
def test_a_line_is_met_where_it_runs_however_steep(steep):
    X, _ = crossings(lambda _, X: sigmoid(steep * (X[0] + 0.3 * X[1] - 0.11)))
    assert X.shape[1] > CELLS
    np.testing.assert_allclose(X[0] + 0.3 * X[1], 0.11, atol=0.2 / 250)


def test_a_ring_whose_answer_jumps_is_round():
    X, z = crossings(lambda _, X: (np.hypot(*X) < 1.3).astype(float))
    assert set(z.ravel()) == {0.0, 1.0}
    np.testing.assert_allclose(np.hypot(*X), 1.3, atol=0.2 / 250)


def test_each_frame_is_asked_for_itself_and_one_without_a_line_has_no_cuts():
    levels = np.array([0.2, 0.5, 0.9])
    grid = np.stack([side.ravel() for side in np.meshgrid(MIDDLES, MIDDLES)])

    def ask(i, X):
        return levels[i] + 0.4 * np.tanh(X[0])

    z = np.stack([ask(np.full(CELLS**2, i), grid) for i in range(3)]).reshape(
        3, CELLS, CELLS
    )
    right, up = cuts(z, SPAN, SPAN, ask)
    assert right.dtype == up.dtype == np.uint8
    assert np.count_nonzero(right[0]) == np.count_nonzero(right[1]) == CELLS
    assert not up.any()
    assert not right[2].any()
