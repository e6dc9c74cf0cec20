"""Numbers as people read them: four significant digits, a real minus sign."""

import math
from collections.abc import Callable

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_BELOW = 6  # a million is the first that is a power of ten
_FULL_BELOW = 1e15
MOST_DIGITS = 17  # so many tell any two floats apart


def readable(x: float, digits: int = 4) -> str:
    """x with `digits` significant digits: 4.004, −0.25, 1.5 × 10⁻⁷, not defined.

    Trailing zeros go; very large and very small numbers turn to powers of ten.
    """
    text = f"{x:.{digits}g}"
    if "n" in text:  # nan, inf, -inf
        return "not defined" if math.isnan(x) else "∞" if x > 0 else "−∞"
    if "e" in text:
        mantissa, exponent = text.split("e")
        power = int(exponent)
        if not 0 < power < _PLAIN_BELOW:
            power_of_ten = f"10{str(power).translate(_SUPERSCRIPT)}"
            return f"{mantissa.replace('-', '−')} × {power_of_ten}"
        text = f"{x:.0f}"
    return "0" if text == "-0" else text.replace("-", "−")


def in_full(x: float, digits: int = 7) -> str:
    """As `readable`, but below 10¹⁵ every digit before the point: 12,288,000."""
    before = len(f"{abs(x):.0f}") if 1 <= abs(x) < _FULL_BELOW else 0
    if not before:
        return readable(x, digits)
    return f"{x:,.{max(digits, before)}g}".replace("-", "−")


def digits_apart(
    x: float, y: float, least: int, write: Callable[[float, int], str] = readable
) -> int:
    """The fewest digits, `least` at least, with which two different numbers differ."""
    if x == y:
        return least
    enough = (d for d in range(least, MOST_DIGITS) if write(x, d) != write(y, d))
    return next(enough, MOST_DIGITS)


def latex(x: float, digits: int = 4) -> str:
    """The same number written for a formula."""
    text = readable(x, digits)
    if text == "not defined":
        return r"\text{not defined}"
    text = text.replace("−", "-").replace("∞", r"\infty")
    if " × 10" in text:
        mantissa, power = text.split(" × 10")
        text = rf"{mantissa} \times 10^{{{power.translate(_plain_digits())}}}"
    return text


def _plain_digits() -> dict[int, int]:
    """Superscript digits back to plain ones."""
    return {superscript: plain for plain, superscript in _SUPERSCRIPT.items()}
