"""Long work goes to another process; whatever becomes of that, it is done."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier
from types import ModuleType

import numpy as np
import pytest

from charts.activations import curve_chart
from core.shallow import RunTooLarge
from core.studio import USUAL
from core.training import train_both
from ui.live_figure.packing import draw, make
from ui.workshop import Workshop, drawing, training


@pytest.fixture
def workshop():
    shop = Workshop()
    shop.open()
    yield shop
    shop.close()


def test_work_is_done_elsewhere_and_comes_out_the_same(workshop):
    assert workshop.do(os.getpid) != os.getpid()
    choices = replace(USUAL, m=60, n_h=2, steps=50)
    there, here = workshop.do(train_both, choices), train_both(choices)
    np.testing.assert_array_equal(there.history.W1, here.history.W1)


def test_a_drawing_made_elsewhere_is_the_same(workshop):
    drawing = (curve_chart, ("tanh", 0.01), None)
    assert workshop.do(make, *drawing).text == make(*drawing).text


def test_what_goes_wrong_there_is_told_here(workshop):
    large = replace(USUAL, m=5000, n_h=50, steps=20_000)
    with pytest.raises(RunTooLarge, match="steps") as told:
        workshop.do(train_both, large)
    assert 0 < told.value.largest_steps < large.steps


def test_the_process_does_not_run_the_page_that_is_shown(monkeypatch, tmp_path):
    """Streamlit puts the script of the present run in the place of the main module."""
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    Path(page.__file__).write_text("raise SystemExit('run in the workshop')")
    monkeypatch.setitem(sys.modules, "__main__", page)
    shop = Workshop()
    shop.open()
    assert shop.do(os.getpid) != os.getpid()
    assert sys.modules["__main__"] is page
    shop.close()


def test_while_it_is_closed_work_is_done_here():
    assert Workshop().do(os.getpid) == os.getpid()


def test_when_the_process_ends_work_goes_on(workshop):
    os.kill(workshop.do(os.getpid), signal.SIGKILL)
    assert workshop.do(abs, -2) == 2


class Broken:
    """A pool whose process ends while so many wait for it."""

    def __init__(self, waiting):
        self.all_there = Barrier(waiting, timeout=30)

    def submit(self, *_):
        self.all_there.wait()
        raise BrokenProcessPool

    def shutdown(self, **_):
        pass


def test_when_the_process_ends_everybody_who_waits_goes_on(monkeypatch):
    opened, shop = [], Workshop()
    monkeypatch.setattr(shop, "_pool", Broken(20))
    monkeypatch.setattr(shop, "open", lambda: opened.append(True))
    with ThreadPoolExecutor(20) as visitors:
        done = list(visitors.map(partial(shop.do, abs), range(-20, 0)))
    assert done == list(range(20, 0, -1))
    assert len(opened) == 1


def test_a_drawing_does_not_wait_for_somebodys_training():
    drawing.cache_clear()
    training.cache_clear()
    both = drawing(), training()
    for shop in both:
        shop.open()
    with ThreadPoolExecutor(1) as visitor:
        run = visitor.submit(training().do, time.sleep, 5)
        assert drawing().do(os.getpid) != os.getpid()
        assert not run.done()
    for shop in both:
        shop.close()


def test_what_draws_has_imported_what_it_needs_before_anybody_waits():
    drawing.cache_clear()
    drawing().open()
    assert drawing().do(eval, "'pandas' in __import__('sys').modules")
    drawing().close()


def test_a_drawing_that_came_to_nothing_is_asked_for_anew():
    times = []

    def chart(_name):
        times.append(True)
        if len(times) == 1:
            raise ValueError("not yet")
        return curve_chart("tanh", 0.01)

    with pytest.raises(ValueError, match="not yet"):
        draw(chart, "anew", here=True)
    assert draw(chart, "anew", here=True) is draw(chart, "anew", here=True)
    assert len(times) == 2


def test_a_drawing_is_made_here_when_the_process_ends():
    drawing.cache_clear()
    drawing().open()
    os.kill(drawing().do(os.getpid), signal.SIGKILL)
    assert draw(curve_chart, "tanh", 0.011).text
    drawing().close()


def test_a_nice_workshop_leaves_the_processor_to_others():
    shop = Workshop(nice=7)
    shop.open()
    try:
        assert shop.do(os.nice, 0) == os.nice(0) + 7
        assert shop.do(signal.getsignal, signal.SIGINT) == signal.SIG_IGN
    finally:
        shop.close()


def test_the_process_ends_with_a_server_that_is_killed():
    program = (
        "import os, time\n"
        "from ui.workshop import Workshop\n"
        "shop = Workshop()\n"
        "shop.open()\n"
        "print(shop.do(os.getpid), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as server:
        worker = int(server.stdout.readline())
        server.kill()
    deadline = time.monotonic() + 20
    while _runs(worker):
        assert time.monotonic() < deadline, "the process outlives its server"
        time.sleep(0.02)


def _runs(process: int) -> bool:
    """Whether it does something still: one that has ended may wait to be buried."""
    status = Path(f"/proc/{process}/status")
    try:
        return "State:\tZ" not in status.read_text("ascii")
    except OSError:
        return False
