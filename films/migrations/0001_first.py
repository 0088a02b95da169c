"""The catalogue."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
import films.models.facet
import films.models.film
import films.models.trailer
from django.conf import settings
from django.db import migrations, models

from config.at_once import AtOnce


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("films", "0001_initial"),
        ("films", "0003_film_by_length"),
        ("films", "0004_facts_and_memory"),
        ("films", "0006_artists"),
        ("films", "0007_community"),
        ("films", "0008_poster_focus"),
        ("films", "0009_words"),
        ("films", "0012_charts"),
        ("films", "0014_film_legs"),
    ]

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='AccessFeature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=60, unique=True, verbose_name='slug')),
                ],
                options={
                    'verbose_name': 'accessibility feature',
                    'verbose_name_plural': 'accessibility features',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Artist',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'verbose_name': 'artist',
                    'verbose_name_plural': 'artists',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='ContentNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=60, unique=True, verbose_name='slug')),
                ],
                options={
                    'verbose_name': 'content note',
                    'verbose_name_plural': 'content notes',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Country',
                fields=[
                    ('code', models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name='code')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'country',
                    'verbose_name_plural': 'countries',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Franchise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                ],
                options={
                    'verbose_name': 'franchise',
                    'verbose_name_plural': 'franchises',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Genre',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=40, unique=True, verbose_name='slug')),
                ],
                options={
                    'verbose_name': 'genre',
                    'verbose_name_plural': 'genres',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Language',
                fields=[
                    ('code', models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name='code')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'language',
                    'verbose_name_plural': 'languages',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Service',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                    ('url', models.URLField(blank=True, verbose_name='website')),
                ],
                options={
                    'verbose_name': 'service',
                    'verbose_name_plural': 'services',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='CatalogueChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_by', models.BigIntegerField(db_default=films.models.facet.MadeBy())),
                    ('made_at', models.DateTimeField(db_default=films.models.facet.ClockTime())),
                    ('film_id', models.BigIntegerField()),
                    ('gained', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60))),
                    ('lost', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60))),
                    ('is_renamed', models.BooleanField()),
                ],
                options={
                    'indexes': [models.Index(fields=['made_by'], name='catalogue_change_by_maker')],
                },
            ),
            migrations.CreateModel(
                name='Collection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                    ('text', models.TextField(blank=True, max_length=2000, verbose_name='why these films')),
                    ('picture_key', models.CharField(blank=True, editable=False, max_length=80)),
                    ('picture_alt', models.CharField(blank=True, max_length=250, verbose_name='what the picture shows')),
                    ('picture_focus_x', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('picture_focus_y', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('on_front_page', models.BooleanField(default=False, verbose_name='on the front page')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order on the front page')),
                    ('shown_from', models.DateField(blank=True, null=True, verbose_name='shown from')),
                    ('shown_until', models.DateField(blank=True, null=True, verbose_name='shown until')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('curator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='collections', to=settings.AUTH_USER_MODEL, verbose_name='curator')),
                ],
                options={
                    'verbose_name': 'collection',
                    'verbose_name_plural': 'collections',
                    'ordering': ['position', 'title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('shown_from', None), ('shown_until', None), ('shown_until__gte', models.F('shown_from')), _connector='OR'), name='collection_ends_after_start', violation_error_message='The last day must not lie before the first.')],
                },
            ),
            migrations.CreateModel(
                name='Company',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='films.country', verbose_name='country')),
                ],
                options={
                    'verbose_name': 'company',
                    'verbose_name_plural': 'companies',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Chart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(choices=[('trending', 'Trending now'), ('popular-week', 'Popular this week'), ('popular-month', 'Popular this month'), ('popular-year', 'Popular this year'), ('popular-ever', 'Popular ever'), ('top', 'Top 250'), ('hidden-gems', 'Hidden gems'), ('divisive', 'Most divisive'), ('anticipated', 'Anticipated')], max_length=16, verbose_name='name')),
                    ('decade', models.PositiveSmallIntegerField(null=True)),
                    ('least', models.PositiveIntegerField(default=0)),
                    ('most', models.PositiveIntegerField(null=True)),
                    ('film_count', models.PositiveIntegerField(default=0, verbose_name='films that qualify')),
                    ('counted_at', models.DateTimeField(null=True)),
                    ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='charts', to='films.country')),
                    ('genre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='charts', to='films.genre')),
                ],
                options={
                    'verbose_name': 'chart',
                    'verbose_name_plural': 'charts',
                    'constraints': [models.UniqueConstraint(fields=('name', 'genre', 'country', 'decade'), name='chart_one', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('country', None), ('genre', None)), models.Q(('decade', None), ('genre', None)), models.Q(('country', None), ('decade', None)), _connector='OR'), name='chart_of_one_kind')],
                },
            ),
            migrations.CreateModel(
                name='FacetCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=1)),
                    ('word', models.TextField(max_length=60)),
                    ('number', models.BigIntegerField()),
                ],
                options={
                    'indexes': [models.Index(fields=['kind', 'word'], name='facet_count_by_word')],
                },
            ),
            migrations.CreateModel(
                name='Film',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                    ('title', models.CharField(max_length=250, verbose_name='title')),
                    ('original_title', models.CharField(blank=True, max_length=250, verbose_name='original title')),
                    ('sort_title', models.CharField(blank=True, editable=False, max_length=250)),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1874), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                    ('release_date', models.DateField(blank=True, null=True, verbose_name='released')),
                    ('runtime_minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6000)], verbose_name='running time in minutes')),
                    ('tagline', models.CharField(blank=True, max_length=250, verbose_name='tagline')),
                    ('synopsis', models.TextField(blank=True, max_length=3000, verbose_name='synopsis')),
                    ('franchise_part', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='part')),
                    ('trailer_url', models.URLField(blank=True, max_length=300, validators=[films.models.trailer.check_trailer], verbose_name='trailer')),
                    ('origin', models.CharField(db_default='curator', default='curator', editable=False, max_length=10)),
                    ('poster_key', models.CharField(blank=True, editable=False, max_length=80)),
                    ('poster_version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                    ('poster_alt', models.CharField(blank=True, max_length=250, verbose_name='what the poster shows')),
                    ('poster_focus_x', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('poster_focus_y', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('poster_family', models.CharField(blank=True, max_length=20, verbose_name='composition of the drawn poster')),
                    ('poster_palette', models.CharField(blank=True, max_length=20, verbose_name='colours of the drawn poster')),
                    ('search_text', models.TextField(blank=True, editable=False, max_length=5000)),
                    ('rating_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('rating_sum', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('rating_histogram', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveBigIntegerField(), db_default=[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], default=films.models.film.empty_histogram, editable=False, size=10)),
                    ('rating_average', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Cast(models.F('rating_sum'), models.DecimalField(decimal_places=6, max_digits=20)), '/', django.db.models.functions.comparison.NullIf(models.F('rating_count'), 0)), output_field=models.DecimalField(decimal_places=6, max_digits=20, null=True))),
                    ('rating_weighted', models.DecimalField(decimal_places=6, editable=False, max_digits=20, null=True)),
                    ('rating_spread', models.DecimalField(decimal_places=6, editable=False, max_digits=20, null=True)),
                    ('aside_histogram', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveBigIntegerField(), db_default=[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], default=films.models.film.empty_histogram, editable=False, size=10)),
                    ('blind_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('blind_sum', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('watch_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('like_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('watchlist_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('review_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('comment_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('fan_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('renown', models.PositiveIntegerField(db_default=0, default=0, verbose_name='renown')),
                    ('popularity', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('renown'), '+', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('watch_count'), '+', models.F('watchlist_count')), '*', models.Value(1000))), output_field=models.BigIntegerField())),
                    ('released', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('year'), '*', models.Value(10000)), '+', models.Case(models.When(release_date__year=models.F('year'), then=django.db.models.functions.comparison.Cast(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.datetime.ExtractMonth('release_date'), '*', models.Value(100)), '+', django.db.models.functions.datetime.ExtractDay('release_date')), models.IntegerField())), default=0)), output_field=models.IntegerField(null=True))),
                    ('popularity_week', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('popularity_month', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('popularity_year', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                    ('top_position', models.PositiveSmallIntegerField(editable=False, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                    ('access_features', models.ManyToManyField(blank=True, related_name='films', to='films.accessfeature', verbose_name='accessibility')),
                    ('companies', models.ManyToManyField(blank=True, related_name='films', to='films.company', verbose_name='companies')),
                    ('content_notes', models.ManyToManyField(blank=True, related_name='films', to='films.contentnote', verbose_name='content notes')),
                    ('countries', models.ManyToManyField(blank=True, related_name='films', to='films.country', verbose_name='countries')),
                    ('franchise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='films', to='films.franchise', verbose_name='franchise')),
                    ('genres', models.ManyToManyField(blank=True, related_name='films', to='films.genre', verbose_name='genres')),
                    ('languages', models.ManyToManyField(blank=True, related_name='films', to='films.language', verbose_name='languages')),
                ],
                options={
                    'verbose_name': 'film',
                    'verbose_name_plural': 'films',
                    'indexes': [models.Index(fields=['-popularity', '-id'], name='film_by_popularity'), models.Index(fields=['-rating_average', '-id'], name='film_by_average'), models.Index(fields=['-rating_weighted', '-id'], name='film_by_weighted'), models.Index(fields=['-rating_spread', '-id'], name='film_by_spread'), models.Index(fields=['-popularity_week', '-id'], name='film_by_week'), models.Index(fields=['-popularity_month', '-id'], name='film_by_month'), models.Index(fields=['-popularity_year', '-id'], name='film_by_twelvemonth'), models.Index(condition=models.Q(('top_position__isnull', False)), fields=['top_position'], name='film_on_top'), models.Index(condition=models.Q(('year', None)), fields=['-popularity', '-id'], name='film_undated'), models.Index(condition=models.Q(('runtime_minutes', None)), fields=['-popularity', '-id'], name='film_untimed'), models.Index(condition=models.Q(('rating_count__lt', 3)), fields=['-popularity', '-id'], name='film_few_ratings'), models.Index(fields=['-year', '-id'], name='film_by_year'), models.Index(fields=['-released', '-id'], name='film_by_release'), models.Index(fields=['sort_title', 'id'], name='film_by_title'), models.Index(fields=['runtime_minutes', 'id'], name='film_by_length')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('year', None), ('year__range', (1874, 2100)), _connector='OR'), name='film_year_plausible'), models.CheckConstraint(condition=models.Q(('runtime_minutes', None), ('runtime_minutes__range', (1, 6000)), _connector='OR'), name='film_runtime_plausible')],
                },
            ),
            migrations.CreateModel(
                name='CollectionEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                    ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                    ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='films.collection')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collection_entries', to='films.film', verbose_name='film')),
                ],
                options={
                    'verbose_name': 'film',
                    'verbose_name_plural': 'films',
                    'ordering': ['position', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('collection', 'film'), name='collection_film_once')],
                },
            ),
            migrations.AddField(
                model_name='collection',
                name='films',
                field=models.ManyToManyField(related_name='collections', through='films.CollectionEntry', to='films.film'),
            ),
            migrations.CreateModel(
                name='ChartPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('figure', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('chart', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='films.chart')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chart_places', to='films.film')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('chart', 'position'), name='chart_place_once')],
                },
            ),
            migrations.CreateModel(
                name='FilmFacets',
                fields=[
                    ('film_id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(null=True)),
                    ('runtime_minutes', models.PositiveSmallIntegerField(null=True)),
                    ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(max_length=60))),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], gin_pending_list_limit=256, name='facets_words')],
                },
            ),
            migrations.CreateModel(
                name='FilmId',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('imdb', 'IMDb'), ('tmdb', 'TMDB'), ('wikidata', 'Wikidata'), ('wikipedia', 'Wikipedia')], max_length=12, verbose_name='catalogue')),
                    ('value', models.CharField(max_length=250, verbose_name='its id there')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='films.film')),
                ],
                options={
                    'verbose_name': 'outside id',
                    'verbose_name_plural': 'outside ids',
                    'constraints': [models.UniqueConstraint(fields=('source', 'value'), name='film_id_unique', violation_error_message='Another film has this id already: perhaps it is the same film.'), models.UniqueConstraint(fields=('film', 'source'), name='film_id_one_a_source')],
                },
            ),
            migrations.CreateModel(
                name='FilmKeys',
                fields=[
                    ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('tier', models.PositiveSmallIntegerField(db_default=6, default=6)),
                    ('keys', django.contrib.postgres.search.SearchVectorField()),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 1)), fields=['keys'], name='film_keys_1'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 2)), fields=['keys'], name='film_keys_2'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 3)), fields=['keys'], name='film_keys_3'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 4)), fields=['keys'], name='film_keys_4'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 5)), fields=['keys'], name='film_keys_5'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 6)), fields=['keys'], name='film_keys_6')],
                },
            ),
            migrations.CreateModel(
                name='FormerSlug',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=120, unique=True)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='films.film')),
                ],
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('seed', 'The first catalogue'), ('wikipedia', 'Wikipedia'), ('wikidata', 'Wikidata'), ('tmdb', 'TMDB'), ('imdb', 'IMDb'), ('csv', 'A file'), ('document', 'A document'), ('curator', 'A curator')], max_length=10, verbose_name='source')),
                    ('place', models.CharField(help_text='The folder, file or address.', max_length=400, verbose_name='from')),
                    ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                    ('position', models.JSONField(blank=True, default=dict, editable=False)),
                    ('new', models.PositiveBigIntegerField(default=0, verbose_name='new')),
                    ('changed', models.PositiveBigIntegerField(default=0, verbose_name='changed')),
                    ('same', models.PositiveBigIntegerField(default=0, verbose_name='same')),
                    ('conflicts', models.PositiveBigIntegerField(default=0, verbose_name='conflicts')),
                    ('skipped', models.PositiveBigIntegerField(default=0, verbose_name='skipped')),
                    ('reasons', models.JSONField(blank=True, default=dict, editable=False)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'ordering': ['-started_at'],
                    'indexes': [models.Index(fields=['source', '-started_at'], name='import_run_newest')],
                },
            ),
            migrations.CreateModel(
                name='FilmChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=80)),
                    ('before', models.JSONField(null=True)),
                    ('after', models.JSONField(null=True)),
                    ('source', models.CharField(choices=[('seed', 'The first catalogue'), ('wikipedia', 'Wikipedia'), ('wikidata', 'Wikidata'), ('tmdb', 'TMDB'), ('imdb', 'IMDb'), ('csv', 'A file'), ('document', 'A document'), ('curator', 'A curator')], max_length=10, verbose_name='source')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='films.film')),
                    ('reverts', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reverted_by', to='films.filmchange')),
                    ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to='films.importrun')),
                ],
                options={
                    'verbose_name': 'change',
                    'verbose_name_plural': 'changes',
                    'ordering': ['-at', '-id'],
                    'indexes': [models.Index(fields=['film', '-at', '-id'], name='film_change_newest')],
                },
            ),
            migrations.CreateModel(
                name='Conflict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=80)),
                    ('source', models.CharField(choices=[('seed', 'The first catalogue'), ('wikipedia', 'Wikipedia'), ('wikidata', 'Wikidata'), ('tmdb', 'TMDB'), ('imdb', 'IMDb'), ('csv', 'A file'), ('document', 'A document'), ('curator', 'A curator')], max_length=10, verbose_name='source')),
                    ('ours', models.JSONField(null=True)),
                    ('theirs', models.JSONField(null=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('accepted', 'Theirs taken'), ('refused', 'Ours kept')], default='waiting', max_length=8, verbose_name='state')),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found')),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='films.film')),
                    ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.importrun')),
                ],
                options={
                    'verbose_name': 'conflict',
                    'verbose_name_plural': 'conflicts',
                    'ordering': ['-found_at', '-id'],
                    'indexes': [models.Index(fields=['state', '-found_at'], name='conflict_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('film', 'fact', 'source'), name='conflict_once')],
                },
            ),
            migrations.CreateModel(
                name='AlternativeTitle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=250, verbose_name='title')),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='films.country', verbose_name='country')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alternative_titles', to='films.film')),
                    ('language', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='films.language', verbose_name='language')),
                ],
                options={
                    'verbose_name': 'alternative title',
                    'verbose_name_plural': 'alternative titles',
                    'ordering': ['country', 'title'],
                    'constraints': [models.UniqueConstraint(fields=('film', 'title', 'country', 'language'), name='alternative_title_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('film', 'Film'), ('person', 'Person')], max_length=6, verbose_name='kind')),
                    ('kept_id', models.BigIntegerField(editable=False)),
                    ('gone_id', models.BigIntegerField(editable=False)),
                    ('kept_name', models.CharField(max_length=300, verbose_name='kept')),
                    ('gone_name', models.CharField(max_length=300, verbose_name='merged into it')),
                    ('record', models.JSONField(editable=False)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'merge',
                    'verbose_name_plural': 'merges',
                    'ordering': ['-at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='OutsideScore',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=60, verbose_name='source')),
                    ('value', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='score')),
                    ('scale', models.DecimalField(decimal_places=2, default=100, max_digits=6, verbose_name='out of')),
                    ('votes', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='votes')),
                    ('as_of', models.DateField(blank=True, null=True, verbose_name='as of')),
                    ('url', models.URLField(blank=True, max_length=300, verbose_name='address')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_scores', to='films.film')),
                ],
                options={
                    'verbose_name': 'outside score',
                    'verbose_name_plural': 'outside scores',
                    'ordering': ['source'],
                    'constraints': [models.UniqueConstraint(fields=('film', 'source'), name='outside_score_once'), models.CheckConstraint(condition=models.Q(('scale__gt', 0), ('value__gte', 0), ('value__lte', models.F('scale'))), name='outside_score_within_scale', violation_error_message='The score must lie between 0 and what it is out of.')],
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=120, unique=True, verbose_name='address')),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('born_on', models.DateField(blank=True, null=True, verbose_name='born')),
                    ('died_on', models.DateField(blank=True, null=True, verbose_name='died')),
                    ('birthplace', models.CharField(blank=True, max_length=120, verbose_name='born in')),
                    ('biography', models.TextField(blank=True, max_length=5000, verbose_name='biography')),
                    ('portrait_key', models.CharField(blank=True, editable=False, max_length=80)),
                    ('portrait_alt', models.CharField(blank=True, max_length=250, verbose_name='what the portrait shows')),
                    ('portrait_focus_x', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('portrait_focus_y', models.PositiveSmallIntegerField(db_default=50, default=50)),
                    ('search_text', models.TextField(blank=True, editable=False, max_length=400)),
                    ('credit_count', models.PositiveBigIntegerField(db_default=0, default=0, editable=False)),
                    ('updated_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'indexes': [models.Index(fields=['name', 'id'], name='person_by_name'), models.Index(fields=['-credit_count', '-id'], name='person_by_credits')],
                },
            ),
            migrations.CreateModel(
                name='FormerPersonSlug',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=120, unique=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='films.person')),
                ],
            ),
            migrations.CreateModel(
                name='Credit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job', models.CharField(choices=[('director', 'Director'), ('writer', 'Writer'), ('actor', 'Actor'), ('producer', 'Producer'), ('executive_producer', 'Executive producer'), ('cinematographer', 'Photography'), ('editor', 'Editing'), ('composer', 'Music'), ('sound', 'Sound'), ('production_designer', 'Production design'), ('art_director', 'Art direction'), ('set_decorator', 'Set decoration'), ('costume_designer', 'Costumes'), ('make_up', 'Make-up'), ('casting', 'Casting'), ('choreographer', 'Choreography'), ('stunt_coordinator', 'Stunts'), ('stunts', 'Stunt performer'), ('visual_effects', 'Visual effects'), ('animation', 'Animation'), ('second_unit', 'Second unit'), ('thanks', 'Thanks'), ('other', 'Other')], max_length=24, verbose_name='job')),
                    ('character', models.CharField(blank=True, max_length=200, verbose_name='character')),
                    ('detail', models.CharField(blank=True, help_text='Such as “sound editing”.', max_length=100, verbose_name='detail')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='films.film')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='films.person')),
                ],
                options={
                    'verbose_name': 'credit',
                    'verbose_name_plural': 'credits',
                    'ordering': ['position', 'id'],
                    'indexes': [models.Index(fields=['film', 'job', 'position'], name='credit_by_film'), models.Index(fields=['person', 'job'], name='credit_by_person')],
                    'constraints': [models.UniqueConstraint(fields=('film', 'person', 'job', 'character', 'detail'), name='credit_once')],
                },
            ),
            migrations.CreateModel(
                name='Award',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('award', models.CharField(help_text='Such as “Academy Awards”.', max_length=120, verbose_name='ceremony')),
                    ('category', models.CharField(max_length=150, verbose_name='category')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year held')),
                    ('outcome', models.CharField(choices=[('won', 'Won'), ('nominated', 'Nominated')], max_length=10, verbose_name='outcome')),
                    ('lost_to', models.CharField(blank=True, help_text='The title of the film that won.', max_length=250, verbose_name='went to')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='awards', to='films.film')),
                    ('lost_to_film', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.film', verbose_name='the film that won')),
                    ('people', models.ManyToManyField(blank=True, related_name='awards', to='films.person', verbose_name='people named')),
                ],
                options={
                    'verbose_name': 'award',
                    'verbose_name_plural': 'awards',
                    'ordering': ['award', 'year', 'category'],
                    'constraints': [models.UniqueConstraint(fields=('film', 'award', 'category', 'year'), name='award_once'), models.CheckConstraint(condition=models.Q(('outcome', 'nominated'), models.Q(('lost_to', ''), ('lost_to_film', None)), _connector='OR'), name='award_won_is_not_lost', violation_error_message='A prize that was won cannot have gone to another film.')],
                },
            ),
            migrations.CreateModel(
                name='PersonId',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(choices=[('imdb', 'IMDb'), ('tmdb', 'TMDB'), ('wikidata', 'Wikidata')], max_length=12, verbose_name='catalogue')),
                    ('value', models.CharField(max_length=60, verbose_name='its id there')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_ids', to='films.person')),
                ],
                options={
                    'verbose_name': 'outside id',
                    'verbose_name_plural': 'outside ids',
                    'constraints': [models.UniqueConstraint(fields=('source', 'value'), name='person_id_unique'), models.UniqueConstraint(fields=('person', 'source'), name='person_id_one_a_source')],
                },
            ),
            migrations.CreateModel(
                name='PersonKeys',
                fields=[
                    ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('tier', models.PositiveSmallIntegerField(db_default=6, default=6)),
                    ('keys', django.contrib.postgres.search.SearchVectorField()),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 1)), fields=['keys'], name='person_keys_1'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 2)), fields=['keys'], name='person_keys_2'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 3)), fields=['keys'], name='person_keys_3'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 4)), fields=['keys'], name='person_keys_4'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 5)), fields=['keys'], name='person_keys_5'), django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tier', 6)), fields=['keys'], name='person_keys_6')],
                },
            ),
            migrations.CreateModel(
                name='Prior',
                fields=[
                    ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    ('mean', models.DecimalField(decimal_places=6, default=7, max_digits=8)),
                    ('weight', models.PositiveIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1)])),
                    ('counted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='prior_one')],
                },
            ),
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('premiere', 'Premiere'), ('limited', 'In a few cinemas'), ('cinema', 'In cinemas'), ('digital', 'Online'), ('disc', 'On disc'), ('tv', 'On television')], default='cinema', max_length=8, verbose_name='kind')),
                    ('released_on', models.DateField(blank=True, null=True, verbose_name='day')),
                    ('certificate', models.CharField(blank=True, help_text='Such as “15” or “R”.', max_length=40, verbose_name='certificate')),
                    ('note', models.CharField(blank=True, help_text='Such as the name of the festival.', max_length=120, verbose_name='note')),
                    ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='films.country', verbose_name='country')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='films.film')),
                ],
                options={
                    'verbose_name': 'release',
                    'verbose_name_plural': 'releases',
                    'ordering': ['released_on', 'country', 'kind'],
                    'constraints': [models.UniqueConstraint(fields=('film', 'country', 'kind', 'released_on'), name='release_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('released_on__isnull', False), models.Q(('certificate', ''), _negated=True), _connector='OR'), name='release_says_something', violation_error_message='Give the day, the certificate, or both.')],
                },
            ),
            migrations.CreateModel(
                name='Availability',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('stream', 'Subscription'), ('free', 'Free'), ('rent', 'Rent'), ('buy', 'Buy'), ('cinema', 'In cinemas')], default='stream', max_length=8, verbose_name='how')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('url', models.URLField(blank=True, max_length=300, verbose_name='address')),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='films.country', verbose_name='country')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='availability', to='films.film')),
                    ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='availability', to='films.service', verbose_name='service')),
                ],
                options={
                    'verbose_name': 'place to watch',
                    'verbose_name_plural': 'places to watch',
                    'ordering': ['service', 'kind'],
                    'indexes': [models.Index(fields=['ends_on', 'film'], name='availability_by_end'), models.Index(condition=models.Q(('starts_on__isnull', False)), fields=['starts_on'], name='availability_by_start')],
                    'constraints': [models.UniqueConstraint(fields=('film', 'service', 'country', 'kind', 'starts_on'), name='availability_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='availability_ends_after_start', violation_error_message='The last day must not lie before the first.')],
                },
            ),
            migrations.CreateModel(
                name='SoundtrackEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                    ('title', models.CharField(max_length=200, verbose_name='song')),
                    ('scene', models.CharField(blank=True, max_length=400, verbose_name='scene')),
                    ('artist', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='songs', to='films.artist', verbose_name='artist')),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='soundtrack', to='films.film')),
                ],
                options={
                    'verbose_name': 'song',
                    'verbose_name_plural': 'soundtrack',
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('film', 'position'), name='soundtrack_position_once')],
                },
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('correction', 'A fact is wrong or missing'), ('merge', 'This film is here twice')], default='correction', max_length=10, verbose_name='kind')),
                    ('fact', models.CharField(blank=True, max_length=80, verbose_name='what')),
                    ('value', models.CharField(blank=True, max_length=1000, verbose_name='what it should say')),
                    ('note', models.CharField(blank=True, max_length=1000, verbose_name='how you know')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='waiting', max_length=8, verbose_name='state')),
                    ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='films.film')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to=settings.AUTH_USER_MODEL)),
                    ('twin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='films.film', verbose_name='the same film as')),
                ],
                options={
                    'verbose_name': 'suggestion',
                    'verbose_name_plural': 'suggestions',
                    'ordering': ['-created_at', '-id'],
                    'indexes': [models.Index(fields=['state', '-created_at'], name='suggestion_waiting'), models.Index(fields=['member', '-created_at'], name='suggestion_by_member')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'merge'), _negated=True), models.Q(('twin', models.F('film')), _negated=True), _connector='OR'), name='suggestion_twin_is_another', violation_error_message='Name the other film: this one cannot be its own twin.')],
                },
            ),
            migrations.CreateModel(
                name='Word',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=40, unique=True)),
                    ('film_count', models.PositiveIntegerField(default=0)),
                    ('person_count', models.PositiveIntegerField(default=0)),
                    ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='word_keys')],
                },
            ),
            migrations.CreateModel(
                name='FactSource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=80)),
                    ('source', models.CharField(choices=[('seed', 'The first catalogue'), ('wikipedia', 'Wikipedia'), ('wikidata', 'Wikidata'), ('tmdb', 'TMDB'), ('imdb', 'IMDb'), ('csv', 'A file'), ('document', 'A document'), ('curator', 'A curator')], max_length=10, verbose_name='source')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fact_sources', to='films.film')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('film', 'fact'), name='fact_source_once')],
                },
            ),
            migrations.CreateModel(
                name='FactLock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fact', models.CharField(max_length=80)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('reason', models.CharField(blank=True, max_length=250, verbose_name='reason')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fact_locks', to='films.film')),
                ],
                options={
                    'verbose_name': 'lock',
                    'verbose_name_plural': 'locks',
                    'constraints': [models.UniqueConstraint(fields=('film', 'fact'), name='fact_lock_once')],
                },
            ),
            migrations.CreateModel(
                name='Duplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=250, verbose_name='why')),
                    ('shared_people', models.PositiveIntegerField(default=0, verbose_name='people in both')),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('distinct', 'Two films')], default='waiting', max_length=8, verbose_name='state')),
                    ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found')),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('film', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='films.film', verbose_name='film')),
                    ('twin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='films.film', verbose_name='perhaps the same')),
                ],
                options={
                    'verbose_name': 'possible duplicate',
                    'verbose_name_plural': 'possible duplicates',
                    'ordering': ['-shared_people', 'id'],
                    'indexes': [models.Index(fields=['state', '-shared_people'], name='duplicate_waiting')],
                    'constraints': [models.UniqueConstraint(fields=('film', 'twin'), name='duplicate_once'), models.CheckConstraint(condition=models.Q(('film__lt', models.F('twin'))), name='duplicate_in_order')],
                },
            ),
        ]),
    ]
