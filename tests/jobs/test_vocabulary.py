"""The names that texts are read by are those that the board has now."""

from jobs.vocabulary import vocabularies
from tests.factories import RoleFactory, SkillFactory


def test_a_name_that_was_added_is_known_at_once(db):
    role, skill = RoleFactory(name="Gardener"), SkillFactory(name="Pruning")
    assert not vocabularies().roles.extract("Rosarian")
    role.aliases, skill.aliases = ["Rosarian"], ["Secateurs"]
    role.save()
    skill.save()
    assert vocabularies().roles.extract("Rosarian").role == role.slug
    assert list(vocabularies().skills.extract("Secateurs").skills) == [skill.slug]


def test_names_that_stay_are_learned_once(db):
    RoleFactory()
    assert vocabularies() is vocabularies()
