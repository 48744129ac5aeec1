"""Images of other people, written anew: of what was sent only the pixels survive."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from PIL import Image

# What is read, and how it is written again.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG": (".png", {"optimize": True}),
    "JPEG": (".jpg", {"quality": 85, "optimize": True}),
    "WEBP": (".webp", {"quality": 85}),
}


class ImageRefused(ValueError):
    """A sentence for whoever chose the file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A still image of our own making; `suffix` names its format, as in `.png`."""

    content: bytes
    suffix: str
    width: int
    height: int


def rewrite(content: bytes) -> Picture:
    """A PNG, JPEG or WebP image of the same pixels, upright and without any other data.

    Raises ImageRefused for anything else, for more than one picture, and beyond the limits,
    which are asked before the pixels are unpacked.
    """
    from PIL import Image, UnidentifiedImageError

    limit = settings.BOARD["IMAGE_BYTES"]
    if len(content) > limit:
        raise ImageRefused(f"The file is too large: {limit / 1_000_000:g} MB are the most.")
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels; here they are counted below.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
                return _rewritten(image)
    except UnidentifiedImageError:
        raise ImageRefused("Only PNG, JPEG and WebP images can be used.") from None
    except Image.DecompressionBombError:
        raise ImageRefused(_too_many_pixels()) from None
    except ImageRefused:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, MemoryError):
        raise ImageRefused("The file is broken: it cannot be read to its end.") from None


def _rewritten(image: Image.Image) -> Picture:
    from PIL import Image, ImageOps

    if image.width * image.height > settings.BOARD["IMAGE_PIXELS"]:
        raise ImageRefused(_too_many_pixels())
    if getattr(image, "n_frames", 1) > 1:
        raise ImageRefused("The image is animated; choose one that stands still.")
    kind = str(image.format)
    suffix, options = FORMATS[kind]
    upright = ImageOps.exif_transpose(image)
    pixels = upright.convert(_mode(upright, kind))
    # A new image: a converted one still carries comments and profiles of the old.
    clean = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    written = BytesIO()
    clean.save(written, kind, **options)
    return Picture(written.getvalue(), suffix, clean.width, clean.height)


def _mode(image: Image.Image, kind: str) -> str:
    if kind == "JPEG" or not image.has_transparency_data:
        return "L" if image.mode in ("1", "L") else "RGB"
    return "RGBA"


def _too_many_pixels() -> str:
    most = settings.BOARD["IMAGE_PIXELS"]
    return f"The image has too many pixels: {most / 1_000_000:g} million are the most."
