"""Two visitors race, again and again, while twenty people act on another page.

The race is pure Python for most of its time: in the server's own process it would hold
the lock that every page needs. The reference is the same twenty people without it.
"""

import asyncio
import random
import time
from collections.abc import Iterator

from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.bench_people import BUDGET_MS
from benchmarks.person import Person, meet
from benchmarks.rows import Plan, Row, p50, p95
from benchmarks.servers import NUDGE, serve

RACING, OTHER = "loops_vs_numpy", "derivatives"
PEOPLE, RACERS = 20, 2
SECONDS = 15


class Racer(Person):
    """A visitor who asks for the answer, and then presses Race over and over."""

    races = 0

    async def press(self, name: str) -> float:
        """Press the button with this label; the seconds until the page is settled."""
        pressed = WidgetState(id=self.buttons[name], trigger_value=True)
        self.states[pressed.id] = pressed
        try:
            return await self._run()
        finally:
            del self.states[pressed.id]

    async def race(self, end: float) -> None:
        """Race until the time is over."""
        while time.perf_counter() < end:
            await self.press("Race")
            self.races += 1

    async def _run(self, fragment: str = "") -> float:
        self.buttons: dict[str, str] = {}
        return await super()._run(fragment)

    def _see(self, delta: Delta, path: tuple[int, ...]) -> None:
        element = delta.new_element
        if element.WhichOneof("type") == "button":
            # The first of its name: the question about the race comes before others.
            self.buttons.setdefault(element.button.label, element.button.id)
        super()._see(delta, path)


def run(plan: Plan) -> Iterator[Row]:
    """One row, when both pages are there."""
    if not {RACING, OTHER} <= set(plan.pages):
        return
    with serve(NUDGE) as nudge:
        alone, _, _ = asyncio.run(measure(nudge.url, plan.times(SECONDS), 0))
        latencies, races, errors = asyncio.run(
            measure(nudge.url, plan.times(SECONDS), RACERS)
        )
    yield Row(
        f"{PEOPLE} people, {RACERS} racing",
        p95(latencies),
        BUDGET_MS,
        "ms",
        f"p50 {p50(latencies):.0f} ms, {len(latencies)} acts, {races} races; nobody "
        f"racing: p50 {p50(alone):.0f}, p95 {p95(alone):.0f} ms",
        "p95",
        errors[0] if errors else "" if races else "nobody raced",
    )


async def measure(
    url: str, seconds: float, racers: int
) -> tuple[list[float], int, list[str]]:
    """Milliseconds of twenty people's acts, how many races ran, and what went wrong."""
    people = [await meet(url, OTHER, seed) for seed in range(PEOPLE)]
    racing = [Racer((await meet(url, RACING)).socket, RACING, s) for s in range(racers)]
    everybody = [*people, *racing]
    try:
        for person in everybody:
            await person.arrive()
        for racer in racing:
            await racer.press("Show me")
        end = time.perf_counter() + seconds
        stays = asyncio.gather(*(_stay(person, end) for person in people))
        await asyncio.gather(stays, *(racer.race(end) for racer in racing))
        found = await stays
    finally:
        await asyncio.gather(*(person.socket.close() for person in everybody))
    errors = [error for person in everybody for error in person.errors]
    milliseconds = [1000 * latency for each in found for latency in each]
    return milliseconds, sum(racer.races for racer in racing), errors


async def _stay(person: Person, end: float) -> list[float]:
    """Act once a second, at a moment of one's own."""
    latencies = []
    due = time.perf_counter() + random.random()
    while due < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        latencies.append(await person.act())
        due = max(due + 1, time.perf_counter())
    return latencies
