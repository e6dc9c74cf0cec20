"""From things to x, and from pairs to a map."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.images import draw_cat, grey
from core.supervised import (
    APPLICATIONS,
    THINGS,
    VOCABULARY,
    count_read,
    count_words,
    graded,
    learn_weights,
    picture_vector,
    total,
    words_of,
)
from core.tables import calories


def test_words_are_small_letters_without_signs():
    assert words_of("It's GOOD, not bad!") == ["it's", "good", "not", "bad"]
    assert words_of("<b>1</b> $x_1$ — 12") == ["b", "b", "x"]
    assert words_of("") == []


@given(st.text(max_size=200))
def test_any_text_gives_as_many_numbers(text):
    x = count_words(text)
    assert x.shape == (len(VOCABULARY), 1)
    assert x.sum() <= len(words_of(text))
    assert np.array_equal(x, count_read(text, 200))
    assert not count_read(text, 0).any()


def test_counts_know_no_order():
    assert np.array_equal(count_words("good, not bad"), count_words("bad, not good"))
    assert count_words("Good good GOOD")[VOCABULARY.index("good"), 0] == 3


def test_a_picture_is_listed_row_by_row():
    picture = draw_cat(8)
    x = picture_vector(picture)
    assert x.shape == (64, 1)
    assert x[3 * 8 + 5, 0] == grey(picture)[3, 5]


def test_a_map_is_learned_from_pairs_alone():
    X = calories().values
    w = learn_weights(X, X.sum(axis=0, keepdims=True))
    assert w == pytest.approx(np.ones((3, 1)))
    assert total(X[:, [0]]) == pytest.approx(59.0)
    rng = np.random.default_rng(0)
    X, true = rng.standard_normal((4, 50)), rng.standard_normal((4, 1))
    assert learn_weights(X, true.T @ X) == pytest.approx(true)


def test_the_sorting_is_graded_thing_by_thing():
    structured = {each.name for each in THINGS if each.structured}
    assert graded(structured) == ()
    assert len(structured) == len(THINGS) / 2
    assert graded(set()) == tuple(each for each in THINGS if each.structured)
    assert len(graded({each.name for each in THINGS} - structured)) == len(THINGS)


def test_each_application_is_whole():
    assert len({each.name for each in APPLICATIONS}) == 5
    assert all(all(vars(each).values()) for each in APPLICATIONS)
