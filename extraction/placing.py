"""Which place each name means: by its neighbours, the other places of the text, or its size."""

from __future__ import annotations

import re
from collections.abc import Collection

from extraction import gazetteer
from extraction.common import word_set
from extraction.gazetteer import Place
from extraction.mentions import Mention, state_of

_NO_CITY = word_set(
    """remote hybrid mobile office central union best most bar normal young man orange
    surprise enterprise independence commerce industry university home field opportunity
    of the los las san santa saint new north south east west lead split nice reading
    bath data media design ripley marketing sales support security engineering product
    research date battle hub same see van tech march april may june august augusta
    progress grant power cedar crystal harbour international global marina liberty plant
    delta alpha nova prime atlas summit vision imperial mission republic kota airport"""
)
# Codes that are more often a word, a role or a department than the country they stand for.
_WORD_CODES = word_set(
    """IT AI QA HR PM TV ML BI PR AM MD OR IN ME HI OK NO AT BE TO SO IS MY AS ID TT CC IO
    SC SA AD PA CO GM VP BA SM NC TC EE ER ET MS PS PE DO RE CD EST PAN AND ARE"""
)
_DEFAULTS = {
    "barcelona": "ES",
    "valencia": "ES",
    "hyderabad": "IN",
    "saint louis": "US",
    "santa clara": "US",
    "birmingham": "GB",
    "aberdeen": "GB",
    "athlone": "IE",
    "brest": "FR",
    "dundee": "GB",
    "gloucester": "GB",
    "halifax": "CA",
    "heidelberg": "DE",
    "kochi": "IN",
    "newcastle": "GB",
    "oeiras": "PT",
    "smyrna": "TR",
    "waterford": "IE",
}
STATE_OR_CITY = 200_000
"""Inhabitants from which a bare name means the city and not the region of that name."""
CLEARLY = 2.0
"""How many times larger a city must be than the next of its name to be meant by itself."""


QUARTER, METROPOLIS = 100_000, 1_000_000
"""A town smaller than the first before a city larger than the second, with nothing else, is
a quarter of that city where no table says so: "Whitefield, Bangalore"."""


def decide(mentions: list[Mention], text: str, beside: Collection[str]) -> None:
    """Set `found` of every mention whose place is clear, and `used` where another says it."""
    if not _all_countries(mentions) and not _all_states(mentions):
        for group in _grouped(mentions):
            _resolve(group)
    _resolve_rest(mentions, text, beside)
    if len(mentions) == 2 and mentions[0].group == mentions[1].group:
        _leave_quarter(*mentions)


def _all_countries(mentions: list[Mention]) -> bool:
    """Read a list of codes that cannot all be states as the countries they are: "DE / AT"."""
    if len(mentions) < 2 or not all(m.alone and m.country and len(m.text) == 2 for m in mentions):
        return False
    if all(state_of(m) for m in mentions if m.text != "US"):
        return False
    for mention in mentions:
        mention.found = mention.country
    return True


def _all_states(mentions: list[Mention]) -> bool:
    """Read a list of codes of states, one of which is no country, as these: "CA, OR, WA"."""
    states = [state_of(m) for m in mentions if m.alone and m.code]
    found = [state for state in states if state and state.country == "US"]
    if len(found) < 3 or len(found) < len(mentions) or all(m.country for m in mentions):
        return False
    for mention, state in zip(mentions, found, strict=True):
        mention.found = state
    return True


def _leave_quarter(one: Mention, two: Mention) -> None:
    town, city = one.found, two.found
    if town is None or city is None or {town.kind, city.kind} != {"city"}:
        return
    small = 0 < (town.population or 0) < QUARTER
    if small and (city.population or 0) >= METROPOLIS and town.country != city.country:
        one.found, one.used = None, True


def _grouped(mentions: list[Mention]) -> list[list[Mention]]:
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.group, []).append(mention)
    return list(groups.values())


def _inside(place: Place, container: Place) -> bool:
    if container.kind == "country":
        return place.country == container.country
    return (place.country, place.region) == (container.country, container.region)


