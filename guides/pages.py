"""What the public pages show, gathered in a constant number of statements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from guides.models import (
    PROSE,
    TERMED,
    Aspect,
    Guide,
    Revision,
    Role,
    RoleTerm,
    Seniority,
)
from guides.querysets import GuideQuerySet, RoleQuerySet

WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide in a list; the texts are those of the revision in effect."""

    pk: int
    url: str
    title: str
    subtitle: str
    summary: str
    author: str
    minutes: int
    published_at: datetime
    revised_at: datetime


@dataclass(frozen=True, slots=True)
class RoleRef:
    """A role as links and lists name it, apart from its profile."""

    pk: int
    name: str
    slug: str
    seniority: str
    base: "RoleRef | None"

    @classmethod
    def of(cls, role: Role) -> "RoleRef":
        base = cls.of(role.base) if role.base else None
        return cls(role.pk, role.name, role.slug, role.seniority, base)

    @property
    def level(self) -> str:
        """The seniority of a view, in words."""
        return str(Seniority(self.seniority).label) if self.seniority else ""

    def get_absolute_url(self) -> str:
        return reverse("guides:role", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Term:
    """`shared`: another role of the same page has it too. `word` says the weight."""

    label: str
    weight: int
    word: str
    shared: bool


@dataclass(frozen=True, slots=True)
class RoleColumn:
    """One role's side of one aspect: weighted terms, or prose parts."""

    role: Role
    terms: list[Term] = field(default_factory=list)
    parts: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rows:
    """An aspect of several roles side by side. Shared terms come first, in the same order."""

    aspect: str
    label: str
    columns: list[RoleColumn]

    @property
    def shares(self) -> int:
        return len({t.label.casefold() for c in self.columns for t in c.terms if t.shared})

    def __bool__(self) -> bool:
        return any(column.terms or column.parts for column in self.columns)


@dataclass(frozen=True, slots=True)
class SectionView:
    heading: str
    anchor: str
    parts: list[dict[str, str]]
    rows: Rows | None


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    ref: str
    text_html: str
    title: str
    publisher: str
    url: str
    published: date | None
    accessed: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class GuidePage:
    title: str
    subtitle: str
    summary: str
    author: str
    reviewer: str
    reviewed_on: date | None
    roles: list[Role]
    sections: list[SectionView]
    notes: list[Note]
    minutes: int


def guide_cards(guides: GuideQuerySet | None = None, limit: int | None = None) -> list[GuideCard]:
    """Cards of public guides, the newest first; two statements."""
    rows = (Guide.objects.public() if guides is None else guides).newest_first()
    found = list(rows[:limit] if limit is not None else rows)
    return cards_of(found)


def cards_of(guides: Sequence[Any]) -> list[GuideCard]:
    """Cards of guides that carry the annotations of `public()`, in their order."""
    ids = {guide.revision_id: guide for guide in guides}
    texts = {text["guide_id"]: text for text in Revision.objects.filter(pk__in=ids).cards()}
    return [
        GuideCard(
            pk=guide.pk,
            url=guide.get_absolute_url(),
            title=texts[guide.pk]["title"],
            subtitle=texts[guide.pk]["subtitle"],
            summary=texts[guide.pk]["summary"],
            author=texts[guide.pk]["author"],
            minutes=minutes(int(texts[guide.pk]["words"])),
            published_at=guide.published_at,
            revised_at=guide.revised_at,
        )
        for guide in guides
    ]


@dataclass(frozen=True, slots=True)
class RelatedGuide:
    url: str
    title: str
    subtitle: str


def related_guides(roles: Sequence[Role], guide: Any = None, limit: int = 4) -> list[RelatedGuide]:
    """Public guides about one of `roles`, or a topic of `guide` (in effect); one statement."""
    others = Guide.objects.public()
    if guide is not None:
        others = others.exclude(pk=guide.pk)
    found: Any = others.related_to(roles, getattr(guide, "revision_id", None))[:limit]
    return [
        RelatedGuide(guide.get_absolute_url(), guide.title_shown, guide.subtitle_shown or "")
        for guide in found
    ]


def guide_page(rendered: dict[str, Any]) -> GuidePage:
    """A page from what a revision (or a preview) has rendered; two statements, for the roles."""
    roles = roles_with_terms(rendered["roles"])
    return GuidePage(
        title=rendered["title"],
        subtitle=rendered["subtitle"],
        summary=rendered["summary"],
        author=rendered["author"],
        reviewer=rendered["reviewer"],
        reviewed_on=_date(rendered["reviewed_on"]),
        roles=roles,
        sections=[
            SectionView(
                heading=section["heading"],
                anchor=section["anchor"],
                parts=section["parts"],
                rows=rows_of(section["aspect"], roles) if section["aspect"] else None,
            )
            for section in rendered["sections"]
        ],
        notes=[
            Note(
                number=note["number"],
                ref=note["ref"],
                text_html=note["text_html"],
                title=note["title"],
                publisher=note["publisher"],
                url=note["url"],
                published=_date(note["published"]),
                accessed=_date(note["accessed"]),
                review_on=_date(note["review_on"]),
            )
            for note in rendered["notes"]
        ],
        minutes=minutes(rendered["words"]),
    )


def roles_with_terms(ids: Iterable[int]) -> list[Role]:
    """Roles in the order of their ids, with base and terms at hand; a deleted one is left out."""
    wanted = list(ids)
    by_id = {role.pk: role for role in _with_terms().filter(pk__in=wanted)}
    return [by_id[key] for key in wanted if key in by_id]


def roles_called(slugs: Iterable[str]) -> list[Role]:
    """The same of present slugs."""
    wanted = list(slugs)
    by_slug = {role.slug: role for role in _with_terms().filter(slug__in=wanted)}
    return [by_slug[slug] for slug in wanted if slug in by_slug]


def _with_terms() -> RoleQuerySet:
    terms = Prefetch("terms", RoleTerm.objects.select_related("skill"))
    return Role.objects.select_related("base").prefetch_related(terms)


def profile(roles: Sequence[Role]) -> list[Rows]:
    """Every aspect that one of the roles describes, in the order of a guide."""
    return [rows for aspect in Aspect if (rows := rows_of(aspect, roles))]


def rows_of(aspect: str, roles: Sequence[Role]) -> Rows:
    label = Aspect(aspect).label
    if aspect in PROSE:
        columns = [RoleColumn(role, parts=role.rendered.get(aspect, [])) for role in roles]
        return Rows(aspect, label, columns)
    if aspect not in TERMED:
        raise ValueError(aspect)
    terms = [[term for term in role.terms.all() if term.aspect == aspect] for role in roles]
    holders = Counter(term.key for each in terms for term in each)
    weight = Counter[tuple[str, int | str]]()
    for each in terms:
        for term in each:
            weight[term.key] += term.weight

    def place(term: RoleTerm) -> tuple[int, int, str]:
        # The most widely shared first, so that the same term stands in the same row.
        return -holders[term.key], -weight[term.key], term.label.casefold()

    return Rows(
        aspect,
        label,
        [
            RoleColumn(
                role,
                [
                    Term(
                        term.label,
                        term.weight,
                        str(RoleTerm.Weight(term.weight).label),
                        holders[term.key] > 1,
                    )
                    for term in sorted(each, key=place)
                ],
            )
            for role, each in zip(roles, terms, strict=True)
        ],
    )


def minutes(words: int) -> int:
    """Reading time, never less than one minute."""
    return max(1, round(words / WORDS_A_MINUTE))


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
