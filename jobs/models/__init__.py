from jobs.models.live import (
    Audience,
    AudienceArea,
    LivePay,
    LivePosting,
    LiveQuerySet,
    LiveTerm,
    TextIndex,
)
from jobs.models.names import Company, Place
from jobs.models.postings import Event, Listing, PayRange, Posting, PostingQuerySet
from jobs.models.rates import ExchangeRate

__all__ = [
    "Audience",
    "AudienceArea",
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
    "TextIndex",
]
