"""A text without a widget: set by buttons, kept in the session and the address."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from ui import inputs, remembered

    def check(text: str) -> None:
        if "bad" in text:
            raise ValueError("it is bad")

    inputs.begin(st.session_state.get("where", "here"))
    st.text(remembered.text("note", "Note", "start", check))
    st.button("set", on_click=inputs.put, args=("note", "changed"))
    st.button("long", on_click=inputs.put, args=("note", "x" * 5000))
    st.button("forget", on_click=inputs.forget)
    st.text(inputs.end())
    for sentence in inputs.unusable():
        st.warning(sentence)


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def shown(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def test_it_begins_with_its_default_and_a_button_sets_it(app):
    assert shown(app) == ["start", ""]
    assert shown(press(app, "set")) == ["changed", "note=changed"]
    assert shown(app.run()) == ["changed", "note=changed"]
    assert shown(press(app, "forget")) == ["start", ""]


def test_a_long_one_is_kept_out_of_the_address_which_says_so(app):
    assert shown(press(app, "long")) == ["x" * 5000, "note=left_out"]
    assert shown(app.run()) == ["x" * 5000, "note=left_out"]
    assert not app.warning
    assert shown(press(app, "forget")) == ["start", ""]


def test_who_opens_a_link_without_its_text_is_told(app):
    app.session_state["where"] = "there"
    app.query_params["note"] = "left_out"
    app.run()
    assert shown(app) == ["start", ""]
    assert app.warning[0].value == "It was too long for a link, and is not in this one."
    assert press(app, "set").warning == []


def test_back_on_the_page_a_long_text_is_still_there(app, monkeypatch):
    press(app, "long")
    app.session_state["where"] = "elsewhere"
    app.run()
    app.session_state["where"] = "here"
    app.query_params["note"] = "left_out"
    monkeypatch.setattr(
        "ui.inputs.get_script_run_ctx",
        lambda: SimpleNamespace(is_history_navigation=True, fragment_ids_this_run=[]),
    )
    assert shown(app.run())[0] == "x" * 5000
    assert not app.warning


@pytest.mark.parametrize(
    ("query", "text"), [({"note": "hi"}, "hi"), ({"other": "1"}, "start")]
)
def test_a_link_shows_its_own_state(app, query, text):
    press(app, "long")
    app.session_state["where"] = "elsewhere"
    app.run()
    app.session_state["where"] = "here"
    app.query_params.update(query)
    assert shown(app.run())[0] == text


def test_what_is_not_usable_gives_the_default_and_a_line(app):
    app.session_state["where"] = "there"
    app.query_params["note"] = "bad"
    app.run()
    assert shown(app)[0] == "start"
    assert app.warning[0].value == (
        "Note: `bad` from the address is not usable, it is bad."
    )
