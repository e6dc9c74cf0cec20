"""The words and tables of the training page, against the run they are about."""

import re
from dataclasses import replace

import numpy as np
import pytest

from charts import training
from charts.training import END
from core import studio
from core.branch import Edit, branch_of
from core.diagnosis import Finding
from core.points import STARTER
from core.shallow import RunTooLarge, check_run
from core.source import script
from core.studio import USUAL
from core.training import Choices, Run, train_both
from tests.take_home import run as execute

SMALL = replace(USUAL, m=60, steps=200)


@pytest.fixture(scope="module")
def usual() -> Run:
    return train_both(USUAL)


@pytest.mark.parametrize(
    "choices",
    [
        SMALL,
        replace(SMALL, held_out=0.0),
        replace(SMALL, steps=0),
        replace(SMALL, scheme="zeros"),
        replace(SMALL, scheme="large", batch=4, l2=0.1),
        replace(SMALL, m=20, held_out=0.5, n_h=1, data="spiral", noise=1.0),
        replace(SMALL, activation="linear", alpha=10.0, steps=2000),
        replace(SMALL, data="own", points=STARTER),
        replace(SMALL, alpha=1000.0, n_h=50),
    ],
)
def test_every_run_has_words(choices: Choices) -> None:
    run = train_both(choices)
    said = [training.notice(choices, run), training.stage_alt(choices, run)]
    said += [training.limits(choices, run), training.parameter_sentence(choices)]
    if run.finding is not None:
        said.append(training.failed(run.finding, choices, run))
        assert run.evidence is not None
        found = training.evidence_table(run.evidence, choices)["found"]
        said += list(found)
    assert said[0].startswith("**What to notice.**")
    assert not re.search(r"\b(nan|None|inf)\b", " ".join(said))


def test_the_stage_says_the_numbers_of_the_core(usual: Run) -> None:
    accuracy = usual.network_score.train.accuracy[-1]
    said = training.stage_alt(USUAL, usual)
    assert f"gets {100 * accuracy:.3g} % of the training points right" in said


def test_the_limit_is_said_before_it_bites(usual: Run) -> None:
    said = training.limits(USUAL, usual)
    (most,) = re.findall(r"up to ([\d,]+) steps", said)
    check_run(320, 4, int(most.replace(",", "")))
    with pytest.raises(RunTooLarge):
        check_run(320, 4, int(most.replace(",", "")) + 1)
    assert "batches of 16" in training.limits(replace(USUAL, batch=16), usual)


def test_the_formula_has_the_shapes_of_the_run(usual: Run) -> None:
    start = usual.history.at(0)
    formula = training.forward_formula(USUAL, 320)
    assert r"\underset{(4,\,2)}{W^{[1]}}" in formula
    assert r"\underset{(2,\,320)}{X}" in formula
    total = sum(getattr(start, name).size for name in ("W1", "b1", "W2", "b2"))
    assert f"**{total} numbers**" in training.parameter_sentence(USUAL)


@pytest.mark.parametrize(
    ("fix", "values"),
    [
        (("alpha", 0.1), {"alpha": 0.1}),
        (("alpha", 0.0003), {"alpha": 0.001}),
        (("alpha", 100.0), {"alpha": 100.0}),
        (("scheme", "random"), {"init": "random"}),
        (("activation", "leaky_relu"), {"g": "leaky_relu"}),
        (("steps", 200), {"steps": 200}),
        (("l2", 0.0), {"l2": 0.0}),
    ],
)
def test_a_remedy_changes_one_thing_and_pins_what_failed(
    fix: tuple[str, float | str], values: dict[str, object]
) -> None:
    failed = replace(USUAL, n_h=7)
    label, sets = training.remedy(Finding("diverged", 3, "", fix), failed)
    assert sets == {**values, "pin": "n_h:7", "view": "two"}
    assert label.startswith(("Train", "Start"))
    assert label.endswith("show both")
    (key, value), *_ = values.items()
    assert value in studio.OPTIONS[key]


