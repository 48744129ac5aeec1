"""A board read over the network: every answer it needs, and what a run makes of them.

Nothing is written while a board is asked, and nothing is asked inside a transaction. A board whose
answers are all as they were is not read again: its postings are confirmed, as a healthy fetch does.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from imports import storing
from imports.asking import visitor
from imports.connectors import Request
from imports.models import Answer, Run, Source
from imports.rules import rules_of
from imports.run import ImportRefused, Report, connector_of, import_payloads, payloads_of
from imports.storing import Given
from imports.unchanged import confirm_board
from lib.visits import Visitor, host_of

if TYPE_CHECKING:
    from lib.fetch import Fetched

# Systems that are read from pages for people: there robots.txt is asked first.
PAGES = frozenset({"jsonld"})
GONE = frozenset({404, 410})

_STATUS = {
    401: "asks for a log-in",
    403: "does not let us in",
    404: "knows no such board",
    410: "says that the board is gone",
    429: "asks us to come back later",
}


@dataclass(slots=True)
class Board:
    """What a board has answered. `missing` are details that were gone when they were asked for,
    `more` says that there was more to ask than was wanted."""

    given: list[Given] = field(default_factory=list)
    payloads: list[Any] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    more: bool = False

    def is_as_known(self, known: Mapping[str, Answer]) -> bool:
        """Whether it said the very same as the newest answers that are kept."""
        return (
            bool(self.given)
            and not self.missing
            and len(self.given) == len(known)
            and all(one.is_known for one in self.given)
        )


def read_board(
    source: Source,
    asked: Visitor,
    known: Mapping[str, Answer] | None = None,
    *,
    tell: Callable[[str, int, int], None] = lambda words, done, of: None,
    enough: Callable[[Board], bool] | None = None,
) -> Board:
    """Ask a board until nothing follows, or until it is `enough`.

    Raises `ImportRefused` or `FetchRefused` with a sentence; then the board is as good as not
    asked at all.
    """
    connector = connector_of(source)
    try:
        waiting = deque([connector.first(source.board)])
    except ValueError as error:
        raise ImportRefused(f"{error}.") from error
    board = Board()
    seen: set[str] = set()
    limit, size = settings.BOARD["FETCH_REQUESTS"], 0
    while waiting and not (enough and enough(board)):
        request = waiting.popleft()
        key = storing.question(request)
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > limit:
            raise ImportRefused(f"The board needs more than {limit:,} questions: our limit.")
        tell("Asking the board", len(seen), len(seen) + len(waiting))
        one = ask(source, asked, request, (known or {}).get(key), is_first=not board.given)
        if one is None:
            board.missing.append(request.url)
            continue
        size += len(one.body)
        if size > settings.BOARD["FETCH_BYTES"]:
            raise ImportRefused(
                f"The board's answers are larger than {settings.BOARD['FETCH_BYTES']:,} bytes."
            )
        (payload,) = payloads_of(source, [(request.url, one.body)])
        board.given.append(one)
        board.payloads.append(payload)
        waiting.extend(connector.follow(request, payload))
    board.more = bool(waiting)
    return board


def ask(
    source: Source, asked: Visitor, request: Request, before: Answer | None, *, is_first: bool
) -> Given | None:
    """One answer of a board; None for a detail that is gone. What was answered `before` is asked
    about conditionally."""
    headers = list(request.headers)
    if before is not None and before.etag:
        headers.append(("If-None-Match", before.etag))
    if before is not None and before.last_modified:
        headers.append(("If-Modified-Since", before.last_modified))
    send = asked.page if source.system in PAGES else asked.ask
    body = b"" if request.body is None else json.dumps(request.body).encode()
    answer = send(request.url, method=request.method, body=body, headers=headers)
    if answer.status == 304 and before is not None:
        return Given(
            request, storing.body_of(before), before.etag, before.last_modified, is_known=True
        )
    if answer.status in GONE and not is_first:
        return None
    if answer.status != 200:
        said = _STATUS.get(answer.status, "cannot answer just now")
        raise ImportRefused(f"{host_of(request.url)} {said}: {request.url} got {answer.status}.")
    return Given(
        request,
        answer.body,
        mark(answer, "etag", 300),
        mark(answer, "last-modified", 100),
        is_known=before is not None and before.payload.digest == storing.digest(answer.body),
    )


def mark(answer: Fetched, name: str, longest: int) -> str:
    """What a board may be asked by next time; nothing where it is no plain text of that length."""
    said = answer.headers.get(name, "").strip()
    return said if len(said) <= longest and said.isascii() and said.isprintable() else ""


def fetch(run: Run, asked: Visitor | None = None) -> Report:
    """Carry out a run: ask its board, keep the answers, import or confirm its postings."""
    known = storing.known(run.source)
    board = read_board(run.source, asked or visitor(), known, tell=run.tell)
    return take_in(run, board, known)


def take_in(run: Run, board: Board, known: Mapping[str, Answer]) -> Report:
    """What `fetch` does with what its board has answered, where `known` are the newest answers
    that were kept."""
    source = run.source
    run.read_by = rules_of(source)
    last = last_written(run)
    if last and last.read_by == run.read_by and board.is_as_known(known):
        storing.renew(known, board.given)
        return confirm_board(run, last)
    storing.store(run, board.given)
    run.reasons = [["Missing", url, "gone when it was asked for"] for url in board.missing]
    return import_payloads(
        source, board.payloads, at=run.started_at, run=run, evidence=not board.missing
    )


def last_written(run: Run) -> Run | None:
    """The run whose postings stand as it left them, if it was of the newest answers."""
    others = run.source.runs.exclude(pk=run.pk).exclude(
        outcome__in=(Run.Outcome.REFUSED, Run.Outcome.QUEUED)
    )
    last = others.order_by("-started_at", "-pk").first()
    kept = storing.newest(run.source)
    is_whole = last is not None and last.outcome == Run.Outcome.DONE
    return last if is_whole and kept and last and last.answers_of_id == kept.pk else None


def replay(run: Run) -> Report:
    """Read the newest stored answers of a board again, as of when the board last gave them.

    The same rows come of it, and whatever better rules find in them. It is no evidence: it neither
    confirms a posting nor says that one is gone.
    """
    source = run.source
    kept = storing.newest(source)
    texts = storing.texts_of(kept) if kept else []
    if kept is None or not texts:
        raise ImportRefused("Nothing that this board answered is stored any more.")
    gave = source.runs.filter(answers_of=kept, outcome=Run.Outcome.DONE).exclude(
        kind=Run.Kind.REPLAY
    )
    last = gave.order_by("-started_at", "-pk").first() or kept
    payloads = payloads_of(source, texts)
    run.answers_of, run.read_by = kept, rules_of(source)
    return import_payloads(source, payloads, at=last.started_at, run=run, replayed=True)
