from django.db import migrations

from lib import fulltext


class Migration(migrations.Migration):
    dependencies = [("jobs", "0011_title_index")]

    operations = [
        fulltext.operation(fulltext.create_finders, fulltext.drop_finders, "jobs_textindex"),
    ]
