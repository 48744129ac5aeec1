import pytest

from guides.linkcheck import dead_links
from guides.loading import CONTENT
from guides.models import Guide
from guides.revisions import PublishError, publish
from guides.textform import ClaimText, GuideText, RoleText, SectionText, parse, read_guide
from tests.factories import GuideFactory, PublishedGuideFactory, RoleFactory

pytestmark = pytest.mark.django_db


def said(*addresses: str, claim: str = "") -> list[str]:
    body = "\n\n".join(f"See [that]({address})." for address in addresses)
    text = GuideText(
        "Own", "own", sections=(SectionText("Part", "", body),),
        claims=(ClaimText("c", claim, "", None),) if claim else (),
    )  # fmt: skip
    return [str(link) for link in dead_links(text)]


@pytest.fixture
def roles():
    RoleFactory(slug="data-engineer")
    role = RoleFactory(slug="plumber")
    role.slug = "pipe-fitter"
    role.save()


@pytest.mark.parametrize(
    "address",
    [
        "/guides/", "/guides/seen/", "/guides/seen", "/guides/seen/#notes", "/guides/own/",
        "/guides/retired/", "/roles/data-engineer/", "/roles/plumber/?q=1",
        "/compare/data-engineer-vs-pipe-fitter/", "/compare/plumber-vs-data-engineer/",
        "/jobs/?role=anything&x=%20", "/jobs/17-any-title/", "/jobs/", "/", "#definitions",
        "https://example.org/a?b=c", "http://example.org", "mailto:a@example.org",
        "http://127.0.0.1:8000/roles/data-engineer/",
    ],
)  # fmt: skip
def test_what_leads_somewhere_is_not_named(roles, address):
    PublishedGuideFactory(slug="seen")
    Guide.objects.filter(pk=PublishedGuideFactory(slug="retired").pk).update(state="retired")
    assert said(address) == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/guides/nope/", "there is no guide at this address"),
        ("/guides/draft/", "readers cannot see that guide yet"),
        ("/roles/nope/", "there is no role at this address"),
        ("/compare/data-engineer-vs-nope/", "there are no two roles of these names"),
        ("/compare/data-engineer/", "there are no two roles of these names"),
        ("/compare/a-vs-b-vs-c/", "there are no two roles of these names"),
        ("/jobs/no-number/", "there is no such page"),
        ("/nowhere/", "there is no such page"),
        ("/guides/a/b/", "there is no such page"),
        ("http://127.0.0.1:8000/roles/nope/", "there is no role at this address"),
        ("roles/data-engineer/", "write it from the start of this site"),
        ("example.org", "write it from the start of this site"),
        ("//example.org/", "begins with https://"),
        ("ftp://example.org/", "begins with https://"),
        ("https:///x", "it names no site"),
        ("https://a:99999/", "that is no address"),
        ("", "write it from the start of this site"),
    ],
)
def test_what_leads_nowhere_is_named_with_its_place_and_reason(roles, address, reason):
    GuideFactory(slug="draft")
    [sentence] = said(address)
    assert sentence.startswith(f"The section “Part” links to {address or '(nothing)'}: ")
    assert reason in sentence


def test_links_of_claims_and_of_roles_are_read_too_and_code_is_not():
    assert said("`x`", claim="See [it](/roles/x/).")[-1].startswith("The claim “c” links to")
    role = RoleText("R", "r", outlook="[a](/guides/x/), `[b](/guides/y/)`, <https://example.org>")
    assert [link.address for link in dead_links(role)] == ["/guides/x/"]


def test_a_link_is_named_once_for_each_place():
    assert len(said("/roles/x/", "/roles/x/")) == 1


def test_only_a_person_s_publishing_is_stopped_and_only_by_what_is_dead_for_good():
    guide = GuideFactory(section="[a](/guides/other/) [b](/roles/nope/)")
    GuideFactory(slug="other")
    with pytest.raises(PublishError) as refused:
        publish(guide, check_links=True)
    assert len(refused.value.problems) == 1
    assert "/roles/nope/" in refused.value.problems[0]
    publish(guide)
    assert [link.for_good for link in dead_links(read_guide(guide))] == [False, True]


def test_every_link_of_the_shipped_content_leads_somewhere():
    for path in (CONTENT / "roles").glob("*.md"):
        RoleFactory(slug=path.stem)
    texts = [parse(path.read_text("utf-8")) for path in (CONTENT / "guides").glob("*.md")]
    for text in texts:
        PublishedGuideFactory(slug=text.slug)
    assert [str(link) for text in texts for link in dead_links(text)] == []
