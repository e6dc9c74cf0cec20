"""The house keeps its shape: who may import whom, and what no file may do."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from charts import colours
from ui.contents import CONTENTS

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "charts", "ui", "pages")
FILES = sorted(
    path
    for folder in PACKAGES
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
LIBRARY = ("core", "charts", "ui")
SERVED_BY = {"streamlit", "starlette", "threadpoolctl", "PIL"}
MAY_IMPORT = {
    "core": {"core", "numpy"},
    "charts": {"core", "charts", "numpy", "pandas", "plotly"},
    "ui": {"core", "ui"} | {"numpy", "pandas", "plotly", "pygments"} | SERVED_BY,
    "pages": {"core", "charts", "ui", "streamlit"},
}
LONGEST_PAGE = 140

# A table is declared with a type that has no way to write to it.
READ_ONLY = {"Mapping", "Sequence", "Collection", "Set", "tuple", "frozenset", "Final"}
MUTABLE_NODES = (
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
)
MUTABLE_CALLS = {"list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter"}
WRITES = {
    "append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem",
    "clear", "remove", "discard", "sort", "reverse",
}  # fmt: skip
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that a piece of code imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def in_package(*packages: str) -> list[Path]:
    return [path for path in FILES if package_of(path) in packages]


each_file = pytest.mark.parametrize("path", FILES, ids=name_of)
each_library_file = pytest.mark.parametrize("path", in_package(*LIBRARY), ids=name_of)
each_core_file = pytest.mark.parametrize("path", in_package("core"), ids=name_of)
each_page_file = pytest.mark.parametrize("path", in_package("pages"), ids=name_of)


# ---- who may import whom -----------------------------------------------------


@each_file
def test_imports_run_one_way(path):
    allowed = MAY_IMPORT[package_of(path)] | set(sys.stdlib_module_names)
    wrong = {
        name for name in imports(tree_of(path)) if name.split(".")[0] not in allowed
    }
    assert not wrong


def test_no_two_modules_import_each_other():
    modules = {module_name(path): path for path in FILES}
    graph = {
        name: {found for found in at_import(tree_of(path)) if found in modules} - {name}
        for name, path in modules.items()
    }
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"circular imports: {' ← '.join(error.args[1])}")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def at_import(tree: ast.Module) -> set[str]:
    """What a module imports while it is itself imported: not inside functions."""
    outside = [node for node in tree.body if isinstance(node, ast.stmt)]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {
        name
        for statement in outside
        if not isinstance(statement, functions)
        for name in imports(statement)
    }


# ---- what no file may do -----------------------------------------------------


@each_page_file
def test_a_page_is_short(path):
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST_PAGE


@each_library_file
def test_nothing_is_shared_between_visitors(path):
    """Module-level lists, dicts and sets are tables that nobody can write to."""
    tree = tree_of(path)
    tables = dict(mutable_at_module_level(tree))
    unprotected = [name for name, annotated in tables.items() if not annotated]
    assert not unprotected, "annotate the table as a Mapping or make it a tuple"
    assert not written(tree, set(tables))


def mutable_at_module_level(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Names that hold something mutable, and whether their type forbids writing."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, annotation = node.targets, None
        elif isinstance(node, ast.AnnAssign):
            names, annotation = [node.target], node.annotation
        else:
            continue
        name = ast.unparse(names[0])
        if is_mutable(node.value) and name != "__all__":
            kind = ast.unparse(annotation).partition("[")[0] if annotation else ""
            yield name, kind in READ_ONLY


def is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.BinOp):  # {…} | {…}, […] + […]
        return is_mutable(value.left) or is_mutable(value.right)
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).split(".")[-1] in MUTABLE_CALLS
    return isinstance(value, MUTABLE_NODES)


def written(tree: ast.AST, names: set[str]) -> list[str]:
    """Statements that write to one of these names, or to what it holds."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Subscript | ast.Attribute):
            inside = isinstance(node.value, ast.Name) and node.value.id in names
            stored = not isinstance(node.ctx, ast.Load)
            writes = isinstance(node, ast.Attribute) and node.attr in WRITES
            if inside and (stored or writes):
                found.append(ast.unparse(node))
    return found


@each_library_file
def test_caches_are_bounded(path):
    """`cache_data` without a limit fills the memory, one visitor's input at a time."""
    for node in ast.walk(tree_of(path)):
        for decorator in getattr(node, "decorator_list", []):
            text = ast.unparse(decorator)
            if text.startswith(("st.cache_data", "st.cache_resource")):
                assert "max_entries" in text, node.name
            unbounded = text in {"cache", "functools.cache"}
            arguments = getattr(getattr(node, "args", None), "args", [])
            if unbounded and package_of(path) == "core":
                assert not arguments, f"{node.name}: use lru_cache(maxsize=…)"


