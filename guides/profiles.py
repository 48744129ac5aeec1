"""Roles and skills: what a career asks for, as rows that editors work on."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from guides.querysets import RoleQuerySet
from guides.slugs import KeepsOldSlugs
from lib import text

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from guides.models import Revision


class Aspect(models.TextChoices):
    """The sides of a role that a profile describes and a comparison lays beside each other."""

    DEFINITION = "definition", "Definition"
    RESPONSIBILITIES = "responsibilities", "Responsibilities"
    SKILLS = "skills", "Required skills"
    EDUCATION = "education", "Educational background"
    TOOLS = "tools", "Tools and software"
    INDUSTRIES = "industries", "Common industries"
    OUTLOOK = "outlook", "Outlook"


# Prose aspects are Markdown fields of a role; the others are weighted terms.
PROSE = (Aspect.DEFINITION, Aspect.RESPONSIBILITIES, Aspect.OUTLOOK)
SKILLED = (Aspect.SKILLS, Aspect.TOOLS)
TERMED = (Aspect.SKILLS, Aspect.TOOLS, Aspect.EDUCATION, Aspect.INDUSTRIES)


class Seniority(models.TextChoices):
    ENTRY = "entry", "Entry-level / Junior"
    MID = "mid", "Mid-level / Intermediate"
    SENIOR = "senior", "Senior-level / Expert"
    EXECUTIVE = "executive", "Executive-level / Director"


def validate_aliases(value: Any) -> None:
    """Aliases are a list of names, none empty and none twice."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError('Write the other names as a list, for example ["ETL Developer"].')
    if not all(name.strip() for name in value):
        raise ValidationError("One of the other names is empty.")
    if len({name.casefold() for name in value}) < len(value):
        raise ValidationError("One of the other names is there twice.")


class Skill(KeepsOldSlugs):
    class Kind(models.TextChoices):
        LANGUAGE = "language", "language"
        FRAMEWORK = "framework", "framework or library"
        PLATFORM = "platform", "platform"
        DATABASE = "database", "database"
        TOOL = "tool", "tool"
        METHOD = "method", "method or field"
        HUMAN = "human", "human skill"

    name = models.CharField(max_length=80, unique=True, help_text="As it is written: PostgreSQL.")
    slug = models.SlugField(
        max_length=80, unique=True, help_text="The end of its address: /skills/<slug>/."
    )
    kind = models.CharField(max_length=16, choices=Kind)
    aliases = models.JSONField(
        "other names",
        default=list,
        blank=True,
        validators=[validate_aliases],
        help_text="Spellings that postings use for it; they are recognised as this skill.",
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="skill_is_named",
                violation_error_message="A skill needs a name and a slug.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(KeepsOldSlugs):
    """A career. With a `base` it is a view of that role: its own profile, the base's postings."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The end of its address: /roles/<slug>/. It must not contain “-vs-”.",
    )
    aliases = models.JSONField(
        "other titles",
        default=list,
        blank=True,
        validators=[validate_aliases],
        help_text="Job titles, in any language, that mean this role.",
    )
    summary = models.TextField(
        blank=True, help_text="One or two sentences, shown in lists and to search engines."
    )
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="views",
        verbose_name="view of",
        help_text="Only for a role that has no postings of its own: the role whose postings it "
        "shows.",
    )
    seniority = models.CharField(
        max_length=16,
        choices=Seniority,
        blank=True,
        help_text="Only for a view: show the postings of this level alone.",
    )
    definition = models.TextField(blank=True, help_text="Markdown. What the role is.")
    responsibilities = models.TextField(
        blank=True, help_text="Markdown. A list of what people in the role do."
    )
    outlook = models.TextField(blank=True, help_text="Markdown. Where the role is heading.")
    rendered = models.JSONField(default=dict, editable=False)

    terms: "RelatedManager[RoleTerm]"
    steps: "RelatedManager[CareerStep]"
    steps_here: "RelatedManager[CareerStep]"
    revisions: "RelatedManager[Revision]"

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="role_is_named",
                violation_error_message="A role needs a name and a slug.",
            ),
            # The address of a comparison, /compare/a-vs-b/, must have one reading only.
            models.CheckConstraint(
                condition=~Q(slug__contains="-vs-")
                & ~Q(slug__startswith="vs-")
                & ~Q(slug__endswith="-vs"),
                name="role_slug_without_vs",
                violation_error_message="A role's slug must not contain “-vs-”, start with “vs-” "
                "or end with “-vs”: that is how comparisons are addressed.",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | ~Q(base=F("id")),
                name="role_is_not_its_own_base",
                violation_error_message="A role cannot be a view of itself.",
            ),
            models.CheckConstraint(
                condition=Q(seniority="") | Q(base__isnull=False),
                name="role_seniority_needs_base",
                violation_error_message="Only a view of another role has a seniority.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guides:role", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.base is None:
            return
        if self.base_id == self.pk:
            raise ValidationError({"base": "A role cannot be a view of itself."})
        if self.base.base_id is not None:
            raise ValidationError(
                {"base": f"{self.base} is itself a view; choose the role that it is a view of."}
            )
        if self.pk and self.views.exists():
            raise ValidationError(
                {"base": f"Other roles are views of {self}, so it cannot become a view itself."}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.rendered = {
            name.value: text.render(getattr(self, name), prefix=f"{self.slug}--{name}--").parts
            for name in PROSE
        }
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "rendered"}
        super().save(*args, **kwargs)

    @property
    def is_view(self) -> bool:
        return self.base_id is not None


class CareerStep(models.Model):
    """A move that people in a role make; belongs to the text of the role that they leave."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="steps")
    to = models.ForeignKey(
        Role, on_delete=models.CASCADE, related_name="steps_here", verbose_name="next role"
    )
    text = models.CharField(max_length=300, help_text="One sentence that says what the move takes.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "to"],
                name="careerstep_once",
                violation_error_message="This step is already in the profile.",
            ),
            models.CheckConstraint(
                condition=~Q(role=F("to")),
                name="careerstep_leads_elsewhere",
                violation_error_message="A step leads to another role.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="careerstep_is_described",
                violation_error_message="Say in one sentence what the move takes.",
            ),
        ]

    def __str__(self) -> str:
        return f"to {self.to}"


