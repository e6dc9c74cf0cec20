"""A native control: from letting go of it to the settled page.

Settled is the last change in the page's main part after which nothing changes
for a while and no script runs. Nudge and a page with one slider take turns, each
control of the page several times.

That page is of the size of ours: as many charts as the control redraws here, as many
sentences as it changes, and as many that stay. Streamlit renders every element of a
page several times in a run, and what a chart costs is Plotly's, on both sides: beside
one slider and one chart a control would tell how much there is on its page, not how
quick the page is. A choice that brings other figures stands beside one that brings as
many others. How long a page with one slider and one chart takes is said, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import FIGURE, SETTLED, chromium, drag_to, visit
from benchmarks.rows import Plan, Row, attempt, p50
from benchmarks.servers import NUDGE, REFERENCE, address, serve

TIMES_THE_REFERENCE = 1.5
TURNS = 6
CONTROLS = 2
REST_MS = 300

WATCH = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const ELEMENT = '[data-testid="stElementContainer"]';
    window.bench = { released: undefined, changed: undefined };
    bench.redrawn = new Set();
    bench.come = new Set();
    bench.changing = new Set();
    bench.size = () => ({
        // A figure that comes back is redrawn nowhere, but brought all the same.
        charts: Math.max(1, new Set([...bench.redrawn, ...bench.come]).size),
        others: bench.come.size > 0,
        changing: [...bench.changing].filter((element) => element.isConnected
            && !element.querySelector(FIGURE)).length,
        elements: [...main.querySelectorAll(ELEMENT)].filter((element) =>
            !element.querySelector(FIGURE)).length,
    });
    addEventListener("pointerup", (event) => {
        bench.released = event.timeStamp;
        bench.changed = undefined;
        bench.redrawn.clear();
        bench.come.clear();
        bench.changing.clear();
    }, true);
    new MutationObserver((changes) => {
        for (const { target } of changes) bench.redrawn.add(target);
    }).observe(main, { subtree: true, attributeFilter: ["data-changing"] });
    new MutationObserver((changes) => {
        for (const node of changes.flatMap((change) => [...change.addedNodes])) {
            if (node.matches?.(FIGURE)) bench.come.add(node);
            node.querySelectorAll?.(FIGURE).forEach((each) => bench.come.add(each));
        }
    }).observe(main, { subtree: true, childList: true });
    new MutationObserver((changes) => {
        bench.changed = performance.now();
        for (const { target, addedNodes } of changes) {
            const within = (target.closest ? target : target.parentElement);
            bench.changing.add(within?.closest(ELEMENT));
            for (const node of addedNodes) {
                if (node.matches?.(ELEMENT)) bench.changing.add(node);
                node.querySelectorAll?.(ELEMENT).forEach((e) => bench.changing.add(e));
            }
        }
        bench.changing.delete(null);
        bench.changing.delete(undefined);
    }).observe(
        main, { subtree: true, childList: true, characterData: true,
                attributeFilter: ["data-frame", "d", "aria-label"] });
}""".replace("FIGURE", repr(FIGURE))
RESTED = """(settled) => bench.changed !== undefined
    && performance.now() - bench.changed > REST
    && document.querySelector(settled)""".replace("REST", str(REST_MS))


@dataclass(frozen=True)
class Size:
    """What a control makes the browser do: on our page, and on the one beside it."""

    charts: int = 1
    others: bool = False  # brought in the place of those before
    changing: int = 0
    still: int = 0

    def joined(self, now: dict[str, int]) -> "Size":
        """The larger of this and of what the page shows to have happened."""
        changing = max(self.changing, now["changing"])
        return Size(
            max(self.charts, now["charts"]),
            self.others or bool(now["others"]),
            changing,
            max(self.elements, now["elements"]) - changing,
        )

    @property
    def elements(self) -> int:
        return self.changing + self.still

    @property
    def query(self) -> str:
        return f"charts={self.charts}&changing={self.changing}&still={self.still}"

    def __str__(self) -> str:
        brought = "brought" if self.others else "redrawn"
        return (
            f"{self.charts} charts {brought}, "
            f"{self.changing} of {self.elements} elements changed"
        )


