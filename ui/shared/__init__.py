"""What more than one component brings to the browser.

A component is one script: its parts are joined, and what comes first is used by what
follows.
"""

from pathlib import Path

CANVAS = Path(__file__).parent / "canvas.js"
SCRUBBER = Path(__file__).parent / "scrubber.js"
STYLE = Path(__file__).parent / "figure.css"


def joined(*files: Path) -> str:
    """The texts of these files, one after the other."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
