"""Claims of the notes §4.4: arrays of rank 1."""

import numpy as np

from core.claim import Claim
from core.rank_one import attempt, checked_column, column_at_creation, vectors
from core.types import Array

PAGE = "rank_one_arrays"


def shape_of(expression: str, a: Array) -> tuple[int, ...]:
    """The shape of one expression of the page; () is a single number."""
    shape = attempt(expression, a).shape
    assert shape is not None, expression
    return shape


def transposed_is_the_same() -> str:
    """Whether a.T holds the same numbers in the same places, for rank 1."""
    a = vectors().rank_one
    return "the same array" if np.array_equal(a, a.T) else "another array"


def asserted() -> str:
    """What assert a.shape == (5, 1) does to an array of shape (5,)."""
    try:
        return str(checked_column(vectors().rank_one, 5).shape)
    except AssertionError:
        return "AssertionError"


CLAIMS = (
    Claim(
        "4.4",
        "shape of a = np.random.randn(5)",
        (5,),
        lambda: vectors().rank_one.shape,
        PAGE,
    ),
    Claim(
        "4.4",
        "its number of axes, which the notes call rank",
        1,
        lambda: vectors().rank_one.ndim,
        PAGE,
    ),
    Claim("4.4", "its a.T", "the same array", transposed_is_the_same, PAGE),
    Claim(
        "4.4",
        "shape of its np.dot(a, a.T): a single number",
        (),
        lambda: shape_of("np.dot(a, a.T)", vectors().rank_one),
        PAGE,
    ),
    Claim(
        "4.4",
        "shape of a = np.random.randn(5, 1)",
        (5, 1),
        lambda: column_at_creation(5, 0).shape,
        PAGE,
    ),
    Claim(
        "4.4",
        "shape of its np.dot(a, a.T): a matrix",
        (5, 5),
        lambda: shape_of("np.dot(a, a.T)", column_at_creation(5, 0)),
        PAGE,
    ),
    Claim(
        "4.4",
        "a of shape (5,), after a.reshape(5, 1)",
        (5, 1),
        lambda: vectors().rank_one.reshape(5, 1).shape,
        PAGE,
    ),
    Claim(
        "4.4",
        "a of shape (5,), “forced” by assert(a.shape == (5, 1))",
        "(5, 1)",
        asserted,
        PAGE,
        correction="assert does not force a shape, it checks it: an array of shape "
        "(5,) stops the program right there, with an AssertionError, and stays as it "
        "is. To change the shape, assign: `a = a.reshape(5, 1)`.",
    ),
)
