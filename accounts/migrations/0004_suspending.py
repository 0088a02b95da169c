from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_requests")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "permissions": [("suspend_user", "Can suspend members who are not of the staff, and reinstate them")],
                "verbose_name": "member",
                "verbose_name_plural": "members",
            },
        ),
    ]
