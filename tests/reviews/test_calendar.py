"""What comes out: the page by week and month, the files to subscribe to, and what a member chooses for their own."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from films.models import Country
from reviews.actions.calendar import choose_calendar, make_calendar_address
from reviews.actions.hushing import mute_film
from reviews.models import CalendarChoice
from reviews.releases import Period
from tests import make, staff
from tests.base import cost_of
from tests.marked import speaking

pytestmark = pytest.mark.django_db
MARCH = "on=2027-03-10"


def shown(client: Client, query: str = MARCH) -> list[tuple[int, list[str]]]:
    """Day of the month → titles."""
    page = client.get(f"/calendar/?{query}")
    assert page.status_code == 200
    return [(each.day.day, [row.film.title for row in each.rows]) for each in page.context["days"]]


@pytest.fixture
def march(cast):
    """Heat comes out in two countries on one day and on disc later; Drive in one; both in a month."""
    heat, drive = make.film(title="Heat", year=1995), make.film(title="Drive", year=2011)
    for country in ("GB", "FR"):
        make.release(film=heat, country=country, released_on=date(2027, 3, 4))
    make.release(film=heat, kind="disc", released_on=date(2027, 3, 31), certificate="15")
    make.release(film=drive, country="FR", kind="limited", released_on=date(2027, 3, 10))
    make.release(film=drive, kind="tv", released_on=date(2027, 4, 1))
    make.release(film=drive, kind="premiere", released_on=date(2027, 3, 1), note="Festival of Hull")
    make.release(film=drive, kind="cinema", certificate="18")  # on no known day
    return {"heat": heat, "drive": drive}


def test_it_shows_a_month_day_by_day_and_the_ways_to_others(client, march):
    assert shown(client) == [(1, ["Drive"]), (4, ["Heat"]), (10, ["Drive"]), (31, ["Heat"])]
    page = client.get(f"/calendar/?{MARCH}").content.decode()
    for words in ("March 2027", "In cinemas · FR, GB", "In a few cinemas", "Festival of Hull", ">Thursday<"):
        assert words in page
    assert "on=2027-02-28" in page and "on=2027-04-01" in page
    assert shown(client, "on=2027-04-30") == [(1, ["Drive"])]
    assert "Now" not in client.get("/calendar/").content.decode().partition("<main")[2].partition("</main")[0]


def test_it_shows_a_week_as_the_language_counts_it(client, march):
    assert shown(client, f"by=week&{MARCH}") == [(10, ["Drive"])]
    assert shown(client, "by=week&on=2027-03-01") == [(1, ["Drive"]), (4, ["Heat"])]
    assert Period.around(date(2027, 3, 7), "week").first == date(2027, 3, 1), "Sunday ends a British week"
    with speaking("th"):
        assert Period.around(date(2027, 3, 7), "week").first == date(2027, 3, 7)


def test_it_shows_what_the_house_shows_in_that_time(cast, client, settings):
    settings.HOUSE_TIME_ZONE = ZoneInfo("Europe/Paris")

    def at_home(reader: Client, query: str = MARCH) -> list[str]:
        page = reader.get(f"/calendar/?{query}")
        titles = [str(screening) for screening in page.context["screenings"]]
        assert all(f">{title}</a></h3>" in page.text for title in titles)
        return titles

    ana = Client()
    ana.force_login(cast.ana)
    assert at_home(client) == at_home(ana) == []
    for title, starts_at, said in (
        ("Late in February", datetime(2027, 2, 28, 22, 30, tzinfo=UTC), {}),
        ("Early in March", datetime(2027, 2, 28, 23, 30, tzinfo=UTC), {}),
        ("For members", datetime(2027, 3, 12, 19, tzinfo=UTC), {"audience": "members"}),
        ("Not announced", datetime(2027, 3, 12, 19, tzinfo=UTC), {"published_at": None}),
        ("Last of March", datetime(2027, 3, 31, 19, tzinfo=UTC), {}),
        ("First of April", datetime(2027, 3, 31, 22, 30, tzinfo=UTC), {}),
    ):
        make.screening(title=title, starts_at=starts_at, **said)
    assert at_home(client) == ["Early in March", "Last of March"]
    assert at_home(ana) == ["Early in March", "For members", "Last of March"]
    assert at_home(client, "by=week&on=2027-03-31") == ["Last of March", "First of April"]
    for narrowed in ("country=GB", "kind=cinema"):
        assert at_home(client, f"{MARCH}&{narrowed}") == []
    one = cost_of(client, f"/calendar/?{MARCH}")
    for _number in range(5):
        make.screening(starts_at=datetime(2027, 3, 20, 19, tzinfo=UTC))
    assert cost_of(client, f"/calendar/?{MARCH}") == one <= 8


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("country=GB", [1, 4, 31]),
        ("country=fr", [4, 10]),
        ("country=DE", []),
        ("kind=cinema", [4, 10]),
        ("kind=disc&kind=premiere", [1, 31]),
        ("kind=disc&country=FR", []),
        ("show=all&kind=cinema&country=GB", [4]),
    ],
)
def test_it_can_be_narrowed_to_a_country_and_ways(client, march, query, days):
    assert [day for day, _titles in shown(client, f"{MARCH}&{query}")] == days


def test_it_shows_members_their_watchlist_and_everybody_what_is_wanted(cast, client, march):
    ana = staff.logged_in(cast.ana)
    assert shown(ana) == []
    assert "Nothing of your watchlist" in ana.get(f"/calendar/?{MARCH}").content.decode()
    make.mark(member=cast.ana, film=march["drive"], in_watchlist=True)
    assert shown(ana) == [(1, ["Drive"]), (10, ["Drive"])]
    assert len(shown(ana, f"{MARCH}&show=all")) == 4
    assert "On your watchlist</p>" in ana.get(f"/calendar/?{MARCH}&show=all").content.decode()
    mute_film(member=cast.ana, film=march["heat"])
    assert shown(ana, f"{MARCH}&show=wanted") == [(1, ["Drive"]), (10, ["Drive"])]
    assert len(shown(client)) == 4


def test_of_many_films_the_most_wanted_come_first_and_all_are_paged(cast, client):
    films = [make.film(title=f"Film {n}") for n in range(70)]
    for film in films:
        make.release(film=film, released_on=date(2027, 5, 5))
    for member in (cast.ana, cast.bea):
        make.mark(member=member, film=films[66], in_watchlist=True)
    make.mark(member=cast.ana, film=films[65], in_watchlist=True)
    [(_day, titles)] = shown(client, "on=2027-05-01")
    assert len(titles) == 60 and titles[:2] == ["Film 66", "Film 65"]
    first = client.get("/calendar/?on=2027-05-01&show=all")
    rest = client.get("/calendar/" + first.context["next_url"])
    both = [row.film.title for page in (first, rest) for row in page.context["rows"]]
    assert both == [film.title for film in films]
    assert first.context["previous_url"] == "" and rest.context["previous_url"]


def test_it_begins_in_the_members_own_country(cast, march):
    choose_calendar(member=cast.ana, country=Country.objects.get(code="FR"), ways=[])
    ana = staff.logged_in(cast.ana)
    assert [day for day, _titles in shown(ana, f"{MARCH}&show=all")] == [4, 10]
    assert [day for day, _titles in shown(ana, f"{MARCH}&show=all&country=")] == [1, 4, 10, 31]
    assert [day for day, _titles in shown(ana, f"{MARCH}&show=all&country=GB")] == [1, 4, 31]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("on=yesterday", "“yesterday” is not a day of the calendar. Write it as 2026-12-24."),
        ("on=0001-01-01", "is not a day of the calendar"),
        ("on=2027-02-30", "is not a day of the calendar"),
        ("by=year", "“year” is not one of week, month, so it is left out."),
        ("show=watchlist", "“watchlist” is not one of wanted, all, so it is left out."),
        ("kind=vhs", "“vhs” is not one of"),
        ("country=<b>", "is not the code of a country"),
    ],
)
def test_what_makes_no_sense_is_left_out_in_words(client, query, told):
    page = client.get(f"/calendar/?{query}")
    assert page.status_code == 200 and told in page.content.decode().replace("&lt;b&gt;", "<b>")


def test_it_ends_where_the_years_of_films_end(client):
    assert client.get("/calendar/?on=1874-01-31").context["earlier_url"] == ""
    assert client.get("/calendar/?on=2100-12-01").context["later_url"] == ""


def test_it_costs_the_same_for_one_film_as_for_sixty(cast):
    ana, anyone = staff.logged_in(cast.ana), Client()
    costs = []
    for number in (1, 59):
        for _each in range(number):
            film = make.film()
            make.release(film=film, released_on=date(2027, 5, 5))
            make.mark(member=cast.ana, film=film, in_watchlist=True)
        addresses = [f"/calendar/?on=2027-05-01&show={show}" for show in ("wanted", "all")]
        costs.append([cost_of(anyone, each) for each in addresses] + [cost_of(ana, "/calendar/?on=2027-05-02")])
    assert costs[0] == costs[1] and max(costs[1][:2]) <= 8 and costs[1][2] <= 12, costs


# To subscribe to


def test_it_gives_a_calendar_of_what_is_wanted(client, march):
    soon = timezone.localdate() + timedelta(days=9)
    make.release(film=march["heat"], kind="tv", released_on=soon)
    make.release(film=march["heat"], kind="digital", country="FR", released_on=soon - timedelta(days=400))
    response = client.get("/calendar.ics?country=GB&kind=tv")
    assert response["Content-Type"] == "text/calendar; charset=utf-8" and "public" in response["Cache-Control"]
    told = response.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Heat (1995): On television" in told and f"DTSTART;VALUE=DATE:{soon:%Y%m%d}" in told
    assert told.count("BEGIN:VEVENT") == 2 and "On disc" not in told, "Drive comes on television in April"
    assert f"UID:release-{march['heat'].pk}-GB-tv-{soon:%Y%m%d}@" in told
    assert client.get("/calendar.ics?country=GB&kind=tv", HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_it_gives_a_feed_of_the_next_month(client, march):
    soon = timezone.localdate() + timedelta(days=9)
    make.release(film=march["heat"], kind="digital", country="FR", released_on=soon)
    make.release(film=march["heat"], kind="tv", country="FR", released_on=soon + timedelta(days=60))
    response = client.get("/calendar.rss?country=FR&kind=digital")
    items = ET.fromstring(response.content).find("channel").findall("item")
    assert [item.findtext("title") for item in items] == ["Heat (1995): Online"]
    assert items[0].findtext("link") == f"{settings.SITE_URL}/films/heat-1995/"
    assert items[0].findtext("description").endswith(": FR")


def test_a_members_own_calendar_is_at_an_address_that_nobody_else_knows(cast, client, march):
    for each in ("heat", "drive"):
        make.mark(member=cast.ana, film=march[each], in_watchlist=True)
    choose_calendar(member=cast.ana, country=Country.objects.get(code="FR"), ways=[])
    mute_film(member=cast.ana, film=march["heat"])
    ana = staff.logged_in(cast.ana)
    page = ana.post("/accounts/calendar/address/")
    address = page.context["address"].removeprefix(settings.SITE_URL)
    assert address in page.content.decode() and address not in ana.get("/accounts/calendar/").content.decode()
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in str(CalendarChoice.objects.values().get())

    def told() -> str:
        return client.get(address).content.decode()

    assert "Drive (2011): In a few cinemas" in told() and "Heat" not in told() and "On television" not in told()
    answer = client.get(address)
    assert "private" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert client.get(address).status_code == 404
    User.objects.filter(pk=cast.ana.pk).update(is_active=True)
    assert client.get(address).status_code == 200
    make_calendar_address(member=cast.ana)
    assert client.get(address).status_code == 404, "another was made"


def test_the_address_ends_when_its_member_wants(cast, client):
    address = f"/calendar/{make_calendar_address(member=cast.ana)}.ics"
    assert client.get(address).status_code == 200
    ana = staff.logged_in(cast.ana)
    assert "End the address" in ana.get("/accounts/calendar/").content.decode()
    assert ana.post("/accounts/calendar/address/", {"do": "end"}).status_code == 302
    assert client.get(address).status_code == 404
    assert "End the address" not in ana.get("/accounts/calendar/").content.decode()
    assert client.get("/calendar/.ics").status_code == 404 == client.get("/calendar/made-up.ics").status_code


# What a member chooses


def test_a_member_chooses_their_country_and_what_they_hear(cast, march):
    ana = staff.logged_in(cast.ana)
    sent = ana.post("/accounts/calendar/", {"country": "GB", "ways": ["tv", "cinema"]})
    assert sent["Location"] == "/accounts/calendar/"
    choice = CalendarChoice.objects.get()
    assert (choice.member, choice.country_id, choice.ways) == (cast.ana, "GB", ["cinema", "tv"])
    page = ana.get("/accounts/calendar/").content.decode()
    assert '<option value="GB" selected>' in page and page.count(" checked") == 2
    ana.post("/accounts/calendar/", {"country": "", "ways": []})
    choice.refresh_from_db()
    assert choice.country is None and choice.ways == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"ways": ["cinema"]}, "Choose your country, or tick nothing below."),
        ({"country": "ZZ"}, "Choose a country."),
        ({"country": "GB", "ways": ["premiere"]}, "Choose among the ways that the page lists."),
    ],
)
def test_what_cannot_be_chosen_is_told(cast, march, said, told):
    page = staff.logged_in(cast.ana).post("/accounts/calendar/", said)
    assert page.status_code == 422 and told in page.content.decode()
    assert not CalendarChoice.objects.exists()


def test_a_country_that_is_taken_out_leaves_the_choice_without_one(cast, march):
    gone = Country.objects.create(code="XX", name="Nowhere")
    choose_calendar(member=cast.ana, country=gone, ways=["cinema"])
    gone.delete()
    assert CalendarChoice.objects.get().country is None
