"""The notes say / you get: the claims of one page, each computed here and now."""

import streamlit as st

from core.claim import Checked
from core.claims import checked_claims
from ui import workshop
from ui.tables import table_html
from ui.turns import aside


def show(page: str) -> None:
    """A table of the page's claims, and a sentence for each that needed correcting."""
    table, corrections = _shown(page)
    if not table:
        return
    st.subheader("The notes say / you get", anchor="claims")
    st.html(table)
    if corrections:
        st.markdown(corrections)


@aside
@st.cache_resource(max_entries=64, show_spinner=False)
def _shown(page: str) -> tuple[str, str]:
    return workshop.training().do(checked, page)


def checked(page: str) -> tuple[str, str]:
    """The table as HTML, and what was corrected as Markdown: the same for everybody."""
    results = checked_claims(page)
    if not results:
        return "", ""
    # Three columns, so that the table fits a phone.
    table = table_html(
        ("claim", "the notes say", "you get"),
        [_row(result) for result in results],
        f"{sum(r.agrees for r in results)} of {len(results)} claims agree",
        "nudge-table",
    )
    corrected = [r.claim.correction for r in results if r.claim.correction]
    return table, "\n\n".join(f":material/edit_note: {words}" for words in corrected)


def _row(result: Checked) -> tuple[str, str, str]:
    words = f"{result.claim.words} (§{result.claim.section})"
    return words, result.said, _verdict(result)


def _verdict(result: Checked) -> str:
    # The sign stays on the line of its number.
    said = f"✓ {result.got}" if result.agrees else f"✗ differs: {result.got}"
    return said.replace(" ", "\N{NO-BREAK SPACE}", 1)
