"""Lists that fill themselves in a member's copy, and brought by one."""

import io
import json
from zipfile import ZipFile

import pytest

from films.models import Genre
from reviews.models import FilmList
from reviews.self_filling import found_by
from tests import make
from tests.reviews.imports import bring, take_in, undo
from tests.reviews.test_round_trip import copy_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dramas(cast):
    for n in range(3):
        make.film(title=f"Drama {n}", year=2000 + n, genres=["Drama"], directors=["Steven Knight"], renown=9 - n)
    return make.film_list(member=cast.ana, title="Weepies", finds="genre=drama&sort=oldest", most_found=2)


def lists_json(*lists: dict) -> dict[str, str]:
    head = {"format": "intermission", "version": 1, "username": "ana", "files": ["lists"]}
    return {"json/export.json": json.dumps(head), "json/lists.json": json.dumps(lists)}


def test_a_copy_has_what_it_finds_and_the_films_of_the_day(cast, dramas):
    with ZipFile(io.BytesIO(copy_of(cast.ana))) as pack:
        [told] = json.loads(pack.read("json/lists.json"))
        csv = pack.read(f"letterboxd/lists/{dramas.pk}-weepies-1.csv").decode()
        page = pack.read(f"pages/list-{dramas.pk}-weepies.html").decode()
    assert (told["finds"], told["most_found"], told["entries"]) == ("genre=drama&sort=oldest", 2, [])
    assert csv.splitlines()[1:] == ["1,,,Drama 0,2000,Steven Knight,", "2,,,Drama 1,2001,Steven Knight,"]
    assert "Drama 1" in page and "Drama 2" not in page


def test_it_comes_with_a_copy_and_goes_with_the_import(cast, dramas):
    files = lists_json({"title": "Weepies", "finds": "genre=drama", "most_found": 7, "entries": []})
    made = take_in(bring(cast.bea, files))
    brought = FilmList.objects.get(member=cast.bea)
    assert (brought.finds, brought.most_found, brought.film_count) == ("genre=drama", 7, 0)
    undo(made)
    assert not FilmList.objects.filter(member=cast.bea).exists()


def test_one_of_the_same_name_that_is_filled_by_hand_is_another(cast, dramas):
    film = {"slug": "drama-0-2000", "title": "Drama 0", "year": 2000}
    by_hand = {"title": "Weepies", "entries": [{"film": film, "position": 1}]}
    take_in(bring(cast.ana, lists_json(by_hand)))
    other = FilmList.objects.filter(member=cast.ana).exclude(pk=dramas.pk).get()
    assert (other.finds, other.film_count) == ("", 1)
    assert not dramas.entries.exists()
    take_in(bring(cast.ana, lists_json(by_hand, {"title": "Weepies", "finds": "genre=drama", "entries": []})))
    assert FilmList.objects.filter(member=cast.ana).count() == 2


@pytest.mark.parametrize(
    ("said", "finds", "most"),
    [
        ({"finds": "genre=polka&from=2000", "most_found": 3}, "genre=polka&from=2000", 3),
        (
            {"finds": "genre=drama&yours=seen&list=9&evil=1&sort=mine", "most_found": "9999"},
            "genre=drama",
            250,
        ),
        ({"finds": "genre=drama", "most_found": -4}, "genre=drama", 250),
        ({"finds": ["x"], "most_found": None}, "", 250),
    ],
)
def test_whatever_a_file_says_it_is_never_all_films(cast, dramas, said, finds, most):
    """What the catalogue here does not have is kept, and finds nothing until it has."""
    film = {"slug": "drama-0-2000", "title": "Drama 0", "year": 2000}
    take_in(bring(cast.bea, lists_json({"title": "Odd", "entries": [{"film": film}]} | said)))
    brought = FilmList.objects.get(member=cast.bea)
    assert (brought.finds, brought.most_found) == (finds, most)
    found = found_by(cast.bea, brought) if finds else None
    assert found is None or found.total < 4
    if "polka" in finds:
        assert found is not None and found.asked.missing == ("polka",)
        Genre.objects.create(slug="polka", name="Polka")
        make.film(title="Roll out the barrel", year=2001, genres=["Polka"])
        assert found_by(cast.bea, brought).total == 1
