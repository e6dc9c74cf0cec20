"""Code cut where its look changes, and what a computer says, word for word."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui.code_view import pieces

SLOPE = '''def slope(f, a):
    """The rise over the run."""
    return f(a) if a is not None else 0  # at a
'''


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("def", "keyword"),
        ("slope", "name"),
        ('"""The rise over the run."""', "quiet"),
        ("return", "keyword"),
        ("is", "keyword"),
        ("# at a", "quiet"),
        ("(f, a):", ""),
    ],
)
def test_what_a_piece_of_code_is(words, kind):
    assert kind in [found for found, text in pieces(SLOPE) if words in text]


@given(st.text(max_size=80))
def test_nothing_is_lost_or_added(text):
    """What cannot be read as Python is shown all the same."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "".join(words for _, words in pieces(text)) == lines


def test_neighbours_look_different():
    kinds = [kind for kind, _ in pieces(SLOPE)]
    assert all(a != b for a, b in itertools.pairwise(kinds))


def test_what_a_computer_says_is_never_read_as_html():
    def page() -> None:
        from ui.code_view import printed

        printed("<b>1</b>")

    shown = next(e for e in AppTest.from_function(page).run().main if e.type == "html")
    assert "&lt;b&gt;1&lt;/b&gt;" in shown.proto.body
