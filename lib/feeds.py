"""Atom: documents that no text can break, the same for the same list."""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

# XML 1.0 has no way to write these characters, not even escaped.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Atom(Atom1Feed):
    """An Atom document; every text may hold any character. An empty one is of 1970, not of now.

    `next_url` is the address of what comes behind its last entry.
    """

    def __init__(self, **said: Any) -> None:
        super().__init__(**_writable(said))

    def add_item(self, **said: Any) -> None:  # type: ignore[override]
        super().add_item(**_writable(said))

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed.get("next_url"):
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def latest_post_date(self) -> datetime:
        return max(
            (item["updateddate"] for item in self.items),
            default=datetime(1970, 1, 1, tzinfo=UTC),
        )


def _writable(said: dict[str, Any]) -> dict[str, Any]:
    return {name: _made_writable(value) for name, value in said.items()}


def _made_writable(value: Any) -> Any:
    if isinstance(value, list):
        return [_made_writable(one) for one in value]
    return writable(value) if isinstance(value, str) else value
