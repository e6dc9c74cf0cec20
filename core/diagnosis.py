"""Why did training stop, or get nowhere? What to change first."""

import math
from dataclasses import dataclass, replace

import numpy as np

from core.activations import Activation, find_activation
from core.rounding import readable
from core.shallow import (
    History,
    Parameters,
    add_penalty,
    backward,
    cost,
    forward,
)
from core.types import Array

# A run is unsteady when, over its second half, J jumps up by this share of itself in
# an average step. Smaller ripples are common in runs that end well.
UNSTEADY = 0.02
RISEN = 1.05  # J ends this many times as high as it began
STALLED = 0.99  # J ends this many times as high as it began, or more
SLOW = 0.1  # an alpha below this is the first thing to suspect when J stalls
FLAT = 0.05  # a unit is saturated where g′ is below this share of its largest value
SATURATED = 0.9  # this share of the hidden values, and the gradients die out
UNSOLVED = 0.5  # below this J, a saturated network is one that is sure of itself
ROUNDS = 60  # of the power iteration for the curvature
# A penalty outweighs the data where it pulls the weights at least this hard, as a share
# of how hard the data pushes them, or has shrunk them to this share of their start,
# and J is still this share of a constant answer's.
HELD, VANISHED, UNLEARNED = 0.9, 1e-3, 0.8


@dataclass(frozen=True)
class Finding:
    """What went wrong, since which step, and one parameter to change.

    kind is "diverged", "identical_units", "dead_units", "outweighed", "saturated",
    "rising", "unsteady" or "stalled"; fix is the parameter's name and its new value,
    as in ("alpha", 0.3).
    """

    kind: str
    at_step: int
    sentence: str
    fix: tuple[str, float | str]


def explain_stop(
    history: History,
    X: Array,
    Y: Array,
    activation: str | Activation,
    alpha: float,
    l2: float = 0.0,
) -> Finding | None:
    """The first thing to mend in a training run, or None when it went well.

    history: from core.shallow.train on X (n_x, m), Y (1, m) with this activation, alpha
    and penalty λ = l2. Notes §5.4 to §5.6
    """
    return (
        find_divergence(history, alpha)
        or find_identical_units(history)
        or find_dead_units(history, X, activation, alpha)
        or find_penalty(history, X, Y, activation, l2)
        or find_rise(history, alpha)
        or find_saturation(history, X, activation, alpha)
        or find_jumps(history, alpha)
        or find_stall(history, activation, alpha)
    )


def find_divergence(history: History, alpha: float) -> Finding | None:
    """The cost or a parameter stopped being finite."""
    t = history.diverged_at
    if t is None:
        return None
    if t == 0:
        sentence = "The parameters are too large to compute with from the start."
        return Finding("diverged", 0, sentence, ("scheme", "random"))
    sentence = (
        f"At step {t:,} the parameters grew beyond all bounds: with α = {alpha:g} each "
        "step overshoots by more than the one before."
    )
    return Finding("diverged", t, sentence, ("alpha", smaller(alpha, 10)))


def find_identical_units(history: History) -> Finding | None:
    """All hidden units began as copies of one another, and still are."""
    n_h = history.W1.shape[1]
    start = history.at(0)
    nothing = not start.W1.any() and not start.W2.any()
    copies = n_h > 1 and are_copies(start, 0.0) and are_copies(history.at(-1), 1e-6)
    if nothing and not history.W1[-1].any():
        sentence = (
            "W1 and W2 started at 0 and are still there: each gets its gradient "
            "through the other, so only b2 can learn."
        )
    elif copies:
        sentence = (
            f"All {n_h} hidden units start alike, so at every step they get the same "
            "gradient: together they can do no more than one unit."
        )
    else:
        return None
    return Finding("identical_units", 0, sentence, ("scheme", "random"))


def are_copies(parameters: Parameters, tolerance: float) -> bool:
    """Whether every hidden unit has the weights of the first one."""
    units = np.hstack([parameters.W1, parameters.b1, parameters.W2.T])
    return bool(np.allclose(units, units[0], rtol=tolerance, atol=0.0))


