"""Pay in a field and in prose: what is read, and above all what is not."""

import csv
import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import salary

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "tables" / "salary_strings.csv"

PROSE = (
    "We build tools for clinics. The team has 40 people in 12 countries and grew 300% since "
    "2019. You will own the data platform.\n\n"
)


def read(text: str) -> str:
    """Minimum, maximum, currency, period, kind in one line, "nothing" where none is read."""
    found = salary.extract(text)
    if not found:
        return "nothing"
    low, high = (
        "-" if value is None else format(value.normalize(), "f")
        for value in (found.minimum, found.maximum)
    )
    return f"{low} {high} {found.currency or '-'} {found.period or '-'} {found.kind}"


NOTATIONS = {
    "$120K - $150K": "120000 150000 USD - base",
    "USD 100K - 130K": "100000 130000 USD - base",
    "€55.000–70.000": "55000 70000 EUR - base",
    "96 400,00 zł – 141 000,00 zł": "96400 141000 PLN - base",
    "96\u00a0400,00\u00a0zł – 141\u202f000,00\u00a0zł miesięcznie": "96400 141000 PLN month base",
    "EUR 23.– brut par heure": "23 23 EUR hour base",
    "£500/day": "500 500 GBP day base",
    "£450pd": "450 450 GBP day base",
    "£28 - £36k DOE": "28000 36000 GBP - base",
    "£40-45k + bonus": "40000 45000 GBP - base",
    "€40-65,000": "40000 65000 EUR - base",
    "$44,5k-$61k": "44500 61000 USD - base",
    "CA$102.8K – CA$137K": "102800 137000 CAD - base",
    "$70-80K CAD": "70000 80000 CAD - base",
    "AUD $120k - $140k + super": "120000 140000 AUD - base",
    "A$150,000 - A$180,000 + super": "150000 180000 AUD - base",
    "12-15 LPA": "1200000 1500000 INR year base",
    "₹12,00,000 - ₹18,00,000 per annum": "1200000 1800000 INR year base",
    "INR 1.2 crore": "12000000 12000000 INR - base",
    "CHF 120'000 - 140'000": "120000 140000 CHF - base",
    "CHF 120’000.– pro Jahr": "120000 120000 CHF year base",
    "45 K€ - 55 K€": "45000 55000 EUR - base",
    "Entre 45 et 55 K€ brut annuel": "45000 55000 EUR year base",
    "R$ 5.000,00 por mês": "5000 5000 BRL month base",
    "15 000 - 20 000 zł netto + VAT / mies.": "15000 20000 PLN month base",
    "€ 3.500 - € 4.500 per maand": "3500 4500 EUR month base",
    "40.000 € all'anno": "40000 40000 EUR year base",
    "2.500 € al mes": "2500 2500 EUR month base",
    "80.000–90.000 € p. a.": "80000 90000 EUR year base",
    "$21/hr-$25/hr": "21 25 USD hour base",
    "£61.20 Umb / £45.80 PAYE ph": "45.8 61.2 GBP hour base",
    "35000 - 39999 per annum": "35000 39999 - year base",
    "40 - 50K": "40000 50000 - - base",
    "80 000 - 110 000 Kč / měsíc": "80000 110000 CZK month base",
    "Lön: 40 000 - 50 000 kr/mån": "40000 50000 - month base",
    "Årslön 500.000 SEK": "500000 500000 SEK year base",
    "от 200 000 до 300 000 руб.": "200000 300000 RUB - base",
    "3000-4500 $ на місяць": "3000 4500 USD month base",
    "Rp 15.000.000 - Rp 25.000.000 per bulan": "15000000 25000000 IDR month base",
    "年収 800万円～1200万円": "8000000 12000000 JPY year base",
    "月薪 20k-35k RMB": "20000 35000 CNY month base",
    "연봉 6,000만원": "60000000 60000000 KRW year base",
    "40,000.00 - 46,000.00 $ /yearBonus 5%": "40000 46000 USD year base",
    "$38.00 HOUR hourly for 40 hours per week": "38 38 USD hour base",
    "120 000$ - 150 000$ CAD": "120000 150000 CAD - base",
    "$25,000 - $30,000 a month MXN": "25000 30000 MXN month base",
    "S/ 3,000 - S/ 4,000": "3000 4000 PEN - base",
    "2500–3500 €/kk": "2500 3500 EUR month base",
    "40.000 - 45.000 kr./md.": "40000 45000 - month base",
    "400-550 €⁄j": "400 550 EUR day base",
    "€ 35.000 - € 40.000 RAL": "35000 40000 EUR year base",
    "min. 70.000 € Jahresgehalt": "70000 - EUR year base",
    "Banda salarial: 35-45K": "35000 45000 - - base",
    "15-25K·13薪": "15000 25000 - - base",
    "Acme | NYC | Full Stack | 120-160K | acme.example": "120000 160000 - - base",
    "Sales Manager £50k + bonus": "50000 50000 GBP - base",
    "Housing Officer £30,000": "30000 30000 GBP - base",
    "Healthcare Assistant £11.50 per hour": "11.5 11.5 GBP hour base",
    "6 month contract, £450 per day": "450 450 GBP day base",
    "R45000 per month": "45000 45000 ZAR month base",
    "&pound;30,000 - &pound;35,000": "30000 35000 GBP - base",
    "Rs.15000 /- per month": "15000 15000 INR month base",
    "15 000 - 20 000 PLN net/month - B2B, 12 000 - 16 000 PLN gross/month": (
        "12000 20000 PLN month base"
    ),
    "W2: $50/hr, 1099: $60/hr": "50 60 USD hour base",
    "GBP40000 - GBP45000 per annum + bonus": "40000 45000 GBP year base",
    "16 800 - 23 520 PLN net/month - B2B": "16800 23520 PLN month base",
    "18 000 - 22 000 PLN net + VAT (B2B) / month": "18000 22000 PLN month base",
    "$110k base + $40k variable, $150k OTE": "110000 110000 USD - base",
    "Grade 7 (£38,205 - £44,263 per annum)": "38205 44263 GBP year base",
    "1-1.25 Cr P.A.": "10000000 12500000 INR year base",
    "Budget: $40/hr": "40 40 USD hour base",
    "Internship stipend: ₹15,000 /month": "15000 15000 INR month base",
    "We pay 100% of premiums and salaries of $90k-$120k.": "90000 120000 USD - base",
}


