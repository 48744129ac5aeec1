"""The input guard: refuses what no page of the board could have asked for.

It stands before every view and covers the parsing of the body, so that a NUL, a lone
surrogate, undecodable bytes or a flood of parameters end as a 400 or 413 and never reach a
database or a form. The page that says so asks neither.
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import HttpRequest, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

from jobboard.views import refused

SURROGATE = re.compile("[\ud800-\udfff]")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class Refusal(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class InputGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            check_line(request)
            check_head(request)
            check_body(request)
        except Refusal as refusal:
            return refused(request, refusal.status, str(refusal))
        return self.get_response(request)


def check_line(request: HttpRequest) -> None:
    """The request line and the cookies; raises Refusal."""
    query = request.META.get("QUERY_STRING", "")
    limits = settings.BOARD
    if len(query) > limits["QUERY_BYTES"]:
        raise Refusal(400, f"The query is longer than {limits['QUERY_BYTES']} bytes.")
    if query.count("&") >= limits["QUERY_PARAMETERS"]:
        raise Refusal(400, f"More than {limits['QUERY_PARAMETERS']} parameters.")
    check_bytes(unquote_to_bytes(query.encode("latin-1", "replace")), "query")
    # Django repairs broken bytes of a path by quoting them again, so NUL is all that is left.
    check_texts([request.path_info], "path")
    check_texts([request.META.get("HTTP_COOKIE", "")], "cookie")


def check_head(request: HttpRequest) -> None:
    """What the head says of the body; raises Refusal."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() != "utf-8":
        raise Refusal(400, "The board reads UTF-8 alone.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch("[0-9]+", length):
        raise Refusal(400, "The length of the body is no number.")
    # Files of a form count here: Django's own limit leaves them out.
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    if len(length) > 15 or int(length) > limit:
        raise Refusal(413, f"The body is larger than {limit} bytes.")


def check_body(request: HttpRequest) -> None:
    """The names, values and file names of a form; raises Refusal."""
    if request.method in ("GET", "HEAD", "OPTIONS") or request.content_type not in FORM_TYPES:
        return
    try:
        fields = list(request.POST.lists())
        files = [file.name or "" for _, found in request.FILES.lists() for file in found]
    except RequestDataTooBig:
        raise Refusal(413, "The form is too large.") from None
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError) as error:
        raise Refusal(400, f"The form could not be read: {error}") from None
    for name, values in fields:
        check_texts([name, *values], "form")
    check_texts(files, "file name")


def check_bytes(raw: bytes, where: str) -> None:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refusal(400, f"The {where} is not UTF-8.") from None
    check_texts([text], where)


def check_texts(texts: Iterable[str], where: str) -> None:
    for text in texts:
        if "\0" in text:
            raise Refusal(400, f"The {where} holds a NUL character.")
        if SURROGATE.search(text):
            raise Refusal(400, f"The {where} holds half a character.")
