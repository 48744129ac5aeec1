import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from lib.images import ImageRefused, rewrite

MARK = b"left-in-the-file"


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (6, 4), **options) -> bytes:
    image = Image.new(mode, size)
    image.putpixel((0, 0), 200 if mode in ("L", "P") else (200, 10, 10, 128)[: len(mode)])
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(picture) -> Image.Image:
    return Image.open(BytesIO(picture.content))


def exif(orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = MARK.decode()
    return tags.tobytes()


def chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


@pytest.mark.parametrize(
    ("kind", "mode", "suffix"),
    [
        ("PNG", "RGB", ".png"),
        ("PNG", "RGBA", ".png"),
        ("PNG", "L", ".png"),
        ("JPEG", "RGB", ".jpg"),
        ("JPEG", "CMYK", ".jpg"),
        ("WEBP", "RGBA", ".webp"),
    ],
)
def test_the_format_and_the_size_stay(kind, mode, suffix):
    picture = rewrite(saved(kind, mode))
    assert (picture.suffix, picture.width, picture.height) == (suffix, 6, 4)
    again = opened(picture)
    assert (again.format, again.size) == (kind, (6, 4))


def test_pixels_and_transparency_of_a_png_stay():
    picture = opened(rewrite(saved("PNG", "RGBA")))
    assert picture.getpixel((0, 0)) == (200, 10, 10, 128)
    palette = Image.new("P", (2, 2))
    palette.putpalette([255, 0, 0, 0, 255, 0])
    written = BytesIO()
    palette.save(written, "PNG", transparency=0)
    assert opened(rewrite(written.getvalue())).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    "content",
    [
        saved("JPEG", exif=exif(), comment=MARK),
        saved("JPEG", exif=exif()) + MARK,
        saved("JPEG", icc_profile=MARK * 9),
        saved("WEBP", exif=exif(), xmp=MARK),
        saved("PNG", exif=exif(), icc_profile=MARK * 9),
        saved("PNG") + b"<script>" + MARK,
    ],
    ids=["exif and comment", "behind its end", "profile", "WebP", "PNG", "script behind"],
)
def test_nothing_but_pixels_survives(content):
    picture = rewrite(content)
    assert MARK not in picture.content
    assert not opened(picture).getexif()
    assert not {"comment", "exif", "icc_profile", "xmp"} & set(opened(picture).info)


def test_a_text_of_a_png_does_not_survive():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", MARK.decode())
    content = saved("PNG", pnginfo=notes)
    assert MARK in content
    assert MARK not in rewrite(content).content


def test_a_picture_that_lies_on_its_side_stands_up():
    picture = rewrite(saved("JPEG", exif=exif(orientation=6)))
    assert (picture.width, picture.height) == (4, 6)


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims its size and holds hardly a byte."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 1_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Only PNG, JPEG and WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PNG, JPEG and WebP"),
        (b"%PDF-1.7", "Only PNG, JPEG and WebP"),
        (saved("GIF", "P"), "Only PNG, JPEG and WebP"),
        (saved("TIFF"), "Only PNG, JPEG and WebP"),
        (animated("PNG"), "animated"),
        (animated("WEBP"), "animated"),
        (bomb(5_000, 4_000), "too many pixels: 16 million"),
        (bomb(40_000, 40_000), "too many pixels"),
        (bomb(2**31 - 1, 2**31 - 1), "too many pixels"),
        (bomb(50, 50), "broken"),
        (saved("JPEG", size=(200, 200))[:300], "broken"),
        (saved("PNG", size=(200, 200))[:60], "broken"),
        (b"\x89PNG\r\n\x1a\n", "Only PNG, JPEG and WebP"),
        (b"x" * 3_000_001, "too large: 3 MB"),
    ],
)  # fmt: skip
def test_what_is_no_still_image_of_ours_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(ImageRefused, match=sentence):
        rewrite(content)


def test_no_cut_or_bent_file_is_anything_but_an_image_or_refused():
    for content in (saved("PNG", "RGBA"), saved("JPEG", exif=exif()), saved("WEBP")):
        for place in range(0, len(content), max(1, len(content) // 60)):
            bent = bytearray(content)
            bent[place] ^= 0xFF
            for spoilt in (bytes(bent), content[:place]):
                try:
                    picture = rewrite(spoilt)
                except ImageRefused:
                    continue
                opened(picture).load()
