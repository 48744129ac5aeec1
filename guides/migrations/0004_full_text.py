import django.db.models.deletion
from django.db import migrations, models

import lib.textindex
from guides import index
from lib import textindex

TABLES = ("guides_guideindex", "guides_roleindex")


def create(apps, schema_editor):
    for table in TABLES:
        textindex.create(schema_editor, table)


def drop(apps, schema_editor):
    for table in TABLES:
        textindex.drop(schema_editor, table)


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    revisions = apps.get_model("guides", "Revision").objects.using(using)
    published = revisions.filter(effective_at__isnull=False).prefetch_related("roles", "topics")
    textindex.write(using, TABLES[0], map(index.revision_entry, published))
    roles = apps.get_model("guides", "Role").objects.using(using).prefetch_related("terms__skill")
    textindex.write(using, TABLES[1], map(index.role_entry, roles))


def index_model(name, field, target, table):
    key = models.OneToOneField(
        db_column="rowid",
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        primary_key=True,
        related_name="indexed",
        serialize=False,
        to=target,
    )
    return migrations.CreateModel(
        name=name,
        fields=[(field, key), ("match", lib.textindex.MatchField(db_column=table))],
        options={"db_table": table, "managed": False},
    )


class Migration(migrations.Migration):
    """The full text of guides and roles, filled from what is stored."""

    dependencies = [("guides", "0003_stamp")]

    operations = [
        index_model("GuideIndex", "revision", "guides.revision", TABLES[0]),
        index_model("RoleIndex", "role", "guides.role", TABLES[1]),
        migrations.RunPython(create, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
