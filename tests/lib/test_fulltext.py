"""One tokeniser: both databases find the same, and nobody's text is a query language."""

import re
import unicodedata

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from jobs.filters import PostingFilter
from jobs.models import TextIndex
from lib import fulltext
from lib.fulltext import TOKEN, WHOLE, Query, QueryRefused, encode, find, fold, tokens, tsvector
from tests.factories import PostingFactory

PLAIN = re.compile("[a-z0-9]+")


def parse(text: str) -> Query:
    return Query.parse(text, max_terms=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zürich, MÜNCHEN & Łódź", ["zurich", "munchen", encode("łodz")]),
        ("C++ C# F# .NET Node.js", ["cplusplus", "csharp", "fsharp", "dotnet", "nodejs"]),
        ("ASP.NET asp.net core", ["aspnet", "aspnet", "core"]),
        ("R, the language", ["r", "the", "language"]),
        ("C++17 and C", ["c", "17", "and", "c"]),
        ("full-stack/back_end", ["full", "stack", "back", "end"]),
        ("Straße ﬁne ①", ["strasse", "fine", "1"]),
        ("hello.NETwork", ["hello", "network"]),
        ("", []),
        ("-–—  ***", []),
    ],
)
def test_words_are_folded_and_names_with_signs_stay_whole(text, words):
    assert tokens(text) == words


@given(st.text())
@example("℡ ㏒ Ⅷ")
@example("ﷺ" * 20)
@example("İSTANBUL")
def test_a_token_is_small_letters_and_digits_so_no_database_splits_it_again(text):
    for token in tokens(text):
        assert PLAIN.fullmatch(token)
        assert len(token) < 500


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_case_and_composition_of_a_word_do_not_matter(text):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert tokens(forms[0]) == tokens(forms[1])
    assert tokens(text.casefold()) == tokens(text)


@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from([*WHOLE, "‘’", "–", "é ", "C#"]))))
@example(["3+ years ", "’s", ".NET", "½", "_c++"])
def test_words_are_found_alike_whatever_script_stands_beside_them(parts):
    text = "".join(parts)
    assert tokens(text) == [encode(word) for word in TOKEN.findall(fold(text))]
    assert tokens(f"{text} 東京 {text}") == [*tokens(text), *tokens("東京"), *tokens(text)]


def test_a_word_beyond_the_longest_is_cut_alike_in_index_and_query():
    assert tokens("x" * 61) == tokens("x" * 600) == ["x" * 60]


@pytest.mark.parametrize(
    ("text", "fts5"),
    [
        ("data engineer", '("data" AND "engineer")'),
        ('"data engineer" -junior', '("data engineer") NOT "junior"'),
        ("full-stack", '("full stack")'),
        ("“data engineer” –junior", '("data engineer") NOT "junior"'),
        ("„data engineer“ −junior", '("data engineer") NOT "junior"'),
        ("«data» – engineer — lead", '("data" AND "engineer" AND "lead")'),
        ("eng* c++", '("eng"* AND "cplusplus")'),
        ('"unclosed phrase', '("unclosed phrase")'),
        ("a OR b AND NOT c", '("a" AND "or" AND "b" AND "and" AND "not" AND "c")'),
        ("NEAR(a b) title:x ^y", '("near a" AND "b" AND "title x" AND "y")'),
        ("it's; DROP--TABLE", '("it s" AND "drop table")'),
    ],
)
def test_a_query_is_written_by_us_and_never_by_its_words(text, fts5):
    assert parse(text).fts5() == fts5


def test_a_query_means_the_same_in_the_other_language():
    query = parse('"data engineer" eng* -junior')
    assert query.tsquery() == "('data' <-> 'engineer') & ('eng':*) & !('junior')"
    assert query.in_title().tsquery() == "('data':A <-> 'engineer':A) & ('eng':*A) & !('junior')"
    assert query.in_title().fts5() == '(title : ("data engineer" AND "eng"*)) NOT "junior"'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at least one word"),
        ("-junior", "at least one word"),
        ("*** ---", "at least one word"),
        (" ".join(f"w{n}" for n in range(13)), "12 words at most"),
    ],
)
def test_a_query_without_an_answer_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(QueryRefused, match=sentence):
        parse(text)


def test_places_of_a_tsvector_tell_title_from_body():
    assert tsvector(["data"], ["data", "cook"]) == "'data':1A,3 'cook':4"


def test_a_word_behind_the_last_place_is_kept_without_one():
    vector = tsvector([], ["w"] * 300 + ["x"] * 17_000 + ["end"])
    assert vector.count(",") == 2 * 254
    assert vector.endswith(" 'end'")


def asked(text: str) -> PostingFilter:
    data = QueryDict(mutable=True)
    data["q"] = text
    return PostingFilter(data)


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
    fulltext.write(connection.alias, TextIndex.TABLE, rows)
    assert fulltext.words(connection.alias, TextIndex.TABLE, [1, 2, 9]) == {
        "blue": 1, "sky": 1, "sea": 2, "uber": 1, "cplusplus": 1,
    }  # fmt: skip
    assert fulltext.words(connection.alias, TextIndex.TABLE, []) == {}
