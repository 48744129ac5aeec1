"""The parameters of an address: each text to the value it stands for, or why it is left out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from lib import fulltext

# More digits than any number of a page has.
LONGEST_NUMBER = 30


class BadValue(ValidationError):
    def __init__(self, reason: str, *suggestions: str) -> None:
        super().__init__(reason)
        self.reason, self.suggestions = reason, suggestions


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter, or one of its values, that the answer does not heed."""

    name: str
    value: str
    reason: str
    suggestions: tuple[str, ...] = ()

    @property
    def suggestion(self) -> str:
        """The likeliest suggestion; empty where there is none."""
        return self.suggestions[0] if self.suggestions else ""


def ignored_as_data(ignored: Iterable[Ignored]) -> list[dict[str, str | None]]:
    """What is not heeded, as a JSON answer names it."""
    return [
        {
            "name": one.name,
            "value": one.value,
            "reason": one.reason,
            "suggestion": one.suggestion or None,
        }
        for one in ignored
    ]


def nearest(text: str, known: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process  # six megabytes, for few addresses

    found = process.extractOne(text, list(known), scorer=fuzz.ratio, score_cutoff=65)
    return found[0] if found else ""


def whole_number(text: str) -> int | None:
    """What "100k", "100,000", "€100.000" or "60000.50" mean; None where that is not plain."""
    plain = "".join(text.casefold().split()).strip("$€£")
    thousands = plain.endswith("k")
    parts = plain.removesuffix("k").replace(".", ",").replace("'", ",").split(",")
    if len(plain) > LONGEST_NUMBER or not all(one.isascii() and one.isdecimal() for one in parts):
        return None
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        parts = ["".join(parts)]
    if len(parts) > 1 and (thousands or len(parts) > 2):
        return None
    return int(parts[0]) * (1_000 if thousands else 1)


# --- fields -----------------------------------------------------------------------------------


class Choices(ABC):
    """The values of a parameter that has several: each text to (stored value, words).

    `resolve` answers all texts at once, so that a parameter costs one statement at most.
    """

    @abstractmethod
    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]: ...

    def read(self, text: str) -> tuple[str, Any, str]:
        """The value that a text stands for which is none itself, its stored value and words.

        Raises `BadValue` where it stands for none.
        """
        raise BadValue("is not a known value", self.suggest(text))

    def suggest(self, text: str) -> str:
        return ""

    def words(self, texts: Sequence[str]) -> dict[str, str]:
        """What is suggested, in words; a text that is no value itself may stand for one."""
        return {text: words for text, (_, words) in self.resolve(texts).items()}


class SlugChoices(Choices):
    def __init__(self, rows: Callable[[], models.QuerySet[Any]]) -> None:
        self.rows = rows

    def resolve(self, texts: Sequence[str]) -> dict[str, tuple[Any, str]]:
        rows = self.rows().filter(slug__in=texts).order_by()
        return {row.slug: (row.pk, str(row)) for row in rows}

    def suggest(self, text: str) -> str:
        return nearest(text, self.rows().values_list("slug", flat=True)[:5_000])


class AliasedChoices(SlugChoices):
    """Rows with a name and `aliases`; another spelling of one suggests its slug."""

    def suggest(self, text: str) -> str:
        known: dict[str, str] = {}
        for slug, name, aliases in self.rows().values_list("slug", "name", "aliases"):
            for spelling in (*aliases, name, slug):
                known[spelling.casefold()] = slug
        asked = text.casefold()
        return known.get(asked) or known.get(nearest(asked, known), "")


