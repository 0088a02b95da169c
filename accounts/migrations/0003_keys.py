"""The keys by which members are found, and the triggers that keep them (accounts/models/keys.py)."""

from django.db import migrations

# Words end at anything of ASCII that is no letter or figure, at the general signs of Unicode, and within "TheKubrick".
FUNCTIONS = r"""
    CREATE FUNCTION words_of_name(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_remove(regexp_split_to_array(
            translate(
                regexp_replace(
                    lower(normalize(regexp_replace(name, '([a-z0-9])([A-Z])', '\1 \2', 'g'), NFKD)),
                    '[\u0300-\u036f''`\u00b4\u2018\u2019\u02bc\u02bb\u2032]', '', 'g'
                ),
                'øłđðħı', 'olddhi'
            ), '[\u0001-\u002f:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f]+'
        ), '')
    $$;
    CREATE FUNCTION rests_of_word(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_agg('~' || left(left(word, 7), place) || substr(left(word, 7), place + 2))
        FROM generate_series(0, least(length(word), 7)) place WHERE length(word) >= 4
    $$;
    CREATE FUNCTION keys_of_member(username text, display_name text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_to_tsvector(coalesce(array_agg(key), '{}')) FROM (
            SELECT unnest(word || rests_of_word(word))
            FROM unnest(words_of_name(username || ' ' || display_name)) word
        ) every (key)
    $$;
    CREATE FUNCTION add_accounts_userkeys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO accounts_userkeys (id, keys) SELECT r.id, keys_of_member(r.username, r.display_name) FROM added r
            ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
        RETURN NULL;
    END $$;
    CREATE TRIGGER add_accounts_userkeys AFTER INSERT ON accounts_user
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_accounts_userkeys();
    CREATE FUNCTION change_accounts_userkeys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO accounts_userkeys (id, keys) VALUES (NEW.id, keys_of_member(NEW.username, NEW.display_name))
            ON CONFLICT (id) DO UPDATE SET keys = excluded.keys;
        RETURN NULL;
    END $$;
    CREATE TRIGGER change_accounts_userkeys AFTER UPDATE OF username, display_name ON accounts_user
        FOR EACH ROW WHEN (OLD.username <> NEW.username OR OLD.display_name <> NEW.display_name)
        EXECUTE FUNCTION change_accounts_userkeys();
    CREATE FUNCTION drop_accounts_userkeys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM accounts_userkeys k USING gone WHERE k.id = gone.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER drop_accounts_userkeys AFTER DELETE ON accounts_user
        REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION drop_accounts_userkeys();
"""
UNDONE = "".join(
    f"DROP TRIGGER {verb}_accounts_userkeys ON accounts_user; DROP FUNCTION {verb}_accounts_userkeys();"
    for verb in ("add", "change", "drop")
) + (
    "DROP FUNCTION keys_of_member(text, text); DROP FUNCTION rests_of_word(text); DROP FUNCTION words_of_name(text);"
)


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0010_member_keys"),
        ("accounts", "0011_covering_names"),
    ]

    dependencies = [("accounts", "0002_counts")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDONE)]
