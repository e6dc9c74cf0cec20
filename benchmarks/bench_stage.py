"""The network stage: frames a second while it plays; and a run that is far too large.

How long a frame takes while it is scrubbed is in `bench_drag`, with every figure.
"""

import re
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from benchmarks.browser import SETTLED, chromium, visit
from benchmarks.rows import Plan, Row, p50
from benchmarks.servers import NUDGE, serve

PAGE = "training"
STAGE = '[data-testid="network-stage"]'
FRAMES_A_SECOND = 55
PLAYED_MS = 4000
LARGE_MS = 2000
# How the page begins to say what became of a run.
REASON = re.compile("^(Why it|What goes wrong)")
# The most of everything that can be asked for, but for the steps.
LARGE = f"{PAGE}?alpha=1000&n_h=50&m=5000"

# From the first step on. Each painted frame writes data-frame, the same number too.
PLAY = """async ([stage, duration]) => {
    const root = document.querySelector(stage);
    const slider = root.querySelector("input[type=range]");
    const play = root.querySelector("button.play");
    slider.value = 0;
    slider.dispatchEvent(new Event("input"));
    const times = [];
    const watch = new MutationObserver((all) =>
        all.forEach(() => times.push(performance.now())));
    watch.observe(root, { attributeFilter: ["data-frame"] });
    play.click();
    await new Promise((resolve) => setTimeout(resolve, duration));
    watch.disconnect();
    play.click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
    return {
        mean: (times.at(-1) - times[0]) / gaps.length,
        slow: gaps[Math.floor(0.95 * gaps.length)],
    };
}"""


def run(plan: Plan) -> Iterator[Row]:
    """A row for each number of units that plays, and two for runs at the limit."""
    if PAGE not in plan.pages:
        return
    with serve(NUDGE) as nudge, chromium() as browser:
        for n_h in (4, 16):
            page = visit(browser, f"{nudge.url}/{PAGE}?n_h={n_h}&step=0")
            played = [
                page.evaluate(PLAY, [STAGE, PLAYED_MS]) for _ in range(plan.times(5))
            ]
            yield Row(
                f"stage plays, {n_h} units",
                p50([each["mean"] for each in played]),
                1000 / FRAMES_A_SECOND,
                "ms",
                f"a frame; p95 of the gaps {p50([each['slow'] for each in played]):.0f}"
                f" ms, {1000 / p50([each['mean'] for each in played]):.0f} frames a "
                "second",
                "mean",
            )
            page.context.close()
        page = visit(browser, f"{nudge.url}/{LARGE}&steps=10")
        page.get_by_role("slider", name="Steps").press("End")
        page.wait_for_timeout(300)
        train = page.get_by_role("button", name="Train", exact=True)
        refused = _press(page, "would take too long", train.click)
        answer = page.get_by_role("button", name="Train 1,000 steps")
        answered = _press(page, REASON, answer.click)
        yield Row("a run too large, refused", refused, LARGE_MS, "ms", "20,000 steps")
        yield Row("the largest run, answered", answered, LARGE_MS, "ms", "1,000 steps")


def _press(
    page: Page, words: str | re.Pattern[str], act: Callable[[], object]
) -> float:
    page.wait_for_selector(SETTLED)
    began = time.perf_counter()
    act()
    expect(page.get_by_text(words).first).to_be_visible(timeout=30_000)
    return 1000 * (time.perf_counter() - began)
