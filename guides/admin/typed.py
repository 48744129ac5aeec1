"""What a bound form with its inlines holds, for those who compare it before it is saved."""

from typing import Any

from guides import textform


def typed_rows(formset: Any) -> list[dict[str, Any]]:
    """What the rows of a bound formset hold, without those that are empty or to be deleted."""
    rows = [getattr(form, "cleaned_data", None) or {} for form in formset.forms]
    return [row for row in rows if row and not row.get("DELETE")]


def rows_in_order(formsets: list[Any]) -> dict[Any, list[dict[str, Any]]]:
    """For each model of a form's inlines what its rows hold, in their order where they have one."""
    return {
        formset.model: sorted(typed_rows(formset), key=lambda row: row.get("order") or 0)
        for formset in formsets
    }


def shown(dump: Any, form: Any) -> str:
    """The text form, or, for what has none, the fields as they were typed."""
    try:
        return str(dump())
    except textform.TextFormError:
        return "\n".join(f"{name}: {form[name].value() or ''}" for name in form.fields)