@pytest.mark.parametrize(("text", "answer"), NOTATIONS.items(), ids=list(NOTATIONS))
def test_every_usual_notation_is_read(text: str, answer: str) -> None:
    assert read(text) == answer


BOUNDS = {
    "up to 90k": "- 90000 - - base",
    "Up to £28,000 per annum": "- 28000 GBP year base",
    "Bis zu 4.000 Euro brutto im Monat": "- 4000 EUR month base",
    "from €60,000": "60000 - EUR - base",
    "ab 55.000 € brutto pro Jahr": "55000 - EUR year base",
    "Salary $100k+ & Equity": "100000 - USD - base",
    "From £34,700 to £57,475 per annum": "34700 57475 GBP year base",
    "£50k+ Bonus": "50000 50000 GBP - base",
    "$0.00 - $25.00 per hour": "- 25 USD hour base",
    "до 250 000 ₽ на руки": "- 250000 RUB - base",
    "Mindestgehalt lt. KV: € 3.200 brutto pro Monat": "3200 - EUR month base",
    "minimum salary of £30,000": "30000 - GBP - base",
    "Das Mindestgehalt für diese Position beträgt EUR 3.200,- brutto pro Monat": (
        "3200 - EUR month base"
    ),
    "Een salaris van maximaal €4.200 per maand": "- 4200 EUR month base",
    "Starting salary: $55,000": "55000 - USD - base",
    "月給25万円以上": "250000 - JPY month base",
    "$65/hr max": "- 65 USD hour base",
    "100k+ USD": "100000 - USD - base",
}


@pytest.mark.parametrize(("text", "answer"), BOUNDS.items(), ids=list(BOUNDS))
def test_an_open_range_has_one_bound(text: str, answer: str) -> None:
    assert read(text) == answer


KINDS = {
    "$64K-$106K (Glassdoor est.)": "64000 106000 USD - estimate",
    "OTE £60,000": "60000 60000 GBP - ote",
    "€75–90k OTE, uncapped": "75000 90000 EUR - ote",
    "£40,000 base, OTE £60,000": "40000 40000 GBP - base",
    "£25000 - £30000 per annum, OTE £45k": "25000 30000 GBP year base",
    "£35k + uncapped commission (OTE £70k)": "35000 35000 GBP - base",
    "£60k OTE (£30k basic)": "30000 30000 GBP - base",
    "Estimated $84.6K – $107K a year": "84600 107000 USD year estimate",
    "180k TC": "180000 180000 - - ote",
}


