from django.db import migrations

from lib import fulltext


class Migration(migrations.Migration):
    dependencies = [("jobs", "0010_closed_lately_covered")]

    operations = [
        fulltext.operation(fulltext.index_titles, fulltext.drop_titles, "jobs_textindex"),
    ]
