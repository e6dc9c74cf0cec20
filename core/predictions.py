"""Grading a guess: the learner commits first, then compares."""

import math
import re
from dataclasses import dataclass

from core.expressions import MANY_INPUTS, ExpressionError, parse
from core.rounding import digits_apart, in_full

# Digits in groups of three, as in 12,288,000: not 0,5 and not 1,50.
GROUPED = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![\w,])")


@dataclass(frozen=True)
class Grade:
    """How near a numeric guess came: right, or the right size, or the right sign."""

    right: bool
    difference: float
    hint: str


def grade_number(guess: float, truth: float, tolerance: float) -> Grade:
    """Right when the guess is within `tolerance` of the truth, as a share of it.

    A truth of 0 is compared as it is. The hint says in which way a wrong guess
    is near: sign, power of ten, a factor.
    """
    difference = guess - truth
    if abs(difference) <= tolerance * (abs(truth) or 1.0):
        return Grade(True, difference, "")
    if truth != 0 and math.isclose(guess, -truth, rel_tol=tolerance):
        return Grade(False, difference, "The size is right, the sign is not.")
    same_sign = (guess > 0 and truth > 0) or (guess < 0 and truth < 0)
    if same_sign and math.isfinite(guess):
        # Not the logarithm of the ratio: that may be too large for a float.
        tens = math.log10(abs(guess)) - math.log10(abs(truth))
        if abs(tens - round(tens)) < 0.01:
            return Grade(False, difference, "The digits are right, the size is not.")
        if abs(abs(tens) - math.log10(2)) < 0.004:
            return Grade(False, difference, "That is off by a factor of two.")
    return Grade(False, difference, "")


def read_number(text: str) -> float:
    """The number in a guess: 0.5, 12,288,000, or a small calculation like 2*0.001.

    Raises ValueError with a reason, which may hold a piece of the text.
    """
    if not text.strip():
        raise ValueError("Type a number, or a calculation such as 2*0.001.")
    # In max(1,200) the comma stands between two numbers.
    if not any(name in text for name in MANY_INPUTS):
        text = GROUPED.sub(lambda number: number[0].replace(",", ""), text)
    try:
        guess = float(parse(text, ()).value())
    except ExpressionError as error:
        raise ValueError(error.message) from error
    if math.isnan(guess):
        raise ValueError("This calculation has no value.")
    return guess


def in_words(guess: float, truth: float) -> tuple[str, str]:
    """Guess and truth rounded alike, with more digits where they would look the same.

    Two that differ by no more than the rounding of float64 may.
    """
    digits = 7
    if not math.isclose(guess, truth, rel_tol=1e-12):
        digits = digits_apart(guess, truth, digits, in_full)
    return in_full(guess, digits), in_full(truth, digits)


def read_shape(text: str) -> tuple[int, ...]:
    """(4, 1) from "(4,1)", "4 x 1", "4, 1" or "()"; ValueError with a reason."""
    if "".join(text.split()) in ("()", "[]"):
        return ()
    inside = text.strip().strip("()[] ").replace("×", ",").replace("x", ",")
    parts = [part.strip() for part in inside.split(",")]
    if len(parts) > 1 and not parts[-1]:  # as Python writes it: (4,)
        parts.pop()
    if not all(part.isdecimal() for part in parts):
        raise ValueError("write a shape like (4, 1), (4,) or ()")
    if len(parts) > 6 or any(len(part) > 6 for part in parts):
        raise ValueError("that is more than any array here has")
    return tuple(int(part) for part in parts)


def read_order(text: str, count: int) -> str:
    """2413 from "2413", "2, 4, 1, 3" or "2 4 1 3"; ValueError with a reason."""
    digits = "".join(text.replace(",", " ").split())
    if sorted(digits) != [str(i) for i in range(1, count + 1)]:
        raise ValueError(f"type the digits 1 to {count}, each once")
    return digits
