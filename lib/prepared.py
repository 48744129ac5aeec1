"""Statements that PostgreSQL plans once for a connection.

A union of nine short selects takes it longer to plan than to answer: 1.5 of 1.9 ms. SQLite needs
no help: its driver remembers statements.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.utils import CursorWrapper

# The names of what each connection has prepared; they end with it.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def execute(cursor: CursorWrapper, sql: str, params: Sequence[Any]) -> None:
    """`cursor.execute(sql, params)` for SQL that is asked again and again.

    It has no percent sign but for its `%s`, and tells the type of each of them by itself.
    """
    connection = cursor.db
    # With a pooler between, another statement may meet another connection (Django's own setting).
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if connection.vendor != "postgresql" or pooled:
        cursor.execute(sql, params)
        return
    name = f"board_{sha256(sql.encode()).hexdigest()[:32]}"
    known = _prepared.setdefault(connection.connection, set())
    if name not in known:
        places = tuple(f"${place}" for place in range(1, len(params) + 1))
        with connection.wrap_database_errors:
            # Not counted among a page's statements, since it is one of the connection.
            cursor.cursor.execute(f"PREPARE {name} AS {sql % places}")
        known.add(name)
    marks = ", ".join(["%s"] * len(params))
    cursor.execute(f"EXECUTE {name} ({marks})" if params else f"EXECUTE {name}", params)
