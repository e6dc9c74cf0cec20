"""What a page sends to a new visitor's browser before it rests.

The messages of its WebSocket, as long as they are before any compression. The
bundles (Streamlit's scripts, Plotly) come over HTTP and stay in the cache.
"""

from collections.abc import Iterator

from playwright.sync_api import Browser, WebSocket

from benchmarks.browser import VIEW, chromium, ready
from benchmarks.rows import Plan, Row, attempt
from benchmarks.servers import NUDGE, REFERENCE, address, serve

BUDGET_KB = 500


def run(plan: Plan) -> Iterator[Row]:
    """One row a page."""
    with serve(NUDGE) as nudge, serve(REFERENCE) as reference, chromium() as browser:
        beside = sum(_received(browser, reference.url)) / 1000

        def rows(name: str) -> Iterator[Row]:
            messages = _received(browser, f"{nudge.url}/{address(name)}")
            yield Row(
                f"first data, {name}",
                sum(messages) / 1000,
                BUDGET_KB,
                "kB",
                f"the largest message {max(messages) / 1000:.0f} kB; "
                f"one slider, one chart: {beside:.0f} kB",
            )

        for name in plan.pages:
            yield from attempt(f"first data, {name}", lambda name=name: rows(name))


def _received(browser: Browser, url: str) -> list[int]:
    sizes: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda message: sizes.append(len(message)))

    page = browser.new_context(viewport=VIEW).new_page()
    page.on("websocket", listen)
    page.goto(url)
    ready(page)
    page.context.close()
    return sizes
