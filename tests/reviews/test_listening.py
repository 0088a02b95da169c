"""What players at home say, into the diary: once, for whom the member chose, on the day that it is there."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models.token import digest
from films.actions.merging import merge_films
from films.models import FilmId
from reviews.actions import listening, playings
from reviews.actions.departing import delete_account
from reviews.actions.diary import delete_viewing
from reviews.models import Activity, Mark, Player, Playing, Posting, Viewing
from reviews.models.player import SAME_VIEWING
from reviews.trust import LIMITS, Level
from tests import make, staff
from tests.reviews.players import TICKS, as_plex_sends, emby, jellyfin, jellyfin_by_hand, kodi, plex, send

pytestmark = pytest.mark.django_db
HOME = ZoneInfo("Pacific/Auckland")


@pytest.fixture
def film():
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    FilmId.objects.create(film=made, source="tmdb", value="339403")
    return made


@pytest.fixture
def home(cast):
    return make.player(member=cast.ana, time_zone="Pacific/Auckland")


def told(answer) -> str:
    assert answer.status_code == 200, answer.content
    return answer.json()["outcome"]


def outcomes() -> list[str]:
    return list(Playing.objects.order_by("pk").values_list("outcome", flat=True))


FORMS = {
    "plex": lambda: as_plex_sends(plex()),
    "plex, old agent": lambda: as_plex_sends(plex(Guid=None, guid="com.plexapp.agents.imdb://tt3890160?lang=en")),
    "plex, no picture": lambda: (plex(), "application/json"),
    "emby": lambda: (emby(), "application/json"),
    "emby, as a form": lambda: as_plex_sends(emby(), field="data"),
    "jellyfin": lambda: (jellyfin(), "text/plain; charset=utf-8"),
    "jellyfin, as a form": lambda: (
        "NotificationType=PlaybackStop&ItemType=Movie&Provider_tmdb=339403&PlayedToCompletion=True",
        "application/x-www-form-urlencoded",
    ),
    "jellyfin, the other plugin": lambda: (jellyfin_by_hand(), "application/json"),
    "kodi": lambda: (kodi(), "application/json"),
    "curl": lambda: ('{"imdb": "tt3890160"}', "application/x-www-form-urlencoded"),
    "title and year": lambda: ({"title": "BABY DRIVER!", "year": 2017}, "application/json"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_was_watched_to_the_end_is_in_the_diary(cast, film, home, form):
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    player, secret = home
    answer = send(secret, *FORMS[form]())
    line = Viewing.objects.get()
    assert answer.json() == {"outcome": "logged", "film": film.slug, "viewing": line.pk}
    assert (line.member, line.film, line.rewatch, line.visibility) == (cast.ana, film, False, "public")
    assert line.watched_on == timezone.now().astimezone(HOME).date()
    mark = Mark.objects.get()
    assert mark.is_watched and not mark.is_in_watchlist and mark.half_stars is None
    assert Activity.objects.filter(kind=Activity.Kind.LOGGED, viewing=line).exists()
    row = Playing.objects.get()
    assert (row.player, row.outcome, row.film, row.viewing) == (player, "logged", film, line)
    player.refresh_from_db()
    assert player.last_used_at is not None and player.digest == digest(secret) != secret


def test_told_again_it_is_the_same_viewing(cast, film, home):
    _player, secret = home
    other = make.player(member=cast.ana, name="Jellyfin")[1]
    assert told(send(secret, plex())) == "logged"
    again = [
        send(secret, plex()), send(secret, plex("media.stop", viewOffset=6200000)),
        send(secret, plex("media.stop", viewOffset=100000)), send(other, jellyfin()),
    ]  # fmt: skip
    assert [told(answer) for answer in again] == ["same"] * 4
    assert Viewing.objects.count() == 1 and outcomes() == ["logged", "same"]
    Playing.objects.update(at=timezone.now() - SAME_VIEWING - timedelta(minutes=1))
    assert told(send(secret, plex())) == "logged"
    assert list(Viewing.objects.order_by("pk").values_list("rewatch", flat=True)) == [False, True]


def test_a_line_by_hand_of_that_day_is_the_same_viewing_and_another_day_is_not(cast, film, home):
    today = timezone.now().astimezone(HOME).date()
    make.viewing(member=cast.ana, film=film, watched_on=today - timedelta(days=9))
    Viewing.objects.update(created_at=timezone.now() - timedelta(days=9))
    mine = make.viewing(member=cast.ana, film=film, watched_on=today, stars=4)
    Viewing.objects.filter(pk=mine.pk).update(created_at=timezone.now() - timedelta(hours=9))
    make.viewing(member=cast.bea, film=film, watched_on=today)
    answer = send(home[1], plex())
    assert answer.json() == {"outcome": "same", "film": film.slug, "viewing": mine.pk}
    Viewing.objects.filter(pk=mine.pk).update(watched_on=today - timedelta(days=1), created_at=timezone.now())
    Playing.objects.all().delete()
    assert told(send(home[1], plex())) == "same", "written a moment ago, for the evening that began yesterday"
    Viewing.objects.filter(pk=mine.pk).update(created_at=timezone.now() - timedelta(hours=9))
    Playing.objects.all().delete()
    assert told(send(home[1], plex())) == "logged" and Viewing.objects.latest("pk").rewatch


def test_a_line_that_was_taken_out_does_not_come_back(cast, film, home):
    send(home[1], plex())
    delete_viewing(member=cast.ana, viewing=Viewing.objects.get())
    answer = send(home[1], plex())
    assert answer.json() == {"outcome": "same", "film": film.slug, "viewing": None}
    assert Playing.objects.get().is_out and not Viewing.objects.exists()


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (jellyfin(PlayedToCompletion=False, PlaybackPositionTicks=TICKS * 8 // 10), "logged"),
        (jellyfin(PlayedToCompletion=False, PlaybackPositionTicks=TICKS * 79 // 100), "short"),
        ({"imdb": "tt3890160", "progress": 80}, "logged"),
        ({"imdb": "tt3890160", "progress": 12}, "short"),
        ({"imdb": "tt3890160", "progress": 0}, "ignored"),
        (plex("media.pause"), "ignored"),
        (plex("media.stop"), "ignored"),
        (jellyfin(ItemType="Episode", Name="Pilot"), "ignored"),
        (emby("system.notificationtest"), "ignored"),
        ({"tmdb": "9999999"}, "waiting"),
        ({"title": "Baby Driver", "year": 2018}, "waiting"),
        ({"title": "Baby Driver"}, "waiting"),
    ],
)
def test_it_counts_from_four_fifths_on_and_films_alone(cast, film, home, said, outcome):
    again = "same" if outcome == "logged" else outcome
    assert [told(send(home[1], said)) for _twice in range(2)] == [outcome, again]
    assert Viewing.objects.count() == (outcome == "logged")
    assert outcomes() == ([] if outcome == "ignored" else [outcome])


def test_of_a_shared_server_one_user_counts_and_of_others_nothing_is_kept(cast, film):
    secret = make.player(member=cast.ana, user_name="Ana at home")[1]
    for said in (plex(user="kids"), jellyfin(), kodi(), {"imdb": "tt3890160"}):
        assert told(send(secret, said)) == "other"
    row = Playing.objects.get()
    assert (row.title, row.imdb, row.tmdb, row.film) == ("", "", "", None)
    assert told(send(secret, plex(user="ANA at home"))) == "logged"
    assert told(send(secret, {"imdb": "tt3890160", "user": "ana at home"})) == "same"


def test_of_two_evenings_taken_out_the_last_one_leaves_it_as_it_was(cast, film, home):
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    for day in ("2024-01-28", "2024-03-01"):
        send(home[1], {"imdb": "tt3890160", "watched_at": day})
    first, second = Playing.objects.order_by("pk")
    playings.take_out(member=cast.ana, playing=first)
    mark = Mark.objects.get()
    assert mark.is_watched and not mark.is_in_watchlist, "there is another line"
    playings.take_out(member=cast.ana, playing=second)
    mark.refresh_from_db()
    assert not mark.is_watched and mark.is_in_watchlist and not Viewing.objects.exists()


@pytest.mark.parametrize(
    ("of_player", "of_mark", "of_line"),
    [
        ("public", None, "public"), ("followers", None, "followers"), ("private", "public", "private"),
        ("public", "private", "private"), ("followers", "public", "followers"),
    ],
)  # fmt: skip
def test_who_sees_it_the_member_says_and_never_more_than_before(cast, film, of_player, of_mark, of_line):
    if of_mark:
        make.mark(member=cast.ana, film=film, liked=True)
        Mark.objects.update(visibility=of_mark)
    send(make.player(member=cast.ana, visibility=of_player)[1], plex())
    assert Viewing.objects.get().visibility == of_line
    assert Mark.objects.get().visibility == (of_mark or of_line)


def test_a_script_says_when_it_was_and_each_day_is_one(cast, film):
    secret = make.player(member=cast.ana, time_zone="America/New_York")[1]
    days = ["2024-01-28", "2024-01-28", "2024-01-29T03:30:00Z", "2024-01-29T06:00:00+01:00", "2024-03-01T12:00:00Z"]
    said = [told(send(secret, {"tmdb": 339403, "watched_at": day})) for day in days]
    assert said == ["logged", "same", "same", "same", "logged"], "whether the day or the time is told first"
    assert list(Viewing.objects.order_by("pk").values_list("watched_on", "rewatch")) == [
        (date(2024, 1, 28), False), (date(2024, 3, 1), True),
    ]  # fmt: skip
    assert told(send(secret, {"tmdb": 339403, "watched_at": "2024-03-01"})) == "same"
    before = send(secret, {"tmdb": 339403, "watched_at": "2023-05-05"})
    assert told(before) == "logged" and not Viewing.objects.get(pk=before.json()["viewing"]).rewatch


def test_at_another_time_of_a_day_on_which_a_player_was_it_is_another_viewing(cast, film):
    secret = make.player(member=cast.ana, time_zone="UTC")[1]
    times = ["2024-01-28T09:00:00Z", "2024-01-28T21:00:00Z", "2024-01-28"]
    assert [told(send(secret, {"tmdb": 339403, "watched_at": at})) for at in times] == ["logged", "logged", "same"]


def test_what_a_script_writes_wrongly_it_is_told(cast, film, home):
    when = "Write the day as 2026-11-30, or the time as 2026-11-30T21:40:00Z."
    which = "Say which film it was: by its id at IMDb (tt and digits) or TMDB, or by title and year."
    odd = "This is not in a form that players send, or scripts."
    for said, words in (
        ({"imdb": "tt3890160", "watched_at": "soon"}, {"watched_at": [when]}),
        ({"title": ""}, {"detail": which, "code": "invalid"}),
        ({"hello": 1}, {"detail": odd, "code": "not_understood"}),
    ):
        answer = send(home[1], said)
        assert (answer.status_code, answer.json()) == (400, words)
    assert not Playing.objects.exists() and not Viewing.objects.exists()


def test_more_lines_than_one_may_in_a_day_come_in_by_themselves(cast, film, home):
    most = LIMITS[Level.MEMBER].most[Posting.Kind.LINE]
    Posting.objects.bulk_create(Posting(member=cast.ana, kind=Posting.Kind.LINE) for _each in range(most))
    refused = send(home[1], plex())
    assert refused.status_code == 429 and int(refused["Retry-After"]) > 3600 and refused.json()["code"] == "limit"
    assert send(home[1], plex()).status_code == 429 and outcomes() == ["limit"]
    assert playings.match_waiting() == 0 and not Viewing.objects.exists()
    Posting.objects.update(made_at=timezone.now() - timedelta(hours=25))
    day = Playing.objects.get().watched_on
    assert playings.match_waiting() == 1 and Viewing.objects.get().watched_on == day and outcomes() == ["logged"]
    assert told(send(home[1], plex())) == "same"


def test_what_waits_for_its_film_comes_in_once_it_is_there(cast, home):
    long_ago = datetime(2024, 1, 28, 9, tzinfo=UTC).isoformat()
    assert told(send(home[1], {"imdb": "tt3890160", "title": "Driver", "watched_at": long_ago})) == "waiting"
    assert told(send(home[1], {"imdb": "tt0000001"})) == "waiting" and playings.match_waiting() == 0
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    assert playings.match_waiting() == 1 and playings.match_waiting() == 0
    assert (Viewing.objects.get().watched_on, outcomes()) == (date(2024, 1, 28), ["logged", "waiting"])


def test_a_film_that_became_another_is_that_one(cast, film, home):
    kept = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=kept, source="imdb", value="tt0000007")
    send(home[1], {"imdb": "tt3890160"})
    merge_films(curator=staff.curator(), kept=kept, gone=film)
    row = Playing.objects.get()
    assert row.film == kept and row.viewing is not None and row.viewing.film == kept
    Playing.objects.update(at=timezone.now() - timedelta(days=1))
    Viewing.objects.update(watched_on=date(2024, 1, 1), created_at=timezone.now() - timedelta(days=1))
    answer = send(home[1], {"imdb": "tt3890160"})
    assert answer.json()["film"] == kept.slug and told(answer) == "logged"


def test_only_the_latest_are_kept_but_what_waits_is_not_pushed_out(monkeypatch, cast, home):
    monkeypatch.setattr(listening, "MOST_SHOWN", 3)
    monkeypatch.setattr(listening, "MOST_WAITING", 2)
    for number in range(4):
        send(home[1], {"imdb": f"tt000000{number}"})
    for number in range(5):
        send(home[1], {"title": f"Reel {number}", "year": 1990, "progress": 30})
    kept = Playing.objects.order_by("pk").values_list("outcome", "imdb", "title")
    assert list(kept) == [
        ("waiting", "tt0000002", ""), ("waiting", "tt0000003", ""),
        ("short", "", "Reel 2"), ("short", "", "Reel 3"), ("short", "", "Reel 4"),
    ]  # fmt: skip


def test_an_account_that_is_deleted_takes_its_players_along(cast, film, home):
    send(home[1], plex())
    delete_account(member=cast.ana)
    assert send(home[1], plex()).status_code == 404
    assert not Player.objects.exists() and not Playing.objects.exists()
