import pytest
from django.test import Client

from tests.bench.truth import lies
from tests.factories import PostingFactory


def page(*, total, cards, last=1, values=()):
    """A list's reply, as far as it is read."""
    links = f'<nav class="pagination"><a href="?page={last}">{last}</a></nav>' if last > 1 else ""
    facets = "".join(
        f'<input name="{name}" data-facet="{name}" data-value="{value}" data-count="{count}">'
        for name, value, count in values
    )
    items = "".join(f'<li data-posting="{number}">' for number in range(cards))
    return f'<h1 data-total="{total}">{items}</h1>{links}{facets}'


SENIOR = [("seniority", "senior", 25), ("seniority", "unknown", 5)]


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("/jobs/", page(total=0, cards=0)),
        ("/jobs/", page(total=30, cards=20, last=2, values=SENIOR)),
        ("/jobs/?page=2", page(total=30, cards=10, last=2)),
        ("/jobs/?seniority=senior", page(total=25, cards=20, last=2, values=SENIOR)),
        ("/jobs/?page=400", page(total=9_999, cards=20, last=400)),
        ("/jobs/1-a/", "<h1>One posting</h1>"),
    ],
)
def test_a_list_that_agrees_with_itself_is_no_lie(address, html):
    assert list(lies(address, html)) == []


@pytest.mark.parametrize(
    ("address", "html", "said"),
    [
        ("/jobs/", page(total=30, cards=19, last=2), "19 cards"),
        ("/jobs/", page(total=41, cards=20, last=2), "end with 2"),
        ("/jobs/", page(total=30, cards=20), "no pages"),
        ("/jobs/", page(total=31, cards=20, last=2, values=SENIOR), "adds up to 30"),
        ("/jobs/", page(total=2, cards=2, values=[("skill", "sql", 3)]), "count of skill"),
        (
            "/jobs/?seniority=senior",
            page(total=24, cards=20, last=2, values=SENIOR),
            "seniority=senior counts 25",
        ),
    ],
)
def test_a_list_that_contradicts_its_total_is_told(address, html, said):
    assert any(said in lie for lie in lies(address, html))


@pytest.mark.django_db
def test_the_boards_own_lists_are_read_with_their_counts():
    for number in range(23):
        PostingFactory(seniority=("senior", "")[number % 2], workplace="remote")
    for address in ("/jobs/", "/jobs/?page=2", "/jobs/?seniority=senior", "/jobs/?q=nothing"):
        html = Client().get(address).content.decode()
        assert list(lies(address, html)) == []
        assert ('data-facet="seniority"' in html) == ("nothing" not in address)
        changed = html.replace("data-total=", 'data-total="7" data-was=')
        assert list(lies(address, changed)), address
