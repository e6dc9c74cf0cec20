"""Drawings as texts: there and back, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.clean_up import clean_up
from core.drawings import LENGTH, SIDE, read, write


@given(arrays(np.bool_, (SIDE, SIDE)))
def test_every_drawing_comes_back(ink):
    text = write(ink)
    assert len(text) in {0, LENGTH}
    assert np.array_equal(read(text), ink)


def test_an_empty_sheet_is_the_empty_text():
    assert write(np.zeros((SIDE, SIDE), dtype=np.bool_)) == ""
    assert not read("").any()


def test_the_first_bit_is_the_first_pixel_of_the_first_row():
    ink = np.zeros((SIDE, SIDE), dtype=np.bool_)
    ink[0, :6] = True
    assert write(ink) == "_" + "A" * (LENGTH - 1)


@given(st.one_of(st.text(max_size=40), st.text(min_size=LENGTH, max_size=LENGTH)))
def test_any_other_text_is_refused_or_is_the_drawing_that_it_is(text):
    try:
        ink = read(text)
    except ValueError as reason:
        assert "not a drawing of 56 × 56" in str(reason)  # noqa: PT017
    else:
        assert write(ink) == text


@pytest.mark.parametrize(
    "text",
    [
        "_" * (LENGTH - 1),  # too short
        "_" * (LENGTH + 1),
        "_" * 1_000_000,
        "A" * LENGTH,  # an empty sheet has the empty text
        "_" * LENGTH,  # more bits than pixels
        "/" + "A" * (LENGTH - 1),  # the other base64
        "é" + "A" * (LENGTH - 1),
        "\n" + "A" * (LENGTH - 1),
        "_" * (LENGTH - 1) + "=",
    ],
)
def test_garbage_is_refused(text):
    with pytest.raises(ValueError, match="not a drawing of 56 × 56 pixels"):
        read(text)


def test_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"\(56, 56\), not \(2, 2\)"):
        write(np.ones((2, 2), dtype=np.bool_))


def test_a_drawing_is_cleaned_as_an_upload_is():
    """Wherever it stands and however large it is, it fills 26 of 28 pixels."""
    ink = np.zeros((SIDE, SIDE), dtype=np.bool_)
    ink[40:50, 3:23] = True
    picture = clean_up(np.where(read(write(ink)), 0.0, 255.0)).picture
    on = np.argwhere(picture > 0.5)
    assert (on.max(0) - on.min(0) + 1).tolist() == [13, 26]
