"""The notes say / you get: the claims of one page, each computed here and now."""

import pandas as pd
import streamlit as st

from core.claim import Checked
from core.claims import checked_claims


def show(page: str) -> None:
    """A table of the page's claims, and a sentence for each that needed correcting."""
    results = _checked(page)
    if not results:
        return
    st.subheader("The notes say / you get", anchor="claims")
    # Three columns, so that the table fits a phone.
    st.table(
        pd.DataFrame(
            {
                "claim": [f"{r.claim.words} (§{r.claim.section})" for r in results],
                "the notes say": [r.said for r in results],
                "you get": [_verdict(r) for r in results],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt=f"{sum(r.agrees for r in results)} of {len(results)} claims agree",
    )
    for result in results:
        if result.claim.correction:
            st.markdown(f":material/edit_note: {result.claim.correction}")


def _verdict(result: Checked) -> str:
    return f"✓ {result.got}" if result.agrees else f"✗ differs: {result.got}"


@st.cache_resource(max_entries=64, show_spinner=False)
def _checked(page: str) -> tuple[Checked, ...]:
    return checked_claims(page)
