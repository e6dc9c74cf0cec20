"""Claims of the notes §2.2: supervised learning."""

from core.claim import Claim
from core.supervised import APPLICATIONS, learn_weights
from core.tables import calories

PAGE = "supervised_learning"


def learned_from_pairs() -> str:
    """Whether the totals of the calorie table can be learned from the foods alone."""
    X = calories().values
    Y = X.sum(axis=0, keepdims=True)
    return "yes" if abs(learn_weights(X, Y).T @ X - Y).max() < 1e-6 else "no"


def image_answer() -> str:
    """What y tells in the usual task of recognising images."""
    y = next(each.y for each in APPLICATIONS if each.name == "recognising images")
    return "one of 1,000 kinds" if "1,000 kinds" in y else y


CLAIMS = (
    Claim(
        "2.2",
        "a map from input to output can be learned from pairs of both",
        "yes",
        learned_from_pairs,
        PAGE,
    ),
    Claim(
        "2.2",
        "applications named as profitable",
        5,
        lambda: len(APPLICATIONS),
        PAGE,
    ),
    Claim(
        "2.2",
        "what y tells of an image in computer vision",
        "whether it is one of 1,000 images",
        image_answer,
        PAGE,
        correction=(
            "The usual task has 1,000 *kinds* of things, each with many images, and y "
            "says which kind a new image shows. An image out of the training set would "
            "only have to be looked up."
        ),
    ),
)
