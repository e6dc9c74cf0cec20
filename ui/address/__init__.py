"""The page's address: kept in step with its inputs, and a button to copy it."""

from pathlib import Path

import streamlit as st

from ui import inputs

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "nudge_address",
    js=(_HERE / "address.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(page: str, query: str) -> None:
    """Write `query` into the address bar of `page`, and offer the link."""
    _component(key="address", data=_told(page, query) | {"link": True})


def keep(page: str, query: str | None, part: str) -> None:
    """Write `query` into the address bar, from a part that reruns alone.

    None while the whole page runs: its end knows the address.
    """
    data = {"page": page, "query": None} if query is None else _told(page, query)
    _component(key=f"nudge-address-{part}", data=data | {"link": False})


def _told(page: str, query: str) -> dict[str, object]:
    """A query, counted: another part may have written another one since. The same one
    again would be the same message, and the browser would not look at it."""
    return {"page": page, "query": query, "count": inputs.count()}
