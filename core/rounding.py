"""Numbers as people read them: four significant digits, a real minus sign."""

import math

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(x: float, digits: int = 4) -> str:
    """x with `digits` significant digits: 4.004, −0.25, 1.5 × 10⁻⁷, not defined.

    Trailing zeros go; very large and very small numbers turn to powers of ten.
    """
    if math.isnan(x):
        return "not defined"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
    power = int(exponent)
    if x != 0 and not -4 <= power < max(digits, 6):
        return f"{_plain(mantissa)} × 10{str(power).translate(_SUPERSCRIPT)}"
    return _plain(f"{x:.{max(digits - 1 - power, 0)}f}")


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


def _plain(text: str) -> str:
    """Drop the zeros after the point and write a true minus sign."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", "0"} else text.replace("-", "−")
