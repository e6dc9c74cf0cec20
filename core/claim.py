"""A claim: something the notes state, beside a function that computes it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.rounding import digits_apart, readable

NOISE = 1e-4


@dataclass(frozen=True)
class Measured:
    """A number that was timed: other on each machine, so it is said with its own."""

    value: float
    words: str


Value = float | int | str | tuple[int, ...] | Measured


@dataclass(frozen=True)
class Claim:
    """One statement of the notes that can be run.

    section of the notes; `words` are ours; `notes` is the value they give;
    `compute` gives ours; `tolerance` is absolute and only for numbers, but for one that
    was timed it is a factor; `page` shows it. A claim that is not right has a
    `correction` that says what is.
    """

    section: str
    words: str
    notes: Value
    compute: Callable[[], Value]
    page: str
    tolerance: float = 0.0
    correction: str = ""


@dataclass(frozen=True)
class Checked:
    """A claim that has been run: what the notes say, what we get, do they agree?"""

    claim: Claim
    said: str
    got: str
    agrees: bool


def check_claim(claim: Claim) -> Checked:
    """Run one claim."""
    value = claim.compute()
    if isinstance(claim.notes, float) and isinstance(value, Measured):
        factor = value.value / claim.notes
        agrees = 1 / claim.tolerance <= factor <= claim.tolerance
    elif isinstance(claim.notes, float) and isinstance(value, float | int):
        agrees = bool(np.isclose(value, claim.notes, rtol=0, atol=claim.tolerance))
    else:
        agrees = value == claim.notes
    return Checked(claim, *in_words(claim, value, agrees), agrees)


def in_words(claim: Claim, value: Value, agrees: bool) -> tuple[str, str]:
    """What the notes give and what we get, with the digits that it takes to compare.

    Shapes as in NumPy. No number breaks over two lines.
    """
    notes = claim.notes
    if isinstance(value, Measured):
        said, got = written(notes), value.words
    elif not isinstance(value, float) or not isinstance(notes, float):
        said, got = written(notes), written(value)
    elif agrees and notes == 0 and value != 0:
        # Below NOISE its digits tell how a computer rounds, and nothing of the claim.
        close = claim.tolerance < NOISE
        within = f"0 within {readable(claim.tolerance)}"
        said, got = "0", within if close else readable(value, 2)
    else:
        digits = digits_given(notes)
        if not agrees:
            digits = digits_apart(notes, value, digits)
        said, got = readable(notes, digits), readable(value, digits)
    return unbroken(said), unbroken(got)


def written(value: Value) -> str:
    """A value by itself: eight digits at most, and 12,288 for a count."""
    if isinstance(value, int):
        return f"{value:,}"
    return readable(value, 8) if isinstance(value, float) else str(value)


def digits_given(value: float) -> int:
    """How many digits it takes to write this number, from four to eight."""
    enough = (d for d in range(4, 8) if float(f"{value:.{d}g}") == value)
    return next(enough, 8)


def unbroken(words: str) -> str:
    """The words with each power of ten and each pair, as (3, 4), on one line."""
    words = words.replace(" × 10", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10")
    return re.sub(r"\((\d+), (\d+)\)", "(\\1,\N{NO-BREAK SPACE}\\2)", words)
