"""What NumPy does with two arrays whose shapes differ (notes §4.3).

Every decision here is NumPy's own: it is asked, and what it answers is shown.
"""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.safe_source import ExpressionError, read
from core.tables import Problem, as_numbers, cell_problem
from core.types import Array

Shape = tuple[int, ...]

MAX_AXES = 4
MAX_LENGTH = 12
MAX_ELEMENTS = 144

# The operators that work element by element. The matrix product @ is not among them:
# it pairs the last axis of a with the one before the last of b, so that
# "aligned from the right" would be a wrong story for it.
OPERATORS: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


@dataclass(frozen=True)
class Percentages:
    """Column sums, each number's share of its column, and the columns without one."""

    cal: Array
    percentage: Array
    undefined: tuple[int, ...]


@dataclass(frozen=True)
class Shares:
    """A table divided by its own sums: the result, or NumPy's words why there is none.

    undefined marks the places of the result that are 0/0 or have no number.
    """

    total: Array
    result: Array | None
    undefined: NDArray[np.bool_] | None
    error: str | None


@dataclass(frozen=True)
class Axis:
    """One axis of the aligned shapes, None where an array has no such axis."""

    a: int | None
    b: int | None
    result: int | None
    decision: str


@dataclass(frozen=True)
class Stretch:
    """An array seen at a larger shape.

    strides are the bytes from one element to the next along each axis: 0 on the
    repeated axes, where every step stays on the same number and nothing is copied.
    """

    values: Array
    strides: tuple[int, ...]
    repeated: tuple[int, ...]


@dataclass(frozen=True)
class ShapeLab:
    """Two example arrays, what NumPy decides axis by axis, and what comes out."""

    operator: str
    shape_a: Shape
    shape_b: Shape
    axes: tuple[Axis, ...]
    result_shape: Shape | None
    error: str | None
    a: Array
    b: Array
    stretched_a: Stretch | None
    stretched_b: Stretch | None
    result: Array | None


@dataclass(frozen=True)
class Preset:
    """A pair of shapes worth seeing, and what it teaches."""

    name: str
    shape_a: Shape
    operator: str
    shape_b: Shape
    lesson: str


PRESETS = (
    Preset(
        "Calories by their sums",
        (3, 4),
        "/",
        (4,),
        "A.sum(axis=0) has shape (4,), not (1, 4). It has no axis for the rows, so "
        "NumPy uses it for each of the three rows: every column by its own sum.",
    ),
    Preset(
        "A column and a number",
        (4, 1),
        "+",
        (),
        "A single number has no axes at all. It meets every element, as b does in "
        "w.T @ X + b.",
    ),
    Preset(
        "A bias for every example",
        (4, 5),
        "+",
        (4, 1),
        "The one column of b stretches over all five examples: this is how a layer "
        "of four neurons adds its biases.",
    ),
    Preset(
        "A square out of nowhere",
        (4,),
        "+",
        (4, 1),
        "Four numbers and four numbers, and sixteen come out without a warning: the "
        "first is taken as a row, the second is a column, and both stretch.",
    ),
    Preset(
        "Sums of the rows do not fit",
        (3,),
        "+",
        (3, 4),
        "Shapes are aligned from the right, so the 3 stands under the 4. NumPy "
        "refuses: the lucky case, because you notice.",
    ),
    Preset(
        "Sums of the rows, kept as a column",
        (3, 1),
        "+",
        (3, 4),
        "With keepdims=True the sums of the rows have shape (3, 1). Now the 3 stands "
        "under the 3 and the 1 stretches.",
    ),
    Preset(
        "The wrong axis of a square",
        (4,),
        "+",
        (4, 4),
        "If you meant one number for each row, this is wrong and nothing complains: "
        "a square fits either way, and NumPy always takes the last axis, one number "
        "for each column.",
    ),
)


def percentages(A: Array) -> Percentages:
    """Each number in percent of its column's sum.

    A (3, 4) → cal (4,), percentage (3, 4); any (rows, columns) works the same

    A column that adds up to 0, or holds NaN, has no percentages: its index is in
    undefined and its percentages are NaN. Raises ValueError unless A has two axes.
    Notes §4.3
    """
    if A.ndim != 2:
        raise ValueError(f"A table has rows and columns; this has shape {A.shape}.")
    # Columns for which this division means nothing are reported, not warned about.
    with np.errstate(all="ignore"):
        cal = A.sum(axis=0)
        percentage = 100 * A / cal
    undefined = (cal == 0) | ~np.isfinite(percentage).all(axis=0)
    percentage[:, undefined] = np.nan
    return Percentages(cal, percentage, tuple(np.flatnonzero(undefined).tolist()))


def shares(A: Array, axis: int, keepdims: bool) -> Shares:
    """100 A / A.sum(axis, keepdims), whatever NumPy makes of the two shapes.

    A (r, c) → total (c,), (1, c), (r,) or (r, 1); result (r, c) or an error

    With axis=1 and without keepdims, a square table is divided along the wrong axis
    and any other table is refused. Notes §4.3
    """
    # As in percentages: 0/0 is marked in the result instead of warned about.
    with np.errstate(all="ignore"):
        total = A.sum(axis=axis, keepdims=keepdims)
        try:
            result = 100 * A / total
        except ValueError as error:
            return Shares(total, None, None, str(error).strip())
    undefined = ~np.isfinite(result)
    return Shares(total, np.where(undefined, np.nan, result), undefined, None)


def nudged(A: Array, row: int, column: int, more: float) -> Array:
    """The same table with one number changed; A itself stays as it is.

    A (rows, columns) → (rows, columns)
    """
    changed = A.copy()
    changed[row, column] += more
    return changed


