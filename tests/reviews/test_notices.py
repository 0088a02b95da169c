"""What a member is told, and what of it they may still see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from accounts.models import FollowRequest, Mute, User
from reviews.actions import hearing
from reviews.actions.moderating import remove_text
from reviews.actions.reviewing import like_review
from reviews.actions.talking import delete_comment
from reviews.models import (
    Appeal,
    Case,
    Collaborator,
    Comment,
    Decision,
    FilmList,
    FilmMute,
    Incident,
    ListLike,
    Notification,
    Review,
)
from reviews.notices import told_to, unread_count
from reviews.telling import line_of
from tests import make
from tests.notices import on_page, texts
from tests.staff import moderator

pytestmark = pytest.mark.django_db


def told(notification: Notification) -> str:
    return line_of(Notification.objects.with_line().get(pk=notification.pk)).text


@pytest.fixture
def review(cast) -> Review:
    return make.review(member=cast.ana, film=make.film(title="Heat", year=1995))


@pytest.fixture
def film_list(cast) -> FilmList:
    return FilmList.objects.create(member=cast.ana, title="Long nights")


def test_it_says_each_kind_in_a_sentence_and_knows_where_it_leads(cast, review):
    ana, bea = cast.ana, cast.bea
    comment = make.comment(member=bea, review=review, body="I *saw* that differently. >!He dies.!<")
    aside = make.comment(member=bea, review=make.review(member=cast.fay, film=review.film))
    case = Case.objects.create(film=review.film)
    decision = Decision.objects.create(case=case, kind="nothing", member=ana)
    now = timezone.now()
    incident = Incident.objects.create(film=review.film, began_at=now)
    by = {"member": ana, "actor": bea}
    rows = {
        "Bea follows you": make.notice(**by, kind="follow"),
        "Bea asks to follow you": make.notice(**by, kind="follow_request"),
        "Bea lets you follow them": make.notice(**by, kind="follow_accepted"),
        "Bea likes your review of Heat (1995)": make.notice(**by, kind="review_liked", review=review),
        "Bea comments on your review of Heat (1995)": make.notice(**by, kind="comment", comment=comment),
        "Bea comments on the review of Heat (1995)": make.notice(**by, kind="thread", comment=aside),
        "Bea names you in the review of Heat (1995)": make.notice(**by, kind="mention", review=review),
        "Heat (1995) leaves MUBI: 3 December 2026 is its last day": make.notice(
            member=ana, kind="leaving", film=review.film, details={"service": "MUBI", "ends_on": "2026-12-03"}
        ),
        "The moderators decided about something of yours": make.notice(member=ana, kind="case", decision=decision),
        "The moderators wrote to you about a report": make.notice(member=ana, kind="case", case=case),
        "The moderators answered your appeal": make.notice(
            member=ana, kind="case", appeal=Appeal.objects.create(decision=decision, words="No.")
        ),
        "Your rating of Heat (1995) is held for now": make.notice(member=ana, kind="rating_held", incident=incident),
    }
    for text, row in rows.items():
        line = line_of(Notification.objects.with_line().get(pk=row.pk))
        assert line.text == text
        assert line.url.startswith("/") and line.url != "/accounts/notifications/" or row.kind == "case", text
    assert line_of(rows["Bea comments on your review of Heat (1995)"]).excerpt == "I saw that differently. …"
    held = rows["Your rating of Heat (1995) is held for now"]
    Incident.objects.update(ended_at=now, ending="confirmed")
    assert told(held) == "Your rating of Heat (1995) was held for a time"
    Notification.objects.filter(pk=held.pk).update(details={"counts": True})
    assert told(held) == "Your rating of Heat (1995) counts again"
    assert line_of(rows["Bea asks to follow you"]).url == "/accounts/requests/"


def test_a_line_costs_no_query_of_its_own(cast, review):
    for n in range(3):
        comment = make.comment(member=cast.bea, review=review, body=f"Words {n}")
        make.notice(member=cast.ana, kind="comment", actor=cast.bea, comment=comment)
    with CaptureQueriesContext(connection) as queries:
        assert len(texts(cast.ana)) == 3
    assert len(queries) == 2  # which they are, and what they say: nothing is grouped


def test_nothing_is_quoted_from_under_a_review_of_others_that_is_covered_whole(cast):
    covered = make.review(member=cast.fay, spoilers=True)
    comment = make.comment(member=cast.bea, review=covered, body="So the butler did it.")
    row = make.notice(member=cast.ana, kind="thread", actor=cast.bea, comment=comment)
    assert line_of(Notification.objects.with_line().get(pk=row.pk)).excerpt == ""
    own = make.notice(member=cast.fay, kind="comment", actor=cast.bea, comment=comment)
    assert line_of(Notification.objects.with_line().get(pk=own.pk)).excerpt == "So the butler did it."


def gone(cast, review, comment):
    """What makes a notice of Bea's comment under Ana's review one that Ana may not see, and what ends that."""
    return {
        "who did it is suspended": lambda: User.objects.filter(pk=cast.bea.pk).update(is_active=False),
        "who did it is blocked": lambda: people.block(member=cast.ana, other=cast.bea),
        "who did it blocks": lambda: people.block(member=cast.bea, other=cast.ana),
        "who did it is muted": lambda: Mute.objects.create(muter=cast.ana, muted=cast.bea),
        "the film is muted": lambda: FilmMute.objects.create(member=cast.ana, film=review.film),
        "the comment is deleted": lambda: delete_comment(member=cast.bea, comment=comment),
        "the comment left its place": lambda: Comment.objects.update(deleted_at=timezone.now()),
        "the comment is taken down": lambda: Comment.objects.update(taken_down_at=timezone.now()),
        "the comment is removed": lambda: remove_text(
            moderator=moderator(), text=comment, rule="respect", reason="Rude."
        ),
        "the review is private": lambda: Review.objects.update(member=cast.fay, visibility="private"),
        "the review is a draft": lambda: Review.objects.update(published_at=None),
    }


@pytest.mark.parametrize("what", gone(None, None, None))
def test_it_leaves_out_what_the_member_may_not_see(cast, review, what):
    comment = make.comment(member=cast.bea, review=review)
    row = make.notice(member=cast.ana, kind="comment", actor=cast.bea, comment=comment)
    assert [each.pk for each in told_to(cast.ana)] == [row.pk] and unread_count(cast.ana) == 1
    gone(cast, review, comment)[what]()
    assert not Notification.objects.visible_to(cast.ana).exists()
    assert unread_count(cast.ana) == 0 and texts(cast.ana) == []


def test_it_leaves_out_a_like_of_what_was_removed_though_its_writer_still_reads_that(cast, review):
    like_review(member=cast.bea, review=review)
    remove_text(moderator=moderator(), text=review, rule="spam", reason="An advertisement.")
    assert Review.objects.visible_to(cast.ana).filter(pk=review.pk).exists()
    assert texts(cast.ana) == ["The moderators decided about something of yours"]


@pytest.mark.parametrize("kind", ["follow", "follow_request", "follow_accepted"])
def test_it_leaves_out_what_is_not_so_any_more(cast, film_list, kind):
    fay, ana = cast.fay, cast.ana
    facts = {
        "follow": lambda: people.follow(member=fay, other=ana),
        "follow_request": lambda: FollowRequest.objects.create(follower=fay, followed=ana),
        "follow_accepted": lambda: people.follow(member=ana, other=fay),
        "list_liked": lambda: ListLike.objects.create(film_list=film_list, member=fay),
    }
    about = {"film_list": film_list} if kind == "list_liked" else {}
    make.notice(member=ana, kind=kind, actor=fay, key="one", **about)
    assert texts(ana) == []
    fact = facts[kind]()
    Notification.objects.filter(key="one").delete()  # following may tell by itself
    Notification.objects.filter(actor=fay).delete()
    make.notice(member=ana, kind=kind, actor=fay, key="two", **about)
    assert len(texts(ana)) == 1
    fact.delete()
    assert texts(ana) == []


def test_the_house_is_heard_of_removed_texts_and_muted_films(cast, review):
    decision = Decision.objects.create(kind="remove", rule="spam", member=cast.ana, review=review)
    make.notice(member=cast.ana, kind="case", decision=decision, review=review)
    Review.objects.update(removed_at=timezone.now())
    FilmMute.objects.create(member=cast.ana, film=review.film)
    assert texts(cast.ana) == ["The moderators decided about something of yours"]


def test_notices_of_others_are_nobodys_business(cast, review):
    like_review(member=cast.bea, review=review)
    for member in (cast.bea, cast.fay, moderator()):
        assert not Notification.objects.visible_to(member).exists()


def test_likes_of_one_thing_are_one_line(cast, review):
    for name in ("cleo", "dan", "eva"):
        like_review(member=make.member(username=name, display_name=name.capitalize()), review=review)
    like_review(member=cast.bea, review=review)
    other = make.review(member=cast.ana, film=make.film(title="Thief", year=1981))
    like_review(member=cast.fay, review=other)
    assert texts(cast.ana) == [
        "Fay likes your review of Thief (1981)",
        "Bea and 3 others like your review of Heat (1995)",
    ]
    people.block(member=cast.ana, other=cast.bea)
    assert texts(cast.ana)[1] == "Eva and 2 others like your review of Heat (1995)"


def test_what_was_read_is_a_line_apart_from_what_was_not(cast, review):
    like_review(member=cast.bea, review=review)
    like_review(member=cast.fay, review=review)
    (first,) = on_page(cast.ana)
    hearing.mark_read(member=cast.ana, notification=first)
    assert first.is_read and unread_count(cast.ana) == 0
    like_review(member=cast.dora, review=review)
    assert texts(cast.ana) == [
        "Dora likes your review of Heat (1995)",
        "Fay and 1 other like your review of Heat (1995)",
    ]


def test_the_count_stops_at_a_hundred(cast):
    Notification.objects.bulk_create(
        Notification(member=cast.ana, kind="leaving", key=f"k{n}", film=None) for n in range(150)
    )
    with CaptureQueriesContext(connection) as queries:
        assert unread_count(cast.ana) == 100
    assert len(queries) == 1


def test_the_count_is_of_what_the_page_shows_whoever_asks(cast, review):
    """Its query is made once and kept: for each member, and at each time, it says what a new one would."""
    article = make.article(published_at=timezone.now() + timedelta(days=1))
    ahead = Comment.objects.create(member=cast.bea, article=article, body="Well.", body_html="<p>Well.</p>")
    for member in (cast.ana, cast.fay, cast.cem):
        make.notice(member=member, kind="thread", actor=cast.bea, comment=ahead)
        make.notice(member=member, kind="mention", actor=cast.bea, review=review)  # Cem may not read it

    def counts() -> list[int]:
        return [unread_count(member) for member in (cast.ana, cast.fay, cast.cem, cast.dora)]

    def shown() -> list[int]:
        return [told_to(member).filter(read_at=None).count() for member in (cast.ana, cast.fay, cast.cem, cast.dora)]

    assert counts() == shown() == [1, 1, 0, 0]
    type(article).objects.update(published_at=timezone.now())
    assert counts() == shown() == [2, 2, 1, 0]
    people.block(member=cast.fay, other=cast.bea)
    assert counts() == shown() == [2, 0, 1, 0]


def test_it_says_what_concerns_lists(cast, film_list):
    on_list = Comment.objects.create(member=cast.bea, film_list=film_list, body="Well.", body_html="<p>Well.</p>")
    by = {"member": cast.ana, "actor": cast.bea, "film_list": film_list}
    for kind, text in (
        ("list_liked", "Bea likes your list Long nights"),
        ("list_cloned", "Bea made a list out of your Long nights"),
        ("list_invitation", "Bea asks you to help with the list Long nights"),
    ):
        row = make.notice(**by, kind=kind)
        assert told(row) == text and line_of(row).url == film_list.get_absolute_url()
    row = make.notice(member=cast.ana, actor=cast.bea, kind="comment", comment=on_list)
    assert told(row) == "Bea comments on your list Long nights"
    assert line_of(row).url == on_list.get_absolute_url()


def test_an_invitation_shows_the_title_of_a_list_that_one_may_not_see_yet(cast, film_list):
    FilmList.objects.update(visibility="private")
    make.notice(member=cast.fay, kind="list_invitation", actor=cast.ana, film_list=film_list)
    assert texts(cast.fay) == []
    Collaborator.objects.create(film_list=film_list, member=cast.fay)
    assert texts(cast.fay) == ["Ana asks you to help with the list Long nights"]
    FilmList.objects.update(removed_at=timezone.now())
    assert texts(cast.fay) == []
