"""Formulas with the numbers put in, in the colours of the figures beside them."""

from charts.colours import GRADIENT, PARAMETER
from core.derivatives import Function, Nudge
from core.rounding import latex


def coloured(text: str, colour: str) -> str:
    """A piece of LaTeX in one of the colours of `charts.colours`."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def slope_formula(function: Function, at: Nudge, exact: float) -> str:
    """rise / h with symbols, with numbers, and beside it the exact derivative."""
    a, h = coloured("a", PARAMETER), "h"
    slope = coloured(latex(float(at.slope), 7), GRADIENT)
    numbers = rf"\frac{{{latex(float(at.f_a_h), 7)} - {_bracket(float(at.f_a))}}}"
    return (
        r"\begin{aligned}"
        rf"\frac{{f({a} + {h}) - f({a})}}{{{h}}} &= {numbers}{{{latex(float(at.h))}}}"
        rf" = {slope} \\[0.5em]"
        rf"f'({a}) = {function.latex_df} &= {coloured(latex(exact, 7), GRADIENT)}"
        r"\end{aligned}"
    )


def _bracket(value: float) -> str:
    """A negative number that follows a sign stands in brackets."""
    return rf"({latex(value, 7)})" if value < 0 else latex(value, 7)
