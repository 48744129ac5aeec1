"""The role a job title names, from a vocabulary the caller gives.

Rules only, no likeness: a title that holds no known name as its head names no role.
"Data Engineer, Machine Learning Platform" is a data engineer; "Data Engineer Recruiter",
"Sales Engineer" and "React Native Developer" are nothing the vocabulary does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.common import as_text, fold, or_none, word_set

MAX_TITLE = 300

_GENDER = re.compile(
    r"\(\s*(?:[mwfdxvhng]|gn|div|all\s+genders?|alle|all|any\s+gender|h/f|f/h|k/m|m/k)(?:\s*[/"
    r"|,*]\s*(?:[mwfdxvhni*]|div\.?|gn|inter))*\s*\)"
    r"|\(?\b[mwfh]\s*/\s*[wmfhk](?:\s*/\s*[dxni])?\b\)?|(?<=\w)\((?:a|e|in|innen|euse|se|ne|trice|rice|x)\)"
    r"|(?<=\w)\s?[:*_/·.•-]{1,2}(?:in|innen|euse|trice|rice|se|ne|a|e|ka|tka|czka|rka)(?![\w])|\ball\s+genders\b",
    re.I,
)
_MAJOR = re.compile(r"[,()|:;@\[\]{}•–—\n!?]|\s-|-\s|\s~\s|\s\*\s|\.\s")

_BRACKETS = re.compile(r"\(([^()]+)\)")

_DROP = word_set("""de des du d da do del della dei di den der the la le les l of s""")
_NOISE = word_set(
    """senior sr snr junior jr jnr lead leading principal staff distinguished mid middle
    level entry experienced expert intermediate medior pleno graduate intern internship
    trainee apprentice i ii iii iv v lll remote hybrid onsite fulltime parttime contract
    contractor freelance freelancer temporary permanent interim urgent urgently hiring
    now wanted job position opening vacancy opportunity new m f w x mwd mfd fmd wmd div
    full time part time working student werkstudent stagiaire praktikant praktikum stage
    pl ssr sso semi experience exp years year yrs immediate start needed required
    looking seeking head chief starszy mlodszy confirme global regional team founding group
    1st 2nd 3rd"""
)
_MINOR = word_set(
    """/ & and or for in at with to from on und oder fur bei im mit en pour et con para com
    e y w"""
)
_OCCUPATIONS = word_set(
    """engineer developer scientist analyst architect manager recruiter director consultant
    specialist designer administrator admin technician officer coordinator trainer
    teacher instructor writer editor representative executive assistant associate
    programmer researcher tester accountant nurse driver salesperson advocate evangelist
    owner strategist partner supervisor operator sourcer headhunter attorney counsel
    lawyer buyer planner controller auditor professor lecturer tutor entwickler
    ingenieur berater leiter spezialist experte desenvolvedor engenheiro analista
    gerente especialista consultor developpeur responsable programista inzynier analityk
    sviluppatore ingegnere ontwikkelaar ingeniero desarrollador cientifico cientista
    leader president vp agent expert advisor adviser mentor coach scrum master physician
    pharmacist worker clerk secretary receptionist cashier fellow student economist
    statistician translator annotator labeler recruiting recruitment sales staffing
    talent training bootcamp marketing hr support qa sdet
    analityczka inzynierka programistka ingenieurin entwicklerin analystin analyste analist
    ingenieure developpeuse engenheira desenvolvedora ingeniera desarrolladora cientifica
    sviluppatrice ingegnera scienziato ontwikkelaar specialista especialista"""
)
_MAY_LEAD = word_set(
    """associate assistant consultant consultor expert specialist especialista fellow
    student support sales marketing hr qa talent training"""
)
_MAY_FOLLOW = word_set("""consultant specialist associate marketing hr student expert qa""")
# A first part of such words alone is a rank, and the job follows: "Vice President, Data Scientist".
_RANKS = word_set("""associate vp avp svp evp vice president director""")
# A job that may be told more closely in brackets: "Merchandising Analyst (Data Analyst)".
_OPEN_HEADS = word_set(
    """analyst scientist specialist engineer developer consultant associate statistician
    programmer expert spezialist analista analyste"""
)
LONG_NAME = 10
"""Letters from which a name of one word says a whole job: "Softwareentwickler", not "Developer"."""
_WORDS: dict[str, tuple[str, ...]] = {
    "ml": ("machine", "learning"), "bi": ("business", "intelligence"), "eng": ("engineer",),
    "engr": ("engineer",), "dev": ("developer",), "sw": ("software",),
    "swe": ("software", "engineer"),
    "sde": ("software", "engineer"), "prog": ("programmer",),
}  # fmt: skip
_PAIRS = {
    ("back", "end"): "backend", ("front", "end"): "frontend", ("full", "stack"): "fullstack",
    ("dev", "ops"): "devops", ("ml", "ops"): "mlops", ("data", "ops"): "dataops",
    ("big", "data"): "bigdata", ("data", "entry"): "dataentry",
    ("in", "test"): "sdet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a title, empty where the vocabulary does not know it."""

    role: str = ""
    evidence: str = ""
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.role)

    def as_dict(self) -> dict[str, object]:
        """The answer of `manage.py extract role`."""
        return {
            "role": or_none(self.role),
            "evidence": or_none(self.evidence),
            "rule": or_none(self.rule),
        }


