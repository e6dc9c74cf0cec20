"""Claims of the notes §2.1: one neuron, and a small network."""

from core.claim import Claim
from core.demand import learn_demand, t_shirts
from core.shallow import initialize
from core.story import INPUTS, OPENING, STORY_W, factors_found, study


def learned_weight() -> str:
    """The sign of the weight that gradient descent finds for the price."""
    w = float(learn_demand(t_shirts(), -1.0, 6.0).w[-1, 0])
    return "falls" if w < 0 else "rises"


def final_misfit() -> float:
    """J of one neuron that has learned the demand curve."""
    return float(learn_demand(t_shirts(), -1.0, 6.0).J[-1])


def learns_from_pairs() -> str:
    """Whether a network predicts new data well from inputs and demand alone."""
    return "yes" if study(*OPENING).explained[-1] > 0.9 else "no"


def edges_into_hidden() -> int:
    """Weights between the four inputs and the three hidden units."""
    return initialize(len(INPUTS), OPENING[0]).W1.size


def factors_named() -> str:
    """Whether the trained units can be named after the three factors."""
    return "yes" if factors_found(*OPENING) == len(STORY_W) else "not always"


CLAIMS = (
    Claim(
        "2.1",
        "as the price grows, the demand that a trained neuron predicts",
        "falls",
        learned_weight,
        "one_neuron",
    ),
    Claim(
        "2.1",
        "one neuron can learn the demand curve: its misfit J in the end",
        0.0,
        final_misfit,
        "one_neuron",
        0.05,
    ),
    Claim(
        "2.1",
        "inputs and output are enough to learn from, the middle need not be given",
        "yes",
        learns_from_pairs,
        "one_neuron",
    ),
    Claim(
        "2.1",
        "arrows into the three hidden nodes when all inputs feed all of them",
        12,
        edges_into_hidden,
        "one_neuron",
    ),
    Claim(
        "2.1",
        "the hidden nodes stand for affordability, awareness and quality",
        "yes",
        factors_named,
        "one_neuron",
        correction=(
            "Only the story says so, and the notes go on to say that the network finds "
            "its own middle. The three units that we start with predict well, but only "
            "one factor gets a unit of its own: see the correlations of *four inputs*."
        ),
    ),
)
