"""Postings in the admin: lists, rights, messages that a person understands, held fields."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.filters import PostingFilter
from jobs.intake import take
from jobs.models import PayRange, Posting
from tests.factories import (
    CompanyFactory,
    ListingFactory,
    PlaceFactory,
    PostingFactory,
    RoleFactory,
    SkillFactory,
    days_from_now,
)
from tests.jobs.test_intake import NOW, offer

LIST = "/admin/jobs/posting/"


def change_url(posting: Posting) -> str:
    return reverse("admin:jobs_posting_change", args=[posting.pk])


def form_of(client, address: str) -> dict[str, list[str] | str]:
    """What a browser would send if the form at `address` were saved as it stands."""
    context = client.get(address).context
    sets = [one.formset for one in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(one.management_form for one in sets)]
    sent: dict[str, list[str] | str] = {}
    for form in [*forms, *(form for one in sets for form in one.forms)]:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                sent |= {bound.html_name: "on"} if value else {}
            elif isinstance(value, (list, tuple)):
                sent[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
            elif value is not None:
                sent[bound.html_name] = str(value)
    return sent


def save(client, posting: Posting, **changes):
    """The form of a posting saved with changes; the answer."""
    address = change_url(posting)
    return client.post(address, form_of(client, address) | changes)


@pytest.mark.parametrize("who", ["author", "editor", "moderator", "operator"])
def test_the_list_of_postings_opens_with_search_and_every_filter(request, who):
    client = request.getfixturevalue(who)
    PostingFactory(title="Kafka cook", role=RoleFactory(), seniority="senior")
    PostingFactory(title="Baker", evidence={"workplace": {"rule": "conflict: x", "evidence": ""}})
    for query, shown in {
        "": 2, "q=kafka": 1, "q=kafka cook nothing": 0, "standing=public": 2,
        "standing=future": 0, "standing=expired": 0, "standing=unconfirmed": 0,
        "standing=conflict": 1, "state__exact=open": 2, "seniority__exact=senior": 1,
        "workplace__exact=remote": 0, "o=1.-2": 2, "p=9": 0, f"posted_at__year={NOW.year}": 2,
    }.items():  # fmt: skip
        response = client.get(f"{LIST}?{query}", follow=True)
        assert response.status_code == 200
        if query != "p=9":
            assert response.context["cl"].result_count == shown, query


@pytest.mark.parametrize("model", ["posting", "company", "place"])
def test_a_list_costs_the_same_however_much_there_is(moderator, model):
    def make(count):
        for _ in range(count):
            PostingFactory(
                role=RoleFactory(), company=CompanyFactory(), places=[PlaceFactory(city=True)]
            )

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert moderator.get(f"/admin/jobs/{model}/").status_code == 200
        return len(asked)

    make(2)
    few = cost()
    make(15)
    assert cost() <= few


def test_a_form_costs_the_same_however_many_roles_places_and_skills_there_are(moderator):
    posting = PostingFactory(places=[PlaceFactory(city=True)], skills=[SkillFactory()])
    moderator.get(change_url(posting))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            moderator.get(change_url(posting))
        return len(asked)

    few = cost()
    for _ in range(15):
        RoleFactory(), PlaceFactory(city=True), SkillFactory(), CompanyFactory()
    assert cost() <= few


@pytest.mark.parametrize(
    ("who", "may"),
    [("author", False), ("editor", False), ("moderator", True), ("operator", True)],
)
def test_moderators_keep_postings_and_writers_look_at_them(request, who, may):
    client, posting = request.getfixturevalue(who), PostingFactory(title="Before")
    assert client.get(change_url(posting)).status_code == 200
    response = client.post(change_url(posting), {"title": "After"})
    assert response.status_code == (200 if may else 403)
    posting.refresh_from_db()
    assert posting.title == "Before"
    assert client.get(f"{LIST}add/").status_code == (200 if may else 403)


@pytest.mark.parametrize("who", ["author", "editor"])
def test_writers_have_no_actions_on_postings(request, who):
    client, posting = request.getfixturevalue(who), PostingFactory()
    data = {"action": "withdraw", "_selected_action": [posting.pk]}
    client.post(LIST, data)
    posting.refresh_from_db()
    assert posting.state == "open"


@pytest.mark.parametrize("path", [LIST, "/admin/jobs/company/", "/admin/imports/run/", "/admin/"])
def test_readers_are_sent_to_the_log_in(reader, db, path):
    response = reader.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("who", ["author", "editor", "moderator"])
def test_runs_and_sources_are_the_operators(request, who):
    client = request.getfixturevalue(who)
    assert client.get("/admin/imports/run/").status_code == 403
    assert client.get("/admin/imports/source/").status_code == 403


def test_saving_a_form_as_it_stands_changes_and_holds_nothing(moderator):
    posting = PostingFactory(
        role=RoleFactory(), places=[PlaceFactory(city=True)], skills=[SkillFactory()], pay=[{}],
        employment=["full_time"], workplace="remote", expires_at=days_from_now(9),
        eligibility={"worldwide": False, "include": ["AFRICA", "DE"], "exclude": ["FR"],
                     "timezones": ["CET ± 2"]},
    )  # fmt: skip
    before = {**Posting.objects.values().get(), "updated_at": 0}
    assert save(moderator, posting).status_code == 302
    after = {**Posting.objects.values().get(), "updated_at": 0}
    for name in ("posted_at", "starts_at", "expires_at", "stale_at"):
        assert abs(before.pop(name) - after.pop(name)) < timedelta(seconds=1)
    assert after == before


def test_eligibility_by_time_zones_alone_survives_a_save(moderator):
    zones = {"worldwide": False, "include": [], "exclude": [], "timezones": ["CET ± 2"]}
    posting = PostingFactory(workplace="remote", eligibility=zones)
    save(moderator, posting, title="Other")
    posting.refresh_from_db()
    assert posting.eligibility == zones
    assert posting.held == ["title"]


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"title": "Ours"}, ["title"]),
        ({"seniority": "senior", "workplace": "remote"}, ["seniority", "workplace"]),
        ({"worldwide": "on"}, ["eligibility"]),
        ({"included": "de, eu"}, ["eligibility"]),
        ({"employment": ["contract", "part_time"]}, ["employment"]),
        ({"apply_url": "https://example.org/x"}, ["apply_url"]),
        ({"description": "Other.", "markup": "html"}, ["description"]),
        ({"expires_at": "2030-01-01 00:00"}, ["expires_at"]),
        ({"stale_at": "2030-01-01 00:00"}, []),
    ],
)
def test_a_field_that_a_person_changed_is_held_and_shown_so(moderator, changes, held):
    posting = PostingFactory()
    assert save(moderator, posting, **changes).status_code == 302
    posting.refresh_from_db()
    assert posting.held == held
    shown = moderator.get(change_url(posting)).content.decode()
    assert (", ".join(held) or "None: the next import may change every field.") in shown


def test_pay_that_a_person_changed_is_held_and_found_at_once(moderator):
    posting = PostingFactory(pay=[{"maximum": 90_000}])
    save(moderator, posting, **{"pay_ranges-0-maximum": "200000"})
    posting.refresh_from_db()
    assert posting.held == ["pay"]
    assert "200K" in posting.pay_line
    assert PostingFilter(QueryDict("salary_min=200000&with_salary=1")).qs.exists()


def test_places_and_skills_that_a_person_set_are_found_at_once(moderator):
    posting, place = PostingFactory(), PlaceFactory(city=True, name="Bonn")
    save(moderator, posting, places=[place.pk], skills=[SkillFactory(name="Basting").pk])
    posting.refresh_from_db()
    assert posting.held == ["places", "skills"]
    assert PostingFilter(QueryDict("place=bonn-de&q=basting")).qs.exists()


def test_a_held_field_survives_the_next_import_and_is_given_back_by_one_click(moderator):
    take("s", [offer()], at=NOW)
    posting = Posting.objects.get()
    save(moderator, posting, title="Ours")
    take("s", [offer(seniority="senior", payload_hash="x")], at=NOW)
    posting.refresh_from_db()
    assert (posting.title, posting.seniority) == ("Ours", "senior")
    moderator.post(LIST, {"action": "give_back", "_selected_action": [posting.pk]})
    take("s", [offer(seniority="senior", payload_hash="x")], at=NOW)
    posting.refresh_from_db()
    assert (posting.title, posting.held) == ("Data Engineer", [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pay_ranges-0-minimum": "200000"}, "The minimum must not be above the maximum."),
        (
            {"pay_ranges-0-minimum": "", "pay_ranges-0-maximum": ""},
            "State a minimum, a maximum or both.",
        ),
        ({"pay_ranges-0-minimum": "0"}, "Pay must be above zero"),
        ({"pay_ranges-0-currency": "usd"}, "three capital letters"),
        (
            {"expires_at": "2001-01-01"},
            "The closing date must be after the day it was posted.",
        ),
        ({"apply_url": ""}, "Say how to apply: a web address or a mail address."),
        ({"included": "DE, Germany"}, "GERMANY is no country code"),
        ({"worldwide": "on", "included": "DE"}, "exclude each other"),
        ({"title": ""}, "This field is required."),
        ({"description": "x" * 60_000}, "too long"),
        ({"apply_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"posted_at": "tomorrow"}, "Enter a valid date"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_changes_nothing(moderator, changes, sentence):
    posting = PostingFactory(pay=[{}])
    response = save(moderator, posting, **changes)
    assert response.status_code == 200
    assert sentence in " ".join(text for some in response.context["errors"] for text in some)
    assert PayRange.objects.get().minimum == 80_000


def test_a_posting_made_by_hand_is_public_at_once_when_it_is_open(moderator):
    sent = {
        **form_of(moderator, f"{LIST}add/"),
        "title": "New", "company": CompanyFactory().pk, "description": "Text", "state": "open",
        "apply_email": "a@example.org",
    }  # fmt: skip
    assert moderator.post(f"{LIST}add/", sent).status_code == 302
    posting = Posting.objects.public().get()
    assert posting.held == []
    assert [event.kind for event in posting.events.all()] == ["first_seen"]


@pytest.mark.parametrize(
    ("action", "traits", "standing"),
    [
        ("approve", {"pending": True}, "open"),
        ("approve", {"withdrawn": True}, "withdrawn"),
        ("close", {}, "closed"),
        ("close", {"pending": True}, "hidden"),
        ("withdraw", {}, "withdrawn"),
        ("withdraw", {"closed": True}, "withdrawn"),
        ("reopen", {"closed": True}, "open"),
        ("reopen", {"withdrawn": True}, "open"),
        ("reopen", {"rejected": True}, "hidden"),
    ],
)
def test_each_action_does_what_it_says(moderator, action, traits, standing):
    posting = PostingFactory(**traits)
    data = {"action": action, "_selected_action": [posting.pk]}
    assert moderator.post(LIST, data).status_code == 302
    posting.refresh_from_db()
    assert posting.standing() == standing
    assert PostingFilter().qs.exists() is (standing == "open")


@pytest.mark.parametrize(
    ("state", "kind"), [("closed", "closed"), ("withdrawn", "withdrawn"), ("rejected", None)]
)
def test_a_state_set_in_the_form_takes_effect_and_is_told(moderator, state, kind):
    posting = PostingFactory()
    assert save(moderator, posting, state=state).status_code == 302
    assert not PostingFilter().qs.exists()
    assert [event.kind for event in posting.events.all()] == ([kind] if kind else [])


def test_a_posting_closed_again_in_the_form_tells_the_new_instant(moderator):
    posting = PostingFactory()
    posting.close("filled", days_from_now(-2))
    save(moderator, posting, state="open")
    posting.refresh_from_db()
    assert (posting.closed_at, posting.close_reason) == (None, "")
    save(moderator, posting, state="closed")
    posting.refresh_from_db()
    assert timezone.now() - posting.closed_at < timedelta(minutes=1)


def test_view_on_site_is_offered_where_there_is_a_page(moderator):
    posting, hidden = PostingFactory(), PostingFactory(pending=True)
    assert "View on site" in moderator.get(change_url(posting)).content.decode()
    assert "View on site" not in moderator.get(change_url(hidden)).content.decode()


def test_listings_and_events_are_shown_and_not_edited(moderator):
    listing = ListingFactory(source="lever:acme")
    page = moderator.get(change_url(listing.posting)).content.decode()
    assert "lever:acme" in page
    assert 'name="listings-0-source"' not in page


@pytest.mark.parametrize("field", ["company", "places"])
def test_a_moderator_finds_what_a_posting_names_by_typing(moderator, field):
    RoleFactory(name="Zoo Keeper"), SkillFactory(name="Zoo"), CompanyFactory(name="Zoo")
    PlaceFactory(city=True, name="Zoo")
    asked = {"app_label": "jobs", "model_name": "posting", "field_name": field, "term": "zoo"}
    response = moderator.get("/admin/autocomplete/", asked)
    assert [one["text"][:3] for one in response.json()["results"]] == ["Zoo"]


def test_a_company_renamed_in_the_admin_keeps_its_old_address(moderator):
    company = PostingFactory(company=CompanyFactory(name="Old")).company
    sent = {"name": "Brand", "slug": "brand", "url": ""}
    response = moderator.post(reverse("admin:jobs_company_change", args=[company.pk]), sent)
    assert response.status_code == 302
    assert PostingFilter(QueryDict("company=brand&q=brand")).qs.exists()


def test_the_admin_pages_carry_the_policy_too(operator):
    for path in (LIST, f"{LIST}add/", "/admin/", "/admin/imports/run/", "/admin/imports/source/"):
        response = operator.get(path)
        assert response.status_code == 200
        assert "unsafe" not in response["Content-Security-Policy"]
