from django.db import migrations

from lib import textindex


class Migration(migrations.Migration):
    dependencies = [("jobs", "0011_title_index")]

    operations = [
        textindex.operation(textindex.create_finders, textindex.drop_finders, "jobs_textindex"),
    ]
