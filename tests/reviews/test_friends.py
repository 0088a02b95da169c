"""What people whom one follows make of a film: on its page, in its reviews, on the front page."""

import pytest

from accounts.actions import mute
from accounts.models import Block, Follow, User
from reviews.actions.following import follow_member
from reviews.friends import friends_on, popular_with_friends
from reviews.models import Mark
from tests import make
from tests.api import Api, assert_golden

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


def names(viewer, film):
    return [mark.member.username for mark in friends_on(viewer, film).order_by("-said", "-id")]


def test_only_whom_one_follows_and_who_said_something(cast, film):
    for member in (cast.ana, cast.fay):
        make.mark(member=member, film=film, stars=4)
    assert names(cast.bea, film) == ["ana"]
    assert names(cast.fay, film) == names(None, film) == []
    make.mark(member=cast.ana, film=film, stars=None)
    Mark.objects.filter(member=cast.ana).update(
        half_stars=None, rated_at=None, watched_at=None, liked_at=None, watchlisted_at=None
    )
    assert names(cast.bea, film) == []


@pytest.mark.parametrize(("visibility", "shown"), [("public", True), ("followers", True), ("private", False)])
def test_a_mark_is_shown_as_its_member_wants(client, cast, film, visibility, shown):
    make.mark(member=cast.ana, film=film, stars=4.5)
    Mark.objects.update(visibility=visibility)
    client.force_login(cast.bea)
    for address in (film.get_absolute_url(), f"{film.get_absolute_url()}friends/"):
        assert ("/members/ana/" in client.get(address).text) is shown
    assert bool(Api(as_=cast.bea).get(f"films/{film.slug}/friends/").json()["results"]) is shown
    assert (film in popular_with_friends(cast.bea, 12)) is shown


def test_marks_of_followed_members_are_those_that_the_one_door_shows(cast, film):
    """Whoever follows whom, whatever the account and the mark let in."""
    everybody = [cast.ana, cast.bea, cast.cem, cast.dora, cast.eli, cast.fay]
    for one in everybody:
        make.mark(member=one, film=film, stars=4)
        for other in everybody:
            if one != other:
                Follow.objects.get_or_create(follower=one, followed=other)
    Block.objects.get_or_create(blocker=cast.ana, blocked=cast.fay)
    User.objects.filter(pk=cast.dora.pk).update(is_active=False)
    User.objects.filter(pk__in=[cast.eli.pk, cast.fay.pk]).update(is_private=True)
    seen = set()
    for visibility in ("public", "followers", "private"):
        Mark.objects.update(visibility=visibility)
        for viewer in everybody:
            followed = Follow.objects.filter(follower=viewer).values("followed")
            door = set(Mark.objects.visible_to(viewer).filter(member__in=followed))
            assert set(Mark.objects.of_followed(viewer)) == door, (visibility, viewer)
            seen.add(len(door))
    assert {0, 4} <= seen, "from nobody to everybody but the suspended"


def test_the_blocked_and_the_muted_are_left_out(cast, film):
    make.mark(member=cast.ana, film=film, stars=4.5)
    mute(member=cast.bea, other=cast.ana)
    assert names(cast.bea, film) == []
    cast.bea.mutes_given.all().delete()
    Block.objects.create(blocker=cast.ana, blocked=cast.bea)
    assert names(cast.bea, film) == []


def test_their_reviews_come_first(client, cast, film):
    friend = make.review(member=cast.ana, film=film)
    stranger = make.review(member=cast.fay, film=film)
    client.force_login(cast.bea)
    page = client.get(film.get_absolute_url())
    assert [friend.get_absolute_url() in note for note in page.context["of_friends"]] == [True]
    assert [stranger.get_absolute_url() in note for note in page.context["reviews"]] == [True]
    assert "From people you follow" in page.text
    ordered = client.get(f"{film.get_absolute_url()}reviews/?sort=friends")
    assert ordered.context["rows"] == [friend, stranger]
    newest = client.get(f"{film.get_absolute_url()}reviews/?sort=newest")
    assert newest.context["rows"] == [stranger, friend]


def test_long_reads_and_reviews_that_tell_no_ending_are_asked_for(client, cast):
    film = make.film()
    joke = make.review(member=cast.ana, film=film, body="Vroom.")
    essay = make.review(member=cast.fay, film=film, body="It drives. " * 60)
    telling = make.review(member=cast.bea, film=film, body="He gets away. " * 60, spoilers=True)
    page = f"{film.get_absolute_url()}reviews/"
    for query, shown in (("", {joke, essay, telling}), ("long=1", {essay, telling}), ("safe=1", {joke, essay}),
                         ("long=1&safe=1", {essay}), ("long=1&safe=1&stars=0.5", set())):  # fmt: skip
        found = client.get(f"{page}?{query}")
        assert set(found.context["rows"]) == shown, query
    assert "No review here is like that." in found.text and "safe=1" in client.get(f"{page}?long=1").text
    api = Api().get(f"films/{film.slug}/reviews/?min_length=600&spoilers=no").json()["results"]
    assert [row["id"] for row in api] == [essay.pk]
    assert Api().get("reviews/?spoilers=yes").status_code == 400


def test_popular_with_friends_counts_each_of_them_once(cast):
    one, other, unseen = (make.film() for _number in range(3))
    for member in (cast.ana, cast.fay):
        follow_member(member=cast.dora, other=member)
        make.mark(member=member, film=other, stars=4)
    make.mark(member=cast.ana, film=one, stars=4)
    make.mark(member=cast.ana, film=unseen, in_watchlist=True)
    make.mark(member=cast.bea, film=unseen, stars=5)  # whom Dora does not follow
    assert popular_with_friends(cast.dora, 12) == [other, one]


def test_programs_read_them(cast, film):
    make.review(member=cast.ana, film=film, stars=4.5)
    make.mark(member=cast.ana, film=film, liked=True)
    assert_golden("film_friends", Api(as_=cast.bea).get(f"films/{film.slug}/friends/"))
    assert_golden("feed", Api(as_=cast.bea).get("me/feed/?kind=reviewed&kind=liked"))
    assert_golden("member_activity", Api().get("members/ana/activity/"))
    everyone = Api(as_=cast.fay).get("me/feed/?scope=everyone&kind=liked").json()["results"]
    assert [line["kind"] for line in everyone] == ["liked"]
    assert Api(as_=cast.fay).get("me/feed/").json()["results"] == []
    assert Api(as_=cast.fay).get("me/feed/?kind=nonsense").status_code == 400
    assert Api().get("me/feed/").status_code == 401


@pytest.mark.parametrize(("scope", "lines"), [("circle", 30), ("everyone", 45)])
def test_a_page_of_the_feed_is_the_same_however_it_is_asked_for(cast, scope, lines):
    """The first page is found by another query than the others, and than pages of another size."""
    for number in range(45):
        make.review(member=cast.ana if number % 3 else cast.dora, film=make.film(title=f"Reel {number}"))
    bea = Api(as_=cast.bea)
    first = bea.get(f"me/feed/?scope={scope}").json()
    whole = bea.get(f"me/feed/?scope={scope}&page_size=60").json()
    assert (len(first["results"]), len(whole["results"]), whole["next"]) == (25, lines, None)
    assert first["results"] + bea.get(first["next"]).json()["results"] == whole["results"]
