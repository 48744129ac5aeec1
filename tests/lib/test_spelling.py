"""Words that nobody uses are compared with those that are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.fulltext import encode, fold, tokens
from lib.spelling import nearest, respelled, spellings


def known(*words):
    return {fold(word): word for word in words}


@given(st.text('ab"-* c+#é', max_size=30))
def test_only_the_unknown_words_of_a_query_change(text):
    assert respelled(text, {}) == text
    changed = respelled(text.replace("-", " "), {"a": "b"})
    assert tokens(changed) == ["b" if token == "a" else token for token in tokens(text)]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("kuberentes", ["Kubernetes"]),
        ("kubernets", ["Kubernetes"]),
        ("jva", ["Java"]),
        ("kafca", ["Kafka"]),
        ("plumber", []),
        ("unicorn", []),
        ("qqqqxz", []),
    ],
)
def test_a_near_word_has_a_slip_in_four_letters(word, near):
    words = known("Java", "Kubernetes", "Kafka", "number", "Lava", "junior")
    assert nearest(word, words) == near


def test_the_likest_word_comes_first_and_of_equally_like_ones_the_more_frequent():
    assert nearest("gardner", known("garner", "gardener", "Warner")) == ["gardener", "garner"]
    assert nearest("kafca", known("kafta", "kafka")) == ["kafta", "kafka"]
    assert nearest("kafca", known("kafka", "kafta")) == ["kafka", "kafta"]


def test_the_beginning_of_a_word_is_compared_with_beginnings():
    words = known("Kubernetes", "Kubrick")
    assert nearest("kuberent", words) == []
    assert nearest("kuberent", words, prefix=True) == ["Kubernetes"]


def test_words_of_other_scripts_are_compared_by_their_letters():
    words = known("программа", "погода")
    assert nearest(encode("програма"), words) == ["программа"]
    assert nearest(encode("квартира"), words) == []


def test_a_spelling_has_a_word_for_each_token_and_fits_into_a_search():
    likely = {"gardner": ["gardener", "garner"], "kafca": ["kafka"]}
    both = ["gardener -x kafka", "garner -x kafka"]
    assert list(spellings("gardner -x kafca", likely)) == both
    assert list(spellings("gardner kafca", likely | {"kafca": []})) == []
    assert list(spellings("gardner" + " " * 193, {"gardner": ["gardener", "garner"]})) == [
        "garner" + " " * 193
    ]
