"""Images as vectors: both orders, both ways, and sizes by area."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.images import (
    ORDERS,
    PICTURES,
    Pixel,
    centre_square,
    colour,
    draw,
    grey,
    levels,
    mixed_up,
    on_white,
    shrink,
    stack,
    unroll,
)
from core.source import script
from tests.take_home import run

EACH = pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
SIZES = st.tuples(st.integers(1, 6), st.integers(1, 6))


def numbered(h, w):
    """An image in which every number is different."""
    return np.arange(3.0 * h * w).reshape(h, w, 3)


def test_the_order_of_the_notes_by_hand():
    image = np.array([[[1, 10, 100], [2, 20, 200]], [[3, 30, 103], [4, 40, 204]]])
    x = ORDERS["planes"].unroll(image.astype(float))
    assert x[:, 0].tolist() == [1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 103, 204]
    other = ORDERS["numpy"].unroll(image.astype(float))
    assert other[:, 0].tolist() == [1, 10, 100, 2, 20, 200, 3, 30, 103, 4, 40, 204]


@EACH
@given(SIZES)
def test_there_and_back(order, size):
    h, w = size
    image = numbered(h, w)
    x = order.unroll(image)
    assert x.shape == (3 * h * w, 1)
    np.testing.assert_array_equal(order.roll(x, h, w), image)
    for index in range(3 * h * w):
        pixel = order.pixel(index, h, w)
        assert order.index(pixel, h, w) == index
        assert x[index, 0] == image[pixel.row, pixel.column, pixel.channel]


@EACH
def test_places_outside_are_refused(order):
    for pixel in (Pixel(2, 0, 0), Pixel(0, 3, 0), Pixel(0, 0, 3), Pixel(-1, 0, 0)):
        with pytest.raises(ValueError, match="outside an image of 2 × 3"):
            order.index(pixel, 2, 3)
    for index in (-1, 18):
        with pytest.raises(ValueError, match="indices 0 to 17"):
            order.pixel(index, 2, 3)
    with pytest.raises(ValueError, match=r"must be \(18, 1\)"):
        order.roll(np.zeros((17, 1)), 2, 3)
    with pytest.raises(ValueError, match=r"is \(h, w, 3\)"):
        order.unroll(np.zeros((2, 3)))


def test_mixing_the_orders_scrambles_but_loses_nothing():
    image = draw("cat", 12)
    wrong = mixed_up(image)
    assert not np.array_equal(wrong, image)
    np.testing.assert_array_equal(np.sort(wrong.ravel()), np.sort(image.ravel()))
    # Nine pictures: red ones on top, then green, then blue, each three times.
    thirds = image[:, :, 1].reshape(4, 3, 4, 3)
    for part in range(3):
        small = wrong[4:8, 4 * part : 4 * part + 4]
        np.testing.assert_array_equal(small, thirds[:, part])


def test_a_64_by_64_image_has_12288_numbers():
    assert unroll(draw("cat", 64)).shape == (12288, 1)


def test_columns_are_images():
    images = [draw(name, 8) for name in PICTURES]
    X = stack(images)
    assert X.shape == (192, len(PICTURES))
    np.testing.assert_array_equal(X[:, [1]], unroll(images[1]))
    with pytest.raises(ValueError, match=r"\(8, 8, 3\), \(9, 9, 3\)"):
        stack([draw("cat", 8), draw("cat", 9)])
    with pytest.raises(ValueError, match="at least one image"):
        stack([])


# Sizes.


@given(arrays(float, (12, 6), elements=st.floats(0, 255)))
def test_whole_blocks_are_plain_means(image):
    blocks = image.reshape(4, 3, 3, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(shrink(image, 4, 3), blocks, atol=1e-9)


@given(
    arrays(float, (7, 5), elements=st.floats(0, 255)),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_any_size_keeps_the_mean(image, rows, columns):
    """Oracle: repeat every pixel until both sizes divide it, then take block means."""
    small = shrink(image, rows, columns)
    big = np.repeat(np.repeat(image, rows, axis=0), columns, axis=1)
    blocks = big.reshape(rows, 7, columns, 5).mean(axis=(1, 3))
    np.testing.assert_allclose(small, blocks, atol=1e-9)
    assert small.mean() == pytest.approx(image.mean(), abs=1e-9)


def test_colours_and_bytes_shrink_too():
    image = (np.arange(5 * 7 * 3) % 256).astype(np.uint8).reshape(5, 7, 3)
    small = shrink(image, 2, 3)
    assert small.shape == (2, 3, 3)
    np.testing.assert_allclose(small[..., 1], shrink(image[..., 1], 2, 3))
    np.testing.assert_array_equal(shrink(image, 5, 7), image)
    for rows, columns in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="at least one row"):
            shrink(image, rows, columns)


@pytest.mark.parametrize("shape", [(10, 4, 3), (4, 10, 3), (5, 5, 3), (1, 3, 3)])
def test_the_square_in_the_middle(shape):
    image = np.arange(float(np.prod(shape))).reshape(shape)
    square = centre_square(image)
    side = min(shape[:2])
    assert square.shape == (side, side, 3)
    middle = [image.shape[i] // 2 for i in (0, 1)]
    assert image[middle[0], middle[1], 0] in square


# Colours.


def test_grey_and_transparent():
    assert grey(np.full((1, 1, 3), 200.0)) == pytest.approx(200)
    channels = [grey(255.0 * np.eye(3)[[[i]]])[0, 0] for i in range(3)]
    assert channels[1] > channels[0] > channels[2]
    picture = np.array([[[10, 20, 30, 255], [10, 20, 30, 0], [0, 0, 0, 51]]])
    shown = on_white(picture.astype(np.uint8))
    np.testing.assert_allclose(shown, [[[10, 20, 30], [255] * 3, [204] * 3]])
    with pytest.raises(ValueError, match="four channels"):
        on_white(np.zeros((2, 2, 3)))
    np.testing.assert_array_equal(colour(np.array([[7.0]])), [[[7, 7, 7]]])


def test_levels_are_whole():
    got = levels(np.array([-3.0, 0.4, 254.6, 300.0]))
    assert got.tolist() == [0, 0, 255, 255]


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("size", [1, 2, 17, 64])
def test_drawn_pictures(name, size):
    image = draw(name, size)
    assert image.shape == (size, size, 3)
    np.testing.assert_array_equal(image, levels(image))
    np.testing.assert_array_equal(image, draw(name, size))


def test_unknown_pictures_are_refused():
    with pytest.raises(ValueError, match="Choose from cat"):
        draw("dog")
    with pytest.raises(ValueError, match="at least one row"):
        draw("cat", 0)


def test_images_go_home():
    text = script(
        [draw, unroll],
        {"size": 4},
        [("x", 'unroll(draw("stripes", size))[:, 0]')],
        heading="An image",
    )
    assert run(text) == {"x": unroll(draw("stripes", 4))[:, 0].tolist()}
