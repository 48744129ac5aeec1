"""Pairs of listings, labelled by hand: one job, or two, or for a person to say.

The texts are ours. `JOB` is one employer's posting; the others are what becomes of it elsewhere.
"""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.likeness import (
    DOUBTFUL,
    SAME,
    Face,
    key_of,
    likeness,
    requisition_of,
    sketch_of,
    verdict,
)
from lib.fulltext import tokens

ABOUT = """Acme builds the scheduling software that two thousand clinics open every morning. We are
ninety people in four countries, profitable since our third year, and we answer the phone ourselves.
Our engineers sit with support once a month, because nothing explains a bug as well as the person
who met it. We write decisions down, keep meetings short and publish our pay bands."""
WORK = """You will own the pipelines that bring appointment data from clinics into our warehouse:
design the tables, review the code of two colleagues, and be the person who knows why last night's
load was late. You will replace a set of cron jobs with something that can be replayed, and agree
with the analysts on what a cancelled visit means. Once it runs, you will teach others to run it."""
BRING = """You have carried data pipelines in production for some years and broken one of them. You
write SQL that others can read, and Python with tests. You have opinions about slowly changing
dimensions and can explain them to a nurse. Experience with health data helps and is not needed."""
OFFER = """Thirty days off, a learning budget that nobody has to ask for, and a laptop of your
choice. The process is a call, a paid half-day task and a conversation with the team; we answer
within a week either way, and tell you why."""
OTHER_WORK = """You will lead the search team: ranking, spelling and the index that answers four
hundred questions a second. Your first quarter is about recall for rare drug names, and your second
about cutting the cost of the cluster by half. You will hire one more person and write the roadmap
with the product manager, who was a pharmacist before."""
OTHER_BRING = """You know inverted indexes from the inside, have tuned relevance against labelled
data and can read a flame graph. Lucene or Tantivy, Rust or Java; how you think matters more than
which."""

JOB = "\n".join([ABOUT, WORK, BRING, OFFER])
SAME_TEXTS = {
    "word for word": JOB,
    "white space and case": JOB.upper().replace(" ", "  "),
    "another city named": JOB + "\nThe desk for this role stands in our Lyon office.",
    "a board's greeting and footer": "New on our board today!\n" + JOB
    + "\nMention this board when you apply. Posted by the editors.",
    "a sentence less": JOB.replace(
        "Experience with health data helps and is not needed.", ""
    ),
    "typographic signs": JOB.replace("'", "’").replace(".", " ."),
}  # fmt: skip
OTHER_TEXTS = {
    "another team with the same frame": "\n".join([ABOUT, OTHER_WORK, OTHER_BRING, OFFER]),
    "another team, its own words alone": OTHER_WORK + OTHER_BRING,
    "the frame alone": ABOUT,
    "nothing": "",
}
DOUBTFUL_TEXTS = {
    "the tasks rewritten": "\n".join([ABOUT, WORK, OTHER_BRING, OFFER]),
    "cut in the middle": ABOUT + WORK + BRING[:100],
}


def sketch(text: str) -> bytes:
    return sketch_of(tokens(text))


def face(text: str = JOB, title="Data Engineer", company="Acme", source="a:1", **said) -> Face:
    stated = {"places": [["city", "Berlin", "DE", "BE"]], **said}
    number = stated.pop("requisition", "")
    places = [place[1] for place in stated["places"]]
    return Face(key_of(company, title, places), sketch(text), number, source, stated)


@pytest.mark.parametrize("text", SAME_TEXTS.values(), ids=SAME_TEXTS.keys())
def test_one_job_told_at_another_source_is_the_same(text):
    assert verdict(face(), face(text, source="b:1")).same


@pytest.mark.parametrize("text", OTHER_TEXTS.values(), ids=OTHER_TEXTS.keys())
def test_another_job_of_the_same_employer_and_title_is_another(text):
    found = verdict(face(), face(text, source="b:1"))
    assert not found.same
    assert not found.doubtful


@pytest.mark.parametrize("text", DOUBTFUL_TEXTS.values(), ids=DOUBTFUL_TEXTS.keys())
def test_a_text_that_is_half_the_same_is_for_a_person(text):
    found = verdict(face(), face(text, source="b:1"))
    assert found.doubtful
    assert found.reason


