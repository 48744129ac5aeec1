"""Index tables of the full text: their making, writing and asking.

Both databases index the tokens of `lib.fulltext` as they stand: SQLite through FTS5, PostgreSQL as
a tsvector literal.
"""

import json
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from lib.fulltext import BODY, TITLE, Query, indexed, indexed_name, is_mark

# A tsvector holds positions up to this one only; what stands behind is found by word alone.
LAST_POSITION = 16_383
LONGEST_NAME = 100
# Rows in one statement.
STATEMENT = 400
PUT_ASIDE = 256  # kB, some thirty postings
# PostgreSQL refuses a tsvector above a megabyte; a token takes there at most twice of what is
# counted here. Only texts of some eighty thousand words are cut.
MOST_BYTES = 500_000

# A change of an index table, by a schema editor and the name of the table.
Change = Callable[[Any, str], None]


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


# The parts of a body, each a text or what it is found by. A list, because a text is a sequence of
# texts too.
Body = list[str | list[str]]
# Id, title, body and marks of a row.
Entry = tuple[int, str, Body, Sequence[str]]


def _tokens_of_part(part: str | list[str]) -> Sequence[str]:
    if isinstance(part, list):
        return part
    return indexed_name(part) if len(part) <= LONGEST_NAME else indexed(part)


def write(using: str, table: str, rows: Iterable[Entry]) -> None:
    """Index `rows`; one whose id stands there is replaced."""
    connection = connections[using]
    tokenised = [
        (key, indexed(title), fitting([*marks, *chain.from_iterable(map(_tokens_of_part, body))]))
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
