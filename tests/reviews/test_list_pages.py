"""Pages of lists: who sees what, what machines are told, and how many queries it costs."""

import json
import re

import pytest

from accounts.models import Follow
from reviews.models import FilmList, ListEntry
from tests import make
from tests.base import cost_of

pytestmark = pytest.mark.django_db
VISIBILITIES = ("public", "link", "followers", "private")


def seen_by(client, member, film_list: FilmList, key: str = "") -> int:
    client.logout()
    if member is not None:
        client.force_login(member)
    return client.get(f"/lists/{film_list.pk}/" + (f"link/{key}/" if key else "")).status_code


@pytest.mark.parametrize("is_private", [False, True], ids=["open account", "private account"])
@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_who_sees_a_list(client, cast, visibility, is_private):
    made = make.film_list(member=cast.ana, films=[make.film()], visibility=visibility)
    make.helper(film_list=made, member=cast.dora)
    make.helper(film_list=made, member=cast.eli, accepted=False)
    cast.ana.is_private = is_private
    cast.ana.save()
    for_all = visibility == "public" and not is_private
    for_followers = visibility in {"public", "followers"}
    expected = {
        None: for_all, cast.fay: for_all, cast.bea: for_followers, cast.cem: False, cast.ana: True, cast.dora: True,
    }  # fmt: skip
    assert {who: seen_by(client, who, made) == 200 for who in expected} == expected
    assert seen_by(client, cast.eli, made) == (200 if for_all else 302)
    by_link = {who: seen_by(client, who, made, made.link_key) for who in (None, cast.fay, cast.cem)}
    shown = 200 if visibility == "link" else 302 if for_all else 404
    assert by_link == {None: shown, cast.fay: shown, cast.cem: 404}
    for place in ("/lists/", "/search/?q=list&kind=lists", f"/films/{made.entries.get().film.slug}/lists/"):
        client.logout()
        assert (f"/lists/{made.pk}/" in client.get(place).content.decode()) is for_all, place
    FilmList.objects.filter(pk=made.pk).update(removal_reason="Spam", removed_at=made.created_at)
    assert [seen_by(client, who, made) for who in (None, cast.bea, cast.dora, cast.ana)] == [404, 404, 404, 200]


def test_a_list_of_somebody_suspended_is_gone(client, cast):
    made = make.film_list(member=cast.ana, films=[make.film()], visibility="link")
    cast.ana.is_active = False
    cast.ana.save()
    assert seen_by(client, cast.bea, made) == seen_by(client, None, made, made.link_key) == 404


def test_only_public_lists_are_told_to_machines(client, cast):
    film = make.film(title="Drive")
    made = {
        visibility: make.film_list(member=cast.ana, films=[film], title=visibility.title(), visibility=visibility)
        for visibility in VISIBILITIES
    }
    page = client.get(f"/lists/{made['public'].pk}/").content.decode()
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (facts["@type"], facts["numberOfItems"]) == ("ItemList", 1)
    assert facts["itemListElement"][0]["name"] == "Drive"
    card = re.search(r'og:image" content="[^"]*?(/cards/lists/[^"]+)"', page)[1]
    drawn = client.get(card)
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/jpeg")
    hidden = client.get(f"/lists/{made['link'].pk}/link/{made['link'].link_key}/")
    assert hidden["X-Robots-Tag"] == "noindex" and "ld+json" not in hidden.content.decode()
    assert hidden["Referrer-Policy"] == "strict-origin"
    sitemap = b"".join(client.get("/sitemaps/lists-1.xml")).decode()
    assert re.findall(r"/lists/(\d+)/", sitemap) == [str(made["public"].pk)]
    told = {
        visibility: client.get("/oembed", {"url": f"http://127.0.0.1:8000{one.get_absolute_url()}"}).status_code
        for visibility, one in made.items()
    }
    assert told == {"public": 200, "link": 404, "followers": 404, "private": 404}


def test_credit_is_given_to_those_who_see_the_source(client, cast):
    source = make.film_list(member=cast.ana, title="The first", films=[make.film()], visibility="followers")
    copy = make.film_list(member=cast.bea, title="The second", films=[make.film()])
    FilmList.objects.filter(pk=copy.pk).update(cloned_from=source)
    for who, told in ((cast.bea, True), (cast.fay, False), (None, False)):
        client.logout()
        if who:
            client.force_login(who)
        assert ("The first" in client.get(f"/lists/{copy.pk}/").content.decode()) is told


