"""Stamps that all processes see, and which statements count as writes."""

import os
import subprocess
import sys
import tracemalloc

import pytest
from django.conf import settings
from django.db import connection, transaction

from config import freshness
from config.freshness import ANY, WIDE, Cached, Memory, shared
from config.writes import is_write, note, only, unseen, widen
from tests import make

WRITES = (
    'INSERT INTO "reviews_mark" ("film_id") VALUES (%s)',
    'UPDATE "films_film" SET "title" = %s',
    "DELETE FROM reviews_review WHERE id = %s",
    'UPDATE "accounts_user" SET "bio" = %s, "last_login" = %s',
    'UPDATE "accounts_user" SET "last_login" = %s, "is_active" = %s WHERE id = %s',
    "TRUNCATE films_film",
    "COPY films_film FROM STDIN",
    "CALL recount()",
    "WITH gone AS (DELETE FROM reviews_mark RETURNING id) SELECT count(*) FROM gone",
    "with x as (select 1) update films_film set title = ''",
    "ALTER TABLE films_film ADD COLUMN x int",
    "DROP TABLE pg_temp.found, films_film",
)
NO_WRITES = (
    'SELECT "films_film"."id" FROM "films_film" FOR UPDATE',
    "(SELECT 1 FROM films_film) UNION (SELECT 2)",
    "WITH top AS (SELECT id FROM films_film FOR NO KEY UPDATE) SELECT * FROM top",
    'INSERT INTO "django_session" ("session_key") VALUES (%s)',
    'UPDATE "accounts_user" SET "last_login" = %s WHERE id = %s',
    "SAVEPOINT s1",
    "ROLLBACK TO SAVEPOINT s1",
    'DELETE FROM "reviews_notification" WHERE id = %s',
    'UPDATE "cache" SET value = %s',
    'UPDATE "accounts_user" SET "password" = %s WHERE id = %s',
    'UPDATE "socialaccount_socialaccount" SET "last_login" = %s, "extra_data" = %s WHERE id = %s',
    "CREATE TEMPORARY TABLE found ON COMMIT DROP AS SELECT id FROM films_film",
    "DROP TABLE IF EXISTS pg_temp.found",
)


def test_what_counts_as_a_write():
    assert [sql for sql in WRITES if not is_write(sql)] == []
    assert [sql for sql in NO_WRITES if is_write(sql)] == []


def test_another_process_sees_a_touch_at_once(tmp_path):
    stamps = Memory(tmp_path / "stamps")
    before = stamps.before()
    was = stamps.stamps(["film:7", ANY, WIDE])
    script = (
        "import pathlib, config.freshness as f; "
        f"f.Memory(pathlib.Path({str(tmp_path / 'stamps')!r})).touch([f.ANY, 'film:7'])"
    )
    subprocess.run([sys.executable, "-c", script], cwd=settings.BASE_DIR, check=True)
    now = stamps.stamps(["film:7", ANY, WIDE])
    assert now[0] != was[0] and now[1] != was[1] and now[2] == was[2]
    assert before.stamps(["film:7", ANY, WIDE]) == was


@pytest.mark.parametrize("made_before", [None, 0, freshness.BYTES])
def test_the_disk_has_given_stamps_their_room(tmp_path, made_before):
    """A worker that writes into a hole of a file which it maps is killed when the disk is full."""
    path = tmp_path / "stamps"
    if made_before is not None:
        path.touch()
        os.truncate(path, made_before)  # a file of holes, as sites have from when nothing else was done
    older = Memory(path)
    noted = older.before().stamps([ANY, "film:7"])
    assert path.stat().st_blocks * 512 >= path.stat().st_size == freshness.BYTES
    assert Memory(path).stamps([ANY, "film:7"]) == older.stamps([ANY, "film:7"]) == noted


