"""What people elsewhere say about films comes to who follows them, changes and goes. The other server is a real one."""

import json
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.utils import timezone

from accounts.federation.blocking import block_server
from accounts.federation.following import unfollow
from accounts.federation.switching import switch_off
from accounts.models import Actor, Arrival, FollowElsewhere, Inbox
from films.models import FilmId
from reviews.actions.hushing import mute_film
from reviews.actions.removing_words import remove_words
from reviews.elsewhere import cover, words_for
from reviews.federation.heard import MOST_WORDS
from reviews.federation.things import article, line
from reviews.jobs import take_in_arrival
from reviews.models import WordElsewhere
from tests import make, staff
from tests.accounts.peer import Peer
from tests.reviews.federation import followed, following, open_up, word, work

pytestmark = pytest.mark.django_db
IMDB = "https://www.imdb.com/title/tt3890160/"


@pytest.fixture
def film(cast):
    made = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=made, source="imdb", value="tt3890160")
    return made


def create(peer: Peer, about: dict, kind: str = "Create", *, by: str = "zoe", **how) -> Arrival:
    return peer.send(peer.activity(kind, about, by=by), by=by, **how)


def test_a_mark_of_neodb_comes_to_who_follows_and_to_nobody_else(cast, peer, film):
    following(peer, cast.ana)
    text = "Loud & *quick*. >!Buddy falls.!< I <3 it."
    assert create(peer, word(peer, 1, IMDB, stars=9, text=text)).state == "done"
    got = WordElsewhere.objects.get()
    assert (got.film, got.half_stars, got.stranger.username, got.spoilers) == (film, 9, "zoe", False)
    assert got.words == "Loud & quick. … I <3 it."
    assert got.url == f"https://{peer.host}/posts/1/page"
    assert got.published_at.isoformat() == "2026-11-01T20:00:00+00:00"
    assert list(words_for(cast.ana)) == [got]
    assert not words_for(cast.bea).exists() and not words_for(None).exists()
    film.refresh_from_db()
    assert (film.rating_count, film.review_count, film.watch_count) == (0, 0, 0)


def test_it_is_asked_of_neodb_which_film_it_means(cast, peer, film):
    following(peer, cast.ana)
    href = f"https://{peer.host}/movie/3cu6p1dvbtbXrAZjQBqzMe"
    peer.pages["/api/movie/3cu6p1dvbtbXrAZjQBqzMe"] = {
        "title": "Otherwise", "year": 1999, "external_resources": [{"url": "https://movie.douban.com/subject/1/"},
        {"url": IMDB}, {"url": 7}, None],
    }  # fmt: skip
    assert create(peer, word(peer, 1, href)).state == "done"
    assert WordElsewhere.objects.get().film == film
    peer.pages["/api/movie/7"] = {"title": "Baby Driver", "year": 2017, "external_resources": "none"}
    assert create(peer, word(peer, 2, f"https://{peer.host}/movie/7")).state == "done", "by title and year"
    assert create(peer, word(peer, 3, f"https://{peer.host}/movie/8")).state == "left", "nobody knows it"
    elsewhere = create(peer, word(peer, 4, "https://other.example.org/movie/7"))
    assert elsewhere.state == "left", "no other server is asked"


def test_a_server_that_does_not_say_which_film_is_asked_again(cast, peer, film):
    following(peer, cast.ana)
    peer.pages["/api/movie/7"] = {"external_resources": [{"url": IMDB}]}
    peer.status = 503
    arrival = create(peer, word(peer, 1, f"https://{peer.host}/movie/7"))
    assert (arrival.state, arrival.attempts) == ("waiting", 1)
    peer.status = 200
    take_in_arrival(arrival.pk)
    assert WordElsewhere.objects.get().film == film


def from_another_house(peer: Peer, said: dict, own: int) -> dict:
    """What this house says of a member's, as if the peer were another one."""
    text = json.dumps(said).replace(f"{site.SITE_URL}/federation/members/{own}/", f"{peer.who('zoe')}/")
    text = text.replace(site.SITE_URL, f"https://{peer.host}").replace(f'"{peer.who("zoe")}/"', f'"{peer.who("zoe")}"')
    return json.loads(text)


