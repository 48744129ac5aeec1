"""Skills, roles and guides as a folder: skills.yaml, roles/<slug>.md, guides/<slug>.md, images/.

The one reader of such a folder, and the one place that says which file is whose and what is in
it. `load_content` ships one, `export_guides` writes one, `import_guides` takes one in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from guides import imagefiles, textform
from guides.imagefiles import FolderImage
from guides.models import Guide, Role, Skill
from guides.revisions import PublishError
from guides.skilltext import SkillText, dump_skills, parse_skills
from guides.textform import TextFormError

SKILLS, ROLES, GUIDES = "skills.yaml", "roles", "guides"

T = TypeVar("T", textform.RoleText, textform.GuideText)


class ContentError(Exception):
    """A file that cannot be taken in; says which, and the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(frozen=True, slots=True)
class Content:
    """What a folder holds. Roles come before their views, so that each can be applied in turn."""

    skills_path: Path
    skills: tuple[SkillText, ...]
    roles: tuple[tuple[Path, textform.RoleText], ...]
    guides: tuple[tuple[Path, textform.GuideText], ...]
    images: Mapping[str, FolderImage]


def is_content(directory: Path) -> bool:
    """Whether the folder has anything that `read` would read."""
    return (directory / SKILLS).exists() or any(
        any((directory / folder).glob("*.md")) for folder in (ROLES, GUIDES)
    )


def read(directory: Path) -> Content:
    """Everything in the folder. Raises ContentError with the file and line of what is wrong."""
    roles = _read(directory / ROLES, textform.parse_role)
    guides = _read(directory / GUIDES, textform.parse)
    images: dict[str, FolderImage] = {}
    for path, text in guides:
        with naming(path):
            images |= imagefiles.read(directory, text)
    return Content(
        skills_path=directory / SKILLS,
        skills=_read_skills(directory / SKILLS),
        roles=tuple(sorted(roles, key=lambda item: bool(item[1].base))),
        guides=tuple(guides),
        images=images,
    )


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an error of a text say which file it is in."""
    try:
        yield
    except TextFormError as error:
        raise ContentError(path, error.line, error.reason) from error
    except PublishError as error:
        raise ContentError(path, 1, str(error)) from error
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, "the file is not UTF-8") from error
    except OSError as error:
        raise ContentError(path, 1, f"the file cannot be read: {error.strerror}") from error


def store_images(content: Content) -> None:
    """Put the images of the folder where the board shows them. Raises ContentError."""
    for path, text in content.guides:
        with naming(path):
            imagefiles.store(text.images, content.images, text.lines.get("images", 1))


def stored() -> dict[str, str]:
    """The texts of the whole database as files: the path in the folder to its canonical text.

    Raises TextFormError, with the name of the row in its reason, for what no file could give
    back.
    """
    files = {SKILLS: _reading_back("The list of skills", dump_skills(Skill.objects.all()),
                                   lambda text: dump_skills(parse_skills(text)))}  # fmt: skip
    roles = Role.objects.select_related("base").order_by("slug")
    for role, stem in _stems(roles):
        text = _dumped(f"The role “{role}”", role, textform.dump_role, textform.parse_role)
        files[f"{ROLES}/{stem}.md"] = text
    for guide, stem in _stems(Guide.objects.order_by("slug")):
        text = _dumped(f"The guide “{guide}”", guide, textform.dump, textform.parse)
        files[f"{GUIDES}/{stem}.md"] = text
    return files


def _stems(rows: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Each row with a file name of its own, even where a file system takes “A” for “a”."""
    taken: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: row.slug):
        folded = row.slug.casefold()
        taken[folded] += 1
        # A slug has no dot, so this name is nobody else's.
        yield row, row.slug if taken[folded] == 1 else f"{row.slug}.{taken[folded]}"


def _dumped(name: str, row: Any, dump: Callable[[Any], str], parse: Callable[[str], Any]) -> str:
    try:
        text = dump(row)
    except TextFormError as error:
        raise TextFormError(error.line, f"{name} cannot be written: {error.reason}") from error
    return _reading_back(name, text, lambda text: dump(parse(text)))


def _reading_back(name: str, text: str, again: Callable[[str], str]) -> str:
    try:
        same = again(text) == text
    except TextFormError as error:
        raise TextFormError(error.line, f"{name} could not be read back: {error.reason}") from error
    if not same:
        raise TextFormError(1, f"{name} would be read back as another text")
    return text


def _read(directory: Path, parse: Callable[[str], T]) -> list[tuple[Path, T]]:
    found: dict[str, tuple[Path, T]] = {}
    for path in sorted(directory.glob("*.md")):
        with naming(path):
            text = parse(path.read_text("utf-8"))
            if earlier := found.get(text.slug):
                raise TextFormError(
                    text.lines["slug"], f"{earlier[0].name} has the slug “{text.slug}” already"
                )
            found[text.slug] = path, text
    return list(found.values())


def _read_skills(path: Path) -> tuple[SkillText, ...]:
    with naming(path):
        return parse_skills(path.read_text("utf-8")) if path.exists() else ()
