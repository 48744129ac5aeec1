from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve

from guides.models import Role
from guides.pages import guide_cards
from guides.stamps import GUIDES, stamps
from jobs.cards import cards
from jobs.filters import PostingFilter

NEWEST = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = stamps()
    asked = PostingFilter(now=found)
    newest = asked.columns.cards(asked.ordered(0, NEWEST))
    context = {
        "guides": guide_cards(limit=NEWEST),
        "roles": list(Role.objects.all()),
        "postings": cards(newest, found[GUIDES], level=3),
        "total": len(asked.narrow()),
    }
    return render(request, "home.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /guides/preview/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The process can do its work: database and cache answer; 503 names what does not."""
    state = {"database": "ok", "cache": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        state["database"] = "no answer"
    try:
        cache.set("readyz", 1, 5)
        if cache.get("readyz") != 1:
            state["cache"] = "no answer"
    except Exception:  # each cache has its own family of errors
        state["cache"] = "no answer"
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states, for those who build pages."""
    return render(request, "components.html", {"url": reverse("components")})


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded image, in the demo."""
    return serve(request, name, document_root=str(settings.MEDIA_ROOT))


# --- errors: the same calm page, saying what happened and where to go on ------------------------


def error_page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context = {"status": status, "heading": heading, "text": text}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request, 400, "This address cannot be read", "Some of it is not what the board understands."
    )


def refused(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    """What the input guard answers; no database is asked."""
    said = f"{reason} Go back and change it, or begin again here:"
    return error_page(request, status, "The board cannot read this", said)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, "This is not open to you", "Your log-in does not allow it.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    text = said if isinstance(said, str) else ""
    return error_page(request, 404, "There is nothing at this address", text)


def server_error(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "status": 500,
        "heading": "Something broke on our side",
        "text": "It has been written down. Try again in a moment.",
    }
    return render(request, "error.html", context, status=500)
