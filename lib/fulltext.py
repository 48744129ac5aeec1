"""Full text: one tokeniser and one query language over two index tables.

The tokeniser runs in Python and both databases index its output as it stands (SQLite through
FTS5, PostgreSQL as a tsvector literal), so both find the same rows. Tokens are made of a-z and
0-9 alone, so that neither database splits, folds or stems them again, and no text of a user
reaches a query language: `Query` writes the operators itself.

Beside its words a row may hold *marks*: tokens that say what it is linked to, such as a skill.
No text has a mark among its tokens, so marks are found by synonyms alone (`lib.synonyms`).
"""

import json
import re
import sys
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

TITLE, BODY = "title", "body"
# A tsvector holds positions up to this one only; what stands behind is found by word alone.
LAST_POSITION = 16_383
LONGEST_TOKEN = 60
LONGEST_NAME = 100
# Rows in one statement.
STATEMENT = 400
# There are a million characters; a text has a few hundred.
MOST_FOLDS = 10_000
# Words whose tokens are remembered; the rarer ones are encoded anew.
MOST_WORDS = 100_000
PUT_ASIDE = 256  # kB, some thirty postings
# PostgreSQL refuses a tsvector above a megabyte; a token takes there at most twice of what is
# counted here. Only texts of some eighty thousand words are cut.
MOST_BYTES = 500_000

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
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
# What stands between words in ASCII, as blanks.
GAPS = "".join(one if one.isalnum() else " " for one in map(chr, range(128)))
# As people type them, and as phones and word processors write them.
QUOTES, DASHES = '"“”„‟«»', "-–−"
TERM = re.compile(
    rf"(?P<minus>[{DASHES}])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s{QUOTES}]+))"
)


# A change of an index table, by a schema editor and the name of the table.
Change = Callable[[Any, str], None]


class QueryRefused(ValueError):
    """The words cannot be searched for; the message says what to change."""


class _Folds(dict[int, str]):
    """What each character is folded to, by its number; for `str.translate`."""

    def __missing__(self, number: int) -> str:
        # Twice: what a sign stands for may be capital letters ("℡").
        folded = unicodedata.normalize("NFKD", chr(number).casefold()).casefold()
        folded = unicodedata.normalize("NFKD", folded)
        plain = "".join(one for one in folded if not unicodedata.combining(one))
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


@lru_cache(maxsize=2_000)
def tokens_of_name(name: str) -> Sequence[str]:
    """`tokens(name)`, remembered: many rows have the names of companies, roles and skills."""
    return tuple(tokens(name))


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each token of `text` with where in it the word begins and ends."""
    at = places(text)
    return [
        (encode(found[0]), at[found.start()], at[found.end() - 1] + 1)
        for found in TOKEN.finditer(fold(text))
    ]


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
    """One word or quoted phrase as it was typed; `plain`: it may be part of a name."""

    phrase: Phrase
    excluded: bool = False
    plain: bool = True


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
        a phrase. Raises QueryRefused for nothing to look for and for more than `max_terms` terms.
        """
        terms = []
        for found in TERM.finditer(text):
            is_word = found["word"] is not None
            raw = found["word"] if is_word else found["phrase"]
            words = tuple(tokens(raw))
            if words:
                prefix = is_word and raw.endswith("*")
                plain = is_word and not prefix
                terms.append(Term(Phrase(words, prefix), bool(found["minus"]), plain))
        if len(terms) > max_terms:
            raise QueryRefused(f"Search for {max_terms} words at most.")
        if all(term.excluded for term in terms):
            raise QueryRefused("Name at least one word to look for.")
        return cls.of(terms)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Query":
        """The query of these terms; one of them must be wanted."""
        typed = tuple(terms)
        return cls(typed, tuple(Group(((term.phrase,),), term.excluded) for term in typed))

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


def tsvector(title: Sequence[str], body: Sequence[str]) -> str:
    """The tsvector literal of a title (weight A) and a body."""
    places: dict[str, list[str]] = {}
    position = 0
    for words, weight in ((title, "A"), (body, "")):
        for word in words:
            position += 1
            found = places.setdefault(word, [])
            if position <= LAST_POSITION and len(found) < 255:
                found.append(f"{position}{weight}")
        position += 1  # a phrase never runs from the title into the body
    return " ".join(
        f"'{word}'" + (":" + ",".join(found) if found else "") for word, found in places.items()
    )


