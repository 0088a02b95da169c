from django.db import migrations, models
from django.db.models.functions import Cast, ExtractDay, ExtractMonth

from films import following

DAY = Cast(ExtractMonth("release_date") * 100 + ExtractDay("release_date"), models.IntegerField())
RELEASED = models.GeneratedField(
    expression=models.F("year") * 10_000
    + models.Case(models.When(release_date__year=models.F("year"), then=DAY), default=0),
    output_field=models.IntegerField(null=True),
    db_persist=True,
)


class Migration(migrations.Migration):
    """The order of release by the day. Whoever follows the catalogue's log is told of it, and loads the films anew."""

    dependencies = [("films", "0020_variants")]

    operations = [
        migrations.AddField("film", "released", RELEASED),
        migrations.AddIndex("film", models.Index(fields=["-released", "-id"], name="film_by_release")),
        migrations.RunSQL(following.drop() + following.create(), migrations.RunSQL.noop),
        migrations.RunSQL(following.BEGIN_ANEW, migrations.RunSQL.noop),
    ]
