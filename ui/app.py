"""The router: every page of the contents, by chapter. Run by `streamlit_app.py`."""

import sys
from pathlib import Path

# AppTest and Streamlit start this file as a script, from ui/: the project's
# packages are one folder up.
ROOT = str(Path(__file__).parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from ui import navigation  # noqa: E402
from ui.turns import turns  # noqa: E402

st.set_page_config(
    page_title="Nudge", page_icon=f"{ROOT}/static/icon.svg", layout="wide"
)
with turns().take():
    st.navigation(navigation.sections()).run()
