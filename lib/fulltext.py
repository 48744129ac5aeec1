"""Full text: one tokeniser and one query language over two index tables.

The tokeniser runs in Python and both databases index its output as it stands (SQLite through
FTS5, PostgreSQL as a tsvector literal), so both find the same rows. Tokens are made of a-z and
0-9 alone, so that neither database splits, folds or stems them again, and no text of a user
reaches a query language: `Query` writes the operators itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

TITLE, BODY = "title", "body"
# A tsvector holds positions up to this one only; what stands behind is found by word alone.
LAST_POSITION = 16_383
LONGEST_TOKEN = 60
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
TERM = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class QueryRefused(ValueError):
    """The words cannot be searched for; the message says what to change."""


def tokens(text: str) -> list[str]:
    """The words of `text`, folded: no case, no accents, `C++` and its like whole."""
    # Twice: what a sign stands for may be capital letters ("℡").
    folded = unicodedata.normalize("NFKD", text.casefold()).casefold()
    folded = unicodedata.normalize("NFKD", folded)
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return [encode(word) for word in TOKEN.findall(plain)]


def encode(word: str) -> str:
    word = WHOLE.get(word, word)[:LONGEST_TOKEN]
    return word if word.isascii() else "0x" + word.encode().hex()


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: its tokens stand side by side (`prefix`: the last one begins so)."""

    tokens: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asked of the full text: all terms, none of the excluded ones."""

    terms: tuple[Term, ...]
    title_only: bool = False

    @classmethod
    def parse(cls, text: str, *, max_terms: int) -> "Query":
        """Words, "phrases in quotes", -excluded words and prefix* of `text`.

        A word that holds several tokens (full-stack) is a phrase. Raises QueryRefused for
        nothing to look for and for more than `max_terms` terms.
        """
        terms = []
        for found in TERM.finditer(text):
            raw = found["phrase"] if found["phrase"] is not None else found["word"]
            words = tuple(tokens(raw))
            if words:
                prefix = found["word"] is not None and raw.endswith("*")
                terms.append(Term(words, prefix, bool(found["minus"])))
        if len(terms) > max_terms:
            raise QueryRefused(f"Search for {max_terms} words at most.")
        if not any(not term.excluded for term in terms):
            raise QueryRefused("Name at least one word to look for.")
        return cls(tuple(terms))

    def in_title(self) -> "Query":
        return Query(self.terms, title_only=True)

    def fts5(self) -> str:
        wanted: list[str] = []
        unwanted: list[str] = []
        for term in self.terms:
            text = '"' + " ".join(term.tokens) + '"' + ("*" if term.prefix else "")
            (unwanted if term.excluded else wanted).append(text)
        positive = " AND ".join(wanted)
        if self.title_only:
            positive = f"{TITLE} : ({positive})"
        return f"({positive})" + "".join(f" NOT {text}" for text in unwanted)

    def tsquery(self) -> str:
        parts = []
        for term in self.terms:
            weight = "A" if self.title_only and not term.excluded else ""
            marks = [weight] * len(term.tokens)
            if term.prefix:
                marks[-1] = "*" + marks[-1]
            words = " <-> ".join(
                f"'{token}'" + (f":{mark}" if mark else "")
                for token, mark in zip(term.tokens, marks, strict=True)
            )
            parts.append(("!" if term.excluded else "") + f"({words})")
        return " & ".join(parts)


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


def drop(schema_editor: Any, table: str) -> None:
    schema_editor.execute(f"DROP TABLE {table}")


def remove(using: str, table: str, ids: Iterable[int]) -> None:
    with connections[using].cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(i,) for i in ids])  # noqa: S608


def write(using: str, table: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Index `rows` of (id, title, body); an id that stands there is replaced."""
    connection = connections[using]
    tokenised = [(key, tokens(title), fitting(tokens(body))) for key, title, body in rows]
    remove(using, table, [key for key, _, _ in tokenised])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {table} (rowid, {TITLE}, {BODY}) VALUES (%s, %s, %s)",  # noqa: S608
                [(key, " ".join(title), " ".join(body)) for key, title, body in tokenised],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {table} (rowid, {table}) VALUES (%s, %s::tsvector)",  # noqa: S608
                [(key, tsvector(title, body)) for key, title, body in tokenised],
            )
