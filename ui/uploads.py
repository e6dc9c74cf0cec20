"""Pictures that a visitor hands in: read with care, or refused in one clear line."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from core.plain import as_code

FORMATS = ("PNG", "JPEG", "WEBP")
ENDINGS = ("png", "jpg", "jpeg", "webp")
MOST_BYTES = 5 * 1024 * 1024
MOST_SIDE = 4096

Picture = NDArray[np.uint8]


class UploadError(ValueError):
    """A file that cannot be used; the message says why, and what would work."""


def read_image(name: str, data: bytes) -> Picture:
    """The picture in a file: uint8 (h, w, 3), or (h, w, 4) where parts are clear.

    PNG, JPEG or WebP. Bytes and sides are checked before any pixel is decoded. Grey,
    palette, 16-bit and CMYK pictures become RGB; one that the camera marked as turned
    is turned upright. Raises UploadError; its message is safe as Markdown.
    """
    shown = _shown(name)
    if not data:
        raise UploadError(f"{shown} is empty.")
    if len(data) > MOST_BYTES:
        raise UploadError(
            f"{shown} has {len(data) / 1024**2:.1f} MB; up to 5 MB can be read. "
            "Save it smaller, or as JPEG."
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(shown, *image.size)
            if getattr(image, "is_animated", False):
                raise UploadError(
                    f"{shown} is an animation. Save one of its frames as a picture."
                )
            return _pixels(image)
    except UploadError:
        raise
    except UnidentifiedImageError as error:
        raise UploadError(
            f"{shown} is not a PNG, JPEG or WebP picture, or its beginning is damaged."
        ) from error
    except Image.DecompressionBombError as error:
        raise UploadError(_too_large(shown, "too many")) from error
    # A decoder fails in many ways at a damaged file: none of them is a traceback.
    except Exception as error:
        raise UploadError(
            f"{shown} cannot be read to its end: it is damaged or cut off. "
            "Save or download it again."
        ) from error


def _check_size(shown: str, w: int, h: int) -> None:
    if max(w, h) > MOST_SIDE:
        raise UploadError(_too_large(shown, f"{w:,} × {h:,}"))


def _too_large(shown: str, size: str) -> str:
    return (
        f"{shown} has {size} pixels; up to {MOST_SIDE:,} × {MOST_SIDE:,} can be read. "
        "Make it smaller first."
    )


def _pixels(image: Image.Image) -> Picture:
    """Decode it, upright, in three or four channels."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # 16-bit grey: Pillow would cut it off at 255
        wide = np.asarray(upright).astype(np.int64)
        return np.repeat((wide >> 8).clip(0, 255).astype(np.uint8)[..., None], 3, 2)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    return np.asarray(upright.convert(mode))


def _shown(name: str) -> str:
    """A file's name as a code span: nothing in it is read as Markdown or HTML."""
    return as_code(name, 40) or "It"
