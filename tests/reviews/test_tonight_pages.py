"""An evening by plain forms, its doors, and what its pages give away."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.request_log import _without_secrets
from reviews.looking_in import LOOKS
from reviews.models import Evening, EveningStep, Seat, Viewing
from tests import make
from tests.base import cost_of
from tests.cast import Cast
from tests.staff import logged_in

pytestmark = pytest.mark.django_db


def do(client: Client, evening: Evening, what: str, **sent: str) -> HttpResponse:
    return client.post(f"/tonight/{evening.key}/{what}/", sent)


def test_an_evening_without_scripts(cast: Cast):
    """Ana starts it, Bea joins by the link, so does a guest; they choose, strike out, draw and log."""
    film, other = make.film(title="Paprika", runtime_minutes=90), make.film(title="Ran", runtime_minutes=162)
    for n in range(4):
        make.film(title=f"Known {n}", renown=100 + n, runtime_minutes=80)
    make.mark(member=cast.ana, film=film, in_watchlist=True)
    make.mark(member=cast.ana, film=other, in_watchlist=True)
    ana, bea, guest = logged_in(cast.ana), logged_in(cast.bea), Client()
    wrong = ana.post("/tonight/", {"name": "x" * 61, "most_minutes": "two hours"})
    assert wrong.status_code == 422 and b"x" * 61 in wrong.content and b"Give a number of minutes" in wrong.content
    started = ana.post("/tonight/", {"name": "Friday", "most_minutes": "120"})
    evening = Evening.objects.get()
    assert started["Location"] == f"/tonight/{evening.key}/"
    assert f"http://127.0.0.1:8000/tonight/{evening.key}/" in ana.get(started["Location"]).content.decode()

    asked = bea.get(f"/tonight/{evening.key}/").content.decode()
    assert "Ana asks you to choose" in asked and "with two of you the shortlist itself says it" in asked
    do(bea, evening, "join")
    nameless = do(guest, evening, "join", name="")
    assert nameless.status_code == 422 and "Say what the others call you." in nameless.content.decode()
    joined = do(guest, evening, "join", name="Gil")
    assert joined.status_code == 302
    cookie = joined.cookies["seat"]
    assert cookie["httponly"] and cookie["path"] == f"/tonight/{evening.key}/" and cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 48 * 3600 and cookie.value not in Seat.objects.get(member=None).secret_digest

    found = guest.get(f"/tonight/{evening.key}/?q=paprika").content.decode()
    assert "I want it" in found
    do(guest, evening, "picks", film=film.slug, says="want", q="paprika")
    do(bea, evening, "picks", film="known-0-2017", says="seen")
    for client in (ana, bea, guest):
        assert do(client, evening, "ready", ready="1").status_code == 302
    page = guest.get(f"/tonight/{evening.key}/").content.decode()
    shown = re.findall(r'<h3><a href="/films/[^"]+">([^<]+)', page)
    assert shown == ["Paprika", "Known 3", "Known 2", "Known 1"], "none too long, none seen"
    assert "2 of 3 want it" in page and "You have 1 strike left" in page

    do(bea, evening, "vetoes", film="known-3-2017")
    refused = do(bea, evening, "vetoes", film="known-2-2017")
    assert "You have 1 strike." in bea.get(refused["Location"]).content.decode()
    assert "Struck out" in guest.get(f"/tonight/{evening.key}/").content.decode()
    do(ana, evening, "round", do="on")
    page = guest.get(f"/tonight/{evening.key}/").content.decode()
    assert "Paprika" in page and "2 of 3 wanted it." in page and "3 films were left." in page
    assert "No other film was its equal" in page and "Ana closed the round." in page

    assert "Members log it" in page
    do(guest, evening, "watched", visibility="public")
    assert "could log it, too" in guest.get(f"/tonight/{evening.key}/").content.decode()
    assert do(bea, evening, "watched", visibility="nobody").status_code == 422
    tomorrow = do(bea, evening, "watched", visibility="private", watched_on="2999-01-01")
    assert tomorrow.status_code == 422 and "That day has not come yet." in tomorrow.content.decode()
    today = timezone.localdate()
    assert f'name="watched_on" value="{today}"' in bea.get(f"/tonight/{evening.key}/").content.decode()
    do(bea, evening, "watched", visibility="private", is_named="on", watched_on=today - timedelta(days=1))
    assert Viewing.objects.get().watched_on == today - timedelta(days=1)
    assert list(Viewing.objects.values_list("member__username", "film", "visibility")) == [("bea", film.pk, "private")]
    assert "Watched and logged by Bea" in " ".join(guest.get(f"/tonight/{evening.key}/").content.decode().split())
    assert "Paprika" in bea.get("/tonight/").content.decode()
    do(ana, evening, "end")
    assert guest.get(f"/tonight/{evening.key}/").status_code == 404


def test_all_closed_doors_are_one(cast: Cast):
    """Blocked, shown out, full, begun, ended, late, and no such link: the same page, status and headers."""
    make.film()
    blocked = make.evening(host=cast.ana)
    full = make.evening(host=cast.bea, guests=[f"G {n}" for n in range(7)])
    begun, ended, late, out = (make.evening(host=cast.bea, members=[cast.fay]) for _n in range(4))
    logged_in(cast.bea).post(f"/tonight/{begun.key}/round/")
    logged_in(cast.bea).post(f"/tonight/{ended.key}/end/")
    Evening.objects.filter(pk=late.pk).update(started_at=timezone.now() - timedelta(days=3))
    make.Seat.objects.filter(evening=out, member=cast.fay).delete()
    out.shown_out.create(member=cast.cem)
    assert EveningStep.objects.count() == 2
    cem = logged_in(cast.cem)

    def met(key: str, answer: HttpResponse) -> tuple[object, ...]:
        page = re.sub(r'value="[\w-]{64}"|' + key, "", answer.content.decode())
        headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
        return answer.status_code, page, headers

    keys = [one.key for one in (blocked, full, begun, ended, late, out)] + ["a" * 24]
    for ask in (lambda key: cem.get(f"/tonight/{key}/"), lambda key: cem.post(f"/tonight/{key}/join/")):
        ask(keys[0])
        answers = [met(key, ask(key)) for key in keys]
        assert answers[0][0] == 404 and answers == answers[:1] * len(keys)


def test_the_address_is_kept_a_secret(cast: Cast):
    evening = make.evening(host=cast.ana, members=[cast.bea])
    for who in (None, cast.bea, cast.cem):
        client = Client() if who is None else logged_in(who)
        answer = client.get(f"/tonight/{evening.key}/")
        assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
        # Browsers say "null" for the origin of a form on a page with "no-referrer", and it is refused.
        assert answer["Referrer-Policy"] == "strict-origin"


def test_the_key_is_in_no_log(cast: Cast, caplog: pytest.LogCaptureFixture):
    evening = make.evening(host=cast.ana)
    with caplog.at_level("DEBUG", logger="intermission"):
        for path in (f"/tonight/{evening.key}/", f"/tonight/{evening.key}", f"/tonight/{evening.key}/nowhere/at/all/"):
            Client().get(path)
        Client().get(f"/api/v1/tonight/{evening.key}/")
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) >= 4 and not any(evening.key in line for line in lines)
    assert _without_secrets("/films/baby-driver-2017", {}) == "/films/baby-driver-2017"


def test_nobody_tries_many_links(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    moment = time.time()
    monkeypatch.setattr("time.time", lambda: moment)  # all of it within one span
    evening = make.evening(host=cast.ana, members=[cast.bea])
    stranger, bea = Client(), logged_in(cast.bea)
    for n in range(LOOKS):
        assert stranger.get(f"/tonight/{n:024d}/").status_code == 404
    refused = stranger.get(f"/tonight/{evening.key}/")
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 300
    assert bea.get(f"/tonight/{evening.key}/").status_code == 200, "who has a seat does not pay for it"


def test_asking_what_is_new_is_cheap(cast: Cast):
    make.film()
    evening = make.evening(host=cast.ana, members=[cast.bea], guests=["Gil"])
    bea, address = logged_in(cast.bea), f"/tonight/{evening.key}/now/"
    first = bea.get(address)
    assert first.status_code == 200 and b"<html" not in first.content
    with CaptureQueriesContext(connection) as queries:
        same = bea.get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"") and len(queries) <= 3  # session, member, evening
    do(logged_in(cast.ana), evening, "ready", ready="1")
    news = bea.get(address, headers={"If-None-Match": first["ETag"]})
    assert news.status_code == 200 and b"1 of 3 is ready" in news.content
    script = bea.post(
        f"/tonight/{evening.key}/ready/", {"ready": "1"}, headers={"HX-Request": "true", "HX-Target": "now"}
    )
    assert b'id="now"' in script.content and b"2 of 3 are ready" in script.content and b"<html" not in script.content
    on = logged_in(cast.ana).post(
        f"/tonight/{evening.key}/round/", {}, headers={"HX-Request": "true", "HX-Target": "now"}
    )
    assert on["HX-Refresh"] == "true", "another round is another page"


def test_pages_cost_few_queries_however_many_there_are(cast: Cast):
    for n in range(20):
        make.film(title=f"Film {n}")
    evening = make.evening(host=cast.ana, members=[cast.bea])
    ana, page = logged_in(cast.ana), f"/tonight/{evening.key}/"
    few = cost_of(ana, f"{page}?q=film")
    for n in range(5):
        do(Client(), evening, "join", name=f"Guest {n}")
        do(ana, evening, "picks", film=f"film-{n}-2017", says="want")
    assert cost_of(ana, f"{page}?q=film") == few <= 12 + 1
    do(ana, evening, "round")
    assert cost_of(ana, page) <= 10
    do(ana, evening, "round")
    assert cost_of(ana, page) <= 10


def test_nobody_is_told_who_struck_what_or_who_has_seen_what(cast: Cast):
    """What others said shows in the total alone: the pages of two people who did not say it are alike."""
    film = make.film(title="Disputed")
    make.film(title="Other")
    make.film(title="Third")
    evening = make.evening(host=cast.ana, guests=["Gil", "Una"])
    do(logged_in(cast.ana), evening, "round")
    pages = []
    for name in ("Gil", "Una"):
        seat = make.seat(evening, name)
        client = Client()
        client.cookies["seat"] = name
        client.post(f"/tonight/{evening.key}/picks/", {"film": film.slug, "says": "seen"})
        pages.append(logged_in(cast.ana).get(f"/tonight/{evening.key}/now/").content.decode())
        seat.picks.all().delete()
    one, two = (re.sub(r'value="\w{64}"|data-etag="[^"]+"', "", page) for page in pages)
    assert "Somebody has seen it" in one and one == two
