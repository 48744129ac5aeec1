from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guides.models import Guide, Revision, Role, Skill
from guides.revisions import record

pytestmark = pytest.mark.django_db

SKILLS = """
# a comment
- {name: Python, slug: python, kind: language, aliases: [Python 3]}
- {name: No, slug: "no", kind: tool, aliases: []}
"""
ENGINEER = """---
name: Engineer
slug: engineer
aliases: [Builder]
summary: Builds.
skills: {python: 3}
---

## Definition

Builds.
"""
LEAD = """---
name: Lead Engineer
slug: a-lead
summary: Leads.
base: engineer
seniority: senior
---
"""
GUIDE = """---
title: Becoming an engineer
slug: becoming
roles: [engineer]
summary: Build.
---

## Definitions {aspect=definition}

Words.
"""


@pytest.fixture
def content(tmp_path):
    for name, text in {
        "skills.yaml": SKILLS,
        "roles/engineer.md": ENGINEER,
        "roles/a-lead.md": LEAD,
        "guides/becoming.md": GUIDE,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def load(content) -> list[str]:
    out = StringIO()
    call_command("load_content", str(content), stdout=out)
    return out.getvalue().splitlines()


def edit(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_everything_is_made_and_guides_are_public(content):
    assert load(content) == [
        "skills new=2 changed=0 kept=0",
        "roles new=2 changed=0 kept=0",
        "guides new=1 changed=0 kept=0",
    ]
    assert Guide.objects.public().get().slug == "becoming"
    assert Role.objects.get(slug="a-lead").base.slug == "engineer"
    assert Skill.objects.get(name="No").kind == "tool"


def test_twice_changes_nothing(content):
    load(content)
    before = list(Revision.objects.values_list("pk", "effective_at"))
    assert {line.partition(" ")[2] for line in load(content)} == {"new=0 changed=0 kept=0"}
    assert list(Revision.objects.values_list("pk", "effective_at")) == before


def test_what_nobody_edited_follows_its_file(content):
    load(content)
    edit(content / "roles/engineer.md", "Builds.", "Builds things.")
    edit(content / "guides/becoming.md", "Words.", "Better words.")
    edit(content / "skills.yaml", "Python 3", "Py")
    assert {line.partition(" ")[2] for line in load(content)} == {"new=0 changed=1 kept=0"}
    assert "Better words." in str(Guide.objects.public().with_rendered().get().rendered)
    assert Skill.objects.get(slug="python").aliases == ["Py"]


def test_what_somebody_edited_is_kept_and_named(content):
    load(content)
    guide = Guide.objects.get()
    guide.title = "My own title"
    guide.save()
    record(guide, reason="A better title")
    edit(content / "guides/becoming.md", "Words.", "Better words.")
    said = load(content)
    assert "kept guide becoming: it was edited here, and the file says otherwise" in said
    assert "guides new=0 changed=0 kept=1" in said
    guide.refresh_from_db()
    assert guide.title == "My own title"


def test_a_skill_edited_in_the_admin_is_kept(content, editor):
    load(content)
    skill = Skill.objects.get(slug="python")
    editor.post(
        f"/admin/guides/skill/{skill.pk}/change/",
        {"name": "Python", "slug": "python", "kind": "language", "aliases": "CPython\nPyPy"},
    )
    assert "skills new=0 changed=0 kept=1" in load(content)
    skill.refresh_from_db()
    assert skill.aliases == ["CPython", "PyPy"]


def test_a_renamed_role_is_not_made_again(content):
    load(content)
    role = Role.objects.get(slug="engineer")
    role.slug = "maker"
    role.save()
    record(role, reason="Renamed")
    assert "roles new=0 changed=0 kept=1" in load(content)
    assert Role.objects.count() == 2


def test_a_retired_guide_stays_retired(content):
    load(content)
    Guide.objects.update(state="retired")
    edit(content / "guides/becoming.md", "Words.", "Better words.")
    load(content)
    assert not Guide.objects.public().exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "guides/becoming.md",
            "roles: [engineer]",
            "roles: [nobody]",
            "becoming.md:4: there is no",
        ),
        ("guides/becoming.md", "Words.", "Words.[^x]", "becoming.md:1: The section"),
        ("guides/becoming.md", "Words.", "# Top", "becoming.md:10: headings inside"),
        ("roles/engineer.md", "python: 3", "cobol: 3", "engineer.md:6: there is no skill"),
        ("roles/a-lead.md", "base: engineer", "base: nobody", "a-lead.md:5: there is no role"),
        ("skills.yaml", "kind: tool", "kind: thing", "skills.yaml:4: “kind”"),
        ("skills.yaml", "name: No", "name: Python", "skills.yaml:4: the skill"),
        ("skills.yaml", 'slug: "no"', "slug: python", "skills.yaml:4: the skill"),
    ],
)
def test_an_error_names_file_and_line_and_changes_nothing(content, name, old, new, said):
    assert old in (content / name).read_text("utf-8")
    edit(content / name, old, new)
    with pytest.raises(CommandError, match=said):
        load(content)
    assert not Role.objects.exists()
    assert not Skill.objects.exists()


def test_a_missing_directory_is_said():
    with pytest.raises(CommandError, match="not a directory"):
        call_command("load_content", "/nowhere")
