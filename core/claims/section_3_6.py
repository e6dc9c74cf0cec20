"""Claims of the notes §3.6: the computation graph of J = 3(a + bc)."""

from collections.abc import Callable

from core.claim import Claim
from core.graph import parse
from core.graph_words import chain_rule

FORMULA = "3*(a + b*c)"
PAGE = "computation_graph"


def value(node: str, a: float, b: float, c: float) -> float:
    """What a node is worth."""
    return float(parse(FORMULA).forward(a=a, b=b, c=c)[node])


def slope(node: str, c: float = 2.0) -> float:
    """dJ/dnode at a = 5 and b = 3."""
    graph = parse(FORMULA)
    graph.forward(a=5.0, b=3.0, c=c)
    return float(graph.backward()[node])


def product_of_three() -> float:
    """∂J/∂v · ∂v/∂u · ∂u/∂b."""
    graph = parse(FORMULA)
    values = graph.forward(a=5.0, b=3.0, c=2.0)
    return chain_rule(graph.nodes, values, "b").products[0]


def steps() -> int:
    """How many nodes are computed, not given."""
    graph = parse(FORMULA)
    return len(graph.nodes) - len(graph.variables)


def claim(words: str, notes: float, compute: Callable[[], float]) -> Claim:
    """A number of §3.6, compared up to rounding."""
    return Claim("3.6", words, notes, compute, PAGE, 1e-9)


CLAIMS = (
    Claim("3.6", "steps from a, b and c to J = 3(a + bc)", 3, steps, PAGE),
    claim("v at a = 5, b = 3, c = 2", 11.0, lambda: value("v", 5, 3, 2)),
    claim("J at a = 5, b = 3, c = 2", 33.0, lambda: value("J", 5, 3, 2)),
    claim("dJ/dv", 3.0, lambda: slope("v")),
    claim("v after a: 5 → 5.001", 11.001, lambda: value("v", 5.001, 3, 2)),
    claim("J after a: 5 → 5.001", 33.003, lambda: value("J", 5.001, 3, 2)),
    claim("dJ/da", 3.0, lambda: slope("a")),
    claim("dJ/du", 3.0, lambda: slope("u")),
    claim("u after b: 3 → 3.001", 6.002, lambda: value("u", 5, 3.001, 2)),
    claim("v after b: 3 → 3.001", 11.002, lambda: value("v", 5, 3.001, 2)),
    claim("J after b: 3 → 3.001", 33.006, lambda: value("J", 5, 3.001, 2)),
    claim("dJ/db at c = 2", 6.0, lambda: slope("b")),
    claim("u at c = 3", 9.0, lambda: value("u", 5, 3, 3)),
    claim("v at c = 3", 14.0, lambda: value("v", 5, 3, 3)),
    claim("J at c = 3", 42.0, lambda: value("J", 5, 3, 3)),
    claim("at c = 3, u after b: 3 → 3.001", 9.003, lambda: value("u", 5, 3.001, 3)),
    claim("at c = 3, v after b: 3 → 3.001", 14.003, lambda: value("v", 5, 3.001, 3)),
    claim("at c = 3, J after b: 3 → 3.001", 42.009, lambda: value("J", 5, 3.001, 3)),
    claim("dJ/db at c = 3", 9.0, lambda: slope("b", 3.0)),
    claim("the product of dJ/dv, dv/du and du/db at c = 2", 6.0, product_of_three),
)
