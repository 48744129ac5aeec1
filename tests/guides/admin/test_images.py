import re
from io import BytesIO
from pathlib import Path, PurePath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guides.apply import apply_guide
from guides.models import GuideImage
from guides.revisions import PublishError, newest, publish, record, restore
from guides.textform import TextFormError, dump, parse
from tests.factories import GuideFactory, GuideImageFactory
from tests.guides.admin.forms import change, filled, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def guide():
    guide = GuideFactory(section="Before.\n\n![The pay](pay)\n\nAfter.")
    record(guide)
    return guide


def chosen(content: bytes | None = None, name: str = "../my <photo>.exe") -> SimpleUploadedFile:
    if content is None:
        written, image = BytesIO(), Image.new("RGB", (60, 40), "red")
        image.save(written, "JPEG", comment=b"taken at home")
        content = written.getvalue()
    return SimpleUploadedFile(name, content, "image/svg+xml")


def upload(client, guide, file=None, **more):
    row = {
        "images-TOTAL_FORMS": "1",
        "images-0-key": "pay",
        "images-0-alt": "Two bars.",
        "images-0-file": file or chosen(),
    }
    return client.post(change(guide), filled(client, change(guide)) | row | more)


def test_an_image_is_stored_anew_under_a_name_that_tells_nothing(author, guide, media):
    assert upload(author, guide).status_code == 302
    image = guide.images.get()
    assert re.fullmatch(r"guides/[0-9a-f]{32}\.jpg", image.file.name)
    assert (image.width, image.height, image.alt) == (60, 40, "Two bars.")
    content = Path(media, image.file.name).read_bytes()
    assert b"taken at home" not in content
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_readers_see_a_published_image_with_its_size_and_text(editor, guide, reader):
    upload(editor, guide)
    editor.post(change(guide), filled(editor, change(guide)) | {"_publish": "1"})
    html = reader.get(guide.get_absolute_url()).content.decode()
    name = guide.images.get().file.name
    assert (
        f'<figure class="figure"><img src="/media/{name}" alt="Two bars." width="60" height="40" '
        'loading="lazy" decoding="async"><figcaption>The pay</figcaption></figure>'
    ) in html
    assert html.index("Before.") < html.index("<figure") < html.index("After.")
    served = reader.get(f"/media/{name}")
    assert (served.status_code, served["Content-Type"]) == (200, "image/jpeg")
    assert served["X-Content-Type-Options"] == "nosniff"
    b"".join(served.streaming_content)
    served.close()


def test_the_preview_of_a_box_shows_the_image_to_who_may_see_the_guide(editor, moderator, guide):
    GuideImageFactory(guide=guide, key="pay", alt='"Bars"')
    sent = {"text": "![The <pay>](pay)", "guide": str(guide.pk)}
    html = editor.post("/admin/guides/guide/markdown/", sent).content.decode()
    assert 'alt="&quot;Bars&quot;"' in html
    assert "<figcaption>The &lt;pay&gt;</figcaption>" in html
    for client, more in ((moderator, {}), (editor, {"guide": "9" * 30}), (editor, {"guide": "x"})):
        response = client.post("/admin/guides/guide/markdown/", sent | more)
        assert "<img" not in response.content.decode()
    assert f'data-guide="{guide.pk}"' in editor.get(change(guide)).content.decode()


def test_the_draft_shows_it_before_it_is_published(editor, guide, reader):
    GuideImageFactory(guide=guide, key="pay")
    page = editor.get(change(guide)).content.decode()
    draft = re.search(r'href="(/guides/preview/[^"]+)"', page)[1]
    assert "<figure" in reader.get(draft).content.decode()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"images-0-file": chosen(b"<svg/>", "x.png")}, "Only PNG, JPEG and WebP"),
        ({"images-0-file": chosen(b"x" * 3_000_001)}, "too large"),
        ({"images-0-file": ""}, "This field is required"),
        ({"images-0-alt": ""}, "This field is required"),
        ({"images-0-alt": "  "}, "This field is required"),
        ({"images-0-key": "Not a key"}, "small letters"),
    ],
)
def test_what_is_no_image_is_refused_and_the_text_stays(editor, guide, media, row, sentence):
    response = upload(editor, guide, title="As typed", **row)
    assert response.status_code == 200
    assert sentence in said(response)
    assert 'value="As typed"' in response.content.decode()
    assert not GuideImage.objects.exists()
    assert list(media.iterdir()) == []


def test_a_text_that_shows_a_missing_image_is_not_published(guide):
    with pytest.raises(PublishError, match="no image with this key"):
        publish(guide)


def test_a_published_page_keeps_the_image_that_it_was_published_with(editor, guide, reader, media):
    upload(editor, guide)
    publish(guide)
    before = guide.images.get()
    data = filled(editor, change(guide)) | {"images-0-file": chosen(), "images-0-alt": "New."}
    editor.post(change(guide), data)
    after = guide.images.get()
    assert after.file.name != before.file.name
    html = reader.get(guide.get_absolute_url()).content.decode()
    assert before.file.name in html
    assert Path(media, before.file.name).exists()
    publish(guide)
    assert after.file.name in reader.get(guide.get_absolute_url()).content.decode()


def test_a_restore_brings_back_an_image_that_was_changed_or_deleted(editor, guide):
    upload(editor, guide)
    before, image = newest(guide), guide.images.get()
    assert f"file: {PurePath(image.file.name).name}" in before.text
    guide.images.all().delete()
    record(guide)
    restore(before)
    again = guide.images.get()
    assert (again.key, again.file.name, again.alt) == (image.key, image.file.name, image.alt)
    assert (again.width, again.height) == (60, 40)


def test_a_text_that_names_a_missing_file_is_refused(guide):
    GuideImageFactory(guide=guide, key="pay", file="guides/gone.png")
    text = parse(dump(guide))
    guide.images.all().delete()
    with pytest.raises(TextFormError, match=r"there is no image file “gone\.png”"):
        apply_guide(text, guide)
