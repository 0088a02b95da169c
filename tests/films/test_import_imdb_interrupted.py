"""IMDb's files again, with the program killed at several places."""

import signal
import subprocess
import sys
from functools import partial

import pytest
from django.conf import settings
from django.db import connection

from bench.imdb_files import write
from films.importers.imdb.tables import drop
from films.models import Credit, Film, ImportRun, Person
from tests.base import wait_until
from tests.films.importing import run_import
from tests.site import environment

pytestmark = pytest.mark.django_db(transaction=True)
FILMS, CREDITS = 3000, 12_000
EVERYTHING = {
    "films": """SELECT slug, title, year, runtime_minutes, renown, search_text, (
                SELECT array_agg(genre_id ORDER BY genre_id) FROM films_film_genres WHERE film_id = f.id), (
                SELECT array_agg(value) FROM films_filmid WHERE film_id = f.id), (
                SELECT array_agg((title, country_id, language_id) ORDER BY title, country_id)
                FROM films_alternativetitle WHERE film_id = f.id), (
                SELECT array_agg((value, votes)) FROM films_outsidescore WHERE film_id = f.id)
                FROM films_film f ORDER BY slug""",
    "people": "SELECT slug, name, search_text, credit_count, value FROM films_person"
    " JOIN films_personid ON person_id = films_person.id ORDER BY slug",
    "credits": """SELECT f.slug, p.slug, job, character, detail, position FROM films_credit
                  JOIN films_film f ON f.id = film_id JOIN films_person p ON p.id = person_id ORDER BY 1, 2, 3""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imdb")
    write(folder, FILMS, CREDITS)
    return folder


def everything():
    with connection.cursor() as cursor:
        rows = {}
        for name, query in EVERYTHING.items():
            cursor.execute(query)
            rows[name] = cursor.fetchall()
        return rows


def kill_when(part, folder):
    """Start the command, and kill it once it has come to this part of its work."""
    command = [sys.executable, "manage.py", "import_catalogue", "imdb", str(folder)]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(), stderr=subprocess.DEVNULL)
    try:
        wait_until(partial(came_to, part, process), seconds=120, every=0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def came_to(part, process):
    run = ImportRun.objects.first()
    return bool(run and run.position.get("part", "") in part) or process.poll() is not None


@pytest.mark.slow
def test_killed_and_begun_again_it_is_the_same(folder):
    straight = run_import("imdb", folder)
    expected = everything()
    assert straight.counts == (FILMS, 0, 0, 0, 0) and len(expected["credits"]) == CREDITS
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE films_film, films_person, films_importrun CASCADE")
    kill_when(["people"], folder)
    assert Film.objects.count() == 0
    kill_when(["films", "credits"], folder)
    assert Person.objects.exists() and ImportRun.objects.get().finished_at is None
    last = run_import("imdb", folder)
    assert last.counts == straight.counts and ImportRun.objects.count() == 1
    assert everything() == expected


def test_after_a_crash_of_the_database_the_files_are_read_again(tmp_path):
    """Such a crash empties the importer's own tables: what is stored by then is known by its id."""
    write(tmp_path, 100, 400)
    kill_when(["films"], tmp_path)
    drop()
    assert run_import("imdb", tmp_path).run.finished_at
    assert (Film.objects.count(), Credit.objects.count()) == (100, 400)