class ManyField(forms.Field):
    """A list of values; `sort_out` takes the good ones and tells why the others are not.

    A text that stands for a value is answered by that value, so links have one form alone.
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, values: Choices, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.values = values
        self.chosen: dict[str, tuple[Any, str]] = {}

    def sort_out(self, texts: Sequence[str]) -> tuple[list[str], list[tuple[str, BadValue]]]:
        self.chosen = self.values.resolve(list(dict.fromkeys(texts)))
        good: list[str] = []
        bad: list[tuple[str, BadValue]] = []
        for text in dict.fromkeys(texts):
            value = text
            if text not in self.chosen:
                try:
                    value, stored, words = self.values.read(text)
                except BadValue as error:
                    bad.append((text, error))
                    continue
                self.chosen[value] = stored, words
            good.append(value)
        return list(dict.fromkeys(good)), bad

    def clean(self, value: Any) -> list[Any]:
        return [self.chosen[text][0] for text in value or () if text in self.chosen]


class SearchField(forms.CharField):
    # A word joiner keeps the minus on the line of its word.
    HELP = '"Phrases in quotes", -\u2060without, begin*'
    TOO_LONG = "is longer than %(limit_value)d characters"

    def __init__(self, **kwargs: Any) -> None:
        own = {"help_text": self.HELP, "error_messages": {"max_length": self.TOO_LONG}}
        super().__init__(**own | kwargs)

    def clean(self, value: Any) -> fulltext.Query | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return fulltext.Query.parse(text, max_terms=settings.BOARD["SEARCH_TERMS"])
        except fulltext.QueryRefused as error:
            raise BadValue(str(error)) from error


class PageField(forms.IntegerField):
    """A number of a page; `page_of` names one behind the last, which the field cannot know."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=settings.BOARD["PAGE_LIMIT"], **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            number = whole_number(str(value)) or 0
            if number > settings.BOARD["PAGE_LIMIT"]:
                return number
            raise


# --- a whole address --------------------------------------------------------------------------


