from jobs.models.live import LiveChange, LivePosting, LiveQuerySet, TextIndex
from jobs.models.names import Company, Place
from jobs.models.postings import Event, Listing, PayRange, Posting, PostingQuerySet
from jobs.models.rates import ExchangeRate

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
    "TextIndex",
]
