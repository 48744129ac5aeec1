"""From a careers address to the board behind it."""

import pytest

from imports import connectors
from imports.asking import hasty_visitor
from imports.recognising import boards_in, recognise
from imports.run import ImportRefused
from lib.addresses import FetchRefused
from tests.internet import said
from tests.lib.server import answer

PAGE = "https://careers.example.com/jobs"
pytestmark = pytest.mark.django_db


def look(address: str):
    return recognise(address, hasty_visitor())


def page(internet, text: str) -> None:
    internet.routes["careers.example.com/jobs"] = said(text.encode())


@pytest.mark.parametrize(
    "address",
    ["https://boards.greenhouse.io/acme", " boards.greenhouse.io/acme/jobs/1 ",
     "https://boards.greenhouse.io/embed/job_board?for=acme"],
)  # fmt: skip
def test_an_address_of_a_board_is_recognised_without_asking_anybody(internet, address):
    found = look(address)
    assert (found.system, found.board) == ("greenhouse", "acme")
    assert not internet.connected


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://jobs.lever.co/acme/1-2?x=1&amp;y=2">Apply</a>',
        "<iframe src=//jobs.lever.co/acme></iframe>",
        r'<script>b = {"url": "https:\/\/api.lever.co\/v0\/postings\/acme?mode=json"}</script>',
        "<script>fetch('https://api.lever.co/v0/postings/acme')</script>",
        "<form action='https://jobs.lever.co/acme/apply'>",
        "<!-- https://jobs.lever.co/acme -->" + "<p>" * 5_000,
    ],
)
def test_a_page_that_links_to_or_embeds_a_board_leads_to_it(internet, text):
    page(internet, text)
    found = look(PAGE)
    assert (found.system, found.board, found.address) == ("lever", "acme", PAGE)
    assert "Lever" in found.by


def test_the_board_named_most_is_taken_and_the_others_are_named(internet):
    links = [f"https://boards.greenhouse.io/acme/jobs/{number}" for number in range(5)]
    page(internet, "".join(f"<a href={link}>" for link in ["https://jobs.lever.co/x", *links]))
    found = look(PAGE)
    assert (found.system, found.board) == ("greenhouse", "acme")
    assert found.others == (("lever", "x"),)


def test_an_address_that_leads_on_to_a_board_is_that_board(internet):
    internet.routes["careers.example.com/jobs"] = answer(
        status=302, Location="https://jobs.ashbyhq.com/acme"
    )
    internet.routes["jobs.ashbyhq.com/acme"] = said(b"<p>")
    assert look(PAGE).system == "ashby"


def test_a_page_without_a_board_is_told_what_was_looked_for(internet):
    page(internet, "<p>We are hiring.")
    with pytest.raises(ImportRefused, match=r"No board was found.*Greenhouse.*JobPosting"):
        look(PAGE)
    internet.routes["careers.example.com/jobs"] = answer(status=404)
    with pytest.raises(ImportRefused, match=r"careers\.example\.com answered 404"):
        look(PAGE)


def test_a_page_that_robots_may_not_fetch_is_left_alone(internet):
    internet.routes["careers.example.com/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
    page(internet, '<a href="https://jobs.lever.co/acme">')
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        look(PAGE)


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "localhost", "ftp://a.example", "a b", ""])
def test_what_may_not_be_asked_is_refused_in_a_sentence(address):
    with pytest.raises(FetchRefused) as refused:
        look(address)
    assert refused.value.reason.endswith(".")


def test_an_address_that_could_only_be_a_page_of_its_own_is_looked_at_first(internet, monkeypatch):
    real = connectors.find
    monkeypatch.setattr(connectors, "find", lambda url: real(url) or ("jsonld", "any.example"))
    page(internet, '<a href="/other"><a href="https://jobs.lever.co/acme">')
    assert look(PAGE).system == "lever"


def test_any_text_is_searched(internet):
    text = "http://[::1 //[/ href='//['" + "href=" * 3_000 + "//" * 3_000 + "\0\ud800"
    assert not boards_in(text, PAGE)
