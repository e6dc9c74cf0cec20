"""The navigation: every page of the contents as Streamlit knows it, by chapter."""

from collections.abc import Mapping
from copy import copy
from functools import cache

import streamlit as st

from ui.contents import Entry, chapters


def sections() -> dict[str, list[st.Page]]:
    """Chapter → its pages, for `st.navigation`.

    The pages are made once per process: making one asks the file system for every
    folder of its path, and that for each page in each run. Streamlit marks the page
    that it runs, so everybody gets copies.
    """
    return {chapter: [copy(page) for page in pages] for chapter, pages in _made()}


def page(entry: Entry) -> st.Page:
    """The page of this entry, for a link: found without asking the file system."""
    return _by_path()[entry.url_path]


@cache
def _by_path() -> Mapping[str, st.Page]:
    return {page.url_path or "home": page for _, pages in _made() for page in pages}


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
