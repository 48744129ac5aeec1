"""From the text form to rows: content, restores and imports all come in here."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection, models, transaction
from django.utils.text import slugify

from guides.imagefiles import STORED, FolderImage, sizes_of
from guides.index import index_roles
from guides.models import (
    CareerStep,
    Claim,
    Guide,
    GuideImage,
    GuideRole,
    OldSlug,
    Role,
    RoleTerm,
    Section,
    Skill,
    Source,
    Topic,
)
from guides.profiles import PROSE, SKILLED, TERMED
from guides.skilltext import SkillText
from guides.slugs import kind_of, resolve
from guides.textform import GuideText, RoleText, TextFormError

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def apply_guide(
    text: GuideText,
    guide: Guide | None = None,
    folder: Mapping[str, FolderImage] = MappingProxyType({}),
) -> Guide:
    """Make the rows of `guide`, a new draft without it, say what the text says.

    Rows that stay keep their ids. The state and the published revisions are left alone. The
    files of images are those of the board, or of the `folder` that the text came in. Raises
    TextFormError if the text names a role or a file that does not exist, or a slug that is
    another guide's.
    """
    guide = guide or Guide()
    if Guide.objects.filter(slug=text.slug).exclude(pk=guide.pk).exists():
        raise TextFormError(_line(text, "slug"), f"another guide has the slug “{text.slug}”")
    roles = [_role(slug, _line(text, "roles")) for slug in text.roles]
    for name in ("title", "slug", "subtitle", "summary", "author", "reviewer", "reviewed_on",
                 "review_due"):  # fmt: skip
        setattr(guide, name, getattr(text, name))
    guide.save()

    guide.guide_roles.exclude(role__in=roles).delete()
    for order, role in enumerate(roles):
        GuideRole.objects.update_or_create(guide=guide, role=role, defaults={"order": order})

    guide.topics.set([_topic(name) for name in text.topics])

    sections = list(guide.sections.all())
    for order, part in enumerate(text.sections):
        section = sections.pop(0) if sections else Section(guide=guide)
        section.order, section.heading = order, part.heading
        section.aspect, section.body = part.aspect, part.body
        section.save()
    for section in sections:
        section.delete()

    sizes = sizes_of(text, folder)
    guide.images.exclude(key__in=[image.key for image in text.images]).delete()
    for image in text.images:
        width, height = sizes[image.file]
        GuideImage.objects.update_or_create(
            guide=guide,
            key=image.key,
            defaults={
                "file": f"{STORED}/{image.file}",
                "alt": image.alt,
                "width": width,
                "height": height,
            },
        )

    guide.claims.exclude(key__in=[claim.key for claim in text.claims]).delete()
    sources = {}
    for item in text.sources:
        sources[item.key], _ = Source.objects.update_or_create(
            guide=guide,
            key=item.key,
            defaults={
                "title": item.title,
                "publisher": item.publisher,
                "url": item.url,
                "published": item.published,
                "accessed": item.accessed,
            },
        )
    for claim in text.claims:
        Claim.objects.update_or_create(
            guide=guide,
            key=claim.key,
            defaults={
                "text": claim.text,
                "source": sources[claim.source] if claim.source else None,
                "review_on": claim.review_on,
            },
        )
    guide.sources.exclude(key__in=sources).delete()
    return guide


@transaction.atomic
def apply_skill(text: SkillText, skill: Skill | None = None) -> Skill:
    """Make the row of `skill`, a new one without it, say what the text says.

    Raises TextFormError if another skill has the name or slug.
    """
    skill = skill or Skill()
    for name in ("slug", "name"):
        value = getattr(text, name)
        if other := Skill.objects.filter(**{name: value}).exclude(pk=skill.pk).first():
            raise TextFormError(
                _line(text, name), f"the skill “{other.slug}” has the {name} “{value}” already"
            )
        setattr(skill, name, value)
    skill.kind, skill.aliases = text.kind, list(text.aliases)
    skill.save()
    return skill


@transaction.atomic
def apply_role(text: RoleText, role: Role | None = None) -> Role:
    """Make the rows of `role`, a new one without it, say what the text says.

    Raises TextFormError if the text names a skill, base or next role that does not exist, a base
    that is a view, or a name or slug that is another role's.
    """
    role = role or Role()
    for name in ("slug", "name"):
        value = getattr(text, name)
        if Role.objects.filter(**{name: value}).exclude(pk=role.pk).exists():
            raise TextFormError(_line(text, name), f"another role has the {name} “{value}”")
    skills = {
        name: _skill(name, _line(text, aspect))
        for aspect in SKILLED
        for name, _ in getattr(text, aspect)
    }
    steps = [(_role(slug, _line(text, "steps")), step) for slug, step in text.steps]
    role.base = _role(text.base, _line(text, "base")) if text.base else None
    if role.base and role.base.base_id:
        raise TextFormError(_line(text, "base"), f"{role.base} is itself a view of another role")
    if role.base and role.pk and role.views.exists():
        raise TextFormError(_line(text, "base"), f"other roles are views of {role}")
    for name in ("name", "slug", "summary", "seniority", *PROSE):
        setattr(role, name, getattr(text, name))
    role.aliases = list(text.aliases)
    role.save()

    role.terms.all().delete()
    RoleTerm.objects.bulk_create(
        RoleTerm(
            role=role,
            aspect=aspect,
            skill=skills[name] if aspect in SKILLED else None,
            name="" if aspect in SKILLED else name,
            weight=weight,
            order=order,
        )
        for aspect in TERMED
        for order, (name, weight) in enumerate(getattr(text, aspect))
    )
    role.steps.all().delete()
    CareerStep.objects.bulk_create(
        CareerStep(role=role, to=to, text=step, order=order)
        for order, (to, step) in enumerate(steps)
    )
    index_roles([role.pk])
    return role


def make_missing(texts: Iterable[RoleText]) -> set[str]:
    """Make an empty role for each text whose slug no role has; returns those slugs.

    Roles name each other as base and as next step, so they must all be there before the first
    text of a set is applied.
    """
    slugs = {text.slug for text in texts}
    missing = slugs - owners(Role, slugs).keys()
    for slug in sorted(missing):
        Role.objects.create(slug=slug, name=_nobodys_name())
    return missing


def one_at_a_time() -> None:
    """Until the end of this transaction nobody else takes in a set of texts or saves one of them.

    An editor who saves meanwhile waits and is then told of the clash. SQLite has one writer
    anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('guides.apply'))")
    for model in (Role, Guide):
        list(model.objects.select_for_update().order_by("pk").values_list("pk"))


