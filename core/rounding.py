"""Numbers as people read them: four significant digits, a real minus sign."""

import math

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_BELOW = 6  # a million is the first that is a power of ten


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
