"""lib.robots: what a robots.txt allows."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.addresses import Unreachable
from lib.fetch import Fetched
from lib.robots import Robots, RobotsRefused, parse

FILE = """\ufeff# comments and blank lines do not count
User-agent: other
User-agent: JobBoard   # both have this group
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Disallow: /search?q=
crawl-delay: 3

User-agent: *
Disallow: /

User-agent: jobboard
Disallow: /also
Disallow: /caf%c3%a9
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/", True),
        ("/private/", False),
        ("/private", True),
        ("/private/open/door", True),
        ("/%70rivate/x", False),
        ("/a/b.pdf", False),
        ("/a/b.pdf?x", True),
        ("/search?q=a", False),
        ("/search", True),
        ("/also/this", False),
        ("/café/menu", False),
        ("/caf%C3%A9", False),
    ],
)
def test_the_longest_line_that_matches_decides(target: str, allowed: bool) -> None:
    assert parse(FILE, "jobboard").allow(target) is allowed


def test_who_is_not_named_follows_the_lines_for_everybody() -> None:
    assert not parse(FILE, "another").allow("/")
    assert parse("User-agent: named\nDisallow: /", "jobboard").allow("/")


@pytest.mark.parametrize(
    "text", ["", "Disallow: /", "User-agent: *\nDisallow:", "<html>", "User-agent: *\nDisallow /"]
)
def test_what_says_nothing_allows_everything(text: str) -> None:
    assert parse(text, "jobboard").allow("/x")


def test_allow_wins_a_tie() -> None:
    assert parse("User-agent: *\nDisallow: /a\nAllow: /a", "jobboard").allow("/a")


@settings(max_examples=30)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_is_read(text: str, target: str) -> None:
    assert parse(f"User-agent: *\nDisallow: {text}", "x").allow("/" + target) in (True, False)


@settings(max_examples=60)
@given(st.text("ab*$", min_size=1, max_size=12), st.text("ab$", max_size=12))
def test_a_pattern_matches_as_the_regular_expression_it_stands_for(pattern: str, rest: str) -> None:
    body = pattern.removesuffix("$")
    wanted = ".*".join(re.escape(piece) for piece in ("/" + body).split("*"))
    wanted += r"\Z" if pattern.endswith("$") else ""
    rules = parse(f"User-agent: *\nDisallow: /{pattern}", "x")
    assert rules.allow("/" + rest) is not bool(re.match(wanted, "/" + rest))


def test_many_stars_take_no_longer_than_few() -> None:
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 400 + "b$", "x")
    assert rules.allow("/" + "a" * 2_000)


def robots(status: int, body: bytes = b"User-agent: *\nDisallow: /no") -> tuple[Robots, list[str]]:
    asked: list[str] = []

    def read(url: str) -> Fetched:
        asked.append(url)
        return Fetched(url, status, {}, body)  # type: ignore[arg-type]

    return Robots("jobboard", read), asked


def test_each_site_is_asked_once() -> None:
    site, asked = robots(200)
    for url in ("https://a.example/yes", "https://a.example/maybe", "http://a.example/yes"):
        site.ask(url)
    with pytest.raises(RobotsRefused, match=r"a\.example asks not to fetch"):
        site.ask("https://a.example/no")
    assert asked == ["https://a.example/robots.txt", "http://a.example/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)]
)
def test_no_file_allows_everything_and_one_that_cannot_say_nothing(
    status: int, allowed: bool
) -> None:
    site, _ = robots(status)
    if allowed:
        site.ask("https://a.example/no")
    else:
        with pytest.raises(RobotsRefused):
            site.ask("https://a.example/yes")


def test_a_site_that_cannot_be_reached_is_that() -> None:
    def read(url: str) -> Fetched:
        raise Unreachable("There is no host.")

    with pytest.raises(Unreachable):
        Robots("jobboard", read).ask("https://a.example/")
