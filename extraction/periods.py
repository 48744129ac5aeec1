"""Words that name what time an amount is paid for, behind it or before it.

The name of the matched group is the period: hour, day, week, month or year.
"""

from __future__ import annotations

import re

_HOUR = (
    r"hours?|giờ|hrs?|hourly|stunden?|std|h|小时|小時|時間|시간|heures?|horas?|ora|uur"
    r"|godz(?:in[aęy]|\.)?|timmen?|timen?|tim|tunti|час"
    r"|годину?|jam"
)
_DAY = (
    r"days?|日|天|daily|diem|tag|jour(?:n[ée]e)?|j|d[ií]as?|giorno|giornata|dag|dzie[nń]"
    r"|diari[oa]s?|день"
    r"|hari|d"
)
_WEEK = r"weeks?|wk|weekly|woche|semaine|semana|settimana|tydzie[nń]|week"
_MONTH = (
    r"months?|tháng|月|월|mth|mon|mo|monthly|monat|mois|mes|m[eê]s|mese|maand|miesi[aą]c|mies\.?"
    r"|mc|m-c|m"
    r"|m[åa]ned|m[åa]nad|m[åa]n|m[ěe]s[íi]c|mesiac|месяц|мес|місяць|міс|bulan|mesec"
    r"|lun[aă]|ay|hó(?:nap)?|μήνα|m[ėe]n|mt|kuus|kk|md\.?|m[åa]neden|m[åa]naden|kuukausi"
    r"|kuukaudessa"
)
_YEAR = (
    r"(?:school\s|academic\s)?years?|năm|年|년|yrs?|y|annum|anno|annual(?:ly)?|jahr"
    r"|an(?:n[ée]e)?|a[nñ]o|jaar|rok|yearly|[åa]ret|[åa]r|vuosi|vuodessa|pa"
    r"|έτος|год|рік|tahun|yıl"
)

_PER = (
    r"(?:[/⁄∕]|\\|\bper\b|\bom\b|\bpr\b\.?|\bpro\b|\bpar\b|\ban?\b|\bal\b|\ba\s?la\b"
    r"|\bpor\b|\balla\b|\ball['’]|\bl['’]"
    r"|\bde\s+l['’]|\bla\b|\bje\b|\bna\b|\bza\b|\bp\.?\s?/|\bp\.|\bim\b|\beach\b"
    r"|\bevery\b|\bi\b|\bdie\b|\bв\b|\bна\b|\bза\b"
    r"|\bper[_-]|每|毎)"
)


def _behind_code(unit: str) -> str:
    """The bare unit, as in "5000 EUR month"; its letters first, as they are found fastest."""
    return rf"{unit}(?<=(?-i:[A-Z][A-Z][A-Z])\s{unit})"


_STANDALONE = {
    "hour": (
        r"hourly|(?:brutto)?stunden(?:lohn|satz)|uurloon|p\.?h\.?|p/u|(?-i:HOUR)"
        rf"|{_behind_code('hour')}"
        r"|p/h|st[uü]ndlich|horaires?|orari[oa]?|godzinowo|/h"
    ),
    "day": r"daily|p\.?d\.?|p/d|t[aä]glich|diari[oa]s?|dziennie|tjm|dagelijks|/j|(?-i:DAY)"
    rf"|{_behind_code('day')}",
    "week": r"weekly|p\.?w\.?|w[oö]chentlich|hebdomadaires?|semanal(?:es)?|settimanali?|tygodniowo"
    rf"|(?-i:WEEK)|{_behind_code('week')}",
    "month": (
        r"monthly|(?:brutto)?monats(?:gehalt|lohn|brutto)|p\.?c\.?m\.?|p\.?m\.?(?![a-z])"
        r"|monatlich|mtl\.?|mensuel(?:le)?s?|mensual(?:es)?"
        r"|mensal|mensais|mensil[ei]|maandelijks|miesi[eę]cznie"
        r"|m[ěe]s[íi][čc]n[ěe]|mesa[čc]ne|aylık|lunar|(?-i:MONTH)"
        rf"|kuukaudessa|{_behind_code('month')}"
    ),
    "year": (
        r"annual(?:ly)?|yearly|(?:brutto)?jahres(?:gehalt|lohn|brutto|bruttogehalt)|ral"
        r"|b/a|p\.?\s?a\.?(?![a-z])|p/a|j[aä]hrlich|annuel(?:le)?s?|anual(?:es"
        r"|mente)?"
        r"|anuais|annu[oiae]|jaarlijks|rocznie|lpa|annualised|annualized|(?:1\s)?(?-i:YEAR)"
        rf"|{_behind_code('year')}"
    ),
}
_UNITS = {"hour": _HOUR, "day": _DAY, "week": _WEEK, "month": _MONTH, "year": _YEAR}

