"""Titles in other wordings than their own: numbers, short words, series that people count, what they type around it."""

import pytest

from films.actions.spelling import learn_words
from films.finding import Typed, best_films, best_people
from films.models import Film, Person
from films.names import normalise
from films.search import refresh_search
from films.wordings import joined_numbers, lettered, numbered, series, shortest
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db

TITLES = [
    "21 Grams", "42", "300", "Catch-22", "50/50", "Twenty-One", "101 Dalmatians", "Friday the 13th", "9½ Weeks",
    "The Sixth Sense", "Miracle on 34th Street", "Rocky", "Rocky II", "Rocky III", "The Matrix", "The Matrix Reloaded",
    "The Terminator", "Terminator 2: Judgment Day", "Exterminator 2", "Rogue", "Rogue One: A Star Wars Story",
    "Avengers: Age of Ultron", "The Toxic Avenger Part II", "Doctor Strange", "Dr. Strangelove", "Mr. & Mrs. Smith",
    "X-Men", "X-Men: First Class", "Alien", "American Psycho", "Kramer vs. Kramer",
    "Harry Potter and the Sorcerer's Stone", "Harry Potter and the Chamber of Secrets",
    "Harry Potter and the Prisoner of Azkaban", "Harry Potter and the Goblet of Fire", "Harry Potter 4½",
    "Harry Potter and the Order of the Phoenix", "Harry Potter and the Half-Blood Prince", "Back to the Future",
    "Back to the Future Part II", "Back to the Future Part III", "The Deer Hunter", "Donnie Darko", "Dark Waters",
    "Æon Flux", "Avengers: Endgame", "Spider-Man: Into the Spider-Verse", "The Grand Budapest Hotel", "Citizen Kane",
    "The Shawshank Redemption", "Freddy vs. Jason", "A Star Is Born",
]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        for title in TITLES:
            make.film(title=title, renown=20)
        make.film(title="The Irishman", cast=[("Robert De Niro", "Frank")])
        make.film(title="The Shining", directors=["Stanley Kubrick"])
        make.film(title="Solaris", directors=["Andrei Tarkovsky"])
        refresh_search(Film.objects.all())
        for person in Person.objects.all():
            person.search_text = normalise(person.name)
            person.save(update_fields=["search_text"])
        learn_words()
        yield


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("twenty one grams", "21 Grams"),
        ("forty two", "42"),
        ("three hundred", "300"),
        ("catch twenty two", "Catch-22"),
        ("fifty fifty", "50/50"),
        ("21", "Twenty-One"),
        ("one hundred and one dalmatians", "101 Dalmatians"),
        ("friday the thirteenth", "Friday the 13th"),
        ("friday thirteenth", "Friday the 13th"),
        ("9 1/2 weeks", "9½ Weeks"),
        ("nine and a half weeks", "9½ Weeks"),
        ("6th sense", "The Sixth Sense"),
        ("miracle on thirty-fourth street", "Miracle on 34th Street"),
        ("rocky 1", "Rocky"),
        ("rocky part one", "Rocky"),
        ("rockyii", "Rocky II"),
        ("rocky two", "Rocky II"),
        ("xmen", "X-Men"),
        ("terminator 2", "Terminator 2: Judgment Day"),  # not the Exterminator
        ("rogue one", "Rogue One: A Star Wars Story"),
        ("back to the future 2", "Back to the Future Part II"),
        ("back to the future ii", "Back to the Future Part II"),
        ("dr strange", "Doctor Strange"),
        ("doctor strangelove", "Dr. Strangelove"),
        ("mister & missus smith", "Mr. & Mrs. Smith"),
        ("kramer versus kramer", "Kramer vs. Kramer"),
        ("matrix, the", "The Matrix"),
        ("star is born, a", "A Star Is Born"),
        ("the movie alien", "Alien"),
        ("alien movie", "Alien"),
        ("bateman american psycho film", "American Psycho"),
    ],
)
def test_the_film_is_first_in_any_wording(shelf, query, title):
    assert best_films(query)[0].title == title


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("azkabn", "Harry Potter and the Prisoner of Azkaban"),  # one word of many, and that misspelt
        ("shawshnk", "The Shawshank Redemption"),
        ("budapst", "The Grand Budapest Hotel"),
        ("the dear hunter", "The Deer Hunter"),  # a word, but another
        ("citizen cane", "Citizen Kane"),
        ("donny darko", "Donnie Darko"),  # one word past reading, the other like a common one
        ("eon flux", "Æon Flux"),
        ("freddie vs jason", "Freddy vs. Jason"),
        ("end game", "Avengers: Endgame"),  # parted, run together, in the midst of a title
        ("spiderverse", "Spider-Man: Into the Spider-Verse"),
        ("avengers 2", "Avengers: Age of Ultron"),  # counted where the title counts otherwise
        ("matrix 2", "The Matrix Reloaded"),
    ],
)
def test_it_finds_what_was_meant_among_the_first(shelf, query, title):
    assert title in [film.title for film in best_films(query)[:3]]


def test_people_are_found_by_a_misspelt_surname_and_in_any_parting(shelf):
    for query, name in (
        ("kubrik", "Stanley Kubrick"),
        ("deniro", "Robert De Niro"),
        ("тарковский", "Andrei Tarkovsky"),
    ):
        assert best_people(query)[0].name == name


def test_a_series_stands_as_it_came_out_where_its_films_are_as_well_known(shelf):
    for typing in (False, True):
        found = [film.title for film in best_films(Typed("harry potter", typing=typing))]
        assert found == [title for title in TITLES if title.startswith("Harry Potter")]


def test_the_first_is_before_what_goes_on_while_it_is_typed(shelf):
    for query in ("back to the f", "back to the fut", "rock", "the matr"):
        series = [film.title for film in best_films(Typed(query, typing=True)) if film.title != "Rogue"]
        assert series == sorted(series), query


@pytest.mark.parametrize(
    ("text", "figures", "letters"),
    [
        ("two thousand and one a space odyssey", "2001 a space odyssey", "two thousand and one a space odyssey"),
        ("forty second street", "42nd street", "forty second street"),
        ("catch 22", "catch 22", "catch twenty two"),
        ("111 first", "111 1st", "one hundred and eleven first"),
        ("100th", "100th", "one hundredth"),
        ("12th 20th 30th", "12th 20th 30th", "twelfth twentieth thirtieth"),
        ("none of often", "none of often", "none of often"),
        ("007 1984", "007 1984", "007 1984"),
        ("", "", ""),
    ],
)
def test_numbers_are_said_in_figures_and_in_letters(text, figures, letters):
    assert (numbered(text), lettered(text)) == (figures, letters)


def test_the_shortest_wording_is_the_same_of_all():
    for ways in (("doctor ii", "dr two", "dr 2"), ("thirty fourth street", "34th st"), ("fifty fifty", "50 50")):
        assert len({shortest(way) for way in ways}) == 1


def test_what_is_counted_and_what_is_not():
    assert [series(title) for title in ("rocky 1", "dune part two", "kill bill vol 2")] == [
        "rocky",
        "dune",
        "kill bill",
    ]
    assert [series(title) for title in ("rocky", "2", "catch 22", "apollo 13 ways")] == [""] * 4
    assert "10men" in joined_numbers("xmen") and joined_numbers("two") == []