def find_dead_units(
    history: History, X: Array, activation: str | Activation, alpha: float
) -> Finding | None:
    """Half of the hidden units, or more, output 0 for every example."""
    n_h = history.W1.shape[1]
    dead = dead_units(history.at(-1), X, activation)
    if 2 * dead.sum() < n_h or not dead.any():
        return None
    i = len(history.steps) - 1
    while i > 0 and np.all(dead_units(history.at(i - 1), X, activation)[dead]):
        i -= 1
    t = int(history.steps[i])
    who = f"all {n_h}" if dead.all() else f"{dead.sum()} of {n_h}"
    sentence = (
        f"From step {t:,} at the latest, {who} hidden units output 0 for every "
        "example. Their slope is 0 there, so their weights no longer move."
    )
    thrown = t > 0 and np.max(history.J) > RISEN * history.J[0]
    if thrown:
        sentence += f" Steps of α = {alpha:g} threw them there."
        return Finding("dead_units", t, sentence, ("alpha", smaller(alpha, 10)))
    return Finding("dead_units", t, sentence, ("activation", "leaky_relu"))


def dead_units(
    parameters: Parameters, X: Array, activation: str | Activation
) -> np.ndarray[tuple[int], np.dtype[np.bool]]:
    """For each hidden unit (n_h,) whether its output is 0 on every example."""
    A1 = forward(parameters, X, activation).A1
    return np.logical_not(A1.any(axis=1))


def find_penalty(
    history: History, X: Array, Y: Array, activation: str | Activation, l2: float
) -> Finding | None:
    """The penalty keeps the weights so small that the network learns next to nothing.

    Notes §5.5
    """
    # A linear network is at its best with small weights where no line helps.
    linear = find_activation(activation).name == "linear"
    if l2 == 0 or linear or len(history.J) < 2:
        return None
    end = history.at(-1)
    J = cost(forward(end, X, activation).A2, Y)
    constant = cost(np.full(Y.shape, Y.mean()), Y)
    pull, push = pull_and_push(end, X, Y, activation, l2)
    before, after = weight_size(history.at(0)), weight_size(end)
    held = pull >= HELD * push or after < VANISHED * before
    learned = J / constant < UNLEARNED
    if learned or not held:
        return None
    sentence = (
        f"The penalty outweighs the data: λ = {l2:g} pulls the weights to 0 as hard as "
        f"the data pushes them away, or harder. √ΣW² went from {readable(before, 3)} "
        f"to {readable(after, 3)}."
    )
    return Finding("outweighed", 0, sentence, ("l2", 0.0))


def pull_and_push(
    parameters: Parameters,
    X: Array,
    Y: Array,
    activation: str | Activation,
    l2: float,
) -> tuple[float, float]:
    """How hard the penalty pulls the weights towards 0, and the data pushes them away.

    With w the weights W1 and W2 as one vector: λ |w|, and −∂J/∂w along w / |w|, below
    0 where the data pulls too. Where they are equal, the weights keep their size.
    """
    gradients = backward(
        parameters, forward(parameters, X, activation), X, Y, activation
    )
    size = weight_size(parameters)
    if size == 0:
        return 0.0, 0.0
    along = np.sum(gradients.dW1 * (parameters.W1 / size)) + np.sum(
        gradients.dW2 * (parameters.W2 / size)
    )
    return l2 * size, -float(along)


def weight_size(parameters: Parameters) -> float:
    """√(Σ W1² + Σ W2²), the length of all weights as one vector."""
    return math.hypot(np.linalg.norm(parameters.W1), np.linalg.norm(parameters.W2))


