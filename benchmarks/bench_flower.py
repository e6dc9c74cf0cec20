"""The course's flower: from pressing Train to the first frame at step 10,000.

400 points, 4 units, 10,000 steps, each time with a seed that was not used
before. The reference is the training alone, in this process, without a server.
"""

import time
from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks.browser import SETTLED, chromium, visit
from benchmarks.rows import Plan, Row, p50
from benchmarks.servers import NUDGE, serve
from core import datasets, shallow

PAGE = "training"
BUDGET_MS = 1000
PRESSES = 8
POINTS, UNITS, STEPS = 400, 4, 10_000
ADDRESS = f"{PAGE}?m={POINTS}&n_h={UNITS}&steps={STEPS}&held=0"

STAGE = '[data-testid="network-stage"]'
WATCH = """(figure) => {
    window.bench = {};
    addEventListener("pointerup", (event) => {
        bench.pressed = event.timeStamp;
        bench.painted = undefined;
    }, true);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { bench.painted = performance.now(); };
    new MutationObserver(() => port2.postMessage(0)).observe(
        document.querySelector(figure), { attributeFilter: ["data-frame"] });
}"""
# A frame that was painted after the press and stands for a while is the new one.
STANDS = """(settled) => bench.painted !== undefined
    && performance.now() - bench.painted > 500
    && document.querySelector(settled)"""


def run(plan: Plan) -> Iterator[Row]:
    """One row, when the page is there."""
    if PAGE not in plan.pages:
        return
    with serve(NUDGE) as nudge, chromium() as browser:
        page = visit(browser, f"{nudge.url}/{ADDRESS}")
        page.evaluate(WATCH, STAGE)
        page.get_by_text("Points, start, batches").click()
        samples, alone = [], []
        for seed in range(1, 1 + plan.times(PRESSES)):
            samples.append(_press(page, seed))
            alone.append(_alone(seed))
        yield Row(
            "flower, 10,000 steps",
            p50(samples),
            BUDGET_MS,
            "ms",
            f"the slowest {max(samples):.0f} ms; the training alone, without server "
            f"and browser: p50 {p50(alone):.0f} ms",
            "p50",
        )


def _press(page: Page, seed: int) -> float:
    thumb = page.get_by_role("slider", name="Seed")
    thumb.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(STANDS, arg=SETTLED, timeout=30_000)
    shown = page.locator(f"{STAGE} input[type=range]")
    assert shown.input_value() == shown.get_attribute("max"), "not the last frame"
    assert f"seed={seed}" in page.url, f"{page.url} is not of seed {seed}"
    return float(page.evaluate("bench.painted - bench.pressed"))


def _alone(seed: int) -> float:
    data = datasets.make("flower", POINTS, seed=seed)
    start = shallow.initialize(2, UNITS, seed=seed)
    began = time.perf_counter()
    shallow.train(start, data.X, data.Y, "tanh", 1.2, STEPS)
    return 1000 * (time.perf_counter() - began)
