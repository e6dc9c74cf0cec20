"""Every colour of Nudge, light and dark. A colour means the same on every page.

Figures are built in the light colours and carry their dark partners along; the
live figure swaps them when the theme is dark. `ui/style.css` repeats the four
meanings for text and formulas, and a test holds the two together.
"""

from collections.abc import Mapping

TEXT = "#22303C"
PAPER = "#FCFBF8"
GRID = "#E2DED3"
FAINT = "#8A8F94"

CLASS_1 = "#0072B2"
CLASS_0 = "#D55E00"
PARAMETER = "#009E73"
GRADIENT = "#B0578D"
FUNCTION = TEXT

# The three channels of an image; always with a letter or a word beside them.
CHANNEL_COLOURS = ("#E0342B", "#2E9E3F", "#2F62E0")

DARK: Mapping[str, str] = {
    TEXT: "#E3E8EC",
    PAPER: "#14191F",
    GRID: "#2E3843",
    FAINT: "#8B949C",
    CLASS_1: "#56B4E9",
    CLASS_0: "#E8915B",
    PARAMETER: "#2FC79A",
    GRADIENT: "#CC79A7",
}

# Probability maps: class 0 through near-white (near-black in dark) to class 1.
RAMP = (CLASS_0, PAPER, CLASS_1)
