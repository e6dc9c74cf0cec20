"""A run of training: from pressing Train to the first frame at its last step.

The course's flower with 400 points, 4 units and 10,000 steps, and the cat recogniser
as its page opens with it; each time with a seed that was not used before. The
reference is the training alone, in this process, without a server.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from playwright.sync_api import Page
from threadpoolctl import threadpool_limits

from benchmarks.browser import SETTLED, chromium, visit
from benchmarks.rows import Plan, Row, attempt, p50
from benchmarks.servers import NUDGE, serve
from core import datasets, shallow, silhouettes

BUDGET_MS = 1000
PRESSES = 8

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


@dataclass(frozen=True)
class Training:
    """A run that a page trains: where, and how the same is done without the page.

    `fold` is the part of the form that holds the seed; `figure` what is scrubbed.
    """

    name: str
    page: str
    query: str
    fold: str
    figure: str
    alone: Callable[[int], object]


def flower(seed: int) -> object:
    """The course's network, trained from this seed."""
    data = datasets.make("flower", 400, seed=seed)
    start = shallow.initialize(2, 4, seed=seed)
    return shallow.train(start, data.X, data.Y, "tanh", 1.2, 10_000)


def cats(seed: int) -> object:
    """The recogniser as the page opens with it, on other silhouettes."""
    lesson = silhouettes.Lesson(silhouettes.ALL, 1600, 0.05, 500, seed)
    return silhouettes.learn(lesson, pictures())


@cache
def pictures() -> silhouettes.Silhouettes:
    """The silhouettes, read once: the server reads them when it is warm."""
    return silhouettes.load()


TRAININGS = (
    Training(
        name="flower, 10,000 steps",
        page="training",
        query="m=400&n_h=4&steps=10000&held=0",
        fold="Points, start, batches",
        figure='[data-testid="network-stage"]',
        alone=flower,
    ),
    Training(
        name="cat recogniser, 500 steps",
        page="cat_recogniser",
        query="m=1600&steps=500",
        fold="Shuffle",
        figure='[data-testid="live-figure"][data-key="step"]',
        alone=cats,
    ),
)


def run(plan: Plan) -> Iterator[Row]:
    """One row a run whose page is asked for."""
    for training in TRAININGS:
        if training.page in plan.pages:
            name = training.name
            yield from attempt(name, lambda training=training: row(training, plan))


def row(training: Training, plan: Plan) -> Iterator[Row]:
    """What became of several presses."""
    with serve(NUDGE) as nudge, chromium() as browser:
        page = visit(browser, f"{nudge.url}/{training.page}?{training.query}")
        page.evaluate(WATCH, training.figure)
        page.get_by_text(training.fold, exact=True).click()
        samples, alone = [], []
        for seed in range(1, 1 + plan.times(PRESSES)):
            samples.append(_press(page, training.figure, seed))
            with threadpool_limits(limits=1, user_api="blas"):  # as in the server
                began = time.perf_counter()
                training.alone(seed)
                alone.append(1000 * (time.perf_counter() - began))
        yield Row(
            training.name,
            p50(samples),
            BUDGET_MS,
            "ms",
            f"the slowest {max(samples):.0f} ms; the training alone, without server "
            f"and browser: p50 {p50(alone):.0f} ms",
            "p50",
        )


def _press(page: Page, figure: str, seed: int) -> float:
    thumb = page.get_by_role("slider", name="Seed")
    thumb.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(STANDS, arg=SETTLED, timeout=30_000)
    shown = page.locator(f"{figure} input[type=range]")
    assert shown.input_value() == shown.get_attribute("max"), "not the last frame"
    assert f"seed={seed}" in page.url, f"{page.url} is not of seed {seed}"
    return float(page.evaluate("bench.painted - bench.pressed"))
