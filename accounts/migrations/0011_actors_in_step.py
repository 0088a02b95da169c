"""A member seen from elsewhere ends with what ends it here, and is told anew when what they are called changes.

By triggers, so that no way to suspend a member, to close an account or to delete it can forget it.
"""

from django.db import migrations

FUNCTIONS = """
    CREATE FUNCTION end_accounts_actor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE accounts_actor SET ended_at = statement_timestamp() WHERE member_id = NEW.id AND ended_at IS NULL;
        RETURN NULL;
    END $$;
    CREATE TRIGGER end_accounts_actor AFTER UPDATE OF is_active, is_private ON accounts_user
        FOR EACH ROW WHEN (NEW.is_private OR NOT NEW.is_active) EXECUTE FUNCTION end_accounts_actor();

    CREATE FUNCTION tell_accounts_actor() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE accounts_actor SET is_due = true WHERE member_id = NEW.id AND ended_at IS NULL AND NOT is_due;
        RETURN NULL;
    END $$;
    CREATE TRIGGER tell_accounts_actor AFTER UPDATE OF username, display_name, bio, avatar_key ON accounts_user
        FOR EACH ROW WHEN ((OLD.username, OLD.display_name, OLD.bio, OLD.avatar_key)
            IS DISTINCT FROM (NEW.username, NEW.display_name, NEW.bio, NEW.avatar_key))
        EXECUTE FUNCTION tell_accounts_actor();

    CREATE FUNCTION end_accounts_actor_of_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.ended_at := coalesce(NEW.ended_at, statement_timestamp());
        RETURN NEW;
    END $$;
    CREATE TRIGGER end_accounts_actor_of_nobody BEFORE UPDATE OF member_id ON accounts_actor
        FOR EACH ROW WHEN (NEW.member_id IS NULL) EXECUTE FUNCTION end_accounts_actor_of_nobody();
"""
UNDONE = """
    DROP TRIGGER end_accounts_actor_of_nobody ON accounts_actor; DROP FUNCTION end_accounts_actor_of_nobody();
    DROP TRIGGER tell_accounts_actor ON accounts_user; DROP FUNCTION tell_accounts_actor();
    DROP TRIGGER end_accounts_actor ON accounts_user; DROP FUNCTION end_accounts_actor();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_federation")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDONE)]
