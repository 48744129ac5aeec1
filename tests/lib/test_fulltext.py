"""One tokeniser for index and query, and nobody's text is a query language."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.fulltext import (
    TOKEN,
    WHOLE,
    Query,
    QueryRefused,
    encode,
    fold,
    indexed,
    respelt,
    spellings,
    tokens,
)

PLAIN = re.compile("[a-z0-9]+")


def parse(text: str) -> Query:
    return Query.parse(text, max_terms=12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zürich, MÜNCHEN & Łódź", ["zurich", "munchen", "lodz"]),
        ("Søren, Æther, Œuvre, Þór", ["soren", "aether", "oeuvre", "thor"]),
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


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("A full-stack, full stack job", ["fullstack"]),
        ("e‑commerce state-of-the-art", ["ecommerce", "stateoftheart"]),
        ("2026-11-30, 80-100k, C++-like - and -x", []),
        ("Müller, ÅRHUS Høje", ["mueller", "aarhus", "hoeje"]),
        ("Mu\u0308ller-Straße", ["mullerstrasse", "mueller"]),
        ("веб-разработка", [encode("вебразработка")]),
        ("words, Technologies and classes", ["word", "technology", "class"]),
        ("AWS K8s news status less analysis series", ["sery"]),
        ("plain", []),
    ],
)
def test_a_word_has_the_spellings_that_others_type(text, others):
    assert spellings(text, tokens(text)) == others
    assert indexed(text) == [*tokens(text), *others]


@given(st.text(st.sampled_from("aeouäöüåøßI-\N{NON-BREAKING HYPHEN}. 1e\u0308"), max_size=40))
def test_another_spelling_is_a_token_and_stands_where_its_word_does(text):
    for token, start, end in respelt(text):
        assert PLAIN.fullmatch(token)
        word = text[start:end]
        assert token in spellings(word, tokens(word))


def test_a_word_beyond_the_longest_is_cut_alike_in_index_and_query():
    assert tokens("x" * 61) == tokens("x" * 600) == ["x" * 60]


@pytest.mark.parametrize(
    ("text", "fts5"),
    [
        ("data engineer", '("data" AND "engineer")'),
        ('"data engineer" -junior', '("data engineer") NOT "junior"'),
        ("full-stack", '(("full stack" OR "fullstack"))'),
        ("full-st*", '(("full st"* OR "fullst"*))'),
        ("-full-stack dev", '("dev") NOT ("full stack" OR "fullstack")'),
        ('"full-stack"', '("full stack")'),
        ("Müller", '(("muller" OR "mueller"))'),
        ("data engineers", '("data" AND ("engineers" OR "engineer"))'),
        ("Mu\u0308ller,", '(("muller" OR "mueller"))'),
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
