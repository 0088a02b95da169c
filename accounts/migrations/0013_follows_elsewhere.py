"""Members follow people on other servers."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_refusals'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='FollowElsewhere',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('called', models.CharField(max_length=500)),
                    ('state', models.CharField(choices=[('sought', 'Being looked for'), ('missing', 'Not found'), ('asked', 'Asked'), ('accepted', 'Followed'), ('refused', 'Refused')], db_default='sought', default='sought', max_length=8)),
                    ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'verbose_name': 'follow elsewhere',
                    'verbose_name_plural': 'follows elsewhere',
                },
            ),
            migrations.AddField(
                model_name='arrival',
                name='about',
                field=models.CharField(blank=True, db_default='', max_length=500, verbose_name='about'),
            ),
            migrations.AddIndex(
                model_name='arrival',
                index=models.Index(condition=models.Q(('kind', 'Delete')), fields=['about'], name='arrival_deletes'),
            ),
            migrations.AddField(
                model_name='followelsewhere',
                name='actor',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='follows_elsewhere', to='accounts.actor'),
            ),
            migrations.AddField(
                model_name='followelsewhere',
                name='message',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.message'),
            ),
            migrations.AddField(
                model_name='followelsewhere',
                name='stranger',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='followed_by', to='accounts.stranger'),
            ),
            migrations.AddIndex(
                model_name='followelsewhere',
                index=models.Index(fields=['stranger', 'actor'], name='follow_elsewhere_heard'),
            ),
            migrations.AddIndex(
                model_name='followelsewhere',
                index=models.Index(condition=models.Q(('state', 'sought')), fields=['id'], name='follow_elsewhere_sought'),
            ),
            migrations.AddConstraint(
                model_name='followelsewhere',
                constraint=models.UniqueConstraint(fields=('actor', 'called'), name='follow_elsewhere_once'),
            ),
            migrations.AddConstraint(
                model_name='followelsewhere',
                constraint=models.UniqueConstraint(fields=('actor', 'stranger'), name='follow_elsewhere_of_one'),
            ),
            migrations.AddConstraint(
                model_name='followelsewhere',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('sought', 'missing')), ('stranger', None)), models.Q(models.Q(('state__in', ('sought', 'missing')), _negated=True), ('stranger__isnull', False)), _connector='OR'), name='follow_elsewhere_known'),
            ),
        ]),
    ]
