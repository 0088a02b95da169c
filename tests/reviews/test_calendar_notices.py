"""Members hear on the day that a film of their watchlist comes out where they are, each once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films.models import Country
from reviews.actions.calendar import choose_calendar
from reviews.actions.coming_out import tell_of_releases
from reviews.actions.hearing import choose_ways
from reviews.models import CalendarChoice, FilmMute, Mailing, Mark, Notification
from reviews.notices import Way, told_to
from reviews.telling import line_of
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=40)


def on(number: int):
    return DAY + timedelta(days=number)


@pytest.fixture
def heat(cast):
    film = make.film(title="Heat", year=1995)
    make.release(film=film, released_on=DAY)
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    choose_calendar(member=cast.ana, country=Country.objects.get(code="GB"), ways=["cinema", "disc"])
    return film


def test_it_tells_on_the_day_once(cast, heat):
    assert [tell_of_releases(on(-1)), tell_of_releases(DAY), tell_of_releases(DAY), tell_of_releases(on(1))] == [
        0,
        1,
        0,
        0,
    ]
    row = told_to(cast.ana).with_line().get()
    assert line_of(row).text == f"Heat (1995) is in cinemas from {DAY.day} {DAY:%B %Y}"
    assert line_of(row).url == heat.get_absolute_url()
    assert (row.kind, row.film, row.actor, row.mailing, row.is_on_site) == ("release", heat, None, Mailing.DAILY, True)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("limited", "is in cinemas from"), ("disc", "is out on disc from"), ("digital", "is to be had online from"),
        ("tv", "is on television on"), ("premiere", ""),
    ],
)  # fmt: skip
def test_it_says_how_the_film_comes_out(cast, heat, kind, words):
    choose_calendar(member=cast.ana, country=Country.objects.get(code="GB"), ways=["cinema", "disc", "digital", "tv"])
    heat.releases.update(kind=kind)
    tell_of_releases(DAY)
    told = [line_of(row).text for row in told_to(cast.ana).with_line()]
    assert [f"Heat (1995) {words}" in each for each in told] == ([True] if words else [])


def test_a_night_without_a_job_is_made_up_for(cast, heat):
    assert tell_of_releases(on(2)) == 1
    Notification.objects.all().delete()
    assert tell_of_releases(on(3)) == 0


def test_a_day_that_moves_is_told_again_only_when_it_moved_to_a_later_one(cast, heat):
    assert tell_of_releases(DAY) == 1
    heat.releases.update(released_on=on(-1))
    assert tell_of_releases(DAY) == 0, "it was told, and is out"
    heat.releases.update(released_on=on(20))
    assert [tell_of_releases(on(1)), tell_of_releases(on(20)), tell_of_releases(on(21))] == [0, 1, 0]


def test_what_has_come_out_there_the_same_way_is_no_news(cast, heat):
    make.release(film=heat, kind="limited", released_on=on(-7))
    assert tell_of_releases(DAY) == 0
    heat.releases.filter(kind="limited").update(released_on=on(-400))
    assert tell_of_releases(DAY) == 1, "back in cinemas after a year"
    make.release(film=heat, kind="disc", released_on=on(10))
    assert tell_of_releases(on(10)) == 1, "another way"


def test_two_lines_about_one_day_are_told_once(cast, heat):
    make.release(film=heat, kind="limited", released_on=DAY)
    assert tell_of_releases(DAY) == 1


def unwanted(cast, film):
    other = lambda: Country.objects.create(code="FR", name="France")  # noqa: E731 -- one of many small acts
    return {
        "switched it off": lambda: choose_ways(member=cast.ana, ways={"release": Way(False, Mailing.NEVER)}),
        "chose other ways": lambda: choose_calendar(member=cast.ana, country=Country.objects.get(), ways=["tv"]),
        "chose no ways": lambda: choose_calendar(member=cast.ana, country=Country.objects.get(), ways=[]),
        "is elsewhere": lambda: choose_calendar(member=cast.ana, country=other(), ways=["cinema"]),
        "said nothing": lambda: CalendarChoice.objects.all().delete(),
        "mutes the film": lambda: FilmMute.objects.create(member=cast.ana, film=film),
        "took it off the list": lambda: make.mark(member=cast.ana, film=film, in_watchlist=False),
        "put it there since": lambda: Mark.objects.update(watchlisted_at=timezone.now() + timedelta(days=41)),
        "is suspended": lambda: User.objects.filter(pk=cast.ana.pk).update(is_active=False),
    }


@pytest.mark.parametrize("why", unwanted(None, None))
def test_it_tells_nobody_who(cast, heat, why):
    unwanted(cast, heat)[why]()
    assert tell_of_releases(DAY) == 0


def test_it_costs_as_many_statements_for_a_thousand_members_as_for_one(cast, heat):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            tell_of_releases(DAY)
        return len(captured)

    cost()
    Notification.objects.all().delete()
    few = cost()
    Notification.objects.all().delete()
    crowd = User.objects.bulk_create(User(username=f"c{n}", email=f"c{n}@example.org") for n in range(1000))
    Mark.objects.bulk_create(Mark(member=member, film=heat, watchlisted_at=timezone.now()) for member in crowd)
    CalendarChoice.objects.bulk_create(CalendarChoice(member=one, country_id="GB", ways=["cinema"]) for one in crowd)
    assert cost() == few and Notification.objects.count() == 1001
