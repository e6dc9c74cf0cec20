"""What the server does around the pages: warm up, set headers, stay calm."""

import asyncio
import gc
import logging
import socket
from collections.abc import AsyncIterator, Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import bundles, cached, inputs, scripts
from ui.contents import CONTENTS
from ui.workshop import drawing, training

logger = logging.getLogger("nudge")

# What a page needs, fetched while Streamlit itself is starting.
STAGES = tuple(f"/{page.url_path}" for page in CONTENTS if page.stage)
EARLY = (
    f"<{bundles.path('cartesian')}>; rel=preload; as=script, "
    f"<{scripts.path('live_figure')}>; rel=modulepreload"
)
EARLY_ON_STAGE = f"<{scripts.path('network_stage')}>; rel=modulepreload"

# Streamlit asks for its server beside the page first, /page/_stcore/…, and when there
# is none waits before it asks above. All our pages are one level deep; a host that has
# said where the server is knows better.
PAGES = frozenset(("", *(page.url_path for page in CONTENTS)))
WHERE = (
    b"<script>(window.__streamlit ??= {}).BACKEND_BASE_URL ??= "
    b'new URL("./", location.href).href;</script>'
)
RUN_EARLY = (
    f'<script data-figure="{scripts.path("live_figure")}" '
    f'data-plotly="{bundles.path("cartesian")}">'
    f"{Path(__file__).with_name('early.js').read_text(encoding='utf-8')}</script>"
).encode()

REFREEZE_SECONDS = 60
# The first visitor's page needs the processor more than the workshop does.
FIRST_SECONDS = 4
AHEAD_SECONDS = 10


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Warm up before the first visitor comes; tidy up while there are visitors."""
    warm_up()
    tasks = [asyncio.create_task(work()) for work in (keep_workshops, keep_frozen)]
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def keep_workshops() -> None:
    """Processes for long work; in its first quiet moment one works ahead."""
    try:
        await asyncio.sleep(FIRST_SECONDS)
        for workshop in (drawing(), training()):
            await asyncio.to_thread(workshop.open)
        await asyncio.sleep(AHEAD_SECONDS)
        for work in cached.work_ahead():
            await asyncio.to_thread(work)
        await asyncio.Event().wait()
    except (OSError, BrokenProcessPool):
        logger.warning("No process for long work: the server does it", exc_info=True)
    finally:
        drawing().close()
        training().close()


def warm_up() -> None:
    """Import and use what every page needs, then set it aside from the collector.

    The collector walks what is alive; frozen objects are not walked. With NumPy,
    pandas and Plotly imported that is tens of milliseconds each time. `make bench`
    shows the difference.
    """
    import pandas as pd
    import plotly.graph_objects as go
    from threadpoolctl import threadpool_limits

    import ui.controls
    import ui.frame
    import ui.live_figure
    import ui.predict
    import ui.tables  # noqa: F401

    # One visitor's product of matrices must not take every core. Two threads on two
    # busy cores wait for each other: a run of 0.8 s on one took 10.8 s on both.
    threadpool_limits(limits=1, user_api="blas")
    go.Figure(go.Scatter(x=[0, 1], y=[0, 1])).to_json(validate=False)
    pd.DataFrame({"x": [0.0]}).to_html()
    refreeze()


def refreeze() -> None:
    """Set everything alive aside; what has become garbage goes first, frozen or not."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


async def keep_frozen() -> None:
    """Collect the garbage from time to time, and set aside what lives on.

    Streamlit would collect after each run of a page (`runner.postScriptGC`), and walk
    what all visitors hold: a session is some 500 objects. This walks everything once
    in a while; nothing happens while nobody acts.
    """
    busy = 0
    while True:
        await asyncio.sleep(REFREEZE_SECONDS)
        collections = gc.get_stats()[1]["collections"]
        if collections > busy:
            refreeze()
            busy = gc.get_stats()[1]["collections"]


def calm_page(error: Exception) -> bool:
    """Show what to try instead of a traceback; the traceback goes to the log."""
    logger.error("A page stopped unexpectedly", exc_info=error)
    st.error(
        "**This page stopped unexpectedly.** The other pages are not touched by it. "
        "Start this page over: every input goes back to its default. If it stops "
        "again, go on with another page.",
        icon=":material/healing:",
    )
    st.button("Start this page over", on_click=inputs.forget, type="primary")
    return True


def middleware() -> list[Middleware]:
    """Headers for every answer, and an early hint for the figure's script."""
    return [Middleware(Headers)]


class Headers:
    """Adds security headers, and lets the browser begin with Plotly while it starts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to its answer."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                send_at_once(receive)
            await self.app(scope, receive, send)
            return

        stage = scope["path"].endswith(STAGES)
        if scope["path"].rsplit("/", 1)[-1] in PAGES:
            send = WithLines(send, WHERE if stage else WHERE + RUN_EARLY)
            scope = {**scope, "headers": _unpacked(scope["headers"])}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                headers += [
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                ]
                kind = dict(headers).get(b"content-type", b"")
                if kind.startswith(b"text/html"):
                    early = EARLY_ON_STAGE if stage else EARLY
                    headers.append((b"link", early.encode()))
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, send_with_headers)


class WithLines:
    """The answer to a page's request; into a page of HTML some lines are put."""

    def __init__(self, send: Send, lines: bytes) -> None:
        self._send = send
        self._lines = lines
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Pass the answer on; HTML when it is whole."""
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            if message["status"] == 200 and kind.startswith(b"text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._body.replace(b"<head>", b"<head>" + self._lines, 1)
        headers = self._start["headers"]
        if self._body:  # else it is a request for the headers alone
            # The file's own marks would let an older line live on in a cache.
            stale = {b"content-length", b"etag", b"last-modified"}
            headers = [(name, value) for name, value in headers if name not in stale]
            headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _unpacked(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """A request's headers without the wish for a packed answer."""
    return [(name, value) for name, value in headers if name != b"accept-encoding"]


def send_at_once(receive: Receive) -> None:
    """Let small messages leave without waiting for the ones before (TCP_NODELAY).

    asyncio sets this for every connection that says it is TCP; Streamlit's socket
    does not say. Without it each answer comes some 40 ms late: the second message
    waits until the browser has acknowledged the first, which it is slow to do. The
    ASGI interface hides the connection; `receive` is a method of uvicorn's protocol,
    which has it. With any other server nothing happens.
    """
    protocol = getattr(receive, "__self__", None)
    transport = getattr(protocol, "transport", None)
    connection = transport.get_extra_info("socket") if transport else None
    if connection is not None and connection.family in {
        socket.AF_INET,
        socket.AF_INET6,
    }:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
