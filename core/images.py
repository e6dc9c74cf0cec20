"""Images as arrays, and as the vectors x that a neuron reads (§3.2).

An image is an array (h, w, 3) of red, green and blue from 0 to 255. Rows, columns,
channels and indices count from 0, as NumPy does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.types import Array

CHANNELS = ("red", "green", "blue")
# How bright red, green and blue look to an eye (Rec. 601).
BRIGHTNESS = (0.299, 0.587, 0.114)
# Reading a 4096 × 4096 picture as float64 would take 400 MB: what comes from a file
# may stay uint8 until it is shrunk.
Levels = Array | NDArray[np.uint8]


@dataclass(frozen=True)
class Pixel:
    """A place in an image, and one of its three channels: 0 red, 1 green, 2 blue."""

    row: int
    column: int
    channel: int


@dataclass(frozen=True)
class Order:
    """One way to list the numbers of an image: there, back, and where each goes.

    unroll(image) → x (n_x, 1); roll(x, h, w) → image; index(pixel, h, w) → place in
    x; pixel(index, h, w) → pixel.
    """

    key: str
    label: str
    unroll: Callable[[Array], Array]
    roll: Callable[[Array, int, int], Array]
    index: Callable[[Pixel, int, int], int]
    pixel: Callable[[int, int, int], Pixel]


def unroll(image: Array) -> Array:
    """All red values row by row, then all green ones, then all blue ones.

    image (h, w, 3) → x (3 h w, 1). Notes §3.2
    """
    check_image(image)
    return image.transpose(2, 0, 1).reshape(-1, 1)


def roll(x: Array, h: int, w: int) -> Array:
    """The image that `unroll` made x from. x (3 h w, 1) → (h, w, 3)"""
    check_vector(x, h, w)
    return x.reshape(3, h, w).transpose(1, 2, 0)


def index_of(pixel: Pixel, h: int, w: int) -> int:
    """Where `unroll` puts this number: whole planes first, then rows, then columns."""
    check_pixel(pixel, h, w)
    return pixel.channel * h * w + pixel.row * w + pixel.column


def pixel_of(index: int, h: int, w: int) -> Pixel:
    """Which number `unroll` puts there."""
    check_index(index, h, w)
    channel, rest = divmod(index, h * w)
    row, column = divmod(rest, w)
    return Pixel(row, column, channel)


def unroll_numpy(image: Array) -> Array:
    """NumPy's order: red, green and blue of the first pixel, then of the next.

    image (h, w, 3) → x (3 h w, 1)
    """
    check_image(image)
    return image.reshape(-1, 1)


def roll_numpy(x: Array, h: int, w: int) -> Array:
    """The image that `unroll_numpy` made x from. x (3 h w, 1) → (h, w, 3)"""
    check_vector(x, h, w)
    return x.reshape(h, w, 3)


def index_of_numpy(pixel: Pixel, h: int, w: int) -> int:
    """Where `unroll_numpy` puts this number: rows, then columns, then channels."""
    check_pixel(pixel, h, w)
    return (pixel.row * w + pixel.column) * 3 + pixel.channel


def pixel_of_numpy(index: int, h: int, w: int) -> Pixel:
    """Which number `unroll_numpy` puts there."""
    check_index(index, h, w)
    place, channel = divmod(index, 3)
    row, column = divmod(place, w)
    return Pixel(row, column, channel)


ORDERS: Mapping[str, Order] = {
    "planes": Order(
        key="planes",
        label="all red, then green, then blue",
        unroll=unroll,
        roll=roll,
        index=index_of,
        pixel=pixel_of,
    ),
    "numpy": Order(
        key="numpy",
        label="pixel by pixel, as reshape does",
        unroll=unroll_numpy,
        roll=roll_numpy,
        index=index_of_numpy,
        pixel=pixel_of_numpy,
    ),
}


def mixed_up(image: Array) -> Array:
    """What is seen when x is in the notes' order and NumPy's `reshape` reads it.

    image (h, w, 3) → (h, w, 3): nine small pictures without colour, because three
    red values in a row are taken for the red, green and blue of one pixel.
    """
    return roll_numpy(unroll(image), image.shape[0], image.shape[1])


def stack(images: Sequence[Array]) -> Array:
    """X (n_x, m): each image, unrolled, is one column. Notes §3 (notation)

    Raises ValueError without images, or when their sizes differ.
    """
    if not images:
        raise ValueError("X needs at least one image.")
    sizes = {image.shape for image in images}
    if len(sizes) > 1:
        raise ValueError(
            "The columns of X must have one length: shrink all images to one size "
            f"first. These are {', '.join(map(str, sorted(sizes)))}."
        )
    return np.hstack([unroll(image) for image in images])


# Size and colour.


def shrink(image: Levels, rows: int, columns: int) -> Array:
    """The image with this many rows and columns, each pixel the mean of its area.

    image (h, w) or (h, w, channels) → (rows, columns, …). Also enlarges.
    """
    if min(rows, columns, *image.shape[:2]) < 1:
        raise ValueError("An image has at least one row and one column.")
    fewer_rows = shrink_rows(image, rows)
    return shrink_rows(fewer_rows.swapaxes(0, 1), columns).swapaxes(0, 1)


def shrink_rows(image: Levels, rows: int) -> Array:
    """Fewer rows: each the mean of the band of old rows that it covers.

    A row that the edge of a band cuts counts in part. What lies above every edge is
    summed once; a band is what lies between two edges.
    """
    h = image.shape[0]
    edges = np.arange(rows + 1) * h / rows
    cut = np.minimum(edges.astype(int), h - 1)
    part = (edges - cut).reshape(-1, *[1] * (image.ndim - 1))
    sums = np.cumsum(image, axis=0, dtype=float)
    above = sums[cut] - image[cut] + part * image[cut]
    means = np.diff(above, axis=0) * rows / h
    # No mean lies outside its numbers, but the rounding of long sums may.
    within: Array = np.clip(means, image.min(), image.max())
    return within


def centre_square(image: Levels) -> Levels:
    """The largest square in the middle of an image."""
    h, w = image.shape[:2]
    side = min(h, w)
    top, left = (h - side) // 2, (w - side) // 2
    return image[top : top + side, left : left + side]


def levels(image: Array) -> Array:
    """Whole numbers from 0 to 255, as a file holds them."""
    return np.clip(np.rint(image), 0, 255)


def grey(image: Levels) -> Array:
    """How bright each pixel looks. (h, w, 3) → (h, w)"""
    check_image(image)
    bright: Array = np.dot(image, np.array(BRIGHTNESS))
    return bright


def on_white(image: Levels) -> Array:
    """A picture with transparency, laid on white paper.

    (h, w, 4), the fourth channel from 0 (clear) to 255 (opaque) → (h, w, 3)
    """
    if image.ndim != 3 or image.shape[2] != 4:
        raise ValueError(f"This needs four channels, (h, w, 4), not {image.shape}.")
    opaque = image[:, :, 3:] / 255
    return image[:, :, :3] * opaque + 255 * (1 - opaque)


def colour(grey_image: Levels) -> Array:
    """A grey picture with three equal channels. (h, w) → (h, w, 3)"""
    return np.repeat(grey_image[:, :, np.newaxis].astype(np.float64), 3, axis=2)


# Drawn pictures, each for any size.


def mesh(size: int) -> tuple[Array, Array]:
    """Row and column of every pixel's middle, from 0 to 1."""
    middle = (np.arange(size) + 0.5) / size
    down, right = np.meshgrid(middle, middle, indexing="ij")
    return down, right


