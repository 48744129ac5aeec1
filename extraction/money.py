"""Amounts of money in running text: numbers, multipliers, currencies.

`amounts(text)` finds every number that could be an amount, in order, with the
currency and multiplier written at it. It judges nothing: whether an amount is pay is
decided by `extraction.payjudge`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extraction.common import word_set
from extraction.periods import PERIOD_AFTER

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
    "r": "BRL", "brl": "BRL", "clp": "CLP", "cop": "COP", "ars": "ARS", "rd": "DOP",
}  # fmt: skip

_ISO = word_set(
    """USD EUR GBP CHF CAD AUD NZD PLN CZK SEK NOK DKK ISK HUF RON BGN HRK RSD UAH RUB TRY
    ILS AED SAR QAR KWD BHD OMR JOD EGP MAD TND ZAR NGN KES GHS UGX TZS INR PKR BDT LKR
    NPR CNY JPY KRW TWD HKD SGD MYR THB IDR VND PHP KZT GEL AMD BRL MXN ARS CLP COP PEN
    UYU CRC DOP BOB PYG GTQ"""
)

# Written names that are no ISO code. An empty value is money of an unknown country.
_NAMES = {
    "euros": "EUR", "euro": "EUR", "eur.": "EUR",
    "euroa": "EUR", "eurot": "EUR", "eura": "EUR", "pounds": "GBP", "pound": "GBP",
    "quid": "GBP", "sterling": "GBP", "dollars": "USD", "us dollars": "USD",
    "canadian dollars": "CAD", "australian dollars": "AUD", "swiss francs": "CHF",
    "schweizer franken": "CHF", "franken": "CHF", "francs suisses": "CHF", "sfr": "CHF",
    "sfr.": "CHF", "fr.": "CHF", "zł": "PLN", "zl": "PLN", "złotych": "PLN", "zloty": "PLN",
    "zlotych": "PLN", "kč": "CZK", "kc": "CZK", "ft": "HUF", "lei": "RON", "rs.": "INR",
    "rs": "INR", "rupees": "INR", "reais": "BRL", "nis": "ILS", "rmb": "CNY", "yuan": "CNY",
    "yen": "JPY", "rm": "MYR", "rp": "IDR", "rp.": "IDR", "dhs": "AED", "dirhams": "AED",
    "ksh": "KES", "kr": "", "kr.": "", "kronor": "SEK", "rand": "ZAR", "tl": "TRY",
    "грн": "UAH", "руб": "RUB", "руб.": "RUB", "рублей": "RUB", "лв": "BGN", "лв.": "BGN",
    "円": "JPY", "元": "CNY", "원": "KRW", "e": "EUR", "pesos": "MXN", "pesos mexicanos": "MXN",
    "pesos argentinos": "ARS", "pesos colombianos": "COP", "pesos chilenos": "CLP", "taka": "BDT",
}  # fmt: skip
# Short names that are a currency only as they stand here.
_EXACT = {"Bs": "BOB", "Tk": "BDT", "Php": "PHP"}
# Letters that are a currency only before a number with thousands apart: "P25,000".
_LETTERS = {"P": "PHP", "N": "NGN", "Q": "GTQ"}

CURRENCIES = frozenset(_ISO)

# Where a salary is stated in millions, "15M" is pay and no funding round.
_LARGE = frozenset({"IDR", "VND", "COP", "CLP", "JPY", "KRW", "PYG", "UGX", "TZS", "NGN", "HUF"})
_MIDDLE = word_set(
    """INR PKR LKR BDT NPR PHP THB TWD RUB ISK CZK ZAR KES EGP MXN ARS CRC DOP SEK NOK DKK AMD"""
)


def _words(values: object) -> str:
    return "|".join(re.escape(v) for v in sorted(values, key=len, reverse=True))  # type: ignore[call-overload]


_SYMBOL_CLASS = "[" + "".join(s for s in _SYMBOLS if s not in "$＄") + "]"
_ONLY_AFTER = word_set(
    """ft kc kč lei tl 円 元 원
    euro euros euroa eurot eura pounds pound dollars franken yen yuan e pesos taka"""
)
_CAPITALS = word_set("""ron try all cop php mad rm""")
_CODES_AFTER = _words([*_ISO, *(name for name in _NAMES if name != "e")])

_CIRCA = re.compile(r"(?:(?<![^\W\d_])(?:c|ca|circa|approx)\.?|[~≈>])\s?\Z", re.I)

_NUMBER = re.compile(
    r"""(?:
        [1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3}){1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?
      | [1-9]\d{0,2}['’]\d{3}[.,]\d{3}(?!\d)
      | [1-9]\d{0,2}(?:['’]\d{3}){1,3}(?!\d)(?:[.,]\d{1,2}(?!\d))?
      | [1-9]\d{0,2}(?:,\d{3}){1,3}(?!\d)(?:\.\d{1,4}(?!\d))?
      | [1-9]\d?(?:,\d{2}){1,3},\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?
      | [1-9]\d{0,2}(?:\.\d{3}){1,3}(?!\d)(?:,\d{1,2}(?!\d))?
      | \d++(?:[.,]\d{1,2}(?!\d))?
    )""",
    re.X,
)
_DIGIT = re.compile(r"\d")
_DASH_END = re.compile(r"[.,](?:--|[–—-])(?=\s|$|[€$£])")

_MULTIPLIER = re.compile(
    r"""\s?(?:
        (?P<thousand>k(?![^\W\d_])|k(?=€|£|\$|eur|usd|gbp|pln|chf|cad|/|p/|pa\b|pm\b|dkk|sek|nok)
          |k(?=e(?!\w))|tsd\.?(?!\w)|tys\.?(?!\w)|thousand\b|tausend\b|mila\b|mil\b(?!\.)
          |t(?=\s?(?:€|eur))|к(?!\w)|т(?:ыс|ис)\b\.?)
      | (?P<lakh>lakhs?\b|lacs?\b|lpa\b|l(?=pa\b|\.p\.a)|l\b(?!\.))
      | (?P<crore>crores?\b|cr\b)
      | (?P<myriad>[万萬만])
      | (?P<million>m(?![^\W\d_])|m(?=€)|mm\b|mn\b|mio\b\.?|mln\b|million\b|millions\b
          |millionen\b|milli[oó]ns?\b|millones\b|milh[oõ]es\b|bn\b|b(?![^\W\d_])|billions?\b
          |juta\b|triệu\b|mrd\b|milliarden\b|bilh[oõ]es\b)
    )""",
    re.X | re.I,
)
_AFTER = re.compile(
    rf"""\s?(?:
        (?P<symbol>{_SYMBOL_CLASS}|[$＄])(?!\s?\d)
      | (?P<code>(?:{_CODES_AFTER})(?![^\W_])|[円元원]|(?<=k)e(?!\w)|e(?=/(?:h|kk|mois|an)\b))
      | \((?P<inside>{_words(_ISO)}|€)\)
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
    if last == ";":
        entity = _ENTITY.search(text, max(0, end - 8), end)
        return (entity.start(), _ENTITIES[entity[1]], True) if entity else (start, "", False)
    if last in "/.DdSsU":
        spelt = _SPELT.search(text, max(0, end - 4), end)
        if spelt:
            return spelt.start(), str(spelt.lastgroup), True
    if last == ":":
        label = _LABEL.search(text, max(0, end - 8), end)
        if label:
            return label.start(), _SYMBOLS.get(label[1]) or _code(label[1]), True
    stop = end - 1 if last in ".:" else end
    begin = _word_start(text, stop, 9)
    name = text[begin:stop]
    if name in _EXACT or name in _LETTERS:
        return begin, _EXACT.get(name) or _LETTERS[name], True
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


_ENTITIES = {"pound": "GBP", "euro": "EUR", "yen": "JPY", "#163": "GBP", "#8364": "EUR"}
_ENTITY = re.compile(rf"&({'|'.join(_ENTITIES)});\s?\Z")
_SPELT = re.compile(r"(?<![^\W_])(?:(?P<PEN>S/\.?)|(?P<USD>U\$[DS]|u\$[sd])|(?P<UYU>\$U))\s?\Z")
# A currency as the label of its amount: "Salary (EUR): 50-60k", "Salary, €: 50,000".
_LABEL = re.compile(rf"\(?({_words([*_ISO, *'€£'])})\)?:\Z")


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
    position = 0
    while True:
        digit = _DIGIT.search(text, position)
        if digit is None:
            return
        start = digit.start()
        found = _NUMBER.match(text, start)
        if found is None:
            return
        raw = found.group()
        position = end = found.end()
        if len(raw) > 18 or text[start - 1 : start].isdecimal():
            continue
        begin, currency, money = _before(text, start)
        thousands = currency == "EUR" and _THOUSANDS_BEFORE.search(text, max(0, begin - 2), begin)
        if thousands:
            begin -= 1
        left = text[begin - 1] if begin else " "
        glued = (left.isalpha() and left < _IDEOGRAPHS) or left in "#@_/\\&=%"
        if glued and not money:
            circa = _CIRCA.search(text[max(0, start - 8) : start])
            glued = not circa
        if currency in _SHORT and _is_number_of_record(text, begin, found, currency):
            begin, currency, money, glued = start, "", False, True
        dash = _DASH_END.match(text, end)
        if dash:
            end = dash.end()
        factor, end, currency, money = _suffix(text, end, currency, money, dash is not None)
        value = parse_number(raw)
        if thousands and not factor and value < 1000:
            factor = "thousand"
        if factor == "thousand" and left == "/" and text[begin - 2 : begin - 1].isdigit():
            glued = False  # "38/45k"
        if factor == "thousand" and re.fullmatch(r"\d{1,3}[.,]\d{3}", raw):
            value /= 1000  # "102.800K" says 102.8 thousand
        yield Amount(begin, end, start, found.end(), value, factor, currency, money, raw, glued)


_THOUSANDS_BEFORE = re.compile(r"(?<![^\W_])[kK]\Z")
_IDEOGRAPHS = "\u2e80"
"""Where scripts begin that put no blank between a word and a number."""
_SHORT = frozenset({"ZAR", "PEN", *_LETTERS.values()})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d\d)?")


def _is_number_of_record(text: str, begin: int, found: re.Match[str], currency: str) -> bool:
    """Whether a letter and digits are an id or a name and no pay: "R009482", "S/4HANA", "Q 3"."""
    raw = found.group()
    if currency == "PEN":
        return text[found.end() : found.end() + 1].isalpha()
    if text[begin] in _LETTERS and text[begin : found.start()].strip() in _LETTERS:
        return not _GROUPED.fullmatch(raw)
    if currency != "ZAR":
        return False
    if begin + 1 != found.start() or len(raw) < 5 or not raw.isdigit():
        return False
    return raw[0] == "0" or not PERIOD_AFTER.match(text, found.end())


_INDIAN = re.compile(r"₹|\b(?:INR|LPA|CTC|lakhs?|lacs?|crores?|\d\s?cr)\b", re.I)


def currency_after(text: str, at: int) -> tuple[str, int]:
    """The currency written at a place, after a plus sign say, and where it ends."""
    found = _AFTER.match(text, at)
    named = (found["code"] or found["inside"] or "") if found else ""
    if not found or not (found["symbol"] or named == "€" or named.upper() in CURRENCIES):
        return "", at
    return _SYMBOLS.get(found["symbol"] or named) or _code(named), found.end()


_NATIVE = {"triệu": "VND", "juta": "IDR"}
"""Multipliers that one country alone writes."""
_DOLLAR_CODES = frozenset(code for code in _DOLLARS.values() if code != "USD")


def dollar_after(text: str, at: int) -> tuple[str, int]:
    """Which dollar a code behind "$" names, and where the code ends: "150 000 $ CAD"."""
    code, end = currency_after(text, at)
    return (code, end) if code in _DOLLAR_CODES else ("", at)


def _suffix(
    text: str, end: int, currency: str, money: bool, dashed: bool
) -> tuple[str, int, str, bool]:
    """Multiplier and currency after the number, in either order."""
    factor = ""
    multiplier = None if dashed else _MULTIPLIER.match(text, end)
    if multiplier:
        factor, end = str(multiplier.lastgroup), multiplier.end()
        native = _NATIVE.get(multiplier.group().strip().lower())
        if native:
            currency, money = currency or native, True
    code = _AFTER.match(text, end)
    if code:
        found = code["code"] or code["inside"]
        if found and found.lower() in ("try", "all", "php", "ft", "lei", "tl", "rs", "rm", "rp"):
            code = code if found.isupper() or found.lower() in ("ft", "lei") else None
    if code:
        new = _SYMBOLS.get(code["symbol"] or found) or _code(found)
        vague = found and found.lower() in ("dollars", "pesos") and currency not in ("", "USD")
        if found and new and not vague:
            currency = new  # "$70-80K CAD": the code is more exact than the sign
        elif not money:
            currency = new
        money, end = True, code.end()
        if code["symbol"] and currency == "USD":
            dollar, end = dollar_after(text, end)
            currency = dollar or currency
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


def few_millions_are_pay(currency: str) -> bool:
    """Whether a year's pay in this currency can be some millions: "₹3M", "R1.2m"."""
    return currency in _MIDDLE