UNKNOWN = Role()


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


class Vocabulary:
    """Roles with their names: `Vocabulary([("data-engineer", ["Data Engineer", …]), …])`.

    The first role that claims a name keeps it.
    """

    def __init__(self, roles: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._known: set[str] = set()
        self._longest = 1
        for slug, names in roles:
            for name in [*names, slug.replace("-", " ")]:
                self._learn(slug, name)

    def _learn(self, slug: str, name: str) -> None:
        raw = tuple(t.word for t in _tokens(name) if t.word not in _MINOR)
        plain = tuple(w for w in raw if w not in _NOISE)
        for words in (raw, plain):
            if not words or (len(words) == 1 and words != raw):
                continue  # "Staff Engineer" must not make every engineer one
            self._names.setdefault(words, slug)
            self._known.update(words)
            self._longest = max(self._longest, len(words))

    def extract(self, title: str, text: str = "") -> Role:
        """The role the title's head names.

        `text` is not asked: a posting's text names many roles besides its own.
        """
        title = as_text(title)[:MAX_TITLE]
        clean = _GENDER.sub(lambda m: " " * len(m.group()), title)
        segments = _segments(clean)
        for index, segment in enumerate(segments):
            following = segments[index + 1] if index + 1 < len(segments) else []
            joined = self._joined(segment, following, title)
            if joined:
                return joined
            found, stop = self._read(segment, title)
            if not found and stop and following:
                found = self._inverted(segment, following, title)
                if not found and all(t.word in _RANKS | _NOISE for t in segment):
                    found = self._read(following, title)[0]
            if found:
                return found
            if stop:
                return self._bracketed(segment, clean, title)
        return UNKNOWN

    def _joined(self, one: list[_Token], two: list[_Token], title: str) -> Role:
        """The role that two parts name together: "Software Engineer II - Backend"."""
        kept = [t for t in one if t.word not in _NOISE and t.word not in _MINOR]
        if not two or not kept or len(kept) + len(two) > self._longest:
            return UNKNOWN
        slug = self._names.get((*(t.word for t in kept), *(t.word for t in two)))
        if slug is None:
            return UNKNOWN
        return Role(slug, title[kept[0].start : two[-1].end], "role.title-joined")

    def _bracketed(self, head: list[_Token], clean: str, title: str) -> Role:
        """The role that brackets name behind a wider one."""
        if head[-1].word not in _OPEN_HEADS:
            return UNKNOWN
        for found in _BRACKETS.finditer(clean):
            inner = self._read(_tokens(found[1], found.start(1)), title)[0]
            if inner:
                return inner
        return UNKNOWN

    def _inverted(self, head: list[_Token], rest: list[_Token], title: str) -> Role:
        """The role of "Engineer, Data": the head alone, its attribute behind a comma."""
        heads = [t for t in head if t.word not in _NOISE]
        rest = [t for t in rest if t.word not in _NOISE]
        words = (*(t.word for t in rest), *(t.word for t in heads))
        if len(heads) != 1 or words not in self._names or heads[0].end > rest[0].start:
            return UNKNOWN
        return Role(self._names[words], title[heads[0].start : rest[-1].end], "role.title-inverted")

    def _read(self, segment: list[_Token], title: str) -> tuple[Role, bool]:
        """The role of one part of a title, and whether its head names another job."""
        tokens = [self._singular(t) for t in segment]
        whole = [t for t in tokens if t.word not in _MINOR and t.word not in _NOISE]
        spread = [t for t in tokens if t.word not in _MINOR]
        for words, rule in ((spread, "role.title-whole"), (whole, "role.title-whole")):
            exact = self._names.get(tuple(t.word for t in words)) if words else None
            if exact:
                return Role(exact, title[words[0].start : words[-1].end], rule), True
        stop = False
        for part, beside in _parts(tokens):
            if stop and not beside:
                break
            kept = [t for t in part if t.word not in _NOISE]
            if stop and not any(t.word in _OCCUPATIONS for t in kept):
                continue  # "Business Analyst/Data Analytics" is a business analyst
            found = self._head(kept, title)
            if found:
                return found, True
            stop = stop or any(t.word in _OCCUPATIONS for t in kept)
        return UNKNOWN, stop

    def _singular(self, token: _Token) -> _Token:
        """The known form of a plural or a German feminine."""
        word = token.word
        if word in self._known or word in _OCCUPATIONS:
            return token
        for ending in ("s", "in", "innen", "es"):
            stem = word.removesuffix(ending)
            if stem != word and (stem in self._known or stem in _OCCUPATIONS):
                return _Token(stem, token.start, token.end)
        return token

    def _head(self, tokens: list[_Token], title: str) -> Role:
        """The longest known name whose neighbours leave it the head of the phrase."""
        words = [t.word for t in tokens]
        for start in range(len(words)):
            for length in range(min(self._longest, len(words) - start), 0, -1):
                slug = self._names.get(tuple(words[start : start + length]))
                if slug is None:
                    continue
                before, after = words[:start], words[start + length :]
                if length == 1 and (before or after) and len(words[start]) < LONG_NAME:
                    continue
                leading = _MAY_LEAD
                if words[start + length - 1] in _OCCUPATIONS:
                    leading = _MAY_LEAD | _RANKS  # "Director Data Engineer"
                if any(w in _OCCUPATIONS and w not in leading for w in before):
                    continue
                if any(w in _OCCUPATIONS - _MAY_FOLLOW for w in after) or len(after) > 5:
                    continue
                last = tokens[start + length - 1]
                return Role(slug, title[tokens[start].start : last.end], "role.title-head")
        return UNKNOWN


def _segments(title: str) -> list[list[_Token]]:
    """The parts of a title between commas, brackets, bars and spaced dashes, as tokens."""
    result, start = [], 0
    for found in [*_MAJOR.finditer(title), None]:
        end = found.start() if found else len(title)
        if title[start:end].strip():
            result.append(_tokens(title[start:end], start))
        start = found.end() if found else end
    return [s for s in result if s]


def _parts(tokens: list[_Token]) -> list[tuple[list[_Token], bool]]:
    """A segment cut at its slashes and little words, and whether a slash stood before."""
    result: list[tuple[list[_Token], bool]] = [([], False)]
    for token in tokens:
        if token.word in _MINOR:
            result.append(([], token.word == "/"))
        else:
            result[-1][0].append(token)
    return [p for p in result if p[0]]


_SPLIT = re.compile(r"\.net\b|[^\W_]+[+#]*|[/&]", re.I)


def _tokens(text: str, offset: int = 0) -> list[_Token]:
    """Folded words with their place; "/" and "&" are words, articles are left out."""
    raw = [
        _Token(fold(m.group()), offset + m.start(), offset + m.end()) for m in _SPLIT.finditer(text)
    ]
    result: list[_Token] = []
    index = 0
    while index < len(raw):
        token = raw[index]
        following = raw[index + 1] if index + 1 < len(raw) else None
        pair = _PAIRS.get((token.word, following.word)) if following else None
        if pair and following:
            result.append(_Token(pair, token.start, following.end))
            index += 2
            continue
        index += 1
        if token.word in _DROP or (token.word.isdigit()):
            continue
        spelled = _WORDS.get(token.word, (token.word,))
        if token.word == "desenvolvedor" and result and result[-1].word == "analista":
            result.pop()
        result.extend(_Token(word, token.start, token.end) for word in spelled)
    return result
