"""Runs of pages take turns: one after the other instead of all at once.

Python runs one thread at a time in any case. Twenty runs that take it from one another
in the middle finish all late, and each time that one lets go of it, at a lock or in a
large array, it stands at the end of the line again. A run of ten milliseconds that is
left alone is done in ten; who waits for another process lets the next one go ahead.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Whoever has waited so long goes ahead all the same: no run can hold up the server.
PATIENCE_SECONDS = 0.5


class Turns:
    """One turn, for which the threads of a server wait."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._turn = threading.Lock()
        self._here = threading.local()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Work when it is this thread's turn; a turn within a turn is the same one."""
        if getattr(self._here, "inside", False):
            yield
            return
        self._here.inside = True
        self._wait()
        try:
            yield
        finally:
            self._pass_on()
            self._here.inside = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let others go ahead while this thread waits for something."""
        if not getattr(self._here, "inside", False):
            yield  # not in a run of a page, or aside already
            return
        self._pass_on()
        self._here.inside = False
        try:
            yield
        finally:
            self._here.inside = True
            self._wait()

    def result(self, future: "Future[T]") -> T:
        """What `future` comes to. Raises what it raises."""
        if future.done():
            return future.result()
        with self.aside():
            return future.result()

    def _wait(self) -> None:
        self._here.mine = self._turn.acquire(timeout=self._patience)

    def _pass_on(self) -> None:
        if getattr(self._here, "mine", False):
            self._here.mine = False
            self._turn.release()


@cache
def turns() -> Turns:
    """The turns of this server."""
    return Turns()


def aside(function: Callable[P, T]) -> Callable[P, T]:
    """`function`, which may wait for another process or for another visitor's wait."""

    @wraps(function)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> T:
        with turns().aside():
            return function(*args, **kwargs)

    return waiting