def test_stamps_in_a_cache_say_when_they_cannot_tell(db):
    stamps = Cached()
    was = stamps.stamps(["film:7", "film:8"])
    before = stamps.before()
    assert before.stamps(["film:7", "film:8"]) == was == stamps.stamps(["film:7", "film:8"])
    stamps.touch([ANY, "film:7"])
    now = stamps.stamps(["film:7", "film:8"])
    assert now[0] != was[0] and now[1] == was[1]
    assert before.stamps(["film:8"]) is None


@pytest.fixture
def stamps(transactional_db):
    """What a piece of code changes: of everything, of everything undeclared, and of films 7 and 8."""
    tags = (ANY, WIDE, "film:7", "film:8")

    class Watched:
        def __enter__(self):
            self.was = shared.stamps(tags)
            return self

        def __exit__(self, *raised):
            now = shared.stamps(tags)
            self.touched = {tag for tag, old, new in zip(tags, self.was, now, strict=True) if old != new}

    return Watched


def write(statement: str = "INSERT INTO films_genre (name, slug) SELECT n, n FROM md5(random()::text) n"):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_write_touches_when_it_is_committed(stamps):
    with stamps() as outside, transaction.atomic():
        with stamps() as inside:
            write()
    assert inside.touched == set() and outside.touched == {ANY, WIDE}


def test_what_is_rolled_back_touches_nothing(stamps):
    with stamps() as rolled_back:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    assert rolled_back.touched == set()
    with stamps() as half:
        with transaction.atomic():
            try:
                with transaction.atomic(), only("film:8"):
                    write()
                    raise ZeroDivisionError
            except ZeroDivisionError:
                with only("film:7"):
                    write()
    assert half.touched == {ANY, "film:7"}


def test_a_declared_write_touches_what_it_declares(stamps):
    with stamps() as one, only("film:7"):
        write()
    with stamps() as both, only("film:7"), only("film:8"):
        write()
    with stamps() as mixed:
        write()
        with only("film:7"):
            write()
    with stamps() as widened, only("film:7"):
        widen()
        write()
    assert one.touched == {ANY, "film:7"}
    assert both.touched == {ANY, "film:7", "film:8"}
    assert mixed.touched == {ANY, WIDE, "film:7"}
    assert widened.touched == {ANY, WIDE}


def test_what_shows_nowhere_and_what_wrote_no_row_touches_nothing(stamps):
    nothing = (
        "UPDATE films_film SET title = 'x' WHERE false",
        "DELETE FROM films_film WHERE false;",
        "WITH none AS (SELECT 1 AS id WHERE false) UPDATE films_film f SET title = 'x' FROM none WHERE f.id = none.id",
    )
    with stamps() as untouched:
        for statement in nothing:
            write(statement)
        with unseen():
            write()
    assert untouched.touched == set()
    made = "WITH new AS (INSERT INTO films_genre (name, slug) VALUES ('{0}', '{0}') RETURNING id)"
    for statement in (
        f"{made.format('a')} SELECT id FROM new WHERE false",
        f"{made.format('b')} DELETE FROM films_film WHERE id IN (SELECT -id FROM new)",
        "INSERT INTO films_genre (name, slug) VALUES ('c', 'c'); DELETE FROM films_film WHERE false",
    ):
        with stamps() as touched:
            write(statement)
        assert touched.touched == {ANY, WIDE}, statement
    with stamps() as wider, only("film:7"), unseen():
        write()
    assert wider.touched == {ANY, "film:7"}


def test_what_many_writes_declared_is_forgotten_again(stamps):
    """By each member of a large house something about another film: that would be some megabytes."""
    tracemalloc.start()
    for number in range(10_000):
        with only(f"film:{number}", f"by:{number}"):
            note(connection)
    kept, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 500_000


def test_reading_touches_nothing(stamps, client):
    film = make.film()
    with stamps() as reading:
        client.get("/")
        client.get(f"/films/{film.slug}/")
        client.get("/search/?q=drive")
    assert reading.touched == set()
