"""Words, tables and formulas of the training page: what a run is, did, and lacks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from charts.two_runs import Model, line, network, percent
from core.batches import batches
from core.branch import Edit, branch_of
from core.datasets import make, split
from core.diagnosis import Evidence, Finding
from core.literals import Source
from core.logistic import NEAREST
from core.points import OWN
from core.rounding import latex, readable
from core.shallow import (
    RunTooLarge,
    add_penalty,
    backward,
    cost,
    forward,
    penalty,
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
from core.training import Choices, Run, points_of, train_on
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
CUT_OFF = -float(np.log(NEAREST))  # no single loss is larger
FALLING = 0.99  # J falls to less than this share of itself in the last tenth of a run
STARTED = 0.9  # a run that ends above this share of its first J has hardly left it
ENOUGH = 20  # points held out, to tell overfitting from luck
EVIDENCE = "**The numbers behind it.**"
UNITS_WORDS = (
    "The same flower, 320 points, tanh, α = 1.2, 5,000 steps; only the number of "
    "hidden units differs. Drag the step, or play."
)


def limits(choices: Choices, run: Run) -> str:
    """How long a run may be with these sizes, and how many of its steps are kept."""
    m = run.split.train.Y.size
    size = min(choices.batch or m, m)
    fits = steps_that_fit(size, choices.n_h)
    batch = f"{size:,} points" if size == m else f"batches of {size}"
    return (
        f"With {batch} and {units(choices)} up to {fits:,} steps fit into one press. "
        f"{kept(run)}"
    )


def kept(run: Run) -> str:
    """How many of the steps the slider can stand at."""
    last, count = int(run.steps[-1]), len(run.steps)
    if count > last:
        return "Every step is kept."
    return f"{count:,} of the {last:,} steps are kept, most of them early ones."


def units(choices: Choices) -> str:
    """1 hidden unit, 4 hidden units."""
    return "1 hidden unit" if choices.n_h == 1 else f"{choices.n_h} hidden units"


def stage_alt(choices: Choices, run: Run) -> str:
    """The takeaway of the stage."""
    without = " without the penalty" if choices.l2 else ""
    score = run.network_score.train
    return (
        f"The network and what it answers. After {run.steps[-1]:,} steps it gets "
        f"{percent(score.accuracy[-1])} of the training points right, with J = "
        f"{readable(float(score.J[-1]), 3)}{without}."
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


def failed(finding: Finding, choices: Choices, run: Run) -> str:
    """What went wrong, since when, and the cause with its numbers."""
    if finding.kind == "unsteady":
        heading = "Why it is unsteady"
    else:
        heading = "What goes wrong" if bent(run) else "Why it fails"
    cause = "" if run.evidence is None else why(finding, run.evidence, choices)
    return f"**{heading}.** {finding.sentence} {cause}".strip()


def bent(run: Run) -> bool:
    """Whether the network gets clearly more right than one straight line."""
    network, line = run.network_score.train, run.logistic_score.train
    return bool(network.accuracy[-1] > line.accuracy[-1] + 0.05)


def why(finding: Finding, seen: Evidence, choices: Choices) -> str:
    """The cause, from the numbers."""
    if finding.kind == "identical_units":
        copies = f"All {seen.n_h} rows [W1 b1 W2ᵀ] are one and the same."
        return copies if seen.n_h > 1 else ""
    if seen.bad_step is None or seen.curvature <= 0:
        return ""
    limit = 2 / seen.curvature
    named = finding.kind in {"rising", "unsteady"}
    says = "" if named else f"The first step that raised J is step {seen.bad_step:,}. "
    times = choices.alpha / limit
    if times > 1:
        says += (
            f"Just before it J bends with curvature {readable(seen.curvature, 3)}, so "
            f"steps go down only below α = 2 / {readable(seen.curvature, 3)} = "
            f"{readable(limit, 3)}: yours is {readable(times, 2)} times that."
        )
    else:
        says += (
            f"At that place steps up to α = {readable(limit, 3)} would still go down; "
            "later the valley gets narrower."
        )
    if finding.kind == "diverged":
        says += (
            " J does not tell how bad it is: a ŷ of exactly 0 or 1 is taken for almost "
            f"0 or 1, so one point loses {readable(CUT_OFF, 3)} at most."
        )
    return says


def evidence_table(seen: Evidence, choices: Choices) -> pd.DataFrame:
    """What was looked at to find the cause, and what it was."""
    limit = readable(2 / seen.curvature, 3) if seen.curvature > 0 else "none"
    largest = readable(seen.largest, 3)
    rows = [
        ("steps go down below α = 2 / curvature", limit),
        ("your α", readable(choices.alpha)),
        ("hidden values where g is flat, at the end", percent(seen.saturated)),
        ("units that output 0 for every point", f"{seen.dead} of {seen.n_h}"),
        ("different units", f"{seen.different} of {seen.n_h}"),
        ("largest parameter at the end (overflow: 10¹⁰⁰)", largest),
    ]
    bend = readable(seen.curvature, 3)
    if seen.bad_step is None:
        rows.insert(0, ("curvature of J at the start", bend))
    else:
        rows.insert(0, ("first step that raised J", f"{seen.bad_step:,}"))
        rows.insert(1, ("curvature of J just before it", bend))
    if choices.l2:
        rows += [
            ("the penalty's pull on the weights, at the end", readable(seen.pull, 3)),
            ("the data's push away from 0, at the end", readable(seen.push, 3)),
        ]
    return pd.DataFrame(rows, columns=["looked at", "found"])


def forward_formula(choices: Choices, m: int) -> str:
    """Forward and one step of descent, each matrix with its shape under it."""
    n_h = choices.n_h
    g = {
        "sigmoid": r"\sigma(Z^{[1]})",
        "tanh": r"\tanh(Z^{[1]})",
        "relu": r"\mathrm{ReLU}(Z^{[1]})",
        "leaky_relu": r"\mathrm{leaky\,ReLU}(Z^{[1]})",
        "linear": r"Z^{[1]} \quad\text{for } g(z) = z",
    }[choices.activation]
    alpha, slope = latex(choices.alpha), r"\tfrac{dJ}{dW^{[1]}} \quad\text{and so on}"
    if choices.l2:
        slope = rf"(\tfrac{{dJ}}{{dW^{{[1]}}}} + {latex(choices.l2)}\,W^{{[1]}})"

    def shaped(symbol: str, rows: int, columns: int) -> str:
        return rf"\underset{{({rows},\,{columns})}}{{{symbol}}}"

    X, Z1, A1 = shaped("X", 2, m), shaped("Z^{[1]}", n_h, m), shaped("A^{[1]}", n_h, m)
    W1, b1 = shaped("W^{[1]}", n_h, 2), shaped("b^{[1]}", n_h, 1)
    W2, b2 = shaped("W^{[2]}", 1, n_h), shaped("b^{[2]}", 1, 1)
    Z2, A2 = shaped("Z^{[2]}", 1, m), shaped("A^{[2]}", 1, m)
    return (
        r"\begin{aligned}"
        rf"{Z1} &= {W1}\,{X} + {b1} \\[0.4em]"
        rf"{A1} &= {g} \\[0.4em]"
        rf"{Z2} &= {W2}\,A^{{[1]}} + {b2} \\[0.4em]"
        rf"{A2} &= \sigma(Z^{{[2]}}) \\[0.4em]"
        rf"W^{{[1]}} &:= W^{{[1]}} - {alpha}\,{slope}\end{{aligned}}"
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
    share = percent(run.network_score.train.accuracy[-1])
    if run.steps[-1] == 0:
        says = (
            "This is the untrained start, before any step: what it gets right, "
            f"{share} of the training points, is chance. Nothing is learned yet."
        )
        return f"**What to notice.** {says} {parameter_sentence(choices)}"
    straight = float(run.logistic_score.train.accuracy[-1])
    says = (
        "**What to notice.** Logistic regression, trained as many steps, draws one "
        f"straight line and gets {percent(straight)} of the training points right. "
    )
    kind = None if run.finding is None else run.finding.kind
    if choices.activation == "linear":
        says += (
            "With the linear activation the network does the same: W2 (W1 X + b1) + b2 "
            "is again one weight matrix and one bias, however many units there are. "
        )
    elif kind == "identical_units":
        says += (
            f"All alike, {choices.n_h} hidden units draw one line between them: "
            f"{share}. "
        )
    elif kind == "outweighed":
        says += (
            f"The network got {share}: weights that a penalty keeps near 0 bend next "
            "to nothing. "
        )
    elif kind is not None:
        says += (
            f"The network got {share}, and something went wrong on the way: see above. "
        )
    elif choices.n_h == 1:
        says += (
            "One hidden unit draws one straight line too, however it is bent: "
            f"{share}. "
        )
    elif bent(run):
        says += (
            "Each hidden unit draws such a line of its own and answers with "
            f"{ACTIVATION_NAMES[choices.activation]} of how far a point lies from it; "
            f"the output weighs these answers. Together {choices.n_h} of them reach "
            f"{share}. "
        )
    elif straight > 0.95:
        says += "That is enough here: hidden units have little left to add. "
    else:
        says += (
            f"This network reaches {share}, hardly more. {what_to_try(choices, run)}"
        )
    says += f"{held_out_sentence(run)} {penalty_sentence(choices, run)}"
    return f"{says}{parameter_sentence(choices)}"


def penalty_sentence(choices: Choices, run: Run) -> str:
    """Which J is shown, where there are two of them."""
    if choices.l2 == 0:
        return ""
    J = float(run.network_score.train.J[-1])
    whole = J + penalty(run.history.at(-1), choices.l2)
    return (
        f"Every J shown is without the penalty: {readable(J)} at the end. Descent "
        f"lowers J + λ/2 ΣW², which ends at {readable(whole)}. "
    )


def what_to_try(choices: Choices, run: Run) -> str:
    """What may help a network that is no better than a line, though nothing failed."""
    J = run.history.J
    if choices.l2:
        return (
            f"The penalty λ = {choices.l2:g} keeps its weights small, and small ones "
            "bend little: try a smaller λ, under “Points, start, batches”. "
        )
    if choices.steps < max(STEPS) and J[-1] < FALLING * J[9 * len(J) // 10]:
        return "J was still falling at the end: try more steps. "
    if choices.scheme == "random" and J[-1] > STARTED * J[0]:
        return (
            "A start so near 0 can keep it on a flat stretch for long: try the start "
            "randn / √inputs, under “Points, start, batches”. "
        )
    return ""


def held_out_sentence(run: Run) -> str:
    """How the network does on points it was not trained on."""
    score, count = run.network_score, run.split.held_out.Y.size
    if score.held_out is None:
        return "No points are held out, so nothing tells how it does on new ones."
    best = int(np.argmin(score.held_out.J))
    first, last = float(score.held_out.J[best]), float(score.held_out.J[-1])
    fitted = float(score.train.J[-1])
    says = (
        f"On the {count} points held out it gets {percent(score.held_out.accuracy[-1])}"
    )
    risen = last > 1.1 * first and fitted < score.train.J[best]
    if count >= ENOUGH and risen and last > fitted:
        return (
            f"{says}. There J was lowest at step {run.steps[best]:,}, at "
            f"{readable(first, 3)}, and has risen to {readable(last, 3)} since, while "
            f"it kept falling on the training points, to {readable(fitted, 3)}: the "
            "network overfits."
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
    if name == "l2":
        l2 = float(value)
        return f"Train with λ = {readable(l2)}, show both", {"l2": l2, **both}
    if name == "steps":
        steps = min(STEPS, key=lambda each: abs(each - float(value)))
        return f"Train {steps:,} steps, show both", {"steps": steps, **both}
    fits = [each for each in ALPHAS if each <= float(value) * (1 + 1e-9)] or [ALPHAS[0]]
    alpha = max(fits)
    return f"Train with α = {readable(alpha)}, show both", {"alpha": alpha, **both}


def script(
    choices: Choices, run: Run, step: float, edit: Edit | None = None
) -> dict[str, Any]:
    """The run to take home: functions, values and what it prints.

    With the branch that grew from an edited value, where there is one.
    """
    functions: list[Callable[..., Any]] = [points_of, train_on]
    if choices.data != OWN:  # only own points have to be read
        functions = [make, split, train_on]
    values = script_values(choices, run, step)
    prints = script_prints(choices, run)
    if edit is not None:
        functions.append(branch_of)
        values |= {
            "edit": edit,
            "grown": Source("branch_of(choices, run, edit)"),
            "k": Source(f"max({index('grown.history.steps', step)}, 0)"),
        }
        prints += branch_prints(choices, run)
    return {"functions": functions, "values": values, "prints": prints}


def script_values(choices: Choices, run: Run, step: float) -> dict[str, object]:
    """What the take-home script starts from: the inputs, and where the slider is.

    A run that was too large to start has taken no step, and takes none in the script.
    """
    refused = run.steps[-1] == 0 and run.history.diverged_at is None
    drawn = "make(choices.data, choices.m, choices.noise, choices.seed)"
    points = f"split({drawn}, choices.held_out, choices.seed)"
    return {
        "choices": replace(choices, steps=0) if refused else choices,
        "parts": Source("points_of(choices)" if choices.data == OWN else points),
        "run": Source("train_on(parts, choices)[0]"),
        "i": Source(index("run.steps", step)),
    }


def index(steps: str, step: float) -> str:
    """Where the last of the kept steps up to this one stands, as Python."""
    return f"int(np.searchsorted({steps}, {int(step)}, side='right')) - 1"


def branch_prints(choices: Choices, run: Run) -> tuple[tuple[str, str], ...]:
    """What the script prints of a branch, at the same step."""
    J = cost_words(choices)
    parts = {"train": "the branch"}
    if run.network_score.held_out is not None:
        parts["held_out"] = "the branch, held out"
    return (
        ("step of the branch", "grown.history.steps[k]"),
        *(
            line
            for part, name in parts.items()
            for line in (
                (f"{J} of {name}", f"grown.score.{part}.J[k]"),
                (f"share right of {name}", f"grown.score.{part}.accuracy[k]"),
            )
        ),
    )


def cost_words(choices: Choices) -> str:
    """What J is called: with a penalty there are two."""
    return "J without the penalty" if choices.l2 else "J"


def script_prints(choices: Choices, run: Run) -> tuple[tuple[str, str], ...]:
    """What the script prints: the readouts at the step where the slider stands."""
    J = cost_words(choices)
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
                (f"{J} of {name}", f"run.{part}.J[i]"),
                (f"share right of {name}", f"run.{part}.accuracy[i]"),
            )
        ),
    )
