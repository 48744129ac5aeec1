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


def name_under(host: str, parent: str) -> str | None:
    """The account whose host it is: "acme" of acme.recruitee.com under recruitee.com."""
    account = host.removesuffix(f".{parent}")
    taken = {"www", "app", "api", "help", "support", "blog", "careers", "jobs", "docs"}
    is_account = account != host and "." not in account and account not in taken
    return account if is_account and _NAME.fullmatch(account) else None


def checked_host(board: str, parent: str) -> str:
    """The host of a board: an account under `parent`, or a host of the employer's own, which has
    a point in it; `ValueError` for what is neither."""
    if "." not in board and re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9-]{0,62}", board):
        return f"{board}.{parent}"
    label = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    if "." in board and len(board) <= 253 and re.fullmatch(rf"(?:{label}\.)+{label}", board):
        return board
    raise ValueError(f"{board[:100]!r} is not the name of a board")
