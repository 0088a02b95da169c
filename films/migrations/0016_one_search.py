"""Films and people are found by their keys alone (0015): what each rating wrote into a second index is gone."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('films', '0015_keys'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='film',
            name='film_search',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='person_search',
        ),
        migrations.RemoveField(
            model_name='film',
            name='search_vector',
        ),
        migrations.RemoveField(
            model_name='person',
            name='search_vector',
        ),
    ]
