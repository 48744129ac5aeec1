"""Types of employment that a title or text states: full time, contract, internship and so on.

A title is asked first, then labels of the text ("Job type: Contract"), then whole
statements ("this is a full-time position"). The lone word in prose says nothing: benefits
for "full-time employees" are no statement about the job. What a field of a system holds is read
by `stated`, which knows the same words and takes a wording only as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.common import as_text, near, or_none

SHORT = 300
"""A text up to this many characters, of one line, is read like a title: headers of boards."""

TYPES = (
    "full_time", "part_time", "contract", "freelance", "temporary", "internship", "volunteer",
)  # fmt: skip

_WORDS = {
    "full_time": (
        r"full[\s-]?time|vollzeit\w*|[àa]\s+temps\s+(?:plein|complet)|temps\s+plein|tiempo\s+completo"
        r"|jornada\s+completa|(?:tempo|per[íi]odo)\s+integral|tempo\s+pieno|voltijds?|heltid|fuldtid"
        r"|pe[łl]n\w+\s+(?:etat\w*|wymiar\w*)"
    ),
    "part_time": (
        r"part[\s-]?time|teilzeit\w*|(?:[àa]\s+)?temps\s+partiel|mi[\s-]temps|tiempo\s+parcial"
        r"|medi[ao]\s+(?:jornada|tiempo)|jornada\s+parcial|meio\s+per[íi]odo|tempo\s+parcial"
        r"|tempo\s+parziale|deeltijd\w*|deltid|p[óo][łl]\s+etatu|niepe[łl]n\w+\s+(?:etat\w*"
        r"|wymiar\w*)|working\s+student|werkstudent\w*|studentische\w*\s+(?:hilfskraft|aushilfe)"
        r"|mini-?job\w*"
    ),
    "contract": (
        r"contract(?:or|ing)?s?(?=\s*(?:$|[)\]|,;/–-]|\d|to\s+hire|\+|role|position|job|opportunity"
        r"|assignment|basis|w2|c2c))|contract(?=\s[a-z.#+]+(?:\s|$))|c2c|c2h|contract[\s-]to[\s-]hire|corp[\s-]to[\s-]corp"
        r"|b2b(?=\s*(?:$|[)\],;/|+–-]|contract|kontrakt|lub|albo|or))|kontrakt\s+b2b|1099"
    ),
    "freelance": (
        r"freelanc\w+|freiberuf\w*|freie[rn]?\s+mitarbeit\w*|en\s+freelance|trabajo\s+aut[óo]nomo"
        r"|partita\s+iva|zzp(?:'?er)?"
    ),
    "temporary": (
        r"temporary|seasonal|fixed[\s-]term|interim(?!\s+housing)|temp(?=\s*(?:$|[)\]|,;/–-]|\s[a-z]))"
        r"|(?:maternity|paternity|parental\s+leave)\s+cover\w*|befristet\w*|zeitarbeit|\w*elternzeitvertretung|\w*schwangerschaftsvertretung"
        r"|ftc(?=\s*(?:$|[)\]|,;/–-]))|cdd(?!\w)|dur[ée]e\s+d[ée]termin[ée]e|int[ée]rim(?:aire)?|contrato\s+temporal|trabajo\s+temporal"
        r"|tempor[áa]ri[oa]|tempo\s+determinato|tijdelijke?|umowa\s+na\s+czas\s+okre[śs]lony"
        r"|na\s+zast[ęe]pstwo"
    ),
    "internship": (
        r"intern|interns|internships?|(?:pflicht)?praktik(?:um|ant\w*|a)|stagiaires?|stagiair\w*"
        r"|stage(?=\s*(?:$|[)\]|,;/:–-]|\d|de\s+fin|en\b|m/f|pfe|\(|data\b|marketing\b))"
        r"|becari[oa]s?|pr[áa]cticas|pasant[íi]a|est[áa]gi\w+|tirocin\w+|stagist[ai]|stageplek|afstudeerstage"
        r"|meewerkstage|sta[żz](?:yst\w*)?|praktyki|praktykant\w*|co-op|placement\s+student"
        r"|industrial\s+placement"
    ),
    "volunteer": (
        r"volunteer(?:ing|s)?|ehrenamt\w*|b[ée]n[ée]vol\w+|voluntari(?:o|a|ado)|vrijwillig\w+"
        r"|volontariat\w*|wolontari\w+"
    ),
}  # fmt: skip
_TYPED = re.compile(
    r"(?<![\w])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS.items())
    + r")(?!\w)",
    re.I,
)
# In a field of their own these are enough, in prose they are not.
_SHORT = {
    "full_time": r"ft|temps\s+complet|tempo\s+inteiro",
    "part_time": r"pt",
    "contract": r"independent\s+contractors?|contract\s+to\s+hire",
    "temporary": r"temporal|(?:fixed[\s-]term|temporary)\s+contract",
    "internship": r"praktik",
}
# The contracts here are the lasting ones: "permanent contract" is no contract work.
_SAYS_NOTHING = (
    r"(?:permanent|employment|indefinite|unlimited|open[\s-]ended)\s+contract|contract\s+permanent"
    r"|employees?|employment|positions?|role|job|staff|worker|or|and|und|oder|et|ou|o|e|y|regular"
    r"|permanent|unbefristet|festanstellung|cdi|salaried|(?:non[\s-])?exempt"
)
_FIELD = re.compile(
    r"[\s'%-]*(?:"
    + "|".join(f"(?P<short_{name}>{pattern})" for name, pattern in _SHORT.items())
    + f"|(?P<nothing>{_SAYS_NOTHING})|"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS.items())
    + r")(?!\w)[\s'%-]*",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:no|not|non|without|keine?n?|nicht|pas\s+de|sans|sin|sem|geen|niet|senza|nie|bez)"
    r"\s+(?:an?\s+|eine?\s+|une?\s+)?\Z",
    re.I,
)
# What may come after the job is no statement of it: "may lead to a full-time role".
_LATER = re.compile(
    r"\b(?:interest\w*\s+in|convert\w*\s+(?:in)?to|lead(?:s|ing)?\s+to|transition\w*\s+(?:in)?to"
    r"|turn\w*\s+into|becom\w+|grow\w*\s+into|possib\w+\s+of|potential\s+(?:for|of)|considered\s+for"
    r"|opportunit\w+\s+for|former|previous|prior|other)\s+(?:an?\s+|our\s+)?\Z",
    re.I,
)
# Jobs about contracts, volunteers and interns are none of that kind.
_FALSE = re.compile(
    r"\b(?:contracts?|contracting|volunteers?|interns?|internships?)[\s-]+"
    r"(?:manage\w+|administrat\w+|specialist|negotiat\w+|officer|analyst|coordinat\w+|lawyer|law"
    r"|compliance|executive|review\w*|research\s+org\w*|manufactur\w+|sales|support\s+officer"
    r"|recruit\w+|program\w*\s+manager|lead|protection)"
    r"|\b(?:temporary|seasonal)[\s-]+(?:works?\s+(?:agency|engineer|designer|manager)|structures?"
    r"|protection|labou?r|staffing|recruit\w+|program\w*\s+manager)"
    r"|\bsmart[\s-]+contracts?|\bgeneral\s+contractors?|\bcontractors?\s+(?:liaison|relations)"
    r"|\binterim\s+(?:housing|payments?)|\bsub-?contract\w*",
    re.I,
)
_LABEL = re.compile(
    r"\b(?:(?:employment|job|position|contract|work|engagement)\s*type|type\s+of\s+(?:employment"
    r"|contract|position)|employment(?:\s+status)?|commitment|contract|job\s+status|time\s+type"
    r"|anstellungsart|anstellung|besch[äa]ftigungsart|besch[äa]ftigung|arbeitszeit(?:modell)?"
    r"|vertragsart|vertrag|type\s+(?:de\s+contrat|d['’]emploi)|contrat|temps\s+de\s+travail|tipo\s+(?:de"
    r"|di)\s+(?:contrato|contratto|jornada|empleo|vaga|emprego)|contrato|jornada(?:\s+laboral)?"
    r"|regime|contratto|orario|dienstverband|soort\s+(?:contract|baan)|rodzaj\s+umowy"
    r"|wymiar\s+(?:etatu|pracy)|typ\s+umowy|forma\s+zatrudnienia|umowa)\s*[:=]\s*"
    r"(?P<value>[^\n.]{2,70})",
    re.I,
)
_STATEMENT = re.compile(
    r"(?<![\w-])(?P<value>(?:(?:full|part)[\s-]?time|temporary|seasonal|fixed[\s-]term|freelance"
    r"|contract|volunteer)(?:\s*(?:,|/|or|and|\()?\s*(?:(?:full|part)[\s-]?time|temporary|contract"
    r"|permanent|remote|salaried|hourly|exempt|paid|on-?site|hybrid|regular)\)?,?){0,3}"
    r"(?:\s+(?:internship|position|role|job|opportunity|assignment|employment|engagement|vacancy"
    r"|opening|contract|basis)))\b"
    r"|(?:(?<=\n)|(?<=[.!?]\s)|\A)(?P<opening>(?:full|part)[\s-]?time|vollzeit|teilzeit|heltid"
    r"|deltid|fuldtid)(?=\s*(?:[,.;|]|\n|\Z))"
    r"|\b(?:in|als|als\s+)\s*(?P<german>(?:vollzeit|teilzeit)(?:\s*(?:oder|/|und|,|bzw\.)\s*"
    r"(?:vollzeit|teilzeit))?)\b|\b(?P<both>voll-?\s*(?:oder|/|und|bzw\.)\s*teilzeit)\b"
    r"|\b(?:en|contrat|poste)\s+(?:en\s+|[àa]\s+)?(?P<french>cdd|stage|int[ée]rim|temps\s+(?:plein"
    r"|complet|partiel))\b|\b(?P<romance>(?:a\s+)?(?:jornada\s+(?:completa|parcial)|tiempo\s+(?:"
    r"completo|parcial)|contrato\s+temporal|tempo\s+(?:integral|parcial|pieno|parziale|determinato)"
    r"))\b|\b(?P<dutch>(?:full|part)time\s+(?:functie|baan|dienstverband)|in\s+deeltijd)\b"
    r"|\b(?P<polish>(?:pe[łl]ny|p[óo][łl])\s+etatu?|w\s+pe[łl]nym\s+wymiarze)\b"
    r"|\bbefristete?[rsn]?\s+(?P<term>anstellung|stelle|arbeitsvertrag|vertrag)",
    re.I,
)
# Every statement and every label worth reading has one of these beside it.
_STEMS = (
    "time", "contract", "temporary", "seasonal", "fixed", "freelan", "volunteer", "intern",
    "vollzeit", "teilzeit", "befristet", "praktik", "werkstudent", "cdd", "stage", "temps",
    "jornada", "tiempo", "tempo", "temporal", "estágio", "etat", "wymiar", "umow", "b2b",
    "deeltijd", "heltid", "deltid", "fuldtid", "tirocin", "prácticas", "staż", "minijob",
)  # fmt: skip
REACH = 80


@dataclass(frozen=True, slots=True)
class Employment:
    """The types a posting states, in the order of TYPES; none where it states none."""

    types: tuple[str, ...] = ()
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.types)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract employment`."""
        return {
            "employment": list(self.types),
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NONE = Employment()


def extract(title: str, text: str = "") -> Employment:
    """The types that the title names, else those that the text states."""
    title, text = as_text(title)[:500], as_text(text)[:50_000]
    found = _named(title, 0, len(title), "employment.title")
    if not found and len(text) <= SHORT and "\n" not in text.strip():
        found = _named(text, 0, len(text), "employment.short-text") if "|" in text else NONE
    return found or _from_text(text)


def stated(*wordings: str) -> tuple[str, ...]:
    """The types that the wordings of a field name, in their order, each once.

    A wording is taken apart at commas, slashes and brackets; a part counts when all its words
    are known, as in "Regular Full Time (Salary)" the first does and the second does not.
    """
    found: dict[str, None] = {}
    for wording in wordings:
        for part in re.split(r"[,;/|()+&–—•:]|\s-\s", wording.replace("_", " ")):
            found.update(dict.fromkeys(_of_part(part.strip())))
    return tuple(found)


def _of_part(part: str) -> list[str]:
    names, at = [], 0
    while at < len(part):
        found = _FIELD.match(part, at)
        if not found:
            return []
        at, name = found.end(), str(found.lastgroup)
        if name != "nothing":
            names.append(name.removeprefix("short_"))
    return names


def _named(source: str, begin: int, end: int, rule: str) -> Employment:
    """All types named in a stretch of a field."""
    return _sum_up(_hits(source, begin, end), rule)


def _hits(source: str, begin: int, end: int) -> Iterator[tuple[str, str]]:
    false = [m.span() for m in _FALSE.finditer(source, begin, end)]
    for found in _TYPED.finditer(source, begin, end):
        if any(a <= found.start() < b for a, b in false):
            continue
        if not _NEGATED.search(source[max(begin, found.start() - 20) : found.start()]):
            yield str(found.lastgroup), found.group()


def _sum_up(hits: Iterator[tuple[str, str]], rule: str) -> Employment:
    quotes: dict[str, str] = {}
    for name, quote in hits:
        quotes.setdefault(name, quote)
    if not quotes:
        return NONE
    first = next(iter(quotes.values()))
    return Employment(tuple(t for t in TYPES if t in quotes), first, rule)


def _from_text(text: str) -> Employment:
    windows = near(text, _STEMS, REACH)
    for begin, end in windows:
        for label in _LABEL.finditer(text, begin, end):
            found = _named(text, *label.span("value"), "employment.label")
            if found:
                return found
    return _sum_up(_statements(text, windows), "employment.statement")


def _statements(text: str, windows: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for begin, end in windows:
        for found in _STATEMENT.finditer(text, begin, end):
            before = text[max(0, found.start() - 40) : found.start()]
            if _NEGATED.search(before) or _LATER.search(before):
                continue
            if found["both"]:
                yield "full_time", found.group()
                yield "part_time", found.group()
            else:
                for name, _ in _hits(text, *found.span()):
                    yield name, found.group()
