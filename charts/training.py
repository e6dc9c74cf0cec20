"""Words, tables and formulas of the training page: what a run is, did, and lacks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from charts.two_runs import Model, line, network, percent
from core.batches import batches
from core.diagnosis import Evidence, Finding
from core.literals import Source
from core.rounding import latex, readable
from core.shallow import (
    RunTooLarge,
    add_penalty,
    backward,
    cost,
    forward,
    step,
    train,
)
from core.studio import (
    ACTIVATION_NAMES,
    ALPHAS,
    DATA,
    STARTS,
    STEPS,
    read,
    steps_that_fit,
    write,
)
from core.training import Choices, Run, train_both
from core.types import Array

END = float(max(STEPS))  # the slider goes to the last step of a new run

VIEWS: Mapping[str, str] = {
    "stage": "The network",
    "two": "Two runs",
    "units": "1 to 50 units",
    "own": "Your own points",
}
# What a learner can try with one press: the other inputs go to their usual values.
BACK: Mapping[str, object] = {
    "data": "flower",
    "n_h": 4,
    "g": "tanh",
    "alpha": 1.2,
    "steps": 10_000,
    "init": "random",
    "batch": "0",
    "l2": 0.0,
    "view": "stage",
}
CASES: Mapping[str, Mapping[str, object]] = {
    "Spiral, 8 units": {**BACK, "data": "spiral", "n_h": 8, "init": "fan_in"},
    "All units alike": {**BACK, "init": "constant"},
    "ReLU, α = 10": {**BACK, "g": "relu", "alpha": 10.0},
    "Linear, α = 10": {**BACK, "g": "linear", "alpha": 10.0},
}
CODE = (forward, cost, backward, add_penalty, step, train, batches)
EVIDENCE = "**The numbers behind it.**"
UNITS_WORDS = (
    "The same flower, 320 points, tanh, α = 1.2, 5,000 steps; only the number of "
    "hidden units differs. Drag the step, or play."
)


def limits(choices: Choices, run: Run) -> str:
    """How long a run may be with these sizes: said before it bites."""
    m = run.split.train.Y.size
    size = min(choices.batch or m, m)
    fits = steps_that_fit(size, choices.n_h)
    batch = f"{size:,} points" if size == m else f"batches of {size}"
    return (
        f"Changes wait for Train. With {batch} and {units(choices)} up to "
        f"{fits:,} steps fit into one press."
    )


def units(choices: Choices) -> str:
    """1 hidden unit, 4 hidden units."""
    return "1 hidden unit" if choices.n_h == 1 else f"{choices.n_h} hidden units"


def stage_alt(run: Run) -> str:
    """The takeaway of the stage."""
    score = run.network_score.train
    return (
        f"The network and what it answers. After {run.steps[-1]:,} steps it gets "
        f"{percent(score.accuracy[-1])} of the training points right, with J = "
        f"{readable(float(score.J[-1]), 3)}."
    )


def pair(
    choices: Choices, run: Run, pinned: Choices | None, other: Run | None
) -> tuple[Model, Model]:
    """What stands side by side: the pinned run, or logistic regression, and this."""
    now = network("this run", choices, run)
    if pinned is None or other is None:
        return line(run), now
    return network("pinned run", pinned, other), now


def check_pin(text: str) -> None:
    """ValueError, unless the text is a run that `core.studio` wrote, or empty."""
    if text:
        read(text)


def difference(choices: Choices, pinned: Choices | None) -> str:
    """What tells the two runs apart, in one line."""
    if pinned is None:
        return (
            "**Left** logistic regression on the same points, **right** this run; J on "
            "points held out dashed. Pin this run to compare it with the next one."
        )
    names = {
        "data": "data",
        "m": "points",
        "noise": "noise",
        "seed": "seed",
        "held_out": "held out",
        "n_h": "hidden units",
        "activation": "activation",
        "scheme": "start",
        "alpha": "α",
        "steps": "steps",
        "batch": "batch",
        "l2": "L2",
    }
    pairs = [
        f"{name} {value(pinned, field)} → {value(choices, field)}"
        for field, name in names.items()
        if getattr(pinned, field) != getattr(choices, field)
    ]
    same = "They are the same: change something, and press Train."
    changes = f"{', '.join(pairs)}. Dashed: held out." if pairs else same
    return f"**Pinned → this run:** {changes}"


def value(choices: Choices, field: str) -> str:
    """A choice as words."""
    found = getattr(choices, field)
    if field == "batch":
        return str(found) if found else "all"
    if field in {"data", "activation", "scheme"}:
        known = {**DATA, **ACTIVATION_NAMES, **STARTS}
        return known[found].removeprefix("random: ")
    return readable(float(found))


def failed(finding: Finding, evidence: Evidence | None, choices: Choices) -> str:
    """What went wrong, since when, and the cause with its numbers."""
    cause = "" if evidence is None else why(finding, evidence, choices)
    return f"**Why it fails.** {finding.sentence} {cause}".strip()


def why(finding: Finding, seen: Evidence, choices: Choices) -> str:
    """The cause, from the numbers."""
    if finding.kind == "identical_units":
        copies = f"Of {seen.n_h} rows [W1 b1 W2ᵀ] only {seen.different} is different."
        return copies if seen.n_h > 1 else ""
    if finding.kind == "stalled" or seen.bad_step is None or seen.curvature <= 0:
        return ""
    limit = 2 / seen.curvature
    named = finding.kind in {"rising", "unsteady"}
    says = "" if named else f"The first step that raised J is step {seen.bad_step:,}. "
    times = choices.alpha / limit
    if times > 1:
        return says + (
            f"Just before it J bends with curvature {readable(seen.curvature, 3)}, so "
            f"steps go down only below α = 2 / {readable(seen.curvature, 3)} = "
            f"{readable(limit, 3)}: yours is {readable(times, 2)} times that."
        )
    return says + (
        f"At that place steps up to α = {readable(limit, 3)} would still go down; "
        "later the valley gets narrower."
    )


def evidence_table(seen: Evidence, choices: Choices) -> pd.DataFrame:
    """What was looked at to find the cause, and what it was."""
    limit = readable(2 / seen.curvature, 3) if seen.curvature > 0 else "none"
    bad = "none" if seen.bad_step is None else f"{seen.bad_step:,}"
    largest = readable(seen.largest, 3)
    rows = (
        ("first step that raised J", bad),
        ("curvature of J just before it", readable(seen.curvature, 3)),
        ("steps go down below α = 2 / curvature", limit),
        ("your α", readable(choices.alpha)),
        ("hidden values where g is flat, at the end", percent(seen.saturated)),
        ("units that output 0 for every point", f"{seen.dead} of {seen.n_h}"),
        ("units that are no copy of another", f"{seen.different} of {seen.n_h}"),
        ("largest parameter at the end (overflow: 10¹⁰⁰)", largest),
    )
    return pd.DataFrame(rows, columns=["looked at", "found"])


def forward_formula(choices: Choices, m: int) -> str:
    """Forward and one step of descent, each matrix with its shape under it."""
    n_h = choices.n_h
    g = {"sigmoid": r"\sigma", "tanh": r"\tanh", "linear": r"\mathrm{id}"}.get(
        choices.activation, r"\mathrm{ReLU}"
    )
    if choices.activation == "leaky_relu":
        g = r"\mathrm{leaky\,ReLU}"
    alpha = latex(choices.alpha)

    def shaped(symbol: str, rows: int, columns: int) -> str:
        return rf"\underset{{({rows},\,{columns})}}{{{symbol}}}"

    X, Z1, A1 = shaped("X", 2, m), shaped("Z^{[1]}", n_h, m), shaped("A^{[1]}", n_h, m)
    W1, b1 = shaped("W^{[1]}", n_h, 2), shaped("b^{[1]}", n_h, 1)
    W2, b2 = shaped("W^{[2]}", 1, n_h), shaped("b^{[2]}", 1, 1)
    Z2, A2 = shaped("Z^{[2]}", 1, m), shaped("A^{[2]}", 1, m)
    return (
        r"\begin{aligned}"
        rf"{Z1} &= {W1}\,{X} + {b1} \\[0.4em]"
        rf"{A1} &= {g}(Z^{{[1]}}) \\[0.4em]"
        rf"{Z2} &= {W2}\,A^{{[1]}} + {b2} \\[0.4em]"
        rf"{A2} &= \sigma(Z^{{[2]}}) \\[0.4em]"
        rf"W^{{[1]}} &:= W^{{[1]}} - {alpha}\,\tfrac{{dJ}}{{dW^{{[1]}}}}"
        r"\quad\text{and so on}"
        r"\end{aligned}"
    )


def parameter_sentence(choices: Choices) -> str:
    """How many numbers training adjusts, counted out."""
    n_h = choices.n_h
    return (
        f"Training adjusts {2 * n_h} + {n_h} + {n_h} + 1 = **{4 * n_h + 1} numbers** "
        "at every step; logistic regression has 2 + 1 = 3."
    )


def notice(choices: Choices, run: Run) -> str:
    """What this run teaches, with its own numbers."""
    share = float(run.network_score.train.accuracy[-1])
    straight = float(run.logistic_score.train.accuracy[-1])
    says = (
        "**What to notice.** Logistic regression draws one straight line: "
        f"{percent(straight)} of the training points. "
    )
    if choices.activation == "linear":
        says += (
            "With the linear activation the network does the same: W2 (W1 X + b1) + b2 "
            "is again one weight matrix and one bias, however many units there are. "
        )
    elif run.finding is not None and run.finding.kind == "identical_units":
        says += (
            f"All alike, {choices.n_h} hidden units draw one line between them: "
            f"{percent(share)}. "
        )
    elif run.finding is not None:
        says += (
            f"The network got {percent(share)}, and something went wrong on the way: "
            "see above. "
        )
    elif choices.n_h == 1:
        says += (
            "One hidden unit draws one straight line too, however it is bent: "
            f"{percent(share)}. "
        )
    elif share > straight + 0.05:
        says += (
            "Each hidden unit draws such a line of its own and bends it with "
            f"{ACTIVATION_NAMES[choices.activation]}; the output weighs them against "
            f"each other. Together {choices.n_h} of them reach {percent(share)}. "
        )
    elif straight > 0.95:
        says += "That is enough here: hidden units have little left to add. "
    else:
        says += f"This network reaches {percent(share)}, hardly more. "
        if choices.n_h > 2 and choices.scheme == "random":
            says += (
                "A start so near 0 can keep it on a flat stretch for long: try the "
                "start randn / √inputs, under “Points, start, batches”. "
            )
    return f"{says}{held_out_sentence(run)} {parameter_sentence(choices)}"


def held_out_sentence(run: Run) -> str:
    """How the network does on points it was not trained on."""
    score = run.network_score
    if score.held_out is None:
        return "No points are held out, so nothing tells how it does on new ones."
    best = int(np.argmin(score.held_out.J))
    first, last = float(score.held_out.J[best]), float(score.held_out.J[-1])
    says = (
        f"On the {run.split.held_out.Y.size} points held out it gets "
        f"{percent(score.held_out.accuracy[-1])}"
    )
    if last > 1.1 * first and score.train.J[-1] < score.train.J[best]:
        return (
            f"{says}. There J was lowest at step {run.steps[best]:,}, at "
            f"{readable(first, 3)}, and has risen to {readable(last, 3)} since, while "
            "it kept falling on the training points: the network overfits."
        )
    return f"{says}."


UNITS_QUESTION = (
    "A circle of class 1 lies inside one of class 0. How many tanh units does it take "
    "to part them?"
)
LINE_QUESTION = (
    "Back to the flower, with its eight petals. Logistic regression draws one straight "
    "line. What percentage of the points does it get right?"
)
LINE_EXPLANATION = (
    "The petals of the two classes alternate, so no line can part them, and the one "
    "with the lowest cost J is no better than tossing a coin."
)


def line_question(share: float) -> tuple[str, float, str]:
    """What one line gets right on the flower: question, answer in percent, and why."""
    return LINE_QUESTION, 100 * share, LINE_EXPLANATION


def units_question(shares: Array) -> tuple[str, Mapping[str, str], str, str]:
    """How many units the circles take: question, options, answer and why."""
    options = {str(n): str(n) for n in range(1, len(shares) + 1)}
    answer = str(fewest_units(shares))
    return UNITS_QUESTION, options, answer, units_explanation(shares)


def units_explanation(shares: Array) -> str:
    """What 1, 2, … hidden units got right on the circles, counted by the core."""
    counted = ", ".join(
        f"{percent(share)} with {n} unit{'s' if n > 1 else ''}"
        for n, share in enumerate(shares, start=1)
    )
    return (
        f"Each unit adds one line, and it takes three to close a ring: {counted} "
        "(200 points, 1,000 steps)."
    )


def fewest_units(shares: Array, enough: float = 0.98) -> int:
    """The smallest number of units with which `enough` of the points are right."""
    return int(np.argmax(shares >= enough)) + 1


def smaller_run(error: RunTooLarge) -> tuple[str, dict[str, object]]:
    """The label of the button for a run that would fit, and the inputs it sets."""
    small = [each for each in STEPS if each <= error.largest_steps]
    fits = max(small, default=STEPS[0])
    return f"Train {fits:,} steps", {"steps": fits}


def remedy(finding: Finding, choices: Choices) -> tuple[str, dict[str, object]]:
    """The label of the button that mends a run, and the inputs that it sets.

    The failed run is pinned, and both are shown.
    """
    name, value = finding.fix
    both = {"pin": write(choices), "view": "two"}
    if name == "scheme":
        return "Start from small random weights, show both", {"init": value, **both}
    if name == "activation":
        kind = ACTIVATION_NAMES[str(value)]
        return f"Train with {kind}, show both", {"g": value, **both}
    if name == "steps":
        steps = min(STEPS, key=lambda each: abs(each - float(value)))
        return f"Train {steps:,} steps, show both", {"steps": steps, **both}
    fits = [each for each in ALPHAS if each <= float(value) * (1 + 1e-9)] or [ALPHAS[0]]
    alpha = max(fits)
    return f"Train with α = {readable(alpha)}, show both", {"alpha": alpha, **both}


def script(choices: Choices, run: Run, step: float) -> dict[str, Any]:
    """The run to take home: functions, values and what it prints."""
    values = script_values(choices, run, step)
    return {"functions": [train_both], "values": values, "prints": script_prints(run)}


def script_values(choices: Choices, run: Run, step: float) -> dict[str, object]:
    """What the take-home script starts from: the inputs, and where the slider is.

    A run that was too large to start has taken no step, and takes none in the script.
    """
    refused = run.steps[-1] == 0 and run.history.diverged_at is None
    return {
        "choices": replace(choices, steps=0) if refused else choices,
        "run": Source("train_both(choices)"),
        "i": Source(f"int(np.searchsorted(run.steps, {int(step)}))"),
    }


def script_prints(run: Run) -> tuple[tuple[str, str], ...]:
    """What the script prints: the readouts at the step where the slider stands."""
    parts = ["network_score.train", "logistic_score.train"]
    names = ["the network", "logistic regression"]
    if run.network_score.held_out is not None:
        parts += ["network_score.held_out", "logistic_score.held_out"]
        names += ["the network, held out", "logistic regression, held out"]
    return (
        ("step", "run.steps[i]"),
        *(
            line
            for name, part in zip(names, parts, strict=True)
            for line in (
                (f"J of {name}", f"run.{part}.J[i]"),
                (f"share right of {name}", f"run.{part}.accuracy[i]"),
            )
        ),
    )
