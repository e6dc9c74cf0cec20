"""A native control: from letting go of it to the settled page.

Settled is the last change in the page's main part after which nothing changes
for a while and no script runs. Nudge and a page with one slider take turns, each
control of the page several times.

That page has as many charts as the control redraws here, and at least one: what a
chart costs is Plotly's, on both sides. Beside a single chart a control that redraws
four would tell how many there are, not how quick the page is. A choice that brings
other figures stands beside one that brings as many other charts. How long the page
with one chart takes is said, too.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, islice

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
    window.bench = { released: undefined, changed: undefined };
    bench.redrawn = new Set();
    bench.come = new Set();
    addEventListener("pointerup", (event) => {
        bench.released = event.timeStamp;
        bench.changed = undefined;
        bench.redrawn.clear();
        bench.come.clear();
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
    new MutationObserver(() => { bench.changed = performance.now(); }).observe(
        main, { subtree: true, childList: true, characterData: true,
                attributeFilter: ["data-frame", "d", "aria-label"] });
}""".replace("FIGURE", repr(FIGURE))
RESTED = """(settled) => bench.changed !== undefined
    && performance.now() - bench.changed > REST
    && document.querySelector(settled)""".replace("REST", str(REST_MS))


def run(plan: Plan) -> Iterator[Row]:
    """One row a page that has controls: the slowest of them."""
    with serve(NUDGE) as nudge, serve(REFERENCE) as reference, chromium() as browser:
        turns = count()  # goes on from control to control: no move is made twice

        @cache
        def beside(charts: int, others: bool = False) -> Callable[[], float]:
            page = _watched(browser, f"{reference.url}/?charts={charts}")
            control = _controls(page)["choice 1" if others else "slider 1"]
            own_turns = count()
            return lambda: _settle(page, control, next(own_turns))

        def rows(name: str) -> Iterator[Row]:
            measured = []
            for i in range(CONTROLS):
                # Anew: what the one before has changed may have other controls.
                page = _watched(browser, f"{nudge.url}/{address(name)}")
                found = list(_controls(page).items())
                if i < len(found):
                    measured.append(compared(page, *found[i]))
                page.context.close()
            if measured:
                ratio, said = max(measured)
                name = f"control {name}"
                yield Row(name, ratio, TIMES_THE_REFERENCE, "×", said, "p50")

        def compared(
            page: Page, control: str, act: Callable[[int], None]
        ) -> tuple[float, str]:
            ours, theirs, single = [], [], []
            charts, others = 1, False
            for turn in islice(turns, plan.times(TURNS)):
                ours.append(_settle(page, act, turn))
                charts = max(charts, int(page.evaluate("bench.redrawn.size")))
                others = others or bool(page.evaluate("bench.come.size"))
                theirs.append(beside(charts, others)())
                single.append(beside(1)())
            what = "a choice that brings others" if others else "one slider"
            return p50(ours) / p50(theirs), (
                f"p50 {p50(ours):.0f} ms ({control}); {what}, charts: {charts}: "
                f"p50 {p50(theirs):.0f} ms; one slider, one chart: "
                f"p50 {p50(single):.0f} ms"
            )

        for name in plan.pages:
            yield from attempt(f"control {name}", lambda name=name: rows(name))


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


def _settle(page: Page, act: Callable[[int], None], turn: int) -> float:
    act(turn)
    page.wait_for_function(RESTED, arg=SETTLED, timeout=30_000)
    return float(page.evaluate("bench.changed - bench.released"))


def _choose(_page: Page, group: Locator, turn: int) -> None:
    others = group.locator('[role=radio][aria-checked="false"]')
    others.nth(turn % others.count()).click()


def _switch(_page: Page, box: Locator, _turn: int) -> None:
    box.locator("label").click()
