"""Full text: one tokeniser and one query language, whatever database indexes the tokens.

The tokeniser runs in Python and both databases index its output as it stands (`lib.textindex`), so
both find the same rows. Tokens are made of a-z and
0-9 alone, so that neither database splits, folds or stems them again, and no text of a user
reaches a query language: `Query` writes the operators itself.

Beside its words a row may hold *marks*: tokens that say what it is linked to, such as a skill.
No text has a mark among its tokens, so marks are found by synonyms alone (`lib.synonyms`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

TITLE, BODY = "title", "body"
LONGEST_TOKEN = 60
# There are a million characters; a text has a few hundred.
MOST_FOLDS = 10_000
# Words whose tokens are remembered; the rarer ones are encoded anew.
MOST_WORDS = 100_000

# Names whose punctuation is part of the word; longest first.
WHOLE = {
    "node.js": "nodejs",
    "next.js": "nextjs",
    "vue.js": "vuejs",
    "asp.net": "aspnet",
    ".net": "dotnet",
    "c++": "cplusplus",
    "c#": "csharp",
    "f#": "fsharp",
}
TOKEN = re.compile(
    r"(?<![^\W_])(?:" + "|".join(re.escape(name) for name in WHOLE) + r")(?![^\W_])|[^\W_]+"
)
WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart, as most people type them.
PLAIN = dict(zip("æđðħıłøœþŧ", ("ae", "d", "d", "h", "i", "l", "o", "oe", "th", "t"), strict=True))
# Letters that others write as two.
TWO = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
HYPHENED = re.compile(rf"(?<![^\W_])[^\W\d_][^\W_]*(?:[{HYPHENS}][^\W_]+)+")
LETTERED = re.compile(rf"[^\W_]*[{''.join(TWO)}][^\W_]*", re.IGNORECASE)
# An English plural; endings that are none, or seldom, are left out.
PLURAL = re.compile(r"(?<![^\W_])[a-z]{2,}(?<![sui])s(?![^\W_])", re.IGNORECASE)
NO_PLURALS = {"news"}
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What stands between words in ASCII, as blanks.
GAPS = "".join(one if one.isalnum() else " " for one in map(chr, range(128)))
# As people type them, and as phones and word processors write them.
QUOTES, DASHES = '"“”„‟«»', "-–−"
TERM = re.compile(
    rf"(?P<minus>[{DASHES}])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s{QUOTES}]+))"
)


class QueryRefused(ValueError):
    """The words cannot be searched for; the message says what to change."""


class _Folds(dict[int, str]):
    """What each character is folded to, by its number; for `str.translate`."""

    def __missing__(self, number: int) -> str:
        # Twice: what a sign stands for may be capital letters ("℡").
        folded = unicodedata.normalize("NFKD", chr(number).casefold()).casefold()
        folded = unicodedata.normalize("NFKD", folded)
        plain = "".join(PLAIN.get(one, one) for one in folded if not unicodedata.combining(one))
        if len(self) < MOST_FOLDS:
            self[number] = plain
        return plain


class _Spaced(dict[int, str]):
    """What each character is folded to, and a blank for each sign that is not ASCII."""

    def __missing__(self, number: int) -> str:
        folded = FOLDS[number]
        spaced = "".join(one if one.isascii() or one.isalnum() else " " for one in folded)
        if len(self) < MOST_FOLDS:
            self[number] = spaced
        return spaced


FOLDS = _Folds()
SPACED = _Spaced()


def fold(text: str) -> str:
    """`text` without case and accents; of another length where one character stands for several."""
    return text.lower() if text.isascii() else text.translate(FOLDS)


def places(text: str) -> Sequence[int]:
    """For each character of `fold(text)` the place in `text` of what it was made from."""
    if text.isascii() or all(len(FOLDS[ord(one)]) == 1 for one in set(text)):
        return range(len(text))
    return [place for place, one in enumerate(text) for _ in FOLDS[ord(one)]]


def tokens(text: str) -> list[str]:
    """The words of `text`, folded: no case, no accents, `C++` and its like whole."""
    folded = text
    if not text.isascii():
        folded = NOT_ASCII.sub(lambda found: found[0].translate(SPACED), text)
    folded = folded.lower() if folded.isascii() else fold(text)
    if any(name in folded for name in WHOLE):
        words = TOKEN.findall(folded)
    elif folded.isascii():  # nearly always, and then three times as fast
        words = folded.translate(GAPS).split()
    else:
        words = WORD.findall(folded)
    return list(map(ENCODED.__getitem__, words))


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each token of `text` with where in it the word begins and ends."""
    at = places(text)
    return [
        (encode(found[0]), at[found.start()], at[found.end() - 1] + 1)
        for found in TOKEN.finditer(fold(text))
    ]


