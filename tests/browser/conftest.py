"""Chromium, a board to walk through, and tabs that note every complaint of the browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as board_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from guides.loading import load
from guides.models import Guide, Role, Skill
from guides.revisions import publish
from market.surveys import import_survey
from tests import factories
from tests.factories.market import line, survey_text

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
# Milliseconds: a loaded machine is slow, and a wait that is met ends at once.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Asked once more before it counts as failed; the summary shows it as rerun.
            item.add_marker(pytest.mark.flaky(reruns=1))
    # Tests with a server come last anyway; the longest of them first, or one core waits for them.
    items.sort(key=lambda item: ("browser" in item.keywords, "test_axe" not in item.name))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}, which the browser tests drive")
    with pytest.MonkeyPatch.context() as patch:
        # The driver keeps an event loop in this thread; without this the ORM refuses to work.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            yield browser
            browser.close()
            # What was opened beside that loop is kept beside it, out of reach once it has ended.
            connections.close_all()


@dataclass
class Tab:
    """A page that opens the board's addresses; `complaints` are what the browser reported."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        self.page.on("request", lambda request: self._asked(request.url))

    def open(self, address: str, status: int = 200) -> Page:
        response = self.page.goto(self.site + address)
        assert response is not None
        assert response.status == status, (address, response.status)
        return self.page

    @property
    def address(self) -> str:
        return self.page.url.removeprefix(self.site)

    def _heard(self, message: ConsoleMessage) -> None:
        # A page that says 404 is reported as well, at its own address.
        own = message.text.startswith("Failed to load") and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not own:
            self._note(message.text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self._note(f"asked another site: {url}")

    def _note(self, what: str) -> None:
        self.complaints.append(f"{self.address}: {what}")


@pytest.fixture
def new_tab(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Tab]]:
    """Open a tab in a browser of its own: `client` is who is logged in, the rest are options."""
    contexts: list[BrowserContext] = []

    def open_tab(client: Client | None = None, **options: Any) -> Tab:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if client:
            name = board_settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            context.add_cookies([cookie])
        return Tab(context.new_page(), live_server.url)

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def board(transactional_db: None, settings: Any) -> dict[str, str]:
    """The shipped content beside 25 postings, six a page; kinds of page to their addresses."""
    settings.BOARD = {**settings.BOARD, "PAGE_SIZE": 6}
    load()
    revised = Guide.objects.get(slug="data-engineer-vs-data-scientist")
    section = revised.sections.first()
    section.body = "A new beginning.\n\n" + section.body.replace("the", "every", 1)
    section.save()
    publish(revised, reason="Began anew")
    roles = [Role.objects.get(slug=slug) for slug in ("data-engineer", "data-scientist")]
    skills = list(Skill.objects.all()[:4])
    cities = [
        factories.PlaceFactory(city=True, name="Berlin", country="DE"),
        factories.PlaceFactory(city=True, name="Bengaluru", country="IN", region="KA"),
    ]
    postings = [
        factories.PostingFactory(
            title=f"{('Senior', 'Junior')[number % 2]} {roles[number % 3 == 0].name} {number}",
            role=roles[number % 3 == 0],
            seniority=("senior", "entry", "")[number % 3],
            workplace=("remote", "hybrid", "onsite", "")[number % 4],
            employment=["full_time"],
            places=[cities[number % 2]],
            skills=skills[: number % 5],
            pay=[{}] if number % 2 else [],
            evidence={"pay": {"evidence": "$80,000 to $100,000 a year", "rule": "range"}},
            description="### What you will do\n\n- Own the pipelines.\n\nAsk [us](https://a.example).",
        )
        for number in range(25)
    ]
    factories.ListingFactory(posting=postings[1], url="https://jobs.example.org/1")
    answers = [line(f"Data {('Engineer', 'Scientist')[n % 2]}", 50_000 + n) for n in range(20)]
    import_survey(survey_text(answers).encode(), "An invented survey")
    role = roles[0]
    closed = factories.PostingFactory(title="Closed Data Engineer", role=role, closed=True)
    withdrawn = factories.PostingFactory(title="Withdrawn", role=role, withdrawn=True)
    return {
        "home": "/",
        "guides index": "/guides/",
        "guides found": "/guides/?q=data+engineer&topic=data-engineering&colour=red",
        "no guides found": "/guides/?q=submarine&role=data-engineer",
        "article": "/guides/data-engineer-vs-data-scientist/",
        "history of an article": "/guides/data-engineer-vs-data-scientist/history/",
        "roles index": "/roles/",
        "role": "/roles/data-engineer/",
        "role that is a view": "/roles/lead-machine-learning-engineer/",
        "compare picker": "/compare/",
        "compare": "/compare/data-engineer-vs-data-scientist/",
        "list": "/jobs/",
        "filtered list": "/jobs/?role=data-engineer&workplace=remote&sort=salary",
        "empty list": "/jobs/?q=submarine&role=data-engineer&seniority=entry",
        "ignored parameters": "/jobs/?colour=red&seniority=seniour&salary_min=much",
        "role with filters": "/roles/data-engineer/?workplace=remote&role=x",
        "companies": "/companies/",
        "company": postings[0].company.get_absolute_url(),
        "skills": "/skills/?q=no-such-skill&colour=red",
        "skill": f"/skills/{skills[0].slug}/",
        "place": "/places/germany/",
        "places": "/places/",
        "places found": "/places/?q=ber&colour=red",
        "no places found": "/places/?q=submarine",
        "list around a city": "/jobs/?place=Potsdam&place=Springfield&radius=50",
        "values of a facet": "/jobs/values/company/?workplace=remote&company=atlantis",
        "values of a facet found": "/jobs/values/place/?place=germany&find=ber",
        "open": postings[1].get_absolute_url(),
        "closed": closed.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "salaries": "/salaries/?colour=red",
        "salaries of a role": "/salaries/?role=data-engineer&currency=EUR",
        "nothing kept": "/jobs/kept/",
        "kept": f"/jobs/kept/?posting={postings[0].pk},{closed.pk},{withdrawn.pk},999999",
        "missing": "/nowhere/",
        "components": "/components/",
    }


STATUS = {"missing": 404, "withdrawn": 410}


@pytest.fixture
def walk(board: dict[str, str]) -> Callable[[Tab], Iterator[tuple[str, Page]]]:
    """Open each kind of page in a tab, one after the other."""

    def pages(tab: Tab) -> Iterator[tuple[str, Page]]:
        for name, address in board.items():
            yield name, tab.open(address, STATUS.get(name, 200))

    return pages
