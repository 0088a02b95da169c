"""The feed: whose lines are in it, who sees which, and how it is paged."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.actions import block, mute
from accounts.models import Block, User
from films.paging import page_of
from reviews.actions.following import choose_privacy, follow_member
from reviews.actions.hushing import mute_film
from reviews.actions.moderating import remove_text
from reviews.actions.noting import note
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import like_review
from reviews.lines import rows_of
from reviews.models import Activity, FilmList, ListEntry, Mark, Review
from reviews.timeline import Scope, at_hand, kinds_of, timeline, timeline_of
from tests import make
from tests.base import cost_of

pytestmark = pytest.mark.django_db
ALL = tuple(Activity.Kind.values)
BOTH = (Scope.CIRCLE, Scope.EVERYONE)


def seen(viewer, scope=Scope.CIRCLE, kinds=ALL, size=20):
    rows, runs = timeline(viewer, scope, kinds, size=size)
    return page_of(rows, runs, size=size).rows


def says(viewer, scope=Scope.CIRCLE, kinds=ALL):
    return [(line.member.username, line.kind) for line in seen(viewer, scope, kinds)]


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


def test_the_circle_is_whom_one_follows_and_oneself(cast, film):
    for member in (cast.ana, cast.bea, cast.fay):
        mark_film(member=member, film=film, half_stars=7)
    assert says(cast.bea) == [("bea", "rated"), ("ana", "rated")]
    assert says(cast.fay) == [("fay", "rated")]
    assert says(cast.fay, Scope.EVERYONE) == [("fay", "rated"), ("bea", "rated"), ("ana", "rated")]
    assert says(AnonymousUser(), Scope.EVERYONE) == says(cast.fay, Scope.EVERYONE)


def test_the_likes_of_the_blocked_count_on_no_line_of_a_review(cast, film):
    """Two lines may tell of one review; a viewer without a block sees the two likes on both."""
    review = make.review(member=cast.ana, film=film)
    for member in (cast.bea, cast.eli):
        like_review(member=member, review=review)
    for blocked, likes in ((False, 2), (True, 1)):
        if blocked:
            block(member=cast.fay, other=cast.eli)
            del cast.fay.apart_ids  # of a request that is over
        lines = at_hand(cast.fay, rows_of(cast.fay, [row.pk for row in seen(cast.fay, Scope.EVERYONE)]))
        counts = [line.review.like_count for line in lines if line.review]
        assert counts == [likes] * (3 - blocked)


def test_it_is_there_in_the_next_request(cast, film):
    client = Client()
    client.force_login(cast.bea)
    empty = client.get("/").text
    assert "Quiet in here" in empty and "/accounts/data/import/" in empty
    assert "Seen any of these?" in empty and film.get_absolute_url() in empty
    make.review(member=cast.ana, film=film, body="It starts before the engine does.")
    told = client.get("/").text
    assert "It starts before the engine does." in told and "Seen any of these?" not in told
    assert "It starts before the engine does." not in client.get("/?kind=rated").text


@pytest.mark.parametrize("scope", BOTH)
@pytest.mark.parametrize(
    ("visibility", "viewers"),
    [("public", {"ana", "bea", "fay"}), ("followers", {"ana", "bea"}), ("private", {"ana"})],
)
def test_it_shows_marks_to_whom_they_are_shown(cast, film, scope, visibility, viewers):
    mark_film(member=cast.ana, film=film, half_stars=7, liked=True)
    make.review(member=cast.ana, film=make.film(), visibility=visibility)
    make.viewing(member=cast.ana)
    for model in (Mark, Review):
        model.objects.filter(member=cast.ana).update(visibility=visibility)
    cast.ana.viewings.update(visibility=visibility)
    everybody = {name: getattr(cast, name) for name in ("ana", "bea", "cem", "fay")}
    if scope is Scope.CIRCLE:
        follow_member(member=cast.fay, other=cast.bea)  # who is a stranger to Ana
        viewers = viewers - {"fay"}
    lines = {name: {kind for who, kind in says(viewer, scope) if who == "ana"} for name, viewer in everybody.items()}
    expected = {"rated", "liked", "reviewed", "logged"}
    assert {name for name, kinds in lines.items() if kinds == expected} == viewers
    assert {name for name, kinds in lines.items() if kinds} == viewers


@pytest.mark.parametrize("scope", BOTH)
def test_it_leaves_out_drafts_removals_and_the_suspended(cast, film, scope):
    make.review(member=cast.ana, film=film, draft=True)
    assert says(cast.ana, scope) == []
    review = make.review(member=cast.ana, film=film)
    assert len(seen(cast.bea, scope)) == 1
    remove_text(moderator=cast.eli, text=review, rule="spam", reason="An advertisement.")
    assert seen(cast.bea, scope) == []
    assert says(cast.ana, scope) == [("ana", "reviewed")]
    mark_film(member=cast.ana, film=film, half_stars=7)
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert seen(cast.bea, scope) == []


@pytest.mark.parametrize("scope", BOTH)
def test_it_leaves_out_the_blocked_on_both_sides(cast, film, scope):
    for member in (cast.ana, cast.bea):
        mark_film(member=member, film=film, half_stars=7)
    Block.objects.create(blocker=cast.ana, blocked=cast.bea)  # with the follow still standing
    assert says(cast.bea, scope) == [("bea", "rated")]
    assert says(cast.ana, scope) == [("ana", "rated")]


@pytest.mark.parametrize("scope", BOTH)
def test_it_leaves_out_muted_members_and_films(cast, film, scope):
    other = make.film()
    for each in (film, other):
        mark_film(member=cast.ana, film=each, half_stars=7)
    mute_film(member=cast.bea, film=other)
    assert [line.film for line in seen(cast.bea, scope)] == [film]
    mute(member=cast.bea, other=cast.ana)
    assert seen(cast.bea, scope) == []
    rows, runs = timeline_of(cast.bea, cast.ana, ALL)
    assert len(page_of(rows, runs)) == 2  # who asks for a member's page gets it


def test_a_private_account_is_for_its_followers(cast, film):
    mark_film(member=cast.ana, film=film, half_stars=7)
    choose_privacy(member=cast.ana, is_private=True)
    follow_member(member=cast.fay, other=cast.ana)  # which only asks
    assert says(cast.bea) == says(cast.bea, Scope.EVERYONE) == [("ana", "rated")]
    assert says(cast.fay) == says(cast.fay, Scope.EVERYONE) == says(None, Scope.EVERYONE) == []


@pytest.mark.parametrize("scope", BOTH)
def test_what_others_like_is_seen_by_whom_it_is_open_to(cast, film, scope):
    """Bea likes a review of Fay's and follows Fay; Ana sees it as far as she sees Fay."""
    review = make.review(member=cast.fay, film=film)
    follow_member(member=cast.ana, other=cast.bea)
    like_review(member=cast.bea, review=review)
    follow_member(member=cast.bea, other=cast.fay)
    of_bea = [("bea", "followed"), ("bea", "liked_review")]

    def seen_of_bea():
        return [line for line in says(cast.ana, scope) if line[0] == "bea"]

    assert seen_of_bea() == of_bea
    Review.objects.filter(pk=review.pk).update(visibility="followers")
    assert seen_of_bea() == of_bea[:1]
    Review.objects.filter(pk=review.pk).update(visibility="public")
    mute(member=cast.ana, other=cast.fay)
    assert seen_of_bea() == []
    cast.ana.mutes_given.all().delete()
    choose_privacy(member=cast.fay, is_private=True)
    assert seen_of_bea() == []
    choose_privacy(member=cast.fay, is_private=False)
    assert seen_of_bea() == of_bea
    block(member=cast.fay, other=cast.ana)
    assert seen_of_bea() == []


