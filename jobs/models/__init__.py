from jobs.models.live import LiveChange, LivePosting, LiveQuerySet, TextIndex
from jobs.models.names import Company, Place
from jobs.models.postings import Event, Listing, PayRange, Posting, PostingQuerySet
from jobs.models.rates import ExchangeRate
from jobs.models.reports import Report

__all__ = [
    "Company",
    "Event",
    "ExchangeRate",
    "Listing",
    "LiveChange",
    "LivePosting",
    "LiveQuerySet",
    "PayRange",
    "Place",
    "Posting",
    "PostingQuerySet",
    "Report",
    "TextIndex",
]
