"""The keys by which films and people are found, and the triggers that keep them (films/models/keys.py)."""

import json

from django.db import migrations

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

# The titles stand on lines of their own; after an empty line come the year and the names. A text without an empty line
# (people) has its main title as `title`. What is built is the text of a tsvector, which takes the
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
MOST_LINES = 12
NUMBERS = (
    "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx one two three four five six seven eight nine"
    " ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).replace(" ", "|")
PREPOSITIONS = "of in on at to for with from by"
COUNTED = "part pt chapter episode vol volume"


def array(words: str) -> str:
    return "'{" + words.replace(" ", ",") + "}'::text[]"


# Of "harry potter and the order of the phoenix" the parts are "harry potter" and "the order of the phoenix": a part
# begins with an article, but for one that a preposition goes before; and of "back to the future part 2" the part before
# its number. What stands before and after a colon or a dash is a part, too, which only the title itself still says.
# Of each: all words, those after a leading article, and those that are not small; numbers stay whole. Word by word,
# since regular expressions that replace take ten times as long.
INITIALS = rf"""
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
OF_A_FILM = "keys_of_film(r.search_text, r.sort_title, r.title)"
OF_A_PERSON = "keys_of_person(r.search_text, r.slug)"


def triggers(table: str, keys: str, columns: tuple[str, ...]) -> str:
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


def undone(table: str) -> str:
    names = [f"{verb}_{table}keys" for verb in ("add", "change", "drop")]
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();" for name in names)


class Migration(migrations.Migration):
    replaces = [
        ("films", "0015_keys"),
        ("films", "0016_one_search"),
        ("films", "0019_initials"),
        ("films", "0020_variants"),
    ]

    dependencies = [("films", "0002_counts")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS + INITIALS,
            "DROP FUNCTION keys_of_film(text, text, text); DROP FUNCTION initials_of(text);"
            "DROP FUNCTION parts_of_title(text); DROP FUNCTION keys_of_person(text, text);"
            "DROP FUNCTION keys_to_find(text, text); DROP FUNCTION parts_of_words(text); DROP FUNCTION in_figures(text);",
        ),
        migrations.RunSQL(
            triggers("films_film", OF_A_FILM, ("search_text", "sort_title", "title")), undone("films_film")
        ),
        migrations.RunSQL(triggers("films_person", OF_A_PERSON, ("search_text", "slug")), undone("films_person")),
        migrations.RunSQL(
            finder("films_found", "films_film", "popularity", r"split_part(r.search_text, E'\n\n', 1)")
            + finder("people_found", "films_person", "credit_count", "r.search_text"),
            "DROP FUNCTION films_found(tsquery, tsquery[], tsquery[], int, int);"
            "DROP FUNCTION people_found(tsquery, tsquery[], tsquery[], int, int);",
        ),
    ]