class Sieve:
    """What an address asks of a page with these `fields`, in their order.

    `data` holds the parameters that can be heeded; whatever cannot is left out and named in
    `ignored`, so the fields find nothing wrong with `data`.
    """

    # Parameters that other surfaces of the same list heed, each with why this one does not.
    ELSEWHERE: ClassVar[Mapping[str, str]] = {}

    fields: Mapping[str, forms.Field]
    data: QueryDict
    ignored: list[Ignored]

    def sieve(self, asked: QueryDict) -> None:
        self.ignored = []
        for name in asked:
            if name in self.fields:
                continue
            value = ", ".join(asked.getlist(name))
            if name in self.ELSEWHERE:
                self.ignore(name, value, self.ELSEWHERE[name])
            else:
                self.ignore(
                    name, value, "is not a parameter", nearest(name.casefold(), self.fields)
                )
        kept = QueryDict(mutable=True)
        for name in self.fields:
            texts = [text.strip() for text in asked.getlist(name) if text.strip()]
            if not texts:
                continue
            field = self.fields[name]
            if isinstance(field, ManyField):
                good, bad = field.sort_out(texts)
                for text, error in bad:
                    self.ignore(name, text, error.reason, *error.suggestions)
            else:
                good = self._single(name, field, texts)
            if good:
                kept.setlist(name, good)
        self.data = kept

    def _single(self, name: str, field: forms.Field, texts: list[str]) -> list[str]:
        good = texts[:1]
        field.required = False
        try:
            number = field.clean(texts[0])
            # Django reads "60.000" as 60, which hardly anybody means.
            is_number = isinstance(field, forms.IntegerField)
            if is_number and whole_number(texts[0]) not in (number, None):
                raise ValidationError("")
        except BadValue as error:
            good = []
            self.ignore(name, texts[0], error.reason, *error.suggestions)
        except ValidationError as error:
            good = []
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                known = {str(text).casefold(): str(value) for value, text in choices}
                known |= {str(value): str(value) for value, _ in choices}
                asked = texts[0].casefold()
                hint = known.get(asked) or known.get(nearest(asked, known), "")
                self.ignore(name, texts[0], "is not a known value", hint)
            elif isinstance(field, forms.IntegerField):
                least, most = int(field.min_value), int(field.max_value)  # type: ignore[arg-type]
                reason = f"is not a whole number from {least:,} to {most:,}"
                meant = whole_number(texts[0])
                hint = "" if meant is None else str(min(max(meant, least), most))
                self.ignore(name, texts[0], reason, hint)
            else:
                self.ignore(name, texts[0], " ".join(error.messages))
        for text in texts[1:]:
            reason = "is a second value; this parameter takes one"
            self.ignore(name, text, reason, "".join(good))
        return good

    def ignore(self, name: str, text: str, reason: str, *suggestions: str) -> None:
        useful = tuple(one for one in suggestions if one)
        self.ignored.append(Ignored(name[:60], text[:200], reason, useful))

    def address(
        self,
        drop: tuple[str, str] | None = None,
        add: tuple[str, str] | None = None,
        **changes: str | None,
    ) -> str:
        """The query of the same page with changes; `None` removes a parameter.

        Without `page` among the changes the first page is meant. `drop` removes one value, `add`
        puts one to those of a parameter that has several.
        """
        pairs = []
        added, *_ = add or ("",)
        for name in self.fields:
            if name in changes:
                if changes[name] is not None:
                    pairs.append((name, str(changes[name])))
            elif name != "page" and (name in self.data or name == added):
                pairs += [(name, text) for text in self.data.getlist(name) if (name, text) != drop]
                pairs += [add] if add and name == added else []
        return "?" + urlencode(pairs) if pairs else ""

    def instead(self, one: Ignored, suggestion: str = "") -> str:
        """The query with an ignored value in a suggested form; empty if that changes nothing.

        The suggestion for an unknown parameter is another name, that for a value may be a piece
        of a query ("data-engineer&seniority=senior").
        """
        suggestion = suggestion or one.suggestion
        if not suggestion or (one.name, suggestion) == ("page", "1"):
            return ""
        pairs = self._pairs(one, suggestion)
        data = self.data.copy()
        data.pop("page", None)
        for name, value in pairs:
            if name not in self.fields:
                return ""
            if not isinstance(self.fields[name], ManyField):
                data[name] = value
            elif value not in data.getlist(name):
                data.appendlist(name, value)
        if data == self.data:
            return ""
        return "?" + urlencode([(name, one) for name in self.fields for one in data.getlist(name)])

    def _pairs(self, one: Ignored, suggestion: str) -> list[tuple[str, str]]:
        known = one.name in self.fields
        return parse_qsl(f"{one.name}={suggestion}") if known else [(suggestion, one.value)]

    def ways_to_mend(self, one: Ignored) -> list[tuple[str, str]]:
        """Each suggested form of an ignored value, in words, with the query that has it, where it
        differs; one statement for each parameter that they are of."""
        ways = [(self._pairs(one, text), self.instead(one, text)) for text in one.suggestions]
        pairs = [pair for some, query in ways if query for pair in some]
        texts: dict[str, list[str]] = {}
        for name, text in pairs:
            texts.setdefault(name, []).append(text)
        words = {name: words_of(self.fields[name], some) for name, some in texts.items()}
        said = {(name, text): words[name].get(text, text) for name, text in pairs}
        if one.name not in self.fields:
            said = {(name, text): f"{self.label(name)}: {said[name, text]}" for name, text in pairs}
        return [("; ".join(said[pair] for pair in some), query) for some, query in ways if query]

    def label(self, name: str) -> str:
        """What a page calls a parameter; empty where it has no such field."""
        return str(self.fields[name].label or "") if name in self.fields else ""


def words_of(field: forms.Field, texts: Sequence[str]) -> dict[str, str]:
    """Values of a field in words, as far as it has some."""
    if isinstance(values := getattr(field, "values", None), Choices):
        return values.words(texts)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return {str(value): str(words) for value, words in choices}
    if isinstance(field, forms.IntegerField):
        return {text: f"{int(text):,}" for text in texts if text.isdecimal() and len(text) > 4}
    return {}


class Parameters(Sieve):
    """The parameters of a page that has no list filter, with their `values`."""

    def __init__(self, query: QueryDict, **fields: forms.Field) -> None:
        self.fields = fields
        self.sieve(query)
        self.values = {
            name: field.clean(
                self.data.getlist(name) if isinstance(field, ManyField) else self.data[name]
            )
            for name, field in fields.items()
            if name in self.data
        }
