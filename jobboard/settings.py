"""Every setting and every limit of the board.

Read from the environment: SECRET_KEY, ALLOWED_HOSTS, DEBUG, DATABASE_URL, CACHE_URL, SITE_URL,
TASKS_BACKEND.
Without ALLOWED_HOSTS a checkout is in demo mode: it answers this machine only, and its key is
made once into an ignored file. ALLOWED_HOSTS set means production, and what production must
not have stops the start with a sentence.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"

T = TypeVar("T")


def read(name: str, parse: Callable[[str], T], default: T, example: str) -> T:
    """The environment's value of `name`; an unset or empty variable is `default`.

    A value that `parse` refuses with ValueError stops the start, naming the variable and an
    example that works.
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: {error}. A valid example: {name}={example}"
        ) from error


def boolean(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off"):
        return False
    raise ValueError(f"{text!r} is neither yes nor no")


def hosts(text: str) -> list[str]:
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:.]+\]", name):
            raise ValueError(f"{name!r} is not a host name (no scheme, no port, no path)")
    return names


def key(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 5 or text.startswith("django-insecure-"):
        raise ValueError("the key must be random and at least 50 characters long")
    return text


def site(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"{text!r} is not an address of the form scheme://host")
    _ = parts.port  # a ValueError of its own where it is no number
    return f"{parts.scheme}://{parts.netloc}"


def database(text: str) -> dict[str, Any]:
    """The DATABASES entry for an `sqlite:///path` or `postgres://…` address."""
    scheme = text.partition(":")[0]
    if scheme == "sqlite":
        return sqlite(text)
    if scheme not in ("postgres", "postgresql"):
        raise ValueError(f"{scheme!r} is not a database this board runs on (sqlite, postgres)")
    config = dict(environ.Env.db_url_config(text))
    if not config.get("NAME"):
        raise ValueError("the address names no database")
    # psycopg's pool keeps connections open; Django wants CONN_MAX_AGE 0 beside it.
    config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8}}
    return config


def sqlite(text: str) -> dict[str, Any]:
    name = environ.Env.db_url_config(text)["NAME"]
    if not text.removeprefix("sqlite:").strip("/"):
        raise ValueError("the address names no file")
    if name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(name),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Without IMMEDIATE two writers fail each other with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-500; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def cache(text: str) -> dict[str, Any]:
    """The CACHES entry for `locmem://` or `redis://host:port/number`."""
    scheme = text.partition(":")[0]
    if scheme not in ("locmem", "locmemcache", "redis", "rediss"):
        raise ValueError(f"{scheme!r} is not a cache this board runs on (locmem, redis)")
    if scheme.startswith("locmem"):
        # Of each worker: all guides, and the cards and comparisons that are asked for most.
        return {
            "BACKEND": "lib.caches.BoundedMemoryCache",
            "OPTIONS": {"MAX_BYTES": 3 * 2**19},
        }
    parts = urlsplit(text)
    if not parts.hostname:
        raise ValueError("the address names no host")
    _ = parts.port
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": text}


def dotted(text: str) -> str:
    if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)+", text):
        raise ValueError(f"{text!r} is not the dotted path of a class")
    return text


def demo_key() -> str:
    """The demo's key: made at the first start, kept in an ignored file."""
    path = DATA_DIR / "secret_key"
    DATA_DIR.mkdir(exist_ok=True)
    if not path.exists():
        # Written aside, for its owner alone, and moved in whole: a start that is killed leaves
        # no empty key behind.
        descriptor, name = tempfile.mkstemp(dir=DATA_DIR)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        Path(name).replace(path)
    return path.read_text()


ALLOWED_HOSTS: list[str] = read("ALLOWED_HOSTS", hosts, [], "jobs.example.org,www.jobs.example.org")
DEMO = not ALLOWED_HOSTS
DEBUG = read("DEBUG", boolean, False, "0")
SITE_URL = read("SITE_URL", site, "http://127.0.0.1:8000", "https://jobs.example.org")
SECRET_KEY = read("SECRET_KEY", key, "", secrets.token_urlsafe(48))

if DEMO:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    SECRET_KEY = SECRET_KEY or demo_key()
elif not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing, and ALLOWED_HOSTS says that this is production. Make one with: "
        "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )
elif DEBUG:
    raise ImproperlyConfigured(
        "DEBUG=1 would show the board's inside to every visitor: unset DEBUG, or unset "
        "ALLOWED_HOSTS to work in demo mode."
    )

# --- the apps ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "jobboard.apps.BoardConfig",
    "jobboard.apps.BoardAdminConfig",
    "guides",
    "jobs",
    "imports",
    "market",
    "work",
    "django_tasks",
    "django_filters",
    "crispy_forms",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "jobboard.guard.InputGuard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "jobboard.urls"
WSGI_APPLICATION = "jobboard.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jobboard.context.site",
            ],
            "builtins": ["jobboard.templatetags.ui"],
        },
    }
]

# --- data -------------------------------------------------------------------------------------

