from typing import Any

from django.db import migrations

from lib import fulltext

TABLE = "guides_guideindex"


def create_finders(apps: Any, schema_editor: Any) -> None:
    fulltext.create_finders(schema_editor, TABLE)


def drop_finders(apps: Any, schema_editor: Any) -> None:
    fulltext.drop_finders(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("guides", "0007_guideimage")]

    operations = [migrations.RunPython(create_finders, drop_finders)]
