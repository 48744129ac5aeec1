"""The operator's way from an address to a source and its run, with scripts and without."""

import pytest
from playwright.sync_api import expect

from imports.models import Run, Source
from tests.browser.axe import findings
from tests.imports.payloads import greenhouse, greenhouse_job
from tests.internet import Internet, said
from work.worker import Worker

ADDRESS = "https://boards.greenhouse.io/acme"


@pytest.fixture
def internet(settings):
    settings.BOARD = settings.BOARD | {"FETCH_PAUSE_SECONDS": 0}
    internet = Internet()
    internet.routes["boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"] = said(
        greenhouse(*(greenhouse_job(id=number) for number in range(1, 5)), {"id": "x"})
    )
    with internet.laid():
        yield internet
    internet.close()


def test_an_address_becomes_a_source_without_scripts_and_a_run_is_followed_with_them(
    transactional_db, new_tab, operator, internet
):
    tab = new_tab(operator, java_script_enabled=False)
    page = tab.open("/admin/imports/source/add/")
    page.get_by_label("Careers address").fill(ADDRESS)
    page.get_by_role("button", name="Look").click()
    expect(page.locator("[data-sample]")).to_have_count(3)
    page.get_by_role("button", name="Save and run").click()
    run = Run.objects.get()
    expect(page).to_have_url(f"{tab.site}/admin/imports/run/{run.pk}/change/")
    expect(page.locator("#run")).to_have_attribute("data-outcome", "queued")

    other = new_tab(operator)
    followed = other.open(f"/admin/imports/run/{run.pk}/change/")
    Worker().run(until_idle=True)
    expect(followed.locator("#run")).to_have_attribute("data-outcome", "done")
    expect(followed.locator("[data-touched]")).to_have_count(4)
    page.get_by_role("link", name="Reload to see").click()
    expect(page.locator("[data-touched]")).to_have_count(4)
    assert not [*tab.complaints, *other.complaints]


def test_axe_finds_nothing_on_the_pages_of_sources_and_runs(
    transactional_db, new_tab, operator, internet
):
    source = Source.objects.create(slug="acme", system="greenhouse", board="acme")
    operator.post(f"/admin/imports/source/{source.pk}/run/")
    Worker().run(until_idle=True)
    run = Run.objects.get()
    run.tell("Reading and writing the postings", 3, 9)
    Run.objects.update(outcome="running")
    tab = new_tab(operator)
    pages = [f"source/{source.pk}/change/", f"run/{run.pk}/change/"]
    found = []
    for address in pages:
        found += findings(tab.open(f"/admin/imports/{address}"), address)
    Source.objects.all().delete()
    page = tab.open("/admin/imports/source/add/")
    page.get_by_label("Careers address").fill(ADDRESS)
    page.get_by_role("button", name="Look").click()
    expect(page.locator("[data-sample]")).to_have_count(3)
    found += findings(page, "preview")
    assert not found, "\n".join(found)
