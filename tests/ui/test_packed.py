"""What is packed comes out again, as it was."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ui.shared.packed import pack, unpack

KINDS = ("f4", "f8", "i4", "u1")
ARRAYS = st.sampled_from(KINDS).flatmap(
    lambda kind: arrays.arrays(kind, arrays.array_shapes(max_dims=3, min_side=0))
)
WORDS = st.dictionaries(st.sampled_from("abc"), st.text(max_size=9), max_size=3)


@given(st.lists(ARRAYS, max_size=4), WORDS)
def test_arrays_come_out_bit_by_bit_wherever_they_stand(given_arrays, words):
    content = {"words": words, "deep": [{"z": array} for array in given_arrays]}
    again = unpack(pack(content))
    assert again["words"] == words
    for item, array in zip(again["deep"], given_arrays, strict=True):
        assert item["z"].dtype == array.dtype
        assert item["z"].shape == array.shape
        assert item["z"].tobytes() == array.tobytes()


def test_neighbours_that_are_alike_take_little_room():
    waves = np.sin(np.linspace(0, 6, 20_000)).astype("f4")
    as_they_are = base64.b64encode(zlib.compress(waves.tobytes()))
    assert len(pack({"z": waves})) < 0.8 * len(as_they_are)


def test_a_name_of_plotlys_is_no_array():
    bars = {"error_y": {"array": [1, 2], "at": 0, "shape": "x"}}
    assert unpack(pack(bars)) == bars


@pytest.mark.parametrize("kind", ["i8", "c16", "b1"])
def test_what_the_browser_cannot_read_is_refused_here(kind):
    with pytest.raises(TypeError, match="The browser reads"):
        pack({"z": np.zeros(3, kind)})


@pytest.mark.parametrize("view", [np.s_[::2], np.s_[::-1]])
def test_a_view_into_an_array_is_packed_like_a_copy(view):
    z = np.arange(12, dtype="i4").reshape(6, 2)[view]
    assert np.array_equal(unpack(pack([z]))[0], z)
