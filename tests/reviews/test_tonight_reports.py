"""Reporting what a guest or an evening is called: by members at the table, to the one desk of the house."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews.actions.deciding import decide, kinds_of
from reviews.actions.gathering import NoSeat, end_evening, forget_evenings, join_as_guest
from reviews.actions.reporting import report_name
from reviews.actions.rising import show_out
from reviews.models import Case, Decision, Evening, Notification, Quotation, Seat
from tests import make, staff
from tests.api import Api
from tests.base import words_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db
RULED = {"rule": "respect", "reason": "It insults Bea."}


@pytest.fixture
def table(cast: Cast) -> Evening:
    return make.evening(host=cast.ana, members=[cast.bea, cast.fay], guests=["Gil the Grim"], name="Friday of fools")


def guest_of(table: Evening) -> Seat:
    return make.seat(table, "Gil the Grim")


def test_a_guest_is_reported_once_and_all_reports_of_it_are_one_case(cast: Cast, table: Evening):
    for member in (cast.bea, cast.bea, cast.ana):
        report_name(seat=make.seat(table, member), whose=guest_of(table), reason="abuse")
    case = Case.objects.get()
    assert case.reports.count() == 2 and (case.kind, case.quotation.words) == ("guest", "Gil the Grim")
    assert case.answerable is None and kinds_of(case.about) == ("nothing", "remove")
    page = staff.logged_in(staff.moderator()).get(staff.page_of(case))
    for sentence in ("Gil the Grim", "An evening of Ana", "It may still be there", 'value="remove"'):
        assert sentence in words_of(page)


def test_removing_a_guests_name_shows_the_guest_out(cast: Cast, table: Evening):
    case = report_name(seat=make.seat(table, cast.bea), whose=guest_of(table), reason="abuse").case
    before = table.version
    with pytest.raises(ValidationError):
        decide(moderator=cast.eli, about=case.quotation, kind="warn", **RULED)
    decide(moderator=cast.eli, about=case.quotation, kind="remove", **RULED)
    table.refresh_from_db()
    assert table.seats.filter(member=None).count() == 0 and table.version > before
    with pytest.raises(NoSeat):
        join_as_guest(name="Gil again", key=table.key, secret="Gil the Grim")
    assert Notification.objects.get(member=cast.bea).details == {"says": "closed"}
    mine = words_of(staff.logged_in(cast.bea).get("/accounts/reports/"))
    assert "The name of a guest at an evening" in mine and "It was removed." in mine and "Grim" not in mine


def test_an_evening_loses_its_name_and_its_host_answers_for_it(cast: Cast, table: Evening):
    case = report_name(seat=make.seat(table, cast.bea), whose=None, reason="hate").case
    assert case.answerable == cast.ana and case.kind == "evening"
    decide(moderator=cast.eli, about=case.quotation, kind="remove", closes=False, **RULED)
    table.refresh_from_db()
    assert table.name == "" and Decision.objects.get().excerpt == "Friday of fools"
    decide(moderator=cast.eli, about=case.quotation, kind="warn", **RULED)
    assert Notification.objects.filter(member=cast.ana).count() == 2


def test_who_may_not_report_a_name(cast: Cast, table: Evening):
    guest, other = guest_of(table), make.evening(host=cast.dora, guests=["Hal"])
    host, bea = make.seat(table, cast.ana), make.seat(table, cast.bea)
    for seat, whose in ((guest, guest), (host, None), (bea, make.seat(other, "Hal")), (bea, host)):
        with pytest.raises(PermissionDenied):
            report_name(seat=seat, whose=whose, reason="abuse")
    with pytest.raises(ValidationError):
        report_name(seat=bea, whose=guest, reason="spoilers")
    show_out(member=cast.ana, seat=make.seat(table, cast.fay))
    with pytest.raises(NoSeat):
        report_name(seat=Seat(pk=0, evening=table, member=cast.fay), whose=guest, reason="abuse")
    end_evening(member=cast.ana, evening=table)
    with pytest.raises(NoSeat):
        report_name(seat=bea, whose=guest, reason="abuse")
    assert not Quotation.objects.exists() and not Case.objects.exists()


def test_the_case_stays_when_the_evening_is_forgotten(cast: Cast, table: Evening):
    case = report_name(seat=make.seat(table, cast.bea), whose=guest_of(table), reason="abuse").case
    end_evening(member=cast.ana, evening=table)
    forget_evenings()
    case.refresh_from_db()
    assert not Evening.objects.exists() and case.closed_at is None and case.quotation.words == "Gil the Grim"
    page = staff.logged_in(staff.moderator()).get(staff.page_of(case))
    assert "It is not there any more" in words_of(page)
    with pytest.raises(ValidationError, match="not there any more"):
        decide(moderator=cast.eli, about=Quotation.objects.get(), kind="remove", **RULED)
    decide(moderator=cast.eli, about=Quotation.objects.get(), kind="nothing")


def test_members_at_the_table_have_a_link_and_a_page_for_it(cast: Cast, table: Evening):
    bea, host = staff.logged_in(cast.bea), staff.logged_in(cast.ana)
    at = f"/tonight/{table.key}/"
    links = (f"{at}seats/{guest_of(table).number}/report/", f"{at}report/")
    assert [link in words_of(bea.get(at)) for link in links] == [True, True]
    assert [link in words_of(host.get(at)) for link in links] == [True, False]
    form = bea.get(links[0])
    assert "Gil the Grim" in words_of(form) and form["Cache-Control"] == "private, no-store"
    assert bea.post(links[0], {"reason": "other"}).status_code == 422
    assert bea.post(links[0], {"reason": "abuse", "message": "Look"})["Location"] == "/accounts/reports/"
    assert staff.logged_in(cast.dora).get(links[0]).status_code == 404
    assert bea.get(f"{at}seats/1/report/").status_code == 404, "a member is reported on their own page"


def test_programs_report_names_too(cast: Cast, table: Evening):
    bea, at = Api(as_=cast.bea), f"tonight/{table.key}/"
    assert bea.post(f"{at}seats/{guest_of(table).number}/report/", {"reason": "abuse"}).status_code == 201
    assert bea.post(f"{at}report/", {"reason": "hate"}).status_code == 201
    about = [row["about"] for row in bea.get("me/reports/").json()["results"]]
    assert about == [{"kind": kind, "url": None, "deleted": False} for kind in ("evening", "guest")]
    assert Api(as_=cast.ana).post(f"{at}report/", {"reason": "hate"}).status_code == 403
    assert Api().post(f"{at}report/", {"reason": "hate"}).status_code == 401
