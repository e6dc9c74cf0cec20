"""Two linear layers are one: why a hidden layer needs a bend (§5.4)."""

from dataclasses import dataclass

import numpy as np

from core.shallow import Parameters
from core.types import Array


@dataclass(frozen=True)
class OneLayer:
    """The single layer that does the same as two linear ones: w (n_x, 1), b scalar."""

    w: Array
    b: float


def collapse(parameters: Parameters) -> OneLayer:
    """W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2), so wᵀ = W2 W1.

    W1 (n_h, n_x), W2 (1, n_h) → w (n_x, 1), b scalar. True for g(z) = z only.
    Notes §5.4
    """
    w = np.dot(parameters.W2, parameters.W1).T
    b = np.dot(parameters.W2, parameters.b1) + parameters.b2
    return OneLayer(w, float(b[0, 0]))
