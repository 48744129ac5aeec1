"""Small payloads of each system, written for these tests, with one of everything.

They end in 2036: what has ended is not imported.
"""

from html import escape
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
        "application_deadline": "2036-12-31",
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


def workable_job(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Data Analyst",
        "shortcode": "AB12",
        "employment_type": "Part-time",
        "telecommuting": False,
        "url": "https://apply.workable.com/j/AB12",
        "shortlink": "https://apply.workable.com/j/AB12",
        "application_url": "https://apply.workable.com/j/AB12/apply",
        "published_on": "2026-08-05",
        "created_at": "2026-06-24",
        "country": "Germany",
        "city": "Berlin",
        "state": "Berlin",
        "experience": "Entry level",
        "locations": [
            {"country": "Germany", "countryCode": "DE", "city": "Berlin", "region": "Berlin"},
            {"country": "France", "countryCode": "FR", "city": "Paris", "hidden": True},
        ],
        "description": "<p>Read data.</p>",
    }
    return job | changes


def workable(*jobs: Any) -> Payload:
    return {"name": "Acme", "description": None, "jobs": list(jobs) or [workable_job()]}


def smartrecruiters_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "7439",
        "name": "Pricing Analyst",
        "refNumber": "REF1",
        "company": {"identifier": "AcmeInc", "name": "Acme, Inc."},
        "releasedDate": "2026-02-06T19:42:44.000Z",
        "location": {
            "city": "San Jose",
            "region": "CA",
            "country": "us",
            "remote": False,
            "hybrid": True,
            "fullLocation": "San Jose, CA, United States",
        },
        "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
        "experienceLevel": {"id": "entry_level", "label": "Entry Level"},
        "visibility": "PUBLIC",
        "language": {"code": "en", "label": "English"},
    }
    return job | changes


def smartrecruiters(*jobs: Any, **around: Any) -> Payload:
    found = list(jobs) or [smartrecruiters_job()]
    return {"offset": 0, "limit": 100, "totalFound": len(found), "content": found} | around


def smartrecruiters_detail(**changes: Any) -> Payload:
    sections = {
        "companyDescription": {"title": "Company", "text": "<p>We are Acme.</p>"},
        "jobDescription": {"title": "Job", "text": "<p>A pricing analyst sets prices.</p>"},
        "qualifications": {"title": "Qualifications", "text": ""},
    }
    job = smartrecruiters_job(
        applyUrl="https://jobs.smartrecruiters.com/AcmeInc/7439-pricing-analyst?oga=true",
        postingUrl="https://jobs.smartrecruiters.com/AcmeInc/7439-pricing-analyst",
        active=True,
        jobAd={"sections": sections},
    )
    return job | changes


def recruitee_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": 243,
        "title": "Office Manager",
        "status": "published",
        "careers_url": "https://acme.recruitee.com/o/office-manager",
        "careers_apply_url": "https://acme.recruitee.com/o/office-manager/c/new",
        "company_name": "Acme",
        "employment_type_code": "fulltime_fixed_term",
        "experience_code": "entry_level",
        "locations": [
            {"name": "HQ", "city": "Lyon", "state": "Rhône", "country": "France",
             "country_code": "FR"},
        ],
        "remote": False,
        "hybrid": True,
        "on_site": False,
        "salary": {"min": "75.00", "max": "95.00", "period": "year", "currency": "EUR"},
        "description": "<p>Manage.</p>",
        "requirements": "<p>Order.</p>",
        "published_at": "2026-08-05 10:10:39 UTC",
        "close_at": "2036-12-31",
        "translations": {"fr": {"title": "Responsable"}, "en": {"title": "Office Manager"}},
    }  # fmt: skip
    return job | changes


def recruitee(*jobs: Any) -> Payload:
    return {"offers": list(jobs) or [recruitee_job()]}


