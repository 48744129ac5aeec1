"""The one definition of what the list of guides can be asked for; its page and feed build it."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from guides.models import Guide, GuideIndex, Revision, Role, Topic
from guides.querysets import NEWEST_FIRST, GuideQuerySet
from guides.stamps import GUIDES, stamps
from guides.synonyms import synonyms
from lib.filters import ListFilter, ManyFilter, OwnField
from lib.fulltext import Query
from lib.parameters import AliasedChoices, PageField, SearchField, SlugChoices


class NamedFilter(ManyFilter):
    """Guides whose text in effect names one of the values; `through` says what a text names."""

    def __init__(self, *args: Any, through: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.through = through

    def filter(self, qs: GuideQuerySet, value: list[int]) -> GuideQuerySet:
        if not value:
            return qs
        named = {f"{self.field_name}_id__in": value, "revision_id": OuterRef("revision_id")}
        return qs.filter(Exists(self.through.objects.filter(**named)))


class GuideFilter(ListFilter):
    """Public guides by words, roles and topics. `at` is the instant of the answer."""

    q = OwnField(
        SearchField,
        label="Keywords",
        max_length=settings.BOARD["SEARCH_CHARACTERS"],
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Role, skill, question"}),
    )
    role = NamedFilter(
        field_name="role",
        label="Role",
        through=Revision.roles.through,
        values=AliasedChoices(lambda: Role.objects.all()),
    )
    topic = NamedFilter(
        field_name="topic",
        label="Topic",
        through=Revision.topics.through,
        values=SlugChoices(lambda: Topic.objects.all()),
    )
    page = OwnField(PageField, label="Page")

    class Meta:
        model = Guide
        fields: list[str] = []

    FACETS = ("role", "topic")

    def __init__(self, data: QueryDict | None = None, *, at: datetime | None = None) -> None:
        self.at = at or timezone.now()
        super().__init__(data, queryset=Guide.objects.public(self.at))

    @cached_property
    def stamp(self) -> str:
        """That of guides at the instant of the answer; one statement where something asks."""
        return stamps(self.at)[GUIDES]

    @cached_property
    def words_asked(self) -> Query | None:
        """The words with what else the roles and skills among them are called."""
        asked = self.values.get("q")
        return synonyms(self.stamp).widen(asked) if asked else None

    def newest(self) -> GuideQuerySet:
        rows: GuideQuerySet = self.narrow()
        return rows.newest_first()

    def ordered(self) -> GuideQuerySet:
        """With words the guides that have them in their title, then the others; newest first."""
        rows = self.newest()
        if self.words_asked is None:
            return rows
        in_title = When(revision_id__in=matching(self.words_asked.in_title()), then=Value(0))
        rank = Case(in_title, default=Value(1), output_field=IntegerField())
        return rows.annotate(title_rank=rank).order_by("title_rank", *NEWEST_FIRST)

    def _by_q(self, rows: Any) -> GuideQuerySet:
        assert self.words_asked is not None
        found: GuideQuerySet = rows.filter(revision_id__in=matching(self.words_asked))
        return found


def matching(words: Query) -> Any:
    """The ids of the revisions that have these words, in effect or not."""
    return GuideIndex.objects.filter(match__find=words).values("pk")
