"""The box gives what NumPy gives, and nothing but a friendly error otherwise."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numpy_box import MAX_ELEMENTS, NumpyError, evaluate, value_of
from core.safe_source import ExpressionError

A = np.array([1.0, -2.0, 3.5, 4.0, 0.5])
NAMES = {"a": A, "b": A[:, None] + 1, "c": np.arange(1.0, 7.0).reshape(2, 3)}

# Grown into lines that are right by grammar; many of them do not fit by shape.
LEAVES = st.sampled_from(["a", "b", "c", "2", "0.5", "a.T", "c.T"])
LINES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*@"), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        st.tuples(st.sampled_from(["np.dot", "np.outer"]), inner, inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        inner.map("(-{}).T".format),
        inner.map("np.sum({}, axis=0)".format),
        inner.map("({}).sum(axis=-1, keepdims=True)".format),
        inner.map("({})[:, None]".format),
        inner.map("({})[None, 0]".format),
        inner.map("({}).reshape(-1, 1)".format),
        inner.map("({}).reshape((5,))".format),
        inner.map("({})**2".format),
    ),
    max_leaves=5,
)


def numpy_says(text: str) -> object:
    """The oracle: NumPy itself, on lines that this file has written."""
    wrapped = {"np": np, **NAMES}
    try:
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            return eval(text, wrapped)
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        return error


def box_says(text: str) -> object:
    """The box's answer or its friendly error; anything else fails the test."""
    try:
        return evaluate(text, NAMES)
    except ExpressionError as error:
        return error


@given(LINES)
@settings(max_examples=300)
def test_the_box_and_numpy_agree(text: str) -> None:
    boxed, real = box_says(text), numpy_says(text)
    if isinstance(boxed, ExpressionError):
        too_much = any(w in boxed.message for w in ("characters", "axes", "elements"))
        assert too_much or isinstance(real, Exception)
        # An index or a .T on a plain number fails in Python before NumPy is asked.
        if isinstance(boxed, NumpyError) and isinstance(real, ValueError):
            assert boxed.message == str(real).strip()
        return
    if isinstance(real, Exception):
        # Here a number is an array without axes, so a little more is allowed.
        assert isinstance(real, TypeError | AttributeError)
        return
    assert np.shape(boxed) == np.shape(real)
    np.testing.assert_allclose(boxed, real, rtol=1e-12)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.shape", (5,)),
        ("b.T.shape", (1, 5)),
        ("np.dot(a, a.T)", float(A @ A)),
        ("np.outer(a, a)", np.outer(A, A)),
        ("a * b.T", A * NAMES["b"].T),
        ("a[:, None]", A[:, None]),
        ("a[1:3]", A[1:3]),
        ("a[-1]", 0.5),
        ("c[0, :]", NAMES["c"][0]),
        ("c.sum(axis=1, keepdims=True)", NAMES["c"].sum(axis=1, keepdims=True)),
        ("sum(c, 0)", NAMES["c"].sum(axis=0)),
        ("c.sum(axis=(0, 1))", 21.0),
        ("c.sum(axis=None)", 21.0),
        ("a.reshape(b.shape)", A.reshape(5, 1)),
        ("a.reshape(a.shape[0], 1)", A.reshape(5, 1)),
        ("a.reshape(5, -1)", A.reshape(5, 1)),
        ("a.dot(b)", A.dot(NAMES["b"])),
        ("-a / 2 + 1", -A / 2 + 1),
        ("2**-1", 0.5),
        ("a − 2 × a", A - 2 * A),
    ],
)
def test_lines_of_the_page(text: str, expected: object) -> None:
    result = evaluate(text, NAMES)
    assert type(result) is (type(expected))
    np.testing.assert_array_equal(result, expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a + d", 4, "There is no d here. The arrays are a, b, c"),
        ("a % b", 2, "operator % is"),
        ("(a) // b", 4, "operator // is"),
        ("a > b", 0, "compare"),
        ("[1, 2] + a", 0, "no new arrays"),
        ("a / 0", 2, "divides by zero"),
        ("(a - 9)**0.5", 7, "no real number"),
        ("9**9**9", 1, "too large"),
        ("1e999", 0, "too large"),
        ("1j * a", 0, "not a number"),
        ("True", 0, "not a number"),
        ("a.__class__", 0, "After a dot"),
        ("a.size", 0, "After a dot"),
        ("np.pi", 0, "not in this box"),
        ("np.load(a)", 0, "can only call"),
        ("a.tofile(b)", 0, "can only call"),
        ("__import__(a)", 0, "can only call"),
        ("(lambda: a)()", 0, "can only call"),
        ("np.dot(a)", 0, "two arrays"),
        ("np.dot(a, b, out=c)", 0, "no names with an = sign"),
        ("np.sum(a, out=b)", 0, "one array"),
        ("a.sum(keepdims=1)", 15, "True or False"),
        ("a.shape + 1", 0, "is a shape"),
        ("a.shape[2]", 8, "no entry number 2"),
        ("a[0.5]", 2, "whole number"),
        ("a[::2]", 2, "whole number"),
        ("a[True]", 2, "whole number"),
        ("a[b]", 2, "whole number"),
        ("a[10001]", 2, "At most"),
        ("a[None, None, None, None, None, None]", 2, "6 axes"),
        ("[x for x in a]", 0, "box knows"),
    ],
)
def test_what_the_box_does_not_do_is_said_at_its_place(
    text: str, position: int, words: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate(text, NAMES)
    assert words in caught.value.message
    assert caught.value.position == position
    assert not isinstance(caught.value, NumpyError)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("a + c", 2),
        ("(a) @ c", 4),
        ("np.dot(b, b)", 0),
        ("a.reshape(2, 3)", 0),
        ("a.sum(axis=1)", 0),
        ("a[7]", 2),
        ("a[0, 0]", 2),
    ],
)
def test_numpy_refuses_in_its_own_words(text: str, position: int) -> None:
    real = numpy_says(text)
    assert isinstance(real, Exception)
    with pytest.raises(NumpyError) as caught:
        evaluate(text, NAMES)
    assert caught.value.message == str(real).strip()
    assert caught.value.position == position


