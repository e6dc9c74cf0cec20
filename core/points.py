"""Points of one's own: a table with two numbers and a class a row, read with care.

However they come, pasted, in a file or set by hand, they end as one short text:
"1.25,-0.5,1;-2,3,0", x1, x2 and the class of each point.
"""

import csv
import math
from dataclasses import dataclass

import numpy as np

from core.datasets import REACH, Dataset
from core.plain import as_code
from core.types import Array

MOST_POINTS = 5_000
MOST_BYTES = 1_000_000
FARTHEST = 1_000.0  # of a point that is not scaled
DECIMALS = 3
COLUMNS = ("x1", "x2", "class")
OWN = "own"  # the name of the data set
# What stands there before anybody has set a point: three corners and a middle.
STARTER = (
    "-3,-3,0;-2.2,-3.1,0;-3,-2.3,0;3,-3,0;2.2,-3.2,0;3.1,-2.2,0;0,3.4,0;-0.8,3,0;"
    "0.8,3,0;0,0,1;0.6,0.4,1;-0.6,0.3,1;0.1,-0.7,1;0.5,-0.4,1;-0.5,-0.4,1"
)


class PointsError(ValueError):
    """A table that cannot be used; the message names the row and the column."""


@dataclass(frozen=True)
class Table:
    """Points as they were read. X (2, m); Y (1, m) of 0 and 1.

    classes: what stood in the table for class 0 and for class 1.
    """

    X: Array
    Y: Array
    classes: tuple[str, str]


def read_table(text: str) -> Table:
    """Points from a pasted table or a CSV file: x1, x2 and the class of each row.

    Between the columns stand commas, semicolons or tabs; a first row without numbers
    is a heading. Any two names do for the classes. Raises PointsError.
    """
    if len(text.encode()) > MOST_BYTES:
        size = len(text.encode()) / 1_000_000
        raise PointsError(f"The table has {size:.1f} MB; up to 1 MB can be read.")
    rows = cells_of(text)
    if rows and not any(is_number(cell) for cell in rows[0][1][:2]):
        rows = rows[1:]  # a heading
    if not rows:
        raise PointsError(
            "There is no row with numbers. A row is x1, x2 and the class: 1.5, -2, 0."
        )
    if len(rows) > MOST_POINTS:
        raise PointsError(
            f"The table has {len(rows):,} rows; up to {MOST_POINTS:,} can be used."
        )
    points = [point(number, cells) for number, cells in rows]
    labels = [cells[2] for _, cells in rows]
    classes = two_classes(labels, [number for number, _ in rows])
    Y = np.array([[float(label == classes[1]) for label in labels]])
    return Table(np.array(points).T, Y, classes)


def cells_of(text: str) -> list[tuple[int, list[str]]]:
    """The number of each row that holds something, counted from 1, and its cells."""
    lines = text.removeprefix("\ufeff").replace("\x00", "").splitlines()
    first = next((line for line in lines if line.strip()), "")
    between = next((sign for sign in "\t;," if sign in first), ",")
    if between == ";":  # then a comma is a decimal point
        lines = [line.replace(",", ".") for line in lines]
    try:
        rows = [
            next(csv.reader([line], delimiter=between, skipinitialspace=True), [])
            for line in lines
        ]
    except csv.Error as error:
        raise PointsError(f"This is no table: {error}.") from error
    plain = [[cell.strip() for cell in row] for row in rows]
    return [(n, row) for n, row in enumerate(plain, start=1) if any(row)]


def point(number: int, cells: list[str]) -> tuple[float, float]:
    """x1 and x2 of a row. Raises PointsError with its number."""
    if len(cells) != len(COLUMNS):
        raise PointsError(
            f"Row {number} has {len(cells)} column{'s' if len(cells) != 1 else ''}; "
            "three are needed: x1, x2 and the class."
        )
    for column, cell in enumerate(cells[:2], start=1):
        if not is_number(cell):
            raise PointsError(
                f"Row {number}, column {column} ({COLUMNS[column - 1]}): "
                f"{shown(cell)} is not a finite number."
            )
    if not cells[2]:
        raise PointsError(f"Row {number}, column 3 (class) is empty.")
    return float(cells[0]), float(cells[1])


def two_classes(labels: list[str], numbers: list[int]) -> tuple[str, str]:
    """The two names in use, 0 before 1. Raises PointsError where there are not two."""
    found: dict[str, int] = {}
    for label, number in zip(labels, numbers, strict=True):
        found.setdefault(label, number)
        if len(found) > 2:
            one, other = list(found)[:2]
            raise PointsError(
                f"Row {number}, column 3 (class): {shown(label)} is a third class, "
                f"after {shown(one)} and {shown(other)}. Two can be told apart."
            )
    if len(found) < 2:
        raise PointsError(
            f"Every row is of class {shown(labels[0])}. There have to be two classes."
        )
    if all(map(is_number, found)):
        low, high = sorted(found, key=float)
    else:
        low, high = sorted(found)
    return low, high


def scaled(X: Array) -> Array:
    """Each row of X (2, m) stretched and moved to the span from −4 to 4.

    Then a step of one size suits both inputs, whatever they are measured in.
    """
    low, high = X.min(axis=1, keepdims=True), X.max(axis=1, keepdims=True)
    half = high / 2 - low / 2
    half = np.where(half == 0, 1.0, half)  # a constant column stays at 0
    moved: Array = REACH * (X / half - (high / 2 + low / 2) / half)
    return moved


def write(X: Array, Y: Array) -> str:
    """The points as one short text. Raises PointsError for one that is too far away."""
    far = np.abs(X) > FARTHEST
    if far.any():
        column, row = np.argwhere(far)[0]
        raise PointsError(
            f"Point {row + 1}: {COLUMNS[column]} is {X[column, row]:g}, beyond "
            f"{FARTHEST:g}. Let the columns be scaled."
        )
    return ";".join(
        f"{short(x1)},{short(x2)},{int(y)}" for x1, x2, y in zip(*X, Y[0], strict=True)
    )


def read(text: str) -> Dataset:
    """The data set that `write` wrote.

    Raises PointsError for anything else, and where a class has no point.
    """
    points = [each.split(",") for each in text.split(";")]
    if len(points) > MOST_POINTS:
        raise PointsError(f"there can be {MOST_POINTS:,} points at most")
    for number, cells in enumerate(points, start=1):
        fits = len(cells) == 3 and all(is_number(cell) for cell in cells[:2])
        if not fits or cells[2] not in {"0", "1"}:
            raise PointsError(f"point {number} has to look like 1.25,-0.5,1")
        if max(abs(float(cells[0])), abs(float(cells[1]))) > FARTHEST:
            raise PointsError(f"point {number} is beyond {FARTHEST:g}")
    table = np.array(points, dtype=np.float64).T
    X, Y = table[:2], table[2:]
    if Y.min() == Y.max():
        raise PointsError("both classes need at least one point")
    order = np.argsort(Y[0], kind="stable")  # class 0 comes first in every data set
    return Dataset(X[:, order], Y[:, order], OWN)


def short(x: float) -> str:
    """A coordinate with three decimals at most, and without zeros at its end."""
    return f"{round(float(x), DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".")


def is_number(text: str) -> bool:
    """Whether the text is a finite number."""
    return len(text) <= 40 and math.isfinite(number_or(text))


def number_or(text: str) -> float:
    """The number that the text is, or not a number."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def shown(cell: str) -> str:
    """A cell as a code span: nothing in it is read as Markdown or HTML."""
    return as_code(cell, 25) or "nothing"
