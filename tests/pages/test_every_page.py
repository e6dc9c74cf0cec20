"""What holds on every page of the registry, whatever it teaches."""

import math
import re

import plotly.graph_objects as go
import pytest

from tests.pages.visit import addresses, arrive, each_page, each_state, seen
from ui.contents import CONTENTS, Entry, neighbours

# Not a number, no option of any choice, and too long for any text.
GARBAGE = "§" * 300
OUT_OF_RANGE = ("1e300", "-1e300", "nan", "inf", "1e999")


def defaults(entry: Entry) -> dict[str, object]:
    return seen(entry).values


def query_of(**texts: str) -> str:
    return "&".join(f"{key}={text}" for key, text in texts.items())


@each_state
def test_the_page_runs(entry, query):
    visit = seen(entry, query)
    assert not visit.warnings
    assert visit.inputs.page == entry.url_path


@each_page
def test_the_page_says_what_it_is(entry):
    visit = seen(entry)
    (title,) = visit.app.title
    assert title.value == (entry.title if entry.section else "Nudge")
    assert entry.promise in visit.text()
    assert "Om Prabhu" in visit.text()


@each_page
def test_the_page_leads_to_its_neighbours(entry):
    links = {link.label for link in seen(entry).app.get("page_link")}
    assert {page.title for page in neighbours(entry) if page} <= links


@each_state
def test_nothing_undefined_is_shown(entry, query):
    """Not a number is said in words, never shown as a number; code may say None."""
    text = re.sub(r"`[^`]*`", "", seen(entry, query).text())
    assert not re.search(r"\bnan\b|\bNone\b|-0\.0\b", text)


@each_state
def test_a_figure_says_what_it_shows(entry, query):
    for figure in seen(entry, query).figures():
        assert len(str(figure.sent["alt"])) > 20
        assert str(figure.sent["alt"]).endswith(".")
        sweep = figure.drawing["sweep"]
        if sweep:
            assert sweep["label"]
            values = list(sweep["values"])
            assert values == sorted(set(values))
            assert all(map(math.isfinite, values))
            assert len(sweep["shown"]) == len(sweep["values"])
            assert len(sweep["says"]) in {0, len(sweep["values"])}


@each_state
def test_plotly_knows_every_word_of_a_figure(entry, query):
    """The charts leave out Plotly's own checks, which take long: here they are made."""
    for figure in seen(entry, query).figures():
        drawn = figure.drawing["figure"]
        checked = go.Figure(drawn["data"], drawn["layout"])
        assert len(checked.data) == len(drawn["data"])


@each_state
def test_an_address_shows_the_same_state_again(entry, query):
    first = seen(entry, query)
    again = arrive(entry, first.inputs.query())
    assert again.values == first.values
    assert again.inputs.query() == first.inputs.query()
    assert list(again.rows()) == list(first.rows())
    assert again.text() == first.text()


@each_page
def test_what_is_default_is_left_out_of_the_address(entry):
    assert seen(entry).inputs.query() == ""


@each_state
def test_garbage_in_every_parameter_gives_defaults_and_says_so(entry, query):
    keys = seen(entry, query).values
    visit = arrive(entry, query_of(**dict.fromkeys(keys, GARBAGE)))
    assert visit.values == defaults(entry)
    # Controls that a choice brings up are not on the page with its default.
    assert len(visit.warnings) == len(keys.keys() & defaults(entry).keys())
    assert all(f"`{GARBAGE[:40]}…`" in warning for warning in visit.warnings)


@each_state
def test_garbage_in_one_parameter_leaves_the_others(entry, query):
    """Each control once: where the page opens, or in the state that brings it up."""
    usual = seen(entry, query)
    for key in usual.values:
        if key in usual.inputs.texts or (query and key in defaults(entry)):
            continue
        joined = "&".join(part for part in (query, query_of(**{key: GARBAGE})) if part)
        visit = arrive(entry, joined)
        assert visit.values == usual.values, key
        assert len(visit.warnings) == 1, key


@each_page
@pytest.mark.parametrize("text", OUT_OF_RANGE)
def test_a_number_out_of_range_gives_the_default_and_says_so(entry, text):
    usual = defaults(entry)
    keys = [key for key, value in usual.items() if type(value) in {int, float}]
    visit = arrive(entry, query_of(**dict.fromkeys(keys, text)))
    assert visit.values == usual
    assert len(visit.warnings) == len(keys)


@each_state
def test_starting_over_brings_the_defaults_back(entry, query):
    visit = arrive(entry, query).press("nudge.start_over")
    assert visit.values == defaults(entry)
    assert visit.inputs.query() == ""


@each_page
def test_starting_over_clears_the_warnings(entry):
    keys = defaults(entry)
    visit = arrive(entry, query_of(**dict.fromkeys(keys, GARBAGE)))
    assert not visit.press("nudge.start_over").warnings


@each_state
def test_a_page_keeps_its_inputs_while_another_is_read(entry, query):
    visit = arrive(entry, query)
    before = visit.values
    other = neighbours(entry)[0] or CONTENTS[1]
    visit.open(other)
    assert visit.open(entry).values == before


@each_page
def test_a_link_shows_its_own_state_and_nothing_older(entry):
    """Even to a visitor who was on the page before, with other inputs."""
    states = addresses(entry)
    visit = arrive(entry, states[-1])
    visit.open(neighbours(entry)[0] or CONTENTS[1])
    visit.open(entry, states[1] if len(states) > 1 else "")
    if len(states) > 1:
        assert visit.values == seen(entry, states[1]).values


@each_page
def test_running_the_page_again_changes_nothing(entry):
    visit = arrive(entry, addresses(entry)[-1])
    before, sent = visit.values, [figure.sent for figure in visit.figures()]
    visit.run()
    assert visit.values == before
    # The same data: Streamlit does not send it a second time.
    assert [figure.sent for figure in visit.figures()] == sent


@each_page
def test_two_visitors_do_not_meet(entry):
    one, two = arrive(entry, addresses(entry)[-1]), arrive(entry)
    assert two.values == defaults(entry)
    assert one.run().values == seen(entry, addresses(entry)[-1]).values


def test_every_page_is_tried_in_several_states():
    untried = [entry.url_path for entry in CONTENTS if len(addresses(entry)) < 3]
    assert not untried, "add addresses of the page to tests/pages/visit.py"


@each_page
def test_every_example_button_works(entry: Entry):
    visit = arrive(entry)
    for i, button in enumerate(visit.app.button):
        if not button.key and not button.form_id:
            fresh = arrive(entry)
            fresh.app.button[i].click()
            fresh.run()
            assert not fresh.warnings, button.label
            assert arrive(entry, fresh.inputs.query()).values == fresh.values
