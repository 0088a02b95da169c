"""Lists that fill themselves with what a search of the catalogue finds."""

from django.db import migrations, models

from config.at_once import AtOnce

# A list is filled by hand or fills itself, from the first to the last: no row of a film is ever on one that finds them.
BY_HAND = """
    CREATE FUNCTION entries_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM added a JOIN reviews_filmlist l ON l.id = a.film_list_id WHERE l.finds <> '') THEN
            RAISE EXCEPTION 'this list fills itself'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'list_entry_by_hand', TABLE = 'reviews_listentry';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER entries_by_hand AFTER INSERT ON reviews_listentry
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION entries_by_hand();

    CREATE FUNCTION list_stays_of_its_kind() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a list is filled by hand or fills itself for ever'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'list_of_one_kind', TABLE = 'reviews_filmlist';
    END $$;
    CREATE TRIGGER list_stays_of_its_kind BEFORE UPDATE OF finds ON reviews_filmlist FOR EACH ROW
        WHEN ((OLD.finds = '') <> (NEW.finds = '')) EXECUTE FUNCTION list_stays_of_its_kind();
"""
DROP = """
    DROP TRIGGER entries_by_hand ON reviews_listentry;
    DROP FUNCTION entries_by_hand();
    DROP TRIGGER list_stays_of_its_kind ON reviews_filmlist;
    DROP FUNCTION list_stays_of_its_kind();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_tips")]

    operations = [
        AtOnce([
            migrations.AddField(
                model_name="filmlist",
                name="finds",
                field=models.CharField(blank=True, db_default="", default="", max_length=2000, verbose_name="finds"),
            ),
            migrations.AddField(
                model_name="filmlist",
                name="most_found",
                field=models.PositiveSmallIntegerField(db_default=250, default=250, verbose_name="shows at most"),
            ),
            migrations.AddConstraint(
                model_name="filmlist",
                constraint=models.CheckConstraint(
                    condition=models.Q(most_found__range=(1, 250)), name="list_shows_so_many"
                ),
            ),
        ]),
        migrations.RunSQL(BY_HAND, DROP),
    ]
