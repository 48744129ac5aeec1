"""Guides: the rows that editors work on, and the revisions that readers see.

Roles and skills are in guides.profiles; every model can be had from here.
"""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from guides.profiles import (
    PROSE,
    SKILLED,
    TERMED,
    Aspect,
    CareerStep,
    Role,
    RoleTerm,
    Seniority,
    Skill,
)
from guides.querysets import GuideQuerySet, RevisionQuerySet, SourceQuerySet
from guides.slugs import KeepsOldSlugs, OldSlug
from lib import textindex
from lib.text import count_words

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

__all__ = [
    "PROSE",
    "SKILLED",
    "TERMED",
    "Aspect",
    "CareerStep",
    "Claim",
    "Comment",
    "Guide",
    "GuideImage",
    "GuideIndex",
    "GuideRole",
    "OldSlug",
    "Revision",
    "Role",
    "RoleIndex",
    "RoleTerm",
    "Section",
    "Seniority",
    "Skill",
    "Source",
    "Stamp",
    "Topic",
]


validate_key = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z",
    "A key is made of small letters, digits and hyphens, for example onet-15-2051.",
)


class Topic(models.Model):
    """What guides are about besides roles: readers choose guides by it."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""),
                name="topic_is_named",
                violation_error_message="A topic needs a name and a slug.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Guide(KeepsOldSlugs):
    """The working copy of an article. Readers see its published revisions, never these rows."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in_review", "in review"
        PUBLISHED = "published", "published"
        RETIRED = "retired", "retired"

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="The end of its address: /guides/<slug>/."
    )
    subtitle = models.CharField(
        max_length=200, blank=True, help_text="One line that says what the reader can decide."
    )
    summary = models.TextField(
        blank=True,
        help_text="Three plain sentences that answer the question first; the first "
        "160 characters are what search engines show.",
    )
    roles = models.ManyToManyField(Role, through="GuideRole", related_name="guides", blank=True)
    topics = models.ManyToManyField(Topic, related_name="guides", blank=True)
    author = models.CharField(max_length=120, blank=True, help_text="As readers see it.")
    reviewer = models.CharField(
        max_length=120, blank=True, help_text="Who checked the facts; as readers see it."
    )
    reviewed_on = models.DateField(
        "reviewed on", null=True, blank=True, help_text="When the facts were last checked."
    )
    review_due = models.DateField(
        "review due", null=True, blank=True, help_text="When they should be checked again."
    )
    state = models.CharField(
        max_length=16,
        choices=State,
        default=State.DRAFT,
        help_text="Only a published guide with a published revision is public. A retired one "
        "keeps its address and says that it is retired.",
    )

    sections: "RelatedManager[Section]"
    sources: "RelatedManager[Source]"
    claims: "RelatedManager[Claim]"
    guide_roles: "RelatedManager[GuideRole]"
    revisions: "RelatedManager[Revision]"
    comments: "RelatedManager[Comment]"
    images: "RelatedManager[GuideImage]"

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = [Lower("title")]
        permissions = [("publish_guide", "Can publish, schedule and retire guides")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(title=""),
                name="guide_is_named",
                violation_error_message="A guide needs a title and a slug.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review", "published", "retired"]),
                name="guide_state_known",
                violation_error_message="A guide is a draft, in review, published or retired.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True)
                | Q(review_due__isnull=True)
                | Q(review_due__gte=F("reviewed_on")),
                name="guide_review_due_after_review",
                violation_error_message="The next review cannot be due before the last one.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guides:guide", args=[self.slug])


class GuideRole(models.Model):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="guide_roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="guide_roles")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = "role of the guide"
        verbose_name_plural = "roles of the guide"
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "role"],
                name="guiderole_role_once",
                violation_error_message="This role is already in the guide.",
            )
        ]

    def __str__(self) -> str:
        return str(self.role)


class Section(models.Model):
    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField(default=0)
    heading = models.CharField(max_length=120)
    aspect = models.CharField(
        max_length=16,
        choices=Aspect,
        blank=True,
        help_text="Shows the roles' profiles side by side above the text.",
    )
    body = models.TextField(
        blank=True,
        help_text="Markdown; headings inside a section start at ###. Mark a fact with its "
        "claim: [^key].",
    )
    words = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(heading=""),
                name="section_has_heading",
                violation_error_message="A section needs a heading.",
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = count_words(self.body)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "words"}
        super().save(*args, **kwargs)


class Source(models.Model):
    """Where a guide's claims come from. It belongs to one guide, so one text is all of it."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(
        max_length=64, validators=[validate_key], help_text="A short name that claims refer to."
    )
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120, blank=True)
    url = models.URLField(
        "address", max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    published = models.DateField(null=True, blank=True)
    accessed = models.DateField(help_text="When somebody last read it there.")
    # What `check_sources` saw; no part of the text.
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.CharField(max_length=200, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="source_key_once_a_guide",
                violation_error_message="The guide has two sources with this key.",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(title=""),
                name="source_is_named",
                violation_error_message="A source needs a key and a title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What a check saw at one address is not said of the next."""
        fields = kwargs.get("update_fields")
        if self.pk is not None and (fields is None or "url" in fields):
            before = Source.objects.filter(pk=self.pk).values_list("url", flat=True).first()
            if before != self.url:
                self.checked_at, self.failing_since, self.problem = None, None, ""
                if fields is not None:
                    kwargs["update_fields"] = {*fields, "checked_at", "failing_since", "problem"}
        super().save(*args, **kwargs)


