"""What a visitor types is shown as it is: no Markdown, no HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.plain import as_code, plain

NASTY = ("__import__", "<b>x</b>", "[a](//x)", "$x$", ":red[x]", "`a`", "a*a*a", "|a|")


@pytest.mark.parametrize("text", NASTY)
def test_every_mark_is_taken_literally(text):
    assert re.sub(r"\\([^a-zA-Z\s])", r"\1", plain(text)) == text
    assert not re.search(r"(?<!\\)[*_`<>\[\]$:|]", plain(text))


@given(st.text())
def test_there_is_always_one_line(text):
    assert len(f"{plain(text)}.".splitlines()) == 1
    assert len(f"{as_code(text, 40)}.".splitlines()) == 1


@given(st.text(), st.integers(2, 40))
def test_nothing_leaves_a_code_span(text, longest):
    span = as_code(text, longest)
    assert not span or re.fullmatch(r"`[^`\n]+`", span)
    assert len(span) <= longest + 2


def test_words_stay_words():
    said = "Type a dot in decimal numbers, as in 0.5."
    assert plain(said) == said
    assert as_code("blue", 25) == "`blue`"
    assert as_code("x" * 26, 25) == f"`{'x' * 24}…`"
    assert as_code(" \n", 25) == ""
