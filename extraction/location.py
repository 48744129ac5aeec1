"""Places named in a location text: countries, regions, cities.

The text is a location field ("Austin, TX; Remote, Canada") or a short line that holds
one. A name that several places share is decided by the country or region written beside
it, else by the other places of the text, else by population where one place is far
larger than the others; otherwise it stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from extraction import gazetteer
from extraction.common import as_text, or_none, word_set
from extraction.gazetteer import Place

MAX_LENGTH = 3_000
"""Longer texts are read up to here; a location field is never that long."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?|\d+")
_STRONG = re.compile(
    r"[;|/•·\n\t&+]|\b(?:or|and|oder|und|ou|et|o|y|e|of|with|plus|within|in)\b|\s[–—]\s"
)
_JOINT = re.compile(r"[\s.'’‘-]{0,2}")
_WORK = word_set(
    """remote remotely remoto remota hybrid hybride hybrido onsite site on off office
    offices in fully full partially time based friendly first only or and anywhere
    flexible location locations work working from home wfh telecommute telework
    distributed optional eligible position positions role travel required hq
    headquarters area greater metro metropolitan region downtown central north south
    east west northern southern eastern western the of city state within near nationwide
    usa office-based homeoffice mobile inoffice multiple various all any other"""
)
_NO_CITY = word_set(
    """remote hybrid mobile office central union best most bar normal young man orange
    surprise enterprise independence commerce industry university home field opportunity
    of the los las san santa saint new north south east west lead split nice reading
    bath data media design ripley marketing sales support security engineering product
    research date battle hub same see van tech march april may june august augusta
    progress grant power cedar crystal harbour international global marina liberty plant
    delta alpha nova prime atlas summit vision imperial mission"""
)
_ADMIN_WORD = word_set("""county district province municipality parish prefecture kreis""")
# Codes that are more often a word, a role or a department than the country they stand for.
_WORD_CODES = word_set(
    """IT AI QA HR PM TV ML BI PR AM MD OR IN ME HI OK NO AT BE TO SO IS MY AS ID TT CC IO
    SC SA AD PA CO GM VP BA SM NC TC EE ER ET MS PS PE DO RE CD EST"""
)
_DEFAULTS = {
    "barcelona": "ES",
    "valencia": "ES",
    "hyderabad": "IN",
    "saint louis": "US",
    "santa clara": "US",
    "birmingham": "GB",
}
STATE_OR_CITY = 200_000
"""Inhabitants from which a bare name means the city and not the region of that name."""
CLEARLY = 2.0
"""How many times larger a city must be than the next of its name to be meant by itself."""


