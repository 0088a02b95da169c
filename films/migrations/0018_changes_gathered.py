from django.db import migrations

from films import following


class Migration(migrations.Migration):
    """The triggers that write the catalogue's log, as they are now."""

    dependencies = [("films", "0017_catalogue_changes")]

    operations = [migrations.RunSQL(following.drop() + following.create(), migrations.RunSQL.noop)]
