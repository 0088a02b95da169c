"""Mails of what members are told: at once, daily, weekly; what they say, to whom they go, and when."""

import os
import re
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from accounts.models import Mute, User
from reviews import jobs
from reviews.actions.hearing import choose_ways, mark_all_read
from reviews.actions.mailing import mail_at_once, mail_digests
from reviews.actions.reviewing import like_review
from reviews.actions.talking import delete_comment
from reviews.models import Mailing, Notification
from reviews.notices import Way
from tests import make
from tests.api import GOLDEN

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 28)
BEFORE = datetime.fromisoformat("2026-11-28T05:00:00+00:00")


@pytest.fixture
def comment(cast):
    for member in (cast.ana, cast.bea, cast.fay):
        make.confirmed_address(member)
    review = make.review(member=cast.ana, film=make.film(title="Heat", year=1995))
    said = make.comment(member=cast.bea, review=review, body="Is that >!the end!< so?")
    Notification.objects.all().delete()  # each test tells its own
    return said


def tell(member: User, mailing: str, kind: str = "comment", **about) -> Notification:
    row = make.notice(member=member, kind=kind, **about)
    Notification.objects.filter(pk=row.pk).update(mailing=mailing, created_at=BEFORE)
    row.refresh_from_db()
    return row


def tell_now(member: User, **about) -> Notification:
    row = tell(member, Mailing.NOW, **about)
    Notification.objects.filter(pk=row.pk).update(created_at=timezone.now())
    return row


def sent() -> list[str]:
    return [message.subject for message in mail.outbox]


def assert_said(name: str, text: str) -> None:
    """The text is as in tests/golden/mails/<name>, ids and tokens apart."""
    file = Path(GOLDEN, "mails", name)
    text = re.sub(r"unsubscribe/[\w.-]+/", "unsubscribe/TOKEN/", text)
    text = re.sub(r"/reviews/\d+/", "/reviews/1/", re.sub(r"(\?comment=\d+)?#comment-\d+", "#comment-1", text))
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def test_one_at_once(cast, comment):
    row = tell_now(cast.ana, actor=cast.bea, comment=comment)
    mail_at_once()
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Bea comments on your review of Heat (1995)", ["ana@example.org"])
    assert_said("notice.txt", message.body)
    assert_said("notice.html", message.alternatives[0].content)
    assert "the end" not in message.body + message.alternatives[0].content
    row.refresh_from_db()
    assert row.mailed_at is not None
    mail_at_once()
    assert len(mail.outbox) == 1


def test_a_digest(cast, comment):
    for member in (cast.bea, cast.fay):
        like_review(member=member, review=comment.review)
    Notification.objects.update(mailing=Mailing.DAILY, created_at=BEFORE)
    tell(cast.ana, Mailing.DAILY, actor=cast.bea, comment=comment)
    leaving = {"film": comment.review.film, "details": {"service": "MUBI", "ends_on": "2099-12-03"}}
    tell(cast.ana, Mailing.DAILY, kind="leaving", **leaving)
    mail_digests(Mailing.DAILY, DAY)
    [message] = mail.outbox
    assert message.subject == "3 things for you on Intermission today"
    assert_said("digest.txt", message.body)
    assert_said("digest.html", message.alternatives[0].content)
    assert not Notification.objects.filter(mailed_at=None).exists()
    mail_digests(Mailing.DAILY, DAY)
    assert len(mail.outbox) == 1


def test_a_weekly_digest_holds_what_is_weekly_alone(cast, comment):
    tell(cast.ana, Mailing.WEEKLY, actor=cast.bea, comment=comment)
    daily = tell(cast.ana, Mailing.DAILY, kind="mention", actor=cast.bea, comment=comment)
    mail_digests(Mailing.WEEKLY, DAY)
    assert sent() == ["1 thing for you on Intermission this week"]
    assert list(Notification.objects.filter(mailed_at=None)) == [daily]


def test_what_comes_after_six_waits_for_the_next_digest(cast, comment):
    row = tell(cast.ana, Mailing.DAILY, actor=cast.bea, comment=comment)
    Notification.objects.update(created_at=BEFORE + timedelta(hours=2))
    mail_digests(Mailing.DAILY, DAY)
    assert sent() == []
    mail_digests(Mailing.DAILY, DAY + timedelta(days=1))
    assert len(sent()) == 1
    row.refresh_from_db()
    assert row.mailed_at is not None


def test_a_long_digest_names_forty_and_counts_the_rest(cast, comment):
    for n in range(45):
        film = make.film(title=f"Film {n}")
        tell(cast.ana, Mailing.DAILY, kind="leaving", film=film, details={"service": "MUBI", "ends_on": "2099-12-03"})
    mail_digests(Mailing.DAILY, DAY)
    [message] = mail.outbox
    assert message.body.count("leaves MUBI") == 40 and "And 5 more." in message.body
    assert not Notification.objects.filter(mailed_at=None).exists()


