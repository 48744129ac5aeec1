"""The WSGI application that the server loads."""

import gc
import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")


class Utf8Request(WSGIRequest):
    """Keeps to UTF-8, whatever charset the client names.

    Django reads the query in that charset while it builds the request, before any middleware,
    and fails at those that are no text ("rot13"). Here it waits for the guard, which refuses it.
    """

    @property
    def encoding(self) -> str | None:
        return None

    @encoding.setter
    def encoding(self, value: str | None) -> None:
        pass


class Handler(WSGIHandler):
    request_class = Utf8Request


django.setup(set_prefix=False)
application = Handler()
# What is here stays: the collector need not look at it again and again.
gc.collect()
gc.freeze()
