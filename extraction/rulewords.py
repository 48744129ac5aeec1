"""What the rules of this package say, in words for readers."""

from __future__ import annotations

WORDS = {
    "eligibility.text": "A sentence of the text says so",
    "employment.label": "Behind a label in the text",
    "employment.short-text": "Stands in a short text",
    "employment.statement": "A sentence of the text says so",
    "employment.title": "Stands in the title",
    "location.area": "A region that the location names",
    "location.city": "A city that the location names",
    "location.country": "A country that the location names",
    "location.region": "A state or province that the location names",
    "role.alias": "Another name of the role",
    "role.title-head": "The end of the title, behind what specifies it",
    "role.title-inverted": "The title, its parts in the other order",
    "role.title-joined": "The title, two of its words written as one",
    "role.title-whole": "The whole title, without level and place",
    "seniority.number": "A numeral in the title",
    "seniority.stated-in-text": "A sentence of the text says so",
    "skills.vocabulary": "Names of skills that the text mentions",
}
# The shape of pay, and where it stood.
SHAPES = {"amount": "An amount", "range": "A range"}
STANDS = {
    "after-pay-word": "behind a word for pay",
    "before-pay-word": "before a word for pay",
    "in-field": "in a field for pay",
    "in-part": "that is a line of its own",
    "with-period": "with its period",
}
NO_CURRENCY = "-no-currency"
PLACES = {
    "location": "The location says so",
    "location-anywhere": "The location says “anywhere”",
    "text": "A sentence of the text says so",
    "title": "The title says so",
}


def in_words(rule: str) -> str:
    """The rule, or several joined by a semicolon, as a reader takes them in.

    One that is a sentence itself stays, and a code without words is read word by word.
    """
    return "; ".join(map(_in_words, rule.split("; ")))


def _in_words(rule: str) -> str:
    subject, _, name = rule.partition(".")
    if rule in WORDS:
        return WORDS[rule]
    if subject == "salary":
        return _pay(name)
    if subject == "workplace":
        _, _, place = name.partition("-in-")
        return PLACES.get(place, _spaced(place))
    if subject == "seniority":
        return "A word of the title"
    return _spaced(name) if name and " " not in subject else rule[:1].upper() + rule[1:]


def _pay(name: str) -> str:
    bare = name.removesuffix(NO_CURRENCY)
    shape, _, stands = bare.partition("-")
    if shape not in SHAPES or stands not in STANDS:
        return _spaced(name)
    named = "" if bare == name else ", no currency named"
    return f"{SHAPES[shape]} {STANDS[stands]}{named}"


def _spaced(name: str) -> str:
    return name.replace("-", " ").capitalize()
