import pytest
from django.contrib.auth.models import Permission

from guides.models import Guide
from guides.revisions import newest
from tests.factories import GuideFactory, PublishedGuideFactory
from tests.guides.admin.forms import said

pytestmark = pytest.mark.django_db

LIST = "/admin/guides/guide/"


def act(client, action, *guides, **more):
    chosen = [guide.pk for guide in guides]
    data = {"action": action, "_selected_action": chosen, **more}
    return client.post(LIST, data, follow=True)


def states(*guides) -> list[str]:
    by_pk = dict(Guide.objects.values_list("pk", "state"))
    return [by_pk[guide.pk] for guide in guides]


def test_drafts_are_sent_to_review_and_the_others_say_what_they_are(author):
    draft, public = GuideFactory(title="Fresh"), PublishedGuideFactory(title="Seen")
    page = said(act(author, "send_to_review", draft, public))
    assert states(draft, public) == ["in_review", "published"]
    assert "“Fresh” is in review now." in page
    assert "“Seen” stays as it is. Only a draft is sent to review; this one is published." in page


def test_back_to_draft_takes_no_page_from_readers(author, editor):
    waiting = GuideFactory(state="in_review")
    public, retired = PublishedGuideFactory(), PublishedGuideFactory()
    Guide.objects.filter(pk=retired.pk).update(state="retired")
    page = said(act(author, "back_to_draft", waiting, public, retired))
    assert states(waiting, public, retired) == ["draft", "published", "retired"]
    assert "its page would be gone: retire it" in page
    assert "only who may publish can take its page away" in page
    act(editor, "back_to_draft", retired, public)
    assert states(public, retired) == ["published", "draft"]


def test_publishing_asks_first_and_names_what_is_not_ready(editor):
    good = GuideFactory(title="Ready", section="So.")
    bad = GuideFactory(title="Half", summary="", section="See.[^nope]")
    asked = act(editor, "publish_now", good, bad)
    assert "Write the summary" in said(asked)
    assert "refers to [^nope]" in said(asked)
    assert f'name="_selected_action" value="{good.pk}"' in asked.content.decode()
    assert f'name="_selected_action" value="{bad.pk}"' not in asked.content.decode()
    assert not Guide.objects.public().exists()


def test_publishing_lets_the_good_ones_through(editor, reader):
    good = GuideFactory(title="Ready", section="So.")
    bad = GuideFactory(title="Half", summary="")
    page = said(act(editor, "publish_now", bad, good, confirmed="1", reason="All read"))
    assert "“Ready” is what readers see now." in page
    assert "“Half” stays as it is. Write the summary" in page
    assert list(Guide.objects.public()) == [good]
    assert (newest(good).reason, newest(good).created_by) == ("All read", editor.user)
    assert reader.get(good.get_absolute_url()).status_code == 200


def test_a_reason_that_is_too_long_is_asked_for_again(editor):
    guide = GuideFactory()
    page = act(editor, "publish_now", guide, confirmed="1", reason="x" * 201)
    assert "at most 200 characters" in said(page)
    assert states(guide) == ["draft"]


def test_retiring_asks_first_and_leaves_the_page(editor, reader):
    public, draft = PublishedGuideFactory(title="Old"), GuideFactory(title="New")
    asked = said(act(editor, "retire", public, draft))
    assert "leave every list" in asked
    assert "Only a published guide is retired; this one is a draft." in asked
    assert states(public, draft) == ["published", "draft"]
    act(editor, "retire", public, draft, confirmed="1")
    assert states(public, draft) == ["retired", "draft"]
    assert reader.get(public.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("action", ["publish_now", "retire"])
def test_an_author_neither_publishes_nor_retires(author, action):
    draft, public = GuideFactory(), PublishedGuideFactory()
    assert f'value="{action}"' not in author.get(LIST).content.decode()
    act(author, action, draft, public, confirmed="1")
    assert states(draft, public) == ["draft", "published"]


def test_who_only_reads_guides_has_no_action(log_in):
    viewer = log_in("viewer")
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_guide"))
    draft = GuideFactory()
    act(viewer, "send_to_review", draft)
    assert states(draft) == ["draft"]
