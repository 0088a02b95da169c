"""Pages found from the row before them."""

import base64
import json

import pytest
from django.db import connection
from django.db.models import Q

from films.api.filters import PEOPLE_ORDERS
from films.models import Film, Person
from films.orders import SORTS
from films.orders import legs_of as legs_of
from films.paging import BadCursor, Run, page_of
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db

NEWEST = (Run(("year", "id"), where=Q(year__isnull=False)), Run(("id",), where=Q(year=None)))


def cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.fixture(scope="module")
def films(django_db_setup, django_db_blocker):
    """Eleven films: two of a year, two without one, some rated by enough members, some not."""
    with rows_for_a_module(django_db_blocker):
        members = [make.member() for _n in range(3)]
        years = [1999, 1999, 2001, 2002, None, 2004, 2004, 2005, None, 2007, 2008]
        made = [
            make.film(title=f"Film {n % 4}", year=year, runtime_minutes=90 + n % 3 if n % 2 else None, renown=n % 3)
            for n, year in enumerate(years)
        ]
        for n, film in enumerate(made[:4]):
            for member in members[: 3 if n else 2]:
                make.mark(member=member, film=film, stars=3 + n / 2 if n < 3 else 4)
        yield made


def walk(runs, size, name="after"):
    """The ids of every page, forwards."""
    pages, place = [], ""
    while True:
        page = page_of(Film.objects.all(), runs, size=size, after=place)
        pages.append([film.pk for film in page])
        if not page.after:
            return pages, page
        place = page.after


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 3, 5, 11, 60])
def test_it_shows_every_film_once_in_every_sort(films, sort, size):
    pages, _last = walk(legs_of(sort), size)
    flat = [pk for page in pages for pk in page]
    assert sorted(flat) == sorted(film.pk for film in films)
    assert [pk for page in walk(legs_of(sort), 60)[0] for pk in page] == flat


@pytest.mark.parametrize("sort", SORTS)
def test_it_goes_back_the_way_it_came(films, sort):
    pages, last = walk(legs_of(sort), 3)
    back = [pages[-1]]
    page = last
    while page.before:
        page = page_of(Film.objects.all(), legs_of(sort), size=3, before=page.before)
        back.insert(0, [film.pk for film in page])
    assert back == pages


def test_it_puts_films_without_the_key_last_in_either_direction(films):
    years = [film.year for film in page_of(Film.objects.all(), legs_of("newest"))]
    assert years == [2008, 2007, 2005, 2004, 2004, 2002, 2001, 1999, 1999, None, None]
    years = [film.year for film in page_of(Film.objects.all(), legs_of("oldest"))]
    assert years == [1999, 1999, 2001, 2002, 2004, 2004, 2005, 2007, 2008, None, None]


def test_it_puts_films_that_too_few_have_rated_behind_all_that_enough_have(films):
    shown = list(page_of(Film.objects.all(), legs_of("rating")))
    assert [film.average is not None for film in shown] == [True] * 3 + [False] * 8
    averages = [film.average for film in shown[:3]]
    assert averages == sorted(averages, reverse=True)


def test_it_has_no_neighbours_where_there_are_none(films):
    page = page_of(Film.objects.all(), NEWEST, size=11)
    assert (page.after, page.before) == ("", "")
    assert list(page_of(Film.objects.none(), NEWEST)) == []


def test_it_shows_the_whole_first_page_when_less_than_one_is_in_front(films):
    second = page_of(Film.objects.all(), NEWEST, size=3, after=page_of(Film.objects.all(), NEWEST, size=3).after)
    Film.objects.filter(pk=films[-1].pk).delete()
    first = page_of(Film.objects.all(), NEWEST, size=3, before=second.before)
    assert len(first) == 3
    assert first.before == ""


def test_it_stays_in_place_when_films_come_before_it(films):
    first = page_of(Film.objects.all(), NEWEST, size=3)
    expected = [film.pk for film in page_of(Film.objects.all(), NEWEST, size=3, after=first.after)]
    make.film(year=2020)
    assert [film.pk for film in page_of(Film.objects.all(), NEWEST, size=3, after=first.after)] == expected


def test_it_costs_the_same_query_on_any_page(films, django_assert_num_queries):
    place = walk(legs_of("title"), 3)[1].before
    with django_assert_num_queries(1):
        list(page_of(Film.objects.with_card(), legs_of("title"), size=3))
    with django_assert_num_queries(1):
        list(page_of(Film.objects.with_card(), legs_of("title"), size=3, before=place))


ODD = ("élan", "Zebra", "The Fly", "Ørjan", "apple", "Über", "Éclair", "An Egg", "eclipse")
SORTED = ["apple", "Éclair", "eclipse", "An Egg", "élan", "The Fly", "Ørjan", "Über", "Zebra"]


def test_titles_and_names_are_in_the_order_of_the_alphabet_whatever_their_accents_case_and_article():
    for name in ODD:
        make.film(title=name)
        make.person(name=name.removeprefix("The ").removeprefix("An "))
    by_name = PEOPLE_ORDERS["name"]
    assert in_order(Film.objects.filter(title__in=ODD), legs_of("title"), "title") == SORTED
    assert in_order(Person.objects.all(), by_name, "name") == [name.split()[-1] for name in SORTED]


def in_order(queryset, runs, name: str) -> list[str]:
    """Read by pages of two."""
    said, after = [], ""
    while True:
        page = page_of(queryset, runs, size=2, after=after)
        said += [getattr(row, name) for row in page]
        if not (after := page.after):
            return said


@pytest.mark.parametrize(
    ("queryset", "runs", "index"),
    [
        (Film.objects, legs_of("title"), "film_by_title"),
        (Person.objects, PEOPLE_ORDERS["name"], "person_in_order"),
    ],
)
def test_a_page_in_the_order_of_names_is_found_by_an_index(queryset, runs, index):
    (run,) = runs
    place = ["m", 7]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for beyond in (None, place):
        assert f"Index Scan using {index}" in run.rows(queryset.all(), start=beyond, backwards=False)[:3].explain()


@pytest.mark.parametrize(
    "bad",
    [
        "x", "Zm9v", "é", "====", "A" * 2000, cursor([]), cursor([9, 1, 2]), cursor([-1, 1, 2]), cursor([0, 1]),
        cursor([0, "later", 2]), cursor([0, None, 2]), cursor({"0": 1}), cursor(7), cursor([True, 1, 2]),
        cursor([0, [1], 2]), cursor([0, 10**40, 2]), cursor([0, "1\0", 2]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["after", "before"])
def test_it_refuses_a_cursor_that_it_did_not_make(films, bad, name):
    with pytest.raises(BadCursor, match="here is the first"):
        page_of(Film.objects.all(), NEWEST, **{name: bad})


@pytest.mark.parametrize("sort", ["popular", "rating"])
@pytest.mark.parametrize("value", ["high", 10**40, "1e999", "NaN", "", "\0"])
def test_it_refuses_a_value_that_a_counted_column_cannot_have(films, sort, value):
    with pytest.raises(BadCursor):
        page_of(Film.objects.all(), legs_of(sort), after=cursor([0, value, 1]))
