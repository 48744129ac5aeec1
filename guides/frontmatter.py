"""The strict YAML of our text forms: mappings, lists and strings, each with its line.

Every scalar is read as the string that was written, so `No` and `1.10` stay what they are. What
could surprise is refused: anchors and aliases, tags, a key that is there twice, control
characters.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NoReturn

import yaml
from django.core.exceptions import ValidationError
from django.db.models import Field

from lib.text import CONTROLS

# Of a whole text, for sixty sections as long as a section can be; YAML is read far more slowly.
CHARACTERS, FRONT_CHARACTERS = 4_000_000, 400_000


class TextFormError(ValueError):
    """What is wrong with a text form, and where: `line` counts from 1 in the whole file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


# --- reading ----------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise TextFormError(event.start_mark.line + 1, "anchors and aliases are not read here")
        # A plain scalar has no tag of its own, a quoted one the tag "!".
        if getattr(event, "tag", None) not in (None, "!"):
            raise TextFormError(event.start_mark.line + 1, "tags (!!…) are not read here")
        return super().compose_node(parent, index)


def split(text: str) -> tuple[str, str, int]:
    """(front matter, body, line of the body's first line, counted from 1) of a whole file."""
    if len(text) > CHARACTERS:
        raise TextFormError(1, f"the text is too long: {CHARACTERS} characters are the most")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise TextFormError(line, f"the character {found[0]!r} cannot be part of a text")
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise TextFormError(1, "the text must begin with a line of three hyphens (---)")
    for number, content in enumerate(lines[1:], start=1):
        if content.rstrip() == "---":
            front = "\n".join(lines[1:number])
            if len(front) > FRONT_CHARACTERS:
                raise TextFormError(
                    1, f"the front matter is too long: {FRONT_CHARACTERS} characters are the most"
                )
            return front, "\n".join(lines[number + 1 :]), number + 2
    raise TextFormError(len(lines), "the front matter has no end: a line of three hyphens (---)")


def compose(text: str, first_line: int) -> yaml.Node | None:
    """The node tree of a YAML text whose first line is `first_line` of its file."""
    try:
        return yaml.compose(text, Loader=_Loader)
    except TextFormError as error:
        raise TextFormError(error.line + first_line - 1, error.reason) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise TextFormError(line + first_line, f"not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise TextFormError(first_line, "not valid YAML") from None


class Fields:
    """A mapping of the front matter, taken apart field by field; `done` refuses what is left."""

    def __init__(self, node: yaml.Node | None, first_line: int, what: str) -> None:
        self.first_line, self.what = first_line, what
        self.line = first_line + (node.start_mark.line if node else 0)
        self.nodes: dict[str, yaml.Node] = {}
        self.lines: dict[str, int] = {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse("", f"{what} must be written as name: value")
        for key, value in node.value:
            line = first_line + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise TextFormError(line, "a name must be a plain word")
            if key.value in self.nodes:
                raise TextFormError(line, f"“{key.value}” is there twice")
            self.nodes[key.value] = value
            self.lines[key.value] = line
        self._left = set(self.nodes)

    def refuse(self, name: str, reason: str) -> NoReturn:
        raise TextFormError(self.lines.get(name, self.line), reason)

    def done(self) -> None:
        for name in self.nodes:
            if name in self._left:
                self.refuse(name, f"{self.what} has no field “{name}”")

    def text(self, name: str, field: "Field[Any, Any] | None" = None, lines: bool = False) -> str:
        """A string, validated by a model's `field`; required unless that may be blank."""
        node = self._take(name)
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.refuse(name, f"“{name}” must be one value")
        value = prose(node.value) if node and lines else one_line(node.value) if node else ""
        if field is not None and (value or not field.blank):
            self.check(name, value, field)
        return value

    def check(self, name: str, value: str, field: "Field[Any, Any]") -> None:
        try:
            field.clean(value, None)
        except ValidationError as error:
            reason = "is missing" if not value else " ".join(error.messages)
            self.refuse(name, f"“{name}” {reason}" if not value else f"“{name}”: {reason}")

    def date(self, name: str, required: bool = False) -> date | None:
        if value := self.text(name):
            try:
                return parse_date(value)
            except ValueError:
                self.refuse(name, f"“{name}” must be a date like 2026-11-23, not {value!r}")
        if required:
            self.refuse(name, f"“{name}” is missing in {self.what}")
        return None

    def strings(self, name: str) -> list[str]:
        node = self._take(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(item, yaml.ScalarNode) for item in node.value
        ):
            self.refuse(name, f"“{name}” must be a list like [one, two]")
        values = [one_line(item.value) for item in node.value]
        if not all(values):
            self.refuse(name, f"“{name}” has an empty item")
        if len({value.casefold() for value in values}) < len(values):
            self.refuse(name, f"“{name}” has an item twice")
        return values

    def mappings(self, name: str, what: str) -> Iterator["Fields"]:
        node = self._take(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(name, f"“{name}” must be a list of {what} entries, each with a hyphen")
        for item in node.value:
            yield Fields(item, self.first_line, what)

    def pairs(self, name: str) -> list[tuple[str, str]]:
        node = self._take(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return []
        inner = Fields(node, self.first_line, f"“{name}”")
        return [(one_line(key), inner.text(key)) for key in inner.nodes]

    def _take(self, name: str) -> yaml.Node | None:
        self._left.discard(name)
        return self.nodes.get(name)


def parse_date(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError(value)
    return date.fromisoformat(value)


def one_line(value: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", value).strip()


def prose(value: str) -> str:
    """Several lines without blank ones around them, or '' for nothing but white space."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value.strip("\n") if value.strip() else ""


# --- writing ----------------------------------------------------------------------------------


class Inline(list[str]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent(dumper: _Dumper, value: str) -> yaml.Node:
    # YAML takes these for line ends and reads them back as such, unless they are escaped.
    breaks = any(character in value for character in "\x85\u2028\u2029\ufeff")
    style = '"' if breaks else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent)
_inline: Callable[[_Dumper, Inline], yaml.Node] = lambda dumper, value: (  # noqa: E731
    dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
)
_Dumper.add_representer(Inline, _inline)


class _InlineMapping(dict[str, Any]):
    """A mapping that is written on one line."""


_inline_mapping: Callable[[_Dumper, _InlineMapping], yaml.Node] = lambda dumper, value: (  # noqa: E731
    dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)
_Dumper.add_representer(_InlineMapping, _inline_mapping)


def emit(fields: dict[str, Any]) -> str:
    """Front matter with its two lines of hyphens, one field a line, in the order given."""
    return f"---\n{_dump(fields)}---\n"


def emit_rows(rows: Iterable[dict[str, Any]]) -> str:
    """A list of mappings, one a line, in the order given."""
    return _dump([_InlineMapping(row) for row in rows])


def _dump(data: Any) -> str:
    return yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,
    )
