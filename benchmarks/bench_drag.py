"""From input to painted chart, for each move of a drag and each arrow key.

Real input: the mouse and the keyboard of the browser, at any moment between two
frames. The clock starts when the browser received the event (`timeStamp`) and
stops when the frame with the new figure has gone through style, layout and
paint: a message posted while a frame is made is delivered right after it. A figure
that is drawn before that frame begins is not painted any earlier.

On a screen of 60 frames a second an input waits up to 16.7 ms for the next one,
whatever the page does. So a bare page is measured beside each figure: a slider that
moves a dot on a canvas. Where that alone leaves less than ROOM_MS of the budget, the
figure may take ROOM_MS more than it, a third of a frame: it then stands in the same
frame as the dot would.
"""

import random
from collections.abc import Callable, Iterator
from itertools import cycle, islice

from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import FIGURE, VIEW, chromium, drag_to, visit
from benchmarks.rows import Plan, Row, attempt, p50, p95
from benchmarks.servers import NUDGE, REFERENCE, address, serve

BUDGET_MS = 20
ROOM_MS = 1000 / 60 / 3
# A few moves of the figure, a few of the bare slider, and so on: what else the machine
# does falls on both.
BLOCKS = 6
MOVES = 15
RELEASES = 12
SLIDERS = f"{FIGURE} input[type=range]:visible"
# A figure is painted when it comes into sight, and may be of another height then.
SEEN = "(slider) => !slider.closest('[data-unseen], [data-changing]')"

# Those that follow the figure are painted in the same frame.
WATCH = """(root) => {
    let received, began, drawn, framed;
    window.bench = { samples: [] };
    for (const kind of ["pointermove", "keydown"]) {
        addEventListener(kind, (event) => { received = event.timeStamp; }, true);
    }
    const { port1, port2 } = new MessageChannel();
    root.querySelector("input[type=range]").addEventListener("input", () => {
        if (began !== undefined) return;
        began = received;
        drawn = framed = false;
        requestAnimationFrame(() => { framed = true; port2.postMessage(0); });
    }, true);
    port1.onmessage = () => {
        if (began === undefined || !drawn || !framed) return;
        bench.samples.push(performance.now() - began);
        began = undefined;
    };
    new MutationObserver(() => { drawn = true; port2.postMessage(0); }).observe(
        root, { attributeFilter: ["data-frame"] });
}"""

BARE = """<!doctype html><body style="margin:0">
<div data-frame="0"><input type="range" max="200" style="width: 760px"><br>
<canvas width="760" height="380"></canvas></div>
<script>
    const slider = document.querySelector("input");
    const brush = document.querySelector("canvas").getContext("2d");
    let due;
    slider.oninput = () => { due ??= requestAnimationFrame(() => {
        due = undefined;
        brush.clearRect(0, 0, 760, 380);
        brush.beginPath();
        brush.arc(3.8 * slider.value, 190, 8, 0, 7);
        brush.fill();
        slider.parentElement.dataset.frame = slider.value;
    }); };
</script>"""

