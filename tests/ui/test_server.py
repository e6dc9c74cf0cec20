"""The server warms up once, and keeps calm when a page stops."""

import logging
import socket
import subprocess
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui.server import send_at_once

ROOT = Path(__file__).parents[2]


def test_warming_up_freezes_what_is_imported():
    """In a process of its own: this one must go on collecting its garbage."""
    script = (
        "import gc; from ui.server import warm_up; "
        "before = gc.get_freeze_count(); warm_up(); "
        "print(before, gc.get_freeze_count())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = map(int, done.stdout.split())
    assert before < 1000
    assert after > 100_000


def test_what_was_set_aside_is_collected_when_it_has_become_garbage():
    """Sessions that end do not stay for ever because they were frozen once."""
    script = (
        "import gc, weakref; from ui.server import refreeze\n"
        "class Session: pass\n"
        "session = Session(); session.itself = session; ends = weakref.ref(session)\n"
        "refreeze(); del session; gc.collect(); print(ends() is not None)\n"
        "refreeze(); print(ends() is None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "True"]


def test_one_visitor_does_not_take_every_core():
    script = (
        "import numpy, threadpoolctl; from ui.server import warm_up; warm_up()\n"
        "print([p['num_threads'] for p in threadpoolctl.threadpool_info()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[1]"


class Protocol:
    """What uvicorn's `receive` is a method of, as far as it matters here."""

    def __init__(self, connection):
        self.transport = self
        self.connection = connection

    def get_extra_info(self, name):
        assert name == "socket"
        return self.connection

    async def receive(self):
        raise NotImplementedError


def test_small_messages_do_not_wait_for_the_ones_before():
    with socket.socket() as connection:
        assert not connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        send_at_once(Protocol(connection).receive)
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_connection_that_is_not_tcp_or_not_known_is_left_alone():
    with socket.socket(socket.AF_UNIX) as connection:
        send_at_once(Protocol(connection).receive)

    async def receive():
        raise NotImplementedError

    send_at_once(receive)


def stopped():
    """A page on which something unexpected has happened."""
    from ui import inputs
    from ui.server import calm_page

    inputs.begin("lab")
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        calm_page(error)


def test_the_calm_page_shows_what_to_try(caplog):
    with caplog.at_level(logging.ERROR, logger="nudge"):
        page = AppTest.from_function(stopped, default_timeout=60).run()
    assert not page.exception
    (message,) = page.error
    assert "stopped unexpectedly" in message.value
    assert page.button[0].label == "Start this page over"
    shown = message.value + "".join(m.value for m in page.markdown)
    assert "Traceback" not in shown
    assert "ZeroDivisionError" not in shown


def test_the_traceback_goes_to_the_log(caplog):
    with caplog.at_level(logging.ERROR, logger="nudge"):
        AppTest.from_function(stopped, default_timeout=60).run()
    assert "Traceback" in caplog.text
    assert "ZeroDivisionError" in caplog.text
