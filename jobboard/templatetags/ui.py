"""Small tags of the page that belong to no app; built into every template."""

from datetime import datetime
from typing import Any

from django import template
from django.template.defaultfilters import pluralize
from django.utils import timezone

register = template.Library()


@register.filter
def age(moment: datetime) -> str:
    """`today`, `yesterday`, `12 days ago`, `3 months ago`: how old a posting is, at a glance."""
    days = (timezone.now() - moment).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 60:
        return f"{days} days ago"
    months = days // 30
    return (
        f"{months} months ago" if months < 24 else f"{days // 365} year{pluralize(days // 365)} ago"
    )


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)
