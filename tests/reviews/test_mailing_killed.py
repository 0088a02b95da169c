"""Every mail leaves once, whatever is killed: real workers, real SIGKILLs, a real mail server.

The one exception there can be: a worker killed after the mail server took a mail and before it could note that. Then
the mail is sent again with the same Message-ID, by which whoever reads it knows that it is one.
"""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config import jobs
from reviews.models import Mailing, Notification
from tests import make
from tests.base import wait_until
from tests.reviews.mail_sink import MailSink
from tests.site import environment

pytestmark = pytest.mark.django_db(transaction=True)
STALE = 2.0
DAY = "2026-11-28"


@pytest.fixture(autouse=True)
def _no_jobs(transactional_db):
    sweep()
    keep_the_schedule_away()
    yield
    sweep()


def sweep() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


# Lines of the schedule that send mails.
MAILING = ("send_what_waits", "send_daily_digests", "send_weekly_digests")


def keep_the_schedule_away() -> None:
    """When a worker starts, every five minutes and at seven it would send mails beside the job that is tested.

    At most one job of each line waits at a time; here it is one of tomorrow.
    """
    with connection.cursor() as cursor:
        for line in MAILING:
            name = f"schedule:reviews.jobs.{line}"
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, scheduled_at, args)"
                " VALUES ('default', %s, %s, now() + interval '1 day', '{\"timestamp\": 0}')",
                [name, name],
            )


@pytest.fixture
def sink():
    with MailSink() as server:
        yield server


class Workers:
    """Starts real workers of the site, and kills them without a word."""

    def __init__(self, sink: MailSink) -> None:
        self.sink = sink
        self.processes: list[subprocess.Popen] = []

    def start(self) -> subprocess.Popen:
        env = environment(WORKER_STALE_SECONDS=str(STALE), EMAIL_URL=self.sink.url)
        command = [sys.executable, "-m", "config.work"]
        self.processes.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=env))
        return self.processes[-1]

    def kill(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def start_when_the_last_counts_as_dead(self) -> None:
        wait_until(lambda: (jobs.health()["worker_seen_seconds_ago"] or 0) > STALE, seconds=20)
        self.start()


@pytest.fixture
def workers(sink):
    team = Workers(sink)
    yield team
    team.kill()


def tell(number: int, mailing: str = Mailing.NOW) -> list[Notification]:
    """As many members, each told one thing, and the job that mails it."""
    fay = make.member(username="fay", display_name="Fay")
    rows = []
    for n in range(number):
        member = make.member(username=f"m{n}")
        make.confirmed_address(member)
        rows.append(
            make.notice(member=member, kind="list_invitation" if mailing == Mailing.NOW else "thread", actor=fay)
        )
    if mailing != Mailing.NOW:
        Notification.objects.update(mailing=mailing, created_at=datetime.fromisoformat(f"{DAY}T05:00:00+00:00"))
        call("reviews.mail_digests", often=mailing, day=DAY)
    return rows


def call(name: str, **arguments) -> None:
    with transaction.atomic():
        jobs.enqueue(name, once=name, **arguments)


def status() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE 'reviews.mail_%%' ORDER BY id", []
        )
        return [row[0] for row in cursor.fetchall()]


def all_mailed() -> bool:
    return not Notification.objects.filter(mailed_at=None).exists()


def ids_of(rows: list[Notification]) -> Counter:
    return Counter(f"<notice-{row.pk}@{settings.SITE_HOST}>" for row in rows)


def test_one_that_is_killed_before_it_claims_loses_nothing(sink, workers):
    rows = tell(5)
    with psycopg.connect(environment()["DATABASE_URL"]) as other:
        other.execute("LOCK TABLE reviews_notification IN ACCESS EXCLUSIVE MODE")  # it has its job, and cannot look
        workers.start()
        wait_until(lambda: "doing" in status(), seconds=40)  # beside it, the schedule may look for what waits
        time.sleep(0.5)
        workers.kill()
    assert sink.mails == []
    workers.start_when_the_last_counts_as_dead()
    wait_until(all_mailed, seconds=60)
    assert Counter(sink.ids) == ids_of(rows)


def killing_at(sink: MailSink, workers: Workers, moment: str, nth: int) -> threading.Event:
    """Kill the workers when the nth mail of this run is at that moment."""
    killed, seen = threading.Event(), Counter()

    def kill() -> None:
        seen[moment] += 1
        if seen[moment] == nth and not killed.is_set():
            workers.kill()
            killed.set()

    sink.at_moment[moment] = kill
    return killed


