from django.db import migrations, models

from jobs.eligibility import area_codes, areas, key, number

BATCH = 500


def make(apps, keys):
    Audience = apps.get_model("jobs", "Audience")
    AudienceArea = apps.get_model("jobs", "AudienceArea")
    Audience.objects.bulk_create(
        [Audience(pk=number(text), key=text) for text in keys], ignore_conflicts=True
    )
    AudienceArea.objects.bulk_create(
        [AudienceArea(audience_id=number(text), area=area) for text in keys for area in area_codes(text)],
        ignore_conflicts=True,
    )


def make_unknown(apps, schema_editor):
    """The audience that every live row has until its own is written."""
    make(apps, [""])


def fill(apps, schema_editor):
    LivePosting = apps.get_model("jobs", "LivePosting")
    Posting = apps.get_model("jobs", "Posting")
    ids = list(LivePosting.objects.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        postings = Posting.objects.filter(pk__in=ids[start : start + BATCH])
        found = {
            posting.pk: key(
                areas(
                    posting.workplace,
                    posting.eligibility,
                    [(place.country, place.region) for place in posting.places.all()],
                )
            )
            for posting in postings.prefetch_related("places")
        }
        make(apps, sorted(set(found.values())))
        rows = [LivePosting(pk=pk, audience_id=number(text)) for pk, text in found.items()]
        LivePosting.objects.bulk_update(rows, ["audience"])


class Migration(migrations.Migration):

    dependencies = [("jobs", "0003_live_version_and_instants")]

    operations = [
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key", models.TextField(help_text="The codes of its areas; empty for unknown.", unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="AudienceArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.SmallIntegerField()),
                ("audience", models.ForeignKey(db_index=False, on_delete=models.deletion.CASCADE, related_name="areas", to="jobs.audience")),
            ],
        ),
        migrations.AddConstraint(
            model_name="audiencearea",
            constraint=models.UniqueConstraint(models.F("area"), models.F("audience"), name="audience_area_once"),
        ),
        migrations.RunPython(make_unknown, migrations.RunPython.noop),
        migrations.AddField(
            model_name="liveposting",
            name="audience",
            field=models.ForeignKey(db_index=False, default=number(""), on_delete=models.deletion.PROTECT, related_name="+", to="jobs.audience"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="liveposting",
            index=models.Index(fields=["audience"], name="live_audience"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
