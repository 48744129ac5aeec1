"""The names of roles and skills, as a search understands them.

Every name of a skill means that skill. Titles of a role that say more than the role's name are
no synonyms of it: who asks for an Android developer or a head of data science does not ask for
every software engineer or data scientist. Postings with such a title carry the role's mark all
the same, and so the role finds them.
"""

from __future__ import annotations

from django.db.models import Value

from extraction.seniority import extract as seniority_of
from extraction.skills import is_plain_word
from guides.models import Role, Skill
from guides.stamps import GUIDES, kept_here, stamps
from lib.fulltext import mark, tokens
from lib.synonyms import Name, Synonyms, Thing, names_of

# What people are called whatever they work at, and further words that show a title to be English.
# A title in another language cannot be compared with the name: it is taken for a translation.
KINDS = {
    *("engineer", "developer", "programmer", "analyst", "scientist", "architect", "specialist"),
    *("administrator", "expert", "practitioner", "professional"),
}
ENGLISH = KINDS | {"consultant", "director", "head", "intern", "lead", "manager", "of"}

# Words of this trade that are written as two, with a hyphen or as one.
COMPOUNDS = (
    *("back end", "bio tech", "block chain", "cyber security", "data base", "data lake"),
    *("data set", "data warehouse", "dev ops", "dev sec ops", "e commerce", "ed tech", "fin tech"),
    *("front end", "full stack", "full time", "green field", "health care", "health tech"),
    *("life cycle", "low code", "micro service", "micro services", "ml ops", "no code", "on call"),
    *("on site", "open source", "part time", "pre sales", "post doc", "real time", "start up"),
    *("team lead", "time series", "web app", "web site", "work flow", "work place"),
)

ABBREVIATIONS = (("sr", "senior"), ("jr", "junior"))


def role_mark(key: int) -> str:
    return mark("r", key)


def skill_mark(key: int) -> str:
    return mark("s", key)


def synonyms(stamp: str | None = None) -> Synonyms:
    """Those of all roles and skills; `stamp` is that of guides, where the caller has it.

    One statement when guides have changed, else none.
    """
    stamp = stamps()[GUIDES] if stamp is None else stamp
    return kept_here("synonyms", (stamp,), read)


def read() -> Synonyms:
    named = [
        model._default_manager.order_by().values_list(Value(kind), "pk", "name", "aliases")
        for kind, model in (("skill", Skill), ("role", Role))
    ]
    rows = sorted(named[0].union(named[1], all=True))
    skills = [
        (key, names_of([name, *aliases])) for kind, key, name, aliases in rows if kind == "skill"
    ]
    things = [Thing(skill_mark(key), names, clear(names)) for key, names in skills]
    skill_of = {name: key for key, names in skills for name in names}
    for kind, key, name, aliases in rows:
        if kind == "role":
            names = titles(name, aliases, skill_of)
            things.append(Thing(role_mark(key), names, clear(names)))
    compounds = ((text, text.replace(" ", "")) for text in COMPOUNDS)
    for texts in (*compounds, *ABBREVIATIONS):
        names = names_of(texts)
        things.append(Thing("", names, names))
    return Synonyms(things)


def clear(names: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(name for name in names if len(name) > 1 or not is_plain_word(name[0]))


def titles(name: str, aliases: list[str], skill_of: dict[Name, int]) -> tuple[Name, ...]:
    """The role's name and the titles that mean the same; the others say more than the name."""
    own = tuple(tokens(name))
    subject, level, skills = Subject(own), seniority_of(name).level, skills_in(own, skill_of)

    def is_same(alias: str) -> bool:
        title = tuple(tokens(alias))
        if not ENGLISH.isdisjoint(title):
            return subject.is_that_of(title)
        return skills_in(title, skill_of) <= skills and seniority_of(alias).level in ("", level)

    return names_of([name, *filter(is_same, aliases)])


class Subject:
    """A title without the kind of work: its words as one, and their initials if they are several.

    A back-end developer works at the same as a backend engineer, and ML at machine learning.
    """

    def __init__(self, title: Name) -> None:
        words = [word for word in title if word not in KINDS]
        self.whole = "".join(words)
        self.initials = "".join(word[0] for word in words) if len(words) > 1 else ""

    def is_that_of(self, title: Name) -> bool:
        other = Subject(title)
        return bool(self.whole and other.whole) and (
            self.whole in (other.whole, other.initials) or self.initials == other.whole
        )


def skills_in(name: Name, skill_of: dict[Name, int]) -> set[int]:
    parts = (
        name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1)
    )
    return {skill_of[part] for part in parts if part in skill_of}
