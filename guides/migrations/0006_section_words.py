from django.db import migrations, models

from lib.text import count_words


def count(apps, schema_editor):
    rows = apps.get_model("guides", "Section").objects.using(schema_editor.connection.alias)
    for section in rows.exclude(body="").iterator():
        try:
            section.words = count_words(section.body)
        except ValueError:
            continue
        section.save(update_fields=["words"])


class Migration(migrations.Migration):

    dependencies = [
        ("guides", "0005_comment_resolved_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="words",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
