"""What these tables are called in a merge; no column changes."""

from django.db import migrations

from config.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_invitations_count")]

    operations = [
        AtOnce([
            migrations.AlterModelOptions(
                name="activity", options={"verbose_name": "line of a feed", "verbose_name_plural": "lines of feeds"}
            ),
            migrations.AlterModelOptions(
                name="importrow", options={"verbose_name": "line of an import", "verbose_name_plural": "lines of imports"}
            ),
            migrations.AlterModelOptions(
                name="kindred", options={"verbose_name": "film beside another", "verbose_name_plural": "films beside others"}
            ),
        ]),
    ]
