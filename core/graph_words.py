"""The way back through a graph in formulas: local derivatives and the chain rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.formula import Apply, Node, Number, latex_name, to_latex
from core.graph import (
    OUTPUT,
    Edge,
    GraphNode,
    edges_from,
    find_node,
    local_slope,
    node_slopes,
)
from core.rounding import latex
from core.types import Array

# With more ways than this from J to a node, the chain rule is written for its users.
MAX_PATHS = 4

# ∂y/∂u and ∂y/∂v for each operation y; {u}, {v} and {y} are put in as LaTeX.
LOCAL_RULES: Mapping[str, tuple[str, ...]] = {
    "+": ("1", "1"),
    "-": ("1", "-1"),
    "*": ("{v}", "{u}"),
    "/": (r"\frac{{1}}{{{v}}}", r"-\frac{{{u}}}{{{v}^2}}"),
    "**": (r"{v} \cdot {u}^{{{v} - 1}}", r"{y} \cdot \log {u}"),
    "neg": ("-1",),
    "exp": ("{y}",),
    "log": (r"\frac{{1}}{{{u}}}",),
    "sqrt": (r"\frac{{1}}{{2 {y}}}",),
    "sin": (r"\cos {u}",),
    "cos": (r"-\sin {u}",),
    "tanh": ("1 - {y}^2",),
    "sigmoid": (r"{y} \, (1 - {y})",),
    "relu": (r"[{u} > 0]",),
    "abs": (r"\operatorname{{sign}} {u}",),
    "max": ("[{u} > {v}]", "[{v} > {u}]"),
    "min": ("[{u} < {v}]", "[{v} < {u}]"),
}


@dataclass(frozen=True)
class ChainRule:
    """dJ/dname as a product (or a sum of products) of local derivatives.

    Each as LaTeX: `left` is dJ/dname, `symbols` the product in symbols, `numbers` the
    same with the present values, `value` the result; `products` holds the value of
    each product by itself.
    """

    left: str
    symbols: str
    numbers: str
    value: str
    products: tuple[float, ...]


def local_rule(nodes: tuple[GraphNode, ...], edge: Edge) -> str:
    """∂target/∂source in symbols, as LaTeX: `c` for u = b·c and the edge from b.

    Square brackets are 1 where the condition in them holds, otherwise 0.
    """
    formula = find_node(nodes, edge.target).formula
    if not isinstance(formula, Apply):
        raise ValueError(f"{edge.target} is a variable: no edge leads there.")
    inputs = [in_brackets(each) for each in formula.inputs]
    power = formula.operation == "**" and edge.slot == 0
    if power and isinstance(formula.inputs[1], Number):
        return power_rule(inputs[0], formula.inputs[1].value)
    rule = LOCAL_RULES[formula.operation][edge.slot]
    return rule.format(u=inputs[0], v=inputs[-1], y=latex_name(edge.target))


def power_rule(u: str, exponent: float) -> str:
    """The slope of a power: 2 u for u², 3 u² for u³."""
    if exponent == 2:
        return f"2 {u}"
    if exponent == 1:
        return "1"
    return f"{exponent:g} {u}^{{{exponent - 1:g}}}"


def in_brackets(node: Node) -> str:
    """LaTeX of an input, in parentheses if it is a computed number like −2."""
    return (
        rf"\left({to_latex(node)}\right)" if isinstance(node, Apply) else to_latex(node)
    )


def derivative_latex(name: str) -> str:
    """dJ/dname as a fraction."""
    return rf"\frac{{dJ}}{{d{latex_name(name)}}}"


def partial_latex(target: str, source: str) -> str:
    """∂target/∂source as a fraction."""
    over, under = latex_name(target), latex_name(source)
    return rf"\frac{{\partial {over}}}{{\partial {under}}}"


def count_paths(nodes: tuple[GraphNode, ...], name: str) -> int:
    """In how many ways a change of this node reaches J."""
    counts = {OUTPUT: 1}
    for node in reversed(nodes[:-1]):
        users = {edge.target for edge in edges_from(nodes, node.name)}
        counts[node.name] = sum(counts.get(user, 0) for user in users)
    return counts[name]


def paths_to(nodes: tuple[GraphNode, ...], name: str) -> list[tuple[str, ...]]:
    """Every way from J back to the node, as names: (J, v, u, b)."""
    if name == OUTPUT:
        return [(OUTPUT,)]
    users = dict.fromkeys(edge.target for edge in edges_from(nodes, name))
    return [(*path, name) for user in users for path in paths_to(nodes, user)]


def slope_between(
    nodes: tuple[GraphNode, ...],
    values: Mapping[str, Array],
    target: str,
    source: str,
) -> float:
    """∂target/∂source, both uses together where a node is used twice, as in u·u."""
    edges = [each for each in edges_from(nodes, source) if each.target == target]
    return float(sum(local_slope(nodes, values, each) for each in edges))


def chain_rule(
    nodes: tuple[GraphNode, ...], values: Mapping[str, Array], name: str
) -> ChainRule:
    """The chain rule for dJ/dname, with these values put in. Notes §3.6.2

    One product for each way from J to the node. Where there are more than MAX_PATHS
    ways, one for each user of the node instead: dJ/duser · ∂user/∂name. Values are
    numbers here, not arrays.
    """
    slopes = node_slopes(nodes, values)
    left = derivative_latex(name)
    if name == OUTPUT:
        return ChainRule(left, "1", "1", latex(float(slopes[name])), ())
    terms: list[list[str]] = []
    factors: list[list[float]] = []
    if count_paths(nodes, name) <= MAX_PATHS:
        for path in paths_to(nodes, name):
            pairs = list(pairwise(path))
            terms.append([partial_latex(*pair) for pair in pairs])
            factors.append([slope_between(nodes, values, *pair) for pair in pairs])
    else:
        for user in dict.fromkeys(each.target for each in edges_from(nodes, name)):
            terms.append([derivative_latex(user), partial_latex(user, name)])
            local = slope_between(nodes, values, user, name)
            factors.append([float(slopes[user]), local])
    return ChainRule(
        left,
        " + ".join(r" \cdot ".join(each) for each in terms),
        " + ".join(r" \cdot ".join(map(factor_latex, each)) for each in factors),
        latex(float(slopes[name])),
        tuple(float(np.prod(each)) for each in factors),
    )


def factor_latex(x: float) -> str:
    """A number inside a product, in parentheses if it is negative."""
    return rf"({latex(x)})" if x < 0 else latex(x)
