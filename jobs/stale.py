"""Guides that send readers to postings which are not there, for the editors' queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from guides.models import Guide, Revision, Role
from guides.stale import Stale
from jobs.models import LivePosting, Posting
from jobs.scales import Seniority, code


def stale(at: datetime | None = None) -> list[Stale]:
    """Each role of a public guide that has no open posting at `at` (now); four statements.

    The roles are those that readers see. A view has the postings of its base at its seniority.
    """
    at = at or timezone.now()
    public: Any = Guide.objects.public(at)
    guides = {guide.revision_id: guide for guide in public}
    named: Any = Revision.roles.through.objects.filter(revision_id__in=guides)
    pairs = [
        (guides[item.revision_id], item.role)
        for item in named.select_related("role__base").order_by("pk")
    ]
    asked = {role.base_id or role.pk for _, role in pairs}
    live = LivePosting.objects.public(at).filter(role_id__in=asked).order_by()
    openings = set(live.values_list("role_id", "seniority").distinct())
    missing = [(guide, role) for guide, role in pairs if not _has_any(role, openings)]
    ends = _ends({role.base_id or role.pk for _, role in missing}, at)
    found = []
    for guide, role in missing:
        ended = [end for (key, level), end in ends.items() if _is_of(role, key, level)]
        since = max([guide.published_at, *ended])
        found.append(
            Stale(
                kind="openings",
                guide=guide,
                what=role.name,
                reason=_reason(role),
                since=since.date(),
                anchor="guide_roles-group",
            )
        )
    return found


def _has_any(role: Role, openings: set[tuple[int, int]]) -> bool:
    return any(
        key == (role.base_id or role.pk)
        and (not role.seniority or level == code(Seniority, role.seniority))
        for key, level in openings
    )


def _is_of(role: Role, key: int, level: str) -> bool:
    return key == (role.base_id or role.pk) and role.seniority in ("", level)


def _ends(roles: set[int], at: datetime) -> dict[tuple[int, str], datetime]:
    """When the last posting of each role and level that was public ended."""
    once = Posting.objects.addressable(at).filter(role_id__in=roles).order_by()
    rows = once.values("role_id", "seniority").annotate(
        closed=Max("closed_at"),
        lapsed=Max(
            Least("stale_at", Coalesce("expires_at", "stale_at")),
            filter=Q(state=Posting.State.OPEN),
        ),
    )
    return {
        (row["role_id"], row["seniority"]): end
        for row in rows
        if (end := max((row[name] for name in ("closed", "lapsed") if row[name]), default=None))
    }


def _reason(role: Role) -> str:
    if role.base is None:
        return "No posting of this role is open."
    level = f" at the level {Seniority(role.seniority).label}" if role.seniority else ""
    return f"It shows the postings of {role.base}{level}, and none is open."
