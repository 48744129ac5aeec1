import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Terms and pay go into the live row; `jobs.index.bring_up_to_date` fills them."""

    dependencies = [
        ("jobs", "0003_live_version_and_instants"),
    ]

    operations = [
        migrations.DeleteModel(name="LivePay"),
        migrations.DeleteModel(name="LiveTerm"),
        migrations.AddField(
            model_name="liveposting",
            name="terms",
            field=models.TextField(default='{"audience":"","pay":{}}'),
            preserve_default=False,
        ),
        migrations.RemoveIndex(model_name="liveposting", name="live_newest"),
        migrations.RemoveIndex(model_name="liveposting", name="live_company"),
        migrations.CreateModel(
            name="LiveChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.BigIntegerField(help_text="The stamp of postings that the change made.")),
                ("live", models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="jobs.liveposting")),
            ],
        ),
    ]
