"""Values in the prose of editors: `{{figure median-pay data-engineer}}`, and senior behind it.

A guide does not know what its values are; an app that has some names their keys here when it is
ready (`KEYS`), and fills the marks of a page in its template. What is kept of a page holds marks,
never values, since the two die with different data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from guides.models import PROSE, Role, Seniority
from guides.textform import GuideText, RoleText
from lib import text as markdown
from lib.parameters import nearest

# The key of each value with its words.
KEYS: dict[str, str] = {}
FORM = "{{figure median-pay data-engineer}}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a value names: a key, the slug of a role, and a seniority or none."""

    key: str
    role: str
    seniority: str = ""

    @classmethod
    def of(cls, words: str) -> Asked:
        return cls(*words.split())


def known() -> Callable[[markdown.Value], bool]:
    """Whether a value can be shown, for `lib.text.render`; reads the roles when first asked."""
    problem = problems()
    return lambda value: not problem(value)


def problems() -> Callable[[markdown.Value], str]:
    """A function that says why a value cannot be shown, empty if it can."""
    roles: list[str] = []

    def problem(value: markdown.Value) -> str:
        if not roles:
            roles.extend(Role.objects.values_list("slug", flat=True))
        if not 2 <= len(value.words) <= 3:
            return f"write it as in {FORM}"
        key, role, *level = value.words
        for what, word, allowed in (
            ("figure", key, list(KEYS)),
            ("role", role, roles),
            *(("seniority", word, list(Seniority.values)) for word in level),
        ):
            if word not in allowed:
                hint = nearest(word, allowed)
                return f"there is no {what} “{word}”" + (
                    f"; did you mean “{hint}”?" if hint else ""
                )
        return ""

    return problem


def unknown_values(text: GuideText | RoleText) -> list[str]:
    """A sentence for the editor about each value of a text that cannot be shown."""
    problem = problems()
    found = []
    for place, source, can_show in _places(text):
        for value in markdown.values_of(source):
            reason = problem(value) if can_show else "only the sections of a guide can show one"
            if reason:
                found.append(f"{place} has {value}: {reason}{'' if reason[-1] == '?' else '.'}")
    return list(dict.fromkeys(found))


def _places(text: GuideText | RoleText) -> Iterator[tuple[str, str, bool]]:
    if isinstance(text, RoleText):
        for name in PROSE:
            yield name.label, getattr(text, name), False
        return
    for section in text.sections:
        yield f"The section “{section.heading}”", section.body, True
    for claim in text.claims:
        yield f"The claim “{claim.key}”", claim.text, False


# --- marks ----------------------------------------------------------------------------------------


def mark(words: str) -> str:
    """What stands in kept HTML for a value; nobody who writes a text can guess it."""
    return f"{_nonce(settings.SECRET_KEY)}{words}\ue011"


def pieces(html: str) -> list[tuple[str, Asked | None]]:
    """HTML cut at its marks: each piece with the value that stands behind it."""
    first, *rest = html.split(_nonce(settings.SECRET_KEY))
    found: list[tuple[str, Asked | None]] = []
    before = first
    for piece in rest:
        words, _, after = piece.partition("\ue011")
        found.append((before, Asked.of(words)))
        before = after
    return [*found, (before, None)]


@lru_cache(maxsize=2)
def _nonce(key: str) -> str:
    return "\ue010" + salted_hmac("guides.values", "mark", secret=key).hexdigest()[:16] + ":"
