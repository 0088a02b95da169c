import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config import health, jobs, prepare
from config.env import BadSetting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ask_again(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


def heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second')",
            [seconds_ago],
        )


def test_the_process_is_up(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "up"})
    assert "no-store" in answer["Cache-Control"]


def test_ready_when_everything_is_there(client):
    heartbeat(3)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in ("status", "database", "migrations", "worker")} == {
        "status": "ready", "database": "ok", "migrations": "ok", "worker": "ok"
    }  # fmt: skip


@pytest.mark.parametrize("silent_for", [None, 300])
def test_not_ready_without_a_worker(client, silent_for):
    if silent_for:
        heartbeat(silent_for)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"], answer["Retry-After"]) == (503, "silent", "5")


def test_not_ready_while_a_migration_is_missing(client):
    heartbeat(3)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reviews'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


def test_a_database_of_old_migrations_is_taken_when_it_has_all_of_them(client):
    heartbeat(3)
    recorder = MigrationRecorder(connection)
    disk = MigrationLoader(None).disk_migrations
    old = [one for migration in disk.values() for one in migration.replaces]
    for app, name in (key for key, migration in disk.items() if migration.replaces):
        recorder.record_unapplied(app, name)
    for app, name in old:
        recorder.record_applied(app, name)
    assert client.get("/readyz").json()["migrations"] == "ok"

    health._migrated = False
    recorder.record_unapplied("reviews", "0028_imports_bring_more")
    assert client.get("/readyz").json()["migrations"] == "missing"
    with pytest.raises(BadSetting, match="start it once with that of commit 35d39fe, then"):
        prepare.migrate()
    recorder.record_unapplied("films", "0020_variants")
    with pytest.raises(BadSetting, match="once with that of commit 7528a3d, once with that of commit 35d39fe, then"):
        prepare.migrate()


def test_not_ready_without_the_database(client):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE procrastinate_jobs CASCADE")
        answer = client.get("/readyz")
        transaction.set_rollback(True)  # what failed leaves it unusable
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


def test_probes_are_not_sent_to_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/films/").status_code == 301


def test_job_health_has_only_numbers():
    assert all(value is None or isinstance(value, (int, float)) for value in jobs.health().values())
