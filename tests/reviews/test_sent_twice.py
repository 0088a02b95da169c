"""Buttons that are pressed twice, and forms that two windows hold: one effect, and no page that says it failed."""

import pytest
from django.test import Client
from django.utils import timezone

from films.models import Suggestion
from reviews.models import CaseMessage, Decision, FilmList, Notification, Review, Viewing
from tests import make, staff
from tests.base import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(cast):
    return staff.logged_in(cast.ana)


def press_twice(client: Client, page: str, sent: dict[str, str]) -> str:
    """Where the second press leads."""
    places = [client.post(page, sent) for _press in range(2)]
    assert [place.status_code for place in places] == [302, 302]
    return places[1]["Location"]


def test_an_edit_is_made_once(cast, ana):
    review = make.review(member=cast.ana, body="As it was.", stars=4)
    sent = {"body": "As it is.", "stars": "4", "visibility": "public", "tags": "rain, cars", "version": "1"}
    assert press_twice(ana, f"/reviews/{review.pk}/edit/", sent) == review.get_absolute_url()
    review.refresh_from_db()
    assert (review.body, review.version) == ("As it is.", 2)
    assert ana.post(f"/reviews/{review.pk}/edit/", sent | {"tags": "rain"}).status_code == 409
    film_list = make.film_list(member=cast.ana, title="Before")
    named = {"title": "After", "description": "Cars.", "visibility": "public", "tags": "night", "version": "1"}
    assert press_twice(ana, f"/lists/{film_list.pk}/edit/", named) == film_list.get_absolute_url()
    film_list.refresh_from_db()
    assert (film_list.title, film_list.version) == ("After", 2)
    assert ana.post(f"/lists/{film_list.pk}/edit/", named | {"is_ranked": "on"}).status_code == 409


def test_a_list_that_begins_with_a_film_is_made_once(cast, ana):
    film = make.film()
    sent = {"title": "To begin with", "visibility": "public"}
    place = press_twice(ana, f"/lists/new/?film={film.slug}", sent)
    [made] = FilmList.objects.all()
    assert place == f"/lists/{made.pk}/films/"
    assert [entry.film for entry in made.entries.all()] == [film]
    press_twice(ana, "/lists/new/", sent)  # that without a film is another
    assert FilmList.objects.count() == 2


def test_an_evening_is_logged_once(cast, ana):
    film, today = make.film(), timezone.localdate().isoformat()
    sent = {"watched_on": today, "stars": "4", "visibility": "public", "place": "The Rio"}
    press_twice(ana, f"/films/{film.slug}/log/", sent)
    assert Viewing.objects.count() == 1
    ana.post(f"/films/{film.slug}/log/", sent | {"rewatch": "on"})  # the late show
    assert Viewing.objects.count() == 2


def test_what_is_deleted_already_is_no_error(cast, ana):
    film = make.film()
    review = make.review(member=cast.ana, film=film)
    assert press_twice(ana, f"/reviews/{review.pk}/deletion/", {}) == film.get_absolute_url()
    comment = make.comment(member=cast.ana, review=make.review(member=cast.bea, film=film))
    back = f"{comment.review.get_absolute_url()}#comments"
    assert press_twice(ana, f"/comments/{comment.pk}/deletion/", {}) == back
    viewing = make.viewing(member=cast.ana, film=film)
    assert press_twice(ana, f"/diary/{viewing.pk}/deletion/", {}) == "/members/ana/diary/"
    film_list = make.film_list(member=cast.ana, films=[film])
    entry = film_list.entries.get()
    page = f"/lists/{film_list.pk}/films/"
    assert press_twice(ana, f"{page}{entry.pk}/", {"do": "remove"}).startswith(page)
    for words in ({"do": "invite", "username": " @bea "}, {"do": "refuse"}, {"do": "invite", "username": "bea"},
                  {"do": "accept"}, {"do": "leave"}):  # fmt: skip
        who = ana if words["do"] == "invite" else staff.logged_in(cast.bea)
        press_twice(who, f"/lists/{film_list.pk}/collaborators/", words)
    assert not film_list.collaborators.exists()
    assert press_twice(ana, f"/lists/{film_list.pk}/deletion/", {}) == "/members/ana/lists/"
    other = make.review(member=cast.bea, film=film)
    assert ana.post(f"/reviews/{other.pk}/deletion/").status_code == 404
    assert Review.objects.filter(pk=other.pk).exists()


def test_a_case_is_decided_once(cast):
    eli = staff.logged_in(staff.moderator())
    review = make.review(member=cast.ana)
    case = make.report(member=cast.fay, text=review).case
    desk = staff.page_of(case)
    line = {"do": "write", "to": "moderators", "body": "Look at the dates."}
    press_twice(eli, desk, line)
    assert CaseMessage.objects.count() == 1
    warn = {"kind": "warn", "rule": "respect", "reason": "Be kind.", "closes": "on"}
    press_twice(eli, desk, warn)
    assert Decision.objects.count() == Notification.objects.filter(member=cast.ana, kind="case").count() == 1
    other = staff.logged_in(staff.moderator())
    late = other.post(desk, warn | {"kind": "limit", "lasts": "7"}, follow=True)
    assert "This case is closed already" in words_of(late) and Decision.objects.count() == 1
    film_case = make.report(member=cast.fay, text=make.film()).case
    press_twice(eli, staff.page_of(film_case), {"do": "hand_over", "note": "The year is wrong."})
    assert Suggestion.objects.count() == 1
