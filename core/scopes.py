"""Which names in a piece of Python belong to the module around it.

A script that a learner takes home has to bring everything its functions use. A name
inside a function may be a parameter, a local variable or something of the module; only
the last kind has to come along, and only the last kind may be renamed.
"""

import ast
from collections.abc import Iterable, Iterator

Names = frozenset[str]
NOTHING: Names = frozenset()

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def module_names(
    node: ast.AST, hidden: Names = NOTHING, in_class: Names = NOTHING
) -> Iterator[ast.Name]:
    """Every name in this node that is looked up, or set, in the module.

    hidden: names that enclosing functions have of their own; in_class: names of the
    class body that the node stands in, which methods do not see
    """
    if isinstance(node, ast.Name):
        if node.id not in hidden | in_class:
            yield node
        return
    inner: Iterable[ast.AST] = ()
    outer: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        outer, inner = _around(node), body
        hidden_inside, class_inside = hidden | _parameters(node) | bound(body), NOTHING
    elif isinstance(node, ast.ClassDef):
        outer, inner = [*node.decorator_list, *node.bases, *node.keywords], node.body
        hidden_inside, class_inside = hidden, bound(node.body)
    elif isinstance(node, COMPREHENSIONS):
        first = node.generators[0].iter
        outer, inner = [first], _inside(node)
        hidden_inside, class_inside = hidden | _targets(node), NOTHING
    for child in outer:
        yield from module_names(child, hidden, in_class)
    for child in inner:
        yield from module_names(child, hidden_inside, class_inside)


def bound(body: Iterable[ast.AST]) -> Names:
    """The names that these statements set in their own scope."""
    names: set[str] = set()
    elsewhere: set[str] = set()
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.Global):
            elsewhere |= set(node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            names |= {node.name} if node.name else set()
        elif isinstance(node, ast.MatchMapping):
            names |= {node.rest} if node.rest else set()
        waiting += _same_scope(node)
    return frozenset(names - elsewhere)


def _same_scope(node: ast.AST) -> list[ast.AST]:
    """The parts of a node whose assignments land in the scope around it."""
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        return _around(node)
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords]
    if isinstance(node, COMPREHENSIONS):
        walrus = [n.target for n in ast.walk(node) if isinstance(n, ast.NamedExpr)]
        return [node.generators[0].iter, *walrus]
    return list(ast.iter_child_nodes(node))


def _around(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.AST]:
    """What is worked out when a function is defined, not when it is called."""
    arguments = node.args
    defaults = [*arguments.defaults, *(d for d in arguments.kw_defaults if d)]
    if isinstance(node, ast.Lambda):
        return list(defaults)
    notes = [argument.annotation for argument in _all_arguments(arguments)]
    return [n for n in (*node.decorator_list, *defaults, *notes, node.returns) if n]


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Names:
    return frozenset(argument.arg for argument in _all_arguments(node.args))


def _all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    plain = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return plain + [a for a in (arguments.vararg, arguments.kwarg) if a]


def _inside(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
) -> list[ast.AST]:
    """Everything of a comprehension but its first source, which stands outside."""
    first, *others = node.generators
    parts: list[ast.AST] = [first.target, *first.ifs, *others]
    if isinstance(node, ast.DictComp):
        return [*parts, node.key, node.value]
    return [*parts, node.elt]


def _targets(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
) -> Names:
    return bound(generator.target for generator in node.generators)