def teamtailor_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "20fa-7d",
        "title": "Account Executive",
        "url": "https://acme.teamtailor.com/jobs/7-account-executive",
        "date_published": "2026-02-04T09:26:20+01:00",
        "content_html": "<p>Sell.</p>",
        "_jobposting": {
            "@type": "JobPosting",
            "title": "Account Executive",
            "datePosted": "2026-02-04T09:26:20+01:00",
            "employmentType": "FULL_TIME",
            "hiringOrganization": {"@type": "Organization", "name": "Acme AB"},
            "jobLocation": [
                {
                    "@type": "Place",
                    "address": {
                        "addressLocality": "Madrid",
                        "addressRegion": "Europe",
                        "addressCountry": "ES",
                    },
                }
            ],
        },
    }
    return job | changes


def teamtailor(*jobs: Any) -> Payload:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Acme",
        "items": list(jobs) or [teamtailor_job()],
    }


def workday_job(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Cloud Data Engineer",
        "externalPath": "/job/DEU-Wiesbaden/Cloud-Data-Engineer_RQ22-1",
        "locationsText": "DEU Wiesbaden - Army Airfield (APC180)",
        "postedOn": "Posted 8 Days Ago",
        "bulletFields": ["RQ22"],
    }
    return job | changes


def workday(*jobs: Any, **around: Any) -> Payload:
    found = list(jobs) or [workday_job()]
    return {"total": len(found), "jobPostings": found} | around


def workday_detail(**changes: Any) -> Payload:
    info = {
        "id": "0ce1",
        "title": "Cloud Data Engineer",
        "jobDescription": "<p>Clouds.</p>",
        "location": "DEU Wiesbaden - Army Airfield (APC180)",
        "additionalLocations": ["USA VA Falls Church"],
        "postedOn": "Posted 8 Days Ago",
        "startDate": "2026-07-07",
        "endDate": "2036-12-31",
        "timeType": "Full time",
        "remoteType": "Hybrid",
        "jobPostingId": "Cloud-Data-Engineer_RQ22-1",
        "country": {"descriptor": "Germany"},
        "canApply": True,
        "externalUrl": "https://acme.wd5.myworkdayjobs.com/Site/job/DEU-Wiesbaden/"
        "Cloud-Data-Engineer_RQ22-1",
    }
    return {"jobPostingInfo": info | changes, "hiringOrganization": {"name": "Acme, Inc."}}


def remotive_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": 2090,
        "url": "https://remotive.com/remote-jobs/data/data-engineer-2090",
        "title": "Data Engineer",
        "company_name": "Acme",
        "job_type": "contract",
        "publication_date": "2026-07-12T06:35:18",
        "candidate_required_location": "Americas, Israel",
        "salary": "$90 - $150 /hour",
        "description": "<p>Pipelines.</p>",
    }
    return job | changes


def remotive(*jobs: Any) -> Payload:
    return {"0-legal-notice": "…", "job-count": 1, "jobs": list(jobs) or [remotive_job()]}


def remoteok_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "1136",
        "slug": "remote-handyman",
        "epoch": 1_786_414_917,
        "date": "2026-08-11T02:21:57+00:00",
        "company": "Acme",
        "position": "Handyman",
        "description": "Repair<br>things",
        "location": "Lisbon, ",
        "apply_url": "https://remoteOK.com/l/1136",
        "url": "https://remoteOK.com/remote-jobs/remote-handyman-1136",
        "salary_min": 60_000,
        "salary_max": 0,
    }
    return job | changes


def remoteok(*jobs: Any) -> Payload:
    return list(jobs) or [remoteok_job()]


def himalayas_job(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Physics Expert",
        "companyName": "Acme",
        "companySlug": "acme",
        "employmentType": "Contractor",
        "minSalary": 80,
        "maxSalary": 135,
        "salaryPeriod": "hourly",
        "currency": "USD",
        "seniority": ["Entry-level"],
        "locationRestrictions": ["United Kingdom", "Poland"],
        "timezoneRestrictions": [0, 1, 5.5],
        "description": "<p>Physics.</p>",
        "pubDate": 1_786_424_671,
        "expiryDate": 1_791_608_670_000,
        "applicationLink": "https://himalayas.app/companies/acme/jobs/physics-expert-98",
        "guid": "https://himalayas.app/companies/acme/jobs/physics-expert-98",
    }
    return job | changes