def _containers(mention: Mention) -> list[Place]:
    """Readings of a mention that can hold a city: regions before the country."""
    result = list(mention.regions)
    if mention.country:
        result.append(mention.country)
    return result


def _resolve(group: list[Mention]) -> None:
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
            _leave_to(mention, following, first=index == 0)


def _name_towns(group: list[Mention]) -> None:
    """Read a country's name before a state as the town it is: "Lebanon, NH", "Peru, Indiana".

    Not where the code is the country's own ("Germany, DE"), nor in a longer list.
    """
    outer = [m for m in group[2:] if m.country is None or m.country.country != "US"]
    if len(group) < 2 or outer:
        return
    town, holder = group[:2]
    state = state_of(holder)
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


def _leave_to(mention: Mention, following: Mention, *, first: bool) -> None:
    """A name before a container that does not hold it is some place unknown to us.

    "Leeds, AL" is in Alabama for all that Leeds is large elsewhere; a full name behind a
    large city begins a list instead ("London, Germany").
    """
    state = state_of(following)
    if not (mention.cities or mention.regions) or mention.code:
        return
    large = bool(mention.cities) and (mention.cities[0].population or 0) >= 500_000
    if following.code and _province(mention, following.text):
        mention.found = next((c for c in mention.cities if c.country == "IT"), None)
        mention.end_used, following.used = following.end, True
    elif following.found is None and following.code and state:
        known = bool(mention.cities) and (mention.cities[0].population or 0) >= QUARTER
        if known and state.country != "US":
            return  # "Monterrey, NL" is a code of the city's own country
        mention.found = Place(None, mention.text, "city", state.country, state.region)
        mention.end_used, following.used = following.end, True
    elif first and _state_name(following):
        state = following.regions[0]
        mention.found = Place(None, mention.text, "city", state.country, state.region)
        mention.end_used, following.used = following.end, True
    elif following.found and following.found.kind != "city" and mention.cities:
        mention.used = not large


def _state_name(mention: Mention) -> bool:
    """Whether it is a state of the US by its full name, which no list of cities ends in."""
    return (
        not (mention.found or mention.code or mention.cities or mention.country)
        and len(mention.regions) == 1
        and mention.regions[0].country == "US"
        and len(mention.regions[0].region) == 2
        and mention.text == mention.regions[0].name
    )


# Provinces of Italy whose codes are states of the US, by their city's Italian name.
_PROVINCES = {
    "AL": "alessandria", "AR": "arezzo", "CA": "cagliari", "CO": "como", "ME": "messina",
    "MI": "milano", "MN": "mantova", "MO": "modena", "MS": "massa", "MT": "matera",
    "OR": "oristano", "PA": "palermo", "RI": "rieti", "VA": "varese", "VT": "viterbo",
}  # fmt: skip


def _province(mention: Mention, code: str) -> bool:
    """Whether a code is that of an Italian city's province: "Milano, MI", "Como (CO)"."""
    return bool(mention.cities) and _PROVINCES.get(code) == gazetteer.key(mention.text)


def _hold(mention: Mention, after: list[Mention]) -> bool:
    """Decide a mention by the region or country that follows it."""
    if not after:
        return False
    other_city = after[0].cities and gazetteer.key(after[0].text) != gazetteer.key(mention.text)
    for follower in after[:1] if after[0].found or other_city else after[:2]:
        if follower.start - mention.end > 40:
            return False
        for readings in (mention.cities, mention.regions):
            for container in _containers(follower):
                if readings is mention.cities and mention.code and container.kind != "country":
                    continue
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


def _settle(mention: Mention, place: Place, after: list[Mention], follower: Mention) -> None:
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


def _held_by_previous(previous: Mention, mention: Mention) -> bool:
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


