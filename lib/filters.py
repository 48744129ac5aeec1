"""Lists that an address can narrow: their filter, their pages, and the words around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django_filters import FilterSet
from django_filters.filters import Filter

from lib.fulltext import QUOTES
from lib.parameters import ManyField, Sieve


@dataclass(frozen=True, slots=True)
class Chosen:
    """One applied value, in words."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(slots=True)
class Facet:
    """`more`: how many values with smaller counts are left out."""

    name: str
    label: str
    values: list[FacetValue] = field(default_factory=list)
    more: int = 0

    @property
    def is_chosen(self) -> bool:
        return any(value.chosen for value in self.values)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty list: without `chosen` it holds `count`."""

    chosen: Chosen
    count: int
    address: str


class OwnFilter(Filter):
    """A filter whose definition its copies share; each makes a field of its own.

    FilterSet copies its filters deeply, down to the choices, for each set: a tenth of a list page.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> OwnFilter:
        made = self.__class__.__new__(self.__class__)
        made.__dict__ |= self.__dict__
        made.__dict__.pop("_field", None)
        return made


class ManyFilter(OwnFilter):
    """Several values of one parameter, any of which a row may have."""

    field_class = ManyField

    def filter(self, qs: Any, value: list[Any]) -> Any:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class OwnField(OwnFilter):
    """A single-valued parameter with a form field of its own; the set applies it."""

    def __init__(self, field: Callable[..., forms.Field], **kwargs: Any) -> None:
        self.field_class = field
        super().__init__(**kwargs)

    def filter(self, qs: Any, value: Any) -> Any:
        return qs


class Fields(Mapping[str, forms.Field]):
    """The fields of filters, each made when it is asked for: an address names few of them."""

    def __init__(self, filters: Mapping[str, Filter]) -> None:
        self.filters = filters

    def __getitem__(self, name: str) -> forms.Field:
        field: forms.Field = self.filters[name].field
        return field

    def __contains__(self, name: object) -> bool:
        return name in self.filters

    def __iter__(self) -> Iterator[str]:
        return iter(self.filters)

    def __len__(self) -> int:
        return len(self.filters)


class ListFilter(Sieve, FilterSet):
    """The rows of `queryset` by everything that an address can ask of their list.

    Built from any QueryDict. Whatever cannot be heeded is left out and named in `ignored`; the
    rest holds, so the form is always valid. A parameter NAME is applied by `_by_NAME`, where the
    set has it, else by its filter.
    """

    # Parameters of the answer's shape, which narrow nothing.
    SHAPE: ClassVar[tuple[str, ...]] = ("page",)

    def __init__(self, data: QueryDict | None, *, queryset: QuerySet[Any]) -> None:
        super().__init__(data=QueryDict(), queryset=queryset)
        self.sieve(QueryDict() if data is None else data)
        self.values: dict[str, Any] = {name: self._clean(name) for name in self.data}

    def _clean(self, name: str) -> Any:
        field = self.fields[name]
        many = isinstance(field, ManyField)
        return field.clean(self.data.getlist(name) if many else self.data[name])

    @cached_property
    def fields(self) -> Mapping[str, forms.Field]:  # type: ignore[override]
        return Fields(self.filters)

    def chosen_of(self, name: str) -> Mapping[str, tuple[Any, str]]:
        """The applied values of a facet: each text with its stored value and words."""
        found: Mapping[str, tuple[Any, str]] = {}
        if name in self.data:
            found = self.filters[name].field.chosen
        return found

    @property
    def chosen_page(self) -> int:
        return self.values.get("page") or 1

    @property
    def narrowing(self) -> list[str]:
        """Names of the applied parameters that can make the list shorter."""
        return [name for name in self.data if name not in self.SHAPE]

    def chosen(self) -> list[Chosen]:
        """Every applied value that narrows the list, in words."""
        return [
            Chosen(name, text, self.words(name, text))
            for name in self.narrowing
            for text in self.data.getlist(name)
        ]

    def words(self, name: str, text: str) -> str:
        field = self.filters[name].field
        if isinstance(field, ManyField):
            return field.chosen[text][1]
        if name != "q":
            return str(self.filters[name].label)
        return text if text[:1] in QUOTES else f"“{text}”"

    def chips(self) -> list[tuple[Chosen, str]]:
        """Each applied value with the address of the list without it."""
        return [(one, self.address(drop=(one.name, one.value)) or "?") for one in self.chosen()]

    @property
    def qs(self) -> Any:
        return self.narrow()

    def narrow(self, without: str = "") -> Any:
        """The rows that meet every parameter but `without`."""
        rows = self.queryset.all()
        for name in self.narrowing:
            if name == without:
                continue
            apply = getattr(self, f"_by_{name}", None)
            if apply is not None:
                rows = apply(rows)
            else:
                rows = self.filters[name].filter(rows, self.values[name])
        return rows

    def page_of(self, pages: Paginator) -> Page:
        """The page that was asked for; the first where there are not so many, and that is named."""
        return page_of(self, self.chosen_page, pages)


class KnownCount(Paginator):
    """A paginator that was told the total; no page beyond the board's limit."""

    def __init__(self, rows: Any, total: int, size: int | None = None) -> None:
        super().__init__(rows, size or settings.BOARD["PAGE_SIZE"])
        self._total = total

    @property
    def count(self) -> int:
        return self._total

    @property
    def num_pages(self) -> int:
        pages = -(-self._total // self.per_page)
        return max(1, min(pages, settings.BOARD["PAGE_LIMIT"]))

    @property
    def beyond(self) -> int:
        """How many rows no page shows."""
        return max(0, self._total - self.num_pages * self.per_page)


def page_of(asked: Sieve, number: int, pages: Paginator) -> Page:
    if number > pages.num_pages:
        asked.ignore("page", str(number), "is behind the last page", str(pages.num_pages))
        number = 1
    return pages.page(number)
