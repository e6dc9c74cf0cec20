"""A formula as a computation graph: values go forward, derivatives come back (§3.6).

A graph has one node for each variable, one for each operation and J for the last of
them. A part that occurs twice in the formula is one node with two users. Plain numbers
are no nodes: they belong to the operation that uses them, as the 3 does in J = 3v.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.expressions import (
    FUNCTION_NAMES,
    OTHER_NAMES,
    PIECES,
    SAME_AS,
    finite_or_nan,
    shaped,
)
from core.expressions import parse as parse_formula
from core.formula import (
    CONSTANTS,
    Apply,
    Node,
    Variable,
    evaluate,
    to_latex,
    to_text,
    variables_of,
)
from core.gradient_check import central_differences
from core.operations import GATES, OPERATIONS
from core.rounding import readable
from core.safe_source import ExpressionError
from core.types import Array

MAX_VARIABLES = 6
OUTPUT = "J"
INTERMEDIATE = "uvwpqrst"
VARIABLE_NAME = re.compile(r"[A-Za-z](_?\d{1,2})?")
LETTERS = re.compile(r"[A-Za-z]\d{0,2}")
MAX_RUN = 3  # letters side by side that are taken for a product: abc, not hello


@dataclass(frozen=True)
class GraphNode:
    """One node: its name and what it computes from the nodes before it.

    `formula` is an operation on names of nodes, like a + u for v; for a variable it
    is the variable itself. `inputs` are the nodes that it uses, from left to right,
    one of them twice in u·u.
    """

    name: str
    formula: Node
    inputs: tuple[str, ...]

    @property
    def is_variable(self) -> bool:
        """Whether its value is given, not computed."""
        return isinstance(self.formula, Variable)

    def text(self) -> str:
        """What it computes as typed, e.g. `a + u`."""
        return to_text(self.formula)

    def latex(self) -> str:
        """What it computes as LaTeX."""
        return to_latex(self.formula)


@dataclass(frozen=True)
class Edge:
    """The node `source` is input number `slot` of the node `target`."""

    source: str
    target: str
    slot: int


@dataclass(frozen=True)
class BackwardStep:
    """What one edge brings back: ∂target/∂source · dJ/dtarget.

    total: dJ/dsource so far, the sum over the edges walked back until now;
    complete: this was its last edge, so total is dJ/dsource.
    """

    edge: Edge
    local: Array
    upstream: Array
    contribution: Array
    total: Array
    complete: bool


@dataclass
class Graph:
    """A formula in steps; `nodes` stand in evaluation order, J comes last.

    `forward` remembers its values, because `backward` needs them. A graph that
    several people share is used through `node_values` and `node_slopes` instead.
    """

    text: str
    variables: tuple[str, ...]
    nodes: tuple[GraphNode, ...]
    values: dict[str, Array] = field(default_factory=dict)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Every use of a node by another one, in evaluation order."""
        return tuple(each for node in self.nodes for each in edges_into(node))

    def node(self, name: str) -> GraphNode:
        """The node of that name. Raises ValueError if there is none."""
        return find_node(self.nodes, name)

    def forward(self, **values: float | Array) -> dict[str, Array]:
        """The value of every node, by name: inputs first, then what uses them.

        Numbers, or arrays of one shape for many cases at once. NaN from the first
        node on that has no value there. Raises ValueError unless every variable,
        and nothing else, is given. Notes §3.6
        """
        self.values = node_values(self.nodes, values)
        return dict(self.values)

    def backward(self) -> dict[str, Array]:
        """dJ/dnode for every node, by name, at the values of the last `forward`.

        Raises ValueError before the first one. Notes §3.6.1
        """
        if not self.values:
            raise ValueError("Run forward first: the derivatives need its values.")
        return node_slopes(self.nodes, self.values)


# From a formula to a graph.


def parse(text: str) -> Graph:
    """The graph of a typed formula, its steps named u, v, … and J at the end.

    Up to MAX_VARIABLES variables, each a letter, or a letter with a number like x1.
    The rest is as in `core.expressions`. Raises ExpressionError.
    """
    names = variables_in(text)
    tree = parse_formula(text, names or ("a", "b", "c")).tree
    if not isinstance(tree, Apply) or not names:
        message = "A graph needs a variable and something to compute, as in 3*a."
        raise ExpressionError(message, text, 0)
    variables = tuple(name for name in names if name in variables_of(tree))
    steps = shared_steps(tree)
    called = step_names(steps, variables)
    inputs = [GraphNode(name, Variable(name), ()) for name in variables]
    computed = [step_node(step, called) for step in steps]
    return Graph(to_text(tree), variables, (*inputs, *computed))


