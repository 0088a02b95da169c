"""A backup of the whole site, put back into another database and another folder, whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from config.backup import archive, dump, files
from tests import make
from tests.base import wait_until
from tests.cast import gather
from tests.site import environment

OTHER = "intermission_restored"
OLDER = ("reviews", "0003")
# To look for missing migrations, or to apply them, leaves a line in each of these.
CHANGED_BY_MIGRATING = {"django_migrations", "films_cataloguechange"}


def ask(statement: str, *values: object, database: str = "") -> list[tuple]:
    place = connection.settings_dict
    who = {"user": place["USER"], "password": place["PASSWORD"] or None}
    where = {"host": place["HOST"], "port": place["PORT"] or None, "dbname": database or place["NAME"]}
    with psycopg.connect(**who, **where, autocommit=True) as asking:
        answer = asking.execute(statement, values or None)
        return answer.fetchall() if answer.description else []


def rows() -> dict[str, str]:
    """A digest of every table and the state of every sequence, but for what a backup leaves out."""
    found = {}
    names = ask("SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1")
    for name, kind in names:
        if name.removesuffix("_id_seq") in CHANGED_BY_MIGRATING:
            continue
        if kind == "r" and name not in dump.FORGOTTEN:
            question = sql.SQL(
                "SELECT count(*)::text || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t"
            )
        elif kind == "S" and not name.startswith("usersessions"):
            question = sql.SQL("SELECT last_value::text || is_called FROM {}")
        else:
            continue
        found[name] = ask(question.format(sql.Identifier(name)).as_string())[0][0]
    return found


def kept() -> dict[str, bytes]:
    return {
        f"{folder}/{name}": storage.open(name).read()
        for folder, storage in files.places().items()
        for name in files.names_in(storage)
    }


@pytest.fixture
def town(transactional_db, settings, tmp_path):
    """Members, a film, what they wrote, and pictures, in the test's database and a folder of its own."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path / "here", tmp_path / "here" / "media"
    cast = gather()
    film = make.film()
    review = make.review(member=cast.ana, film=film, stars=4.5, body="Back\\slash\tand\nthe end: \\.\n\\.\n½ 🎬")
    make.comment(review=review, member=cast.bea)
    default_storage.save("avatars/3f/3f09/96.webp", ContentFile(b"\0\xff picture"))
    (tmp_path / "here" / "originals" / "avatars" / "3f").mkdir(parents=True)
    (tmp_path / "here" / "originals" / "avatars" / "3f" / "3f09.webp").write_bytes(b"large")
    (tmp_path / "here" / "media" / ".new-half").write_bytes(b"half")
    return tmp_path


@pytest.fixture
def elsewhere(town, settings, monkeypatch):
    """What brings the commands to an empty database and an empty folder."""

    def go() -> None:
        ask(f"DROP DATABASE IF EXISTS {OTHER}", database="postgres")
        ask(f"CREATE DATABASE {OTHER}", database="postgres")
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "NAME", OTHER)
        settings.DATA_DIR, settings.MEDIA_ROOT = town / "there", town / "there" / "media"
        settings.DATA_DIR.mkdir()

    own = connection.settings_dict["NAME"]
    yield go
    connection.close()
    connection.settings_dict["NAME"] = own
    ask(f"DROP DATABASE IF EXISTS {OTHER}", database="postgres")


def refusal(*arguments: object, **options: object) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(*map(str, arguments), **options)
    return str(refused.value)


def spoilt(path: Path, name: str, content: bytes) -> Path:
    """A backup whose sums are right and one of whose entries is another."""
    other = path.with_name("spoilt.zip")
    with zipfile.ZipFile(path) as good, archive.writing(other, replace=True) as writer:
        manifest = json.loads(good.read(archive.MANIFEST))
        for entry in manifest.pop("entries"):
            writer.add(entry, [content if entry == name else good.read(entry)], press=True)
        writer.close(manifest)
    return other


