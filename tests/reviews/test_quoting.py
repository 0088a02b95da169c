"""Deleting what was reported: the case stays, with a copy that moderators alone read."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from reviews.actions.deciding import decide
from reviews.actions.listing import delete_list
from reviews.actions.quoting import forget_quotations
from reviews.actions.reporting import report
from reviews.actions.reviewing import delete_review
from reviews.actions.talking import delete_comment
from reviews.models import Case, Decision, Notification, Quotation, Report
from tests import make, staff
from tests.api import Api

WORDS = "Buy these watches, they tick"


def written(cast, kind):
    """A text of Ana's and how she deletes it."""
    if kind == "review":
        text = make.review(member=cast.ana, film=make.film(title="Clockers"), body=WORDS)
        return text, lambda: delete_review(member=cast.ana, review=text)
    if kind == "comment":
        text = make.comment(member=cast.ana, under=make.film(title="Clockers"), body=WORDS)
        return text, lambda: delete_comment(member=cast.ana, comment=text)
    text = make.film_list(member=cast.ana, title="Clockers", description=WORDS)
    return text, lambda: delete_list(member=cast.ana, film_list=text)


def read(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize("kind", ["review", "comment", "film_list"])
def test_a_case_stays_with_a_copy_when_its_text_is_deleted(cast, kind):
    text, delete = written(cast, kind)
    case = make.report(member=cast.bea, text=text).case
    make.report(member=cast.fay, text=text)
    delete()
    kept = Case.objects.get()
    assert (kept.pk, kept.closed_at, kept.kind, kept.answerable) == (case.pk, None, kind, cast.ana)
    assert not type(text).objects.filter(pk=text.pk).exists()
    assert {row.about for row in Report.objects.all()} == {kept.quotation}
    max_ = staff.logged_in(staff.moderator())
    words = read(max_, staff.page_of(case))
    for sentence in (WORDS, "Clockers", "Its writer deleted it on", "What is known of Ana", "2 reports"):
        assert sentence in words
    assert 'value="remove"' not in words and 'value="warn"' in words
    assert WORDS in read(max_, "/admin/reviews/case/?about=quotation")
    assert WORDS in read(max_, "/admin/reviews/report/")


@pytest.mark.parametrize("kind", ["review", "comment", "film_list"])
def test_moderators_decide_by_the_copy_and_each_side_hears_as_usual(cast, kind):
    text, delete = written(cast, kind)
    case = make.report(member=cast.bea, text=text).case
    delete()
    bea, ana = staff.logged_in(cast.bea), staff.logged_in(cast.ana)
    for url in ("/accounts/reports/", case.get_absolute_url()):
        told = read(bea, url)
        assert "that was deleted" in told and WORDS not in told
    assert "A moderator will look at a copy of it." in read(bea, "/accounts/reports/")
    assert ana.get(case.get_absolute_url()).status_code == 404, "nobody wrote to her, and nothing is decided"
    decide(moderator=cast.eli, about=Case.objects.get().about, kind="warn", rule="spam", reason="It sells.")
    decision = Decision.objects.get()
    assert WORDS in decision.excerpt and decision.member == cast.ana and decision.case == case
    assert Case.objects.get().closed_at is not None
    assert Notification.objects.get(member=cast.bea).details == {"says": "closed"}
    assert Notification.objects.get(member=cast.ana).decision == decision
    assert "The moderators did something about it." in read(bea, "/accounts/reports/")
    assert WORDS in read(ana, case.get_absolute_url()) and WORDS in read(ana, decision.get_absolute_url())


def test_a_copy_is_not_removed_covered_or_reported_again(cast):
    text, delete = written(cast, "review")
    make.report(member=cast.bea, text=text)
    delete()
    copy = Quotation.objects.get()
    for kind in ("remove", "cover"):
        with pytest.raises(ValidationError):
            decide(moderator=cast.eli, about=copy, kind=kind, rule="spam", reason="It sells.")
    with pytest.raises(PermissionDenied):
        report(member=cast.fay, about=copy, reason="spam")
    with pytest.raises(ValidationError, match="deleted a moment ago"):  # from a page that was opened before
        decide(moderator=cast.eli, about=text, kind="remove", rule="spam", reason="It sells.")
    with pytest.raises(PermissionDenied):
        report(member=cast.fay, about=text, reason="spam")


@pytest.mark.parametrize("under", ["review", "film_list"])
def test_comments_that_go_with_what_they_stood_under_are_copied_too(cast, under):
    text, delete = written(cast, under)
    bad, good = (make.comment(member=cast.fay, under=text, body=words) for words in ("You fool", "Well said"))
    case = make.report(member=cast.ana, text=bad).case
    delete()
    assert Quotation.objects.get().words == "You fool" and Case.objects.get().answerable == cast.fay
    words = read(staff.logged_in(staff.moderator()), staff.page_of(case))
    assert "which somebody else deleted" in words and "Its writer deleted" not in words
    assert not type(good).objects.exists()


def test_nothing_is_copied_without_an_open_case(cast):
    quiet, delete_quiet = written(cast, "review")
    delete_quiet()
    decided, delete_decided = written(cast, "comment")
    make.report(member=cast.bea, text=decided)
    decide(moderator=cast.eli, about=decided, kind="nothing")
    delete_decided()
    assert not Quotation.objects.exists() and not Case.objects.exists()


def test_a_comment_with_answers_says_at_the_desk_that_its_writer_deleted_it(cast):
    comment, delete = written(cast, "comment")
    make.comment(member=cast.fay, under=comment.film, reply_to=comment)
    case = make.report(member=cast.bea, text=comment).case
    delete()
    words = read(staff.logged_in(staff.moderator()), staff.page_of(case))
    assert WORDS in words and "Its writer deleted it on" in words and not Quotation.objects.exists()


def test_nobody_sees_a_case_about_a_copy_of_their_own_words(cast):
    me = staff.moderator()
    comment = make.comment(member=me, body=WORDS)
    case = make.report(member=cast.bea, text=comment).case
    delete_comment(member=me, comment=comment)
    client = staff.logged_in(me)
    assert client.get(staff.page_of(case)).status_code == 404
    for desk in ("case", "report"):
        assert client.get(f"/admin/reviews/{desk}/").context_data["cl"].result_count == 0


def test_a_copy_is_forgotten_when_no_appeal_is_possible_any_more(cast):
    for kind in ("review", "comment", "film_list"):
        text, delete = written(cast, kind)
        make.report(member=cast.bea, text=text)
        delete()
    late, young, _open = Quotation.objects.order_by("pk")
    for quotation in (late, young):
        decide(moderator=cast.eli, about=quotation, kind="warn", rule="spam", reason="It sells.")
    Case.objects.filter(quotation=late).update(closed_at=timezone.now() - timedelta(days=184))
    Case.objects.filter(quotation=young).update(closed_at=timezone.now() - timedelta(days=182))
    forget_quotations()
    assert late not in Quotation.objects.all() and Quotation.objects.count() == Case.objects.count() == 2
    assert Decision.objects.count() == 2, "what was decided stays on record"
    forget_quotations()
    assert Quotation.objects.count() == 2


def test_the_api_says_that_it_was_deleted(cast):
    text, delete = written(cast, "review")
    make.report(member=cast.bea, text=text)
    asked = Api(as_=cast.bea)
    assert asked.get("me/reports/").json()["results"][0]["about"]["deleted"] is False
    delete()
    about = asked.get("me/reports/").json()["results"][0]["about"]
    assert about == {"kind": "review", "url": None, "deleted": True}


@pytest.mark.django_db(transaction=True)
def test_reports_decisions_and_a_deletion_at_once_wait_for_each_other_and_lose_nothing():
    """Whoever reports after the deletion is told that they cannot; every report that was taken has its case."""
    moderator, reporters = staff.administrator(), [make.member() for _n in range(6)]
    for turn in range(4):
        writer = make.member()
        review = make.review(member=writer, body=f"{WORDS} {turn}")
        comment = make.comment(member=make.member(), review=review)
        # Each with a row of its own, as requests have: deleting one takes its number from it.
        acts = [partial(make.report, member=one, text=copy(review)) for one in reporters[:4]]
        acts += [partial(make.report, member=one, text=copy(comment)) for one in reporters[4:]]
        acts.insert(turn, partial(delete_review, member=writer, review=copy(review)))
        warn = {"kind": "warn", "rule": "spam", "reason": "It sells.", "closes": False}
        acts.append(partial(decide, moderator=moderator, about=copy(review), **warn))

        def run(act):
            try:
                act()
            except (PermissionDenied, ValidationError):
                return 0  # it was deleted a moment ago
            finally:
                connection.close()
            return int(act.func is make.report)

        with ThreadPoolExecutor(len(acts)) as threads:
            taken = sum(threads.map(run, acts))
        assert Report.objects.count() == taken
        assert Case.objects.filter(quotation=None).count() == 0 and Case.objects.count() <= 2
        Case.objects.all().delete()
