"""What a visitor meets who opens a page for the first time, on a desk or on a phone."""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import DESKTOP
from tests.browser.pages import each_page, each_taught_page, path_of
from tests.browser.tab import FIGURE, Tab
from ui.contents import CONTENTS

MOST_BYTES = 500_000
PHONE = {"width": 390, "height": 844}

WIDER_THAN_THE_SCREEN = """() => {
  const main = document.querySelector('[data-testid=stMainBlockContainer]');
  const wide = [...main.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return false;
    // What scrolls by itself may be as wide as it likes inside.
    for (let up = element.parentElement; up !== main; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return false;
    }
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return wide.map((e) => `${e.tagName}.${e.className}`.slice(0, 80));
}"""
SCROLLS_SIDEWAYS = """() => {
  const scroller = document.querySelector('[data-testid=stMain]');
  const page = document.scrollingElement;
  return scroller.scrollWidth > scroller.clientWidth
    || page.scrollWidth > page.clientWidth;
}"""
SIXTY_FRAMES = """() => new Promise((done) => {
  let left = 60;
  const tick = () => (left-- ? requestAnimationFrame(tick) : done());
  tick();
})"""


@dataclass(frozen=True)
class Arrival:
    """What was seen when a page was opened, kept for several tests."""

    complaints: list[str]
    requests: list[str]
    received_bytes: int
    reruns: int
    words: str
    boxes: dict[str, dict[str, float]]
    sideways: bool
    too_wide: list[str]
    navigation: list[str]
    figures: list[tuple[str, str]]
    traces: list[int]
    frames_later: tuple[list[int], list[int]]


@pytest.fixture(scope="module")
def arrivals():
    return {}


@pytest.fixture
def arrival(entry, new_tab, arrivals) -> Arrival:
    """The page at 1280 × 860, by a visitor who wants nothing to move by itself."""
    if entry not in arrivals:
        tab = new_tab(reduced_motion="reduce").open(path_of(entry))
        arrivals[entry] = look_at(tab)
    return arrivals[entry]


def look_at(tab: Tab) -> Arrival:
    page = tab.page
    landmarks = {
        "title": page.locator("h1").first,
        "promise": page.locator(".st-key-nudge-promise"),
        "prediction": page.get_by_text("Predict first.").first,
        "plot": page.locator(f"{FIGURE} :is(.plot, .board)").first,
        "slider": page.locator(f"{FIGURE} input[type=range]").first,
    }
    boxes = {
        name: mark.bounding_box()
        for name, mark in landmarks.items()
        if mark.count() and mark.is_visible()
    }
    before = tab.frames
    page.evaluate(SIXTY_FRAMES)
    tab.read()
    return Arrival(
        complaints=tab.complaints,
        requests=tab.requests,
        received_bytes=tab.received_bytes,
        reruns=tab.reruns,
        words=tab.words,
        boxes=boxes,
        sideways=page.evaluate(SCROLLS_SIDEWAYS),
        too_wide=page.evaluate(WIDER_THAN_THE_SCREEN),
        navigation=page.get_by_test_id("stSidebarNavLink").all_inner_texts(),
        figures=[
            (f.root.get_attribute("role"), f.root.get_attribute("aria-label"))
            for f in tab.figures
        ],
        traces=page.evaluate(TRACES),
        frames_later=(before, tab.frames),
    )


TRACES = """() => [...document.querySelectorAll('[data-testid=live-figure] .plot')]
  .filter((plot) => plot.checkVisibility())
  .map((plot) => plot._fullData?.length ?? 0)"""


@each_page
def test_the_console_stays_silent(arrival):
    assert arrival.complaints == []


@each_page
def test_everything_comes_from_our_own_server(arrival, server):
    host = server.address.partition("//")[2]
    others = [
        url
        for url in arrival.requests
        if not url.startswith(("data:", "blob:")) and url.split("/")[2] != host
    ]
    assert others == []


@each_page
def test_no_highlighter_keeps_the_figure_waiting(arrival):
    """Streamlit's own is 1.6 MB, read before the figure: ui/code_view is 1 kB."""
    assert [url for url in arrival.requests if "Highlighter" in url] == []


@each_page
def test_the_page_knows_where_its_server_is(arrival):
    """Streamlit would ask beside the page first, and wait before it asks above."""
    asked = [url for url in arrival.requests if url.endswith("/_stcore/health")]
    assert asked
    assert {url.split("/")[3] for url in asked} == {"_stcore"}


def test_plotly_runs_while_the_server_has_not_answered(new_tab):
    tab = new_tab()
    tab.page.route_web_socket("**/_stcore/stream", lambda _: None)
    tab.page.goto(f"{tab.address}/derivatives")
    tab.page.wait_for_selector("script[src*='/plotly-cartesian']", state="attached")
    assert tab.page.locator("[data-testid=live-figure]").count() == 0


@each_page
def test_the_first_data_is_small(arrival):
    assert arrival.received_bytes <= MOST_BYTES


@each_page
def test_the_page_runs_once(arrival):
    """A second run on arrival would show everything twice as late."""
    assert arrival.reruns == 1


@each_page
def test_every_page_is_in_the_navigation(arrival):
    said = " ".join(arrival.navigation)
    assert all(page.title in said for page in CONTENTS)


@each_taught_page
def test_the_first_screen_holds_what_the_page_is_about(arrival):
    for part in ("title", "promise", "prediction", "plot"):
        box = arrival.boxes[part]
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= DESKTOP["height"], part
        assert box["x"] + box["width"] <= DESKTOP["width"], part
    order = [arrival.boxes[part]["y"] for part in ("title", "promise", "plot")]
    assert order == sorted(order)


@each_page
def test_a_slider_is_on_the_first_screen(arrival):
    if "slider" in arrival.boxes:
        box = arrival.boxes["slider"]
        assert box["y"] + box["height"] <= DESKTOP["height"]


@each_page
def test_nothing_is_wider_than_the_screen(arrival):
    assert not arrival.sideways
    assert arrival.too_wide == []


@each_page
def test_figures_are_announced(arrival):
    for role, label in arrival.figures:
        assert role == "figure"
        assert len(label) > 20


@each_page
def test_no_figure_is_blank(arrival):
    assert all(traces > 0 for traces in arrival.traces)


@each_page
def test_nothing_plays_by_itself(arrival):
    before, later = arrival.frames_later
    assert later == before


@each_page
def test_no_text_is_broken(arrival):
    for wrong in ("NaN", "undefined", "Traceback", "[object Object]", "KeyError"):
        assert wrong not in arrival.words


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_without_sideways_scrolling(entry, scheme, new_tab):
    """And the figure comes early, above its controls."""
    tab = new_tab(viewport=PHONE, color_scheme=scheme, has_touch=True)
    tab.open(path_of(entry)).read()
    assert not tab.page.evaluate(SCROLLS_SIDEWAYS)
    assert tab.page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert all(traces > 0 for traces in tab.page.evaluate(TRACES))
    assert tab.complaints == []
    box = tab.figures[0].root.bounding_box()
    assert box["y"] < PHONE["height"]
    for speed in tab.page.locator(".nudge-live.run .speed").all():
        assert speed.is_visible()
