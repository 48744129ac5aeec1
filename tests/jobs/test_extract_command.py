"""`manage.py extract KIND`: a JSON object a line in, one a line out."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from extraction.kinds import KINDS
from tests.factories import RoleFactory, SkillFactory, ViewFactory


@pytest.fixture
def extract(db, monkeypatch, capsys):
    """Answers and exit of the command for the lines of a text."""

    def run(kind: str, text: str | bytes) -> tuple[list[dict], int]:
        data = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        try:
            call_command("extract", kind)
            code = 0
        except CommandError as error:
            code = error.returncode
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()], code

    return run


@pytest.mark.parametrize(
    ("kind", "asked", "answer"),
    [
        (
            "salary",
            {"text": "$100k - $120k a year"},
            {"min": 100_000, "max": 120_000, "currency": "USD", "period": "year", "kind": "base"},
        ),
        ("salary", {"text": "We are kind."}, {"min": None, "max": None, "currency": None}),
        ("seniority", {"title": "Staff Engineer"}, {"level": "senior"}),
        ("seniority", {"title": "Engineer"}, {"level": None}),
        ("workplace", {"title": "E", "location": "Remote, US"}, {"workplace": "remote"}),
        ("location", {"text": "Berlin, Germany"}, {"countries": ["DE"]}),
        ("location", {"text": "Europe"}, {"countries": []}),
        ("role", {"title": "Data Engineer II"}, {"role": "data-engineer"}),
        ("role", {"title": "Lead Data Engineer"}, {"role": "data-engineer"}),
        ("role", {"title": "Juggler"}, {"role": None}),
        ("skills", {"text": "Python, please"}, {"skills": ["python"]}),
        (
            "employment",
            {"title": "Intern (part-time)"},
            {"employment": ["part_time", "internship"]},
        ),
        ("employment", {"title": "Engineer", "text": "We are kind."}, {"employment": []}),
        ("language", {"text": "Wir suchen für unser Team dich"}, {"language": "de"}),
        ("language", {"text": "Python"}, {"language": None}),
    ],
)
def test_each_kind_answers_with_evidence_and_rule(extract, kind, asked, answer):
    role = RoleFactory(name="Data Engineer", slug="data-engineer")
    ViewFactory(name="Lead Data Engineer", slug="lead-data-engineer", base=role)
    SkillFactory(name="Python", slug="python")
    (said,), code = extract(kind, json.dumps(asked))
    assert code == 0
    assert {key: said[key] for key in answer} == answer
    quote = said["evidence"]
    assert quote is None or any(quote in text for text in asked.values())
    assert {"evidence", "rule"} <= set(said)


def test_the_order_of_the_lines_is_kept(extract):
    texts = [f"${number}0,000 a year" for number in range(2, 9)]
    answers, _ = extract("salary", "\n".join(json.dumps({"text": text}) for text in texts))
    assert [answer["min"] for answer in answers] == [number * 10_000 for number in range(2, 9)]


@pytest.mark.parametrize(
    "bad", ["no json", "[1]", '"text"', "null", '{"text": NaN}', "{", '{"a": 1} x', "[" * 5_000]
)
def test_a_line_that_is_no_object_is_answered_by_an_error_and_exit_1(extract, bad):
    good = json.dumps({"title": "Senior Cook"})
    answers, code = extract("seniority", f"{good}\n{bad}\n{good}")
    assert code == 1
    assert list(answers[1]) == ["error"]
    assert [answer["level"] for answer in (answers[0], answers[2])] == ["senior", "senior"]


def test_bytes_that_are_no_text_are_answered_by_an_error(extract):
    answers, code = extract("skills", b'{"text": "\xff"}\n{"text": ""}\n')
    assert (list(answers[0]), answers[1]["skills"], code) == (["error"], [], 1)


@pytest.mark.parametrize("asked", [{}, {"text": None}, {"text": 5, "title": [], "location": {}}])
@pytest.mark.parametrize("kind", KINDS)
def test_fields_that_are_missing_or_no_text_are_empty(extract, kind, asked):
    (said,), code = extract(kind, json.dumps(asked))
    assert (said["evidence"], code) == (None, 0)


def test_an_unknown_kind_is_named_with_the_known_ones(db):
    with pytest.raises(CommandError, match=r"invalid choice: 'pay'.*salary"):
        call_command("extract", "pay")
