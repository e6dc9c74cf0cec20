"""The notes say / you get: the claims of one page, each computed here and now."""

import pandas as pd
import streamlit as st

from core.claims import checked_claims


def show(page: str) -> None:
    """A table of the page's claims, and a sentence for each that needed correcting."""
    results = _checked(page)
    if not results:
        return
    st.subheader("The notes say / you get", anchor="claims")
    st.table(
        pd.DataFrame(
            {
                "notes": [f"§{r.claim.section}" for r in results],
                "claim": [r.claim.words for r in results],
                "the notes say": [r.said for r in results],
                "you get": [r.got for r in results],
                "": ["✓\u00a0agrees" if r.agrees else "✗\u00a0differs" for r in results],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt=f"{sum(r.agrees for r in results)} of {len(results)} claims agree",
    )
    for result in results:
        if result.claim.correction:
            st.markdown(f":material/edit_note: {result.claim.correction}")


@st.cache_resource(max_entries=64, show_spinner=False)
def _checked(page: str):  # type: ignore[no-untyped-def]
    return checked_claims(page)
