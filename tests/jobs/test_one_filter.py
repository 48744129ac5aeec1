"""A filter gives the same postings wherever it is asked: list, Atom and JSON."""

from django.utils import timezone
from hypothesis import given

from jobs import feeds
from tests.jobs import test_filter_meaning
from tests.jobs.test_feeds import ids_of
from tests.jobs.test_filter_meaning import asked, plain_meaning, query, relaxed
from tests.page import hooks, parse

board = test_filter_meaning.board


@relaxed
@given(parameters=asked)
def test_plain_meaning_pages_and_feeds_give_the_same_postings(
    db,
    board,
    reader,
    settings,
    monkeypatch,
    parameters,
):
    monkeypatch.setattr(feeds, "ENTRIES", 7)
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 9}
    data = query(parameters)
    meant = plain_meaning(board, parameters, timezone.now())
    for address in ("/jobs/feed.atom", "/jobs/feed.json"):
        found = ids_of(reader, f"{address}?{data.urlencode()}")
        assert len(found) == len(set(found))
        assert set(found) == meant
    assert sorted(ids_on_pages(reader, data)) == sorted(meant)


def ids_on_pages(reader, data):
    """The postings of every page of the list, by its links to the next one."""
    found, address = [], f"/jobs/?{data.urlencode()}"
    while address:
        tree = parse(reader.get(address))
        found += [int(pk) for pk in hooks(tree, "posting")]
        following = [one.get("href") for one in tree.iter("a") if one.get("rel") == "next"]
        address = f"/jobs/{following[0]}" if following else ""
    return found
