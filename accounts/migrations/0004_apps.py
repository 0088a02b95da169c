"""Apps that members let in by OpenID Connect, and the key that the house signs with."""

import django.utils.timezone
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_keys"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name="SigningKey",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("sealed", models.TextField(editable=False)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={"verbose_name": "signing key", "verbose_name_plural": "signing keys"},
            ),
            migrations.CreateModel(
                name="App",
                fields=[],
                options={
                    "verbose_name": "app",
                    "verbose_name_plural": "apps",
                    "proxy": True,
                    "indexes": [],
                    "constraints": [],
                },
                bases=("allauth_idp_oidc.client",),
            ),
        ]),
    ]
