from typing import Any

from django.db import migrations

from lib import fulltext

TABLE = "jobs_textindex"


def create_finders(apps: Any, schema_editor: Any) -> None:
    fulltext.create_finders(schema_editor, TABLE)


def drop_finders(apps: Any, schema_editor: Any) -> None:
    fulltext.drop_finders(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0011_title_index")]

    operations = [migrations.RunPython(create_finders, drop_finders)]
