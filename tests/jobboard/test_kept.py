import html
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guides.models import Guide
from guides.revisions import newest, record
from tests.factories import GuideFactory
from tests.guides.admin.forms import change, filled, said

pytestmark = pytest.mark.django_db

TYPED = 'Two lines,\r\n"quoted" & <b>bold</b>.'
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def guide():
    guide = GuideFactory(section="Before.")
    record(guide)
    return guide


@pytest.fixture
def strict(editor):
    """A browser of the editor's, whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor.user)
    client.user = editor.user
    return client


def end_session(client) -> None:
    client.session.flush()
    del client.cookies["sessionid"]


def hidden(response) -> dict[str, str]:
    """The hidden fields of the kept form, with its token."""
    form = response.content.decode().split('id="kept-form"')[1]
    pairs = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {html.unescape(name): html.unescape(value) for name, value in pairs}


def sent_late(client, guide, **typed):
    data = filled(client, change(guide)) | {"sections-0-body": TYPED} | typed
    end_session(client)
    return client.post(change(guide), data, **OURS)


CREDENTIALS = {"log-in-username": "editor", "log-in-password": "a long password"}


def test_a_form_sent_after_the_log_in_ended_is_kept_and_sent_on(strict, guide):
    response = sent_late(strict, guide, reason="Rewritten")
    assert response.status_code == 403
    assert "nothing has been saved yet" in said(response)
    kept = hidden(response)
    assert kept["sections-0-body"] == TYPED
    assert kept["began_from"] == str(newest(guide).pk)
    response = strict.post(change(guide), kept | CREDENTIALS)
    assert response.status_code == 302
    assert guide.sections.get().body == TYPED.replace("\r\n", "\n")
    assert (newest(guide).created_by, newest(guide).reason) == (strict.user, "Rewritten")
    assert strict.get(change(guide)).status_code == 200


def test_a_wrong_password_keeps_the_text_and_is_not_shown(strict, guide):
    kept = hidden(sent_late(strict, guide))
    response = strict.post(change(guide), kept | CREDENTIALS | {"log-in-password": "Mistyped!"})
    assert response.status_code == 403
    assert "enter the correct username" in said(response)
    assert hidden(response)["sections-0-body"] == TYPED
    assert "log-in-username" not in hidden(response)
    assert "Mistyped!" not in response.content.decode()
    assert guide.sections.get().body == "Before."


def test_whoever_logs_in_needs_the_right(strict, guide, moderator):
    kept = hidden(sent_late(strict, guide))
    other = CREDENTIALS | {"log-in-username": "moderator"}
    assert strict.post(change(guide), kept | other).status_code == 403
    assert guide.sections.get().body == "Before."


def test_an_account_without_admin_does_not_get_in(strict, guide):
    User.objects.create_user("stranger", password="a long password")
    kept = hidden(sent_late(strict, guide))
    response = strict.post(change(guide), kept | CREDENTIALS | {"log-in-username": "stranger"})
    assert response.status_code == 403
    assert hidden(response)["sections-0-body"] == TYPED


def test_a_text_that_another_has_changed_meanwhile_is_still_a_clash(strict, editor, guide):
    kept = hidden(sent_late(strict, guide))
    editor.post(change(guide), filled(editor, change(guide)) | {"sections-0-body": "Theirs."})
    response = strict.post(change(guide), kept | CREDENTIALS)
    assert "Somebody else has saved this text" in said(response)
    assert guide.sections.get().body == "Theirs."


def test_passwords_are_never_echoed_and_files_are_named(operator):
    end_session(operator)
    response = operator.post(
        "/admin/auth/user/add/",
        {"username": "new", "password1": "Hush-hush-1", "password2": "Hush-hush-1",
         "photo": SimpleUploadedFile("face.png", b"Some bytes")},
    )  # fmt: skip
    assert response.status_code == 403
    html = response.content.decode()
    assert "Hush-hush-1" not in html
    assert "Some bytes" not in html
    assert "type again afterwards: password1, password2" in said(response)
    assert "choose again afterwards: face.png" in said(response)
    assert hidden(response)["username"] == "new"


def test_a_request_of_another_site_is_neither_taken_nor_kept(strict, guide):
    data = filled(strict, change(guide)) | {"sections-0-body": "Forged."}
    for headers in ({"HTTP_ORIGIN": "https://evil.example"}, {}):
        response = strict.post(change(guide), data | {"csrfmiddlewaretoken": "x" * 32}, **headers)
        assert response.status_code == 403
        assert "Forged." not in response.content.decode()
        assert "This form cannot be taken" in said(response)
    end_session(strict)
    response = strict.post(change(guide), CREDENTIALS | data | {"csrfmiddlewaretoken": "x" * 32})
    assert "sessionid" not in strict.cookies
    assert guide.sections.get().body == "Before."


def test_a_log_in_in_another_tab_costs_no_text(strict, guide):
    data = filled(strict, change(guide)) | {"sections-0-body": TYPED}
    strict.cookies["csrftoken"] = "y" * 32
    response = strict.post(change(guide), data, **OURS)
    assert response.status_code == 403
    assert "Your log-in has changed" in said(response)
    assert "log-in-password" not in response.content.decode()
    assert strict.post(change(guide), hidden(response)).status_code == 302
    assert guide.sections.get().body == TYPED.replace("\r\n", "\n")


def test_a_page_that_is_asked_for_leads_to_the_log_in_as_ever(reader, guide):
    assert reader.get(change(guide))["Location"].startswith("/admin/login/?next=")
    assert reader.post("/admin/logout/")["Location"] == "/admin/"
    assert Guide.objects.count() == 1


def test_the_page_is_not_stored_and_has_no_inline_script(strict, guide):
    response = sent_late(strict, guide)
    assert "no-store" in response["Cache-Control"]
    assert not re.search(
        r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", response.content.decode()
    )
