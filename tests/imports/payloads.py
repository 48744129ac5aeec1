"""Small payloads of three systems, written for these tests, with one of everything."""

from typing import Any

Payload = Any


def greenhouse_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": 4001,
        "title": "Data Engineer",
        "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/4001",
        "internal_job_id": 77,
        "company_name": "Acme ",
        "location": {"name": "Remote, US; Berlin, Germany"},
        "offices": [{"id": 1, "name": "Berlin", "location": "Berlin, Germany"}],
        "departments": [{"id": 2, "name": "Data"}],
        "metadata": [
            {"id": 3, "name": "Workplace Type", "value": "Hybrid", "value_type": "single_select"},
            {"id": 4, "name": "Employment Type", "value": ["Full-time"]},
        ],
        "content": "&lt;p&gt;We use &amp;lt;T&amp;gt; &amp;amp; SQL.&lt;/p&gt;",
        "first_published": "2026-07-16T11:55:32-04:00",
        "updated_at": "2026-08-01T08:00:00-04:00",
        "application_deadline": "2026-12-31",
        "pay_input_ranges": [
            {
                "min_cents": 12_000_000,
                "max_cents": 15_000_050,
                "currency_type": "USD",
                "title": "Annual base salary",
                "blurb": "<p>Base pay.</p>",
            }
        ],
        "language": "en",
    }
    return job | changes


def greenhouse(*jobs: Any) -> Payload:
    return {"jobs": list(jobs) or [greenhouse_job()], "meta": {"total": len(jobs) or 1}}


def lever_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "a1b2-c3",
        "text": "Analytics Engineer",
        "hostedUrl": "https://jobs.lever.co/acme/a1b2-c3",
        "applyUrl": "https://jobs.lever.co/acme/a1b2-c3/apply",
        "categories": {
            "commitment": "Full Time Internship",
            "location": "London",
            "allLocations": ["London", "Stockholm"],
            "team": "Data",
        },
        "country": "GB",
        "workplaceType": "on-site",
        "createdAt": 1_782_821_535_482,
        "opening": "<p>Opening.</p>",
        "description": "<p>Opening.</p><p>Body.</p>",
        "descriptionBody": "<p>Body.</p>",
        "lists": [{"text": "You & us", "content": "\n<li>First</li>\n<li>Second</li>\n"}],
        "additional": "<p>More.</p>",
        "salaryDescription": "<p>Plus bonus.</p>",
        "salaryRange": {
            "min": 60_000,
            "max": 80_000,
            "currency": "GBP",
            "interval": "per-year-salary",
        },
    }
    return job | changes


def lever(*jobs: Any) -> Payload:
    return list(jobs) or [lever_job()]


def component(**changes: Any) -> dict[str, Any]:
    return {
        "summary": "$100K – $120K",
        "compensationType": "Salary",
        "interval": "1 YEAR",
        "currencyCode": "USD",
        "minValue": 100_000,
        "maxValue": 120_000,
    } | changes


def tier(*components: Any, summary: str = "$100K – $120K • Offers Equity") -> dict[str, Any]:
    equity = component(compensationType="EquityCashValue", minValue=5, maxValue=9, summary="Equity")
    return {"title": None, "tierSummary": summary, "components": [equity, *components]}


def ashby_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "0d9f-11",
        "title": "ML Engineer",
        "jobUrl": "https://jobs.ashbyhq.com/acme/0d9f-11",
        "applyUrl": "https://jobs.ashbyhq.com/acme/0d9f-11/application",
        "employmentType": "FullTime",
        "location": "New York",
        "address": {"postalAddress": {"addressCountry": "USA"}},
        "secondaryLocations": [
            {"location": "Europe", "address": {"postalAddress": {"addressCountry": "Europe"}}},
            {
                "location": "Remote: Canada",
                "address": {"postalAddress": {"addressCountry": "Canada"}},
            },
            {"location": "Toronto"},
        ],
        "isListed": True,
        "isRemote": True,
        "workplaceType": "Hybrid",
        "publishedAt": "2026-07-07T20:47:09.753+00:00",
        "descriptionHtml": "<p>Work.</p>",
        "shouldDisplayCompensationOnJobPostings": True,
        "compensation": {
            "compensationTierSummary": "$100K – $120K",
            "compensationTiers": [tier(component())],
            "summaryComponents": [component(minValue=1, maxValue=999_999)],
        },
    }
    return job | changes


def ashby(*jobs: Any) -> Payload:
    return {"jobs": list(jobs) or [ashby_job()], "apiVersion": "1"}
