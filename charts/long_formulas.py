"""Formulas that fit a phone: a line that would be too long goes on in the next."""

import re
from collections.abc import Iterator, Mapping, Sequence

# How wide a formula may be, in em: on a phone, and there in a part that unfolds.
PHONE, UNFOLDED = 18.2, 16.5
# A sum or a product that goes on in the next line starts a little to the right.
INDENT = r"\quad "
INDENT_EM = 1.0

# What a sign takes in KaTeX, in em, with the room around it; a letter takes LETTER.
# A minus between two things stands between spaces in our LaTeX, and has more room.
LETTER, BESIDE_FRACTION, SMALL = 0.6, 0.24, 0.72
EM: Mapping[str, float] = {
    **dict.fromkeys("{}^_& ", 0.0),
    **dict.fromkeys("0123456789", 0.5),
    **dict.fromkeys("()[]|!", 0.4),
    **{".": 0.28, ",": 0.45, "=": 1.34, "+": 1.23, "-": 0.78, " - ": 1.23},
    **{"w": 0.72, "m": 0.88},
    **{"<": 1.34, ">": 1.34, r"\cdot": 0.73, r"\times": 1.23, r"\to": 1.56},
    **{r"\log": 1.45, r"\cos": 1.5, r"\sin": 1.4, r"\ldots": 1.35, r"\dots": 1.4},
    **{r"\quad": 1.0, r"\;": 0.28, r"\,": 0.17, r"\infty": 1.0, r"\prod": 1.1},
    **dict.fromkeys((r"\left", r"\right", r"\text", r"\mathrm", r"\hat"), 0.0),
    **dict.fromkeys((r"\textstyle", r"\operatorname"), 0.0),
}
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(rf"\\(t?)frac{_GROUP}{_GROUP}")
_COLOUR = re.compile(r"\\textcolor\{[^}]*\}")
_RAISED = re.compile(rf"[\^_]{_GROUP}")
_MATRIX = re.compile(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}")
# What stands between two columns of a matrix; its two brackets take as much.
BESIDE_COLUMN = 0.95


def ems(latex: str) -> float:
    """About how wide this LaTeX is, in em."""
    latex, width = _COLOUR.sub("", latex), 0.0
    while found := _MATRIX.search(latex):
        rows = [row.split("&") for row in found[1].split(r"\\")]
        columns = zip(*rows, strict=True)
        width += sum(max(map(ems, column)) + BESIDE_COLUMN for column in columns)
        latex = latex[: found.start()] + latex[found.end() :]
    while found := _FRACTION.search(latex):
        share = SMALL if found[1] else 1.0
        width += share * max(ems(found[2]), ems(found[3])) + BESIDE_FRACTION
        latex = latex[: found.start()] + latex[found.end() :]
    while found := _RAISED.search(latex):
        width += SMALL * ems(found[1])
        latex = latex[: found.start()] + latex[found.end() :]
    signs = re.findall(r"\\[A-Za-z]+|\\.| - |.", latex)
    return width + sum(EM.get(sign, LETTER) for sign in signs)


def equation(left: str, *sides: str, widest: float = PHONE) -> list[str]:
    """Rows for `aligned`: left = side = side = …, with a new row where one is full.

    A side that is longer than a row is broken before a + , a − or a product's dot.
    """
    room = widest - ems(left)
    rows: list[str] = []
    row, taken = f"{left} &", 0.0
    for side in sides:
        width = ems(f"={side}")
        if taken and taken + width > room:
            rows.append(row)
            row, taken = "&", 0.0
        first, *others = _filled(side, room - ems("="))
        row, taken = f"{row} = {first}", taken + ems(f"={first}")
        for other in others:
            rows.append(row)
            row, taken = f"&{INDENT}{other}", INDENT_EM + ems(other)
    return [*rows, row]


def equal(parts: Sequence[str], *, widest: float = PHONE) -> list[str]:
    """More rows for `aligned`: = part part … = part, a new row where one is full.

    A part, such as a matrix, is never broken. One that begins with = stands under the
    other equals signs.
    """
    rows: list[str] = []
    for part in parts:
        if rows and ems(f"{rows[-1]} {part}") <= widest:
            rows[-1] += f" {part}"
        else:
            begins = "" if part.startswith("=") else INDENT if rows else "= "
            rows.append(f"& {begins}{part}")
    return rows


def aligned(rows: Sequence[str], space: str = "0.4em") -> str:
    """The rows under each other; `&` marks where they are aligned."""
    return r"\begin{aligned}" + rf" \\[{space}] ".join(rows) + r"\end{aligned}"


def _filled(side: str, room: float) -> Iterator[str]:
    """The side in lines: each takes as many terms as fit, then as many factors."""
    if ems(side) <= room:
        yield side
        return
    line, room = "", room - INDENT_EM
    for term in _cut(side, "[+-]"):
        for piece in [term] if ems(term) <= room else _cut(term, r"\\cdot"):
            if line and ems(line + piece) > room:
                yield line.strip()
                line = ""
            line += piece
    yield line.strip()


def _cut(latex: str, sign: str) -> list[str]:
    """The LaTeX cut before each such sign that stands in no brackets."""
    pieces, depth = [""], 0
    for part in re.split(rf"([({{)}}]| (?={sign} ))", latex):
        if part == " " and depth == 0:
            pieces.append("")
        depth += (part in ("(", "{")) - (part in (")", "}"))
        pieces[-1] += part
    return pieces
