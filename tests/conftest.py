"""The cast: reader has no account, author writes, editor publishes, moderator keeps postings,
operator may do everything. Each is a test client that is logged in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, settings

from guides.stamps import _here

# Time tells how busy the machine is, not what the code promises; a property that needs the database
# shares its fixture, since it undoes what it writes; and the whole suite, on two databases, is to
# end within twenty minutes.
settings.register_profile(
    "board",
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("board")

SAMPLES = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(autouse=True)
def plain_settings(settings):
    """What makes tests slow or stubborn in the real settings."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept():
    """Tests that write past the models' signals must not meet what another test was shown."""
    cache.clear()
    _here.clear()


@pytest.fixture
def reader() -> Client:
    return Client()


@pytest.fixture
def log_in(db) -> Callable[..., Client]:
    def client_of(name: str, *groups: str, **fields: bool) -> Client:
        user = User.objects.create_user(name, password="a long password", is_staff=True, **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return client_of


@pytest.fixture
def author(log_in) -> Client:
    return log_in("author", "Author")


@pytest.fixture
def editor(log_in) -> Client:
    return log_in("editor", "Editor")


@pytest.fixture
def moderator(log_in) -> Client:
    return log_in("moderator", "Moderator")


@pytest.fixture
def operator(log_in) -> Client:
    return log_in("operator", is_superuser=True)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real samples that is laid beside the checkout, where there is one."""
    if not SAMPLES.is_dir():
        pytest.skip("the real samples (../shared/data) are not beside this checkout")
    return SAMPLES


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    """Say plainly what was not run, and why."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT RUN: {reason.removeprefix('Skipped: ')}", yellow=True)


def pytest_sessionfinish(session, exitstatus):
    """In CI nothing may be missing: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = 1