def _resolve_rest(mentions: list[Mention], text: str, beside: Collection[str]) -> None:
    """Decide what stands alone: by the other places, by size, or not at all."""
    known = {m.found.country for m in mentions if m.found} | set(beside)
    for index, mention in enumerate(mentions):
        if mention.found or mention.used or mention.area:
            continue
        if index and _own_code(mentions[index - 1], mention):
            continue
        if mention.code and _canada(mentions[max(0, index - 1) : index + 2], mention, text):
            mention.found = mention.country
        elif mention.code:
            mention.found = _lone_code(mention, known, text)
        else:
            mention.found = _lone_name(mention, known)
        if mention.found:
            known.add(mention.found.country)


_SIDE_BY_SIDE = re.compile(r"\s*(?:[/&+|]|and|or)\s*")


def _canada(near: list[Mention], code: Mention, text: str) -> bool:
    """Whether "CA" stands beside the US as its like: "US/CA"."""
    if code.text != "CA":
        return False
    gaps = [
        text[min(m.end, code.end) : max(m.start, code.start)]
        for m in near
        if m.text in ("US", "USA")
    ]
    return any(_SIDE_BY_SIDE.fullmatch(gap) for gap in gaps)


def _own_code(previous: Mention, code: Mention) -> bool:
    """Whether a code behind a city is one of its own country that no table lists: "Torino, TO"."""
    city = previous.found
    if city is None or city.kind == "region" or previous.group != code.group:
        return False
    if city.kind == "country" and (code.country or previous.code):
        return False  # "Germany, FR" is a list, "México, D.F." is none
    name = code.text.replace(".", "")
    if len(name) > 3 or not name.isupper() or name in ("USA", "UK", "UAE", "US"):
        return False
    return code.country is None or code.country.country != city.country


def _joins(mention: Mention, text: str) -> bool:
    """Whether a code stands between words as one of them: "ONSITE OR REMOTE"."""
    before, after = text[: mention.start], text[mention.end :]
    return bool(re.search(r"\w\s\Z", before) and re.match(r"\s\w", after))


def _lone_code(mention: Mention, known: set[str], text: str) -> Place | None:
    name = mention.text.replace(".", "")
    metropolis = bool(mention.cities) and (mention.cities[0].population or 0) >= METROPOLIS
    if mention.cities and not mention.regions and (metropolis or not mention.country):
        return _clear_city(mention.cities, name.lower())
    if name in ("SF", "LA", "NYC") and mention.cities:
        return mention.cities[0]
    if name in _WORD_CODES and (not (mention.alone and known) or _joins(mention, text)):
        return None
    if name == "EST" and known != {"EE"}:
        return None  # an hour of the American east
    if not mention.alone and len(name) == 2:
        return None
    if known and len(name) == 2 and _prefix(mention, text):
        return None
    country = mention.country
    near = [r for r in mention.regions if r.country in known]
    if country and country.country in known:
        return country
    cities = [c for c in mention.cities if c.country in known]
    if cities and not near:
        return cities[0]  # "KL / Penang, Malaysia"
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


def _prefix(mention: Mention, text: str) -> bool:
    """Whether a code opens its part of the text: "CH - Shanghai, China"."""
    return bool(re.match(r"\s*-\s", text[mention.end : mention.end + 4]))


def _lone_name(mention: Mention, known: set[str]) -> Place | None:
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
    city = _as_written(mention) or _clear_city(mention.cities, words)
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


def _as_written(mention: Mention) -> Place | None:
    """The city whose own name has the very marks of the text: "San José" is no "San Jose"."""
    first = mention.cities[0]
    known = gazetteer.spellings("city", first.name, first.country, first.region)
    if mention.text.isascii() or mention.text in known:
        return None
    return next((c for c in mention.cities if c.name == mention.text), None)


def _clear_city(cities: tuple[Place, ...], words: str) -> Place | None:
    """The city meant by a bare name, or None where two of them are of like size."""
    if words in _DEFAULTS:
        return next((c for c in cities if c.country == _DEFAULTS[words]), None)
    first = cities[0].population or 0
    rivals = [c for c in cities[1:] if c.country != cities[0].country]
    second = max((c.population or 0 for c in rivals), default=0)
    return cities[0] if first >= CLEARLY * second else None
