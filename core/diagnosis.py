"""Why did training stop, or get nowhere? What to change first."""

import math
from dataclasses import dataclass

import numpy as np

from core.activations import Activation, find_activation
from core.shallow import History, Parameters, forward
from core.types import Array

# A run is unsteady when, over its second half, J jumps up by this share of itself in
# an average step. Smaller ripples are common in runs that end well.
UNSTEADY = 0.02
RISEN = 1.05  # J ends this many times as high as it began
STALLED = 0.99  # J ends this many times as high as it began, or more
SLOW = 0.1  # an alpha below this is the first thing to suspect when J stalls


@dataclass(frozen=True)
class Finding:
    """What went wrong, since which step, and one parameter to change.

    kind is "diverged", "identical_units", "dead_units", "rising", "unsteady" or
    "stalled"; fix is the parameter's name and its new value, as in ("alpha", 0.3).
    """

    kind: str
    at_step: int
    sentence: str
    fix: tuple[str, float | str]


def explain_stop(
    history: History, X: Array, activation: str | Activation, alpha: float
) -> Finding | None:
    """The first thing to mend in a training run, or None when it went well.

    history: from core.shallow.train on X (n_x, m) with this activation and alpha.
    Notes §5.4 to §5.6
    """
    return (
        find_divergence(history, alpha)
        or find_identical_units(history)
        or find_dead_units(history, X, activation, alpha)
        or find_rise(history, alpha)
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
