"""Readers report a problem: the form, its limits, and the moderators' queue."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from jobs.models import Posting, Report
from tests.factories import PostingFactory
from tests.page import links, parse, words

pytestmark = pytest.mark.django_db

QUEUE = "/admin/jobs/report/"


def address(posting: Posting) -> str:
    return f"{posting.get_absolute_url()}report/"


def send(client, posting: Posting, **fields):
    return client.post(address(posting), {"kind": "pay", **fields})


def test_a_report_is_stored_and_thanked_for(reader):
    posting = PostingFactory()
    response = send(reader, posting, text="It is 50K.", email="a@example.org")
    assert (response.status_code, response["Location"]) == (302, f"{address(posting)}thanks/")
    page = parse(reader.get(response["Location"]))
    assert posting.get_absolute_url() in links(page)
    report = Report.objects.get()
    assert (report.posting, report.kind, report.text) == (posting, "pay", "It is 50K.")
    assert (report.email, report.state, report.handled_by) == ("a@example.org", "open", None)
    assert posting == Posting.objects.public().get()


def test_the_page_of_a_posting_links_its_form_and_sets_no_cookie(reader):
    posting = PostingFactory()
    assert address(posting) in links(parse(reader.get(posting.get_absolute_url())))
    assert not reader.cookies
    reader.get(address(posting))
    assert reader.cookies["csrftoken"]["httponly"]


def test_neither_form_nor_thanks_is_indexed(reader):
    posting = PostingFactory()
    for page in (address(posting), f"{address(posting)}thanks/"):
        assert 'name="robots" content="noindex"' in reader.get(page).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "Choose what is wrong."),
        ({"kind": "submarine"}, "Select a valid choice"),
        ({"kind": "other", "text": ""}, "Say in a sentence what is wrong."),
        ({"kind": "other", "text": " \n "}, "Say in a sentence what is wrong."),
        ({"text": "x" * 2_001}, "at most 2000 characters"),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(reader, fields, said):
    response = send(reader, PostingFactory(), **{"text": "Typed.", **fields})
    assert said in words(parse(response))
    assert fields.get("text", "Typed.").strip() in response.content.decode()
    assert not Report.objects.exists()


def test_a_form_that_a_machine_filled_is_thanked_for_and_thrown_away(reader):
    response = send(reader, PostingFactory(), website="https://spam.example")
    assert response.status_code == 302
    assert not Report.objects.exists()


def test_from_one_network_only_so_many_reports_an_hour_are_taken(reader, settings):
    settings.BOARD = {**settings.BOARD, "REPORTS_AN_HOUR": 2}
    posting = PostingFactory()
    sent = [send(reader, posting, text=str(number)).status_code for number in range(4)]
    assert sent == [302, 302, 429, 429]
    assert "Try again later" in words(parse(send(reader, posting, text="Typed.")))
    assert Report.objects.count() == 2
    reader.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert send(reader, posting, text="9").status_code == 302


def test_a_network_is_known_by_its_front_in_production_alone(reader, settings):
    settings.BOARD = {**settings.BOARD, "REPORTS_AN_HOUR": 1}
    posting = PostingFactory()

    def sent(forwarded: str) -> int:
        reader.defaults["HTTP_X_FORWARDED_FOR"] = forwarded
        return send(reader, posting, text=forwarded).status_code

    assert [sent("192.0.2.1"), sent("192.0.2.2")] == [302, 429]
    settings.DEMO = False
    cache.clear()
    assert [sent("8.8.8.8, 192.0.2.1"), sent("9.9.9.9, 192.0.2.1")] == [302, 429]
    assert [sent("192.0.2.2"), sent("2001:db8::1"), sent("2001:db8::2")] == [302, 302, 429]
    assert sent("no address") == 302


def test_without_a_cache_reports_are_taken(reader, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert send(reader, PostingFactory()).status_code == 302
    assert Report.objects.count() == 1


def test_the_same_report_counts_once_while_it_is_open(reader, moderator):
    posting = PostingFactory()
    for text in ("It is  gone.", "it is gone.\r\n"):
        assert send(reader, posting, text=text).status_code == 302
    report = Report.objects.get()
    send(reader, posting, text="It is gone.", kind="closed")
    send(reader, PostingFactory(), text="It is gone.")
    assert Report.objects.count() == 3
    report.handle("dismissed", moderator.user)
    send(reader, posting, text="It is gone.")
    assert Report.objects.count() == 4


def test_a_wrong_slug_leads_to_the_right_one_and_takes_what_was_typed_along(reader):
    posting = PostingFactory()
    wrong = f"/jobs/{posting.pk}-other/report/"
    response = reader.get(wrong)
    assert (response.status_code, response["Location"]) == (301, address(posting))
    response = reader.post(wrong, {"kind": "pay"})
    assert (response.status_code, response["Location"]) == (308, address(posting))
    assert reader.get(f"{wrong}thanks/")["Location"] == f"{address(posting)}thanks/"


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        ({"closed": True}, 200),
        ({"expired": True}, 200),
        ({"unconfirmed": True}, 200),
        ({"withdrawn": True}, 410),
        ({"pending": True}, 404),
        ({"rejected": True}, 404),
        ({"future": True}, 404),
    ],
)
def test_only_what_has_a_page_can_be_reported(reader, traits, status):
    posting = PostingFactory(**traits)
    for page in (address(posting), f"{address(posting)}thanks/"):
        assert reader.get(page).status_code == status
    send(reader, posting)
    assert Report.objects.exists() == (status == 200)


def test_a_report_from_another_site_is_refused():
    from django.test import Client

    response = send(Client(enforce_csrf_checks=True), PostingFactory())
    assert response.status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(reader, method):
    assert getattr(reader, method)(address(PostingFactory())).status_code == 405


# --- the queue ------------------------------------------------------------------------------------


@pytest.fixture
def report() -> Report:
    return Report.objects.create(posting=PostingFactory(title="Cook"), kind="scam", text="<b>Odd")


@pytest.mark.parametrize(
    ("who", "status"), [("author", 403), ("editor", 403), ("moderator", 200), ("operator", 200)]
)
def test_moderators_handle_reports_and_nobody_else(request, report, who, status):
    client = request.getfixturevalue(who)
    assert client.get(QUEUE).status_code == status
    assert client.get(f"{QUEUE}{report.pk}/change/").status_code == status
    assert client.get(f"{QUEUE}add/").status_code == 403
    said = words(parse(client.get("/admin/"))) if status == 200 else ""
    assert ("1 open report of readers" in said) == (status == 200)


def test_the_index_says_nothing_of_reports_to_who_may_not_see_them(editor, report):
    assert "open report" not in editor.get("/admin/").content.decode()


def test_a_report_leads_to_the_posting_and_to_its_page(moderator, report):
    page = moderator.get(f"{QUEUE}{report.pk}/change/").content.decode()
    assert reverse("admin:jobs_posting_change", args=[report.posting.pk]) in page
    assert report.posting.get_absolute_url() in page
    assert "&lt;b&gt;Odd" in page


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("dismiss", "dismissed")])
def test_an_action_handles_reports_and_says_who_did(moderator, report, action, state):
    moderator.post(QUEUE, {"action": action, "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert (report.state, report.handled_by) == (state, moderator.user)
    assert report.handled_at
    moderator.post(QUEUE, {"action": "open_again", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert (report.state, report.handled_by, report.handled_at) == ("open", None, None)


def test_a_decision_and_a_note_are_stored_from_the_form(moderator, report):
    change = f"{QUEUE}{report.pk}/change/"
    moderator.post(change, {"state": "open", "note": "Ask them."})
    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by) == ("open", "Ask them.", None)
    moderator.post(change, {"state": "accepted", "note": "Closed it.", "text": "mine"})
    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by) == (
        "accepted", "Closed it.", moderator.user,
    )  # fmt: skip
    assert report.text == "<b>Odd"


def test_a_report_that_is_open_already_is_not_opened_twice(moderator, report):
    report.handle("dismissed", moderator.user)
    Report.objects.create(posting=report.posting, kind=report.kind, text=report.text)
    response = moderator.post(
        QUEUE, {"action": "open_again", "_selected_action": [report.pk]}, follow=True
    )
    assert "1 not opened" in response.content.decode()
    response = moderator.post(f"{QUEUE}{report.pk}/change/", {"state": "open", "note": ""})
    assert response.status_code == 200
    assert "open already" in response.content.decode()
    report.refresh_from_db()
    assert report.state == "dismissed"


def test_the_queue_is_filtered_by_state_and_kind(moderator, report):
    done = Report.objects.create(posting=PostingFactory(), kind="pay", state="accepted")
    for query, shown in (("state__exact=open", report), ("kind__exact=pay", done)):
        found = moderator.get(f"{QUEUE}?{query}").context["cl"].queryset
        assert list(found) == [shown]
    assert list(moderator.get(QUEUE).context["cl"].queryset) == [report, done]
