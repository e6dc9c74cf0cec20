"""From opening the address to the first painted chart, on a cold server.

Server and browser are started anew for every visit, Nudge and the reference in
turns. A server that has just begun to answer has no page and no cache yet.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.browser import FIGURE, VIEW, chromium
from benchmarks.rows import Plan, Row, p50
from benchmarks.servers import NUDGE, REFERENCE, address, serve

VISITS = 4
PAGES = ("home", "derivatives")

# Asked at every frame: a frame later than the one that brought the chart.
WATCH = """(() => {
    const look = () => {
        if (!document.querySelector(CHART)) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { window.bench = performance.now(); };
        port2.postMessage(0);
    };
    look();
})()"""
CHARTS = {
    NUDGE: f"{FIGURE}[data-frame]",
    REFERENCE: ".js-plotly-plot .scatterlayer .trace",
}


def run(plan: Plan) -> Iterator[Row]:
    """One row for home, and one for the first page with a figure of its own."""
    for name in (page for page in PAGES if page in plan.pages):
        ours, theirs, starts, their_starts = [], [], [], []
        for _ in range(plan.times(VISITS)):
            painted, started = _visit(NUDGE, address(name))
            ours.append(painted)
            starts.append(started)
            painted, started = _visit(REFERENCE, "")
            theirs.append(painted)
            their_starts.append(started)
        yield Row(
            f"first visit, {name}",
            p50(ours),
            p50(theirs),
            "ms",
            f"one slider and one st.plotly_chart: p50 {p50(theirs):.0f} ms; "
            f"servers up in {p50(starts):.1f} and {p50(their_starts):.1f} s",
            "p50",
        )


def _visit(script: Path, page_name: str) -> tuple[float, float]:
    """Milliseconds to the painted chart, and seconds until the server answered."""
    with serve(script) as server, chromium() as browser:
        page = browser.new_context(viewport=VIEW).new_page()
        chart = CHARTS[script]
        page.add_init_script(WATCH.replace("CHART", repr(chart)))
        page.goto(f"{server.url}/{page_name}")
        page.wait_for_function("window.bench !== undefined", timeout=60_000)
        return float(page.evaluate("window.bench")), server.started_in
