"""Links to drafts: signed, so that they can be passed on, and short-lived."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from guides import textform
from guides.models import Guide
from guides.revisions import images_of, render_guide

LASTS = timedelta(days=7)
SALT = "guides.preview"


def address(guide: Guide) -> str:
    """Where the working copy of a stored guide can be read for a week, without a log-in."""
    return reverse("guides:preview", args=[signing.dumps(guide.pk, salt=SALT)])


def read(token: str) -> int:
    """The guide's id. Raises signing.BadSignature, or its SignatureExpired."""
    return int(signing.loads(token, salt=SALT, max_age=LASTS))


def rendered(guide: Guide) -> dict[str, Any]:
    """The working copy as a published revision would render it. Raises TextFormError."""
    return render_guide(textform.parse(textform.dump(guide)), images_of(guide))
