"""The table of rates: import, admin, and the order by pay that hangs on it."""

from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guides.stamps import stamps
from jobs import build_rates, rates
from jobs.filters import PostingFilter
from jobs.index import reindex
from jobs.models import ExchangeRate, LivePosting, Posting
from jobs.salary import dated_rates, newest_rates
from jobs.stamps import POSTINGS
from tests.factories import PostingFactory


@pytest.fixture
def bank(tmp_path):
    """Write a file of the bank and import it; the code of the exit."""

    def run(text: str) -> int:
        path = tmp_path / "rates.csv"
        path.write_text(text, encoding="utf-8")
        try:
            call_command("import_rates", path)
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return run


def standing() -> set[tuple[str, date, Decimal]]:
    return set(ExchangeRate.objects.values_list("currency", "date", "per_euro"))


def by_pay() -> list[int]:
    return PostingFilter(QueryDict("sort=salary")).ordered()


NEWER = "Date,USD,SEK,XPF,\n2026-11-20,1.2,11,119.33,\n2026-11-19,1.3,12,119.33,\n"


def test_the_newest_rate_of_each_currency_is_kept_and_older_ones_stay(db, bank, capsys):
    before = standing()
    assert bank(NEWER) == 0
    assert capsys.readouterr().out == "read=6 new=3 changed=0 unchanged=0 older=3 refused=0\n"
    day = date(2026, 11, 20)
    assert standing() - before == {
        ("USD", day, Decimal("1.2")), ("SEK", day, Decimal(11)), ("XPF", day, Decimal("119.33")),
    }  # fmt: skip
    assert before <= standing()
    assert newest_rates()["USD"] == Decimal("1.2")
    assert dated_rates()["XPF"].date == day


def test_a_second_run_changes_nothing(db, bank, capsys):
    bank(NEWER)
    before, stamp = standing(), stamps()[POSTINGS]
    capsys.readouterr()
    assert bank(NEWER) == 0
    assert capsys.readouterr().out == "read=6 new=0 changed=0 unchanged=3 older=3 refused=0\n"
    assert (standing(), stamps()[POSTINGS]) == (before, stamp)


def test_a_corrected_rate_of_a_day_replaces_it(db, bank, capsys):
    bank(NEWER)
    capsys.readouterr()
    bank(NEWER.replace("1.2,", "1.25,"))
    assert capsys.readouterr().out == "read=6 new=0 changed=1 unchanged=2 older=3 refused=0\n"
    assert newest_rates()["USD"] == Decimal("1.25")


def test_an_older_file_adds_its_day_and_moves_no_rate(db, bank):
    before = newest_rates()
    bank("Date,USD\n2020-01-02,1.1193\n")
    assert newest_rates() == before
    assert ExchangeRate.objects.filter(currency="USD", date=date(2020, 1, 2)).exists()


def test_what_is_refused_is_named_and_the_exit_says_so(db, bank, capsys):
    assert bank("Date,USD,SEK\n2026-11-20,0,11\n") == 1
    told = capsys.readouterr()
    assert told.err == "refused line 2: USD is zero\n"
    assert told.out == "read=2 new=1 changed=0 unchanged=0 older=0 refused=1\n"
    assert newest_rates()["SEK"] == 11


@pytest.mark.parametrize("text", ["Date,USD\n2026-11-20,0\n", "Date,USD\n", "hello", ""])
def test_a_file_with_nothing_good_touches_nothing(db, bank, text):
    before = standing()
    with pytest.raises(CommandError, match="nothing touched"):
        bank(text)
    assert standing() == before


def test_a_file_that_is_not_there_is_a_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_rates", tmp_path / "none.csv")


def many() -> list[Posting]:
    pays = [("USD", 100_000), ("SEK", 1_000_000), ("GBP", 80_000), ("XPF", 20_000_000)]
    made = [
        PostingFactory(pay=[{"minimum": None, "maximum": top, "currency": name}])
        for name, top in pays
    ]
    both = PostingFactory(pay=[{"currency": "USD", "maximum": 100_000},
                               {"currency": "SEK", "maximum": 1_100_000}])  # fmt: skip
    return [*made, both, PostingFactory()]


