"""Modules of the project, cut into statements by the names that they set."""

import ast
import importlib
import inspect
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.scopes import module_names

Key = tuple[str, str]
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Import:
    """A name from outside the project: a module, or one name of a module."""

    module: str
    name: str | None
    alias: str


@dataclass(frozen=True)
class Module:
    """A module's lines (UTF-8, as ast counts), statements, and who sets which name."""

    name: str
    lines: tuple[bytes, ...]
    statements: tuple[ast.stmt, ...]
    where: Mapping[str, tuple[ast.stmt, ...]]


def load(name: str, modules: dict[str, Module]) -> Module:
    """The module of this name, read once and then kept in modules."""
    if name not in modules:
        source = inspect.getsource(importlib.import_module(name))
        statements = tuple(ast.parse(source).body)
        where: dict[str, tuple[ast.stmt, ...]] = {}
        for statement in statements:
            for set_name in names_set(statement):
                where[set_name] = (*where.get(set_name, ()), statement)
        lines = tuple(source.encode().split(b"\n"))
        modules[name] = Module(name, lines, statements, where)
    return modules[name]


def names_set(statement: ast.stmt) -> list[str]:
    """The module's names that a plain statement sets; none for any other kind."""
    if isinstance(statement, DEFINITIONS):
        return [statement.name]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name.split(".")[0] for alias in statement.names]
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        stored = (n for n in module_names(statement) if isinstance(n.ctx, ast.Store))
        return [node.id for node in stored]
    return []


def statement_of(name: str, module: Module) -> ast.stmt:
    """The one statement of the module that sets this name.

    Raises ValueError if there is none, or more than one.
    """
    found = module.where.get(name, ())
    if len(found) != 1:
        times = "more than once" if found else "nowhere"
        raise ValueError(f"{name} is set {times} at the top of {module.name}.")
    return found[0]


def lines_of(statement: ast.stmt, module: Module) -> tuple[int, tuple[bytes, ...]]:
    """Where a statement starts and its lines, decorators and comment above included."""
    decorators = getattr(statement, "decorator_list", [])
    start = min([statement.lineno, *(node.lineno for node in decorators)])
    while start > 1 and module.lines[start - 2].startswith(b"#"):
        start -= 1
    return start, module.lines[start - 1 : statement.end_lineno]


def imported(statement: ast.Import | ast.ImportFrom, name: str) -> str:
    """What the name was called where it was imported from."""
    pairs = zip(names_set(statement), statement.names, strict=True)
    return next(alias.name for local, alias in pairs if local == name)


def follow(
    key: Key, modules: dict[str, Module], project: Iterable[str]
) -> Key | Import:
    """What a name at the top of a module stands for, through imports of imports.

    project: the packages whose modules are followed

    Raises ValueError for an import that names no single thing.
    """
    module, name = load(key[0], modules), key[1]
    statement = statement_of(name, module)
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return key
    if isinstance(statement, ast.ImportFrom) and statement.level:
        raise ValueError(f"{module.name} imports {name} by a relative import.")
    original = imported(statement, name)
    origin = getattr(statement, "module", None) or original
    if origin.split(".")[0] not in project:
        outside = original if isinstance(statement, ast.ImportFrom) else None
        return Import(origin, outside, name)
    if isinstance(statement, ast.Import):
        raise ValueError(f"{module.name} should import {name} by 'from … import …'.")
    target = follow((origin, original), modules, project)
    if original == name:
        return target
    # "import cost as logistic_cost" will be a line "logistic_cost = cost".
    return (
        key if isinstance(target, tuple) else Import(target.module, target.name, name)
    )


def in_order(modules: Mapping[str, Module]) -> list[Module]:
    """The modules, each after those that it imports from."""
    ordered: dict[str, Module] = {}

    def place(name: str) -> None:
        if name in ordered or name not in modules:
            return
        for statement in modules[name].statements:
            if isinstance(statement, ast.ImportFrom):
                place(str(statement.module))
        ordered[name] = modules[name]

    for name in sorted(modules):
        place(name)
    return list(ordered.values())


def import_lines(imports: Iterable[Import]) -> str:
    """Import statements in the usual order: what Python brings, a gap, then NumPy.

    Raises ValueError for anything else, or for one name with two meanings.
    """
    wanted = set(imports)
    names = [one.alias for one in wanted]
    for one in wanted:
        root = one.module.split(".")[0]
        if names.count(one.alias) > 1:
            raise ValueError(f"{one.alias} stands for two different imports.")
        if root != "numpy" and root not in sys.stdlib_module_names:
            raise ValueError(f"{root} would be needed, but a script has only NumPy.")
    ours = {one for one in wanted if one.module.split(".")[0] == "numpy"}
    blocks = [_block(block) for block in (wanted - ours, ours) if block]
    return "\n\n".join(blocks)


def _block(imports: Iterable[Import]) -> str:
    whole: list[str] = []
    single: dict[str, list[str]] = {}
    for one in sorted(imports, key=lambda one: (one.module, one.name or "")):
        if one.name is None:
            plain = one.alias == one.module.split(".")[0]
            whole.append(f"import {one.module}" + ("" if plain else f" as {one.alias}"))
        else:
            name = one.name if one.alias == one.name else f"{one.name} as {one.alias}"
            single.setdefault(one.module, []).append(name)
    froms = [f"from {module} import {', '.join(n)}" for module, n in single.items()]
    return "\n".join(whole + froms)
