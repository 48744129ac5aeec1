# ruff: noqa: E501
"""Nothing that a stranger sends, at any address and in any parameter, is answered by a 5xx."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from jobs.filters import PostingFilter
from market.surveys import import_survey
from tests import factories
from tests.factories.market import line, survey_text

NASTIES = [
    "0", "-1", "1", "400", "401", "9" * 19, "9" * 40, "-" + "9" * 40, "1e9", "1e309", "0x10",
    "1_0", "1.5", "NaN", "Infinity", "None", "null", "true", "undefined", "٣", "１２", "²", "Ⅷ", " 5 ",
    "", " ", "\t", "\r\nSet-Cookie: a=b", "%", "%00", "%0d%0a", "%u0041", "%%%", "\\", "/", "//",
    "..", "../../etc/passwd", "'", '"', "''", "`", "';--", "' OR 1=1 --", "1; DROP TABLE jobs_posting",
    "1) UNION SELECT NULL--", "*", "**", "-", "--", "-a", '"', '"a', '"a" "b', "a*", "*a",
    "a OR b", "NOT", "AND", "OR", "NEAR(a b, 5)", "title:a", "title : a", "^a", "{a b}", "(", ")", "a:*",
    "!a", "a & b", "a | b", "a <-> b", "::text", "$$", "\\'", "[]", "[1]", "{}", '{"a": 1}', "{{ 7*7 }}",
    "{% load x %}", "${7*7}", "<script>alert(1)</script>", "\"><img src=x onerror=1>",
    "javascript:1", "&", "=", "#", "?", ";", ",", "|", "~", "😀", "👩\u200d👩\u200d👧", "é", "e\u0301", "ß", "İ",
    "ﬁ", "\u202e", "\ufeff", "\u200b", "\uffff", "\U0010ffff", "مرحبا", "データ", "x" * 201, "x" * 3_000,
    "a " * 13, "a " * 500, "é" * 1_000, "-a " * 50, '"' * 300, "us", "US", "unknown", "remote",
    "senior", "newest", "relevance", "salary", "USD", "usd", "data-engineer",
]  # fmt: skip
RAW = [
    "", "&", "&&&&", "=", "===", "a", "?", "q", "q&q&q", "%", "q=%", "q=%zz", "%3D=%26", "q=a;b=c",
    "a[]=1&a[]=2", "a[b][c]=1", "q[]=x", "page[]=1", "q=1&q=2&q=3", "sort=newest&sort=salary",
    "q=+", "q=%2B%2B", "q=%00", "q=%ff", "q=%ed%a0%80", "q=%f0%9f", "q=\x7f", "__proto__=1",
    "role=a&" * 98 + "role=a", "role=a&" * 120, "q=" + "a" * 4_000, "q=" + "a" * 9_000,
    "page=2&page=3", "QUERY=1", "csrfmiddlewaretoken=x", "_method=DELETE", "format=json",
]  # fmt: skip
PARAMETERS = [
    *PostingFilter.base_filters,
    "topic",
    "find",
    "cursor",
    "skill",
    "posting",
    "eligible",
    "a",
    "aspect",
    "b",
    "survey",
    "work_year",
    "kind",
    "weeks",
]
ADMIN = [
    "/admin/", "/admin/jobs/posting/", "/admin/jobs/company/", "/admin/jobs/place/",
    "/admin/jobs/exchangerate/", "/admin/imports/source/", "/admin/imports/run/",
    "/admin/guides/guide/", "/admin/guides/role/", "/admin/guides/skill/", "/admin/auth/user/",
    "/admin/market/survey/", "/admin/market/surveytitle/",
    "/admin/jobs/posting/add/", "/admin/jobs/posting/1/change/", "/admin/jobs/posting/1/history/",
]  # fmt: skip
ADMIN_PARAMETERS = [
    "q", "p", "o", "all", "e", "standing", "state__exact", "role__id__exact", "seniority", "id",
    "posted_at__year", "posted_at__month", "posted_at__day", "posted_at__gte", "company__name",
    "held__contains", "password__startswith", "source__system", "currency", "_popup", "_to_field",
    "next", "_changelist_filters", "country__exact", "is_active__exact",
]  # fmt: skip


@pytest.fixture
def addresses(db) -> list[str]:
    role, other = factories.RoleFactory(slug="data-engineer"), factories.RoleFactory(slug="zoo")
    guide = factories.PublishedGuideFactory(about=[role, other])
    posting = factories.PostingFactory(
        role=role, seniority="senior", workplace="remote", places=[factories.PlaceFactory()],
        pay=[{}], description="a data x",
    )  # fmt: skip
    closed = factories.PostingFactory(role=role, closed=True)
    import_survey(survey_text([line("Data Engineer"), line("=1")]).encode(), "A survey")
    return [
        "/", "/jobs/", posting.get_absolute_url(), closed.get_absolute_url(), "/guides/",
        f"{posting.get_absolute_url()}report/", "/jobs/kept/",
        "/guides/feed.atom", "/jobs/feed.atom", "/jobs/feed.json", guide.get_absolute_url(),
        f"{guide.get_absolute_url()}history/", "/roles/", role.get_absolute_url(), "/compare/",
        "/compare/data-engineer-vs-zoo/", "/components/", "/robots.txt", "/healthz", "/readyz",
        "/nowhere/",
        "/places/", "/jobs/values/place/", "/jobs/values/company/", "/jobs/values/skill/",
        "/salaries/", "/salaries/stated-by-seniority.csv", "/salaries/survey-by-country.json",
        "/salaries/survey-answers.csv", "/roles/data-engineer/events.csv",
    ]  # fmt: skip


def stranger() -> Client:
    return Client(raise_request_exception=False)


def queries(seed: int, count: int, names: list[str]) -> Iterator[str]:
    """Query strings of one to five parameters, some of them repeated or unknown."""
    random = Random(seed)
    for _ in range(count):
        chosen = [random.choice(names) for _ in range(random.randint(1, 5))]
        yield "&".join(f"{quote(name)}={quote(random.choice(NASTIES))}" for name in chosen)


def fails(client: Client, requests: list[tuple[str, str]]) -> list[str]:
    statuses = [
        (address, query, client.get(address, QUERY_STRING=query).status_code)
        for address, query in requests
    ]
    return [f"{status} {address}?{query}" for address, query, status in statuses if status >= 500]


def test_every_nasty_value_in_every_parameter_of_the_list(addresses):
    asked = [("/jobs/", f"{name}={quote(value)}") for name in PARAMETERS for value in NASTIES]
    few = Random(1).sample(asked, 300)
    assert fails(stranger(), few) == []


@pytest.mark.parametrize("address", ["/jobs/feed.atom", "/jobs/feed.json"])
def test_every_nasty_cursor_and_raw_query_of_a_feed(addresses, address):
    asked = [(address, f"cursor={quote(value)}") for value in NASTIES]
    asked += [(address, f"{name}={quote(value)}") for name in ("sort", "page") for value in NASTIES]
    asked += [(address, query) for query in [*RAW, *queries(10, 100, PARAMETERS)]]
    assert fails(stranger(), asked) == []


def test_hostile_queries_at_every_address(addresses):
    asked = [(address, query) for address in addresses for query in Random(2).sample(RAW, 8)]
    asked += [("/jobs/", query) for query in RAW]
    asked += [
        (address, query)
        for number, address in enumerate(addresses)
        for query in queries(number, 6, PARAMETERS)
    ]
    assert fails(stranger(), asked) == []


def test_hostile_paths(addresses):
    patterns = ["/jobs/{}/", "/jobs/values/{}/", "/jobs/1-{}/", "/guides/{}/", "/roles/{}/", "/compare/{}/", "/{}",
                "/compare/data-engineer-vs-{}/", "/guides/preview/{}/", "/static/{}",
                "/salaries/{}.csv", "/roles/{}/events.csv"]  # fmt: skip
    paths = [pattern.format(quote(value, safe="")) for pattern in patterns for value in NASTIES]
    paths += ["//", "/.", "/..", "/%", "/%2e%2e/", "/jobs//", "/jobs/1", "/JOBS/", "/jobs/%ff-x/"]
    assert fails(stranger(), [(path, "") for path in paths if len(path) < 3_000]) == []


def test_hostile_bodies_at_every_address(addresses):
    client, random, failed = stranger(), Random(3), []
    kinds = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain",
             "application/json", "", "multipart/form-data", "x" * 300, "text/html; charset=utf-8"]  # fmt: skip
    bodies = [query.encode() for query in RAW] + [
        b"\xff\xfe",
        b"\0",
        b"--b\r\n\r\n--b--",
        b"[" * 9_000,
    ]
    for address in [*addresses, "/admin/login/"]:
        for body in random.sample(bodies, 8):
            method, kind = random.choice(["POST", "PUT", "DELETE", "PATCH"]), random.choice(kinds)
            status = client.generic(method, address, body, content_type=kind).status_code
            failed += [f"{status} {method} {address} {kind} {body!r}"] if status >= 500 else []
    assert failed == []


def test_hostile_headers_at_every_address(addresses):
    client, failed = stranger(), []
    names = ["HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_COOKIE",
             "HTTP_REFERER", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE",
             "HTTP_X_FORWARDED_PROTO", "HTTP_USER_AGENT", "HTTP_ORIGIN", "HTTP_X_FORWARDED_HOST"]  # fmt: skip
    random = Random(4)
    for address in addresses:
        for name in names:
            value = random.choice(NASTIES).encode("utf-8").decode("latin-1")
            status = client.get(address, **{name: value}).status_code
            failed += [f"{status} {address} {name}: {value!r}"] if status >= 500 else []
    assert failed == []


def test_the_log_in_takes_anything(addresses):
    client, random, failed = stranger(), Random(5), []
    for _ in range(30):
        value = {name: random.choice(NASTIES) for name in ("username", "password", "next")}
        for status in (
            client.post("/admin/login/", value).status_code,
            client.get("/admin/login/", value).status_code,
        ):
            failed += [f"{status} {value}"] if status >= 500 else []
    assert failed == []


def test_a_session_that_nobody_has_is_no_session(addresses):
    client = stranger()
    for value in NASTIES:
        cookie = f"sessionid={value}; csrftoken={value}".encode().decode("latin-1")
        assert client.get("/admin/", HTTP_COOKIE=cookie).status_code in (302, 400)


@pytest.mark.parametrize("who", ["operator", "moderator"])
def test_hostile_queries_in_the_admin(request, addresses, who):
    client = request.getfixturevalue(who)
    client.raise_request_exception = False
    asked = [
        (address, query)
        for number, address in enumerate(ADMIN)
        for query in queries(number, 14 if who == "operator" else 5, ADMIN_PARAMETERS)
    ]
    asked += [("/admin/jobs/posting/", query) for query in queries(99, 60, ADMIN_PARAMETERS)]
    assert fails(client, asked) == []


def test_lookups_that_no_row_can_meet_in_the_admin(addresses, operator):
    operator.raise_request_exception = False
    lookups = ["", "__id__exact", "__year", "__range", "__in", "__isnull"]
    values = ["abc", "-1", "0", "10000", "9" * 20, "1,2", ""]
    asked = []
    for model in admin.site._registry:
        fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
        start = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for number, field in enumerate(fields):
            value = values[number % len(values)]
            if field.is_relation:
                asked += [(f"{start}add/", f"{field.name}={one}") for one in ("abc", "-1")]
            # Half of them for each, the other half for the next.
            asked += [(start, f"{field.name}{one}={value}") for one in lookups[number % 2 :: 2]]
    assert fails(operator, asked) == []


def test_hostile_suggestions_in_the_admin(addresses, operator):
    operator.raise_request_exception = False
    names = ["app_label", "model_name", "field_name", "term", "page"]
    good = "app_label=jobs&model_name=posting&field_name=company&"
    asked = [("/admin/autocomplete/", query) for query in queries(7, 20, names)]
    asked += [("/admin/autocomplete/", good + query) for query in queries(8, 30, ["term", "page"])]
    assert fails(operator, asked) == []


def test_hostile_forms_in_the_admin(addresses, operator):
    operator.raise_request_exception = False
    random, failed = Random(9), []
    fields = ["title", "company", "role", "places", "skills", "seniority", "employment", "included", "excluded", "state", "posted_at",
              "expires_at", "stale_at", "description", "markup", "apply_url", "apply_email",
              "pay_ranges-0-minimum", "pay_ranges-0-maximum", "pay_ranges-0-currency", "action",
              "_selected_action", "select_across", "index"]  # fmt: skip
    whole = {"pay_ranges-TOTAL_FORMS": "1", "pay_ranges-INITIAL_FORMS": "0"}
    whole |= {f"{name}-{kind}_FORMS": "0" for name in ("listings", "events")
              for kind in ("TOTAL", "INITIAL")}  # fmt: skip
    for _ in range(30):
        sent = whole | {name: random.choice(NASTIES) for name in random.sample(fields, 12)}
        for address in ("/admin/jobs/posting/add/", "/admin/jobs/posting/"):
            status = operator.post(address, sent).status_code
            failed += [f"{status} {address} {sent}"] if status >= 500 else []
    assert failed == []
