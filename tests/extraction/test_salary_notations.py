"""Pay written in every mixture of the usual parts is read back as it was meant."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import salary

PROSE = (
    "We build tools for clinics. The team has 40 people in 12 countries and grew 300% since "
    "2019. You will own the data platform.\n\n"
)
AFTERWARDS = "\nWe offer 25 days of holiday and a $2,000 budget."

BEFORE = {
    "$": "USD", "€": "EUR", "£": "GBP", "US$": "USD", "CA$": "CAD", "A$": "AUD", "USD ": "USD",
    "EUR ": "EUR", "GBP ": "GBP", "CHF ": "CHF", "PLN ": "PLN", "₹": "INR", "R$ ": "BRL",
}  # fmt: skip
BEHIND = {
    "€": "EUR", " €": "EUR", " EUR": "EUR", " USD": "USD", " zł": "PLN", " PLN": "PLN",
    " CHF": "CHF", " Kč": "CZK", " euros": "EUR", " SEK": "SEK",
}  # fmt: skip
NUMBERS = {
    "plain": str,
    "comma": lambda v: f"{v:,}",
    "dot": lambda v: f"{v:,}".replace(",", "."),
    "blank": lambda v: f"{v:,}".replace(",", " "),
    "narrow": lambda v: f"{v:,}".replace(",", "\u202f"),
    "swiss": lambda v: f"{v:,}".replace(",", "’"),
    "cents": lambda v: f"{v:,}.00",
    "german cents": lambda v: f"{v:,}".replace(",", ".") + ",00",
    "k": lambda v: f"{v // 1000}k",
}
LINKS = [" - ", "-", " – ", " to ", " bis ", " à ", " tot ", " do "]
PERIODS = {
    "": "", " per year": "year", "/yr": "year", " a year": "year", " p.a.": "year",
    " pro Jahr": "year", " brut annuel": "year", " brutos al año": "year", " por ano": "year",
    " lordi annui": "year", " per jaar": "year", " rocznie": "year",
}  # fmt: skip
HOURLY = [
    "/hr", " an hour", " pro Stunde", " par heure", " por hora", " all'ora", " per uur", " / godz.",
]  # fmt: skip
LABELS = [
    "", "Salary: ", "Gehalt: ", "Salaire : ", "Salario: ", "Salário: ", "Salaris: ",
    "Retribuzione: ", "Wynagrodzenie: ",
]  # fmt: skip
BOUNDS = {
    "up to ": False, "bis zu ": False, "jusqu'à ": False, "hasta ": False, "até ": False,
    "fino a ": False, "max. ": False, "from ": True, "ab ": True, "à partir de ": True,
    "desde ": True, "vanaf ": True, "od ": True, "min. ": True,
}  # fmt: skip
CURRENCIES = st.sampled_from([(*item, True) for item in BEFORE.items()]) | st.sampled_from(
    [(*item, False) for item in BEHIND.items()]
)


def placed(label: str, pay: str, prose: bool) -> str:
    return PROSE + (label or "Salary: ") + pay + AFTERWARDS if prose else label + pay


@given(
    CURRENCIES, st.sampled_from(list(NUMBERS)), st.sampled_from(LINKS),
    st.sampled_from(list(PERIODS)), st.sampled_from(LABELS), st.booleans(),
    st.integers(20, 180), st.integers(2, 60),
)  # fmt: skip
@settings(max_examples=150)
def test_a_range_is_read_back(sign, style, link, period, label, prose, low, more) -> None:
    written, currency, before = sign
    low, high = low * 1000, (low + more) * 1000
    one, two = NUMBERS[style](low), NUMBERS[style](high)
    pay = f"{written}{one}{link}{written}{two}" if before else f"{one}{link}{two}{written}"
    found = salary.extract(placed(label, pay + period, prose))
    assert (found.minimum, found.maximum) == (Decimal(low), Decimal(high))
    assert (found.currency, found.period) == (currency, PERIODS[period])


@given(
    CURRENCIES, st.sampled_from(list(BOUNDS)), st.sampled_from(list(PERIODS)),
    st.sampled_from(LABELS), st.booleans(), st.integers(20, 180),
)  # fmt: skip
@settings(max_examples=100)
def test_a_bound_leaves_the_other_end_open(sign, bound, period, label, prose, amount) -> None:
    written, currency, before = sign
    number = f"{amount * 1000:,}"
    pay = bound + (written + number if before else number + written) + period
    found = salary.extract(placed(label, pay, prose))
    ends = (found.minimum, found.maximum)
    assert ends == ((Decimal(amount * 1000), None) if BOUNDS[bound] else (None, amount * 1000))
    assert (found.currency, found.period) == (currency, PERIODS[period])


@given(
    CURRENCIES, st.sampled_from(HOURLY), st.sampled_from(LABELS), st.booleans(),
    st.integers(11, 90), st.integers(2, 20), st.sampled_from([".50", ",50", ""]),
)  # fmt: skip
@settings(max_examples=75)
def test_pay_by_the_hour_is_read_back(sign, period, label, prose, low, more, cents) -> None:
    written, currency, before = sign
    one, two = f"{low}{cents}", f"{low + more}{cents}"
    pay = f"{written}{one} - {written}{two}" if before else f"{one} - {two}{written}"
    found = salary.extract(placed(label, pay + period, prose))
    half = Decimal("0.5") if cents else Decimal(0)
    assert (found.minimum, found.maximum) == (low + half, low + more + half)
    assert (found.currency, found.period) == (currency, "hour")
