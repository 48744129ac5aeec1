"""Names in a query stand for all names of the same thing, and quotes for themselves."""

import pytest

from lib.fulltext import Query, mark, tokens
from lib.synonyms import Synonyms, Thing, names_of


def thing(key, *names, unclear=()):
    every = names_of(names)
    return Thing(
        mark("s", key), every, tuple(name for name in every if " ".join(name) not in unclear)
    )


KNOWN = Synonyms(
    [
        thing(1, "Kubernetes", "k8s"),
        thing(2, "Go", "Golang", unclear=["go"]),
        thing(3, "Machine learning", "ML"),
        thing(4, "Machine Learning Engineer", "ML Engineer", "ML Software Engineer"),
        thing(5, "CI/CD", "CICD"),
        thing(6, "Container orchestration", "k8s"),
    ]
)


def widened(text):
    return KNOWN.widen(Query.parse(text, max_terms=12)).fts5()


@pytest.mark.parametrize(
    ("text", "fts5"),
    [
        ("kubernetes", '(("kubernetes" OR "0s1" OR "k8s"))'),
        ("K8S", '(("k8s" OR "0s1" OR "kubernetes" OR "0s6" OR "container orchestration"))'),
        ("golang", '(("golang" OR "0s2"))'),
        ("go", '(("go" OR "0s2" OR "golang"))'),
        ("ci/cd", '(("ci cd" OR "0s5" OR "cicd"))'),
        ("ci cd", '((("ci" AND "cd") OR "0s5" OR "cicd"))'),
        ("ml engineer", '((("ml" AND "engineer") OR "0s4" OR "machine learning engineer"'
                        ' OR "ml software engineer"))'),
        ("ml ops", '(("ml" OR "0s3" OR "machine learning") AND "ops")'),
        ("engineer ml", '("engineer" AND ("ml" OR "0s3" OR "machine learning"))'),
        ('"k8s"', '("k8s")'),
        ('"ml" engineer', '("ml" AND "engineer")'),
        ("k8s*", '("k8s"*)'),
        ("ml* engineer", '("ml"* AND "engineer")'),
        ("data -golang", '("data") NOT ("golang" OR "0s2")'),
        ("data -ml engineer", '("data" AND "engineer") NOT ("ml" OR "0s3" OR "machine learning")'),
        ('data -"golang"', '("data") NOT "golang"'),
        ("ml -data engineer", '(("ml" OR "0s3" OR "machine learning") AND "engineer") NOT "data"'),
    ],
)  # fmt: skip
def test_a_name_stands_for_the_other_names_of_what_it_means(text, fts5):
    assert widened(text) == fts5


def test_a_title_has_no_marks():
    query = KNOWN.widen(Query.parse("golang ops", max_terms=12)).in_title()
    assert query.fts5() == '(title : ("golang" AND "ops"))'
    assert query.tsquery() == "('golang':A) & ('ops':A)"


def test_the_other_language_says_the_same():
    query = KNOWN.widen(Query.parse("ml engineer -golang", max_terms=12))
    assert query.tsquery() == (
        "((('ml') & ('engineer')) | ('0s4') | ('machine' <-> 'learning' <-> 'engineer')"
        " | ('ml' <-> 'software' <-> 'engineer')) & !(('golang') | ('0s2'))"
    )


@pytest.mark.parametrize("text", ["0s1", "0S1", "0*", "0s*", "0x6b", "00", "0.5", "º0s1"])
def test_no_text_reaches_a_mark_or_the_bytes_of_another_word(text):
    for term in Query.parse(text, max_terms=12).terms:
        for token in term.phrase.tokens:
            assert not token.startswith("0") or token.startswith("0x")
            assert not mark("s", 1).startswith(token)
    assert set(tokens(text)).isdisjoint(tokens("k"))
