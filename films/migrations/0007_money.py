"""What films cost, and what they took."""

from django.db import migrations, models

from config.at_once import AtOnce
from films.models.money import STORED, MoneyField

KNOWN = (models.Q(budget="") | models.Q(budget__regex=STORED)) & (
    models.Q(box_office="") | models.Q(box_office__regex=STORED)
)


class Migration(migrations.Migration):
    dependencies = [("films", "0006_by_change")]

    operations = [
        AtOnce([
            migrations.AddField("film", "budget", MoneyField("budget")),
            migrations.AddField("film", "box_office", MoneyField("box office")),
            migrations.AddConstraint("film", models.CheckConstraint(condition=KNOWN, name="film_money_in_a_currency")),
        ]),
    ]
