"""Looking a number of x up: the figure goes exactly there."""

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
    again = Visit().open(PAGE, f"i={place(*at)}")
    assert again.values["i"] == place(*at)
    assert drawn(again).sent["id"] == drawn(visit).sent["id"]


@pytest.mark.parametrize("n", [2, 64, 128])
def test_every_number_has_a_frame(n):
    sweep = drawn(Visit().open(PAGE, f"size={n}")).drawing["sweep"]
    assert list(sweep["values"]) == list(range(3 * n * n))
    assert sweep["hover"]


def test_looking_for_a_place_draws_nothing_anew():
    visit = Visit().open(PAGE)
    before = drawn(visit).sent["id"]
    assert drawn(press(look_up(visit, 3, 9, 0))).sent["id"] == before


def test_growth_starts_at_the_size_and_follows_it():
    visit = Visit().open(PAGE, "size=2")
    assert visit.values["n"] == 2
    visit.app.slider(key="images_as_vectors:size").set_value(16)
    visit.run()
    assert visit.values["n"] == 16
    assert Visit().open(PAGE, "size=16&n=100").values["n"] == 100
    assert "n" not in visit.inputs.texts
