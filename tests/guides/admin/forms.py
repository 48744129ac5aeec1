"""Admin forms as a browser sends them back, and what a page says."""

import re
from typing import Any

import html5lib


def filled(client, address: str) -> dict[str, Any]:
    """The fields of an admin form as a browser would send them back."""
    response = client.get(address)
    assert response.status_code == 200
    return fields_of(response)


def fields_of(response) -> dict[str, Any]:
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(f for f in tree.iter("form") if f.get("id", "").endswith("_form"))
    data: dict[str, Any] = {}
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("type") in ("submit", "checkbox"):
            continue
        if field.tag == "input":
            data[name] = field.get("value", "")
        elif field.tag == "textarea":
            data[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [o.get("value") for o in field.iter("option") if "selected" in o.attrib]
            data[name] = chosen if "multiple" in field.attrib else (chosen or [""])[0]
    return data


def change(owner) -> str:
    return f"/admin/guides/{owner._meta.model_name}/{owner.pk}/change/"


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
