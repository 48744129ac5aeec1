"""The one text form of guides and roles: Markdown with front matter.

Content ships in it, export and import speak it, revisions store it. `dump` is canonical:
dump(parse(dump(x))) == dump(x), and what `dump` answers `parse` reads.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify

from guides.frontmatter import (
    Fields,
    Inline,
    TextFormError,
    compose,
    emit,
    one_line,
    prose,
    split,
)
from guides.models import (
    Aspect,
    CareerStep,
    Claim,
    Guide,
    GuideImage,
    Role,
    RoleTerm,
    Section,
    Seniority,
    Source,
    Topic,
)
from lib import text as markdown

__all__ = [
    "ClaimText",
    "GuideText",
    "ImageText",
    "RoleText",
    "SectionText",
    "SourceText",
    "TextFormError",
    "body_problem",
    "dump",
    "dump_role",
    "heading_problem",
    "parse",
    "parse_role",
    "read_guide",
    "read_role",
]

IMAGE_FILE = re.compile(r"[A-Za-z0-9_-]{1,80}\.(?:png|jpg|webp)")
HEADING = re.compile(r"(.*?)(?: *\{aspect=([^{}]*)\})?")
ROLE_PROSE = {"Definition": "definition", "Responsibilities": "responsibilities",
              "Outlook": "outlook"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceText:
    key: str
    title: str
    publisher: str
    url: str
    published: date | None
    accessed: date


@dataclass(frozen=True, slots=True)
class ClaimText:
    """`source` is the key of one of the guide's sources, or ''."""

    key: str
    text: str
    source: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class ImageText:
    """`file` is the name of the image's file, without a folder."""

    key: str
    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class SectionText:
    heading: str
    aspect: str
    body: str


