"""Values written as Python that gives the very same values back."""

import ast
import dataclasses
import keyword
import math
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDTH = 84


@dataclass(frozen=True)
class Source:
    """Python source of one expression, to stand in a script just as it is.

    Only for text that the core has written itself, such as Expression.numpy(): what a
    visitor typed goes into a script as a value, never as code. Raises ValueError
    unless the text is exactly one expression on one line.
    """

    text: str

    def __post_init__(self) -> None:
        try:
            ast.parse(self.text, mode="eval")
        except (SyntaxError, ValueError):
            raise ValueError(f"{self.text!r} is not one expression.") from None
        if len(self.text.splitlines()) != 1 or "#" in self.text:
            raise ValueError(f"{self.text!r} is not one line of plain Python.")


def exact(value: object) -> object:
    """The value as plain numbers and lists, which print with every digit they have.

    an array of any shape → nested lists; a number → a number
    """
    return np.asarray(value).tolist()


def literal(value: object, type_names: Mapping[type, str] | None = None) -> str:
    """Python source for this value.

    None, bool, numbers, str, arrays, tuples, lists, dicts, Source, and instances of
    the dataclasses in type_names, which says what each is called in the script.

    Raises ValueError for anything else.
    """
    names = type_names or {}
    if isinstance(value, Source):
        return value.text
    if value is None or isinstance(value, bool | str):
        return repr(value)
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, int | float | np.number | np.bool_):
        return _number(value)
    if isinstance(value, list | tuple):
        return _sequence(value, names)
    if isinstance(value, Mapping):
        pairs = [f"{literal(k, names)}: {literal(v, names)}" for k, v in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if dataclasses.is_dataclass(value) and type(value) in names:
        return _instance(value, names)
    raise ValueError(f"A {type(value).__name__} cannot be written as Python here.")


def is_name(text: str) -> bool:
    """Whether Python takes this text as the name of a value."""
    return text.isidentifier() and not keyword.iskeyword(text)


def _number(value: object) -> str:
    plain = exact(value)
    if isinstance(plain, float) and not math.isfinite(plain):
        return _finish(repr(plain))
    if isinstance(plain, bool | int | float):
        return repr(plain)
    raise ValueError("Complex numbers have no place in these scripts.")


def _array(array: NDArray[np.generic]) -> str:
    """np.array([...]) with every digit, in lines of at most 84 characters."""
    if array.dtype.kind not in "biuf":
        raise ValueError(f"An array of {array.dtype} cannot be written as Python here.")
    usual = array.dtype in (np.float64, np.int64, np.bool_)
    kind = "" if usual else f", dtype=np.{array.dtype.name}"
    if array.size == 0:
        return f"np.zeros({array.shape}, dtype=np.{array.dtype.name})"
    numbers = _finish(repr(array.tolist()))
    if len(numbers) + len(kind) < WIDTH - 30:
        return f"np.array({numbers}{kind})"
    lines = textwrap.fill(
        numbers + kind, WIDTH, initial_indent="    ", subsequent_indent="    "
    )
    return f"np.array(\n{lines}\n)"


def _finish(text: str) -> str:
    """NumPy's names for what has no literal in Python."""
    return re.sub(r"\b(nan|inf)\b", r"np.\1", text)


def _sequence(
    values: list[object] | tuple[object, ...], names: Mapping[type, str]
) -> str:
    inner = ", ".join(literal(value, names) for value in values)
    if isinstance(values, list):
        return f"[{inner}]"
    return f"({inner},)" if len(values) == 1 else f"({inner})"


def _instance(value: object, names: Mapping[type, str]) -> str:
    fields = dataclasses.fields(value)  # type: ignore[arg-type]
    parts = [f"{f.name}={literal(getattr(value, f.name), names)}" for f in fields]
    return f"{names[type(value)]}({', '.join(parts)})"
