from django.db import migrations, models

from jobs import index
from lib import fulltext
from lib.text import plain

BATCH = 500


def fill(apps, schema_editor):
    """The text of each description, and the full text anew, which now has marks."""
    using = schema_editor.connection.alias
    Posting = apps.get_model("jobs", "Posting")
    rows = Posting.objects.using(using)
    last = 0
    while ids := list(rows.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        found = list(rows.filter(pk__in=ids).only("pk", "description_html"))
        for posting in found:
            posting.description_text = plain(posting.description_html)
        rows.bulk_update(found, ["description_text"])
        live = rows.filter(pk__in=ids, live__isnull=False)
        whole = live.select_related("company", "role").prefetch_related("places", "skills")
        fulltext.write(using, "jobs_textindex", map(index.text_row, whole))


class Migration(migrations.Migration):
    dependencies = [("guides", "0008_marks"), ("jobs", "0003_live_version_and_instants")]

    operations = [
        migrations.AddField(
            model_name="posting",
            name="description_text",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
