"""Typed text becomes a tree or a friendly error that points at the right place."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.safe_source import ExpressionError, read


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "Nothing"),
        ("   ", 0, "Nothing"),
        ("3a", 0, "3*a"),
        ("3 *", 3, "missing"),
        ("  3 *  ", 5, "missing"),
        ("2*(a+1", 2, "never closed"),
        ("2*(a+1]", 6, "does not match"),
        ("a)", 1, "closes nothing"),
        ("é + $", 4, "missing"),
        ("a = 3", 2, "missing"),
        ("a\nb", 1, "cannot be seen"),
        ("a + \x00", 4, "cannot be seen"),
        ("a\ud800", 1, "cannot be seen"),
        ("a + 'b'", 4, "no place"),
        ("a # b", 2, "no place"),
        ("a" * 201, 200, "200"),
        ("-" * 150 + "a", 0, "shorten"),
        ("[" + "1," * 95 + "1]", 0, "90 parts"),
    ],
)
def test_a_text_that_cannot_be_read_points_at_the_character(
    text: str, position: int, words: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(text, max_nodes=90)
    error = caught.value
    assert error.position == position
    assert error.text == text
    assert words in error.message
    assert error.pointer().splitlines()[-1] == " " * position + "^"


def test_the_tree_is_the_one_python_reads() -> None:
    text = "np.dot(a, b.T)**2 - a[:, None]"
    assert ast.dump(read(text)) == ast.dump(ast.parse(text, mode="eval").body)


def test_positions_count_characters_and_lookalikes_are_read_as_operators() -> None:
    text = "  é − α × β"
    tree = read(text)
    names = {
        text[node.col_offset : node.end_col_offset]
        for node in ast.walk(tree)
        if isinstance(node, ast.Name)
    }
    assert names == {"é", "α", "β"}
    assert ast.unparse(tree) == "é - α * β"


def test_nobody_nests_deeper_than_the_usual_limit() -> None:
    assert isinstance(read("-" * 59 + "a"), ast.UnaryOp)
    with pytest.raises(ExpressionError, match="60 steps"):
        read("-" * 61 + "a")


def test_limits_are_those_asked_for() -> None:
    assert isinstance(read("+".join("a" * 20), max_depth=20), ast.BinOp)
    with pytest.raises(ExpressionError, match="19 steps"):
        read("+".join("a" * 20), max_depth=19)
    with pytest.raises(ExpressionError, match="38 parts"):
        read("+".join("a" * 20), max_nodes=38)


FRAGMENTS = st.lists(
    st.sampled_from(list("ab12()[]{}.,:+-*/@%<=>!|&^~ \t\n\\'\"#é²−")) | st.text(),
    max_size=120,
).map("".join)


def outcome(text: str) -> ast.expr | ExpressionError:
    """The tree or the friendly error; any other exception fails the test."""
    try:
        return read(text)
    except ExpressionError as error:
        return error


@given(FRAGMENTS)
def test_only_the_friendly_error_comes_out(text: str) -> None:
    result = outcome(text)
    if isinstance(result, ExpressionError):
        assert result.message
        assert 0 <= result.position <= len(text)
        assert result.pointer().endswith("\n" + " " * result.position + "^")
        return
    for node in ast.walk(result):
        if isinstance(node, ast.expr):
            assert node.end_col_offset is not None
            assert 0 <= node.col_offset <= node.end_col_offset <= len(text)
