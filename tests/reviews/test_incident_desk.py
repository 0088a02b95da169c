"""The moderators' desk: a dry run first, then an incident, and its end."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reviews.models import Incident, Mark
from tests import make, staff

pytestmark = pytest.mark.django_db
DRY_RUN = reverse("admin:reviews_incident_dry_run")


@pytest.fixture
def desk():
    return staff.logged_in(staff.moderator(username="eli"))


@pytest.fixture
def film():
    film = make.film(title="Baby Driver", year=2017)
    for stars in (4, 4.5, 0.5):
        make.mark(member=make.member(), film=film, stars=stars)
    film.refresh_from_db()
    return film


def asked(film):
    since = timezone.localtime() - timedelta(hours=1)
    return {"film": film.slug, "since": f"{since:%Y-%m-%dT%H:%M}", "end": "low", "words": "A call elsewhere."}


def test_a_dry_run_shows_and_changes_nothing(desk, film):
    page = desk.get(DRY_RUN, asked(film)).text
    assert "3.00 of 3" in page and "Hold these ratings" in page and "It raises no alarm by itself" in page
    assert not Incident.objects.exists() and not Mark.objects.exclude(incident=None).exists()
    assert desk.get(DRY_RUN, asked(film) | {"film": "nothing-1900"}).status_code == 422
    assert desk.get(DRY_RUN, asked(film) | {"since": "2999-01-01T00:00"}).status_code == 422


def test_it_is_opened_then_confirmed_with_words_for_everybody(desk, film, client):
    desk.post(DRY_RUN, asked(film))
    incident = Incident.objects.get()
    assert Mark.objects.filter(incident=incident).count() == 3
    page = client.get(f"/films/{film.slug}/score/").text
    assert "Ratings are held" in page and "A call elsewhere." in page
    assert "new ratings of this film are held" in client.get(f"/films/{film.slug}/").text
    row = desk.get(staff.page_of(incident)).text
    assert "If lifted: 3.00 of 3" in row and "If confirmed: 4.25 of 2" in row
    act = {"action": "confirm", "_selected_action": [incident.pk]}
    place = reverse("admin:reviews_incident_changelist")
    question = desk.post(place, act).text
    assert "4.25 of 2" in question, "the dry run of the end"
    told = desk.post(place, act | {"_answered": "1", "words": "It came from one forum."}, follow=True).text
    assert f"{film}: Confirmed" in told
    incident.refresh_from_db()
    film.refresh_from_db()
    assert incident.ending == "confirmed" and (film.rating_count, film.rating_sum) == (2, 17)
    page = client.get(f"/films/{film.slug}/score/").text
    assert "It came from one forum." in page and "An incident holds it: 1 rating" in page


def test_what_members_show_to_nobody_has_no_name_there(desk, film):
    names = dict(film.marks.values_list("half_stars", "member__username"))
    film.marks.filter(half_stars=1).update(visibility="private")
    User.objects.filter(username=names[8]).update(is_private=True)
    page = desk.get(DRY_RUN, asked(film)).text
    assert names[9] in page and names[1] not in page and names[8] not in page
    assert page.count("Somebody who does not show it to everybody") == 2 and "½ star ·" not in page


def test_curators_and_members_stay_outside(film):
    for who in (staff.curator(username="cora"), make.member()):
        answer = staff.logged_in(who).get(DRY_RUN)
        assert answer.status_code in {302, 403}
    assert "Hold these ratings" not in staff.logged_in(staff.moderator()).get(DRY_RUN).text
