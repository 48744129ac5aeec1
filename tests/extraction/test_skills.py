"""Skills in running text, ordinary words apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import skills

KNOWN = skills.Vocabulary(
    [
        ("python", ["Python"]), ("sql", ["SQL"]), ("r", ["R"]), ("go", ["Go", "Golang"]),
        ("c", ["C"]), ("cpp", ["C++"]), ("csharp", ["C#"]), ("dotnet", [".NET", ".NET Core"]),
        ("aspnet", ["ASP.NET"]), ("nodejs", ["Node.js", "NodeJS"]), ("java", ["Java"]),
        ("javascript", ["JavaScript"]), ("react", ["React", "React.js"]), ("spark", ["Spark"]),
        ("excel", ["Excel"]), ("machine-learning", ["Machine learning"]), ("cicd", ["CI/CD"]),
        ("objective-c", ["Objective-C"]), ("communication", ["Communication"]),
        ("express", ["Express"]), ("rust", ["Rust"]), ("kafka", ["Kafka"]),
    ]
)  # fmt: skip

TEXTS = {
    "Strong Python, R, and SQL.": "python r sql",
    "skills: python, r, go": "python r go",
    "We use Go, Kafka and SQL.": "go kafka sql",
    "Senior Go Developer": "go",
    "Golang": "go",
    "Go": "go",
    " Spark\n": "spark",
    "Go to market strategy and R&D": "",
    "You will go far.": "",
    "Ready, Set, Go": "",
    "C/C++ and C#, .NET Core, ASP.NET": "c cpp csharp dotnet aspnet",
    "write to us at example.net": "",
    "Node.js and React.js": "nodejs react",
    "Java, not JavaScript; Objective-C": "java javascript objective-c",
    "Advanced Excel skills": "excel",
    "Excel in your role. React to changes. Express yourself. Spark joy.": "",
    "Experience with Spark, CI/CD, machine-learning": "spark cicd machine-learning",
    "excellent communication": "communication",
    "Languages: C, Go, Rust": "c go rust",
    "": "",
}


@pytest.mark.parametrize(("text", "slugs"), TEXTS.items(), ids=list(TEXTS))
def test_skills_are_named_in_the_order_of_mention(text: str, slugs: str) -> None:
    assert " ".join(KNOWN.extract(text).skills) == slugs


def test_each_skill_has_its_own_quote() -> None:
    found = KNOWN.extract("PYTHON, python and Node.js")
    assert found.as_dict() == {
        "skills": ["python", "nodejs"],
        "evidence": "PYTHON",
        "quotes": [
            {"skill": "python", "evidence": "PYTHON"},
            {"skill": "nodejs", "evidence": "Node.js"},
        ],
        "rule": "skills.vocabulary",
    }


@given(st.text(max_size=150) | st.lists(st.sampled_from(
    ["Python", "R", "Go", "C", "++", "#", ".", "NET", " ", ",", "/", "\n", "and", "Excel", "CI"]
), max_size=25).map("".join))  # fmt: skip
def test_any_text_is_quoted_verbatim(text: str) -> None:
    found = KNOWN.extract(text)
    assert all(f.evidence in text and f.evidence for f in found.found)
    assert len(set(found.skills)) == len(found.skills)
