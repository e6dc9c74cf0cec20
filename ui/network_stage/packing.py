"""A training run as one text that the browser unpacks once."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.activations import Activation, find_activation
from core.datasets import Split
from core.shallow import History
from core.training import Score
from core.types import Array
from ui.shared import packed

# Beyond this a diverging run looks the same, and float32 would turn to infinity.
LARGEST = 1e30


@dataclass(frozen=True)
class Stage:
    """What `network_stage` mounts: made once for a run, then shared."""

    key: str
    id: str
    text: str
    steps: Array
    history: History
    activation: str | Activation
    parts: Split


def pack(
    key: str,
    history: History,
    activation: str | Activation,
    parts: Split,
    score: Score,
) -> Stage:
    """The points, the parameters at the kept steps, and how good they are there.

    `key` stands for all that decides the run. The network has two inputs, one hidden
    layer and one output. Raises ValueError for another number of inputs.
    """
    n_x = history.W1.shape[2]
    if n_x != 2:
        raise ValueError(f"The stage draws a plane: two inputs, not {n_x}.")
    kind = find_activation(activation)
    text = packed.pack(
        {
            "n": history.W1.shape[1],
            "kind": kind.name,
            "label": kind.label,
            # How much of a negative z a leaky ReLU lets through.
            "slope": -float(kind.g(np.array([-1.0]))[0]),
            "reach": reach(parts),
            "steps": history.steps.astype("i4"),
            "theta": theta(history).astype("f4"),
            "points": points(parts),
            "J": costs(score, "J"),
            "right": costs(score, "accuracy"),
        }
    )
    return Stage(
        key=key,
        id=hashlib.blake2b(text.encode(), digest_size=8).hexdigest(),
        text=text,
        steps=history.steps.astype(float),
        history=history,
        activation=activation,
        parts=parts,
    )


def theta(history: History) -> Array:
    """(k, 4 n_h + 1): W1 row by row, b1, W2, b2 at each kept step."""
    k = len(history.steps)
    layers = (history.W1, history.b1, history.W2, history.b2)
    rows = np.hstack([layer.reshape(k, -1) for layer in layers])
    return np.clip(rows, -LARGEST, LARGEST)


def reach(parts: Split) -> float:
    """Half the side of the square that holds every point, with some room."""
    both = (parts.train.X, parts.held_out.X)
    farthest = max(float(np.max(np.abs(X), initial=0.0)) for X in both)
    return float(np.ceil(2 * farthest + 0.6) / 2)


def points(parts: Split) -> dict[str, Any]:
    """x (m, 2); kind (m,): the class, and 2 more where the point is held out."""
    X = np.hstack([parts.train.X, parts.held_out.X]).T
    kind = np.hstack([parts.train.Y[0], parts.held_out.Y[0] + 2])
    return {"x": X.astype("f4"), "kind": kind.astype("u1")}


def costs(score: Score, name: str) -> list[Any]:
    """One row a part, the training points first: `name` at each kept step."""
    parts = [part for part in (score.train, score.held_out) if part is not None]
    return [getattr(part, name).astype("f4") for part in parts]
