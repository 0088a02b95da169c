"""Appeals: by whom, how often, until when, and who decides about them."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from accounts.suspended import secret_of
from reviews.actions.appealing import appeal, appeals_for, decide_appeal
from reviews.actions.deciding import decide, reverse_decision
from reviews.jobs import mail_suspension
from reviews.models import Appeal, Decision, Notification, Review
from reviews.passes import decision_by, pass_for
from tests import make, staff

LATER = "django.utils.timezone.now"


@pytest.fixture
def decision(cast):
    review = make.review(member=cast.ana)
    return decide(moderator=cast.eli, about=review, kind="remove", rule="spam", reason="An advertisement.")


def test_a_member_appeals_once(cast, decision):
    first = appeal(member=cast.ana, decision=decision, words="It is a review.")
    assert appeal(member=cast.ana, decision=decision, words="Please.").pk == first.pk
    assert Appeal.objects.get().words == "It is a review."
    with pytest.raises(PermissionDenied):
        appeal(member=cast.bea, decision=decision, words="She is right.")


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_an_appeal_says_something(cast, decision, words):
    with pytest.raises(ValidationError):
        appeal(member=cast.ana, decision=decision, words=words)


def test_it_is_too_late_after_half_a_year_and_when_nothing_stands(cast, decision):
    with mock.patch(LATER, return_value=timezone.now() + timedelta(days=184)), pytest.raises(ValidationError):
        appeal(member=cast.ana, decision=decision, words="At last.")
    reverse_decision(moderator=cast.eli, decision=decision)
    with pytest.raises(ValidationError):
        appeal(member=cast.ana, decision=decision, words="Still.")


def test_another_moderator_than_the_first_decides(cast, decision):
    made = appeal(member=cast.ana, decision=decision, words="It is a review.")
    said = {"appeal": made, "outcome": "reversed", "answer": "So it is."}
    for moderator in (cast.eli, cast.dora, cast.ana):
        with pytest.raises(PermissionDenied):
            decide_appeal(moderator=moderator, **said)
    for judge in (cast.eli, cast.ana):
        with pytest.raises(IntegrityError, match="another moderator"), transaction.atomic():
            Appeal.objects.filter(pk=made.pk).update(decided_by=judge, decided_at=timezone.now(), outcome="upheld")
    assert list(appeals_for(cast.eli)) == []
    max_ = staff.moderator(username="max")
    assert list(appeals_for(max_)) == [made]
    with pytest.raises(ValidationError):
        decide_appeal(moderator=max_, appeal=made, outcome="", answer="x")
    with pytest.raises(ValidationError):
        decide_appeal(moderator=max_, appeal=made, outcome="upheld", answer=" ")
    assert decide_appeal(moderator=max_, **said).decided_by == max_
    assert Review.objects.get().removed_at is None
    assert Decision.objects.get().reversed_by == max_
    told = Notification.objects.filter(member=cast.ana, appeal=made).get()
    assert told.details["says"] == "appeal"
    again = decide_appeal(moderator=staff.administrator(), appeal=made, outcome="upheld", answer="No.")
    assert again.outcome == "reversed"


def test_an_upheld_decision_stands(cast, decision):
    made = appeal(member=cast.ana, decision=decision, words="It is a review.")
    decide_appeal(moderator=staff.moderator(), appeal=made, outcome="upheld", answer="It sells watches.")
    assert Review.objects.get().removed_at is not None and Decision.objects.get().reversed_at is None


def test_whoever_reverses_their_own_decision_answers_the_appeal_without_judging_it(cast, decision):
    made = appeal(member=cast.ana, decision=decision, words="It is a review.")
    reverse_decision(moderator=cast.eli, decision=decision)
    made.refresh_from_db()
    assert (made.outcome, made.decided_by) == ("reversed", None)


@pytest.fixture
def suspended(cast):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    decide(moderator=eli, about=cast.ana, kind="suspend", rule="honesty", reason="Nine accounts.")
    return Decision.objects.get()


def test_the_suspended_are_told_by_mail_and_appeal_without_logging_in(cast, suspended):
    mail_suspension(suspended.pk)
    letter = mail.outbox[0]
    assert letter.to == [cast.ana.email] and "Nine accounts." in letter.body
    url = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert url.startswith("http://127.0.0.1:8000/accounts/decisions/") and url in letter.alternatives[0][0]
    url = url.removeprefix("http://127.0.0.1:8000")
    visitor = Client()
    assert "Nine accounts." in visitor.get(url).content.decode()
    assert visitor.post(url, {"words": ""}).status_code == 422
    assert visitor.post(url, {"words": "They are my sisters."}).status_code == 302
    assert "They are my sisters." in visitor.get(url).content.decode()
    decide_appeal(moderator=staff.moderator(), appeal=Appeal.objects.get(), outcome="reversed", answer="So they are.")
    assert User.objects.get(pk=cast.ana.pk).is_active
    assert visitor.get(url).status_code == 404, "whoever can log in does"


def test_a_pass_is_good_for_its_decision_and_its_time_alone(cast, suspended):
    secret = pass_for(suspended)
    assert decision_by(secret) == suspended
    assert decision_by(secret[:-1]) is None and decision_by("1") is None and decision_by("nonsense") is None
    with mock.patch("time.time", return_value=timezone.now().timestamp() + 184 * 86400):
        assert decision_by(secret) is None


def test_the_right_password_of_a_suspended_account_opens_the_decision(cast, suspended):
    ana = User.objects.get(pk=cast.ana.pk)
    ana.set_password(make.PASSWORD)
    ana.save()
    answer = Client().post("/accounts/login/", {"login": "ana", "password": make.PASSWORD}, follow=True)
    assert "Nine accounts." in answer.content.decode() and answer.status_code == 200
    assert "_auth_user_id" not in answer.client.session
    wrong = Client().post("/accounts/login/", {"login": "ana", "password": "not it"}, follow=True)
    assert "Nine accounts." not in wrong.content.decode()


def test_an_account_closed_without_a_decision_says_just_that(cast):
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    answer = Client().get(f"/accounts/suspended/{secret_of(cast.ana)}/", follow=True)
    assert "This account is closed" in answer.content.decode()
    with mock.patch("time.time", return_value=timezone.now().timestamp() + 7200):
        assert Client().get(f"/accounts/suspended/{secret_of(cast.ana)[:-2]}/")["Location"] == "/accounts/inactive/"


def test_the_suspension_is_mailed_by_a_job_of_its_transaction(cast):
    eli = make.allow(cast.eli, "accounts.suspend_user")
    decide(moderator=eli, about=cast.bea, kind="suspend", rule="spam", reason="Spam.")
    decision = Decision.objects.get()
    key = f"mail_suspension:{decision.pk}"
    job = ProcrastinateJob.objects.get(task_name="reviews.mail_suspension", queueing_lock=key)
    assert job.args == {"decision": decision.pk}
