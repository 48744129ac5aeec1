"""Files that a person names at a command."""

from pathlib import Path

from django.core.management import CommandError


def given(path: Path, most: int) -> bytes:
    """The file, or one byte more than `most` of a larger one, which its reader will refuse.

    Raises CommandError, with the reason, for what cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
