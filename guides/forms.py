"""What readers may ask of the pages of guides, and what is left out and named."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import QueryDict

from guides.models import Role


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter that an address carries and that was left out, with the reason."""

    name: str
    reason: str


def ignored(
    query: QueryDict, known: Mapping[str, str] | frozenset[str], errors: Mapping[str, str]
) -> list[Ignored]:
    """The unknown parameters, second values and impossible values of an address, each once."""
    found = []
    for name, values in query.lists():
        if name not in known:
            found.append(Ignored(name, f"“{name[:60]}” means nothing here."))
        elif name in errors:
            found.append(Ignored(name, errors[name]))
        elif len(values) > 1:
            found.append(Ignored(name, f"“{name}” can have one value; the first one is used."))
    return found


def first_values(query: QueryDict) -> dict[str, str]:
    return {name: values[0] for name, values in query.lists() if values}


class RoleChoice(forms.ModelChoiceField):
    """A role by its slug."""

    def __init__(self, label: str) -> None:
        super().__init__(
            Role.objects.all(),
            label=label,
            to_field_name="slug",
            required=False,
            empty_label="Choose a role",
            error_messages={"invalid_choice": "There is no role with this name."},
        )


class ComparePick(forms.Form):
    """Two roles to compare."""

    a = RoleChoice("First role")
    b = RoleChoice("Second role")


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=settings.BOARD["PAGE_LIMIT"], required=False)


class GuideFilter(PageForm):
    role = RoleChoice("Role")
