"""A table that the loop cannot run over: said beside it, and put right by a button."""

from tests.pages.visit import Visit
from ui.contents import entry

PAGE = entry("many_examples")
BACK = "Put the usual rows back"


def texts(visit):
    return [text.value for text in visit.app.text]


def warned(visit):
    return [warning.value for warning in visit.app.warning]


def test_a_table_with_an_error_is_named_and_put_back():
    visit = Visit().open(PAGE, "data=1:1,2,1;2:one,1,0")
    assert any("runs over the usual four" in said for said in warned(visit))
    assert any(said.startswith("Row 2, x1: 'one' is not") for said in texts(visit))
    next(b for b in visit.app.button if b.label == BACK).click()
    visit.run()
    assert not warned(visit)
    assert BACK not in [b.label for b in visit.app.button]
    assert "data" not in visit.inputs.texts


def test_a_table_without_an_error_brings_no_button():
    visit = Visit().open(PAGE, "data=1:1,2,1;2:3,1,0")
    assert not warned(visit)
    assert BACK not in [b.label for b in visit.app.button]
