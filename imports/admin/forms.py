from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify

from imports.models import Source
from jobs.models.writing import free_slug


class AddressForm(forms.Form):
    """Where the operator begins: one address, of a board or of a page that leads to one."""

    address = forms.CharField(
        max_length=1_000,
        label="Careers address",
        help_text="Of the company's board, of its careers page, or of any page that states its "
        "postings.",
        widget=forms.TextInput(
            attrs={
                "class": "vTextField",
                "inputmode": "url",
                "autocomplete": "off",
                "spellcheck": "false",
                "aria-describedby": "id_address_helptext",
            }
        ),
    )


class NewSourceForm(forms.ModelForm):
    """A board that was recognised, with what a person decides about it."""

    class Meta:
        model = Source
        fields = ("system", "board", "address", "company_name", "rule", "every_hours")
        widgets = {
            "system": forms.HiddenInput,
            "board": forms.HiddenInput,
            "address": forms.HiddenInput,
        }

    def save(self, commit: bool = True) -> Any:
        source = self.instance
        source.slug = free_slug(Source, f"{source.system}-{slugify(source.board)[:80] or 'board'}")
        return super().save(commit)
