"""Six bugs that backpropagation is known for, as code that runs, and who notices.

Each broken function differs from the right one of `core.backprop` in one line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.activations import find_activation
from core.backprop import (
    Equations,
    Example,
    Slope,
    bias_slope,
    flat,
    forward_of,
    gradients,
    hidden_error,
    nudged_gradients,
    output_error,
    step_at_once,
    weight_slope,
)
from core.gradient_check import worst_difference
from core.shallow import Cache, Gradients, Parameters, cost
from core.types import Array

# Below this a gradient counts as right, as in core.gradient_check.check.
RIGHT = 1e-6


def weight_slope_lost_m(dZ: Array, A_in: Array) -> Array:
    """Broken: a sum over the examples, not their mean."""
    dW: Array = np.dot(dZ, A_in.T)
    return dW


def weight_slope_no_transpose(dZ: Array, A_in: Array) -> Array:
    """Broken: rows of dZ meet columns of A_in, which are examples."""
    dW: Array = np.dot(dZ, A_in) / dZ.shape[1]
    return dW


def output_error_wrong_sign(A2: Array, Y: Array) -> Array:
    """Broken: points to where the cost rises."""
    return Y - A2


def hidden_error_slope_of_A(W2: Array, dZ2: Array, cache: Cache, dg: Slope) -> Array:
    """Broken: g′ is asked at A1 = g(Z1), where it is another number."""
    dZ1: Array = np.dot(W2.T, dZ2) * dg(cache.A1)
    return dZ1


def bias_slope_no_keepdims(dZ: Array) -> Array:
    """Broken: shape (n,) in place of (n, 1)."""
    db: Array = np.sum(dZ, axis=1) / dZ.shape[1]
    return db


def step_W2_first(example: Example, equations: Equations, alpha: float) -> Parameters:
    """Broken: W2 has moved already when the error is sent back through it."""
    parameters, cache = example.parameters, forward_of(example)
    dZ2 = equations.dZ2(cache.A2, example.Y)
    W2 = parameters.W2 - alpha * equations.dW2(dZ2, cache.A1)
    b2 = parameters.b2 - alpha * equations.db2(dZ2)
    dZ1 = equations.dZ1(W2, dZ2, cache, find_activation(example.activation).dg)
    W1 = parameters.W1 - alpha * equations.dW1(dZ1, example.X)
    b1 = parameters.b1 - alpha * equations.db1(dZ1)
    return Parameters(W1=W1, b1=b1, W2=W2, b2=b2)


@dataclass(frozen=True)
class Bug:
    """A bug: the function that it breaks, right and wrong, and what runs then."""

    label: str
    where: str
    right: Callable[..., object]
    wrong: Callable[..., object]
    equations: Equations
    step: Callable[[Example, Equations, float], Parameters] = step_at_once


BUGS: Mapping[str, Bug] = {
    "lost_m": Bug(
        "1/m is lost",
        "dW1 and dW2",
        weight_slope,
        weight_slope_lost_m,
        Equations(dW1=weight_slope_lost_m, dW2=weight_slope_lost_m),
    ),
    "transpose": Bug(
        "a transpose is missing",
        "dW1",
        weight_slope,
        weight_slope_no_transpose,
        Equations(dW1=weight_slope_no_transpose),
    ),
    "sign": Bug(
        "the sign is wrong",
        "dZ2",
        output_error,
        output_error_wrong_sign,
        Equations(dZ2=output_error_wrong_sign),
    ),
    "slope_of_A": Bug(
        "g′(A) for g′(Z)",
        "dZ1",
        hidden_error,
        hidden_error_slope_of_A,
        Equations(dZ1=hidden_error_slope_of_A),
    ),
    "keepdims": Bug(
        "keepdims is forgotten",
        "db1 and db2",
        bias_slope,
        bias_slope_no_keepdims,
        Equations(db1=bias_slope_no_keepdims, db2=bias_slope_no_keepdims),
    ),
    "order": Bug(
        "W2 moves before dZ1",
        "the step",
        step_at_once,
        step_W2_first,
        Equations(),
        step_W2_first,
    ),
}


@dataclass(frozen=True)
class Findings:
    """What each way of looking says about a broken way back.

    stopped: what NumPy raised, or nothing; then the rest is empty. worst: the largest
    relative difference between the gradient's numbers and central differences.
    misshapen: the gradients that do not have the shape of their parameter. moved: the
    step that was taken, (before − after) / α, compared in the same way, or None where
    a parameter has changed its shape. grown: those that did. next_Z1: the shape of
    W1 X + b1 after the step, or why it has none.
    """

    stopped: str
    worst: float | None = None
    misshapen: tuple[str, ...] = ()
    moved: float | None = None
    grown: tuple[str, ...] = ()
    next_Z1: str = ""

    @property
    def verdict(self) -> str:
        """error, caught or missed: by the gradient check, which compares numbers."""
        if self.worst is None:
            return "error"
        return "caught" if self.worst > RIGHT else "missed"

    @property
    def harmless(self) -> bool:
        """Nothing is wrong here: not the numbers, not the shapes, not the step."""
        fine = self.moved is not None and self.moved <= RIGHT
        return self.verdict == "missed" and fine


def examine(name: str, example: Example, alpha: float) -> Findings:
    """Run code with this bug of BUGS, and look at it in every way. alpha > 0"""
    bug = BUGS[name]
    J = cost(forward_of(example).A2, example.Y)
    nudged = flat(nudged_gradients(example))
    before = example.parameters
    try:
        slopes = gradients(example, bug.equations)
        after = bug.step(example, bug.equations, alpha)
    except ValueError as error:
        return Findings(stopped=str(error))
    grown = differing(after, before)
    moved = None
    if not grown:
        step_slopes = (flat(before) - flat(after)) / alpha
        moved = worst_difference(step_slopes, nudged, J)
    return Findings(
        stopped="",
        worst=worst_difference(flat(slopes), nudged, J),
        misshapen=differing(slopes, before),
        moved=moved,
        grown=grown,
        next_Z1=shape_of_Z1(after, example.X),
    )


def differing(parts: Parameters | Gradients, like: Parameters) -> tuple[str, ...]:
    """The names in `parts` whose shape is not that of the parameter in its place."""
    pairs = zip(vars(parts).items(), vars(like).values(), strict=True)
    return tuple(name for (name, part), own in pairs if part.shape != own.shape)


def shape_of_Z1(parameters: Parameters, X: Array) -> str:
    """The shape of W1 X + b1, or what NumPy says when there is none."""
    try:
        return str((np.dot(parameters.W1, X) + parameters.b1).shape)
    except ValueError as error:
        return str(error)


def claimed_slope(name: str, example: Example, alpha: float) -> float | None:
    """What the step takes ∂J/∂W1[-1, 0] to be; None where NumPy stops."""
    bug = BUGS[name]
    try:
        after = bug.step(example, bug.equations, alpha)
    except ValueError:
        return None
    return float((example.parameters.W1 - after.W1)[-1, 0] / alpha)
