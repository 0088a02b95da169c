"""Copies of a member's data, sent by themselves to a folder of their own, on a real server."""

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.copying import switch_copies
from accounts.models import CopyPlace, User
from accounts.outside.webdav import Folder
from config.jobs import OUTSIDE
from reviews.actions import carrying
from reviews.actions.carrying import next_after, send_copies, take_up_copies
from reviews.actions.departing import delete_account
from reviews.copies import how_it_went
from reviews.jobs import mail_at_once
from reviews.models import Notification
from tests import make, staff
from tests.api import program
from tests.reviews.webdav import Cloud, at

pytestmark = pytest.mark.django_db
DAY = f"{timezone.now():%Y-%m-%d}"
NAME = f"intermission-ana-{DAY}.zip"


def later(place: CopyPlace) -> CopyPlace:
    """As it is once what was due is sent, and due again."""
    send_copies()
    CopyPlace.objects.update(due_at=timezone.now())
    place.refresh_from_db()
    return place


def test_a_copy_arrives_whole_and_the_next_is_due_in_a_week(cast, cloud, own_place):
    make.review(member=cast.ana, film=make.film(title="Heat"), body="The coffee scene.")
    before = timezone.now()
    send_copies()
    assert cloud.named() == [NAME] and cloud.asked == ["PROPFIND", "PUT", "MOVE"]
    with zipfile.ZipFile(io.BytesIO(cloud.files[NAME])) as archive:
        assert json.loads(archive.read("json/reviews.json"))[0]["body"] == "The coffee scene."
    own_place.refresh_from_db()
    assert (own_place.file, own_place.size, own_place.trouble, own_place.phase) == (
        NAME,
        len(cloud.files[NAME]),
        "",
        "",
    )
    assert own_place.due_at >= before + timedelta(days=7) and own_place.failing_since is None
    send_copies()
    assert cloud.asked.count("PUT") == 1, "nothing is due"


def test_what_was_sent_before_is_left_alone(cloud, own_place):
    cloud.files["intermission-ana-2020-01-01.zip"] = b"old"
    send_copies()
    assert cloud.files["intermission-ana-2020-01-01.zip"] == b"old" and len(cloud.files) == 2


def test_a_server_that_cannot_move_gets_the_file_under_its_own_name(cloud, own_place):
    cloud.can_move = False
    send_copies()
    assert cloud.named() == [NAME] and cloud.asked == ["PROPFIND", "PUT", "MOVE", "PUT", "DELETE"]
    assert not CopyPlace.objects.get().trouble


def trouble(cloud: Cloud, monkeypatch):
    return {
        "full": (lambda: setattr(cloud, "room", 10), "localhost:{} said: no room left."),
        "login": (
            lambda: setattr(cloud, "password", "another"),
            "localhost:{} did not take the name and the password.",
        ),
        "missing": (
            lambda: cloud.answers.update(PROPFIND=404),
            "localhost:{} has no such folder. Make it there first.",
        ),
        "forbidden": (lambda: cloud.answers.update(PUT=403), "localhost:{} lets nothing be written there."),
        "large": (lambda: cloud.answers.update(PUT=413), "localhost:{} takes no file as large as your copy."),
        "missing now": (lambda: cloud.answers.update(PROPFIND=410), "localhost:{} has no such folder."),
        "no_webdav": (lambda: cloud.answers.update(PROPFIND=405), "localhost:{} speaks no WebDAV at that address."),
        "no_webdav too": (lambda: cloud.answers.update(PROPFIND=501), "localhost:{} speaks no WebDAV at that address."),
        "locked": (lambda: cloud.answers.update(PUT=423), "localhost:{} has that file or folder locked just now."),
        "locked too": (lambda: cloud.answers.update(MOVE=423), "localhost:{} has that file or folder locked just now."),
        "busy": (lambda: cloud.answers.update(PROPFIND=429), "localhost:{} wants to be asked less often."),
        "status": (lambda: cloud.answers.update(PUT=500), "localhost:{} answered with an error (500)."),
        "redirect": (lambda: cloud.answers.update(PROPFIND=302), "localhost:{} sent us elsewhere"),
        "tls": (lambda: monkeypatch.delenv("SSL_CERT_FILE"), "The certificate of localhost:{} could not be trusted."),
        "ours": (lambda: monkeypatch.setattr(carrying, "MOST_BYTES", 10), "Your copy is larger than what is sent"),
    }


