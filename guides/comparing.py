"""Roles beside each other: at a glance, what a move between two takes, and what lies near."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q

from guides.models import SKILLED, Aspect, CareerStep, Role, RoleTerm
from guides.pages import Rows, Term, rows_of

# How many terms stand in a cell of the table at a glance.
GLANCE_TERMS = 5


@dataclass(frozen=True, slots=True)
class GlanceCell:
    """What one role says in one row: terms, or a plain sentence; `more` terms are left out."""

    role: Role
    terms: list[Term] = field(default_factory=list)
    text: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class GlanceRow:
    label: str
    cells: list[GlanceCell]


@dataclass(frozen=True, slots=True)
class GapSkill:
    """A skill or tool of a profile. `weight` 1 to 3 is that of the role one goes to."""

    name: str
    slug: str
    weight: int
    word: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What going from `start` to `goal` takes: the skills and tools that `goal` asks for.

    `held` are those that `start` asks for as well, `missing` the others; both by weight.
    `advice` is what the profile of `start` says of the move, if anything.
    """

    start: Role
    goal: Role
    held: list[GapSkill]
    missing: list[GapSkill]
    advice: str = ""

    @property
    def total(self) -> int:
        return len(self.held) + len(self.missing)

    @property
    def core_held(self) -> list[GapSkill]:
        return [skill for skill in self.held if skill.weight == RoleTerm.Weight.CORE]

    @property
    def core_missing(self) -> list[GapSkill]:
        return [skill for skill in self.missing if skill.weight == RoleTerm.Weight.CORE]

    @property
    def core_total(self) -> int:
        return len(self.core_held) + len(self.core_missing)


def at_a_glance(roles: Sequence[Role]) -> list[GlanceRow]:
    """The few lines that answer first; a row in which no role says anything is left out."""
    rows = [
        GlanceRow("In short", [GlanceCell(role, text=role.summary) for role in roles]),
        *(
            GlanceRow(f"{'Core' if aspect in SKILLED else 'Usual'} {word}", cells)
            for aspect, word in (
                (Aspect.SKILLS, "skills"),
                (Aspect.TOOLS, "tools"),
                (Aspect.EDUCATION, "education"),
                (Aspect.INDUSTRIES, "industries"),
            )
            if (cells := _heaviest(rows_of(aspect, roles)))
        ),
    ]
    return [row for row in rows if any(cell.terms or cell.text for cell in row.cells)]


def _heaviest(rows: Rows) -> list[GlanceCell]:
    cells = []
    for column in rows.columns:
        most = max((term.weight for term in column.terms), default=0)
        terms = [term for term in column.terms if term.weight == most]
        shown = terms[:GLANCE_TERMS]
        cells.append(GlanceCell(column.role, shown, more=len(terms) - len(shown)))
    return cells


def gap(start: Role, goal: Role, advice: str = "") -> Gap:
    """See `Gap`. Both roles have their terms at hand; a skill that a profile names twice, as a
    skill and as a tool, counts once, with its greater weight."""
    asked = _skills(goal)
    known = _skills(start)
    order = sorted(asked.values(), key=lambda one: (-one.weight, one.name.casefold()))
    return Gap(
        start,
        goal,
        [one for one in order if one.slug in known],
        [one for one in order if one.slug not in known],
        advice,
    )


def _skills(role: Role) -> dict[str, GapSkill]:
    found: dict[str, GapSkill] = {}
    for term in role.terms.all():
        if term.skill is None:
            continue
        skill, weight = term.skill, term.weight
        if skill.slug not in found or found[skill.slug].weight < weight:
            word = str(RoleTerm.Weight(weight).label)
            found[skill.slug] = GapSkill(skill.name, skill.slug, weight, word)
    return found


def steps_of(roles: Sequence[Role]) -> list[CareerStep]:
    """The career steps from and to the roles, in the order of their profiles; one statement."""
    steps = CareerStep.objects.filter(Q(role__in=roles) | Q(to__in=roles))
    return list(steps.select_related("role", "to").order_by("order", "pk"))


def gaps(roles: Sequence[Role], steps: Sequence[CareerStep] = ()) -> list[Gap]:
    """The two ways between two roles that both name skills; of fewer or more roles none."""
    if len(roles) != 2:
        return []
    advice = {(step.role_id, step.to_id): step.text for step in steps}
    ways = [
        gap(start, goal, advice.get((start.pk, goal.pk), ""))
        for start, goal in (roles, reversed(roles))
    ]
    return ways if all(way.total for way in ways) else []


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two roles' skills and tools in numbers: asked by both, by one or both; `core` of both."""

    shared: int
    either: int
    core: list[str]


def overlap(ways: Sequence[Gap]) -> Overlap | None:
    """See `Overlap`; `ways` are those of `gaps`."""
    if not ways:
        return None
    there, back = ways
    core = {skill.slug for skill in back.core_held}
    return Overlap(
        shared=len(there.held),
        either=there.total + back.total - len(there.held),
        core=[skill.name for skill in there.core_held if skill.slug in core],
    )


def neighbours(
    roles: Sequence[Role], steps: Sequence[CareerStep], limit: int = 6
) -> list[tuple[Role, Role]]:
    """Pairs worth comparing next: one of `roles` and a role that is one step from it, but none
    of two of `roles`."""
    here = {role.pk for role in roles}
    pairs: dict[frozenset[int], tuple[Role, Role]] = {}
    for step in steps:
        if len({step.role_id, step.to_id} & here) == 1:
            mine, other = (step.role, step.to) if step.role_id in here else (step.to, step.role)
            pairs.setdefault(frozenset((mine.pk, other.pk)), (mine, other))
    return list(pairs.values())[:limit]


def is_worth_indexing(roles: Sequence[Role]) -> bool:
    """Whether each profile says enough for a search engine to send people to their comparison."""
    least = settings.BOARD["COMPARE_TERMS"]
    return all(
        role.rendered.get(Aspect.DEFINITION) and len(role.terms.all()) >= least for role in roles
    )
