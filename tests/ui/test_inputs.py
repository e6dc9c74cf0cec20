"""Inputs and their addresses: what is written is read again, the rest is refused."""

import math
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui import inputs

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (2.0, "2"),
        (0.001, "0.001"),
        (1e-15, "1e-15"),
        (0.1 + 0.2, "0.3"),
        (-4.11, "-4.11"),
    ],
)
def test_an_address_shows_numbers_short(value, text):
    assert inputs.short(value) == text


@given(FINITE)
def test_a_number_in_an_address_is_read_again(value):
    written = inputs.short(value)
    assert len(written) <= 17
    if "e+308" not in written:
        assert math.isclose(inputs.number(written), value, rel_tol=1e-9)


@pytest.mark.parametrize("text", ["", " ", "two", "1,5", "0x10", "1e", "--1", "١x"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="it is not a number"):
        inputs.number(text)


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999", "Infinity"])
def test_what_is_not_finite_is_refused(text):
    with pytest.raises(ValueError, match="it is not a finite number"):
        inputs.number(text)


# ---- the controls on a page of their own ------------------------------------


def lab():
    """A page with one control of each kind."""
    import numpy as np
    import streamlit as st

    from core.expressions import parse
    from core.sweep import Sweep
    from ui import controls, inputs

    inputs.begin("lab")
    values = np.linspace(-2, 2, 401)
    inputs.hold("x", 1.0, Sweep("x", values, tuple(map(str, values))))
    pick = controls.choice("pick", "Pick", {"one": "One", "two": "Two"}, "one")
    inputs.hold("y", 1.0 if pick == "one" else 2.0, Sweep("y", values, ()))
    controls.number("real", "Real", -1.0, 1.0, 0.5, 0.1)
    controls.whole("count", "Count", 1, 9, 3)
    controls.step_size("h", "Nudge")
    controls.toggle("flag", "Flag", False)
    controls.text("words", "Words", "hello", longest=12)
    st.session_state["good"] = controls.formula(
        "own", "f(a)", "a**2", lambda text: parse(text, ("a",))
    )
    controls.table("rows", "Rows", ("", "m", "n"), (("a", "1", "2"),), most=3)
    for sentence in inputs.unusable():
        st.warning(sentence)
    st.button("Preset", on_click=inputs.put, args=("pick", "two"))
    st.button("Move", on_click=inputs.move, args=("x", -1.5))
    st.button("Forget", on_click=inputs.forget)
    inputs.end()


DEFAULTS = {
    "x": 1.0,
    "y": 1.0,
    "pick": "one",
    "real": 0.5,
    "count": 3,
    "h": 1e-3,
    "flag": False,
    "words": "hello",
    "own": "a**2",
    "rows": (("a", "1", "2"),),
}
OTHERS = {
    "x": ("-0.5", -0.5),
    "pick": ("two", "two"),
    "real": ("-0.3", -0.3),
    "count": ("9", 9),
    "h": ("1e-15", 1e-15),
    "flag": ("on", True),
    "words": ("a & b=c#é", "a & b=c#é"),
    "own": ("sin(a)/a", "sin(a)/a"),
    "rows": (
        "50%25 b%3Ac:ten,-1;é:,3%2C5",
        (("50% b:c", "ten", "-1"), ("é", "", "3,5")),
    ),
}
UNUSABLE = {
    "x": ["", "two", "nan", "-2.1", "1e9", "inf"],
    "pick": ["", "three", "ONE", "<b>one</b>"],
    "real": ["", "1.1", "nan", "1e999", "-1.0001"],
    "count": ["0", "10", "2.5", "nan", "three"],
    "h": ["0", "2", "0.002", "-0.001", "1e-16"],
    "flag": ["", "true", "1", "On"],
    "words": ["longer than twelve"],
    "rows": [
        "a",
        "a:1",
        "a:1,2,3",
        "a,1,2",
        "a:1,2;",
        "a:1,2;" * 3 + "a:1,2",
        "a" * 25 + ":1,2",
    ],
}


def opened(**query: str) -> AppTest:
    """The page at an address."""
    page = AppTest.from_function(lab, default_timeout=60)
    page.query_params.update(query)
    page.run()
    assert not page.exception
    return page


def state(page: AppTest) -> inputs.Inputs:
    return page.session_state["nudge.page"]


def again(page: AppTest) -> AppTest:
    """The page at the address that it wrote, by a new visitor."""
    query = parse_qs(state(page).query(), keep_blank_values=True)
    return opened(**{key: texts[0] for key, texts in query.items()})


def test_without_an_address_there_are_defaults():
    page = opened()
    assert state(page).values == DEFAULTS
    assert state(page).query() == ""


@pytest.mark.parametrize("key", OTHERS)
def test_an_input_is_read_from_the_address_and_written_back(key):
    text, value = OTHERS[key]
    page = opened(**{key: text})
    follows = {"y": 2.0} if key == "pick" else {}
    assert state(page).values == DEFAULTS | {key: value} | follows
    assert state(page).texts == {key: text}
    assert state(again(page)).values == state(page).values
    assert not page.warning


@pytest.mark.parametrize(
    ("key", "text"), [(key, text) for key, texts in UNUSABLE.items() for text in texts]
)
def test_an_unusable_value_becomes_the_default_and_a_sentence(key, text):
    page = opened(**{key: text})
    assert state(page).values == DEFAULTS
    (warning,) = page.warning
    assert f"`{text or ' '}` from the address is not usable" in warning.value
    assert state(page).query() == ""


def test_what_a_visitor_typed_is_shown_as_code():
    (warning,) = opened(pick="`<script>`**x**" + "y" * 90).warning
    assert "`'<script>'**x**" + "y" * 25 + "…`" in warning.value


def test_a_line_break_in_the_address_ends_no_code_span():
    (warning,) = opened(pick="a\n\n# b").warning
    assert "`a  # b` from the address" in warning.value


def test_unknown_keys_are_left_alone():
    page = opened(utm_source="mail", x="2")
    assert not page.warning
    assert state(page).values["x"] == 2


def test_a_warning_goes_once_the_input_is_set():
    page = opened(count="77", real="7")
    assert len(page.warning) == 2
    page.slider(key="lab:count").set_value(5).run()
    (left,) = page.warning
    assert left.value.startswith("Real:")


def test_a_control_wins_over_the_address_it_was_opened_with():
    page = opened(count="9")
    page.slider(key="lab:count").set_value(5).run()
    assert state(page).values["count"] == 5
    assert state(page).texts == {"count": "5"}


def test_a_preset_sets_a_control():
    page = opened()
    page.button[0].click().run()
    assert state(page).values["pick"] == "two"


def test_a_preset_moves_a_live_figure():
    page = opened(x="2")
    page.button[1].click().run()
    assert state(page).texts == {"x": "-1.5"}


def test_starting_over_forgets_everything():
    page = opened(**{key: text for key, (text, _) in OTHERS.items()})
    assert set(state(page).texts) == set(OTHERS)
    page.button[2].click().run()
    assert state(page).values == DEFAULTS
    assert state(page).query() == ""


def test_starting_over_knows_a_default_that_depends_on_another_input():
    page = opened(pick="two", y="0")
    page.button[2].click().run()
    assert state(page).values == DEFAULTS
    assert opened(pick="two").session_state["nudge.page"].values["y"] == 2


def test_starting_over_forgets_the_warnings():
    page = opened(count="77", x="9")
    page.button[2].click().run()
    assert not page.warning


@pytest.mark.parametrize("typed", ["a +", "b", "__import__('os')", "", "1/0**"])
def test_a_formula_keeps_the_last_one_that_could_be_read(typed):
    page = opened(own="sin(a)")
    page.text_input(key="lab:own").set_value(typed).run()
    assert not page.exception
    assert page.session_state["good"] == "sin(a)"
    assert any(
        "nudge-printed" in e.proto.body for e in page.main if e.type == "html"
    ), "a pointer stands under the wrong character"


def test_an_unreadable_formula_in_the_address_becomes_the_default():
    page = opened(own="import os")
    assert not page.exception
    assert page.session_state["good"] == "a**2"


def parts():
    import streamlit as st

    from ui import controls, inputs

    inputs.begin("cost")
    for part, key in (("/a", "near"), ("/a/b", "within"), ("/c", "far")):
        with inputs.part(part):
            controls.toggle(key, key, False)
    for key in ("near", "within", "far", "not shown"):
        inputs.put(key, True) if key == "not shown" else inputs.current().put.add(key)
        st.text(f"{key}: {inputs.set_elsewhere('/a')}")
    st.text(f"nothing: {inputs.set_elsewhere('/a')}")


def test_a_part_knows_when_a_button_has_set_an_input_of_another():
    app = AppTest.from_function(parts).run()
    assert [text.value for text in app.text] == [
        "near: False",
        "within: False",
        "far: True",
        "not shown: False",
        "nothing: False",
    ]


def views():
    import numpy as np
    import streamlit as st

    from core.sweep import Sweep
    from ui import inputs

    inputs.begin("cost")
    sweep = Sweep(label="x", values=np.arange(5.0), shown=tuple("01234"))

    def view(with_figure):
        with inputs.part("/view"):
            return inputs.hold("x", 0.0, sweep) if with_figure else None

    view(True)
    # The hand lets go at 2. Streamlit keeps that where a part reruns alone.
    st.session_state["cost:x"] = {"settled": {"value": 2.0, "token": 0}}
    for shown in (True, False, True, True):
        held = view(shown)
        st.text(f"{held}, {inputs.current().texts}")


def test_a_figure_that_was_out_of_sight_comes_back_as_it_was_left():
    app = AppTest.from_function(views).run()
    assert not app.exception
    assert [text.value for text in app.text] == [
        "Held(value=0.0, token=0), {'x': '2'}",
        "None, {}",
        "Held(value=2.0, token=1), {'x': '2'}",
        "Held(value=2.0, token=1), {'x': '2'}",
    ]
