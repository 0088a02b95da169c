"""Films are found by the initials of their titles: "lotr", "eeaao", "2001 aso" (films/models/keys.py)."""

import django.contrib.postgres.indexes
from django.db import migrations, models

TIERS = range(1, 7)
MOST_LINES = 12
NUMBERS = (
    "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx one two three four five six seven eight nine"
    " ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).replace(" ", "|")
ARTICLES = (
    "the a an le la les l un une der die das den ein eine el los las una lo il gli i o os as um uma de het een det en ett"
)
PREPOSITIONS = "of in on at to for with from by"
COUNTED = "part pt chapter episode vol volume"


def array(words: str) -> str:
    return "'{" + words.replace(" ", ",") + "}'::text[]"


# Of "harry potter and the order of the phoenix" the parts are "harry potter" and "the order of the phoenix": a part
# begins with an article, but for one that a preposition goes before; and of "back to the future part 2" the part before
# its number. What stands before and after a colon or a dash is a part, too, which only the title itself still says.
# Of each: all words, those after a leading article, and those that are not small; numbers stay whole. Word by word,
# since regular expressions that replace take ten times as long.
FUNCTIONS = rf"""
    CREATE FUNCTION parts_of_title(title text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT string_agg(
            trim(regexp_replace(replace(translate(part, '''’‘ʼʻ`´′', ''), '&', ' and '), '[^a-z0-9]+', ' ', 'g')), E'\n'
        ) FROM regexp_split_to_table(
            regexp_replace(lower(normalize(title, NFKD)), '[\u0300-\u036f]', '', 'g'), ': | [-–—] '
        ) part
        WHERE title ~ ': | [-–—] ' AND part !~ '[^\u0001-\u007f–—’‘ʼʻ´′…]'
    $$;
    CREATE FUNCTION initials_of(titles text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    DECLARE
        lines text[] := (string_to_array(titles, E'\n'))[:{MOST_LINES}];
        line text;
        words text[];
        word text;
        before text;
        letter text;
        whole text;  -- initials of the title so far; of its words that are not small; the same of this part of it
        chosen text;
        part text;
        chosen_part text;
        has_article bool;
        part_has_article bool;
        found text[] := '{{}}';
    BEGIN
        IF titles ~ '\m({NUMBERS})\M' THEN
            lines := lines || string_to_array(replace(in_figures(array_to_string(lines, E'\n')), E' \n ', E'\n'), E'\n');
        END IF;
        FOREACH line IN ARRAY lines LOOP
            words := string_to_array(line, ' ');
            CONTINUE WHEN cardinality(words) NOT BETWEEN 3 AND 15 OR octet_length(line) > length(line);
            whole := '';
            chosen := '';
            part := '';
            chosen_part := '';
            before := '';
            has_article := words[1] = ANY({array(ARTICLES)});
            part_has_article := has_article;
            FOREACH word IN ARRAY words LOOP
                IF ascii(word) BETWEEN 48 AND 57 THEN
                    letter := rtrim(word, 'abcdefghijklmnopqrstuvwxyz');
                    found := found || CASE WHEN before = ANY({array(COUNTED)}) THEN left(part, -1) ELSE part END;
                ELSE
                    letter := left(word, 1);
                END IF;
                IF word IN ('the', 'a', 'an') AND part <> '' AND before <> ALL({array(PREPOSITIONS)}) THEN
                    IF before = 'and' THEN part := left(part, -1); END IF;
                    found := found || part || chosen_part;
                    IF part_has_article THEN found := found || substr(part, 2); END IF;
                    part := '';
                    chosen_part := '';
                    part_has_article := true;
                END IF;
                whole := whole || letter;
                part := part || letter;
                IF word <> ALL({array("the a an and " + PREPOSITIONS)}) THEN
                    chosen := chosen || letter;
                    chosen_part := chosen_part || letter;
                END IF;
                before := word;
            END LOOP;
            found := found || whole || chosen || part || chosen_part;
            IF has_article THEN found := found || substr(whole, 2); END IF;
            IF part_has_article THEN found := found || substr(part, 2); END IF;
        END LOOP;
        RETURN coalesce(
            (
                SELECT string_agg('#' || short, ' ') FROM unnest(found) short
                WHERE length(short) BETWEEN 3 AND 12 AND short ~ '^[a-z0-9]*[a-z][a-z0-9]*$'
            )::tsvector, ''
        );
    END $$;
    CREATE FUNCTION keys_of_film(search_text text, sort_title text, title text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT keys_to_find(search_text, sort_title)
            || initials_of(concat_ws(E'\n', parts_of_title(title), split_part(search_text, E'\n\n', 1)))
    $$;
"""
KEYS = "keys_of_film(r.search_text, r.sort_title, r.title)"
KEYS_BEFORE = "keys_to_find(r.search_text, r.sort_title)"


def triggers(keys: str, columns: tuple[str, ...]) -> str:
    """As in 0015_keys, with other keys; the trigger that drops them stays as it is."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""
        CREATE OR REPLACE FUNCTION add_films_filmkeys() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO films_filmkeys (id, keys) SELECT r.id, {keys} FROM added r
                ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE FUNCTION change_films_filmkeys() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE r films_film := NEW;
        BEGIN
            INSERT INTO films_filmkeys (id, keys) VALUES (r.id, {keys})
                ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
            RETURN NULL;
        END $$;
        DROP TRIGGER change_films_filmkeys ON films_film;
        CREATE TRIGGER change_films_filmkeys AFTER UPDATE OF {", ".join(columns)} ON films_film
            FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION change_films_filmkeys();
    """


# Only what is added is worked out, and only for films that have it.
FILLED = """
    UPDATE films_filmkeys k SET keys = k.keys || i.initials
    FROM films_film r, initials_of(
        concat_ws(E'\\n', parts_of_title(r.title), split_part(r.search_text, E'\\n\\n', 1))
    ) AS i (initials)
    WHERE r.id = k.id AND i.initials <> ''
"""
EMPTIED = f"UPDATE films_filmkeys k SET keys = {KEYS_BEFORE} FROM films_film r WHERE r.id = k.id AND k.keys <> {KEYS_BEFORE}"


def tier_index(tier: int) -> models.Index:
    return django.contrib.postgres.indexes.GinIndex(
        condition=models.Q(("tier", tier)), fields=["keys"], name=f"film_keys_{tier}"
    )


class Migration(migrations.Migration):
    dependencies = [("films", "0018_changes_gathered")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION keys_of_film(text, text, text); DROP FUNCTION initials_of(text);"
            "DROP FUNCTION parts_of_title(text);",
            elidable=False,
        ),
        # Built anew at the end, the indexes take a fraction of what it takes to change them row by row.
        *(migrations.RemoveIndex("filmkeys", f"film_keys_{tier}") for tier in TIERS),
        migrations.RunSQL(
            triggers(KEYS, ("search_text", "sort_title", "title")),
            triggers(KEYS_BEFORE, ("search_text", "sort_title")),
        ),
        migrations.RunSQL(FILLED, EMPTIED),
        *(migrations.AddIndex("filmkeys", tier_index(tier)) for tier in TIERS),
    ]
