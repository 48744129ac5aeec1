from django.db import migrations

from lib import textindex


class Migration(migrations.Migration):
    dependencies = [("guides", "0007_guideimage")]

    operations = [
        textindex.operation(textindex.create_finders, textindex.drop_finders, "guides_guideindex"),
    ]