def fitting(words: Sequence[str]) -> Sequence[str]:
    """As many of the words as both databases can keep, from the first on."""
    if len(" ".join(words)) + len(words) < MOST_BYTES:
        return words  # as nearly always
    room = MOST_BYTES
    for number, word in enumerate(words):
        room -= len(word) + 2
        if room < 0:
            return words[:number]
    return words


class MatchField(models.TextField):
    """The column a Query is asked of: `.filter(<name>__find=query)`."""


@MatchField.register_lookup
class Find(models.Lookup):
    lookup_name = "find"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.lhs)
        return f"{column} MATCH %s", [*params, self.rhs.fts5()]

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.lhs)
        return f"{column} @@ %s::tsquery", [*params, self.rhs.tsquery()]

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [value]

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, Expression) or not isinstance(self.rhs, Query):
            raise TypeError("A full text column is asked with a fulltext.Query.")
        return self.rhs


def create(schema_editor: Any, table: str) -> None:
    """Make the index table `table` (for migrations).

    Its key is `rowid`, and the column asked is named like the table: FTS5 names it so.
    """
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5({TITLE}, {BODY}, tokenize='ascii')"
        )
    else:
        # No foreign key: it would keep TRUNCATE, and so test runs, from the table it points to.
        schema_editor.execute(
            f"CREATE TABLE {table} (rowid bigint PRIMARY KEY, {table} tsvector NOT NULL)"
        )
        schema_editor.execute(f"CREATE INDEX {table}_gin ON {table} USING gin ({table})")


def operation(make: Change, undo: Change, table: str) -> Any:
    """The operation of a migration that changes the index table `table`, and back."""
    from django.db.migrations import RunPython

    def run(change: Change) -> Callable[[Any, Any], None]:
        return lambda apps, schema_editor: change(schema_editor, table)

    return RunPython(run(make), run(undo))