def test_newer_rates_give_every_posting_the_rank_that_deriving_it_again_would(db, bank):
    made = many()
    before = dict(LivePosting.objects.values_list("pk", "pay_rank"))
    assert before[made[3].pk] is None
    versions = set(LivePosting.objects.values_list("pk", "version"))
    stamp = stamps()[POSTINGS]
    bank("Date,USD,SEK,XPF\n2026-11-20,3,10,119.33\n")
    ranks = dict(LivePosting.objects.values_list("pk", "pay_rank"))
    assert set(LivePosting.objects.values_list("pk", "version")) == versions
    assert stamps()[POSTINGS] != stamp
    reindex(posting.pk for posting in made)
    assert dict(LivePosting.objects.values_list("pk", "pay_rank")) == ranks != before
    assert by_pay()[0] == made[3].pk


def test_a_currency_that_is_no_longer_known_ranks_nothing(db):
    posting = PostingFactory(pay=[{"currency": "SEK"}])
    for rate in ExchangeRate.objects.filter(currency="SEK"):
        rate.delete()
    assert LivePosting.objects.get(pk=posting.pk).pay_rank is None


def test_a_crash_between_rates_and_ranks_leaves_neither(db, bank, monkeypatch):
    many()
    before = standing(), dict(LivePosting.objects.values_list("pk", "pay_rank"))

    def crash(*args):
        raise RuntimeError("killed")

    monkeypatch.setattr(rates, "write_ranks", crash)
    with pytest.raises(RuntimeError):
        bank("Date,USD\n2026-11-20,3\n")
    assert (standing(), dict(LivePosting.objects.values_list("pk", "pay_rank"))) == before


def test_ranks_are_written_in_statements_that_do_not_grow_with_postings(db, bank):
    def cost(rate: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            bank(f"Date,USD\n2026-11-{rate},{rate}\n")
        return len(asked)

    PostingFactory(pay=[{}])
    few = cost(10)
    for _ in range(8):
        PostingFactory(pay=[{}])
    assert cost(11) <= few


def test_a_batch_ends_between_postings(db, bank, monkeypatch):
    monkeypatch.setattr(rates, "BATCH", 2)
    made = many()
    bank("Date,USD,SEK,XPF\n2026-11-20,3,10,119.33\n")
    ranks = dict(LivePosting.objects.values_list("pk", "pay_rank"))
    reindex(posting.pk for posting in made)
    assert dict(LivePosting.objects.values_list("pk", "pay_rank")) == ranks


def test_a_rate_in_the_admin_moves_the_order_and_the_stamp(operator):
    dollars = PostingFactory(pay=[{"currency": "USD", "maximum": 100_000}])
    crowns = PostingFactory(pay=[{"currency": "SEK", "minimum": None, "maximum": 800_000}])
    assert by_pay() == [dollars.pk, crowns.pk]
    stamp = stamps()[POSTINGS]
    sent = {"currency": "SEK", "date": "2026-11-20", "per_euro": "1.5"}
    assert operator.post(reverse("admin:jobs_exchangerate_add"), sent).status_code == 302
    assert by_pay() == [crowns.pk, dollars.pk]
    assert stamps()[POSTINGS] != stamp
    wrong = ExchangeRate.objects.get(currency="SEK", per_euro=Decimal("1.5"))
    chosen = {"action": "delete_selected", "_selected_action": [wrong.pk], "post": "yes"}
    operator.post(reverse("admin:jobs_exchangerate_changelist"), chosen)
    assert not ExchangeRate.objects.filter(pk=wrong.pk).exists()
    assert by_pay() == [dollars.pk, crowns.pk]


def test_the_newest_rates_cost_one_statement_however_many_days_stand(db, django_assert_num_queries):
    ExchangeRate.objects.bulk_create(
        ExchangeRate(currency="USD", date=date(2020, 1, day), per_euro=day) for day in range(1, 29)
    )
    with django_assert_num_queries(1):
        found = dated_rates()
    assert found["USD"].date == date(2026, 10, 30)
    assert found["EUR"] == (Decimal(1), None)
    assert found["HRK"].date == date(2022, 12, 30)


def test_what_ships_is_cut_from_the_history_of_the_bank():
    """Whole where the package is installed; its lines are sound in any case."""
    lines = rates.DEFAULT.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "currency,date,per_euro"
    assert len(lines) == 42
    history = "Date,USD,SEK,HRK,\n2026-10-30,1.1172,10.9780,N/A,\n2022-12-30,1,1,7.5365,\n"
    cut = build_rates.table(history.encode()).splitlines()
    assert [line for line in lines if line[:3] in ("USD", "SEK", "HRK")] == sorted(cut[1:], key=str)
    if spec := find_spec("currency_converter"):
        folder = Path(spec.origin).parent
        whole = build_rates.table((folder / "eurofxref-hist.zip").read_bytes())
        assert whole == rates.DEFAULT.read_text(encoding="utf-8")
