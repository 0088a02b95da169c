"""What happens later: jobs kept in the site's own database, and the schedule.

A job is a function with `@job` in an app's `jobs.py`; `enqueue("reviews.send_mail", review=7)` calls for it. It may run
more than once (a worker can be killed after the work and before saying so), so its effect must be the same twice:
write a unique key in the same transaction, or claim the row with UPDATE … RETURNING.
"""

import io
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import App, RetryStrategy, exceptions, jobs
from procrastinate.contrib.django import app

from config.serving import STALE_SECONDS

logger = logging.getLogger(__name__)

# The schedule, in UTC: minute, hour, day, month, weekday; what is called; why.
SCHEDULE: Final = [
    ("* * * * *", "config.jobs.take_up_stalled"),  # jobs whose worker was killed
    ("23 * * * *", "config.jobs.forget_expired"),  # sessions and cache rows past their time
    ("*/5 * * * *", "reviews.actions.effects.end_suspensions"),  # whose time is over
    ("29 * * * *", "reviews.actions.limiting.forget_postings"),  # what no limit looks at any more
    ("31 * * * *", "accounts.api.upkeep.forget_requests"),  # the API's counts and the answers kept for repeats
    ("37 * * * *", "films.jobs.weigh_films"),  # the mean of the site, which films with few ratings are drawn to
    ("7 * * * *", "reviews.jobs.count_popularity"),  # what members turned to in the last week, month and year
    ("17 * * * *", "reviews.jobs.draw_charts"),  # who stands where
    ("41 * * * *", "reviews.jobs.count_scores"),  # whose ratings are whose, of films with very many
    ("*/15 * * * *", "reviews.actions.guiding.count_votes_that_waited"),  # of members whose first day is over
    ("43 * * * *", "reviews.actions.gathering.forget_evenings"),  # what is over, guests' names among it
    ("41 3 * * *", "config.jobs.forget_old"),  # jobs done three days ago
    ("*/5 * * * *", "films.jobs.gather_counts"),  # how many films have each word that one can filter by
    ("50 * * * *", "films.jobs.forget_changes"),  # the log by which every process follows the catalogue
    ("7 4 * * *", "films.jobs.settle_services"),  # films that left a service are not counted there
    ("11 4 * * *", "films.jobs.sweep_pictures"),  # what no row holds, and what lost its job
    ("47 * * * *", "films.jobs.deal_tiers"),  # who is best known, where search looks first
    ("17 4 * * *", "films.jobs.learn_words"),  # new words, so that search understands misspelt ones
    ("21 4 * * *", "films.jobs.look_for_duplicates"),  # films that came twice, for curators to decide about
    ("47 3 * * *", "films.jobs.forget_old_cards"),  # social cards that nobody may want any more
    ("51 3 * * *", "films.jobs.draw_popular_posters"),  # so that nobody waits for the first walls
    ("*/5 * * * *", "reviews.jobs.send_what_waits"),  # mails, and rings of devices, that were not taken before
    ("37 4 * * *", "reviews.jobs.learn_tastes"),  # what films have in common, for what is recommended
    ("17 5 * * *", "reviews.jobs.tell_of_leaving"),  # films of watchlists that leave a service within a week
    ("27 5 * * *", "reviews.jobs.tell_of_releases"),  # films of watchlists that come out today
    ("13 * * * *", "reviews.jobs.tell_of_screenings"),  # what the house shows within a day, and showed the day before
    ("7 7 * * *", "reviews.jobs.send_daily_digests"),
    ("17 7 * * 1", "reviews.jobs.send_weekly_digests"),
    ("57 3 * * *", "reviews.jobs.forget_old_notices"),
    ("* * * * *", "reviews.jobs.take_up_settings_aside"),  # what the suspended made, whose job was lost
    ("*/10 * * * *", "reviews.jobs.take_up_departures"),  # accounts that are deleted, whose job was lost
    ("33 3 * * *", "reviews.jobs.forget_exports"),  # copies of members' data that were kept long enough
    ("37 3 * * *", "reviews.jobs.match_waiting_rows"),  # of imports, whose films the catalogue did not have
    ("43 3 * * *", "reviews.jobs.match_waiting_playings"),  # of players, whose films were not here, or too many a day
    ("*/10 * * * *", "reviews.actions.waiting_rows.give_up_stuck"),  # imports whose job was lost
    ("11 2 * * *", "reviews.jobs.make_open_data"),  # what is public, as files, where the house hands it out
    ("27 3 * * *", "reviews.jobs.forget_quotations"),  # copies of deleted words that nobody can appeal about any more
    ("* * * * *", "accounts.webhooks.delivering.take_up_deliveries"),  # further attempts, and those whose job was lost
    ("*/10 * * * *", "reviews.actions.carrying.take_up_copies"),  # of members' data, to places of their own
    ("3 4 * * *", "accounts.webhooks.delivering.sweep_deliveries"),  # what programs were told a week ago
    ("* * * * *", "reviews.jobs.take_up_elsewhere"),  # what other servers are to hear, and what they said
    ("9 4 * * *", "reviews.jobs.sweep_elsewhere"),  # the same of a week ago
]

