"""Learning what films have in common, kept as rows. `manage.py learn_tastes`, a program of its own, does it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from config.jobs import enqueue
from reviews.models.taste import SCALE

LEARN: Final = "reviews.learn_tastes"  # the job
SOON: Final = timedelta(minutes=30)
A_PIECE: Final = 1 << 20
# What an other is worth that was found by facts, for the first of them; they say less than ratings do.
BY_FACTS: Final = SCALE // 20

RECEIVE: Final = """
    CREATE TEMPORARY TABLE learnt (film_id bigint, others bigint[], weights smallint[], why varchar) ON COMMIT DROP
"""
# Rows that say the same are not written again: most nights change little of a large catalogue.
KEEP: Final = """
    INSERT INTO reviews_kindred (film_id, others, weights, why)
    SELECT l.film_id, l.others, l.weights, l.why FROM learnt l JOIN films_film f ON f.id = l.film_id
    ON CONFLICT (film_id) DO UPDATE SET others = EXCLUDED.others, weights = EXCLUDED.weights, why = EXCLUDED.why
    WHERE (reviews_kindred.others, reviews_kindred.weights, reviews_kindred.why)
        IS DISTINCT FROM (EXCLUDED.others, EXCLUDED.weights, EXCLUDED.why)
"""
FORGET: Final = "DELETE FROM reviews_kindred k WHERE NOT EXISTS (SELECT 1 FROM learnt l WHERE l.film_id = k.film_id)"


def learn_tastes() -> int:
    """Find out anew what films have in common; returns how many rows changed. May be repeated.

    It takes the ratings that `reviews/learning/ratings.py` lets teach, and nothing else of any member. Two of these do
    not run at once: the second does nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('learning tastes'))")
        if not cursor.fetchone()[0]:
            return 0
    try:
        with TemporaryFile(dir=_place()) as file:
            for line in _learnt():
                file.write(line)
            file.seek(0)
            return _keep(file)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('learning tastes'))")


def learn_soon() -> None:
    """Learn within half an hour, once for all who ask until then: some ratings must not be learned from any more."""
    enqueue(LEARN, once=LEARN, at=timezone.now() + SOON)


def _learnt() -> Iterator[bytes]:
    """Lines for COPY: of each film with enough ratings what they say, of all others what their facts say."""
    from reviews.learning.facts import alike  # NumPy and SciPy come with these two
    from reviews.learning.ratings import read_ratings
    from reviews.learning.tastes import neighbours
    from reviews.models import Kindred

    of_taste: set[int] = set()
    for found in neighbours(read_ratings()):
        of_taste.add(found.film)
        yield _line(found.film, found.others.tolist(), found.weights.tolist(), Kindred.Why.TASTE * found.shown)
    for film, (others, why) in alike(of_taste):
        if not why:
            continue  # the only film there is
        weights = [BY_FACTS - place * BY_FACTS // (2 * len(others)) for place in range(len(others))]
        yield _line(film, others.tolist(), weights, why)


def _line(film: int, others: list[int], weights: list[int], why: str) -> bytes:
    numbers = [",".join(map(str, each)) for each in (others, weights)]
    return f"{film}\t{{{numbers[0]}}}\t{{{numbers[1]}}}\t{why}\n".encode()


@transaction.atomic
def _keep(file: IO[bytes]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(RECEIVE)
        with cursor.copy("COPY learnt FROM STDIN") as copy:
            while piece := file.read(A_PIECE):
                copy.write(piece)
        cursor.execute("ANALYZE learnt")
        cursor.execute(KEEP)
        kept = cursor.rowcount
        cursor.execute(FORGET)
        changed = kept + cursor.rowcount
        cursor.execute("DROP TABLE pg_temp.learnt")
    return changed


def _place() -> Path:
    return Path(settings.DATA_DIR)
