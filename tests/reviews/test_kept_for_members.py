"""Parts of pages, and pages of one member, are kept: nobody sees what they would not see if they were not."""

import math
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from accounts.freshness import FACES, MEMBERS, by_tag, face_tag
from accounts.models import User
from accounts.shells import Parts
from config.freshness import ANY
from config.keeping import shelf
from config.writes import only
from reviews.actions.dismissing import dismiss_film, undo_dismissal
from reviews.actions.filling import add_film, change_entry, remove_film
from reviews.actions.following import follow_member, unfollow_member
from reviews.actions.listing import like_list
from reviews.actions.pinning import pin_review
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import edit_review, like_review
from reviews.actions.subscribing import follow_thread
from reviews.actions.talking import delete_comment
from reviews.actions.writing import Writing
from reviews.for_you import FEWEST
from reviews.models import Comment, FilmMute, Kindred
from reviews.models.comment import EDIT_WINDOW
from tests import make
from tests.reviews.town import Town, ask

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = re.compile(rb'csrfmiddlewaretoken" value="\w+')


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


def looks(town: Town, viewers: dict[str, Client]) -> dict[str, bytes]:
    """What each viewer sees on the pages that are kept for them, but for the tokens of forms."""
    pages = (
        town.film.get_absolute_url(),
        "/",
        "/?scope=everyone",
        "/films/",
        "/films/?sort=rating",
        "/members/ana/",
        "/members/fay/",
        "/members/ana/diary/",
        "/members/ana/stats/",
        "/members/ana/match/",
        "/members/fay/films/",
        town.review.get_absolute_url(),
        f"{town.review.get_absolute_url()}?reply=1",
        town.list.get_absolute_url(),
        "/lists/",
        f"{town.film.get_absolute_url()}lists/",
        "/members/ana/lists/",
        "/search/?q=baby",
        "/search/?q=counted&kind=reviews",
        "/charts/",
        "/charts/top/",
        "/leaving-soon/",
        "/calendar/",
        "/calendar/?show=wanted",
        "/for-you/",
    )
    return {f"{name} at {page}": seen(page, one) for name, one in viewers.items() for page in pages}


def seen(address: str, viewer: Client) -> bytes:
    return TOKEN.sub(b"", ask(address, viewer).content)


def pick(town: Town) -> None:
    """What leaves soon, and a collection for the front page."""
    make.availability(film=town.other, ends_on=timezone.localdate() + timedelta(days=2))
    make.collection(title="They hear it first", films=[town.film, town.other], on_front_page=True)


def steps(town: Town, said: Comment) -> list[tuple[str, Callable[[], object]]]:
    """One act a step, as long as it says what it concerns: what concerns everything would hide what another forgot."""
    six, film, other, review = town.people, town.film, town.other, town.review
    return [
        ("fay logs", lambda: make.viewing(member=six.fay, film=film)),
        ("dora rates", lambda: mark_film(member=six.dora, film=film, half_stars=3)),
        ("bea likes", lambda: like_review(member=six.bea, review=review)),
        ("eli follows the thread", lambda: follow_thread(member=six.eli, subject=review)),
        ("ana answers", lambda: make.comment(review=review, member=six.ana, body="Thank you.", reply_to=said)),
        ("ana edits", lambda: edit_review(member=six.ana, review=review, writing=Writing(body="Counted out. " * 9))),
        ("dora sees the other film", lambda: mark_film(member=six.dora, film=other, watched=True)),
        ("cem wants the other film", lambda: mark_film(member=six.cem, film=other, in_watchlist=True)),
        ("ana rates the other film", lambda: mark_film(member=six.ana, film=other, half_stars=9)),
        ("bea reviews the other film", lambda: make.review(member=six.bea, film=other, body="Counted, too. " * 9)),
        ("fay takes her words back", lambda: delete_comment(member=six.fay, comment=said)),
        ("who follows whom", lambda: turn_round(town)),
        ("lists", lambda: list_and_talk(town)),
        ("what concerns everything", lambda: upheaval(town)),
    ]


def turn_round(town: Town) -> None:
    """Bea unfollows Ana, one of whose reviews is for followers, and Fay follows Bea."""
    six = town.people
    unfollow_member(member=six.bea, other=six.ana)
    follow_member(member=six.fay, other=six.bea)


def list_and_talk(town: Town) -> None:
    """Fay makes a list and likes Bea's, which Cem says something of; Bea takes a film off hers and puts it first."""
    six, getaways = town.people, make.film_list(member=town.people.fay, films=[town.film], title="Getaways")
    change_entry(member=six.fay, entry=getaways.entries.get(), note="From the first beat on.")
    like_list(member=six.fay, film_list=town.list)
    make.comment(under=town.list, member=six.cem, body="All of them.")
    remove_film(member=six.bea, entry=town.list.entries.get(film=town.other))
    add_film(member=six.bea, film_list=town.list, film=town.other, position=1)


def upheaval(town: Town) -> None:
    """Cem mutes, a curator picks, Ana pins."""
    six = town.people
    FilmMute.objects.create(member=six.cem, film=town.film)
    pick(town)
    pin_review(member=six.ana, review=town.review)


