"""What each player says, understood without a database; and what nobody can have meant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews.players.heard import Heard, NotUnderstood, percent_of
from reviews.players.reading import read
from tests.reviews.players import TICKS, emby, jellyfin, jellyfin_by_hand, kodi, plex

IDS = {"title": "Baby Driver", "year": 2017, "imdb": "tt3890160", "tmdb": "339403"}


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (plex(), Heard(**IDS, is_over=True, user="ana")),
        (plex(viewOffset=6200000), Heard(**IDS, is_over=True, percent=91, user="ana")),
        (plex("media.stop", viewOffset=5424000), Heard(**IDS, percent=80, user="ana")),
        (plex("media.stop"), Heard(**IDS, user="ana")),
        (
            plex(Guid=None, guid="com.plexapp.agents.imdb://tt3890160?lang=en"),
            Heard(**IDS | {"tmdb": ""}, is_over=True, user="ana"),
        ),
        (
            plex(Guid=None, guid="com.plexapp.agents.themoviedb://339403?lang=en"),
            Heard(**IDS | {"imdb": ""}, is_over=True, user="ana"),
        ),
        (plex(Guid=[{"id": "tvdb://5478"}]), Heard(title="Baby Driver", year=2017, is_over=True, user="ana")),
        (jellyfin(), Heard(**IDS, is_over=True, percent=100, user="ana")),
        (
            jellyfin(
                PlayedToCompletion="False", PlaybackPositionTicks=f"{TICKS // 2}", RunTimeTicks=f"{TICKS}", Year="2017"
            ),
            Heard(**IDS, percent=50, user="ana"),
        ),
        (
            jellyfin(PlayedToCompletion="True", Provider_imdb=""),
            Heard(**IDS | {"imdb": ""}, is_over=True, percent=100, user="ana"),
        ),
        (emby(), Heard(**IDS, is_over=True, percent=100, user="ana")),
        (emby(over=False), Heard(**IDS, percent=50, user="ana")),
        (jellyfin_by_hand(), Heard(**IDS, is_over=True, percent=0, user="ana")),
        (jellyfin_by_hand("Scrobble", played=False), Heard(**IDS, is_over=True, percent=0, user="ana")),
        (jellyfin_by_hand(played=False, position=TICKS // 4), Heard(**IDS, percent=25, user="ana")),
        (kodi(), Heard(**IDS, is_over=True, percent=100)),
        (kodi("stop", 81.7), Heard(**IDS, percent=81)),
        ({"uniqueIds": {"tmdbId": 339403}}, Heard(tmdb="339403", is_over=True)),
        ({"imdb": "tt3890160"}, Heard(imdb="tt3890160", is_over=True)),
        ({"tmdb": 339403, "progress": "79.9", "user": " ana "}, Heard(tmdb="339403", percent=79, user="ana")),
        (
            {"title": "Baby  Driver", "year": "2017", "kind": "movie", "imdb": "", "progress": None},
            Heard(title="Baby Driver", year=2017, is_over=True),
        ),
    ],
)  # fmt: skip
def test_it_understands(said, heard):
    assert read(said) == heard


@pytest.mark.parametrize(
    "said",
    [
        *(plex(event) for event in ("media.play", "media.pause", "media.rate", "library.new", "playback.started")),
        plex(type="episode"), plex(type="clip"), plex(title=None, Guid=None),
        {"event": "media.scrobble"}, {"event": "media.scrobble", "Metadata": []},
        jellyfin("PlaybackStart"), jellyfin("ItemAdded"), jellyfin(ItemType="Episode"),
        emby("playback.start"), emby("system.notificationtest"), emby(Type="Episode"), {"Event": "playback.stop"},
        jellyfin_by_hand("Play"), kodi("start"), kodi(mediaType="episode"), {"uniqueIds": {}},
        {"imdb": "tt0306414", "kind": "episode"},
    ],
)  # fmt: skip
def test_it_does_nothing_about(said):
    assert read(said) is None


@pytest.mark.parametrize("said", [{}, {"hello": "there"}, {"event": 5}, {"Metadata": {}}, {"NotificationType": None}])
def test_it_does_not_understand(said):
    with pytest.raises(NotUnderstood):
        read(said)


NONSENSE = [
    None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), "", "\x00", "\ud800", "x" * 9999, "９" * 4, [], {},
    [{}], {"id": {}}, ["imdb://tt1"],
]  # fmt: skip


@pytest.mark.parametrize("wrong", NONSENSE, ids=lambda wrong: repr(wrong)[:12])
def test_nothing_that_can_be_sent_in_place_of_a_value_breaks_it(wrong):
    """The film is named by what is left; nothing is too long, too large or too odd to be kept."""
    said = [
        *(plex(**{name: wrong}) for name in ("title", "year", "guid", "Guid", "viewOffset", "duration")),
        plex() | {"Account": wrong}, plex() | {"Metadata": wrong},
        *(jellyfin(**{name: wrong}) for name in ("Name", "Year", "RunTimeTicks", "PlaybackPositionTicks",
          "NotificationUsername", "Provider_imdb", "Provider_tmdb", "PlayedToCompletion")),
        emby(ProviderIds=wrong), emby(RunTimeTicks=wrong), emby() | {"User": wrong, "PlaybackInfo": wrong},
        kodi("stop", wrong), kodi() | {"progress": wrong, "year": wrong},
    ]  # fmt: skip
    for each in said:
        heard = read(each)
        if heard is not None:
            assert len(heard.title) <= 300 and len(heard.user) <= 100
            assert heard.year is None or 1870 <= heard.year < 2200
            assert heard.percent is None or 0 <= heard.percent <= 100
            assert heard.imdb in {"", "tt3890160"} and heard.tmdb in {"", "339403"}
            assert (heard.title + heard.user).encode() is not None and "\x00" not in heard.title + heard.user


def test_progress_is_never_more_than_the_whole():
    assert [percent_of(*pair) for pair in ((3, 2), (1, 0), (None, 2), ("1", "3"), (1e308, 1e-308))] == [
        100, None, None, 33, 100,
    ]  # fmt: skip


def test_a_script_says_when():
    def when(said: str) -> tuple[datetime | None, date | None]:
        heard = read({"imdb": "tt3890160", "watched_at": said})
        return heard.at, heard.day

    assert when("2024-01-28") == (datetime(2024, 1, 28, 12, tzinfo=UTC), date(2024, 1, 28))
    assert when("2024-01-28T23:30:00-05:00") == (datetime(2024, 1, 29, 4, 30, tzinfo=UTC), None)
    assert when("2024-01-28T23:30:00") == (datetime(2024, 1, 28, 23, 30, tzinfo=UTC), None)
    assert when("") == (None, None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"imdb": "nm0942367"}, "Say which film it was"),
        ({"title": " "}, "Say which film it was"),
        ({"imdb": "tt3890160", "progress": "most of it"}, "in percent"),
        ({"imdb": "tt3890160", "progress": -1}, "in percent"),
        ({"imdb": "tt3890160", "watched_at": "yesterday"}, "Write the day as"),
        ({"imdb": "tt3890160", "watched_at": "2024-02-30"}, "Write the day as"),
        ({"imdb": "tt3890160", "watched_at": "2024-02-30T10:00"}, "Write the day as"),
        ({"imdb": "tt3890160", "watched_at": "0001-01-01T00:00:00+14:00"}, "before 1895"),
        ({"imdb": "tt3890160", "watched_at": "9999-12-31T23:59:59-12:00"}, "not come yet"),
        ({"imdb": "tt3890160", "watched_at": (timezone.now() + timedelta(hours=1)).isoformat()}, "not come yet"),
    ],
)
def test_a_script_hears_what_it_could_have_written_better(said, told):
    with pytest.raises(ValidationError, match=told):
        read(said)
