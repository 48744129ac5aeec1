from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from imports.models import Run, Source
from jobs.models import Posting
from market.surveys import import_survey

PASSWORD = "demo-board"  # noqa: S105 - printed at every start, and refused outside demo mode
PEOPLE = {"admin": None, "author": "Author", "editor": "Editor", "moderator": "Moderator"}
SEED = 20_261_123
ANSWERS = 1_200


class Command(BaseCommand):
    """The content, and a board of invented postings and accounts to try it on.

    Refused in production. A second run changes nothing: each board is found by its source, and
    its dates count from the run that imported it.
    """

    help = "Load roles, guides, invented postings and demo accounts (not in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "load_demo is for a demo: ALLOWED_HOSTS is set, so this board is in production. "
                "Load the guides alone with load_content."
            )
        call_command("load_content", verbosity=options["verbosity"])
        with transaction.atomic():
            people = load_people()
            postings = load_postings()
        answers = load_survey()
        if options["verbosity"]:
            self.stdout.write(f"answers of an invented survey new={answers}")
            self.stdout.write(f"postings new={postings}, accounts new={people}")


def load_people() -> int:
    new = 0
    for name, group in PEOPLE.items():
        if User.objects.filter(username=name).exists():
            continue
        if group is None:
            User.objects.create_superuser(name, password=PASSWORD)
        else:
            user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
            user.groups.add(Group.objects.get(name=group))
        new += 1
    return new


def load_survey() -> int:
    """Make the invented survey, older than any real one, so that a real one stands first."""
    from tests.factories.market import invented_answers, survey_text

    text = survey_text(invented_answers(SEED, ANSWERS))
    report = import_survey(text.encode(), "An invented survey", date(2019, 12, 31))
    if report.unchanged:
        return 0
    survey = report.survey
    survey.publisher, survey.url = "this demo", ""
    survey.save(update_fields=["publisher", "url"])
    return report.answers


def load_postings() -> int:
    """Import the invented boards that are missing, fetch by fetch; returns how many postings."""
    from imports.run import import_payloads
    from tests.factories import boards

    now, before = timezone.now(), Posting.objects.count()
    for board in boards.boards(SEED, boards.SIZES):
        source, is_new = Source.objects.get_or_create(
            slug=f"demo-{slugify(board.name)}",
            defaults={
                "system": board.system,
                "board": board.account,
                "company_name": "" if board.system == "json" else board.name,
                "mapping": boards.MAPPING if board.system == "json" else {},
                "rule": board.rule,
            },
        )
        for ago in board.fetched if is_new else ():
            if payload := board.payload(ago, now):
                run = Run.objects.create(source=source, started_at=now - ago)
                import_payloads(source, [payload], at=now - ago, run=run)
                run.finished_at = run.started_at + timedelta(seconds=2)
                run.save(update_fields=["finished_at"])
    return Posting.objects.count() - before
