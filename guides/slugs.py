"""Addresses that stay: whatever had a slug once is found by it for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models, router, transaction

M = TypeVar("M", bound=models.Model)


class OldSlug(models.Model):
    """A slug that an object no longer has; `kind` is the model's name in lower case."""

    class Kind(models.TextChoices):
        GUIDE = "guide", "guide"
        ROLE = "role", "role"
        SKILL = "skill", "skill"
        COMPANY = "company", "company"
        PLACE = "place", "place"

    kind = models.CharField(max_length=16, choices=Kind)
    slug = models.SlugField(max_length=120)
    object_id = models.BigIntegerField()

    class Meta:
        ordering = ["kind", "slug"]
        verbose_name = "old address"
        verbose_name_plural = "old addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="oldslug_kind_slug_unique",
                violation_error_message="This old address already leads somewhere.",
            )
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="oldslug_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class KeepsOldSlugs(models.Model):
    """A model with a `slug` whose changes leave a redirect behind, in the same transaction."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "slug" not in fields:
            super().save(*args, **kwargs)
            return
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            before = stored_slug(self)
            super().save(*args, **kwargs)
            if before != self.slug:  # type: ignore[attr-defined]
                remember(self, before)


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """`object` was asked for by its slug, or, if `moved`, by one that it had before."""

    object: M
    moved: bool


def stored_slug(instance: models.Model) -> str:
    """The slug as the database has it; '' for a row that is not stored yet."""
    if instance.pk is None:
        return ""
    rows = type(instance)._default_manager.filter(pk=instance.pk)
    return rows.values_list("slug", flat=True).first() or ""


def remember(instance: models.Model, before: str) -> None:
    """Let `before` lead to `instance` from now on, and its present slug to nothing else.

    '' for `before` only clears what its present slug led to.
    """
    kind = kind_of(type(instance))
    OldSlug.objects.filter(kind=kind, slug=instance.slug).delete()  # type: ignore[attr-defined]
    if before:
        OldSlug.objects.update_or_create(
            kind=kind, slug=before, defaults={"object_id": instance.pk}
        )


def forget(model: type[models.Model], present: Iterable[str]) -> None:
    """These slugs lead to rows of `model` that have them now, and to nothing they led to before."""
    OldSlug.objects.filter(kind=kind_of(model), slug__in=list(present)).delete()


def merge(old: models.Model, into: models.Model) -> None:
    """Let every slug that `old` has or had lead to `into`. Call it when `old` is deleted."""
    kind = kind_of(type(into))
    OldSlug.objects.filter(kind=kind, object_id=old.pk).update(object_id=into.pk)
    OldSlug.objects.update_or_create(
        kind=kind,
        slug=old.slug,  # type: ignore[attr-defined]
        defaults={"object_id": into.pk},
    )


def resolve(source: type[M] | models.QuerySet[M], slug: str) -> Found[M] | None:
    """What `slug` means now: a present slug wins over an old one; None if it never was one.

    A query set narrows what may be found, so an old slug never leads to a hidden object.
    One statement for a present slug, three at most.
    """
    rows = source if isinstance(source, models.QuerySet) else source._default_manager.all()
    if present := rows.filter(slug=slug).first():
        return Found(present, moved=False)
    old = OldSlug.objects.filter(kind=kind_of(rows.model), slug=slug).first()
    moved = rows.filter(pk=old.object_id).first() if old else None
    return Found(moved, moved=True) if moved else None


def kind_of(model: type[models.Model]) -> str:
    return OldSlug.Kind(str(model._meta.model_name)).value
