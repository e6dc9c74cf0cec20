"""Claims of the notes §4.2: logistic regression without loops."""

import ast
import inspect
from collections.abc import Callable
from statistics import median

import numpy as np

from core.claim import Claim, Value
from core.loop import sigma
from core.machine import machine
from core.rewriting import (
    apart,
    examples,
    loops_in,
    no_loop,
    one_loop,
    sigmas,
    two_loops,
)
from core.stopwatch import processor_clock, samples
from core.types import Array

PAGE = "vectorized_logistic"
N_X, M = 2, 4


def z_of_the_listing() -> str:
    """What comes of z[i] = w[i]*x[i] + b, for 2 features and 4 examples."""
    X, _, w, b = examples(N_X, M)
    try:
        return str([w[i] * X[i] + b for i in range(M)])
    except IndexError as error:
        return type(error).__name__


def without_a_sign() -> str:
    """What Python makes of dw[k] += x[k,i]dz[i]."""
    try:
        return type(ast.parse("dw[k] += x[k,i]dz[i]").body[0]).__name__
    except SyntaxError as error:
        return type(error).__name__


def dw_out_of_nothing() -> str:
    """What comes of dw[k] = 0 where no dw has been made before."""
    names = {n.id for n in ast.walk(ast.parse("dw[k] = 0")) if isinstance(n, ast.Name)}
    made = {"k", "J", "db"}
    return "NameError" if names - made else "zeros"


def small_t() -> str:
    """What comes of w.t, as the last listing writes the transpose."""
    w = examples(N_X, M)[2]
    return "an array" if hasattr(w, "t") else "AttributeError"


def Z() -> Array:
    """wᵀX + b with one number b. (1, m)"""
    X, _, w, b = examples(N_X, M)
    return np.asarray(np.dot(w.T, X) + b)


def dZ() -> Array:
    """A − Y. (1, m)"""
    return np.asarray(sigmas(Z()) - examples(N_X, M)[1])


def b_written_out() -> str:
    """Whether b as a (1, m) matrix B gives another Z than b as one number."""
    X, _, w, b = examples(N_X, M)
    return (
        "the same Z"
        if np.array_equal(Z(), np.dot(w.T, X) + np.full((1, M), b))
        else ("another Z")
    )


def sigma_of_a_vector() -> str:
    """Whether σ of the whole Z is σ of each z."""
    each = [[sigma(float(z)) for z in Z()[0]]]
    return "the same A" if np.allclose(sigmas(Z()), each, atol=1e-15) else "another A"


def undivided() -> float:
    """How far dw is off when dz is divided by m in the end, and dw is not."""
    X = examples(N_X, M)[0]
    dw = np.dot(X, dZ().T)
    return float(np.max(np.abs(dw - dw / M)))


def depth(function: Callable[..., object]) -> int:
    """How many loops stand inside one another in a function's code."""

    def below(node: ast.AST) -> int:
        deepest = max((below(child) for child in ast.iter_child_nodes(node)), default=0)
        return deepest + isinstance(node, ast.For)

    return below(ast.parse(inspect.getsource(function)))


def without_loops() -> str:
    """Whether no loop is faster than two, for 100 examples of 20 features."""
    given = examples(20, 100)
    clock = processor_clock()
    slow = median(samples(lambda: two_loops(*given), 0.05, clock))
    fast = median(samples(lambda: no_loop(*given), 0.05, clock))
    return "faster" if fast < slow else "slower"


def claim(
    words: str,
    notes: Value,
    compute: Callable[[], Value],
    tolerance: float = 0.0,
    correction: str = "",
) -> Claim:
    """A claim of this section."""
    return Claim("4.2", words, notes, compute, PAGE, tolerance, correction)


CLAIMS = (
    claim("loops inside one another in the first form", 2, lambda: depth(two_loops)),
    claim("loops left once dw is a vector", 1, lambda: loops_in(one_loop)),
    claim("loops in the last form, for one step", 0, lambda: loops_in(no_loop)),
    claim(
        "z[i] = w[i]*x[i] + b, for 2 features and 4 examples",
        "z",
        z_of_the_listing,
        correction="i counts the examples, but w has one weight for each feature: "
        "`w[i]` runs out of weights. Meant is z = wᵀx⁽ⁱ⁾ + b, a sum over all features, "
        "which is a loop of its own in the first form.",
    ),
    claim(
        "the line dw[k] += x[k,i]dz[i]",
        "a sum",
        without_a_sign,
        correction="Python wants the sign of multiplication: `x[k,i]*dz[i]`.",
    ),
    claim(
        "dw[k] = 0 as the first thing said about dw",
        "zeros",
        dw_out_of_nothing,
        correction="There is no dw yet to put a 0 into: `dw = np.zeros((n_x, 1))` "
        "makes it, as the second listing does.",
    ),
    claim("shape of Z = wᵀX + B, for 4 examples", (1, M), lambda: Z().shape),
    claim("b as one number, or written out as B (1, m)", "the same Z", b_written_out),
    claim("σ of all Z, or of each z", "the same A", sigma_of_a_vector),
    claim("shape of dZ = A − Y, for 4 examples", (1, M), lambda: dZ().shape),
    claim(
        "np.sum(dZ)/m minus the loop's db",
        0.0,
        lambda: no_loop(*examples(N_X, M)).db - two_loops(*examples(N_X, M)).db,
        1e-12,
    ),
    claim(
        "np.dot(X, dZ.T)/m minus the loop's dw, at most",
        0.0,
        lambda: apart(no_loop(*examples(N_X, M)), two_loops(*examples(N_X, M))),
        1e-12,
    ),
    claim(
        "“dz /= m” after the sums: how far dw is off then",
        0.0,
        undivided,
        1e-12,
        "A slip of the pen: `dw /= m` belongs there. Dividing dz afterwards leaves dw "
        "m times too large.",
    ),
    claim(
        "Z = np.dot(w.t, x) + b in the last listing",
        "an array",
        small_t,
        correction="The transpose is `w.T`, with a capital T.",
    ),
    claim(
        "no loop against two, 100 examples of 20 features, timed on " + machine(),
        "faster",
        without_loops,
    ),
)
