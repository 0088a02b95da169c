"""On an evening what somebody at the table owns counts as on a service that they have, if they bring it."""

import pytest
from django.db import IntegrityError, transaction

from reviews.actions.choosing import close_round, have_services
from reviews.actions.owning import add_copy, change_copy
from reviews.models import Evening, Seat
from tests import make, staff
from tests.api import program
from tests.reviews.evenings import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast):
    return make.evening(host=cast.ana, members=[cast.bea])


def test_what_is_on_a_shelf_that_is_brought_counts(cast, evening):
    owned, streamed, seen, other = (make.film(title=title) for title in ("Owned", "Streamed", "Seen", "Other"))
    netflix = make.availability(film=streamed).service
    copy = add_copy(member=cast.ana, film=owned, kind="dvd")
    add_copy(member=cast.ana, film=seen, kind="dvd")
    make.mark(member=cast.bea, film=seen, watched=True)
    ana, bea = make.seat(evening, cast.ana), make.seat(evening, cast.bea)
    assert set(found(evening)) == {"Owned", "Streamed", "Other"}, "nobody said what they have"
    have_services(seat=bea, services=[netflix])
    assert set(found(evening)) == {"Streamed"}, "what somebody owns is not said by itself"
    have_services(seat=ana, services=[], shelf=True)
    assert set(found(evening)) == {"Owned", "Streamed"}
    have_services(seat=ana, services=[])
    assert set(found(evening)) == {"Owned", "Streamed"}, "who does not say leaves it as it was"
    have_services(seat=bea, services=[])
    assert set(found(evening)) == {"Owned"}
    change_copy(member=cast.ana, copy=copy, lent_to="Tom")
    assert set(found(evening)) == set(), "what is lent is not at hand"
    have_services(seat=ana, services=[], shelf=False)
    assert other.title in found(evening)


def test_films_that_hardly_anybody_knows_come_from_the_shelf(cast, evening, monkeypatch):
    monkeypatch.setattr("reviews.candidates.BEST_KNOWN", 0)
    add_copy(member=cast.ana, film=make.film(title="Home Movie"), kind="print")
    assert set(found(evening)) == set()
    have_services(seat=make.seat(evening, cast.ana), services=[], shelf=True)
    assert set(found(evening)) == {"Home Movie"}


def test_the_host_says_so_when_they_start_it_on_the_page_and_by_the_api(cast):
    add_copy(member=cast.ana, film=make.film(title="Owned"), kind="dvd")
    make.film(title="Other")
    ana = staff.logged_in(cast.ana)
    assert 'name="shelf"' in ana.get("/tonight/").text
    wrong = ana.post("/tonight/", {"shelf": "on", "most_minutes": "long"})
    assert wrong.status_code == 422 and 'id="id_shelf" checked' in wrong.text
    ana.post("/tonight/", {"shelf": "on"})
    program(cast.ana).post("tonight/", {"shelf": True})
    ana.post("/tonight/", {})
    first, second, third = Evening.objects.order_by("pk")
    assert set(found(first)) == set(found(second)) == {"Owned"} and set(found(third)) == {"Owned", "Other"}


def test_the_shortlist_and_the_draw_say_that_somebody_has_it_and_never_who(cast, evening):
    owned, streamed = make.film(title="Owned"), make.film(title="Streamed")
    copy = add_copy(member=cast.ana, film=owned, kind="dvd", details="behind the sofa")
    add_copy(member=cast.bea, film=streamed, kind="dvd")
    make.mark(member=cast.bea, film=owned, in_watchlist=True)
    ana, bea = make.seat(evening, cast.ana), make.seat(evening, cast.bea)
    have_services(seat=bea, services=[make.availability(film=streamed).service])
    have_services(seat=ana, services=[], shelf=True)
    close_round(seat=ana)
    told = {
        one["film"]["slug"]: one["on_shelf"]
        for one in program(cast.bea).get(f"tonight/{evening.key}/").json()["shortlist"]
    }
    assert told == {owned.slug: True, streamed.slug: False}, "what Bea owns she did not bring"
    page = staff.logged_in(cast.bea).get(f"/tonight/{evening.key}/").text
    assert page.count("somebody here has it") == 1 and "behind the sofa" not in page and "well known" in page
    change_copy(member=cast.ana, copy=copy, lent_to="Tom")
    assert "somebody here has it" not in staff.logged_in(cast.bea).get(f"/tonight/{evening.key}/").text
    change_copy(member=cast.ana, copy=copy, lent_to="")
    close_round(seat=ana)
    assert "somebody here has it" in staff.logged_in(cast.bea).get(f"/tonight/{evening.key}/").text


def test_one_says_so_at_the_table_and_guests_cannot(cast, evening):
    ana, path = staff.logged_in(cast.ana), f"/tonight/{evening.key}/"
    assert "Your shelf" in ana.get(path).text and "Nobody has said so yet" in ana.get(path).text
    ana.post(f"{path}services/", {"shelf": "1"})
    page = ana.get(path).text
    assert "Only films count that are on the shelf of one of you." in page and 'id="brings-shelf" checked' in page
    api = program(cast.bea)
    assert api.get(f"tonight/{evening.key}/").json()["shelf"] is True
    assert api.put(f"tonight/{evening.key}/services/", {"services": []}).json()["shelf"] is True
    ana.post(f"{path}services/", {})
    assert api.put(f"tonight/{evening.key}/services/", {"services": [], "shelf": True}).json()["shelf"] is True
    assert list(Seat.objects.order_by("number").values_list("brings_shelf", flat=True)) == [False, True]
    guest = Seat.objects.create(evening=evening, number=3, guest_name="Gil", secret_digest="x")
    have_services(seat=guest, services=[], shelf=True)
    guest.refresh_from_db()
    assert not guest.brings_shelf
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=guest.pk).update(brings_shelf=True)
