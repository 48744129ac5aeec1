"""Index tables: both databases find the same, and read no text to find it."""

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from jobs.filters import PostingFilter
from jobs.models import TextIndex
from lib import textindex
from lib.fulltext import QueryRefused
from lib.textindex import find, tsvector
from tests.factories import PostingFactory
from tests.lib.test_fulltext import parse


def asked(text: str) -> PostingFilter:
    data = QueryDict(mutable=True)
    data["q"] = text
    return PostingFilter(data)


def test_places_of_a_tsvector_tell_title_from_body():
    assert tsvector(["data"], ["data", "cook"]) == "'data':1A,3 'cook':4"


def test_a_word_behind_the_last_place_is_kept_without_one():
    vector = tsvector([], ["w"] * 300 + ["x"] * 17_000 + ["end"])
    assert vector.count(",") == 2 * 254
    assert vector.endswith(" 'end'")


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("kubernetes", True), ("Kubernetes engineer", True), ("engineer kubernetes", True),
        ('"kubernetes engineer"', True), ('"engineer kubernetes"', False),
        ('"engineer we"', False), ("kuber*", True), ("kuber", False), ("c++", True), ("c", False),
        ("zurich", True), ("ZÜRICH", True), ("-zurich kubernetes", False),
        ("データ", True), ("デー*", True), ("node.js", False),
    ],
)  # fmt: skip
def test_both_databases_find_the_same(db, text, is_found):
    PostingFactory(title="Kubernetes Engineer", description="We write C++ in Zürich. データ")
    assert asked(text).ignored == []
    assert asked(text).qs.exists() is is_found


@pytest.mark.parametrize("typed", ["full-stack", "fullstack", "full stack", "FULL‑STACK"])
@pytest.mark.parametrize("written", ["Full-Stack", "fullstack", "full stack"])
def test_a_compound_is_found_however_it_is_written(db, typed, written):
    PostingFactory(title=f"{written} engineer"), PostingFactory(title="Stack engineer, not so full")
    title = f"{written} engineer"
    found = asked(f"{typed} engineer").qs.filter(posting__title=title)
    assert found.exists()
    assert not asked(f"engineer -{typed}").qs.filter(posting__title=title).exists()


@pytest.mark.parametrize("typed", ["Müller", "mueller", "MUELLER", "Mu\u0308ller"])
@pytest.mark.parametrize("written", ["Müller", "Mueller"])
def test_a_name_is_found_with_its_umlaut_or_with_two_letters(db, typed, written):
    PostingFactory(title="Cook", description=f"Beside {written} and others.")
    assert asked(typed).qs.count() == 1
    assert asked("muller").qs.exists() is (written == "Müller")


@pytest.mark.parametrize("script", ["abcdefghij", "データ職人学校病院東京"])
def test_the_longest_text_that_an_import_takes_can_be_indexed(db, script):
    """PostgreSQL refuses a tsvector of a megabyte."""
    numbers = (f"{n:06d}" for n in range(140_000))
    words = " ".join("".join(script[int(digit)] for digit in number) for number in numbers)
    PostingFactory(title="Long", markup="html", description=words[:990_000])
    assert asked(f"long {script[0] * 6}").qs.count() == 1


def test_each_of_several_queries_is_answered_by_one_statement(db, django_assert_num_queries):
    cook = PostingFactory(title="Cook", description="Bread and soup.")
    baker = PostingFactory(title="Baker", description="Bread beside a cook.")
    asked_for = [parse("bread"), parse("cook").in_title(), parse("poet"), parse("bread -soup")]
    with django_assert_num_queries(1):
        found = find(connection.alias, TextIndex.TABLE, asked_for)
    assert [sorted(ids) for ids in found] == [[cook.pk, baker.pk], [cook.pk], [], [baker.pk]]


def test_what_is_wanted_in_the_title_is_unwanted_in_all_of_the_text(db):
    cook = PostingFactory(title="Head cook", description="Bread and soup.")
    other = PostingFactory(title="Cook of bread", description="Soup; no head.")
    asked_for = [
        parse(text).in_title()
        for text in ("cook", "cook -bread", "bread -head", '"head cook" -poet', "soup", "coo*")
    ]
    found = find(connection.alias, TextIndex.TABLE, asked_for)
    both = [cook.pk, other.pk]
    assert [sorted(ids) for ids in found] == [both, [], [], [cook.pk], [], both]


def test_no_text_is_read_to_find_a_word_that_all_of_them_have(db):
    PostingFactory.create_batch(3, title="Cook", description="Bread and soup.")

    def rows_read_one_by_one() -> int:
        if connection.vendor == "sqlite":
            return 0  # FTS5 has nothing but its index to read
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = %s",
                [TextIndex.TABLE],
            )
            return cursor.fetchone()[0]

    before = rows_read_one_by_one()
    queries = [parse("bread"), parse("cook").in_title(), parse("cook -poet").in_title()]
    assert [len(ids) for ids in find(connection.alias, TextIndex.TABLE, queries)] == [3, 3, 3]
    assert rows_read_one_by_one() == before


def test_the_column_is_asked_with_a_query_alone(db):
    with pytest.raises(TypeError, match=r"fulltext\.Query"):
        TextIndex.objects.filter(match__find="data").exists()


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_words_are_a_query_that_the_database_reads(django_db_setup, django_db_blocker, text):
    try:
        query = parse(text)
    except QueryRefused:
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql, asked = "SELECT 1 FROM jobs_textindex WHERE jobs_textindex MATCH %s", query.fts5()
        else:
            sql, asked = "SELECT 1 WHERE ''::tsvector @@ %s::tsquery", query.tsquery()
        cursor.execute(sql, [asked])


def test_the_words_of_rows_are_counted_once_for_each_row(db):
    rows = [
        (1, "Blue sky", ["blue blue sea", "über C++"], ["0r1"]),
        (2, "", ["Sea"], ["0r1", "0s7"]),
        (3, "Green", ["sea"], []),
    ]
    textindex.write(connection.alias, TextIndex.TABLE, rows)
    assert textindex.words(connection.alias, TextIndex.TABLE, [1, 2, 9]) == {
        "blue": 1, "sky": 1, "sea": 2, "uber": 1, "ueber": 1, "cplusplus": 1,
    }  # fmt: skip
    assert textindex.words(connection.alias, TextIndex.TABLE, []) == {}
