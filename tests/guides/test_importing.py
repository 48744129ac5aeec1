"""import_guides: the board says what the folder says, and readers see it when told so."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from guides.imagefiles import name_of
from guides.models import Guide, Revision, Role, Skill
from guides.revisions import publish, record, restore
from lib.images import rewrite
from tests.factories import (
    GuideFactory,
    GuideImageFactory,
    PublishedGuideFactory,
    RoleFactory,
    SkillFactory,
)
from tests.guides.test_exporting import export, files

pytestmark = pytest.mark.django_db

ROLE = "---\nname: {name}\nslug: {slug}\naliases: []\nsummary: Builds.\n{more}---\n"
GUIDE = """---
title: {title}
slug: {slug}
roles: [engineer]
summary: Build.
---

## Getting started

{body}
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two roles that lead to each other, a view, and two guides that link each other."""
    skills = "- {name: Python, slug: python, kind: language, aliases: []}\n"
    write(tmp_path, "skills.yaml", skills)
    more = "skills: {python: 3}\nsteps: {lead: Lead two people.}\n"
    write(tmp_path, "roles/engineer.md", ROLE.format(name="Engineer", slug="engineer", more=more))
    more = "steps: {engineer: Give the team away.}\n"
    write(tmp_path, "roles/lead.md", ROLE.format(name="Lead", slug="lead", more=more))
    more = "base: engineer\nseniority: senior\n"
    write(tmp_path, "roles/a-view.md", ROLE.format(name="View", slug="a-view", more=more))
    for slug, other in (("one", "two"), ("two", "one")):
        text = GUIDE.format(title=slug.title(), slug=slug, body=f"See [{other}](/guides/{other}/).")
        write(tmp_path, f"guides/{slug}.md", text)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    write(folder, name, text.replace(old, new))


def take_in(folder: Path, **options: bool) -> list[str]:
    out = StringIO()
    call_command("import_guides", str(folder), stdout=out, **options)
    return out.getvalue().splitlines()


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Skill, Role, Guide, Revision)
    ]  # fmt: skip


def test_what_is_missing_is_made_in_any_order_and_no_guide_is_public(folder):
    said = take_in(folder)
    assert said[-3:] == [
        "skills new=1 changed=0 unchanged=0",
        "roles new=3 changed=0 unchanged=0",
        "guides new=2 changed=0 unchanged=0",
    ]
    assert "new guides/one.md" in said
    assert not Guide.objects.in_effect().exists()
    assert set(Guide.objects.values_list("state", flat=True)) == {"draft"}
    assert Role.objects.get(slug="a-view").base.slug == "engineer"
    assert [step.to.slug for step in Role.objects.get(slug="lead").steps.all()] == ["engineer"]


def test_the_second_time_nothing_changes_and_it_says_so(folder):
    take_in(folder)
    before = everything()
    assert take_in(folder) == [
        "skills new=0 changed=0 unchanged=1",
        "roles new=0 changed=0 unchanged=3",
        "guides new=0 changed=0 unchanged=2",
        "Nothing changed.",
    ]
    assert everything() == before


def test_revisions_say_where_the_text_came_from(folder):
    take_in(folder)
    reasons = set(Revision.objects.values_list("reason", flat=True))
    assert reasons == {f"Imported from {folder.name}"}
    assert Revision.objects.count() == 5


def test_public_guides_stay_as_they_are_until_publish_is_asked_for(folder, reader):
    take_in(folder, publish=True)
    before = reader.get("/guides/one/").content
    edit(folder, "guides/one.md", "See", "Look at")
    take_in(folder)
    assert "Look at" in Guide.objects.get(slug="one").sections.get().body
    assert reader.get("/guides/one/").content == before

    said = take_in(folder, publish=True)
    assert [line for line in said if line.startswith("published")] == ["published one"]
    assert b"Look at" in reader.get("/guides/one/").content
    assert take_in(folder, publish=True)[-1] == "Nothing changed."


def test_publish_takes_what_changed_or_was_never_published(folder, reader):
    untouched = PublishedGuideFactory(slug="untouched")
    seen = list(untouched.revisions.values())
    assert {"published one", "published two"} <= set(take_in(folder, publish=True))
    assert reader.get("/guides/two/").status_code == 200
    assert list(untouched.revisions.values()) == seen


def test_a_schedule_for_the_same_text_is_left_alone(folder):
    take_in(folder)
    at = timezone.now() + timezone.timedelta(days=1)
    for guide in Guide.objects.all():
        publish(guide, at=at)
    assert take_in(folder, publish=True)[-1] == "Nothing changed."
    assert not Guide.objects.public().exists()


def test_a_retired_guide_takes_the_text_and_stays_retired(folder, reader):
    take_in(folder, publish=True)
    Guide.objects.filter(slug="one").update(state="retired")
    before = reader.get("/guides/one/").content
    edit(folder, "guides/one.md", "See", "Look at")
    take_in(folder, publish=True)
    guide = Guide.objects.get(slug="one")
    assert guide.state == "retired"
    assert "Look at" in guide.sections.get().body
    assert reader.get("/guides/one/").content == before


def test_a_dry_run_shows_a_patch_for_each_file_and_changes_nothing(folder):
    take_in(folder)
    edit(folder, "guides/one.md", "title: One", "title: First")
    edit(folder, "skills.yaml", "aliases: []", "aliases: [Py]")
    write(folder, "roles/new.md", ROLE.format(name="New", slug="new", more=""))
    before = everything()
    said = take_in(folder, dry_run=True, publish=True)
    patch = "\n".join(said)
    assert "--- here/guides/one.md\n+++ imported/guides/one.md\n" in patch
    assert "-title: One\n+title: First\n" in patch
    assert "+- {name: Python, slug: python, kind: language, aliases: [Py]}" in said
    assert "--- /dev/null\n+++ imported/roles/new.md\n" in patch
    assert "lead.md" not in patch
    assert "would publish one" in said
    assert said[-1] == "A dry run: nothing was changed."
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("guides/two.md", "roles: [engineer]", "roles: [nobody]", "guides/two.md:4: there is no"),
        ("guides/two.md", "See", "# See", "guides/two.md:10: headings inside"),
        ("guides/two.md", "slug: two", "slug: one", "guides/two.md:3: one.md has the slug"),
        ("roles/lead.md", "name: Lead", "name: Engineer", "roles/lead.md:2: another role has"),
        ("roles/lead.md", "engineer: Give", "nobody: Give", "roles/lead.md:6: there is no role"),
        ("roles/engineer.md", "python: 3", "cobol: 3", "roles/engineer.md:6: there is no skill"),
        ("skills.yaml", "kind: language", "kind: thing", "skills.yaml:1: “kind”"),
    ],
)
def test_a_mistake_is_told_with_file_and_line_and_changes_nothing(folder, name, old, new, said):
    edit(folder, name, old, new)
    for options in ({}, {"dry_run": True}, {"publish": True}):
        with pytest.raises(CommandError, match=f"{folder}/{said}.*\nNothing was changed"):
            take_in(folder, **options)
    assert everything() == [[], [], [], []]


def test_what_cannot_be_published_is_told_and_changes_nothing(folder):
    edit(folder, "guides/two.md", "summary: Build.", "summary: ''")
    with pytest.raises(CommandError, match=r"guides/two.md:1: Write the summary"):
        take_in(folder, publish=True)
    assert everything() == [[], [], [], []]
    take_in(folder)
    assert Guide.objects.count() == 2


def test_what_the_folder_does_not_name_stays(folder):
    guide, skill = GuideFactory(), SkillFactory()
    take_in(folder)
    assert {guide, *Guide.objects.filter(slug="one")} <= set(Guide.objects.all())
    assert skill in Skill.objects.all()


def test_what_was_saved_without_a_revision_can_be_brought_back(folder):
    take_in(folder)
    guide = Guide.objects.get(slug="one")
    guide.sections.update(body="Typed by hand, never recorded.")
    take_in(folder)
    revision = guide.revisions.get(text__contains="never recorded")
    assert revision.reason.startswith("As it was before")
    restore(revision)
    assert guide.sections.get().body == "Typed by hand, never recorded."


def test_roles_and_skills_may_swap_their_names(folder):
    write(folder, "skills.yaml", "- {name: A, slug: python, kind: tool}\n"
                                 "- {name: B, slug: b, kind: tool}\n")  # fmt: skip
    take_in(folder)
    edit(folder, "skills.yaml", "name: A", "name: C")
    edit(folder, "skills.yaml", "name: B", "name: A")
    edit(folder, "skills.yaml", "name: C", "name: B")
    edit(folder, "roles/engineer.md", "name: Engineer", "name: Lead")
    edit(folder, "roles/lead.md", "name: Lead", "name: Engineer")
    take_in(folder)
    assert dict(Skill.objects.values_list("slug", "name")) == {"python": "B", "b": "A"}
    assert Role.objects.get(slug="lead").name == "Engineer"
    assert Role.objects.get(slug="engineer").name == "Lead"


def test_base_and_view_may_change_places(folder):
    take_in(folder)
    edit(folder, "roles/a-view.md", "base: engineer\nseniority: senior\n", "")
    edit(folder, "roles/engineer.md", "summary: Builds.", "summary: Builds.\nbase: a-view")
    take_in(folder)
    assert Role.objects.get(slug="engineer").base == Role.objects.get(slug="a-view")


def test_a_file_under_an_old_address_is_the_renamed_rows(folder):
    take_in(folder)
    role, guide = Role.objects.get(slug="lead"), Guide.objects.get(slug="one")
    role.slug, guide.slug = "head", "first"
    role.save(), guide.save()
    take_in(folder)
    role.refresh_from_db(), guide.refresh_from_db()
    assert (role.slug, guide.slug) == ("lead", "one")
    assert (Role.objects.count(), Guide.objects.count()) == (3, 2)


def test_beside_the_file_of_its_new_address_the_old_one_is_a_new_guide(folder):
    take_in(folder)
    guide = Guide.objects.get(slug="one")
    guide.slug = "first"
    guide.save()
    write(folder, "guides/first.md", GUIDE.format(title="First", slug="first", body="Moved."))
    take_in(folder)
    guide.refresh_from_db()
    assert (guide.slug, guide.title) == ("first", "First")
    assert Guide.objects.get(slug="one").pk != guide.pk


def test_an_export_brings_back_what_was_changed_since(folder, tmp_path_factory):
    take_in(folder)
    kept = tmp_path_factory.mktemp("kept")
    export(kept)
    before = files(kept)
    Role.objects.get(slug="lead").steps.all().delete()
    guide = Guide.objects.get(slug="one")
    guide.title = "Spoiled"
    guide.save()
    record(guide)
    take_in(kept)
    export(kept)
    assert files(kept) == before


def test_an_editor_who_began_before_the_import_is_told(folder, editor):
    take_in(folder)
    guide = Guide.objects.get(slug="one")
    page = editor.get(f"/admin/guides/guide/{guide.pk}/change/")
    began = page.context["adminform"].form["began_from"].value()
    edit(folder, "guides/one.md", "See", "Look at")
    take_in(folder)
    answer = editor.post(f"/admin/guides/guide/{guide.pk}/change/", {"began_from": began})
    assert b"Somebody else has saved this text since you began" in answer.content


def test_a_folder_without_content_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"holds no skills.yaml"):
        take_in(tmp_path)
    with pytest.raises(CommandError, match="is not a directory"):
        take_in(tmp_path / "nowhere")


def test_a_role_alone_may_name_roles_that_are_here(tmp_path):
    RoleFactory(slug="engineer")
    more = "base: engineer\n"
    write(tmp_path, "roles/view.md", ROLE.format(name="View", slug="view", more=more))
    take_in(tmp_path)
    assert Role.objects.get(slug="view").base.slug == "engineer"


# --- images -----------------------------------------------------------------------------------


@pytest.fixture
def pictured(settings, tmp_path):
    """A guide with an image whose file is there, and the folder of the board's media."""
    settings.MEDIA_ROOT = tmp_path / "media"
    written = BytesIO()
    Image.new("RGB", (60, 40), "red").save(written, "JPEG")
    picture = rewrite(written.getvalue())
    name = default_storage.save(f"guides/{name_of(picture)}", ContentFile(picture.content))
    guide = GuideFactory(about=[], section="![Pay](pay)", slug="pictured")
    GuideImageFactory(guide=guide, key="pay", file=name, width=60, height=40)
    record(guide)
    return guide


