"""Deciding, reversing: each act, and who may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions as people
from accounts.models import User
from reviews.actions.deciding import decide, reverse_decision
from reviews.actions.effects import end_suspensions
from reviews.actions.moderating import reinstate, remove_text, restore_text, suspend
from reviews.models import Case, Comment, Decision, Notification, Report, Review
from tests import make, staff


def decided(cast, about, kind="remove", **said):
    said = {"rule": "spam", "reason": "An advertisement.", "moderator": cast.eli} | said
    return decide(about=about, kind=kind, **said)


@pytest.mark.parametrize("place", range(3))
def test_a_removal_is_a_decision_and_its_reversal_puts_everything_back(cast, place):
    text = make.reportable(member=cast.ana)[place]
    before = type(text).objects.filter(pk=text.pk).values().get()
    make.report(member=cast.bea, text=text)
    decision = decided(cast, text)
    shown = type(text).objects.visible_to(cast.fay).filter(pk=text.pk, removed_at=None)
    assert not shown.exists()
    assert (decision.rule, decision.by, decision.member) == ("spam", cast.eli, cast.ana)
    assert decision.excerpt and decision.text == text and decision.case.closed_by == cast.eli
    reverse_decision(moderator=cast.eli, decision=decision)
    assert shown.exists()
    assert type(text).objects.filter(pk=text.pk).values().get() == before


def test_a_removed_review_stays_visible_to_its_writer_alone(cast):
    review = make.review(member=cast.ana)
    decided(cast, review)
    readers = [m for m in (cast.ana, cast.bea, cast.eli, None) if Review.objects.visible_to(m).exists()]
    assert readers == [cast.ana]


@pytest.mark.parametrize("covered", [True, False])
def test_a_cover_is_taken_off_again_only_where_the_writer_had_none(cast, covered):
    review = make.review(member=cast.ana, spoilers=covered)
    decision = decided(cast, review, "cover", rule="spoilers")
    review.refresh_from_db()
    assert review.spoilers and review.spoilers_locked_at
    reverse_decision(moderator=cast.eli, decision=decision)
    review.refresh_from_db()
    assert (review.spoilers, review.spoilers_locked_at) == (covered, None)


def test_what_is_done_already_is_not_done_again(cast):
    review = make.review(member=cast.ana)
    for kind in ("remove", "cover"):
        decided(cast, review, kind)
        with pytest.raises(ValidationError):
            decided(cast, review, kind)
    assert Decision.objects.count() == 2


def test_nothing_is_decided_without_a_rule_and_a_reason(cast):
    review = make.review(member=cast.ana)
    for kind in ("cover", "remove", "warn", "limit", "silence", "suspend"):
        with pytest.raises(ValidationError) as refusal:
            decide(moderator=cast.eli, about=review, kind=kind)
        assert {"rule", "reason"} <= set(refusal.value.message_dict)
        with pytest.raises(IntegrityError, match="decision_names_its_rule"), transaction.atomic():
            Decision.objects.create(kind=kind, member=cast.ana)
    assert not Decision.objects.exists() and Review.objects.get().removed_at is None


@pytest.mark.parametrize(
    ("kind", "days", "field"),
    [("limit", None, "until"), ("silence", -1, "until"), ("remove", 3, "until"), ("explode", None, "kind")],
)
def test_each_kind_has_its_own_time(cast, kind, days, field):
    until = None if days is None else timezone.now() + timedelta(days=days)
    with pytest.raises(ValidationError) as refusal:
        decided(cast, make.review(member=cast.ana), kind, until=until)
    assert field in refusal.value.message_dict


def test_films_are_left_alone_and_members_are_not_removed(cast):
    with pytest.raises(ValidationError):
        decided(cast, make.film())
    with pytest.raises(ValidationError):
        decided(cast, cast.ana, "remove")


def test_moderators_decide_and_never_about_themselves_or_each_other(cast):
    own = make.review(member=cast.eli)
    other = staff.moderator(username="max")
    for moderator, about in (
        (cast.dora, make.review(member=cast.ana)),
        (cast.ana, make.review(member=cast.bea)),
        (cast.eli, own),
        (cast.eli, make.review(member=other)),
        (None, make.review(member=cast.ana)),
    ):
        with pytest.raises(PermissionDenied):
            decided(cast, about, moderator=moderator)
    assert decided(cast, own, moderator=staff.administrator()).member == cast.eli


def test_a_rule_of_the_program_decides_under_its_name(cast):
    decision = decide(
        moderator=None, about=make.review(member=cast.ana), kind="warn", rule="spam", reason="x", by_program="twice"
    )
    assert (decision.by, decision.by_program) == (None, "twice")
    with pytest.raises(IntegrityError, match="decision_by_one_or_the_other"), transaction.atomic():
        Decision.objects.create(kind="warn", rule="spam", by=cast.eli, by_program="twice")


def test_a_decision_stays_as_it_was_told(cast):
    decision = decided(cast, make.review(member=cast.ana), "warn")
    for change in ({"reason": "Another."}, {"rule": "hate"}, {"excerpt": ""}, {"kind": "nothing"}):
        with pytest.raises(IntegrityError, match="decision is reversed, not changed"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)


def test_an_excerpt_is_never_of_a_draft(cast):
    draft = make.review(member=cast.ana, draft=True, body="Not for anybody")
    assert decided(cast, draft, "warn").excerpt == ""
    long = make.review(member=cast.ana, body="word " * 400)
    assert len(decided(cast, long, "warn").excerpt) == 400


def test_the_member_and_those_who_reported_are_told(cast):
    review = make.review(member=cast.ana)
    make.report(member=cast.bea, text=review)
    decision = decided(cast, review)
    told = {(row.member.username, row.details["says"]) for row in Notification.objects.filter(kind="case")}
    assert told == {("ana", "decided"), ("bea", "closed")}
    assert Report.objects.get().outcome == "It was removed."
    reverse_decision(moderator=cast.eli, decision=decision)
    assert reverse_decision(moderator=cast.eli, decision=decision).reversed_by == cast.eli
    assert Notification.objects.filter(member=cast.ana, details__says="reversed").count() == 1


def test_where_nothing_is_done_only_those_who_reported_hear_of_it(cast):
    review = make.review(member=cast.ana)
    make.report(member=cast.bea, text=review)
    left = decide(moderator=cast.eli, about=review, kind="nothing", reason="It is a matter of taste.")
    assert [row.member for row in Notification.objects.all()] == [cast.bea]
    assert Report.objects.get().outcome.endswith("left it as it is. It is a matter of taste.")
    assert left.excerpt == ""
    with pytest.raises(ValidationError):
        reverse_decision(moderator=cast.eli, decision=left)


def test_a_case_can_stay_open(cast):
    review = make.review(member=cast.ana)
    make.report(member=cast.bea, text=review)
    decided(cast, review, "warn", closes=False)
    assert Case.objects.open().get().decisions.get().kind == "warn"
    assert Report.objects.get().closed_at is None


def test_a_suspension_ends_when_it_should(cast):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    suspend(moderator=eli, member=cast.ana, rule="spam", reason="Bots", until=timezone.now() + timedelta(days=1))
    longer = suspend(moderator=eli, member=cast.bea, rule="spam", reason="Bots")
    assert not User.objects.filter(pk__in=[cast.ana.pk, longer.pk], is_active=True).exists()
    assert end_suspensions() == 0
    first = Decision.objects.get(member=cast.ana)
    later = first.until + timedelta(minutes=1)
    assert_ended_at(later, cast, expected=1)
    assert User.objects.get(pk=cast.ana.pk).is_active and not User.objects.get(pk=cast.bea.pk).is_active
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert_ended_at(later, cast, expected=0)
    assert not User.objects.get(pk=cast.ana.pk).is_active, "one suspension ends once"


def assert_ended_at(moment, cast, *, expected):
    from unittest import mock

    with mock.patch("django.utils.timezone.now", return_value=moment):
        assert end_suspensions() == expected


def test_of_two_suspensions_the_longer_one_holds(cast):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    short = decided(cast, cast.ana, "suspend", moderator=eli, until=timezone.now() + timedelta(days=1))
    decided(cast, cast.ana, "suspend", moderator=eli)
    reverse_decision(moderator=eli, decision=short)
    assert not User.objects.get(pk=cast.ana.pk).is_active
    assert reinstate(moderator=eli, member=User.objects.get(pk=cast.ana.pk)).is_active
    assert not Decision.objects.in_force().exists()


def test_suspending_needs_its_own_permission_and_an_open_account(cast):
    with pytest.raises(PermissionDenied):
        decided(cast, cast.ana, "suspend")
    eli = make.allow(cast.eli, "accounts.suspend_user")
    User.objects.filter(pk=cast.fay.pk).update(is_active=False)
    with pytest.raises(ValidationError):
        decided(cast, User.objects.get(pk=cast.fay.pk), "suspend", moderator=eli)
    assert not Decision.objects.exists()


def test_texts_are_removed_and_put_back_at_their_desk_by_decisions(cast):
    comment = make.comment(member=cast.ana)
    remove_text(moderator=cast.eli, text=comment, rule="respect", reason="It insults.")
    assert Decision.objects.get().text == comment
    assert restore_text(moderator=cast.eli, text=comment).removed_at is None
    assert Decision.objects.get().reversed_by == cast.eli
    Comment.objects.filter(pk=comment.pk).update(removed_at=timezone.now(), removal_reason="Long ago")
    assert restore_text(moderator=cast.eli, text=comment).removed_at is None
    with pytest.raises(PermissionDenied):
        restore_text(moderator=cast.dora, text=comment)


def test_a_member_who_blocks_later_is_still_told_by_the_house(cast):
    """Nobody acts in these notices, so no block keeps them away."""
    review = make.review(member=cast.ana)
    make.report(member=cast.bea, text=review)
    people.block(member=cast.ana, other=cast.eli)
    decided(cast, review, "warn")
    assert Notification.objects.filter(member=cast.ana).exists()