DATABASES = {
    "default": read(
        "DATABASE_URL",
        database,
        sqlite(f"sqlite:///{DATA_DIR / 'board.sqlite3'}"),
        "postgres://board:password@127.0.0.1:5432/board",
    )
}
CACHES = {
    "default": read("CACHE_URL", cache, cache("locmem://"), "redis://127.0.0.1:6379/0"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Which queue runs the tasks: our own table, or an existing queue through its backend for Django's
# Tasks API.
TASKS = {
    "default": {
        "BACKEND": read(
            "TASKS_BACKEND", dotted, "work.backend.TableBackend", "work.backend.TableBackend"
        )
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# --- language, time, files --------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
# There is one language; asking which one took a twentieth of a page.
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# A demo serves the files where they lie; production collects them once under dated names.
STATIC_ROOT = None if DEMO else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = DEMO
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- safety -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jobboard.kept.csrf_failure"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- forms ------------------------------------------------------------------------------------

# An address typed without a scheme is https, as in Django 6; falls away with Django 5.
FORMS_URLFIELD_ASSUME_HTTPS = True
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "board"

# --- the board's own limits and rules ----------------------------------------------------------

BOARD: dict[str, Any] = {
    "NAME": "Rolebook",
    # The currency that a salary floor is read in when the address names none.
    "CURRENCY": "USD",
    "PAGE_SIZE": 20,
    "PAGE_LIMIT": 400,
    # Names on a page of all companies or skills.
    "DIRECTORY_SIZE": 120,
    "STALE_PAGE_SIZE": 50,
    # A confirmation keeps a posting public for this long.
    "FRESH_DAYS": 30,
    # Absence closes a posting after two healthy fetches at least this far apart, and more
    # closings in one run than the larger of the two bounds wait for a person.
    "ABSENCE_HOURS": 12,
    "CLOSINGS_SHARE": 0.30,
    "CLOSINGS_COUNT": 20,
    # A job that its source lists anew within so many days opens under its old address.
    "REPOST_DAYS": 180,
    "REVIEW_PAGE_SIZE": 50,
    # Comparisons of roles whose profiles have fewer terms stay reachable but are not indexed.
    "COMPARE_TERMS": 8,
    "SEARCH_CHARACTERS": 200,
    "SEARCH_TERMS": 12,
    "QUERY_BYTES": 4_096,
    "QUERY_PARAMETERS": 100,
    "MARKDOWN_BYTES": 50_000,
    # A reader's report of a posting; so many an hour are taken from one address.
    "REPORT_CHARACTERS": 2_000,
    "REPORTS_AN_HOUR": 10,
    "KEPT_POSTINGS": 200,
    # Under which the board's figures may be used by others; every export says it.
    "DATA_LICENCE": "CC-BY-4.0",
    "DATA_LICENCE_URL": "https://creativecommons.org/licenses/by/4.0/",
    # What `import_salaries` writes of a survey that is new; its row in the admin has the say.
    "SURVEY_PUBLISHER": "ai-jobs.net",
    "SURVEY_URL": "https://aijobs.net/salaries/",
    "SURVEY_LICENCE": "CC0-1.0",
    # Of an uploaded image; a form as a whole has DATA_UPLOAD_MAX_MEMORY_SIZE.
    "IMAGE_BYTES": 3_000_000,
    "IMAGE_PIXELS": 16_000_000,
    # A claim without a source is only an opinion with a number; all that ships has one.
    "CLAIMS_NEED_SOURCES": True,
    # A figure quoted in a guide is stale from this share of difference to the live one on.
    "FIGURE_DRIFT": 0.10,
    # Background work: how often an idle worker looks, how long a worker that has died keeps what
    # it had taken, how often a task is tried (the pause doubles from BACKOFF), and how long what is
    # over stays in the admin.
    "WORK_POLL_SECONDS": 1,
    "WORK_LEASE_SECONDS": 60,
    "WORK_ATTEMPTS": 5,
    "WORK_BACKOFF_SECONDS": 30,
    "WORK_KEPT_DAYS": 14,
    "FEED_BYTES": 32 * 1024 * 1024,
    # One question takes so many seconds at most, one board so many questions and bytes. A host is
    # asked again after PAUSE, a question whose trouble may pass so many times (the wait doubles
    # from BACKOFF), and who asks us to wait for more than PATIENCE is left until the next run.
    "FETCH_SECONDS": 30,
    "FETCH_REQUESTS": 2_000,
    "FETCH_BYTES": 64 * 1024 * 1024,
    "FETCH_PAUSE_SECONDS": 1,
    "FETCH_ATTEMPTS": 3,
    "FETCH_BACKOFF_SECONDS": 2,
    "FETCH_PATIENCE_SECONDS": 60,
    # Before a source is saved somebody waits for the answer: so long for one question, and no
    # further one after that; a page that the board is recognised from may be so large.
    "PREVIEW_SECONDS": 10,
    "PREVIEW_QUESTIONS": 6,
    "PREVIEW_POSTINGS": 3,
    "PAGE_BYTES": 4 * 1024 * 1024,
    # What boards have answered stays for a replay; the newest answers of a board always do.
    "PAYLOAD_DAYS": 30,
    # The addresses of guides' sources are asked this often, one at a time, each host after a
    # pause. One is gone after two failures at least so many hours apart. If every one of so many
    # hosts cannot be reached, it is our own network that is down.
    "SOURCE_CHECK_DAYS": 7,
    "SOURCE_GONE_HOURS": 20,
    "SOURCE_PAUSE_SECONDS": 3,
    "SOURCE_SECONDS": 20,
    "SOURCE_BYTES": 16 * 1024,
    "SOURCE_OUTAGE_HOSTS": 3,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
