"""What is taken home runs alone and prints the numbers of the core."""

import ast
import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core
from core import logistic, shallow
from core.activations import ACTIVATIONS
from core.broadcasting import percentages, shape_lab
from core.literals import Source
from core.rank_one import cost_with, operations, vectors
from core.source import bundle, final_names, script, sources
from core.tables import calories
from tests.take_home import run


def make(folder: Path, files: dict[str, str]) -> None:
    """A small project of its own, importable as `lab`."""
    (folder / "lab").mkdir()
    for name, text in {"__init__": "'Lab.'", **files}.items():
        (folder / "lab" / f"{name}.py").write_text(textwrap.dedent(text), "utf-8")


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [n for n in sys.modules if n.split(".")[0] == "lab"]:
        del sys.modules[name]


def module(name: str) -> ModuleType:
    importlib.invalidate_caches()
    return importlib.import_module(f"lab.{name}")


def defined(text: str) -> list[str]:
    return [
        name
        for statement in ast.parse(text).body
        for name in (
            [statement.name]
            if isinstance(statement, ast.FunctionDef | ast.ClassDef)
            else [t.id for t in statement.targets if isinstance(t, ast.Name)]
            if isinstance(statement, ast.Assign)
            else []
        )
    ]


def test_percentages_at_home_are_those_of_the_page() -> None:
    A = calories().values
    text = script(
        [percentages],
        {"A": A},
        [("cal", "percentages(A).cal"), ("share", "percentages(A).percentage")],
        "Calories\nin percent",
    )
    printed = run(text)
    assert printed["cal"] == percentages(A).cal.tolist()
    assert printed["share"] == percentages(A).percentage.tolist()
    assert text.startswith("# Calories\n# in percent\n")
    assert defined(text) == ["Array", "Percentages", "percentages", "exact", "A"]


def test_several_modules_and_tables_at_home() -> None:
    a = vectors(4, seed=1).column
    text = script(
        [shape_lab, operations, cost_with],
        {"a": a, "shape": (4, 1), "Y": np.array([0.0, 1.0]), "A": np.full((2, 1), 0.3)},
        [
            ("result", "shape_lab(shape, (4,), '*', seed=5).result"),
            ("dot", "operations(a)[2].value"),
            ("J", "cost_with(Y, A).J"),
        ],
        "Shapes",
    )
    printed = run(text)
    lab_here = shape_lab((4, 1), (4,), "*", seed=5)
    assert lab_here.result is not None
    assert printed["result"] == lab_here.result.tolist()
    assert printed["dot"] == np.dot(a, a.T).tolist()
    assert printed["J"] == cost_with(np.array([0.0, 1.0]), np.full((2, 1), 0.3)).J
    for needless in ("percentages", "PRESETS", "FIXES", "parse_shape", "read_table"):
        assert needless not in defined(text)


@given(st.floats(-30, 30), st.sampled_from(sorted(ACTIVATIONS)))
@settings(max_examples=5, deadline=None)
def test_a_table_comes_along_by_its_name(z: float, name: str) -> None:
    text = script(
        [],
        {"z": np.array([z]), "name": name},
        [("g", "ACTIVATIONS[name].g(z)"), ("dg", "ACTIVATIONS[name].dg(z)")],
        "Activations",
        names=["core.activations.ACTIVATIONS"],
    )
    printed = run(text)
    assert printed["g"] == ACTIVATIONS[name].g(np.array([z])).tolist()
    assert printed["dg"] == ACTIVATIONS[name].dg(np.array([z])).tolist()


