"""What the house itself shows, who comes, and what they are told."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce
from reviews.tallies import SEATS


class Migration(migrations.Migration):

    dependencies = [
        ('films', '0010_releases_by_day'),
        ('reviews', '0032_feeds_show_essays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.AlterField(
                model_name='noticechoice',
                name='kind',
                field=models.CharField(choices=[('follow', 'Somebody follows you'), ('follow_request', 'Somebody asks to follow you'), ('follow_accepted', 'Somebody lets you follow them'), ('review_liked', 'Somebody likes your review'), ('list_liked', 'Somebody likes your list'), ('essay_liked', 'Somebody likes your essay'), ('list_cloned', 'Somebody makes a list out of yours'), ('list_invitation', 'Somebody asks you to help with a list'), ('comment', 'A comment under what you wrote'), ('reply', 'An answer to your comment'), ('thread', 'A comment in a thread that you follow'), ('mention', 'Somebody names you'), ('tip', 'Somebody recommends a film to you'), ('tip_seen', 'Somebody sees a film that you recommended'), ('leaving', 'A film of your watchlist leaves soon'), ('release', 'A film of your watchlist comes out'), ('screening_seat', 'A seat is free at a screening of the house'), ('screening_change', 'A screening to which you come is called off or moved'), ('screening_soon', 'A screening to which you come is within a day'), ('screening_seen', 'The day after a screening: log what you saw'), ('case', 'The moderators, about something of yours or that you reported'), ('rating_held', 'A rating of yours is held, or counts again'), ('export', 'The copy of your data that you asked for is ready'), ('stopped', 'Something of yours stopped: a webhook, or copies that are sent')], max_length=16),
            ),
            migrations.AlterField(
                model_name='notification',
                name='kind',
                field=models.CharField(choices=[('follow', 'Somebody follows you'), ('follow_request', 'Somebody asks to follow you'), ('follow_accepted', 'Somebody lets you follow them'), ('review_liked', 'Somebody likes your review'), ('list_liked', 'Somebody likes your list'), ('essay_liked', 'Somebody likes your essay'), ('list_cloned', 'Somebody makes a list out of yours'), ('list_invitation', 'Somebody asks you to help with a list'), ('comment', 'A comment under what you wrote'), ('reply', 'An answer to your comment'), ('thread', 'A comment in a thread that you follow'), ('mention', 'Somebody names you'), ('tip', 'Somebody recommends a film to you'), ('tip_seen', 'Somebody sees a film that you recommended'), ('leaving', 'A film of your watchlist leaves soon'), ('release', 'A film of your watchlist comes out'), ('screening_seat', 'A seat is free at a screening of the house'), ('screening_change', 'A screening to which you come is called off or moved'), ('screening_soon', 'A screening to which you come is within a day'), ('screening_seen', 'The day after a screening: log what you saw'), ('case', 'The moderators, about something of yours or that you reported'), ('rating_held', 'A rating of yours is held, or counts again'), ('export', 'The copy of your data that you asked for is ready'), ('stopped', 'Something of yours stopped: a webhook, or copies that are sent')], max_length=16),
            ),
            migrations.CreateModel(
                name='Screening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(blank=True, help_text='Empty: it is called as its films are.', max_length=120, verbose_name='title')),
                    ('starts_at', models.DateTimeField(verbose_name='begins')),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, help_text='How long all of it takes. Empty: as long as the films.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6000)], verbose_name='minutes')),
                    ('ends_at', models.DateTimeField(editable=False, verbose_name='ends')),
                    ('place', models.CharField(help_text='As its name stands above the door.', max_length=80, verbose_name='place')),
                    ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                    ('link', models.URLField(blank=True, help_text='Where one reads about the place.', max_length=300, verbose_name='link')),
                    ('access', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('step_free', 'Step-free'), ('induction_loop', 'Induction loop'), ('captions', 'Captions'), ('audio_description', 'Audio description')], max_length=20), blank=True, default=list, verbose_name='access')),
                    ('words', models.TextField(blank=True, max_length=10000, verbose_name='words')),
                    ('words_html', models.TextField(blank=True, editable=False, max_length=200000)),
                    ('seats', models.PositiveIntegerField(blank=True, help_text='Empty: nobody counts them.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20000)], verbose_name='seats')),
                    ('price', models.CharField(blank=True, help_text='In words. Nothing is paid on this site.', max_length=120, verbose_name='price')),
                    ('audience', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members of the house')], default='everybody', help_text='What is for members, nobody else sees announced.', max_length=9, verbose_name='who may come')),
                    ('answers_until', models.DateTimeField(blank=True, help_text='Empty: until it begins.', null=True, verbose_name='say that one comes until')),
                    ('published_at', models.DateTimeField(blank=True, help_text='In the future: it appears then by itself. Empty: a draft.', null=True, verbose_name='announced')),
                    ('called_off_at', models.DateTimeField(editable=False, null=True, verbose_name='called off')),
                    ('called_off_because', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why')),
                    ('taken', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'screening',
                    'verbose_name_plural': 'screenings',
                },
            ),
            migrations.CreateModel(
                name='ScreenedFilm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                    ('cut', models.CharField(blank=True, choices=[('theatrical', 'Theatrical cut'), ('directors', 'Director’s cut'), ('extended', 'Extended cut'), ('restored', 'Restoration'), ('other', 'Another version')], db_default='', default='', max_length=12, verbose_name='cut')),
                    ('format', models.CharField(blank=True, choices=[('cinema', 'Cinema'), ('imax', 'IMAX'), ('70mm', '70 mm'), ('35mm', '35 mm'), ('16mm', '16 mm'), ('stream', 'Streaming'), ('disc', 'Disc'), ('tv', 'Television'), ('open_air', 'Open air'), ('travel', 'On the way (plane, train)'), ('other', 'Something else')], db_default='', default='', max_length=12, verbose_name='format')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='screenings', to='films.film', verbose_name='film')),
                    ('language', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.language', verbose_name='language')),
                    ('subtitles', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.language', verbose_name='subtitles')),
                    ('screening', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='reviews.screening')),
                ],
                options={
                    'verbose_name': 'film of a screening',
                    'verbose_name_plural': 'films of a screening',
                },
            ),
            migrations.CreateModel(
                name='Coming',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('guests', models.PositiveSmallIntegerField(db_default=0, default=0, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='guests')),
                    ('is_named', models.BooleanField(db_default=False, default=False, verbose_name='others may see that I come')),
                    ('waiting_since', models.DateTimeField(null=True)),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comings', to=settings.AUTH_USER_MODEL)),
                    ('screening', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='comings', to='reviews.screening')),
                ],
                options={
                    'verbose_name': 'word of coming',
                    'verbose_name_plural': 'words of coming',
                },
            ),
            migrations.AddField(
                model_name='notification',
                name='screening',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.screening'),
            ),
            migrations.CreateModel(
                name='ScreeningLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('coming', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='reviews.coming')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='reviews.screenedfilm')),
                    ('viewing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='screening_line', to='reviews.viewing')),
                ],
                options={
                    'verbose_name': 'line of a screening',
                    'verbose_name_plural': 'lines of a screening',
                },
            ),
            migrations.AddIndex(
                model_name='screening',
                index=models.Index(fields=['starts_at', 'id'], name='screening_by_day'),
            ),
            migrations.AddIndex(
                model_name='screening',
                index=models.Index(fields=['ends_at'], name='screening_end'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='screening_ends_after_it_begins'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(('answers_until', None), ('answers_until__lte', models.F('starts_at')), _connector='OR'), name='screening_answers_before_it_begins', violation_error_message='Nobody can say so once it has begun. Choose an earlier time.'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(('seats', None), ('taken__lte', models.F('seats')), _connector='OR'), name='screening_has_the_seats', violation_error_message='More people than that have a seat already.'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('called_off_at', None), ('called_off_because', '')), models.Q(('called_off_at__isnull', False), models.Q(('called_off_because', ''), _negated=True)), _connector='OR'), name='screening_called_off_with_a_sentence'),
            ),
            migrations.AddConstraint(
                model_name='screening',
                constraint=models.CheckConstraint(condition=models.Q(('access__contained_by', ['step_free', 'induction_loop', 'captions', 'audio_description'])), name='screening_access_known'),
            ),
            migrations.AddConstraint(
                model_name='screenedfilm',
                constraint=models.UniqueConstraint(fields=('screening', 'film'), name='screened_film_once', violation_error_message='This film is in it already.'),
            ),
            migrations.AddConstraint(
                model_name='coming',
                constraint=models.UniqueConstraint(fields=('screening', 'member'), name='coming_once'),
            ),
            migrations.AddConstraint(
                model_name='coming',
                constraint=models.CheckConstraint(condition=models.Q(('guests__range', (0, 5))), name='coming_guests_few'),
            ),
            migrations.AddConstraint(
                model_name='screeningline',
                constraint=models.UniqueConstraint(fields=('coming', 'film'), name='screening_line_once'),
            ),
        ]),
        migrations.RunSQL(SEATS.create(), SEATS.drop()),
    ]
