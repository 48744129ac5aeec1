"""Charts as SVG from the server: no script, no style of their own, right at any width.

Positions along a chart are percentages and heights are pixels, so that words keep their size
however narrow the page is. Colours are classes (static/css/market.css), the same series the same
colour in light, dark and print. Every chart has a title and a description of its own; the numbers
stand in a table beside it, which is the page's to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.utils.safestring import SafeString

from jobs.salary import amount_text
from lib.markup import filled, joined
from market.pay import round_width
from market.statistics import Bar, Quartiles, Week

# Words behind a bar need this much of the width.
MARGIN = Decimal(18)
LINE = 18  # pixels of a line of words
AXIS = 24
TICKS = 4
# So many colours are told apart; a guide of more roles begins again.
COLOURS = 4


@dataclass(frozen=True, slots=True)
class Series:
    """What a colour stands for."""

    number: int
    name: str

    @property
    def css(self) -> str:
        return f"series-{self.number % COLOURS + 1}"


@dataclass(frozen=True, slots=True)
class RangeBar:
    series: Series
    pay: Quartiles
    n: int


@dataclass(frozen=True, slots=True)
class RangeGroup:
    """The bars under one label: a level, with the pay of each role."""

    label: str
    bars: list[RangeBar]


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One thing with the share that each series has of it, 0 to 1 (None: not told)."""

    label: str
    shares: list[tuple[Series, Decimal | None]]


class Scale:
    """Amounts to percentages of the width, from a round amount to a round amount."""

    def __init__(self, least: Decimal, most: Decimal, width: Decimal = Decimal(100)) -> None:
        self.step = round_width(max(most - least, Decimal(1)) / TICKS)
        self.first = (least / self.step).to_integral_value(ROUND_FLOOR) * self.step
        self.last = max(most, self.first + self.step)
        self.width = width

    def place(self, amount: Decimal) -> Decimal:
        return (amount - self.first) / (self.last - self.first) * self.width

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.last - self.first) / self.step)
        return [self.first + self.step * number for number in range(count + 1)]


def range_bars(key: str, title: str, groups: Sequence[RangeGroup], currency: str) -> SafeString:
    """For each group the bars from the lower to the upper quartile, the median marked."""
    bars = [bar for group in groups for bar in group.bars]
    scale = Scale(
        min(bar.pay.p25 for bar in bars), max(bar.pay.p75 for bar in bars), 100 - 2 * MARGIN
    )
    parts, y = [], 0
    for group in groups:
        y += LINE
        parts.append(words(group.label, "0", y - 4, "chart__group"))
        for bar in group.bars:
            left, right = scale.place(bar.pay.p25), scale.place(bar.pay.p75)
            middle = scale.place(bar.pay.median)
            value = f"median {amount_text(round_amount(bar.pay.median))}"
            parts += [
                rect(left, y + 3, max(right - left, Decimal("0.6")), 12, f"bar {bar.series.css}"),
                filled(LINE_DOWN, percent(middle), y, y + 18, "chart__median"),
                words(value, percent(right), y + 13, "chart__value", dx=BEHIND),
            ]
            y += 22
        y += 6
    said = (
        f"Bars from the lower to the upper quartile in {currency}, a line at the median, its "
        f"amount behind the bar; {names_of(bar.series for bar in bars)}. The table has the numbers."
    )
    return chart(key, title, said, y + AXIS, [*axis(scale, y), *parts])


def histogram(
    key: str, title: str, bars: Sequence[Bar], currency: str, series: Series, scale: Scale
) -> SafeString:
    """How many postings state which pay, a column each; `scale` is shared by charts beside."""
    height, most = 96, max(bar.n for bar in bars)
    parts = []
    for bar in bars:
        left = max(Decimal(0), scale.place(bar.low))
        right = min(Decimal(100), scale.place(bar.high))
        tall = Decimal(bar.n) / most * (height - LINE)
        if bar.n:
            parts.append(
                rect(left, height - tall, max(right - left, Decimal("0.4")), tall,
                     f"column {series.css}")
            )  # fmt: skip
    parts.append(words(f"{most} at most", "0", 12, "chart__value"))
    said = (
        f"Columns as high as the number of postings, from {money(bars[0].low, currency)} to "
        f"{money(bars[-1].high, currency)}. The table has the numbers."
    )
    return chart(key, title, said, height + AXIS, [*axis(scale, height), *parts])


def shared_scale(spreads: Iterable[Sequence[Bar]]) -> Scale:
    """One scale for several distributions; what lies far out is cut off at its ends."""
    inner = [edge for bars in spreads for bar in bars[1:-1] or bars for edge in (bar.low, bar.high)]
    width = max(inner) - min(inner)
    every = [edge for bars in spreads for bar in bars for edge in (bar.low, bar.high)]
    reach = width / 4
    return Scale(max(min(every), min(inner) - reach), min(max(every), max(inner) + reach))


