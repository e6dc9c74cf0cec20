"""Every kind of picture that people upload works, or is refused in a clear line."""

import io
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image

from ui.uploads import UploadError, read_image

rng = np.random.default_rng(0)
COLOURS = np.full((6, 9, 3), (200, 100, 50), dtype=np.uint8)
COLOURS[:3, :4] = (10, 90, 240)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def picture() -> Image.Image:
    return Image.fromarray(COLOURS)


def noise(side: int = 200) -> Image.Image:
    return Image.fromarray(rng.integers(0, 256, (side, side, 3), dtype=np.uint8))


def png_header(w: int, h: int) -> bytes:
    """A PNG of one row's data that says it is w × h."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    "data",
    [saved(picture()), saved(picture(), "WEBP", lossless=True)],
    ids=["png", "webp"],
)
def test_a_lossless_picture_comes_back_exactly(data: bytes) -> None:
    assert (read_image("a", data) == COLOURS).all()
    assert read_image("a", data).dtype == np.uint8


@pytest.mark.parametrize(
    ("mode", "kind", "off"),
    [
        ("RGB", "JPEG", 60),
        ("CMYK", "JPEG", 60),
        ("P", "PNG", 40),
        ("RGB", "WEBP", 60),
    ],
)
def test_other_encodings_come_close(mode: str, kind: str, off: int) -> None:
    wide = picture().resize((90, 60), Image.Resampling.NEAREST)
    pixels = read_image("a", saved(wide.convert(mode), kind))
    assert pixels.shape == (60, 90, 3)
    difference = np.abs(pixels.astype(int) - np.asarray(wide))
    assert np.median(difference) < 12
    assert np.percentile(difference, 95) < off


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_grey_has_three_equal_channels(kind: str) -> None:
    grey = Image.fromarray(np.full((5, 4), 77, dtype=np.uint8))
    pixels = read_image("a", saved(grey, kind))
    assert pixels.shape == (5, 4, 3)
    assert np.abs(pixels.astype(int) - 77).max() <= 2


def test_sixteen_bits_keep_their_shades() -> None:
    wide = np.array([[0, 256 * 40, 65535]], dtype=np.uint16)
    pixels = read_image("a", saved(Image.fromarray(wide)))
    assert pixels[0, :, 0].tolist() == [0, 40, 255]


def test_one_bit_is_black_and_white() -> None:
    bits = Image.fromarray(np.array([[0, 255]], dtype=np.uint8)).convert("1")
    assert read_image("a", saved(bits))[0, :, 2].tolist() == [0, 255]


def test_transparency_is_a_fourth_channel() -> None:
    clear = picture()
    clear.putalpha(90)
    for kind in ("PNG", "WEBP"):
        pixels = read_image("a", saved(clear, kind))
        assert pixels.shape == (6, 9, 4)
        assert (pixels[..., 3] == 90).all()
    indexed = picture().convert("P")
    assert read_image("a", saved(indexed, transparency=0)).shape == (6, 9, 4)


def test_a_turned_photograph_is_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to see it as it was taken
    pixels = read_image("a", saved(picture(), exif=exif))
    assert (pixels == np.rot90(COLOURS, -1)).all()


def test_one_pixel_is_a_picture() -> None:
    one = Image.new("RGB", (1, 1), (1, 2, 3))
    assert read_image("a", saved(one)).tolist() == [[[1, 2, 3]]]


ANIMATION = {"save_all": True, "append_images": [noise(9)], "duration": 50}
REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"This is not a picture at all.\n" * 20, "not a PNG, JPEG or WebP"),
    "gif": (saved(picture(), "GIF"), "not a PNG, JPEG or WebP"),
    "tiff": (saved(picture(), "TIFF"), "not a PNG, JPEG or WebP"),
    "too many bytes": (b"\xff" * (5 * 1024 * 1024 + 1), "5 MB"),
    "cut off png": (saved(noise())[:60_000], "cut off"),
    "cut off jpeg": (saved(noise(), "JPEG")[:9_000], "cut off"),
    "cut off webp": (saved(noise(), "WEBP")[:9_000], "damaged"),
    "only a header": (saved(picture())[:30], "damaged"),
    "animated png": (saved(noise(9), **ANIMATION), "animation"),
    "animated webp": (saved(noise(9), "WEBP", **ANIMATION), "animation"),
    "5,000 × 5,000": (saved(Image.new("L", (5000, 5000))), "5,000 × 5,000 pixels"),
    "bomb": (png_header(60_000, 60_000), "too many pixels; up to 4,096"),
    "one long row": (png_header(2_000_000_000, 1), "4,096 × 4,096"),
    "less than it says": (png_header(4_000, 4_000), "cut off"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_line(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(UploadError, match=words) as refused:
        read_image("my cat.png", data)
    message = str(refused.value)
    assert "`my cat.png`" in message
    assert "\n" not in message
    assert len(message) < 160


def test_damage_anywhere_never_raises_anything_else() -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        data = saved(noise(40), kind)
        for _ in range(100):
            broken = bytearray(data)
            for at in rng.integers(0, len(data), 3):
                broken[at] = rng.integers(0, 256)
            with suppress(UploadError):
                assert read_image("a", bytes(broken)).ndim == 3


def test_a_name_is_not_read_as_markdown() -> None:
    with pytest.raises(UploadError) as refused:
        read_image("`<b>x</b>`[a](http://b)\n" * 9, b"no")
    message = str(refused.value)
    assert message.count("`") == 2
    assert "\n" not in message
