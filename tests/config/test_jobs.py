import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from config import jobs
from tests.base import wait_until
from tests.config import waiting_jobs  # noqa: F401 -- its jobs are known from here on
from tests.site import environment

pytestmark = pytest.mark.django_db(transaction=True)
STALE = 2.0


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db):
    sweep()
    yield
    sweep()


def sweep() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


@pytest.fixture
def worker():
    """Starts real workers, which count as dead after STALE seconds of silence."""
    processes = []

    def start() -> subprocess.Popen:
        command = [sys.executable, "-c", "from tests.config import waiting_jobs; waiting_jobs.work()"]
        env = environment(WORKER_STALE_SECONDS=str(STALE))
        processes.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=env))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def rows(columns: str = "status", where: str = "task_name LIKE 'tests.%%'") -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM procrastinate_jobs WHERE {where} ORDER BY id", [])
        return cursor.fetchall()


def enqueue(name: str, **arguments) -> bool:
    with transaction.atomic():
        return jobs.enqueue(name, **arguments)


def test_a_job_outside_a_transaction_is_refused():
    with pytest.raises(jobs.NotInTransaction):
        jobs.enqueue("tests.write", path="x")


def test_a_job_that_is_not_known_is_refused():
    with pytest.raises(exceptions.TaskNotFound):
        enqueue("tests.unheard_of")


def test_a_job_comes_and_goes_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("tests.write", path="x")
        raise ZeroDivisionError
    assert rows() == []
    enqueue("tests.write", path="x")
    assert rows("status, args->>'path'") == [("todo", "x")]


def test_once_lets_one_job_wait_and_leaves_the_callers_transaction_whole():
    with transaction.atomic():
        assert jobs.enqueue("tests.write", once="digest", path="x")
        assert not jobs.enqueue("tests.write", once="digest", path="x")
        assert jobs.enqueue("tests.write", once="other", path="x")
    assert len(rows()) == 2


def test_a_job_may_be_for_later():
    later = timezone.now() + timedelta(hours=1)
    enqueue("tests.write", at=later, path="x")
    assert rows("scheduled_at") == [(later,)]
    assert jobs.health()["waiting"] == 0


def test_health_counts_what_waits():
    enqueue("tests.write", path="x")
    state = jobs.health()
    assert (state["waiting"], state["failed"], state["worker_seen_seconds_ago"]) == (1, 0, None)


def test_a_worker_does_what_waits_and_ends_when_asked(worker, tmp_path):
    path = tmp_path / "done"
    enqueue("tests.write", path=str(path))
    process = worker()
    wait_until(lambda: rows() == [("succeeded",)], seconds=30)
    assert path.read_text() == "done\n"
    assert jobs.health()["worker_seen_seconds_ago"] < 30
    process.terminate()
    assert process.wait(30) == 0


def test_the_job_of_a_killed_worker_is_run_again(worker, tmp_path):
    path = tmp_path / "job"
    enqueue("tests.linger", path=str(path))
    killed = worker()
    wait_until(path.exists, seconds=30)
    jobs.take_up_stalled(STALE)
    assert rows() == [("doing",)]  # a worker that is alive keeps its job
    killed.kill()
    killed.wait()
    wait_until(lambda: (jobs.health()["worker_seen_seconds_ago"] or 0) > STALE)
    worker()
    wait_until(lambda: rows() == [("succeeded",)], seconds=30)
    assert path.read_text().split() == ["begun", "begun", "done"]


def test_a_job_that_kills_its_worker_is_given_up(worker, tmp_path):
    path = tmp_path / "job"
    enqueue("tests.die", path=str(path))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [jobs.MOST_ATTEMPTS - 1])
    assert worker().wait(30) == -9
    wait_until(lambda: (jobs.health()["worker_seen_seconds_ago"] or 0) > STALE)
    jobs.take_up_stalled(STALE)
    assert rows() == [("failed",)]
    assert jobs.health()["failed"] == 1


def test_the_schedule_names_functions_and_waits_once_each():
    app.perform_import_paths()
    for _cron, path in jobs.SCHEDULE:
        assert app.tasks[f"schedule:{path}"].queueing_lock == f"schedule:{path}"
        assert app.tasks[f"schedule:{path}"].lock is None


# Programs of their own, which would look at the site's database, not at the tests'. tests/reviews/test_learning.py and
# test_open_nights.py do what they do.
ELSEWHERE = {"reviews.jobs.learn_tastes", "reviews.jobs.make_open_data"}


def test_every_line_of_the_schedule_can_be_called_twice():
    assert {path for _cron, path in jobs.SCHEDULE} >= ELSEWHERE
    for path in [path for _cron, path in jobs.SCHEDULE if path not in ELSEWHERE]:
        for _ in range(2):
            app.tasks[f"schedule:{path}"].func(timestamp=0)


def test_old_jobs_and_expired_rows_are_forgotten():
    enqueue("tests.write", path="old")
    enqueue("tests.write", path="new")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '4 days' "
            "WHERE job_id = (SELECT id FROM procrastinate_jobs WHERE args->>'path' = 'old')"
        )
        cursor.execute(
            "INSERT INTO cache VALUES "
            "('gone', 'x', now() - interval '1 hour'), ('kept', 'x', now() + interval '1 hour')"
        )
    jobs.forget_old()
    jobs.forget_expired()
    assert rows("args->>'path'") == [("new",)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache WHERE cache_key IN ('gone', 'kept')")
        assert cursor.fetchall() == [("kept",)]
