"""Reporting, and the case that reports become: who may, who reads which side of it, and who answers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews.actions.deciding import decide
from reviews.actions.reporting import answer_case, hand_back, report, side_of, take_case, write_message
from reviews.models import Case, Notification, Report
from tests import make


@pytest.mark.parametrize("place", range(5))
def test_everything_is_reported_once_a_member_and_gathers_in_one_case(cast, place):
    about = make.reportable(member=cast.ana)[place]
    first = make.report(member=cast.bea, text=about)
    assert make.report(member=cast.bea, text=about, reason=first.reason).pk == first.pk
    make.report(member=cast.fay, text=about)
    assert Case.objects.get().reports.count() == 2
    assert Case.objects.get().about == about


def test_reasons_are_those_of_the_thing(cast):
    for about, wrong in ((cast.ana, "spoilers"), (make.review(member=cast.ana), "duplicate"), (make.film(), "spam")):
        with pytest.raises(ValidationError) as refusal:
            report(member=cast.bea, about=about, reason=wrong)
        assert list(refusal.value.message_dict) == ["reason"]


@pytest.mark.parametrize(
    ("reason", "message", "field"),
    [("", "", "reason"), ("other", " ", "message"), ("other", "x" * 1001, "message"), ("plagiarism", "", "message")],
)
def test_a_report_needs_what_moderators_need(cast, reason, message, field):
    with pytest.raises(ValidationError) as refusal:
        report(member=cast.bea, about=make.review(member=cast.ana), reason=reason, message=message)
    assert list(refusal.value.message_dict) == [field]
    with pytest.raises(ValidationError):
        report(member=cast.bea, about=cast.ana, reason="impostor")


def test_nobody_reports_what_is_their_own_or_what_they_may_not_see(cast):
    mine = make.reportable(member=cast.ana)[:4]
    for about in mine:
        with pytest.raises(PermissionDenied):
            make.report(member=cast.ana, text=about)
        with pytest.raises(PermissionDenied):
            make.report(member=cast.cem, text=about)
    assert not Report.objects.exists()


def test_whoever_blocked_somebody_can_report_them(cast):
    assert report(member=cast.ana, about=cast.cem, reason="abuse").case.member == cast.cem


def test_a_case_is_taken_and_handed_back(cast):
    case = make.report(member=cast.bea, text=make.review(member=cast.ana)).case
    assert take_case(moderator=cast.eli, case=case).taken_by == cast.eli
    assert hand_back(moderator=cast.eli, case=case).taken_by is None
    for act in (take_case, hand_back):
        with pytest.raises(PermissionDenied):
            act(moderator=cast.dora, case=case)
    own = make.report(member=cast.bea, text=make.review(member=cast.eli)).case
    with pytest.raises(PermissionDenied):
        take_case(moderator=cast.eli, case=own)


def test_each_side_of_a_case_reads_and_answers_its_own(cast):
    review = make.review(member=cast.ana)
    case = make.report(member=cast.bea, text=review).case
    make.report(member=cast.fay, text=review)
    assert side_of(member=cast.ana, case=case) is None, "she does not know yet"
    assert side_of(member=cast.dora, case=case) is None
    said = {"moderator": cast.eli, "case": case}
    write_message(**said, side="moderators", body="Is this new?")
    write_message(**said, side="reporter", reporter=cast.bea, body="Where was it copied from?")
    assert side_of(member=cast.ana, case=case) is None
    write_message(**said, side="answerable", body="Would you cover it?")
    assert side_of(member=cast.ana, case=case) == "answerable"
    first = answer_case(member=cast.ana, case=case, body="I shall.")
    assert answer_case(member=cast.ana, case=case, body="I shall.").pk == first.pk
    assert answer_case(member=cast.fay, case=case, body="It was me.").reporter == cast.fay
    told = Notification.objects.filter(details__says="message")
    assert {row.member for row in told} == {cast.ana, cast.bea}
    decide(moderator=cast.eli, about=review, kind="nothing")
    case.refresh_from_db()
    with pytest.raises(PermissionDenied):
        answer_case(member=cast.ana, case=case, body="Too late.")


@pytest.mark.parametrize(
    "said",
    [
        {"side": "everybody", "body": "x"}, {"side": "moderators", "body": " "},
        {"side": "moderators", "body": "x" * 2001}, {"side": "reporter", "body": "x"},
    ],
)  # fmt: skip
def test_a_message_has_words_and_somebody_to_read_it(cast, said):
    case = make.report(member=cast.bea, text=make.film()).case
    with pytest.raises(ValidationError):
        write_message(moderator=cast.eli, case=case, **said)
    with pytest.raises(ValidationError):
        write_message(moderator=cast.eli, case=case, side="answerable", body="x")
    with pytest.raises(ValidationError):
        write_message(moderator=cast.eli, case=case, side="reporter", reporter=cast.fay, body="x")
