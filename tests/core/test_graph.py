"""Graphs: the notes' numbers, autograd on random formulas, sharing, words, drawing."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.expressions import parse as parse_formula
from core.graph import (
    MAX_VARIABLES,
    backward_steps,
    names_e,
    node_slopes,
    node_values,
    nudge_graph,
    numeric_slopes,
    parse,
    trouble,
)
from core.graph_layout import apart, layout
from core.graph_words import LOCAL_RULES, MAX_PATHS, chain_rule, count_paths, local_rule
from core.operations import OPERATIONS
from core.safe_source import ExpressionError
from core.source import script
from tests.take_home import run

NOTES = "3*(a+b*c)"


def steps_of(text):
    return [(node.name, node.text()) for node in parse(text).nodes]


# The notes' example.


def test_the_graph_of_the_notes():
    assert steps_of(NOTES)[3:] == [("u", "b*c"), ("v", "a + u"), ("J", "3*v")]
    assert parse(NOTES).variables == ("a", "b", "c")


@pytest.mark.parametrize(
    ("a", "b", "c", "u", "v", "J"),
    [
        (5, 3, 2, 6, 11, 33),
        (5.001, 3, 2, 6, 11.001, 33.003),
        (5, 3.001, 2, 6.002, 11.002, 33.006),
        (5, 3, 3, 9, 14, 42),
        (5, 3.001, 3, 9.003, 14.003, 42.009),
    ],
)
def test_the_values_of_the_notes(a, b, c, u, v, J):
    values = parse(NOTES).forward(a=a, b=b, c=c)
    assert (values["u"], values["v"], values["J"]) == pytest.approx((u, v, J), abs=1e-9)


def test_the_derivatives_of_the_notes():
    graph = parse(NOTES)
    graph.forward(a=5, b=3, c=2)
    assert graph.backward() == {"a": 3, "b": 6, "c": 9, "u": 3, "v": 3, "J": 1}
    graph.forward(a=5, b=3, c=3)
    assert graph.backward()["b"] == 9


def test_one_step_back_for_each_edge_node_by_node():
    graph = parse(NOTES)
    graph.forward(a=5, b=3, c=2)
    steps = backward_steps(graph.nodes, graph.values)
    edges = ["v J", "u v", "a v", "b u", "c u"]
    assert [f"{s.edge.source} {s.edge.target}" for s in steps] == edges
    assert [s.local for s in steps] == [3, 1, 1, 2, 3]
    assert [s.upstream for s in steps] == [1, 3, 3, 3, 3]
    assert all(s.complete and s.total == s.contribution for s in steps)


def test_backward_needs_forward():
    with pytest.raises(ValueError, match="forward first"):
        parse(NOTES).backward()


def test_a_nudge_travels():
    nudge = nudge_graph(parse(NOTES).nodes, {"a": 5, "b": 3, "c": 2}, "b", 0.001)
    assert nudge.after["J"] == pytest.approx(33.006)
    ratios = {"a": 0, "b": 1, "c": 0, "u": 2, "v": 2, "J": 6}
    assert nudge.ratio == pytest.approx(ratios, abs=1e-9)
    for name, h in (("u", 0.1), ("a", 0.0)):
        with pytest.raises(ValueError, match="Nudge one"):
            nudge_graph(parse(NOTES).nodes, {"a": 5, "b": 3, "c": 2}, name, h)


# Sharing.


def test_a_shared_part_is_one_node_whose_paths_add_up():
    graph = parse("(a+b)*c + (a+b)**2")
    assert [n.name for n in graph.nodes] == ["a", "b", "c", "u", "v", "w", "J"]
    graph.forward(a=1, b=2, c=4)
    slopes = graph.backward()
    assert slopes["u"] == 4 + 2 * 3
    assert slopes["a"] == slopes["b"] == 10
    u = [s for s in backward_steps(graph.nodes, graph.values) if s.edge.source == "u"]
    assert [(s.total, s.complete) for s in u] == [(4, False), (10, True)]


def test_a_variable_used_twice_in_one_step():
    graph = parse("a*a")
    assert graph.forward(a=3) == {"a": 3, "J": 9}
    assert graph.backward()["a"] == 6
    assert [edge.slot for edge in graph.edges] == [0, 1]


def test_numbers_are_no_nodes():
    assert steps_of("2*pi*a + 2**3") == [
        ("a", "a"),
        ("u", "2*pi*a"),
        ("J", "u + 2**3"),
    ]


def test_names_that_are_taken_are_passed_over():
    assert [name for name, _ in steps_of("u*v + w*u")] == ["u", "v", "w", "p", "q", "J"]
    many = "+".join(f"a**{n}" for n in range(2, 12))
    names = [name for name, _ in steps_of(many)]
    assert len(set(names)) == len(names) == 20


# Autograd on random formulas.

UNARY = ["exp", "sin", "cos", "tanh", "sigmoid", "relu", "abs", "log", "sqrt", "neg"]
ORACLE = {
    **{n: getattr(anp, n) for n in ("exp", "sin", "cos", "tanh", "log", "sqrt", "abs")},
    "sigmoid": lambda u: 1 / (1 + anp.exp(-u)),
    "relu": lambda u: anp.maximum(0.0, u),
    "max": anp.maximum,
    "min": anp.minimum,
}


def grown(part):
    pair = st.tuples(part, part)
    return st.one_of(
        st.tuples(pair, st.sampled_from("+-*/")).map(
            lambda x: f"({x[0][0]}) {x[1]} ({x[0][1]})"
        ),
        st.tuples(pair, st.sampled_from(["max", "min"])).map(
            lambda x: f"{x[1]}({x[0][0]}, {x[0][1]})"
        ),
        st.tuples(part, st.sampled_from(UNARY)).map(
            lambda x: f"-({x[0]})" if x[1] == "neg" else f"{x[1]}({x[0]})"
        ),
        st.tuples(part, st.integers(2, 3)).map(lambda x: f"({x[0]})**{x[1]}"),
        # Twice the same part: a shared node.
        part.map(lambda x: f"({x}) * (({x}) + 1)"),
    )


LEAVES = st.sampled_from(["a", "b", "c", "d", "x1", "x2", "2", "0.5"])
FORMULAS = st.recursive(LEAVES, grown, max_leaves=6)
VALUE = st.integers(1, 40).map(lambda n: n / 8 + 0.03)


def graph_of(text):
    """The graph of a random formula; formulas without one are drawn again."""
    try:
        return parse(text)
    except ExpressionError:
        return assume(False)


@settings(max_examples=200, deadline=None)
@given(FORMULAS, st.lists(VALUE, min_size=6, max_size=6))
def test_derivatives_agree_with_autograd(text, numbers):
    graph = graph_of(text)
    at = dict(zip(["a", "b", "c", "d", "x1", "x2"], numbers, strict=True))
    at = {name: at[name] for name in graph.variables}
    values = graph.forward(**at)
    assume(not trouble(graph.nodes, values) and abs(values["J"]) < 1e8)
    # The oracle reads the text by itself, and knows nothing of our tree.
    oracle = eval(f"lambda {', '.join(at)}: {text} + 0.0*({'+'.join(at)})", ORACLE)
    assert values["J"] == pytest.approx(oracle(**at), rel=1e-9, abs=1e-9)
    slopes = graph.backward()
    for index, name in enumerate(at):
        with np.errstate(all="ignore"):
            expected = autograd.grad(oracle, index)(*at.values())
        if np.isfinite(expected) and np.isfinite(slopes[name]):
            assert slopes[name] == pytest.approx(expected, rel=1e-7, abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(FORMULAS, st.lists(VALUE, min_size=6, max_size=6))
def test_forward_mode_agrees_with_going_back(text, numbers):
    graph = graph_of(text)
    at = dict(zip(["a", "b", "c", "d", "x1", "x2"], numbers, strict=True))
    at = {name: at[name] for name in graph.variables}
    assume(not trouble(graph.nodes, graph.forward(**at)))
    formula, slopes = parse_formula(text, graph.variables), graph.backward()
    for name in at:
        expected = formula.derivative(name, **at)
        np.testing.assert_allclose(slopes[name], expected, rtol=1e-9, atol=1e-9)


def test_a_step_is_not_named_like_the_variables():
    names = [node.name for node in parse("sigmoid(w1*x1 + w2*x2 + b)").nodes]
    assert names == ["w1", "x1", "w2", "x2", "b", "u", "v", "p", "q", "J"]
    steps = parse("(u + v*w)*(p + q*r) + u").nodes[6:-1]
    assert not {step.name[0] for step in steps} & set("uvwpqr")


def test_numeric_slopes_agree():
    graph, at = parse("sigmoid(a*b) + c/a"), {"a": 0.7, "b": -1.2, "c": 2.0}
    graph.forward(**at)
    exact = graph.backward()
    numeric = numeric_slopes(graph.nodes, at)
    assert numeric == pytest.approx({name: exact[name] for name in at}, rel=1e-6)


def test_many_cases_at_once():
    graph, a = parse("log(a) * b"), np.array([-1.0, 1.0, 2.0])
    values = node_values(graph.nodes, {"a": a, "b": 3.0})
    slopes = node_slopes(graph.nodes, values)
    assert all(each.shape == (3,) for each in (*values.values(), *slopes.values()))
    assert np.isnan([values["J"][0], slopes["a"][0]]).all()
    np.testing.assert_allclose(slopes["a"][1:], 3 / a[1:])


# Where there is no value.


def test_the_step_without_a_value_is_named():
    graph = parse("b*log(a)")
    values = graph.forward(a=-1, b=2)
    assert np.isnan(values["J"])
    assert np.isnan(graph.backward()["b"])
    assert trouble(graph.nodes, values) == "u = log(a) has no value at a = −1."
    assert trouble(graph.nodes, graph.forward(a=1, b=2)) == ""


def test_a_shut_gate_hides_an_infinite_slope():
    graph = parse("max(5, sqrt(a))")
    graph.forward(a=0)
    assert graph.backward()["a"] == 0
    graph = parse("sqrt(a)**2")
    graph.forward(a=0)
    assert np.isnan(graph.backward()["a"])


def test_the_number_e_is_no_variable():
    assert names_e("a+b+c+d+e+f")
    assert "e" not in parse("a+b+c+d+e+f").variables
    assert not names_e("exp(a) + 1e-3*b + e2")


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("J*2", "name of the result", 0),
        ("J = 3*a", "no = sign", 2),
        ("a+b+c+d+f+g+h", "h is one variable too many", 12),
        ("3*4", "needs a variable", 0),
        ("a", "something to compute", 0),
        ("3*(ab)", r"write a\*b", 3),
        ("3*(a+bc)", r"write b\*c", 5),
        ("3(a+bc)", r"write b\*c", 4),
        ("abc", r"write a\*b\*c", 0),
        ("w1x1 + b", r"write w1\*x1", 0),
        ("3(a+b)", r"write 3\*", 1),
        ("foo(a)", "The functions are exp, log", 0),
        ("a*hello", "one letter, or like x1", 2),
        ("bc = 3", "no = sign", 3),
        ("log2*a", "Did you mean log", 0),
        ("asin(a)", r"write a\*sin", 0),
        ("", "Type a formula", 0),
        ("3*(a+b", "never closed", 2),
        ("ln(a)", "natural logarithm", 0),
    ],
)
def test_what_cannot_be_a_graph(text, message, position):
    with pytest.raises(ExpressionError, match=message) as caught:
        parse(text)
    assert caught.value.position == position


@given(st.text(max_size=60))
def test_any_text_is_a_graph_or_an_explained_error(text):
    try:
        graph = parse(text)
    except ExpressionError:
        return
    assert len(graph.variables) <= MAX_VARIABLES
    assert graph.nodes[-1].name == "J"


def test_forward_takes_exactly_the_variables():
    for values in ({"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3, "d": 4}):
        with pytest.raises(ValueError, match=r"a=…, b=…, c=…"):
            parse(NOTES).forward(**values)
    with pytest.raises(ValueError, match="no node 'z'"):
        parse(NOTES).node("z")


# Words.


def test_the_chain_rule_with_numbers():
    graph = parse(NOTES)
    rule = chain_rule(graph.nodes, graph.forward(a=5, b=3, c=2), "b")
    assert rule.left == r"\frac{dJ}{db}"
    assert rule.symbols.count(r"\partial") == 6
    assert rule.numbers == r"3 \cdot 1 \cdot 2"
    assert (rule.value, rule.products) == ("6", (6.0,))
    assert chain_rule(graph.nodes, graph.values, "J").value == "1"


def test_two_paths_are_two_products():
    graph = parse("(a+b)*c - (a+b)**2")
    rule = chain_rule(graph.nodes, graph.forward(a=1, b=2, c=4), "a")
    assert rule.products == (4.0, -6.0)
    assert rule.value == "-2"
    assert "(-1)" in rule.numbers


@settings(max_examples=60, deadline=None)
@given(FORMULAS, st.lists(VALUE, min_size=6, max_size=6))
def test_the_products_add_up_to_the_derivative(text, numbers):
    graph = graph_of(text)
    at = dict(zip(["a", "b", "c", "d", "x1", "x2"], numbers, strict=True))
    values = graph.forward(**{name: at[name] for name in graph.variables})
    slopes = graph.backward()
    for name, slope in slopes.items():
        if name != "J" and np.isfinite(slope):
            products = chain_rule(graph.nodes, values, name).products
            if np.isfinite(sum(products)):
                assert sum(products) == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_many_paths_are_written_for_the_users_only():
    text = "a"
    for _ in range(3):
        text = f"({text})*(({text})+1)"
    graph = parse(text)
    assert count_paths(graph.nodes, "a") == 2**3 > MAX_PATHS
    rule = chain_rule(graph.nodes, graph.forward(a=0.1), "a")
    assert len(rule.products) == 2
    assert sum(rule.products) == pytest.approx(float(graph.backward()["a"]))


def test_every_operation_has_its_local_rule():
    assert {k: len(v) for k, v in LOCAL_RULES.items()} == {
        k: operation.arity for k, operation in OPERATIONS.items()
    }


def test_local_rules_read_well():
    graph = parse("a*b + a**2 + a**3 + exp(-a)")
    rules = {(e.source, e.target): local_rule(graph.nodes, e) for e in graph.edges}
    targets = {node.text(): node.name for node in graph.nodes}
    assert rules["a", targets["a*b"]] == "b"
    assert rules["a", targets["a**2"]] == "2 a"
    assert rules["a", targets["a**3"]] == "3 a^{2}"
    assert rules["a", targets["-a"]] == "-1"
    exp = next(node for node in graph.nodes if node.text().startswith("exp"))
    assert rules[exp.inputs[0], exp.name] == exp.name


# Drawing.


def test_the_layout_of_the_notes():
    drawn = layout(parse(NOTES))
    assert drawn.column == {"a": 0, "b": 0, "c": 0, "u": 1, "v": 2, "J": 3}
    assert (drawn.row["a"], drawn.row["u"]) == (0, 1.5)
    wire = next(w for w in drawn.wires if w.edge.source == "a")
    assert wire.column == (0, 1, 2)


@settings(max_examples=100, deadline=None)
@given(FORMULAS)
def test_nothing_is_drawn_on_top_of_something_else(text):
    graph = graph_of(text)
    drawn = layout(graph)
    for edge in graph.edges:
        assert drawn.column[edge.source] < drawn.column[edge.target]
    places = {(drawn.column[n], drawn.row[n]): {n} for n in drawn.column}
    assert len(places) == len(drawn.column)
    for wire in drawn.wires:
        for point in zip(wire.column[1:-1], wire.row[1:-1], strict=True):
            places.setdefault(point, {wire.edge.source}).add(wire.edge.source)
    assert all(len(names) == 1 for names in places.values())
    by_column = {}
    for column, row in places:
        by_column.setdefault(column, []).append(row)
    for rows in by_column.values():
        assert np.diff(sorted(rows)).min(initial=1.0) > 1 - 1e-9


def test_rows_keep_their_place_where_they_can():
    wanted = {("a", 1): 0.0, ("b", 1): 0.5, ("c", 1): 4.0}
    assert list(apart(wanted).values()) == [-0.25, 0.75, 4.0]


def test_the_graph_goes_home():
    text = script(
        [parse],
        {"formula": NOTES},
        [
            ("J", 'parse(formula).forward(a=5, b=3, c=2)["J"]'),
        ],
        heading="A graph",
    )
    assert run(text) == {"J": 33.0}
