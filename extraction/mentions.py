"""Names of places found in a location text, with all that each can mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction import gazetteer
from extraction.common import word_set
from extraction.gazetteer import Place

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
_ADMIN_WORD = word_set("""county district province municipality parish prefecture kreis""")


@dataclass(slots=True)
class Mention:
    """One name, where it stands, and what it can mean; `extraction.placing` sets `found`."""

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
    end_used: int = 0


def mentions_of(text: str) -> list[Mention]:
    """Every name of the text, in order.

    Names of one `group` belong together ("Austin, TX"), a `piece` is what stands between commas.
    """
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    result: list[Mention] = []
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
    _mark_islands(text, result)
    return result


def _mark_alone(
    text: str, mentions: list[Mention], pieces: dict[int, list[tuple[int, int]]]
) -> None:
    """Set `alone`, and turn "Unknown Name, ST" into a city the gazetteer lacks."""
    per_piece: dict[int, int] = {}
    for mention in mentions:
        per_piece[mention.piece] = per_piece.get(mention.piece, 0) + 1
    for mention in mentions:
        mention.alone = mention.piece not in pieces and per_piece[mention.piece] == 1
        spans = pieces.get(mention.piece - 1, [])
        state = state_of(mention)
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


def _mark_islands(text: str, mentions: list[Mention]) -> None:
    """Read the English word "Island" behind a name as no Iceland: "Victoria Island"."""
    for mention in mentions:
        if mention.text == "Island" and text[: mention.start].rstrip()[-1:].isalpha():
            mention.weak = True


def state_of(mention: Mention) -> Place | None:
    """The one state of the US, Canada or Australia that a code names, if it is clear."""
    states = [r for r in mention.regions if r.country in ("US", "CA", "AU")]
    return states[0] if states else None


def _longest(
    text: str, tokens: list[tuple[int, int]], index: int, lower: bool
) -> tuple[Mention | None, int]:
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
    return _prefix(text, *tokens[index], lower), 1


_IDEOGRAPHS = "\u2e80"
"""Where scripts begin that put no blanks between words."""


def _prefix(text: str, start: int, end: int, lower: bool) -> Mention | None:
    """The longest name that a word without blanks begins with: "東京都渋谷区"."""
    if text[start] < _IDEOGRAPHS:
        return None
    for stop in range(min(end, start + 8), start + 1, -1):
        mention = _read(text[start:stop], start, stop, lower, 1)
        if mention is not None:
            return mention
    return None


def _read(name: str, start: int, end: int, lower: bool, count: int) -> Mention | None:
    """All that a piece of text can name, or None."""
    words = gazetteer.key(name)
    bare = name.replace(".", "")
    mention = Mention(start, end, 0, 0, name)
    area = gazetteer.find_area(words)
    if area and (len(words) > 3 or bare.isupper() or lower):
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
    district = gazetteer.find_district(name)
    if district and not mention.regions:
        mention.regions = (district,)
    mention.cities = gazetteer.find_city(name)
    return mention


def _code_us(mention: Mention) -> Mention:
    mention.country = gazetteer.country("US")
    return mention
