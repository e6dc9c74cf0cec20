"""Logistic regression's gradients, from two loops to none, one rewriting at a time.

Each stage is a whole function that runs, and a test holds them all together. The one
without any loop is what is left when nothing can be rewritten any more (§4.2).
"""

import ast
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np

from core.loop import code_lines, loss, sigma
from core.stopwatch import Lane, Timing, processor_clock, race, samples
from core.types import Array

# What the page shows number by number.
MOST_EXAMPLES, MOST_FEATURES = 12, 8


@dataclass(frozen=True)
class Gradients:
    """J, dw (n_x, 1) and db of one pass over the examples."""

    J: float
    dw: Array
    db: float


def sigmas(Z: Array) -> Array:
    """σ of every number of Z, in one call. Z of any shape → the same shape"""
    return 1 / (1 + np.exp(-Z))


def mean_loss(A: Array, Y: Array) -> float:
    """The mean of all losses. A, Y (1, m) → scalar"""
    return float(np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A))))


def two_loops(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """Over the examples, and inside over the features. Notes §4.2"""
    n_x, m = X.shape
    J, db = 0.0, 0.0
    dw = np.zeros((n_x, 1))
    for i in range(m):
        z = b
        for k in range(n_x):
            z += w[k, 0] * X[k, i]
        a = sigma(z)
        J += loss(a, Y[0, i])
        dz = a - Y[0, i]
        for k in range(n_x):
            dw[k, 0] += X[k, i] * dz
        db += dz
    J, dw, db = J / m, dw / m, db / m
    return Gradients(J, dw, db)


def dot_for_z(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """z in one product: the loop over features is gone there. Notes §4.1"""
    n_x, m = X.shape
    J, db = 0.0, 0.0
    dw = np.zeros((n_x, 1))
    for i in range(m):
        z = np.dot(w[:, 0], X[:, i]) + b
        a = sigma(z)
        J += loss(a, Y[0, i])
        dz = a - Y[0, i]
        for k in range(n_x):
            dw[k, 0] += X[k, i] * dz
        db += dz
    J, dw, db = J / m, dw / m, db / m
    return Gradients(J, dw, db)


def one_loop(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """dw as one column: only the loop over the examples is left. Notes §4.2"""
    n_x, m = X.shape
    J, db = 0.0, 0.0
    dw = np.zeros((n_x, 1))
    for i in range(m):
        z = np.dot(w[:, 0], X[:, i]) + b
        a = sigma(z)
        J += loss(a, Y[0, i])
        dz = a - Y[0, i]
        dw += X[:, [i]] * dz
        db += dz
    J, dw, db = J / m, dw / m, db / m
    return Gradients(J, dw, db)


def all_z(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """Every z before the loop, in one product. Notes §4.2.1"""
    n_x, m = X.shape
    J, db = 0.0, 0.0
    dw = np.zeros((n_x, 1))
    Z = np.dot(w.T, X) + b
    for i in range(m):
        a = sigma(Z[0, i])
        J += loss(a, Y[0, i])
        dz = a - Y[0, i]
        dw += X[:, [i]] * dz
        db += dz
    J, dw, db = J / m, dw / m, db / m
    return Gradients(J, dw, db)


def all_a(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """Every a before the loop, and with them the cost. Notes §4.2.1"""
    n_x, m = X.shape
    db = 0.0
    dw = np.zeros((n_x, 1))
    Z = np.dot(w.T, X) + b
    A = sigmas(Z)
    J = mean_loss(A, Y)
    for i in range(m):
        dz = A[0, i] - Y[0, i]
        dw += X[:, [i]] * dz
        db += dz
    dw, db = dw / m, db / m
    return Gradients(J, dw, float(db))


def all_dz(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """Every dz before the loop, in one difference. Notes §4.2.2"""
    n_x, m = X.shape
    db = 0.0
    dw = np.zeros((n_x, 1))
    Z = np.dot(w.T, X) + b
    A = sigmas(Z)
    J = mean_loss(A, Y)
    dZ = A - Y
    for i in range(m):
        dw += X[:, [i]] * dZ[0, i]
        db += dZ[0, i]
    dw, db = dw / m, db / m
    return Gradients(J, dw, float(db))


def no_loop(X: Array, Y: Array, w: Array, b: float) -> Gradients:
    """No loop at all: dw is one product, db one sum. Notes §4.2.2

    X (n_x, m), Y (1, m), w (n_x, 1), b scalar → J, dw (n_x, 1), db
    """
    m = X.shape[1]
    Z = np.dot(w.T, X) + b
    A = sigmas(Z)
    J = mean_loss(A, Y)
    dZ = A - Y
    dw = np.dot(X, dZ.T) / m
    db = np.sum(dZ) / m
    return Gradients(J, dw, float(db))


Form = Callable[[Array, Array, Array, float], Gradients]
STAGES: tuple[Form, ...] = (
    two_loops,
    dot_for_z,
    one_loop,
    all_z,
    all_a,
    all_dz,
    no_loop,
)
FORMS: Mapping[str, Form] = {"two": two_loops, "one": one_loop, "none": no_loop}


def descend(
    X: Array, Y: Array, w: Array, b: float, alpha: float, steps: int
) -> tuple[Array, float, list[float]]:
    """Gradient descent without a loop over examples or features; one over the steps.

    X (n_x, m), Y (1, m), w (n_x, 1) → w, b and J before each step. Notes §4.2.2
    """
    J = []
    for _ in range(steps):
        at = no_loop(X, Y, w, b)
        J.append(at.J)
        w, b = w - alpha * at.dw, b - alpha * at.db
    return w, b, J


# ---- reading the listings ----------------------------------------------------------

# What a line works on, in the order of the computation; the notes' names, small.
PARTS = ("z", "a", "J", "dz", "dw", "db")


@dataclass(frozen=True)
class Line:
    """One line of a listing, and the parts that it works on: z, a, J, dz, dw, db."""

    text: str
    parts: tuple[str, ...]


@lru_cache(maxsize=16)
def listing(form: Form) -> tuple[Line, ...]:
    """The lines of a stage, with the parts that each of them computes."""
    return tuple(Line(text, parts_of(text, after)) for text, after in _pairs(form))


def _pairs(form: Form) -> list[tuple[str, str]]:
    lines = code_lines(form)[:-1]
    return list(zip(lines, (*lines[1:], ""), strict=True))


def parts_of(line: str, after: str = "") -> tuple[str, ...]:
    """What a line assigns to; a loop over features belongs to what stands in it."""
    bare = line.strip()
    if bare.startswith("for k"):
        return parts_of(after)
    if bare.startswith("for"):
        return ()
    (statement,) = ast.parse(bare).body
    if isinstance(statement, ast.Assign):
        (target,) = statement.targets
    else:
        assert isinstance(statement, ast.AugAssign)
        target = statement.target
    names = [
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load | ast.Store)
    ]
    small = [{"Z": "z", "A": "a", "dZ": "dz"}.get(name, name) for name in names]
    return tuple(part for part in PARTS if part in small)


def changed(form: Form, before: Form) -> tuple[bool, ...]:
    """For each line of a stage, whether the stage before did not have it."""
    old = [line.text.strip() for line in listing(before)]
    return tuple(line.text.strip() not in old for line in listing(form))


def loops_in(form: Form) -> int:
    """How many loops stand in a stage's code."""
    tree = ast.parse(inspect.getsource(form))
    return sum(isinstance(node, ast.For) for node in ast.walk(tree))


def turns(form: Form, n_x: int, m: int) -> int:
    """How often the body of a loop runs in Python, for m examples of n_x features."""
    text = inspect.getsource(form)
    inner = text.count("for k in range(n_x)")
    return m * (1 + inner * n_x) if "for i in range(m)" in text else 0


# ---- examples, and how far apart the stages are --------------------------------------


def examples(n_x: int, m: int, seed: int = 0) -> tuple[Array, Array, Array, float]:
    """X (n_x, m), Y (1, m) of 0 and 1, w (n_x, 1) and b, the same at every call."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_x, m))
    Y = (rng.random((1, m)) < 0.5).astype(float)
    return X, Y, rng.standard_normal((n_x, 1)) / math.sqrt(n_x), 0.1


def apart(one: Gradients, other: Gradients) -> float:
    """The largest difference between two results, over J, dw and db."""
    differences = (one.J - other.J, *(one.dw - other.dw).ravel(), one.db - other.db)
    return float(np.max(np.abs(differences)))


def largest_difference(n_x: int, m: int, seed: int = 0) -> float:
    """How far any stage is from the two loops, on the same examples."""
    given = examples(n_x, m, seed)
    first = two_loops(*given)
    return max(apart(stage(*given), first) for stage in STAGES[1:])


# ---- the race ----------------------------------------------------------------------

FEATURES, EXAMPLES = 20, 100  # what stays while the other grows
GROWING_M = (10, 30, 100, 300, 1_000, 3_000, 10_000)
GROWING_N = (1, 3, 10, 30, 100, 300, 1_000)
M_SECONDS, N_SECONDS, QUICK_SECONDS = 1.0, 0.7, 0.03


def lanes(along: str, largest: int) -> tuple[Lane, ...]:
    """The three forms over m ("m") or over n_x ("n_x"), up to `largest`."""
    sizes = tuple(s for s in (GROWING_M if along == "m" else GROWING_N) if s <= largest)

    def lane(name: str, form: Form) -> Lane:
        def prepare(size: int) -> Callable[[], object]:
            shape = (FEATURES, size) if along == "m" else (size, EXAMPLES)
            given = examples(*shape)
            return lambda: form(*given)

        return Lane(f"{along} {name}", sizes, prepare)

    return tuple(lane(name, form) for name, form in FORMS.items())


def full_race() -> tuple[Timing, ...]:
    """The three forms over m, then over n_x: 2 s of work at most."""
    clock = processor_clock()
    timed = race(lanes("m", max(GROWING_M)), M_SECONDS, clock)
    return timed + race(lanes("n_x", max(GROWING_N)), N_SECONDS, clock)


def quick_race() -> tuple[Timing, ...]:
    """Small sizes only: some hundredths of a second."""
    clock = processor_clock()
    timed = race(lanes("m", 30), QUICK_SECONDS, clock)
    return timed + race(lanes("n_x", 3), QUICK_SECONDS, clock)


ASKED = 1_000


@cache
def asked() -> tuple[float, float]:
    """Seconds with two loops and with none, for 1,000 examples; once a server."""
    given, clock = examples(FEATURES, ASKED), processor_clock()
    two, none = (
        float(np.median(samples(partial(form, *given), 0.05, clock)))
        for form in (two_loops, no_loop)
    )
    return two, none


# ---- the order of the last four lines ---------------------------------------------

KNOWN_BEFORE = frozenset({"np", "w", "X", "b", "Y", "m", "sigmas"})
SHUFFLED = (
    "dZ = A - Y",
    "Z = np.dot(w.T, X) + b",
    "dw = np.dot(X, dZ.T) / m",
    "A = sigmas(Z)",
)


def order_that_runs(lines: tuple[str, ...], known: frozenset[str]) -> tuple[int, ...]:
    """In which order the lines can run, each after what it needs; counted from 1.

    Raises ValueError when a line needs what no line computes.
    """
    order: list[int] = []
    have = set(known)
    while len(order) < len(lines):
        ready = [
            at
            for at, line in enumerate(lines, 1)
            if at not in order and _needs(line) <= have
        ]
        if not ready:
            raise ValueError("A line needs something that no line computes.")
        order.append(ready[0])
        have.add(lines[ready[0] - 1].split(" = ")[0])
    return tuple(order)


def _needs(line: str) -> set[str]:
    nodes = [n for n in ast.walk(ast.parse(line)) if isinstance(n, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)}