def find_saturation(
    history: History, X: Array, activation: str | Activation, alpha: float
) -> Finding | None:
    """Nearly every hidden value lies where g is flat, and the cost is still high.

    Only of tanh and sigmoid, flat at both ends: a unit of ReLU that is flat for every
    example is dead.
    """
    if find_activation(activation).name not in {"tanh", "sigmoid"}:
        return None
    end = saturated_share(history.at(-1), X, activation)
    if end < SATURATED or history.J[-1] < UNSOLVED:
        return None
    start = saturated_share(history.at(0), X, activation)
    if start >= SATURATED:
        sentence = (
            f"The weights start so large that {100 * start:.0f} % of the hidden values "
            "lie where g is flat: g′ is nearly 0 there, so W1 hardly moves."
        )
        return Finding("saturated", 0, sentence, ("scheme", "random"))
    t = first_jump(history.J)
    sentence = (
        f"At the end {100 * end:.0f} % of the hidden values lie where g is flat (at "
        f"the start {100 * start:.0f} %): steps of α = {alpha:g} threw them there, "
        f"first at step {t:,}, and with g′ nearly 0 they cannot come back."
    )
    return Finding("saturated", t, sentence, ("alpha", smaller(alpha, 10)))


def saturated_share(
    parameters: Parameters, X: Array, activation: str | Activation
) -> float:
    """The share of the hidden values, units × examples, at which g is flat.

    tanh and sigmoid are flat far from 0, ReLU where it is 0; the other two nowhere.
    """
    kind = find_activation(activation)
    if kind.name in {"leaky_relu", "linear"}:
        return 0.0
    slopes = kind.dg(forward(parameters, X, activation).Z1)
    steepest = kind.dg(np.array([0.0, 1.0])).max()
    return float(np.mean(slopes < FLAT * steepest))