_FILLER = (
    r"(?:\(|,|brutto|netto|netti|gross|nets?|brut|bruts|brutos?|brutas?|l[oó]rd[oi]"
    r"|bruto|netos?|netas?"
    r"|l[ií]quid[oa]s?|libres?|base|salary|pay"
    r"|doe|usd|eur|gbp|pln|cad|aud|chf|paye|umb(?:rella)?|inside|ltd|limited|basic|b2b|uop|vat"
    r"|ht|ttc|/-|\+\s?vat|\+\s?(?=per\b)|rate|in\s+total|/\s?(?=per\b)|ctc|fte"
    r"|pro\s?rata|equivalent"
    r"|full\s?time"
    r"|hour(?=\s+hourly)|year(?=\s+annually)|month(?=\s+monthly)|week(?=\s+weekly)"
    r"|day(?=\s+daily))"
)
PERIOD_AFTER = re.compile(
    rf"\s{{0,3}}(?:{_FILLER}[\s,)]{{0,2}}){{0,4}}(?:"
    + "|".join(
        rf"(?P<{name}>{_PER}\s?(?:{units})(?:(?![^\W_])|(?-i:(?<=[a-z]{{3}})(?=[A-Z][a-z])))"
        rf"|(?<![^\W\d_])(?:{_STANDALONE[name]})(?![^\W_]))"
        for name, units in _UNITS.items()
    )
    + ")",
    re.I,
)
PERIOD_BEFORE = re.compile(
    r"(?P<hour>時給|时薪|時薪|시급|\btim(?:e)?l[öø]nn?\b|\buur(?:loon|tarief)\b|\bhourly\b"
    r"|\bper[ -]hour\b|\bgodzinow"
    r"|\bstundenlohn\b|\bstundensatz\b|\bhoraire\b|\bpor hora\b)"
    r"|(?P<day>日給|日薪|일급|\bdaily\b|\bday[ -]rate\b|\bper[ -]day\b|\btagessatz\b|\btjm\b"
    r"|\bper diem\b)"
    r"|(?P<week>\bweekly\b|\bper[ -]week\b|\bw[oö]chentlich)"
    r"|(?P<month>\bm[åa]n[ae]dsl[öø]nn?\b|\bmaand(?:salaris|loon)\b|月薪|月給|月収|월급|\bmonthly\b"
    r"|\bper[ -]month\b|\bmonats\w*(?:gehalt|lohn|entgelt|brutto|verg)|\bmonatlich|\bmensuel"
    r"|\bmensual|\bmensal|\bmensil|\bmiesi[eę]czn|\bbruttomonats)"
    r"|(?P<year>\b[åa]rsl[öø]nn?\b|年収|年薪|年俸|연봉|\bannual(?:ly|i[sz]ed)?\b|\byearly\b"
    r"|\bper[ -](?:annum|year)\b|\bp\.a\."
    r"|\b(?:brutto)?-?jahres[\w-]*(?:gehalt|lohn|verg|entgelt|brutto)|\bj[aä]hrlich"
    r"|\bannuel|\banual|\bannu[oa]\b|\brocz|\bjaarsalaris|\bRAL\b)",
    re.I,
)
# What PERIOD_BEFORE finds holds one of these.
PERIOD_STEMS = (
    "hour", "horaire", "hora", "stunden", "godz", "uurl", "uurt", "tim", "dai", "day", "tage",
    "tjm", "per", "week", "woch", "wöch", "lön", "løn", "lon", "maandl", "maands", "month", "monat",
    "mens", "miesi", "year", "ann", "anual", "jahres", "jähr", "jaehr", "rocz", "jaars", "ral",
    "p.a", "時給", "时薪", "時薪", "日", "月", "年", "월", "연", "시", "일급",
)  # fmt: skip
