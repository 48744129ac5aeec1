"""Roles, skills and guides. PublishedGuideFactory is what readers can see."""

from datetime import date
from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from guides.models import (
    CareerStep,
    Claim,
    Comment,
    Guide,
    GuideImage,
    GuideRole,
    Role,
    RoleTerm,
    Section,
    Skill,
    Source,
    Topic,
)
from guides.revisions import publish


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"Skill {n}")
    slug = factory.Sequence(lambda n: f"skill-{n}")
    kind = Skill.Kind.TOOL


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    name = factory.Sequence(lambda n: f"Role {n}")
    slug = factory.Sequence(lambda n: f"role-{n}")
    summary = "What people in this role do."


class ViewFactory(RoleFactory):
    """A view of a role at senior level."""

    base = factory.SubFactory(RoleFactory)
    seniority = "senior"


class RoleTermFactory(DjangoModelFactory):
    """A required skill; pass skill=None, aspect and name for education and industries."""

    class Meta:
        model = RoleTerm

    role = factory.SubFactory(RoleFactory)
    aspect = "skills"
    skill = factory.SubFactory(SkillFactory)
    weight = 2


class CareerStepFactory(DjangoModelFactory):
    class Meta:
        model = CareerStep

    role = factory.SubFactory(RoleFactory)
    to = factory.SubFactory(RoleFactory)
    text = "Do the work of the next role once."


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    heading = factory.Sequence(lambda n: f"Section {n}")
    body = "Some words about the role."


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"source-{n}")
    title = "A survey of the trade"
    publisher = "An office of statistics"
    url = "https://statistics.example.org/survey"
    accessed = date(2026, 11, 1)


class ClaimFactory(DjangoModelFactory):
    """A claim with a source of the same guide, without which it is not published."""

    class Meta:
        model = Claim

    source = factory.SubFactory(SourceFactory, guide=factory.SelfAttribute("..guide"))
    key = factory.Sequence(lambda n: f"claim-{n}")
    text = "Three in four do so."


class GuideImageFactory(DjangoModelFactory):
    """An image whose file is not there."""

    class Meta:
        model = GuideImage

    key = factory.Sequence(lambda n: f"image-{n}")
    file = factory.Sequence(lambda n: f"guides/{n:032x}.png")
    alt = "Two bars, the left one higher."
    width = 640
    height = 480


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    text = factory.Sequence(lambda n: f"Remark {n}.")


class GuideFactory(DjangoModelFactory):
    """A draft with one section about one role; `about` names other roles, in order."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Guide {n}")
    slug = factory.Sequence(lambda n: f"guide-{n}")
    summary = "The answer first."
    author = "The editors"

    @factory.post_generation
    def about(self: Any, create: bool, roles: Any, **kwargs: Any) -> None:
        for order, role in enumerate(roles if roles is not None else [RoleFactory()]):
            GuideRole.objects.create(guide=self, role=role, order=order)

    @factory.post_generation
    def section(self: Any, create: bool, body: Any, **kwargs: Any) -> None:
        SectionFactory(guide=self, body=body or "Some words about the role.")

    @factory.post_generation
    def topics(self: Any, create: bool, names: Any, **kwargs: Any) -> None:
        """`topics=["Pay"]` by name, made where missing."""
        for name in names or ():
            topic, _ = Topic.objects.get_or_create(name=name, slug=slugify(name))
            self.topics.add(topic)


class PublishedGuideFactory(GuideFactory):
    """Public since `at` (now)."""

    class Meta:
        skip_postgeneration_save = True

    @factory.post_generation
    def at(self: Any, create: bool, at: Any, **kwargs: Any) -> None:
        publish(self, at=at)
