"""Claims of the notes §3.2: images as vectors."""

import numpy as np

from core.claim import Claim
from core.images import CHANNELS, PICTURES, draw, pixel_of, stack, unroll
from core.types import Array


def picture(size: int) -> Array:
    """One of the drawn pictures."""
    return draw("cat", size)


def order_of_colours() -> str:
    """The colours in the order in which they come up in x."""
    channels = [pixel_of(index, 64, 64).channel for index in range(3 * 64 * 64)]
    return ", ".join(CHANNELS[channel] for channel in dict.fromkeys(channels))


def is_unchanged() -> int:
    """How many numbers of the image are missing from x, or new in it."""
    image = picture(64)
    same = np.sort(unroll(image)[:, 0]) == np.sort(image.ravel())
    return int(np.sum(~same))


PAGE = "images_as_vectors"
CLAIMS = (
    Claim(
        "3.2",
        "numbers in x for an image of 64 × 64 pixels",
        12288,
        lambda: len(unroll(picture(64))),
        PAGE,
    ),
    Claim(
        "3.2",
        "matrices, each the size of the image, that one colour image takes",
        3,
        lambda: int(picture(64).shape[2]),
        PAGE,
    ),
    Claim(
        "3.2",
        "the order in which the colours stand in x",
        "red, green, blue",
        order_of_colours,
        PAGE,
    ),
    Claim("3.2", "numbers lost or added by unrolling", 0, is_unchanged, PAGE),
    Claim(
        "3.2",
        f"shape of X for {len(PICTURES)} images of 64 × 64, one in each column",
        (12288, len(PICTURES)),
        lambda: stack([draw(name, 64) for name in PICTURES]).shape,
        PAGE,
    ),
)
