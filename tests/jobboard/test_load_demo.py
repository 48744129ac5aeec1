from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from extraction import role, skills
from extraction.kinds import Vocabularies
from guides.loading import CONTENT
from guides.models import Role, Skill
from guides.textform import RoleText, parse_role
from imports import connectors
from imports.models import Run, Source
from imports.reading import Vocabulary, read
from jobboard.management.commands.load_demo import SEED
from jobs.models import Event, Listing, PayRange, Posting
from jobs.offers import Offer
from market.models import Survey, SurveyAnswer
from tests.factories import boards
from tests.factories.adverts import Advert, meaning_of
from tests.factories.demo import SKILLS
from tests.factories.showcase import SHOWCASE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROLES = [parse_role(path.read_text("utf-8")) for path in (CONTENT / "roles").glob("*.md")]
KNOWN = yaml.safe_load((CONTENT / "skills.yaml").read_text("utf-8"))
BOARDS = list(boards.boards(SEED, boards.SIZES))
OPEN = [
    one
    for board in BOARDS
    for _, one in board.adverts
    if board.rule == "public" and board.system != "json" and not (one.gone or one.ends)
]


@pytest.fixture(scope="module")
def offers() -> list[tuple[Advert, Offer]]:
    """Every invented posting with what the board reads in it."""
    names = [(one.base or one.slug, [one.name, *one.aliases]) for one in ROLES]
    terms = [(one["slug"], [one["name"], *one["aliases"]]) for one in KNOWN]
    known = Vocabulary(
        Vocabularies(role.Vocabulary(names), skills.Vocabulary(terms)),
        {one.slug: Role(slug=one.slug) for one in ROLES},
        {one["slug"]: Skill(slug=one["slug"]) for one in KNOWN},
    )
    read_so = []
    for board in BOARDS:
        connector = connectors.get(board.system, boards.MAPPING)
        for number, one in board.adverts:
            payload = board.showing([(number, one)], NOW)
            assert connector.recognises(payload)
            (record,) = connector.read([payload], board.account)
            read_so.append((one, read(record, board.name, known, at=NOW)))
    return read_so


def test_what_an_invented_posting_says_is_what_is_read(offers):
    """Nearly always: now and then the wording is beyond the rules, and then nothing is read."""
    wrong: dict[str, list[tuple]] = {}
    for one, offer in offers:
        said = meaning_of(offer)
        for name, meant in one.meant.items():
            if said[name] != meant:
                wrong.setdefault(name, []).append((one.title, one.location, meant, said[name]))
    assert {name: cases for name, cases in wrong.items() if len(cases) > 0.015 * len(offers)} == {}


def test_each_posting_of_the_showcase_is_read_as_it_is_meant(offers):
    read_so = {id(one): meaning_of(offer) for one, offer in offers}
    assert {one.title: read_so[id(one)] for one in SHOWCASE} == {
        one.title: one.meant for one in SHOWCASE
    }


def test_whatever_is_read_in_prose_keeps_words_of_the_posting(offers):
    for one, offer in offers:
        lines = [one.title, one.location, *(line for part in one.text for line in part.lines)]
        source = " ".join(" ".join(lines).split())
        for name, said in offer.evidence.items():
            is_prose = not said["rule"].startswith(("stated", "conflict"))
            assert not is_prose or said["evidence"] in source, (one.title, name, said)
        for name in ("role", "seniority", "workplace", "skills", "places", "pay"):
            assert not getattr(offer, name) or offer.evidence[name]["evidence"], (one.title, name)


def test_the_showcase_has_one_of_each_kind(offers):
    shown = [offer for one, offer in offers if one in SHOWCASE]
    said = [offer.eligibility for offer in shown if offer.eligibility]
    pay = [row for offer in shown for row in offer.pay]
    assert {one.field for offer in shown for one in offer.disagreements} == {"workplace"}
    assert any(one["exclude"] for one in said)
    assert any(one["timezones"] for one in said)
    assert {row["period"] for row in pay} == {"hour", "day", "month", "year", ""}
    assert {row["kind"] for row in pay} == {"base", "ote"}
    assert max(len(offer.pay) for offer in shown) == 3
    assert max(len(offer.places) for offer in shown) == 4


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.slug)
def test_every_role_has_openings_of_several_employers(role: RoleText):
    found = [
        one
        for one in OPEN
        if one.meant["role"] == (role.base or role.slug)
        and role.seniority in ("", one.meant["seniority"])
    ]
    assert len(found) >= 8
    assert len({one.employer for one in found}) >= 2


def test_no_beginner_is_sought_as_an_architect():
    sought = Counter(
        one.meant["seniority"] for one in OPEN if one.meant["role"] == "data-architect"
    )
    assert sought["senior"] > 0
    assert sought["entry"] == 0


def test_every_skill_is_one_that_the_board_knows():
    known = {one["slug"] for one in KNOWN}
    assert {slug for slugs in SKILLS.values() for slug in slugs} <= known


def test_the_same_seed_makes_the_same_boards_and_another_one_does_not():
    def texts(seed: int) -> list[tuple]:
        return [
            (board.name, board.fetched, board.adverts)
            for board in boards.boards(seed, boards.Sizes(20, 2, 2, 2, 2))
        ]

    assert texts(1) == texts(1)
    assert texts(1) != texts(2)


@pytest.mark.django_db
def test_a_second_load_changes_nothing(monkeypatch):
    monkeypatch.setattr(boards, "SIZES", boards.Sizes(2, 2, 2, 2, 2))

    def load() -> list[str]:
        out = StringIO()
        call_command("load_demo", stdout=out)
        return out.getvalue().splitlines()

    def rows() -> list[object]:
        return [
            list(model.objects.order_by("pk").values())
            for model in (Posting, Listing, PayRange, Event, Source, Run, Survey, SurveyAnswer)
        ]

    made = len(SHOWCASE) + 10
    assert load()[-2:] == [
        "answers of an invented survey new=1200",
        f"postings new={made}, accounts new=4",
    ]
    standings = Counter(posting.standing() for posting in Posting.objects.all())
    # A posting that was all its board had is not known to be closed by the board's silence.
    assert standings["open"] + standings["closed"] == len(SHOWCASE) + 4
    assert standings["closed"] > 0
    assert [standings[name] for name in ("hidden", "expired", "unconfirmed")] == [2, 2, 2]
    assert Event.objects.filter(kind=Event.Kind.MERGED).exists()
    before = rows()
    assert load()[-2:] == [
        "answers of an invented survey new=0",
        "postings new=0, accounts new=0",
    ]
    assert rows() == before
