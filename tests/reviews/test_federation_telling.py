"""What leaves for those who follow from elsewhere, and that it is taken back. The other server is a real one."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import change_username, save_profile
from accounts.federation import switching
from accounts.federation.naming import EVERYBODY, actor_address
from accounts.models import Actor, Copy, Message, Reached
from films.actions.merging import merge_films
from films.models import FilmId
from reviews.actions.departing import delete_account
from reviews.actions.diary import change_viewing, delete_viewing
from reviews.actions.erasing import erase_account
from reviews.actions.following import choose_privacy
from reviews.actions.moderating import remove_text, suspend
from reviews.actions.reviewing import delete_review
from reviews.models import Review
from tests import make
from tests.accounts.peer import ACCEPT
from tests.reviews.federation import address_of, catch_up, edited, followed, only, open_up, told, work
from tests.reviews.imports import bring, take_in

pytestmark = pytest.mark.django_db

BODY = "**Quick**, and >!Buddy falls.!< Then:\n\n>!All of them\n\ndie.!<\n\nAgain [here](https://example.org/?a=1&b=2)."


def test_a_review_is_an_article_that_plain_servers_and_neodb_understand(cast, peer):
    actor, film = followed(peer, cast.ana), make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=film, source="imdb", value="tt3890160")
    review = make.review(member=cast.ana, film=film, body=BODY, stars=4.5)
    [got] = told(peer)
    assert got.is_proved_by(actor.public_key) and got.path == "/inbox"
    assert (got.kind, got.said["actor"], got.said["to"]) == ("Create", actor_address(actor.pk), [EVERYBODY])
    said = got.said["object"]
    assert (said["type"], said["id"], said["name"]) == (
        "Article", address_of(actor, review), "A review of Baby Driver (2017)",
    )  # fmt: skip
    assert said["content"].startswith("<p>★★★★½ Baby Driver (2017)</p>")
    assert "<strong>Quick</strong>" in said["content"] and 'href="https://example.org/?a=1&amp;b=2"' in said["content"]
    assert said["preview"]["type"] == "Note" and "Quick" in said["preview"]["content"]
    assert said["tag"] == [{"type": "Movie", "name": "Baby Driver", "href": "https://www.imdb.com/title/tt3890160/"}]
    rating, words = said["relatedWith"]
    assert (rating["type"], rating["best"], rating["worst"], rating["value"]) == ("Rating", 10, 1, 9)
    assert words["type"] == "Review" and words["withRegardTo"] == said["tag"][0]["href"]
    assert "Buddy" not in got.body.decode() and "die" not in got.body.decode() and "…" in said["content"]
    assert "class=" not in said["content"] and "details" not in said["content"]
    answer = Client().get(address_of(actor, review), headers={"accept": ACCEPT})
    assert json.loads(answer.content) | {"@context": 0} == said | {"@context": 0}


def test_who_tells_the_end_is_announced_so(cast, peer):
    followed(peer, cast.ana)
    make.review(member=cast.ana, body="They all lived.", spoilers=True)
    said = only(told(peer))["object"]
    assert (said["sensitive"], said["summary"]) == (True, "This tells how the film ends.")
    assert [one["type"] for one in said["relatedWith"]] == ["Rating"], "NeoDB would show the words uncovered"
    assert "lived" not in said["preview"]["content"]


def test_a_line_of_the_diary_is_a_note(cast, peer):
    actor, film = followed(peer, cast.ana), make.film(title="Ronin & Co", year=1998)
    logged = make.viewing(member=cast.ana, film=film, stars=3.5)
    said = only(told(peer))["object"]
    assert (said["type"], said["id"]) == ("Note", address_of(actor, logged))
    assert said["content"].startswith('<p>★★★½ Ronin &amp; Co (1998) <a href="http')
    change_viewing(member=cast.ana, viewing=logged, watched_on=logged.watched_on, rewatch=False, half_stars=10)
    changed = only(told(peer))
    assert changed["type"] == "Update" and "★★★★★" in changed["object"]["content"]
    change_viewing(member=cast.ana, viewing=logged, watched_on=logged.watched_on, rewatch=False, half_stars=10)
    assert told(peer) == [], "it says the same"
    address = address_of(actor, logged)
    delete_viewing(member=cast.ana, viewing=logged)
    assert only(told(peer))["object"] == {"id": address, "type": "Tombstone"}


def test_a_review_of_an_evening_is_told_once(cast, peer):
    followed(peer, cast.ana)
    make.review(member=cast.ana, watched_on=date(2024, 1, 28))
    assert only(told(peer))["object"]["type"] == "Article"
    assert Copy.objects.count() == 1


def test_what_is_not_for_everybody_never_leaves(cast, peer):
    followed(peer, cast.ana)
    for visibility in ("followers", "private"):
        make.review(member=cast.ana, visibility=visibility, body="Secret words.")
        make.viewing(member=cast.ana, visibility=visibility)
    draft = make.review(member=cast.ana, draft=True)
    assert told(peer) == [] and not Copy.objects.exists() and draft.is_draft


@pytest.mark.parametrize("how", ["followers", "private", "removed", "deleted", "by hand"])
def test_what_is_hidden_is_taken_back_whatever_hides_it(cast, peer, how):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    told(peer)
    if how in {"followers", "private"}:
        edited(review, visibility=how)
    elif how == "removed":
        remove_text(moderator=cast.eli, text=review, rule="spam", reason="An advertisement.")
    elif how == "deleted":
        delete_review(member=cast.ana, review=review)
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reviews_review SET visibility = 'private' WHERE id = %s", [review.pk])
    address = f"/federation/members/{actor.pk}/reviews/{review.pk or 0}/"
    assert Client().get(address).status_code == 404
    catch_up()
    gone = only(peer.got)
    assert (gone["type"], gone["object"]["type"]) == ("Delete", "Tombstone") and not Copy.objects.exists()


def test_an_edit_is_told_and_what_does_not_show_is_not(cast, peer):
    followed(peer, cast.ana)
    review = make.review(member=cast.ana, body="First words.")
    told(peer)
    review = edited(review, body="Second words.")
    changed = only(told(peer))
    assert changed["type"] == "Update" and "Second" in changed["object"]["content"] and changed["object"]["updated"]
    Review.objects.filter(pk=review.pk).update(like_count=4)
    catch_up()
    assert peer.got == []


@pytest.mark.parametrize("how", ["off", "private", "suspended", "deleted"])
def test_whoever_is_no_longer_there_takes_everything_back_at_once(cast, peer, how):
    actor = followed(peer, cast.ana)
    make.review(member=cast.ana)
    make.viewing(member=cast.ana)
    told(peer)
    peer.answers = [503]
    make.viewing(member=cast.ana)
    work()
    peer.got.clear()
    departure = None
    if how == "off":
        switching.switch_off(member=cast.ana)
    elif how == "private":
        choose_privacy(member=cast.ana, is_private=True)
    elif how == "suspended":
        suspend(
            moderator=make.member(is_staff=True, is_superuser=True),
            member=cast.ana,
            rule="spam",
            reason="An advertisement.",
        )
    else:
        departure = delete_account(member=cast.ana)
        erase_account(departure.pk)
    for address in ("", "outbox/", "followers/"):
        assert Client().get(f"/federation/members/{actor.pk}/{address}").status_code == 404
    catch_up()
    [goodbye] = peer.got
    own = actor_address(actor.pk)
    assert (goodbye.kind, goodbye.said["object"], goodbye.said["actor"]) == ("Delete", own, own)
    assert goodbye.is_proved_by(actor.public_key)
    catch_up()
    assert not Actor.objects.exists() and not Reached.objects.exists() and not Message.objects.exists()
    assert len(peer.got) == 1


def test_whoever_follows_no_more_hears_that_it_is_gone(cast, peer):
    actor, review = followed(peer, cast.ana), make.review(member=cast.ana)
    told(peer)
    peer.send(peer.activity("Undo", peer.activity("Follow", actor_address(actor.pk))))
    make.review(member=cast.ana)
    assert told(peer) == []
    delete_review(member=cast.ana, review=review)
    assert only(told(peer))["type"] == "Delete"


def test_another_name_is_told_and_the_addresses_stay(cast, peer):
    actor = followed(peer, cast.ana)
    said = {"bio": "", "location": "", "pronouns": "", "website": ""}
    change_username(member=cast.ana, username="anabel")
    save_profile(member=cast.ana, display_name="Anabel", **said)
    catch_up()
    changed = only(peer.got)
    assert changed["type"] == "Update" and changed["object"]["id"] == actor_address(actor.pk)
    assert (changed["object"]["preferredUsername"], changed["object"]["name"]) == ("anabel", "Anabel")
    found = Client().get("/.well-known/webfinger?resource=acct:anabel@127.0.0.1:8000")
    assert json.loads(found.content)["links"][0]["href"] == actor_address(actor.pk)


def test_when_two_films_become_one_the_review_is_told_as_one_of_the_other(cast, peer):
    followed(peer, cast.ana)
    kept, gone = make.film(title="Kept"), make.film(title="Gone")
    make.review(member=cast.ana, film=gone)
    told(peer)
    boss = make.member(is_staff=True, is_superuser=True)
    merge_films(curator=boss, kept=kept, gone=gone)
    catch_up()
    assert "Kept" in only(peer.got)["object"]["name"]


def test_an_import_tells_nobody(cast, peer):
    followed(peer, cast.ana)
    make.film(title="Baby Driver", year=2017)
    lines = (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2021-05-05,Baby Driver,2017,x,4,,,2021-05-04\n"
    )
    take_in(bring(cast.ana, {"diary.csv": lines}))
    assert cast.ana.viewings.count() == 1
    catch_up()
    assert peer.got == [] and not Copy.objects.exists()


def test_whom_nobody_elsewhere_follows_pays_one_look_into_an_index(cast):
    open_up(cast.ana)
    film = make.film()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        make.viewing(member=cast.ana, film=film)
    ours = [query["sql"] for query in queries if "accounts_actor" in query["sql"] or "accounts_copy" in query["sql"]]
    assert len(ours) == 1 and not Copy.objects.exists()


def test_the_outbox_has_what_everybody_may_read_in_pages(cast):
    actor = open_up(cast.ana)
    for _number in range(12):
        make.review(member=cast.ana)
        make.viewing(member=cast.ana)
    make.review(member=cast.ana, visibility="private")
    own = f"/federation/members/{actor.pk}/outbox/"
    whole = json.loads(Client().get(own).content)
    assert whole["totalItems"] == 24
    found, place = [], whole["first"]
    while place:
        page = json.loads(Client().get(place.removeprefix("http://127.0.0.1:8000")).content)
        found += [act["object"]["id"] for act in page["orderedItems"]]
        place = page.get("next")
    assert len(found) == len(set(found)) == 24
    for odd in ("?reviews=x&diary=y", "?reviews=99999999999999999999", "?diary=-1", "?reviews=%00"):
        assert Client().get(own + odd).status_code in {200, 400}
