from jobs.models.live import LiveChange, LivePosting, LiveQuerySet, TextIndex
from jobs.models.names import Company, Place
from jobs.models.postings import Event, Listing, PayRange, Posting, PostingQuerySet
from jobs.models.rates import ExchangeRate
from jobs.models.reports import Report
from jobs.models.review import Conflict, HeldClosing, Pair

__all__ = [
    "Company",
    "Conflict",
    "Event",
    "ExchangeRate",
    "HeldClosing",
    "Listing",
    "LiveChange",
    "LivePosting",
    "LiveQuerySet",
    "Pair",
    "PayRange",
    "Place",
    "Posting",
    "PostingQuerySet",
    "Report",
    "TextIndex",
]
