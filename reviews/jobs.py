"""What happens later: mails, and what is told every night. `schedule…` are lines of config/jobs.py."""

import subprocess
import sys
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.federation import following as elsewhere
from accounts.federation import sending
from accounts.webhooks import delivering
from config.jobs import enqueue, job, job_outside
from reviews.actions import (
    carrying,
    charting,
    coming_out,
    departing,
    erasing,
    exporting,
    hearing,
    informing,
    leaving,
    mailing,
    opening_data,
    playings,
    popularity,
    pushing,
    quoting,
    reading_import,
    reminding,
    seating,
    setting_aside,
    stopping,
    taking_in,
    undoing_import,
    waiting_rows,
)
from reviews.api.webhooks import shown
from reviews.federation import arrivals, telling
from reviews.models import Decision, Mailing
from reviews.score_counts import count_again

LONGEST = 2 * 3600  # seconds that learning, or writing the open data, may take before it is given up for this night


@job
def mail_at_once() -> None:
    mailing.mail_at_once()


@job_outside
def ring_devices() -> None:
    pushing.ring_what_waits()


@job
def mail_digests(often: str, day: str) -> None:
    """`day` as 2026-11-28: a job that is taken up after midnight still sends the mails of its day."""
    mailing.mail_digests(often, date.fromisoformat(day))


@transaction.atomic
def send_what_waits() -> None:
    """For mails whose job was given up, because the mail server was away for longer; and for devices likewise."""
    enqueue("reviews.mail_at_once", once="mail_at_once")
    enqueue("reviews.ring_devices", once="ring_devices")


def send_daily_digests() -> None:
    _send_digests(Mailing.DAILY)


def send_weekly_digests() -> None:
    _send_digests(Mailing.WEEKLY)


@transaction.atomic
def _send_digests(often: Mailing) -> None:
    day = timezone.localdate().isoformat()
    enqueue("reviews.mail_digests", once=f"mail_digests:{often}:{day}", often=often.value, day=day)


def tell_of_leaving() -> None:
    leaving.tell_of_leaving()


def tell_of_releases() -> None:
    coming_out.tell_of_releases()


def tell_of_screenings() -> None:
    """What the house shows within a day, and showed yesterday; and seats that became free by themselves."""
    seating.fill_free_seats()
    reminding.remind_of_screenings()
    reminding.ask_after_screenings()


@job
def learn_tastes() -> None:
    _run("learn_tastes")


def _run(command: str) -> None:
    """In a program of its own, whose memory goes with it, and which lets pages go first."""
    program = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), command, "--verbosity=0"]
    subprocess.run(program, check=True, timeout=LONGEST)


def count_scores() -> None:
    count_again()


def forget_old_notices() -> None:
    hearing.forget_old()
    pushing.forget_silent_devices()


def forget_quotations() -> None:
    quoting.forget_quotations()


@job
def mail_suspension(decision: int) -> None:
    """Tell somebody who cannot come in any more why, and how to appeal."""
    found = Decision.objects.select_related("member").filter(pk=decision).first()
    if found is not None:
        informing.mail_suspension(found)


@job
def set_aside(member: int) -> None:
    """What a suspended member made, out of the tallies; or that of a reinstated one, back."""
    setting_aside.set_aside(member)


def take_up_settings_aside() -> None:
    setting_aside.take_up()


@job
def make_export(export: int) -> None:
    """Everything of a member into one archive."""
    exporting.make_export(export)


@job
def forget_exports() -> None:
    """Delete the archives that were kept long enough, and files that no row names."""
    exporting.forget_exports()


@job
def make_open_data() -> None:
    """Tonight's, where the house hands it out. What was kept long enough, or is not to be had any more, goes first."""
    opening_data.forget_editions()
    if settings.OPEN_DATA:
        _run("make_open_data")


@job
def erase_account(departure: int) -> None:
    """Everything of an account that its member has left."""
    erasing.erase_account(departure)


def take_up_departures() -> None:
    departing.take_up_departures()


@job
def count_popularity() -> None:
    popularity.count_popularity()


@job
def draw_charts() -> None:
    charting.draw_charts()


@job
def read_import(number: int) -> None:
    reading_import.read_import(number)


@job
def take_import_in(number: int) -> None:
    taking_in.take_import_in(number)


@job
def undo_import(number: int) -> None:
    undoing_import.undo_import(number)


@job
def match_waiting_rows() -> None:
    """Take in what members brought about films that the catalogue has by now."""
    waiting_rows.match_waiting_rows()


@job_outside
def send_to_webhook(number: int) -> None:
    """Tell a member's program what happened, as the API shows it to that member."""
    delivering.send_what_waits(number, shown, stopping.tell_that_webhook_stopped)


@job_outside
def send_copies() -> None:
    """Copies of members' data to places of their own, as many as are due."""
    carrying.send_copies()


@job
def match_waiting_playings() -> None:
    """Write what players said of films that the catalogue has by now, or that found too many lines of their day."""
    playings.match_waiting()


@job
def tell_elsewhere(actor: int) -> None:
    """Write the messages about what a member shows everybody, for those who follow from other servers."""
    telling.tell_what_is_due(actor)


@job_outside
def take_in_arrival(number: int) -> None:
    """Look whether what another server sent is true, and do what follows from it."""
    arrivals.take_in(number)


def take_up_elsewhere() -> None:
    """What other servers are to be told, what they sent, and what was not sent yet."""
    if settings.FEDERATION:
        telling.take_up()
        arrivals.take_up_arrivals()
        elsewhere.take_up()
        sending.take_up()


def sweep_elsewhere() -> None:
    """Forget what was sent to other servers, and what they sent, a week ago."""
    sending.sweep_messages()
    arrivals.sweep_arrivals()
