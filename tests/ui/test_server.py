"""The server warms up once, and keeps calm when a page stops."""

import asyncio
import logging
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ui.server import RUN_EARLY, WHERE, Headers, send_at_once

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


def answer_to(path, kind, *parts):
    """What a browser gets that asks for `path`, from an app that answers in parts."""
    asked, sent = [], []

    async def app(scope, _receive, send):
        asked.extend(name for name, _ in scope["headers"])
        headers = [(b"content-type", kind), (b"content-length", b"1"), (b"etag", b"f")]
        start = {"type": "http.response.start", "status": 200, "headers": headers}
        await send(start)
        for i, body in enumerate(parts):
            more = i < len(parts) - 1
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    # In a thread of its own: the browser's tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Headers(app)(scope, None, send)).result()
    headers = dict(sent[0]["headers"])
    return asked, headers, b"".join(message.get("body", b"") for message in sent)


def test_a_page_is_told_where_its_server_is():
    asked, headers, body = answer_to("/cost", b"text/html", b"<html><he", b"ad></head>")
    assert body == b"<html><head>" + WHERE + RUN_EARLY + b"</head>"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"etag" not in headers  # the file's, not this answer's
    assert asked == []  # not packed: it could not be read here


def test_a_page_whose_figure_is_a_stage_does_not_run_plotly_early():
    *_, body = answer_to("/training", b"text/html", b"<html><head></head>")
    assert body == b"<html><head>" + WHERE + b"</head>"


def test_a_request_for_the_headers_alone_stays_as_it_is():
    _, headers, body = answer_to("/cost", b"text/html", b"")
    assert (headers[b"content-length"], body) == (b"1", b"")


def test_what_is_no_page_goes_through_as_it_comes():
    asked, headers, body = answer_to("/static/a.js", b"text/javascript", b"<he", b"ad>")
    assert (body, headers[b"content-length"]) == (b"<head>", b"1")
    assert asked == [b"accept-encoding"]
