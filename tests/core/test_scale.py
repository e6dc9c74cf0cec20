"""Learning curves: what is stored is whole, and a point of it can be trained again."""

import numpy as np
import pytest

from core.scale import (
    AMOUNTS,
    MODELS,
    SEEDS,
    STORED,
    SUBJECTS,
    TESTED,
    Curve,
    count_right,
    enough,
    examples_of,
    late_gain,
    median_share,
    quick_enough,
    read_curves,
    work,
    write_curves,
)

SPIRAL, CATS = SUBJECTS["spiral"], SUBJECTS["silhouettes"]


def test_every_training_is_stored_once():
    lines = STORED.read_text("utf-8").splitlines()
    assert len(lines) == 1 + 2 * len(MODELS) * len(AMOUNTS) * len(SEEDS)
    assert len({line.rsplit(",", 1)[0] for line in lines}) == len(lines)
    curves = read_curves()
    assert set(curves) == {(key, model) for key in SUBJECTS for model in MODELS}
    for curve in curves.values():
        assert curve.right.min() >= 0.5 * TESTED
        assert curve.right.max() <= TESTED


def test_writing_what_was_read_gives_the_same_bytes(tmp_path):
    rows = [
        (key, model, m, seed, int(curve.right[i, j]))
        for (key, model), curve in read_curves().items()
        for i, m in enumerate(AMOUNTS)
        for j, seed in enumerate(SEEDS)
    ]
    write_curves(tmp_path / "again.csv", rows)
    assert (tmp_path / "again.csv").read_bytes() == STORED.read_bytes()


@pytest.mark.parametrize(
    ("key", "model", "m", "seed"),
    [
        ("spiral", "logistic", 25, 0),
        ("spiral", "medium", 100, 3),
        ("silhouettes", "logistic", 50, 1),
        ("silhouettes", "small", 50, 2),
    ],
)
def test_a_stored_point_comes_out_again(key, model, m, seed):
    """Up to the rounding of another processor, which long descents make larger."""
    stored = read_curves()[key, model].right[AMOUNTS.index(m), SEEDS.index(seed)]
    assert abs(count_right(SUBJECTS[key], model, m, seed) - stored) <= 0.01 * TESTED


def test_no_test_example_is_trained_on():
    parts = examples_of(CATS, 1600, 0)
    assert parts.held_out.Y.size == TESTED
    columns = {x.tobytes() for x in parts.train.X.T}
    alike = sum(x.tobytes() in columns for x in parts.held_out.X.T)
    assert alike <= 2, "the file has a few pictures twice"
    assert np.array_equal(parts.held_out.X, examples_of(CATS, 25, 3).held_out.X)


@pytest.mark.parametrize("subject", [SPIRAL, CATS])
def test_the_seed_draws_the_examples(subject):
    one, same, other = (examples_of(subject, 50, seed).train for seed in (0, 0, 1))
    assert one.X.shape == (subject.n_x, 50)
    assert np.array_equal(one.X, same.X)
    assert not np.array_equal(one.X, other.X)


def test_more_silhouettes_than_there_are_is_refused():
    with pytest.raises(ValueError, match="There are 1600 examples, not 1601"):
        examples_of(CATS, 1601, 0)


def test_what_is_quick_enough_grows_with_nothing():
    assert all(quick_enough(SPIRAL, model, 1600) for model in MODELS)
    assert quick_enough(CATS, "small", 400)
    assert not quick_enough(CATS, "large", 1600)
    assert work(CATS, "large", 1600) == 16 * 64 * work(CATS, "logistic", 100)


def test_curves_are_read_as_they_are_meant():
    right = np.repeat([[200], [300], [396], [398], [399], [400], [400]], 5, axis=1)
    curve = Curve(right)
    assert enough(curve) == AMOUNTS[2]
    assert late_gain(curve) == pytest.approx(1 / 400)
    assert median_share(np.array([1, 399, 200])) == 0.5
