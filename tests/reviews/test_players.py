"""Players at home: their pages, where members see what was said and decide about it, and the same for programs."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models.token import digest
from films.models import FilmId
from reviews.actions import players as actions
from reviews.exporters import json_files
from reviews.models import Mark, Player, Playing, Posting, Viewing
from reviews.trust import LIMITS, Level
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of
from tests.reviews.players import plex, send
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
ALL = "/accounts/players/"
SAID = {"name": "Plex upstairs", "user_name": "ana", "visibility": "followers", "time_zone": "Europe/Berlin"}


@pytest.fixture
def film():
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    return made


@pytest.fixture
def ana(cast):
    make.confirmed_address(cast.ana)
    client = staff.logged_in(cast.ana)
    log_in_afresh(client)
    return client


def secret_on(page) -> str:
    found = re.search(r"https?://[^/<]+/players/([A-Za-z0-9]{32})/", page.text)
    assert found is not None
    return found[1]


def test_an_address_is_shown_once_and_works(cast, ana, film):
    assert "No players yet" in ana.get(ALL).text
    form = ana.get(f"{ALL}new/").text
    assert "js/zone.js" in form and '<option value="UTC" selected>' in form and 'value="America/New_York"' in form
    made = ana.post(f"{ALL}new/", SAID)
    secret, player = secret_on(made), Player.objects.get()
    assert made.status_code == 200 and "no-store" in made["Cache-Control"]
    assert made["Referrer-Policy"] == "same-origin" and player.digest == digest(secret)
    assert {name: getattr(player, name) for name in SAID} == SAID
    assert [letter.to for letter in mail.outbox] == [[cast.ana.email]]
    assert "“Plex upstairs”" in mail.outbox[0].body and secret not in mail.outbox[0].body
    again = ana.get(player.get_absolute_url()).text
    assert secret not in again and "Not heard of yet" in again
    assert send(secret, plex()).json()["outcome"] == "logged"
    page = ana.get(player.get_absolute_url()).text
    assert "In your diary" in page and "Last heard of on" in page and film.get_absolute_url() in page
    assert "last heard of on" in ana.get(ALL).text and "only what ana watches" in ana.get(ALL).text


def test_to_make_one_the_log_in_must_be_recent(cast):
    cast.ana.set_password(make.PASSWORD)  # with which she can be asked who she is
    cast.ana.save()
    old = staff.logged_in(cast.ana)
    for address in (f"{ALL}new/", f"{make.player(member=cast.ana)[0].get_absolute_url()}address/"):
        assert "/accounts/reauthenticate/" in old.post(address, SAID)["Location"]
    assert Player.objects.count() == 1


def test_another_address_ends_the_old_one(cast, ana, film):
    player, old = make.player(member=cast.ana)
    assert ana.get(f"{player.get_absolute_url()}address/")["Location"] == player.get_absolute_url()
    new = secret_on(ana.post(f"{player.get_absolute_url()}address/"))
    assert send(old, plex()).status_code == 404 and send(new, plex()).status_code == 200
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Give the player a name"),
        ({"name": "\u2800"}, "Give the player a name"),
        ({"name": "P" * 61}, "Shorten the name to 60 characters or fewer."),
        ({"name": "EMBY"}, "Another player of yours has this name."),
        ({"user_name": "u" * 101}, "Shorten the name to 100 characters or fewer."),
        ({"visibility": "nobody"}, "Choose who can see this."),
        ({"time_zone": "Europe/Atlantis"}, "Choose a time zone from the list"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence(cast, ana, wrong, words):
    make.player(member=cast.ana, name="Emby")
    other = make.player(member=cast.ana, name="Kodi")[0]
    make.player(member=cast.bea, name="Plex upstairs")
    for address in (f"{ALL}new/", other.get_absolute_url()):
        page = ana.post(address, SAID | wrong)
        assert page.status_code == 422 and words in page.text and "<title>Error:" in page.text
        typed = [
            value for value in (SAID | wrong).values() if len(value) > 3 and value not in {"nobody", "Europe/Atlantis"}
        ]
        assert [value for value in typed if value.strip() not in page.text] == []
    assert set(cast.ana.players.values_list("name", flat=True)) == {"Emby", "Kodi"}


def test_it_is_changed_and_removed(cast, ana, film):
    player, secret = make.player(member=cast.ana)
    assert ana.post(player.get_absolute_url(), SAID | {"name": "PLEX"})["Location"] == player.get_absolute_url()
    player.refresh_from_db()
    assert (player.name, player.visibility, player.time_zone) == ("PLEX", "followers", "Europe/Berlin")
    send(secret, plex())
    for _twice in range(2):
        assert ana.post(f"{player.get_absolute_url()}removal/")["Location"] == ALL
    assert not Player.objects.exists() and Viewing.objects.count() == 1 and send(secret, plex()).status_code == 404


def test_there_are_ten_at_most(cast, ana, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PLAYERS", 2)
    for number in range(2):
        make.player(member=cast.ana, name=f"Plex {number}")
    page = ana.post(f"{ALL}new/", SAID)
    assert page.status_code == 422 and "You have 2 players already." in page.text and "Plex upstairs" in page.text


def test_a_film_that_was_not_found_is_chosen_for_all_that_wait_under_its_name(cast, ana, film):
    player, secret = make.player(member=cast.ana, visibility="private")
    make.film(title="Heat", year=1995)
    for day in ("2024-01-28", "2024-02-03"):
        send(secret, {"title": "Baby Driver", "year": 2016, "watched_at": day})
    send(secret, {"title": "Something else", "year": 2016})
    page = ana.get(player.get_absolute_url()).text
    assert "Still to be written" in page and page.count("Which film?") == 3
    row = Playing.objects.first()
    here = f"{player.get_absolute_url()}playings/{row.pk}/"
    page = ana.get(here).text
    assert "It may be one of these" in page and f'value="{film.slug}"' in page and "Watched on 28 January 2024" in page
    found = ana.get(here, {"q": "heat"}, headers={"HX-Request": "true"}).text
    assert 'value="heat-1995"' in found and "<html" not in found
    gone = ana.post(here, {"film": "never-was-1999"}, follow=True)
    assert "not in the catalogue any more" in gone.text and Playing.objects.filter(outcome="waiting").count() == 3
    done = ana.post(here, {"film": film.slug}, follow=True)
    assert "Baby Driver (2017) it is. 2 lines are in your diary." in done.text
    assert list(Viewing.objects.order_by("pk").values_list("watched_on", "rewatch", "visibility")) == [
        (date(2024, 1, 28), False, "private"), (date(2024, 2, 3), True, "private"),
    ]  # fmt: skip
    assert ana.get(here)["Location"] == player.get_absolute_url()
    again = ana.post(here, {"film": film.slug}, follow=True)
    assert "This is settled by now" in again.text and Viewing.objects.count() == 2


def test_what_waits_can_be_left_out(cast, ana):
    player, secret = make.player(member=cast.ana)
    send(secret, {"imdb": "tt0000007"})
    here = f"{player.get_absolute_url()}playings/{Playing.objects.get().pk}/"
    assert "tt0000007" in ana.get(here).text
    for _twice in range(2):
        assert ana.post(here, {"do": "leave_out"})["Location"] == player.get_absolute_url()
    assert not Playing.objects.exists() and ana.get(here).status_code == 404


def test_a_film_chosen_on_a_full_day_comes_in_later(cast, ana, film):
    player, secret = make.player(member=cast.ana)
    send(secret, {"title": "Driver", "year": 2017})
    most = LIMITS[Level.MEMBER].most[Posting.Kind.LINE]
    Posting.objects.bulk_create(Posting(member=cast.ana, kind=Posting.Kind.LINE) for _each in range(most))
    row = Playing.objects.get()
    page = ana.post(f"{player.get_absolute_url()}playings/{row.pk}/", {"film": film.slug}, follow=True)
    assert "as many lines as one may in a day" in page.text and "Too many in a day" in page.text
    row.refresh_from_db()
    assert (row.outcome, row.film) == ("limit", film) and not Viewing.objects.exists()


@pytest.mark.parametrize("seen", ["no", "before", "rated since", "logged since"])
def test_taken_out_again_all_is_as_it_was(cast, ana, film, seen):
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    if seen == "before":
        make.mark(member=cast.ana, film=film, watched=True)
        make.mark(member=cast.ana, film=film, in_watchlist=True)
    player, secret = make.player(member=cast.ana)
    send(secret, plex())
    if seen == "rated since":
        make.mark(member=cast.ana, film=film, stars=4)
    elif seen == "logged since":
        make.viewing(member=cast.ana, film=film, watched_on=date(2020, 1, 1))
    row = Playing.objects.get()
    for _twice in range(2):
        page = ana.post(f"{player.get_absolute_url()}playings/{row.pk}/", {"do": "take_out"}, follow=True)
        assert "Baby Driver is out of your diary again." in page.text and "Taken out again" in page.text
    mark = Mark.objects.get()
    assert mark.is_watched is (seen != "no") and mark.is_in_watchlist is (seen in {"no", "before"})
    assert Viewing.objects.count() == (seen == "logged since")
    assert "Take it out again" not in page.text


def test_pages_cost_as_much_for_many_as_for_one(cast, ana, film):
    player, secret = make.player(member=cast.ana)
    send(secret, plex())
    send(secret, {"imdb": "tt0000001"})
    before = cost_of(ana, ALL), cost_of(ana, player.get_absolute_url())
    for number in range(9):
        make.player(member=cast.ana, name=f"Kodi {number}")
        send(secret, {"imdb": f"tt000001{number}"})
        other = make.film(title=f"Reel {number}", year=1990)
        send(secret, {"title": other.title, "year": 1990})
    assert (cost_of(ana, ALL), cost_of(ana, player.get_absolute_url())) == before
    assert max(before) <= 12 and "there is no room for more" in ana.get(ALL).text


def test_nobody_else_comes_near(cast, film):
    player, secret = make.player(member=cast.ana)
    send(secret, plex())
    here, row = player.get_absolute_url(), Playing.objects.get()
    boss = make.member(is_staff=True, is_superuser=True)
    for member in (cast.bea, boss):
        other = staff.logged_in(member)
        log_in_afresh(other)
        addresses = (here, f"{here}address/", f"{here}playings/{row.pk}/")
        assert [other.post(each, SAID | {"do": "take_out"}).status_code for each in addresses] == [404, 404, 404]
        assert other.post(f"{here}removal/").status_code == 302 and here not in other.get(ALL).text
    assert Player.objects.get().name == "Plex" and Viewing.objects.exists()


def test_programs_manage_them(cast, film):
    make.confirmed_address(cast.ana)
    api = Api(as_=cast.ana)
    log_in_afresh(api.client)
    made = api.post("me/players/", SAID | {"name": "Emby"})
    assert made.status_code == 201 and "“Emby”" in mail.outbox[0].body
    secret = made.json()["address"].rstrip("/").rpartition("/")[2]
    assert send(secret, plex()).json()["outcome"] == "logged"
    assert send(secret, {"imdb": "tt0000007", "user": "ana"}).json()["outcome"] == "waiting"
    one = f"me/players/{made.json()['id']}/"
    Player.objects.update(last_used_at=None)
    Playing.objects.update(at=timezone.now().replace(2026, 11, 30, 20, 40, 0, 0), watched_on=date(2026, 11, 30))
    assert_golden("players", api.get("me/players/"))
    assert_golden("playings", api.get(f"{one}playings/"))
    assert api.patch(one, {"visibility": "private"}).json()["visibility"] == "private"
    assert api.patch(one, {"time_zone": "Mars/Olympus"}).json() == {
        "time_zone": ["Choose a time zone from the list, such as Europe/Berlin."]
    }
    assert "name" in api.post("me/players/", {"name": "emby"}).json()

    token = program(cast.ana)
    assert (
        token.get("me/players/").json()["code"] == token.post("me/players/", SAID).json()["code"] == "session_required"
    )
    waiting = token.get(f"{one}playings/").json()["results"][0]
    named = token.patch(f"{one}playings/{waiting['id']}/", {"film": film.slug}).json()
    assert named["film"]["slug"] == film.slug and named["outcome"] == "same"
    logged = Playing.objects.get(outcome="logged")
    assert token.patch(f"{one}playings/{logged.pk}/", {"film": film.slug}).json()["code"] == "settled"
    assert [token.delete(f"{one}playings/{logged.pk}/").status_code for _twice in range(2)] == [204, 204]
    assert (
        not Viewing.objects.exists()
        and program(cast.ana, "read").delete(f"{one}playings/{logged.pk}/").status_code == 403
    )
    assert Api(as_=cast.bea).get(one).status_code == Api(as_=cast.bea).get(f"{one}playings/").status_code == 404
    assert api.delete(one).status_code == 204 and api.get(one).status_code == 404


def test_an_address_in_an_answer_is_not_given_twice(cast):
    api = Api(as_=cast.ana, **{"Idempotency-Key": "once-and-for-all"})
    log_in_afresh(api.client)
    assert [api.post("me/players/", SAID).status_code for _twice in range(2)] == [201, 409]
    fay = make.member(date_joined=timezone.now() - timedelta(days=9))
    assert Api(as_=fay).post("me/players/", SAID).json()["code"] == "reauthenticate"
    assert Player.objects.count() == 1


def test_a_secret_is_in_no_log(cast, film, caplog):
    secret = make.player(member=cast.ana)[1]
    with caplog.at_level("INFO", logger="intermission.request"):
        send(secret, plex())
        Client().get(f"/players/{secret}/")
        Client().post(f"/players/{secret}")
        Client().post(f"/players/{secret}x/")
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) >= 4 and not any(secret in line for line in lines)


def test_copies_have_their_names_and_what_they_said_but_no_secret(cast, film):
    secret = make.player(member=cast.ana, name="Plex upstairs")[1]
    send(secret, plex())
    send(secret, {"title": "Never Made", "year": 1999})
    told = {kind: "".join(json_files.lines(kind, cast.ana)) for kind in ("settings", "playings", "waiting_for_films")}
    assert "Plex upstairs" in told["settings"] and "tt3890160" in told["playings"]
    assert "Never Made" in told["waiting_for_films"] and '"source": "player"' in told["waiting_for_films"]
    assert secret not in "".join(told.values()) and digest(secret) not in "".join(told.values())


def test_a_day_is_of_where_the_player_stands(cast, film):
    secret = make.player(member=cast.ana, time_zone="Pacific/Kiritimati")[1]
    other = make.player(member=cast.bea, time_zone="Pacific/Pago_Pago")[1]
    days = [Viewing.objects.get(pk=send(each, plex()).json()["viewing"]).watched_on for each in (secret, other)]
    assert days[0] - days[1] in {timedelta(days=1), timedelta(days=2)}
