"""The data sets: balanced, reproducible, and as described."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.datasets import DATASETS, REACH, make, split

NAMES = list(DATASETS)


def nearest_other(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """For each example, whether its nearest neighbour is of the other class."""
    distance = np.hypot(*(X[:, :, None] - X[:, None, :]))
    np.fill_diagonal(distance, np.inf)
    return Y[0, distance.argmin(axis=1)] != Y[0]


def test_the_six_data_sets_are_there() -> None:
    assert NAMES == ["flower", "moons", "circles", "xor", "blobs", "spiral"]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=20, deadline=None)
@given(
    m=st.integers(2, 300),
    noise=st.floats(min_value=0, max_value=1),
    seed=st.integers(0, 2**32),
)
def test_shapes_labels_and_balance(name: str, m: int, noise: float, seed: int) -> None:
    data = make(name, m, noise, seed)
    assert data.X.shape == (2, m)
    assert data.Y.shape == (1, m)
    assert data.name == name
    assert np.isfinite(data.X).all()
    assert set(np.unique(data.Y)) == {0.0, 1.0}
    assert data.Y.sum() == m // 2


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_a_data_set(name: str) -> None:
    one, again, other = (make(name, 50, 0.3, seed) for seed in (7, 7, 8))
    assert np.array_equal(one.X, again.X)
    assert not np.array_equal(one.X, other.X)


@pytest.mark.parametrize("name", NAMES)
def test_all_reach_about_as_far(name: str) -> None:
    reach = np.abs(make(name, 400, 0.0).X).max()
    assert 0.7 * REACH < reach < 1.1 * REACH


@pytest.mark.parametrize("name", [name for name in NAMES if name != "flower"])
def test_noise_mixes_the_classes(name: str) -> None:
    # The petals of the flower meet in the middle even without noise.
    clean, some, much = (
        nearest_other(data.X, data.Y).mean()
        for data in (make(name, 400, noise, 1) for noise in (0.0, 0.2, 1.0))
    )
    assert clean < 0.01
    assert some < 0.05
    assert 0.05 < much < 0.45


def test_the_flower_is_the_curve_of_the_course() -> None:
    x1, x2 = make("flower", 400, 0.0).X
    theta = np.arctan2(x1, x2)
    r = np.hypot(x1, x2)
    np.testing.assert_allclose(r, np.abs(4 * np.sin(4 * theta)), atol=1e-12)


def test_circles_and_xor_without_noise() -> None:
    circles = make("circles", 40, 0.0)
    np.testing.assert_allclose(
        np.hypot(*circles.X), np.where(circles.Y[0] == 1, 2.0, 4.0)
    )
    xor = make("xor", 40, 0.0)
    assert np.array_equal(np.prod(xor.X, axis=0) < 0, xor.Y[0] == 1)
    assert (np.abs(xor.X) > 0.3).all()


@given(share=st.floats(min_value=0, max_value=0.99), seed=st.integers(0, 1000))
def test_a_split_loses_nothing_and_stays_balanced(share: float, seed: int) -> None:
    data = make("moons", 60, 0.2, 3)
    parts = split(data, share, seed)
    together = np.hstack([parts.train.X, parts.held_out.X])
    assert sorted(map(tuple, together.T)) == sorted(map(tuple, data.X.T))
    for part in (parts.train, parts.held_out):
        assert part.Y.sum() * 2 == part.Y.size
    assert parts.train.Y.size >= 2
    assert abs(parts.held_out.Y.size - 60 * share) <= 2


def test_labels_stay_with_their_points() -> None:
    parts = split(make("xor", 80, 0.0), 0.25, 5)
    for part in (parts.train, parts.held_out):
        assert np.array_equal(np.prod(part.X, axis=0) < 0, part.Y[0] == 1)
    again = split(make("xor", 80, 0.0), 0.25, 5)
    assert np.array_equal(parts.held_out.X, again.held_out.X)
    other = split(make("xor", 80, 0.0), 0.25, 6)
    assert not np.array_equal(parts.held_out.X, other.held_out.X)


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose from flower, moons"):
        make("rose")
    with pytest.raises(ValueError, match="at least 2"):
        make("moons", 1)
    with pytest.raises(ValueError, match="noise must be 0 or more"):
        make("moons", 10, -0.1)
    with pytest.raises(ValueError, match="noise must be 0 or more"):
        make("moons", 10, float("nan"))
    with pytest.raises(ValueError, match="share held out"):
        split(make("moons", 10), 1.0)
