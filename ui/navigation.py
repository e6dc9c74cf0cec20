"""The navigation: every page of the contents as Streamlit knows it, by chapter."""

from copy import copy
from functools import cache

import streamlit as st

from ui.contents import chapters


def sections() -> dict[str, list[st.Page]]:
    """Chapter → its pages, for `st.navigation`.

    The pages are made once per process: making one asks the file system for every
    folder of its path, and that for each page in each run. Streamlit marks the page
    that it runs, so everybody gets copies.
    """
    return {chapter: [copy(page) for page in pages] for chapter, pages in _made()}


@cache
def _made() -> tuple[tuple[str, tuple[st.Page, ...]], ...]:
    return tuple(
        (
            chapter,
            tuple(
                st.Page(
                    page.file,
                    title=page.title,
                    icon=page.icon,
                    url_path=page.url_path,
                    default=page.url_path == "home",
                )
                for page in pages
            ),
        )
        for chapter, pages in chapters()
    )
