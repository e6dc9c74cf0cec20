"""Looking a number of x up: the figure goes exactly there, and only then changes."""

import pytest

from tests.pages.visit import Visit
from ui.contents import entry

PAGE = entry("images_as_vectors")


def place(row, column, channel, n=64):
    return channel * n * n + row * n + column


def drawn(visit):
    return next(figure for figure in visit.figures() if figure.sent["key"] == "i")


def look_up(visit, row, column, channel):
    for key, value in (("row", row), ("column", column)):
        visit.app.slider(key=f"images_as_vectors:{key}").set_value(value)
    visit.app.button_group(key="images_as_vectors:channel").set_value(str(channel))
    return visit.run()


def press(visit):
    next(b for b in visit.app.button if b.label == "Light it up").click()
    return visit.run()


@pytest.mark.parametrize("at", [(0, 0, 0), (17, 55, 2), (63, 63, 2)])
def test_the_figure_goes_exactly_to_the_number_that_was_looked_up(at):
    visit = press(look_up(Visit().open(PAGE), *at))
    assert visit.values["i"] == place(*at)
    assert place(*at) in drawn(visit).drawing["sweep"]["values"]
    again = Visit().open(PAGE, f"i={place(*at)}&lit={place(*at)}")
    assert again.values["i"] == place(*at)
    assert drawn(again).sent["id"] == drawn(visit).sent["id"]


def test_looking_for_a_place_draws_nothing_anew():
    visit = Visit().open(PAGE)
    before = drawn(visit).sent["id"]
    assert drawn(look_up(visit, 3, 9, 0)).sent["id"] == before


@pytest.mark.parametrize("lit", ["-1", "x", "49152", "9" * 3000, "9" * 5000])
def test_a_place_that_no_vector_has_is_told(lit):
    visit = Visit().open(PAGE, f"lit={lit}")
    assert any(sentence.startswith("Lit number:") for sentence in visit.warnings)
    assert drawn(visit).sent["id"] == drawn(Visit().open(PAGE)).sent["id"]


def test_a_place_beyond_a_small_picture_waits_for_a_larger_one():
    visit = Visit().open(PAGE, "size=2&lit=11000")
    assert not visit.warnings
    assert max(drawn(visit).drawing["sweep"]["values"]) == 11