def paint(shape: NDArray[np.bool_], ink: tuple[int, int, int], on: Array) -> Array:
    """The picture with this colour wherever the shape is."""
    return np.where(shape[:, :, np.newaxis], np.array(ink, dtype=np.float64), on)


def draw_stripes(size: int) -> Array:
    """Three stripes side by side: red, green, blue."""
    _, right = mesh(size)
    stripe = np.minimum((right * 3).astype(np.int64), 2)
    return 255.0 * np.eye(3)[stripe]


def draw_sunset(size: int) -> Array:
    """A sky that turns from violet to orange, a sun, and a dark sea."""
    down, right = mesh(size)
    top, low = np.array([70.0, 40.0, 120.0]), np.array([250.0, 150.0, 60.0])
    share = np.minimum(down / 0.65, 1.0)[:, :, np.newaxis]
    sky = levels(top + share * (low - top))
    sun = np.hypot(down - 0.52, right - 0.6) < 0.16
    return paint(down > 0.65, (20, 40, 90), paint(sun, (255, 230, 120), sky))


def draw_cat(size: int) -> Array:
    """The face of a ginger cat on green."""
    down, right = mesh(size)
    aside = np.abs(right - 0.5)
    head = np.hypot((down - 0.58) / 0.30, aside / 0.36) < 1
    ears = (down > 0.10) & (down < 0.50) & (np.abs(aside - 0.24) < (down - 0.10) * 0.4)
    eyes = np.hypot((down - 0.52) / 0.07, (aside - 0.15) / 0.05) < 1
    nose = (down > 0.64) & (down < 0.71) & (aside < (0.71 - down) * 0.8)
    meadow = np.zeros((size, size, 3)) + np.array([120.0, 170.0, 90.0])
    coat = paint(head | ears, (225, 140, 60), meadow)
    return paint(nose, (200, 80, 90), paint(eyes, (30, 40, 35), coat))


def draw_noise(size: int) -> Array:
    """Every number drawn at random: nothing to see, and just as long a vector."""
    return np.random.default_rng(0).integers(0, 256, (size, size, 3)).astype(np.float64)


PICTURES: Mapping[str, Callable[[int], Array]] = {
    "cat": draw_cat,
    "sunset": draw_sunset,
    "stripes": draw_stripes,
    "noise": draw_noise,
}


def draw(name: str, size: int = 64) -> Array:
    """A picture of PICTURES, (size, size, 3). Raises ValueError for other names."""
    if name not in PICTURES:
        known = ", ".join(PICTURES)
        raise ValueError(f"There is no picture {name!r}. Choose from {known}.")
    if size < 1:
        raise ValueError("A picture has at least one row and one column.")
    return PICTURES[name](size)


# Checks.


def check_image(image: Levels) -> None:
    """Raises ValueError unless the image is (h, w, 3)."""
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"An image here is (h, w, 3), not {image.shape}.")


def check_vector(x: Array, h: int, w: int) -> None:
    """Raises ValueError unless x holds 3 h w numbers in one column."""
    if x.shape != (3 * h * w, 1):
        raise ValueError(f"x must be ({3 * h * w}, 1) for {h} × {w}, not {x.shape}.")


def check_pixel(pixel: Pixel, h: int, w: int) -> None:
    """Raises ValueError for a pixel outside the image."""
    inside = 0 <= pixel.row < h and 0 <= pixel.column < w and 0 <= pixel.channel < 3
    if not inside:
        raise ValueError(f"{pixel} is outside an image of {h} × {w} × 3.")


def check_index(index: int, h: int, w: int) -> None:
    """Raises ValueError for an index outside the vector."""
    if not 0 <= index < 3 * h * w:
        raise ValueError(f"x has the indices 0 to {3 * h * w - 1}, not {index}.")
