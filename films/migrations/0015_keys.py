"""Tables of keys by which films and people are found, and the triggers that keep them (films/models/keys.py)."""

import json

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

TIERS = range(1, 7)
ROMAN = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
SPELT = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty"
)
FIGURES = {"one": "1"} | {
    way: str(number) for ways in (ROMAN, SPELT) for number, way in enumerate(ways.split(), start=2)
}
ARTICLES = (
    "the a an le la les l un une der die das den ein eine el los las una lo il gli i o os as um uma de het een det en"
    " ett"
)
# Scripts that write no spaces, whose titles are found by any part: kana, Han, Thai.
UNSPACED = r"[\u0e00-\u0e7f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"

# The titles stand on lines of their own; after an empty line come the year and the names. A text from before that has
# no empty line, and its main title comes as `title`. What is built is the text of a tsvector, which takes the
# doublings out; its parser's own signs are no letters, so nothing is lost without them.
FUNCTIONS = rf"""
    CREATE FUNCTION in_figures(titles text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT string_agg(coalesce('{json.dumps(FIGURES)}'::jsonb ->> word, word), ' ' ORDER BY place)
        FROM string_to_table(replace(titles, E'\n', E' \n '), ' ') WITH ORDINALITY AS parts (word, place)
    $$;
    CREATE FUNCTION parts_of_words(titles text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(string_agg(substr(word, start), ' '), '')
        FROM string_to_table(translate(titles, E'\n', ' '), ' ') word, generate_series(2, least(length(word), 30)) start
        WHERE octet_length(word) > length(word) AND word ~ '{UNSPACED}'
    $$;
    CREATE FUNCTION keys_to_find(search_text text, title text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        apart int := strpos(search_text, E'\n\n');
        titles text := translate(
            CASE WHEN apart > 0 THEN left(search_text, apart - 1) ELSE search_text || E'\n' || title END, '''\:', '   '
        );
        names text := CASE WHEN apart > 0 THEN translate(substr(search_text, apart + 2), '''\:', '   ') ELSE '' END;
        whole text := titles;
    BEGIN
        IF titles ~ '\m({"|".join(FIGURES)})\M' THEN
            whole := in_figures(titles);
            titles := titles || ' ' || whole;
        END IF;
        IF octet_length(titles) > length(titles) THEN
            titles := titles || ' ' || parts_of_words(titles);
        END IF;
        whole := whole || E'\n' || regexp_replace(whole, '^ ?(?:{ARTICLES.replace(" ", "|")}) (?=\S)', '', 'gn');
        whole := replace(regexp_replace(whole, '(?:^| )and (?=\S)', ' ', 'gn'), ' ', '');
        RETURN (
            titles || ' ' || regexp_replace(titles, '(\S)(\S?)(\S?)\S*', '^\1 ^\1\2 ^\1\2\3', 'g')
            || ' ' || regexp_replace(names, '(\S+)', '~\1', 'g')
            || ' ' || regexp_replace(whole, '^(?=\S)', '=', 'gn')
        )::tsvector;
    END $$;
"""
# A name in another script is found as its address spells it, too.
FUNCTIONS += """
    CREATE FUNCTION keys_of_person(search_text text, slug text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT keys_to_find(
            search_text || CASE WHEN octet_length(search_text) = length(search_text) THEN ''
                                ELSE E'\\n' || translate(slug, '-', ' ') END || E'\\n\\n', ''
        )
    $$;
"""
OF_A_FILM, OF_A_PERSON = "keys_to_find(r.search_text, r.sort_title)", "keys_of_person(r.search_text, r.slug)"