@pytest.mark.parametrize("what", trouble(Cloud(), None))
def test_what_goes_wrong_is_told_in_words_and_leaves_nothing_half(cloud, own_place, monkeypatch, what):
    act, words = trouble(cloud, monkeypatch)[what]
    act()
    send_copies()
    own_place.refresh_from_db()
    assert own_place.trouble == what.split()[0] and cloud.files == {}
    assert words.format(cloud.port) in how_it_went(own_place)
    assert how_it_went(own_place) in staff.logged_in(own_place.member).get("/accounts/data/copies/").text
    assert own_place.is_on and own_place.failing_since and timedelta(hours=5) < own_place.due_at - timezone.now()


def test_a_name_that_leads_inside_is_not_sent_to(cloud, own_place, settings):
    settings.WEBHOOKS_PRIVATE = False
    send_copies()
    assert CopyPlace.objects.get().trouble == "address" and cloud.asked == []


def test_a_large_file_that_is_refused_at_once_is_told_as_such(cloud):
    cloud.room = 1000
    answer = Folder(cloud.address, "ana", cloud.password).put("a.zip", io.BytesIO(bytes(30_000_000)), 30_000_000)
    assert answer.trouble in {"full", "unreachable"} and cloud.files == {}


def test_after_a_week_of_failures_it_is_switched_off_and_its_member_told(cast, cloud, own_place):
    make.confirmed_address(member=cast.ana)
    cloud.answers["PUT"] = 500
    assert later(own_place).is_on
    CopyPlace.objects.update(failing_since=timezone.now() - timedelta(days=8))
    later(own_place)
    assert (own_place.is_on, own_place.off_because) == (False, "failing")
    [told] = Notification.objects.visible_to(cast.ana)
    words = f"No copies of your data are sent to localhost:{cloud.port} any more. For a week no copy arrived there."
    mail_at_once()
    ana = staff.logged_in(cast.ana)
    assert words in ana.get("/accounts/notifications/").text
    assert ana.post(f"/accounts/notifications/{told.pk}/")["Location"] == "/accounts/data/copies/"
    [letter] = mail.outbox
    assert words in letter.body and "/accounts/data/copies/" in letter.body
    assert program(cast.ana).get("me/notifications/").json()["results"][0]["kind"] == "stopped"
    tried = cloud.asked.count("PUT")
    send_copies()
    assert cloud.asked.count("PUT") == tried
    switch_copies(member=cast.ana, on=True)
    cloud.answers.clear()
    assert later(own_place).is_on and own_place.failing_since is None and cloud.named() == [NAME]


def test_one_that_arrives_ends_the_failures(cloud, own_place):
    cloud.answers["PUT"] = 500
    assert later(own_place).failing_since
    cloud.answers.clear()
    assert later(own_place).failing_since is None and how_it_went(own_place) == ""


def waiting(task: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [task])
        return int(cursor.fetchone()[0])


def test_one_job_in_the_queue_for_others_machines_sees_to_all(cast, cloud, own_place):
    at(cloud, cast.bea)
    take_up_copies()
    assert waiting("reviews.send_copies") == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT queue_name FROM procrastinate_jobs WHERE task_name = 'reviews.send_copies'")
        assert cursor.fetchall() == [(OUTSIDE,)]
    send_copies()
    assert cloud.named() == [NAME, NAME.replace("ana", "bea")]


def test_nothing_is_sent_for_who_is_suspended_or_gone(cast, cloud, own_place):
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    send_copies()
    assert cloud.asked == []
    User.objects.filter(pk=cast.ana.pk).update(is_active=True)
    delete_account(member=cast.ana)
    assert not CopyPlace.objects.exists()


def test_another_password_here_ends_it(cast, own_place):
    get_adapter().set_password(cast.ana, "a-longer-balcony-seat")
    own_place.refresh_from_db()
    assert own_place.off_because == "password"


def test_another_key_of_the_site_ends_it(cloud, own_place, settings):
    settings.SECRET_KEY = "another" * 8
    send_copies()
    own_place.refresh_from_db()
    assert own_place.off_because == "secret" and cloud.asked == []


def test_who_looks_after_the_house_can_end_it(own_place):
    boss = staff.logged_in(make.member(is_staff=True, is_superuser=True))
    page = boss.get("/admin/accounts/copyplace/").content.decode()
    assert "localhost" in page and "/dav/films" not in page
    staff.act(boss, "/admin/accounts/copyplace/", "switch_off", [own_place])
    own_place.refresh_from_db()
    assert own_place.off_because == "house"


@pytest.mark.parametrize(
    ("now", "often", "then"),
    [
        ((2027, 1, 31), "month", (2027, 2, 28)),
        ((2027, 12, 5), "month", (2028, 1, 5)),
        ((2027, 12, 30), "week", (2028, 1, 6)),
    ],
)
def test_the_next_one_is_due(now, often, then):
    assert next_after(datetime(*now, 4, 10), often) == datetime(*then, 4, 10)
