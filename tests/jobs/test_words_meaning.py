"""The language of a search, held against its plain meaning in Python."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import Role, Skill
from jobs.filters import PostingFilter, matching
from jobs.models import Posting
from tests.factories import CompanyFactory, PostingFactory
from tests.jobs.test_filter_meaning import query, relaxed

# What is spelled in the samples, by hand: folded word to the name, and names to what they mean.
SAID = ["data", "ML", "machine learning", "Go", "golang", "k8s", "Kubernetes", "engineer", "C++",
        "full-stack", "Zürich", "straße", "R", "ml engineer", "machine learning engineer",
]  # fmt: skip
MEANING = {
    "k8s": "kubernetes", "kubernetes": "kubernetes", "go": "go", "golang": "go",
    "ml": "learning", "machine learning": "learning",
    "ml engineer": "role", "machine learning engineer": "role",
}  # fmt: skip
SPELLINGS = {
    "kubernetes": ["k8s", "kubernetes"],
    "go": ["golang"],
    "learning": ["machine learning"],  # two letters may be anything
    "role": ["ml engineer", "machine learning engineer"],
}
FOLDED = {"straße": "strasse", "c++": "cplusplus", "full-stack": "full stack"}


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    """Postings with the samples' words, linked to the skills and the role or not."""
    with django_db_blocker.unblock():
        random = Random(11)
        skills = {
            name: Skill.objects.create(name=name, slug=f"shelf-{n}", kind="tool", aliases=[alias])
            for n, (name, alias) in enumerate(
                [("Kubernetes", "k8s"), ("Go", "Golang"), ("Machine learning", "ML")]
            )
        }
        role = Role.objects.create(
            name="Machine Learning Engineer", slug="shelf-role", aliases=["ML Engineer"]
        )
        company = CompanyFactory(name="Shelf")
        made = [
            PostingFactory(
                title=" ".join(random.sample(SAID, random.randrange(1, 3))),
                description=" ".join(random.sample(SAID, random.randrange(1, 4))),
                company=company,
                role=random.choice([role, None, None]),
                skills=random.sample(list(skills.values()), random.choice([0, 0, 1, 2])),
            )
            for _ in range(80)
        ]
        yield list(
            Posting.objects.filter(pk__in=[posting.pk for posting in made])
            .select_related("company", "role")
            .prefetch_related("skills")
        )
        Posting.objects.filter(pk__in=[posting.pk for posting in made]).delete()
        for row in [role, *skills.values(), company]:
            row.delete()


def folded(text: str) -> list[str]:
    words = text.lower().replace("ü", "u").split()
    return " ".join(FOLDED.get(word, word) for word in words).split()


def holds(posting: Posting, words: list[str], prefix: bool = False) -> bool:
    """Whether the words stand side by side in the title, or in the rest."""
    skills = sorted(posting.skills.all(), key=lambda skill: skill.name.lower())
    rest = ["shelf", *folded(posting.role.name if posting.role else "")]
    rest += folded(posting.place_line)
    rest += [word for skill in skills for word in folded(skill.name)] + folded(posting.description)
    for part in (folded(posting.title), rest):
        for start in range(len(part)):
            stands = part[start : start + len(words)]
            if prefix and len(stands) == len(words) and stands[-1].startswith(words[-1]):
                stands = [*stands[:-1], words[-1]]
            if stands == words:
                return True
    return False


def is_linked(posting: Posting, meaning: str) -> bool:
    names = {"kubernetes": "Kubernetes", "go": "Go", "learning": "Machine learning"}
    if meaning == "role":
        return posting.role is not None
    return names[meaning] in [skill.name for skill in posting.skills.all()]


def named(posting: Posting, words: list[str]) -> bool:
    """Whether the posting has all the words, or another name of what they are called."""
    name = " ".join(words)
    if all(holds(posting, folded(word)) for word in words):
        return True
    if (meaning := MEANING.get(name)) is None:
        return False
    others = SPELLINGS.get(meaning, ())
    return is_linked(posting, meaning) or any(holds(posting, other.split()) for other in others)


def answers(posting: Posting, terms: list[str]) -> bool:
    """What a query of the samples means: names of several words first, each term else alone."""
    place = 0
    while place < len(terms):
        size = next(
            size for size in (3, 2, 1)
            if size == 1 or " ".join(terms[place : place + size]).lower() in MEANING
        )  # fmt: skip
        run = [term.lower() for term in terms[place : place + size]]
        place += len(run)
        first = run[0].removeprefix("-")
        if first.startswith('"'):
            found = holds(posting, folded(first.strip('"')))
        elif first.endswith("*"):
            found = holds(posting, folded(first[:-1]), prefix=True)
        else:
            found = named(posting, [first, *run[1:]])
        if found == run[0].startswith("-"):
            return False
    return True


words_of_samples = sorted({word for said in SAID for word in said.split()})
term = st.one_of(
    st.sampled_from(words_of_samples),
    st.sampled_from(words_of_samples).map("-{}".format),
    st.sampled_from(SAID).map('"{}"'.format),
    st.sampled_from(SAID).map('-"{}"'.format),
    st.sampled_from(["d*", "mach*", "k*", "zür*", "0*", "-eng*"]),
)
terms_asked = st.lists(term, min_size=1, max_size=5).filter(
    lambda terms: any(not one.startswith("-") for one in terms)
)


def answer(terms: list[str]) -> set[int]:
    found = PostingFilter(query({"q": [" ".join(terms)], "company": ["shelf"]}))
    assert found.ignored == []
    ordered = found.ordered()
    assert len(ordered) == len(set(ordered))
    return set(ordered)


many = settings(relaxed, max_examples=100)


@many
@given(terms=terms_asked)
def test_words_names_phrases_and_exclusions_find_what_they_mean(db, shelf, terms):
    assert answer(terms) == {posting.pk for posting in shelf if answers(posting, terms)}


@many
@given(terms=terms_asked, word=st.sampled_from([*words_of_samples, '"ml engineer"', "k*"]))
def test_an_excluded_word_takes_away_what_it_would_have_found(db, shelf, terms, word):
    alone = answer([word])
    assert answer([*terms, f"-{word}"]) == answer(terms) - alone


@many
@given(terms=terms_asked)
def test_those_with_all_of_it_in_the_title_come_first_and_the_newest_first_in_each(
    db, shelf, terms
):
    found = PostingFilter(query({"q": [" ".join(terms)], "company": ["shelf"]}))
    assert found.words_asked is not None
    [first] = matching(found.words_asked.in_title())
    posted = {posting.pk: posting.posted_at for posting in shelf}
    order = [(pk not in first, -posted[pk].timestamp(), -pk) for pk in found.ordered()]
    assert order == sorted(order)
