"""What a list shows of a description: the words that were looked for, in their place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from jobs.cards import marked
from jobs.excerpts import LENGTH, WORD, Wanted, excerpts
from jobs.filters import PostingFilter
from lib.fulltext import Query, spellings, tokens
from lib.synonyms import Synonyms, Thing, names_of
from tests.factories import PostingFactory, SkillFactory
from tests.lib.test_textindex import asked

FILLING = "Nothing of note stands here, and it goes on for a while. "


def excerpt(text, query, *synonyms):
    names = names_of(synonyms)
    known = Synonyms([Thing("0s1", names, names)])
    return Wanted(known.widen(Query.parse(query, max_terms=12))).excerpt(text)


def shown(text, query, *synonyms):
    return "".join(
        f"[{part}]" if is_match else part for part, is_match in excerpt(text, query, *synonyms)
    )


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("We write Rust daily.", "rust", "We write [Rust] daily."),
        ("In ZÜRICH, Straße 1", "zurich strasse", "In [ZÜRICH], [Straße] 1"),
        ("an ﬁne café", "fine cafe", "an [ﬁne] [café]"),
        ("the café here", "café", "the [café] here"),
        ("C++, C and .NET", "c++ .net", "[C++], C and [.NET]"),
        ("node.js or js", "js", "node.js or [js]"),
        ("CI/CD and cd", "ci/cd", "[CI/CD] and cd"),
        ("data engineer, engineer of data", '"data engineer"', "[data engineer], engineer of data"),
        ("kubectl and kube", "kube*", "[kubectl] and [kube]"),
        ("data entry, data engineers", '"data eng*"', ""),
        ("with Kubernetes", "k8s", "with [Kubernetes]"),
        ("with k8s and Kubernetes", '"k8s"', "with [k8s] and Kubernetes"),
        ("rust and go", "rust -go", "[rust] and go"),
        ("データ職人 and データ", "データ", "データ職人 and [データ]"),
        ("trusted rustic", "rust", ""),
        ("a full-stack job, full stack", "fullstack", "a [full-stack] job, full stack"),
        ("a fullstack job, full-stack", "full-stack", "a [fullstack] job, [full-stack]"),
        ("with Dr. Müller-Berg", "mueller", "with Dr. [Müller]-Berg"),
        ("for Engineers, an engineer", "engineer", "for [Engineers], an [engineer]"),
        ("technologies", "technology", "[technologies]"),
        ("Boxes and a box", "boxes", "[Boxes] and a [box]"),
        ("with Müller and Mueller", "müller", "with [Müller] and [Mueller]"),
        ("", "rust", ""),
        ("<b>rust</b>", "rust b", "<[b]>[rust]</[b]>"),
    ],
)
def test_matches_are_marked_as_the_index_finds_them(text, query, marked):
    assert shown(text, query, "k8s", "Kubernetes") == marked


def test_a_long_text_is_cut_between_words_around_the_place_with_most_of_the_query():
    text = "Rust first. " + FILLING * 20 + "Here are Rust and Kafka together. " + FILLING * 20
    found = shown(text, "kafka rust")
    assert found.startswith("… ")
    assert found.endswith("\N{NO-BREAK SPACE}…")
    assert "Here are [Rust] and [Kafka] together." in found
    words = text.split()
    assert all(
        word.strip("[].") in {one.strip(".") for one in words} for word in found.split()[1:-1]
    )
    assert LENGTH - WORD < len(found) < LENGTH + WORD + 20


def test_the_beginning_and_the_end_have_no_dots_of_their_own():
    assert shown("Rust. " + FILLING * 9, "rust").startswith("[Rust]. ")
    assert shown(FILLING * 9 + "Rust", "rust").endswith(" [Rust]")


@given(
    st.text("ab ßé.+#c-\n0ﬁ…", max_size=400).map(lambda text: text + " data"),
    st.lists(
        st.sampled_from(["a", "ab", "c++", "b*", "ss", "fi", '"a b"', "data", "0", "a-b"]),
        min_size=1,
        max_size=3,
    ),
)
@example("an a-b data", ["ab"])
def test_an_excerpt_is_a_piece_of_the_text_and_marks_only_what_was_asked(text, words):
    query = Query.parse(" ".join(words), max_terms=12)
    found = Wanted(query).excerpt(text)
    parts = [part for part, _ in found if part not in ("… ", "\N{NO-BREAK SPACE}…")]
    assert "".join(parts) in text
    sought = [(phrase.tokens, phrase.prefix) for term in query.terms for (phrase,) in term.wordings]
    for part, is_match in found:
        if is_match:
            said = tuple(tokens(part))
            ways = {said, tuple(spellings(part, said))}
            assert any(
                wanted in ways or (prefix and said[-1].startswith(wanted[-1]))
                for wanted, prefix in sought
            )


def test_one_statement_for_a_whole_page_and_only_for_postings_that_say_it(db):
    skill = SkillFactory(name="Kubernetes", aliases=["k8s"])
    said = [PostingFactory(description=f"We *run* Kubernetes {n}.") for n in range(5)]
    linked = PostingFactory(description="We run things.", skills=[skill])
    words = PostingFilter(asked("k8s").data).words_asked
    with CaptureQueriesContext(connection) as queries:
        found = excerpts([*(one.pk for one in said), linked.pk], words)
    assert len(queries) == 1
    assert found == {
        one.pk: [("We run ", False), ("Kubernetes", True), (f" {n}.", False)]
        for n, one in enumerate(said)
    }


def test_the_words_of_a_stranger_are_marked_as_words():
    parts = excerpt("<script>rust</script> & more", "rust")
    assert marked(parts) == (
        '<p class="excerpt">&lt;script&gt;<mark>rust</mark>&lt;/script&gt; &amp; more</p>'
    )


def test_a_heading_is_no_part_of_the_next_sentence():
    parts = excerpt("What you bring\nWe use rust.\nAnd more", "rust")
    assert marked(parts) == (
        '<p class="excerpt">What you bring · We use <mark>rust</mark>. · And more</p>'
    )