@dataclass(frozen=True, slots=True)
class GuideText:
    """`roles` are slugs in order, `topics` names; `lines` tell where a field stood in the file."""

    title: str
    slug: str
    subtitle: str = ""
    roles: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    author: str = ""
    reviewer: str = ""
    reviewed_on: date | None = None
    review_due: date | None = None
    summary: str = ""
    images: tuple[ImageText, ...] = ()
    sources: tuple[SourceText, ...] = ()
    claims: tuple[ClaimText, ...] = ()
    sections: tuple[SectionText, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RoleText:
    """Terms are (slug of a skill, or name; weight 1 to 3), by weight; `base` is a slug or ''.

    `steps` are (slug of the next role, what the move takes), in order.
    """

    name: str
    slug: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    base: str = ""
    seniority: str = ""
    skills: tuple[tuple[str, int], ...] = ()
    tools: tuple[tuple[str, int], ...] = ()
    education: tuple[tuple[str, int], ...] = ()
    industries: tuple[tuple[str, int], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    responsibilities: str = ""
    outlook: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)


# --- from rows --------------------------------------------------------------------------------


def read_guide(guide: Guide) -> GuideText:
    """The working copy of a stored guide."""
    sources = {source.pk: source for source in guide.sources.all()}
    return GuideText(
        title=guide.title,
        slug=guide.slug,
        subtitle=guide.subtitle,
        roles=tuple(item.role.slug for item in guide.guide_roles.select_related("role")),
        topics=tuple(guide.topics.values_list("name", flat=True)),
        author=guide.author,
        reviewer=guide.reviewer,
        reviewed_on=guide.reviewed_on,
        review_due=guide.review_due,
        summary=guide.summary,
        images=tuple(
            ImageText(i.key, PurePath(str(i.file)).name, i.alt) for i in guide.images.all()
        ),
        sources=tuple(
            SourceText(s.key, s.title, s.publisher, s.url, s.published, s.accessed)
            for s in sources.values()
        ),
        claims=tuple(
            ClaimText(c.key, c.text, sources[c.source_id].key if c.source_id else "", c.review_on)
            for c in guide.claims.all()
        ),
        sections=tuple(SectionText(s.heading, s.aspect, s.body) for s in guide.sections.all()),
    )


def read_role(role: Role) -> RoleText:
    """The profile of a stored role."""
    terms: dict[str, list[tuple[str, int]]] = {}
    for term in role.terms.select_related("skill"):
        name = term.skill.slug if term.skill else term.name
        terms.setdefault(term.aspect, []).append((name, term.weight))
    profile: dict[str, Any] = {aspect: tuple(items) for aspect, items in terms.items()}
    return RoleText(
        name=role.name,
        slug=role.slug,
        aliases=tuple(role.aliases),
        summary=role.summary,
        base=role.base.slug if role.base else "",
        seniority=role.seniority,
        steps=tuple((step.to.slug, step.text) for step in role.steps.select_related("to")),
        definition=role.definition,
        responsibilities=role.responsibilities,
        outlook=role.outlook,
        **profile,
    )


# --- writing ----------------------------------------------------------------------------------


def dump(guide: Guide | GuideText) -> str:
    """The canonical text of a guide. Raises TextFormError for what could not be read back."""
    guide = guide if isinstance(guide, GuideText) else read_guide(guide)
    fields: dict[str, Any] = {
        "title": one_line(guide.title),
        "slug": guide.slug,
        "subtitle": one_line(guide.subtitle),
        "roles": Inline(guide.roles),
        "topics": Inline(sorted(map(one_line, guide.topics), key=str.casefold)),
        "author": one_line(guide.author),
        "reviewer": one_line(guide.reviewer),
        "reviewed_on": guide.reviewed_on,
        "review_due": guide.review_due,
        "summary": _block(guide.summary),
        "images": [
            {"key": image.key, "file": image.file, "alt": one_line(image.alt)}
            for image in sorted(guide.images, key=lambda image: image.key)
        ],
        "sources": [
            _filled(
                key=source.key,
                title=one_line(source.title),
                publisher=one_line(source.publisher),
                url=source.url,
                published=source.published,
                accessed=source.accessed,
            )
            for source in sorted(guide.sources, key=lambda source: source.key)
        ],
        "claims": [
            _filled(
                key=claim.key,
                text=one_line(claim.text),
                source=claim.source,
                review_on=claim.review_on,
            )
            for claim in sorted(guide.claims, key=lambda claim: claim.key)
        ],
    }
    optional = ("topics", "reviewed_on", "review_due", "images", "sources", "claims")
    head = {name: value for name, value in fields.items() if value or name not in optional}
    return _checked(head) + "".join(_section(section) for section in guide.sections)


def dump_role(role: Role | RoleText) -> str:
    """The canonical text of a role. Raises TextFormError for what could not be read back."""
    role = role if isinstance(role, RoleText) else read_role(role)
    fields: dict[str, Any] = {
        "name": one_line(role.name),
        "slug": role.slug,
        "aliases": Inline(one_line(alias) for alias in role.aliases),
        "summary": _block(role.summary),
        **_filled(base=role.base, seniority=role.seniority),
    }
    for aspect in ("skills", "tools", "education", "industries"):
        if terms := by_weight(getattr(role, aspect)):
            fields[aspect] = {one_line(name): weight for name, weight in terms}
    if role.steps:
        fields["steps"] = {slug: one_line(step) for slug, step in role.steps}
    sections = (
        SectionText(heading, "", body)
        for heading, name in ROLE_PROSE.items()
        if (body := prose(getattr(role, name)))
    )
    return _checked(fields) + "".join(_section(section) for section in sections)


def by_weight(terms: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(terms, key=lambda term: -term[1])


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _block(value: str) -> str:
    return f"{value.strip()}\n" if "\n" in (value := prose(value).strip()) else value


def _checked(head: dict[str, Any]) -> str:
    text = emit(head)
    split(text)
    return text


def _section(section: SectionText) -> str:
    heading, body = one_line(section.heading), prose(section.body)
    if reason := heading_problem(heading):
        raise TextFormError(1, f"section “{heading}”: {reason}")
    if problem := body_problem(body):
        raise TextFormError(problem.line, f"section “{heading}”: {problem.reason}")
    suffix = f" {{aspect={section.aspect}}}" if section.aspect else ""
    return f"\n## {heading}{suffix}\n" + (f"\n{body}\n" if body else "")


def heading_problem(heading: str) -> str:
    """Why a heading cannot be written as one line of Markdown, or ''."""
    if not heading.strip():
        return "the heading is empty"
    parsed = _blocks(f"## {heading}")
    if [token.type for token in parsed] != ["heading_open", "inline", "heading_close"]:
        return "the heading is not one line of text"
    match = HEADING.fullmatch(heading)
    if (
        parsed[1].content != heading
        or heading != heading.strip()
        or match is None
        or match[2] is not None
    ):
        return "the heading must not end in # or in braces, nor hold control characters"
    return ""


def body_problem(body: str) -> TextFormError | None:
    """Why a section cannot have this body, with the line in it; None if it can."""
    if found := markdown.CONTROLS.search(body.replace("\r", "")):
        return TextFormError(1, f"the character {found[0]!r} cannot be part of a text")
    try:
        markdown.check_size(body)
    except ValueError as error:
        return TextFormError(1, str(error))
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    end = body.count("\n") + 2
    tokens = _blocks(f"{body}\n\n## end")
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "heading_open" and int(token.tag[1]) < 3 and line < end:
            return TextFormError(
                line + 1, "headings inside a section start at ### (no line of === or --- below)"
            )
    if not any(token.type == "heading_open" and token.map == [end, end + 1] for token in tokens):
        return TextFormError(1, "a code block (``` or ~~~) is not closed")
    return None


def _blocks(source: str) -> list[Any]:
    return markdown.BLOCKS.parse(source)


# --- reading ----------------------------------------------------------------------------------


def parse(text: str) -> GuideText:
    """A guide as its text says it. Raises TextFormError with the line of what is wrong."""
    front, body, body_line = split(text)
    fields = Fields(compose(front, 2), 2, "a guide")
    of: Any = Guide._meta.get_field
    guide = GuideText(
        title=fields.text("title", of("title")),
        slug=fields.text("slug", of("slug")),
        subtitle=fields.text("subtitle", of("subtitle")),
        roles=tuple(fields.strings("roles")),
        topics=_topics(fields),
        author=fields.text("author", of("author")),
        reviewer=fields.text("reviewer", of("reviewer")),
        reviewed_on=fields.date("reviewed_on"),
        review_due=fields.date("review_due"),
        summary=fields.text("summary", lines=True).strip(),
        images=tuple(_images(fields)),
        sources=tuple(_sources(fields)),
        sections=tuple(section for _, section in _sections(body, body_line)),
        lines=fields.lines,
    )
    guide = replace(guide, claims=tuple(_claims(fields, {s.key for s in guide.sources})))
    fields.done()
    if guide.reviewed_on and guide.review_due and guide.review_due < guide.reviewed_on:
        fields.refuse("review_due", "the next review cannot be due before the last one")
    return guide


def _topics(fields: Fields) -> tuple[str, ...]:
    names = fields.strings("topics")
    for name in names:
        fields.check("topics", name, Topic._meta.get_field("name"))
        if not slugify(name):
            fields.refuse("topics", f"“{name}” has no letter that an address can hold")
    return tuple(sorted(names, key=str.casefold))


def _images(fields: Fields) -> Iterator[ImageText]:
    of: Any = GuideImage._meta.get_field
    keys: set[str] = set()
    for item in fields.mappings("images", "an image"):
        image = ImageText(
            key=item.text("key", of("key")),
            file=item.text("file", of("file")),
            alt=item.text("alt", of("alt")),
        )
        item.done()
        if not IMAGE_FILE.fullmatch(image.file):
            item.refuse("file", "a file is named in letters, digits, - and _ with .png, .jpg or "
                        ".webp")  # fmt: skip
        if image.key in keys:
            item.refuse("key", f"there are two images with the key “{image.key}”")
        keys.add(image.key)
        yield image


def _sources(fields: Fields) -> Iterator[SourceText]:
    of: Any = Source._meta.get_field
    keys: set[str] = set()
    for item in fields.mappings("sources", "a source"):
        source = SourceText(
            key=item.text("key", of("key")),
            title=item.text("title", of("title")),
            publisher=item.text("publisher", of("publisher")),
            url=item.text("url", of("url")),
            published=item.date("published"),
            accessed=item.date("accessed", required=True) or date.min,
        )
        item.done()
        if source.key in keys:
            item.refuse("key", f"there are two sources with the key “{source.key}”")
        keys.add(source.key)
        yield source


def _claims(fields: Fields, sources: set[str]) -> Iterator[ClaimText]:
    of: Any = Claim._meta.get_field
    keys: set[str] = set()
    for item in fields.mappings("claims", "a claim"):
        claim = ClaimText(
            key=item.text("key", of("key")),
            text=item.text("text", of("text")),
            source=item.text("source"),
            review_on=item.date("review_on"),
        )
        item.done()
        if claim.key in keys:
            item.refuse("key", f"there are two claims with the key “{claim.key}”")
        if claim.source and claim.source not in sources:
            item.refuse("source", f"the guide has no source “{claim.source}”")
        keys.add(claim.key)
        yield claim


def parse_role(text: str) -> RoleText:
    """A role as its text says it. Raises TextFormError with the line of what is wrong."""
    front, body, body_line = split(text)
    fields = Fields(compose(front, 2), 2, "a role")
    of: Any = Role._meta.get_field
    bodies: dict[str, str] = {}
    for line, section in _sections(body, body_line):
        name = ROLE_PROSE.get(section.heading)
        if name is None or section.aspect:
            raise TextFormError(line, f"a role's sections are {', '.join(ROLE_PROSE)}")
        if name in bodies:
            raise TextFormError(line, f"“{section.heading}” is there twice")
        bodies[name] = section.body
    role = RoleText(
        name=fields.text("name", of("name")),
        slug=fields.text("slug", of("slug")),
        aliases=tuple(fields.strings("aliases")),
        summary=fields.text("summary", lines=True).strip(),
        base=fields.text("base"),
        seniority=fields.text("seniority"),
        skills=_terms(fields, Aspect.SKILLS),
        tools=_terms(fields, Aspect.TOOLS),
        education=_terms(fields, Aspect.EDUCATION),
        industries=_terms(fields, Aspect.INDUSTRIES),
        steps=_steps(fields),
        lines=fields.lines,
        **bodies,
    )
    fields.done()
    if role.seniority and role.seniority not in Seniority.values:
        fields.refuse("seniority", f"“seniority” is one of {', '.join(Seniority.values)}")
    if role.seniority and not role.base:
        fields.refuse("seniority", "only a view of another role (base) has a seniority")
    if role.base == role.slug:
        fields.refuse("base", "a role cannot be a view of itself")
    return role


def _steps(fields: Fields) -> tuple[tuple[str, str], ...]:
    steps = fields.pairs("steps")
    for slug, step in steps:
        if slug == fields.nodes["slug"].value:
            fields.refuse("steps", "a step leads to another role")
        fields.check("steps", step, CareerStep._meta.get_field("text"))
    return tuple(steps)


def _terms(fields: Fields, aspect: Aspect) -> tuple[tuple[str, int], ...]:
    limit = RoleTerm._meta.get_field("name").max_length or 0
    terms: dict[str, tuple[str, int]] = {}
    for name, weight in fields.pairs(aspect):
        if weight not in ("1", "2", "3"):
            fields.refuse(aspect, f"“{name}”: the weight is 1, 2 or 3, not {weight!r}")
        if not name or len(name) > limit:
            fields.refuse(aspect, f"a name in “{aspect}” is empty or longer than {limit}")
        if name.casefold() in terms:
            fields.refuse(aspect, f"“{name}” is there twice")
        terms[name.casefold()] = (name, int(weight))
    return tuple(by_weight(terms.values()))


def _sections(body: str, first_line: int) -> Iterator[tuple[int, SectionText]]:
    """Each section with the line of its heading in the file."""
    lines = body.split("\n")
    tokens = _blocks(body)
    starts = [
        (token.map[0], following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open" and token.markup == "##" and token.level == 0
    ]
    before = lines[: starts[0][0]] if starts else lines
    for offset, line in enumerate(before):
        if line.strip():
            raise TextFormError(first_line + offset, "text before the first section (## Heading)")
    ends = [*(start for start, _ in starts[1:]), len(lines)]
    for (start, title), end in zip(starts, ends, strict=False):
        first = start + 1
        while first < end and not lines[first]:
            first += 1
        heading, aspect = _heading(title, first_line + start)
        section = SectionText(heading, aspect, prose("\n".join(lines[first:end])))
        if problem := body_problem(section.body):
            raise TextFormError(first_line + first + problem.line - 1, problem.reason)
        yield first_line + start, section


def _heading(title: str, line: int) -> tuple[str, str]:
    match = HEADING.fullmatch(title)
    heading, aspect = (match[1], match[2]) if match else (title, None)
    if aspect is not None and aspect not in Aspect.values:
        raise TextFormError(line, f"“{aspect}” is no aspect: {', '.join(Aspect.values)}")
    limit = Section._meta.get_field("heading").max_length or 0
    if len(heading) > limit:
        raise TextFormError(line, f"the heading is longer than {limit} characters")
    if reason := heading_problem(heading):
        raise TextFormError(line, reason)
    return heading, aspect or ""
