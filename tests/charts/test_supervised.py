"""Figures and words of the page on supervised learning, against the core."""

import numpy as np
import pytest

from charts import supervised as charts
from core.images import draw_cat
from core.supervised import VOCABULARY, count_words, picture_vector, words_of
from core.tables import calories
from ui.live_figure.packing import pack

MOST = 500_000


def check(figure, sweep):
    n = len(sweep.values)
    for trace, attributes in sweep.moving.items():
        assert trace < len(figure.data)
        assert {len(rows) for rows in attributes.values()} == {n}
    assert {len(each.shown) for each in sweep.readout} <= {n}
    assert len(sweep.says) == len(sweep.shown) == n
    assert len(pack(figure, sweep).text) < MOST


def test_each_food_is_an_example():
    figure, sweep = charts.table_chart()
    check(figure, sweep)
    assert sweep.shown == calories().columns
    assert [row[0] for row in sweep.moving[7]["text"]] == ["59", "239", "155.4", "76.9"]
    assert "1, 1, 1" in charts.learned_sentence()


def test_every_pixel_is_a_number_of_x():
    picture = draw_cat(charts.SIDE)
    figure, sweep = charts.image_chart("cat", picture)
    check(figure, sweep)
    x = picture_vector(picture)[:, 0]
    i = 3 * charts.SIDE + 7
    assert sweep.moving[2]["y"][i, 0] == x[i]
    assert (sweep.moving[3]["x"][i, 0], sweep.moving[3]["y"][i, 0]) == (7, 3)
    assert (sweep.readout[0].shown[i], sweep.readout[1].shown[i]) == ("3", "7")


@pytest.mark.parametrize(
    "text", [charts.TEXT, "", "good", "a " * 100, "x" * 200, "<i>not</i> §§ 12"]
)
def test_the_counts_fill_word_by_word(text):
    figure, sweep = charts.text_chart(text)
    check(figure, sweep)
    assert len(sweep.values) == len(words_of(text)) + 1
    ends = sweep.moving[0]["x"][-1].reshape(-1, 3)[:, 1]
    assert np.array_equal(np.nan_to_num(ends), count_words(text)[:, 0])
    assert max(len(row[0]) for row in sweep.moving[2]["text"]) <= charts.LONGEST_WORD


def test_what_is_in_the_vocabulary_is_told():
    _, sweep = charts.text_chart("Not purple")
    assert sweep.says[1] == "“not” is in the vocabulary: its number in x grows by 1."
    assert sweep.says[2] == "“purple” is not in the vocabulary and is passed over."
    assert "not" in VOCABULARY


def test_the_order_question_is_answered_by_counting():
    _, options, truth, _ = charts.order_question()
    assert options[truth] == "in none"


def test_a_long_x_is_shortened_in_the_formula():
    formula = charts.pair_formula(np.arange(9.0)[:, None], "1")
    assert r"0 \\ 1 \\ 2 \\ \vdots \\ 8" in formula
    assert r"(9,\,1)" in formula


def test_the_score_names_each_mistake():
    assert "All 8 right" in charts.sorted_words((), 8)
    said = charts.sorted_words(("one", "two"), 8)
    assert "6 of 8 right" in said
    assert "- two" in said
