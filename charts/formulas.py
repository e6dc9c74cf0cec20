"""Formulas with the numbers put in, in the colours of the figures beside them."""

import math

from charts.colours import GRADIENT, PARAMETER
from core.derivatives import Function, Nudge
from core.rounding import MOST_DIGITS, latex

# Of a number in a table or a formula, unless more are needed.
DIGITS = 7
# A longer numerator leaves a phone no room beside it: each step gets a line.
ROOM = 16


def coloured(text: str, colour: str) -> str:
    """A piece of LaTeX in one of the colours of `charts.colours`."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


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
    """rise / h with symbols, with numbers, and under it the exact derivative."""
    of_f = MOST_DIGITS if all_digits else digits_of_rise(at)
    of_slope = MOST_DIGITS if all_digits else DIGITS
    a, h = coloured("a", PARAMETER), "h"
    symbols = rf"\frac{{f({a} + {h}) - f({a})}}{{{h}}}"
    after, before = latex(float(at.f_a_h), of_f), _bracket(float(at.f_a), of_f)
    slope = coloured(latex(float(at.slope), of_slope), GRADIENT)
    derivative = rf"f'({a}) = {function.latex_df}"
    exactly = coloured(latex(exact, of_slope), GRADIENT)
    if len(after + before) > ROOM:
        numbers = rf"\frac{{\small {after} - {before}}}{{{latex(float(at.h))}}}"
        first = rf"&{symbols} \\[0.5em] &= {numbers} \\[0.5em] &= {slope}"
        last = rf"&{derivative} = {exactly}"
    else:
        numbers = rf"\frac{{{after} - {before}}}{{{latex(float(at.h))}}}"
        first, last = (
            rf"{symbols} &= {numbers} = {slope}",
            rf"{derivative} &= {exactly}",
        )
    return rf"\begin{{aligned}}{first} \\[0.5em] {last}\end{{aligned}}"


def _bracket(value: float, digits: int) -> str:
    """A negative number that follows a sign stands in brackets."""
    return rf"({latex(value, digits)})" if value < 0 else latex(value, digits)