@each_core_file
def test_the_core_never_runs_text(path):
    tree = tree_of(path)
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & RUNS_TEXT
    assert not {"pickle", "marshal", "shelve", "subprocess", "os"} & {
        name.split(".")[0] for name in imports(tree)
    }


@each_library_file
def test_nothing_prints(path):
    calls = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)]
    assert not [n.lineno for n in calls if ast.unparse(n.func) == "print"]


@each_file
def test_streamlit_is_used_as_the_design_says(path):
    """`st.plotly_chart` remounts its figure; bound widgets drop bad values silently."""
    calls = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.Call)]
    assert not [n.lineno for n in calls if ast.unparse(n.func) == "st.plotly_chart"]
    assert not [n.lineno for n in calls for k in n.keywords if k.arg == "bind"]
    assert not [
        n.lineno for n in calls for k in n.keywords if k.arg == "unsafe_allow_html"
    ]


WRITTEN = ("*.py", "*.js", "*.css", "*.toml", "*.md", "*.txt")
FOLDERS = (*PACKAGES, "tests", "benchmarks", "tools", "deploy", ".streamlit")
TEXT_FILES = [
    path
    for pattern in WRITTEN
    for found in (
        ROOT.glob(pattern),
        *((ROOT / folder).rglob(pattern) for folder in FOLDERS),
    )
    for path in sorted(found)
]


@pytest.mark.parametrize("path", TEXT_FILES, ids=name_of)
def test_nothing_is_left_for_later(path):
    later = "TO" + "DO|FIX" + "ME|X" + "XX"
    assert not re.search(rf"\b({later})\b", path.read_text("utf-8"))


# ---- the registry and the tree ------------------------------------------------


def test_every_entry_has_its_file_and_every_file_its_entry():
    listed = {page.file for page in CONTENTS}
    kept = {path for path in in_package("pages") if path.name != "__init__.py"}
    assert listed == kept


def test_addresses_are_unique_and_easy_to_type():
    addresses = [page.url_path for page in CONTENTS]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[a-z][a-z_]*", address) for address in addresses)


def test_community_cloud_finds_one_list_of_packages():
    """It takes the first of these that it finds, and only one is pinned."""
    lists = ("uv.lock", "Pipfile", "environment.yml", "requirements.txt")
    assert [name for name in lists if (ROOT / name).exists()] == ["requirements.txt"]


# ---- one palette --------------------------------------------------------------

STYLE = (ROOT / "ui" / "style.css").read_text("utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
MEANINGS = {
    "class1": colours.CLASS_1,
    "class0": colours.CLASS_0,
    "parameter": colours.PARAMETER,
    "gradient": colours.GRADIENT,
}


def palette(selector: str) -> dict[str, str]:
    """The --nudge-… colours that the stylesheet sets under a selector."""
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", STYLE, re.M | re.S)
    assert block, selector
    pairs = re.findall(r"--nudge-(\w+): *(#[\da-f]{6})", block[1])
    return {name: colour.upper() for name, colour in pairs}


def test_the_stylesheet_has_the_colours_of_the_figures():
    assert MEANINGS.items() <= palette(":root").items()
    dark = {name: colours.DARK[colour] for name, colour in MEANINGS.items()}
    assert dark.items() <= palette(':root[data-nudge-theme="dark"]').items()


@pytest.mark.parametrize("meaning", MEANINGS)
def test_colours_in_formulas_follow_the_theme(meaning):
    colour = MEANINGS[meaning]
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    rule = next(
        line for line in STYLE.splitlines() if f"color:{colour.lower()}" in line
    )
    assert f"rgb({red}, {green}, {blue})" in rule
    assert f"var(--nudge-{meaning})" in rule


@pytest.mark.parametrize(
    ("option", "colour"),
    [
        ("textColor", colours.TEXT),
        ("backgroundColor", colours.PAPER),
        ("borderColor", colours.GRID),
        ("blueColor", colours.CLASS_1),
        ("orangeColor", colours.CLASS_0),
        ("greenColor", colours.PARAMETER),
        ("violetColor", colours.GRADIENT),
    ],
)
def test_the_theme_has_the_colours_of_the_figures(option, colour):
    assert THEME["light"][option].upper() == colour
    assert THEME["dark"][option].upper() == colours.DARK[colour]
