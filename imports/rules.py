"""By what a board's answers are read: if that stays, the same answers say the same."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from guides.models import Role, Skill
from imports.models import Source

READING = ("extraction", "imports", "lib", "jobs/intake.py", "jobs/places.py", "jobs/vocabulary.py")
KINDS = {".py", ".tsv"}
# What a source has that no reading depends on.
APART = {"id", "slug", "address", "every_hours", "is_active", "next_at"}


def rules_of(source: Source) -> str:
    """A mark that differs as soon as anything that the reading depends on does: our code and
    tables, the board's names of roles and skills, and what the source itself is set to."""
    roles = Role.objects.order_by("pk").values_list("pk", "slug", "name", "aliases", "base")
    skills = Skill.objects.order_by("pk").values_list("pk", "slug", "name", "aliases")
    own = {
        field.name: field.value_from_object(source)
        for field in Source._meta.concrete_fields
        if field.name not in APART
    }
    said = json.dumps([code(), list(roles), list(skills), own])
    return hashlib.sha256(said.encode()).hexdigest()


@lru_cache(maxsize=1)
def code() -> str:
    """A mark of our own code, taken once for each process."""
    found = hashlib.sha256()
    for name in READING:
        place = Path(settings.BASE_DIR, name)
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in KINDS and "migrations" not in file.parts:
                found.update(file.read_bytes())
    return found.hexdigest()
