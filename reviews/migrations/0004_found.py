"""Reviews, articles and lists are found by their words, the newest first.

Every text has the number of its ten-bit block of ids among its words (`words_of_text`), so that a word that is in half of
them is asked of the newest first.
"""

from django.db import migrations


def finder(name: str, table: str, words: str) -> str:
    """The newest texts with the words: of the last 4,096, of the next 16,384, 65,536, then of all that are left."""
    asked = f"SELECT t.id FROM {table} t WHERE {words} @@"
    return f"""
        CREATE FUNCTION {name}(words tsquery, enough int) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
        SET plan_cache_mode = force_generic_plan AS $$
        DECLARE
            block bigint := (SELECT max(id) >> 10 FROM {table});
            blocks int := 4;
            found int := 0;
            got int;
        BEGIN
            IF numnode(words) = 0 THEN RETURN; END IF;
            FOR step IN 1 .. 3 LOOP
                RETURN QUERY {asked} (words && (
                    SELECT string_agg('''#' || n || '''', ' | ')::tsquery FROM generate_series(block - blocks + 1, block) n
                )) ORDER BY t.id DESC LIMIT enough - found;
                GET DIAGNOSTICS got = ROW_COUNT;
                found := found + got;
                block := block - blocks;
                blocks := blocks * 4;
                IF found >= enough OR block < 0 THEN RETURN; END IF;
            END LOOP;
            RETURN QUERY {asked} words AND t.id < (block + 1) << 10 ORDER BY t.id DESC LIMIT enough - found;
        END $$;
    """


FOUND = {
    "reviews_found": ("reviews_review", "words_of_review(t.id, t.body_html, t.spoilers)"),
    "lists_found": ("reviews_filmlist", "words_of_list(t.id, t.title, t.description_html)"),
    "articles_found": ("reviews_article", "words_of_article(t.id, t.title, t.standfirst, t.body_html)"),
}


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0015_uncovered_words"),
    ]

    dependencies = [("reviews", "0003_in_step")]

    operations = [
        migrations.RunSQL(
            "".join(finder(name, *of) for name, of in FOUND.items()),
            "".join(f"DROP FUNCTION {name}(tsquery, int);" for name in FOUND),
        )
    ]
