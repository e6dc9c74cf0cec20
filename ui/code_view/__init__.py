"""Code to read: keywords, names and comments set apart, and a button that copies it.

Streamlit's own `st.code` brings a highlighter of 1.6 MB, which the browser reads before
it gets to the figure at the top: a quarter of a second of every first visit.
"""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

import streamlit as st

from ui import scripts

Piece = tuple[str, str]  # what it is (a class of code_view.css, or empty), its text

_component = st.components.v2.component(
    "nudge_code_view", js=scripts.stub("code_view"), isolate_styles=False
)


def code_view(
    text: str, *, key: str, label: str, height: int | None = None, wrap: bool = False
) -> None:
    """Show Python code; what is higher than `height` pixels scrolls by itself.

    `label` is its name for those who do not see it. With `wrap` a line that is too
    long goes on below instead of scrolling.
    """
    told = {"pieces": pieces(text), "label": label, "height": height, "wrap": wrap}
    _component(key=key, data=told)


def printed(text: str, *, wrap: bool = False) -> None:
    """Show what a computer says, character below character."""
    kind = "nudge-printed wrap" if wrap else "nudge-printed"
    st.html(f"<pre class='{kind}'>{escape(text)}</pre>")


@lru_cache(maxsize=128)
def pieces(text: str) -> tuple[Piece, ...]:
    """The text in order, cut where its look changes."""
    return tuple(
        (kind, "".join(words for _, words in run))
        for kind, run in groupby(_tokens(text), key=lambda piece: piece[0])
    )


def _tokens(text: str) -> Iterator[Piece]:
    # Not at import: a server that has just begun to answer needs no lexer yet.
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Name, Operator, String

    kinds = (
        (Comment, "quiet"),
        (String.Doc, "quiet"),
        (Keyword, "keyword"),
        (Operator.Word, "keyword"),
        (Name.Function, "name"),
        (Name.Class, "name"),
    )
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for token, words in lexer.get_tokens(text):
        # White space takes the look of nothing: `def` and its name stay two pieces.
        found = (kind for parent, kind in kinds if token in parent)
        yield next(found, ""), words
