"""More of what a server says that takes no copies; and members are told by notifications of what stopped."""

from django.db import migrations, models

from config.at_once import AtOnce

TROUBLES = [
    ("status", "answered with an error"), ("redirect", "answered with a redirect, which is not followed"),
    ("timeout", "took too long"), ("name", "its name leads nowhere"),
    ("address", "its name leads into a network that is not public"),
    ("tls", "its certificate could not be trusted"), ("unreachable", "could not be reached"),
    ("login", "did not take the name and the password"), ("forbidden", "lets nothing be written there"),
    ("missing", "has no such folder"), ("large", "takes no file as large"), ("full", "has no room left"),
    ("no_webdav", "speaks no WebDAV there"), ("locked", "has it locked just now"),
    ("busy", "wants to be asked less often"),
    ("ours", "was not asked, as the copy is larger than what is sent from here"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_actors_in_step")]

    operations = [
        AtOnce([
            migrations.AlterField("copyplace", "trouble", models.CharField(blank=True, choices=TROUBLES, max_length=12)),
            migrations.RemoveField("copyplace", "told_off_at"),
            migrations.RemoveField("webhook", "told_off_at"),
        ]),
    ]
