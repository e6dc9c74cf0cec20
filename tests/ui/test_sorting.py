"""The sorting game: picked all at once, graded together, and played again."""

from tests.pages.visit import arrive
from ui.contents import entry

PAGE = "supervised_learning"
NAME = f"sorted.{PAGE}.structured"


def said(visit):
    return "\n".join(each.value for each in visit.app.markdown)


def test_nothing_picked_is_half_right():
    visit = arrive(entry(PAGE)).press(f"{NAME}.check")
    assert "4 of 8 right" in said(visit)
    assert "house sizes and prices: **structured**" in said(visit)


def test_it_can_be_played_again_and_won():
    visit = arrive(entry(PAGE)).press(f"{NAME}.check").press(f"{NAME}.again")
    assert "4 of 8 right" not in said(visit)
    names = [
        "house sizes and prices",
        "clicks: user, ad, time",
        "a patient's age and blood pressure",
        "the calorie table",
    ]
    visit.app.button_group(key=f"{NAME}.picked").set_value(names)
    visit.press(f"{NAME}.check")
    assert "All 8 right" in said(visit)
    assert visit.inputs.query() == "", "what was picked is no part of the address"