@pytest.mark.slow
def test_every_member_sees_what_they_would_see_if_nothing_were_kept(town, settings):
    """Ana wrote a review, and Fay; Bea follows Ana, who blocks Cem; Eli mutes Ana; Dora hides scores."""
    six = town.people
    mark_film(member=six.ana, film=town.film, half_stars=8, liked=True)
    people.mute(member=six.eli, other=six.ana)
    User.objects.filter(pk=six.dora.pk).update(hides_scores=True)
    like_review(member=six.cem, review=make.review(member=six.fay, film=town.film, body="Words. " * 9, spoilers=True))
    said = make.comment(review=town.review, member=six.fay, body="What a ||veiled|| film.")
    make.review(member=six.ana, film=town.film, body="Between us. " * 9, visibility="followers")
    town.list = make.film_list(member=six.bea, films=[town.film, town.other], title="Getaways")
    make.availability(film=town.film, ends_on=timezone.localdate() + timedelta(days=9))
    viewers = {name: Client() for name in ("ana", "bea", "cem", "dora", "eli", "fay")}
    for name, viewer in viewers.items():
        viewer.force_login(getattr(six, name))
    began = said.created_at - EDIT_WINDOW
    for name, act in [("nothing", lambda: None), *steps(town, said)]:
        act()
        # What was said a moment ago may still be edited, and its seconds would differ.
        with only("what nothing is made of"):
            Comment.objects.filter(created_at__gt=began).update(created_at=began)
        kept = looks(town, viewers)
        settings.PAGES_KEPT_MB = 0
        fresh = looks(town, viewers)
        settings.PAGES_KEPT_MB = 64
        assert [viewer for viewer, content in kept.items() if content != fresh[viewer]] == [], name
        assert unaware_of_names(town) == [], name


def unaware_of_names(town: Town) -> list[str]:
    """What is kept that names a member of the cast, and would not be told if they were called otherwise.

    What is made of nothing but its key, and has the name in it, is another one then.
    """
    unaware = []
    for key, kept in [*shelf.kept.items()]:
        made = shelf.get(key)  # if it still holds
        text = "".join([*made.shell.pieces, *made.slots.values()]) if isinstance(made, Parts) else made
        if isinstance(text, str):
            named = [member for member in vars(town.people).values() if re.search(rf"\b{member.name}\b", text)]
            unaware += [
                f"{member.name}: {key} {kept.tags}"
                for member in named
                if not (kept.until == math.inf and member.name in str(key))
                and {ANY, FACES, MEMBERS, by_tag(member.pk), face_tag(member.pk)}.isdisjoint(kept.tags)
            ]
    return unaware


def test_a_members_own_pages_are_kept_until_they_or_whom_they_follow_do_something(town):
    six, film, bea = town.people, town.film, Client()
    bea.force_login(six.bea)
    Kindred.objects.create(film=film, others=[town.other.pk], weights=[900], why="t")
    for number in range(FEWEST):
        mark_film(member=six.bea, film=make.film(title=f"Rated {number}"), half_stars=9)
    page = film.get_absolute_url()

    def asked(address: str) -> int:
        """The queries but for the session, its member and what waits for them."""
        with CaptureQueriesContext(connection) as queries:
            ask(address, bea)
        return sum("reviews_" in query["sql"] and "has_unread" not in query["sql"] for query in queries)

    for address in (page, "/", "/for-you/"):
        assert asked(address) > 0
        assert asked(address) == 0
    mark_film(member=six.fay, film=town.other, half_stars=2)  # by nobody whom Bea follows, of another film
    assert asked(page) == 0 == asked("/")
    mark_film(member=six.ana, film=film, half_stars=10)  # whom Bea follows
    assert 'data-r="5"' in ask(page, bea).text and "rated" in ask("/", bea).text
    mark_film(member=six.ana, film=film, visibility="private")
    assert 'data-r="5"' not in ask(page, bea).text
    assert "Heat" in ask(page, bea).text
    dismiss_film(member=six.bea, film=town.other)
    assert "Heat" not in ask(page, bea).text
    undo_dismissal(member=six.bea, film=town.other)
    assert "Heat" in ask(page, bea).text


def test_the_first_member_is_not_taken_for_everybody(town, settings):
    """For Python, 1 == True: a key may not say by the one who reads, and by the other whether somebody is signed in."""
    mark_film(member=town.people.ana, film=town.film, half_stars=10)
    first = make.member(username="first", id=1, hides_scores=True)
    clients = {}
    for name, member in (("fay", town.people.fay), ("first", first)):
        clients[name] = Client()
        clients[name].force_login(member)
    kept = [seen("/films/", clients[name]) for name in ("fay", "first", "fay")]
    settings.PAGES_KEPT_MB = 0
    assert kept == [seen("/films/", clients[name]) for name in ("fay", "first", "fay")]
    assert ask("/films/", clients["fay"]).context["panel"] != ask("/films/", clients["first"]).context["panel"]


def test_a_pick_shows_what_everybody_makes_of_its_films(town):
    """Also of films that nobody whom the reader follows has said anything of."""
    six, bea = town.people, Client()
    bea.force_login(six.bea)
    make.collection(title="They hear it first", films=[town.other], on_front_page=True)
    mark_film(member=six.dora, film=town.other, half_stars=9)
    mark_film(member=six.eli, film=town.other, half_stars=9)
    assert b'class="avg"' not in ask("/", bea).content
    mark_film(member=six.fay, film=town.other, half_stars=9)
    assert b'class="avg"' in ask("/", bea).content


def test_a_wrong_address_is_told_each_time(town):
    bea = Client()
    bea.force_login(town.people.bea)
    for address, readers in (("/?after=nonsense", [bea]), ("/members/ana/diary/?after=nonsense", [bea, Client()])):
        for reader in readers:
            for _again in range(2):
                assert b'class="messages"' in ask(address, reader).content, address
