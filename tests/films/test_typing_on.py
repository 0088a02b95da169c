"""What one types next is looked for among what its beginning found, and finds what it finds by itself."""

import pytest

from films.actions.spelling import learn_words
from films.asking import asked_beyond
from films.finding import FILMS, PEOPLE, Typed
from films.models import Film, FilmKeys
from films.search import refresh_search
from tests import make

pytestmark = pytest.mark.django_db
TYPED = [
    "the golden bridge", "alien ridley scott", "ridley alien", "matrix two", "romeo & juliet", "сталкер",
    "doctor strange", "千と千尋", "scott of the", "2001 space", "golden brigde",
]  # fmt: skip


def test_it_finds_the_same_after_its_beginning_as_without_it():
    for title, director in (
        ("The Golden Bridge", "Anna Bridges"), ("Golden Bride", "Ridley Scott"), ("Alien", "Ridley Scott"),
        ("Alien Scotland", "Bo Rid"), ("Matrix", "Ann Two"), ("Matrix 2", "Anna Two"), ("Matrix Twofold", "Ann Ty"),
        ("Romeo and Juliet", "A"), ("Romeo Juliette", "B"), ("Сталкер", "Андрей Тарковский"), ("Dr. Strange", "Al D"),
        ("Doctor Strangelove", "Stanley K"), ("千と千尋の神隠し", "Hayao M"), ("Scott of the Antarctic", "Charles F"),
        ("2001: A Space Odyssey", "Stanley K"), ("Two Thousand and One Spaces", "B"),
    ):  # fmt: skip
        make.film(title=title, directors=[director])
    refresh_search(Film.objects.all())
    learn_words()
    some = list(Film.objects.order_by("pk").values_list("pk", flat=True))[::3]
    FilmKeys.objects.update(tier=6)
    FilmKeys.objects.filter(pk__in=some).update(tier=2)
    shelves = [FILMS, PEOPLE]
    for text in TYPED:
        known = []
        for end in range(1, len(text) + 1):
            typed = Typed(text[:end], typing=True)
            alone = typed.looked_up(shelves)
            for before in known[-1:-6:-3]:
                after = typed.looked_up(shelves, before)
                assert (after.of, after.guessed) == (alone.of, alone.guessed), (text[:end], before[0].plain)
                assert {shelf: set(ids) for shelf, ids in after.all_of.items()} == {
                    shelf: set(ids) for shelf, ids in alone.all_of.items()
                }
            known.append((typed, alone))
        assert alone.of[FILMS], text


@pytest.mark.parametrize(
    ("before", "text", "late"),
    [
        ("golden b", "golden br", "'golden' | '~golden'"),  # somebody may be called just so
        ("golden", "golden b", None),  # a word more finds nothing else
        ("matrix", "matrix two", None),
        ("two thousand and", "two thousand and one", ""),  # which has other wordings: all of it
        ("golden", "silver", ""),
        ("gol", "gold", ""),  # too short for a title that begins so
    ],
)
def test_it_asks_for_what_its_beginning_could_not_find(before, text, late):
    beyond = asked_beyond(before, before.split(), text, text.split())
    assert (beyond is None) if late == "" else (beyond.late is None) if late is None else late in beyond.late