@pytest.mark.parametrize(("text", "answer"), KINDS.items(), ids=list(KINDS))
def test_estimates_and_ote_are_kept_apart_from_base_pay(text: str, answer: str) -> None:
    assert read(text) == answer


NO_PAY = [
    "401(k) with 4% match",
    "We raised $2M in seed funding",
    "$100M in annual revenue",
    "$40M ARR",
    "a $5 billion market",
    "team of 40k",
    "10k+ customers",
    "40 hours a week",
    "$25,000 Sign-On Bonus",
    "£0 per annum Competitive",
    "$5,000 referral bonus",
    "$500 learning budget",
    "$1,500 per year for learning and development",
    "A $1,000 home office stipend and $150 per month wellness allowance.",
    "2024 - 2025",
    "+1 415 555 1234",
    "24/7 support",
    "100% remote",
    "Competitive salary",
    "£DOE",
    "Our customers process $50k to $100k per month in transactions",
    "We manage over $10,000,000 of assets for 3,000 clients",
    "5 years of experience",
    "Founded in 2015, 300 employees",
    "$0 - $0",
    "€1.000 Weiterbildungsbudget pro Jahr",
    "Deutschlandticket 49 €",
    "Relocation package up to €5,000",
    "over $3 trillion per year",
    "ACV of $50K-$100K",
    "Reference: not disclosed (ID 12345)",
    "$150 per article",
    "https://images.example.net/h5mspzj4zl9sh34td2iu3088ozpi.png",
    "Medical insurance: we cover $500 per month for premiums",
    "Companies pay us $20,000–$50,000 for our audits.",
    "Our customers pay us between $10,000 and $30,000 a month.",
    "Clients pay €5.000 – €10.000 per Monat for the service.",
    "Our sellers make $10,000 per month on our marketplace.",
    "The average American household earns $67,000 per year.",
    "Save companies $100k-$200k annually.",
    "Relocation package: $5,000 - $15,000",
    "Per diem: $60",
    "Homes from $250k - $750k",
    "Seed checks of $100k-$500k",
    "Contracts between £10,000 and £100,000",
    "We give each new hire a $3,000 laptop.",
    "Weiterbildungsbudget von 2.000 € pro Jahr",
    "50 € Sachbezug im Monat.",
    "Titres-restaurant 10 € / jour, mutuelle 60 € par mois.",
    "Prime de cooptation : 1500 €",
    "Presupuesto de formación de 1.000 € al año.",
    "Vale refeição de R$ 35,00 por dia.",
    "VR R$ 1.000,00 mensal, VA R$ 500,00",
    "Opleidingsbudget van €2.500 per jaar.",
    "Buoni pasto da 8 € al giorno.",
    "Budżet szkoleniowy 5000 zł rocznie.",
    "We offer a home office stipend of $150 per month.",
    "€1.000 per year learning budget",
    "Req #: 120000-150000",
    "Rent: $1,500 - $2,000 per month",
    "Teachers on our platform earn $15-25/hour",
    "The UK average salary is £33,000",
    "Seguro médico de 50 €/mes",
    "Forfait mobilité 600 € par an",
    "karta Multisport 50 zł/mies.",
    "authority to settle claims up to £50,000",
    "Registered Nurse - R009482",
    "Data Engineer R12345",
    "35-40 hours per week",
    "Commission only: average commissions of $80,000 - $120,000.",
    "Revenue from $5M to $50M",
    "For a visa the salary threshold of £38,000 applies.",
    "",
]


@pytest.mark.parametrize("text", NO_PAY)
@pytest.mark.parametrize("around", ["", PROSE], ids=["field", "prose"])
def test_other_numbers_are_no_pay(text: str, around: str) -> None:
    assert read(around + text) == "nothing"


IN_PROSE = {
    "The annual base salary range is $150,000 to $200,000.": "150000 200000 USD year base",
    "United States Salary Range\n$108,400  —  $129,600 USD": "108400 129600 USD - base",
    "We pay between 80,000 and 95,000 euros a year.": "80000 95000 EUR year base",
    "Compensation: $80–$135/hour": "80 135 USD hour base",
    "Per diem position. $42.50 - $58/hr by shift.": "42.5 58 USD hour base",
    "The minimum annual gross salary is €52,000.": "52000 - EUR year base",
    "A £34k starting salary, reviewed after 6 months.": "34000 34000 GBP - base",
    "Jahresgehalt: 60.000 - 75.000 EUR": "60000 75000 EUR year base",
    "The salary is between €4.000 and €5.500 gross per month based on 40 hours.": (
        "4000 5500 EUR month base"
    ),
}


