"""What the postings of the corpus say: many words, employers and places, as on a real board.

Roles, titles, pay and eligibility are those of the demo board. Its forty employers, twenty-eight
cities and few sentences would make an index that no board has: so employers grow with the board,
the large cities of the world stand beside those of the demo, and texts of 3 to 5 kB are put
together from blocks of many words, frequent and rare ones as in any language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from html import escape
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

from babel.numbers import get_territory_currencies

from extraction import gazetteer
from lib.text import plain, render
from tests.factories import demo
from tests.factories.demo import EMPLOYERS, LEVELS, MARKETS, ROLES, Market

T = TypeVar("T")
CONTENT = Path(__file__).resolve().parent.parent.parent / "guides" / "content"
POSTINGS_A_COMPANY = 25
CITIES = 3_000
# The share of postings in the cities of the demo's markets; the others are spread over the world.
IN_MARKETS = 0.6
RARE_WORDS = 20_000
BLOCKS = 200  # of each heading
OLDEST_DAYS = 27
HEADINGS = ["The work", "Your days", "What you bring", "How we work", "What we offer", "Who we are"]
SYLLABLES = [
    *("ka", "lo", "ri", "ven", "tas", "mo", "del", "qui", "ber", "san"),
    *("tor", "ul", "fen", "dri", "pol", "mar", "gi", "zen", "thu", "bal"),
]


def specifications(seed: int, count: int, skills: Sequence[str]) -> Iterator[dict[str, Any]]:
    """`count` postings as dicts, the same for the same arguments; `skills` are slugs to ask for.

    `age` is how long ago the posting was posted; `text_of` makes its description of `lead` and
    `blocks`.
    """
    random = Random(seed)
    employers = employer_names(count)
    markets = Weighted(MARKETS, [market.weight for market in MARKETS])
    world = world_markets()
    anywhere = Weighted(world, [1 / (rank + 30) for rank in range(len(world))])
    roles = Weighted(ROLES, [weight for _, _, weight, _ in ROLES])
    levels = {
        role: Weighted(open_to, [one[-1] for one in open_to])
        for role, *_ in ROLES
        for open_to in [[o for o in LEVELS if o[0] != "entry" or role not in demo.NO_BEGINNERS]]
    }
    others = Weighted(skills, [1 / (rank + 5) for rank in range(len(skills))]) if skills else None
    blocks = make_blocks()
    workplaces = Weighted(["onsite", "hybrid", "remote", ""], [22, 40, 30, 8])
    for number in range(count):
        role, base, _, titles = roles.choose(random)
        level, patterns, factor, _ = levels[role].choose(random)
        market = (markets if random.random() < IN_MARKETS else anywhere).choose(random)
        field = demo.FIELDS.get(role, "Software Engineering")
        job = field if level == "executive" else random.choice(titles)
        title = random.choice(patterns).format(job)
        if random.random() < 0.25:
            title = f"{title}, {random.choice(demo.TEAMS)}"
        asked = random.sample(demo.SKILLS[demo.family(role)], random.randrange(3, 7))
        if others:
            asked += [others.choose(random) for _ in range(random.randrange(1, 5))]
        employer = employers[int(len(employers) * random.random() ** 1.5)]
        workplace = workplaces.choose(random)
        sections = random.sample(HEADINGS, random.randrange(4, 6))
        lead = f"{employer} is looking for: {title} in {market.city}, reference {number:x}."
        yield {
            "number": number,
            "title": title,
            "employer": employer,
            "role": role,
            "seniority": level,
            "workplace": workplace,
            "eligibility": demo.eligibility(random, market) if workplace == "remote" else None,
            "employment": demo.employment(random, level),
            "market": market,
            "also": markets.choose(random) if random.random() < 0.12 else None,
            "skills": list(dict.fromkeys(asked)),
            "pay": demo.pay(random, base * factor * market.factor, market),
            "lead": lead,
            "blocks": [random.choice(blocks[heading]) for heading in sections],
            "age": timedelta(seconds=random.randrange(300, OLDEST_DAYS * 86_400)),
        }


def text_of(lead: str, blocks: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """A description as Markdown, and as the HTML that `render` makes of it."""
    pages = [f"<p>{escape(lead, quote=False)}</p>\n", *(html for _, html in blocks)]
    return "\n\n".join([lead, *(text for text, _ in blocks)]), "".join(pages)


class Weighted(Generic[T]):
    """Items to choose from, each as often as its weight says."""

    def __init__(self, items: Sequence[T], weights: Sequence[float]) -> None:
        self.items, self.weights = items, list(accumulate(weights))

    def choose(self, random: Random) -> T:
        return random.choices(self.items, cum_weights=self.weights)[0]


def employer_names(count: int) -> list[str]:
    """About one for each POSTINGS_A_COMPANY postings; the first ones are those of the demo."""
    firsts, lasts = zip(*(name.split(" ", 1) for name, _ in EMPLOYERS), strict=True)
    size = len(EMPLOYERS)
    names = []
    for number in range(max(size, count // POSTINGS_A_COMPANY)):
        place, round_ = number % size, number // size
        name = f"{firsts[place]} {lasts[(place + round_) % size]}"
        names.append(f"{name} {round_ // size + 1}" if round_ >= size else name)
    return names


@lru_cache
def world_markets() -> list[Market]:
    """The large cities of the world, largest first, with the currency of their country."""
    factors: dict[str, float] = {}
    for market in MARKETS:
        factors.setdefault(market.currency, market.factor)
    markets, seen = [], set()
    cities = gazetteer._cities()
    for _, country, region, _, _, _, names in map(cities.row, range(len(cities))):
        name = names.partition("|")[0]
        if (name, country, region) in seen or not gazetteer.find_city(name, country, region):
            continue
        seen.add((name, country, region))
        money = get_territory_currencies(country)
        currency = money[-1] if money and money[-1] in factors else "USD"
        factor = factors[currency] * (0.7 if currency == "USD" else 0.9)
        markets.append(Market(name, country, region, currency, factor, 1))
        if len(markets) == CITIES:
            break
    return markets


@lru_cache
def make_blocks() -> dict[str, list[tuple[str, str]]]:
    """BLOCKS sections of 600 to 1,000 bytes of each heading, as (Markdown, HTML)."""
    random = Random("20261123 words")
    words = Weighted(*vocabulary(random))
    blocks: dict[str, list[tuple[str, str]]] = {}
    for heading in HEADINGS * BLOCKS:
        lines, length, size = [], 0, random.randrange(600, 1_000)
        while length < size:
            line = " ".join(words.choose(random) for _ in range(random.randrange(6, 18)))
            lines.append(line.capitalize() + ".")
            length += len(line)
        half = len(lines) // 2
        prose, items = " ".join(lines[:half]), "\n".join(f"- {line}" for line in lines[half:])
        text = f"### {heading}\n\n{prose}\n\n{items}"
        blocks.setdefault(heading, []).append((text, render(text).html))
    return blocks


def vocabulary(random: Random) -> tuple[list[str], list[float]]:
    """Words with their weights: those of the guides that ship, then many rare invented ones."""
    found: Counter[str] = Counter()
    for file in sorted(CONTENT.glob("*/*.md")):
        html = render(file.read_text().rpartition("\n---\n")[2]).html
        found.update(word for word in plain(html).casefold().split() if word.isalpha())
    words = [word for word, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
    known = set(words)
    while len(words) < len(known) + RARE_WORDS:
        words.append("".join(random.choices(SYLLABLES, k=random.randrange(3, 6))))
    words = list(dict.fromkeys(words))
    return words, [1 / (rank + 3) for rank in range(1, len(words) + 1)]