def test_why_a_run_fails_is_said_with_its_numbers() -> None:
    failing = replace(USUAL, activation="linear", alpha=10.0)
    run = train_both(failing)
    assert run.finding is not None
    seen = run.evidence
    assert seen is not None
    said = training.failed(run.finding, failing, run)
    assert f"At step {run.finding.at_step:,} the parameters" in said
    assert f"The first step that raised J is step {seen.bad_step}." in said
    assert f"{2 / seen.curvature:.3g}: yours is {5 * seen.curvature:.2g} times" in said
    alike = replace(USUAL, scheme="constant", steps=100)
    run = train_both(alike)
    assert run.finding is not None
    said = training.failed(run.finding, alike, run)
    assert "All 4 rows [W1 b1 W2ᵀ] are one and the same." in said


def test_a_run_that_does_well_is_not_said_to_fail() -> None:
    unsteady = replace(USUAL, n_h=50, activation="relu")
    run = train_both(unsteady)
    assert run.finding is not None
    assert run.network_score.train.accuracy[-1] > 0.85
    said = training.failed(run.finding, unsteady, run)
    assert said.startswith("**Why it is unsteady.** J jumps")
    dead = Finding("dead_units", 3, "Two are dead.", ("alpha", 0.1))
    assert training.failed(dead, unsteady, run).startswith("**What goes wrong.**")


def test_evidence_speaks_of_a_step_that_raised_J_only_where_there_is_one() -> None:
    still = replace(USUAL, alpha=0.001, steps=1000)
    run = train_both(still)
    assert run.evidence is not None
    looked = training.evidence_table(run.evidence, still)["looked at"].tolist()
    assert looked[0] == "curvature of J at the start"
    assert not any("before it" in each or "raised" in each for each in looked)


def test_a_penalty_is_blamed_and_not_the_start() -> None:
    heavy = replace(USUAL, l2=0.3)
    run = train_both(heavy)
    assert run.finding is not None
    assert run.evidence is not None
    assert "λ = 0.3 pulls" in training.failed(run.finding, heavy, run)
    said = training.notice(heavy, run)
    assert "start" not in said
    rows = training.evidence_table(run.evidence, heavy).set_index("looked at")["found"]
    assert rows["the penalty's pull on the weights, at the end"]
    light = replace(USUAL, data="moons", l2=0.01)
    said = training.notice(light, train_both(light))
    assert "try a smaller λ" in said
    assert "√inputs" not in said


def test_with_a_penalty_it_is_said_which_J_is_shown() -> None:
    light = replace(USUAL, l2=0.003, steps=500)
    run = train_both(light)
    J, at = run.network_score.train.J[-1], run.history.at(-1)
    whole = J + 0.0015 * (np.sum(at.W1**2) + np.sum(at.W2**2))
    assert whole == pytest.approx(run.history.J[-1])
    said = training.notice(light, run)
    assert f"without the penalty: {J:.4g} at the end" in said
    assert f"which ends at {whole:.4g}" in said
    assert "without the penalty" in training.stage_alt(light, run)
    assert "J without the penalty of the network" in dict(
        training.script_prints(light, run)
    )
    assert "penalty" not in training.notice(USUAL, train_both(SMALL))


def test_a_run_without_a_step_is_said_to_be_untrained() -> None:
    refused = replace(USUAL, steps=0)
    said = training.notice(refused, train_both(refused))
    assert "untrained start" in said
    assert "Logistic regression draws" not in said
    assert "reaches" not in said


def test_overfitting_is_worse_on_points_held_out_than_on_those_learned() -> None:
    lucky = replace(USUAL, scheme="large")
    run = train_both(lucky)
    assert run.network_score.held_out is not None
    assert run.network_score.held_out.J[-1] < run.network_score.train.J[-1]
    assert "overfits" not in training.held_out_sentence(run)
    crowded = replace(
        USUAL, n_h=50, m=100, noise=0.8, held_out=0.5, scheme="fan_in", steps=5000
    )
    run = train_both(crowded)
    assert run.network_score.held_out is not None
    assert run.network_score.held_out.J[-1] > 2 * run.network_score.train.J[-1]
    assert "overfits" in training.held_out_sentence(run)


def test_no_activation_is_written_as_what_it_does() -> None:
    formula = training.forward_formula(replace(USUAL, activation="linear"), 320)
    assert "g(z) = z" in formula
    assert "mathrm{id}" not in formula
    assert r"\tanh(Z^{[1]})" in training.forward_formula(USUAL, 320)


def test_the_step_of_the_formula_has_the_pull_of_the_penalty() -> None:
    assert r"+ 0.003\,W^{[1]})" in training.forward_formula(replace(USUAL, l2=0.003), 9)
    assert "+ 0" not in training.forward_formula(USUAL, 9)


