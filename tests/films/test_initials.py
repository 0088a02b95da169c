"""Films by the initials of their titles, behind whatever has the very words."""

import pytest

from films.actions.ranking import KEPT, wrong_keys
from films.actions.spelling import learn_words
from films.finding import FILMS, Typed, best_films
from films.models import AlternativeTitle, Film, FilmKeys, Word
from films.search import refresh_search
from reviews.suggesting import suggest
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        for place, title in enumerate(("The Fellowship of the Ring", "The Two Towers", "The Return of the King")):
            make.film(title=f"The Lord of the Rings: {title}", year=2001 + place, renown=990 - place)
        for title in (
            "Everything Everywhere All at Once", "2001: A Space Odyssey", "X-Men: Days of Future Past",
            "Harry Potter and the Order of the Phoenix", "The Grand Budapest Hotel", "Back to the Future Part II",
            "One Flew Over the Cuckoo’s Nest", "The Good, the Bad and the Ugly", "Amélie – Le fabuleux destin", "Lost",
        ):  # fmt: skip
            make.film(title=title, renown=500)
        make.film(title="Rotkäppchen", renown=5)
        make.film(title="Lamp of the Road", renown=3)
        empire = make.film(title="Star Wars: Episode V", renown=980)
        AlternativeTitle.objects.create(film=empire, title="The Empire Strikes Back")
        refresh_search(Film.objects.all())
        learn_words()
        yield


@pytest.mark.parametrize("typing", [True, False])
@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("lotr", "The Lord of the Rings: The Fellowship of the Ring"),  # of namesakes the best known
        ("LOTR return", "The Lord of the Rings: The Return of the King"),
        ("lotr rotk", "The Lord of the Rings: The Return of the King"),
        ("rotk", "The Lord of the Rings: The Return of the King"),  # though an unfinished word would be rotkappchen
        ("ttt", "The Lord of the Rings: The Two Towers"),
        ("eeaao", "Everything Everywhere All at Once"),
        ("2001 aso", "2001: A Space Odyssey"),
        ("2001aso", "2001: A Space Odyssey"),
        ("dofp", "X-Men: Days of Future Past"),  # which only the colon tells
        ("ootp", "Harry Potter and the Order of the Phoenix"),
        ("tgbh", "The Grand Budapest Hotel"),
        ("gbh", "The Grand Budapest Hotel"),
        ("bttf 2", "Back to the Future Part II"),
        ("ofotcn", "One Flew Over the Cuckoo’s Nest"),
        ("gbu", "The Good, the Bad and the Ugly"),
        ("lfd", "Amélie – Le fabuleux destin"),
        ("esb", "Star Wars: Episode V"),  # another of its titles
    ],
)
def test_it_finds_a_film_by_its_initials(shelf, query, title, typing):
    typed = Typed(query, typing=typing)
    assert best_films(typed)[0].title == title
    assert not typed.guessed(FILMS)


def test_the_very_words_are_first_however_little_known(shelf):
    word = make.film(title="The Gotg Story", renown=0)
    make.film(title="Guardians of the Galaxy", renown=999)
    refresh_search(Film.objects.all())
    assert [film.title for film in best_films("gotg")] == [word.title, "Guardians of the Galaxy"]
    assert [film.title for film in suggest(None, "gotg").films] == [word.title, "Guardians of the Galaxy"]
    for number in range(4):
        make.film(title=f"Gotg and {'a' * (number + 2)}", renown=0)
    refresh_search(Film.objects.filter(renown=0))
    assert "Guardians of the Galaxy" not in {film.title for film in best_films("gotg")}


def test_initials_follow_the_title_and_are_no_words(shelf):
    film = Film.objects.get(title="The Grand Budapest Hotel")
    Film.objects.filter(pk=film.pk).update(title="The Grand: Budapest Hotel Is Open")  # what is said of it stays
    assert best_films("bhio").get() == film
    assert not any(wrong_keys(kept) for kept in KEPT)
    FilmKeys.objects.filter(pk=film.pk).update(keys="'grand'")
    assert wrong_keys(KEPT[0]) == [film.pk]
    assert not Word.objects.filter(text__contains="lotr").exists()
