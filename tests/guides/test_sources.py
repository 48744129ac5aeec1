"""check_sources: asked politely, and gone only when it was seen to be gone twice."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from guides import sources
from guides.apply import apply_guide
from guides.models import Source
from guides.sources import Seen, check
from guides.textform import dump, parse
from lib import fetch
from tests.factories import GuideFactory, SourceFactory
from tests.lib.server import Server, answer

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def source(server):
    """Make a source at a path of the server."""
    guide = GuideFactory()

    def make(path: str, **fields):
        fields = {"guide": guide, "url": f"http://127.0.0.1:{server.port}{path}"} | fields
        return SourceFactory(**fields)

    return make


@pytest.fixture
def ask(server):
    """Check all sources without waiting; the pauses are kept in `ask.pauses`."""

    def run(rows=None):
        rows = Source.objects.all() if rows is None else rows
        return check(rows, allow=server.allow, sleep=run.pauses.append)

    run.pauses = []
    return run


def hours(number: float) -> datetime:
    return NOON + timedelta(hours=number)


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_page_that_answers_is_noted_however_long_it_is(server, source, ask):
    server.routes["/"] = answer(b"x" * 1_000_000)
    stored = source("/", failing_since=hours(-30), problem="It answers 404 Not Found.")
    with time_machine.travel(NOON, tick=False):
        assert ask().line() == "asked=1 good=1 failing=0 unclear=0 skipped=0"
    stored.refresh_from_db()
    assert (stored.checked_at, stored.failing_since, stored.problem) == (NOON, None, "")
    assert "checks the sources" in server.seen[0][1]["user-agent"]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_gone_after_two_checks_far_enough_apart(server, source, ask, status):
    server.routes["/"] = answer(status=status)
    stored = source("/")
    for hour, is_gone in ((0, False), (19, False), (20, True)):
        with time_machine.travel(hours(hour), tick=False):
            assert ask().counts["failing"] == 1
        assert Source.objects.gone().exists() is is_gone, hour
    stored.refresh_from_db()
    assert stored.failing_since == NOON
    assert stored.problem.startswith(f"It answers {status} ")
    server.routes["/"] = answer(b"back")
    ask()
    assert not Source.objects.gone().exists()


def test_a_good_answer_between_two_failures_begins_the_count_again(server, source, ask):
    stored = source("/")
    for hour, status in ((0, 404), (10, 200), (21, 404)):
        server.routes["/"] = answer(status=status)
        with time_machine.travel(hours(hour), tick=False):
            ask()
    stored.refresh_from_db()
    assert stored.failing_since == hours(21)
    assert not Source.objects.gone().exists()


@pytest.mark.parametrize("status", [401, 403, 405, 418, 429, 500, 503])
def test_what_would_not_say_is_not_gone_however_often(server, source, ask, status):
    server.routes["/"] = answer(status=status)
    stored = source("/")
    for hour in (0, 24, 48):
        with time_machine.travel(hours(hour), tick=False):
            assert ask().counts["unclear"] == 1
    stored.refresh_from_db()
    assert (stored.failing_since, stored.checked_at) == (None, hours(48))
    assert stored.problem == f"It answers {status}."
    assert not Source.objects.gone().exists()


def test_an_unclear_answer_neither_confirms_nor_mends_a_failure(server, source, ask):
    source("/")
    for hour, status, is_gone in ((0, 404, 0), (24, 503, 0), (25, 404, 1), (26, 503, 1)):
        server.routes["/"] = answer(status=status)
        with time_machine.travel(hours(hour), tick=False):
            ask()
        assert Source.objects.gone().count() == is_gone, hour


def test_a_host_that_cannot_be_reached_is_gone_after_two_checks(server, source, ask, monkeypatch):
    port = unused_port()
    source("/", url=f"http://127.0.0.1:{port}/")
    monkeypatch.setattr(server, "port", port)
    for hour in (0, 21):
        with time_machine.travel(hours(hour), tick=False):
            assert ask().counts["failing"] == 1
    assert "connection to 127.0.0.1 failed" in Source.objects.gone().get().problem


def test_an_unknown_host_and_a_bad_certificate_are_failures(monkeypatch, server, source, ask):
    def nowhere(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", nowhere)
    assert sources.ask("https://nowhere.example/", sources.visitor()).seen is Seen.UNREACHED
    monkeypatch.undo()

    def untrusted(*args, **kwargs):
        raise ssl.SSLCertVerificationError("certificate verify failed")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", untrusted)
    bad = sources.ask(f"https://127.0.0.1:{server.port}/", sources.visitor(server.allow))
    assert bad.seen is Seen.UNREACHED
    assert "certificate" in bad.problem


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/", "http://example.org:8080/", "http://user:pw@example.org/"]
)
def test_what_the_fetcher_may_not_ask_is_unclear(url):
    assert sources.ask(url, sources.visitor()).seen is Seen.UNCLEAR


def test_a_slow_page_is_unclear(server, source, ask, settings):
    settings.BOARD = {**settings.BOARD, "SOURCE_SECONDS": 0.2}
    done = threading.Event()
    server.routes["/"] = lambda handler: done.wait(5)
    source("/")
    assert ask().counts["unclear"] == 1
    done.set()


def test_if_no_host_at_all_can_be_reached_nothing_is_noted(monkeypatch, server, source, ask):
    def offline(*args, **kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    for number in range(3):
        source("", url=f"https://host-{number}.example/")
    with monkeypatch.context() as patch:
        patch.setattr(fetch.socket, "getaddrinfo", offline)
        checked = ask()
        assert checked.outage
        assert not Source.objects.filter(checked_at__isnull=False).exists()
        out = StringIO()
        with pytest.raises(SystemExit):
            call_command("check_sources", stdout=out, stderr=StringIO())
        assert out.getvalue() == "asked=3 good=0 failing=0 unclear=0 skipped=0 gone=0\n"

    # One host that answers, whatever it says, proves the network: then the others count.
    server.routes["/"] = answer(status=403)
    source("/")
    answers = fetch.socket.getaddrinfo
    monkeypatch.setattr(
        fetch.socket,
        "getaddrinfo",
        lambda host, *a, **k: answers(host, *a, **k) if host == "127.0.0.1" else offline(),
    )
    assert ask().line() == "asked=4 good=0 failing=3 unclear=1 skipped=0"


def test_an_address_is_asked_once_for_all_its_sources(server, source, ask):
    server.routes["/a"] = answer(b"ok")
    source("/a"), source("/a#part", guide=GuideFactory()), source("", url="")
    assert ask().line() == "asked=1 good=1 failing=0 unclear=0 skipped=0"
    assert Source.objects.filter(checked_at__isnull=False).count() == 2
    assert [path for path, _ in server.seen] == ["/a"]


def test_a_host_gets_a_pause_between_two_requests(server, source, ask, settings):
    for path in ("/a", "/b", "/c"):
        server.routes[path] = answer(b"ok")
        source(path)
    ask()
    wanted = settings.BOARD["SOURCE_PAUSE_SECONDS"]
    # Of the robots.txt and three pages, each after the one before; no time passes meanwhile.
    assert [round(pause / wanted, 1) for pause in ask.pauses] == [1, 2, 3]


def test_a_site_that_asks_robots_to_stay_away_is_unclear_and_not_asked(server, source, ask):
    server.routes["/robots.txt"] = answer(b"User-agent: jobboard\nDisallow: /private/\n")
    server.routes["/private/a"] = server.routes["/b"] = answer(b"ok")
    source("/private/a"), source("/private/b"), source("/b")
    assert ask().line() == "asked=3 good=1 failing=0 unclear=2 skipped=0"
    assert [path for path, _ in server.seen] == ["/robots.txt", "/b"]
    assert "robots.txt" in Source.objects.exclude(problem="").first().problem


def test_a_host_that_asks_for_a_rest_is_left_alone_for_this_run(server, source, ask):
    server.routes["/a"] = answer(status=429)
    source("/a"), source("/b")
    assert ask().line() == "asked=1 good=0 failing=0 unclear=1 skipped=1"


def test_what_another_run_has_asked_meanwhile_is_left_out(server, source, ask):
    first, second = source("/a"), source("/b")

    server.routes["/a"] = answer(b"ok")
    real = sources.ask

    def asked(url, visitor):
        got = real(url, visitor)
        Source.objects.filter(pk=second.pk).update(checked_at=hours(24 * 3_650))
        return got

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "ask", asked)
        assert ask().line() == "asked=1 good=1 failing=0 unclear=0 skipped=1"
    first.refresh_from_db()
    assert first.checked_at


def test_an_address_that_an_editor_changes_meanwhile_is_not_noted(server, source, ask, monkeypatch):
    server.routes["/a"] = answer(status=404)
    stored = source("/a")
    real = sources.ask

    def asked(url, visitor):
        changed = Source.objects.get(pk=stored.pk)
        changed.url = "https://example.org/moved"
        changed.save()
        return real(url, visitor)

    monkeypatch.setattr(sources, "ask", asked)
    ask()
    stored.refresh_from_db()
    assert (stored.checked_at, stored.failing_since) == (None, None)


def test_a_new_address_forgets_what_was_seen_at_the_old_one(source):
    seen = {"checked_at": hours(21), "failing_since": NOON, "problem": "It answers 404."}
    stored, kept = source("/a", **seen), source("/b", key="kept", **seen)
    guide = stored.guide
    text = dump(guide)
    apply_guide(parse(text.replace("/a\n", "/new\n")), guide)
    stored.refresh_from_db(), kept.refresh_from_db()
    assert (stored.checked_at, stored.failing_since, stored.problem) == (None, None, "")
    assert kept.failing_since == NOON


def test_no_request_is_made_inside_a_transaction(server, source, ask, monkeypatch):
    depth = len(connection.savepoint_ids)
    real = sources.ask
    server.routes["/"] = answer(b"ok")
    source("/")
    seen = []

    def asked(url, visitor):
        seen.append(len(connection.savepoint_ids))
        return real(url, visitor)

    monkeypatch.setattr(sources, "ask", asked)
    ask()
    assert seen == [depth]


def test_the_command_asks_what_is_due(source, monkeypatch):
    asked = []

    def ask(url, visitor):
        asked.append(url.rpartition("/")[2])
        return sources.Answer(Seen.GOOD, status=200)

    monkeypatch.setattr(sources, "ask", ask)
    monkeypatch.setattr(sources.time, "sleep", lambda seconds: None)
    monkeypatch.setitem(sources.settings.BOARD, "SOURCE_PAUSE_SECONDS", 0)
    rows = {
        "never": {},
        "lately": {"checked_at": hours(-48)},
        "long-ago": {"checked_at": hours(-24 * 8)},
        "failed-now": {"checked_at": hours(-1), "failing_since": hours(-1)},
        "failed-yesterday": {"checked_at": hours(-21), "failing_since": hours(-21)},
        "gone": {"checked_at": hours(-21), "failing_since": hours(-72)},
    }
    for arguments, expected in (
        ([], {"never", "long-ago", "failed-yesterday"}),
        (["--older-than", "1.5"], {"never", "lately", "long-ago", "failed-yesterday"}),
        (["--all"], set(rows)),
    ):
        Source.objects.all().delete()
        asked.clear()
        for key, fields in rows.items():
            source(f"/{key}", key=key, **fields)
        out = StringIO()
        with time_machine.travel(NOON, tick=False):
            call_command("check_sources", *arguments, stdout=out)
        assert set(asked) == expected, arguments
        assert out.getvalue().splitlines()[-1].startswith(f"asked={len(expected)} good=")


def test_the_command_names_what_is_gone(source, monkeypatch):
    gone = source("/a", checked_at=hours(0), failing_since=hours(-72), problem="It answers 410.")
    with time_machine.travel(NOON, tick=False):
        out = StringIO()
        call_command("check_sources", stdout=out)
    assert out.getvalue().splitlines() == [
        f"gone {gone.guide.slug} {gone.key} {gone.url} It answers 410.",
        "asked=0 good=0 failing=0 unclear=0 skipped=0 gone=1",
    ]


@pytest.mark.parametrize(
    "arguments",
    [["--older-than=-1"], ["--older-than=nan"], ["--older-than=soon"], ["--all", "--older-than=1"]],
)
def test_impossible_arguments_are_refused(arguments):
    with pytest.raises(CommandError):
        call_command("check_sources", *arguments)
