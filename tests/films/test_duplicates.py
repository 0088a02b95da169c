"""Which films are taken for one, and which are not."""

import pytest
from django.core.exceptions import PermissionDenied

from films.actions.pairing import find_duplicates, mark_distinct
from films.models import Duplicate, Film, FilmId
from tests import make
from tests.staff import curator

pytestmark = pytest.mark.django_db

CAST = [("Ansel Elgort", "Baby"), ("Lily James", "Debora")]


def film(title: str = "Baby Driver", year: int | None = 2017, *, imdb: str = "", **facts: object) -> Film:
    made = make.film(title=title, year=year, **facts)
    if imdb:
        FilmId.objects.create(film=made, source="imdb", value=imdb)
    return made


def found() -> list[tuple[int, int, str, int]]:
    find_duplicates()
    return list(Duplicate.objects.order_by("film", "twin").values_list("film", "twin", "reason", "shared_people"))


def test_the_same_title_and_people_within_a_year():
    first, second = film(cast=CAST, imdb="tt1"), film("The Baby Driver", 2018, cast=CAST, imdb="tt2")
    assert found() == [(first.pk, second.pk, "people", 2)]


def test_people_are_the_same_by_their_name_too():
    first, second = film(cast=CAST), film(year=None)
    for name in ("ANSEL ELGORT", "Lily Jàmes"):
        make.credit(film=second, person=make.person(name=name))
    assert found() == [(first.pk, second.pk, "people", 2)]


def test_the_same_title_and_year_where_one_hardly_names_anybody():
    first, second = film(cast=CAST), film()
    assert found() == [(first.pk, second.pk, "title", 0)]


def test_the_same_id_spelt_in_two_ways():
    first, second = film(imdb="tt0012345"), film("Something else", 1990, imdb="tt12345")
    assert found() == [(first.pk, second.pk, "ids", 0)]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Baby Drivers"},
        {"year": 2019, "cast": CAST},
        {"year": 2018},
        {"year": None},
        {"cast": [("Ansel Elgort", ""), ("Somebody Else", "")]},
        {"imdb": "tt2"},
    ],
    ids=["another title", "two years on", "a year on, nobody named", "no year", "one person", "told apart elsewhere"],
)
def test_namesakes_are_not_taken_for_one(other):
    film(cast=CAST, imdb="tt1")
    film(**{"title": "Baby Driver", "year": 2017} | other)
    assert found() == []


def test_looking_again_changes_nothing_and_what_is_decided_stays(django_assert_num_queries):
    film(cast=CAST), film(cast=CAST)
    assert find_duplicates() == 1 and find_duplicates() == 0
    dora = curator()
    told = mark_distinct(curator=dora, duplicate=Duplicate.objects.get())
    assert (told.state, told.decided_by) == ("distinct", dora)
    assert find_duplicates() == 0 and Duplicate.objects.get().state == "distinct"
    third = film(cast=CAST)
    assert find_duplicates() == 2
    third.credits.all().delete()
    Film.objects.filter(pk=third.pk).update(sort_title="third", title="Third")
    assert find_duplicates() == 0 and Duplicate.objects.count() == 1, "what is no pair any more goes"


def test_only_curators_look_and_tell_apart():
    film(cast=CAST), film(cast=CAST)
    find_duplicates()
    with pytest.raises(PermissionDenied):
        find_duplicates(curator=make.member())
    with pytest.raises(PermissionDenied):
        mark_distinct(curator=make.member(), duplicate=Duplicate.objects.get())
