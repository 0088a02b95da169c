"""How much a member may post, to the last one, also when they send many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from reviews.actions.deciding import decide
from reviews.actions.filling import add_film
from reviews.actions.following import follow_member
from reviews.actions.limiting import check_may_post, check_words, forget_postings
from reviews.actions.reviewing import like_review
from reviews.actions.talking import edit_comment
from reviews.models import Posting
from reviews.trust import LIMITS, Level, LimitReached, level_of, standing_of
from tests import make, staff
from tests.api import program

pytestmark = pytest.mark.django_db
MOST = LIMITS[Level.NEW].most


def newcomer(**fields):
    return make.member(date_joined=timezone.now() - timedelta(hours=1), **fields)


def post(member, kind="comment", number=1, words=""):
    """As many posts as that, each of long ago enough for the next."""
    for _each in range(number):
        check_may_post(member=member, kind=kind, words=words)
        Posting.objects.filter(member=member).update(made_at=timezone.now() - timedelta(hours=2))


@pytest.mark.parametrize("kind", ["review", "comment", "list", "follow", "report", "line", "entry"])
def test_a_new_member_has_so_many_in_a_day_and_hears_when_to_go_on(kind):
    member = newcomer()
    post(member, kind, MOST[kind])
    with pytest.raises(LimitReached) as refusal:
        check_may_post(member=member, kind=kind)
    assert str(MOST[kind]) in refusal.value.messages[0]
    assert 21 * 3600 < refusal.value.wait <= 22 * 3600
    other = "comment" if kind != "comment" else "review"
    check_may_post(member=member, kind=other)
    Posting.objects.update(made_at=timezone.now() - timedelta(hours=25))
    check_may_post(member=member, kind=kind)


def test_a_new_member_talks_freely_but_not_without_a_breath():
    member = newcomer()
    for kind in ("review", "comment", "comment", "list", *["comment"] * 6):
        check_may_post(member=member, kind=kind)
    check_may_post(member=member, kind="like")
    with pytest.raises(LimitReached) as refusal:
        check_may_post(member=member, kind="comment")
    assert 50 <= refusal.value.wait <= 60 and "10 times in a minute" in refusal.value.messages[0]


def test_the_same_words_wait_five_minutes():
    member = newcomer()
    check_may_post(member=member, kind="comment", words="Buy  watches")
    Posting.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    with pytest.raises(LimitReached, match=r"very same words.* wait until \d\d:\d\d UTC"):
        check_may_post(member=member, kind="review", words="buy watches ")
    check_may_post(member=member, kind="review", words="Sell watches")


def test_a_new_member_puts_two_links_into_a_text_and_others_as_many_as_they_like():
    links = "https://a.example http://b.example www.c.example"
    with pytest.raises(ValidationError, match="2 links"):
        check_words(member=newcomer(), words=links)
    check_words(member=newcomer(), words="https://a.example http://b.example")
    check_words(member=make.member(), words=links)


def test_levels_come_from_facts():
    assert level_of(newcomer()) == Level.NEW
    week = make.member(date_joined=timezone.now() - timedelta(days=7))
    assert level_of(week) == Level.NEW
    for _number in range(3):
        review = make.review(member=week)
        Posting.objects.all().delete()
    assert level_of(week) == Level.MEMBER
    decide(moderator=staff.moderator(), about=review, kind="remove", rule="spam", reason="x")
    assert level_of(week) == Level.NEW, "what was removed does not stand"
    assert level_of(make.member(date_joined=timezone.now() - timedelta(days=31))) == Level.MEMBER


def test_trust_needs_time_an_address_words_and_a_clean_record():
    member = make.member()
    review = make.review()
    for _number in range(20):
        make.comment(member=member, review=review)
    assert standing_of(member).level == Level.MEMBER
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    assert standing_of(member).level == Level.TRUSTED
    decide(moderator=staff.moderator(), about=member, kind="warn", rule="respect", reason="x")
    assert standing_of(member).level == Level.MEMBER


def test_members_and_then_the_trusted_have_far_more():
    member = make.member()
    most = LIMITS[Level.MEMBER].most["list"]
    now = timezone.now()
    Posting.objects.bulk_create(Posting(member=member, kind="list", made_at=now) for _each in range(most))
    with pytest.raises(LimitReached, match=str(most)):
        check_may_post(member=member, kind="list")
    review = make.review()
    for _number in range(20):
        make.comment(member=member, review=review)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    check_may_post(member=member, kind="list")


def test_the_staff_is_not_counted():
    eli = staff.moderator()
    post(eli, "comment", MOST["comment"] + 5)
    assert not Posting.objects.exists()


def test_whom_moderators_limited_has_five_of_all_kinds_until_then():
    member, moderator = make.member(), staff.moderator()
    decide(
        moderator=moderator, about=member, kind="limit", rule="spam", reason="x",
        until=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    for kind in ("review", "comment", "list", "comment", "review"):
        check_may_post(member=member, kind=kind)
    with pytest.raises(LimitReached, match="5 times a day until"):
        check_may_post(member=member, kind="comment")
    check_may_post(member=member, kind="like")


def test_whoever_is_banned_from_commenting_writes_reviews():
    member = make.member()
    decide(moderator=staff.moderator(), about=member, kind="silence", rule="respect", reason="x")
    with pytest.raises(PermissionDenied, match="cannot comment"):
        check_may_post(member=member, kind="comment")
    check_may_post(member=member, kind="review")


def test_postings_are_forgotten_after_a_day():
    member = newcomer()
    check_may_post(member=member, kind="comment")
    forget_postings()
    assert Posting.objects.count() == 1
    Posting.objects.update(made_at=timezone.now() - timedelta(hours=26))
    forget_postings()
    assert not Posting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_counted_to_the_last():
    member = newcomer()

    def follow(_number):
        try:
            check_may_post(member=member, kind="follow")
        except LimitReached:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as threads:
        done = list(threads.map(follow, range(90)))
    assert sum(done) == MOST["follow"] == Posting.objects.count()


@pytest.mark.django_db(transaction=True)
def test_of_twenty_posts_at_once_ten_pass():
    member = newcomer()

    def comment(number):
        try:
            check_may_post(member=member, kind="comment", words=f"Number {number}")
        except LimitReached:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(comment, range(20))) == LIMITS[Level.NEW].a_minute == 10


def test_every_way_to_post_is_counted(cast):
    member = newcomer()
    review, other = make.review(member=cast.ana), make.film()
    Posting.objects.bulk_create(Posting(member=member, kind="comment") for _each in range(9))
    make.review(member=member, film=other, body="One.")
    for again in (
        lambda: make.review(member=member, body="Two."),
        lambda: make.comment(member=member, review=review, body="Three."),
        lambda: make.film_list(member=member),
    ):
        with pytest.raises(LimitReached):
            again()
    make.review(member=member, film=other, body="One.")  # sent twice: no post
    like_review(member=member, review=review)
    follow_member(member=member, other=cast.ana)
    counted = sorted(Posting.objects.filter(member=member).values_list("kind", flat=True))
    assert counted == ["comment"] * 9 + ["follow", "like", "review"]


def test_an_edit_brings_no_more_links_in_than_a_post(cast):
    member = newcomer()
    comment = make.comment(member=member, review=make.review(member=cast.ana))
    with pytest.raises(ValidationError, match="2 links"):
        edit_comment(member=member, comment=comment, body="http://a.test http://b.test http://c.test")


def test_a_page_says_when_to_go_on_and_gives_the_words_back(cast):
    member = newcomer()
    client = staff.logged_in(member)
    sent = {"visibility": "public"}
    for number in range(10):
        answer = client.post(f"/films/{make.film().slug}/review/", sent | {"body": f"Words of number {number}."})
        assert answer.status_code == 302
    answer = client.post(f"/films/{make.film().slug}/review/", sent | {"body": "Kept as typed."})
    assert answer.status_code in {422, 429} and "Kept as typed." in answer.content.decode()
    assert "10 times in a minute" in answer.content.decode()
    Posting.objects.bulk_create(Posting(member=member, kind="follow") for _each in range(MOST["follow"]))
    answer = client.post("/members/ana/follow/", {"follow": "1"})
    assert answer.status_code in {302, 422, 429} and not cast.ana.follows_received.filter(follower=member).exists()


def test_the_api_says_429_and_when(cast):
    member = newcomer()
    api = program(member)
    for number in range(10):
        sent = {"film": make.film().slug, "body": f"Words of number {number}."}
        assert api.post("reviews/", sent).status_code == 201
    answer = api.post("reviews/", {"film": make.film().slug, "body": "The eleventh."})
    assert answer.status_code == 429 and answer.json()["code"] == "limit"
    assert 50 <= int(answer["Retry-After"]) <= 60


def test_lines_of_the_diary_and_what_is_put_on_lists_are_counted(cast):
    """By page and by program; what is said of a film, or was about to be, comes back."""
    member, film = newcomer(), make.film()
    client, api = staff.logged_in(member), program(member)
    film_list = make.film_list(member=member)
    entry, _is_new = add_film(member=member, film_list=film_list, film=film)
    for kind, left in (("line", 1), ("entry", 2)):
        there = Posting.objects.filter(member=member, kind=kind).count()
        Posting.objects.bulk_create(Posting(member=member, kind=kind) for _each in range(MOST[kind] - left - there))

    line = {"watched_on": "2026-11-01", "tags": "at the Odeon", "visibility": "public"}
    pages = f"/films/{film.slug}/log/", f"/lists/{film_list.pk}/films/{entry.pk}/"
    assert client.post(pages[0], line).status_code == 302
    assert client.post(pages[0], line).status_code == 302, "sent twice, it is one"
    answer = client.post(pages[0], line | {"watched_on": "2026-11-02"})
    assert answer.status_code in {422, 429} and "200 diary lines in 24 hours" in answer.content.decode()
    assert "at the Odeon" in answer.content.decode() and member.viewings.count() == 1
    answer = api.post("diary/", {"film": film.slug, "watched_on": "2026-11-02"})
    assert answer.status_code == 429 and answer.json()["code"] == "limit"

    assert client.post(pages[1], {"do": "note", "note": "For the chase."}).status_code == 302
    assert api.post(f"lists/{film_list.pk}/entries/", {"film": make.film().slug}).status_code == 201
    answer = client.post(pages[1], {"do": "note", "note": "For the music."})
    assert answer.status_code in {422, 429} and "For the music." in answer.content.decode()
    assert "500 films and notes put on lists in 24 hours" in answer.content.decode()
    assert api.post(f"lists/{film_list.pk}/entries/", {"film": make.film().slug}).status_code == 429
    entry.refresh_from_db()
    assert entry.note == "For the chase."
    client.post(pages[1], {"do": "remove"})
    assert film_list.entries.count() == 1, "to take one off is always let through"
