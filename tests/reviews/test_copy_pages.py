"""What a member does with the place to which copies of their data are sent, on the page and by programs."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.copying import TooSoon, forget_copy_place, password_of, send_copy_now, switch_copies
from accounts.models import CopyPlace, User
from reviews.actions import carrying
from reviews.actions.carrying import send_copies
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of
from tests.reviews.webdav import at

pytestmark = pytest.mark.django_db
NAME = f"intermission-ana-{timezone.now():%Y-%m-%d}.zip"


def test_the_password_is_sealed_and_shown_nowhere(cast, cloud, own_place):
    assert cloud.password not in str(CopyPlace.objects.values().get()) and password_of(own_place) == cloud.password
    page = staff.logged_in(cast.ana).get("/accounts/data/copies/").content.decode()
    assert cloud.address in page and "app-pass-word" not in page and own_place.sealed not in page


def test_another_folder_or_name_wants_the_password_again(cast, cloud, own_place):
    at(cloud, cast.ana, password="", often="month")
    assert password_of(CopyPlace.objects.get()) == cloud.password and CopyPlace.objects.get().often == "month"
    for other in ({"address": "https://elsewhere.example.org/dav/"}, {"username": "bea"}):
        with pytest.raises(ValidationError, match="Write the password for this place"):
            at(cloud, cast.ana, password="", **other)
    assert CopyPlace.objects.get().address == cloud.address


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"address": "http://cloud.example.org/dav/"}, "begins with https://"),
        ({"address": "cloud"}, "Write the whole address of a folder"),
        ({"address": "https://[::1/"}, "Write the whole address of a folder"),
        ({"address": "https://ana:secret@cloud.example.org/"}, "They have fields of their own."),
        ({"address": "https://cloud.example.org/?a=1"}, "Leave out the question mark"),
        ({"address": "https://169.254.169.254/"}, "is not public"),
        ({"address": ""}, "Write the address of the folder."),
        ({"username": "an:a"}, "It has no colon."),
        ({"password": ""}, "Write the password for this place."),
        ({"password": "x" * 501}, "No password is so long."),
        ({"often": "hour"}, "Choose every week or every month."),
    ],
)
def test_what_cannot_be_is_told_with_what_was_written(cast, said, told):
    sent = {"address": "https://cloud.example.org/dav", "username": "ana", "password": "secret", "often": "week"}
    page = staff.logged_in(cast.ana).post("/accounts/data/copies/", sent | said)
    assert page.status_code == 422 and told in page.content.decode() and "secret&quot;" not in page.content.decode()
    assert not CopyPlace.objects.exists()


def test_a_member_sets_it_up_on_the_page_and_hears_of_it(cast, cloud):
    make.confirmed_address(member=cast.ana)
    ana = staff.logged_in(cast.ana)
    assert "/accounts/data/copies/" in ana.get("/accounts/data/").content.decode()
    sent = {"address": cloud.address.rstrip("/"), "username": "ana", "password": cloud.password, "often": "week"}
    assert ana.post("/accounts/data/copies/", sent)["Location"] == "/accounts/data/copies/"
    assert "No copy was sent yet." in ana.get("/accounts/data/copies/").content.decode()
    assert [letter.subject for letter in mail.outbox if "Copies" in letter.subject]
    send_copies()
    assert f"{NAME}, " in ana.get("/accounts/data/copies/").content.decode()
    cloud.room = 0
    CopyPlace.objects.update(tried_at=None)
    ana.post("/accounts/data/copies/sending/")
    send_copies()
    assert f"localhost:{cloud.port} said: no room left." in ana.get("/accounts/data/copies/").content.decode()
    CopyPlace.objects.update(phase="sending")
    assert "Your copy is on its way to" in ana.get("/accounts/data/copies/").content.decode()
    ana.post("/accounts/data/copies/state/", {"on": "0"})
    assert "You switched it off." in ana.get("/accounts/data/copies/").content.decode()
    ana.post("/accounts/data/copies/removal/")
    assert not CopyPlace.objects.exists() and cloud.named() == [NAME]
    assert ana.post("/accounts/data/copies/sending/").status_code == 404
    assert cost_of(ana, "/accounts/data/copies/") <= 12


def test_a_copy_can_be_asked_for_now_and_then(cast, cloud, own_place):
    send_copies()
    with pytest.raises(TooSoon):
        send_copy_now(member=cast.ana)
    CopyPlace.objects.update(tried_at=timezone.now() - timedelta(minutes=11))
    send_copy_now(member=cast.ana)
    send_copies()
    assert cloud.asked.count("MOVE") == 2
    switch_copies(member=cast.ana, on=False)
    with pytest.raises(ValidationError, match="Switch them on first"):
        send_copy_now(member=cast.ana)


def test_a_place_that_is_forgotten_while_a_copy_is_on_its_way_stays_so(cast, cloud, own_place, monkeypatch):
    taken = carrying._take()
    forget_copy_place(member=cast.ana)
    carrying._send(taken)
    assert not CopyPlace.objects.exists()


def test_programs_read_it_and_a_session_says_it(cast, cloud):
    User.objects.filter(pk=cast.ana.pk).update(date_joined=timezone.now())  # so that her log-in is a recent one
    ana = Api(as_=cast.ana)
    assert ana.get("me/export/copies/").json()["address"] == ""
    asked = {"address": "https://cloud.example.org/dav/", "username": "ana", "password": "secret", "often": "month"}
    assert ana.put("me/export/copies/", asked).status_code == 200
    CopyPlace.objects.update(sent_at=None, due_at=datetime(2027, 1, 1, tzinfo=timezone.get_current_timezone()))
    assert_golden("copies", ana.get("me/export/copies/"))
    assert ana.put("me/export/copies/", asked | {"address": "https://10.0.0.1/", "often": "day"}).json().keys() == {
        "often"
    }
    assert program(cast.ana).put("me/export/copies/", asked).status_code == 403
    assert ana.delete("me/export/copies/").status_code == ana.delete("me/export/copies/").status_code == 204
    assert not CopyPlace.objects.exists()
