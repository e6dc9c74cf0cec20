"""Chromium for the benchmarks, and when a page is ready in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.install_chromium import find_chromium

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FIGURE = ':is([data-testid="live-figure"], [data-testid="network-stage"])'
VIEW = {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser with nothing in its caches."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Browser, url: str) -> Page:
    """A new visitor's page, once its script has finished and its figures stand."""
    page = browser.new_context(viewport=VIEW).new_page()
    page.goto(url)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the script has finished, every figure is drawn, and all rests."""
    page.wait_for_selector(SETTLED, timeout=60_000)
    page.evaluate(
        """async (figure) => {
            const state = () => {
                const figures = [...document.querySelectorAll(figure)];
                const drawn = figures.every((f) => f.dataset.frame !== undefined
                    && (f.dataset.unseen === undefined
                        || f.getBoundingClientRect().top >= innerHeight));
                const main = document.querySelector('[data-testid="stMain"]');
                return drawn && main?.querySelector("h1")
                    ? `${main.querySelectorAll("*").length}` : undefined;
            };
            const until = performance.now() + 60_000;
            for (let before, rested = 0; rested < 8; ) {
                if (performance.now() > until) throw new Error("the page never rests");
                await new Promise((resolve) => setTimeout(resolve, 100));
                const now = state();
                rested = now !== undefined && now === before ? rested + 1 : 0;
                before = now;
            }
        }""",
        FIGURE,
    )


def drag_to(page: Page, slider: Locator, turn: int) -> None:
    """Drag the thumb of a Streamlit slider to another place than in the last turn."""
    track = slider.locator("[data-orientation]").first
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box is not None, "the slider is out of sight"
    at = box["x"] + box["width"] * (0.3 if turn % 2 else 0.7)
    page.mouse.move(at - 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(at, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
