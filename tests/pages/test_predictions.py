"""Predict, then run: a guess on every page is graded, explained, and asked again."""

import re

import pytest
from streamlit.testing.v1.element_tree import Radio, TextInput

from tests.pages.visit import EACH_STATE, Visit, arrive, seen
from ui.contents import CONTENTS

TO_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")

each_asking_state = pytest.mark.parametrize(
    ("entry", "query"), [s for s in EACH_STATE if s.values[0] is not CONTENTS[0]]
)


def open_questions(visit: Visit) -> list[str]:
    """The names under which unanswered questions are kept."""
    keys = [button.key or "" for button in visit.app.button]
    return [key.removesuffix(".show") for key in keys if key.endswith(".show")]


def field_of(visit: Visit, name: str) -> TextInput | Radio:
    fields = [*visit.app.text_input, *visit.app.radio]
    return next(field for field in fields if field.key == f"{name}.guess")


def said(visit: Visit) -> str:
    return "\n".join(m.value for m in visit.app.markdown)


def answer(visit: Visit, name: str, guess: str) -> Visit:
    """Type the guess and press Check, or pick the option with this label."""
    field = field_of(visit, name)
    if isinstance(field, Radio):
        values = {label: value for value, label in options(field).items()}
        field.set_value(values[guess])
    else:
        field.set_value(guess)
        (check,) = (b for b in visit.app.button if b.form_id == field.form_id)
        check.click()
    return visit.run()


def options(field: Radio) -> dict[str, str]:
    """Value → label: the field's `format_func` is the `get` of this dict."""
    return field.format_func.__self__


def skip(visit: Visit, name: str) -> str:
    """Press "Show me"; return the answer as it is shown then."""
    visit.press(f"{name}.show")
    shown = re.search(r"Skipped\. .*?\*\*`?(.+?)`?\*\*", said(visit))
    assert shown, said(visit)
    return shown[1]


def typed(truth: str) -> str:
    """The answer as a learner types it: 1.5 × 10⁻⁷ is 1.5*10**-7."""
    return truth.translate(TO_PLAIN).replace(" × 10", "*10**").replace(",", "")


@pytest.mark.parametrize("entry", CONTENTS[1:], ids=lambda entry: entry.url_path)
def test_the_page_asks_before_it_tells(entry):
    assert open_questions(seen(entry))


@each_asking_state
def test_show_me_counts_as_skipped_and_it_can_be_asked_again(entry, query):
    visit = arrive(entry, query)
    before = open_questions(visit)
    address = visit.inputs.query()
    for name in before:
        assert skip(visit, name)
        assert name not in open_questions(visit)
        assert "**Right.**" not in said(visit)
        assert visit.inputs.query() == address, "a guess is no part of the address"
        visit.press(f"{name}.again")
    assert open_questions(visit) == before


@each_asking_state
def test_the_right_answer_is_right(entry, query):
    visit = arrive(entry, query)
    for name in open_questions(visit):
        truth = skip(visit, name)
        visit.press(f"{name}.again")
        if isinstance(field_of(visit, name), TextInput):
            truth = truth if truth.startswith("(") else typed(truth)
        answer(visit, name, truth)
        assert "**Right.**" in said(visit), truth
        assert "Not quite" not in said(visit)
        visit.press(f"{name}.again")


@each_asking_state
def test_a_wrong_answer_is_explained(entry, query):
    visit = arrive(entry, query)
    for name in open_questions(visit):
        truth = skip(visit, name)
        explained = said(visit).partition(truth)[2].strip("*`. \n")
        visit.press(f"{name}.again")
        answer(visit, name, wrong(visit, name, truth))
        assert "**Not quite.** You said" in said(visit)
        assert truth in said(visit)
        assert explained.splitlines()[0] in said(visit)
        visit.press(f"{name}.again")


def wrong(visit: Visit, name: str, truth: str) -> str:
    field = field_of(visit, name)
    if isinstance(field, Radio):
        return next(label for label in options(field).values() if label != truth)
    if field.label == "The order":
        return truth[::-1]
    return "(123, 456)" if truth.startswith("(") else "-987654.25"


@each_asking_state
def test_what_cannot_be_read_is_asked_again(entry, query):
    visit = arrive(entry, query)
    for name in open_questions(visit):
        if isinstance(field_of(visit, name), TextInput):
            for nonsense in ("§", "one", "<b>1</b>", "__import__('os')"):
                answer(visit, name, nonsense)
                assert name in open_questions(visit)
                assert any("/edit:" in c.value for c in visit.app.caption), nonsense
