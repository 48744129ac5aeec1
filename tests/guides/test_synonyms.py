"""What the board's own vocabulary makes of the words of a search."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guides.stamps import GUIDES, stamps
from guides.synonyms import synonyms
from lib.fulltext import Query
from tests.factories import RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


def phrases(text):
    """All that is looked for, as plain words; the typed words first."""
    query = synonyms().widen(Query.parse(text, max_terms=12))
    return [
        " ".join(token for phrase in one for token in phrase.tokens)
        for group in query.groups
        for one in group.wordings
    ]


@pytest.fixture
def role():
    return RoleFactory(
        name="Machine Learning Engineer",
        aliases=["ML Engineer", "Machine-learning developer", "NLP Engineer", "Head of ML",
                 "Ingénieur machine learning", "Praktikum ML", "Médecin NLP"],
    )  # fmt: skip


def test_titles_that_mean_the_role_stand_for_it(role):
    SkillFactory(name="Language processing", aliases=["NLP"])
    same = ["machine learning engineer", "ml engineer", "machine learning developer",
            "ingenieur machine learning"]  # fmt: skip
    for title in same:
        assert {*phrases(title)} == {*same, f"0r{role.pk}"}


def test_a_plural_is_the_name(role):
    assert f"0r{role.pk}" in phrases("machine learning engineers")
    assert f"0r{role.pk}" in phrases("ML engineers")


@pytest.mark.parametrize(
    ("text", "others"),
    [("full stack", "fullstack"), ("frontend", "front end"), ("sr", "senior"), ("junior", "jr")],
)
def test_words_that_are_written_in_two_ways_are_found_in_both(text, others):
    assert others in phrases(text)


@pytest.mark.parametrize("title", ["NLP Engineer", "Head of ML", "Praktikum ML", "Médecin NLP"])
def test_a_title_that_says_more_than_the_role_asks_for_what_it_says(role, title):
    SkillFactory(name="Language processing", aliases=["NLP"])
    assert f"0r{role.pk}" not in phrases(title)


@pytest.mark.parametrize("name", ["Go", "R", "Excel"])
def test_a_skill_called_like_a_word_is_not_looked_for_by_that_word(name):
    skill = SkillFactory(name=name, aliases=["Spelled Otherwise"])
    assert phrases("spelled otherwise") == ["spelled otherwise", f"0s{skill.pk}"]
    assert phrases(name) == [name.casefold(), f"0s{skill.pk}", "spelled otherwise"]


def test_a_new_name_is_understood_at_once_and_an_undone_one_never():
    skill = SkillFactory(name="Kubernetes", aliases=["k8s"])
    assert "kubernetes" in phrases("k8s")
    with transaction.atomic():
        skill.name = "Kubernaut"
        skill.save()
        assert "kubernaut" in phrases("k8s")
        transaction.set_rollback(True)
    skill.refresh_from_db()
    assert "kubernaut" not in phrases("k8s")
    skill.aliases = ["kube"]
    skill.save()
    assert phrases("k8s") == ["k8s"]
    assert "kubernetes" in phrases("kube")


def test_what_is_kept_costs_no_statement():
    SkillFactory(name="Kubernetes", aliases=["k8s"])
    stamp = stamps()[GUIDES]
    with CaptureQueriesContext(connection) as cold:
        kept = synonyms(stamp)
    with CaptureQueriesContext(connection) as warm:
        assert synonyms(stamp) is kept
    assert (len(cold), len(warm)) == (1, 0)


def test_no_title_of_the_shipped_roles_finds_two_of_them(capsys):
    """A title for one kind of work must not list another."""
    call_command("load_content")
    for text in (
        "ml engineer",
        "bi analyst",
        "back-end developer",
        "dateningenieur",
        "software developer",
    ):
        assert len([one for one in phrases(text) if one.startswith("0r")]) == 1, text
    for text in ("android developer", "java developer", "go developer", "head of data science"):
        assert not [one for one in phrases(text) if one.startswith("0r")], text
