import html

import pytest

from guides.models import Guide, Role, Skill, Topic
from tests.factories import GuideFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Guide, Role, Skill, Topic])
def test_every_field_has_help_in_words_beside_it(operator, model):
    owner = {
        Guide: GuideFactory,
        Role: RoleFactory,
        Skill: SkillFactory,
        Topic: lambda: Topic.objects.create(name="A", slug="a"),
    }[model]()
    address = f"/admin/guides/{model._meta.model_name}/{owner.pk}/change/"
    response = operator.get(address)
    page = html.unescape(response.content.decode())
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms.append(inline.formset.empty_form)
    silent = [
        f"{type(form).__name__}: {name}"
        for form in forms
        for name, field in form.fields.items()
        if not field.widget.is_hidden and name not in ("DELETE", "id")
        # The stock form prints help as HTML, and a <slug> in it would be a tag.
        if not field.help_text or "<" in field.help_text or f">{field.help_text}<" not in page
    ]
    assert silent == []
