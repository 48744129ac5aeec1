from typing import Any

from django.db import migrations

from lib import fulltext

TABLE = "jobs_textindex"


def index_titles(apps: Any, schema_editor: Any) -> None:
    fulltext.index_titles(schema_editor, TABLE)


def drop_titles(apps: Any, schema_editor: Any) -> None:
    fulltext.drop_titles(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0010_closed_lately_covered")]

    operations = [migrations.RunPython(index_titles, drop_titles)]