@pytest.mark.parametrize(("text", "answer"), IN_PROSE.items(), ids=list(IN_PROSE))
def test_pay_is_found_in_a_posting(text: str, answer: str) -> None:
    assert read(PROSE + text + "\nWe offer 25 days of holiday and a $2,000 budget.") == answer


def test_several_base_ranges_answer_with_the_lowest_and_the_highest() -> None:
    found = salary.extract("Zone A: $120,000 - $150,000. Zone B: $100,000 - $130,000 base salary.")
    assert (found.minimum, found.maximum) == (Decimal(100_000), Decimal(150_000))
    assert len(found.ranges) == 2


ASIDE = {
    "£40,000 - £50,000 (London weighting £3,000)": "40000 50000 GBP - base",
    "Salaire fixe 40k + variable 10k": "40000 40000 - - base",
    "50 – 60 k€ fixe + variable 10 k€": "50000 60000 EUR - base",
    "Salário: R$ 5.000,00 + benefícios (VR R$ 40/dia)": "5000 5000 BRL - base",
}


@pytest.mark.parametrize(("text", "answer"), ASIDE.items(), ids=list(ASIDE))
def test_an_allowance_beside_the_pay_does_not_lower_it(text: str, answer: str) -> None:
    assert read(text) == answer


def test_amounts_in_several_currencies_answer_in_the_first() -> None:
    found = salary.extract("3,850 USD / 2,310 GBP / 4,300 CAD per week")
    assert (found.minimum, found.currency, found.period) == (Decimal(3850), "USD", "week")
    assert [r.currency for r in found.ranges] == ["USD", "GBP", "CAD"]


def test_the_same_pay_in_other_currencies_has_the_period_of_the_first() -> None:
    found = salary.extract("A weekly stipend of 2,100 USD, 1,450 GBP or 2,600 CAD.")
    assert [r.period for r in found.ranges] == ["week"] * 3
    other = salary.extract("Freelance: $60/hr, employed: €90,000")
    assert [r.period for r in other.ranges] == ["hour", ""]


def test_json_has_plain_numbers_and_null() -> None:
    answer = salary.extract("from £12.50 per hour").as_dict()
    assert (answer["min"], answer["max"], answer["period"]) == (12.5, None, "hour")
    empty = salary.extract("nothing here").as_dict()
    assert empty.pop("ranges") == []
    assert set(empty.values()) == {None}


PIECES = st.lists(
    st.sampled_from(
        ["$", "€", "£", "10", "000", ",", ".", " ", "k", "-", "–", "to", "per", "hour", "USD", "m",
         "salary", "bonus", "+", "/", "\n", "up to", "LPA", "'", "\u202f", "%", "(", ")", "zł"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.text(max_size=200) | PIECES)
@settings(max_examples=400)
def test_any_text_gives_an_ordered_range_with_its_quote(text: str) -> None:
    found = salary.extract(text)
    assert found.evidence in text
    assert bool(found.evidence) == bool(found) == bool(found.rule)
    for stated in found.ranges:
        assert stated.evidence in text
        if stated.minimum is not None and stated.maximum is not None:
            assert 0 <= stated.minimum <= stated.maximum
    if found.minimum is not None and found.maximum is not None:
        assert found.minimum <= found.maximum


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "123 ", "1-", "$1 - ", "1,", "123,", "1.", "$", " ", "-", "k", "1k-", "\n", "per ",
     "salary ", "12,34,", "€ 1 000 ", "a", "$1 bonus ", "(", "123 456 - "],
)  # fmt: skip
def test_a_long_monotonous_text_is_read_within_a_second(unit: str) -> None:
    text = (unit * 50_000)[:50_000]
    start = time.perf_counter()
    salary.extract(text)
    assert time.perf_counter() - start < 20  # quadratic time would take minutes


@pytest.mark.skipif(not SAMPLES.exists(), reason="the labelled samples are not beside the checkout")
def test_nine_of_ten_labelled_pay_texts_are_read_right() -> None:
    right = total = 0
    with SAMPLES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = salary.extract(row["text"])
            label = [Decimal(row[k]) if row[k] else None for k in ("min", "max")]
            good = [found.minimum, found.maximum] == label and found.currency == row["currency"]
            if re.search(r"per|ph\b", row["text"]):
                good = good and found.period == row["period"]
            right += good
            total += 1
    assert right >= total * 0.9
