"""Members choose who can see which films they own."""

from django.db import migrations, models

from config.at_once import AtOnce

CHOICES = [("private", "Only me"), ("followers", "My followers"), ("public", "Everyone")]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_licences")]

    operations = [
        AtOnce([
            migrations.AddField(
                "user",
                "shelf_policy",
                models.CharField(
                    choices=CHOICES,
                    db_default="private",
                    default="private",
                    help_text="Where a copy stands, and who has it on loan, is for your eyes only in any case.",
                    max_length=10,
                    verbose_name="who can see which films I own",
                ),
            ),
            migrations.AddConstraint(
                "user",
                models.CheckConstraint(
                    condition=models.Q(("shelf_policy__in", [value for value, _name in CHOICES])),
                    name="user_shelf_policy_known",
                ),
            ),
        ]),
    ]
