"""Reviews, articles and lists are found by the words that anybody may read: not by what stands under a cover.

And by any word as fast: every text also has the number of its ten-bit block of ids among its words, so that a word
that is in half of them is asked of the newest first (`texts_found`).
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

WORDS = r"""
    CREATE FUNCTION uncovered(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN regexp_replace(html, '<details.*?</details>', ' ', 'g');
    CREATE FUNCTION words_of_text(id bigint, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN to_tsvector('english'::regconfig, words) || array_to_tsvector(ARRAY['#' || (id >> 10)]);
    CREATE FUNCTION words_of_review(id bigint, html text, covered boolean) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE WHEN covered THEN ''::tsvector ELSE words_of_text(id, uncovered(html)) END;
    CREATE FUNCTION words_of_list(id bigint, title text, html text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN words_of_text(id, title || ' ' || uncovered(html));
    CREATE FUNCTION words_of_article(id bigint, title text, standfirst text, html text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN words_of_text(id, title || ' ' || standfirst || ' ' || uncovered(html));
"""
WORDS_UNDONE = """
    DROP FUNCTION words_of_article(bigint, text, text, text);
    DROP FUNCTION words_of_list(bigint, text, text);
    DROP FUNCTION words_of_review(bigint, text, boolean);
    DROP FUNCTION words_of_text(bigint, text);
    DROP FUNCTION uncovered(text);
"""


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


def anew(model: str, name: str, function: str, *columns: str) -> list[migrations.operations.base.Operation]:
    index = django.contrib.postgres.indexes.GinIndex(models.Func(*columns, function=function), name=name)
    return [migrations.RemoveIndex(model, name), migrations.AddIndex(model, index)]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0014_recommendations")]

    operations = [
        migrations.RunSQL(WORDS, WORDS_UNDONE),
        *anew("review", "review_words", "words_of_review", "id", "body_html", "spoilers"),
        *anew("filmlist", "list_words", "words_of_list", "id", "title", "description_html"),
        *anew("article", "article_words", "words_of_article", "id", "title", "standfirst", "body_html"),
        migrations.RunSQL(
            "".join(finder(name, *of) for name, of in FOUND.items()),
            "".join(f"DROP FUNCTION {name}(tsquery, int);" for name in FOUND),
        ),
    ]
