"""From a record to an offer: what is stated is taken, what is not is read, evidence stays."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from imports.reading import Vocabulary, company_from_account, read, record_hash
from imports.records import Pay, Record
from jobs.models import PayRange
from tests.factories import PostingFactory, RoleFactory, SkillFactory

RECORD = Record(
    external_id="1",
    title="Senior Data Engineer",
    company="Acme",
    url="https://boards.greenhouse.io/acme/jobs/1",
    apply_url="https://boards.greenhouse.io/acme/jobs/1#app",
    html="<p>We use Python. The salary is $100,000 - $120,000 a year.</p>",
    locations=("Berlin, Germany",),
)


def record(**changes) -> Record:
    return replace(RECORD, **changes)


def pay(minimum, maximum, **changes) -> Pay:
    fields = {"currency": "USD", "period": "year", "kind": "base", "text": "as stated"} | changes
    bounds = (None if value is None else Decimal(str(value)) for value in (minimum, maximum))
    return Pay(*bounds, **fields)


@pytest.fixture
def offer_of(db):
    RoleFactory(name="Data Engineer", slug="data-engineer")
    SkillFactory(name="Python", slug="python")
    vocabulary = Vocabulary.of_board()
    return lambda one, company="": read(one, company, vocabulary)


def test_what_the_record_does_not_state_is_read_from_its_text(offer_of):
    offer = offer_of(record())
    assert (offer.role.slug, offer.seniority) == ("data-engineer", "senior")
    assert [skill.slug for skill in offer.skills] == ["python"]
    assert [(row["minimum"], row["maximum"]) for row in offer.pay] == [(100_000, 120_000)]
    assert [place.name for place in offer.places] == ["Berlin"]


def test_what_nobody_sees_hides_no_word(offer_of):
    offer = offer_of(record(html="<p>We use Py&shy;t&#x200B;h\u200bon.</p><p>&#8238;back</p>"))
    assert offer.description == "<p>We use Python.</p><p>back</p>"
    assert [skill.slug for skill in offer.skills] == ["python"]


@pytest.mark.parametrize("hidden", ["\u200b", "\xad", "&shy;", "&#173;", "&#x200b;"])
def test_what_nobody_sees_hides_no_script(offer_of, hidden):
    offer = offer_of(record(html=f'<a href="java{hidden}script:alert(1)">x</a>'))
    assert "script" not in offer.description


def test_every_derived_field_quotes_the_record(offer_of):
    evidence = offer_of(record()).evidence
    said = " ".join([RECORD.title, *RECORD.locations, RECORD.html])
    assert set(evidence) >= {"role", "seniority", "skills", "pay", "places"}
    for entry in evidence.values():
        assert entry["evidence"] in said
        assert entry["rule"]


def test_stated_pay_wins_over_the_text(offer_of):
    offer = offer_of(record(pay=(pay(1, 2), pay(3, 4, kind="bonus"))))
    assert [(row["maximum"], row["kind"]) for row in offer.pay] == [(2, "base"), (4, "bonus")]
    assert offer.evidence["pay"]["rule"] == "stated by the system"


def test_numbers_without_words_are_quoted_in_the_evidence_alone(offer_of):
    offer = offer_of(record(pay=(pay(1, 2, text='{"min": 1, "max": 2}'),)))
    assert [row["text"] for row in offer.pay] == [""]
    assert offer.evidence["pay"]["evidence"] == '{"min": 1, "max": 2}'


def test_a_stated_range_that_the_text_calls_on_target_earnings_is_that(offer_of):
    html = "<p>We pay €75-90k OTE.</p>"
    rows = offer_of(record(html=html, pay=(pay(75_000, 90_000, currency="EUR"),))).pay
    assert [row["kind"] for row in rows] == ["ote"]
    named = pay(75_000, 90_000, currency="EUR", text="Base pay €75K - €90K")
    assert [row["kind"] for row in offer_of(record(html=html, pay=(named,))).pay] == ["base"]


def test_the_title_states_pay_where_the_text_says_none(offer_of):
    offer = offer_of(record(title="Cook - £15 per hour", html=""))
    assert [(row["minimum"], row["period"]) for row in offer.pay] == [(15, "hour")]
    assert offer.evidence["pay"]["evidence"] == "£15 per hour"
    assert offer_of(record(title="Cook - £15 per hour")).pay[0]["minimum"] == 100_000


@pytest.mark.parametrize(
    ("where", "currency"),
    [
        (("Toronto, Canada",), "CAD"),
        (("Remote, Canada",), ""),
        (("Toronto, Canada", "Boston, MA"), "USD"),
        (("Berlin, Germany",), "USD"),
    ],
)
def test_the_sign_of_pay_is_that_of_its_one_place(offer_of, where, currency):
    assert [row["currency"] for row in offer_of(record(locations=where)).pay] == [currency]


def test_hidden_pay_is_taken_from_nowhere(offer_of):
    offer = offer_of(record(pay_hidden=True))
    assert offer.pay == ()
    assert "pay" not in offer.evidence


@pytest.mark.parametrize(
    ("minimum", "maximum", "kept"),
    [
        (0, 0, None),
        ("0.001", None, None),
        ("0.001", 50, (None, 50)),
        (50, 10**13, (50, None)),
        (10**13, None, None),
        ("12.345", "12.3456", (Decimal("12.34"), Decimal("12.35"))),
        ("Infinity", 5, (None, 5)),
    ],
)
def test_only_amounts_that_the_database_keeps_are_taken(offer_of, minimum, maximum, kept):
    rows = offer_of(record(html="", pay=(pay(minimum, maximum),))).pay
    assert [(row["minimum"], row["maximum"]) for row in rows] == ([kept] if kept else [])
    posting = PostingFactory()
    PayRange.objects.bulk_create(PayRange(posting=posting, **row) for row in rows)


def test_the_same_range_twice_is_one(offer_of):
    assert len(offer_of(record(pay=(pay(1, 2), pay(1, 2)))).pay) == 1


@pytest.mark.parametrize(
    ("stated", "title", "where", "workplace"),
    [
        ("hybrid", "Cook", "Berlin", "hybrid"),
        ("", "Cook", "Remote, US", "remote"),
        ("remote", "Cook", "Remote, US", "remote"),
        ("onsite", "Cook (Remote)", "Berlin", ""),
        ("onsite", "Cook", "Remote - Germany", ""),
        ("", "Cook", "Berlin", ""),
    ],
)
def test_a_contradiction_about_the_workplace_is_believed_to_nobody(
    offer_of, stated, title, where, workplace
):
    offer = offer_of(record(title=title, locations=(where,), workplace=stated, html=""))
    assert offer.workplace == workplace
    is_conflict = offer.evidence.get("workplace", {}).get("rule", "").startswith("conflict")
    assert is_conflict is (stated != "" and workplace == "")
    assert [one.field for one in offer.disagreements] == ["workplace"] * is_conflict


@pytest.mark.parametrize(
    ("where", "include"),
    [
        (("Remote, US",), ["US"]),
        (("Remote", "Berlin"), None),
        (("Remote",), None),
        (("Remote, EU",), ["EU"]),
    ],
)
def test_a_remote_offer_tells_who_may_apply_where_it_says_so(offer_of, where, include):
    offer = offer_of(record(locations=where, html=""))
    assert offer.workplace == "remote"
    if include is not None:
        assert offer.eligibility["include"] == include


@pytest.mark.parametrize(
    ("text", "include", "quote"),
    [
        (
            "Candidates must be based in Germany or France.",
            ["DE", "FR"],
            "Candidates must be based",
        ),
        ("Applicants residing in California: see our notice.", ["DE"], "Berlin, Germany"),
        ("Nothing of it.", ["DE"], "Berlin, Germany"),
    ],
)
def test_where_the_system_says_remote_the_text_may_widen_its_place(offer_of, text, include, quote):
    offer = offer_of(record(workplace="remote", html=f"<p>{text}</p>"))
    assert offer.eligibility["include"] == include
    assert quote in offer.evidence["eligibility"]["evidence"]


def test_several_places_are_several_offers(offer_of):
    offer = offer_of(record(locations=("Remote - US", "Canada"), html=""))
    assert offer.eligibility["include"] == ["US"]


def test_a_country_beside_its_own_city_adds_nothing_and_another_does(offer_of):
    places = offer_of(record(countries=("DE", "FR"))).places
    assert [(place.kind, place.country) for place in places] == [("city", "DE"), ("country", "FR")]


@pytest.mark.parametrize(
    ("where", "country", "region"), [("Cambridge", "GB", "GB-ENG"), ("Georgia", "US", "US-GA")]
)
def test_the_stated_country_decides_between_places_of_one_name(offer_of, where, country, region):
    (place,) = offer_of(record(locations=(where,), countries=(country,))).places
    assert (place.name, f"{place.country}-{place.region}") == (where, region)


def test_the_company_is_the_records_else_the_given_one(offer_of):
    assert offer_of(record(company=" Acme  Inc "), "Other").company == "Acme Inc"
    assert offer_of(record(company=""), "Other").company == "Other"


def test_long_texts_fit_their_columns(offer_of):
    offer = offer_of(record(title="Cook " * 100, company="A" * 500))
    assert len(offer.title) <= 200
    assert len(offer.company) <= 200


def test_markup_beyond_the_limit_is_cut_and_never_fails(offer_of):
    for html in ("<p>word</p>" * 120_000, '<a href="https://a.b">c</a>' * 36_000):
        offer = offer_of(record(html=html))
        assert 0 < len(offer.description) <= 1_000_000
        PostingFactory(markup="html", description=offer.description)


@pytest.mark.parametrize(
    ("account", "name"),
    [("acme-robotics", "Acme Robotics"), ("acme_co", "Acme Co"), ("OpenAI", "OpenAI"), ("--", "")],
)
def test_an_account_makes_a_name(account, name):
    assert company_from_account(account) == name


@pytest.mark.parametrize(
    "changes",
    [
        {"html": RECORD.html.replace(" ", "\n  ")},
        {"html": RECORD.html.replace("<p>", '<p class="x">')},
        {"posted_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"title": " Senior  Data Engineer"},
        {"company": "Acme "},
        {"language": "en"},
    ],
)
def test_white_space_markup_and_timestamps_are_no_change(offer_of, changes):
    assert record_hash(record(**changes)) == record_hash(RECORD)
    assert offer_of(record(**changes)).stated() == offer_of(RECORD).stated()


@pytest.mark.parametrize("name", ["locations", "countries", "employment", "pay"])
def test_the_order_of_a_list_is_no_change(offer_of, name):
    values = {
        "locations": ("Berlin, Germany", "Paris, France"),
        "countries": ("DE", "FR"),
        "employment": ("full_time", "contract"),
        "pay": (pay(1, 2), pay(3, 4)),
    }[name]
    one, other = record(**{name: values}), record(**{name: values[::-1]})
    assert record_hash(one) == record_hash(other)
    assert offer_of(one).stated() == offer_of(other).stated()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Cook"}, {"html": "<p>Other.</p>"}, {"locations": ("Paris",)},
        {"pay": (pay(1, 2),)}, {"pay_hidden": True}, {"employment": ("contract",)},
        {"expires_at": datetime(2027, 1, 1, tzinfo=UTC)}, {"apply_url": "https://a.example/b"},
    ],
)  # fmt: skip
def test_what_a_reader_would_notice_is_a_change(offer_of, changes):
    assert record_hash(record(**changes)) != record_hash(RECORD)
    assert offer_of(record(**changes)).stated() != offer_of(RECORD).stated()


# --- what only some systems state ----------------------------------------------------------------


def test_a_stated_level_is_taken_where_the_title_says_none(offer_of):
    offer = offer_of(record(title="Data Engineer", html="", seniority="entry"))
    assert offer.seniority == "entry"
    assert offer.evidence["seniority"]["rule"] == "stated by the system"
    assert offer_of(record(seniority="senior")).evidence["seniority"]["evidence"] == "Senior"


def test_a_level_against_the_title_is_a_conflict_and_neither_is_believed(offer_of):
    offer = offer_of(record(seniority="entry"))
    assert offer.seniority == ""
    assert offer.evidence["seniority"]["rule"].startswith("conflict")
    (one,) = offer.disagreements
    assert (one.field, one.stated, one.read) == ("seniority", "entry", "senior")
    assert one.quote == "Senior"


@pytest.mark.parametrize(
    ("where", "text", "said"),
    [
        ("Remote", "You must be based in Portugal.", {"include": ["PT"]}),
        ("Remote", "We hire in the EU except Spain.", {"include": ["EU"], "exclude": ["ES"]}),
        ("Remote, US", "You must be based in Portugal.", {"include": ["US"]}),
        ("Remote", "We sell in Portugal.", None),
    ],
)  # fmt: skip
def test_a_bare_remote_leaves_it_to_the_text_who_may_apply(offer_of, where, text, said):
    offer = offer_of(record(title="Cook", locations=(where,), countries=(), html=f"<p>{text}</p>"))
    empty = {"worldwide": False, "include": [], "exclude": [], "timezones": []}
    assert (offer.workplace, offer.eligibility) == ("remote", said and empty | said)


@pytest.mark.parametrize(
    ("eligible", "said"),
    [
        (("Worldwide",), {"worldwide": True}),
        (("Anywhere in the World",), {"worldwide": True}),
        (("Americas, Europe, Israel",), {"include": ["AMERICAS", "EUROPE", "IL"]}),
        (("United Kingdom", "Poland"), {"include": ["GB", "PL"]}),
        (("Worldwide", "Poland"), {"include": ["PL"]}),
        (("USA Only",), {"include": ["US"]}),
    ],
)
def test_where_a_worker_may_live_is_read_from_its_own_field(offer_of, eligible, said):
    offer = offer_of(record(workplace="remote", locations=(), html="", eligible=eligible))
    empty = {"worldwide": False, "include": [], "exclude": [], "timezones": []}
    assert offer.eligibility == empty | said
    assert offer.evidence["eligibility"]["rule"] == "stated by the system"


def test_hours_to_work_stand_beside_it(offer_of):
    zones = ("UTC+0 to UTC+2",)
    offer = offer_of(record(workplace="remote", eligible=("Poland",), timezones=zones))
    assert offer.eligibility["timezones"] == list(zones)


def test_a_field_that_names_no_place_says_nothing(offer_of):
    one = record(workplace="remote", locations=(), html="", eligible=("Lowlands",))
    assert offer_of(one).eligibility is None


def test_days_before_the_fetch_are_a_day(db):
    fetched = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
    vocabulary = Vocabulary.of_board()
    old = read(record(days_old=8), "", vocabulary, at=fetched)
    assert old.posted_at == datetime(2026, 7, 7, tzinfo=UTC)
    dated = datetime(2026, 7, 1, tzinfo=UTC)
    assert read(record(days_old=8, posted_at=dated), "", vocabulary, at=fetched).posted_at == dated


def test_pay_that_was_put_right_says_by_which_rule(offer_of):
    offer = offer_of(record(pay=(pay(75_000, 95_000, rule="meant in thousands"),)))
    assert offer.evidence["pay"]["rule"] == "stated by the system; meant in thousands"
