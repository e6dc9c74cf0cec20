"""The page's address: kept in step with its inputs, and a button to copy it."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "nudge_address",
    js=(_HERE / "address.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(page: str, query: str, *, home: bool) -> None:
    """Write `query` into the address bar of `page`, and offer the link."""
    _component(key="address", data={"page": page, "query": query, "home": home})
