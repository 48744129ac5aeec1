"""What the page of one posting tells beside its own text, and what it costs."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.stamps import stamps
from jobs.models import Event, PayRange, Posting
from jobs.parts import HANGING, for_cards, parts_of_all, whole
from jobs.showing import HISTORY, posting_page
from tests.factories import (
    CompanyFactory,
    EventFactory,
    ListingFactory,
    PlaceFactory,
    PostingFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SkillFactory,
    days_from_now,
)
from tests.page import hooks, links, parse, words

pytestmark = pytest.mark.django_db


def parts_of(posting: Posting) -> dict[str, list[Any]]:
    return parts_of_all([posting.pk], HANGING)[posting.pk]


def shown(posting: Posting):
    found = whole(posting.pk)
    assert found is not None
    return posting_page(*found, stamps())


def page_of(reader, posting: Posting):
    return parse(reader.get(posting.get_absolute_url()))


def full_posting(**fields) -> Posting:
    posting = PostingFactory(
        places=[PlaceFactory(city=True), PlaceFactory(city=True)],
        skills=[SkillFactory(), SkillFactory()],
        pay=[{}, {"minimum": None, "maximum": Decimal("27.50"), "period": "hour"}],
        **fields,
    )
    ListingFactory(posting=posting)
    EventFactory(posting=posting)
    return posting


def test_what_hangs_on_a_posting_is_what_its_relations_hold():
    posting = full_posting()
    ListingFactory(posting=posting, url="https://jobs.example.org/1", closed_at=days_from_now(-1))
    EventFactory(posting=posting, kind=Event.Kind.CHANGED, detail={"fields": ["pay"], "n": 1.5})
    full_posting()
    parts = parts_of(posting)
    relations = {
        "places": posting.places, "skills": posting.skills, "pay": posting.pay_ranges,
        "listings": posting.listings, "events": posting.events,
    }  # fmt: skip
    for name, rows in relations.items():
        assert parts[name] == list(rows.all()), name
        for one, other in zip(parts[name], rows.all(), strict=True):
            loaded = [f.attname for f in one._meta.concrete_fields if f.attname in one.__dict__]
            assert [getattr(one, field) for field in loaded] == [
                getattr(other, field) for field in loaded
            ]
            assert str(one) == str(other)


def test_a_posting_is_read_as_its_row_holds_it_with_company_and_role():
    bare = PostingFactory(role=None)
    full = full_posting(
        role=RoleFactory(),
        expires_at=days_from_now(9),
        via=[{"name": "A board", "url": "https://board.example.org/"}],
        eligibility={"include": ["DE"]},
        evidence={"pay": {"evidence": "10 “€”", "rule": "r"}},
        held=["title"],
    )
    for posting in (bare, full):
        own = Posting.objects.get(pk=posting.pk)
        found, _ = whole(posting.pk)
        card, *_ = for_cards([posting.pk])[posting.pk]
        pairs = [
            (getattr(one, name, one), getattr(own, name, own))
            for one in (found, card)
            for name in ("itself", "company", "role")
        ]
        for one, other in pairs:
            assert one == other
            if other is not None:
                left_out = one.get_deferred_fields()
                fields = {field.attname for field in other._meta.concrete_fields} - left_out
                assert {name: getattr(one, name) for name in fields} == {
                    name: getattr(other, name) for name in fields
                }


def test_what_has_no_page_is_not_read():
    for traits in ({"pending": True}, {"rejected": True}, {"future": True}):
        assert whole(PostingFactory(**traits).pk) is None
    assert whole(0) is None


def test_of_another_posting_nothing_is_told():
    full_posting()
    bare = PostingFactory()
    assert not any(parts_of(bare).values())


AMOUNTS = st.decimals(Decimal("0.01"), Decimal("999999999999.99"), places=2)


def test_an_amount_keeps_every_digit():
    posting = PostingFactory()

    @given(st.tuples(AMOUNTS, AMOUNTS).map(sorted))
    def check(bounds):
        posting.pay_ranges.all().delete()
        PayRange.objects.create(
            posting=posting, minimum=bounds[0], maximum=bounds[1], currency="USD"
        )
        [pay] = parts_of(posting)["pay"]
        assert [pay.minimum, pay.maximum] == bounds
        assert isinstance(pay.minimum, Decimal)

    check()


def fresh(reader, posting: Posting) -> str:
    [line] = page_of(reader, posting).findall(".//p[@class='posting__fresh']")
    return words(line).replace("\xa0", " ")


def test_when_it_was_posted_and_last_confirmed_stands_above_it(reader):
    at = days_from_now(-40)
    posting = PostingFactory(posted_at=at)
    posted = f"Posted {at.day} {at:%B %Y}, 40 days ago"
    assert fresh(reader, posting) == posted
    ListingFactory(posting=posting, last_confirmed=days_from_now(-9))
    ListingFactory(posting=posting, last_confirmed=days_from_now(-2))
    assert fresh(reader, posting) == f"{posted} · last confirmed 2 days ago"
    posting.close("filled")
    assert fresh(reader, posting) == posted


def test_a_confirmation_is_told_once(reader):
    posting = PostingFactory()
    ListingFactory(posting=posting)
    assert words(page_of(reader, posting)).casefold().count("last confirmed") == 1
    posting.close("filled")
    assert words(page_of(reader, posting)).casefold().count("last confirmed") == 1


def test_a_closing_is_told_once_and_an_earlier_one_stays(reader):
    posting = PostingFactory()
    posting.close("on hold")
    posting.reopen()
    posting.close("filled")
    text = words(page_of(reader, posting))
    assert text.count("filled") == 1
    assert "Closed: on hold" in text


def test_a_source_is_named_in_words(reader):
    posting = PostingFactory()
    for source in ("greenhouse:acme", "remotive:remotive", "by-hand"):
        ListingFactory(posting=posting, source=source)
    text = words(page_of(reader, posting))
    for piece in ("Greenhouse, board acme", "Remotive", "By-Hand"):
        assert piece in text
    assert ":acme" not in text


def test_a_field_that_is_stated_in_two_ways_is_not_said_to_be_unstated(reader):
    said = {"evidence": "senior / Junior", "rule": "conflict: …", "values": ["senior", "entry"]}
    text = words(page_of(reader, PostingFactory(seniority="", evidence={"seniority": said})))
    assert "Stated as Senior-level / Expert and as Entry-level / Junior" in text


def test_one_can_apply_above_and_below_the_text(reader):
    posting = PostingFactory()
    assert links(page_of(reader, posting)).count(posting.apply_url) == 2


# --- where a reader came from ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://testserver/jobs/?q=a+b&seniority=senior", "/jobs/?q=a+b&seniority=senior"),
        ("http://testserver/companies/acme/?page=2", "/companies/acme/?page=2"),
        ("http://testserver/roles/cook/", "/roles/cook/"),
        ("http://testserver/", ""),
        ("http://testserver/jobs/1-x/", ""),
        ("http://testserver/no/such/page/", ""),
        ("http://testserver.example.org/jobs/?q=a", ""),
        ("https://testserver/jobs/?q=a", ""),
        ("//testserver/jobs/", ""),
        ("http://[/jobs/", ""),
        ("javascript:alert(1)", ""),
        ("/jobs/", ""),
    ],
)
def test_a_list_that_a_reader_came_from_is_one_step_away(client, came, back):
    answer = client.get(PostingFactory().get_absolute_url(), headers={"Referer": came})
    steps = parse(answer).findall(".//a[.='Back to your list']")
    assert [one.get("href") for one in steps] == ([back] if back else [])
    assert "Referer" in answer["Vary"]


# --- what others show of it -----------------------------------------------------------------------


def test_shared_elsewhere_a_posting_and_a_list_are_named(reader):
    posting = PostingFactory(title="Cook & Baker", workplace="onsite", places=[PlaceFactory()])
    for address, title, said in (
        (posting.get_absolute_url(), f"Cook & Baker @ {posting.company.name}", posting.place_line),
        ("/jobs/?seniority=senior", "Open job postings: Senior-level / Expert",
         "Open job postings, with filters"),
        (posting.company.get_absolute_url(), f"Open postings at {posting.company.name}",
         f"Open postings at {posting.company.name}, with"),
    ):  # fmt: skip
        page = parse(reader.get(address))
        shown = {
            one.get("property"): one.get("content") for one in page.findall(".//meta[@property]")
        }
        assert shown["og:title"] == title
        assert said in shown["og:description"]
        assert shown["og:url"] == f"http://127.0.0.1:8000{address}"
        assert shown["og:type"] == "website"
        assert "og:image" not in shown


def test_each_skill_leads_to_the_postings_that_name_it(reader):
    posting = PostingFactory(skills=[SkillFactory(slug="basting")])
    other = PostingFactory(skills=[SkillFactory(slug="boiling")])
    assert "/skills/basting/" in links(page_of(reader, posting))
    listed = hooks(parse(reader.get("/skills/basting/")), "posting")
    assert str(posting.pk) in listed
    assert str(other.pk) not in listed


def test_every_place_pay_range_and_way_to_apply_is_told(reader):
    posting = PostingFactory(
        places=[PlaceFactory(city=True, name=name) for name in ("Bonn", "Köln", "Trier", "Worms")],
        pay=[{"maximum": 100_000 + number} for number in range(4)],
        apply_email="jobs@example.org",
    )
    page = page_of(reader, posting)
    text = words(page).replace("\xa0", " ")
    for piece in ("Bonn, DE", "Köln, DE", "Trier, DE", "Worms, DE", "jobs@example.org",
                  *(f"80,000 - 100,00{number}" for number in (1, 2, 3))):  # fmt: skip
        assert piece in text
    assert "mailto:jobs@example.org" in links(page)
    assert posting.apply_url in links(page)


def test_a_mail_address_cannot_add_lines_to_the_letter(reader):
    posting = PostingFactory(apply_url="", apply_email="a?cc=b@example.org")
    assert "mailto:a%3Fcc%3Db@example.org" in links(page_of(reader, posting))


def test_a_posting_that_is_not_open_tells_no_way_to_apply(reader):
    for traits in ({"closed": True}, {"expired": True}, {"unconfirmed": True}):
        page = page_of(reader, PostingFactory(**traits))
        assert "https://jobs.example.org/apply" not in links(page)


# --- what happened to it --------------------------------------------------------------------------


def changes(posting: Posting) -> list[str]:
    return [change.text for change in shown(posting).changes]


def test_the_history_tells_what_readers_could_see_the_newest_first():
    posting = PostingFactory(posted_at=days_from_now(-9), held=["title"])
    kinds = Event.Kind
    ledger = [
        (kinds.FIRST_SEEN, {}),
        (kinds.CHANGED, {"fields": ["pay", "places"], "reread": False}),
        (kinds.CHANGED, {"fields": ["seniority"], "reread": True}),
        (kinds.CHANGED, {"fields": ["included", "worldwide", "stale_at"], "by": "moderator"}),
        (kinds.CHANGED, {"fields": ["stale_at", "starts_at"], "by": "moderator"}),
        (kinds.CHANGED, {"fields": ["title"]}),
        (kinds.CLOSED, {"reason": "filled"}),
        (kinds.REOPENED, {}),
        (kinds.REPOSTED, {}),
        (kinds.CLOSED, {"by": "moderator"}),
    ]
    for day, (kind, detail) in enumerate(ledger):
        EventFactory(posting=posting, kind=kind, detail=detail, at=days_from_now(day - 8.5))
    EventFactory(
        posting=posting, kind=kinds.CHANGED, detail={"fields": ["pay"]}, at=days_from_now(-10)
    )
    assert changes(posting) == [
        "Closed",
        "Posted again",
        "Opened again",
        "Closed: filled",
        "Changed: who may apply",
        "Read again by newer rules: seniority",
        "Changed: pay, places",
    ]


def test_who_changed_a_posting_is_told_to_nobody(reader):
    posting = PostingFactory()
    EventFactory(
        posting=posting, kind=Event.Kind.CHANGED, detail={"fields": ["pay"], "by": "zacharias"}
    )
    text = words(page_of(reader, posting))
    assert "Changed: pay" in text
    assert "zacharias" not in text


def test_a_long_history_is_cut_and_says_so(reader):
    posting = PostingFactory()
    for _ in range(HISTORY + 3):
        EventFactory(posting=posting, kind=Event.Kind.REPOSTED)
    text = words(page_of(reader, posting))
    assert text.count("Posted again") == HISTORY
    assert "And 3 earlier changes" in text


# --- where it leads -------------------------------------------------------------------------------


def test_a_posting_leads_to_the_comparison_nearest_to_its_role(reader):
    role, near = RoleFactory(name="Cook"), RoleFactory(name="Baker")
    skill = SkillFactory()
    for one in (role, near):
        RoleTermFactory(role=one, skill=skill)
    posting = PostingFactory(role=role)
    page = page_of(reader, posting)
    assert f"/compare/{'-vs-'.join(sorted((role.slug, near.slug)))}/" in links(page)
    assert "Compare Cook and Baker" in words(page)
    guide = PublishedGuideFactory(about=[role, near])
    assert guide.get_absolute_url() in links(page_of(reader, posting))
    assert "Compare" not in words(page_of(reader, PostingFactory())).replace("Compare Jobs", "")


def similar(posting: Posting) -> list[int]:
    return [card.pk for card in shown(posting).similar]


def test_without_a_role_the_most_shared_skills_come_first_then_the_company():
    a, b, c, d = (SkillFactory() for _ in range(4))
    posting = PostingFactory(skills=[a, b, c])
    two = PostingFactory(skills=[a, b, d])
    three = PostingFactory(skills=[a, b, c, d], posted_at=days_from_now(-5))
    own = PostingFactory(company=posting.company, skills=[a])
    PostingFactory(skills=[a, d])
    PostingFactory(skills=[a, b], closed=True)
    PostingFactory(skills=[a, b], expired=True)
    PostingFactory(skills=[a, b], future=True)
    assert similar(posting) == [three.pk, two.pk, own.pk]
    closed = PostingFactory(skills=[a, b, c], closed=True)
    assert similar(closed)[:2] == [posting.pk, three.pk]


# --- what it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("has_role", [True, False])
@pytest.mark.parametrize("written", ["guides", "postings"])
def test_a_page_that_nobody_has_seen_takes_five_statements_at_most(reader, has_role, written):
    """However much hangs on it, once guides or postings have changed."""
    role = RoleFactory()
    guide = PublishedGuideFactory(about=[role])
    PublishedGuideFactory(about=[role, RoleFactory()])
    skills = [SkillFactory() for _ in range(9)]
    posting = PostingFactory(
        role=role if has_role else None,
        places=[PlaceFactory(city=True) for _ in range(5)],
        skills=skills,
        pay=[{}, {"period": "hour"}, {"period": "day", "currency": "EUR"}],
    )
    for _ in range(4):
        ListingFactory(posting=posting)
        EventFactory(posting=posting, kind=Event.Kind.REPOSTED)
        PostingFactory(role=posting.role, skills=skills, company=CompanyFactory())
    reader.get(PostingFactory(role=role, pay=[{"currency": "EUR"}]).get_absolute_url())
    if written == "guides":
        guide.save()
    else:
        PostingFactory(role=posting.role, skills=skills)
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(posting.get_absolute_url()).status_code == 200
    assert len(asked) <= 5
