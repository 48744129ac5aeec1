"""Which system a payload comes from, told by its structure alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SAMPLE = 200  # jobs of a payload that are looked at


@dataclass(frozen=True)
class Shape:
    """The list of jobs under `jobs` (None: the payload itself is the list), keys that only this
    system's jobs have, and keys that its payloads may have beside the list."""

    jobs: str | None
    keys: frozenset[str]
    beside: frozenset[str] = frozenset()


def _shape(jobs: str | None, keys: str, beside: str = "") -> Shape:
    return Shape(jobs, frozenset(keys.split()), frozenset(beside.split()))


SHAPES = {
    "greenhouse": _shape(
        "jobs",
        "absolute_url internal_job_id requisition_id data_compliance first_published updated_at"
        " location metadata offices departments content pay_input_ranges application_deadline",
        "meta",
    ),
    "lever": _shape(
        None,
        "text hostedUrl applyUrl categories createdAt descriptionPlain descriptionBody lists"
        " additional additionalPlain workplaceType salaryRange opening",
    ),
    "ashby": _shape(
        "jobs",
        "jobUrl applyUrl isListed isRemote publishedAt employmentType secondaryLocations"
        " descriptionHtml descriptionPlain workplaceType compensation"
        " shouldDisplayCompensationOnJobPostings address",
        "apiVersion",
    ),
    "recruitee": _shape(
        "offers",
        "careers_url careers_apply_url mailbox_email employment_type_code requirements guid"
        " published_at slug options_cv",
    ),
    "smartrecruiters": _shape(
        "content",
        "refNumber releasedDate jobAdId defaultJobAd typeOfEmployment experienceLevel uuid ref",
        "totalFound offset limit",
    ),
    "workable": _shape(
        "jobs",
        "shortcode shortlink telecommuting application_url published_on created_at",
        "name description",
    ),
    "workday": _shape("jobPostings", "externalPath locationsText postedOn bulletFields", "total"),
    "teamtailor": _shape("items", "_jobposting date_published", "version feed_url home_page_url"),
    "remotive": _shape(
        "jobs",
        "candidate_required_location publication_date job_type company_logo company_name tags",
        "job-count 0-legal-notice 00-warning total-job-count",
    ),
    "remoteok": _shape(None, "epoch position company company_logo legal last_updated logo slug"),
    "himalayas": _shape(
        "jobs",
        "locationRestrictions timezoneRestrictions companySlug minSalary maxSalary pubDate"
        " applicationLink expiryDate parentCategories",
        "totalCount offset limit comments updatedAt",
    ),
    "adzuna": _shape("results", "redirect_url adref salary_is_predicted contract_time", "count"),
}
# Payloads of one job each, which name themselves by keys at the top.
_SINGLE = {
    "workday": {"jobPostingInfo"},
    "smartrecruiters": {"jobAd"},
    "greenhouse": {"absolute_url", "internal_job_id"},
    "lever": {"hostedUrl", "categories"},
}
_ENOUGH = 2


def identify(payload: Any) -> str | None:
    """The system that a payload comes from; None where its structure does not tell."""
    scores = {system: _score(shape, payload) for system, shape in SHAPES.items()}
    if isinstance(payload, Mapping):
        for system, keys in _SINGLE.items():
            if keys <= payload.keys():
                scores[system] = max(scores[system], _ENOUGH)
    best = max(scores.values())
    leaders = [system for system, score in scores.items() if score == best]
    return leaders[0] if best > 0 and len(leaders) == 1 else None


def fits(system: str, payload: Any) -> bool:
    """Whether a payload can be read as this system's: its list of jobs is where it should be,
    and nothing in it looks more like another system."""
    jobs = _jobs(SHAPES[system], payload)
    if jobs is None:
        return False
    told = identify(payload)
    if told is not None or jobs:
        return told in (system, None)
    return not isinstance(payload, Mapping) or payload.keys() <= _allowed(SHAPES[system])


def _allowed(shape: Shape) -> frozenset[str]:
    return shape.beside | {shape.jobs or ""}


def _jobs(shape: Shape, payload: Any) -> list[Any] | None:
    jobs = payload
    if shape.jobs is not None:
        jobs = payload.get(shape.jobs) if isinstance(payload, Mapping) else None
    return jobs if isinstance(jobs, list) else None


def _score(shape: Shape, payload: Any) -> int:
    """How many keys of the system the most telling job has; of the payload, if it has no jobs."""
    jobs = _jobs(shape, payload)
    if jobs is None:
        return 0
    if not jobs:
        if shape.jobs is None or not payload.keys() <= _allowed(shape):
            return 0
        # A list under a name that no other system uses tells enough.
        alone = sum(other.jobs == shape.jobs for other in SHAPES.values()) == 1
        return len(payload.keys() & shape.beside) + alone
    told = (len(job.keys() & shape.keys) for job in jobs[:_SAMPLE] if isinstance(job, Mapping))
    best = max(told, default=0)
    return best if best >= _ENOUGH else 0
