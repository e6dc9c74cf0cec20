"""The weights of two features by their length and direction (§3.3)."""

import numpy as np

from core.types import Array


def pointing(length: Array, angle: Array) -> Array:
    """w of these lengths, turned by `angle` degrees from the first axis. (n,) → (2, n)

    Exact at each quarter turn, where π is not: sin(π) is 1.2 × 10⁻¹⁶ in float64.
    """
    turn = np.deg2rad(angle)
    w_1 = np.where(angle % 180 == 90, 0.0, length * np.cos(turn))
    w_2 = np.where(angle % 180 == 0, 0.0, length * np.sin(turn))
    return np.stack([w_1, w_2])


def width_of_doubt(length: Array) -> Array:
    """How far it is from σ(z) = 10 % to 90 %, straight along w. Same shape as length.

    z goes from −log 9 to log 9 on that way, and by ‖w‖ with each unit.
    """
    width: Array = 2 * np.log(9) / length
    return width
