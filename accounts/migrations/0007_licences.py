"""By which licence others may use what a member writes, and whether their ratings are part of the open data."""

from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_webhooks'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name='user',
                name='licence',
                field=models.CharField(blank=True, choices=[('', 'None: all rights reserved'), ('CC-BY-4.0', 'CC BY 4.0: anybody may use it who names me'), ('CC-BY-SA-4.0', 'CC BY-SA 4.0: the same, and what they make of it is as free'), ('CC0-1.0', 'CC0 1.0: anybody may use it for anything')], db_default='', default='', help_text='Of your reviews and lists that everybody can read. It stands beside them. You may choose another one at any time, but what somebody has copied by then they may go on using as it was.', max_length=12, verbose_name='licence of what I write'),
            ),
            migrations.AddField(
                model_name='user',
                name='opens_ratings',
                field=models.BooleanField(db_default=True, default=True, help_text='Without your name, and with no day. Whoever knows some of your ratings can still find the rest there. Switched off, they are missing from the next night on.', verbose_name='let my public ratings be part of the open data'),
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(('licence__in', ['', 'CC-BY-4.0', 'CC-BY-SA-4.0', 'CC0-1.0'])), name='user_licence_known'),
            ),
        ]),
    ]
