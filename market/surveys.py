"""Salary surveys: importing one, and which role each of its titles names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, router, transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.text import slugify

from guides.models import Role, Stamp
from guides.stamps import HORIZONS, make_row, renew
from jobs.ecb import Refused
from market.models import Survey, SurveyAnswer, SurveyTitle
from market.surveyfile import Answer, Read, SurveyRefused, read

SURVEYS = "surveys"
# Beside the stamps stands by which vocabulary, and by which rules for titles, titles were read.
VOCABULARY = "survey-titles"
VERSION = 1
BATCH = 2_000
# What a survey keeps of the lines that were refused; all of them are told at the import.
REFUSED_KEPT = 1_000


@dataclass(slots=True)
class Report:
    """What an import found; `unchanged` where this very file was the survey already."""

    survey: Survey
    unchanged: bool = False
    read: int = 0
    distinct: int = 0
    titles: int = 0
    without_role: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return self.read - len(self.refused)

    @property
    def line(self) -> str:
        return (
            f"read={self.read} answers={self.answers} distinct={self.distinct} "
            f"titles={self.titles} without_role={self.without_role} refused={len(self.refused)}"
        )


def import_survey(
    data: bytes, name: str, as_of: date | None = None, *, today: date | None = None
) -> Report:
    """Make the answers of a file the survey of that name, in one transaction.

    The survey is known by the slug of its name. The file that it has already changes nothing but
    the day, where another one is named. Raises `SurveyRefused` with nothing touched.
    """
    today = today or timezone.now().date()
    slug = slug_of(name)
    if as_of and as_of > today:
        raise SurveyRefused(f"It cannot be as of {as_of}, which is in the future.")
    digest = sha256(data).hexdigest()
    known = Survey.objects.filter(slug=slug, digest=digest).first()
    if known is not None:
        redate(known, as_of)
        return Report(known, unchanged=True)
    found = read(data, today)
    if not found.answers:
        raise SurveyRefused("It holds no answer that can be used.")
    day = as_of or date(max(one.year for one in found.answers), 1, 1)
    with transaction.atomic(using=router.db_for_write(Survey)):
        # The row is what a second import of the same survey waits for.
        survey, _ = Survey.objects.select_for_update().get_or_create(
            slug=slug,
            defaults={
                "name": name.strip(),
                "publisher": settings.BOARD["SURVEY_PUBLISHER"],
                "url": settings.BOARD["SURVEY_URL"],
                "licence": settings.BOARD["SURVEY_LICENCE"],
                "as_of": day,
                "imported_at": timezone.now(),
            },
        )
        if survey.digest == digest:  # the other one was faster
            return Report(survey, unchanged=True)
        renew(SURVEYS)
        survey.digest, survey.imported_at = digest, timezone.now()
        survey.as_of, survey.day_known = day, as_of is not None
        survey.refused = [
            {"line": one.line, "reason": one.reason} for one in found.refused[:REFUSED_KEPT]
        ]
        survey.save()
        without_role = write(survey, found)
    titles = {one.title for one in found.answers}
    return Report(
        survey, False, found.lines, len(found.answers), len(titles), without_role, found.refused
    )


def slug_of(name: str) -> str:
    slug = slugify(re.sub(r"[._]", "-", name.strip()))
    if not slug or len(name.strip()) > 80:
        raise SurveyRefused("The name of a survey is 1 to 80 characters with a letter or digit.")
    return slug


def redate(survey: Survey, as_of: date | None) -> None:
    if as_of and (as_of, True) != (survey.as_of, survey.day_known):
        survey.as_of, survey.day_known = as_of, True
        survey.save(update_fields=["as_of", "day_known"])


def write(survey: Survey, found: Read) -> int:
    """Put the answers in the place of those before; how many of them have no role."""
    survey.titles.all().delete()
    counts: dict[str, int] = {}
    for one, times in found.answers.items():
        counts[one.title] = counts.get(one.title, 0) + times
    titles = [SurveyTitle(survey=survey, text=text, answers=n) for text, n in counts.items()]
    assign_roles(titles)
    SurveyTitle.objects.bulk_create(titles, batch_size=BATCH)
    keys = {title.text: title.pk for title in titles}
    SurveyAnswer.objects.bulk_create(
        [row_of(one, keys[one.title], times) for one, times in found.answers.items()],
        batch_size=BATCH,
    )
    return sum(title.answers for title in titles if title.role_id is None)


def row_of(one: Answer, title: int, times: int) -> SurveyAnswer:
    return SurveyAnswer(
        title_id=title,
        year=one.year,
        seniority=one.seniority,
        employment=one.employment,
        residence=one.residence,
        company_country=one.company_country,
        remote=one.remote,
        size=one.size,
        salary_cents=one.salary_cents,
        currency=one.currency,
        usd_cents=one.usd_cents,
        times=times,
    )


# --- titles and roles -----------------------------------------------------------------------------


def assign_roles(titles: list[SurveyTitle]) -> list[SurveyTitle]:
    """Let the board's vocabulary read each title; those whose role is another one than before."""
    from jobs.vocabulary import vocabularies

    words = vocabularies()
    roles = dict(Role.objects.values_list("slug", "pk"))
    moved = []
    for title in titles:
        found = words.roles.extract(title.text)
        said = (roles.get(found.role), found.evidence[:200], found.rule)
        if said != (title.role_id, title.evidence, title.rule):
            title.role_id, title.evidence, title.rule = said
            moved.append(title)
    return moved


def follow_vocabulary(**kwargs: Any) -> None:
    """After a role was saved or deleted: the titles by the words that roles now have."""
    words = Role.objects.order_by("pk").values_list("pk", "slug", "name", "aliases", "base")
    text = repr((VERSION, list(words)))
    token = int.from_bytes(sha256(text.encode()).digest()[:7])
    with transaction.atomic(using=router.db_for_write(Survey)):
        if Stamp.objects.filter(name=VOCABULARY, token=token).exists():
            return
        renew(SURVEYS)  # an import that is under way ends first, so none of its titles is missed
        titles = list(SurveyTitle.objects.order_by("pk"))
        moved = assign_roles(titles) if titles else []
        SurveyTitle.objects.bulk_update(moved, ["role", "evidence", "rule"], batch_size=BATCH)
        Stamp.objects.update_or_create(name=VOCABULARY, defaults={"token": token})


def connect() -> None:
    # Nothing of a survey takes effect by the clock.
    HORIZONS[SURVEYS] = "NULL"
    for signal in (post_save, post_delete):
        signal.connect(follow_vocabulary, sender=Role, dispatch_uid="market.surveys")
        signal.connect(follow_survey, sender=Survey, dispatch_uid="market.surveys")


def follow_survey(**kwargs: Any) -> None:
    renew(SURVEYS)


def bring_up_to_date(**kwargs: Any) -> None:
    """After `migrate`: the row of the stamp, and titles by the rules of this version."""
    make_row(SURVEYS)
    if Survey._meta.db_table in connection.introspection.table_names():
        follow_vocabulary()
