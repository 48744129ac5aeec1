"""Words that tell pay from other money, in the languages the board reads."""

from __future__ import annotations

import re

PAY_WORD = re.compile(
    r"""\b(?:
        salar(?:y|ies|io|is|ié)\w*|sal[aá]rio\w*|salaires?|salaris\w*|pay(?:s|ing|ment)?\b|paid\b
          |payrate
      | compensation|comp\b|wages?|rates?\b|remunera\w+|rémunération|remuneration|retribu\w+
      | earn(?:s|ings?|ed)?\b|package|gross\b|ctc\b|ote\b|on[- ]target|base\b|stipendio|ral\b
      | \w*gehalt\w*|\w*vergütung\w*|\w*verguetung|bezahlung|\w*lohn\b|verdien\w*|entgelt\w*
      |\w*honorar\w*
      | brutto\w*|brut\b|brute\b|sueldo|bruto\w*|lord[oi]|tarif\w*|fixum|einkommen
      | loon\b|wynagrodzeni\w+|zarobki|pensj\w+|stawk\w+|wide[łl]ki|l[öo]n\b|lønn|doe\b|budget:
      | offer(?:ing|s)?\b|make\b|\$\$
      | зарплат\w*|зарабо\w+|оклад\w*|доход\w*|gaji|maa[sş]\w*|mzd[aoyu]\w*|fizet[ée]s|salariu\w*
      | palkka
    )|年収|年薪|年俸|月薪|月給|月収|時給|給与|薪资|연봉|월급|시급""",
    re.X | re.I,
)

# Words that mean pay by themselves, where "offer" or "rate" may speak of anything.
STRONG_PAY = re.compile(
    r"salar|gehalt|verg[uü]tung|lohn|sueldo|wynagrodz|zarobk|pensj|compensation|wage|remunera|r[ée]mun"
    r"|stipendio|retribu|\bral\b|\bl[öø]n\b|\bpay\b|hourly|per hour|brutto|brut\b|bruto",
    re.I,
)

# Money that is no pay, named before the amount: "signing bonus of $5,000".
OTHER_BEFORE = re.compile(
    r"""\b(?:
        bonus(?:es)?|commission|raised|raising|raise|funding|funded|fundrais\w+|revenues?|arr|mrr
          |aum
      | valu(?:ed|ation)|market|budgets?|signing|sign[- ]?on|referral|refer|stipends?|allowances?
      | reimburse\w*|grants?|deals?|contracts?\s+(?:worth|value\w*)|donat\w+|prizes?|fines?
      |invest\w+
      | savings?|saved|spend\w*|spent|portfolio|turnover|gmv|quota|match\w*|insurance|coverage
      |perks?
      | equity|stock|rsus?|shares|tuition|education|learning|development|wellness
      |wellbeing|gym
      | equipment|home[- ]office|commut\w+|transport\w*|travel|meals?|lunch|internet|phone
      |compute|401\(?k?\)?
      | hra|hsa|fsa|fertility|medical|dental|health\w*|adoption|parental|childcare|premiums?|gifts?
      | credits?|subsid\w+|vouchers?|discounts?|retention|profits?|assets|capital|backed
      |series\s[a-e]
      | benefits?\s+(?:worth|up\s+to|of)|\w*prämien?|\w*zuschuss|\w*budget|prime|participation
      |umsatz|\w*gutschein\w*|\w*tickets?|restaurants?
      | relocation(?:\s+(?:package|support|assistance|bonus))?|acv|tcv|ltv|ebitda|id
      | variable|pays?\s+us
      | worth|employees|users|customers|costs?|price\w*|sales|earned\s+by|loan\w*|debt
      |purchase\w*|orders?
      | payments?\s+of|transactions?|process\w*|billion|fees?|license|sponsor\w*
    )\b""",
    re.X | re.I,
)

