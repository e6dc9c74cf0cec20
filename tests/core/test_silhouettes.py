"""The cat recogniser reaches its reference; any drawing becomes a silhouette."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from core.clean_up import MARGIN, SIZE, best_threshold, clean_up
from core.images import grey
from core.logistic import accuracy, forward, losses
from core.silhouettes import (
    SILHOUETTES,
    confusion,
    evidence,
    extremes,
    load,
    make_task,
    opponents,
    packed,
    read_silhouettes,
    recognise,
    recognise_hidden,
    unpacked,
)


@pytest.fixture(scope="module")
def data():
    return load()


@pytest.fixture(scope="module")
def trained(data):
    task = make_task(data)
    return task, recognise(task)


def test_the_file_and_its_licence():
    notice = SILHOUETTES.parent / "LICENSE-animal-silhouettes.txt"
    assert "Copyright (c) 2025 SinaSR-6" in notice.read_text("utf-8")


def test_what_is_in_the_file(data):
    assert data.X.shape == (784, 2000)
    assert (data.X.min(), data.X.max()) == (0, 1)
    assert data.animal.count("cat") == 1000
    assert len(opponents(data)) == 10
    images = np.load(SILHOUETTES)["images"]
    np.testing.assert_array_equal(data.X[:, 7].reshape(28, 28) * 255, images[7])


def test_the_reference(trained):
    task, got = trained
    assert got.train_accuracy[-1] == pytest.approx(0.913, abs=0.0005)
    assert got.test_accuracy[-1] == pytest.approx(0.905, abs=0.0005)
    assert len(got.train_accuracy) == len(got.run.kept_steps) == 51
    for examples, shares in (
        (task.train, got.train_accuracy),
        (task.test, got.test_accuracy),
    ):
        A = forward(got.run.w_kept[[3]].T, float(got.run.b_kept[3]), examples.X)
        assert accuracy(A, examples.Y) == shares[3]


def test_a_task_keeps_its_test_apart(data):
    task = make_task(data)
    assert (task.train.X.shape, task.test.X.shape) == ((784, 1600), (784, 400))
    np.testing.assert_array_equal(task.train.columns, np.arange(1600))
    small = make_task(data, m=50, seed=3)
    full = make_task(data, seed=3)
    np.testing.assert_array_equal(small.test.columns, full.test.columns)
    np.testing.assert_array_equal(small.train.columns, full.train.columns[:50])
    assert not set(full.train.columns) & set(full.test.columns)
    assert not np.array_equal(full.train.columns, task.train.columns)


def test_examples_are_packed_bit_by_bit(data):
    for examples in (make_task(data, "dog").test, make_task(data, m=30, seed=2).train):
        again = unpacked(packed(examples))
        np.testing.assert_array_equal(again.X, examples.X)
        np.testing.assert_array_equal(again.Y, examples.Y)
        assert again.X.flags.c_contiguous


def test_cats_against_one_animal(data):
    task = make_task(data, "dog", seed=1)
    columns = [*task.train.columns, *task.test.columns]
    animals = [data.animal[column] for column in columns]
    assert set(animals) == {"cat", "dog"}
    assert animals.count("cat") == animals.count("dog") == data.animal.count("dog")
    labels = np.hstack([task.train.Y, task.test.Y])[0]
    np.testing.assert_array_equal(labels == 1, np.array(animals) == "cat")


@pytest.mark.parametrize(
    ("against", "m", "message"),
    [
        ("cat", None, "no animal 'cat'"),
        ("unicorn", None, "Choose from all, bear"),
        ("all", 1, "2 to 1600"),
        ("all", 1601, "2 to 1600"),
    ],
)
def test_tasks_that_do_not_exist(data, against, m, message):
    with pytest.raises(ValueError, match=message):
        make_task(data, against, m)


def test_the_confusion_table(trained):
    task, got = trained
    A, Y = forward(got.run.w, got.run.b, task.test.X), task.test.Y
    table = confusion(A, Y)
    oracle = confusion_matrix(Y[0], A[0] > 0.5)
    assert oracle.tolist() == [
        [table.other_as_other, table.other_as_cat],
        [table.cat_as_other, table.cat_as_cat],
    ]


def test_the_most_certain_and_the_worst(trained):
    task, got = trained
    A, Y = forward(got.run.w, got.run.b, task.test.X), task.test.Y
    found, each = extremes(A, Y, 5), losses(A, Y)[0]
    assert each[found.right[0]] == each.min()
    assert each[found.wrong[0]] == each.max()
    assert (np.diff(each[found.right]) >= 0).all()
    assert (np.diff(each[found.wrong]) <= 0).all()
    certain = extremes(Y * 0.8 + 0.1, Y, 5)
    assert (len(certain.right), len(certain.wrong)) == (5, 0)


def test_the_evidence_adds_up(trained):
    task, got = trained
    told = evidence(got.run.w, got.run.b, task.test.X[:, 4].reshape(28, 28))
    A = forward(got.run.w, got.run.b, task.test.X[:, [4]])
    assert told.pixels.shape == (28, 28)
    assert 1 / (1 + np.exp(-told.z)) == pytest.approx(told.a) == pytest.approx(A[0, 0])


def test_a_hidden_layer_learns_by_heart(data):
    task = make_task(data, m=80)
    got = recognise_hidden(task, n_h=8, steps=200, every=50)
    assert got.train.accuracy[-1] == 1.0
    assert got.test.accuracy[-1] < 0.92
    assert got.test.J[-1] > 3 * got.train.J[-1]


# Cleaning up.


def blob(h, w, box, ink=255, paper=0):
    picture = np.full((h, w), float(paper))
    top, bottom, left, right = box
    picture[top:bottom, left:right] = ink
    return picture


@pytest.mark.parametrize(("ink", "paper"), [(255, 0), (0, 255), (140, 90), (30, 60)])
def test_any_ink_on_any_paper(ink, paper):
    got = clean_up(blob(200, 300, (20, 120, 40, 240), ink, paper))
    assert got.box == (20, 120, 40, 240)
    assert got.inverted is (ink < paper)
    # Twice as wide as high: 26 columns, 13 rows, in the middle.
    on = np.argwhere(got.picture > 0.5)
    assert (on.max(0) - on.min(0) + 1).tolist() == [13, SIZE - 2 * MARGIN]
    assert (on.max(0) + on.min(0)).tolist() == pytest.approx([27, 27], abs=1)


@pytest.mark.parametrize(
    "box", [(0, 1, 0, 1), (5, 6, 0, 39), (0, 30, 7, 8), (2, 3, 2, 3)]
)
def test_dots_and_lines(box):
    picture = clean_up(blob(30, 40, box)).picture
    assert picture.shape == (SIZE, SIZE)
    assert 0 < picture.max() <= 1


def test_the_animals_stay_what_they_are(data):
    """Cleaning a clean silhouette changes little, and the recogniser agrees."""
    for column in (0, 2, 6):
        image = data.X[:, column].reshape(28, 28)
        again = clean_up(255 * image).picture
        assert np.corrcoef(again.ravel(), image.ravel())[0, 1] > 0.8


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("side", [28, 64, 300])
def test_noise_is_no_silhouette(seed, side):
    levels = np.random.default_rng(seed).integers(0, 256, (side, side, 3))
    with pytest.raises(ValueError, match="No figure stands out"):
        clean_up(grey(levels.astype(np.uint8)))


def test_a_figure_may_be_cut_by_the_border(data):
    picture = blob(100, 100, (30, 100, 20, 80))  # feet on the lower edge
    assert clean_up(picture).box == (30, 100, 20, 80)
    for column in range(60):
        clean_up(255 * data.X[:, column].reshape(28, 28))


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((50, 50)), "one plain colour"),
        (np.full((1, 1), 255.0), "one plain colour"),
        (np.zeros((0, 5)), "grey picture"),
        (np.zeros((5, 5, 3)), "grey picture"),
    ],
)
def test_pictures_without_a_shape(image, message):
    with pytest.raises(ValueError, match=message):
        clean_up(image)


def test_the_threshold_lies_between_two_heaps():
    rng = np.random.default_rng(0)
    heaps = np.concatenate([rng.normal(60, 10, 4000), rng.normal(190, 15, 1000)])
    assert 90 < best_threshold(heaps.reshape(50, 100)) < 160


def test_a_missing_file_says_so(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_silhouettes(tmp_path / "none.npz")
