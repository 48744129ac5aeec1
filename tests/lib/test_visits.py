"""lib.visits: in turn, again after trouble, and not for what we are asked to leave."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from lib.addresses import FetchRefused, Interrupted, Unreachable
from lib.visits import Busy, OwnTurns, Visitor
from tests.lib.server import Route, Server, answer


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def visitor(server: Server, slept: list[float]) -> Visitor:
    return Visitor(
        agent="jobboard/1 (a test)",
        pause=0,
        limits={"allow": server.allow, "seconds": 5},
        sleep=lambda seconds: slept.append(round(seconds, 1)),
    )


def at(server: Server, path: str = "/") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def one_after_the_other(*routes: Route) -> Route:
    left = list(routes)

    def route(handler: BaseHTTPRequestHandler) -> None:
        left.pop(0)(handler)

    return route


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    answer(b"half", Content_Length="1000")(handler)


def test_trouble_that_passes_is_waited_for_longer_and_longer(server, visitor, slept):
    server.routes["/"] = one_after_the_other(answer(status=503), breaks_off, answer(b"good"))
    assert visitor.ask(at(server)).body == b"good"
    assert slept == [2, 4]


def test_trouble_that_stays_is_told_after_the_last_attempt(server, visitor, slept):
    server.routes["/"] = answer(status=500)
    assert visitor.ask(at(server)).status == 500
    server.routes["/"] = breaks_off
    with pytest.raises(Interrupted):
        visitor.ask(at(server))
    assert len(server.seen) == 6
    assert slept == [2, 4, 2, 4]


@pytest.mark.parametrize("status", [200, 304, 400, 403, 404, 410])
def test_what_another_attempt_would_not_change_is_asked_once(server, visitor, status):
    server.routes["/"] = answer(status=status)
    assert visitor.ask(at(server)).status == status
    assert len(server.seen) == 1


def test_what_the_rules_refuse_is_not_tried_again(server, visitor, slept):
    server.routes["/"] = answer(b"x" * 2_000)
    with pytest.raises(FetchRefused, match="larger than"):
        visitor.ask(at(server), max_bytes=1_000)
    with pytest.raises(FetchRefused, match="private"):
        visitor.ask("http://10.0.0.1/")
    assert (len(server.seen), slept) == (1, [])


def test_a_host_that_is_down_is_tried_again_and_then_said_to_be(server, visitor, slept):
    server.close()
    with pytest.raises(Unreachable):
        visitor.ask(at(server))
    assert slept == [2, 4]


def in_seconds(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("said", ["7", lambda: in_seconds(7)])
def test_retry_after_is_heeded_in_seconds_or_as_a_date(server, visitor, slept, said):
    said = said() if callable(said) else said
    server.routes["/"] = one_after_the_other(answer(status=429, Retry_After=said), answer(b"good"))
    assert visitor.ask(at(server)).body == b"good"
    (waited,) = slept
    assert 5 < waited <= 7


def test_who_asks_for_more_than_we_wait_is_left_alone(server, visitor, slept):
    server.routes["/"] = answer(status=429, Retry_After="3600")
    for _ in range(2):  # the second time without asking
        with pytest.raises(Busy, match=r"left alone for 3,[56]") as busy:
            visitor.ask(at(server))
        assert busy.value.seconds > 3_500
    assert (len(server.seen), slept) == (1, [])


@pytest.mark.parametrize("said", ["soon", "-5", "", "Wed, 99 Foo 2026", "²"])
def test_a_retry_after_that_says_nothing_is_a_usual_wait(server, visitor, slept, said):
    said = said.encode().decode("latin-1")
    server.routes["/"] = one_after_the_other(answer(status=503, Retry_After=said), answer(b"good"))
    assert visitor.ask(at(server)).body == b"good"
    assert slept == [2]


def test_a_host_has_its_pause_between_two_questions_redirects_too(server, visitor, slept):
    visitor.pause = 3
    server.routes["/"] = answer(status=302, Location="/next")
    server.routes["/next"] = answer(b"end")
    visitor.ask(at(server))
    visitor.ask(at(server, "/next"))
    # No time passes here while it waits.
    assert [round(pause) for pause in slept] == [3, 6]


def test_the_wait_for_a_turn_does_not_count_as_the_servers_time(server, visitor, monkeypatch):
    real, passed = time.monotonic, [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: real() + sum(passed))
    visitor.pause, visitor.sleep = 30, passed.append
    server.routes["/"] = answer(status=302, Location="/next")
    server.routes["/next"] = answer(b"end")
    assert visitor.ask(at(server)).body == b"end"
    assert 29 < sum(passed) <= 30


def test_hosts_have_turns_of_their_own():
    turns = OwnTurns()
    assert (turns.take("a", 5), turns.take("b", 5)) == (0, 0)
    assert 4 < turns.take("a", 5) <= 5
    turns.rest("b", 60)
    assert 59 < turns.take("b", 5) <= 60


def test_a_page_is_asked_for_only_where_robots_may(server, visitor):
    server.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /closed")
    server.routes["/open"] = answer(status=302, Location="/closed/in")
    server.routes["/closed/in"] = answer(b"secret")
    with pytest.raises(FetchRefused, match=r"robots\.txt of 127\.0\.0\.1 asks not"):
        visitor.page(at(server, "/open"))
    assert [path for path, _ in server.seen] == ["/robots.txt", "/open"]
    assert visitor.ask(at(server, "/closed/in")).body == b"secret"  # no page: an interface


def test_a_question_can_have_headers_and_a_body(server, visitor):
    def echo(handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        answer(f"{handler.command} {handler.rfile.read(length).decode()}".encode())(handler)

    server.routes["/"] = echo
    got = visitor.ask(
        at(server), method="POST", body=b'{"limit": 20}', headers=[("If-None-Match", '"x"')]
    )
    assert got.body == b'POST {"limit": 20}'
    (_, sent), *_ = server.seen
    assert (sent["content-type"], sent["if-none-match"]) == ("application/json", '"x"')
    assert sent["user-agent"] == "jobboard/1 (a test)"