def test_images_survive_an_emptied_board_byte_for_byte(pictured, settings, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    export(first)
    pictured.delete()
    settings.MEDIA_ROOT = tmp_path / "other"
    assert "guides new=1" in " ".join(take_in(first))
    export(second)
    assert files(first) == files(second)
    image = Guide.objects.get().images.get()
    assert (image.width, image.height) == (60, 40)
    assert Path(image.file.path).read_bytes() == next((first / "images").iterdir()).read_bytes()


def test_a_dry_run_stores_no_image(pictured, settings, tmp_path):
    export(tmp_path / "first")
    pictured.delete()
    settings.MEDIA_ROOT = tmp_path / "other"
    take_in(tmp_path / "first", dry_run=True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.unlink(), "there is no image file"),
        (lambda path: path.write_bytes(b"<svg/>"), "Only PNG, JPEG and WebP images"),
        (lambda path: path.write_bytes(path.read_bytes()[:200]), "cannot be read to its end"),
    ],
)
def test_a_spoilt_image_is_named_with_its_guide_and_line(
    pictured, settings, tmp_path, spoil, reason
):
    export(tmp_path / "first")
    pictured.delete()
    settings.MEDIA_ROOT = tmp_path / "other"
    spoil(next((tmp_path / "first" / "images").iterdir()))
    with pytest.raises(CommandError, match=rf"pictured\.md:\d+: .*{reason}"):
        take_in(tmp_path / "first")
    assert not Guide.objects.exists()


def test_an_image_under_the_name_of_another_is_refused(pictured, tmp_path):
    export(tmp_path / "first")
    path = next((tmp_path / "first" / "images").iterdir())
    Image.new("RGB", (60, 40), "blue").save(path, "JPEG")
    with pytest.raises(CommandError, match="the board has another image"):
        take_in(tmp_path / "first")


def test_an_export_without_a_file_says_which(pictured, tmp_path):
    Path(pictured.images.get().file.path).unlink()
    with pytest.raises(CommandError, match="is missing from the board's media"):
        export(tmp_path / "first")
