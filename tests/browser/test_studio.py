"""The studio as its learner uses it: own points, a run beside another, a run mended."""

import pytest
from playwright.sync_api import Locator

from core.points import STARTER, read
from tests.browser.tab import Tab

PAD = "[data-testid=point-pad]"
STAGE = "[data-testid=network-stage]"


class Pad:
    """The plane in which points are set."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab.open("training?view=own&steps=100")
        tab.page.wait_for_selector(f"{PAD}[data-count]")
        self.root = tab.page.locator(PAD)
        self.canvas = self.root.locator("canvas")

    @property
    def count(self) -> int:
        return int(self.root.get_attribute("data-count"))

    def click(self, x: float, y: float) -> None:
        """Click at a share of the plane's width and height."""
        box = self.canvas.bounding_box()
        self.canvas.click(position={"x": x * box["width"], "y": y * box["height"]})

    def press(self, *keys: str) -> None:
        self.canvas.focus()
        for key in keys:
            self.tab.page.keyboard.press(key)

    def hand_in(self) -> None:
        button = self.root.get_by_role("button", name="Train on these points")
        self.tab.after(button.click)
        self.tab.page.wait_for_selector(f"{STAGE}[data-frame]")


def test_points_are_set_by_mouse_and_trained_on(tab, new_tab):
    pad = Pad(tab)
    before, reruns = pad.count, tab.reruns
    pad.click(0.3, 0.3)
    pad.click(0.8, 0.3)
    assert pad.count == before + 2
    pad.click(0.8, 0.3)
    assert pad.count == before + 1
    assert tab.reruns == reruns, "the server was told of a draft"
    pad.hand_in()
    assert read(tab.query["points"]).Y.size == before + 1
    assert tab.query["data"] == "own"
    there = new_tab().open(tab.path)
    assert there.tables == tab.tables
    assert tab.complaints == []


def test_points_are_set_by_keys(tab):
    pad = Pad(tab)
    before = pad.count
    pad.press("ArrowRight", "ArrowUp", "0", "Space", "Shift+ArrowRight", "1", "Enter")
    assert pad.count == before + 2
    pad.press("Backspace", "ArrowLeft", "Space")
    assert "Cross at (1, 0.25)" in pad.root.get_by_role("status").inner_text()
    pad.hand_in()
    points = tab.query["points"].removeprefix(f"{STARTER};").split(";")
    assert points == ["0.25,0.25,0", "1,0.25,1"]


def test_one_class_alone_cannot_be_handed_in(tab):
    pad = Pad(tab)
    pad.root.get_by_role("button", name="Clear").click()
    pad.click(0.5, 0.5)
    assert pad.count == 1
    assert pad.root.locator(".hand-in").is_disabled()
    assert "Both classes need" in pad.root.get_by_role("status").inner_text()
    pad.root.get_by_role("button", name="Undo").click()
    assert pad.count == 0


def test_a_failed_run_is_mended_with_one_press_and_both_are_shown(tab):
    tab.open("training?g=linear&alpha=10&steps=200")
    assert "Why it fails." in tab.words
    tab.after(tab.page.get_by_role("button", name="Train with α = 1, show both").click)
    assert tab.query == {
        "g": "linear",
        "steps": "200",
        "view": "two",
        "alpha": "1",
        "pin": "g:linear,alpha:10,steps:200",
    }
    assert "α 10 → 1" in tab.words
    assert "Why it fails." not in tab.words
    (figure,) = tab.moving
    figure.press("Home")
    figure.shows(0)
    assert tab.complaints == []


def test_a_changed_run_is_trained_beside_this_one(tab):
    tab.open("training?steps=100")
    tab.page.get_by_role("radio", name="spiral").click()
    tab.after(tab.page.get_by_role("button", name="Train beside this run").click)
    assert "data flower → spiral" in tab.words
    tab.after(tab.page.get_by_role("button", name="Unpin").click)
    assert "pin" not in tab.query


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("view", ["stage", "two", "own"])
def test_no_view_is_cut(new_tab, width, view):
    tab = new_tab(viewport={"width": width, "height": 860})
    tab.open(f"training?view={view}&steps=100")
    overflow = "document.scrollingElement.scrollWidth > innerWidth"
    assert not tab.page.evaluate(overflow)
    assert tab.complaints == []


SMALL = {"width": 1280, "height": 800}


def in_window(tab: Tab, locator: Locator) -> bool:
    box = locator.bounding_box()
    return (
        box["y"] >= 0 and box["y"] + box["height"] <= tab.page.viewport_size["height"]
    )


def test_train_slider_and_remedy_are_in_sight_of_a_failed_run(new_tab):
    tab = new_tab(viewport=SMALL).open("training?alpha=1000&steps=500")
    for name in ("Train", "Train with α = 3, show both"):
        assert in_window(tab, tab.page.get_by_role("button", name=name, exact=True))
    assert in_window(tab, tab.page.locator(f"{STAGE} .controls"))
    assert in_window(tab, tab.page.get_by_text("Choose, then press Train."))


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_run_trained_from_below_comes_into_sight(new_tab, motion):
    tab = new_tab(viewport=SMALL, reduced_motion=motion).open("training?steps=100")
    main = tab.page.get_by_test_id("stMain")
    main.evaluate("(main) => main.scrollTo(0, 900)")
    case = tab.page.get_by_role("button", name="All units alike")
    # As one that is focused with the keyboard: Playwright would scroll to click it.
    tab.after(lambda: case.evaluate("(button) => button.click()"))
    tab.until(
        lambda: (
            in_window(tab, tab.page.get_by_text("What goes wrong."))
            and in_window(tab, tab.page.locator(f"{STAGE} .controls"))
        ),
        "the run stayed out of sight",
    )
    where = main.evaluate("(main) => main.scrollTop")
    tab.page.locator(f"{STAGE} input[type=range]").press("Home")
    tab.settle()
    assert main.evaluate("(main) => main.scrollTop") == where


@pytest.mark.parametrize("view", ["1 to 50 units", "Your own points"])
def test_a_view_tells_nothing_of_a_run_that_it_does_not_show(tab, view):
    tab.open("training?alpha=1000&steps=100")
    assert "logistic regression, training" in tab.words
    tab.after(tab.page.get_by_role("radio", name=view).click)
    tab.page.wait_for_function(
        "() => !document.body.innerText.includes('logistic regression, training')"
    )
    assert tab.words.count("What to notice.") <= 1
    assert "Why it fails." not in tab.words
    assert tab.page.locator(".katex-display").count() == 0
    tab.after(tab.page.get_by_role("radio", name="The network").click)
    tab.page.locator(".katex-display").wait_for()
    assert "Why it fails." in tab.words


@pytest.mark.parametrize("width", [1280, 390])
def test_who_copies_a_link_without_its_points_is_told(new_tab, width):
    tab = new_tab(
        viewport={"width": width, "height": 860}, permissions=["clipboard-write"]
    ).open("training?view=own&steps=100")
    table = tab.page.get_by_label("Or paste a table")
    table.fill("\n".join(f"{i % 17},{i % 13},{i % 2}" for i in range(300)))
    table.blur()
    tab.after(tab.page.get_by_role("button", name="Train on this table").click)
    tab.until(lambda: tab.query.get("points") == "left_out", "the address says nothing")
    tab.page.get_by_test_id("copy-link").click()
    said = tab.page.get_by_text("Your own points are not in this link")
    said.wait_for(timeout=5000)
    assert in_window(tab, said)
    assert said.bounding_box()["x"] >= 0
