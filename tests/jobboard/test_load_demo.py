from collections import Counter
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from extraction.role import Vocabulary
from guides.loading import CONTENT
from guides.textform import RoleText, parse_role
from jobboard.management.commands import load_demo
from jobboard.management.commands.load_demo import OPEN, SEED
from jobs.models import Event, Listing, PayRange, Posting
from market.models import Survey, SurveyAnswer
from tests.factories.demo import SKILLS, specifications

ROLES = [parse_role(path.read_text("utf-8")) for path in (CONTENT / "roles").glob("*.md")]


@pytest.fixture(scope="module")
def board() -> list[dict]:
    """What the open postings of the demo board are made of."""
    return list(specifications(SEED, OPEN))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.slug)
def test_every_role_has_openings_of_several_employers(board, role: RoleText):
    found = [
        spec
        for spec in board
        if spec["role"] == (role.base or role.slug) and role.seniority in ("", spec["seniority"])
    ]
    assert len(found) >= 8
    assert len({spec["employer"] for spec in found}) >= 2


def test_a_title_names_the_role_that_an_import_would_read_in_it(board):
    """Directors apart: their titles name a field, which is no role by rule."""
    known = Vocabulary([(one.slug, [one.name, *one.aliases]) for one in ROLES if not one.base])
    wrong = {
        spec["title"]: (spec["role"], read)
        for spec in board
        if spec["seniority"] != "executive"
        and (read := known.extract(spec["title"]).role or "") != spec["role"]
    }
    assert wrong == {}


def test_no_beginner_is_sought_as_an_architect(board):
    sought = Counter(spec["seniority"] for spec in board if spec["role"] == "data-architect")
    assert sought["senior"] > 0
    assert sought["entry"] == 0


def test_every_skill_is_one_that_the_board_knows():
    known = {one["slug"] for one in yaml.safe_load((CONTENT / "skills.yaml").read_text("utf-8"))}
    assert {slug for slugs in SKILLS.values() for slug in slugs} <= known


@pytest.mark.django_db
def test_a_second_load_changes_nothing(monkeypatch):
    for name in ("OPEN", "CLOSED", "PENDING", "EXPIRED", "UNCONFIRMED"):
        monkeypatch.setattr(load_demo, name, 2)

    def load() -> list[str]:
        out = StringIO()
        call_command("load_demo", stdout=out)
        return out.getvalue().splitlines()

    def rows() -> list[object]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Posting, Listing, PayRange, Event, Survey, SurveyAnswer)
        ]

    assert load()[-2:] == [
        "answers of an invented survey new=1200",
        "postings new=10, accounts new=4",
    ]
    assert Posting.objects.public().count() == 2
    before = rows()
    assert load()[-2:] == [
        "answers of an invented survey new=0",
        "postings new=0, accounts new=0",
    ]
    assert rows() == before
