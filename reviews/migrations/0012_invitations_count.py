"""Asking somebody for help with a list counts towards a day, as posts do."""

from django.db import migrations, models

COUNTED = [
    ("review", "reviews"), ("comment", "comments"), ("list", "lists"), ("follow", "members to follow"),
    ("like", "likes"), ("report", "reports"), ("message", "messages to moderators"), ("evening", "evenings"),
    ("invite", "members to ask for help with lists"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_lines_have_tags")]

    operations = [
        migrations.AlterField(
            model_name="posting", name="kind", field=models.CharField(choices=COUNTED, max_length=8)
        ),
    ]
