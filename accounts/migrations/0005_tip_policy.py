"""Members choose who may recommend films to them."""

from django.db import migrations, models

CHOICES = [
    ("followed", "Members I follow"), ("circle", "My followers, and members I follow"), ("nobody", "Nobody"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_apps")]

    operations = [
        migrations.AddField(
            "user",
            "tip_policy",
            models.CharField(
                choices=CHOICES,
                db_default="followed",
                default="followed",
                help_text="With a line to you, if they like. Nobody is told what you mute or do not want.",
                max_length=10,
                verbose_name="which members may recommend films to me",
            ),
        )
    ]
