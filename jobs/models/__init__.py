from jobs.models.live import LivePay, LivePosting, LiveQuerySet, LiveTerm, TextIndex
from jobs.models.names import Company, Place
from jobs.models.postings import Event, Listing, PayRange, Posting, PostingQuerySet
from jobs.models.rates import ExchangeRate
from jobs.models.reports import Report

__all__ = [
    "Company",
    "Event",
    "ExchangeRate",
    "Listing",
    "LivePay",
    "LivePosting",
    "LiveQuerySet",
    "LiveTerm",
    "PayRange",
    "Place",
    "Posting",
    "PostingQuerySet",
    "Report",
    "TextIndex",
]
