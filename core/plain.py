"""What somebody typed, inside our own Markdown: shown as it is, never obeyed."""

import re

MARKS = re.compile(r"([\\`*_~\[\]<>$&#|:!^])")


def plain(text: str) -> str:
    """The text on one line, every sign that Markdown or HTML knows taken literally."""
    return MARKS.sub(r"\\\1", on_one_line(text))


def as_code(text: str, longest: int) -> str:
    """The text as a code span of at most `longest` characters; '' if it is blank."""
    shown = on_one_line(text).replace("`", "'").strip()
    if len(shown) > longest:
        shown = f"{shown[: longest - 1]}…"
    return f"`{shown}`" if shown else ""


def on_one_line(text: str) -> str:
    """The text with a space for whatever cannot be seen: a line break, a tab."""
    return "".join(c if c.isprintable() else " " for c in text)
