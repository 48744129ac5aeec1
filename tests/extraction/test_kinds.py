"""One JSON object in, one out, for every kind."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import role, skills
from extraction.kinds import KINDS, Vocabularies

KNOWN = Vocabularies(
    role.Vocabulary([("data-engineer", ["Data Engineer"])]),
    skills.Vocabulary([("python", ["Python"])]),
)
KEYS = {
    "salary": {"min", "max", "currency", "period", "kind", "ranges"},
    "seniority": {"level"},
    "employment": {"employment"},
    "language": {"language"},
    "workplace": {"workplace", "eligible"},
    "location": {"countries", "places"},
    "role": {"role"},
    "skills": {"skills", "quotes"},
}
ASKED = {
    "title": "Senior Data Engineer (full-time)",
    "location": "Remote, US",
    "text": "Berlin, Python, and you have a salary of $100,000 - $120,000 a year with our team",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_answers_with_its_keys_a_quote_and_a_rule(kind: str) -> None:
    answer = KINDS[kind](ASKED, KNOWN)
    assert set(answer) == KEYS[kind] | {"evidence", "rule"}
    assert any(str(answer["evidence"]) in value for value in ASKED.values())
    assert str(answer["rule"]).startswith(f"{kind}.")


@pytest.mark.parametrize("kind", KINDS)
@given(
    st.dictionaries(
        st.sampled_from(["title", "text", "location"]),
        st.none() | st.integers() | st.text(max_size=80) | st.lists(st.text(max_size=5)),
    )
)
def test_no_input_raises_and_every_answer_is_json(kind: str, asked: dict) -> None:
    json.dumps(KINDS[kind](asked, KNOWN), allow_nan=False)
