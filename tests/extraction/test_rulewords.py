"""Readers are told in words how something was read."""

import re
from itertools import product

import pytest

from extraction.employment import extract as employment
from extraction.role import Vocabulary
from extraction.rulewords import NO_CURRENCY, SHAPES, STANDS, WORDS, in_words
from extraction.salary import extract as salary
from extraction.seniority import extract as seniority
from extraction.workplace import extract as workplace


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (seniority("Senior Cook"), "A word of the title"),
        (seniority("Data Engineer III"), "A numeral in the title"),
        (employment("Cook (part-time)", ""), "Stands in the title"),
        (workplace("Cook", "Remote, Germany", ""), "The location says so"),
        (workplace("Cook", "Anywhere", ""), "The location says “anywhere”"),
        (workplace("Cook", "", "This role is fully remote."), "A sentence of the text says so"),
        (Vocabulary([("cook", ["Cook"])]).extract("Senior Cook"), WORDS["role.title-whole"]),
    ],
)
def test_a_rule_is_told_in_words(answer, words):
    assert answer.rule
    assert in_words(answer.rule) == words


def test_a_rule_of_pay_tells_its_shape_where_it_stood_and_what_is_missing():
    assert in_words(salary("€60,000 - €70,000 a year").rule) == "A range with its period"
    missing = "An amount behind a word for pay, no currency named"
    assert in_words("salary.amount-after-pay-word" + NO_CURRENCY) == missing
    for shape, stands in product(SHAPES, STANDS):
        assert "-" not in in_words(f"salary.{shape}-{stands}")


def test_what_is_a_sentence_stays_and_several_are_told_each():
    said = "conflict: the system states one, the text another"
    assert in_words(said) == said.capitalize()
    both = "stated by the system; role.alias"
    assert in_words(both) == "Stated by the system; Another name of the role"
    assert in_words("") == ""


def test_a_rule_without_words_is_read_word_by_word():
    assert in_words("salary.plausible-range") == "Plausible range"
    assert in_words("future.some-new-rule") == "Some new rule"


def test_no_words_are_a_code():
    assert not any(re.search(r"\w-in-\w|\.", text) for text in WORDS.values())