@dataclass(frozen=True, slots=True)
class Location:
    """What a location text names; false when it names no place."""

    countries: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.countries or self.areas)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract location`."""
        return {
            "countries": list(self.countries),
            "places": [p.as_dict() for p in self.places],
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NOWHERE = Location()


@dataclass(slots=True)
class _Mention:
    start: int
    end: int
    group: int
    piece: int
    text: str
    country: Place | None = None
    area: str = ""
    regions: tuple[Place, ...] = ()
    cities: tuple[Place, ...] = ()
    code: bool = False  # two or three capitals, not a name
    weak: bool = False  # part of a longer name, "Orange County": counts only where it is held
    alone: bool = False  # fills its piece, work words aside
    found: Place | None = None
    used: bool = False  # said where another mention is
    end_used: int = field(default=0)


def extract(text: str, beside: Collection[str] = ()) -> Location:
    """The places the text names, in the order of mention.

    `beside` are codes of countries known from elsewhere: they decide between places of one name
    and are no answer themselves.

    `countries` are unique ISO alpha-2 codes; a region of several countries ("EU") is in
    `areas` and gives no country.
    """
    text = as_text(text)[:MAX_LENGTH]
    mentions = _mentions(text)
    if not mentions:
        return NOWHERE
    for group in _grouped(mentions):
        _resolve(group)
    _resolve_rest(mentions, text, beside)
    countries: list[str] = []
    places: list[Place] = []
    areas: list[str] = []
    evidence = rule = ""
    for mention in mentions:
        place = mention.found
        if mention.area and not mention.used:
            areas.append(mention.area)
            evidence, rule = evidence or mention.text, rule or "location.area"
        if place is None:
            continue
        if place.country not in countries:
            countries.append(place.country)
        if place not in places:
            places.append(place)
        if not evidence or rule == "location.area":
            evidence = _quote(text, mention)
            rule = f"location.{place.kind}"
    return Location(tuple(countries), tuple(places), tuple(dict.fromkeys(areas)), evidence, rule)


def _quote(text: str, mention: _Mention) -> str:
    end = max(mention.end, mention.end_used)
    if "(" in text[mention.start : end] and text[end : end + 1] == ")":
        end += 1
    return text[mention.start : end]


# --- finding names -------------------------------------------------------------------


def _mentions(text: str) -> list[_Mention]:
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    result: list[_Mention] = []
    lower = text.islower()
    group = piece = 0
    free: list[tuple[int, int]] = []  # tokens of the piece that no name took, work words aside
    index = 0
    previous_end = 0
    pieces: dict[int, list[tuple[int, int]]] = {}
    while index < len(tokens):
        start, end = tokens[index]
        gap = text[previous_end:start]
        if result or free or index:
            if _STRONG.search(gap):
                group, piece = group + 1, piece + 1
            elif re.search(r"[,()–—:]|\s-|-\s", gap):
                piece += 1
        mention, count = _longest(text, tokens, index, lower)
        word = text[start:end]
        if mention is None and _STRONG.fullmatch(word.lower()) and not word.isupper():
            group, piece = group + 1, piece + 1
        elif mention is None:
            if word.lower().rstrip(".") not in _WORK:
                pieces.setdefault(piece, []).append((start, end))
                free.append((start, end))
        else:
            mention.group, mention.piece = group, piece
            result.append(mention)
            end = tokens[index + count - 1][1]
        index += count
        previous_end = end
    _mark_alone(text, result, pieces)
    return result


def _mark_alone(
    text: str, mentions: list[_Mention], pieces: dict[int, list[tuple[int, int]]]
) -> None:
    """Set `alone`, and turn "Unknown Name, ST" into a city the gazetteer lacks."""
    per_piece: dict[int, int] = {}
    for mention in mentions:
        per_piece[mention.piece] = per_piece.get(mention.piece, 0) + 1
    for mention in mentions:
        mention.alone = mention.piece not in pieces and per_piece[mention.piece] == 1
        spans = pieces.get(mention.piece - 1, [])
        state = _state(mention)
        if state is None or not (mention.code and 1 <= len(spans) <= 4):
            continue
        if mention.piece - 1 in per_piece or not re.fullmatch(
            r",\s*", text[spans[-1][1] : mention.start]
        ):
            continue
        name = text[spans[0][0] : spans[-1][1]]
        if len(name) <= 40 and all(text[a].isupper() for a, _ in spans) and "," not in name:
            mention.found = Place(None, name, "city", state.country, state.region)
            mention.start, mention.text = spans[0][0], text[spans[0][0] : mention.end]


def _state(mention: _Mention) -> Place | None:
    """The one state of the US, Canada or Australia that a code names, if it is clear."""
    states = [r for r in mention.regions if r.country in ("US", "CA", "AU")]
    return states[0] if states else None


def _longest(
    text: str, tokens: list[tuple[int, int]], index: int, lower: bool
) -> tuple[_Mention | None, int]:
    """The longest name that begins at a token and the number of tokens read."""
    start = tokens[index][0]
    last = index
    while last + 1 < len(tokens) and last - index < 4:
        if not _JOINT.fullmatch(text, tokens[last][1], tokens[last + 1][0]):
            break
        if text[tokens[last][1] : tokens[last + 1][0]].startswith(" -"):
            break
        last += 1
    for end_index in range(last, index - 1, -1):
        end = tokens[end_index][1]
        mention = _read(text[start:end], start, end, lower, end_index - index + 1)
        if mention is not None:
            following = tokens[end_index + 1] if end_index + 1 < len(tokens) else None
            if (
                following
                and text[following[0] : following[1]].lower() in _ADMIN_WORD
                and text[end : following[0]].isspace()
            ):
                mention.weak = True
                return mention, end_index - index + 2
            return mention, end_index - index + 1
    return None, 1


def _read(name: str, start: int, end: int, lower: bool, count: int) -> _Mention | None:
    """All that a piece of text can name, or None."""
    words = gazetteer.key(name)
    bare = name.replace(".", "")
    mention = _Mention(start, end, 0, 0, name)
    area = gazetteer.find_area(words)
    if area and (len(words) > 4 or bare.isupper() or lower):
        mention.area = area
        return mention
    if count == 1 and len(bare) <= 3 and bare.isupper():
        mention.code = len(bare) == 2 or gazetteer.find_country(bare) is not None
        mention.country = gazetteer.find_country(bare)
        mention.regions = gazetteer.find_region(bare)
        mention.cities = gazetteer.find_city(bare)
        known = mention.country or mention.regions or mention.cities
        if bare in ("US", "UK", "USA", "UAE"):
            mention.code, mention.cities, mention.regions = False, (), ()
        return mention if known else None
    if not gazetteer.is_name(words) or (count == 1 and words in _WORK - {"usa", "mobile"}):
        return None
    if not (name[0].isupper() or not name[0].islower()) and not lower:
        return None
    if len(words) <= 3 and name[0].islower() and words not in ("usa", "uk", "uae", "nyc"):
        return None if not (lower and words == "us") else _code_us(mention)
    if words in ("la", "kl", "bh", "gta", "bgc", "us"):
        return None
    mention.country = gazetteer.find_country(name)
    mention.regions = gazetteer.find_region(name) if len(words) > 2 else ()
    mention.cities = gazetteer.find_city(name)
    return mention


def _code_us(mention: _Mention) -> _Mention:
    mention.country = gazetteer.country("US")
    return mention


def _grouped(mentions: list[_Mention]) -> list[list[_Mention]]:
    groups: dict[int, list[_Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.group, []).append(mention)
    return list(groups.values())


# --- deciding ------------------------------------------------------------------------


def _inside(place: Place, container: Place) -> bool:
    if container.kind == "country":
        return place.country == container.country
    return (place.country, place.region) == (container.country, container.region)


def _containers(mention: _Mention) -> list[Place]:
    """Readings of a mention that can hold a city: regions before the country."""
    result = list(mention.regions)
    if mention.country:
        result.append(mention.country)
    return result


def _resolve(group: list[_Mention]) -> None:
    """Decide the mentions of one group that a neighbour decides."""
    _name_towns(group)
    for index, mention in enumerate(group):
        if mention.used or mention.found or mention.area:
            continue
        after = [m for m in group[index + 1 : index + 3] if not m.area and not m.found]
        if _hold(mention, after):
            continue
        if index and _held_by_previous(group[index - 1], mention):
            before = group[index - 2] if index > 1 else None
            if before and mention.found and before.country and before.found is None:
                before.used = before.country.country == mention.found.country
            continue
    for index, mention in enumerate(group):
        if mention.found or mention.used or mention.area:
            continue
        if mention.country and not mention.code and not mention.weak:
            city = mention.cities and not mention.regions and mention.cities[0].country
            if not mention.regions or city == mention.country.country:
                mention.found = mention.country
        following = group[index + 1] if index + 1 < len(group) else None
        if mention.found is None and following and following.piece == mention.piece + 1:
            _leave_to(mention, following)


def _name_towns(group: list[_Mention]) -> None:
    """Read a country's name before a state as the town it is: "Lebanon, NH", "Peru, Indiana".

    Not where the code is the country's own ("Germany, DE"), nor in a longer list.
    """
    outer = [m for m in group[2:] if m.country is None or m.country.country != "US"]
    if len(group) < 2 or outer:
        return
    town, holder = group[:2]
    state = _state(holder)
    if town.country is None or town.code or town.regions or state is None:
        return
    if holder.cities and len(group) == 2:
        return  # "Germany, New York" is a list of two
    if state.country == town.country.country or holder.country == town.country:
        return
    if holder.piece == town.piece + 1 and len(town.text) > 3:
        town.country = None
        if not any(_inside(city, state) for city in town.cities):
            town.found = Place(None, town.text, "city", state.country, state.region)
            town.end_used, holder.used = holder.end, True
            for other in group[2:]:
                other.used, town.end_used = True, other.end


def _leave_to(mention: _Mention, following: _Mention) -> None:
    """A name before a container that does not hold it is some place unknown to us.

    "Leeds, AL" is in Alabama for all that Leeds is large elsewhere; a full name behind a
    large city begins a list instead ("London, Germany").
    """
    state = _state(following)
    if not (mention.cities or mention.regions) or mention.code:
        return
    if following.found is None and following.code and state:
        mention.found = Place(None, mention.text, "city", state.country, state.region)
        mention.end_used, following.used = following.end, True
    elif following.found and following.found.kind != "city" and mention.cities:
        mention.used = (mention.cities[0].population or 0) < 500_000


def _hold(mention: _Mention, after: list[_Mention]) -> bool:
    """Decide a mention by the region or country that follows it."""
    if not after:
        return False
    for follower in after[:1] if after[0].found or after[0].cities else after[:2]:
        if follower.start - mention.end > 40:
            return False
        for readings in (mention.cities, mention.regions):
            if readings and readings is mention.cities and mention.code:
                continue
            for container in _containers(follower):
                held = [p for p in readings if _inside(p, container) and p != container]
                if not held:
                    continue
                if container.kind == "region" and held[0].kind == "region":
                    continue
                if container.kind == "country" and readings is mention.cities:
                    wider = [r for r in mention.regions if _inside(r, container)]
                    small = (held[0].population or 0) < 500_000
                    if wider and small and held[0].region != wider[0].region:
                        held = wider
                _settle(mention, held[0], after, follower)
                return True
    return False


def _settle(mention: _Mention, place: Place, after: list[_Mention], follower: _Mention) -> None:
    mention.found = place
    mention.end_used = follower.end
    follower.used = True
    country = gazetteer.country(place.country)
    for other in after:
        if other is follower or other.used or country is None:
            continue
        if other.country == country and (other.piece - follower.piece) <= 1:
            if other.code and other.regions and other.cities:
                continue
            other.used, mention.end_used = True, max(other.end, mention.end_used)


def _held_by_previous(previous: _Mention, mention: _Mention) -> bool:
    """Decide a city by the region or country before it: "CA - San Francisco"."""
    if previous.area or (previous.found and previous.found.kind == "city"):
        return False
    for container in _containers(previous):
        held = [p for p in mention.cities if _inside(p, container)]
        if held and not (previous.used and previous.found is None and previous.code is False):
            mention.found, previous.used = held[0], True
            if previous.found and previous.found.kind != "city":
                previous.found = None
            mention.start, mention.end_used = previous.start, mention.end
            return True
    return False


def _resolve_rest(mentions: list[_Mention], text: str, beside: Collection[str]) -> None:
    """Decide what stands alone: by the other places, by size, or not at all."""
    known = {m.found.country for m in mentions if m.found} | set(beside)
    for mention in mentions:
        if mention.found or mention.used or mention.area:
            continue
        if mention.code:
            mention.found = _lone_code(mention, known, text)
        else:
            mention.found = _lone_name(mention, known)
        if mention.found:
            known.add(mention.found.country)


def _lone_code(mention: _Mention, known: set[str], text: str) -> Place | None:
    name = mention.text.replace(".", "")
    if mention.cities and not mention.regions and not mention.country:
        return _clear_city(mention.cities, name.lower())
    if name in ("SF", "LA", "NYC") and mention.cities:
        return mention.cities[0]
    if name in _WORD_CODES and not (mention.alone and known):
        return None
    if not mention.alone and len(name) == 2:
        return None
    if known and len(name) == 2 and _prefix(mention, text):
        return None
    country = mention.country
    near = [r for r in mention.regions if r.country in known]
    if country and country.country in known:
        return country
    if len(near) == 1:
        return near[0]
    states = [r for r in mention.regions if r.country == "US"]
    if country and not states:
        return country
    if len({r.country for r in mention.regions}) == 1 and country is None:
        return mention.regions[0]
    if states and country is None:
        return states[0]
    if len(name) == 3 and country:
        return country
    return None


def _prefix(mention: _Mention, text: str) -> bool:
    """Whether a code opens its part of the text: "CH - Shanghai, China"."""
    return bool(re.match(r"\s*-\s", text[mention.end : mention.end + 4]))


def _lone_name(mention: _Mention, known: set[str]) -> Place | None:
    words = gazetteer.key(mention.text)
    if mention.weak:
        return None
    if mention.country:
        regions = [r for r in mention.regions if r.country != mention.country.country]
        if not regions:
            return mention.country
        if regions[0].country in known:
            return regions[0]
        return mention.country if mention.country.country in known else None
    region = mention.regions[0] if len(mention.regions) == 1 else None
    if not mention.cities:
        near = [r for r in mention.regions if r.country in known]
        return region or (near[0] if near else None)
    if words in _NO_CITY and not (mention.alone and (mention.cities[0].population or 0) > 100_000):
        return None
    if not mention.alone and (mention.cities[0].population or 0) < 100_000:
        return None
    city = _clear_city(mention.cities, words)
    if region and city and city.country == region.country:
        return city if (city.population or 0) >= STATE_OR_CITY else region
    if region:
        if city is None or (city.population or 0) < 1_000_000:
            return region if region.country in ("US", "CA", "GB") else None
        return city
    if city:
        return city
    near = [c for c in mention.cities if c.country in known]
    return near[0] if near else None


def _clear_city(cities: tuple[Place, ...], words: str) -> Place | None:
    """The city meant by a bare name, or None where two of them are of like size."""
    if words in _DEFAULTS:
        return next((c for c in cities if c.country == _DEFAULTS[words]), None)
    first = cities[0].population or 0
    rivals = [c for c in cities[1:] if c.country != cities[0].country]
    second = max((c.population or 0 for c in rivals), default=0)
    return cities[0] if first >= CLEARLY * second else None
