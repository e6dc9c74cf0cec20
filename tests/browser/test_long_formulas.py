"""No formula has to be scrolled sideways: its result would be out of sight."""

import pytest

from tests.browser.conftest import DESKTOP
from tests.browser.test_first_visit import PHONE

# States with the longest formulas of each page.
STATES = (
    "computation_graph?reveal=on",
    "computation_graph?formula=a*exp(-a/b)&a=2&b=4&reveal=on",
    "computation_graph?formula=sigmoid(w1*x1%2Bw2*x2%2Bb)&w2=-1&reveal=on",
    "computation_graph?formula=1/(1%2Bexp(-(w*x%2Bb)))&reveal=on",
    "computation_graph?formula=a*exp(-a**2)%2Bmax(a,b)&a=3.14159&b=2.71828&reveal=on",
    "computation_graph?formula=exp(sin(cos(tanh(exp(sin(a))))))&reveal=on",
    "logistic_by_hand",
    "logistic_by_hand?w1=2&x1=20&w2=0&b=0&x2=0&y=0",
    "logistic_by_hand?w1=2&x1=10&x2=0.00001",
    "logistic_by_hand?w1=-3.35&x1=12.345&x2=23.456&w2=-2.345&b=-9.876",
    "sigmoid?w=-2.3&b=-1.7",
    "likelihood",
    "likelihood?data=apart&w=6",
    "likelihood?w=6&b=-3&yhat=0.37",
    "cost",
    "cost?yhat=1",
    "cost?y=0&yhat=0",
    "activations",
    "activations?data=moons&step=600",
    "backprop?n_h=3&m=3&step=1",
    "backprop?n_h=3&m=3&step=6",
    "backprop?n_h=3&m=3&step=10&g=sigmoid",
)
SCROLL_SIDEWAYS = """() => [...document.querySelectorAll('.katex-display')]
  .filter((formula) => formula.scrollWidth > formula.clientWidth)
  .map((formula) => formula.querySelector('annotation').textContent)"""


@pytest.mark.parametrize("state", STATES)
def test_every_formula_is_seen_whole_on_a_phone_and_on_a_desk(state, new_tab):
    tab = new_tab(viewport=PHONE).open(state)
    for step in tab.page.get_by_test_id("stExpander").filter(has_text="Step ").all():
        step.locator("summary").click()
        step.locator(".katex-display").wait_for()
    assert tab.page.evaluate(SCROLL_SIDEWAYS) == []
    tab.page.set_viewport_size(DESKTOP)
    assert tab.settle().page.evaluate(SCROLL_SIDEWAYS) == []
