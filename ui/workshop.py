"""Long work, done in processes of their own: nobody else's page waits for it.

All visitors of a server share one lock of Python. Training lets go of it for a moment
at each of its thousands of small steps, and has to queue for it again: among others who
act a run takes many times as long, and holds everybody up.

There are two: a drawing takes milliseconds, and does not queue behind somebody's
training, which takes up to seconds.
"""

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from importlib import import_module
from multiprocessing.connection import wait
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from ui.turns import turns

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger("nudge")


class Workshop:
    """One process, and the line before it. While it is closed, work is done here."""

    def __init__(self, *modules: str, nice: int = 0) -> None:
        """`modules` are imported when the process starts: before anybody waits.

        `nice`, from 0 to 19, is how readily it leaves the processor to others.
        """
        self._start = partial(_settle_in, modules, nice)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Start the process, and wait until it is ready."""
        # A fork would copy the server with its threads and open connections.
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=self._start)
        # The new process would run the main module, which under Streamlit is a page.
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            started = pool.submit(os.getpid)
        finally:
            sys.modules["__main__"] = main
        started.result()
        self._pool = pool

    def close(self) -> None:
        """End the process."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def begin(
        self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Have `work` of these values done there; what it comes to.

        The work is a function of a module; its values and its result can be pickled.
        """
        pool = self._pool
        if pool is not None:
            try:
                future = pool.submit(work, *args, **kwargs)
            except BrokenProcessPool:
                self._replace(pool)
            else:
                future.add_done_callback(partial(self._look_after, pool))
                return future
        done: Future[T] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done

    def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work` of these values, done there. Raises what it raises."""
        try:
            return turns().result(self.begin(work, *args, **kwargs))
        except BrokenProcessPool:
            return work(*args, **kwargs)

    def _look_after(self, pool: ProcessPoolExecutor, future: "Future[Any]") -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            self._replace(pool)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Start another process; of all who were waiting only the first does."""
        with self._lock:
            if self._pool is not broken:
                return
            self._pool = None
        logger.warning("The process for long work has ended; another one starts")
        threading.Thread(target=self.open, daemon=True).start()


@cache
def drawing() -> Workshop:
    """Where this server draws."""
    return Workshop("pandas", "ui.live_figure.packing")


@cache
def training() -> Workshop:
    """Where this server trains, and checks the claims of the notes."""
    return Workshop("core.training", nice=10)


def _settle_in(modules: tuple[str, ...], nice: int) -> None:
    """What the new process does first."""
    if hasattr(os, "nice"):  # not on Windows
        os.nice(nice)
    for module in modules:
        import_module(module)
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
    # Ctrl+C is for the server, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()


def _end_with_the_server() -> None:
    """However the server ended: nobody is left behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
