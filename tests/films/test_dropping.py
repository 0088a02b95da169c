"""Deleting people and terms at the admin: the films that name them lose the fact, and remember it."""

import pytest

from films.actions import revert_change
from films.actions.dropping import MOST_FILMS
from films.models import Film, FilmChange, Franchise, Genre, Job, Person
from tests import make, staff
from tests.staff import act, page_of


@pytest.fixture
def cora(db):
    return staff.curator(username="cora")


@pytest.fixture
def curator(cora):
    return staff.logged_in(cora)


def delete(client, row):
    return client.post(page_of(row).replace("/change/", "/delete/"), {"post": "yes"})


def test_films_are_not_found_by_somebody_who_was_deleted_and_remember_them(curator, cora):
    film = make.film(title="The Last Reel", directors=["Zeb Quixotely"], cast=[("Zeb Quixotely", "Himself")])
    prize = film.awards.create(award="Globe", category="Director", year=1999, outcome="won")
    person = Person.objects.get(name="Zeb Quixotely")
    prize.people.add(person)
    assert delete(curator, person).status_code == 302
    version = film.poster_version
    film.refresh_from_db()
    assert "quixotely" not in film.search_text and film.poster_version == version + 1
    changes = FilmChange.objects.filter(film=film, by=cora)
    assert {change.fact for change in changes} == {"credits.actor", "credits.director", "awards"}
    revert_change(curator=cora, change=changes.get(fact="credits.director"))
    assert film.credits.get(job=Job.DIRECTOR).person.name == "Zeb Quixotely"


def test_several_terms_are_deleted_at_once_and_films_remember_each(curator):
    film = make.film(genres=["Drama", "Crime", "Musicc"])
    wrong = Genre.objects.filter(name__in=["Crime", "Musicc"])
    act(curator, "/admin/films/genre/", "delete_selected", wrong, post="yes")
    assert [genre.name for genre in film.genres.all()] == ["Drama"]
    assert [change.after for change in FilmChange.objects.order_by("id")][-1] == ["Drama"]


def test_a_film_has_no_part_of_a_franchise_that_is_gone(curator):
    saga = Franchise.objects.create(name="Saga", slug="saga")
    film = make.film()
    Film.objects.filter(pk=film.pk).update(franchise=saga, franchise_part=2)
    assert delete(curator, saga).status_code == 302
    film.refresh_from_db()
    assert (film.franchise, film.franchise_part) == (None, None)
    assert FilmChange.objects.get(film=film).before == {"name": "Saga", "part": 2}


def test_what_stands_on_very_many_films_is_not_deleted_by_a_slip(curator):
    films = Film.objects.bulk_create(Film(slug=f"film-{n}", title=f"Film {n}") for n in range(MOST_FILMS + 1))
    genre = Genre.objects.create(name="Drama", slug="drama")
    genre.films.set(films)
    asked = curator.get(page_of(genre).replace("/change/", "/delete/")).content.decode()
    assert "This cannot be deleted yet:" in asked and "stands on more than 200 films" in asked
    assert delete(curator, genre).status_code == 200
    act(curator, "/admin/films/genre/", "delete_selected", [genre], post="yes")
    assert genre.films.count() == MOST_FILMS + 1
