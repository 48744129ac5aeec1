from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.apply import apply_guide, apply_role, make_missing
from guides.frontmatter import one_line
from guides.loading import CONTENT
from guides.models import Guide, Role, Skill, Topic
from guides.textform import (
    ClaimText,
    GuideText,
    ImageText,
    RoleText,
    SectionText,
    SourceText,
    TextFormError,
    body_problem,
    dump,
    dump_role,
    heading_problem,
    parse,
    parse_role,
)
from lib.text import CONTROLS
from tests.factories import RoleFactory, SkillFactory

# A busy machine must not fail a test that is about texts.

GUIDE = """---
title: 'Engineer vs. Scientist: which'
slug: engineer-vs-scientist
subtitle: ''
roles: [engineer, scientist]
author: The editors
reviewer: ''
reviewed_on: 2026-11-20
review_due: 2027-05-20
summary: |
  First line.
  Second line.
sources:
- key: onet
  title: O*NET
  url: https://www.onetonline.org/
  accessed: 2026-11-23
claims:
- key: pay
  text: 'Yes: 3 in 4.'
  source: onet
---

## Definitions {aspect=definition}

One.[^pay]

```
## not a heading
```

### Inside

## Getting started
"""
ROLE = """---
name: Engineer
slug: engineer
aliases: ['No', Ingénieur]
summary: Builds.
skills:
  python: 3
  sql: 1
industries:
  'Finance: banks': 2
---

## Definition

Builds pipes.

## Responsibilities

- one
- two
"""


def test_the_canonical_text_of_a_guide_reads_and_writes_itself():
    assert dump(parse(GUIDE)) == GUIDE


def test_the_canonical_text_of_a_role_reads_and_writes_itself():
    assert dump_role(parse_role(ROLE)) == ROLE


def test_a_guide_is_read_into_its_types():
    guide = parse(GUIDE)
    assert guide.review_due == date(2027, 5, 20)
    assert guide.roles == ("engineer", "scientist")
    assert guide.claims == (ClaimText("pay", "Yes: 3 in 4.", "onet", None),)
    assert [section.heading for section in guide.sections] == ["Definitions", "Getting started"]
    assert guide.sections[0].aspect == "definition"
    assert guide.sections[0].body.startswith("One.[^pay]\n\n```\n## not")


def test_line_ends_and_order_of_files_do_not_matter():
    moved = GUIDE.replace("author: The editors\n", "").replace(
        "slug: engineer-vs-scientist\n", "slug: engineer-vs-scientist\nauthor: The editors\n"
    )
    assert dump(parse(moved.replace("\n", "\r\n"))) == GUIDE


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("---\ntitle", "title", 1, "three hyphens"),
        ("author: The editors", "author: [a", 7, "not valid YAML"),
        ("author: The editors", "author: The editors\nauthor: X", 7, "there twice"),
        ("author: The editors", "author: &a X", 6, "anchors"),
        ("author: The editors", "author: *a", 6, "anchors"),
        ("author: The editors", "author: !!python/name:os.system x", 6, "tags"),
        ("author: The editors", "authr: X", 6, "no field"),
        ("author: The editors", "author: {a: b}", 6, "one value"),
        ("author: The editors", "author: " + "x" * 200, 6, "at most 120"),
        ("roles: [engineer, scientist]", "roles: [a, A]", 5, "twice"),
        ("slug: engineer-vs-scientist", "slug: a b", 3, "slug"),
        ("reviewed_on: 2026-11-20", "reviewed_on: 20 November", 8, "a date like"),
        ("review_due: 2027-05-20", "review_due: 2026-05-20", 9, "before the last"),
        ("  accessed: 2026-11-23\n", "", 14, "missing"),
        ("  url: https", "  url: ftp", 16, "valid URL"),
        ("  source: onet", "  source: other", 21, "no source"),
        ("- key: pay", "- key: Pay", 19, "small letters"),
        ("{aspect=definition}", "{aspect=money}", 24, "no aspect"),
        ("## Definitions", "Text\n\n## Definitions", 24, "before the first"),
        ("### Inside", "# Inside", 32, "start at ###"),
        ("### Inside", "Inside\n---", 32, "start at ###"),
        ("### Inside", "> ## Inside", 32, "start at ###"),
        ("## Getting started\n", "## Getting started\n\n```\n", 36, "not closed"),
        ("One.", "One\x00.", 26, "cannot be part"),
    ],
)
def test_an_error_names_line_and_reason(old, new, line, reason):
    assert old in GUIDE
    with pytest.raises(TextFormError, match=reason) as caught:
        parse(GUIDE.replace(old, new, 1))
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("python: 3", "python: 4", "weight is 1, 2 or 3"),
        ("python: 3", "SQL: 3", "there twice"),
        ("## Definition", "## Salary", "a role's sections"),
        ("## Responsibilities", "## Definition", "there twice"),
        ("summary: Builds.", "summary: Builds.\nseniority: senior", "only a view"),
        ("summary: Builds.", "summary: B\nbase: x\nseniority: boss", "is one of"),
        ("summary: Builds.", "summary: B\nbase: engineer", "view of itself"),
    ],
)
def test_an_impossible_role_is_refused(old, new, reason):
    with pytest.raises(TextFormError, match=reason):
        parse_role(ROLE.replace(old, new, 1))


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 20_000, "- " * 50_000, "? " * 30_000])
def test_a_deep_nest_is_an_error_not_a_crash(text):
    with pytest.raises(TextFormError):
        parse(f"---\n{text}\n---\n")


