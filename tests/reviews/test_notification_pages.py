"""The page of what one was told, its count, and the choices."""

import pytest
from django.test import Client

from accounts import actions as people
from reviews.actions.hearing import choose_ways
from reviews.actions.reviewing import like_review
from reviews.models import Mailing, Notice, NoticeChoice, Notification
from reviews.notices import DEFAULTS, Way, all_ways, unread_count
from reviews.unsubscribing import token_of
from tests import make
from tests.base import cost_of

pytestmark = pytest.mark.django_db
PAGE, COUNT, CHOICES = (f"/accounts/notifications/{part}" for part in ("", "count/", "choices/"))


@pytest.fixture
def ana(cast) -> Client:
    client = Client()
    client.force_login(cast.ana)
    return client


@pytest.fixture
def reply(cast) -> Notification:
    comment = make.comment(member=cast.bea, review=make.review(member=cast.fay), body="Is that >!the end!< so?")
    return make.notice(member=cast.ana, kind="reply", actor=cast.bea, comment=comment)


def test_it_shows_what_is_new_and_what_was_read(ana, cast, reply):
    shown = ana.get(PAGE).content.decode()
    assert "Bea answers your comment on the review of" in shown
    assert "Is that … so?" in shown and "the end" not in shown
    assert f'action="/accounts/notifications/{reply.pk}/"' in shown and ">New<" in shown
    ana.post(f"{PAGE}{reply.pk}/")
    shown = ana.get(PAGE).content.decode()
    assert f'href="{reply.comment.get_absolute_url()}"' in shown and ">New<" not in shown


