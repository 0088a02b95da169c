import os
from pathlib import Path

import pytest
from django.db import connection

from accounts import prepared
from config import database, embedded
from config.env import BASE_DIR, BadSetting


def test_an_address_becomes_djangos_settings():
    place = database.parse("postgresql://ana:p%40ss%2Fword@db.example.org:6432/films?sslmode=require")
    assert place["HOST"] == "db.example.org"
    assert (place["USER"], place["PASSWORD"], place["PORT"], place["NAME"]) == ("ana", "p@ss/word", "6432", "films")
    assert place["OPTIONS"]["sslmode"] == "require"


def test_a_machine_that_went_without_a_word_is_given_up_soon_unless_the_address_says_otherwise():
    options = database.parse("postgresql://db.example.org/films?tcp_user_timeout=60000")["OPTIONS"]
    assert int(options["keepalives_idle"]) + int(options["keepalives_interval"]) * int(options["keepalives_count"]) < 15
    assert (options["tcp_user_timeout"], database.GIVEN_UP["tcp_user_timeout"]) == ("60000", "10000")


def test_a_socket_folder_may_be_the_host():
    place = database.parse("postgresql://postgres@/films?host=/var/run/postgresql")
    assert (place["HOST"], place["USER"]) == ("/var/run/postgresql", "postgres")


def test_another_kind_of_database_is_refused():
    with pytest.raises(BadSetting, match="write postgresql://"):
        database.parse("mysql://db.example.org/films")


def test_pages_have_seconds_and_typed_commands_have_time():
    page = database.parse("postgresql://db/films?options=-c%20work_mem=8MB", database.limits("web"))
    assert page["OPTIONS"]["options"].startswith("-c work_mem=8MB -c statement_timeout=5000")
    assert "-c plan_cache_mode=force_generic_plan" in page["OPTIONS"]["options"]
    assert "options" not in database.parse("postgresql://db/films", database.limits(""))["OPTIONS"]


def test_behind_a_pooler_nothing_outlives_a_transaction():
    place = database.parse("postgresql://db/films", database.limits("web"), pooler=True)
    assert place["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert place["OPTIONS"]["prepare_threshold"] is None  # psycopg: never
    assert "options" not in place["OPTIONS"]  # PgBouncer refuses what it does not know at the start of a connection


@pytest.mark.django_db
def test_what_is_prepared_is_planned_once_and_not_at_all_behind_a_pooler():
    def known() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%of-the-test%"])
            return cursor.fetchone()[0]

    question = "SELECT %s::int + 1, 'of-the-test'"
    assert [prepared.rows(question, [n])[0][0] for n in (1, 2, 70_000)] == [2, 3, 70_001]
    assert known() == 2  # one for small numbers, one for large
    connection.connection.prepare_threshold = None
    try:
        assert prepared.rows(f"{question}, 'pooled'", [1]) == [(2, "of-the-test", "pooled")]
    finally:
        connection.connection.prepare_threshold = 0
    assert known() == 2


@pytest.mark.django_db
def test_pages_plan_what_is_prepared_once_for_all_values():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('plan_cache_mode', %s, true)", [database.limits("web")["plan_cache_mode"]])
        for number in (1, 2, 3):
            prepared.rows("SELECT 'planned-once' WHERE %s::bigint > 0", [number])
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%planned-once'%"],
        )
        assert cursor.fetchall() == [(3, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_closed_is_noticed_without_asking_it():
    connection.ensure_connection()
    assert connection.is_usable()
    number = connection.connection.info.backend_pid
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    assert not connection.is_usable()
    connection.close()


def test_the_data_directory_is_what_the_environment_says(monkeypatch):
    monkeypatch.setenv("DATA_DIR", "/srv/films")
    assert database.data_dir() == Path("/srv/films")


def test_the_data_lies_in_the_checkout_or_where_the_databases_user_can_reach_it(monkeypatch):
    monkeypatch.delenv("DATA_DIR")
    place = database.data_dir()
    assert place == BASE_DIR / ".data" or place.parent == embedded.SYSTEM_DIR


@pytest.mark.django_db
def test_the_database_is_postgresql_16_or_newer_and_knows_letters_beyond_ascii():
    assert connection.pg_version >= 160_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ÀÉÎØÜ') = 'àéîøü'")
        assert cursor.fetchone() == (True,)


def test_a_folder_that_only_its_owner_enters_is_not_enterable(tmp_path):
    inner = tmp_path / "private" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    assert not embedded.enterable(inner)
    inner.parent.chmod(0o755)
    assert embedded.enterable(inner) == all(os.stat(parent).st_mode & 1 for parent in inner.parents)
