import logging
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db import DataError, NotSupportedError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_protect

from jobboard import kept, stale

logger = logging.getLogger(__name__)

# What the admin raises for values that no row can have: always, and where something is looked up
# by what was sent (?date__year=0, ?name__range=x, company=abc).
NEVER = (OverflowError, NotSupportedError)
# AttributeError: a text that is no length of time, which Django asks for its days.
PERHAPS = (ValueError, IndexError, AttributeError, DataError, ProgrammingError)


class BoardAdminSite(admin.AdminSite):
    """The stock admin under the board's name."""

    site_header = settings.BOARD["NAME"]
    site_title = settings.BOARD["NAME"]
    index_title = "Edit the board"

    def get_urls(self) -> list[Any]:
        from jobs.review import views as review  # the site is made before the models are

        return [
            path("stale/", self.admin_view(stale.queue), name="stale"),
            *review.urls(self),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        from jobs.models import Report  # the site is made before the models are
        from jobs.review import kinds
        from jobs.review import views as review

        own: dict[str, Any] = {"may_see_stale": stale.may_see(request)}
        if review.may_see(request):
            own["may_review"] = True
            own["waiting"] = sum(kind.rows().count() for kind in kinds.KINDS.values())
        if request.user.has_perm("jobs.view_report"):
            own["open_reports"] = Report.objects.filter(state=Report.State.OPEN).count()
        return super().index(request, {**own, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A number or a look-up in the address that the database has not is a bad request, and
        a form that is sent after the log-in has ended is kept."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if (
                request.method == "POST"
                and not self.has_permission(request)
                and request.path != reverse("admin:logout", current_app=self.name)
                and (asks := kept.log_in_and_go_on(request, self))
            ):
                return asks
            asked = bool(request.GET) and request.method in ("GET", "HEAD")
            try:
                response = inner(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    # An id that is no number is looked up as late as in the form.
                    asked = asked or request.method == "POST"
                    response.render()
            except NEVER as error:
                raise BadRequest(str(error)) from error
            except PERHAPS as error:
                if not asked:
                    raise
                logger.warning("refused: %s", request.get_full_path(), exc_info=error)
                raise BadRequest(str(error)) from error
            return response

        return csrf_protect(answer)
