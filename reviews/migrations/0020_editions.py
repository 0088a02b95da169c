"""Nights of open data; and which lists say of themselves what somebody else wrote, since no licence covers that."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from config.at_once import AtOnce

OF_OTHERS = """
    UPDATE reviews_filmlist made SET description_is_own = false
      FROM reviews_filmlist source
     WHERE made.cloned_from_id = source.id AND made.member_id <> source.member_id
       AND made.description <> '' AND made.description = source.description
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0019_players'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(unique=True, verbose_name='night')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'night of open data',
                    'verbose_name_plural': 'nights of open data',
                },
            ),
            migrations.AddField(
                model_name='filmlist',
                name='description_is_own',
                field=models.BooleanField(db_default=True, default=True, editable=False),
            ),
        ]),
        migrations.RunSQL(OF_OTHERS, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('films', 'Films'), ('ratings', 'Ratings'), ('reviews', 'Reviews'), ('lists', 'Lists')], max_length=8)),
                ('lines', models.PositiveBigIntegerField()),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.CharField(max_length=80)),
                ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='reviews.edition')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'kind'), name='edition_file_one_a_kind'), models.CheckConstraint(condition=models.Q(('file', ''), _negated=True), name='edition_file_is_somewhere'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='edition_file_has_its_sum')],
            },
        ),
    ]