def owners(model: type[M], slugs: Iterable[str]) -> dict[str, M]:
    """Whose text each slug of a set of texts is; a slug that would be new is not among them.

    A slug that a row had before is that row's, unless the set holds a nearer one of it: then it
    is a new row's, as the row cannot say two texts.
    """
    wanted = sorted(set(slugs))
    present: Any = model._default_manager.filter(slug__in=wanted)
    found = {row.slug: row for row in present}
    taken = {row.pk for row in found.values()}
    old = OldSlug.objects.filter(kind=kind_of(model), slug__in=set(wanted) - found.keys())
    moved = model._default_manager.in_bulk([item.object_id for item in old])
    for item in old.order_by("-pk"):
        row = moved.get(item.object_id)
        if row is not None and row.pk not in taken:
            found[item.slug] = row
            taken.add(row.pk)
    return found


def free_names(model: type[models.Model], names: dict[int, str]) -> None:
    """Let rows (by id) that will get another name give up theirs, so that two may swap them."""
    rows: Any = model._default_manager.filter(pk__in=names)
    for key, name in rows.values_list("pk", "name"):
        if name != names[key]:
            rows.filter(pk=key).update(name=_nobodys_name())


def _nobodys_name() -> str:
    """A name that no text can have; the row's own text replaces it."""
    return f"new {uuid4()}"


def _line(text: GuideText | RoleText | SkillText, name: str) -> int:
    return text.lines.get(name, 1)


def _role(slug: str, line: int) -> Role:
    if found := resolve(Role, slug):
        return found.object
    raise TextFormError(line, f"there is no role “{slug}”")


def _topic(name: str) -> Topic:
    """The topic of this name, whatever its case and slug; made if there is none."""
    topics = Topic.objects.filter(name__iexact=name)
    if found := topics.filter(name=name).first() or topics.first():
        return found
    slug, count = slugify(name), 1
    while Topic.objects.filter(slug=slug).exists():  # “C++” is another topic than “C”
        count += 1
        slug = f"{slugify(name)[:56]}-{count}"
    return Topic.objects.create(name=name, slug=slug)


def _skill(slug: str, line: int) -> Skill:
    if found := resolve(Skill, slug):
        return found.object
    raise TextFormError(line, f"there is no skill “{slug}”")
