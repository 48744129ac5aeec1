from django.db import migrations

from lib import textindex

TABLE = "jobs_textindex"


def create(apps, schema_editor):
    textindex.create(schema_editor, TABLE)


def drop(apps, schema_editor):
    textindex.drop(schema_editor, TABLE)


class Migration(migrations.Migration):
    """The full text table: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

    dependencies = [("jobs", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
