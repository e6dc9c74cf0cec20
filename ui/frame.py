"""The frame of a page: title and promise above, code and neighbours below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import address, claims_view, code_panel, inputs, navigation
from ui.contents import Entry, entry, neighbours
from ui.turns import turns

T = TypeVar("T")
AUTHOR = "https://omprabhu31.github.io/"


@dataclass(frozen=True)
class Page:
    """A page that has begun, with places kept for what is known at its end."""

    entry: Entry
    tools: DeltaGenerator
    notices: DeltaGenerator


@dataclass(frozen=True)
class TakeHome:
    """What the script of a page holds: core functions, inputs, numbers it prints.

    `prints` is a label and an expression for every number of the page.
    """

    functions: Sequence[Callable[..., Any]]
    values: Mapping[str, object]
    prints: Sequence[tuple[str, str]]


@cache
def _style() -> str:
    """What the pages look like; read once, not in every run."""
    sheet = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"


def begin(url_path: str) -> Page:
    """Start a page: read its address, show where it stands in the notes."""
    here = entry(url_path)
    inputs.begin(url_path)
    st.html(_style())
    with st.container(key="nudge-head"):
        row = st.container(
            horizontal=True, horizontal_alignment="distribute", key="nudge-tools"
        )
        row.caption(f"{here.chapter} · notes §{here.section}" if here.section else "")
        tools = row.container(horizontal=True, width="content", gap="medium")
        st.title(here.title if here.section else "Nudge", anchor=False)
        with st.container(key="nudge-promise"):
            st.markdown(here.promise)
    return Page(here, tools, st.container())


def figure_and_controls(share: float = 2.1) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Two columns: the figure, wide, and its controls at its right."""
    figure, controls = st.columns([share, 1], gap="large")
    return figure, controls


@dataclass(frozen=True)
class Told:
    """The code that a page ran, and the script to take home: told by its last part."""

    code: Sequence[Callable[..., Any]]
    take_home: TakeHome | None


def section(body: Callable[[], T]) -> T:
    """Show a part of the page that reruns alone when something in it is moved.

    What stands outside must not depend on it, but for the script to take home: while
    that is open, the whole page runs again. The last part of a page may return Told:
    it brings claims, code and script along, and needs no second run for them.
    """
    here = inputs.current().page
    name = f"{inputs.current().part}/{body.__name__}"

    @st.fragment
    @wraps(body)
    def part() -> T:
        with turns().take():
            return shown()

    def shown() -> T:
        alone = inputs.rerun_alone()
        if alone and inputs.set_elsewhere(name):
            st.rerun()
        with inputs.part(name):
            told = body()
            if isinstance(told, Told):
                _proof(entry(here), told.code, told.take_home)
            elif alone and code_panel.take_home_is_open():
                st.rerun()
        query = inputs.end()
        # The part around this one knows more: its end writes the address.
        alone = alone and not inputs.within_part()
        address.keep(here, query if alone else None, body.__name__)
        return told

    return part()


def end(
    page: Page,
    *,
    code: Sequence[Callable[..., Any]] = (),
    take_home: TakeHome | None = None,
) -> None:
    """Finish a page: claims, code, script, neighbours, credit, and its address.

    Where a section has told code and script there is nothing left to hand over.
    """
    here = page.entry
    if code:
        _proof(here, code, take_home)
    _footer(here)
    for sentence in inputs.unusable():
        page.notices.warning(sentence, icon=":material/link_off:")
    with page.tools:
        st.button(
            "Start over",
            type="tertiary",
            key="nudge.start_over",
            on_click=inputs.forget,
            help="Every input of this page back to its default",
        )
        address.show(here.url_path, inputs.end())


def _proof(
    here: Entry, code: Sequence[Callable[..., Any]], take_home: TakeHome | None
) -> None:
    """The notes say / you get, the code that ran, and the same to take home."""
    claims_view.show(here.url_path)
    code_panel.show(code)
    if take_home is not None:
        code_panel.take_home(
            take_home.functions,
            take_home.values,
            take_home.prints,
            title=f"{here.title}, notes section {here.section}",
            name=here.url_path,
        )


def _footer(here: Entry) -> None:
    before, after = neighbours(here)
    with st.container(key="nudge-footer"):
        row = st.container(horizontal=True, horizontal_alignment="distribute")
        with row:
            if before:
                _link(before, ":material/arrow_back:", "left")
            if after:
                _link(after, ":material/arrow_forward:", "right")
        st.markdown(
            "Nudge retells and checks the course notes *Neural Networks and Deep "
            f"Learning* by [Om Prabhu]({AUTHOR}), written while taking the course "
            "of the same name by [deeplearning.ai](https://deeplearning.ai)."
        )


def _link(page: Entry, icon: str, side: str) -> None:
    st.page_link(
        navigation.page(page),
        label=page.title,
        icon=icon,
        icon_position=side,  # type: ignore[arg-type]
    )