def test_opening_one_by_its_button_marks_it_read_and_a_link_does_not(ana, cast, reply):
    for method, read in ((ana.head, False), (ana.get, False), (ana.post, True)):
        answer = method(f"{PAGE}{reply.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, reply.comment.get_absolute_url())
        reply.refresh_from_db()
        assert reply.is_read is read


def test_all_are_read_at_once(ana, cast, reply):
    make.notice(member=cast.ana, kind="mention", actor=cast.bea, comment=reply.comment)
    others = make.notice(member=cast.fay, kind="mention", actor=cast.bea, comment=reply.comment)
    assert ana.get(f"{PAGE}read/")["Location"] == PAGE and unread_count(cast.ana) == 2
    assert ana.post(f"{PAGE}read/")["Location"] == PAGE
    assert unread_count(cast.ana) == 0
    others.refresh_from_db()
    assert not others.is_read


def test_pages_hold_thirty_lines_and_a_crowd_of_likes_is_one_of_them(ana, cast):
    review = make.review(member=cast.ana)
    for _ in range(35):
        like_review(member=make.member(), review=review)
    for n in range(40):
        film = make.film(title=f"Film {n:02}")
        make.notice(member=cast.ana, kind="leaving", film=film, details={"service": "MUBI", "ends_on": "2026-12-03"})
    first = ana.get(PAGE)
    second = ana.get(PAGE + first.context["next_url"])
    lines = [line.text for page in (first, second) for line in page.context["lines"]]
    assert (len(first.context["lines"]), len(lines), len(set(lines))) == (30, 41, 41)
    assert lines[0].startswith("Film 39") and "and 34 others like your review" in lines[-1]
    assert second.context["next_url"] == "" and second.context["previous_url"]


def test_a_broken_place_in_the_list_shows_the_first_page(ana, reply):
    answer = ana.get(f"{PAGE}?after=nonsense")
    assert answer.status_code == 200 and "so here is the first" in answer.content.decode()


def test_it_costs_as_many_queries_for_two_hundred_as_for_one(ana, cast, reply):
    like_review(member=cast.fay, review=make.review(member=cast.ana))
    few = cost_of(ana, PAGE), cost_of(ana, COUNT), cost_of(ana, "/articles/")
    Notification.objects.bulk_create(  # older than a page: each of its lines is of somebody's doing
        Notification(member=cast.ana, kind="leaving", key=f"old{n}") for n in range(160)
    )
    for n in range(20):
        review = make.review(member=cast.ana)
        like_review(member=cast.fay, review=review)
        comment = make.comment(member=cast.bea, review=review)
        make.notice(member=cast.ana, kind="comment", actor=cast.bea, comment=comment, key=f"k{n}")
    assert {line.notification.kind for line in ana.get(PAGE).context["lines"]} == {"comment", "review_liked"}
    assert (cost_of(ana, PAGE), cost_of(ana, COUNT), cost_of(ana, "/articles/")) == few
    assert few[0] <= 6 and few[1] == 3  # the session, the member, and the count


def test_the_header_counts_what_is_unread_on_every_page_and_asks_only_if_something_is(ana, cast):
    empty = cost_of(ana, "/articles/")
    assert "unread-count" not in ana.get("/articles/").content.decode()
    make.notice(member=cast.ana, kind="thread", actor=cast.bea)
    shown = ana.get("/articles/").content.decode()
    assert "Notifications, 1 unread" in shown and cost_of(ana, "/articles/") == empty + 1
    assert "Notifications" not in Client().get("/articles/").content.decode()


def test_the_count_answers_only_when_there_is_something_new_to_show(ana, cast, reply):
    answer = ana.get(f"{COUNT}?shown=0")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert 'name="shown" value="1"' in answer.content.decode()
    same = ana.get(f"{COUNT}?shown=1")
    assert (same.status_code, same.content) == (204, b"")


def test_the_count_says_nothing_to_a_page_whose_session_has_ended(db):
    assert Client().get(COUNT, headers={"HX-Request": "true"}).status_code == 204
    assert Client().get(COUNT)["Location"].startswith("/accounts/login/")


def test_more_than_ninety_nine_are_not_counted(ana, cast):
    Notification.objects.bulk_create(Notification(member=cast.ana, kind="thread", key=f"k{n}") for n in range(120))
    assert "99+ unread" in ana.get(COUNT).content.decode()


def test_choices_are_shown_as_they_are_and_kept_as_sent(ana, cast):
    make.confirmed_address(cast.ana)
    form = ana.get(CHOICES).context["form"]
    shown = {kind: Way(form[f"{kind}_on_site"].value(), form[f"{kind}_mailing"].value()) for kind in Notice.values}
    assert shown == DEFAULTS and len(form.rows()) == len(Notice)
    sent = {f"{kind}_mailing": Mailing.WEEKLY for kind in Notice.values} | {"follow_on_site": "on"}
    answer = ana.post(CHOICES, sent)
    assert answer["Location"] == CHOICES
    ways = all_ways(cast.ana)
    assert ways["follow"] == Way(True, "weekly") and ways["reply"] == Way(False, "weekly")
    shown = ana.get(CHOICES).content.decode()
    assert "Your choices are kept." in shown and "Mails go to ana@example.org" in shown


def test_a_choice_that_there_is_not_is_said_at_its_place_and_changes_nothing(ana, cast):
    sent = {f"{kind}_mailing": Mailing.WEEKLY for kind in Notice.values} | {"reply_mailing": "hourly"}
    answer = ana.post(CHOICES, sent)
    assert answer.status_code == 422 and "Choose one of the four times." in answer.content.decode()
    assert all_ways(cast.ana) == DEFAULTS


def test_without_a_confirmed_address_it_says_what_to_do(ana, cast):
    assert "confirm an address first" in ana.get(CHOICES).content.decode()


@pytest.mark.parametrize("what", ["reply", "daily"])
def test_one_click_ends_mails_as_mail_programs_click(cast, reply, what):
    """Without a cookie, without a token of the form, and answered with a page (RFC 8058)."""
    address = f"{PAGE}unsubscribe/{token_of(cast.ana.pk, what)}/"
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200 and "No more of these mails" in answer.content.decode()
        assert not answer.cookies
    ways = all_ways(cast.ana)
    stopped = {kind for kind in ways if ways[kind] != DEFAULTS[kind]}
    daily = {kind for kind, way in DEFAULTS.items() if way.mailing == Mailing.DAILY}
    assert stopped == ({"reply"} if what == "reply" else daily)
    assert all(ways[kind] == Way(True, Mailing.NEVER) for kind in stopped)
    reply.refresh_from_db()
    assert reply.mailing == Mailing.NEVER  # what waits to be sent is not sent either
    assert not NoticeChoice.objects.exclude(member=cast.ana).exists()


def test_looking_at_that_address_changes_nothing_and_says_what_it_would_do(cast):
    address = f"{PAGE}unsubscribe/{token_of(cast.ana.pk, 'reply')}/"
    for method in (Client().get, Client().head):
        assert method(address).status_code == 200
    shown = Client().get(address).content.decode()
    assert "An answer to your comment" in shown and CHOICES in shown and "ana" not in shown.lower().split("<main")[1]
    assert not NoticeChoice.objects.exists()


def test_it_works_for_whoever_has_the_mail_whoever_is_logged_in(cast):
    other = Client()
    other.force_login(cast.fay)
    other.post(f"{PAGE}unsubscribe/{token_of(cast.ana.pk, 'reply')}/")
    assert set(NoticeChoice.objects.values_list("member", flat=True)) == {cast.ana.pk}


@pytest.mark.parametrize("token", ["1.reply", "1.reply.x", "reply.", "..", "x" * 400, "0.daily.é"])
def test_an_address_that_we_never_wrote_is_not_there(cast, token):
    assert Client().post(f"{PAGE}unsubscribe/{token}/").status_code == 404


def test_a_token_is_for_one_member_and_one_thing(cast):
    token = token_of(cast.ana.pk, "reply")
    for forged in (token.replace("reply", "daily"), token.replace(str(cast.ana.pk), str(cast.fay.pk), 1)):
        assert Client().post(f"{PAGE}unsubscribe/{forged}/").status_code == 404


def test_the_mails_of_a_member_who_is_gone_are_nobodys(cast):
    token = token_of(cast.ana.pk, "reply")
    cast.ana.delete()
    assert Client().post(f"{PAGE}unsubscribe/{token}/").status_code == 404


def test_a_blocked_member_is_not_in_the_count(ana, cast, reply):
    people.block(member=cast.ana, other=cast.bea)
    assert "unread-count" not in ana.get("/articles/").content.decode()
    assert ana.post(f"{PAGE}{reply.pk}/").status_code == 404


def test_switching_a_kind_off_keeps_it_from_the_page(ana, cast):
    choose_ways(member=cast.ana, ways={"thread": Way(False, Mailing.DAILY)})
    make.notice(member=cast.ana, kind="thread", actor=cast.bea)
    assert "unread-count" not in ana.get(PAGE).content.decode() and "Quiet in here" in ana.get(PAGE).content.decode()
