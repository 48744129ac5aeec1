"""Whatever no page could have asked for ends as a plain 400 or 413, never as a 5xx."""

from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from jobboard.wsgi import application
from tests.page import parse, words

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=edge"


@pytest.fixture
def stranger(db) -> Client:
    return Client(raise_request_exception=False)


def part(disposition: bytes, value: bytes = b"x") -> bytes:
    head = b"--edge\r\nContent-Disposition: form-data; " + disposition + b"\r\n\r\n"
    return head + value + b"\r\n--edge--\r\n"


def is_refused(response, status=400):
    assert response.status_code == status
    page = response.content.decode()
    assert "<h1>The board cannot read this</h1>" in page
    assert '<a href="/">Front page</a>' in page
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    return True


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "%00=q", "q=a\0b", "q=%ff", "q=%ed%a0%80", "q=%c0%80", "q=%f8%88%80%80%80",
        "q=" + "a" * 4_100, "&" * 100, "a=1&" * 101,
    ],
)  # fmt: skip
def test_a_query_that_no_page_has_is_refused(stranger, query):
    assert is_refused(stranger.get("/jobs/", QUERY_STRING=query))


def test_a_refusal_says_why_and_asks_no_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        page = words(parse(Client().get("/jobs/", QUERY_STRING="q=%00")))
    assert "The query holds a NUL character. Go back and change it" in page


@pytest.mark.parametrize("query", ["q=" + "a" * 4_000, "a=1&" * 99, "q=%f0%9f%92%bc", "q=%25"])
def test_a_query_within_the_limits_is_answered(stranger, query):
    assert stranger.get("/jobs/", QUERY_STRING=query).status_code == 200


def test_a_nul_in_the_path_is_refused(stranger):
    assert is_refused(stranger.get("/jobs/%00/"))


@pytest.mark.parametrize("path", ["/%ff/", "/jobs/%ed%a0%80/", "/guides/%c0%af/"])
def test_undecodable_bytes_of_a_path_lead_nowhere(stranger, path):
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("cookie", ["sessionid=a\0b", "a=\ud800"])
def test_a_cookie_that_no_browser_sends_is_refused(stranger, cookie):
    assert is_refused(stranger.get("/jobs/", HTTP_COOKIE=cookie))


@pytest.mark.parametrize("body", [b"a=%00", b"%00=a"])
def test_a_nul_in_a_form_is_refused(stranger, body):
    assert is_refused(stranger.post("/admin/login/", body, content_type=FORM))


@pytest.mark.parametrize("body", [b"a=%ff", b"a=%ed%a0%80", b"a=\xff\xfe", b"\xed\xbf\xbf=1"])
def test_undecodable_bytes_of_a_form_never_break_the_page(stranger, body):
    assert stranger.post("/admin/login/", body, content_type=FORM).status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        part(b'name="a"', b"\0"),
        part(b'name="a\0"'),
        part(b'name="a"; filename="x\0.txt"'),
        part(b'name="a"; filename="%00"'),
        b"no boundary at all",
        part(b'name="a"\r\nContent-Transfer-Encoding: base64', b"$$$"),
        part(b'name="' + b"a" * 5_000 + b'"'),
        part(b"name*=utf-8''%00"),
    ],
)
def test_a_broken_form_of_parts_is_refused_or_harmless(stranger, body):
    response = stranger.post("/admin/login/", body, content_type=MULTIPART)
    assert response.status_code < 500
    assert response.status_code == 400 or b"\0" not in response.content


def test_a_form_of_parts_with_a_nul_is_refused(stranger):
    body = part(b'name="a"', b"\0")
    assert is_refused(stranger.post("/admin/login/", body, content_type=MULTIPART))


def test_a_form_with_too_many_fields_is_refused(stranger, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    body = "&".join(f"a{n}=1" for n in range(11))
    assert is_refused(stranger.post("/admin/login/", body, content_type=FORM))


@pytest.mark.parametrize("kind", [FORM, MULTIPART])
def test_a_form_that_is_too_large_is_413(stranger, settings, kind):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    body = b"a=" + b"x" * 2_000 if kind == FORM else part(b'name="a"', b"x" * 2_000)
    assert is_refused(stranger.post("/admin/login/", body, content_type=kind), 413)


def test_a_file_that_is_too_large_is_413_before_it_is_kept(stranger, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    body = part(b'name="a"; filename="big.bin"', b"x" * 5_000)
    assert is_refused(stranger.post("/admin/login/", body, content_type=MULTIPART), 413)


@pytest.mark.parametrize("length", ["-5", "many", "9" * 30])
def test_a_length_that_lies_is_refused(stranger, length):
    for kind in (FORM, MULTIPART, "application/json"):
        response = stranger.post("/admin/login/", b"a=1", content_type=kind, CONTENT_LENGTH=length)
        assert is_refused(response, 413 if length.startswith("9") else 400)


def served(method: str, query: str, kind: str) -> tuple[str, dict[str, str]]:
    """Status and headers of the application itself: a test client makes requests of its own."""
    environ = {"REQUEST_METHOD": method, "QUERY_STRING": query, "CONTENT_TYPE": kind}
    setup_testing_defaults(environ)
    said = []
    list(application(environ, lambda status, headers: said.extend([status, dict(headers)])))
    return said[0], said[1]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "charset",
    ["rot13", "hex", "undefined", "utf-7", "utf-16", "unicode_escape", "idna", "x" * 200],
)
def test_a_charset_other_than_utf_8_is_refused(db, method, charset):
    status, headers = served(method, "q=+2AA-&role=%5Cud800", f"{FORM}; charset={charset}")
    assert status == "400 Bad Request"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_form_may_name_its_charset(stranger, charset):
    kind = f"{FORM}; charset={charset}"
    response = stranger.generic("POST", "/admin/login/", b"username=%c3%bc", content_type=kind)
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "post"])
@pytest.mark.parametrize("path", ["/", "/jobs/", "/guides/", "/roles/", "/robots.txt", "/healthz"])
def test_pages_are_read_only(stranger, method, path):
    assert getattr(stranger, method)(path).status_code in (405, 403)


@pytest.mark.parametrize("host", ["evil.example", "a b", "[", "127.0.0.1:notaport", ""])
def test_another_host_is_refused_in_the_boards_look(stranger, host):
    response = stranger.get("/jobs/", HTTP_HOST=host)
    assert response.status_code == 400
    assert "This address cannot be read" in response.content.decode()