def test_two_trainings_in_one_script_with_names_in_common() -> None:
    X, Y = np.array([[0.5, -1.0, 2.0], [1.0, 0.0, -1.0]]), np.array([[0.0, 1.0, 1.0]])
    start = shallow.initialize(2, 3, seed=4)
    text = script(
        [logistic.train, shallow.train, shallow.initialize],
        {"X": X, "Y": Y, "start": start},
        [
            ("logistic J", "logistic_train(X, Y, 0.1, 6).J"),
            ("shallow J", "shallow_train(start, X, Y, 'tanh', 0.1, 6).J"),
            ("W1", "initialize(2, 3, seed=4).W1"),
        ],
        "Side by side",
    )
    printed = run(text)
    assert printed["logistic J"] == logistic.train(X, Y, 0.1, 6).J.tolist()
    assert printed["shallow J"] == shallow.train(start, X, Y, "tanh", 0.1, 6).J.tolist()
    assert printed["W1"] == start.W1.tolist()
    called = final_names([logistic.train, shallow.train])
    assert called["core.logistic.train"] == "logistic_train"
    assert called["core.shallow.train"] == "shallow_train"


CORE = sorted(path.stem for path in Path(core.__path__[0]).glob("[a-z]*.py"))
# These read the project's own files, which a script does not have, or are a program.
STAY_HERE = {"source", "modules", "tables", "silhouettes", "scale", "race_process"}


@pytest.mark.parametrize("name", [n for n in CORE if n not in STAY_HERE])
def test_everything_in_the_core_can_be_taken_along_and_loads(name: str) -> None:
    home = importlib.import_module(f"core.{name}")
    functions = [
        value
        for value in vars(home).values()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == home.__name__
    ]
    text = bundle(functions)
    assert run(text) == {}
    assert {f.__name__ for f in functions} <= set(defined(text))


def test_nothing_changes_but_what_must(lab: Path) -> None:
    files = {
        "sums": '''
            import numpy as np

            # How far to look.
            # A second line.
            REACH = {"near": 1}  # kept


            def unused(): return REACH


            def total(a, cost=0):
                """Σ a, with REACH."""
                REACH_ = [cost for cost in a]
                return np.sum(REACH_) + REACH["near"] + cost
        '''
    }
    make(lab, files)
    text = bundle([module("sums").total])
    original = textwrap.dedent(files["sums"])
    assert (
        original[original.index("# How far") : original.index("\n\n\ndef un")] in text
    )
    assert original[original.index("def total") :].strip() in text
    assert "unused" not in text


def test_order_aliases_and_reexports(lab: Path) -> None:
    make(
        lab,
        {
            "zero": """
                from math import pi as PI
                def base(x=PI): return x
            """,
            "middle": "from lab.zero import base",
            "apple": """
                from collections.abc import Callable
                import os.path
                from lab.middle import base as ground
                def g(x: float) -> float: return TABLE["f"](x) if x > 9 else x
                def f(x: float) -> float: return ground(x) + 1
                TABLE: dict[str, Callable[[float], float]] = {"f": f, "g": g}
                ONE, TWO = 1, 2
                def last(x: float) -> str: return os.path.join(str(g(x) + TWO), "")
            """,
        },
    )
    text = script([module("apple").last], {}, [("last", "last(10.0)")], "")
    assert run(text)["last"] == "13.0/"
    assert "ground = base" in text
    assert "import os.path" in text
    assert "from math import pi as PI" in text


