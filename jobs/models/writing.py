"""What the models do when they are saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from guides.slugs import forget
from guides.stamps import renew
from jobs.stamps import NAMES
from lib.rows import insert


def create_names(*levels: Sequence[Any]) -> None:
    """Insert rows of one model (companies or places), none of which is there, with their slugs.

    As `save()` would for each; `slug` holds the words to make it of. A row may name one of an
    earlier level as its parent.
    """
    rows = [row for level in levels for row in level]
    if not rows:
        return
    model = type(rows[0])
    stems = [slugify(row.slug)[:100].strip("-") or model._meta.model_name for row in rows]
    taken = set(model._default_manager.filter(slug__in=stems).values_list("slug", flat=True))
    for row, stem in zip(rows, stems, strict=True):
        row.slug = stem if stem not in taken else free_slug(model, row.slug, taken)
        taken.add(row.slug)
    with transaction.atomic():
        for level in levels:
            insert(level)
        forget(model, [row.slug for row in rows])
        renew(NAMES)


def free_slug(model: type[models.Model], text: str, more: Iterable[str] = ()) -> str:
    """A slug for `text` that no row of `model` has, nor is among `more`: the text's own, or with
    the next number."""
    stem = slugify(text)[:100].strip("-") or model._meta.model_name or "row"
    taken = set(more)
    taken |= set(
        model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def save_name(row: Any, save: Callable[[], None]) -> None:
    """`save()` for a row whose name stands in what its postings show and are found by."""
    is_there = row.pk is not None
    with transaction.atomic():
        save()
        renew(NAMES)
        if is_there:
            reindex(row.postings.values_list("pk", flat=True))


def reindex(ids: Iterable[int]) -> None:
    """See `jobs.index.reindex`; here so that `save()` needs no import at its end."""
    from jobs.index import reindex as derive

    derive(ids)