HEADERS = {
    "Auto-Submitted": "auto-generated",
    "Precedence": "bulk",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


def travelling(message) -> bytes:
    """As Django's SMTP backend hands it over."""
    return message.message(policy=policy.SMTP).as_bytes()


def raw() -> list:
    return [message_from_bytes(travelling(message), policy=policy.default) for message in mail.outbox]


def test_its_headers_let_mail_programs_unsubscribe_and_know_a_repeat(cast, comment):
    row = tell_now(cast.ana, actor=cast.bea, comment=comment)
    tell(cast.ana, Mailing.DAILY, kind="mention", actor=cast.bea, comment=comment)
    mail_at_once()
    mail_digests(Mailing.DAILY, DAY)
    one, digest = raw()
    host = settings.SITE_HOST
    assert one["Message-ID"] == f"<notice-{row.pk}@{host}>"
    assert digest["Message-ID"] == f"<digest-daily-2026-11-28-{cast.ana.pk}@{host}>"
    for message, stops in ((one, "comment"), (digest, "mention")):
        assert {name: message[name] for name in HEADERS} == HEADERS
        address = message["List-Unsubscribe"]
        assert re.fullmatch(rf"<{settings.SITE_URL}/accounts/notifications/unsubscribe/[\w.-]+/>", address)
        path = address.strip("<>").removeprefix(settings.SITE_URL)
        assert f"{settings.SITE_URL}{path}" in message.get_body(("plain",)).get_content()
        program = Client(enforce_csrf_checks=True)
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        later = make.notice(member=cast.ana, kind=stops, actor=cast.bea, comment=comment)
        assert later.mailing == Mailing.NEVER
    for message in mail.outbox:  # each header in one piece, as it travels
        assert b"=?utf-8?" not in travelling(message).partition(b"\r\n\r\n")[0]
        assert max(len(line) for line in travelling(message).splitlines()) < 998


def test_a_name_cannot_write_headers(cast, comment):
    User.objects.filter(pk=cast.bea.pk).update(display_name="Bea\r\nBcc: all@example.org")
    tell_now(cast.ana, actor=cast.bea, comment=comment)
    mail_at_once()
    [message] = raw()
    assert message["Bcc"] is None and message["Subject"].startswith("Bea Bcc: all@example.org comments")


def hide(cast, comment):
    return {
        "blocked": lambda: people.block(member=cast.ana, other=cast.bea),
        "blocking": lambda: people.block(member=cast.bea, other=cast.ana),
        "muted": lambda: Mute.objects.create(muter=cast.ana, muted=cast.bea),
        "suspended": lambda: User.objects.filter(pk=cast.bea.pk).update(is_active=False),
        "deleted": lambda: delete_comment(member=cast.bea, comment=comment),
        "read already": lambda: mark_all_read(member=cast.ana),
        "switched off since": lambda: choose_ways(member=cast.ana, ways={"comment": Way(True, Mailing.NEVER)}),
        "of a member who is suspended": lambda: User.objects.filter(pk=cast.ana.pk).update(is_active=False),
        "of a member without a confirmed address": lambda: EmailAddress.objects.update(verified=False),
        "of a member without an address": lambda: EmailAddress.objects.all().delete(),
    }


@pytest.mark.parametrize("mailing", [Mailing.NOW, Mailing.DAILY, Mailing.WEEKLY])
@pytest.mark.parametrize("why", hide(None, None))
def test_nothing_is_mailed_that_is(cast, comment, why, mailing):
    """…and nothing is caught up on when that ends."""
    row = tell(cast.ana, mailing, actor=cast.bea, comment=comment)
    if mailing == Mailing.NOW:
        Notification.objects.update(created_at=timezone.now())
    hide(cast, comment)[why]()

    def send() -> None:
        mail_at_once() if mailing == Mailing.NOW else mail_digests(mailing, DAY)

    send()
    assert sent() == []
    assert not Notification.objects.filter(pk=row.pk).exclude(mailing=Mailing.NEVER).exists()


def test_a_mail_goes_to_the_main_address_of_those_that_are_confirmed(cast, comment):
    EmailAddress.objects.create(user=cast.ana, email="new@example.org", verified=False, primary=False)
    tell_now(cast.ana, actor=cast.bea, comment=comment)
    mail_at_once()
    assert mail.outbox[0].to == ["ana@example.org"]


def test_a_film_that_has_left_is_not_news(cast, comment):
    film = comment.review.film
    tell(cast.ana, Mailing.DAILY, kind="leaving", film=film, details={"service": "MUBI", "ends_on": "2020-12-03"})
    mail_digests(Mailing.DAILY, DAY)
    assert sent() == []


def test_a_mail_that_could_not_leave_for_three_days_is_not_sent(cast, comment):
    tell_now(cast.ana, actor=cast.bea, comment=comment)
    Notification.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    mail_at_once()
    assert sent() == []


def test_telling_wants_a_job_for_mails_at_once_and_one_for_all(cast, comment):
    def waiting() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'reviews.mail_at_once'")
            return cursor.fetchone()[0]

    make.notice(member=cast.ana, kind="comment", actor=cast.bea, comment=comment)
    assert waiting() == 0  # it waits for the digest
    for _ in range(3):
        make.notice(member=cast.ana, kind="list_invitation", actor=cast.bea)
    assert waiting() == 1


def test_the_schedule_asks_for_each_digest_once_a_day(cast):
    for _ in range(2):
        jobs.send_daily_digests()
        jobs.send_weekly_digests()
        jobs.send_what_waits()
    today = timezone.localdate().isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'often', args->>'day' FROM procrastinate_jobs WHERE task_name ~ '^reviews.mail_' ORDER BY 1"
        )
        assert cursor.fetchall() == [("daily", today), ("weekly", today), (None, None)]


def test_a_digest_costs_as_many_queries_for_a_hundred_things_as_for_one(cast, comment):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            mail_digests(Mailing.DAILY, DAY)
        return len(captured)

    tell(cast.ana, Mailing.DAILY, actor=cast.bea, comment=comment)
    few = cost()
    for _ in range(100):
        tell(cast.ana, Mailing.DAILY, actor=cast.bea, comment=make.comment(member=cast.bea, review=comment.review))
    assert cost() == few
    assert len(mail.outbox) == 2
