"""The code that ran, to read beside its numbers and to take home as one script.

`bundle` follows the names that a function uses through the modules of the project and
puts the sources it finds into one text that needs only NumPy. Modules stand in the
order in which they import one another and statements in the order of their module, so
what runs here runs there.
"""

import ast
import builtins
import inspect
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from core.literals import Source, exact, is_name, literal
from core.modules import (
    DEFINITIONS,
    Import,
    Key,
    Module,
    follow,
    import_lines,
    imported,
    in_order,
    lines_of,
    load,
    names_set,
    statement_of,
)
from core.scopes import module_names

Function = Callable[..., object]
NUMPY = Import("numpy", None, "np")
# What a script's own lines may call besides its functions and NumPy.
PLAIN_BUILTINS = frozenset({"abs", "float", "int", "len", "max", "min", "range", "sum"})


@dataclass(frozen=True)
class Collection:
    """All that belongs into one script.

    links says, for each wanted (module, name), what the names inside it stand for;
    final says what each is called in the script.
    """

    modules: Mapping[str, Module]
    links: Mapping[Key, Mapping[str, Key]]
    imports: frozenset[Import]
    final: Mapping[Key, str]


def sources(functions: Iterable[Function]) -> str:
    """The source of these functions and classes alone, as they stand in the core."""
    texts = dict.fromkeys(inspect.getsource(function) for function in functions)
    return "\n\n".join(textwrap.dedent(text) for text in texts)


def bundle(functions: Iterable[Function], names: Iterable[str] = ()) -> str:
    """Source that brings these functions and all they use, and needs only NumPy.

    functions: functions and classes of the core; names: constants and tables to bring
    as well, each written as "core.activations.ACTIVATIONS"

    Where two modules use one name for different things, the one that was asked for
    keeps it, and others (both, if both were asked for) get their module's name in
    front: logistic_forward, shallow_forward. `final_names` says which.

    Raises ValueError for what cannot be taken along, and says why.
    """
    return _text(_collect(functions, names), ())


def final_names(
    functions: Iterable[Function], names: Iterable[str] = ()
) -> dict[str, str]:
    """What everything in the bundle is called: {"core.logistic.cost": "cost", …}."""
    final = _collect(functions, names).final
    return {f"{module}.{name}": called for (module, name), called in final.items()}


def script(
    functions: Iterable[Function],
    values: Mapping[str, object],
    prints: Sequence[tuple[str, str]],
    heading: str,
    names: Iterable[str] = (),
) -> str:
    """A script that needs only NumPy and prints a page's numbers, with every digit.

    values: the page's inputs by name; prints: pairs of a label and an expression in
    these names and functions; heading: words for the top

    It prints one line "label: value" for each pair: numbers, and arrays as lists.
    Raises ValueError for a label used twice and for names that would not be known.
    """
    _check_labels([label for label, _ in prints])
    types = dict.fromkeys(t for value in values.values() for t in _dataclasses(value))
    parts = _collect([*functions, *types, exact], names)
    called = {kind: parts.final[key_of(kind)] for kind in types}
    known = {*parts.final.values(), *(one.alias for one in (*parts.imports, NUMPY))}
    lines = []
    for name, value in values.items():
        if not is_name(name) or name in known:
            raise ValueError(f"{name!r} cannot name a value: it is taken or no name.")
        if isinstance(value, Source):
            _check_names(value.text, known)
        known.add(name)
        lines.append(f"{name} = {literal(value, called)}")
    shown = [_print_line(label, expression, known) for label, expression in prints]
    code = _text(parts, [NUMPY]).rstrip("\n")
    sections = [_comment(heading), code, "\n".join(lines), "\n".join(shown)]
    return "\n\n\n".join(section for section in sections if section) + "\n"


def key_of(function: Function) -> Key:
    """Module and name of a function or class; for a method, those of its class.

    Raises ValueError for a lambda and for a function made inside another one.
    """
    path = getattr(function, "__qualname__", "<nothing>")
    if "<" in path:
        raise ValueError(f"{function!r} has no name of its own to take along.")
    return function.__module__, path.split(".")[0]


def _collect(functions: Iterable[Function], names: Iterable[str]) -> Collection:
    """Everything that these functions and names use, directly or through others."""
    paths = [name.rpartition(".") for name in names]
    asked = [*map(key_of, functions), *((module, name) for module, _, name in paths)]
    project = frozenset(module.split(".")[0] for module, _ in asked)
    modules: dict[str, Module] = {}
    links: dict[Key, dict[str, Key]] = {}
    imports: set[Import] = set()
    waiting = list(asked)
    while waiting:
        key = waiting.pop()
        if key in links:
            continue
        links[key] = {}
        for name, target in _uses(key, modules, project):
            if isinstance(target, Import):
                imports.add(target)
            else:
                links[key][name] = target
                waiting.append(target)
    _check_leftovers(modules, links)
    final = _choose_names(modules, links, imports, asked)
    return Collection(modules, links, frozenset(imports), final)


def _uses(
    key: Key, modules: dict[str, Module], project: frozenset[str]
) -> Iterator[tuple[str, Key | Import]]:
    """The names that one statement needs from around it, and what they stand for."""
    module = load(key[0], modules)
    statement = statement_of(key[1], module)
    if isinstance(statement, ast.ImportFrom):
        original = imported(statement, key[1])
        yield original, follow((str(statement.module), original), modules, project)
        return
    if any(isinstance(n, ast.Import | ast.ImportFrom) for n in ast.walk(statement)):
        raise ValueError(f"{key[1]} in {key[0]} has an import inside.")
    for name in names_set(statement):
        yield name, (module.name, name)
    for name in dict.fromkeys(node.id for node in module_names(statement)):
        if name in module.where or not hasattr(builtins, name):
            yield name, follow((module.name, name), modules, project)