def test_chosen_kinds_are_shown_and_others_not(cast, film):
    mark_film(member=cast.ana, film=film, half_stars=7, liked=True, in_watchlist=True)
    assert says(cast.bea, kinds=kinds_of([])) == [("ana", "rated")]
    assert says(cast.bea, kinds=kinds_of(["liked", "nonsense"])) == [("ana", "liked")]
    assert kinds_of(["nonsense"]) == kinds_of([])


@pytest.mark.parametrize("scope", BOTH)
def test_pages_join_without_a_gap_even_where_times_are_the_same(cast, scope):
    now = timezone.now()
    members = [cast.ana, cast.bea, *(make.member() for _number in range(6))]
    for member in members[2:]:
        follow_member(member=cast.bea, other=member)
    Activity.objects.all().delete()
    for number, film in enumerate(make.film() for _number in range(9)):
        for place, member in enumerate(members):
            if (number + place) % 3:
                line = note(member=member, kind="rated", film=film, mark=Mark.objects.create(member=member, film=film))
                Activity.objects.filter(pk=line.pk).update(created_at=now - timedelta(minutes=number // 3))
    every = list(Activity.objects.newest().values_list("pk", flat=True))
    assert len(every) == 48
    rows, runs = timeline(cast.bea, scope, ALL, size=5)
    after, found, cursors = "", [], []
    while True:
        page = page_of(rows, runs, size=5, after=after)
        found += [line.pk for line in page]
        cursors.append(page.before)
        if not page.after:
            break
        after = page.after
    assert found == every
    back = page_of(rows, runs, size=5, before=cursors[5])
    assert [line.pk for line in back] == every[20:25]


def crowd(viewer, number):
    """So many members whom the viewer follows, with a line of every kind each."""
    film = make.film()
    for _number in range(number):
        member = make.member()
        follow_member(member=viewer, other=member)
        mark_film(member=member, film=film, half_stars=7, liked=True, in_watchlist=True)
        make.viewing(member=member, film=film)
        review = make.review(member=member, film=film)
        like_review(member=make.member(), review=review)
        film_list = FilmList.objects.create(member=member, title="Cars")
        ListEntry.objects.create(film_list=film_list, film=film, position=1)
        note(member=member, kind="listed", film_list=film_list)


def test_fifty_lines_cost_the_queries_of_one(cast):
    addresses = ("/", "/?scope=everyone", "/?kind=reviewed&kind=listed&kind=liked&kind=followed")
    client = Client()
    client.force_login(cast.fay)
    crowd(cast.fay, 1)
    few = {address: cost_of(client, address) for address in addresses}
    crowd(cast.fay, 30)
    assert {address: cost_of(client, address) for address in addresses} == few
    assert max(few.values()) <= 12
    for address in addresses:
        assert client.get(address).text.count("<article") >= 20, address


def test_the_page_of_lines_is_found_again_from_its_end(cast):
    client = Client()
    client.force_login(cast.fay)
    crowd(cast.fay, 12)
    first = client.get("/")
    assert "Popular with people you follow" in first.text
    second = client.get(first.context["next_url"])
    assert second.status_code == 200
    assert "Popular with people you follow" not in second.text
    assert first.context["rows"] and not set(first.context["rows"]) & set(second.context["rows"])
    assert "That page is not there any more" in client.get("/?after=nonsense").text


@pytest.mark.parametrize("rewatch", [False, True])
def test_a_line_names_the_day_of_a_viewing_unless_it_is_its_own(client, cast, rewatch):
    today = timezone.localdate()
    for title, day in (("Heat", today), ("Drive", date(2024, 1, 28))):
        make.viewing(member=cast.ana, film=make.film(title=title), watched_on=day, rewatch=rewatch)
    page = client.get("/members/ana/activity/").text.replace("\n", "")
    again = " again" if rewatch else ""
    assert f"<cite>Heat</cite></a>{again}</p>" in page
    assert f"<cite>Drive</cite></a>{again} on 28 January 2024</p>" in page
