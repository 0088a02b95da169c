"""The address to which players speak: what it takes, from whom, and how much of it."""

import pytest

from films.models import FilmId
from reviews.models import Playing, Viewing
from reviews.views import listening as door
from tests import make, staff
from tests.base import all_at_once
from tests.reviews.players import as_plex_sends, jellyfin, plex, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    return made


@pytest.fixture
def home(cast):
    return make.player(member=cast.ana)


JUNK = [
    ("", "application/json"), ("{", "application/json"), (b"\xff\xfe\x00", "application/json"),
    ("[" * 99999, "text/plain"), ("[1]", "application/json"), ('"plex"', "application/json"),
    ("9" * 9999, "application/json"), ("x" * 999, "text/plain"), (b"\xff\xd8\xff\xe0", "image/jpeg"),
    ("payload=%7B", "application/x-www-form-urlencoded"),
    ("a=b", "multipart/form-data"), ("a=b", "multipart/form-data; boundary=\xff"), ("", ""),
    ("--x\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{", "multipart/form-data; boundary=x"),
    ("&".join(f"a{n}=1" for n in range(5000)), "application/x-www-form-urlencoded"),
    ("NotificationType=PlaybackStop", "application/x-www-form-urlencoded; charset=klingon"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), JUNK, ids=range(len(JUNK)))
def test_junk_is_refused_and_never_a_fault_of_ours(home, body, kind):
    answer = send(home[1], body, kind)
    assert answer.status_code in {200, 400}, answer.content
    assert answer["Content-Type"] == "application/json" and not Playing.objects.exists()


def test_no_more_than_a_megabyte_is_read(film, home):
    large = as_plex_sends(plex(), picture=b"\x00" * 2**20)
    assert send(home[1], *large).status_code == 413
    assert send(home[1], *as_plex_sends(plex(), picture=b"\x00" * (2**20 - 2000))).status_code == 200
    assert Viewing.objects.count() == 1


def test_who_does_not_know_the_secret_finds_nothing(cast, film, home):
    player, secret = home
    assert (
        send("A" * 32, plex()).status_code
        == send("x", plex()).status_code
        == send(player.digest, plex()).status_code
        == 404
    )
    for verb in ("get", "put", "delete"):
        assert getattr(staff.logged_in(cast.ana), verb)(f"/players/{secret}/").status_code == 405
    cast.ana.is_active = False
    cast.ana.save(update_fields=["is_active"])
    assert send(secret, plex()).status_code == 404
    assert not Viewing.objects.exists() and not Playing.objects.exists()


def test_it_takes_so_many_in_five_minutes_and_so_many_guesses(monkeypatch, film, home):
    monkeypatch.setattr(door, "MOST_REQUESTS", 3)
    monkeypatch.setattr(door, "MOST_GUESSES", 2)
    assert [send(home[1], plex("media.play")).status_code for _again in range(4)] == [200, 200, 200, 429]
    refused = send(home[1], plex())
    assert 0 < int(refused["Retry-After"]) <= 300 and refused.json()["code"] == "throttled"
    assert [send("guess", plex()).status_code for _again in range(3)] == [404, 404, 429]


@pytest.mark.django_db(transaction=True)
def test_told_many_times_at_once_it_is_one_line(cast, film, home):
    other = make.player(member=cast.ana, name="Jellyfin")[1]
    acts = [lambda: send(home[1], plex()), lambda: send(other, jellyfin())] * 4
    assert all_at_once(acts) == []
    assert Viewing.objects.count() == 1 and set(Playing.objects.values_list("outcome", flat=True)) == {"logged", "same"}
