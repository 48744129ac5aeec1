"""Amounts of money in running text: numbers, multipliers, currencies, periods.

`amounts(text)` finds every number that could be an amount, in order, with the
currency and multiplier written at it. It judges nothing: whether an amount is pay is
decided by `extraction.salary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extraction.common import word_set

_SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY",
    "₩": "KRW", "₪": "ILS", "฿": "THB", "₫": "VND", "₦": "NGN", "₱": "PHP", "₴": "UAH",
    "₵": "GHS", "₸": "KZT", "₲": "PYG", "₡": "CRC", "￡": "GBP", "￥": "JPY", "＄": "USD",
}  # fmt: skip

_DOLLARS = {
    "": "USD", "us": "USD", "usd": "USD", "u": "USD", "ca": "CAD", "cad": "CAD", "c": "CAD",
    "cdn": "CAD", "can": "CAD", "au": "AUD", "aud": "AUD", "a": "AUD", "aus": "AUD",
    "nz": "NZD", "nzd": "NZD", "hk": "HKD", "hkd": "HKD", "s": "SGD", "sg": "SGD",
    "sgd": "SGD", "nt": "TWD", "twd": "TWD", "mx": "MXN", "mxn": "MXN", "mex": "MXN",
    "r": "BRL", "brl": "BRL", "clp": "CLP", "cop": "COP", "ars": "ARS",
}  # fmt: skip

_ISO = word_set(
    """USD EUR GBP CHF CAD AUD NZD PLN CZK SEK NOK DKK ISK HUF RON BGN HRK RSD UAH RUB TRY
    ILS AED SAR QAR KWD BHD OMR JOD EGP MAD TND ZAR NGN KES GHS UGX TZS INR PKR BDT LKR
    NPR CNY JPY KRW TWD HKD SGD MYR THB IDR VND PHP KZT GEL AMD BRL MXN ARS CLP COP PEN
    UYU CRC DOP BOB PYG GTQ"""
)

# Written names that are no ISO code. An empty value is money of an unknown country.
_NAMES = {
    "euros": "EUR", "euro": "EUR", "eur.": "EUR", "pounds": "GBP", "pound": "GBP",
    "quid": "GBP", "sterling": "GBP", "dollars": "USD", "us dollars": "USD",
    "canadian dollars": "CAD", "australian dollars": "AUD", "swiss francs": "CHF",
    "schweizer franken": "CHF", "franken": "CHF", "francs suisses": "CHF", "sfr": "CHF",
    "sfr.": "CHF", "fr.": "CHF", "zł": "PLN", "zl": "PLN", "złotych": "PLN", "zloty": "PLN",
    "zlotych": "PLN", "kč": "CZK", "kc": "CZK", "ft": "HUF", "lei": "RON", "rs.": "INR",
    "rs": "INR", "rupees": "INR", "reais": "BRL", "nis": "ILS", "rmb": "CNY", "yuan": "CNY",
    "yen": "JPY", "rm": "MYR", "rp": "IDR", "rp.": "IDR", "dhs": "AED", "dirhams": "AED",
    "ksh": "KES", "kr": "", "kr.": "", "kronor": "SEK", "rand": "ZAR", "tl": "TRY",
    "грн": "UAH", "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "лв": "BGN", "лв.": "BGN",
    "円": "JPY", "元": "CNY", "원": "KRW",
}  # fmt: skip

CURRENCIES = frozenset(_ISO)

# Where a salary is stated in millions, "15M" is pay and no funding round.
_LARGE = frozenset({"IDR", "VND", "COP", "CLP", "JPY", "KRW", "PYG", "UGX", "TZS", "NGN", "HUF"})


def _words(values: object) -> str:
    return "|".join(re.escape(v) for v in sorted(values, key=len, reverse=True))  # type: ignore[call-overload]


_SYMBOL_CLASS = "[" + "".join(s for s in _SYMBOLS if s not in "$＄") + "]"
_ONLY_AFTER = word_set(
    """ft kc kč lei tl 円 元 원 euro euros pounds pound dollars franken yen yuan"""
)
_CAPITALS = word_set("""ron try all cop php mad rm""")
_CODES_AFTER = _words([*_ISO, *_NAMES])

_CIRCA = re.compile(r"(?:(?<![^\W\d_])(?:c|ca|circa|approx)\.?|[~≈>])\s?\Z", re.I)

_NUMBER = re.compile(
    r"""(?<!\d)(?:
        [1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3}){1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?
      | [1-9]\d{0,2}(?:['’]\d{3}){1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?
      | [1-9]\d{0,2}(?:,\d{3}){1,3}(?!\d)(?:\.\d{1,4}(?!\d))?
      | [1-9]\d?(?:,\d{2}){1,3},\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?
      | [1-9]\d{0,2}(?:\.\d{3}){1,3}(?!\d)(?:,\d{1,2}(?!\d))?
      | \d++(?:[.,]\d{1,2}(?!\d))?
    )""",
    re.X,
)
_DASH_END = re.compile(r"[.,](?:--|[–—-])(?=\s|$|[€$£])")

_MULTIPLIER = re.compile(
    r"""\s?(?:
        (?P<thousand>k(?![^\W\d_])|k(?=€|£|\$|eur|usd|gbp|pln|chf|cad|/|p/|pa\b|pm\b|dkk|sek|nok)
          |tsd\.?(?!\w)|tys\.?(?!\w)|thousand\b|tausend\b|mila\b|mil\b(?!\.)|t(?=\s?€)|к(?!\w))
      | (?P<lakh>lakhs?\b|lacs?\b|lpa\b|l(?=pa\b|\.p\.a)|l\b(?!\.))
      | (?P<crore>crores?\b|cr\b)
      | (?P<myriad>[万萬만])
      | (?P<million>m(?![^\W\d_])|m(?=€)|mm\b|mn\b|mio\b\.?|mln\b|million\b|millions\b
          |millionen\b|milli[oó]ns?\b|millones\b|milh[oõ]es\b|bn\b|b(?![^\W\d_])|billions?\b
          |mrd\b|milliarden\b)
    )""",
    re.X | re.I,
)
_AFTER = re.compile(
    rf"""\s?(?:
        (?P<symbol>{_SYMBOL_CLASS}|[$＄])(?!\s?\d)
      | (?P<code>(?:{_CODES_AFTER})(?![^\W_])|[円元원])
    )""",
    re.X | re.I,
)

_FACTOR = {
    "thousand": Decimal(1000),
    "myriad": Decimal(10_000),
    "lakh": Decimal(100_000),
    "crore": Decimal(10_000_000),
    "million": Decimal(1_000_000),
}


@dataclass(slots=True)
class Amount:
    """One number with what is written at it; `start` and `end` enclose all of that."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    factor: str  # "", thousand, myriad, lakh, crore, million
    currency: str
    money: bool  # a currency is written, even one that no country can be told from
    raw: str
    glued: bool  # a letter, "#" or "/" touches its left side: "IR35", "#172"

    @property
    def scaled(self) -> Decimal:
        """The value times its multiplier, in whole units of money."""
        return self.value * _FACTOR[self.factor] if self.factor else self.value

    @property
    def is_year(self) -> bool:
        """Written like a calendar year and nothing else: "2024"."""
        return (
            not self.money and not self.factor and len(self.raw) == 4 and self.raw.isdigit()
            and 1900 <= self.value <= 2100
        )  # fmt: skip


def parse_number(raw: str) -> Decimal:
    """The value of a number written with any of the usual separators.

    A dot or comma before exactly three digits groups thousands, before one or two it
    is the decimal sign; of two different signs the last is the decimal sign.
    """
    text = re.sub(r"[\s'’]", "", raw)
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0:
        sign = text[last]
        other = "," if sign == "." else "."
        groups = text.split(sign)
        if other in text or (len(groups) == 2 and len(groups[1]) != 3):
            text = text[:last].replace(other, "").replace(sign, "") + "." + text[last + 1 :]
        else:
            text = "".join(groups)
    return Decimal(text)


def _before(text: str, start: int) -> tuple[int, str, bool]:
    """Where a currency before `start` begins, its code and whether there is one."""
    end = start
    while end and start - end < 2 and text[end - 1].isspace():
        end -= 1
    if not end:
        return start, "", False
    last = text[end - 1]
    if last in _SYMBOLS:
        return _symbol_before(text, end - 1)
    stop = end - 1 if last in ".:" else end
    begin = _word_start(text, stop, 9)
    name = text[begin:stop]
    lower = name.lower()
    if (
        not name
        or text[begin - 1 : begin].isdigit()
        or (lower in _CAPITALS and not name.isupper())
        or lower in _ONLY_AFTER
    ):
        return start, "", False
    if name == "R":
        return begin, "ZAR", True
    if name.upper() in CURRENCIES or lower in _NAMES or (last == "." and lower + "." in _NAMES):
        return begin, _code(name) or _NAMES.get(lower + ".", ""), True
    return start, "", False


def _word_start(text: str, end: int, longest: int) -> int:
    """Where the word of letters before `end` starts; `end` where none or a longer one is."""
    begin = end
    while begin and end - begin <= longest and text[begin - 1].isalpha():
        begin -= 1
    return begin if end - begin <= longest else end


def _symbol_before(text: str, at: int) -> tuple[int, str, bool]:
    """The currency of a sign at `at` and of the letters before it: "CA$", "AUD $"."""
    spaced = at > 0 and text[at - 1] == " "
    end = at - 1 if spaced else at
    begin = _word_start(text, end, 3)
    prefix = text[begin:end]
    exact = prefix.isupper() and len(prefix) > 1
    if text[at] in "$＄":
        known = _DOLLARS.get(prefix.lower()) if prefix else None
        if known and (exact or (not spaced and (prefix.isupper() or len(prefix) > 1))):
            return begin, known, True
    elif exact and prefix in CURRENCIES:
        return begin, prefix, True
    return at, _SYMBOLS[text[at]], True


def _code(name: str) -> str:
    upper = name.upper()
    return upper if upper in CURRENCIES else _NAMES.get(name.lower(), "")


def amounts(text: str) -> Iterator[Amount]:
    """Every number of the text as an Amount, in order."""
    for found in _NUMBER.finditer(text):
        raw = found.group()
        start, end = found.span()
        if len(raw) > 18:
            continue
        begin, currency, money = _before(text, start)
        left = text[begin - 1] if begin else " "
        glued = left.isalpha() or left in "#@_/\\&=%"
        if glued and not money:
            circa = _CIRCA.search(text[max(0, start - 8) : start])
            glued = not circa
        dash = _DASH_END.match(text, end)
        if dash:
            end = dash.end()
        factor, end, currency, money = _suffix(text, end, currency, money, dash is not None)
        value = parse_number(raw)
        if factor == "thousand" and re.fullmatch(r"\d{1,3}[.,]\d{3}", raw):
            value /= 1000  # "102.800K" says 102.8 thousand
        yield Amount(begin, end, start, found.end(), value, factor, currency, money, raw, glued)


_INDIAN = re.compile(r"₹|\b(?:INR|LPA|CTC|lakhs?|lacs?)\b", re.I)


def _suffix(
    text: str, end: int, currency: str, money: bool, dashed: bool
) -> tuple[str, int, str, bool]:
    """Multiplier and currency after the number, in either order."""
    factor = ""
    multiplier = None if dashed else _MULTIPLIER.match(text, end)
    if multiplier:
        factor, end = str(multiplier.lastgroup), multiplier.end()
    code = _AFTER.match(text, end)
    if code:
        found = code["code"]
        if found and found.lower() in ("try", "all", "php", "ft", "lei", "tl", "rs", "rm", "rp"):
            code = code if found.isupper() or found.lower() in ("ft", "lei") else None
    if code:
        new = _SYMBOLS[code["symbol"]] if code["symbol"] else _code(code["code"])
        if code["code"] and new and code["code"].lower() != "dollars":
            currency = new  # "$70-80K CAD": the code is more exact than the sign
        elif not money:
            currency = new
        money, end = True, code.end()
        if not factor:
            late = re.compile(r"\s?k(?![^\W\d_])", re.I).match(text, end)
            if late:
                factor, end = "thousand", late.end()
    if factor == "lakh":
        written = text[:end][-8:].lower()
        named = "lpa" in text[end - 4 : end + 2].lower() or "la" in written or currency == "INR"
        if named or _INDIAN.search(text):
            currency, money = currency or "INR", True
        else:
            factor = ""
    elif factor == "crore":
        currency, money = currency or "INR", True
    elif factor == "thousand" and currency in ("USD", "GBP") and text[:end].lower().endswith("mil"):
        factor = "million"
    return factor, end, currency, money


def millions_are_pay(currency: str) -> bool:
    """Whether ordinary pay in this currency runs to millions."""
    return currency in _LARGE


# --- periods -------------------------------------------------------------------------

_HOUR = (
    r"hours?|hrs?|hourly|stunden?|std|h|heures?|horas?|ora|uur|godz(?:in[aęy]|\.)?|timmen?|time|час"
    r"|годину?|jam"
)
_DAY = (
    r"days?|daily|diem|tag|jour(?:n[ée]e)?|j|d[ií]as?|giorno|giornata|dag|dzie[nń]|diari[oa]s?|день"
    r"|hari|d"
)
_WEEK = r"weeks?|wk|weekly|woche|semaine|semana|settimana|tydzie[nń]|week"
_MONTH = (
    r"months?|mth|mon|mo|monthly|monat|mois|mes|m[eê]s|mese|maand|miesi[aą]c|mies\.?|mc|m-c|m"
    r"|m[åa]ned|m[åa]nad|m[åa]n|m[ěe]s[íi]c|mesiac|месяц|мес|місяць|міс|bulan|lun[aă]|ay|hó(?:nap)?"
)
_YEAR = (
    r"years?|yrs?|y|annum|anno|annual(?:ly)?|jahr|an(?:n[ée]e)?|a[nñ]o|jaar|rok|yearly|[åa]r|pa"
    r"|год|рік|tahun|yıl"
)

_PER = (
    r"(?:/|\\|\bper\b|\bpr\b\.?|\bpro\b|\bpar\b|\ban?\b|\bal\b|\ba\s?la\b|\bpor\b|\balla\b|\ball['’]|\bl['’]"
    r"|\bde\s+l['’]|\bla\b|\bje\b|\bna\b|\bza\b|\bp\.?\s?/|\bp\.|\bim\b|\beach\b|\bevery\b|\bi\b|\bв\b|\bна\b|\bза\b)"
)
_STANDALONE = {
    "hour": r"hourly|p\.?h\.?|p/h|st[uü]ndlich|horaires?|orari[oa]?|godzinowo|/h",
    "day": r"daily|p\.?d\.?|p/d|t[aä]glich|diari[oa]s?|dziennie|tjm|dagelijks|/j",
    "week": r"weekly|p\.?w\.?|w[oö]chentlich|hebdomadaires?|semanal(?:es)?|settimanali?|tygodniowo",
    "month": (
        r"monthly|p\.?c\.?m\.?|p\.?m\.?(?![a-z])|monatlich|mtl\.?|mensuel(?:le)?s?|mensual(?:es)?"
        r"|mensal|mensais|mensil[ei]|maandelijks|miesi[eę]cznie"
        r"|m[ěe]s[íi][čc]n[ěe]|mesa[čc]ne|aylık|lunar"
    ),
    "year": (
        r"annual(?:ly)?|yearly|p\.?\s?a\.?(?![a-z])|p/a|j[aä]hrlich|annuel(?:le)?s?|anual(?:es"
        r"|mente)?"
        r"|anuais|annu[oiae]|jaarlijks|rocznie|lpa|annualised|annualized"
    ),
}
_UNITS = {"hour": _HOUR, "day": _DAY, "week": _WEEK, "month": _MONTH, "year": _YEAR}

_FILLER = (
    r"(?:\(|,|brutto|netto|gross|net|brut|bruts|brutos?|brutas?|l[oó]rd[oi]|bruto|base|salary|pay"
    r"|doe|usd|eur|gbp|pln|cad|aud|chf|paye|umb(?:rella)?|inside|ltd|limited|basic|b2b|uop|vat"
    r"|\+\s?vat|\+\s?(?=per\b)|rate|in\s+total|/\s?(?=per\b)|ctc|fte|pro\s?rata|equivalent"
    r"|full\s?time)"
)
PERIOD_AFTER = re.compile(
    rf"\s{{0,3}}(?:{_FILLER}[\s,)]{{0,2}}){{0,3}}(?:"
    + "|".join(
        rf"(?P<{name}>{_PER}\s?(?:{units})(?![^\W_])"
        rf"|(?<![^\W\d_])(?:{_STANDALONE[name]})(?![^\W_]))"
        for name, units in _UNITS.items()
    )
    + ")",
    re.I,
)
PERIOD_BEFORE = re.compile(
    r"(?P<hour>時給|시급|\btim(?:e)?l[öø]n\b|\buurloon\b|\bhourly\b|\bper[ -]hour\b"
    r"|\bstundenlohn\b|\bstundensatz\b|\bhoraire\b|\bpor hora\b)"
    r"|(?P<day>\bdaily\b|\bday[ -]rate\b|\bper[ -]day\b|\btagessatz\b|\btjm\b|\bper diem\b)"
    r"|(?P<week>\bweekly\b|\bper[ -]week\b|\bw[oö]chentlich)"
    r"|(?P<month>\bm[åa]n[ae]dsl[öø]n\b|\bmaandsalaris\b|月薪|月給|月収|월급|\bmonthly\b"
    r"|\bper[ -]month\b|\bmonats(?:gehalt|lohn)|\bmonatlich|\bmensuel"
    r"|\bmensual|\bmensal|\bmensil|\bmiesi[eę]czn|\bbruttomonats)"
    r"|(?P<year>\b[åa]rsl[öø]n\b|年収|年薪|年俸|연봉|\bannual(?:ly|i[sz]ed)?\b|\byearly\b"
    r"|\bper[ -](?:annum|year)\b|\bp\.a\."
    r"|\b(?:brutto)?-?jahres(?:brutto|ziel|fix|grund)?-?(?:gehalt|lohn|verg)|\bj[aä]hrlich"
    r"|\bannuel|\banual|\bannu[oa]\b|\brocz|\bjaarsalaris|\bRAL\b)",
    re.I,
)
