"""The sheet to draw on, asked about on the cat recogniser's page."""

import pytest

from core.drawings import read
from tests.browser.tab import Tab

PAD = "[data-testid=drawing-pad]"


class Sheet:
    """The sheet, and what the recogniser says of it."""

    def __init__(self, tab: Tab, path: str = "cat_recogniser?ask=draw") -> None:
        self.tab = tab.open(path)
        self.root = tab.page.locator(PAD)
        self.canvas = self.root.locator("canvas")
        self.canvas.scroll_into_view_if_needed()
        tab.settle()

    @property
    def count(self) -> int:
        return int(self.root.get_attribute("data-count"))

    @property
    def verdict(self) -> str:
        return self.tab.page.get_by_text("P(cat) = σ(z) =").inner_text()

    def stroke(self, *path: tuple[float, float]) -> None:
        """Draw through these shares of the sheet's width and height."""
        self.canvas.scroll_into_view_if_needed()
        box, mouse = self.canvas.bounding_box(), self.tab.page.mouse
        places = [
            (box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in path
        ]
        mouse.move(*places[0])
        mouse.down()
        for place in places[1:]:
            mouse.move(*place, steps=5)
        mouse.up()

    def press(self, *keys: str) -> None:
        self.canvas.focus()
        for key in keys:
            self.tab.page.keyboard.press(key)

    def click(self, name: str) -> None:
        self.tab.after(self.root.get_by_role("button", name=name).click)


def test_each_stroke_is_one_message_and_changes_the_answer(tab, new_tab):
    sheet = Sheet(tab)
    assert "Draw something first" in tab.main.inner_text()
    answers, told = [sheet.verdict], tab.reruns
    for path in (
        [(0.2, 0.5), (0.5, 0.4), (0.8, 0.5)],
        [(0.3, 0.5), (0.3, 0.9)],
    ):
        tab.after(lambda path=path: sheet.stroke(*path))
        told += 1
        assert tab.reruns == told
        answers.append(sheet.verdict)
    assert len(set(answers)) == 3
    assert "Draw something first" not in tab.main.inner_text()
    ink = read(tab.query["drawing"])
    assert ink.sum() == sheet.count
    assert ink[22, 28]
    assert ink[45, 17]
    assert not ink[45, 28]
    there = Sheet(new_tab(), tab.path)
    assert (there.count, there.verdict) == (sheet.count, sheet.verdict)
    assert tab.complaints == []


def test_it_is_drawn_by_keys(tab):
    sheet = Sheet(tab)
    told = tab.reruns
    first = sheet.verdict
    tab.after(lambda: sheet.press("Space", "Shift+ArrowRight", "Shift+ArrowRight"))
    assert tab.reruns == told + 1
    drawn = sheet.count
    assert sheet.verdict != first
    status = sheet.root.get_by_role("status").inner_text()
    assert "Pen at row 15, column 17." in status
    tab.after(lambda: sheet.press("Backspace", "Enter"))
    assert tab.reruns == told + 2
    assert 0 < sheet.count < drawn
    assert tab.complaints == []


def test_strokes_are_undone_filled_and_cleared(tab):
    sheet = Sheet(tab)
    square = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)]
    tab.after(lambda: sheet.stroke(*square))
    outline = sheet.count
    sheet.click("Fill")
    assert sheet.count > 1.5 * outline
    assert read(tab.query["drawing"])[28, 28]
    sheet.click("Undo")
    assert sheet.count == outline
    sheet.click("Clear")
    assert sheet.count == 0
    assert "drawing" not in tab.query
    assert "Draw something first" in tab.main.inner_text()
    sheet.click("Undo")
    assert sheet.count == outline


def test_two_quick_strokes_are_both_kept(tab):
    sheet = Sheet(tab)
    told = tab.reruns
    sheet.stroke((0.2, 0.2), (0.8, 0.2))
    sheet.stroke((0.2, 0.8), (0.8, 0.8))
    tab.until(lambda: tab.reruns == told + 2, "the server was not told of both")
    tab.settle()
    ink = read(tab.query["drawing"])
    assert ink[11, 28]
    assert ink[45, 28]
    assert ink.sum() == sheet.count


@pytest.mark.parametrize("query", ["ask=draw", "ask=draw&k=5&unknown=1"])
def test_start_over_clears_the_sheet(tab, query):
    sheet = Sheet(tab, f"cat_recogniser?{query}")
    tab.after(lambda: sheet.stroke((0.2, 0.5), (0.8, 0.5)))
    tab.after(lambda: sheet.stroke((0.5, 0.2), (0.5, 0.8)))
    assert read(tab.query["drawing"]).sum() == sheet.count
    tab.after(tab.page.get_by_role("button", name="Start over").click)
    assert "drawing" not in tab.query
    assert tab.page.locator(PAD).count() == 0
    tab.after(tab.page.get_by_role("radio", name="draw").click)
    tab.page.wait_for_selector(f"{PAD}[data-count='0']")


def test_a_finger_draws_and_does_not_scroll(new_tab):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    tab = new_tab(**phone)
    sheet = Sheet(tab)
    box = sheet.canvas.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["width"] == box["height"] >= 224
    sheet.root.locator("button").first.scroll_into_view_if_needed()
    style = "(canvas) => getComputedStyle(canvas).touchAction"
    assert sheet.canvas.evaluate(style) == "none"
    tab.after(sheet.canvas.tap)
    assert sheet.count > 10
    overflow = "document.scrollingElement.scrollWidth > innerWidth"
    assert not tab.page.evaluate(overflow)
    assert tab.complaints == []
