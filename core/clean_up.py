"""From any grey picture to a white silhouette on black, 28 × 28, as was trained on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.images import Levels, shrink
from core.types import Array

SIZE = 28
# The animals that were trained on nearly fill their picture: the longer side of
# most is 26 of 28 pixels.
MARGIN = 1
# A difference from black to white smaller than this is an empty page.
LEAST_CONTRAST = 20.0
# The share of the border that has to be background: a figure may touch it here and
# there, but where light and dark alternate all along it, there is no figure.
LEAST_BACKGROUND = 0.7

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class CleanUp:
    """A silhouette and how it was found.

    threshold: the grey level that parts animal and background; inverted: the animal
    was the darker part; box: its first row, row after the last, first column and
    column after the last; picture (28, 28), from 0 (background) to 1 (animal).
    """

    threshold: float
    inverted: bool
    box: tuple[int, int, int, int]
    picture: Array


def clean_up(grey_image: Levels) -> CleanUp:
    """Part animal from background, crop, centre, and shrink to 28 × 28.

    grey_image (h, w), from 0 to 255. What touches most of the border is background.
    Raises ValueError where there is no shape to find.
    """
    if grey_image.ndim != 2 or grey_image.size == 0:
        raise ValueError(f"A grey picture is (h, w), not {grey_image.shape}.")
    if float(np.max(grey_image)) - float(np.min(grey_image)) < LEAST_CONTRAST:
        raise ValueError("This picture has one plain colour: there is no silhouette.")
    threshold = best_threshold(grey_image)
    bright = grey_image > threshold
    light = float(border(bright).mean())
    if max(light, 1 - light) < LEAST_BACKGROUND:
        raise ValueError(
            "No figure stands out from this picture: along its border, light and dark "
            "alternate. It takes one animal on a plain background."
        )
    inverted = light > 0.5
    animal = ~bright if inverted else bright
    box = bounding_box(animal)
    cropped = animal[box[0] : box[1], box[2] : box[3]]
    return CleanUp(threshold, inverted, box, fitted(cropped))


def best_threshold(grey_image: Levels) -> float:
    """The level that makes the two sides most alike inside (Otsu's method).

    It maximises n₀ n₁ (mean₁ − mean₀)², for n₀ pixels below and n₁ above it.
    """
    level = np.clip(np.rint(grey_image), 0, 255).astype(np.int64)
    count = np.bincount(level.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(count)[:-1]
    above = count.sum() - below
    light = np.cumsum(count * np.arange(256))
    usable = (below > 0) & (above > 0)
    mean_0 = light[:-1] / np.maximum(below, 1)
    mean_1 = (light[-1] - light[:-1]) / np.maximum(above, 1)
    score = np.where(usable, below * above * (mean_1 - mean_0) ** 2, -1.0)
    # Between two levels, so that rounding decides for neither.
    return float(np.argmax(score)) + 0.5


def border(mask: Mask) -> Mask:
    """The pixels along the four edges, one after the other."""
    return np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])


def bounding_box(mask: Mask) -> tuple[int, int, int, int]:
    """The smallest box around the mask: top, bottom, left, right; ends excluded."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if len(rows) == 0:
        raise ValueError("Nothing stands out from the border of this picture.")
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def fitted(shape: Mask) -> Array:
    """The shape in the middle of 28 × 28, its longer side 26, its edges softened."""
    h, w = shape.shape
    room = SIZE - 2 * MARGIN
    scale = room / max(h, w)
    rows, columns = max(1, round(h * scale)), max(1, round(w * scale))
    top, left = (SIZE - rows) // 2, (SIZE - columns) // 2
    picture = np.zeros((SIZE, SIZE))
    small = shrink(shape.astype(np.uint8), rows, columns)
    picture[top : top + rows, left : left + columns] = small
    return picture
