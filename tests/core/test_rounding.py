"""Numbers as people read them."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.rounding import digits_apart, in_full, latex, readable

# Up to the largest float, which four digits round to beyond itself.
FINITE = st.floats(-1.797e308, 1.797e308)
TO_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def parsed(text: str) -> float:
    """What a reader takes the written number for."""
    return float(text.translate(TO_PLAIN).replace(" × 10", "e"))


def significant(text: str) -> int:
    mantissa = text.split(" × ")[0]
    digits = re.sub(r"[^0-9.]", "", mantissa)
    if "." not in digits:
        digits = digits.rstrip("0")
    return len(digits.replace(".", "").lstrip("0"))


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (4.004001, "4.004"),
        (-0.25, "−0.25"),
        (1e-15, "1 × 10⁻¹⁵"),
        (1.5e-7, "1.5 × 10⁻⁷"),
        (-2.5e-7, "−2.5 × 10⁻⁷"),
        (0.0001, "0.0001"),
        (0.00001, "1 × 10⁻⁵"),
        (0.1 + 0.2, "0.3"),
        (2 / 3, "0.6667"),
        (99.996, "100"),
        (10, "10"),
        (1234.5, "1234"),
        (100_000, "100000"),
        (999_950, "1 × 10⁶"),
        (12_345_678, "1.235 × 10⁷"),
        (5e-324, "4.941 × 10⁻³²⁴"),
        (1.797e308, "1.797 × 10³⁰⁸"),
        (math.nan, "not defined"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_it_reads_like_this(x, text):
    assert readable(x) == text


@pytest.mark.parametrize(
    ("x", "digits", "text"),
    [
        (4.004001, 7, "4.004001"),
        (25.010001, 8, "25.010001"),
        (12_345_678, 8, "12345678"),
        (0.1, 17, "0.10000000000000001"),
        (37.1, 2, "37"),
    ],
)
def test_more_digits_on_demand(x, digits, text):
    assert readable(x, digits) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (-0.25, "-0.25"),
        (1.5e-7, r"1.5 \times 10^{-7}"),
        (12_345_678, r"1.235 \times 10^{7}"),
        (math.nan, r"\text{not defined}"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
    ],
)
def test_in_a_formula_it_reads_like_this(x, text):
    assert latex(x) == text


@given(FINITE)
@example(9999.5)
@example(0.99996)
@example(999_950.0)
def test_nobody_is_misled_by_more_than_the_last_digit(x):
    # Smaller numbers than this have fewer digits themselves.
    assert parsed(readable(x)) == pytest.approx(x, rel=5.1e-4, abs=1e-320)


@given(FINITE)
def test_never_more_than_four_digits(x):
    if abs(x) < 1e4 or abs(x) >= 999_950:
        assert significant(readable(x)) <= 4


@given(FINITE)
def test_a_negative_zero_and_a_hyphen_never_show(x):
    assert "-" not in readable(x)
    assert readable(x) != "−0"


@given(FINITE)
def test_a_formula_says_the_same_as_the_text(x):
    mantissa, _, power = latex(x).partition(r" \times 10^")
    assert float(f"{mantissa}e{power.strip('{}') or 0}") == parsed(readable(x))


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (1000, "1,000"),
        (-12_288_000, "−12,288,000"),
        (12_288_000.4, "12,288,000"),
        (999_999_999_999_999, "999,999,999,999,999"),
        (1e15, "1 × 10¹⁵"),
        (9_999_999.96, "10,000,000"),
        (4.004001, "4.004001"),
        (5e-16, "5 × 10⁻¹⁶"),
        (math.nan, "not defined"),
    ],
)
def test_every_digit_before_the_point(x, text):
    assert in_full(x) == text


@given(FINITE, FINITE)
def test_digits_enough_to_tell_two_numbers_apart(x, y):
    digits = digits_apart(x, y, 4)
    alike = readable(x, digits) == readable(y, digits)
    assert alike is (x == y)
    if digits > 4:
        assert readable(x, digits - 1) == readable(y, digits - 1)
