"""The desk of credits, for films that have more of them than their form can carry."""

import pytest

from films.models import Credit, FilmChange
from tests import make, staff
from tests.staff import page_of


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def test_both_films_remember_a_credit_that_moves_from_one_to_the_other(curator):
    wrong = make.film(title="The Wrong One", year=1990, cast=[("Ann One", "A"), ("Bo Two", "B")])
    right = make.film(title="The Right One", year=1991)
    credit = Credit.objects.get(person__name="Ann One")
    sent = staff.form_of(curator.get(page_of(credit)), film="The Right One (1991)")
    assert curator.post(page_of(credit), sent).status_code == 302
    assert [c.person.name for c in right.credits.all()] == ["Ann One"]
    told = {change.film: [row["name"] for row in change.after] for change in FilmChange.objects.all()}
    assert told == {wrong: ["Bo Two"], right: ["Ann One"]}
    for film, found in ((wrong, False), (right, True)):
        film.refresh_from_db()
        assert ("ann one" in film.search_text) is found


def test_a_credit_is_corrected_and_deleted(curator):
    film = make.film(cast=[("Ann One", "A")])
    credit = Credit.objects.get()
    assert (
        curator.post(page_of(credit), staff.form_of(curator.get(page_of(credit)), character="Ada")).status_code == 302
    )
    assert Credit.objects.get().character == "Ada"
    curator.post(page_of(credit).replace("/change/", "/delete/"), {"post": "yes"})
    film.refresh_from_db()
    assert "ann one" not in film.search_text and FilmChange.objects.filter(film=film).count() == 2