def test_the_thresholds_lie_between_the_labelled_pairs():
    whole = sketch(JOB)
    same = [likeness(whole, sketch(text)) for text in SAME_TEXTS.values()]
    doubtful = [likeness(whole, sketch(text)) for text in DOUBTFUL_TEXTS.values()]
    other = [likeness(whole, sketch(text)) for text in OTHER_TEXTS.values()]
    assert min(same) > SAME + 0.04
    assert max(doubtful) < SAME - 0.04
    assert min(doubtful) > DOUBTFUL
    assert max(other) < DOUBTFUL


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Data Engineer", "data engineer (m/w/d)"),
        ("Data Engineer - Berlin", "Data Engineer (Berlin, Remote)"),
        ("Data Engineer, Payments", "Data Engineer – Payments"),
        ("Ingénieur de données (H/F)", "Ingenieur données"),
    ],
)
def test_spellings_of_one_title_are_one(one, two):
    assert key_of("Acme", one, ["Berlin"]) == key_of("Acme", two, ["Berlin"])


@pytest.mark.parametrize(
    "other",
    [
        "Senior Data Engineer", "Data Engineer II", "Data Engineer, Search", "Data Engineer 4711",
        "Lead Data Engineer", "Data Engineering Manager", "Junior Data Engineer",
        "Data Engineer Intern", "C++ Engineer",
    ],
)  # fmt: skip
def test_level_team_and_number_of_a_title_tell_jobs_apart(other):
    assert key_of("Acme", "Data Engineer") != key_of("Acme", other)


@pytest.mark.parametrize("company", ["ACME", "Acme Inc.", "Acme GmbH", "Acme, LLC"])
def test_the_legal_form_is_no_other_employer(company):
    assert key_of(company, "Baker") == key_of("Acme", "Baker")


@pytest.mark.parametrize("company", ["Acme Robotics", "Acne", "The Acmes"])
def test_another_name_is_another_employer(company):
    assert key_of(company, "Baker") != key_of("Acme", "Baker")


@pytest.mark.parametrize(
    "said",
    [
        {"seniority": ("mid", "senior")},
        {"employment": (["full_time"], ["internship"])},
        {"requisition": ("r-1001", "r-1002")},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_is_stated_differently_tells_jobs_apart(said):
    ((name, (one, two)),) = said.items()
    first, second = face(**{name: one}), face(source="b:1", **{name: two})
    assert not verdict(first, second).same
    assert not verdict(first, second).doubtful
    assert verdict(first, face(source="b:1", **{name: one})).same


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"workplace": "remote"}, {"workplace": "onsite"}),
        ({"eligibility": {"worldwide": True}}, {"eligibility": None}),
    ],
)
def test_what_cannot_be_united_is_for_a_person(one, two):
    assert verdict(face(**one), face(source="b:1", **two)).doubtful


def test_one_source_with_two_places_has_one_job_and_at_one_place_perhaps_two():
    lyon = {"places": [["city", "Lyon", "FR", "ARA"]]}
    assert verdict(face(), face(**lyon)).same
    assert verdict(face(), face()).doubtful
    gone = face()
    assert verdict(Face(gone.key, gone.sketch, "", "a:1", gone.stated, True), face()).same


def test_a_short_text_never_merges():
    found = verdict(face("We hire. Apply."), face("We hire. Apply.", source="b:1"))
    assert not found.same


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Requisition ID: R-20931", "r-20931"),
        ("Job ID: 778812 | Apply by mail", "778812"),
        ("Ref. Nr.: BA-2231", "ba-2231"),
        ("Kennziffer: 2024-118", "2024-118"),
        ("Job ID: 1001 and Job ID: 1002", ""),
        ("We raised: 120 million. Founded: 1998", ""),
        ("Salary: 90000", ""),
    ],
)
def test_the_number_of_a_requisition_is_read_where_it_is_named(text, number):
    assert requisition_of(text) == number


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_even_bounded_and_whole_for_the_same(one, two):
    first, second = sketch(one), sketch(two)
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, first) == (1.0 if first else 0.0)
    assert len(array("I", first)) * 4 == len(first)