@pytest.mark.parametrize(
    "text",
    [
        "np.outer(v, v)",
        "v[:, None] * v",
        "v[:, None] @ v[None, :]",
        "np.dot(v[:, None], v[None, :])",
        "np.outer(np.outer(u, u), u)",
        "u[:, None, None] + u[:, None] + u",
    ],
)
def test_what_would_not_fit_is_never_started(text: str) -> None:
    names = {"v": np.ones(MAX_ELEMENTS), "u": np.ones(100)}
    with pytest.raises(ExpressionError, match="elements; the box holds 10,000"):
        evaluate(text, names)


def test_large_arrays_may_shrink_and_larger_ones_may_not_enter() -> None:
    v = np.ones(MAX_ELEMENTS)
    assert evaluate("v @ v", {"v": v}) == MAX_ELEMENTS
    with pytest.raises(ExpressionError, match=r"\(10001,\)"):
        evaluate("w.sum()", {"w": np.ones(MAX_ELEMENTS + 1)})


def test_every_part_of_a_line_is_computed_once(monkeypatch) -> None:
    seen = []

    def counted(node, box):
        seen.append(node)
        return value_of(node, box)

    monkeypatch.setattr("core.numpy_box.value_of", counted)
    text = "a" + ".shape[0]+a)" * 14 + ".shape[0]"
    evaluate("(" * 14 + text, {"a": np.arange(5.0)})
    assert len(seen) == len({id(node) for node in seen})


def test_the_learners_arrays_stay_their_own() -> None:
    a = np.ones(3)
    result = evaluate("a", {"a": a})
    assert isinstance(result, np.ndarray)
    result[0] = 7
    assert a[0] == 1


NAMES_TRIED = ["a", "b", "c", "np", "axis", "keepdims", "__class__", "None", "True"]
WORDS_TRIED = ["lambda", "if", "else", "for", "in", "not", "T", "shape", "reshape"]
SIGNS_TRIED = [*".=,:[]()+-*/@%", "**", "//", "...", "1", "2", "0", "-1", "1e308"]
PIECES = st.sampled_from([*NAMES_TRIED, *WORDS_TRIED, *SIGNS_TRIED, "dot", "sum"])


@given(st.lists(PIECES | st.text(max_size=2), max_size=25).map("".join))
@settings(max_examples=300)
def test_only_friendly_errors_come_out(text: str) -> None:
    answer = box_says(text)
    if isinstance(answer, ExpressionError):
        assert answer.message
        assert 0 <= answer.position <= len(text)
    else:
        assert np.isfinite(np.asarray(answer)).all()