def triggers(table: str, keys: str, columns: tuple[str, str]) -> str:
    """`keys`: the expression for a row `r` of the table; it depends on `columns`."""
    kept = f"{table}keys"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""
        CREATE FUNCTION add_{kept}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO {kept} (id, keys) SELECT r.id, {keys} FROM added r
                ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
            RETURN NULL;
        END $$;
        CREATE TRIGGER add_{kept} AFTER INSERT ON {table}
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_{kept}();
        CREATE FUNCTION change_{kept}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE r {table} := NEW;
        BEGIN
            INSERT INTO {kept} (id, keys) VALUES (r.id, {keys}) ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
            RETURN NULL;
        END $$;
        CREATE TRIGGER change_{kept} AFTER UPDATE OF {", ".join(columns)} ON {table}
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION change_{kept}();
        CREATE FUNCTION drop_{kept}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM {kept} k USING gone WHERE k.id = gone.id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER drop_{kept} AFTER DELETE ON {table}
            REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_{kept}();
    """


def finder(name: str, table: str, weight: str, names: str) -> str:
    """A function that gives whatever has exactly such a key, and goes down the tiers until `enough` have the words.

    What may be meant by an unfinished word is asked more widely (`early`) of the upper tiers than of the last. Where
    one query finds nothing at all, the next of the lists is asked.
    """
    kept = f"{table}keys"
    columns = f"r.id, r.{weight}, {names}"
    exact = " UNION ALL ".join(
        f"(SELECT k.id FROM {kept} k WHERE k.tier = {tier} AND k.keys @@ exact)" for tier in TIERS
    )
    steps = "".join(
        f"""
                RETURN QUERY SELECT {columns} FROM {kept} k JOIN {table} r ON r.id = k.id
                    WHERE k.tier = {tier} AND k.keys @@ {"early" if tier < TIERS[-1] else "late"}[n] LIMIT most;
                GET DIAGNOSTICS got = ROW_COUNT;
                found := found + got;
                IF found >= enough THEN RETURN; END IF;
        """
        for tier in TIERS
    )
    return f"""
        CREATE FUNCTION {name}(exact tsquery, early tsquery[], late tsquery[], enough int, most int)
        RETURNS TABLE (id bigint, weight bigint, names text) LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan AS $$
        DECLARE
            found int := 0;
            got int;
        BEGIN
            IF exact IS NOT NULL THEN
                RETURN QUERY SELECT {columns} FROM ({exact} LIMIT 100) k JOIN {table} r ON r.id = k.id;
            END IF;
            FOR n IN 1 .. coalesce(array_length(early, 1), 0) LOOP
                {steps}
                IF found > 0 THEN RETURN; END IF;
            END LOOP;
        END $$;
    """


def keys_table(name: str) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigIntegerField(primary_key=True, serialize=False)),
            ("tier", models.PositiveSmallIntegerField(db_default=6, default=6)),
            ("keys", django.contrib.postgres.search.SearchVectorField()),
        ],
    )


def filled(table: str, keys: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"INSERT INTO {table}keys (id, keys) SELECT r.id, {keys} FROM {table} r",
        migrations.RunSQL.noop,
    )


def tier_index(model: str, name: str, tier: int) -> migrations.AddIndex:
    return migrations.AddIndex(
        model,
        django.contrib.postgres.indexes.GinIndex(
            condition=models.Q(("tier", tier)), fields=["keys"], name=f"{name}_{tier}"
        ),
    )


def undone(table: str) -> str:
    names = [f"{verb}_{table}keys" for verb in ("add", "change", "drop")]
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for name in names)


class Migration(migrations.Migration):
    dependencies = [("films", "0014_film_legs")]

    operations = [
        keys_table("FilmKeys"),
        keys_table("PersonKeys"),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION keys_of_person(text, text); DROP FUNCTION keys_to_find(text, text); DROP FUNCTION parts_of_words(text); DROP FUNCTION in_figures(text);",
            elidable=False,
        ),
        filled("films_film", OF_A_FILM),
        filled("films_person", OF_A_PERSON),
        *(tier_index("filmkeys", "film_keys", tier) for tier in TIERS),
        *(tier_index("personkeys", "person_keys", tier) for tier in TIERS),
        migrations.RunSQL(triggers("films_film", OF_A_FILM, ("search_text", "sort_title")), undone("films_film")),
        migrations.RunSQL(triggers("films_person", OF_A_PERSON, ("search_text", "slug")), undone("films_person")),
        migrations.RunSQL(
            finder("films_found", "films_film", "popularity", r"split_part(r.search_text, E'\n\n', 1)")
            + finder("people_found", "films_person", "credit_count", "r.search_text"),
            "DROP FUNCTION films_found(tsquery, tsquery[], tsquery[], int, int);"
            "DROP FUNCTION people_found(tsquery, tsquery[], tsquery[], int, int);",
        ),
    ]
