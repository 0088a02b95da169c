"""Screenings at the admin: announcing and calling off, and the list for the door."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reviews.models import Notification, Screening
from tests import make, staff
from tests.staff import act, form_of, page_of, rows

pytestmark = pytest.mark.django_db
DESK = "/admin/reviews/screening/"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def desk(settings):
    settings.HOUSE_TIME_ZONE = BERLIN
    return staff.logged_in(staff.curator())


@pytest.fixture
def said():
    make.film(title="Heat", year=1995, runtime_minutes=170)
    return {
        "starts_at": "2036-07-04T20:00", "place": "The Ritz", "audience": "everybody", "seats": "12",
        "access": ["captions"], "words": "*Quiet*, please.", "published_at": "2026-01-01T10:00",
    }  # fmt: skip


def test_a_screening_is_announced_by_the_clock_of_the_house(desk, said):
    programme = rows("programme", {"film": "Heat (1995)", "format": "70mm", "cut": "restored"})
    assert desk.post(f"{DESK}add/", said | programme).status_code == 302
    made = Screening.objects.get()
    assert made.starts_at == datetime(2036, 7, 4, 20, tzinfo=BERLIN)
    assert made.ends_at - made.starts_at == timedelta(minutes=170)
    assert (made.seats, made.access, made.made_by is not None) == (12, ["captions"], True)
    assert made.shown[0].version == ["70 mm", "Restoration"]
    form = form_of(desk.get(page_of(made)))
    assert form["starts_at"] == "2036-07-04T20:00"
    assert desk.post(page_of(made), form).status_code == 302
    made.refresh_from_db()
    assert made.starts_at == datetime(2036, 7, 4, 20, tzinfo=BERLIN)
    for page in (DESK, page_of(made), f"{DESK}{made.pk}/door/"):
        assert "All times are by the clock of the house: " in desk.get(page).text, page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answers_until": "2036-07-04T21:00"}, "Nobody can say so once it has begun."),
        ({"place": " \u200b "}, "Nothing of this can be seen"),
        ({"seats": "0"}, "greater than or equal to 1"),
    ],
)
def test_wrong_facts_get_a_sentence_and_their_text_back(desk, said, wrong, sentence):
    answer = desk.post(f"{DESK}add/", said | rows("programme", {"film": "Heat (1995)"}) | wrong)
    assert answer.status_code == 200 and sentence in answer.text and "*Quiet*, please." in answer.text
    assert not Screening.objects.exists()


def test_it_needs_a_film(desk, said):
    answer = desk.post(f"{DESK}add/", said | rows("programme", {"film": ""}))
    assert "Choose at least one film." in answer.text and not Screening.objects.exists()


def test_what_people_come_to_is_neither_a_draft_again_nor_smaller_nor_deleted(desk):
    made = make.screening(seats=5)
    make.coming(screening=made, member=make.member(), guests=2)
    form = form_of(desk.get(page_of(made)))
    assert "stays announced" in desk.post(page_of(made), form | {"published_at": ""}).text
    assert "3 seats are given away." in desk.post(page_of(made), form | {"seats": "2"}).text
    assert desk.get(f"{DESK}{made.pk}/delete/").status_code == 403
    act(desk, DESK, "delete_selected", [made], post="yes")
    assert Screening.objects.get().published_at is not None


def test_it_is_called_off_with_a_sentence(desk):
    made = make.screening()
    member = make.coming(screening=made, member=make.member()).member
    assert "Why" in act(desk, DESK, "call_off", [made]).text
    answer = act(desk, DESK, "call_off", [made], reason="The projector is broken.")
    assert "Called off. (1)" in answer.text
    made.refresh_from_db()
    assert made.called_off_because == "The projector is broken."
    assert Notification.objects.get(member=member).kind == "screening_change"
    over = make.let_it_pass(make.screening())
    assert "It is over, and took place." in act(desk, DESK, "call_off", [over], reason="Rain.").text


def test_a_draft_is_announced_at_once(desk):
    draft = make.screening(published_at=None)
    assert "Announced. (1)" in act(desk, DESK, "announce", [draft]).text
    draft.refresh_from_db()
    assert draft.is_announced and draft.published_at <= timezone.now()


def test_the_list_says_how_each_stands(desk):
    make.screening(published_at=None, title="A draft of mine")
    make.let_it_pass(make.screening(title="Long ago"))
    for state, there, not_there in (("draft", "A draft of mine", "Long ago"), ("over", "Long ago", "A draft of mine")):
        said = desk.get(f"{DESK}?state={state}").text
        assert there in said and not_there not in said


def test_the_door_has_names_and_guests(desk):
    made = make.screening(seats=4)
    make.coming(screening=made, member=make.member(username="zoe", display_name="Zoë"), guests=2)
    make.coming(screening=made, member=make.member(username="abe", display_name="=1+1"))
    make.coming(screening=made, member=make.member(username="late", display_name="Late"))
    said = desk.get(f"{DESK}{made.pk}/door/").text
    assert said.index("=1+1") < said.index("Zoë") < said.index("Late") and "4 people / 4 seats" in said
    answer = desk.get(f"{DESK}{made.pk}/door.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert lines == ["Name,Username,Guests,People,Waits", "'=1+1,abe,0,1,", "Zoë,zoe,2,3,", "Late,late,0,1,yes"]


def test_the_door_is_for_the_staff(client):
    made = make.screening()
    client.force_login(make.member())
    assert client.get(f"{DESK}{made.pk}/door/").status_code in {302, 403}
    assert staff.logged_in(staff.moderator()).get(f"{DESK}{made.pk}/door.csv").status_code == 403