# The reference is painted when the title of its chart tells the new value.
WATCH_REFERENCE = """() => {
    let began;
    const title = () => document.querySelector(".gtitle")?.textContent;
    let shown = title();
    window.bench = { samples: [] };
    addEventListener("pointerup", (event) => { began = event.timeStamp; }, true);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
        if (began === undefined) return;
        bench.samples.push(performance.now() - began);
        began = undefined;
    };
    new MutationObserver(() => {
        const now = title();
        if (now === undefined || now === shown) return;
        shown = now;
        requestAnimationFrame(() => port2.postMessage(0));
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


def run(plan: Plan) -> Iterator[Row]:
    """Two rows for each live figure with a slider: by mouse and by keys."""
    with serve(NUDGE) as nudge, serve(REFERENCE) as reference, chromium() as browser:

        def rows(name: str) -> Iterator[Row]:
            url = f"{nudge.url}/{address(name)}"
            page = visit(browser, url)
            sliders = page.locator(SLIDERS).count()
            page.context.close()
            beside: list[float] = []
            for at in range(sliders):
                moves = plan.times(MOVES)
                key, by_mouse, by_keys = _figure(browser, url, at, moves)
                beside = beside or _reference(
                    browser, reference.url, plan.times(RELEASES)
                )
                for how, (samples, least) in (("mouse", by_mouse), ("keys", by_keys)):
                    yield Row(
                        f"drag {name} {key}, {how}",
                        p95(samples),
                        max(BUDGET_MS, p95(least) + ROOM_MS),
                        "ms",
                        f"p50 {p50(samples):.0f} ms; a bare slider: p50 "
                        f"{p50(least):.0f}, p95 {p95(least):.1f} ms; "
                        "st.slider + st.plotly_chart, "
                        f"let go: p50 {p50(beside):.0f}, p95 {p95(beside):.0f} ms",
                        "p95",
                    )

        for name in plan.pages:
            yield from attempt(f"drag {name}", lambda name=name: rows(name))


Samples = tuple[list[float], list[float]]


def _figure(
    browser: Browser, url: str, at: int, moves: int
) -> tuple[str | None, Samples, Samples]:
    """The key of a figure; by mouse and by keys its samples, and a bare page's."""
    page, bare = visit(browser, url), browser.new_context(viewport=VIEW).new_page()
    bare.set_content(BARE)
    slider, bare_slider = page.locator(SLIDERS).nth(at), bare.locator("input")
    figure = slider.locator("xpath=ancestor::*[@data-testid][1]")
    figure.evaluate(WATCH)
    bare.locator("div").evaluate(WATCH)
    by_mouse, by_keys = (
        _in_turns(drive(page, slider, moves), drive(bare, bare_slider, moves))
        for drive in (_drag, _press)
    )
    key = figure.get_attribute("data-key")
    for each in (page, bare):
        each.context.close()
    return key, by_mouse, by_keys


def _in_turns(ours: Iterator[list[float]], bare: Iterator[list[float]]) -> Samples:
    blocks = list(zip(ours, bare, strict=True))
    return [t for block, _ in blocks for t in block], [
        t for _, block in blocks for t in block
    ]


def _drag(page: Page, slider: Locator, moves: int) -> Iterator[list[float]]:
    """Blocks of samples of a held mouse; it is let go at the end."""
    slider.scroll_into_view_if_needed()
    page.wait_for_function(SEEN, arg=slider.element_handle())
    slider.hover()  # once it stands still
    box = slider.bounding_box()
    assert box is not None, "the slider is out of sight"
    frames = int(slider.get_attribute("max") or 1)
    step = max(5.0, 1.1 * box["width"] / frames)
    left, right = box["x"] + 12, box["x"] + box["width"] - 12
    middle = box["y"] + box["height"] / 2
    x, way = left, 1
    page.mouse.move(x, middle)
    page.mouse.down()
    page.wait_for_timeout(300)
    for _ in range(BLOCKS):
        page.evaluate("bench.samples = []")
        for _ in range(moves):
            if not left <= x + way * step <= right:
                way = -way
            x += way * step
            _sample(page, lambda x=x: page.mouse.move(x, middle))
        yield list(page.evaluate("bench.samples"))
    page.mouse.up()
    page.wait_for_timeout(1000)


def _press(page: Page, slider: Locator, presses: int) -> Iterator[list[float]]:
    """Blocks of samples of an arrow key, there and back along the slider."""
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1000)
    frames = int(slider.get_attribute("max") or 1)
    there_and_back = cycle(["ArrowRight"] * frames + ["ArrowLeft"] * frames)
    for _ in range(BLOCKS):
        page.evaluate("bench.samples = []")
        for arrow in islice(there_and_back, presses):
            _sample(page, lambda arrow=arrow: page.keyboard.press(arrow))
        yield list(page.evaluate("bench.samples"))


def _sample(page: Page, act: Callable[[], None]) -> None:
    """Act, wait for the paint, then a random while: no step with the frames."""
    before = page.evaluate("bench.samples.length")
    act()
    page.wait_for_function("(n) => bench.samples.length > n", arg=before, timeout=5000)
    page.wait_for_timeout(random.uniform(0, 17))


def _reference(browser: Browser, url: str, releases: int) -> list[float]:
    page = visit(browser, url)
    page.wait_for_selector(".gtitle")
    page.evaluate(WATCH_REFERENCE)
    slider = page.get_by_test_id("stSlider")
    for turn in range(releases):
        _sample(page, lambda turn=turn: drag_to(page, slider, turn))
        page.wait_for_timeout(200)
    samples = list(page.evaluate("bench.samples"))
    page.context.close()
    return samples
