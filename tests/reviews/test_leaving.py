"""What leaves a service soon: the page, the calendar, the feed, and the watchlists it is on."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from films.models import Availability, Country
from reviews.ical import Event, calendar, folded, text
from reviews.leaving import leaving_for_watchlists
from tests import make

pytestmark = pytest.mark.django_db


def ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def country(code: str, name: str) -> Country:
    return Country.objects.create(code=code, name=name)


def titles(rows) -> list[str]:
    return [row.film.title for row in rows]


@pytest.fixture
def week(db):
    """Three films that leave, one that has left, and one that stays."""
    for title, days in (("Third", 20), ("First", 0), ("Second", 1), ("Gone", -1), ("Stays", None)):
        make.availability(film=make.film(title=title), ends_on=None if days is None else ahead(days))


def test_it_shows_what_leaves_the_soonest_first(client, week):
    response = client.get("/leaving-soon/")
    assert titles(response.context["others"]) == ["First", "Second", "Third"]
    page = response.content.decode()
    for words in (">today<", ">tomorrow<", ">in 20 days<", "Netflix"):
        assert words in page
    assert not response.cookies


def test_it_counts_days_by_the_sites_own_time_zone(client):
    place = make.availability(film=make.film(), ends_on=ahead(3))
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # a day or two apart, always
        with timezone.override(zone):
            today = timezone.localdate()
            page = client.get("/leaving-soon/").content.decode()
        assert f"in {(place.ends_on - today).days} days<" in page


def test_it_can_be_narrowed_to_a_service_and_a_country(client):
    britain, france = country("GB", "United Kingdom"), country("FR", "France")
    make.availability(film=make.film(title="British"), country=britain, ends_on=ahead(3))
    make.availability(film=make.film(title="French"), country=france, service="MUBI", ends_on=ahead(2))

    def shown(query: str) -> list[str]:
        return titles(client.get(f"/leaving-soon/?{query}").context["rows"])

    assert shown("") == ["French", "British"]
    assert shown("country=GB") == shown("country=gb&service=netflix") == ["British"]
    assert shown("service=mubi") == ["French"]
    assert shown("service=mubi&country=GB") == []
    make.availability(film=make.film(title="Elsewhere"), service="Shudder", ends_on=ahead(1))
    assert shown("service=mubi&service=netflix&service=mubi&service=") == ["French", "British"]
    page = client.get("/leaving-soon/?service=mubi&service=netflix").content.decode()
    assert '<option value="mubi" selected>MUBI</option>' in page
    assert '<option value="netflix" selected>Netflix</option>' in page and '<option value="shudder">Shudder<' in page
    for kind in ("ics", "rss"):
        address = f"/leaving-soon.{kind}?service=mubi&service=netflix"
        assert address.replace("&", "&amp;") in page
        told = client.get(address).content.decode()
        assert "British" in told and "French" in told and "Elsewhere" not in told
    wide = client.get("/leaving-soon/?" + "&".join(f"service=s{number}" for number in range(500)))
    assert wide.status_code == 200 and len(wide.context["wanted"].services) < 50


@pytest.mark.parametrize("query", ["service=%00", "service=no+such", "country=<script>", "country=" + "x" * 5000])
def test_it_answers_wishes_that_nothing_meets_in_words(client, week, query):
    for path in ("/leaving-soon.ics", "/leaving-soon.rss"):
        assert client.get(f"{path}?{query}").status_code == 200
    page = client.get(f"/leaving-soon/?{query}").content.decode()
    assert "Nothing leaves there" in page
    assert "<script>" not in page.lower().partition("<main")[2]


def test_it_has_words_for_nothing_at_all(client):
    page = client.get("/leaving-soon/").content.decode()
    assert "Nobody is leaving" in page
    assert "<select" not in page


def test_it_says_once_what_leaves_in_many_countries_on_one_day(client):
    film = make.film(title="Everywhere")
    for code, name in (("GB", "United Kingdom"), ("AT", "Austria"), ("FR", "France"), ("DE", "Germany")):
        make.availability(film=film, country=country(code, name), ends_on=ahead(5))
    make.availability(film=film, country=country("IE", "Ireland"), ends_on=ahead(6))
    rows = client.get("/leaving-soon/").context["rows"]
    assert [row.country_names for row in rows] == [["Austria", "France", "Germany", "United Kingdom"], ["Ireland"]]
    page = client.get("/leaving-soon/").content.decode()
    assert "Austria, France and 2 more" in page
    assert len(client.get("/leaving-soon/?country=DE").context["rows"]) == 1


def test_it_leaves_out_a_film_whose_next_stay_begins_when_this_one_ends(client):
    film = make.film()
    make.availability(film=film, ends_on=ahead(5))
    assert len(client.get("/leaving-soon/").context["rows"]) == 1
    again = make.availability(film=film, starts_on=ahead(6), ends_on=ahead(90))
    assert len(client.get("/leaving-soon/").context["rows"]) == 0
    Availability.objects.filter(pk=again.pk).update(starts_on=ahead(20))
    assert len(client.get("/leaving-soon/").context["rows"]) == 1


def test_it_shows_the_readers_watchlist_first(client, cast, week):
    third = Availability.objects.get(film__title="Third").film
    make.mark(member=cast.ana, film=third, in_watchlist=True)
    make.mark(member=cast.bea, film=Availability.objects.get(film__title="First").film, in_watchlist=True)
    client.force_login(cast.ana)
    response = client.get("/leaving-soon/")
    assert titles(response.context["yours"]) == ["Third"]
    assert titles(response.context["others"]) == ["First", "Second"]
    assert "leaves this week" not in response.content.decode()


@pytest.mark.parametrize("path", ["/leaving-soon/", "/"])
def test_it_says_how_much_of_the_watchlist_leaves_this_week(client, cast, path):
    for days in (0, 7, 8):
        film = make.film()
        make.availability(film=film, ends_on=ahead(days))
        make.availability(film=film, service="MUBI", ends_on=ahead(days))
        make.mark(member=cast.ana, film=film, in_watchlist=True)
    assert "your watchlist" not in client.get(path).content.decode()
    client.force_login(cast.ana)
    assert "2 films of your watchlist leave this week." in client.get(path).content.decode()


def test_it_knows_whom_to_tell(cast):
    film, later = make.film(), make.film()
    make.availability(film=film, ends_on=ahead(6))
    make.availability(film=film, service="MUBI", ends_on=ahead(4))
    make.availability(film=later, ends_on=ahead(30))
    for member in (cast.ana, cast.bea):
        make.mark(member=member, film=film, in_watchlist=True)
        make.mark(member=member, film=later, in_watchlist=True)
    make.mark(member=cast.fay, film=film, watched=True)
    cast.bea.is_active = False
    cast.bea.save()
    told = [(mark.member, mark.film, mark.leaves_on) for mark in leaving_for_watchlists()]
    assert told == [(cast.ana, film, ahead(4))]
    assert not leaving_for_watchlists(within=3).exists()
    assert leaving_for_watchlists(ahead(23)).get(member=cast.ana).film == later


def test_it_pages_through_the_watchlist_and_then_the_rest(client, cast, monkeypatch):
    monkeypatch.setattr("reviews.views.leaving.A_PAGE", 3)
    for n in range(8):
        film = make.film(title=f"Film {n}")
        make.availability(film=film, ends_on=ahead(n))
        if n in (2, 5):
            make.mark(member=cast.ana, film=film, in_watchlist=True)
    client.force_login(cast.ana)
    seen, address = [], "?"
    while address:
        context = client.get(f"/leaving-soon/{address}").context
        seen += [title.removeprefix("Film ") for title in titles(context["rows"])]
        address = context["next_url"]
    assert "".join(seen) == "25" + "013467"
    assert client.get("/leaving-soon/?after=nonsense").status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_as_often_for_one_film_as_for_many(client, cast, signed_in, django_assert_max_num_queries):
    def one_more(n: int) -> None:
        film = make.film()
        make.availability(film=film, ends_on=ahead(n))
        make.mark(member=cast.ana, film=film, in_watchlist=bool(n % 2))

    if signed_in:
        client.force_login(cast.ana)
    one_more(1)
    one_more(2)
    with django_assert_max_num_queries(12 if signed_in else 8) as few:
        client.get("/leaving-soon/")
    for n in range(30):
        one_more(n)
    with django_assert_max_num_queries(len(few)):
        client.get("/leaving-soon/")


# The calendar


def lines_of(response) -> list[str]:
    """Unfolded; every line ends with CRLF and has at most 75 octets."""
    raw = response.content.decode()
    assert raw.endswith("\r\n")
    assert "\n" not in raw.replace("\r\n", "")
    assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75
    return raw.replace("\r\n ", "").split("\r\n")[:-1]


def test_it_gives_a_calendar_of_last_days(client):
    film = make.film(title="Wait; what, \\ 七人の侍" + " and so on" * 12)
    place = make.availability(film=film, country=country("JP", "Japan"), ends_on=date(2027, 2, 28))
    response = client.get("/leaving-soon.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = lines_of(response)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    event = dict(line.split(":", 1) for line in lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")])
    assert event["DTSTART;VALUE=DATE"] == "20270228"
    assert event["DTEND;VALUE=DATE"] == "20270301"
    assert event["SUMMARY"].startswith("Last day of Wait\\; what\\, \\\\ 七人の侍 and so on")
    assert "Japan" in event["DESCRIPTION"]
    assert event["URL"] == settings.SITE_URL + film.get_absolute_url()
    assert event["UID"].startswith(f"leaving-{place.pk}@")
    assert event["DTSTAMP"] == f"{film.updated_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert client.get("/leaving-soon.ics").content == response.content


def test_it_gives_the_calendar_of_one_service(client):
    make.availability(film=make.film(title="Here"), ends_on=ahead(4))
    make.availability(film=make.film(title="There"), service="MUBI", ends_on=ahead(4))
    written = client.get("/leaving-soon.ics?service=mubi").content.decode()
    assert "There" in written
    assert "Here" not in written


def test_the_last_day_of_all_calendars_has_no_day_after_it(client):
    make.availability(film=make.film(), ends_on=date.max)
    lines = lines_of(client.get("/leaving-soon.ics"))
    assert "DTSTART;VALUE=DATE:99991231" in lines
    assert not any(line.startswith("DTEND") for line in lines)


@pytest.mark.parametrize("path", ["/leaving-soon.ics", "/leaving-soon.rss"])
def test_it_can_be_read_again_cheaply(client, week, path):
    first = client.get(path)
    assert first["Last-Modified"]
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Availability.objects.filter(film__title="Second").delete()
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/leaving-soon.ics", "/leaving-soon.rss"])
def test_feeds_ask_as_often_for_one_film_as_for_many(client, path, django_assert_num_queries):
    make.availability(film=make.film(), ends_on=ahead(1))
    with django_assert_num_queries(1):
        client.get(path)
    for n in range(20):
        make.availability(film=make.film(), ends_on=ahead(n))
    with django_assert_num_queries(1):
        client.get(path)


@pytest.mark.parametrize("length", range(70, 80))
@pytest.mark.parametrize("letter", ["a", "é", "侍", "🎬"])
def test_a_line_is_folded_between_letters(length, letter):
    line = "SUMMARY:" + letter * length
    parts = folded(line).split("\r\n")
    assert max(len(part.encode()) for part in parts) <= 75
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_texts_are_escaped():
    assert text("a\\b;c,d\r\ne\nf\rg\x07\x00") == "a\\\\b\\;c\\,d\\ne\\nf\\ng"


def test_nothing_in_an_event_can_begin_another():
    event = Event(
        "1@x", date(2027, 1, 1), "a\r\nEND:VEVENT", "", "https://x.example/\r\nBEGIN:VEVENT", datetime.now(UTC)
    )
    lines = calendar("x", [event]).split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


# The feed


def test_it_gives_a_feed_of_the_next_month(client):
    make.availability(film=make.film(title="Soon & sure"), country=country("GB", "United Kingdom"), ends_on=ahead(3))
    make.availability(film=make.film(title="Later"), ends_on=ahead(60))
    response = client.get("/leaving-soon.rss?service=netflix")
    channel = ET.fromstring(response.content).find("channel")
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Last day of Soon & sure (2017) on Netflix"]
    assert items[0].findtext("link") == f"{settings.SITE_URL}/films/soon-and-sure-2017/"
    assert items[0].find("guid").get("isPermaLink") == "false"
    assert "United Kingdom" in items[0].findtext("description")
    itself = channel.find("{http://www.w3.org/2005/Atom}link")
    assert itself.get("href") == f"{settings.SITE_URL}/leaving-soon.rss?service=netflix"