def _check_leftovers(modules: Mapping[str, Module], wanted: Iterable[Key]) -> None:
    """Refuse a module that goes on working on something wanted after it is made."""
    keys = set(wanted)
    for module in modules.values():
        for statement in module.statements:
            if names_set(statement):
                continue
            for node in module_names(statement):
                if (module.name, node.id) in keys:
                    where = f"line {statement.lineno} of {module.name}"
                    raise ValueError(f"{node.id} is used or changed in {where}.")


def _choose_names(
    modules: Mapping[str, Module],
    links: Mapping[Key, Mapping[str, Key]],
    imports: Iterable[Import],
    asked: Sequence[Key],
) -> dict[Key, str]:
    """One name for each wanted thing: its own, wherever nothing else has that name."""
    outside = {one.alias for one in (*imports, NUMPY)}
    taken = outside.union(*(_words(key, modules) for key in links))
    final: dict[Key, str] = {}
    for key in sorted(links):
        rivals = [other for other in links if other[1] == key[1]]
        owners = [rival for rival in rivals if rival in asked] or rivals
        if owners == [key] and key[1] not in outside:
            final[key] = key[1]
            continue
        longer = _with_module(*key)
        while longer in taken:
            longer += "_"
        taken.add(longer)
        final[key] = longer
    return final


def _words(key: Key, modules: Mapping[str, Module]) -> set[str]:
    """Every word in one statement that could be a name."""
    module = modules[key[0]]
    _, lines = lines_of(statement_of(key[1], module), module)
    return set(re.findall(r"\w+", b"\n".join(lines).decode()))


def _with_module(module: str, name: str) -> str:
    """forward of core.logistic → logistic_forward; Step → LogisticStep."""
    last = module.split(".")[-1]
    bare = name.lstrip("_")
    lead = name[: len(name) - len(bare)]
    if bare.isupper():
        return f"{lead}{last.upper()}_{bare}"
    if bare[:1].isupper():
        return f"{lead}{last.title().replace('_', '')}{bare}"
    return f"{lead}{last}_{bare}"


def _text(parts: Collection, extra: Iterable[Import]) -> str:
    """Imports, then every wanted statement, in an order that runs."""
    text = import_lines({*parts.imports, *extra})
    after_line = False
    for module in in_order(parts.modules):
        for statement in module.statements:
            is_line = not isinstance(statement, DEFINITIONS)
            for piece in _pieces(statement, module, parts):
                text += ("\n" if after_line and is_line else "\n\n\n") + piece
                after_line = is_line
    return text.strip("\n") + "\n"


def _pieces(statement: ast.stmt, module: Module, parts: Collection) -> Iterator[str]:
    """The text of a statement if it is wanted; of an import, a line per new name."""
    keys = [(module.name, name) for name in names_set(statement)]
    wanted = [key for key in keys if key in parts.links]
    if isinstance(statement, ast.ImportFrom):
        for key in wanted:
            (target,) = parts.links[key].values()
            yield f"{parts.final[key]} = {parts.final[target]}"
    elif wanted:
        links = parts.links[wanted[0]]
        called = {name: parts.final[target] for name, target in links.items()}
        yield _renamed(statement, module, called)


def _renamed(statement: ast.stmt, module: Module, called: Mapping[str, str]) -> str:
    """The statement's lines as they stand, but for names that had to change."""
    start, kept = lines_of(statement, module)
    lines = list(kept)
    spots = [(n.lineno, n.col_offset, n.id) for n in module_names(statement)]
    if isinstance(statement, DEFINITIONS):
        line = module.lines[statement.lineno - 1]
        column = line.index(b" " + statement.name.encode()) + 1
        spots.append((statement.lineno, column, statement.name))
    for lineno, column, name in sorted(spots, reverse=True):
        if called.get(name, name) == name:
            continue
        line, end = lines[lineno - start], column + len(name.encode())
        if line[column:end] != name.encode():
            raise ValueError(f"{name} in {module.name} cannot be renamed in place.")
        lines[lineno - start] = line[:column] + called[name].encode() + line[end:]
    return b"\n".join(lines).decode()


def _dataclasses(value: object) -> Iterator[type]:
    """The dataclasses of which there are instances in a value."""
    inner: Iterable[object] = ()
    if is_dataclass(value) and not isinstance(value, type | Source):
        yield type(value)
        inner = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple):
        inner = value
    for part in inner:
        yield from _dataclasses(part)


def _check_labels(labels: Sequence[str]) -> None:
    for label in labels:
        if labels.count(label) > 1:
            raise ValueError(f"The label {label!r} is used twice.")
        if ": " in label or not label.isprintable():
            raise ValueError(f"{label!r} cannot stand on one line before a colon.")


def _print_line(label: str, expression: str, known: Iterable[str]) -> str:
    source = Source(expression).text
    _check_names(source, known)
    # JSON writes text between double quotes, and Python reads it the same.
    quoted = json.dumps(f"{label}:", ensure_ascii=False)
    return f"print({quoted}, exact({source}))"


def _check_names(source: str, known: Iterable[str]) -> None:
    """Refuse an expression at which a script would stop for want of a name."""
    tree = ast.parse(source, mode="eval")
    unknown = {n.id for n in module_names(tree)} - {*known, *PLAIN_BUILTINS}
    if unknown:
        raise ValueError(f"{source} uses {', '.join(sorted(unknown))}: not in there.")


def _comment(words: str) -> str:
    """Any words as comment lines, whatever characters they hold."""
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in words)
    return "\n".join(f"# {line}".rstrip() for line in kept.split("\n"))
