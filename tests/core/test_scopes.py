"""Python's own symbol tables are the judge of which names belong to the module."""

import argparse
import ast
import collections
import dataclasses
import importlib
import inspect
import statistics
import symtable
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

import core
from core.scopes import module_names

CORE = sorted(path.stem for path in Path(core.__path__[0]).glob("[a-z]*.py"))
MODULES = [
    *(importlib.import_module(f"core.{name}") for name in CORE),
    argparse,
    ast,
    collections,
    dataclasses,
    inspect,
    statistics,
    textwrap,
]


def judged(text: str) -> set[str]:
    """Names that Python looks up in the module, from its symbol tables."""
    top = symtable.symtable(text, "text", "exec")
    names = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    waiting = list(top.get_children())
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        names |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_global() and symbol.is_referenced()
        }
    return names


def found(text: str) -> set[str]:
    nodes = module_names(ast.parse(text))
    return {node.id for node in nodes if isinstance(node.ctx, ast.Load)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_whole_modules_are_judged_alike(module: ModuleType) -> None:
    source = inspect.getsource(module)
    for statement in ast.parse(source).body:
        text = ast.unparse(statement)
        # Names with two leading underscores are rewritten inside classes.
        assert {n for n in found(text) if n[:2] != "__"} == {
            n for n in judged(text) if n[:2] != "__"
        }, text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("def f(a, b=c): return a + b + d", {"c", "d"}),
        ("def f():\n    cost = 1\n    return cost", set()),
        ("def f():\n    return cost\ncost = 1", {"cost"}),
        ("def f():\n    def g(): return x\n    x = 1\n    return g", set()),
        ("class C:\n    x = 1\n    def f(self): return x", {"x"}),
        ("class C:\n    x = 1\n    y = x", set()),
        ("[x for x in x]", {"x"}),
        ("def f(y): return {k: v + w for k, v in y if k}", {"w"}),
        ("def f(): return [(last := n) for n in m], last", {"m"}),
        ("f = lambda a, *b, c=d, **e: a + b + c + e + g", {"d", "g"}),
        ("def f():\n    global n\n    n = 1\n    return n", {"n"}),
        ("def f():\n    try: pass\n    except E as e: return e", {"E"}),
        ("def f(v):\n    match v:\n        case [x, *r]: return x, r, s", {"s"}),
        ("def f(v):\n    match v:\n        case {'a': 1, **r}: return r", set()),
        ("def f():\n    import a.b\n    return a", set()),
        ("def f(x: T) -> R: ...", {"T", "R"}),
        ("def f():\n    x: T = 1", {"T"}),
        ("@d\nclass C(B, metaclass=M): ...", {"d", "B", "M"}),
        ("async def f(): return [x async for x in y]", {"y"}),
    ],
)
def test_small_cases_by_hand_and_by_python(text: str, names: set[str]) -> None:
    assert found(text) == names == judged(text)
