"""Members hear of films of their watchlists that leave a service soon, each once."""

import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films.models import Country
from reviews.actions.hearing import choose_ways
from reviews.actions.leaving import tell_of_leaving
from reviews.models import FilmMute, Mailing, Mark, Notification
from reviews.notices import Way, told_to
from reviews.telling import line_of
from tests import make

pytestmark = pytest.mark.django_db


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def heat(cast):
    film = make.film(title="Heat", year=1995)
    make.availability(film=film, service="MUBI", ends_on=in_days(3))
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    return film


def test_it_tells_of_film_service_and_day(cast, heat):
    make.availability(film=heat, service="Netflix", ends_on=in_days(7))
    make.availability(film=heat, service="Prime", ends_on=in_days(8))
    make.availability(film=heat, service="Gone", ends_on=in_days(-1))
    assert tell_of_leaving() == 2
    day = in_days(3)
    assert f"Heat (1995) leaves MUBI: {day.day} {day:%B %Y} is its last day" in {
        line_of(row).text for row in told_to(cast.ana).with_line()
    }
    row = Notification.objects.get(details__service="MUBI")
    assert (row.member, row.film, row.kind, row.actor) == (cast.ana, heat, "leaving", None)
    assert (row.details["ends_on"], row.mailing, row.is_on_site) == (day.isoformat(), Mailing.DAILY, True)
    assert not Notification.objects.exclude(member=cast.ana).exists()


def test_it_tells_once_whatever_crashes_and_in_however_many_countries(cast, heat):
    for code in ("GB", "FR"):
        make.availability(
            film=heat, service="MUBI", ends_on=in_days(3), country=Country.objects.create(code=code, name=code)
        )
    assert [tell_of_leaving(), tell_of_leaving()] == [1, 0]
    Notification.objects.update(read_at=timezone.now())
    assert tell_of_leaving() == 0
    heat.availability.update(ends_on=in_days(5))
    assert tell_of_leaving() == 1  # another last day is another thing to know


def unwanted(cast, film):
    return {
        "switched it off": lambda: choose_ways(member=cast.ana, ways={"leaving": Way(False, Mailing.NEVER)}),
        "mutes the film": lambda: FilmMute.objects.create(member=cast.ana, film=film),
        "took it off the list": lambda: make.mark(member=cast.ana, film=film, in_watchlist=False),
        "is suspended": lambda: User.objects.filter(pk=cast.ana.pk).update(is_active=False),
    }


@pytest.mark.parametrize("why", unwanted(None, None))
def test_it_tells_nobody_who(cast, heat, why):
    unwanted(cast, heat)[why]()
    assert tell_of_leaving() == 0


def test_it_minds_how_each_member_wants_to_hear(cast, heat):
    choose_ways(member=cast.ana, ways={"leaving": Way(False, Mailing.NOW)})
    make.mark(member=cast.bea, film=heat, in_watchlist=True)
    tell_of_leaving()
    ways = {row.member_id: (row.is_on_site, row.mailing) for row in Notification.objects.all()}
    assert ways == {cast.ana.pk: (False, Mailing.NOW), cast.bea.pk: (True, Mailing.DAILY)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'reviews.mail_at_once'")
        assert cursor.fetchone() == (1,)


def test_it_costs_as_much_for_ten_thousand_members_as_for_one(cast, heat):
    """As many statements, and no memory for each of them."""

    def cost() -> tuple[int, int]:
        tracemalloc.start()
        with CaptureQueriesContext(connection) as captured:
            tell_of_leaving()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return len(captured), peak

    tell_of_leaving()
    Notification.objects.all().delete()
    few, little = cost()
    crowd = User.objects.bulk_create(User(username=f"c{n}", email=f"c{n}@example.org") for n in range(10_000))
    now = timezone.now()
    Mark.objects.bulk_create(Mark(member=member, film=heat, watchlisted_at=now) for member in crowd)
    del crowd
    many, much = cost()
    assert Notification.objects.count() == 10_001
    assert many <= few and much < 2 * little + 1_000_000
