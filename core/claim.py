"""A claim: something the notes state, beside a function that computes it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.rounding import readable


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
    return Checked(claim, in_words(claim.notes), in_words(value), agrees)


def in_words(value: Value) -> str:
    """A value as a table shows it: eight digits at most, shapes as in NumPy."""
    if isinstance(value, Measured):
        return value.words
    if isinstance(value, float):
        return readable(value, 8)
    return str(value)
