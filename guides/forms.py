"""What readers may ask of the pages of guides beside their list: see guides.filters for that."""

from django import forms

from guides.models import Role


class RoleChoice(forms.ModelChoiceField):
    """A role by its slug."""

    def __init__(self, label: str) -> None:
        super().__init__(Role.objects.all(), label=label, to_field_name="slug", required=False)
