"""The figures and sentences of the cat recogniser, against the run they show."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from charts import cats
from core.rounding import readable
from core.silhouettes import (
    Learned,
    Lesson,
    Silhouettes,
    accuracy_against,
    learn,
    load,
    make_task,
    recognise_hidden,
)
from core.sweep import Sweep
from ui.live_figure.packing import pack


@pytest.fixture(scope="module")
def data() -> Silhouettes:
    return load()


@pytest.fixture(scope="module")
def usual(data: Silhouettes) -> Learned:
    return learn(Lesson(), data)


def drawn(
    lesson: Lesson, learned: Learned, data: Silhouettes
) -> list[tuple[go.Figure, Sweep]]:
    pixels = cats.test_picture(learned, 1)
    return [
        cats.weights_chart(lesson, learned),
        cats.progress_chart(lesson, learned),
        cats.gallery_chart(lesson, (learned, data)),
        cats.evidence_chart(lesson, pixels, learned),
    ]


@pytest.mark.parametrize(
    "lesson",
    [
        Lesson(m=10, steps=10),
        Lesson("dog", m=50, alpha=1.0, steps=50, seed=3),
        Lesson("giraffe", steps=1000, seed=99),
    ],
)
def test_every_figure_has_a_frame_for_every_kept_step(
    lesson: Lesson, data: Silhouettes
) -> None:
    learned = learn(lesson, data)
    steps = learned.recogniser.run.kept_steps
    assert 10 <= len(steps) <= 52
    assert steps[-1] == lesson.steps
    for figure, sweep in drawn(lesson, learned, data):
        assert sweep.values.tolist() == steps.tolist()
        assert len(sweep.says) in {0, len(steps)}
        for trace, attributes in sweep.moving.items():
            assert trace < len(figure.data)
            assert {len(rows) for rows in attributes.values()} == {len(steps)}
        for each in sweep.readout:
            assert len(each.shown) == len(steps)
        for each in sweep.maps:
            assert len(each.z) == len(steps)
            assert each.z.min() >= 0
            assert each.z.max() <= 1
    words = cats.notice(lesson, learned) + cats.confusion_sentence(learned, 20)
    assert "nan" not in words


def test_the_first_data_of_the_page_are_small(
    usual: Learned, data: Silhouettes
) -> None:
    sizes = [len(pack(*each).text) for each in drawn(Lesson(), usual, data)]
    assert sum(sizes) < 250_000


def test_the_usual_lesson_says_what_it_reached(usual: Learned) -> None:
    assert usual.m == 1600
    assert "91.3\u00a0%" in cats.sentence(usual, -1)
    assert "90.5\u00a0%" in cats.sentence(usual, -1)
    assert "every weight is 0" in cats.sentence(usual, 0)
    table = cats.confusion_table(usual, 500)
    right = int(table.iloc[0, 1]) + int(table.iloc[1, 2])
    assert right / 400 == pytest.approx(0.905)
    assert not cats.too_long(usual)


def test_the_picture_of_the_weights_is_upright(usual: Learned) -> None:
    w = usual.recogniser.run.w_kept
    _, sweep = cats.weights_chart(Lesson(), usual)
    z = sweep.maps[0].z[-1]
    brightest = np.argmax(w[-1])
    row, column = divmod(int(brightest), 28)
    assert z[27 - row, column] == z.max()
    plus = sweep.moving[0]
    assert plus["x"][-1][0] == column + 0.5
    assert plus["y"][-1][0] == 28 - row - 0.5
    assert (sweep.maps[0].z[0] == 0.5).all()
    assert (plus["y"][0] < 0).all()  # nothing is marked while every weight is 0


def test_no_picture_is_empty_before_the_first_step(usual: Learned) -> None:
    pixels = cats.test_picture(usual, 2)
    for figure, sweep in (
        cats.weights_chart(Lesson(), usual),
        cats.evidence_chart(Lesson(), pixels, usual),
    ):
        words = sweep.moving[2]["text"]
        assert words[0] == cats.SILENT
        assert {*words[1:]} == {("", "")}
        (left, right), (low, high) = (
            figure.layout[name].range for name in ("xaxis", "yaxis")
        )
        assert left < figure.data[2].x[0] < right
        assert low < min(figure.data[2].y) < max(figure.data[2].y) < high


def test_the_gallery_has_the_colours_of_its_answers(
    usual: Learned, data: Silhouettes
) -> None:
    _, sweep = cats.gallery_chart(Lesson(), (usual, data))
    assert sweep.moving[1]["text"][0] == cats.UNSURE
    assert {*sweep.moving[1]["text"][1:]} == {cats.SURE}
    room = cats.ROOM
    for z, words in zip(sweep.maps[0].z, sweep.moving[0]["text"], strict=True):
        # The rows of a map stand the other way round; the upper pictures come first.
        for row, upper in enumerate((z[::-1][:36], z[::-1][44:])):
            for k in range(cats.SHOWN):
                name, chance = words[2 * (row * cats.SHOWN + k) :][:2]
                if not name:
                    continue
                shades = upper[:, k * room : (k + 1) * room] - 0.5
                taken = float(chance.removeprefix("< ").removeprefix("> ")) > 0.5
                assert (shades.max() > 0, shades.min() < 0) == (taken, not taken)
                assert ((name == "cat") == taken) == (row == 0)


def test_what_speaks_for_and_against_adds_up_to_z(usual: Learned) -> None:
    pixels = cats.test_picture(usual, 4)
    last = len(usual.recogniser.run.kept_steps) - 1
    each = cats.evidence_at(usual, pixels, last)
    assert each.a == pytest.approx(float(cats.at_step(usual, last)[0, 3]), abs=1e-12)
    up = float(each.pixels[each.pixels > 0].sum())
    down = float(each.pixels[each.pixels < 0].sum())
    assert up + down + each.b == pytest.approx(each.z)
    assert cats.total(each, 1) in cats.verdict(usual, pixels, 500, "")


def test_dogs_are_the_hardest_to_tell_from_cats(data: Silhouettes) -> None:
    shares = accuracy_against(data, cats.CANDIDATES)
    assert cats.hardest(shares) == "dog"
    assert "dog 77.3\u00a0%" in cats.explanation(shares)


def test_steps_that_are_too_long_are_named(data: Silhouettes) -> None:
    learned = learn(Lesson(m=100, alpha=1.0, steps=50), data)
    J = learned.recogniser.run.J
    assert (J.max() > 1.02 * J[0]) == bool(cats.too_long(learned))


@pytest.mark.parametrize("alpha", [0.5, 1.0])
def test_the_peak_that_is_named_is_drawn(alpha: float, data: Silhouettes) -> None:
    lesson = Lesson("dog", m=50, alpha=alpha, steps=1000)
    learned = learn(lesson, data)
    figure, sweep = cats.progress_chart(lesson, learned)
    J, drawn_J = learned.recogniser.run.J, figure.data[0]
    np.testing.assert_allclose(drawn_J.y, J, rtol=1e-6)
    assert figure.layout.yaxis.range[1] > J.max()
    peak = int(np.argmax(drawn_J.y))
    said = f"to {readable(float(drawn_J.y[peak]), 3)} at step {int(drawn_J.x[peak])}."
    assert said in cats.too_long(learned)
    kept = drawn_J.y[sweep.moving[4]["x"].astype(int)]
    np.testing.assert_allclose(kept, sweep.moving[4]["y"], rtol=1e-6)


def test_only_a_run_that_does_not_settle_jumps_to_and_fro(data: Silhouettes) -> None:
    settled = learn(Lesson("dog", m=50, alpha=0.5, steps=1000), data)
    J = settled.recogniser.run.J
    assert (np.diff(J[7:]) <= 0).all()
    assert "After step 7 it only fell, to 0.00156" in cats.too_long(settled)
    assert "to and fro" not in cats.too_long(settled)
    restless = learn(Lesson(alpha=0.5, steps=1000), data)
    rises = np.sum(np.diff(restless.recogniser.run.J) > 0)
    words = f"It jumps to and fro: it rose in {rises} of 1,000 steps"
    assert words in cats.too_long(restless)


def test_fewer_examples_than_asked_for_are_said(data: Silhouettes) -> None:
    lesson = Lesson("dog", steps=10)
    assert "dog: there are 178 examples" in cats.fewer(lesson, learn(lesson, data))
    small = replace(lesson, m=50)
    assert cats.fewer(small, learn(small, data)) == ""


def test_a_hidden_layer_is_seen_to_overfit(data: Silhouettes) -> None:
    run = recognise_hidden(make_task(data, m=200), 20)
    lesson = Lesson(m=200)
    words = cats.hidden_sentence(run, learn(lesson, data), 20)
    assert "overfits" in words
    figure, sweep = cats.hidden_chart(lesson, 20, run)
    assert len(sweep.moving[2]["y"]) == len(sweep.values) == 51
    assert len(pack(figure, sweep).text) < 30_000
