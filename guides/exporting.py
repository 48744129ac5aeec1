"""The skills, roles and guides of this board, written into a folder that import_guides reads."""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction

from guides import contentfiles, imagefiles
from guides.contentfiles import GUIDES, ROLES, SKILLS
from guides.imagefiles import FOLDER
from guides.textform import IMAGE_FILE, TextFormError

LIST = "exported.txt"
HEADING = "# Written by export_guides: the next export replaces or removes these files."
OURS = re.compile(
    rf"{re.escape(SKILLS)}|(?:{ROLES}|{GUIDES})/[A-Za-z0-9_][A-Za-z0-9_.-]*\.md"
    rf"|{FOLDER}/{IMAGE_FILE.pattern}"
)


class ExportError(Exception):
    """Why nothing was written, as a sentence."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by what became of them. `foreign` ones would be imported, yet are not of an export."""

    written: list[str]
    unchanged: list[str]
    removed: list[str]
    foreign: list[str]


def export(directory: Path, *, force: bool = False) -> Exported:
    """Write everything into `directory`, made if it is missing; the same rows give the same bytes.

    Files of an earlier export that no row gives any more are removed, and no others. A file is
    there whole or not at all, and a kill anywhere leaves a folder that the next export
    completes. Raises ExportError before anything is written.
    """
    try:
        with _snapshot():
            files: dict[str, bytes] = {
                name: text.encode() for name, text in contentfiles.stored().items()
            }
            images = imagefiles.stored()
    except TextFormError as error:
        raise ExportError(f"{error.reason}. Mend it in the admin first.") from error
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _alone(directory):
            return _write(directory, files | _bytes(images), force)
    except OSError as error:
        raise ExportError(f"{error.filename or directory}: {error.strerror}.") from error


def _bytes(images: dict[str, str]) -> dict[str, bytes]:
    found = {}
    for name, stored in images.items():
        try:
            with default_storage.open(stored) as file:
                found[name] = file.read()
        except FileNotFoundError:
            raise ExportError(
                f"The file of the image {name} is missing from the board's media ({stored}). "
                "Upload the image again, or delete it from its guide."
            ) from None
    return found


def _write(directory: Path, files: dict[str, bytes], force: bool) -> Exported:
    earlier = _listed(directory)
    if earlier is None and not force and any(directory.iterdir()):
        raise ExportError(
            f"{directory} is not empty and holds no earlier export ({LIST}). Name another folder, "
            "or add --force to write into this one; what else is in it stays."
        )
    for folder in {ROLES, GUIDES, *(name.partition("/")[0] for name in files if "/" in name)}:
        (directory / folder).mkdir(exist_ok=True)
    stale = sorted((earlier or set()) - files.keys())
    # Until the end the list names the old and the new files, so a kill loses track of none.
    _put(directory / LIST, _list(files.keys() | set(stale)))
    outcome = Exported([], [], [], [])
    for name, data in files.items():
        changed = _put(directory / name, data)
        (outcome.written if changed else outcome.unchanged).append(name)
    for name in stale:
        if (directory / name).exists():
            (directory / name).unlink()
            outcome.removed.append(name)
    _put(directory / LIST, _list(files))
    present = {path.relative_to(directory).as_posix() for path in directory.glob("*/*.md")}
    outcome.foreign.extend(
        sorted(name for name in present - files.keys() if name.startswith((ROLES, GUIDES)))
    )
    return outcome


def _put(path: Path, data: bytes) -> bool:
    """Let the file hold the data; False if it did already."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    aside = path.with_name(f".{path.name}.part")
    aside.unlink(missing_ok=True)
    with aside.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    return True


def _list(names: Iterable[str]) -> bytes:
    return "\n".join([HEADING, *sorted(names), ""]).encode()


def _listed(directory: Path) -> set[str] | None:
    """The files of an earlier export, and only those that an export could have written."""
    path = directory / LIST
    if not path.is_file():
        return None
    lines = path.read_text("utf-8", "replace").splitlines()
    if not lines or lines[0] != HEADING:
        return None
    return {line for line in lines[1:] if OURS.fullmatch(line)}


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Wait until no other export writes into the folder."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _snapshot() -> Iterator[None]:
    """All statements see the board of one instant."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
