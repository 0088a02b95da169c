import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from reviews.tallies import WORKS_OF_THE_SUSPENDED


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_retired_names'),
        ('reviews', '0026_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='SettingAside',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'verbose_name': 'member being set aside',
                'verbose_name_plural': 'members being set aside',
            },
        ),
        migrations.RunSQL(WORKS_OF_THE_SUSPENDED, migrations.RunSQL.noop),
    ]
