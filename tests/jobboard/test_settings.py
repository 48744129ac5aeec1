"""What the environment may say, and the sentences that stop the start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from jobboard import settings

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3y-" + "abcdefghij" * 6
READERS = {
    "DATABASE_URL": (settings.database, "postgres://board:password@127.0.0.1:5432/board"),
    "CACHE_URL": (settings.cache, "redis://127.0.0.1:6379/0"),
    "SECRET_KEY": (settings.key, KEY),
    "ALLOWED_HOSTS": (settings.hosts, "jobs.example.org"),
    "DEBUG": (settings.boolean, "0"),
    "SITE_URL": (settings.site, "https://jobs.example.org"),
}


def start(*arguments, **environment):
    """A Python process of the board with nothing but `environment`."""
    plain = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "jobboard.settings"}
    return subprocess.run(
        [sys.executable, *(arguments or ("-c", "import jobboard.settings"))],
        cwd=ROOT,
        env={**plain, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:p@h/db"),
        ("DATABASE_URL", "postgres://u:p@h:5432/"),
        ("DATABASE_URL", "postgres://u:p@h:notaport/db"),
        ("DATABASE_URL", "board.sqlite3"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("CACHE_URL", "memcached://h"),
        ("CACHE_URL", "redis://"),
        ("CACHE_URL", "redis://h:notaport"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 80),
        ("SECRET_KEY", "django-insecure-" + KEY),
        ("ALLOWED_HOSTS", "https://jobs.example.org"),
        ("ALLOWED_HOSTS", "jobs.example.org:443"),
        ("ALLOWED_HOSTS", "jobs.example.org/path"),
        ("ALLOWED_HOSTS", "two words"),
        ("DEBUG", "maybe"),
        ("SITE_URL", "jobs.example.org"),
        ("SITE_URL", "ftp://jobs.example.org"),
        ("SITE_URL", "https://jobs.example.org/board"),
        ("SITE_URL", "https://jobs.example.org:notaport"),
        ("SITE_URL", "https://[::1"),
    ],
)
def test_a_bad_value_stops_with_the_variable_and_an_example_that_works(monkeypatch, name, value):
    parse, example = READERS[name]
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as stop:
        settings.read(name, parse, None, example)
    assert str(stop.value).startswith(f"{name} cannot be read: ")
    assert f"A valid example: {name}={example}" in str(stop.value)


@pytest.mark.parametrize("name", READERS)
def test_the_example_of_each_message_is_read(monkeypatch, name):
    parse, example = READERS[name]
    monkeypatch.setenv(name, example)
    assert settings.read(name, parse, None, "") is not None


@pytest.mark.parametrize("value", ["", "   "])
def test_an_empty_variable_is_its_default(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    assert settings.read("DEBUG", settings.boolean, True, "0") is True


@pytest.mark.parametrize(
    ("text", "meant"), [("1", True), ("True", True), ("on", True), ("0", False), ("NO", False)]
)
def test_yes_and_no_have_several_spellings(text, meant):
    assert settings.boolean(text) is meant


def test_hosts_are_names_patterns_and_addresses():
    text = " jobs.example.org, .example.org,127.0.0.1,[::1] ,"
    assert settings.hosts(text) == ["jobs.example.org", ".example.org", "127.0.0.1", "[::1]"]


def test_sqlite_is_served_as_writers_need_it(tmp_path):
    config = settings.database(f"sqlite:///{tmp_path}/deep/board.sqlite3")
    assert config["NAME"] == f"{tmp_path}/deep/board.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert config["OPTIONS"]["timeout"] == 5
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]


def test_postgres_is_pooled_and_its_password_unquoted():
    config = settings.database("postgresql://board:p%40ss@db:6432/jobs")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db", 6432, "jobs")
    assert config["PASSWORD"] == "p@ss"
    assert config["OPTIONS"]["pool"]
    assert not config.get("CONN_MAX_AGE")


def test_caches_are_local_memory_and_redis():
    assert settings.cache("locmem://")["BACKEND"].endswith("MemoryCache")
    assert settings.cache("redis://h:6379/2")["LOCATION"] == "redis://h:6379/2"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"ALLOWED_HOSTS": "jobs.example.org"}, "SECRET_KEY is missing"),
        ({"ALLOWED_HOSTS": "a.b", "SECRET_KEY": KEY, "DEBUG": "1"}, "unset DEBUG"),
        ({"DATABASE_URL": "oracle://h/x"}, "DATABASE_URL cannot be read"),
    ],
)
def test_what_must_not_run_does_not_start(environment, sentence):
    ended = start(**environment)
    assert ended.returncode == 1
    assert sentence in ended.stderr.splitlines()[-1]


def test_production_is_clean_to_the_last_warning():
    ended = start(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        ALLOWED_HOSTS="jobs.example.org", SECRET_KEY=KEY,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


def test_production_refuses_the_demo_board():
    ended = start("manage.py", "load_demo", ALLOWED_HOSTS="jobs.example.org", SECRET_KEY=KEY)
    assert ended.returncode == 1
    assert "ALLOWED_HOSTS is set" in ended.stderr


def test_the_demo_key_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    made = settings.demo_key()
    assert len(made) >= 50
    assert settings.demo_key() == made
    assert stat.S_IMODE((tmp_path / "data/secret_key").stat().st_mode) == 0o600


def test_a_demo_killed_while_it_made_its_key_starts_again(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr(settings.secrets, "token_urlsafe", lambda size: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settings.demo_key()
    assert len(settings.demo_key()) >= 50
