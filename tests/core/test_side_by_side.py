"""Five networks that differ in the activation only."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.collapse import collapse
from core.shallow import forward
from core.side_by_side import CELLS, REACH, gap_to_one_layer, learn

DATA = "circles"


@pytest.fixture(scope="module")
def five():
    return {name: learn(name, DATA) for name in ACTIVATIONS}


def test_all_start_alike(five):
    starts = [learned.history.W1[0] for learned in five.values()]
    for start in starts[1:]:
        np.testing.assert_array_equal(start, starts[0])


def test_the_surface_is_what_the_network_says_there(five):
    learned = five["tanh"]
    width = 2 * REACH / CELLS
    corner = np.array([[-REACH + width / 2], [REACH - width / 2]])
    for k in (0, len(learned.surface) - 1):
        said = forward(learned.history.at(k), corner, "tanh").A2[0, 0]
        assert learned.surface[k, -1, 0] == pytest.approx(said, abs=1e-12)


def test_the_share_right_is_counted_over_the_points(five):
    learned = five["relu"]
    A2 = forward(learned.history.at(-1), learned.points.X, "relu").A2
    share = np.mean((A2 > 0.5) == (learned.points.Y == 1))
    assert learned.right[-1] == pytest.approx(share)


def test_bent_units_close_a_ring_and_straight_ones_cannot(five):
    assert five["tanh"].right[-1] > 0.95
    assert five["linear"].right[-1] < 0.7


def test_a_linear_network_is_one_layer(five):
    assert gap_to_one_layer(five["linear"]) < 1e-9


def test_the_line_of_a_linear_network_is_straight(five):
    """Where its map is cut, W2 (W1 x + b1) + b2 is 0."""
    learned = five["linear"]
    middles = np.linspace(-REACH, REACH, 2 * CELLS + 1)[1::2]
    r, c = np.nonzero(learned.cuts[0][-1])
    share = learned.cuts[0][-1][r, c] / 255
    width = 2 * REACH / CELLS
    X = np.stack([middles[c] + share * width, middles[r]])
    one = collapse(learned.history.at(-1))
    off = (one.w.T @ X + one.b) / np.linalg.norm(one.w)
    assert r.size > 10
    assert np.abs(off).max() < width / 250
