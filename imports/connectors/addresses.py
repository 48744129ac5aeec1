"""Names of boards in addresses, and addresses from names of boards."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

_NAME = re.compile(r"[^\W_][\w .&'+-]{0,99}")


def path_of(url: str) -> tuple[str, list[str]]:
    """Host and unquoted parts of the path of a web address; ('', []) for anything else."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return "", []
    if parts.scheme not in ("http", "https"):
        return "", []
    return host.lower().rstrip("."), [unquote(part) for part in parts.path.split("/") if part]


def board_name(parts: Sequence[str]) -> str | None:
    """The first part when it can be the name of a board."""
    return parts[0] if parts and _NAME.fullmatch(parts[0]) else None


def checked_board(board: str) -> str:
    """A board's name as it goes into a path; `ValueError` for what is none."""
    if not _NAME.fullmatch(board):
        raise ValueError(f"{board[:100]!r} is not the name of a board")
    return quote(board, safe="")
