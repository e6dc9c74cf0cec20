"""Formulas with the numbers put in, in the colours of the figures beside them."""

import math
from collections.abc import Mapping

from charts.colours import GRADIENT, PARAMETER
from core.derivatives import Function, Nudge
from core.rounding import MOST_DIGITS, latex
from core.types import Array

# Of a number in a table or a formula, unless more are needed.
DIGITS = 7
# A numerator of so many signs is set smaller, so that it fits a phone.
SMALLER: Mapping[str, int] = {r"\scriptsize": 40, r"\footnotesize": 33, r"\small": 28}
# Of no width, and higher than a fraction: two that stand in lines do not touch.
APART = r"\rule[-1.1em]{0em}{2.8em}"


def coloured(text: str, colour: str) -> str:
    """A piece of LaTeX in one of the colours of `charts.colours`."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def matrix(array: Array) -> str:
    """An array as a matrix in brackets."""
    rows = [" & ".join(latex(float(v), 3) for v in row) for row in array]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


def digits_of_rise(at: Nudge) -> int:
    """So many digits of f(a) and f(a + h) that what is written differs by the rise.

    From 7 to 17, which is all that a float64 has.
    """
    before, after, rise = float(at.f_a), float(at.f_a_h), float(at.rise)
    if not math.isfinite(rise):
        return DIGITS
    for digits in range(DIGITS, MOST_DIGITS):
        written = float(f"{after:.{digits}g}") - float(f"{before:.{digits}g}")
        if abs(written - rise) <= 1e-7 * abs(rise):
            return digits
    return MOST_DIGITS


def slope_formula(
    function: Function, at: Nudge, exact: float, *, all_digits: bool
) -> str:
    """rise / h with symbols, with numbers, and under it the exact derivative.

    Markdown in pieces: what has no room beside the piece before it comes below.
    """
    of_f = MOST_DIGITS if all_digits else digits_of_rise(at)
    of_slope = MOST_DIGITS if all_digits else DIGITS
    a, h = coloured("a", PARAMETER), "h"
    after, before = latex(float(at.f_a_h), of_f), _bracket(float(at.f_a), of_f)
    length = len(after + before)
    size = next((name for name, least in SMALLER.items() if length >= least), "")
    rise_over_h = rf"\frac{{{size} {after} - {before}}}{{{latex(float(at.h))}}}"
    slope, exactly = (
        coloured(latex(float(number), of_slope), GRADIENT)
        for number in (at.slope, exact)
    )
    return (
        in_pieces(rf"\frac{{f({a} + {h}) - f({a})}}{{{h}}}", rise_over_h, slope)
        + "\n\n"
        + in_pieces(rf"f'({a})", function.latex_df, exactly)
    )


def in_pieces(*equal: str) -> str:
    """LaTeX joined by equals signs, as Markdown that may break before each of them."""
    first, *others = equal
    # In braces, or KaTeX would break after the sign.
    pieces = [first, *(f"{{{{}} = {other}}}" for other in others)]
    return " ".join(
        rf"$\displaystyle {APART if 'frac' in piece else ''} {piece}$"
        for piece in pieces
    )


def _bracket(value: float, digits: int) -> str:
    """A negative number that follows a sign stands in brackets."""
    return rf"({latex(value, digits)})" if value < 0 else latex(value, digits)