def variables_in(text: str) -> tuple[str, ...]:
    """The names in a text that can be variables, in the order of their appearance."""
    names: dict[str, None] = {}
    for found in PIECES.finditer(text):
        name = SAME_AS.get(found[0], found[0])
        if found.lastgroup != "name" or name in CONSTANTS or name in names:
            continue
        if not VARIABLE_NAME.fullmatch(name):
            called = text[found.end() :].lstrip().startswith("(")
            # A name before a parenthesis and J = 3*bc are for the next reader.
            if not called and "=" not in text and (message := no_variable(name)):
                raise ExpressionError(message, text, found.start())
            continue
        # In J = 3*a it is the = that is wrong, and the next reader says so.
        if name == OUTPUT and "=" not in text:
            message = "J is the name of the result. Take another letter."
            raise ExpressionError(message, text, found.start())
        if len(names) == MAX_VARIABLES:
            message = f"{name} is one variable too many: {MAX_VARIABLES} at most."
            raise ExpressionError(message, text, found.start())
        names[name] = None
    return tuple(names)


def no_variable(name: str) -> str:
    """What to say about a name that is too long for a variable; '' if a function's.

    Any letter may be a variable here, so bc is b times c, and hello is nothing.
    """
    if name in OTHER_NAMES or any(each in name for each in FUNCTION_NAMES):
        return ""
    letters = LETTERS.findall(name)
    if "".join(letters) == name and len(letters) <= MAX_RUN:
        return f"{name} is not known here. To multiply, write {'*'.join(letters)}."
    shown = name if len(name) <= 20 else f"{name[:20]}…"
    return f"{shown} is not known here. A variable is one letter, or like x1."


def names_e(text: str) -> bool:
    """Whether the number e stands in a formula, where a variable may be meant."""
    return any(found[0] == "e" for found in PIECES.finditer(text))


def shared_steps(tree: Node) -> tuple[Apply, ...]:
    """The operations on variables, each once, every one after those that it uses."""
    steps: dict[Apply, None] = {}

    def visit(node: Node) -> None:
        if isinstance(node, Apply) and variables_of(node) and node not in steps:
            for each in node.inputs:
                visit(each)
            steps[node] = None

    visit(tree)
    return tuple(steps)


def step_names(
    steps: tuple[Apply, ...], variables: tuple[str, ...]
) -> dict[Apply, str]:
    """u, v, w, p, …, then u2, v2, …: what is still free; J for the last step."""
    # Beside the weights w1 and w2 a sum called w would be taken for theirs.
    letters = {name[0] for name in variables}
    free = (name for name in endless_names() if name[0] not in letters)
    names = {step: next(free) for step in steps[:-1]}
    return {**names, steps[-1]: OUTPUT}


def endless_names() -> Iterator[str]:
    """u, v, w, p, q, r, s, t, then the same with 2, with 3 and so on."""
    count = 1
    while True:
        for letter in INTERMEDIATE:
            yield letter if count == 1 else f"{letter}{count}"
        count += 1


def step_node(step: Apply, called: Mapping[Apply, str]) -> GraphNode:
    """The node of one step, with the steps that it uses replaced by their names."""
    inputs = tuple(
        Variable(called[each]) if isinstance(each, Apply) and each in called else each
        for each in step.inputs
    )
    names = tuple(each.name for each in inputs if isinstance(each, Variable))
    return GraphNode(called[step], Apply(step.operation, inputs), names)


def find_node(nodes: tuple[GraphNode, ...], name: str) -> GraphNode:
    """The node of that name. Raises ValueError if there is none."""
    for node in nodes:
        if node.name == name:
            return node
    raise ValueError(f"This graph has no node {name!r}.")


def edges_into(node: GraphNode) -> tuple[Edge, ...]:
    """The edges from a node's inputs, none for a variable or from a number."""
    if not isinstance(node.formula, Apply):
        return ()
    return tuple(
        Edge(each.name, node.name, slot)
        for slot, each in enumerate(node.formula.inputs)
        if isinstance(each, Variable)
    )


def edges_from(nodes: tuple[GraphNode, ...], name: str) -> tuple[Edge, ...]:
    """The edges to all users of a node."""
    edges = (each for node in nodes for each in edges_into(node))
    return tuple(each for each in edges if each.source == name)


# Forward: values.


def node_values(
    nodes: tuple[GraphNode, ...], given: Mapping[str, float | Array]
) -> dict[str, Array]:
    """The value of every node for these values of the variables. Notes §3.6

    Raises ValueError unless exactly the variables are given.
    """
    variables = [node.name for node in nodes if node.is_variable]
    if set(given) != set(variables):
        wanted = ", ".join(f"{name}=…" for name in variables)
        raise ValueError(f"This graph needs exactly these values: {wanted}")
    values = {name: np.asarray(given[name], dtype=np.float64) for name in variables}
    inputs = dict(values)
    # Where a step has no value it gets NaN, and so do all that use it: no warning.
    with np.errstate(all="ignore"):
        for node in nodes:
            values[node.name] = finite_or_nan(evaluate(node.formula, values))
    return {node.name: shaped(values[node.name], inputs) for node in nodes}


def without_value(
    nodes: tuple[GraphNode, ...], values: Mapping[str, Array]
) -> GraphNode | None:
    """The first node that has no value (in any of the cases), None if all have one."""
    for node in nodes:
        if np.any(np.isnan(values[node.name])):
            return node
    return None


# Backward: derivatives.


