"""Killed half-way and started again, an import has the same end."""

import json
import signal
import subprocess
import sys
from functools import partial

import pytest
from django.conf import settings
from django.db import connection

from films.importers.running import Refused, Running
from films.models import Film, ImportRun, Source
from tests.base import wait_until
from tests.films.importing import catalogue, run_import
from tests.site import environment

pytestmark = pytest.mark.django_db(transaction=True)
FILMS = 700
TABLES = "films_film, films_person, films_genre, films_importrun, films_country, films_language"


@pytest.fixture
def films(tmp_path):
    """A list in which names and titles come again, so that one batch leans on those before."""
    place = tmp_path / "films.jsonl"
    rows = (
        {"title": f"Reel {number % 500}", "year": 1950 + number % 7, "wikipedia": f"Reel_{number}",
         "cast": [f"Ann Lee {number % 90}", f"Bo Ek {number % 31}"], "genres": ["Drama", "War"][: number % 3]}
        for number in range(FILMS)
    )  # fmt: skip
    place.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return place


def empty():
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")


@pytest.mark.slow
def test_killed_and_begun_again_it_is_the_same(films):
    straight = run_import("wikipedia", films)
    expected = catalogue()
    empty()
    command = [sys.executable, "manage.py", "import_catalogue", "wikipedia", str(films)]
    for least in (200, 400):
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment(), stderr=subprocess.DEVNULL)
        try:
            wait_until(partial(came_to, least, process), seconds=90, every=0.01)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert 400 <= done() < FILMS and Film.objects.count() < len(expected["films"])
    last = run_import("wikipedia", films)
    assert last.counts == straight.counts and ImportRun.objects.count() == 1
    assert catalogue() == expected


def came_to(least, process):
    return done() >= least or process.poll() is not None


def done():
    run = ImportRun.objects.first()
    return run.position.get("done", 0) if run else 0


def test_a_run_is_gone_on_with_only_for_the_same_bytes(films):
    first = Running.begin(source=Source.CSV, place="x", fingerprint="a")
    assert Running.begin(source=Source.CSV, place="y", fingerprint="a").run == first.run
    assert Running.begin(source=Source.CSV, place="x", fingerprint="b").run != first.run
    first.finish()
    assert Running.begin(source=Source.CSV, place="x", fingerprint="a").run != first.run


def test_two_programs_do_not_go_on_with_one_run():
    one, other = (Running.begin(source=Source.CSV, place="x", fingerprint="a") for _number in range(2))
    with one.step(done=200):
        one.report.new += 200
    with pytest.raises(Refused), other.step(done=200):
        raise AssertionError("it must not come this far")
    assert ImportRun.objects.get().new == 200


def test_a_step_that_fails_leaves_no_trace():
    running = Running.begin(source=Source.CSV, place="x", fingerprint="a")
    with pytest.raises(ZeroDivisionError), running.step(done=200):
        running.report.new += 1 // 0
    assert ImportRun.objects.get().position == {} == running.position