def test_a_list_of_hundreds_costs_what_a_list_of_one_costs(client, cast):
    made = make.film_list(member=cast.ana, films=[make.film()], notes="Why.")
    Follow.objects.get_or_create(follower=cast.fay, followed=cast.ana)
    paths = (f"/lists/{made.pk}/", "/lists/", "/members/ana/lists/", f"/films/{made.entries.get().film.slug}/lists/")
    few = {path: cost_of(client, path) for path in paths}
    client.force_login(cast.fay)
    few_signed_in = {path: cost_of(client, path) for path in paths}
    for number in range(149):
        film = make.film()
        ListEntry.objects.create(film_list=made, film=film, position=2 + number, note="And why.", added_by=cast.ana)
    for _n in range(5):
        make.film_list(member=cast.ana, films=[made.entries.first().film, make.film()])
    assert {path: cost_of(client, path) for path in paths} == few_signed_in
    first = client.get(paths[0]).content.decode()
    assert first.count('class="film-name"') == 100 and "?from=100" in first
    assert client.get(f"{paths[0]}?from=100").content.decode().count('class="film-name"') == 50
    assert max(few.values()) <= 8 and max(few_signed_in.values()) <= 12
    client.logout()
    assert {path: cost_of(client, path) for path in paths} == few


def test_a_stale_form_shows_both(client, cast):
    made = make.film_list(member=cast.ana, title="One")
    client.force_login(cast.ana)
    path = f"/lists/{made.pk}/edit/"
    sent = {"title": "Two", "visibility": "public", "version": "1"}
    assert client.post(path, sent).status_code == 302
    again = client.post(path, sent | {"title": "Three"})
    assert again.status_code == 409
    assert "Two" in again.content.decode() and "Three" in again.content.decode()
    assert FilmList.objects.get().title == "Two"


def test_moderators_read_a_list_at_their_desk_and_no_private_one(client, cast):
    shown = make.film_list(member=cast.ana, title="Read at the desk", films=[make.film()], notes="A note.")
    make.film_list(member=cast.ana, title="For me alone", visibility="private")
    client.force_login(cast.eli)
    index = client.get("/admin/reviews/filmlist/").content.decode()
    assert "Read at the desk" in index and "For me alone" not in index
    assert "A note." in client.get(f"/admin/reviews/filmlist/{shown.pk}/change/").content.decode()
    chosen = {"action": "remove", "_selected_action": [shown.pk], "index": "0", "_answered": "1"}
    client.post("/admin/reviews/filmlist/", chosen | {"rule": "spam", "reason": "It sells watches."})
    shown.refresh_from_db()
    assert (shown.removed_by, shown.removal_reason) == (cast.eli, "It sells watches.")
    assert client.get(f"/lists/{shown.pk}/").status_code == 404


@pytest.mark.parametrize("gathered", [2_000, 1], ids=["on few lists", "on many"])
def test_the_lists_with_a_film_are_found_whichever_way(client, cast, gathered, monkeypatch):
    monkeypatch.setattr("reviews.lists.MOST_GATHERED", gathered)
    film, other = make.film(title="Drive"), make.film()
    liked = make.film_list(member=cast.ana, films=[other, film], title="The liked one")
    newest = make.film_list(member=cast.bea, films=[film], title="The newest one")
    make.film_list(member=cast.ana, films=[other], title="Without it")
    make.film_list(member=cast.ana, films=[film], title="A secret", visibility="private")
    FilmList.objects.filter(pk=liked.pk).update(like_count=3)
    page = client.get(f"/films/{film.slug}/lists/").content.decode()
    assert re.findall(r"/lists/(\d+)/", page) == [str(liked.pk), str(newest.pk)]
    answer = client.get(f"/api/v1/films/{film.slug}/lists/").json()
    assert [row["id"] for row in answer["results"]] == [liked.pk, newest.pk]


def test_a_note_that_was_written_in_another_window_is_shown_beside_what_was_typed(client, cast):
    made = make.film_list(member=cast.ana, films=[make.film(), make.film()], notes="First.")
    helper, entry = make.helper(film_list=made, member=cast.bea), made.entries.get(position=1)
    page, address = f"/lists/{made.pk}/films/", f"/lists/{made.pk}/films/{entry.pk}/"
    client.force_login(cast.ana)
    (seen, _other) = re.findall(r'name="seen" value="(.+?)"', client.get(page).content.decode())
    client.post(address, {"do": "down", "seen": seen})
    client.force_login(helper)
    assert (
        client.post(address, {"do": "note", "note": "Theirs.\n<b>", "spoilers": "on", "seen": seen}).status_code == 302
    )
    client.force_login(cast.ana)
    late = client.post(address, {"do": "note", "note": "Mine.", "seen": seen})
    shown = late.content.decode()
    assert late.status_code == 409 and "Mine.</textarea>" in shown and "Theirs.<br>&lt;b&gt;</blockquote>" in shown
    assert "changed elsewhere since you read it. Compare the two" in shown
    entry.refresh_from_db()
    assert entry.note == "Theirs.\n<b>"
    now = next(each for each in re.findall(r'name="seen" value="(.+?)"', shown) if each not in {seen, _other})
    assert client.post(address, {"do": "note", "note": "Both.", "seen": now}).status_code == 302
    assert client.post(address, {"do": "note", "note": "Both.", "spoilers": "", "seen": seen}).status_code == 302
    entry.refresh_from_db()
    assert (entry.note, entry.spoilers) == ("Both.", False)
