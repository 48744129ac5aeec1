"""Seniority in a job title: entry, mid, senior, executive, or nothing.

Only a word that states a level counts. Words that look like one but name a task or a
kind of post ("Lead Generation", "Account Executive", "Assistant") are passed over, and a
title without a level word has no level. Of the steps of a ladder, "II" is mid for a
profession and no level for a trade or a service, where it is a grade of pay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extraction.common import as_text, near, or_none

LEVELS = ("entry", "mid", "senior", "executive")

_FALSE = re.compile(
    r"""\b(?:
        lead(?:s)?[\s-]+(?:generation|gen\b|management\s+system|time|qualification|nurtur\w+
          |conversion|acquisition)
      | (?:generat\w+|qualif\w+|sales|inbound|outbound|managing)[\s-]+leads\b
      | seniors?[\s-]+(?:living|care|citizens?|housing|services|community|communities|home)
      | (?:senior|junior)[\s-]+(?:high|school|college)
      | head[\s-]+(?:chef\s+knife|count|hunt\w*|start|office)
      | (?<!chief\s)(?:account|sales|marketing|customer|bar|legal|hr|recruitment|support|service
      |client|business\s+development
          |relationship|accounts|operations|admin\w*|office|telesales|collections?|field
          |inside\s+sales|success|care
          |advertising|content|seo|media|project|research|purchase|procurement|logistics|finance
          |process|talent
          |development|partnerships?|affairs|communications?|relations|pr|payroll|retail
          |accounting|tax|it|audit
          |engagement|sourcing|production|quality|compliance|data|store|brand|digital|team
          |admissions?|payments?
          |events?|management|trade|export|import|shipping|export|credit|billing|mis
          |software)[\s-]+executives?
      | directors?['’]s?\s+\w+
      | graduate[\s-]+(?:teaching|research)[\s-]+assistants?
      | (?:post-?doc\w*|research|clinical|teaching|medical|policy|visiting|summer|graduate)
          [\s-]+fellow\w*
      | executive[\s-]+(?:assistants?|secretary|coach\w*|search|recruiter|chef|sous|housekeeper
      |protection|support|admin\w*
          |producer|communications|education|office\b|briefing|pa\b|personal|talent|summary
          |compensation|programs?|meetings?)
      | directors?\s+of\s+photography
      | (?:art|creative|casting|funeral|stage|music|movie|photo)[\s-]+directors?
      | (?:active|directory)[\s-]+director\w*
      | (?:mid|senior|junior)[\s-]+(?:market|size\w*|cap|atlantic|west|year)
      | staff(?=[\s-]+(?:accountants?|nurs\w*|rn\b|lpn\b|pharmacists?|writers?|physicians?
      |auditors?|augmentation|attorneys?
          |assistants?|therapists?|development|training|management|member|services|support
          |scheduling|veterinarian
          |photographer|counsel|chaplain|coordinator|technician|dentist|psych\w+|social|relations
          |officer))
      | (?:nursing|support|medical|teaching|office|house|wait|bar|kitchen|technical|floor|care
      |bank|temporary)[\s-]+staff
      | chief[\s-]+of[\s-]+staff
      | (?:data|information|solution)?\s?principal(?=['’]s|[\s-]+(?:investigator\s+support
      |assistant))
      | (?:assistant|vice|school|deputy)[\s-]+principal
      | principal[\s-]+components?
      | post[\s-]?graduate\w*
      | graduate[\s-]+(?:programm?e?\s+(?:manager|director|coordinator|lead)|school|level|degree
      |admissions?)
      | entry[\s-]+(?:gate|guard|clerk|specialist|operator)
      | (?:data|order)[\s-]+entry
      | intern(?:al|ational|et)\w*
      | training\b | trainer\b
      | lead[\s-]+(?:paint|acid|abatement)
      | mentor\w*
      | \boffice\s+of\s+the\s+.*
    )""",
    re.X | re.I,
)

# Whoever works to a director is none: "Executive Assistant to the Director".
_SERVES = re.compile(
    r"(?<=assistant )to\s.*|(?<=secretary )to\s.*|(?<=reporting )to\s.*"
    r"|(?<=support )to\s.*|(?<=\bpa )to\s.*|(?<=\bea )to\s.*",
    re.I | re.S,
)

_PATTERNS: tuple[tuple[str, str, str], ...] = (
    (
        "executive",
        "chief",
        r"(?:chief\s+(?:[\w&-]+\s+){1,4}officer|c[etfipmrso]o|chro|ciso|cdo|cpo|cro|caio"
        r"|chief\s+(?:architect|scientist|economist"
        r"|engineer|technologist|actuary|executive|people|product|data|revenue|marketing"
        r"|technology|information|audit\w*))\b",
    ),
    (
        "executive",
        "director",
        r"(?:(?:executive|managing|senior|associate|sr\.?|regional|technical|engineering"
        r"|group)\s+)*directors?\b|director[ae]?\b"
        r"|directeur\w*|directrice|direktor\w*|direttor[ei]|direttrice|diretor[a]?\b|dyrektor\w*"
        r"|directora\b",
    ),
    (
        "executive",
        "vice-president",
        r"(?:s?e?vp|avp|vice[\s-]+president\w*|vice[\s-]?pr[ée]sident\w*|vicepresident\w*"
        r"|vizepr[äa]sident\w*)\b|(?<!vice )president\b",
    ),
    (
        "executive",
        "head",
        r"head\s+of\b|global\s+head\b|head,|leiter(?:in)?\s+der\s+abteilung|bereichsleiter\w*"
        r"|abteilungsleiter\w*|\A(?:leiter(?:in)?|leitung)(?=\s)"
        r"|gesch[äa]ftsf[üu]hrer\w*|bereichsleitung|abteilungsleitung"
        r"|jef[ea]\s+de\s+(?!proyectos?|equipo|turno|obras?|cocina|producto|partida|sala)|hoofd\b(?=\s+[a-z])|responsable\s+du\s+d[ée]partement|founding\s+ceo"
        r"|c-level|co-?founders?(?!['’\w])|founder(?=\s*(?:$|[,&/(]))|hoofd\s+van\b|capo\s+di\b",
    ),
    (
        "entry",
        "intern",
        r"(?:intern|interns|internship\w*|praktik(?:um|ant)\w*|pflichtpraktik\w*|werkstudent\w*|studentisch\w+|student[\s-]+assistants?(?=\s*(?:$|[,(/|–-]))"
        r"|working\s+students?|student\w*\s+worker|dual(?:es|er|e)?\s+(?:studi|student)\w*|traineeships?|stagiair\w*"
        r"|trainees?|apprentice\w*|apprenti[e]?s?|ausbildung\w*|auszubildende\w*|azubi\w*"
        r"|stage(?=\s*(?:-|–|\(|$|m/f|\d|:|data\b|en\b|marketing\b|d[eé]velopp|ing[eé]nieur|assistant|analyste?|business|web|communication|finance|rh\b|informatique))"
        r"|alternan\w+|becari[oa]s?|pr[áa]cticas|est[áa]gi\w+|tirocin\w+|stagista|sta[żz]yst\w+"
        r"|sta[żz]\b|praktyk\w*|stageplek"
        r"|co-op\b|placement\s+student|year\s+in\s+industry|industrial\s+placement|aprendiz"
        r"|volont[äa]r\w*|afstudeer\w*)\b",
    ),
    (
        "senior",
        "senior",
        r"(?<!semi )(?<!semi-)(?:senior|seniors|sen\.|sr\.?|snr\.?|s[êe]nior|s[ée]nior\w*"
        r"|starszy|starsza|experienced|expert|exp[ée]riment[ée]\w*"
        r"|erfahrene\w*|ervaren|espert[oa]|expert[oa]|ekspert(?:ka)?|g[łl][óo]wn[ya]"
        r"\s+(?:in[żz]ynier|programist|architekt|analityk|specjalist)\w*|confirm[ée]e?)(?![\w])",
    ),
    (
        "senior",
        "principal",
        r"(?:principal|staff|distinguished|fellow(?=\s*(?:$|,|-|\())|sr\.?\s+staff)\b",
    ),
    (
        "senior",
        "lead",
        r"(?:lead|leads(?!\s+(?:engineer|manager|specialist|analyst|coordinator|developer))|leader|teamlead\w*|team\s?lead\w*|tech\s?lead\w*|teamleit\w*|teamleider|gruppenleit\w*|leitende[rsn]?(?=\s)"
        r"|team-?leiter\w*|l[íi]der(?:\s+t[ée]cnic\w+)?"
        r"|chef\s+de\s+projet\s+senior|responsable\s+technique|lead-)\b|technical\s+lead\w*"
        r"|kierownik\s+zespo[łl]u",
    ),
    (
        "mid",
        "mid",
        r"(?:mid[\s-]*(?:level|weight|senior)|mid(?=[\s/,-]+(?:senior|sr|level|software|data|back"
        r"|front|full|engineer|developer|python|java))"
        r"|midlevel|middle(?=[\s/+-]+(?:senior|level|software|data|back|front|full|engineer"
        r"|developer|qa|python|java|devops|analyst|android|ios|product))"
        r"|middleweight|intermediate|interm[ée]diaire|intermedio|pleno|pl(?=\s*(?:$|[\)/,-]))"
        r"|regular(?=\)|\s+(?:java|python|php|\.net|c\+\+|c#|qa|devops|react|angular|software|data"
        r"|front|back|full|developer|engineer|tester|analyst|android|ios)\b)|semi[\s-]*senior|ssr\.?|medior|mid(?=\s*(?:$|[)/,|])))(?![\w])",
    ),
    (
        "entry",
        "junior",
        r"(?:junior|juniors|jr\.?|jnr\.?|j[úu]nior|graduates?|new\s+grad\w*|entry[\s-]*level"
        r"|early[\s-]*career\w*|berufseinsteiger\w*"
        r"|berufsanf[äa]nger\w*|absolvent\w*|d[ée]butante?s?|m[łl]odszy|m[łl]odsza|beginner"
        r"|school\s+leavers?|university\s+grad\w*"
        r"|starter\s+position|college\s+grad\w*|neolaureat\w+|jeunes?\s+dipl[ôo]m[ée]+e?s?|d[ée]butant|pas\s+afgestudeerd\w*|reci[ée]n\s+graduad\w+"
        r"|campus\s+hire|freshers?|nybegynner)(?![\w])",
    ),
)
# The same in scripts that put no blanks between words, and in Cyrillic.
_MORE = {
    "director": r"总监|總監|取締役|\b(?:генеральный|исполнительный|технический|финансовый)"
    r"\s+директор|\bдиректор\s+по\b",
    "intern": r"实习|實習|インターン(?!ネ)|인턴(?!넷)|\bстаж[её]р\w*|\bпрактикант\w*",
    "senior": r"高级|高級|资深|資深|シニア|시니어|\bстарш(?:ий|ая)\b|\bведущ(?:ий|ая)\b",
    "lead": r"リード(?!タイム|ジェネ|ナー)|リーダー|팀장|\bтимлид\w*"
    r"|\bруководитель\s+(?:группы|команды)",
    "mid": r"中级|中級",
    "junior": r"初级|初級|ジュニア|新卒|주니어|신입|\bмладш(?:ий|ая)\b",
}


def _compiled(name: str, pattern: str, more: Mapping[str, str]) -> re.Pattern[str]:
    own = pattern if pattern.startswith("(?:(?:") else rf"(?<![\w]){pattern}"
    return re.compile(f"{own}|{more[name]}" if name in more else own, re.I)


_LEVEL_WORDS = tuple((level, name, _compiled(name, own, {})) for level, name, own in _PATTERNS)
_ALL_LEVEL_WORDS = tuple(
    (level, name, _compiled(name, own, _MORE)) for level, name, own in _PATTERNS
)

_JOB = (
    r"(?:engineer|developer|scientist|analyst|programmer|architect|administrator|specialist"
    r"|technician|consultant|designer"
    r"|tester|accountant|planner|manager|researcher|swe|sde|sdet|ingenieur|entwickler"
    r"|desenvolvedor\w*|analista|officer"
    r"|associate|coordinator|representative|writer|buyer|auditor|operator|advisor|sre|ops)"
)
# A bare arabic number is a ladder of its company ("Scientist 3") and says no level.
_NUMERAL = re.compile(
    rf"\b{_JOB}s?\s*[,-]?\s*(?:(?:level\s*|grade\s*)?(?P<n>iii|ii|iv|vi|v|i|lll|ll)"
    rf"|(?:level\s*|l)(?P<l>[1-6]))\b(?!\s*[-–+]?\s*(?:years?|yrs?|days?|x\b|month))"
    rf"|\b(?:swe|sde|sdet|ml)[\s-]?(?P<m>iii|ii|iv|i|[1-5])\b",
    re.I,
)
# Capitals at the end of a title of a known job: "Engineer in Test III", "Analyst, Payments II".
_TRAILING = re.compile(rf"\b(?i:{_JOB})s?\b.*\b(?P<n>III|II|IV)\s*(?=$|[,(|–-])")
# The second step of a profession is past its beginning ("Software Engineer II"), for all that
# some employers file it under entry; of a trade or a service it is a grade of pay alone.
_GRADED = re.compile(r"\b(?:technician|associate|operator|representative|officer)s?\b", re.I)
_LEVEL_NUMBER = re.compile(r"\blevel\s*(?P<n>iii|ii|iv|i|[1-6])\b", re.I)
_STEP = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "ll": 2, "lll": 3}

_PLAIN = re.compile(
    r"\b(?:seniority(?:\s+level)?|experience\s+level|career\s+level|level\s+of\s+experience"
    r"|job\s+level|karrierestufe"
    r"|niveau\s+d['’]exp[ée]rience|nivel(?:\s+de\s+experiencia)?|n[íi]vel|erfahrungslevel"
    r"|position\s+level)\s*[:=–-]\s*"
    r"(?P<value>[^\n.;|•]{2,40})",
    re.I,
)
_LABEL_STEMS = ("seniority", "level", "karrierestufe", "niveau", "nivel", "nível")
_PLAIN_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("executive", re.compile(r"executive|director|vp\b|c-level|head", re.I)),
    (
        "mid",
        re.compile(r"\bmid\b|mid[\s-]*(?:level|senior)|intermediate|medior|pleno|middle", re.I),
    ),
    ("senior", re.compile(r"senior|expert|lead\b|principal|staff|experienced|s[êe]nior", re.I)),
    ("entry", re.compile(r"entry|junior|intern|trainee|graduate|j[úu]nior|beginner", re.I)),
)


@dataclass(frozen=True, slots=True)
class Seniority:
    """The level a title states, empty when it states none."""

    level: str = ""
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.level)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract seniority`."""
        return {
            "level": or_none(self.level),
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


NONE = Seniority()


def extract(title: str, text: str = "") -> Seniority:
    """The level named in the title, else one the text states under a label.

    Of several level words the highest counts ("Senior Director" is executive), but an
    intern is an intern whoever leads ("Intern, Office of the Director").
    """
    title = as_text(title)[:500]
    clear = _FALSE.sub(_blank, _SERVES.sub(_blank, title))
    for level, name, pattern in _LEVEL_WORDS if title.isascii() else _ALL_LEVEL_WORDS:
        found = pattern.search(clear)
        if found is None:
            continue
        if level == "executive" and _intern(clear, found):
            continue
        if name == "lead" and _mixed_junior(clear):
            continue
        return Seniority(level, title[found.start() : found.end()].strip(), f"seniority.{name}")
    numbered = _NUMERAL.search(clear) or _LEVEL_NUMBER.search(clear) or _TRAILING.search(clear)
    if numbered:
        number = next(filter(None, numbered.groups())).lower()
        step = _STEP.get(number) or int(number)
        if step == 2 and _GRADED.search(numbered.group()):
            return _from_text(as_text(text)[:50_000])
        level = "entry" if step == 1 else "mid" if step == 2 else "senior"
        return Seniority(level, title[numbered.start() : numbered.end()], "seniority.number")
    return _from_text(as_text(text)[:50_000])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _intern(clear: str, found: re.Match[str]) -> bool:
    """Whether an intern word stands before the executive word, which then is the place."""
    intern = next(p for level, name, p in _LEVEL_WORDS if name == "intern").search(clear)
    return intern is not None and intern.start() < found.start()


def _mixed_junior(clear: str) -> bool:
    junior = next(p for level, name, p in _LEVEL_WORDS if name == "junior")
    return bool(junior.match(clear.lstrip()))


def _from_text(text: str) -> Seniority:
    windows = near(text, _LABEL_STEMS, 60)
    found = next((m for a, b in windows if (m := _PLAIN.search(text, a, b))), None)
    if found is None:
        return NONE
    for level, pattern in _PLAIN_VALUES:
        if pattern.search(found["value"]):
            quote = text[found.start() : found.end()].strip()
            return Seniority(level, quote, "seniority.stated-in-text")
    return NONE