class RoleTerm(models.Model):
    """One weighted item of a profile: a skill or tool, or a named education or industry.

    Two roles share a term if it is the same skill, or the same name whatever its case, in the
    same aspect.
    """

    class Weight(models.IntegerChoices):
        HELPFUL = 1, "helpful"
        OFTEN = 2, "often"
        CORE = 3, "core"

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="terms")
    aspect = models.CharField(
        max_length=16, choices=[(aspect.value, aspect.label) for aspect in TERMED]
    )
    skill = models.ForeignKey(
        Skill,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        help_text="For required skills, tools and software.",
    )
    name = models.CharField(
        max_length=120, blank=True, help_text="For educational background and industries."
    )
    weight = models.PositiveSmallIntegerField(choices=Weight, default=Weight.OFTEN)
    order = models.PositiveSmallIntegerField(default=0, help_text="Among terms of one weight.")

    class Meta:
        ordering = ["aspect", "-weight", "order", "id"]
        verbose_name = "profile term"
        constraints = [
            models.CheckConstraint(
                condition=Q(aspect__in=SKILLED, skill__isnull=False, name="")
                | (
                    Q(aspect__in=[Aspect.EDUCATION, Aspect.INDUSTRIES], skill__isnull=True)
                    & ~Q(name="")
                ),
                name="roleterm_skill_or_name",
                violation_error_message="Skills and tools are chosen from the list of skills; "
                "education and industries are written as a name. Fill that one field only.",
            ),
            models.CheckConstraint(
                condition=Q(weight__in=[1, 2, 3]),
                name="roleterm_weight_1_to_3",
                violation_error_message="The weight is 1 (helpful), 2 (often) or 3 (core).",
            ),
            models.UniqueConstraint(
                fields=["role", "aspect", "skill"],
                name="roleterm_skill_once",
                violation_error_message="This skill is already in that part of the profile.",
            ),
            models.UniqueConstraint(
                "role",
                "aspect",
                Lower("name"),
                condition=~Q(name=""),
                name="roleterm_name_once",
                violation_error_message="This name is already in that part of the profile.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.skill.name if self.skill else self.name

    @property
    def key(self) -> tuple[str, int | str]:
        """Equal for terms that two roles share."""
        return self.aspect, self.skill_id or self.name.casefold()
