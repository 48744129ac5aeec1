from django.db import migrations, models

from lib.text import plain

BATCH = 500


def fill(apps, schema_editor):
    rows = apps.get_model("jobs", "Posting").objects.using(schema_editor.connection.alias)
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk").only("description_html")[:BATCH]):
        last = found[-1].pk
        for posting in found:
            posting.description_text = plain(posting.description_html)
        rows.bulk_update(found, ["description_text"])


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_columns")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="description_text",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
