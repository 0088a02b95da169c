"""Reporting, removing, putting back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews.actions.moderating import close_report, remove_text, report, restore_text
from reviews.models import Report, Review
from tests import make


def test_a_member_reports_a_text_once(cast):
    review = make.review(member=cast.ana)
    first = report(member=cast.bea, text=review, reason="spam")
    assert report(member=cast.bea, text=review, reason="abuse").pk == first.pk
    assert Report.objects.count() == 1


@pytest.mark.parametrize(("reason", "message"), [("", ""), ("ugly", ""), ("other", " "), ("other", "x" * 1001)])
def test_a_report_needs_a_reason(cast, reason, message):
    with pytest.raises(ValidationError):
        report(member=cast.bea, text=make.review(member=cast.ana), reason=reason, message=message)


def test_nobody_reports_their_own_text_or_one_they_may_not_read(cast):
    review = make.review(member=cast.ana)
    for member in (cast.ana, cast.cem):
        with pytest.raises(PermissionDenied):
            report(member=member, text=review, reason="spam")


@pytest.mark.parametrize("what", ["review", "comment"])
def test_a_moderator_removes_a_text_and_puts_it_back(cast, what):
    review = make.review(member=cast.ana)
    text = review if what == "review" else make.comment(member=cast.ana, review=review)
    make.report(member=cast.bea, text=text)
    remove_text(moderator=cast.eli, text=text, reason="It is an advertisement.")
    assert Report.objects.get().closed_by == cast.eli
    shown = type(text).objects.visible_to(cast.fay).filter(pk=text.pk, removed_at=None)
    assert not shown.exists()
    restore_text(moderator=cast.eli, text=text)
    assert shown.exists()


def test_a_removed_review_stays_visible_to_its_writer_alone(cast):
    review = make.review(member=cast.ana)
    remove_text(moderator=cast.eli, text=review, reason="Rule 2.")
    readers = [m for m in (cast.ana, cast.bea, cast.eli, None) if Review.objects.visible_to(m).exists()]
    assert readers == [cast.ana]


def test_a_removal_needs_a_moderator_and_a_reason(cast):
    review = make.review(member=cast.ana)
    with pytest.raises(PermissionDenied):
        remove_text(moderator=cast.dora, text=review, reason="I curate, I do not moderate.")
    with pytest.raises(ValidationError):
        remove_text(moderator=cast.eli, text=review, reason=" ")
    with pytest.raises(PermissionDenied):
        close_report(moderator=cast.bea, report=make.report(member=cast.bea, text=review), outcome="Fine.")
