"""Claims of the notes §4.1: vectorization. What is timed is timed once a server."""

import ast
import inspect
from functools import cache

import numpy as np

from core.claim import Claim, Measured
from core.machine import machine, simd
from core.race import Duel, by_dot, by_loop, duel, million, vectors
from core.stopwatch import processor_clock, times

PAGE = "loops_vs_numpy"


def faster_on_a_million() -> Measured:
    """How many times faster np.dot is on a million terms, here."""
    ratio = million().ratio
    return Measured(ratio, f"{times(ratio)} times, on {machine()}")


@cache
def ten() -> Duel:
    """The same race on ten terms."""
    return duel(10, processor_clock())


def same_everywhere() -> str:
    """The speed-up for ten terms and for a million, on this one processor."""
    return (
        f"{times(ten().ratio)} times for 10 terms, {times(million().ratio)} times for "
        f"1,000,000, on {machine()}"
    )


def square_brackets() -> str:
    """What comes of range[1,n_x], with the notes' brackets."""
    try:
        return str(len(range[1, 5]))  # type: ignore[misc]
    except TypeError as error:
        return type(error).__name__


def terms_from_one() -> int:
    """How many of five terms a loop over range(1, 5) adds."""
    return len(range(1, 5))


def lines_of(function: object) -> int:
    """Lines of code in a function's body, without its docstring."""
    tree = ast.parse(inspect.getsource(function))  # type: ignore[arg-type]
    body = tree.body[0].body[1:]  # type: ignore[attr-defined]
    return int(body[-1].end_lineno) - int(body[0].lineno) + 1


def agreement(n: int = 1000) -> str:
    """Whether the loop and np.dot give the same w·x + b, within rounding."""
    w, x = vectors("random", n)
    by_hand, at_once = by_loop(w, x) + 0.5, by_dot(w, x) + 0.5
    return "the same" if np.isclose(by_hand, at_once, rtol=1e-12) else "another value"


CLAIMS = (
    Claim(
        "4.1",
        "a million products: how many times faster np.dot is than the loop (about 400; "
        "we accept a twentieth to twenty times that)",
        400.0,
        faster_on_a_million,
        PAGE,
        # On a busy machine np.dot waits for the memory: 32 times was measured there.
        20.0,
    ),
    Claim(
        "4.1",
        "the speed-up whatever the program runs on",
        "the same",
        same_everywhere,
        PAGE,
        correction="The speed-up is no constant. On one and the same processor it "
        "changes with n: a call of NumPy costs something before it adds anything, "
        "and a vector that no longer fits the cache waits for memory. A loop of Python "
        "does not run on a GPU at all, so there is nothing to compare there; this "
        "server has no GPU to try.",
    ),
    Claim(
        "4.1",
        "z by the loop and z = np.dot(w, x) + b, for 1,000 features",
        "the same",
        agreement,
        PAGE,
    ),
    Claim(
        "4.1",
        "lines of code: the vectorized sum is shorter than the loop",
        "shorter",
        lambda: "shorter" if lines_of(by_dot) < lines_of(by_loop) else "not shorter",
        PAGE,
    ),
    Claim(
        "4.1",
        "NumPy uses SIMD instructions of the processor",
        "yes",
        lambda: "yes" if simd() else "no",
        PAGE,
    ),
    Claim(
        "4.1",
        "the loop's head, for i in range[1,n_x]",
        "a loop",
        square_brackets,
        PAGE,
        correction="`range[1,n_x]` is a TypeError: a range is called with round "
        "brackets, `range(n_x)`.",
    ),
    Claim(
        "4.1",
        "terms that the loop from 1 to n_x adds in Python, for n_x = 5",
        5,
        terms_from_one,
        PAGE,
        correction="Python counts from 0 and stops before the end: range(1, n_x) "
        "leaves out the first feature. `range(n_x)` takes all.",
    ),
)
