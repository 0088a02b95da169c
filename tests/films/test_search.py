"""Finding films and people by words."""

import pytest

from films.finding import best_films, best_people
from films.models import AlternativeTitle, Film, Person
from films.names import normalise
from films.search import refresh_search, search_text_of
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        films = [
            make.film(title="Amélie", original_title="Le Fabuleux Destin d’Amélie Poulain", year=2001, renown=5),
            make.film(
                title="Baby Driver", year=2017, directors=["Edgar Wright"], cast=[("Ansel Elgort", "Baby")], renown=9
            ),
            make.film(title="The Driver", year=1978, directors=["Walter Hill"], renown=3),
            make.film(title="Driver’s Wanted", year=2005, renown=1),
            make.film(title="Minnie", year=2002, cast=[("Minnie Driver", "Herself")], renown=90),
            make.film(title="Spirited Away", original_title="千と千尋の神隠し", year=2001),
            make.film(title="Brat", original_title="Брат", year=1997),
            make.film(title="!!!", year=2010),
            make.film(title="O'Brien & Sons", year=1950),
        ]
        AlternativeTitle.objects.create(film=films[1], title="Бэби-водитель")
        refresh_search(Film.objects.all())
        yield films


def titles(query: str) -> list[str]:
    return [film.title for film in best_films(query)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("amelie", "Amélie"),
        ("AMÉLIE", "Amélie"),
        ("fabuleux destin", "Amélie"),
        ("baby dri", "Baby Driver"),
        ("driver baby", "Baby Driver"),
        ("baby driver 2017", "Baby Driver"),
        ("edgar wright", "Baby Driver"),
        ("elgort", "Baby Driver"),
        ("бэби", "Baby Driver"),
        ("千と千尋", "Spirited Away"),
        ("брат", "Brat"),
        ("!!!", "!!!"),
        ("obrien and sons", "O'Brien & Sons"),
        ("o'brien", "O'Brien & Sons"),
    ],
)
def test_it_finds_a_film_whatever_its_accents_case_and_order(shelf, query, title):
    assert titles(query) == [title]


def test_it_puts_the_very_title_first_then_what_begins_so_then_other_titles_and_names(shelf):
    assert titles("driver") == ["The Driver", "Driver’s Wanted", "Baby Driver", "Minnie"]


def test_it_wants_all_words_where_some_film_has_them(shelf):
    assert titles("minnie driver") == ["Minnie"]
    assert titles("baby amelie") == ["Amélie", "Baby Driver"]


@pytest.mark.parametrize(
    "query",
    ["", "   ", "\0", "'", "\\", "&|!<->()", ":*", "a" * 5000, "' ' '", "\ud800", "b & !c", "%", "_", "\u0301"],
)
def test_it_survives_anything_typed(shelf, query):
    list(best_films(query))
    list(best_people(query))


def test_it_takes_one_letter_for_a_word_first_and_two_for_a_beginning(shelf):
    make.film(title="B", year=2000)
    refresh_search(Film.objects.all())
    assert titles("b")[0] == "B"
    assert "Baby Driver" in titles("ba")


def test_it_finds_people_by_any_part_of_their_name(shelf):
    make.person(name="Édgar Ramírez")
    assert [person.name for person in best_people("edgar")] == ["Edgar Wright", "Édgar Ramírez"]
    assert [person.name for person in best_people("wright ed")] == ["Edgar Wright"]
    assert [person.name for person in best_people("EDGAR RAMIREZ")] == ["Édgar Ramírez"]


def test_it_puts_the_very_name_first_then_the_often_credited():
    once, often = make.person(name="Ann Leek"), make.person(name="Ann Leeks")
    for _n in range(3):
        make.credit(film=make.film(), person=often)
    make.credit(film=make.film(), person=once)
    assert list(best_people("ann leek")) == [once, often]
    assert list(best_people("ann")) == [often, once]


def test_it_refreshes_many_films_in_few_queries(shelf, django_assert_max_num_queries):
    Film.objects.update(search_text="", sort_title="")
    with django_assert_max_num_queries(6):
        refresh_search(list(Film.objects.all()))
    assert titles("elgort") == ["Baby Driver"]
    assert not Film.objects.filter(sort_title="").exists()


def test_it_says_what_a_film_is_found_by(shelf):
    """Titles, what those of another script sound like, and after an empty line the year and the names."""
    said = "baby driver\n" + normalise("Бэби-водитель") + "\nbebi voditel\n\n2017\nedgar wright\nansel elgort"
    assert search_text_of(shelf[1]) == said


def test_it_fetches_nothing_for_nothing(shelf, django_assert_num_queries):
    people = Person.objects.count()
    with django_assert_num_queries(0):
        assert list(best_films("")) == []
        assert list(best_people(" ")) == []
    assert Person.objects.count() == people