@pytest.mark.parametrize("known", [True, False])
def test_another_intermission_is_understood_as_it_speaks(cast, peer, film, known):
    """By IMDb's address, or by that of the film's page there, where neither catalogue knows one."""
    if not known:
        FilmId.objects.all().delete()
    actor = open_up(cast.bea)
    review = make.review(member=cast.bea, film=film, stars=4.5, body="Six *minutes*. >!Buddy falls.!<")
    seen = make.viewing(member=cast.bea, film=film, stars=None)
    told = make.review(member=cast.bea, film=make.film(title="Ronin", year=1998), body="He dies.", spoilers=True)
    following(peer, cast.ana)
    for one in (article(actor.pk, review), line(actor.pk, seen), article(actor.pk, told)):
        assert create(peer, from_another_house(peer, one, actor.pk)).state == "done"
    ronin, viewing, baby = WordElsewhere.objects.order_by("-pk")
    assert (baby.film, baby.half_stars, baby.words, baby.spoilers) == (film, 9, "Six minutes. …", False)
    assert baby.url == f"https://{peer.host}/reviews/{review.pk}/"
    assert (viewing.film, viewing.half_stars, viewing.words) == (film, None, "")
    assert ronin.spoilers and "He dies" in ronin.words and "★" not in ronin.words


def test_it_is_changed_and_deleted_as_they_say(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB, text="Good."))
    ronin = make.film(title="Ronin")
    FilmId.objects.create(film=ronin, source="tmdb", value="8195")
    new = word(peer, 1, "https://www.themoviedb.org/movie/8195-ronin", stars=None, text="Better.")
    assert create(peer, new | {"updated": "2026-11-02T20:00:00Z"}, "Update").state == "done"
    got = WordElsewhere.objects.get()
    assert (got.film, got.half_stars, got.words) == (ronin, None, "Better.")
    old = create(peer, word(peer, 1, IMDB, text="Worse.", updated="2026-11-01T21:00:00Z"), "Update")
    assert (old.state, old.because) == ("left", "something newer came before")
    assert peer.send(peer.activity("Delete", {"type": "Tombstone", "id": got.uri})).state == "done"
    assert not WordElsewhere.objects.exists()
    late = create(peer, word(peer, 1, IMDB, text="Good."))
    assert (late.state, late.because) == ("left", "it was deleted"), "what was sent before it and came later"


def test_what_is_shown_to_fewer_people_later_goes(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB))
    fewer = word(peer, 1, IMDB, to=[f"{peer.who('zoe')}/followers"], updated="2026-11-02T20:00:00Z")
    assert create(peer, fewer, "Update").state == "done"
    assert not WordElsewhere.objects.exists()
    assert create(peer, word(peer, 2, IMDB, to=[peer.who("yan")])).state == "left"


def test_of_what_is_about_no_film_nothing_is_kept_at_all(cast, peer, film):
    following(peer, cast.ana)
    Arrival.objects.all().delete()
    for about in (
        {"id": f"https://{peer.host}/1", "type": "Note", "content": "Hello", "attributedTo": peer.who("zoe")},
        word(peer, 2, IMDB, tag=[{"type": "Edition", "href": IMDB}]), word(peer, 3, IMDB, tag="Movie"),
        f"https://{peer.host}/posts/4", None, 7, [word(peer, 5, IMDB)],
    ):  # fmt: skip
        assert peer.post(peer.activity("Create", about)).status_code == 202
    assert peer.post(peer.activity("Announce", f"https://{peer.host}/posts/6")).status_code == 202
    assert not Arrival.objects.exists()
    unknown = create(peer, word(peer, 7, "https://www.imdb.com/title/tt0000001/"))
    assert unknown.state == "left" and not WordElsewhere.objects.exists()