def test_what_differs_between_two_runs_is_said() -> None:
    said = training.difference(USUAL, replace(USUAL, n_h=8, batch=16, scheme="fan_in"))
    assert "hidden units 8 → 4" in said
    assert "batch 16 → all" in said
    assert "start randn / √inputs → 0.01 · randn" in said
    assert "They are the same" in training.difference(USUAL, USUAL)
    assert "logistic regression" in training.difference(USUAL, None)


def test_a_pin_that_cannot_be_read_is_refused() -> None:
    training.check_pin("")
    training.check_pin("n_h:8")
    with pytest.raises(ValueError, match="has to look like"):
        training.check_pin("nonsense")


@pytest.mark.parametrize(("fits", "steps"), [(9569, 5000), (3, 10)])
def test_a_run_too_large_gets_the_largest_size_on_the_scale(
    fits: int, steps: int
) -> None:
    _, values = training.smaller_run(RunTooLarge("", largest_steps=fits))
    assert values == {"steps": steps}


def test_how_many_steps_are_kept_is_said(usual: Run) -> None:
    said = training.limits(USUAL, usual)
    assert f"{len(usual.steps)} of the 10,000 steps are kept" in said
    few = replace(USUAL, steps=100)
    assert "Every step is kept." in training.limits(few, train_both(few))


def test_one_case_works_and_three_fail() -> None:
    fails = []
    for case in training.CASES.values():
        changes = {studio.FIELDS[key]: case[key] for key in case if key != "view"}
        run = train_both(replace(USUAL, **{**changes, "batch": int(case["batch"])}))
        fails.append(run.finding is not None)
    assert fails == [False, True, True, True]


@pytest.mark.parametrize("case", training.CASES)
def test_every_case_sets_inputs_to_what_they_can_be(case: str) -> None:
    for key, value in training.CASES[case].items():
        if key == "view":
            assert value in training.VIEWS
        elif key == "batch":
            assert value in studio.BATCHES
        elif key in studio.OPTIONS:
            assert value in studio.OPTIONS[key]


def taken_home(
    choices: Choices, run: Run, step: float, edit: Edit | None = None
) -> tuple[str, dict]:
    """The script, and what it prints."""
    told = training.script(choices, run, step, edit)
    text = script(told["functions"], told["values"], told["prints"], heading="x")
    return text, execute(text)


@pytest.mark.parametrize("l2", [0.0, 0.01])
@pytest.mark.parametrize("step", [40, 100, 195, 280, END])
def test_the_script_has_the_branch_of_an_edited_value(step: float, l2: float) -> None:
    choices = replace(SMALL, l2=l2)
    run = train_both(choices)
    edit = Edit(int(run.steps[-10]), "W1", 0, 0, -3.0)
    grown = branch_of(choices, run, edit)
    _, printed = taken_home(choices, run, step, edit)
    k = max(np.searchsorted(grown.history.steps, step, side="right") - 1, 0)
    i = np.searchsorted(run.steps, step, side="right") - 1
    J = "J without the penalty" if l2 else "J"
    assert printed["step of the branch"] == grown.history.steps[k]
    assert printed["step"] == run.steps[i]
    assert printed[f"{J} of the branch"] == grown.score.train.J[k]
    assert grown.score.held_out is not None
    right = grown.score.held_out.accuracy[k]
    assert printed["share right of the branch, held out"] == right
    assert printed[f"{J} of the network"] == run.network_score.train.J[i]


def test_the_script_is_no_longer_than_what_it_computes() -> None:
    """Neither the diagnosis nor a reader of points that are drawn by a seed."""
    text, _ = taken_home(SMALL, train_both(SMALL), END)
    assert "def find_stall" not in text
    assert "PointsError" not in text
    assert text.count("\n") < 1300
    own = replace(SMALL, data="own", points=STARTER)
    text, printed = taken_home(own, train_both(own), END)
    assert "PointsError" in text
    assert printed["step"] == 200


def test_the_fewest_units_are_those_that_get_nearly_all_right() -> None:
    shares = np.array([0.6, 0.9, 0.99, 1.0])
    assert training.fewest_units(shares) == 3
    assert "60 % with 1 unit, 90 % with 2 units" in training.units_explanation(shares)
