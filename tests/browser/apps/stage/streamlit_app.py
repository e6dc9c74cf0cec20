"""A server with nothing but a network stage on its page."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[4])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from ui import bundles, scripts  # noqa: E402

app = st.App("stage.py", routes=[*bundles.routes(), *scripts.routes()])
