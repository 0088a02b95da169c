"""The catalogue's filters, read from plain words."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from films.browse import Filters, decades, named_in
from films.catalogue import Reading
from films.choices import Choices, resting_films
from films.counting import count, count_each
from films.models import AccessFeature, Company, ContentNote, Film, Franchise, Genre, Service
from films.narrowed import narrowing_of
from films.orders import legs_of
from films.picking import load, pick
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    """Four films by short names."""
    with rows_for_a_module(django_db_blocker):
        drive = make.film(
            title="Drive", year=2011, genres=["Drama", "Crime"], countries=["US"], languages=["en"], runtime_minutes=100
        )
        heat = make.film(
            title="Heat", year=1995, genres=["Crime"], countries=["US"], languages=["en"], runtime_minutes=170
        )
        playtime = make.film(
            title="Playtime", year=1967, genres=["Comedy"], countries=["FR"], languages=["fr"], runtime_minutes=124
        )
        lost = make.film(title="Lost", year=None, genres=["Drama"], runtime_minutes=None)
        today = timezone.localdate()
        make.availability(film=heat, service="Netflix")
        make.availability(film=drive, service="Netflix", ends_on=today - timedelta(days=1))
        make.availability(film=playtime, service="MUBI", ends_on=today)
        for member in (make.member() for _n in range(3)):
            make.mark(member=member, film=heat, stars=4.5)
            make.mark(member=member, film=playtime, stars=3.5)
        make.mark(member=make.member(), film=drive, stars=5)
        yield {film.title: film for film in (drive, heat, playtime, lost)}


def read(query: str) -> tuple[Filters, list[str]]:
    asked = QueryDict(query)
    return Filters.read(asked, Choices.load(named_in(asked)))


def titles_of(filters: Filters) -> set[str]:
    page = pick(Reading(resting_films()), narrowing_of(filters), legs_of(filters.sort), size=60)
    return {film.title for film in load(page)}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Drive", "Heat", "Playtime", "Lost"}),
        ("genre=drama", {"Drive", "Lost"}),
        ("genre=Drama", {"Drive", "Lost"}),
        ("genre=drama&genre=crime", {"Drive"}),
        ("year=1995", {"Heat"}),
        ("year=1990-2011", {"Drive", "Heat"}),
        ("year=2011-1990", {"Drive", "Heat"}),
        ("decade=1990s", {"Heat"}),
        ("decade=1995", {"Heat"}),
        ("year=1990s", {"Heat"}),
        ("from=1990", {"Drive", "Heat"}),
        ("to=1990", {"Playtime"}),
        ("from=1990&to=2000", {"Heat"}),
        ("from=2000&to=1990", {"Heat"}),
        ("decade=1990s&year=1995", {"Heat"}),
        ("year=1990-2011&from=2000", {"Drive"}),
        ("country=US", {"Drive", "Heat"}),
        ("country=us", {"Drive", "Heat"}),
        ("language=fr", {"Playtime"}),
        ("service=netflix", {"Heat"}),
        ("service=MUBI", {"Playtime"}),
        ("min_rating=4", {"Heat"}),
        ("min_rating=3.5", {"Heat", "Playtime"}),
        ("min_rating=5", set()),
        ("length=medium", {"Drive", "Playtime"}),
        ("length=long", {"Heat"}),
        ("min_runtime=101&max_runtime=150", {"Playtime"}),
        ("min_runtime=150&max_runtime=101", {"Playtime"}),
        ("genre=crime&country=US&decade=1990s&min_rating=4.0&service=netflix&length=long&language=en", {"Heat"}),
    ],
)
def test_it_finds_what_was_asked_for(shelf, query, titles):
    filters, notices = read(query)
    assert titles_of(filters) == titles
    assert notices == []


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("genre=zzz", "zzz"),
        ("country=Atlantis", "Atlantis"),
        ("language=tlh", "tlh"),
        ("service=vhs", "vhs"),
        ("year=soon", "soon"),
        ("year=1066", "1066"),
        ("year=9999-9999", "9999"),
        ("decade=0000s", "0000s"),
        ("from=19", "19"),
        ("to=２０１７", "２０１７"),
        ("min_rating=5.5", "5.5"),
        ("min_rating=0", "0"),
        ("min_rating=3.3", "3.3"),
        ("length=endless", "endless"),
        ("sort=random", "random"),
    ],
)
def test_it_leaves_out_what_makes_no_sense_and_says_so(shelf, query, word):
    filters, notices = read(query)
    assert filters == Filters()
    assert len(notices) == 1
    assert word in notices[0]


def test_what_is_too_much_of_one_kind_is_told(shelf):
    slugs = list(ContentNote.objects.order_by("pk").values_list("slug", flat=True)[:11])
    filters, notices = read("&".join(f"without={slug}" for slug in [*slugs, slugs[0]]))
    assert filters.none_of_kind("note") == slugs[:10] and notices == [
        f"At most 10 of one kind can be asked for, so “{slugs[10]}” and what follows is left out."
    ]


def test_years_that_rule_each_other_out_are_told(shelf):
    filters, notices = read("year=1995&decade=2010s&to=1960")
    assert titles_of(filters) == {"Heat"} and notices == [
        "These times do not overlap, so only the first of them counts."
    ]


@pytest.mark.parametrize(
    "query", ["genre=&year=&from=&to=&country=&min_rating=&sort=", "q=1&nothing=known", "genre=%00"]
)
def test_it_takes_empty_and_unknown_parameters_for_nothing(shelf, query):
    assert read(query)[0] == Filters()


@pytest.mark.parametrize(
    "query",
    [
        "genre=drama&genre=crime&from=1990&to=1999&country=US&language=en&service=netflix&min_rating=4.5&length=long&sort=title",
        "from=1990",
        "to=1990",
        "min_rating=0.5",
    ],
)
def test_it_says_the_same_again_in_its_address(shelf, query):
    filters, _notices = read(query)
    assert filters.address() == f"/films/?{query}"
    assert read(filters.address().partition("?")[2])[0] == filters


def test_it_names_each_filter_that_is_on_and_how_to_take_it_off(shelf):
    filters, _notices = read("genre=drama&genre=crime&decade=1990s&country=FR&min_rating=4.5&length=long&sort=title")
    assert [(label, rest.address()) for label, rest in filters.active()] == [
        ("Drama", "/films/?genre=crime&from=1990&to=1999&country=FR&min_rating=4.5&length=long&sort=title"),
        ("Crime", "/films/?genre=drama&from=1990&to=1999&country=FR&min_rating=4.5&length=long&sort=title"),
        ("1990s", "/films/?genre=drama&genre=crime&country=FR&min_rating=4.5&length=long&sort=title"),
        ("FR", "/films/?genre=drama&genre=crime&from=1990&to=1999&min_rating=4.5&length=long&sort=title"),
        ("Rated 4½ or more", "/films/?genre=drama&genre=crime&from=1990&to=1999&country=FR&length=long&sort=title"),
        (
            "Needs an intermission",
            "/films/?genre=drama&genre=crime&from=1990&to=1999&country=FR&min_rating=4.5&sort=title",
        ),
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("year=2017", "2017"),
        ("decade=1990s", "1990s"),
        ("from=1950&to=1975", "1950 to 1975"),
        ("from=1950", "From 1950"),
    ],
)
def test_it_says_the_years_in_words(shelf, query, words):
    assert read(query)[0].period == words


def test_it_offers_only_what_some_film_has(shelf, django_assert_num_queries):
    Genre.objects.create(name="Musical", slug="musical")
    assert Reading().catalogue
    with django_assert_num_queries(2):  # what is new in the catalogue, and the names
        choices = Choices.load()
    assert list(choices.names["genre"].values()) == ["Comedy", "Crime", "Drama"]
    assert list(choices.names["country"]) == ["FR", "US"]
    assert list(choices.names["language"]) == ["en", "fr"]
    assert list(choices.names["service"].values()) == ["MUBI", "Netflix"]


def test_it_offers_nothing_of_an_empty_catalogue():
    for kept in (Film, Service):  # where the shelf is filled already
        kept.objects.all().delete()
    names = Choices.load().names
    assert names["note"] and names["access"]  # these a site has from the first day
    assert not any(names[kind] for kind in names if kind not in {"note", "access"})


@pytest.mark.parametrize(
    ("query", "titles", "words"),
    [
        ("without=violence", {"Playtime", "Lost"}, ["Without: Violence"]),
        ("without=Violence&without=smoking", {"Lost"}, ["Without: Violence", "Without: Smoking"]),
        ("access=audio-description", {"Heat", "Playtime"}, ["Audio description"]),
        ("access=audio-description&access=closed-captions", {"Heat"}, ["Audio description", "Closed captions"]),
        ("access=audio-description&without=violence", {"Playtime"}, ["Without: Violence", "Audio description"]),
        ("company=regency", {"Heat"}, ["Regency"]),
        ("franchise=chases", {"Drive", "Heat"}, ["Chases"]),
        ("company=regency&franchise=chases", {"Heat"}, ["Regency", "Chases"]),
        ("company=nobody", {"Drive", "Heat", "Playtime", "Lost"}, []),
        ("company=%00", {"Drive", "Heat", "Playtime", "Lost"}, []),
    ],
)
def test_it_leaves_out_what_is_noted_and_keeps_what_is_accessible(shelf, query, titles, words):
    drive, heat, playtime = (shelf[title] for title in ("Drive", "Heat", "Playtime"))
    for film, notes in ((drive, ["violence"]), (heat, ["violence", "smoking"]), (playtime, ["smoking"])):
        film.content_notes.set(ContentNote.objects.filter(slug__in=notes))
    heat.access_features.set(AccessFeature.objects.filter(slug__in=["audio-description", "closed-captions"]))
    playtime.access_features.set(AccessFeature.objects.filter(slug="audio-description"))
    heat.companies.add(Company.objects.create(name="Regency", slug="regency"))
    chases = Franchise.objects.create(name="Chases", slug="chases")
    Film.objects.filter(pk__in=[drive.pk, heat.pk]).update(franchise=chases)
    filters, notices = read(query)
    assert titles_of(filters) == titles
    active = filters.active()
    assert [label for label, _rest in active] == words
    assert all(rest != filters for _label, rest in active)
    assert bool(notices) is (not words)
    assert read(filters.address().partition("?")[2])[0] == filters


def test_it_counts_all_in_one_query(shelf, django_assert_num_queries):
    Film.objects.bulk_create(Film(title="Copy", slug=f"copy-{n}", year=1950) for n in range(1200))
    queries = ("from=1940&to=1968", "year=1995", "year=1901", "decade=1950s&not_genre=crime")
    asked = [narrowing_of(read(query)[0]) for query in queries]
    assert Reading().catalogue
    with django_assert_num_queries(1):
        reading = Reading()
        found = [count(reading, narrowing).found for narrowing in asked]
        assert count_each(reading, asked) == found
    assert found[2] == 0 < found[1] < 1200 < found[0] and found[3] >= 1200
    assert count_each(reading, []) == []


def test_it_leaves_no_year_between_the_decades():
    spans = [(first, last) for _words, first, last in decades()]
    assert all(later[0] == earlier[1] + 1 for later, earlier in zip(spans, spans[1:], strict=False))
