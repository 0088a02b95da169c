import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The places on a list are 1, 2, 3… without gaps, whichever path writes: actions, merges of films and their undoing,
# a film that is deleted, a bulk load. What is put at a place pushes back what stood there.
IN_ORDER = """
    CREATE FUNCTION tidy_entries_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM reviews_filmlist WHERE id IN (SELECT film_list_id FROM {rows}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE reviews_listentry e SET position = o.place
            FROM (
                SELECT c.id, row_number() OVER (
                    PARTITION BY c.film_list_id ORDER BY c.position, {first} c.id
                ) AS place
                FROM reviews_listentry c WHERE c.film_list_id IN (SELECT film_list_id FROM {rows})
            ) o
            WHERE e.id = o.id AND e.position <> o.place;
        RETURN NULL;
    END $$;
    CREATE TRIGGER tidy_entries_{event} AFTER {event} ON reviews_listentry
        REFERENCING {table} FOR EACH STATEMENT EXECUTE FUNCTION tidy_entries_{event}();
"""
ADDED = IN_ORDER.format(
    event="insert", rows="added", table="NEW TABLE AS added", first="c.id NOT IN (SELECT id FROM added),"
)
TAKEN = IN_ORDER.format(event="delete", rows="gone", table="OLD TABLE AS gone", first="")
DROP = """
    DROP TRIGGER tidy_entries_{event} ON reviews_listentry;
    DROP FUNCTION tidy_entries_{event}();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0009_activity_in_step'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='listentry',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='note by'),
        ),
        migrations.AddField(
            model_name='listentry',
            name='updated_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunSQL(ADDED, DROP.format(event="insert")),
        migrations.RunSQL(TAKEN, DROP.format(event="delete")),
    ]