def refused_line(read, text) -> int:
    try:
        read(text)
    except TextFormError as error:
        return error.line
    return 0


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    for read in (parse, parse_role):
        for whole in (text, f"---\n{text}\n---\n", GUIDE.replace("One.", text), ROLE + text):
            lines = whole.count("\n") + whole.count("\r") + 1
            assert refused_line(read, whole) <= lines


def clean(value: str) -> bool:
    return not CONTROLS.search(value)


words = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("#-:'\"{}[]|>&*!%@`"), max_size=30
).filter(clean)
names = words.filter(lambda value: bool(value.strip()))
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
prose = st.lists(words | st.sampled_from(["", "- a", "> b", "1. c", "    d", "| e |"])).map(
    "\n".join
)
dates = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
sources = st.lists(
    st.builds(
        SourceText, slugs, names, words, st.sampled_from(["", "https://x.example/a?b=c#d"]), dates,
        st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    ),
    unique_by=lambda source: source.key, max_size=3,
)  # fmt: skip
images = st.lists(
    st.builds(ImageText, slugs, slugs.map("{}.png".format), names),
    unique_by=lambda image: image.key, max_size=3,
)  # fmt: skip
sections = st.builds(
    SectionText,
    names.filter(lambda value: not heading_problem(one_line(value))),
    st.sampled_from(["", "skills", "outlook"]),
    prose.filter(lambda value: body_problem(value) is None),
)


@st.composite
def guides(draw):
    cited = draw(sources)
    keys = [source.key for source in cited]
    return GuideText(
        title=draw(names),
        slug=draw(slugs),
        subtitle=draw(words),
        roles=tuple(draw(st.lists(slugs, unique=True, max_size=3))),
        author=draw(words),
        reviewer=draw(words),
        images=tuple(draw(images)),
        reviewed_on=draw(dates),
        summary=draw(prose),
        sources=tuple(cited),
        claims=tuple(
            draw(
                st.lists(
                    st.builds(ClaimText, slugs, names, st.sampled_from(["", *keys]), dates),
                    unique_by=lambda claim: claim.key,
                    max_size=3,
                )
            )
        ),
        sections=tuple(draw(st.lists(sections, max_size=3))),
    )


@given(guides())
def test_what_is_written_is_read_back_and_written_the_same(guide):
    text = dump(guide)
    assert dump(parse(text)) == text
    again = parse(text)
    assert len(again.sections) == len(guide.sections)
    assert {one.file for one in again.images} == {one.file for one in guide.images}
    assert {claim.key for claim in again.claims} == {claim.key for claim in guide.claims}


terms = st.lists(st.tuples(names, st.integers(1, 3)), max_size=4,
                 unique_by=lambda term: " ".join(term[0].split()).casefold())  # fmt: skip
plain_body = prose.filter(lambda value: body_problem(value) is None)


@given(
    st.builds(
        RoleText,
        name=names,
        slug=slugs,
        summary=prose,
        definition=plain_body,
        outlook=plain_body,
        education=terms.map(tuple),
        industries=terms.map(tuple),
        steps=st.lists(
            st.tuples(slugs.map("to-{}".format), names), max_size=3, unique_by=lambda step: step[0]
        ).map(tuple),
    )
)
def test_a_role_that_is_written_is_read_back_and_written_the_same(role):
    text = dump_role(role)
    assert dump_role(parse_role(text)) == text


# --- rows -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_text_becomes_rows_that_say_the_same():
    RoleFactory(slug="engineer"), RoleFactory(slug="scientist")
    guide = apply_guide(parse(GUIDE))
    assert guide.state == Guide.State.DRAFT
    assert dump(guide) == GUIDE


@pytest.mark.django_db
def test_applying_again_keeps_the_rows_that_stay():
    RoleFactory(slug="engineer"), RoleFactory(slug="scientist")
    guide = apply_guide(parse(GUIDE))
    before = list(guide.sections.values_list("pk", flat=True)), guide.claims.get().pk
    changed = GUIDE.replace("One.", "Two.").replace("roles: [engineer, scientist]",
                                                    "roles: [scientist]")  # fmt: skip
    apply_guide(parse(changed), guide)
    assert dump(guide) == changed
    assert before == (list(guide.sections.values_list("pk", flat=True)), guide.claims.get().pk)


