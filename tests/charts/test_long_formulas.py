"""A long formula is broken where a phone ends, and nothing of it is lost."""

import re

import pytest

from charts.long_formulas import PHONE, ems, equal, equation

# Formulas as they are set, and their width in a browser in em (of 19.36 pixels).
MEASURED = {
    r"z = w_1 x_1 + w_2 x_2 + b = 0.8 + 0.6 + 0.1 = \textcolor{#0072B2}{1.5}": 20.2,
    r"\frac{\partial L}{\partial a} = -y \cdot \frac{1}{a} - (1 - y) \cdot "
    r"\frac{1}{1 - a} \cdot (-1)": 16.9,
    r"-\left(y \log \hat{y} + (1 - y) \log(1 - \hat{y})\right)": 13.7,
    r"= \begin{bmatrix}0.122 & -0.0783 & -0.0265 & -0.11\end{bmatrix}": 17.1,
    r"= \begin{bmatrix}0.559 & 0.405 & 0.83\end{bmatrix} - "
    r"\begin{bmatrix}1 & 0 & 1\end{bmatrix}": 16.0,
}


@pytest.mark.parametrize(("latex", "width"), MEASURED.items())
def test_the_width_is_about_that_in_a_browser(latex, width):
    assert ems(latex) == pytest.approx(width, rel=0.06)


SUM = r"\frac{\partial J}{\partial u} \cdot \frac{\partial u}{\partial a}"
LONG = [
    (r"\frac{dJ}{da}", " + ".join([SUM] * 4), "0.3033"),
    ("z", r" \cdot ".join(["(-1.234 \\times 10^{-17})"] * 6), "1"),
    ("z", "w_1 x_1 + w_2 x_2 + b", "0.8 + 0.6 + 0.1", "1.5"),
]


@pytest.mark.parametrize("formula", LONG)
def test_no_row_is_wider_than_a_phone_and_all_is_there(formula):
    left, *sides = formula
    rows = equation(left, *sides)
    for row in rows:
        _, right = row.split("&")
        assert ems(left) + ems(right) <= PHONE
    joined = "".join(rows).replace(r"\quad", "")
    whole = "=".join(formula)
    assert re.sub(r"[\s&]", "", joined) == re.sub(r"\s", "", whole)


def test_a_matrix_is_never_broken_and_a_result_stands_under_the_equals_sign():
    wide = r"\begin{bmatrix}0.122 & -0.0783 & -0.0265 & -0.11\end{bmatrix}"
    small = r"\begin{bmatrix}1 \\ 2\end{bmatrix}"
    assert equal([wide, small, "+ 0.5", "= 7"]) == [
        f"& = {wide}",
        rf"& \quad {small} + 0.5 = 7",
    ]
    assert equal([wide, small, f"= {wide}"])[-1] == f"& = {wide}"
    assert equal([small, "= 1"]) == [f"& = {small} = 1"]


def test_what_is_short_stays_in_one_row():
    assert equation("dz", "a - y", "0.5 - 1", "-0.5") == [
        "dz & = a - y = 0.5 - 1 = -0.5"
    ]


def test_a_sum_is_broken_before_a_term():
    rows = equation("J", " + ".join([SUM] * 4))
    assert len(rows) > 1
    assert all(row.startswith(r"&\quad +") for row in rows[1:])
