"""A formula as a small tree: its value, its exact derivative, and how to write it.

The tree has four kinds of nodes and is built by `core.expressions.parse`.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from core.operations import GATES, OPERATIONS
from core.types import Array

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}


@dataclass(frozen=True)
class Number:
    """A number as typed, never negative."""

    value: float


@dataclass(frozen=True)
class Constant:
    """π or e, by its name in CONSTANTS."""

    name: str


@dataclass(frozen=True)
class Variable:
    """A name that gets its value later."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operation of OPERATIONS on one or two nodes."""

    operation: str
    inputs: tuple["Node", ...]


Node: TypeAlias = Number | Constant | Variable | Apply


@dataclass(frozen=True)
class Dual:
    """A value together with its slope; no slope (None) for what does not vary."""

    value: Array
    slope: Array | None


def variables_of(node: Node) -> frozenset[str]:
    """The names that the value of this node depends on."""
    if isinstance(node, Variable):
        return frozenset({node.name})
    if isinstance(node, Apply):
        return frozenset().union(*(variables_of(each) for each in node.inputs))
    return frozenset()


def evaluate(node: Node, values: Mapping[str, Array]) -> Array:
    """The value of the tree: inputs first, then the operation on top of them."""
    if isinstance(node, Apply):
        inputs = [evaluate(each, values) for each in node.inputs]
        return OPERATIONS[node.operation].value(*inputs)
    return leaf_value(node, values)


def leaf_value(
    node: Number | Constant | Variable, values: Mapping[str, Array]
) -> Array:
    """The value of a node without inputs."""
    if isinstance(node, Variable):
        return values[node.name]
    return np.asarray(
        node.value if isinstance(node, Number) else CONSTANTS[node.name],
        dtype=np.float64,
    )


def differentiate(node: Node, values: Mapping[str, Array], wrt: str) -> Dual:
    """Value and slope in one pass: the slope of the result is Σ ∂result/∂input · slope.

    This is forward mode: exact up to rounding, no step h anywhere.
    """
    if not isinstance(node, Apply):
        value = leaf_value(node, values)
        varies = isinstance(node, Variable) and node.name == wrt
        return Dual(value, np.ones_like(value) if varies else None)
    inputs = [differentiate(each, values, wrt) for each in node.inputs]
    operation = OPERATIONS[node.operation]
    at = [each.value for each in inputs]
    value = operation.value(*at)
    if all(each.slope is None for each in inputs):
        return Dual(value, None)
    parts = zip(operation.partials(*at), inputs, strict=True)
    return Dual(value, chain(parts_that_vary(parts), node.operation in GATES))


def parts_that_vary(parts: "zip[tuple[Array, Dual]]") -> list[tuple[Array, Array]]:
    """Partial and slope of the inputs that vary.

    A constant input is left out, not multiplied by 0: the partial of a² by its
    exponent does not exist for a < 0, and nobody asked for it.
    """
    return [(partial, dual.slope) for partial, dual in parts if dual.slope is not None]


def chain(parts: list[tuple[Array, Array]], gate: bool) -> Array:
    """Σ partial · slope. A gate shuts an input out even if its slope is infinite."""
    terms = [
        np.where(gate & (partial == 0), 0.0, partial * slope)
        for partial, slope in parts
    ]
    return np.asarray(sum(terms), dtype=np.float64)


# Writing: how tightly each operation holds its inputs; the rest are like f(…).
LEVEL: Mapping[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "**": 4}
ATOM = 5


def level(node: Node) -> int:
    """How tightly a node holds together when it is written next to others."""
    return LEVEL.get(node.operation, ATOM) if isinstance(node, Apply) else ATOM


def input_levels(operation: str) -> tuple[int, ...]:
    """The level below which each input needs parentheses."""
    if operation == "**":
        return ATOM, LEVEL["neg"]
    if operation == "neg":
        return (LEVEL["neg"],)
    if operation in LEVEL:
        return LEVEL[operation], LEVEL[operation] + 1
    return (0,) * OPERATIONS[operation].arity


def to_text(node: Node) -> str:
    """The formula in the form that a learner types, e.g. `exp(-a**2)`."""
    if isinstance(node, Number):
        return written_number(node.value)
    if not isinstance(node, Apply):
        return node.name
    wanted = zip(node.inputs, input_levels(node.operation), strict=True)
    inputs = [bracketed(to_text(each), level(each) < limit) for each, limit in wanted]
    return OPERATIONS[node.operation].text.format(*inputs)


