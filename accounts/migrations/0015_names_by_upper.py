"""Names are unique by what they are looked for with: `iexact` asks for upper(username), and so read every member."""

from django.db import migrations, models
from django.db.models.functions import Upper

from config.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_essays_are_told")]

    operations = [
        AtOnce([
            migrations.RemoveConstraint("user", "username_unique"),
            migrations.AddConstraint(
                "user",
                models.UniqueConstraint(
                    Upper("username"),
                    name="username_unique",
                    violation_error_message="Somebody has this name already.",
                ),
            ),
            migrations.RemoveConstraint("formerusername", "former_username_unique"),
            migrations.AddConstraint(
                "formerusername", models.UniqueConstraint(Upper("username"), name="former_username_unique")
            ),
        ]),
    ]
