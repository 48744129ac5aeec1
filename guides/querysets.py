"""Which guides the public may see, and in which words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from guides.models import Guide, Revision, Role, Source  # noqa: F401


NEWEST_FIRST = ("-published_at", "-pk")


class GuideQuerySet(models.QuerySet["Guide"]):
    def public(self, at: datetime | None = None) -> "GuideQuerySet":
        """Published guides with a revision in effect at the instant `at` (now).

        Each carries `revision_id` (the newest in effect), `revised_at` (since when) and
        `published_at` (when its first revision took effect).
        """
        return self.filter(state="published").in_effect(at)

    def addressable(self, at: datetime | None = None) -> "GuideQuerySet":
        """`public`, and the retired guides, whose pages stay for those who kept the address."""
        return self.filter(state__in=["published", "retired"]).in_effect(at)

    def in_effect(self, at: datetime | None = None) -> "GuideQuerySet":
        """Guides of any state that have a revision in effect at `at`, annotated like `public`."""
        newest = self._revisions().filter(guide=OuterRef("pk")).seen(at)
        first = newest.order_by().values("guide").annotate(first=Min("effective_at"))
        return self.annotate(
            revision_id=Subquery(newest.values("pk")[:1]),
            revised_at=Subquery(newest.values("effective_at")[:1]),
            published_at=Subquery(first.values("first")),
        ).filter(revision_id__isnull=False)

    def with_rendered(self) -> "GuideQuerySet":
        """Guides in effect with `rendered`, what readers see of them."""
        shown = self._revisions().filter(pk=OuterRef("revision_id"))
        return self.annotate(rendered=Subquery(shown.values("rendered")))

    def newest_first(self) -> "GuideQuerySet":
        return self.order_by(*NEWEST_FIRST)

    def about(self, *roles: "Role", only: bool = False) -> "GuideQuerySet":
        """Guides in effect whose text in effect names all `roles`; with `only`, no other role."""
        guides = self
        for role in roles:
            guides = guides.filter(Exists(self._named().filter(role_id=role.pk)))
        if only:
            others = self._named().exclude(role_id__in=[role.pk for role in roles])
            guides = guides.filter(~Exists(others))
        return guides

    def about_any(self, *roles: "Role") -> "GuideQuerySet":
        """Guides in effect whose text in effect names one of `roles`."""
        return self.filter(Exists(self._named().filter(role_id__in=[role.pk for role in roles])))

    def related_to(
        self, roles: Iterable["Role"], revision_id: int | None = None
    ) -> "GuideQuerySet":
        """Guides in effect about one of `roles` or a topic of a revision, the most related first.

        Each carries `title_shown` and `subtitle_shown`, those of its text in effect.
        """
        shown = self._revisions().filter(pk=OuterRef("revision_id"))
        topics = self._revisions().topics_through()
        own = topics.filter(revision_id=revision_id).values("topic_id")
        alike = topics.filter(revision_id=OuterRef("revision_id"), topic_id__in=own)
        return (
            self.annotate(
                same_roles=_how_many(self._named().filter(role__in=list(roles))),
                same_topics=_how_many(alike),
                title_shown=Subquery(shown.values(shown=KT("rendered__title"))),
                subtitle_shown=Subquery(shown.values(shown=KT("rendered__subtitle"))),
            )
            .filter(Q(same_roles__gt=0) | Q(same_topics__gt=0))
            .order_by("-same_roles", "-same_topics", *NEWEST_FIRST)
        )

    def roles(self) -> models.QuerySet[Any, Any]:
        """The ids of the roles that these guides in effect are about."""
        rows = self._revisions().roles_through().filter(revision_id__in=self.values("revision_id"))
        return rows.values("role_id")

    def _named(self) -> models.QuerySet[Any]:
        return self._revisions().roles_through().filter(revision_id=OuterRef("revision_id"))

    def _revisions(self) -> "RevisionQuerySet":
        from guides.models import Revision

        return Revision.objects.all()


def _how_many(rows: models.QuerySet[Any]) -> Coalesce:
    """The number of `rows` of one revision, as a subquery."""
    counted = rows.order_by().values("revision_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def published(self) -> "RevisionQuerySet":
        return self.filter(effective_at__isnull=False)

    def seen(self, at: datetime | None = None) -> "RevisionQuerySet":
        """What readers see or saw, the newest first; no draft, nothing scheduled."""
        return self.filter(effective_at__lte=at or timezone.now()).order_by("-effective_at", "-pk")

    def scheduled(self, at: datetime | None = None) -> "RevisionQuerySet":
        return self.filter(effective_at__gt=at or timezone.now())

    def roles_through(self) -> models.QuerySet[Any]:
        """The rows that say which roles a revision names."""
        through: Any = self.model.roles.through
        return through._default_manager.all()

    def topics_through(self) -> models.QuerySet[Any]:
        """The rows that say which topics a revision names."""
        through: Any = self.model.topics.through
        return through._default_manager.all()

    def cards(self) -> models.QuerySet[Any, dict[str, Any]]:
        """What a card says, without reading the parts; see the names below."""
        return self.values(
            "guide_id",
            title=KT("rendered__title"),
            subtitle=KT("rendered__subtitle"),
            summary=KT("rendered__summary"),
            author=KT("rendered__author"),
            words=KT("rendered__words"),
        )


class SourceQuerySet(models.QuerySet["Source"]):
    def with_address(self) -> "SourceQuerySet":
        return self.exclude(url="")

    def gone(self) -> "SourceQuerySet":
        """Sources whose address failed in two checks far enough apart, and never between them."""
        return self.filter(failing_since__lte=F("checked_at") - _gone_after())

    def due(self, days: float, at: datetime | None = None) -> "SourceQuerySet":
        """Sources not asked for `days`, and those whose second failure would now count."""
        at = at or timezone.now()
        again = Q(failing_since__lte=at - _gone_after()) & ~Q(
            failing_since__lte=F("checked_at") - _gone_after()
        )
        old = Q(checked_at__isnull=True) | Q(checked_at__lte=at - timedelta(days=days))
        return self.filter(old | again)


def _gone_after() -> timedelta:
    return timedelta(hours=settings.BOARD["SOURCE_GONE_HOURS"])


class RoleQuerySet(models.QuerySet["Role"]):
    def views(self) -> "RoleQuerySet":
        """Roles that show another role's postings."""
        return self.filter(base__isnull=False)

    def bases(self) -> "RoleQuerySet":
        """Roles that a posting can have."""
        return self.filter(base__isnull=True)
