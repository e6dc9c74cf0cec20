"""Small tables with named rows and columns, from a file or as a learner left them."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np

from core.types import Array

CALORIES_FILE = Path(__file__).parent.parent / "data" / "calories.csv"
MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
# Beyond this, sums and percentages could overflow.
MAX_NUMBER = 1e9


@dataclass(frozen=True)
class Table:
    """values (rows, columns) with a name for every row and every column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Array


@dataclass(frozen=True)
class Problem:
    """Something to say about one cell, or about a whole column when row is None."""

    row: int | None
    column: int
    sentence: str


def calories() -> Table:
    """The calorie table of the notes: nutrients (3) by foods (4).

    Notes §4.3
    """
    return read_table(CALORIES_FILE.read_text(encoding="utf-8"))


def read_table(text: str) -> Table:
    """A table from CSV text: column names on top, row names on the left.

    text → values (rows, columns), every cell a usable number

    Raises ValueError that names the row and the column of the first bad cell.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ValueError(f"The table is larger than {MAX_BYTES:,} bytes.")
    header, *lines = _lines(text)
    columns = tuple(name.strip() for name in header[1:])
    rows = tuple(line[0].strip() for line in lines)
    cells = [line[1:] for line in lines]
    for row, line in zip(rows, cells, strict=True):
        if len(line) != len(columns):
            counts = f"{len(line)} numbers, but there are {len(columns)} columns"
            raise ValueError(f"Row {row!r} has {counts}.")
        for column, cell in zip(columns, line, strict=True):
            if why := cell_problem(cell):
                raise ValueError(f"{column}, {row}: {why}")
    return Table(rows, columns, as_numbers(cells))


def cell_problem(cell: object) -> str:
    """Why a cell holds no usable number, or an empty string if it does."""
    number = _number(cell)
    if number is None:
        return "the cell is empty. Type a number, 0 if there is none."
    if math.isnan(number):
        return f"{str(cell)[:20]!r} is not a number."
    if abs(number) > MAX_NUMBER:
        return f"{str(cell)[:20]} is too large. Stay within {MAX_NUMBER:,.0f}."
    return ""


def as_numbers(cells: Sequence[Sequence[object]]) -> Array:
    """The cells as an array, with NaN for each cell that holds no usable number.

    cells: rows of equal length → (rows, columns)

    Raises ValueError if the rows differ in length.
    """
    if len({len(row) for row in cells}) > 1:
        raise ValueError("All rows of a table need the same number of cells.")
    usable = [[None if cell_problem(c) else _number(c) for c in row] for row in cells]
    return np.array(usable, dtype=np.float64)


def _lines(text: str) -> list[list[str]]:
    """The CSV lines that hold something, the names first; refuses what is no table."""
    try:
        lines = [line for line in csv.reader(StringIO(text)) if any(line)]
    except csv.Error as error:
        raise ValueError(f"This is not a CSV table: {error}.") from None
    if len(lines) < 2 or len(lines[0]) < 2:
        raise ValueError("A table needs a line of names and at least one row.")
    if len(lines) > MAX_ROWS + 1:
        raise ValueError(f"The table has more than {MAX_ROWS:,} rows.")
    return lines


def _number(cell: object) -> float | None:
    """The number in a cell: None for an empty cell, NaN for anything else."""
    if isinstance(cell, str):
        try:
            return float(cell) if cell.strip() else None
        except ValueError:
            return math.nan
    if isinstance(cell, bool | np.bool_):
        return math.nan
    if isinstance(cell, int | float | np.number):
        # A table editor marks an empty cell with NaN.
        return None if math.isnan(cell) else float(cell)
    return None if cell is None else math.nan
