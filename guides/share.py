"""The picture that other sites show for a shared page: its title on a plain card, as PNG."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings

from guides.stamps import kept

if TYPE_CHECKING:
    from PIL import ImageDraw

# What sites that show such pictures ask for.
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
# The light colours of static/css/tokens.css.
PAPER, INK, MUTED, ACCENT = "#fbfbf8", "#1c2022", "#545b5e", "#17594a"


def share_image(title: str, subtitle: str = "") -> bytes:
    """A PNG of 1200 by 630 pixels; the same for the same words.

    A long title is set smaller, and what still does not fit ends in an ellipsis.
    """
    return kept("share", (settings.BOARD["NAME"], title, subtitle), lambda: _draw(title, subtitle))


def _draw(title: str, subtitle: str) -> bytes:
    # Here, because most workers draw none and would keep two megabytes for it.
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 14), fill=ACCENT)
    small = ImageFont.load_default(34)
    draw.text((MARGIN, 64), settings.BOARD["NAME"], font=small, fill=ACCENT)
    for size in (84, 72, 60):
        font = ImageFont.load_default(size)
        lines = _lines(draw, title, font)
        if len(lines) <= 3:
            break
    top = 160.0
    for line in _at_most(lines, 4):
        draw.text((MARGIN, top), line, font=font, fill=INK)
        top += size * 1.2
    top += 16
    for line in _at_most(_lines(draw, subtitle, small), 2):
        draw.text((MARGIN, top), line, font=small, fill=MUTED)
        top += 46
    file = BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


def _lines(draw: "ImageDraw.ImageDraw", text: str, font: Any) -> list[str]:
    """The text in lines that fit; a word that is longer than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
            continue
        while draw.textlength(word, font) > WIDTH - 2 * MARGIN:
            word = f"{word[:-2].rstrip('…')}…"
        lines.append(word)
    return lines


def _at_most(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]
