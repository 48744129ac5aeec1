"""Pay a year and in another currency, in words, and the rates that are said beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from guides.stamps import GUIDES, stamps
from jobs.cards import cards
from jobs.conversion import (
    converted_pay,
    converted_words,
    currencies,
    rates_said,
    said_of,
    yearly_floor,
    yearly_words,
)
from jobs.filters import PostingFilter
from jobs.models import ExchangeRate, LivePosting
from jobs.salary import DatedRate, card_text, dated_rates
from tests.factories import PostingFactory
from tests.jobs.test_salary import pay
from tests.page import hooks, parse, words

DAY = date(2026, 10, 30)
RATES = {
    "EUR": DatedRate(Decimal(1), None),
    "USD": DatedRate(Decimal("1.25"), DAY),
    "GBP": DatedRate(Decimal("0.8000"), DAY),
    "RUB": DatedRate(Decimal("100"), date(2022, 3, 1)),
    "XPF": DatedRate(Decimal("120"), date(2026, 10, 28)),
}


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("stated", "card", "page"),
    [
        (pay(500, None, "GBP", "day"), "from GBP 500 / day (from 130K a year)",
         "from GBP 130,000 a year (× 260 days)"),
        (pay(500, 500, "GBP", "day"), "GBP 500 / day (130K a year)",
         "GBP 130,000 a year (× 260 days)"),
        (pay(50, 60, "USD", "hour"), "USD 50 - 60 / hour (104K - 124.8K a year)",
         "USD 104,000 - 124,800 a year (× 2,080 hours)"),
        (pay(None, 33.33, "USD", "hour"), "up to USD 33.33 / hour (up to 69,326.40 a year)",
         "up to USD 69,326.40 a year (× 2,080 hours)"),
        (pay(1_000, 1_500, "USD", "week"), "USD 1,000 - 1,500 / week (52K - 78K a year)",
         "USD 52,000 - 78,000 a year (× 52 weeks)"),
        (pay(4_000, 4_000, "SEK", "month"), "SEK 4,000 / month (48K a year)",
         "SEK 48,000 a year (× 12 months)"),
        (pay(90_000, 120_000), "USD 90K - 120K", ""),
        (pay(90_000, 120_000, period=""),
         "USD 90K - 120K (period not stated, taken as yearly)", ""),
        (pay(500, 500, "GBP", "day", "ote"), "GBP 500 / day (on-target earnings)", ""),
        (pay(500, 500, "", "day"), "500 / day", ""),
    ],
)  # fmt: skip
def test_pay_for_another_period_says_what_it_makes_a_year(stated, card, page):
    assert plain(card_text(stated)) == card
    assert plain(yearly_words(stated)) == page


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (pay(80_000, 100_000, "GBP"), "about USD 125K - 156K a year, "
         "at EUR 1 = GBP 0.8 = USD 1.25 (30 October 2026)"),
        (pay(None, 500, "GBP", "day"), "up to about USD 203K a year, "
         "at EUR 1 = GBP 0.8 = USD 1.25 (30 October 2026)"),
        (pay(80_000, 80_000, "EUR"), "about USD 100K a year, "
         "at EUR 1 = USD 1.25 (30 October 2026)"),
        (pay(10_000, None, "RUB", "month"), "from about USD 1,500 a year, at EUR 1 = "
         "RUB 100 (1 March 2022, not quoted since) = USD 1.25 (30 October 2026)"),
        (pay(80_000, 100_000, "USD"), ""),
        (pay(80_000, 100_000, "XAF"), ""),
        (pay(80_000, 100_000, "GBP", kind="ote"), ""),
        (pay(9_000, 9_000, "GBP", ""), ""),
    ],
)  # fmt: skip
def test_pay_in_another_currency_is_converted_with_rate_and_day(stated, said):
    assert plain(converted_words(stated, "USD", RATES)) == said


def test_the_list_says_at_which_rates_it_compares():
    said = said_of("USD", ["EUR", "GBP", "USD"], RATES)
    assert [plain(one) for one in said.rates] == ["EUR 1 = USD 1.25 = GBP 0.8 (30 October 2026)"]
    said = said_of("USD", ["RUB", "GBP", "XPF", "XAF"], RATES)
    assert [plain(one) for one in said.rates] == [
        "EUR 1 = USD 1.25 = GBP 0.8 (30 October 2026)",
        "EUR 1 = RUB 100 (1 March 2022, not quoted since)",
        "EUR 1 = XPF 120 (28 October 2026)",
    ]
    assert said.unknown == ["XAF"]
    assert said_of("USD", ["USD"], RATES).rates == []
    assert [plain(one) for one in said_of("EUR", ["GBP"], RATES).rates] == [
        "EUR 1 = GBP 0.8 (30 October 2026)"
    ]


def test_rates_are_said_where_pay_is_asked_for_and_nowhere_else(reader, db):
    PostingFactory(pay=[{"currency": "GBP"}])
    said = "Pay in USD is compared as written, other pay at the rates of the European Central Bank"
    assert said in words(parse(reader.get("/jobs/?salary_min=1000")))
    assert said in words(parse(reader.get("/jobs/?currency=USD")))
    assert said in words(parse(reader.get("/jobs/?sort=salary")))
    assert "European Central Bank" not in words(parse(reader.get("/jobs/")))
    assert rates_said(PostingFilter(QueryDict("with_salary=1"))) is None


def test_the_page_of_a_posting_says_pay_a_year_and_in_the_boards_currency(reader, db):
    posting = PostingFactory(
        pay=[{"minimum": 500, "maximum": 500, "currency": "GBP", "period": "day"}]
    )
    said = plain(words(parse(reader.get(posting.get_absolute_url()))))
    assert "GBP 500 / day that is GBP 130,000 a year (× 260 days)" in said
    assert "about USD 174K a year, at EUR 1 = GBP 0.8338 = USD 1.1172 (30 October 2026)" in said
    assert plain(posting.pay_line) == "GBP 500 / day (130K a year)"


def test_a_warm_list_with_a_floor_costs_no_statement_for_its_rates(reader, db):
    PostingFactory(pay=[{"currency": "GBP"}])

    def cost(address: str) -> int:
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert hooks(parse(reader.get(address)), "total")
        return len(asked)

    assert cost("/jobs/?salary_min=5&currency=SEK") == cost("/jobs/")
    assert cost("/jobs/?sort=salary") == cost("/jobs/")


def test_a_list_in_the_order_of_pay_says_how_its_pay_compares(reader, db):
    PostingFactory(pay=[{"minimum": 80_000, "maximum": 100_000, "currency": "CHF"}])
    assert "about USD" in words(parse(reader.get("/jobs/?sort=salary")))
    assert "about USD" not in words(parse(reader.get("/jobs/")))


def test_kept_rates_die_with_the_rate(db):
    def rate() -> Decimal:
        return PostingFilter(QueryDict(), now=stamps()).rates["SEK"].per_euro

    before = rate()
    ExchangeRate.objects.create(currency="SEK", date=date(2026, 11, 20), per_euro=before + 1)
    assert rate() == before + 1


def test_postings_say_their_best_pay_in_the_asked_currency(db):
    made = [
        PostingFactory(pay=[{"minimum": 80_000, "maximum": 100_000, "currency": "GBP"}]),
        PostingFactory(pay=[{"minimum": None, "maximum": 500, "currency": "GBP", "period": "day"},
                            {"minimum": 1_000, "maximum": 2_000, "currency": "SEK"}]),
        PostingFactory(pay=[{"currency": "USD"}]),
        PostingFactory(pay=[{"currency": "GBP", "kind": "ote"}]),
        PostingFactory(pay=[{"currency": "XPF"}]),
        PostingFactory(),
    ]  # fmt: skip
    ids = [posting.pk for posting in made]
    live = LivePosting.objects.in_bulk(ids)
    shown = cards([(pk, live[pk].version) for pk in ids], stamps()[GUIDES])
    rates = dated_rates() | {"GBP": RATES["GBP"], "USD": RATES["USD"]}
    said = converted_pay(shown, "USD", rates)
    assert {key: plain(text) for key, text in said.items()} == {
        ids[0]: "about USD 125K - 156K a year",
        ids[1]: "up to about USD 203K a year",
    }


def test_a_floor_is_offered_in_quoted_currencies_those_of_most_postings_first(db):
    ExchangeRate.objects.all().delete()
    for name, rate in RATES.items():
        if rate.date:
            ExchangeRate.objects.create(currency=name, per_euro=rate.per_euro, date=rate.date)
    for currency in ("USD", "GBP", "GBP", "RUB"):
        PostingFactory(pay=[{"currency": currency}])

    def offered(query: str) -> tuple[list[str], list[str]]:
        return currencies(PostingFilter(QueryDict(query)))

    assert offered("") == (["GBP", "USD"], ["EUR", "XPF"])
    assert offered("currency=RUB") == (["GBP", "RUB", "USD"], ["EUR", "XPF"])


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("salary_min=40", ("USD 40 an hour is USD 83,200 a year", 83_200)),
        ("salary_min=499&currency=EUR", ("EUR 499 an hour is EUR 1,037,920 a year", 1_037_920)),
        ("salary_min=4500", ("USD 4,500 a month is USD 54,000 a year", 54_000)),
        ("salary_min=10000", None),
        ("with_salary=1", None),
    ],
)
def test_a_floor_too_small_for_a_year_leads_to_what_it_makes_of_one(db, reader, query, meant):
    assert yearly_floor(PostingFilter(QueryDict(query))) == meant
    page = parse(reader.get(f"/jobs/?{query}&workplace=remote"))
    found = [one.get("href") for one in page.iter("a") if meant and words(one) == meant[0]]
    assert [f"salary_min={meant[1]}" in one for one in found] == [True] if meant else not found


def test_the_switch_for_comparable_pay_stands_beside_the_list_with_its_count(db, reader):
    PostingFactory.create_batch(2)
    PostingFactory(pay=[{"maximum": 90_000}])

    def shown(query: str):
        page = parse(reader.get(f"/jobs/?{query}"))
        [note] = [one for one in page.iter("p") if "pay-note" in one.get("class", "")]
        return hooks(page, "total"), words(note), note.find("a").get("href")

    said = "2 postings without comparable pay are"
    off, on = "?salary_min=50000", "?salary_min=50000&with_salary=1"
    assert shown(off[1:]) == (["3"], f"{said} in this list. Leave them out", on)
    assert shown(on[1:]) == (["1"], f"{said} left out. Show them too", off)
    floor = "USD 50,000 a year or more"
    chips = [
        [one.label for one in PostingFilter(QueryDict(query[1:])).chosen()] for query in (off, on)
    ]
    assert chips == [[f"{floor}, or pay not stated"], [floor, "Only with comparable pay"]]
