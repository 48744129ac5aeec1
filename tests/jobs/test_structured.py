"""What search engines are told of an open posting: what it states, and nothing else."""

import json
from decimal import Decimal

import pytest

from jobs.models import Posting
from jobs.structured import job_posting
from tests.factories import CompanyFactory, PlaceFactory, PostingFactory, days_from_now
from tests.page import parse

pytestmark = pytest.mark.django_db


def said(posting: Posting) -> dict:
    return job_posting(posting, posting.places.all(), posting.pay_ranges.all())


def scripts(reader, posting: Posting) -> list[str]:
    page = parse(reader.get(posting.get_absolute_url()))
    return [one.text for one in page.iter("script") if one.get("type") == "application/ld+json"]


def test_only_an_open_posting_is_told(reader):
    [text] = scripts(reader, PostingFactory(title="Cook"))
    assert json.loads(text)["title"] == "Cook"
    for traits in ({"closed": True}, {"expired": True}, {"unconfirmed": True}):
        assert scripts(reader, PostingFactory(**traits)) == []


def test_what_a_posting_does_not_state_is_not_there():
    assert set(said(PostingFactory())) == {
        "@context", "@type", "url", "title", "description", "datePosted", "hiringOrganization",
    }  # fmt: skip


def test_what_it_states_is_there():
    posting = PostingFactory(
        company=CompanyFactory(name="Acme", url="https://acme.example/"),
        employment=["full_time", "contract", "freelance"],
        workplace="hybrid",
        places=[PlaceFactory(city=True, name="Bengaluru", country="IN", region="IN-KA")],
        expires_at=days_from_now(9),
        pay=[{"minimum": Decimal("27.50"), "maximum": None, "period": "hour", "currency": "EUR"}],
    )
    found = said(posting)
    assert found["hiringOrganization"]["sameAs"] == "https://acme.example/"
    assert found["employmentType"] == ["FULL_TIME", "CONTRACTOR"]
    assert found["validThrough"] == posting.expires_at.isoformat()
    [location] = found["jobLocation"]
    assert location["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "IN",
        "addressRegion": "KA",
        "addressLocality": "Bengaluru",
    }
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "unitText": "HOUR", "minValue": 27.5},
    }


@pytest.mark.parametrize(
    "pay", [{"kind": "ote"}, {"kind": "estimate"}, {"kind": "bonus"}, {"period": ""},
            {"currency": ""}],
)  # fmt: skip
def test_pay_that_is_no_base_pay_or_half_stated_is_left_out(pay):
    assert "baseSalary" not in said(PostingFactory(pay=[pay]))


@pytest.mark.parametrize(
    ("eligible", "names"),
    [
        (None, None),
        ({"worldwide": True}, None),
        ({"include": ["DE", "EU"]}, ["Germany", "European Union"]),
        ({"include": ["EU"], "exclude": ["DE"]}, None),
    ],
)
def test_a_remote_posting_tells_where_one_may_live_if_it_can_be_told(eligible, names):
    posting = PostingFactory(
        workplace="remote", eligibility=eligible, places=[PlaceFactory(country="DE")]
    )
    found = said(posting)
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert "jobLocation" not in found
    areas = found.get("applicantLocationRequirements")
    assert (areas and [one["name"] for one in areas]) == names


def test_the_words_of_a_stranger_stay_inside_the_script(reader):
    nasty = "</script><!--<script>alert(1)</script>\u2028&amp;"
    [text] = scripts(reader, PostingFactory(title=nasty, description=f"`{nasty}`"))
    assert "<" not in text
    assert json.loads(text)["title"] == nasty