def index_titles(schema_editor: Any, table: str) -> None:
    """Index the words of titles apart in PostgreSQL (for migrations); FTS5 tells them by column."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {table}_titles ON {table} USING gin ({_titles(table)})"
        )
        # Each search reads what is put aside to be sorted in, up to 4 MiB without this.
        for index in ("gin", "titles"):
            schema_editor.execute(
                f"ALTER INDEX {table}_{index} SET (gin_pending_list_limit = {PUT_ASIDE})"
            )


def drop_titles(schema_editor: Any, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {table}_titles")
        schema_editor.execute(f"ALTER INDEX {table}_gin RESET (gin_pending_list_limit)")


def create_finders(schema_editor: Any, table: str) -> None:
    """Make the functions that `find` asks PostgreSQL by (for migrations).

    Only a function can be told which plans to leave. For a word that many rows have the planner
    takes all rows instead of the index: it does not count that each text lies apart (TOAST).
    """
    if schema_editor.connection.vendor == "postgresql":
        ids = "string_agg(int4send(CAST(rowid AS integer)), '')"
        found = f"SELECT {ids} FROM {table} WHERE"  # noqa: S608
        unwanted = f"SELECT rowid FROM {table} WHERE {table} @@ unwanted"  # noqa: S608
        for function, condition in (
            (f"{table}_find(wanted tsquery)", f"{table} @@ wanted"),
            (
                f"{table}_find_titles(wanted tsquery, unwanted tsquery)",
                f"{_titles(table)} @@ wanted AND rowid NOT IN ({unwanted})",
            ),
        ):
            schema_editor.execute(
                f"CREATE FUNCTION {function} RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE "
                f"SET enable_seqscan = off BEGIN ATOMIC {found} {condition}; END"
            )


def drop_finders(schema_editor: Any, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {table}_find, {table}_find_titles")


def drop(schema_editor: Any, table: str) -> None:
    schema_editor.execute(f"DROP TABLE {table}")


def remove(using: str, table: str, ids: Iterable[int]) -> None:
    gone = list(ids)
    with connections[using].cursor() as cursor:
        for start in range(0, len(gone), STATEMENT):
            some = gone[start : start + STATEMENT]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"DELETE FROM {table} WHERE rowid IN ({marks})", some)  # noqa: S608


def find(using: str, table: str, queries: Sequence[Query]) -> list[Sequence[int]]:
    """The ids of the rows that meet each of the queries, in no order; one statement.

    The database answers each query with one value: thousands of rows take several times as long
    to pass on as to find. PostgreSQL needs the functions of `create_finders`, and ids below 2^31.
    """
    connection = connections[using]
    is_sqlite = connection.vendor == "sqlite"
    ask, read = (_sqlite_ids, json.loads) if is_sqlite else (_postgresql_ids, _ids_of)
    asked = [ask(table, query) for query in queries]
    selects = (f"SELECT {number}, {ids}" for number, (ids, _) in enumerate(asked))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [text for _, texts in asked for text in texts])
        found = dict(cursor.fetchall())
    return [read(found[number]) if found[number] else () for number in range(len(queries))]


def _sqlite_ids(table: str, query: Query) -> tuple[str, list[str]]:
    return f"json_group_array(rowid) FROM {table} WHERE {table} MATCH %s", [query.fts5()]


def _postgresql_ids(table: str, query: Query) -> tuple[str, list[str]]:
    if query.title_only:
        # The index of all words knows no weights: each text that has the words would be read.
        return f"{table}_find_titles(%s::tsquery, %s::tsquery)", [*query.tsqueries()]
    return f"{table}_find(%s::tsquery)", [query.tsquery()]


def _ids_of(packed: bytes) -> Sequence[int]:
    """Ids of four bytes each, the first one the highest."""
    found = array("I", packed)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def words(using: str, table: str, ids: Iterable[int]) -> Counter[str]:
    """Each token of the rows with these ids, marks aside, and how many of them have it.

    One statement.
    """
    connection, met = connections[using], Counter[str]()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT {TITLE} || ' ' || {BODY} FROM {table}"  # noqa: S608
                " WHERE rowid IN (SELECT value FROM json_each(%s))",
                [json.dumps(list(ids))],
            )
            for (text,) in cursor.fetchall():
                met.update(set(text.split()))
        else:
            cursor.execute(
                f"SELECT lexeme, count(*) FROM {table}, unnest({table}.{table})"  # noqa: S608
                " WHERE rowid = ANY(%s) GROUP BY lexeme",
                [list(ids)],
            )
            met.update(dict(cursor.fetchall()))
    return Counter({token: count for token, count in met.items() if not is_mark(token)})


def _titles(table: str) -> str:
    """The words of the title in PostgreSQL, as the index of titles has them."""
    return f"ts_filter({table}, '{{a}}')"


# The parts of a body, each a text or its tokens. A list, because a text is a sequence of texts too.
Body = list[str | list[str]]
# Id, title, body and marks of a row.
Entry = tuple[int, str, Body, Sequence[str]]


def _tokens_of_part(part: str | list[str]) -> Sequence[str]:
    if isinstance(part, list):
        return part
    return tokens_of_name(part) if len(part) <= LONGEST_NAME else tokens(part)


def write(using: str, table: str, rows: Iterable[Entry]) -> None:
    """Index `rows`; one whose id stands there is replaced."""
    connection = connections[using]
    tokenised = [
        (key, tokens(title), fitting([*marks, *chain.from_iterable(map(_tokens_of_part, body))]))
        for key, title, body, marks in rows
    ]
    remove(using, table, [key for key, _, _ in tokenised])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {table} (rowid, {TITLE}, {BODY}) VALUES (%s, %s, %s)",  # noqa: S608
                [(key, " ".join(title), " ".join(body)) for key, title, body in tokenised],
            )
        else:
            for start in range(0, len(tokenised), STATEMENT):
                some = tokenised[start : start + STATEMENT]
                marks = ", ".join(["(%s, %s::tsvector)"] * len(some))
                cursor.execute(
                    f"INSERT INTO {table} (rowid, {table}) VALUES {marks}",  # noqa: S608
                    [part for key, *words in some for part in (key, tsvector(*words))],
                )
