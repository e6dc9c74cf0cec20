"""Claims of the notes §3.7: logistic regression as a graph, one example and many."""

import ast

import numpy as np

from core.claim import Claim
from core.logistic import train
from core.loop import (
    TINY_X,
    TINY_Y,
    gradients_by_loop,
    gradients_by_matrix,
    same_digits,
)
from core.single_example import (
    DerivationStep,
    OneExample,
    OneNeuron,
    backward_one,
    derivation,
    forward_one,
    update_one,
)

NEURON, EXAMPLE = OneNeuron(0.4, -0.6, 0.1), OneExample(2.0, -1.0, 1)
X, Y = np.array(TINY_X), np.array(TINY_Y)
W, B = np.array([[0.5], [-0.3]]), 0.1
H = 1e-6


def last_line(part: str) -> DerivationStep:
    """The formula that a part of the derivation ends with, beside a measured slope."""
    return [step for step in derivation(NEURON, EXAMPLE) if step.part == part][-1]


def off_by(part: str) -> float:
    """The measured slope minus that of the formula."""
    return last_line(part).left_value - last_line(part).right_value


def off_by_parameter(name: str) -> float:
    """The slope of L by a parameter, measured by a nudge, minus that of the notes."""
    back = backward_one(EXAMPLE, forward_one(NEURON, EXAMPLE))
    start = {"w1": NEURON.w1, "w2": NEURON.w2, "b": NEURON.b}
    up = forward_one(OneNeuron(**{**start, name: start[name] + H}), EXAMPLE).L
    down = forward_one(OneNeuron(**{**start, name: start[name] - H}), EXAMPLE).L
    slope = {"w1": back.dw1, "w2": back.dw2, "b": back.db}[name]
    return (up - down) / (2 * H) - slope


def lines_that_hold() -> str:
    """How many lines of the derivation of dz = a − y have two equal sides."""
    steps = derivation(NEURON, EXAMPLE)
    return f"{sum(step.agrees for step in steps)} of {len(steps)}"


def loss_falls() -> str:
    """What one update does to the loss."""
    update = update_one(NEURON, EXAMPLE, 0.1)
    return "reduces it" if update.L_after < update.L_before else "does not"


def transposed_weight() -> str:
    """What a transpose does to a weight that is a single number."""
    w1 = np.float64(NEURON.w1)
    changes = np.transpose(w1) != w1 or np.ndim(w1) > 0
    return "w₁ᵀx₁ + w₂ᵀx₂ + b" if changes else "w₁x₁ + w₂x₂ + b"


def loop_against_matrix() -> str:
    """Whether the loop, divided by m, gives the slopes that the matrices give."""
    by_loop = gradients_by_loop(X, Y, W, B)
    return "yes" if same_digits(by_loop, gradients_by_matrix(X, Y, W, B)) else "no"


def averaged_slope() -> float:
    """dw₁ of the cost minus the average of the dw₁ of each example."""
    neuron = OneNeuron(float(W[0, 0]), float(W[1, 0]), B)
    each = []
    for x1, x2, y in zip(X[0], X[1], Y[0], strict=True):
        example = OneExample(float(x1), float(x2), int(y))
        each.append(backward_one(example, forward_one(neuron, example)).dw1)
    return gradients_by_matrix(X, Y, W, B).dw[0] - sum(each) / len(each)


def weights_by_example() -> str:
    """What taking weight number i for example number i leads to."""
    w = W[:, 0]
    try:
        for i in range(X.shape[1]):
            w[i] * X[:, i] + B
    except IndexError:
        return "IndexError"
    return "a number for each example"


def without_the_star() -> str:
    """Whether Python reads two factors that stand side by side."""
    try:
        ast.parse("dw[k] += x[k,i]dz[i]")
    except SyntaxError:
        return "SyntaxError"
    return "a sum"


def parameters_learned() -> int:
    """How many numbers training leaves behind, however many examples there were."""
    run = train(X, Y, 0.1, 5)
    return run.w.size + 1


BY_HAND, MANY = "logistic_by_hand", "many_examples"
CLAIMS = (
    Claim(
        "3.7.1",
        "measured slope of L by a, minus −y/a + (1 − y)/(1 − a)",
        0.0,
        lambda: off_by("∂L/∂a"),
        BY_HAND,
        1e-5,
    ),
    Claim(
        "3.7.1",
        "measured slope of a by z, minus a(1 − a)",
        0.0,
        lambda: off_by("∂a/∂z"),
        BY_HAND,
        1e-8,
    ),
    Claim(
        "3.7.1",
        "measured slope of L by z, minus (a − y)",
        0.0,
        lambda: off_by("∂L/∂z"),
        BY_HAND,
        1e-8,
    ),
    Claim(
        "3.7.1",
        "measured slope of L by w₁, minus x₁(a − y)",
        0.0,
        lambda: off_by_parameter("w1"),
        BY_HAND,
        1e-8,
    ),
    Claim(
        "3.7.1",
        "measured slope of L by w₂, minus x₂(a − y)",
        0.0,
        lambda: off_by_parameter("w2"),
        BY_HAND,
        1e-8,
    ),
    Claim(
        "3.7.1",
        "measured slope of L by b, minus (a − y)",
        0.0,
        lambda: off_by_parameter("b"),
        BY_HAND,
        1e-8,
    ),
    Claim(
        "3.7.1",
        "lines in the derivation of dz = a − y whose two sides agree",
        "9 of 9",
        lines_that_hold,
        BY_HAND,
    ),
    Claim("3.7.1", "one update of w₁, w₂ and b", "reduces it", loss_falls, BY_HAND),
    Claim(
        "3.7.1",
        "z for two features, each a number",
        "w₁ᵀx₁ + w₂ᵀx₂ + b",
        transposed_weight,
        BY_HAND,
        correction="In §3.7.1 w₁, w₂, x₁ and x₂ are single numbers, and a transpose "
        "does nothing to those: z = w₁x₁ + w₂x₂ + b. The transpose belongs to the "
        "vectors, where the same line is z = wᵀx + b.",
    ),
    Claim(
        "3.7.3",
        "∂J/∂w₁ minus the average of the slopes of all examples",
        0.0,
        averaged_slope,
        MANY,
        1e-12,
    ),
    Claim(
        "3.7.3",
        "the loop, with its slips put right, gives what the matrices give",
        "yes",
        loop_against_matrix,
        MANY,
    ),
    Claim(
        "3.7.3",
        "what z[i] = w[i]*x[i] + b gives for 2 features and 4 examples",
        "a number for each example",
        weights_by_example,
        MANY,
        correction="In the listing of §3.7.3 z takes weight number i for example "
        "number i. There is one weight for each feature k, not for each example: add "
        "up w[k]*x[k,i] over all k, then add b.",
    ),
    Claim(
        "3.7.3",
        "what the line that adds x[k,i]dz[i] to dw[k] gives",
        "a sum",
        without_the_star,
        MANY,
        correction="Python does not multiply what merely stands side by side. The "
        "line in §3.7.3 needs its sign: dw[k] += x[k,i]*dz[i].",
    ),
    Claim(
        "3.7.3",
        "numbers that are learned from 4 examples with two features",
        12,
        parameters_learned,
        MANY,
        correction="§3.7.3 gives w₁, w₂ and b the superscript (i), as if every "
        "example had its own three. All examples share one w₁, one w₂ and one b, 3 "
        "numbers in all. Only x, y, z, a, the loss and its slopes belong to example i.",
    ),
)
