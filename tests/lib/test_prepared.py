"""lib.prepared: the same answers, planned once."""

import pytest
from django.db import DatabaseError, connection, transaction

from lib.prepared import execute

SQL = "SELECT CAST(%s AS integer) + CAST(%s AS integer)"


def answer(sql, params):
    with connection.cursor() as cursor:
        execute(cursor, sql, params)
        return cursor.fetchone()[0]


def planned(sql):
    """How often the connection has prepared the statement; SQLite's driver says nothing of it."""
    if connection.vendor == "sqlite":
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return sum(text.endswith(f" AS {sql % ('$1', '$2')}") for (text,) in cursor.fetchall())


def test_a_statement_is_planned_once_and_answers_each_time(db, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert [answer(SQL, [1, number]) for number in range(3)] == [1, 2, 3]
    assert planned(SQL) == 1


def test_a_statement_without_parameters_is_answered(db):
    assert answer("SELECT 7", []) == 7


def test_what_was_undone_is_asked_again(db):
    sql = SQL + " + 1"
    with transaction.atomic():
        assert answer(sql, [1, 1]) == 3
        transaction.set_rollback(True)
    assert answer(sql, [1, 1]) == 3


def test_a_wrong_statement_fails_as_any_other_and_is_not_remembered(db):
    for _ in range(2):
        with pytest.raises(DatabaseError, match="nowhere"), transaction.atomic():
            answer("SELECT * FROM nowhere WHERE 1 = %s", [1])


def test_behind_a_pooler_nothing_is_prepared(db, monkeypatch):
    sql = SQL + " + 2"
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert answer(sql, [1, 1]) == 4
    assert planned(sql) == (connection.vendor == "sqlite")


def test_a_new_connection_prepares_for_itself(transactional_db):
    assert answer(SQL, [2, 2]) == 4
    connection.close()
    assert answer(SQL, [2, 3]) == 5
    assert planned(SQL) == 1