def test_a_wish_to_see_it_is_nothing_said_of_it(cast, peer, film):
    following(peer, cast.ana)
    wish = word(peer, 1, IMDB, stars=None)
    wish["relatedWith"][0]["status"] = "wishlist"
    assert create(peer, wish).state == "left"


def test_whom_nobody_follows_says_nothing_here(cast, peer, film):
    followed(peer, cast.ana)
    Arrival.objects.all().delete()
    assert peer.post(peer.activity("Create", word(peer, 1, IMDB))).status_code == 202
    following(peer, cast.ana, accepted=False)
    assert peer.post(peer.activity("Create", word(peer, 1, IMDB))).status_code == 202
    assert not Arrival.objects.filter(kind="Create").exists(), "nor before they said yes"


@pytest.mark.parametrize("how", ["unfollow", "no", "off", "server", "gone", "deleted"])
def test_all_of_it_goes_with_the_last_who_follows(cast, peer, film, how):
    first, second = following(peer, cast.ana), following(peer, cast.bea)
    create(peer, word(peer, 1, IMDB))
    unfollow(member=cast.bea, follow_id=second.pk)
    assert WordElsewhere.objects.exists() and not words_for(cast.bea).exists()
    if how == "unfollow":
        unfollow(member=cast.ana, follow_id=first.pk)
    elif how == "no":
        peer.send(peer.activity("Reject", f"{site.SITE_URL}/federation/members/{first.actor_id}/#follow-{first.pk}"))
    elif how == "off":
        switch_off(member=cast.ana)
        work()
    elif how == "server":
        Inbox.objects.update(host="social.example.org")
        block_server(moderator=staff.administrator(), domain="example.org", reason="Spam.")
    elif how == "gone":
        peer.send(peer.activity("Delete", peer.who("zoe")))
    else:
        cast.ana.delete()
        Actor.objects.all().delete()
    assert not WordElsewhere.objects.exists()


def test_of_one_person_so_many_are_kept_and_no_more(cast, peer, film):
    made = following(peer, cast.ana)
    first = timezone.now() - timedelta(days=9000)
    WordElsewhere.objects.bulk_create(
        WordElsewhere(
            stranger=made.stranger, film=film, uri=f"https://{peer.host}/old/{number}", url="https://a.example.org/",
            published_at=first + timedelta(days=number), edited_at=first,
        )
        for number in range(MOST_WORDS)
    )  # fmt: skip
    assert create(peer, word(peer, 1, IMDB)).state == "done"
    assert WordElsewhere.objects.count() == MOST_WORDS
    assert not WordElsewhere.objects.filter(uri__endswith="/old/0").exists()


def test_what_a_moderator_took_away_stays_away(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB, text="Buy watches."))
    remove_words(moderator=staff.moderator(), word=WordElsewhere.objects.get())
    assert not words_for(cast.ana).exists()
    again = create(peer, word(peer, 1, IMDB, text="Buy watches.", updated="2026-11-09T20:00:00Z"), "Update")
    assert (again.state, again.because) == ("left", "a moderator took it away")
    assert WordElsewhere.objects.get().words == ""


def test_members_see_no_stars_and_no_end_that_are_covered_from_them(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB, stars=9, text="He dies.", sensitive=True, summary="spoiler"))
    [covered] = cover(words_for(cast.ana))
    assert (covered.is_covered, covered.words, covered.half_stars) == (True, "", 9)
    cast.ana.hides_scores = True
    cast.ana.save()
    [blind] = cover(words_for(cast.ana))
    assert blind.half_stars is None
    make.mark(member=cast.ana, film=film, stars=3)
    [open_] = cover(words_for(cast.ana))
    assert (open_.is_covered, open_.words, open_.half_stars) == (False, "He dies.", 9)


def test_films_that_are_muted_are_left_out(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB))
    mute_film(member=cast.ana, film=film)
    assert not words_for(cast.ana).exists()


def test_a_suspended_member_hears_nobody(cast, peer, film):
    following(peer, cast.ana)
    create(peer, word(peer, 1, IMDB))
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert not FollowElsewhere.objects.heard().exists()
