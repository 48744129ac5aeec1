from django.db import migrations

from lib import textindex


class Migration(migrations.Migration):
    dependencies = [("jobs", "0010_closed_lately_covered")]

    operations = [
        textindex.operation(textindex.index_titles, textindex.drop_titles, "jobs_textindex"),
    ]