def himalayas(*jobs: Any) -> Payload:
    return {
        "totalCount": 100_000,
        "offset": 0,
        "limit": 20,
        "jobs": list(jobs) or [himalayas_job()],
    }


def adzuna_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "5801",
        "title": "Senior <strong>Data</strong> Engineer",
        "company": {"display_name": "Acme"},
        "location": {"area": ["US", "Massachusetts", "Suffolk County", "Boston"]},
        "description": "By joining us…",
        "redirect_url": "https://www.adzuna.com/details/5801",
        "adref": "x",
        "created": "2026-07-15T08:33:45Z",
        "contract_time": "full_time",
        "salary_min": 119_025.7,
        "salary_max": 130_000,
        "salary_is_predicted": "1",
    }
    return job | changes


def adzuna(*jobs: Any) -> Payload:
    return {"count": 29_378, "results": list(jobs) or [adzuna_job()]}


# --- XML ------------------------------------------------------------------------------------------


def tags(fields: dict[str, Any]) -> str:
    """Fields as elements; a dictionary as an element with more in it, a list as several."""
    written = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            inner = tags(one) if isinstance(one, dict) else escape(str(one))
            written.append(f"<{name}>{inner}</{name.split()[0]}>")
    return "".join(written)


def personio_job(**changes: Any) -> dict[str, Any]:
    job = {
        "id": "1834",
        "subcompany": "Acme SE & Co. KG",
        "office": "Munich",
        "additionalOffices": {"office": ["Berlin", "Hamburg"]},
        "name": "Staff Engineer",
        "jobDescriptions": {
            "jobDescription": [
                {"name": "Your tasks", "value": "<ul><li>Build</li></ul>"},
                {"name": "Empty", "value": " "},
            ]
        },
        "employmentType": "permanent",
        "seniority": "entry-level",
        "schedule": "full-or-part-time",
        "createdAt": "2026-11-13T14:10:41+00:00",
    }
    return job | changes


def personio(*jobs: Any) -> bytes:
    found = "".join(f"<position>{tags(job)}</position>" for job in jobs or [personio_job()])
    return f"<?xml version='1.0'?><workzag-jobs>{found}</workzag-jobs>".encode()


def weworkremotely_job(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Acme : Account Executive: DACH",
        "region": "Anywhere in the World",
        "country": "",
        "state": "",
        "type": "Full-Time",
        "description": "<p>Sell.</p>",
        "pubDate": "Tue, 11 Aug 2026 07:30:41 +0000",
        "expires_at": "Thu, 10 Sep 2026 09:30:41 +0200",
        "guid": "https://weworkremotely.com/remote-jobs/acme-account-executive",
        "link": "https://weworkremotely.com/remote-jobs/acme-account-executive",
    }
    return job | changes


def weworkremotely(*jobs: Any) -> bytes:
    link = "<link>https://weworkremotely.com/remote-jobs.rss</link>"
    found = "".join(f"<item>{tags(job)}</item>" for job in jobs or [weworkremotely_job()])
    return f"<rss><channel><title>WWR</title>{link}{found}</channel></rss>".encode()


def teamtailor_item(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Account Executive",
        "description": "<p>Sell.</p>",
        "pubDate": "Wed, 04 Feb 2026 09:26:20 +0100",
        "link": "https://acme.teamtailor.com/jobs/7-account-executive",
        "remoteStatus": "hybrid",
        "guid": "20fa-7d",
        "tt:locations": {
            "tt:location": [
                {"tt:name": "Spain office", "tt:city": "Madrid", "tt:country": "Spain"},
                {"tt:name": "Remote France"},
            ]
        },
    }
    return job | changes


def teamtailor_rss(*jobs: Any) -> bytes:
    found = "".join(f"<item>{tags(job)}</item>" for job in jobs or [teamtailor_item()])
    space = 'xmlns:tt="https://teamtailor.com/locations"'
    return f"<rss {space}><channel><title>Acme</title>{found}</channel></rss>".encode()
