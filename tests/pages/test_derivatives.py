"""The page Derivatives: small nudges, own formulas, and the words about them."""

import pytest

from tests.pages.test_predictions import answer, open_questions, said
from tests.pages.visit import Visit, arrive
from ui.contents import entry


def visited(query: str) -> Visit:
    return arrive(entry("derivatives"), query)


@pytest.mark.parametrize(
    ("guess", "right"),
    [("6e-15", True), ("5.33e-15", True), ("6*10**-15", True), ("7e-15", False)],
)
def test_the_rise_and_what_rounding_leaves_of_it_are_both_right(guess, right):
    visit = visited("h=1e-15")
    (question,) = open_questions(visit)
    answer(visit, question, guess)
    assert ("**Right.**" in said(visit)) is right
    assert "it is **6 × 10⁻¹⁵**" in said(visit)
    assert "from 9 to 9" not in said(visit)


def test_what_is_typed_is_never_read_as_markdown():
    visit = visited('f=own&own=__import__("os")')
    assert any(r"\_\_import\_\_ is not known" in c.value for c in visit.app.caption)
    visit = visited("f=own&own=a*a*a")
    assert r"f(a) = a\*a\*a grow" in said(visit)


def test_it_is_said_that_a_formula_has_no_value():
    visit = visited("f=own&own=1/(a-2)")
    assert "1/(a - 2) has no value at a = 2." in said(visit)