def respelt(text: str) -> Iterator[tuple[str, int, int]]:
    """What words of `text` are typed as too: the token, and where in it the word begins and ends.

    With a hyphen as one word (full-stack, fullstack), with ä and its like as two letters, and an
    English plural as the singular.
    """
    for found in HYPHENED.finditer(text):
        yield _joined_word(found[0]), found.start(), found.end()
    for found in LETTERED.finditer(text):
        word = "".join(TWO.get(one, one) for one in found[0].lower())
        yield _joined_word(word), found.start(), found.end()
    for found in PLURAL.finditer(text):
        if token := singular(found[0].lower()):
            yield token, found.start(), found.end()


def singular(word: str) -> str:
    """What a small English word is the plural of; nothing where it does not look like one."""
    if len(word) < 4 or not PLURAL.fullmatch(word) or word in NO_PLURALS:
        return ""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def _joined_word(text: str) -> str:
    return encode("".join(WORD.findall(fold(text))))


def spellings(text: str, words: Iterable[str]) -> list[str]:
    """The tokens of `respelt(text)`, whose own tokens are `words`, each once."""
    likely = " ".join(word for word in text.split() if "-" in word or not word.isascii())
    found = [token for token, _, _ in respelt(unicodedata.normalize("NFC", likely))]
    found += [token for word in words if word[-1] == "s" and (token := singular(word))]
    return list(dict.fromkeys(found))


def indexed(text: str) -> list[str]:
    """What a row with this text is found by: its tokens, and behind them its other spellings."""
    words = tokens(text)
    return words + spellings(text, words)


@lru_cache(maxsize=2_000)
def indexed_name(name: str) -> Sequence[str]:
    """`indexed(name)`, remembered: many rows have the names of companies, roles and skills."""
    return tuple(indexed(name))


def spoken(token: str) -> list[str]:
    """The folded words that have this token."""
    word = bytes.fromhex(token[2:]).decode() if token.startswith("0x") else token
    return [word, *(name for name, encoded in WHOLE.items() if encoded == token)]


def encode(word: str) -> str:
    """The token of a folded word: itself, or its bytes after `0x`.

    Nothing else begins with a 0, so that there is room for marks.
    """
    word = WHOLE.get(word, word)[:LONGEST_TOKEN]
    return word if word.isascii() and word[0] != "0" else "0x" + word.encode().hex()


class _Encoded(dict[str, str]):
    """The token of each folded word; postings have most of their words in common."""

    def __missing__(self, word: str) -> str:
        token = encode(word)
        if len(self) < MOST_WORDS:
            self[word] = token
        return token


ENCODED = _Encoded()


def mark(kind: str, key: int) -> str:
    """The mark of a row that is linked to the thing of this kind (a letter, not x) and key."""
    return f"0{kind}{key}"


def is_mark(token: str) -> bool:
    return token[0] == "0" and token[1] != "x"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that stand side by side (`prefix`: the last one begins so)."""

    tokens: tuple[str, ...]
    prefix: bool = False

    def fts5(self) -> str:
        return '"' + " ".join(self.tokens) + '"' + ("*" if self.prefix else "")

    def tsquery(self, weight: str) -> str:
        marks = [weight] * len(self.tokens)
        if self.prefix:
            marks[-1] = "*" + marks[-1]
        words = " <-> ".join(
            f"'{token}'" + (f":{mark}" if mark else "")
            for token, mark in zip(self.tokens, marks, strict=True)
        )
        return f"({words})"


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase as it was typed; `plain`: it may be part of a name.

    `other` is what the word is typed as too.
    """

    phrase: Phrase
    excluded: bool = False
    plain: bool = True
    other: Phrase | None = None

    @property
    def wordings(self) -> tuple["Wording", ...]:
        return ((self.phrase,), (self.other,)) if self.other else ((self.phrase,),)