@pytest.mark.slow
def test_a_site_comes_back_as_it_was_and_all_or_nothing(town, elsewhere, capsys):
    path = town / "site.zip"
    call_command("backup", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    assert (capsys.readouterr(), list(town.glob(".*"))) == (("", ""), [])
    before, pictures = rows(), kept()
    assert len(before) > 200 and len(pictures) == 2

    elsewhere()
    ask("CREATE TABLE of_another (n int)", database=OTHER)
    assert "has tables of something else (of_another). Add --replace" in refusal("restore", path)
    ask("DROP TABLE of_another", database=OTHER)
    call_command("restore", str(path))
    assert (rows(), kept()) == (before, pictures)
    call_command("check_integrity")
    make.member(username="gil")  # with a number that nobody has
    assert "has films or members. Add --replace" in refusal("restore", path)

    # What fails in the middle, after new files are there, leaves rows and files as they are.
    default_storage.delete("avatars/3f/3f09/96.webp")
    default_storage.save("avatars/3f/other.webp", ContentFile(b"of nobody"))
    here, files_here = rows(), kept()
    migrations = MigrationRecorder(connection).applied_migrations().keys()
    with zipfile.ZipFile(path) as good:
        ends_badly = good.read("database/tables.sql") + b"SELECT 1 / 0;"
    told = refusal("restore", spoilt(path, "database/tables.sql", ends_badly), replace=True)
    assert "nothing was changed: division by zero" in told
    assert (rows(), kept()) == (here, files_here)
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn):
        assert "1 other connections use the database" in refusal("restore", path, replace=True)

    # An older one is brought up to date.
    call_command("migrate", *OLDER, verbosity=0)
    call_command("backup", str(town / "old.zip"))
    had = rows().keys()  # tables that came later begin anew
    call_command("restore", str(town / "old.zip"), replace=True)
    now = rows()
    assert now.keys() == here.keys() and {name: now[name] for name in had} == {name: here[name] for name in had}
    assert kept() == files_here
    assert MigrationRecorder(connection).applied_migrations().keys() == migrations


def test_what_is_no_whole_backup_is_refused_by_name_before_anything_changes(town):
    path, bad = town / "site.zip", town / "bad.zip"
    call_command("backup", str(path))
    assert "is there already: choose another name" in refusal("backup", path)
    assert "cannot be written: No such file or directory" in refusal("backup", town / "nowhere" / "site.zip")
    content, before = path.read_bytes(), rows()
    middle = content.index(b"\0\xff picture") + 3
    rows_at = content.index(b"database/rows.sql") + 300
    for altered in (
        b"",
        b"no archive",
        content[: len(content) // 2],
        content[:middle] + b"P" + content[middle + 1 :],
        content[:rows_at] + bytes([content[rows_at] ^ 1]) + content[rows_at + 1 :],
    ):
        bad.write_bytes(altered)
        told = refusal("restore", bad, replace=True)
        assert told.startswith(f"{bad} is ")
    with zipfile.ZipFile(path) as good, archive.writing(bad, replace=True) as writer:
        manifest = json.loads(good.read(archive.MANIFEST))
        writer.add("pictures/../../secret_key", [b"let me in"], press=False)
        writer.close({name: manifest[name] for name in ("migrations", "schema")})
    assert "bad.zip is damaged" in refusal("restore", bad, replace=True)
    with archive.writing(bad, replace=True) as writer:
        writer.close({"schema": "public", "migrations": [["films", "9999_later"]]})
    assert "bad.zip: It comes from a newer Intermission" in refusal("restore", bad, replace=True)
    with archive.writing(bad, replace=True) as writer:
        writer.close({"schema": "public", "migrations": [["films", "0001_initial"], ["films", "0002_tallies"]]})
    assert "start it once with that of commit" in refusal("restore", bad, replace=True)
    assert "cannot be read: No such file" in refusal("restore", town / "none.zip", replace=True)
    assert rows() == before


def test_one_that_is_interrupted_leaves_no_file(town):
    """Held up by a pipe to which nothing comes, in place of a picture."""
    os.mkfifo(town / "here" / "media" / "stuck.webp")
    program = subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(town / "site.zip")],
        env=environment(DATA_DIR=str(town / "here"), ENV_FILE=os.devnull), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until(lambda: list(town.glob(".site.zip.*")), seconds=60)
        program.send_signal(signal.SIGTERM)
        assert program.communicate(timeout=60)[1] == "Stopped. There is no backup.\n"
        assert (program.returncode, list(town.glob("*.zip")), list(town.glob(".*"))) == (130, [], [])
    finally:
        program.kill()
        program.wait()


def test_files_come_back_in_a_storage_that_is_no_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    for name, content in (("a/b/one.webp", b"one"), ("a/two.webp", b"two"), ("three.webp", b"three")):
        default_storage.save(name, ContentFile(content))
    with archive.writing(tmp_path / "site.zip") as writer:
        files.copy_new(writer, lambda more: None)
        writer.close({})
    whole = kept()
    default_storage.delete("a/b/one.webp")
    default_storage.delete("a/two.webp")
    default_storage.save("a/two.webp", ContentFile(b"other"))
    default_storage.save("four.webp", ContentFile(b"four"))
    changed = kept()
    with archive.checked(tmp_path / "site.zip", lambda more: None) as backup:
        restoring = files.Restoring(backup, lambda more: None)
        restoring.add()
        assert kept() == changed | {"pictures/a/b/one.webp": b"one"}
        restoring.take_back()
        assert kept() == changed
        restoring = files.Restoring(backup, lambda more: None)
        restoring.add()
        restoring.finish()
    assert kept() == whole
