"""The graph of the page goes along with its questions."""

from tests.pages.visit import Visit, arrive
from ui.contents import entry

LAST = 9.0


def step(visit: Visit) -> object:
    return visit.values["step"]


def toggle(visit: Visit) -> Visit:
    (switch,) = visit.app.toggle
    switch.set_value(not switch.value)
    return visit.run()


def show_me(visit: Visit) -> Visit:
    keys = [button.key for button in visit.app.button if button.key]
    return visit.press(next(k for k in keys if ".d." in k and k.endswith(".show")))


def test_the_values_that_a_question_names_are_shown_beside_it():
    visit = arrive(entry("computation_graph"))
    assert "with v = 11" in visit.text()
    assert step(visit) == 4.0
    assert "step" not in visit.inputs.texts


def test_the_walk_goes_to_the_gradient_just_told():
    visit = arrive(entry("computation_graph"))
    assert [step(show_me(visit)) for _ in range(5)] == [5.0, 6.0, 7.0, 8.0, LAST]


def test_every_gradient_is_shown_at_the_end_of_the_walk():
    visit = toggle(arrive(entry("computation_graph"), "step=2"))
    assert step(visit) == LAST
    assert "step" not in visit.inputs.texts
    assert step(arrive(entry("computation_graph"), "reveal=on")) == LAST
    assert step(toggle(visit)) == 4.0


def test_without_a_value_there_is_nothing_to_answer():
    visit = arrive(entry("computation_graph"), "formula=a/(a-a)&reveal=on")
    assert "none to write" in visit.text()
    assert "as you answer" not in visit.text()
    assert step(visit) == 3.0


def test_an_address_says_where_the_walk_stands():
    graph = entry("computation_graph")
    assert step(arrive(graph, "reveal=on&step=8")) == 8.0
    visit = show_me(arrive(graph, "step=0"))
    visit.open(entry("sigmoid"))
    assert step(visit.open(graph, "reveal=on&step=2")) == 2.0


def test_another_graph_is_shown_from_its_question_on():
    visit = arrive(entry("computation_graph"), "step=2")
    for label, stands in (("c = 3", 4.0), ("a used twice", 5.0)):
        next(b for b in visit.app.button if b.label == label).click()
        assert step(visit.run()) == stands