def run(plan: Plan) -> Iterator[Row]:
    """One row a page that has controls: the slowest of them."""
    with serve(NUDGE) as nudge, serve(REFERENCE) as reference, chromium() as browser:

        def beside(size: Size) -> Timed:
            page = _watched(browser, f"{reference.url}/?{size.query}")
            control = _controls(page)["choice 1" if size.others else "slider 1"]
            return Timed(page, control)

        one_chart = beside(Size())

        def rows(name: str) -> Iterator[Row]:
            measured = []
            for i in range(CONTROLS):
                # Anew: what the one before has changed may have other controls.
                page = _watched(browser, f"{nudge.url}/{address(name)}")
                found = list(_controls(page).items())
                if i < len(found):
                    measured.append(compared(found[i][0], Timed(page, found[i][1])))
                page.context.close()
            if measured:
                ratio, said = max(measured)
                name = f"control {name}"
                yield Row(name, ratio, TIMES_THE_REFERENCE, "×", said, "p50")

        def compared(control: str, ours: Timed) -> tuple[float, str]:
            size = Size()
            for _ in range(2):  # the first ones compute, and say what changes
                ours.settle()
                size = size.joined(ours.page.evaluate("bench.size()"))
            theirs = beside(size)
            theirs.settle()
            times: tuple[list[float], ...] = ([], [], [])
            for _ in range(plan.times(TURNS)):
                for kept, timed in zip(times, (ours, theirs, one_chart), strict=True):
                    kept.append(timed.settle())
            theirs.page.context.close()
            us, them, one = map(p50, times)
            return us / them, (
                f"p50 {us:.0f} ms ({control}); a page with {size}: p50 {them:.0f} ms; "
                f"one slider, one chart: p50 {one:.0f} ms"
            )

        for name in plan.pages:
            yield from attempt(f"control {name}", lambda name=name: rows(name))


@dataclass(frozen=True)
class Timed:
    """A control of an open page; `turns` counts its moves: no one is the last again."""

    page: Page
    act: Callable[[int], None]
    turns: Iterator[int] = field(default_factory=count)

    def settle(self) -> float:
        """Milliseconds from letting go of it to the last change."""
        self.act(next(self.turns))
        self.page.wait_for_function(RESTED, arg=SETTLED, timeout=30_000)
        return float(self.page.evaluate("bench.changed - bench.released"))


def _watched(browser: Browser, url: str) -> Page:
    page = visit(browser, url)
    page.evaluate(WATCH)
    return page


def _controls(page: Page) -> dict[str, Callable[[int], None]]:
    """The native controls of the page, by a name, each with a way to change it.

    Not those of a form: they say nothing until its button is pressed.
    """
    kinds = {
        "slider": ("stSlider", drag_to),
        "choice": ("stButtonGroup", _choose),
        "switch": ("stCheckbox", _switch),
    }
    found: dict[str, Callable[[int], None]] = {}
    for kind, (name, act) in kinds.items():
        outside = f'[data-testid="{name}"]:not([data-testid="stForm"] *):visible'
        if kind == "choice":  # not pills of which several can be picked
            outside += ":has([role=radio])"
        controls = page.get_by_test_id("stMain").locator(outside)
        for i in range(controls.count()):
            one = controls.nth(i)
            found[f"{kind} {i + 1}"] = lambda t, one=one, act=act: act(page, one, t)
    return found


def _choose(_page: Page, group: Locator, turn: int) -> None:
    others = group.locator('[role=radio][aria-checked="false"]')
    others.nth(turn % others.count()).click()


def _switch(_page: Page, box: Locator, _turn: int) -> None:
    box.locator("label").click()
