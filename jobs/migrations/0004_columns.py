"""The terms and the pay of a live row go into the row itself, which `jobs.columns` reads."""

import json

from django.db import migrations, models

FACETS = {1: "employment", 2: "country", 3: "place", 4: "skill"}
BATCH = 1_000


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    live, term, pay = (
        apps.get_model("jobs", name).objects.using(using)
        for name in ("LivePosting", "LiveTerm", "LivePay")
    )
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        said = {pk: {**{name: [] for name in FACETS.values()}, "pay": {}} for pk in batch}
        for pk, facet, value in term.filter(live__in=batch).order_by("value").values_list(
            "live", "facet", "value"
        ):
            said[pk][FACETS[facet]].append(value)
        for pk, currency, top in pay.filter(live__in=batch).values_list("live", "currency", "top"):
            said[pk]["pay"][currency] = top
        rows = list(live.filter(pk__in=batch))
        for row in rows:
            row.terms = json.dumps(said[row.pk], separators=(",", ":"))
        live.bulk_update(rows, ["terms"])


class Migration(migrations.Migration):

    dependencies = [
        ("jobs", "0003_live_version_and_instants"),
    ]

    operations = [
        # Its reverse name is that of the field which follows.
        migrations.AlterField(
            model_name="liveterm",
            name="live",
            field=models.ForeignKey(
                on_delete=models.CASCADE, related_name="+", to="jobs.liveposting"
            ),
        ),
        migrations.AddField(
            model_name="liveposting",
            name="terms",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
