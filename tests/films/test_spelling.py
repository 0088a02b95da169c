"""Misspelt words: what a typed word may stand for, and how the catalogue's words are learnt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from films.actions import add_film, correct_film
from films.actions.spelling import learn_words, learn_words_of
from films.finding import best_films, best_people
from films.models import Film, Word
from films.search import refresh_search
from films.spelling import edits_allowed, keys_of, meant
from tests import make, staff
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        films = [
            make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"], renown=900),
            make.film(title="The Driver", year=1978, directors=["Walter Hill"], renown=300),
            make.film(title="Drive", year=2011, renown=800),
            make.film(title="Heat", year=1995, directors=["Michael Mann"], renown=700),
            make.film(title="Hats Off", year=1936, renown=1),
            make.film(title="Rocky II", year=1979, renown=500),
            make.film(title="The Umbrellas of Cherbourg", year=1964, directors=["Jacques Demy"], renown=400),
            make.film(title="Playtime", year=1967, renown=350),
            make.film(title="Stalker", year=1979, renown=600),
        ]
        refresh_search(Film.objects.all())
        learn_words()
        yield films


def titles(query):
    return [film.title for film in best_films(query)[:5]]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("baby drver", "Baby Driver"),  # one left out
        ("baaby driver", "Baby Driver"),  # one too many
        ("bavy driver", "Baby Driver"),  # another
        ("bbay driver", "Baby Driver"),  # two changed places
        ("driver bavy", "Baby Driver"),
        ("babydriver", "Baby Driver"),  # run together
        ("play time", "Playtime"),  # parted
        ("umbrelas of cherburg", "The Umbrellas of Cherbourg"),  # two, in two words
        ("unbrrllas of cherbourg", "The Umbrellas of Cherbourg"),  # two, in one
        ("umbrellas cherbuorg demi", "The Umbrellas of Cherbourg"),
        ("the umbrellas xq cherbourg", "The Umbrellas of Cherbourg"),  # a word past reading
        ("hwat", "Heat"),
        ("rokcy 2", "Rocky II"),
        ("rocky two", "Rocky II"),
        ("rocky ii", "Rocky II"),
        ("сталкер", "Stalker"),  # typed in its own letters
    ],
)
def test_it_finds_what_was_meant(shelf, query, title):
    assert title in titles(query)


@pytest.mark.parametrize("title", ["Drive", "The Driver", "Baby Driver", "heat", "ROCKY II"])
def test_the_very_title_is_first_and_costs_no_spelling(shelf, title):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = titles(title)
    assert found[0].casefold() == title.casefold()
    assert len(queries) == 2 and not any("films_word" in query["sql"] for query in queries)


def test_of_two_titles_as_like_the_better_known_is_first(shelf):
    make.film(title="Haat", year=1990, renown=0)
    refresh_search(Film.objects.all())
    learn_words()
    assert titles("hwat")[0] == "Heat"


def test_people_are_found_misspelt(shelf):
    assert [person.name for person in best_people("edgr wrigth")] == ["Edgar Wright"]
    assert list(best_people("qqqqqqqq")) == []


def test_nonsense_finds_nothing(shelf):
    for query in ("qxqxqxqx", "zz", "!?", "", "0" * 200):
        assert titles(query) == []


def test_a_misspelling_costs_as_many_queries_on_a_full_shelf_as_on_an_empty_one(shelf):
    with CaptureQueriesContext(connection) as few:
        titles("bavy drivr")
    for number in range(60):
        make.film(title=f"Baby Diver {number}")
    refresh_search(Film.objects.all())
    learn_words()
    with CaptureQueriesContext(connection) as many:
        titles("bavy drivr")
    assert len(few) == len(many) <= 5


def test_words_are_learnt_and_forgotten_with_the_films(shelf):
    assert Word.objects.get(text="driver").film_count == 2
    assert learn_words() == 0
    film = Film.objects.get(title="Playtime")
    film.delete()
    learn_words()
    assert not Word.objects.filter(text="playtime").exists()
    assert not Word.objects.filter(text="2017").exists(), "a number is no word"


def test_a_new_film_is_found_misspelt_at_once(shelf):
    curator = staff.curator()
    film = add_film(curator=curator, title="Portrait of a Lady on Fire", year=2019)
    assert titles("portrat of a lady") == [film.title]
    correct_film(curator=curator, film=film, title="Petite Maman")
    assert titles("petit mamann") == ["Petite Maman"]


def test_learning_the_words_of_one_keeps_the_counts_of_all(shelf):
    learn_words_of("driver entirely new")
    assert Word.objects.get(text="driver").film_count == 2
    learn_words_of("driver", person=True)
    word = Word.objects.get(text="driver")
    assert (word.film_count, word.person_count) == (2, 1)


def test_a_word_and_its_misspelling_have_a_key_in_common():
    for word, typed in (("driver", "drver"), ("driver", "drivver"), ("heat", "haet"), ("cherbourg", "cherburk")):
        assert set(keys_of(word)) & set(keys_of(typed, 2)), (word, typed)


@pytest.mark.parametrize(("word", "edits"), [("up", 0), ("jaw", 1), ("drivers", 2), ("", 0)])
def test_longer_words_may_be_more_wrong(word, edits):
    assert edits_allowed(word) == edits


def test_it_says_how_far_a_typed_word_is_from_those_that_are_known(shelf):
    close = meant(["drive", "drivr", "qqqq"])
    found = {word: sorted((k.edits, k.text) for k in known) for word, known in close.items()}
    assert found == {"drive": [(0, "drive"), (1, "driver")], "drivr": [(1, "drive"), (1, "driver")], "qqqq": []}


def test_a_word_that_is_being_typed_may_be_wrong_before_it_is_finished(shelf):
    assert [known.text for known in meant(["unbrell"], prefix=True)["unbrell"]] == ["umbrellas"]
    assert meant(["unbrell"])["unbrell"] == []
