"""Tables of numbers: right-aligned, rounded alike, all digits on demand."""

import pandas as pd
import streamlit as st


def numbers(table: pd.DataFrame, *, alt: str, key: str = "numbers") -> None:
    """Show a table whose last columns are numbers already written for reading."""
    with st.container(key=f"nudge-table-{key}"):
        st.table(table, border="horizontal", hide_index=True, alt=alt)
