"""What the score page of one film costs at 200,000 ratings: counted anew, kept, and what a rating costs then.

`make bench ONLY=score`, or `python -m bench.score [ratings]`. Makes its members and ratings in a transaction of the
site's own database and takes them back.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

import django

SEED = 5
DIARY = 5  # one in so many wrote it into the diary


def milliseconds(what: Callable[[], Any], times: int = 5) -> str:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return f"{median(taken):,.1f} ms"


def fill(film: Any, number: int) -> list[Any]:
    from django.utils import timezone

    from accounts.models import User
    from reviews.models import Mark, Viewing

    dice, now = random.Random(SEED), timezone.now()
    members = User.objects.bulk_create(
        (User(username=f"bench{n}", date_joined=now - timedelta(days=900)) for n in range(number + 100)),
        batch_size=10_000,
    )
    rated = [(member, dice.choices(range(1, 11), SHAPE)[0]) for member in members[:number]]
    times = [now - timedelta(minutes=dice.uniform(60, 900_000)) for _member in rated]
    Mark.objects.bulk_create(
        (
            Mark(member=m, film=film, half_stars=stars, rated_at=at, watched_at=at)
            for (m, stars), at in zip(rated, times, strict=True)
        ),
        batch_size=10_000,
    )
    User.objects.filter(pk__in=[member.pk for member in members[::20]]).update(rating_count=60)
    Viewing.objects.bulk_create(
        (
            Viewing(member=m, film=film, watched_on=now.date(), half_stars=stars, rewatch=dice.random() < 0.2)
            for m, stars in rated[::DIARY]
        ),
        batch_size=10_000,
    )
    return members[number:]


SHAPE = [2, 3, 4, 6, 9, 15, 21, 22, 12, 6]


def main(number: int = 200_000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.core.cache import cache
    from django.db import connection, transaction

    from films.models import Film
    from reviews.actions.rating import mark_film
    from reviews.score_counts import count_anew
    from reviews.scoring import sheet_of

    with transaction.atomic():
        film = Film.objects.create(slug="a-film-to-measure", title="A film to measure", sort_title="film to measure")
        few = fill(film, number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        film.refresh_from_db()
        print(f"{film.rating_count:,} ratings of one film, {number // DIARY:,} lines of diaries")
        print(f"counted anew: {milliseconds(lambda: count_anew(film), 3)}")
        cache.clear()
        sheet_of(film, AnonymousUser())
        print(f"the sheet, kept: {milliseconds(lambda: sheet_of(film, AnonymousUser()))}")
        print(f"the sheet, signed in: {milliseconds(lambda: sheet_of(film, few[0]))}")
        raters = iter(few)
        print(f"one rating: {milliseconds(lambda: mark_film(member=next(raters), film=film, half_stars=7), 60)}")
        cache.clear()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
