from django.core.validators import MinValueValidator
from django.db import migrations, models
from django.utils import timezone

from films.tallies import SCORES


class Migration(migrations.Migration):
    """Additive, and quick at a million films: no table is written anew. 0011 fills the columns and makes the indexes."""

    dependencies = [("films", "0009_words")]

    operations = [
        migrations.CreateModel(
            name="Prior",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("mean", models.DecimalField(decimal_places=6, default=7, max_digits=8)),
                ("weight", models.PositiveIntegerField(default=10, validators=[MinValueValidator(1)])),
                ("counted_at", models.DateTimeField(default=timezone.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="prior_one")],
            },
        ),
        *(
            migrations.AddField(
                model_name="film",
                name=name,
                field=models.DecimalField(decimal_places=6, editable=False, max_digits=20, null=True),
            )
            for name in ("rating_weighted", "rating_spread")
        ),
        *(
            migrations.AddField(
                model_name="film",
                name=f"popularity_{period}",
                field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
            )
            for period in ("week", "month", "year")
        ),
        migrations.RunSQL(SCORES.create(), SCORES.drop()),
    ]
