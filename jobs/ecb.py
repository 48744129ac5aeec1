"""The European Central Bank's files of reference rates, read strictly.

They come as CSV (days in rows, currencies in columns) or XML, of one day or of all since 1999, as
they are or in a zip. A rate is the units of a currency for one euro. Whatever is not as the bank
writes it is refused with its line and the reason; the rest is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

# The whole history is 7 MB as XML.
MOST_BYTES = 64 * 1024 * 1024
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
NOT_QUOTED = "N/A"
CURRENCY = re.compile(r"[A-Z]{3}")
AMOUNT = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,8})?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONG_DAY = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")


class RatesRefused(Exception):
    """The whole file is none of the bank's; the text says why."""


@dataclass(frozen=True, slots=True)
class Rate:
    currency: str
    date: date
    per_euro: Decimal


@dataclass(frozen=True, slots=True)
class Refused:
    line: int
    reason: str


def read(data: bytes, today: date) -> Iterator[Rate | Refused]:
    """Each rate of a file, and each piece of it that is none; `today` ends what can be known."""
    if data[:4] == b"PK\x03\x04":
        data = unzip(data)
    if len(data) > MOST_BYTES:
        raise RatesRefused(f"It is larger than {MOST_BYTES:,} bytes.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        yield from read_xml(data, today)
    else:
        yield from read_csv(data, today)


def unzip(data: bytes) -> bytes:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one for one in archive.namelist() if one.lower().endswith((".csv", ".xml"))]
            if len(names) != 1:
                raise RatesRefused("The zip must hold one CSV or XML file.")
            with archive.open(names[0]) as file:
                return file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise RatesRefused(f"The zip cannot be read: {error}.") from error


def read_csv(data: bytes, today: date) -> Iterator[Rate | Refused]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RatesRefused("It is neither a zip nor a text in UTF-8.") from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = cells(next(rows, []))
        if header[:1] != ["Date"] or len(header) < 2:
            raise RatesRefused("Its first line is not Date and the names of currencies.")
        columns: dict[int, str] = {}
        for place, name in enumerate(header[1:], start=1):
            if reason := wrong_currency(name, columns.values()):
                yield Refused(1, reason)
            else:
                columns[place] = name
        days: set[date] = set()
        for row in rows:
            if row:
                yield from read_row(cells(row), rows.line_num, columns, len(header), days, today)
    except csv.Error as error:
        raise RatesRefused(f"Line {rows.line_num} is no CSV: {error}.") from error


def cells(row: list[str]) -> list[str]:
    """The cells without blanks around, and without the one that a comma at the end makes."""
    stripped = [cell.strip() for cell in row]
    return stripped[:-1] if stripped and not stripped[-1] else stripped


def read_row(
    row: list[str],
    line: int,
    columns: dict[int, str],
    width: int,
    days: set[date],
    today: date,
) -> Iterator[Rate | Refused]:
    if len(row) != width:
        yield Refused(line, f"has {len(row)} cells where the first line has {width}")
        return
    try:
        day = day_of(row[0], days, today)
    except ValueError as error:
        yield Refused(line, str(error))
        return
    for place, currency in columns.items():
        if row[place] != NOT_QUOTED:
            yield rate_of(currency, day, row[place], line)


def read_xml(data: bytes, today: date) -> Iterator[Rate | Refused]:
    found = _Cubes(today)
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=found, forbid_dtd=True)
    found.line_of = lambda: parser.parser.CurrentLineNumber
    try:
        parser.feed(data)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise RatesRefused(f"It is no XML that can be read: {error}.") from error
    if not found.is_the_banks:
        raise RatesRefused("It is XML, but holds no Cube of currencies and rates.")
    yield from found.read


class _Cubes:
    """What the parser calls: a Cube with a time is a day, one with a currency its rate."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.read: list[Rate | Refused] = []
        self.is_the_banks = False
        self.days: set[date] = set()
        self.day: date | None = None
        self.named: list[str] = []
        self.line_of: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition("}")[2] != "Cube":
            return
        line = self.line_of()
        if "time" in attributes:
            self.is_the_banks, self.day, self.named = True, None, []
            try:
                self.day = day_of(attributes["time"], self.days, self.today)
            except ValueError as error:
                self.read.append(Refused(line, str(error)))
        elif "currency" in attributes or "rate" in attributes:
            self.is_the_banks = True
            if self.day is None:  # its day was refused, or it stands in none
                if not self.days and not self.read:
                    self.read.append(Refused(line, "stands in no day"))
                return
            currency = attributes.get("currency", "")
            if reason := wrong_currency(currency, self.named):
                self.read.append(Refused(line, reason))
                return
            self.named.append(currency)
            self.read.append(rate_of(currency, self.day, attributes.get("rate", ""), line))


def wrong_currency(name: str, before: Any) -> str:
    """Why a name cannot be that of a currency beside those before it; empty if it can."""
    if not CURRENCY.fullmatch(name):
        return f"{name[:20]!r} is no code of a currency (three capital letters)"
    if name == "EUR":
        return "EUR is what every rate is for, and has none itself"
    return f"{name} is named a second time" if name in before else ""


def day_of(text: str, before: set[date], today: date) -> date:
    """The day of a row, which is then among those before; ValueError says why it is none."""
    if ISO_DAY.fullmatch(text):
        parts = text.split("-")
    elif (long := LONG_DAY.fullmatch(text)) and long[2] in MONTHS:
        parts = [long[3], str(MONTHS.index(long[2]) + 1), long[1]]
    else:
        raise ValueError(f"{text[:30]!r} is no date")
    try:
        day = date(*map(int, parts))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar") from error
    if day > today:
        raise ValueError(f"{text} is in the future")
    if day in before:
        raise ValueError(f"{text} stands there a second time")
    before.add(day)
    return day


def rate_of(currency: str, day: date, text: str, line: int) -> Rate | Refused:
    if not text:
        return Refused(line, f"{currency} has no rate; a rate that is not quoted is {NOT_QUOTED}")
    if text.startswith("-"):
        return Refused(line, f"{currency} has a rate below zero ({text[:30]})")
    if not AMOUNT.fullmatch(text):
        return Refused(line, f"{currency} has the rate {text[:30]!r}, which is no such number")
    per_euro = Decimal(text)
    return Rate(currency, day, per_euro) if per_euro else Refused(line, f"{currency} is zero")
