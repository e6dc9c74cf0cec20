"""A guess is graded fairly, and a wrong one gets a hint in the right direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.predictions import (
    grade_number,
    in_words,
    read_number,
    read_order,
    read_shape,
)

NUMBERS = st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-9)


@pytest.mark.parametrize(
    ("guess", "truth", "right"),
    [
        (4.0, 4.0, True),
        (4.03, 4.0, True),
        (4.05, 4.0, False),
        (-0.0, 0.0, True),
        (0.005, 0.0, True),
        (0.02, 0.0, False),
        (0.003, 0.003, True),
        (0.0, 0.003, False),
    ],
)
def test_right_means_within_a_share_of_the_truth(guess, truth, right):
    assert grade_number(guess, truth, 0.01).right is right


@pytest.mark.parametrize(
    ("guess", "truth", "hint"),
    [
        (-4.0, 4.0, "sign"),
        (40.0, 4.0, "size"),
        (0.004, 4.0, "size"),
        (8.0, 4.0, "factor of two"),
        (2.0, 4.0, "factor of two"),
        (3.0, 4.0, ""),
        (0.0, 4.0, ""),
        (7.0, 0.0, ""),
    ],
)
def test_a_wrong_guess_gets_a_hint(guess, truth, hint):
    grade = grade_number(guess, truth, 0.01)
    assert not grade.right
    assert hint in grade.hint
    assert bool(hint) == bool(grade.hint)


@given(NUMBERS)
def test_the_truth_is_right(truth):
    grade = grade_number(truth, truth, 0.01)
    assert grade.right
    assert grade.hint == ""


@given(NUMBERS, NUMBERS)
def test_a_hint_is_only_for_a_wrong_guess(guess, truth):
    grade = grade_number(guess, truth, 0.01)
    assert not (grade.right and grade.hint)
    assert grade.difference == guess - truth


@pytest.mark.parametrize("guess", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_wrong_without_an_error(guess):
    assert not grade_number(guess, 4.0, 0.01).right


@pytest.mark.parametrize("guess", [1e308, 1e-308, 5e-324])
@pytest.mark.parametrize("truth", [0.001, 1e-15, 1e12])
def test_a_guess_far_off_is_wrong_without_an_error(guess, truth):
    assert not grade_number(guess, truth, 0.01).right


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("(4, 1)", (4, 1)),
        ("(4,1)", (4, 1)),
        ("4,1", (4, 1)),
        (" 4 x 1 ", (4, 1)),
        ("4×1", (4, 1)),
        ("[4, 1]", (4, 1)),
        ("(4,)", (4,)),
        ("4", (4,)),
        ("()", ()),
        ("(0, 3)", (0, 3)),
    ],
)
def test_a_shape_may_be_written_in_many_ways(text, shape):
    assert read_shape(text) == shape


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        ",",
        "()()",
        "(5,,)",
        "four",
        "(4, −1)",
        "(4.0, 1)",
        "4;1",
        "²",
        "1,1,1,1,1,1,1",
        "9999999",
    ],
)
def test_what_is_no_shape_gets_a_reason(text):
    with pytest.raises(ValueError, match=r"write a shape|more than any"):
        read_shape(text)


@pytest.mark.parametrize("text", ["2413", " 2 4 1 3 ", "2, 4, 1, 3", "2,413"])
def test_an_order_may_be_written_in_many_ways(text):
    assert read_order(text, 4) == "2413"


@pytest.mark.parametrize("text", ["", "hello", "241", "2414", "24135", "2.413"])
def test_what_is_no_order_gets_a_reason(text):
    with pytest.raises(ValueError, match="the digits 1 to 4, each once"):
        read_order(text, 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,288,000", 12_288_000),
        ("1,234", 1234),
        (" -1,234.5 ", -1234.5),
        ("1,000 * 12,288", 12_288_000),
        ("1,000*12288", 12_288_000),
        ("max(1,200)", 200),
        ("0.5", 0.5),
        ("2*0.001", 0.002),
        ("5*10**-16", 5e-16),
        ("1000000", 1e6),
    ],
)
def test_a_number_may_be_written_in_many_ways(text, number):
    assert read_number(text) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize("text", ["0,5", "1,5", "12,34", "0,500", "1,234,56", "1234,5"])
def test_a_decimal_comma_is_never_taken_for_thousands(text):
    with pytest.raises(ValueError, match="Type a dot in decimal numbers"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Type a number"),
        ("  ", "Type a number"),
        ("0**-1", "no value"),
        ("one", "calculation with numbers"),
    ],
)
def test_what_is_no_number_gets_a_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_number(text)


@pytest.mark.parametrize(
    ("guess", "truth", "said"),
    [
        (12_288_000, 12_288_000, ("12,288,000", "12,288,000")),
        (12_288_001, 12_288_000, ("12,288,001", "12,288,000")),
        (0.5**12, 0.5**12, ("0.0002441406", "0.0002441406")),
        (4.0, 4.004001, ("4", "4.004001")),
        (0.30000001, 0.3, ("0.30000001", "0.3")),
        (0.1 + 0.2, 0.3, ("0.3", "0.3")),
        (-1234.5, 1234.5, ("−1,234.5", "1,234.5")),
        (1e15, 3.0, ("1 × 10¹⁵", "3")),
        (6e-15, 6.1e-15, ("6 × 10⁻¹⁵", "6.1 × 10⁻¹⁵")),
    ],
)
def test_guess_and_truth_are_written_alike(guess, truth, said):
    assert in_words(guess, truth) == said


@given(NUMBERS, NUMBERS)
def test_a_wrong_guess_never_looks_like_the_truth(guess, truth):
    if not grade_number(guess, truth, 1e-9).right:
        one, other = in_words(guess, truth)
        assert one != other
