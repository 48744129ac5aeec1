"""A form of the admin that came without a log-in, or with an old one, is kept and sent on.

The page that says so carries what was typed, so it needs neither a session nor scripts. It is
made of a request that came from our own pages alone, and a password is never in it.
"""

import re
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.debug import sensitive_post_parameters

from jobboard.views import error_page

PREFIX = "log-in"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
SECRET = re.compile("passw|secret|token", re.IGNORECASE)


class KeptLogIn(AdminAuthenticationForm):
    """The log-in beside a kept form, under names that no form of the admin has."""

    prefix = PREFIX


@sensitive_post_parameters()
def log_in_and_go_on(request: HttpRequest, site: Any) -> HttpResponse | None:
    """None if the log-in that came with a kept form is good: the request is now that person's
    and holds the form alone. Else the page that keeps the form and asks for the log-in."""
    tried = f"{PREFIX}-username" in request.POST
    form = KeptLogIn(request, data=request.POST if tried else None)
    if not tried or not form.is_valid():
        return page(request, site, form)
    login(request, form.get_user())
    sent: Any = request.POST.copy()
    for name in list(sent):
        if name.startswith(f"{PREFIX}-"):
            del sent[name]
    request.POST = sent
    return None


def page(request: HttpRequest, site: Any, form: KeptLogIn | None) -> HttpResponse:
    """403: what was sent in hidden fields, with the log-in `form`, or to be sent again as it is."""
    fields, secrets = [], []
    for name, values in request.POST.lists():
        if name == TOKEN or name.startswith(f"{PREFIX}-"):
            continue
        if SECRET.search(name):
            secrets.append(name)
        else:
            fields += [(name, value) for value in values]
    files = [file.name for _, found in request.FILES.lists() for file in found]
    context = {
        **site.each_context(request),
        "title": "Your text is kept" if form else "The page was too old",
        "form": form,
        "fields": fields,
        "secrets": secrets,
        "files": files,
    }
    response = TemplateResponse(request, "admin/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response.render()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is not ours; one of the admin's own pages is kept."""
    from django.contrib.admin import site

    if request.path.startswith(reverse("admin:index")) and _is_ours(request):
        if site.has_permission(request):
            return page(request, site, None)
        if request.path != reverse("admin:login"):
            return page(request, site, KeptLogIn(request))
    return error_page(
        request,
        403,
        "This form cannot be taken",
        "It did not come from a page of this board, or your browser keeps no cookies. Load the "
        "page again, and allow cookies for this site.",
    )


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser itself says that a page of this very site sent the request."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
