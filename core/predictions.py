"""Grading a guess: the learner commits first, then compares."""

import math
from dataclasses import dataclass


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


def read_shape(text: str) -> tuple[int, ...]:
    """(4, 1) from "(4,1)", "4 x 1", "4, 1" or "()"; ValueError with a reason."""
    inside = text.strip().strip("()[] ").replace("×", ",").replace("x", ",")
    parts = [part.strip() for part in inside.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("write a shape like (4, 1), (4,) or ()")
    if len(parts) > 6 or any(len(part) > 6 for part in parts):
        raise ValueError("that is more than any array here has")
    return tuple(int(part) for part in parts)
