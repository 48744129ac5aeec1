"""export_guides: the same rows give the same bytes, and nobody's files are lost."""

import threading
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from guides import exporting
from guides.loading import load
from guides.models import Guide, Role, Skill, Topic
from tests.factories import (
    CareerStepFactory,
    ClaimFactory,
    GuideFactory,
    PublishedGuideFactory,
    RoleFactory,
    RoleTermFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    ViewFactory,
)

pytestmark = pytest.mark.django_db


def export(directory: Path, **options: bool) -> list[str]:
    out = StringIO()
    call_command("export_guides", str(directory), stdout=out, **options)
    return out.getvalue().splitlines()


def files(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def empty_the_database() -> None:
    Guide.objects.all().delete()
    Role.objects.filter(base__isnull=False).delete()
    Role.objects.all().delete()
    for model in (Skill, Topic):
        model.objects.all().delete()


def assert_round_trip(folder: Path) -> None:
    """Export, empty the database, import, export: the same bytes."""
    export(folder / "first")
    empty_the_database()
    call_command("import_guides", str(folder / "first"), stdout=StringIO())
    export(folder / "second")
    assert files(folder / "second") == files(folder / "first")


def test_all_shipped_content_survives_an_emptied_database_byte_for_byte(tmp_path):
    load()
    counts = [model.objects.count() for model in (Skill, Role, Guide)]
    assert_round_trip(tmp_path)
    assert [model.objects.count() for model in (Skill, Role, Guide)] == counts
    assert len(files(tmp_path / "second")) == 2 + counts[1] + counts[2]


def test_odd_content_survives_an_emptied_database_byte_for_byte(tmp_path):
    python = SkillFactory(name='No: "C#" & {more}', slug="no", kind="language",
                          aliases=["yes", "1.10", "- a", "L\u2028S", "Ünïcode 😀"])  # fmt: skip
    SkillFactory(name="A", slug="A"), SkillFactory(name="a", slug="a")
    base = RoleFactory(
        name="null",
        slug="null",
        aliases=["~", "Ingénieur: données"],
        summary="Two\nlines: here",
        definition="Text.\n\n```\n## no heading\n```",
    )
    view = ViewFactory(base=base, name="ZZ first by nothing", slug="a-view")
    upper = RoleFactory(name="Upper", slug="Upper"), RoleFactory(name="upper 2", slug="upper")
    CareerStepFactory(role=base, to=upper[0], text="There: and", order=1)
    CareerStepFactory(role=upper[0], to=base, text="and back.")
    CareerStepFactory(role=base, to=upper[1], order=0)
    for weight, order in ((1, 0), (3, 1), (3, 0)):
        RoleTermFactory(role=view, weight=weight, order=order)
    RoleTermFactory(role=base, skill=python, weight=3)
    RoleTermFactory(role=base, skill=None, aspect="education", name="BSc: 'hons' # 1", weight=1)
    guide = PublishedGuideFactory(
        title="'quoted'",
        slug="on",
        about=[view, base],
        summary="One\n\n---\n\nTwo",
        subtitle="#not a comment",
    )
    guide.topics.set([Topic.objects.create(name="C++", slug="cpp"),
                      Topic.objects.create(name="C", slug="c")])  # fmt: skip
    source = SourceFactory(guide=guide, key="s", title="A: b", published=date(1999, 1, 2), url="")
    ClaimFactory(guide=guide, key="z", source=source, text="Yes:\n- no", review_on=date(2027, 1, 1))
    ClaimFactory(guide=guide, key="a", source=None, text="*None* of it.")
    SectionFactory(
        guide=guide,
        heading="“Odd” — heading: {x",
        aspect="outlook",
        body="> quote\n\n### Inside\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^z]",
    )
    GuideFactory(slug="bare", title="Bare", author="", summary="", about=[], section="")
    guide.state = Guide.State.RETIRED
    guide.save()
    renamed = GuideFactory(slug="old-address")
    renamed.slug = "new-address"
    renamed.save()
    assert_round_trip(tmp_path)
    names = set(files(tmp_path / "first"))
    assert {"roles/Upper.md", "roles/upper.2.md", "guides/new-address.md"} <= names


def test_an_empty_board_is_exported_and_imported(tmp_path):
    assert_round_trip(tmp_path)
    assert set(files(tmp_path / "first")) == {"skills.yaml", exporting.LIST}


def test_a_second_export_writes_nothing(tmp_path):
    PublishedGuideFactory()
    assert export(tmp_path) == ["written=3 unchanged=0 removed=0"]
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert export(tmp_path) == ["written=0 unchanged=3 removed=0"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == before


def test_a_folder_that_holds_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.md").write_text("mine")
    (tmp_path / "skills.yaml").write_text("mine too")
    with pytest.raises(CommandError, match=r"not empty and holds no earlier export.*--force"):
        export(tmp_path)
    assert files(tmp_path) == {"thesis.md": b"mine", "skills.yaml": b"mine too"}


def test_force_writes_beside_what_is_there_and_says_what_an_import_would_read(tmp_path):
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "old.md").write_text("mine")
    (tmp_path / "notes.txt").write_text("mine")
    SkillFactory(slug="python")
    assert export(tmp_path, force=True) == [
        "left roles/old.md: no export wrote it, but import_guides would take it in",
        "written=1 unchanged=0 removed=0",
    ]
    assert {"roles/old.md", "notes.txt", "skills.yaml"} <= set(files(tmp_path))


def test_only_files_of_an_earlier_export_are_removed(tmp_path):
    gone, stays = GuideFactory(slug="gone", about=[]), GuideFactory(slug="stays", about=[])
    export(tmp_path)
    for name in ("guides/mine.md", "guides/notes.txt", "readme.md"):
        (tmp_path / name).write_text("mine")
    gone.delete()
    assert "removed guides/gone.md: nothing here has this text any more" in export(tmp_path)
    assert set(files(tmp_path)) == {
        f"guides/{stays.slug}.md", "guides/mine.md", "guides/notes.txt", "readme.md",
        "skills.yaml", exporting.LIST,
    }  # fmt: skip


def test_a_list_that_somebody_wrote_removes_nothing_outside_the_layout(tmp_path):
    inner, outside = tmp_path / "inner", tmp_path / "outside.md"
    export(inner)
    names = [
        "../outside.md",
        "roles/../../outside.md",
        "/etc/passwd",
        "notes.md",
        "roles/.hidden.md",
    ]
    (inner / "notes.md").write_text("mine")
    outside.write_text("mine")
    with (inner / exporting.LIST).open("a") as file:
        file.write("\n".join(names))
    export(inner)
    assert outside.exists()
    assert (inner / "notes.md").exists()


@pytest.mark.parametrize("writes", range(6))
def test_a_kill_leaves_whole_files_and_the_next_export_completes_them(
    tmp_path, monkeypatch, writes
):
    guide, gone = GuideFactory(about=[]), GuideFactory(slug="gone", about=[])
    export(tmp_path)
    old = files(tmp_path)
    guide.title = "Another"
    guide.save()
    SkillFactory()
    gone.delete()
    put, left = exporting._put, iter(range(writes))

    def killed(path, data):
        if next(left, None) is None:
            path.with_name(f".{path.name}.part").write_bytes(data[:5])
            raise KeyboardInterrupt
        return put(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "_put", killed)
        try:
            export(tmp_path)
        except KeyboardInterrupt:
            between = files(tmp_path)
        else:
            between = {}
    export(tmp_path)
    new = files(tmp_path)
    for name, data in between.items():
        if not name.endswith(".part") and name != exporting.LIST:
            assert data in (old.get(name), new.get(name)), name
    export(tmp_path / "fresh")
    fresh = files(tmp_path / "fresh")
    assert {name: new[name] for name in fresh} == fresh
    assert "guides/gone.md" not in new


def test_rows_that_have_no_text_form_are_named_and_nothing_is_written(tmp_path):
    guide = GuideFactory(title="Broken", about=[])
    guide.sections.update(body="# Top heading")
    with pytest.raises(CommandError, match=r"The guide “Broken” cannot be written: .*start at ###"):
        export(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_slug_that_is_no_file_name_is_refused(tmp_path):
    role = RoleFactory(name="Sly")
    Role.objects.filter(pk=role.pk).update(slug="../sly")
    with pytest.raises(CommandError, match="The role “Sly” could not be read back: “slug”"):
        export(tmp_path / "new")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="is not a directory"):
        export(tmp_path / "file")
    with pytest.raises(CommandError, match="Not a directory"):
        export(tmp_path / "file" / "inner")


def test_two_exports_at_once_wait_for_each_other(tmp_path):
    inside, order = threading.Event(), []

    def second():
        inside.wait(5)
        with exporting._alone(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with exporting._alone(tmp_path):
        inside.set()
        thread.join(0.2)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
