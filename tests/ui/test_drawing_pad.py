"""What the drawing pad takes from a browser, and what it keeps."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.drawings import SIDE, write
from ui import cached


def drawing(*box: int) -> str:
    ink = np.zeros((SIDE, SIDE), dtype=np.bool_)
    top, bottom, left, right = box
    ink[top:bottom, left:right] = True
    return write(ink)


BAR, BLOCK = drawing(20, 26, 5, 50), drawing(10, 40, 10, 40)


def page() -> None:
    """The pad with a button in the browser's stead, which sends what a test says."""
    from unittest.mock import patch

    import streamlit as st

    from ui import drawing_pad, inputs

    def browser(*, key, data, default, on_drawn_change) -> None:  # noqa: ARG001
        def send() -> None:
            st.session_state[key] = {"drawn": st.session_state["message"]}
            on_drawn_change()

        st.button("send", on_click=send)
        st.text(data["sheet"])

    inputs.begin(st.session_state.get("where", "here"))
    with patch.object(drawing_pad, "_component", browser):
        st.text(drawing_pad.drawing_pad("drawing"))
    st.button("forget", on_click=inputs.forget)
    st.text(inputs.end())
    for sentence in inputs.unusable():
        st.warning(sentence)


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def press(app: AppTest, label: str) -> list[str]:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return shown(app)


def send(app: AppTest, message: object) -> list[str]:
    app.session_state["message"] = message
    return press(app, "send")


def shown(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def test_a_drawing_is_kept_and_is_in_the_address(app):
    assert shown(app) == ["", "", ""]
    assert send(app, {"text": BAR}) == [BAR, BAR, f"drawing={BAR}"]
    assert send(app, {"text": BLOCK}) == [BLOCK, BLOCK, f"drawing={BLOCK}"]
    assert send(app, {"text": ""}) == ["", "", ""]
    assert not app.warning


def test_start_over_clears_the_sheet(app):
    send(app, {"text": BAR})
    assert press(app, "forget") == ["", "", ""]


@pytest.mark.parametrize(
    "message",
    [None, 3, "text", {}, {"text": None}, {"text": ["A"]}, {"text": "x"},
     {"text": "<b>" * 200}, {"text": "A" * 10**6}],
)  # fmt: skip
def test_garbage_leaves_the_drawing_and_is_said(app, message):
    send(app, {"text": BAR})
    assert send(app, message)[0] == BAR
    assert len(app.warning) == 1
    assert "The last one stays." in app.warning[0].value
    app.run()
    assert not app.warning


def test_an_address_brings_a_drawing_or_a_line(app):
    for where, text, found in (("a", BLOCK, BLOCK), ("b", "x", "")):
        app.session_state["where"] = where
        app.query_params.update({"drawing": text})
        app.run()
        assert shown(app)[0] == found
    assert app.warning[0].value == (
        "Drawing: `x` from the address is not usable, it is not a drawing of "
        "56 × 56 pixels."
    )


def test_a_drawing_is_cleaned_to_28_by_28():
    picture = np.frombuffer(cached.drawing(BLOCK), np.uint8).reshape(28, 28)
    assert picture[1:-1, 1:-1].min() == 255
    assert picture[0].max() == 0


def test_a_sheet_without_a_shape_is_said():
    with pytest.raises(ValueError, match="no silhouette"):
        cached.drawing(drawing(0, SIDE, 0, SIDE))