# The queues. Jobs that wait for machines of others have workers of their own (config/work.py), so that they hold up
# no other.
OURS, OUTSIDE = "default", "outside"

MOST_ATTEMPTS: Final = 5
KEPT_HOURS: Final = 72
KEPT_HOURS_FAILED: Final = 30 * 24

# Waits 3, 9, 27 and 81 seconds.
RETRY: Final = RetryStrategy(max_attempts=MOST_ATTEMPTS - 1, exponential_wait=3)


class NotInTransaction(Exception):
    """A job was enqueued outside a transaction: it could run for a change that is never made, or be lost after one."""


def job[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a job, named after its app and itself: `reviews.send_mail`. Called directly, it just runs."""
    return _in_queue(OURS, function)


def job_outside[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """The same for a job that waits for machines of others."""
    return _in_queue(OUTSIDE, function)


def _in_queue[**P, R](queue: str, function: Callable[P, R]) -> Callable[P, R]:
    app.task(name=f"{function.__module__.partition('.')[0]}.{function.__name__}", retry=RETRY, queue=queue)(function)
    return function


def enqueue(name: str, *, once: str | None = None, at: datetime | None = None, **arguments: Any) -> bool:
    """Have a job run when the current transaction has committed, and not before `at`.

    `once` is a key under which at most one job waits: a second call does nothing and answers False. Arguments are
    JSON: pass ids, not rows. Raises NotInTransaction outside `transaction.atomic`.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"enqueue({name!r}) belongs into the transaction of what it follows from")
    deferrer = app.configure_task(name, allow_unknown=False, queueing_lock=once, schedule_at=at)
    try:
        with transaction.atomic():  # a refusal must not spoil the caller's transaction
            deferrer.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return False
    return True


def under_way(keys: Iterable[str]) -> set[str]:
    """Which of these keys (`once`) have a job that waits or runs."""
    ask = "SELECT queueing_lock FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(ask, [list(keys)])
        return {key for (key,) in cursor.fetchall()}


def prepare(procrastinate: App) -> None:
    """Put the schedule on; Procrastinate calls this when it is set up. Each line waits at most once in the queue."""
    for cron, path in SCHEDULE:
        function = import_string(path)

        def on_time(timestamp: int, function: Callable[[], None] = function) -> None:
            function()

        name = f"schedule:{path}"
        task = procrastinate.task(name=name, queueing_lock=name)(on_time)
        procrastinate.periodic(cron=cron, queueing_lock=name)(task)


def take_up_stalled(stale_after: float = STALE_SECONDS) -> None:
    """Queue the jobs of dead workers again; fail one that was tried too often, since it may be what kills them."""
    for stalled in async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=stale_after):
        which = {"job": f"{stalled.task_name}[{stalled.id}]"}
        try:
            with transaction.atomic():
                if stalled.attempts + 1 >= MOST_ATTEMPTS:
                    logger.error("Gave up on a job whose workers died", extra=which)
                    async_to_sync(app.job_manager.finish_job)(stalled, jobs.Status.FAILED, delete_job=False)
                else:
                    logger.warning("Took up a job whose worker died", extra=which)
                    async_to_sync(app.job_manager.retry_job)(stalled)
        except exceptions.ConnectorException:  # another worker was quicker, or the same job waits already
            logger.info("Left a stalled job alone", extra=which)


def forget_old() -> None:
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEPT_HOURS, include_cancelled=True, include_aborted=True)
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=KEPT_HOURS_FAILED, include_failed=True)


def forget_expired() -> None:
    """Expired sessions and apps' tokens, and expired rows of the cache, which Django leaves lying until it is full."""
    call_command("clearsessions")
    call_command("oidc_cleartokens", stdout=io.StringIO())  # it says how many those were, whatever is asked of it
    place = settings.CACHES["default"]
    if place["BACKEND"].endswith("DatabaseCache"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {connection.ops.quote_name(place['LOCATION'])} WHERE expires < %s",  # noqa: S608 -- our name
                [timezone.now()],
            )


def health() -> dict[str, Any]:
    """How the jobs are: seconds since a worker's last sign of life, and what waits, is stuck or failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),
                   count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
                   extract(epoch FROM now() - min(coalesce(scheduled_at, deferred.at))
                           FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())),
                   count(*) FILTER (WHERE status = 'doing' AND started.at < now() - interval '10 minutes'),
                   count(*) FILTER (WHERE status = 'failed')
              FROM procrastinate_jobs job
              LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events e
                                  WHERE e.job_id = job.id AND job.status = 'todo') deferred ON true
              LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events e
                                  WHERE e.job_id = job.id AND job.status = 'doing') started ON true
             WHERE status IN ('todo', 'doing', 'failed')
            """
        )
        heartbeat, waiting, oldest, stuck, failed = cursor.fetchone()
    return {
        "worker_seen_seconds_ago": None if heartbeat is None else round(float(heartbeat), 1),
        "waiting": waiting,
        "oldest_waiting_seconds": round(float(oldest or 0), 1),
        "running_over_ten_minutes": stuck,
        "failed": failed,
    }
