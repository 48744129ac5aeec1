from django.db import migrations

from lib import fulltext


class Migration(migrations.Migration):
    dependencies = [("guides", "0007_guideimage")]

    operations = [
        fulltext.operation(fulltext.create_finders, fulltext.drop_finders, "guides_guideindex"),
    ]