# Money that is no pay, named right after the amount: "$500 annual learning budget".
_LINK = (
    r"(?:(?!plus\b|and\b|with\b|incl\w*\b|or\b|base\b|based\b|salary\b|gross\b|depend\w*\b"
    r"|doe\b)"
    r"[\w'’%-]+\s+)"
)
OTHER_AFTER = re.compile(
    rf"""[\s(]*(?:(?:in|of|for|towards?|as|to\s+spend\s+on|on)\s+)?{_LINK}{{0,4}}
    (?:bonus(?:es)?|sign(?:ing)?[- ]?on|signing|referral|stipends?|allowances?|budgets?|reimburse\w*
      | grants?|deals?|contracts?|funding|rounds?|revenues?|arr|mrr|aum|assets|valuation|market
      |sales
      | bookings|investments?|seed|series|savings|portfolio|turnover|gmv|quota|prizes?|fines?
      |match\w*
      | equity|stock|rsus?|shares|options|insurance|coverage|perks?|relocation|tuition|credits?
      | users?|customers?|clients?|employees|people|members|engineers|developers|companies
      |businesses
      | staff|patients|transactions|downloads|stores|students|followers|merchants|subscribers
      |accounts
      | professionals|colleagues|requests|events|hours?|days|learning|wellness|gym|commuter
      |vouchers?
      | exploits?|contributions?|pension|car|zuschuss|gutschein\w*|umsatz|mitarbeiter\w*|kunden
      |commission
      | retention|raised|profits?|capital|loans?|lines|stars|rows|nodes|servers|qps|rps|records
      |points|miles
      | premiums?|sabbaticals?|flexible\s+benefits|flex\s+fund
      | \w*budgets?|tri?llion|zuschüsse|tickets?
      | gift\w*|transport\w*|transit|travel\w*|lunch\w*|meals?|food|phone|internet|childcare|books?
      | conferences?|courses?|charit\w+|donat\w+|equipment|holidays?|home[- ]office|workspace
      |coworking
      | sq\w*|steps|projects|orders|products|parts|vehicles|locations|volts?|feet|meters|words
      |visitors)\b""",
    re.X | re.I,
)

# "+ £5k bonus", "plus a $10,000 sign-on": an extra to pay stated before it.
EXTRA_BEFORE = re.compile(
    r"(?:\+|\bplus\b|\band\b|&|,)\s*(?:up to|an?|approx\.?|circa|c\.?|variable)?\s*(?:an?\s+)?\Z",
    re.I,
)

