from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from extraction.kinds import KINDS
from jobs.vocabulary import vocabularies
from lib.jsonin import JsonRefused, loads


class Command(BaseCommand):
    """Read one JSON object a line from standard input, answer one a line, in the same order.

    A line that is no JSON object is answered `{"error": …}` on its own line, so that the order
    holds, and the command ends with exit 1 after the last line.
    """

    help = "What the board reads in a text: " + ", ".join(KINDS) + "."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))

    def handle(self, *args: Any, **options: Any) -> None:
        answer = KINDS[options["kind"]]
        known = vocabularies()
        bad = 0
        for line in sys.stdin.buffer:
            if not line.strip():
                continue
            try:
                asked = loads(line, max_bytes=settings.BOARD["FEED_BYTES"])
                if not isinstance(asked, dict):
                    raise JsonRefused("the line is no JSON object")
                said = answer(asked, known)
            except (JsonRefused, ValueError) as error:
                bad += 1
                said = {"error": str(error)}
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if bad:
            raise CommandError(f"{bad} lines could not be read.")
