"""Whether the addresses of guides' sources still answer.

Each address is asked once a run, one after the other, each host after a pause. What is seen is
written address by address, outside of any request: a run may be killed, repeated, or run beside
another.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from urllib.parse import urldefrag

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from guides.models import Source
from guides.querysets import SourceQuerySet
from lib.addresses import FetchRefused, Unreachable
from lib.fetch import Allow
from lib.visits import Busy, Visitor, host_of

AGENT = f"jobboard/1 (checks the sources of its guides; {settings.SITE_URL})"
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class Seen(Enum):
    GOOD = "good"
    FAILING = "failing"  # it is not there
    UNREACHED = "unreached"  # neither is its host, or it is our own network
    UNCLEAR = "unclear"  # it would not say


@dataclass(frozen=True, slots=True)
class Answer:
    seen: Seen
    problem: str = ""
    status: int = 0  # 0: there was no answer to have one


@dataclass(slots=True)
class Checked:
    """What a run saw, by addresses. `outage`: no host could be reached, so nothing was written."""

    counts: Counter[str] = field(default_factory=Counter)
    outage: bool = False

    def line(self) -> str:
        words = ("asked", "good", "failing", "unclear", "skipped")
        return " ".join(f"{word}={self.counts[word]}" for word in words)


def ask(url: str, visitor: Visitor) -> Answer:
    """What an address says; only what it says plainly is taken as an answer."""
    try:
        got = visitor.page(url)
    except Busy as error:
        return Answer(Seen.UNCLEAR, error.reason, HTTPStatus.TOO_MANY_REQUESTS)
    except Unreachable as error:
        return Answer(Seen.UNREACHED, error.reason)
    except FetchRefused as error:
        return Answer(Seen.UNCLEAR, error.reason)
    if got.status in GONE:
        phrase = HTTPStatus(got.status).phrase
        return Answer(Seen.FAILING, f"It answers {got.status} {phrase}.", got.status)
    if 200 <= got.status < 300:
        return Answer(Seen.GOOD, status=got.status)
    return Answer(Seen.UNCLEAR, f"It answers {got.status}.", got.status)


def visitor(allow: Allow | None = None, sleep: Callable[[float], None] = time.sleep) -> Visitor:
    """Asks once, reads the beginning, and leaves each host its pause."""
    limits = settings.BOARD
    return Visitor(
        agent=AGENT,
        pause=limits["SOURCE_PAUSE_SECONDS"],
        attempts=1,
        limits={
            "max_bytes": limits["SOURCE_BYTES"],
            "seconds": limits["SOURCE_SECONDS"],
            "accept": "text/html, */*;q=0.8",
            "cut": True,
            "allow": allow,
        },
        sleep=sleep,
    )


def check(
    sources: SourceQuerySet,
    *,
    allow: Allow | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Checked:
    """Ask the addresses of `sources` and note what each says."""
    checked = Checked()
    started = timezone.now()
    guest = visitor(allow, sleep)
    resting: set[str] = set()
    unreached: list[tuple[str, list[int], Answer]] = []
    answered = False
    for url, keys in _in_turn(sources):
        host = host_of(url)
        fresh = Source.objects.filter(pk__in=keys, checked_at__gte=started)
        if host in resting or fresh.exists():
            checked.counts["skipped"] += 1
            continue
        answer = ask(url, guest)
        checked.counts["asked"] += 1
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            resting.add(host)
        answered = answered or bool(answer.status)
        if answer.seen is Seen.UNREACHED and not answered:
            unreached.append((url, keys, answer))
        else:
            _note(url, keys, answer, checked)
    hosts = {host_of(url) for url, _, _ in unreached}
    checked.outage = not answered and len(hosts) >= settings.BOARD["SOURCE_OUTAGE_HOSTS"]
    if not checked.outage:
        for url, keys, answer in unreached:
            _note(url, keys, answer, checked)
    return checked


def _in_turn(sources: SourceQuerySet) -> Iterator[tuple[str, list[int]]]:
    """Each address once, with the sources that have it; hosts take turns."""
    addresses: dict[str, list[int]] = defaultdict(list)
    rows = sources.with_address().order_by(F("checked_at").asc(nulls_first=True), "pk")
    for key, url in rows.values_list("pk", "url"):
        addresses[urldefrag(url).url].append(key)
    turn: Counter[str] = Counter()
    places = []
    for number, url in enumerate(addresses):
        turn[host_of(url)] += 1
        places.append((turn[host_of(url)], number, url))
    return ((url, addresses[url]) for _, _, url in sorted(places))


def _note(url: str, keys: Iterable[int], answer: Answer, checked: Checked) -> None:
    now = timezone.now()
    same = [
        key
        for key, stored in Source.objects.filter(pk__in=keys).values_list("pk", "url")
        if urldefrag(stored).url == url  # an editor may have changed it meanwhile
    ]
    rows = Source.objects.filter(pk__in=same)
    problem = answer.problem[: Source._meta.get_field("problem").max_length]
    if answer.seen is Seen.GOOD:
        rows.update(checked_at=now, failing_since=None, problem="")
    elif answer.seen is Seen.UNCLEAR:
        # It settles nothing, so what failed before is neither mended nor seen failing again.
        rows.filter(failing_since__isnull=True).update(checked_at=now, problem=problem)
    else:
        since = Coalesce(F("failing_since"), now)
        rows.update(checked_at=now, failing_since=since, problem=problem)
    word = Seen.FAILING if answer.seen is Seen.UNREACHED else answer.seen
    checked.counts[word.value] += 1