UP_TO = re.compile(
    r"(?:\bup\s?to|\bbis\s+zu|\bbis|\bjusqu['’]?\s?(?:à|a|au)|\bhasta|\bat[eé]|\bfino\s+a|\btot"
    r"|\bmax(?:imum|imal)?"
    r"\.?:?|\bunder|\bless\s+than|\bno\s+more\s+than|\bm[aá]ximo(?:\s+de)?|\bdo|\btil"
    r"|\bto\s+a\s+max(?:imum)?\s+of"
    r"|\bbelow|\bдо|<|≤)\s*(?:a\s+)?(?:circa|c\.|ca\.|approx\.?|around)?\s*\Z",
    re.I,
)
FROM = re.compile(
    r"(?:\bfrom|\bab|\bstart(?:s|ing)?(?:\s+(?:salary|pay|rate|wage))?(?:\s+(?:at|from|of|is"
    r"|with))?|\bmin(?:imum)?"
    r"(?:\s+of)?\.?:?|\bat\s+least|\bmindestens|\b[àa]\s+partir\s+d[eo]|\bd[eè]s|\bdesde|\bvanaf"
    r"|\bod"
    r"|\bminimum\s+(?:\w+\s+)?(?:salary|pay|wage)(?:\s+(?:of|is))?:?"
    r"|\bmindest\w*(?:gehalt|lohn|entgelt|verg[uü]tung)\b[^\d\n€$£]{0,35}|\bот|\bвід"
    r"|\bmore\s+than|\bover|\babove|\bm[ií]nimo(?:\s+de)?|\bpartire\s+da|>|≥)\s*(?:circa|c\.|ca\."
    r"|approx\.?)?\s*\Z",
    re.I,
)
PLUS = re.compile(
    r"\s?\+(?!\s*(?:bonus|ben|equity|comm|car\b|pension|stock|package|pkg|ote|super|tax|vat|shift"
    r"|excellent|"
    r"overtime|training|allowance|holiday|health|great|full|inside|profit|tips|perks|competitive"
    r"|options|rsu|mwst"
    r"|prov|variab|prime\b|pr[äa]mie|\+|up\s+to|[£$€]?\s?\d|\w+\s+bonus))(?=\s|$|[,.;|)/&]|p)"
    r"|\s+(?:and\s+(?:up|above)|or\s+more|upwards|aufwärts|or\s+above|y\s+más|et\s+plus)\b",
    re.I,
)
RANGE_LINK = re.compile(
    r"\s*(?:[-–—‒−‐‑~～〜]|\bдо\b|\.{2,3}|…|\bto\b|\bbis(?:\s+zu)?\b|\b[àa]\b|\bal\b|\bat[eé]\b|\btot\b|\bdo\b"
    r"|\bthrough\b|\bthru\b|\bup\s?to\b|-\s?up\s?to|\btil\b|\bhasta\b|\be\s+i\b|\bup\s+to\b|<->"
    r"|->|→|to\s+a\s+max\w*\s+of"
    r"|\bjusqu['’]?[àa]\b)\s*",
    re.I,
)
AND_LINK = re.compile(r"\s*(?:\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|&|\ba\b)\s*", re.I)
BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|tra|fra|tussen|mi[eę]dzy|pomi[eę]dzy|from|range(?:s"
    r"|d)?(?:\s+(?:of|is))?)\s*"
    r"(?:[\w.]{1,8}\s)?\Z",
    re.I,
)
OTE = re.compile(
    r"\b(?:ote|o\.t\.e\.?|on[- ]target(?:[- ]earnings?)?|total\s+(?:target\s+)?(?:cash|earnings?"
    r"|comp(?:ensation)?)"
    r"|target\s+(?:total\s+)?(?:cash|earnings?|comp(?:ensation)?)|target\s+earnings|zielgehalt"
    r"|jahreszielgehalt|ttc|otc)\b",
    re.I,
)
BASE = re.compile(
    r"\b(?:base|basic|basis|fix(?:ed|um|gehalt)?|grundgehalt|salary|guaranteed)\b", re.I
)
ESTIMATE = re.compile(
    r"\s*\(?\s*(?:glassdoor|employer|indeed|adzuna|linkedin)?\s*(?:\best\.|\best\b\.?\)"
    r"|\(estimated?\)|\bestimate\b)",
    re.I,
)
ESTIMATE_BEFORE = re.compile(
    r"\b(?:(?:glassdoor|adzuna|indeed|linkedin|market)\s+(?:salary\s+)?estimate\w*"
    r"|estimated\s+by\s+\w+"
    r"|(?:salary|pay)\s+(?:estimate|prediction)|predicted\s+salary)\b[^\n.]{0,20}\Z",
    re.I,
)
LISTED_AFTER = re.compile(r"\s*(?:[/,|;]|\bor\b|\band\b|\bUmb\w*|\bPAYE\b|\bLtd\b|\s)*\s*", re.I)
# What is paid by the piece has no period that pay could be compared by.
PIECE_AFTER = re.compile(
    r"\s?(?:per|/|an?|each|pro|par)\s?(?:article|word|post|page|task|project|video|lesson|class"
    r"|session|deliver\w+|mile|km|unit|piece|shift|visit|case|user|seat|licen[cs]e|lead|sale"
    r"|referral|click|survey|interview|ticket|order|transaction|customer|employee|person|head)s?\b",
    re.I,
)
NOUN_AFTER = re.compile(
    r"\s?[-–]?\s?(?:hours?|hrs?|days?|weeks?|months?|years?|yrs?|minutes?|mins?|seconds?"
    r"|employees|people|staff|users?"
    r"|customers?|clients?|members?|engineers?|developers?|countries|offices|locations|cities"
    r"|states|teams?|positions?"
    r"|openings?|vacanc\w+|stunden|tage|urlaubstage|monate|jahre|mitarbeiter\w*|kunden|heures"
    r"|jours|mois|ans|horas"
    r"|d[ií]as|meses|a[nñ]os|anos|dias|uur|dagen|jaar|dni|lat|godzin|x\b|th\b|st\b|nd\b|rd\b"
    r"|\+\s?years?|%|°|km\b|kg\b"
    r"|gb\b|tb\b|mb\b|ms\b|hz\b|mph\b|miles?\b|companies|students?|businesses|stores"
    r"|million\s+\w+)",
    re.I,
)