class Claim(models.Model):
    """A statement that a guide makes with a number; shown as a note with its source."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="claims")
    key = models.CharField(
        max_length=64, validators=[validate_key], help_text="Written as [^key] in a section."
    )
    text = models.TextField(help_text="The statement in one sentence, as the note shows it.")
    source = models.ForeignKey(
        Source, on_delete=models.RESTRICT, null=True, blank=True, related_name="claims"
    )
    review_on = models.DateField(
        null=True, blank=True, help_text="When the statement should be checked again."
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="claim_key_once_a_guide",
                violation_error_message="The guide has two claims with this key.",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(text=""),
                name="claim_is_stated",
                violation_error_message="A claim needs a key and a statement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"

    def clean(self) -> None:
        super().clean()
        if self.source is not None and self.source.guide_id != self.guide_id:
            raise ValidationError({"source": "The source belongs to another guide."})


def image_name(image: "GuideImage", name: str) -> str:
    return f"guides/{PurePath(name).name}"


class GuideImage(models.Model):
    """An image that a guide's sections can show: `![caption](key)` in a paragraph of its own.

    Revisions name the file, so a file stays when its row is changed or deleted.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="images")
    key = models.CharField(
        max_length=64,
        validators=[validate_key],
        help_text="Written as ![caption](key) in a section, in a paragraph of its own.",
    )
    file = models.FileField(
        "image",
        upload_to=image_name,
        max_length=120,
        help_text="PNG, JPEG or WebP. It is written anew: place and camera in it are gone.",
    )
    alt = models.CharField(
        "alternative text",
        max_length=300,
        help_text="What the image shows, for those who do not see it.",
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    class Meta:
        ordering = ["key"]
        verbose_name = "image"
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "key"],
                name="image_key_once_a_guide",
                violation_error_message="The guide has two images with this key.",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(alt="") & ~Q(file=""),
                name="image_is_described",
                violation_error_message="An image needs a key, a file and an alternative text.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Comment(models.Model):
    """A note among the people who work on a guide; readers never see it."""

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=4_000)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_says_something",
                violation_error_message="The comment is empty.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | Q(resolved_at__isnull=False),
                name="comment_resolved_by_at",
                violation_error_message="Who resolved a comment is known with the time.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def resolve(self, user: Any) -> None:
        """Mark as dealt with; who did so first stays."""
        if self.resolved_at is None:
            self.resolved_at, self.resolved_by = timezone.now(), user
            self.save(update_fields=["resolved_at", "resolved_by"])

    def reopen(self) -> None:
        self.resolved_at = self.resolved_by = None
        self.save(update_fields=["resolved_at", "resolved_by"])


class Revision(models.Model):
    """The text of a guide or a role at one moment; append-only.

    With `effective_at` it is published: readers see its `rendered` from that instant on, and
    `roles` and `topics` are those that its text names. See guides.revisions.
    """

    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, null=True, blank=True, related_name="revisions"
    )
    role = models.ForeignKey(
        Role, on_delete=models.CASCADE, null=True, blank=True, related_name="revisions"
    )
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(max_length=200, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    rendered = models.JSONField(null=True, blank=True)
    roles = models.ManyToManyField(Role, related_name="+", blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(guide__isnull=False, role__isnull=True)
                | Q(guide__isnull=True, role__isnull=False),
                name="revision_of_guide_or_role",
                violation_error_message="A revision belongs to one guide or to one role.",
            ),
            models.CheckConstraint(
                condition=Q(effective_at__isnull=True, rendered__isnull=True)
                | Q(effective_at__isnull=False, rendered__isnull=False, guide__isnull=False),
                name="revision_published_is_rendered",
                violation_error_message="A published revision belongs to a guide and carries "
                "what readers see.",
            ),
        ]
        indexes = [models.Index(fields=["guide", "-effective_at"], name="revision_in_effect")]

    def __str__(self) -> str:
        return f"{self.guide or self.role}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_published(self) -> bool:
        return self.effective_at is not None


class Stamp(models.Model):
    """What kept parts of pages are checked against; see guides.stamps."""

    name = models.CharField(max_length=16, primary_key=True)
    token = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.token}"


class GuideIndex(models.Model):
    """The full text of published revisions in the table of `lib.textindex`; see guides.index."""

    TABLE = "guides_guideindex"

    revision = models.OneToOneField(
        Revision,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="indexed",
    )
    match = textindex.MatchField(db_column=TABLE)

    class Meta:
        managed = False
        db_table = "guides_guideindex"

    def __str__(self) -> str:
        return f"text of {self.pk}"


class RoleIndex(models.Model):
    """The full text of roles, the same way."""

    TABLE = "guides_roleindex"

    role = models.OneToOneField(
        Role,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="indexed",
    )
    match = textindex.MatchField(db_column=TABLE)

    class Meta:
        managed = False
        db_table = "guides_roleindex"

    def __str__(self) -> str:
        return f"text of {self.pk}"
