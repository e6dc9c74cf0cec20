"""One process and fifty people who each act once a second, on every page.

Latency runs from sending the rerun to `script_finished`. The reference is the
same load on a server that collects garbage as Streamlit does by itself: after each
run, everything.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.person import Person, meet
from benchmarks.rows import Plan, Row, attempt, p50, p95
from benchmarks.servers import NUDGE, Server, address, serve

BUDGET_MS = 200
PEOPLE = 50
SECONDS = 10
REFERENCE_SECONDS = 3
STARTED_SECONDS = 45
UNFROZEN = "benchmarks.unfrozen"


@dataclass(frozen=True)
class Load:
    """What fifty people met with."""

    milliseconds: list[float]
    cpu_ms: float | None
    errors: list[str]


def run(plan: Plan) -> Iterator[Row]:
    """One row a page."""
    with serve(NUDGE) as nudge, serve(NUDGE, UNFROZEN) as unfrozen:
        # How a server starts is another budget, that of the first visit; by now it has
        # worked ahead.
        time.sleep(STARTED_SECONDS)

        def rows(page: str) -> Iterator[Row]:
            with unfrozen.asleep():
                load = measure(nudge, page, plan.times(SECONDS))
            beside = measure(unfrozen, page, plan.times(REFERENCE_SECONDS))
            cpu = f", {load.cpu_ms:.0f} ms of processor an act" if load.cpu_ms else ""
            yield Row(
                f"{PEOPLE} people, {page}",
                p95(load.milliseconds),
                BUDGET_MS,
                "ms",
                f"p50 {p50(load.milliseconds):.0f} ms, {len(load.milliseconds)} acts"
                f"{cpu}; as Streamlit collects: p50 {p50(beside.milliseconds):.0f}, "
                f"p95 {p95(beside.milliseconds):.0f} ms",
                "p95",
                f"{len(load.errors)} errors: {load.errors[0]}" if load.errors else "",
            )

        for page in plan.pages:
            yield from attempt(f"{PEOPLE} people, {page}", lambda page=page: rows(page))


def measure(server: Server, page: str, seconds: float) -> Load:
    """Let fifty people act on a page for this long."""
    return asyncio.run(_measure(server, address(page), seconds))


async def _measure(server: Server, page: str, seconds: float) -> Load:
    people = [await meet(server.url, page, seed) for seed in range(PEOPLE)]
    try:
        for person in people:  # one after the other: it is the acts that are measured
            await person.arrive()
        cpu = server.cpu_seconds()
        latencies = await asyncio.gather(*(_stay(p, seconds) for p in people))
        spent = server.cpu_seconds()
    finally:
        await asyncio.gather(*(person.socket.close() for person in people))
    milliseconds = [1000 * latency for each in latencies for latency in each]
    each = None
    if cpu is not None and spent is not None:
        each = 1000 * (spent - cpu) / len(milliseconds)
    return Load(milliseconds, each, [e for person in people for e in person.errors])


async def _stay(person: Person, seconds: float) -> list[float]:
    """Act once a second, at a moment of one's own; at once when that is past."""
    latencies = []
    now = time.perf_counter()
    due, end = now + random.random(), now + seconds
    while due < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        latencies.append(await person.act())
        due = max(due + 1, time.perf_counter())
    return latencies