# Phrases that a row has all of.
Wording = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One condition: any of its wordings, the typed one first."""

    wordings: tuple[Wording, ...]
    excluded: bool = False

    def in_title(self) -> "Group":
        """Without the marks, which are in no title."""
        kept = (one for one in self.wordings if not is_mark(one[0].tokens[0]))
        return Group(tuple(kept), self.excluded)

    def fts5(self) -> str:
        return _joined(
            [_joined([phrase.fts5() for phrase in one], " AND ") for one in self.wordings], " OR "
        )

    def tsquery(self, weight: str = "") -> str:
        return _joined(
            [_joined([phrase.tsquery(weight) for phrase in one], " & ") for one in self.wordings],
            " | ",
        )


def _joined(parts: list[str], operator: str) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asked of the full text: all groups, none of the excluded ones."""

    terms: tuple[Term, ...]
    groups: tuple[Group, ...]
    title_only: bool = False

    @classmethod
    def parse(cls, text: str, *, max_terms: int) -> "Query":
        """Words, "phrases in quotes", -excluded words and prefix* of `text`; a group for each.

        Quotes and dashes of any make are heeded. A word that holds several tokens (full-stack) is
        a phrase, or one word without its hyphens. Raises QueryRefused for nothing to look for and
        for more than `max_terms` terms.
        """
        terms = []
        for found in TERM.finditer(text):
            is_word = found["word"] is not None
            raw = found["word"] if is_word else found["phrase"]
            words = tuple(tokens(raw))
            if words:
                prefix = is_word and raw.endswith("*")
                terms.append(
                    Term(
                        Phrase(words, prefix),
                        excluded=bool(found["minus"]),
                        plain=is_word and not prefix,
                        other=_other(raw, prefix) if is_word else None,
                    )
                )
        if len(terms) > max_terms:
            raise QueryRefused(f"Search for {max_terms} words at most.")
        if all(term.excluded for term in terms):
            raise QueryRefused("Name at least one word to look for.")
        return cls.of(terms)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Query":
        """The query of these terms; one of them must be wanted."""
        typed = tuple(terms)
        return cls(typed, tuple(Group(term.wordings, term.excluded) for term in typed))

    @property
    def words(self) -> list[str]:
        """The tokens that were typed, without the excluded ones."""
        return [token for term in self.terms if not term.excluded for token in term.phrase.tokens]

    def in_title(self) -> "Query":
        return Query(self.terms, self.groups, title_only=True)

    def fts5(self) -> str:
        wanted = self._wanted()
        positive = " AND ".join(group.fts5() for group in wanted)
        if self.title_only:
            positive = f"{TITLE} : ({positive})"
        unwanted = (group.fts5() for group in self.groups if group.excluded)
        return f"({positive})" + "".join(f" NOT {text}" for text in unwanted)

    def tsquery(self) -> str:
        weight = "A" if self.title_only else ""
        wanted = [group.tsquery(weight) for group in self._wanted()]
        unwanted = ["!" + group.tsquery() for group in self.groups if group.excluded]
        return " & ".join([*wanted, *unwanted])

    def tsqueries(self) -> tuple[str, str]:
        """What must stand, whatever the weight, and what must not (or nothing), apart."""
        wanted = " & ".join(group.tsquery() for group in self._wanted())
        return wanted, " | ".join(group.tsquery() for group in self.groups if group.excluded)

    def _wanted(self) -> list[Group]:
        wanted = [group for group in self.groups if not group.excluded]
        return [group.in_title() for group in wanted] if self.title_only else wanted


def _other(word: str, prefix: bool) -> Phrase | None:
    """The word as it is typed too, all of it."""
    text = unicodedata.normalize("NFC", word)
    size = len(tokens(text))
    return next(
        (
            Phrase((token,), prefix)
            for token, start, end in respelt(text)
            if len(tokens(text[start:end])) == size
        ),
        None,
    )
