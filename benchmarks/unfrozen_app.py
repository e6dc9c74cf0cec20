"""Nudge without `gc.freeze()` in its warm-up: the reference of the load benchmark."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from benchmarks.servers import ROOT
from ui import bundles, server


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """The warm-up of the app, whose last line does nothing."""
    server.gc.freeze = lambda: None  # type: ignore[assignment]
    server.warm_up()
    yield


app = st.App(
    ROOT / "ui" / "app.py",
    lifespan=lifespan,
    routes=bundles.routes(),
    middleware=server.middleware(),
    on_script_error=server.calm_page,
)
