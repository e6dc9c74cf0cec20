"""Claims of the notes §4.3: broadcasting."""

import numpy as np

from core.broadcasting import percentages
from core.claim import Claim
from core.tables import calories
from core.types import Array

COLUMN = np.array([[1.0], [2.0], [3.0], [4.0]])


def listing() -> str:
    """What comes of np.array([…], […], […]), the rows without brackets around them."""
    rows = calories().values.tolist()
    try:
        return str(np.array(*rows).shape)
    except TypeError as error:
        return type(error).__name__


def small_t() -> str:
    """What comes of w.t, as the notes write the transpose."""
    try:
        return str(getattr(COLUMN, "t").shape)  # noqa: B009 - no such attribute
    except AttributeError as error:
        return type(error).__name__


def table() -> Array:
    """The calories of the notes: nutrients (3) by foods (4)."""
    return calories().values


def share(nutrient: str, food: str) -> float:
    """One percentage of the notes' table."""
    found = percentages(table()).percentage
    return float(found[calories().rows.index(nutrient), calories().columns.index(food)])


def shape_of_Z() -> tuple[int, ...]:
    """The shape of wᵀX + b with four features, five examples and one number b."""
    X = np.ones((4, 5))
    return np.shape(np.dot(COLUMN.T, X) + 0.5)


CLAIMS = (
    Claim(
        "4.3",
        "the listing's np.array([…], […], […])",
        "(3, 4)",
        listing,
        "broadcasting",
        correction="The listing does not run: the three rows need brackets around "
        "them, np.array([[…], […], […]]). Without, NumPy takes the second row for the "
        "type of the numbers and the third is one argument too many.",
    ),
    Claim(
        "4.3",
        "shape of the calorie table",
        (3, 4),
        lambda: table().shape,
        "broadcasting",
    ),
    *(
        Claim(
            "4.3",
            f"axis=0 sums down the columns: all calories of {food.lower()}",
            total,
            lambda at=at: float(percentages(table()).cal[at]),  # type: ignore[misc]
            "broadcasting",
            1e-9,
        )
        for at, (food, total) in enumerate(
            zip(calories().columns, (59.0, 239.0, 155.4, 76.9), strict=True)
        )
    ),
    Claim(
        "4.3",
        "axis=1 sums along the rows: all calories from carbohydrates",
        128.4,
        lambda: float(table().sum(axis=1)[0]),
        "broadcasting",
        1e-9,
    ),
    Claim(
        "4.3",
        "the part of beef's calories that is fat, 135 of 239, in percent",
        100 * 135 / 239,
        lambda: share("Fat", "Beef"),
        "broadcasting",
        1e-9,
    ),
    Claim(
        "4.3",
        "the shape that A (3, 4) is divided by",
        (1, 4),
        lambda: percentages(table()).cal.shape,
        "broadcasting",
        correction="A.sum(axis=0) has one axis, not two: its shape is (4,). It "
        "broadcasts like a (1, 4), because a missing axis on the left counts as 1. To "
        "get (1, 4) itself, write A.sum(axis=0, keepdims=True).",
    ),
    Claim(
        "4.3",
        "a column works too: shape of A divided by its sums of rows, (3, 1)",
        (3, 4),
        lambda: (table() / table().sum(axis=1, keepdims=True)).shape,
        "broadcasting",
    ),
    Claim(
        "4.3",
        "the column 1, 2, 3, 4 plus 100",
        (101, 102, 103, 104),
        lambda: tuple(int(v) for v in (COLUMN + 100).ravel()),
        "broadcasting",
    ),
    Claim(
        "4.3",
        "Z = wᵀX + b with one number b: shape of Z for 5 examples",
        (1, 5),
        shape_of_Z,
        "broadcasting",
    ),
    Claim(
        "4.3",
        "the transpose written as w.t, in Z = np.dot(w.t, x) + b",
        "(1, 4)",
        small_t,
        "broadcasting",
        correction="The transpose is w.T, with a capital T; an array has no .t.",
    ),
)
