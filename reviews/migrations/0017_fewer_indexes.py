"""Foreign keys that begin an index of more columns need none of their own; the best reviews of a film from one alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('films', '0015_keys'),
        ('reviews', '0016_tonight'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='member',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='activities', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='listentry',
            name='film_list',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='reviews.filmlist'),
        ),
        migrations.AlterField(
            model_name='mark',
            name='member',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='marks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='review',
            name='film',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='films.film'),
        ),
        migrations.AlterField(
            model_name='review',
            name='member',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['member', 'film'], name='review_of_member_and_film'),
        ),
        migrations.RemoveIndex(
            model_name='review',
            name='review_film_best',
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['film', '-like_count', '-published_at', '-id'], condition=models.Q(('published_at__isnull', False)), include=('member', 'visibility', 'removed_at'), name='review_best_of_film'),
        ),
    ]
