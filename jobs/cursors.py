"""A place in the list of the newest postings, as a text that an address holds.

It names the posting that was read last, by what the list is in order of. Whatever is added or
leaves meanwhile, the postings behind that place are the same ones.
"""

from __future__ import annotations

import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from django import forms

from lib.parameters import BadValue

# Microseconds since 1970 and the id of the posting, eight bytes each.
LAYOUT = struct.Struct(">qq")
WRITTEN = re.compile("[A-Za-z0-9_-]{22}", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Place = tuple[datetime, int]


def written(place: Place) -> str:
    at, pk = place
    packed = LAYOUT.pack((at - EPOCH) // timedelta(microseconds=1), pk)
    return urlsafe_b64encode(packed).decode().rstrip("=")


def read(text: str) -> Place:
    """The place that `written` wrote; ValueError for every other text."""
    if not WRITTEN.fullmatch(text):
        raise ValueError("not the letters of a cursor")
    microseconds, pk = LAYOUT.unpack(urlsafe_b64decode(f"{text}=="))
    try:
        place = EPOCH + timedelta(microseconds=microseconds), pk
    except OverflowError as error:
        raise ValueError("no instant in the cursor") from error
    # Of the last character two bits count alone, so other texts decode to the same bytes.
    if pk < 1 or written(place) != text:
        raise ValueError("no posting in the cursor")
    return place


class CursorField(forms.CharField):
    def clean(self, value: object) -> Place | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            raise BadValue("is no cursor of this list; the first page is here") from None