def problems(
    table: Sequence[Sequence[object]],
    names: Sequence[str],
    rows: Sequence[str] = (),
) -> list[Problem]:
    """Everything a learner should know about the table that was typed in.

    table: rows of cells, as typed; names: one for each column; rows: one for each
    row, or nothing to count them from 1

    Text and empty cells, negative numbers, and columns that add up to 0, in reading
    order, columns last. Raises ValueError if a row has not one cell for each name.
    """
    if any(len(row) != len(names) for row in table):
        raise ValueError(f"Every row needs {len(names)} cells, one for each column.")
    numbers = as_numbers(table)
    found = []
    for r, row in enumerate(table):
        for c, cell in enumerate(row):
            why = cell_problem(cell)
            if not why and numbers[r, c] < 0:
                why = f"{numbers[r, c]:g} is negative: its share is, too."
            if why:
                where = rows[r] if rows else f"row {r + 1}"
                found.append(Problem(r, c, f"{names[c]}, {where}: {why}"))
    for c in np.flatnonzero(numbers.sum(axis=0) == 0).tolist() if len(table) else []:
        why = "the column adds up to 0, so it has no percentages."
        found.append(Problem(None, c, f"{names[c]}: {why}"))
    return found


def align(shape_a: Shape, shape_b: Shape) -> tuple[Axis, ...]:
    """Both shapes written under each other from the right, with NumPy's decisions.

    (3, 4) and (4,) → the pairs (3, –) and (4, 4)

    Notes §4.3
    """
    axes = max(len(shape_a), len(shape_b))
    row_a = (None,) * (axes - len(shape_a)) + shape_a
    row_b = (None,) * (axes - len(shape_b)) + shape_b
    return tuple(decide(a, b) for a, b in zip(row_a, row_b, strict=True))


def decide(a: int | None, b: int | None) -> Axis:
    """What NumPy answers when asked about this one pair of lengths."""
    pair = [() if length is None else (length,) for length in (a, b)]
    try:
        (result,) = np.broadcast_shapes(*pair)
    except ValueError:
        return Axis(a, b, None, "do not fit")
    if a is None:
        return Axis(a, b, result, "a has no axis here: counts as 1")
    if b is None:
        return Axis(a, b, result, "b has no axis here: counts as 1")
    if a == b:
        return Axis(a, b, result, "equal")
    return Axis(a, b, result, "a stretched" if a != result else "b stretched")


def stretch(a: Array, shape: Shape) -> Stretch:
    """The array a, seen at the larger shape without copying a number.

    a → values (shape), strides in bytes, repeated: the axes walked in place

    Raises ValueError, in NumPy's words, where a does not stretch to that shape.
    Notes §4.3
    """
    values = np.broadcast_to(a, shape)
    # NumPy also writes 0 for an axis of length 1, where no step is ever taken.
    steps = zip(values.strides, values.shape, strict=True)
    repeated = [i for i, (step, length) in enumerate(steps) if step == 0 and length > 1]
    return Stretch(values, values.strides, tuple(repeated))


def example(shape: Shape, seed: int) -> Array:
    """Whole numbers from 1 to 9 in this shape, the same for the same seed."""
    rng = np.random.default_rng(seed)
    return rng.integers(1, 10, size=shape).astype(np.float64)


def shape_lab(
    shape_a: Shape, shape_b: Shape, operator: str = "+", seed: int = 0
) -> ShapeLab:
    """Two examples of these shapes, and what NumPy really does with them.

    a (shape_a) operator b (shape_b) → result, or NumPy's own error text

    Raises ValueError for an operator that is not in OPERATORS. Notes §4.3
    """
    if operator not in OPERATORS:
        raise ValueError(f"Choose one of {' '.join(OPERATORS)}, not {operator!r}.")
    a, b = example(shape_a, seed), example(shape_b, seed + 1)
    axes = align(shape_a, shape_b)
    try:
        result = np.asarray(OPERATORS[operator](a, b))
    except ValueError as error:
        reason = str(error).strip()
        return ShapeLab(
            operator, shape_a, shape_b, axes, None, reason, a, b, None, None, None
        )
    shape = result.shape
    views = stretch(a, shape), stretch(b, shape)
    return ShapeLab(operator, shape_a, shape_b, axes, shape, None, a, b, *views, result)


def parse_shape(text: str) -> Shape:
    """The shape that a learner typed: "(4, 1)", "4,1", "(4,)", "4" or "()".

    Raises ExpressionError, which points at the character, for anything else, and for
    shapes too large to show.
    """
    tree = read(text, max_length=40)
    parts = tree.elts if isinstance(tree, ast.Tuple | ast.List) else [tree]
    if len(parts) > MAX_AXES:
        message = f"At most {MAX_AXES} axes can be shown."
        raise ExpressionError(message, text, parts[MAX_AXES].col_offset)
    shape = tuple(_length(part, text) for part in parts)
    if math.prod(shape) > MAX_ELEMENTS:
        message = (
            f"This has {math.prod(shape):,} elements; {MAX_ELEMENTS} can be shown."
        )
        raise ExpressionError(message, text)
    return shape


def _length(node: ast.expr, text: str) -> int:
    """The length of one axis, a whole number from 1 to MAX_LENGTH."""
    length = node.value if isinstance(node, ast.Constant) else None
    if type(length) is not int or not 1 <= length <= MAX_LENGTH:
        message = f"Each axis is a whole number from 1 to {MAX_LENGTH}, as in (4, 1)."
        raise ExpressionError(message, text, node.col_offset)
    return length