@pytest.mark.django_db
def test_a_text_that_names_what_is_not_there_changes_nothing():
    RoleFactory(slug="engineer")
    with pytest.raises(TextFormError, match="there is no role “scientist”") as caught:
        apply_guide(parse(GUIDE))
    assert caught.value.line == 5
    assert not Guide.objects.exists()
    with pytest.raises(TextFormError, match="there is no skill “python”"):
        apply_role(parse_role(ROLE.replace("slug: engineer", "slug: other")))


@pytest.mark.django_db
def test_topics_are_made_once_and_shared_by_name_whatever_their_case():
    RoleFactory(slug="engineer"), RoleFactory(slug="scientist")
    text = GUIDE.replace("author:", "topics: [First job, Pay]\nauthor:", 1)
    guide = apply_guide(parse(text))
    assert dump(guide) == text
    other = apply_guide(parse(text.replace("slug: ", "slug: x-").replace("First job", "first job")))
    assert list(other.topics.all()) == list(guide.topics.all())


@pytest.mark.django_db
def test_a_topic_is_found_by_its_name_whatever_slug_an_editor_gave_it():
    RoleFactory(slug="engineer"), RoleFactory(slug="scientist")
    topic = Topic.objects.create(name="Pay", slug="money")
    text = GUIDE.replace("author:", "topics: [Pay]\nauthor:", 1)
    assert list(apply_guide(parse(text)).topics.all()) == [topic]


@pytest.mark.django_db
def test_a_new_role_may_have_a_slug_that_is_the_name_of_another():
    RoleFactory(name="lead", slug="the-lead")
    text = parse_role("---\nname: Lead Engineer\nslug: lead\n---\n")
    make_missing([text])
    assert apply_role(text, Role.objects.get(slug="lead")).name == "Lead Engineer"


@pytest.mark.django_db
def test_roles_that_lead_to_each_other_can_be_made_from_their_texts():
    SkillFactory(slug="python"), SkillFactory(slug="sql")
    there = ROLE.replace("\n---\n\n", "\nsteps:\n  lead: Lead two people first.\n---\n\n", 1)
    back = "---\nname: Lead\nslug: lead\nsteps: {engineer: Give the team away.}\n---\n"
    texts = [parse_role(there), parse_role(back)]
    assert make_missing(texts) == {"engineer", "lead"}
    first, second = (apply_role(text, Role.objects.get(slug=text.slug)) for text in texts)
    assert dump_role(first) == there
    assert [step.to for step in second.steps.all()] == [first]
    assert [step.role for step in second.steps_here.all()] == [first]
    assert make_missing(texts) == set()


@pytest.mark.django_db
def test_a_step_leads_to_another_role_that_exists():
    with pytest.raises(TextFormError, match="leads to another role") as caught:
        parse_role("---\nname: A\nslug: a\nsteps:\n  a: Stay.\n---\n")
    assert caught.value.line == 4
    with pytest.raises(TextFormError, match="there is no role “b”"):
        apply_role(parse_role("---\nname: A\nslug: a\nsteps:\n  b: Go.\n---\n"))


@pytest.mark.django_db
def test_a_renamed_skill_is_still_found():
    skill = SkillFactory(slug="python")
    SkillFactory(slug="sql")
    skill.slug = "python-3"
    skill.save()
    role = apply_role(parse_role(ROLE))
    assert "python-3: 3" in dump_role(role)


@pytest.mark.django_db
def test_the_shipped_content_survives_an_emptied_database():
    from guides.loading import load

    load()
    before = [dump_role(role) for role in Role.objects.order_by("base", "slug")]
    guides_before = [dump(guide) for guide in Guide.objects.order_by("slug")]
    assert before
    assert guides_before
    skills = list(Skill.objects.all())
    Guide.objects.all().delete()
    Role.objects.filter(base__isnull=False).delete()
    Role.objects.all().delete()
    make_missing(map(parse_role, before))
    for text in sorted(before, key=lambda text: "\nbase:" in text):
        role = parse_role(text)
        assert dump_role(apply_role(role, Role.objects.get(slug=role.slug))) == text
    for text in guides_before:
        assert dump(apply_guide(parse(text))) == text
    assert list(Skill.objects.all()) == skills


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*/*.md")), ids=lambda path: path.stem)
def test_each_shipped_file_has_a_canonical_text(path):
    read, write = (parse, dump) if path.parent.name == "guides" else (parse_role, dump_role)
    text = write(read(path.read_text("utf-8")))
    assert write(read(text)) == text


def test_a_guide_of_sixty_full_sections_is_read_back_and_too_long_a_head_is_refused():
    body = ("Words of a **section**.\n\n" * 2_000)[:49_000].strip()
    guide = GuideText("Huge", "huge", sections=(SectionText("Part", "", body),) * 60)
    text = dump(guide)
    assert len(parse(text).sections) == 60
    with pytest.raises(TextFormError, match="the front matter is too long"):
        parse(text.replace("title: Huge", f"title: {'x' * 400_000}", 1))