def test_the_one_asked_for_keeps_its_name(lab: Path) -> None:
    make(
        lab,
        {
            "left": """
                def _help(x): return x + 1
                def forward(x):
                    return _help(x) + _help(f"{x}") if x is None else _help(x)
                class Step:
                    x = 1
                LIMIT = 5
            """,
            "right": """
                from lab.left import forward as left_forward, Step as LeftStep
                LIMIT = 50
                class Step(LeftStep):
                    y = LIMIT
                def _help(x): return x * 10
                def forward(x):
                    local_forward = Step.y
                    return _help(left_forward(x)) + local_forward
                def both(forward): return forward
            """,
        },
    )
    right = module("right")
    asked = [right.forward, right.Step, right.both]
    called = final_names(asked)
    assert called["lab.right.forward"] == "forward"
    assert called["lab.left.forward"] == "left_forward_"
    assert called["lab.right.left_forward"] == "left_forward"
    assert called["lab.left.Step"] == "LeftStep_"
    assert {called["lab.left._help"], called["lab.right._help"]} == {
        "_left_help",
        "_right_help",
    }
    text = script(asked, {"x": 2}, [("y", "forward(x)"), ("b", "both(x)")], "")
    assert run(text) == {"y": right.forward(2), "b": 2}
    left = module("left")
    both = script(
        [left.forward, right.forward],
        {},
        [("l", "left_forward_(2)"), ("r", "right_forward(2)")],
        "",
        names=["lab.left.LIMIT", "lab.right.LIMIT"],
    )
    assert run(both) == {"l": 3, "r": 80}
    assert "LEFT_LIMIT = 5\n" in both
    assert "RIGHT_LIMIT = 50\n" in both


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import lab.other\ndef f(): return lab.other.g()", "from … import"),
        ("from . import other\ndef f(): return other", "relative import"),
        ("from lab import other\ndef f(): return other.g", "other is set nowhere"),
        ("def f():\n    from lab.other import g\n    return g()", "import inside"),
        ("def f(): return missing", "missing is set nowhere"),
        ("def f(): return __file__", "__file__ is set nowhere"),
        ("x = 1\nx = 2\ndef f(): return x", "x is set more than once"),
        ("T = {}\nT['a'] = 1\ndef f(): return T", "T is used or changed in line 2"),
        ("import pytest\ndef f(): return pytest", "only NumPy"),
        ("def g(): return lambda: 1\nf = g()", "no name of its own"),
        (
            "from math import inf as e\nfrom lab.other import h\n"
            "def f(): return e, h()",
            "two different imports",
        ),
    ],
)
def test_what_cannot_be_taken_along_is_said(lab: Path, text: str, words: str) -> None:
    other = "from math import e\ndef g(): return 1\ndef h(): return e"
    make(lab, {"here": text, "other": other})
    with pytest.raises(ValueError, match=words):
        bundle([module("here").f])


@dataclass(frozen=True)
class Pair:
    x: float
    y: "tuple[float, ...]"


def swap(pair: Pair) -> Pair:
    return Pair(pair.y[0], (pair.x,))


def test_dataclasses_travel_as_values() -> None:
    values = {"pairs": [Pair(0.1, (2.0,))], "f": Source("lambda a: np.exp(a)")}
    prints = [("x", "swap(pairs[0]).x"), ("y", "swap(pairs[0]).y"), ("e", "f(1.0)")]
    text = script([swap], values, prints, "Swap")
    assert run(text) == {"x": 2.0, "y": [0.1], "e": float(np.exp(1.0))}


@given(st.text(), st.text())
@settings(max_examples=10, deadline=None)
def test_no_words_become_code(heading: str, value: str) -> None:
    text = script([], {"a": value}, [("n", "len(a)")], heading)
    assert run(text) == {"n": len(value)}


@pytest.mark.parametrize(
    ("values", "prints", "words"),
    [
        ({"percentages": 1}, [], "taken"),
        ({"np": 1}, [], "taken"),
        ({"for": 1}, [], "no name"),
        ({"a b": 1}, [], "no name"),
        ({"f": Source("b + 1"), "b": 2}, [], "uses b"),
        ({"f": Source("open('x')")}, [], "uses open"),
        ({}, [("a", "b")], "uses b"),
        ({}, [("a", "1"), ("a", "2")], "twice"),
        ({}, [("a: b", "1")], "before a colon"),
        ({}, [("a\nb", "1")], "before a colon"),
        ({}, [("a", "1; 2")], "not one expression"),
        ({"a": object()}, [], "cannot be written"),
    ],
)
def test_a_script_that_would_not_run_is_not_written(
    values: dict[str, object], prints: list[tuple[str, str]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        script([percentages], values, prints, "")


def test_sources_shows_only_what_is_named() -> None:
    text = sources([percentages, cost_with, percentages])
    assert defined(text) == ["percentages", "cost_with"]
    assert text == inspect.getsource(percentages) + "\n\n" + inspect.getsource(
        cost_with
    )
