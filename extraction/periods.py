"""Words that name what time an amount is paid for, behind it or before it.

The name of the matched group is the period: hour, day, week, month or year.
"""

from __future__ import annotations

import re

_HOUR = (
    r"hours?|hrs?|hourly|stunden?|std|h|heures?|horas?|ora|uur|godz(?:in[aęy]|\.)?|timmen?|timen?|tim|tunti|час"
    r"|годину?|jam"
)
_DAY = (
    r"days?|daily|diem|tag|jour(?:n[ée]e)?|j|d[ií]as?|giorno|giornata|dag|dzie[nń]|diari[oa]s?|день"
    r"|hari|d"
)
_WEEK = r"weeks?|wk|weekly|woche|semaine|semana|settimana|tydzie[nń]|week"
_MONTH = (
    r"months?|mth|mon|mo|monthly|monat|mois|mes|m[eê]s|mese|maand|miesi[aą]c|mies\.?|mc|m-c|m"
    r"|m[åa]ned|m[åa]nad|m[åa]n|m[ěe]s[íi]c|mesiac|месяц|мес|місяць|міс|bulan|mesec|lun[aă]|ay|hó(?:nap)?|kk|md\.?|m[åa]neden|m[åa]naden|kuukausi|kuukaudessa"
)
_YEAR = (
    r"years?|yrs?|y|annum|anno|annual(?:ly)?|jahr|an(?:n[ée]e)?|a[nñ]o|jaar|rok|yearly|[åa]ret|[åa]r|vuosi|vuodessa|pa"
    r"|год|рік|tahun|yıl"
)

_PER = (
    r"(?:[/⁄∕]|\\|\bper\b|\bom\b|\bpr\b\.?|\bpro\b|\bpar\b|\ban?\b|\bal\b|\ba\s?la\b|\bpor\b|\balla\b|\ball['’]|\bl['’]"
    r"|\bde\s+l['’]|\bla\b|\bje\b|\bna\b|\bza\b|\bp\.?\s?/|\bp\.|\bim\b|\beach\b|\bevery\b|\bi\b|\bв\b|\bна\b|\bза\b)"
)
_STANDALONE = {
    "hour": (
        r"hourly|(?:brutto)?stunden(?:lohn|satz)|uurloon|p\.?h\.?"
        r"|p/h|st[uü]ndlich|horaires?|orari[oa]?|godzinowo|/h"
    ),
    "day": r"daily|p\.?d\.?|p/d|t[aä]glich|diari[oa]s?|dziennie|tjm|dagelijks|/j",
    "week": r"weekly|p\.?w\.?|w[oö]chentlich|hebdomadaires?|semanal(?:es)?|settimanali?|tygodniowo",
    "month": (
        r"monthly|(?:brutto)?monats(?:gehalt|lohn|brutto)|p\.?c\.?m\.?|p\.?m\.?(?![a-z])|monatlich|mtl\.?|mensuel(?:le)?s?|mensual(?:es)?"
        r"|mensal|mensais|mensil[ei]|maandelijks|miesi[eę]cznie"
        r"|m[ěe]s[íi][čc]n[ěe]|mesa[čc]ne|aylık|lunar"
    ),
    "year": (
        r"annual(?:ly)?|yearly|(?:brutto)?jahres(?:gehalt|lohn|brutto|bruttogehalt)|ral|b/a|p\.?\s?a\.?(?![a-z])|p/a|j[aä]hrlich|annuel(?:le)?s?|anual(?:es"
        r"|mente)?"
        r"|anuais|annu[oiae]|jaarlijks|rocznie|lpa|annualised|annualized"
    ),
}
_UNITS = {"hour": _HOUR, "day": _DAY, "week": _WEEK, "month": _MONTH, "year": _YEAR}

_FILLER = (
    r"(?:\(|,|brutto|netto|gross|net|brut|bruts|brutos?|brutas?|l[oó]rd[oi]|bruto|base|salary|pay"
    r"|doe|usd|eur|gbp|pln|cad|aud|chf|paye|umb(?:rella)?|inside|ltd|limited|basic|b2b|uop|vat"
    r"|/-|\+\s?vat|\+\s?(?=per\b)|rate|in\s+total|/\s?(?=per\b)|ctc|fte|pro\s?rata|equivalent"
    r"|full\s?time"
    r"|hour(?=\s+hourly)|year(?=\s+annually)|month(?=\s+monthly)|week(?=\s+weekly)|day(?=\s+daily))"
)
PERIOD_AFTER = re.compile(
    rf"\s{{0,3}}(?:{_FILLER}[\s,)]{{0,2}}){{0,3}}(?:"
    + "|".join(
        rf"(?P<{name}>{_PER}\s?(?:{units})(?:(?![^\W_])|(?-i:(?<=[a-z]{{3}})(?=[A-Z][a-z])))"
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
# What PERIOD_BEFORE finds holds one of these.
PERIOD_STEMS = (
    "hour", "horaire", "hora", "stunden", "uurl", "tim", "dai", "day", "tage", "tjm", "per", "week",
    "woch", "wöch", "lön", "løn", "lon", "maands", "month", "monat", "mens", "miesi", "year", "ann",
    "anual", "jahres", "jähr", "jaehr", "rocz", "jaars", "ral", "p.a",
    "時給", "月", "年", "월", "연", "시",
)  # fmt: skip
