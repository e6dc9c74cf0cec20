"""Claims of the notes §1.2: what the course promises."""

from core.claim import Claim
from core.silhouettes import load, make_task, recognise


def recogniser_learns() -> str:
    """Whether a short training beats guessing on silhouettes it has never seen."""
    learned = recognise(make_task(load()), steps=60, every=60)
    return "yes" if learned.test_accuracy[-1] > 0.8 else "no"


CLAIMS = (
    Claim(
        "1.2",
        "what the course teaches is enough to build a cat recogniser",
        "yes",
        recogniser_learns,
        "cat_recogniser",
    ),
)