def to_numpy(node: Node, decimals: bool = False) -> str:
    """The formula as NumPy source, e.g. `np.exp(-a**2)`. decimals: 2.0 for 2."""
    if isinstance(node, Number):
        return repr(node.value) if decimals else written_number(node.value)
    if not isinstance(node, Apply):
        return f"np.{node.name}" if isinstance(node, Constant) else node.name
    if node.operation in ("sigmoid", "relu"):
        return bracketed(
            to_numpy(spelled_out(node), decimals), node.operation == "sigmoid"
        )
    # NumPy refuses 2 ** -1 for its own integers, which np.maximum(1, 2) would make.
    plain = node.operation in ("+", "-", "*", "/", "neg") or variables_of(node)
    decimals = decimals or not plain
    wanted = zip(node.inputs, input_levels(node.operation), strict=True)
    inputs = [
        bracketed(to_numpy(each, decimals), level(each) < limit)
        for each, limit in wanted
    ]
    return OPERATIONS[node.operation].numpy.format(*inputs)


def spelled_out(node: Apply) -> Node:
    """σ(u) as 1/(1 + exp(−u)) and relu(u) as max(0, u): NumPy has neither."""
    if node.operation == "relu":
        return Apply("max", (Number(0.0), *node.inputs))
    below = Apply("exp", (Apply("neg", node.inputs),))
    return Apply("/", (Number(1.0), Apply("+", (Number(1.0), below))))


def written_number(value: float) -> str:
    """The shortest text that reads back as the same number: 3, 0.1, 1e-05."""
    return repr(value).removesuffix(".0")


def bracketed(text: str, needed: bool) -> str:
    """The text, in parentheses where they are needed."""
    return f"({text})" if needed else text


def to_latex(node: Node) -> str:
    """The formula as LaTeX, with fractions, powers, roots and σ."""
    if isinstance(node, Number):
        return latex_number(node.value)
    if isinstance(node, Constant):
        return r"\pi" if node.name == "pi" else "e"
    if isinstance(node, Variable):
        return latex_name(node.name)
    inputs = [to_latex(each) for each in node.inputs]
    if needs := latex_brackets(node):
        inputs = [
            rf"\left({text}\right)" if need else text
            for text, need in zip(inputs, needs, strict=True)
        ]
    if node.operation == "*" and reads_without_dot(node, inputs):
        return " ".join(inputs)
    return OPERATIONS[node.operation].latex.format(*inputs)


def latex_brackets(node: Apply) -> tuple[bool, ...]:
    """Which inputs need parentheses on paper; a fraction and an exponent need none."""
    if node.operation == "/" or node.operation not in LEVEL:
        return ()
    limits = input_levels(node.operation)
    needs = [
        level(each) < limit for each, limit in zip(node.inputs, limits, strict=True)
    ]
    if node.operation == "**":
        base = node.inputs[0]
        long_number = isinstance(base, Number) and "e" in written_number(base.value)
        return isinstance(base, Apply) or long_number, False
    if node.operation == "*":
        # A fraction is read as one thing, so a · (b/c) needs no parentheses.
        right = node.inputs[-1]
        needs[-1] = needs[-1] and not (
            isinstance(right, Apply) and right.operation == "/"
        )
    # Never two signs in a row on paper: a − (−b).
    return tuple(
        need or (index == len(needs) - 1 and starts_with_minus(node.inputs[index]))
        for index, need in enumerate(needs)
    )


def starts_with_minus(node: Node) -> bool:
    """Whether the written form of this node begins with a minus sign."""
    while isinstance(node, Apply) and node.operation in ("+", "-", "*"):
        node = node.inputs[0]
    return isinstance(node, Apply) and node.operation == "neg"


def reads_without_dot(node: Apply, inputs: list[str]) -> bool:
    """3 a needs no dot; 3 · 4 and a · b get one."""
    return isinstance(node.inputs[0], Number) and not re.match(
        r"[\d-]|\\left\(-|\\frac", inputs[1]
    )


def latex_number(value: float) -> str:
    """0.1 as it is, 1e-05 as a power of ten."""
    digits, _, exponent = written_number(value).partition("e")
    if not exponent:
        return digits
    ten = f"10^{{{int(exponent)}}}"
    return ten if digits == "1" else rf"{digits} \cdot {ten}"


def latex_name(name: str) -> str:
    """w1 with its index below, longer names upright."""
    if found := re.fullmatch(r"([A-Za-z])_?(\d+)", name):
        return f"{found[1]}_{{{found[2]}}}"
    if len(name) == 1:
        return name
    return rf"\mathrm{{{name}}}".replace("_", r"\_")