@pytest.mark.slow
def test_one_that_is_killed_between_claiming_and_sending_sends_nothing_twice(sink, workers):
    rows = tell(5)
    killed = killing_at(sink, workers, "begun", 3)
    workers.start()
    assert killed.wait(40)
    assert len(sink.mails) == 2 and Notification.objects.filter(mailed_at=None).count() == 3
    workers.start_when_the_last_counts_as_dead()
    wait_until(all_mailed, seconds=60)
    assert Counter(sink.ids) == ids_of(rows)


@pytest.mark.slow
@pytest.mark.parametrize("mailing", [Mailing.NOW, Mailing.DAILY])
def test_one_that_is_killed_between_sending_and_committing_repeats_that_mail_as_the_same(sink, workers, mailing):
    rows = tell(5, mailing)
    killed = killing_at(sink, workers, "taken", 3)
    workers.start()
    assert killed.wait(40)
    assert len(sink.mails) == 3 and Notification.objects.filter(mailed_at=None).count() == 3
    workers.start_when_the_last_counts_as_dead()
    wait_until(all_mailed, seconds=60)
    if mailing == Mailing.NOW:
        expected = ids_of(rows)
    else:
        expected = Counter(f"<digest-daily-{DAY}-{row.member_id}@{settings.SITE_HOST}>" for row in rows)
    twice = sink.ids[2]
    assert Counter(sink.ids) == expected + Counter([twice])
    first, second = (mail for mail in sink.mails if mail["Message-ID"] == twice)
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()
    assert (first["To"], first["Subject"]) == (second["To"], second["Subject"])


@pytest.mark.slow
def test_workers_killed_at_any_time_send_each_mail_once(sink, workers):
    """Two at a time, killed after chance has had its way, again and again."""
    chance = random.Random(4)
    rows = tell(60)
    kills = 0
    while not all_mailed():
        with connection.cursor() as cursor:  # as the minute's sweep and the five minutes' look do
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing'")
        call("reviews.mail_at_once")
        before = len(sink.mails)
        sink.at_moment["begun"] = lambda: time.sleep(0.02)  # a mail server that thinks
        workers.start()
        workers.start()
        if kills < 6:
            wait_until(lambda before=before: len(sink.mails) > before or all_mailed(), seconds=60)
            time.sleep(chance.random() * 0.15)
            workers.kill()
            kills += 1
        else:
            wait_until(all_mailed, seconds=60)
    workers.kill()
    found, expected = Counter(sink.ids), ids_of(rows)
    assert found.keys() == expected.keys()
    assert sum(found.values()) - len(expected) <= 2 * kills  # at most the one that each was sending
    assert kills >= 2


@pytest.mark.slow
def test_workers_beside_each_other_share_the_mails(sink, workers):
    rows = tell(30)
    sink.at_moment["begun"] = lambda: time.sleep(0.02)
    workers.start()
    workers.start()
    for _ in range(3):  # as if several had been wanted while one was at work
        wait_until(lambda: "todo" not in status(), seconds=60)
        call("reviews.mail_at_once")
    wait_until(all_mailed, seconds=60)
    assert Counter(sink.ids) == ids_of(rows)


def test_an_address_that_is_refused_for_good_stops_nobody_else(sink, workers):
    rows = tell(3)
    refused = rows[1].member
    refused.emailaddress_set.update(email="refused@example.org")
    workers.start()
    wait_until(lambda: len(sink.mails) == 2 and set(status()) == {"succeeded"}, seconds=40)
    assert {row.mailing for row in Notification.objects.filter(member=refused)} == {Mailing.NEVER}
    assert Counter(sink.ids) == ids_of([rows[0], rows[2]])


def test_what_is_mailed_can_be_read_liked_and_deleted_meanwhile(sink, workers):
    """Nobody waits for a mail server: the claim is no lock on the row."""
    [row] = tell(1)
    waiting, done = threading.Event(), threading.Event()

    def hold() -> None:
        waiting.set()
        done.wait(20)

    sink.at_moment["begun"] = hold
    workers.start()
    assert waiting.wait(40)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 500")
    assert Notification.objects.filter(pk=row.pk).update(read_at=timezone.now()) == 1
    row.delete()
    done.set()
    wait_until(lambda: set(status()) == {"succeeded"}, seconds=40)
    assert len(sink.mails) == 1
