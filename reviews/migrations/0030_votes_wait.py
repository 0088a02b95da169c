"""What somebody says that films contain counts once they have been here for a day."""

from django.db import migrations, models
from django.db.models import Q

from config.at_once import AtOnce
from reviews.tallies import COUNT_VOTES, COUNT_VOTES_NO_MORE


class Migration(migrations.Migration):
    dependencies = [("reviews", "0029_house_languages")]

    operations = [
        AtOnce([
            migrations.AddField("contentvote", "waits_until", models.DateTimeField(editable=False, null=True)),
            migrations.AddIndex(
                "contentvote",
                models.Index(fields=["waits_until"], condition=Q(waits_until__isnull=False), name="content_vote_waiting"),
            ),
        ]),
        migrations.RunSQL(COUNT_VOTES_NO_MORE + COUNT_VOTES, migrations.RunSQL.noop),
    ]