def local_slope(
    nodes: tuple[GraphNode, ...], values: Mapping[str, Array], edge: Edge
) -> Array:
    """∂target/∂source: how the target reacts if this input of it is nudged alone.

    For u = b·c and the edge from b this is the value of c.
    """
    formula = find_node(nodes, edge.target).formula
    if not isinstance(formula, Apply):
        raise ValueError(f"{edge.target} is a variable: no edge leads there.")
    # Outside the domain the slope is NaN by design, so NumPy need not warn.
    with np.errstate(all="ignore"):
        at = [evaluate(each, values) for each in formula.inputs]
        return OPERATIONS[formula.operation].partials(*at)[edge.slot][()]


def backward_order(nodes: tuple[GraphNode, ...]) -> tuple[str, ...]:
    """J, then the other steps from last to first, then the variables."""
    steps = [node.name for node in nodes if not node.is_variable]
    return (*reversed(steps), *(node.name for node in nodes if node.is_variable))


def backward_steps(
    nodes: tuple[GraphNode, ...], values: Mapping[str, Array]
) -> tuple[BackwardStep, ...]:
    """The way back from J, node by node, one step for each edge. Notes §3.6.2

    A node is finished before those that it was computed from. One that is used twice
    takes two steps, whose contributions add up. A gate like relu that is shut brings
    back 0, however steep it is on the other side.
    """
    usable = np.isfinite(values[OUTPUT])
    slopes = {OUTPUT: np.where(usable, 1.0, np.nan)}
    shut = {OUTPUT: np.zeros_like(usable)}
    steps: list[BackwardStep] = []
    for name in backward_order(nodes)[1:]:
        total, all_shut = np.zeros_like(slopes[OUTPUT]), np.ones_like(usable)
        users = edges_from(nodes, name)
        for edge in users:
            local, upstream = local_slope(nodes, values, edge), slopes[edge.target]
            closed = shut[edge.target] | (is_gate(nodes, edge.target) & (local == 0))
            contribution = through(closed & usable, local, upstream)
            total, all_shut = total + contribution, all_shut & closed
            complete = edge == users[-1]
            steps.append(
                BackwardStep(edge, local, upstream, contribution, total, complete)
            )
        slopes[name], shut[name] = total, all_shut
    return tuple(steps)


def is_gate(nodes: tuple[GraphNode, ...], name: str) -> bool:
    """Whether the node is a max, min or relu, which can shut an input out."""
    formula = find_node(nodes, name).formula
    return isinstance(formula, Apply) and formula.operation in GATES


def through(closed: Array, local: Array, upstream: Array) -> Array:
    """local · upstream, 0 where closed, NaN where the product is not finite."""
    # An infinite slope (that of sqrt at 0) times 0 is no number: NaN, not a warning.
    with np.errstate(all="ignore"):
        return finite_or_nan(np.where(closed, 0.0, local * upstream))[()]


def node_slopes(
    nodes: tuple[GraphNode, ...], values: Mapping[str, Array]
) -> dict[str, Array]:
    """dJ/dnode for every node at these values. Notes §3.6.1"""
    slopes = {OUTPUT: np.where(np.isfinite(values[OUTPUT]), 1.0, np.nan)[()]}
    for step in backward_steps(nodes, values):
        slopes[step.edge.source] = step.total[()]
    return {node.name: slopes[node.name] for node in nodes}


# Nudging: what derivatives claim, tried out.


@dataclass(frozen=True)
class GraphNudge:
    """All values before and after one variable moved by h, and each change over h."""

    before: dict[str, Array]
    after: dict[str, Array]
    ratio: dict[str, Array]


def nudge_graph(
    nodes: tuple[GraphNode, ...],
    given: Mapping[str, float | Array],
    name: str,
    h: float,
) -> GraphNudge:
    """Move the variable `name` by h and watch the change travel to J. Notes §3.6.1

    Raises ValueError for h = 0 and for a name that is no variable.
    """
    if name not in given or h == 0:
        raise ValueError("Nudge one of the variables, by more or less than 0.")
    before = node_values(nodes, given)
    after = node_values(nodes, {**given, name: given[name] + h})
    ratio = {each: (after[each] - before[each]) / h for each in before}
    return GraphNudge(before, after, ratio)


def numeric_slopes(
    nodes: tuple[GraphNode, ...], given: Mapping[str, float]
) -> dict[str, float]:
    """dJ/dvariable by central differences, to check `backward` with. Notes §3.1"""
    names = list(given)

    def J(x: Array) -> float:
        return float(node_values(nodes, dict(zip(names, x, strict=True)))[OUTPUT])

    slopes = central_differences(J, np.array([given[name] for name in names]))
    return dict(zip(names, slopes.tolist(), strict=True))


def trouble(nodes: tuple[GraphNode, ...], values: Mapping[str, Array]) -> str:
    """Which step has no value, and at which inputs; '' if all have one."""
    node = without_value(nodes, values)
    if node is None:
        return ""
    at = " and ".join(
        f"{name} = {readable(float(values[name]))}"
        for name in dict.fromkeys(node.inputs)
    )
    return f"{node.name} = {node.text()} has no value at {at}."
