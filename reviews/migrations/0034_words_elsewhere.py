"""What those say about films whom members follow on other servers.

It goes with the last who follows them, by a trigger: whatever ends that, be it the member, a refusal or the end of an
account.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

TRIGGER = """
    CREATE FUNCTION forget_reviews_wordelsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM reviews_wordelsewhere WHERE stranger_id = OLD.stranger_id AND NOT EXISTS (
            SELECT FROM accounts_followelsewhere f WHERE f.stranger_id = OLD.stranger_id AND f.state = 'accepted'
        );
        RETURN NULL;
    END $$;
    CREATE TRIGGER forget_reviews_wordelsewhere AFTER DELETE OR UPDATE OF state ON accounts_followelsewhere
        FOR EACH ROW WHEN (OLD.state = 'accepted') EXECUTE FUNCTION forget_reviews_wordelsewhere();
"""
UNDONE = """
    DROP TRIGGER forget_reviews_wordelsewhere ON accounts_followelsewhere; DROP FUNCTION forget_reviews_wordelsewhere();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_follows_elsewhere'),
        ('films', '0010_releases_by_day'),
        ('reviews', '0033_screenings'),
    ]

    operations = [
        migrations.CreateModel(
            name='WordElsewhere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uri', models.CharField(max_length=500, unique=True)),
                ('url', models.CharField(max_length=500, verbose_name='address')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='words')),
                ('half_stars', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='rating in half-stars')),
                ('spoilers', models.BooleanField(default=False, verbose_name='tells the end')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('edited_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words_elsewhere', to='films.film', verbose_name='film')),
                ('stranger', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='accounts.stranger', verbose_name='person elsewhere')),
            ],
            options={
                'verbose_name': 'words from elsewhere',
                'verbose_name_plural': 'words from elsewhere',
                'indexes': [models.Index(fields=['stranger', '-published_at', '-id'], name='word_elsewhere_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('half_stars', None), ('half_stars__range', (1, 10)), _connector='OR'), name='word_elsewhere_half_stars'), models.CheckConstraint(condition=models.Q(('url__startswith', 'https://')), name='word_elsewhere_by_https'), models.CheckConstraint(condition=models.Q(('removed_at', None), models.Q(('half_stars', None), ('words', '')), _connector='OR'), name='word_elsewhere_removed')],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDONE),
    ]