def find_rise(history: History, alpha: float) -> Finding | None:
    """The cost ends above where it began."""
    J = history.J
    late = J[-max(1, len(J) // 10) :]
    if late.mean() <= RISEN * J[0]:
        return None
    t = first_jump(J)
    sentence = (
        f"J ends higher than it began: {J[0]:.3g} before step 1, about "
        f"{late.mean():.3g} at the end. With α = {alpha:g} the steps overshoot, first "
        f"at step {t:,}."
    )
    return Finding("rising", t, sentence, ("alpha", smaller(alpha, 10)))


def find_jumps(history: History, alpha: float) -> Finding | None:
    """The cost keeps jumping up and down to the end."""
    half = history.J[len(history.J) // 2 :]
    if len(half) < 2:
        return None
    jumps = np.maximum(np.diff(half), 0).mean()
    if jumps <= UNSTEADY * half.mean():
        return None
    t = first_jump(history.J)
    sentence = (
        f"J jumps up and down, first at step {t:,}, and has not settled at the end: "
        f"with α = {alpha:g} the steps overshoot the valley."
    )
    return Finding("unsteady", t, sentence, ("alpha", smaller(alpha, 3)))


def find_stall(
    history: History, activation: str | Activation, alpha: float
) -> Finding | None:
    """The cost has hardly moved, and longer or more steps would help."""
    J, steps = history.J, len(history.J) - 1
    # A linear network can be at its best from the start: on xor no line helps.
    linear = find_activation(activation).name == "linear"
    if linear or steps == 0 or J[-1] < STALLED * J[0]:
        return None
    moved = f"In {steps:,} steps J went from {J[0]:.4g} to {J[-1]:.4g}, hardly a change"
    if alpha < SLOW:
        sentence = f"{moved}: with α = {alpha:g} each step is very short."
        return Finding("stalled", 0, sentence, ("alpha", float(f"{10 * alpha:.0e}")))
    if steps <= 2000:
        sentence = f"{moved}: small weights make a flat start. It needs more steps."
        return Finding("stalled", 0, sentence, ("steps", 10 * steps))
    return None


@dataclass(frozen=True)
class Evidence:
    """What the numbers say about a run that went wrong.

    bad_step is the first that raised J, or None where there is none or it is not the
    cause. Just before it, after `step` steps, curvature is how sharply J bends along
    its most bent direction: a step goes down there only while α < 2 / curvature. At the
    end `dead` of the n_h units give 0 for every example and `different` are no copies
    of one another; `saturated` is the share of flat hidden values, `largest` the
    largest parameter, and pull and push are those of `pull_and_push`.
    """

    step: int
    bad_step: int | None
    curvature: float
    saturated: float
    dead: int
    different: int
    n_h: int
    largest: float
    pull: float
    push: float


def gather(
    finding: Finding,
    history: History,
    X: Array,
    Y: Array,
    activation: str | Activation,
    l2: float = 0.0,
) -> Evidence:
    """The numbers behind a finding; history keeps every step. Notes §5.4 to §5.6"""
    bad = None
    if finding.kind not in {"identical_units", "outweighed", "stalled"}:
        bad = first_jump(history.J) or history.diverged_at
    before, end = history.at(max((bad or 0) - 1, 0)), history.at(-1)
    units = np.hstack([end.W1, end.b1, end.W2.T])
    pull, push = pull_and_push(end, X, Y, activation, l2)
    return Evidence(
        step=max((bad or 0) - 1, 0),
        bad_step=bad,
        curvature=curvature(before, X, Y, activation, l2),
        saturated=saturated_share(end, X, activation),
        dead=int(dead_units(end, X, activation).sum()),
        different=count_different(units),
        n_h=len(units),
        largest=float(max(np.abs(each).max() for each in vars(end).values())),
        pull=pull,
        push=push,
    )


def within_curvature(finding: Finding, evidence: Evidence) -> Finding:
    """The same finding; an α to try is not above 2 / curvature either."""
    name, value = finding.fix
    too_long = finding.kind != "stalled" and name == "alpha"
    if not too_long or evidence.curvature * float(value) <= 2:
        return finding
    return replace(finding, fix=(name, smaller(2 / evidence.curvature, 1)))


def count_different(units: Array) -> int:
    """How many rows are no copies of an earlier one, but for rounding."""
    kept: list[Array] = []
    for row in units:
        if not any(np.allclose(row, other, rtol=1e-6, atol=0.0) for other in kept):
            kept.append(row)
    return len(kept)


def curvature(
    parameters: Parameters,
    X: Array,
    Y: Array,
    activation: str | Activation,
    l2: float = 0.0,
) -> float:
    """The largest second derivative of J along any direction of the parameters.

    Power iteration: again and again a direction is replaced by the change of the
    gradient along it, until only the most bent direction is left. Where J bends more
    sharply down than up, a second round, shifted, finds the sharpest way up.
    """
    steepest = power_iteration(parameters, X, Y, activation, l2, 0.0)
    if steepest >= 0:
        return steepest
    return steepest + power_iteration(parameters, X, Y, activation, l2, -steepest)


def power_iteration(
    parameters: Parameters,
    X: Array,
    Y: Array,
    activation: str | Activation,
    l2: float,
    shift: float,
) -> float:
    """The eigenvalue farthest from 0 of the second derivatives plus `shift`."""
    rng = np.random.default_rng(0)
    shapes = [np.shape(each) for each in vars(parameters).values()]
    direction = [rng.standard_normal(shape) for shape in shapes]
    nudge = 1e-5
    found = 0.0
    for _ in range(ROUNDS):
        size = math.sqrt(sum(float(np.sum(each**2)) for each in direction))
        if size == 0:
            return 0.0
        direction = [each / size for each in direction]
        slopes = []
        for sign in (-1.0, 1.0):
            moved = Parameters(
                *(
                    each + sign * nudge * along
                    for each, along in zip(
                        vars(parameters).values(), direction, strict=True
                    )
                )
            )
            cache = forward(moved, X, activation)
            gradients = backward(moved, cache, X, Y, activation)
            slopes.append(vars(add_penalty(gradients, moved, l2)).values())
        bend = [
            (after - before) / (2 * nudge) + shift * along
            for before, after, along in zip(*slopes, direction, strict=True)
        ]
        found = sum(
            float(np.sum(each * along))
            for each, along in zip(bend, direction, strict=True)
        )
        direction = bend
    return found


def first_jump(J: Array) -> int:
    """The first step that raised the cost by more than UNSTEADY of itself."""
    jumps = np.flatnonzero(J[1:] > (1 + UNSTEADY) * J[:-1])
    return int(jumps[0]) + 1 if jumps.size else 0


def smaller(alpha: float, times: float) -> float:
    """A round number, 1 or 3 times a power of ten, at most alpha / times."""
    target = alpha / times * (1 + 1e-9)  # so that 3 / 3 counts as 1
    power = math.floor(math.log10(target))
    digit = 3 if target >= 3 * 10.0**power else 1
    return float(f"{digit}e{power}")
