"""Races on the server: one at a time, in a process of its own, politely.

A loop of Python holds the lock that all threads of the server share, so a race runs in
another process, with low priority. Whoever comes while one runs stands in a queue.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from core import race_process
from core.machine import machine
from core.stopwatch import Timing
from ui import inputs, workshop
from ui.turns import aside, turns

ROOT = Path(__file__).parent.parent
# A race is 2 s of work; on a busy machine it waits for its turn on the processor.
MOST_SECONDS = 20
MOST_WAITING = 6
NICE = 10

# One thread against one loop, and the other cores stay with the visitors.
ONE_THREAD: Mapping[str, str] = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Heat:
    """What a race has measured, when, and on which machine.

    `count` tells one race from another; 0 is the small one that every server has run.
    """

    timings: tuple[Timing, ...]
    when: datetime
    machine: str
    count: int = 0

    def says(self) -> str:
        """When and where, in words."""
        day = f"{self.when.day} {self.when:%B %Y, %H:%M} UTC"
        return f"Timed {day} on {self.machine}, one thread, in processor time."


class RaceError(RuntimeError):
    """A race that came to nothing; the message says why, and what to try."""


class Track:
    """The one place where races run: its queue, and the last result of each kind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: list[object] = []
        self._last: dict[str, Heat] = {}
        self._count = 0

    def last(self, kind: str) -> Heat | None:
        """The last race of this kind on this server."""
        return self._last.get(kind)

    def join(self) -> object:
        """A place in the queue. Raises RaceError when it is long already."""
        ticket = object()
        with self._lock:
            if len(self._queue) > MOST_WAITING:
                raise RaceError("Many people race just now. Try again in a minute.")
            self._queue.append(ticket)
        return ticket

    def ahead(self, ticket: object) -> int:
        """How many are before this one, the one who is racing included."""
        with self._lock:
            return self._queue.index(ticket)

    def leave(self, ticket: object) -> None:
        """Make room for the next one."""
        with self._lock:
            self._queue.remove(ticket)

    def keep(self, kind: str, timings: tuple[Timing, ...]) -> None:
        """Remember a result for everybody."""
        with self._lock:
            self._count += 1
            self._last[kind] = Heat(timings, datetime.now(UTC), machine(), self._count)


@st.cache_resource(max_entries=1, show_spinner=False)
def track() -> Track:
    """The track of this server."""
    return Track()


@aside
@st.cache_resource(max_entries=4, show_spinner=False)
def small_heat(kind: str, _run: Callable[[], tuple[Timing, ...]]) -> Heat:  # noqa: ARG001
    """A race over small sizes, of some hundredths of a second, once a server."""
    timings = workshop.training().do(_run)
    return Heat(timings, datetime.now(UTC), machine())


def controls(
    kind: str,
    small: Callable[[], tuple[Timing, ...]],
    *,
    ready: bool,
    label: str,
    on_click: Callable[[], None] | None = None,
) -> Heat:
    """The button that races, and the result that counts: the last, or the small one.

    `ready` is whether the learner has predicted; until then nothing large is shown.
    """
    pressed = st.button(
        label,
        type="primary",
        icon=":material/timer:",
        key=inputs.widget_key("race"),
        disabled=not ready,
        help="2 seconds of work on the server" if ready else "Predict first",
        on_click=on_click,
    )
    if pressed and ready:
        try:
            with turns().aside():
                _run_in_turn(kind)
        except RaceError as error:
            st.warning(str(error), icon=":material/timer_off:")
    last = track().last(kind) if ready else None
    heat = last or small_heat(kind, small)
    st.caption(heat.says() if last else f"{heat.says()} Small sizes only, so far.")
    return heat


def _run_in_turn(kind: str) -> None:
    """Wait for one's turn, saying how long the queue is; then race."""
    line = st.empty()
    ticket = track().join()
    try:
        # Each message is also where Streamlit may stop a run that nobody waits for.
        while ahead := track().ahead(ticket):
            before = "one race" if ahead == 1 else f"{ahead} races"
            line.caption(f":material/hourglass_top: Waiting: {before} before yours.")
            time.sleep(0.2)
        line.caption(":material/timer: Racing, about two seconds …")
        track().keep(kind, run(kind))
    finally:
        track().leave(ticket)
        line.empty()


def run(kind: str, seconds: float = MOST_SECONDS) -> tuple[Timing, ...]:
    """Race in a process of its own; ended when it takes too long. Raises RaceError."""
    command = [sys.executable, "-m", race_process.__name__, kind]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            _be_polite(process.pid)
            text, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise RaceError(
                "The server is too busy to race: it took too long and was ended. "
                "Try again in a minute."
            ) from None
        finally:
            process.kill()
    try:
        return race_process.read(text)
    except ValueError:
        raise RaceError("The race broke off on this server. Try it again.") from None


def _be_polite(pid: int) -> None:
    """Let the server's own work go first, where the system can be told so."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, NICE)
