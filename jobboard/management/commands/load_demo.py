from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils import timezone

from extraction import gazetteer
from guides.models import Role, Skill
from jobs.models import Company, Event, Listing, Place, Posting
from jobs.places import place_for
from market.surveys import import_survey

SOURCE = "demo"
PASSWORD = "demo-board"  # noqa: S105 - printed at every start, and refused outside demo mode
PEOPLE = {"admin": None, "author": "Author", "editor": "Editor", "moderator": "Moderator"}
OPEN, CLOSED, PENDING, EXPIRED, UNCONFIRMED = 330, 22, 8, 4, 4
SEED = 20_261_123
ANSWERS = 1_200


class Command(BaseCommand):
    """The content, and a board of invented postings and accounts to try it on.

    Refused in production. A second run changes nothing: each posting is found by its listing,
    and its dates count from the run that made it.
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
    """Make the invented postings that are missing; returns how many."""
    from tests.factories import EventFactory, ListingFactory, PostingFactory
    from tests.factories.demo import specifications

    known = set(Listing.objects.filter(source=SOURCE).values_list("external_id", flat=True))
    states: list[dict[str, bool]] = (
        [{}] * OPEN
        + [{"closed": True}] * CLOSED
        + [{"pending": True}] * PENDING
        + [{"expired": True}] * EXPIRED
        + [{"unconfirmed": True}] * UNCONFIRMED
    )
    specs = list(specifications(SEED, len(states)))
    missing = [
        (spec, traits)
        for spec, traits in zip(specs, states, strict=True)
        if str(spec["number"]) not in known
    ]
    if not missing:
        return 0
    now = timezone.now()
    roles = {role.slug: role for role in Role.objects.all()}
    skills = {skill.slug: skill for skill in Skill.objects.all()}
    places: dict[Any, Place] = {}
    companies = {
        name: Company.objects.get_or_create(name=name)[0]
        for name in sorted({spec["employer"] for spec, _ in missing})
    }
    for spec, traits in missing:
        # Closed and lapsed ones were open for a while first.
        posted = now - spec["age"] - (timedelta(days=12) if traits else timedelta())
        markets = [market for market in (spec["market"], spec["also"]) if market]
        for market in markets:
            if market not in places:
                places[market] = place_for(
                    gazetteer.find_city(market.city, market.country, market.region)[0]
                )
        posting = PostingFactory(
            title=spec["title"],
            company=companies[spec["employer"]],
            role=roles.get(spec["role"]),
            seniority=spec["seniority"],
            workplace=spec["workplace"],
            eligibility=spec["eligibility"],
            employment=spec["employment"],
            description=spec["description"],
            posted_at=posted,
            apply_url=f"https://careers.example.org/{spec['number']}",
            places={places[market] for market in markets},
            skills=[skills[name] for name in spec["skills"] if name in skills],
            pay=spec["pay"],
            **({} if "unconfirmed" in traits else {"stale_at": now + timedelta(days=60)}),
            **traits,
        )
        ListingFactory(
            posting=posting,
            source=SOURCE,
            external_id=str(spec["number"]),
            first_seen=posted,
            last_confirmed=now,
        )
        EventFactory(posting=posting, kind=Event.Kind.FIRST_SEEN, at=posted)
        if posting.state == Posting.State.CLOSED:
            EventFactory(posting=posting, kind=Event.Kind.CLOSED, detail={"reason": "filled"})
    return len(missing)
