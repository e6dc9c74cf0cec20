"""Figures of the computation graph page: forward, back, and a nudge that travels."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.colours import GRADIENT
from charts.formulas import coloured
from charts.graphs import Look, Plan, graph_figure, key_of, plan_of, tidy, title_of
from charts.long_formulas import aligned, equation
from core.graph import (
    OUTPUT,
    BackwardStep,
    Graph,
    backward_order,
    backward_steps,
    edges_from,
    edges_into,
    node_slopes,
    node_values,
    nudge_graph,
    numeric_slopes,
    parse,
    trouble,
)
from core.graph_words import chain_rule, local_rule, partial_latex
from core.rounding import latex, readable
from core.sweep import Readout, Sweep
from core.types import Array

# In sentences and tables; in a box there is room for fewer.
DIGITS, IN_BOX, IN_SLOPE = 7, 5, 4
# So many boxes beside each other are narrow on a phone: fewer digits, and no spaces.
MANY, IN_NARROW_BOX, IN_NARROW_SLOPE = 5, 4, 3
DEFAULT = "3*(a + b*c)"
VALUES = (5.0, 3.0, 2.0, 1.0, 4.0, -1.0)
LARGEST = 100.0
# Nudges of every size, both ways: near 0 the ratio is the derivative.
SIZES = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
NUDGES = (*(-h for h in SIZES), 0.0, *reversed(SIZES))
HIDDEN = "?"

CASES: Mapping[str, Mapping[str, object]] = {
    "c = 3": {"formula": DEFAULT, "a": 5.0, "b": 3.0, "c": 3.0},
    "a used twice": {"formula": "a*exp(-a/b)", "a": 2.0, "b": 4.0},
    "one neuron": {
        "formula": "sigmoid(w1*x1 + w2*x2 + b)",
        "w1": 0.5,
        "x1": 2.0,
        "w2": -1.0,
        "x2": 1.0,
        "b": 0.5,
    },
}

SQUARE = (
    "In J = b·b the same b is used twice. At b = 3, what is dJ/db?",
    6.0,
    "Each use brings back the value of the other one, 3, and the two ways add up: "
    "3 + 3 = 6. That is the rule (b²)′ = 2b, found by the graph.",
)
NOTICE = (
    "**What to notice.** Forward, a node needs only the values before it. Back, it "
    "needs only the gradient after it and its own local slope: no node has to know "
    "the whole formula. A node that is used twice adds up what both uses bring back. "
    "In code the notes write **db** for dJ/db, and so do the boxes."
)


def given(graph: Graph, values: Sequence[float]) -> dict[str, float]:
    """The values of the variables by name."""
    return dict(zip(graph.variables, values, strict=True))


def has_slopes(graph: Graph, values: Sequence[float]) -> bool:
    """Whether every node has a value and a gradient here."""
    at = node_values(graph.nodes, given(graph, values))
    slopes = node_slopes(graph.nodes, at)
    return bool(np.isfinite([*at.values(), *slopes.values()]).all())


def stop(graph: Graph, values: Sequence[float]) -> str:
    """Why there are no gradients here, in one sentence; '' if there are."""
    at = node_values(graph.nodes, given(graph, values))
    reason = trouble(graph.nodes, at)
    if reason or has_slopes(graph, values):
        return tidy(reason)
    slopes = node_slopes(graph.nodes, at)
    bad = [name for name, slope in slopes.items() if not np.isfinite(slope)]
    return f"J has a value here, but no slope in {' and '.join(bad)}."


# ---- the walk ------------------------------------------------------------------


def walk_chart(
    text: str, values: tuple[float, ...], told: int
) -> tuple[go.Figure, Sweep]:
    """The graph, walked forward and back; the first `told` gradients are shown."""
    graph = parse(text)
    at = node_values(graph.nodes, given(graph, values))
    order = backward_order(graph.nodes)
    known = set(order[: told + 1])
    plan = plan_of(graph)
    written = {name: value_words(plan, v) for name, v in at.items()}
    seen = {name: written[name] for name in graph.variables}
    looks, shown = [Look(seen, boxes=graph.variables)], ["start"]
    says = [f"Given: {and_list(graph.variables, at)}. Step on: the values go forward."]
    for node in graph.nodes:
        if node.is_variable:
            continue
        seen = {**seen, node.name: written[node.name]}
        lit = tuple(map(key_of, edges_into(node)))
        looks.append(Look(seen, boxes=(node.name,), wires=lit))
        shown.append(node.name)
        uses = and_list(tuple(dict.fromkeys(node.inputs)), at)
        title = title_of(graph, node.name)
        says.append(f"Forward: {title}. With {uses} that is {number(at[node.name])}.")
    at_J = node_slopes(graph.nodes, at)[OUTPUT]
    slopes = {OUTPUT: slope_words(plan, OUTPUT, at_J)}
    looks.append(Look(seen, slopes, (OUTPUT,), back=True))
    shown.append(f"d{OUTPUT}")
    if has_value(at):
        says.append(
            "Back: the slope of J in itself is 1. From here gradients flow back."
        )
    else:
        says.append("J has no value here, so no gradient flows back.")
    for step in way_back(graph, at):
        name = step.edge.source
        is_known = name in known
        so_far = step.total if is_known else None
        slopes = {**slopes, name: slope_words(plan, name, so_far)}
        lit = (key_of(step.edge),)
        looks.append(Look(seen, slopes, (name,), lit, back=True))
        shown.append(f"d{name}")
        says.append(back_sentence(graph, step, is_known=is_known))
    fig, moving = graph_figure(plan, looks)
    count = len(looks)
    return fig, Sweep(
        label="step",
        values=np.arange(count),
        shown=tuple(f"{i} of {count - 1}: {s}" for i, s in enumerate(shown)),
        moving=moving,
        says=tuple(says),
        run=True,
    )


def value_words(plan: Plan, value: float | Array) -> str:
    """A value as its box has room for it."""
    if plan.across < MANY:
        return f"= {number(value, IN_BOX)}"
    return f"={narrow(value, IN_NARROW_BOX)}"


def slope_words(plan: Plan, name: str, slope: float | Array | None) -> str:
    """A gradient as its box has room for it; `?` for one that is not told yet."""
    if plan.across < MANY:
        return f"d{name} = {HIDDEN if slope is None else number(slope, IN_SLOPE)}"
    return f"d{name}={HIDDEN if slope is None else narrow(slope, IN_NARROW_SLOPE)}"


def narrow(value: float | Array, digits: int) -> str:
    """A number for a narrow box: of one with a power of ten the size is enough."""
    text = number(value, digits)
    return number(value, 1).replace(" ", "") if "×" in text else text


def frame_of(graph: Graph, values: Sequence[float], told: int) -> float:
    """The step of the walk at which the last of the `told` gradients is complete.

    With none told yet: all values are there, and dJ, with which the way back begins.
    """
    start = 1 + sum(not node.is_variable for node in graph.nodes)
    known = backward_order(graph.nodes)[: told + 1]
    steps = way_back(graph, node_values(graph.nodes, given(graph, values)))
    return float(start + sum(step.edge.source in known for step in steps))


def has_value(at: Mapping[str, Array]) -> bool:
    """Whether J has a value: else there is nothing to take a slope of."""
    return bool(np.isfinite(at[OUTPUT]))


def way_back(graph: Graph, at: Mapping[str, Array]) -> tuple[BackwardStep, ...]:
    """What each edge brings back; nothing where J has no value."""
    return backward_steps(graph.nodes, at) if has_value(at) else ()


def back_sentence(graph: Graph, step: BackwardStep, *, is_known: bool) -> str:
    """What one edge brings back."""
    source, target = step.edge.source, step.edge.target
    rule = f"dJ/d{target} · ∂{target}/∂{source}"
    if not is_known:
        return f"Back: {target} hands on {rule}. How much is that? Answer first."
    brought = f"{number(step.upstream)} · {number(step.local)}"
    said = f"{rule} = {brought} = {number(step.contribution)}"
    users = edges_from(graph.nodes, source)
    if len(users) == 1:
        return f"Back: dJ/d{source} = {said}."
    place = users.index(step.edge) + 1
    end = f", so dJ/d{source} = {number(step.total)}." if step.complete else "."
    return (
        f"Back: {source} is used {len(users)} times. Use {place} brings {said}. "
        f"Together {number(step.total)}{end}"
    )


# ---- the questions -------------------------------------------------------------


def questions(graph: Graph, values: Sequence[float]) -> list[tuple[str, float, str]]:
    """For each node on the way back: the question, the gradient and why."""
    at = node_values(graph.nodes, given(graph, values))
    slopes = node_slopes(graph.nodes, at)
    steps = backward_steps(graph.nodes, at)
    asked = []
    for name in backward_order(graph.nodes)[1:]:
        mine = [step for step in steps if step.edge.source == name]
        uses = [title_of(graph, step.edge.target) for step in mine]
        used = "; ".join(dict.fromkeys(uses))
        question = (
            f"{used}, with {and_list(_around(graph, mine, name), at)}. "
            f"What is dJ/d{name}?"
        )
        asked.append((question, float(slopes[name]), _because(graph, mine, name)))
    return asked


def _around(graph: Graph, steps: Sequence[BackwardStep], name: str) -> tuple[str, ...]:
    """The node and what stands beside it where it is used."""
    names = {name: None}
    for step in steps:
        names.update(dict.fromkeys(graph.node(step.edge.target).inputs))
    return tuple(names)


def _because(graph: Graph, steps: Sequence[BackwardStep], name: str) -> str:
    """The gradient as a sum of products, and where each local slope comes from."""
    rules = " + ".join(f"dJ/d{s.edge.target} · ∂{s.edge.target}/∂{name}" for s in steps)
    factors = " + ".join(f"{number(s.upstream)} · {number(s.local)}" for s in steps)
    return f"dJ/d{name} = {rules} = {factors}.{_local_slopes(graph, steps)}"


def _local_slopes(graph: Graph, steps: Sequence[BackwardStep]) -> str:
    """Here ∂u/∂b = c = 2, for each edge whose slope is not a mere number; Markdown."""
    rules = {}
    for step in steps:
        edge, value = step.edge, latex(float(step.local))
        rule = local_rule(graph.nodes, edge)
        if rule != value:
            left = partial_latex(edge.target, edge.source)
            # In braces, or KaTeX would break the line at an equals sign.
            rules[f"${{{left} = {rule} = {value}}}$"] = None
    return f" Here {', '.join(rules)}." if rules else ""


# ---- formula and table ---------------------------------------------------------


def chain_formula(graph: Graph, values: Sequence[float], told: int) -> str:
    """The chain rule with symbols and with numbers, for the variables told so far."""
    at = node_values(graph.nodes, given(graph, values))
    known = backward_order(graph.nodes)[1 : told + 1]
    lines = []
    for name in known if not set(known) & set(graph.variables) else graph.variables:
        if name in known:
            rule = chain_rule(graph.nodes, at, name)
            sides = [rule.symbols, rule.numbers]
            if rule.numbers == rule.value:
                sides.pop()
            lines += equation(rule.left, *sides, coloured(rule.value, GRADIENT))
    return aligned(lines)


def node_table(graph: Graph, values: Sequence[float], told: int) -> pd.DataFrame:
    """Every node: what it computes, its value, its gradient; `?` until it is told.

    Beside the gradients of the variables stands what nudging both ways measures.
    """
    at = node_values(graph.nodes, given(graph, values))
    slopes = node_slopes(graph.nodes, at)
    measured = numeric_slopes(graph.nodes, given(graph, values))
    known = backward_order(graph.nodes)[: told + 1]
    rows = []
    for node in graph.nodes:
        name = node.name
        check = number(measured[name]) if name in measured else ""
        rows.append(
            (
                f"{name} (given)" if node.is_variable else title_of(graph, name),
                number(at[name]),
                number(slopes[name]) if name in known else HIDDEN,
                check if name in known else (HIDDEN if check else ""),
            )
        )
    columns = ["node", "value", "gradient dJ/d…", "measured by nudging"]
    return pd.DataFrame(rows, columns=columns)


# ---- the nudge -----------------------------------------------------------------


def nudge_chart(
    text: str, values: tuple[float, ...], name: str, told: bool
) -> tuple[go.Figure, Sweep]:
    """One variable nudged by more and less: every value after, and its change."""
    graph = parse(text)
    start = given(graph, values)
    before = node_values(graph.nodes, start)
    moved = _downstream(graph, name)
    slope = float(node_slopes(graph.nodes, before)[name])
    plan = plan_of(graph)
    looks, says, changes = [], [], []
    for h in NUDGES:
        after = before if h == 0 else nudge_graph(graph.nodes, start, name, h).after
        change = {each: float(after[each] - before[each]) for each in before}
        hot = tuple(each for each in moved if h != 0)
        lit = [key_of(e) for e in graph.edges if e.source in hot and e.target in hot]
        looks.append(
            Look(
                {each: value_words(plan, v) for each, v in after.items()},
                {each: signed(change[each]) for each in hot},
                hot,
                tuple(lit),
                back=True,
            )
        )
        changes.append(change[OUTPUT])
        says.append(_nudge_sentence(name, h, start[name], before, after, moved))
    fig, moving = graph_figure(plan, looks)
    # The ratio would answer the questions above.
    ratio = tuple(
        "" if h == 0 else readable(c / h, 6)
        for c, h in zip(changes, NUDGES, strict=True)
    )
    readout = (
        Readout("change of J", tuple(signed(c) for c in changes), "gradient"),
        Readout("change / nudge", ratio if told else (HIDDEN,) * len(NUDGES)),
        Readout(
            f"dJ/d{name}",
            (readable(slope, 6) if told else HIDDEN,) * len(NUDGES),
            "gradient",
        ),
    )
    return fig, Sweep(
        label=f"nudge of {name}",
        values=np.array(NUDGES),
        shown=tuple(signed(h) for h in NUDGES),
        moving=moving,
        readout=readout,
        says=tuple(says),
    )


def _downstream(graph: Graph, name: str) -> tuple[str, ...]:
    """The node and all that depend on it, in evaluation order."""
    reached = {name}
    for node in graph.nodes:
        if reached & set(node.inputs):
            reached.add(node.name)
    return tuple(node.name for node in graph.nodes if node.name in reached)


def _nudge_sentence(
    name: str,
    h: float,
    value: float,
    before: Mapping[str, Array],
    after: Mapping[str, Array],
    moved: Sequence[str],
) -> str:
    if h == 0:
        return f"Nothing is nudged yet. Drag to move {name}."
    if not has_value(before):
        return f"At {name} = {number(value)} J has no value: no change can be told."
    way = ", ".join(
        f"{each} from {number(before[each])} to {number(after[each])}"
        for each in moved[1:]
    )
    return f"{name} goes from {number(value)} to {number(value + h)}. It moves {way}."


# ---- the script ----------------------------------------------------------------


def script_prints(graph: Graph, told: int) -> list[tuple[str, str]]:
    """The value of each node, and the gradients told so far."""
    nodes = "parse(formula).nodes"
    prints = [
        (f"{node.name}", f"float(node_values({nodes}, given)[{node.name!r}])")
        for node in graph.nodes
    ]
    prints += [
        (
            f"dJ/d{name}",
            f"float(node_slopes({nodes}, node_values({nodes}, given))[{name!r}])",
        )
        for name in backward_order(graph.nodes)[: told + 1]
    ]
    return prints


def number(value: float | Array, digits: int = DIGITS) -> str:
    """A value as the page shows it."""
    text = readable(float(value), digits)
    return "no value" if text == "not defined" else text


def signed(change: float) -> str:
    """A change with its sign."""
    if not np.isfinite(change):
        return "no value"
    return ("+" if change > 0 else "") + readable(change, 4)


def and_list(names: Sequence[str], values: Mapping[str, Array]) -> str:
    """`a = 5, b = 3 and c = 2`."""
    parts = [f"{name} = {number(values[name])}" for name in names]
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