def time_series(key: str, title: str, weeks: Sequence[Week], series: Series) -> SafeString:
    """Open postings as a line; below it new ones upwards and closed ones downwards, by week."""
    high, low = 84, 40  # pixels of the line and of each half of the columns
    base = high + LINE + low
    count = len(weeks)
    wide = Decimal(100) / count
    most_open = max([week.open for week in weeks]) or 1
    most_moved = max([max(week.new, week.closed) for week in weeks]) or 1
    parts = [
        words(f"{most_open} open at most", "0", 12, "chart__value"),
        filled(LINE_ACROSS, high, "chart__base"),
        words("new", "0", high + LINE - 4, "chart__value"),
        filled(LINE_ACROSS, base, "chart__base"),
        words("closed", "0", base + low + 12, "chart__value"),
    ]
    points = []
    for number, week in enumerate(weeks):
        middle = (number + Decimal("0.5")) * wide
        tall = Decimal(week.open) / most_open * (high - LINE)
        points.append(f"{middle:.2f},{high - tall:.1f}")
        dot = filled(CIRCLE, percent(middle), f"{high - tall:.1f}", f"dot {series.css}")
        parts.append(dot)
        for n, css, up in ((week.new, "new", True), (week.closed, "closed", False)):
            size = Decimal(n) / most_moved * (low - 2)
            if n:
                top = base - size if up else Decimal(base)
                parts.append(rect(number * wide + wide / 5, top, wide * 3 / 5, size,
                                  f"column {series.css} {css}"))  # fmt: skip
    line = filled(POLYLINE, high, " ".join(points), f"line {series.css}")
    bottom = base + low + LINE
    dates = [
        words(day(weeks[number]), percent(place), bottom + 12, "chart__tick", anchor=anchor)
        for number, place, anchor in (
            (0, Decimal(0), "start"),
            (-1, Decimal(100), "end"),
        )[: min(count, 2)]
    ]
    first, last = weeks[0], weeks[-1]
    said = (
        f"Open postings as a line from {first.open} at the end of the week of {day(first)} to "
        f"{last.open} in that of {day(last)}; below it new ones upwards and closed ones downwards. "
        "The table has the numbers."
    )
    return chart(key, title, said, bottom + AXIS, [*parts[:5], line, *parts[5:], *dates])


def share_bars(key: str, title: str, rows: Sequence[ShareRow]) -> SafeString:
    """For each row a bar of each series, as long as its share."""
    most = max(share for row in rows for _, share in row.shares if share is not None) or 1
    parts, y = [], 0
    for row in rows:
        y += LINE
        parts.append(words(row.label, "0", y - 4, "chart__group"))
        for series, share in row.shares:
            if share is None:
                continue
            length = share / most * (100 - MARGIN)
            if share:
                parts.append(rect(Decimal(0), y + 1, length, 8, f"bar {series.css}"))
            text = f"{share * 100:.0f}%"
            parts.append(words(text, percent(length), y + 9, "chart__value", dx=BEHIND))
            y += 12
        y += 6
    told = {one for row in rows for one, _ in row.shares}
    said = f"A bar for each share; {names_of(told)}. The table has the numbers."
    return chart(key, title, said, y, parts)


# --- pieces ---------------------------------------------------------------------------------------


def chart(
    key: str, title: str, description: str, height: int, children: Sequence[SafeString]
) -> SafeString:
    """The frame: an image to assistive technology, named by its title and described."""
    inner = joined(children)
    return filled(CHART, key, height, title, description, inner)


def axis(scale: Scale, bottom: int) -> list[SafeString]:
    """Lines at round amounts, with the amounts under them."""
    parts = []
    for tick in scale.ticks:
        place = scale.place(tick)
        parts.append(filled(LINE_DOWN, percent(place), 0, bottom, "chart__grid"))
        anchor = "start" if place < 3 else "end" if place > 97 else "middle"
        text = amount_text(tick)
        parts.append(words(text, percent(place), bottom + 16, "chart__tick", anchor=anchor))
    return parts


TEXT = '<text x="{}" y="{}" class="{}">{}</text>'
TEXT_PLACED = '<text x="{}" y="{}" dx="{}" text-anchor="{}" class="{}">{}</text>'
RECT = '<rect x="{}" y="{}" width="{}" height="{}" class="{}"></rect>'
LINE_ACROSS = '<line x1="0" x2="100%" y1="{0}" y2="{0}" class="{1}"></line>'
LINE_DOWN = '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" class="{3}"></line>'
CIRCLE = '<circle cx="{}" cy="{}" r="2.5" class="{}"></circle>'
POLYLINE = (
    '<svg x="0" y="0" width="100%" height="{0}" viewBox="0 0 100 {0}" preserveAspectRatio="none">'
    '<polyline points="{1}" class="{2}" vector-effect="non-scaling-stroke"></polyline></svg>'
)
CHART = (
    '<svg class="chart" role="img" aria-labelledby="{0}-title" aria-describedby="{0}-desc" '
    'width="100%" height="{1}"><title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>'
    "{4}</svg>"
)
BEHIND = 6  # pixels between a bar and the words behind it


def words(text: str, x: str, y: int, css: str, *, dx: int = 0, anchor: str = "start") -> SafeString:
    if dx or anchor != "start":
        return filled(TEXT_PLACED, x, y, dx, anchor, css, text)
    return filled(TEXT, x, y, css, text)


def rect(
    x: Decimal, y: Decimal | int, width: Decimal, height: Decimal | int, css: str
) -> SafeString:
    return filled(RECT, percent(x), f"{y:.4g}", percent(width), f"{height:.4g}", css)


def percent(place: Decimal) -> str:
    return f"{place:.2f}%" if place else "0"


def round_amount(amount: Decimal) -> Decimal:
    """To the hundred, which a chart can show as 128.4K."""
    return (amount / 100).quantize(Decimal(1)) * 100


def money(amount: Decimal, currency: str) -> str:
    return f"{currency} {amount:,.0f}"


def names_of(series: Iterable[Series]) -> str:
    """The names of series, each once, in their order."""
    return ", ".join(one.name for one in sorted(set(series), key=lambda one: one.number))


def day(week: Week) -> str:
    return f"{week.start.day} {week.start:%b %Y}"
