"""Every page: its headers, its HTML, its errors, and what it costs."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection

from tests import factories
from tests.page import hooks, links, parse, words

PLAIN = ["/robots.txt", "/healthz", "/readyz"]


@pytest.fixture
def board(db) -> dict[str, str]:
    """One of everything a reader can open: the page's kind to its address."""
    role, other = factories.RoleFactory(slug="data-engineer"), factories.RoleFactory(slug="zoo")
    view = factories.ViewFactory(base=role, slug="lead-data-engineer")
    guide = factories.PublishedGuideFactory(about=[role, other])
    place = factories.PlaceFactory(city=True)
    made = {
        name: factories.PostingFactory(role=role, places=[place], pay=[{}], **traits)
        for name, traits in {
            "open": {},
            "closed": {"closed": True},
            "withdrawn": {"withdrawn": True},
            "unconfirmed": {"unconfirmed": True},
        }.items()
    }
    return {
        "home": "/",
        "list": "/jobs/",
        "empty list": "/jobs/?q=nothing&foo=1",
        "guides": "/guides/",
        "guide": guide.get_absolute_url(),
        "roles": "/roles/",
        "role": role.get_absolute_url(),
        "view": view.get_absolute_url(),
        "pick": "/compare/",
        "compare": "/compare/lead-data-engineer-vs-zoo/",
        "components": "/components/",
        "missing": "/nowhere/",
        **{name: posting.get_absolute_url() for name, posting in made.items()},
    }


def test_every_page_carries_the_headers_and_no_cookie(board, reader):
    for address in [*board.values(), *PLAIN]:
        response = reader.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_a_page_marks_the_part_of_the_board_that_it_is_in(board, reader):
    def marked(address: str) -> list[tuple[str, str]]:
        header = parse(reader.get(address)).find(".//header[@class='site-header']")
        return [(one.get("href"), one.get("aria-current"))
                for one in header.iter("a") if one.get("aria-current")]  # fmt: skip

    assert marked("/") == [("/", "page")]
    assert marked("/jobs/?page=2") == [("/jobs/", "page")]
    assert marked(board["open"]) == [("/jobs/", "true")]
    assert marked(board["guide"]) == [("/guides/", "true")]
    assert marked("/salaries/") == [("/salaries/", "page")]
    assert marked("/nowhere/") == []


def test_every_page_is_html_without_a_mistake_and_without_inline_script_or_style(board, reader):
    for name, address in board.items():
        page = parse(reader.get(address))
        for element in page.iter():
            assert "style" not in element.attrib, name
            assert not any(key.startswith("on") for key in element.attrib), name
            assert element.tag != "style", name
            is_data = element.get("type") == "application/ld+json"
            assert element.tag != "script" or element.get("src") or is_data, name


def test_every_page_has_one_heading_a_title_and_its_language(board, reader):
    for name, address in board.items():
        page = parse(reader.get(address))
        assert len(list(page.iter("h1"))) == 1, name
        assert page.find("head/title").text.strip(), name
        assert page.get("lang") == "en", name


def test_no_id_stands_twice_on_a_page(board, reader):
    for name, address in board.items():
        ids = [one.get("id") for one in parse(reader.get(address)).iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name


def test_every_link_of_every_page_leads_somewhere(board, reader):
    found = {
        href.partition("#")[0]
        for name, address in board.items()
        if name != "components"
        for href in links(parse(reader.get(address)))
        if href.startswith("/") and not href.startswith("/jobs/?")
    }
    assert found
    for href in found - {""}:
        assert reader.get(href).status_code in (200, 301, 302), href


def test_a_page_that_is_not_there_says_so_in_the_boards_look(reader, db):
    response = reader.get("/nowhere/")
    assert response.status_code == 404
    page = parse(response)
    assert "There is nothing at this address" in words(page)
    assert {"/jobs/", "/guides/", "/"} <= set(links(page))


def test_an_error_of_ours_is_a_calm_page_too(reader, db, monkeypatch):
    monkeypatch.setattr("jobboard.views.guide_cards", lambda **_: 1 / 0)
    reader.raise_request_exception = False
    response = reader.get("/")
    assert response.status_code == 500
    assert "Something broke on our side" in words(parse(response))
    assert "ZeroDivisionError" not in response.content.decode()
    assert response["Content-Security-Policy"]


def test_the_error_page_needs_no_database(reader, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)
    reader.raise_request_exception = False
    assert reader.get("/jobs/").status_code == 500


def test_health_is_the_process_and_readiness_its_work(reader, db):
    assert reader.get("/healthz").content == b"ok\n"
    assert reader.get("/readyz").json() == {"database": "ok", "cache": "ok"}


def test_health_asks_nothing_of_the_database(reader, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader.get("/healthz").status_code == 200


def test_a_board_without_its_database_is_not_ready(reader, db, monkeypatch):
    def fail():
        raise DatabaseError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fail)
        response = reader.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "no answer", "cache": "ok"}


def test_a_board_without_its_cache_is_not_ready(reader, db, monkeypatch):
    monkeypatch.setattr(cache, "get", lambda key: None)
    response = reader.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "no answer"}


def test_robots_may_read_all_but_the_admin_and_previews(reader, db):
    lines = reader.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /guides/preview/"} <= set(lines)


def test_the_front_page_shows_the_newest_postings_and_their_number(reader, db):
    made = [factories.PostingFactory(posted_at=factories.days_from_now(-n)) for n in range(1, 9)]
    factories.PostingFactory(closed=True)
    page = parse(reader.get("/"))
    assert hooks(page, "posting") == [str(posting.pk) for posting in made[:6]]
    assert "Search 8 open postings" in words(page)


def test_the_front_page_costs_the_same_however_much_there_is(
    reader, board, django_assert_max_num_queries
):
    for _ in range(8):
        factories.PostingFactory(role=factories.RoleFactory())
        factories.PublishedGuideFactory()
    with django_assert_max_num_queries(10):  # five of them until guides and postings change
        reader.get("/")
