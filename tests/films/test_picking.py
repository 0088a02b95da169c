"""Pages of the catalogue: whichever way the database is asked, they are what looking at every film would give."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone

from films import catalogue, ordered, picking
from films.actions.faceting import gather_counts, rebuild_facets, settle_services
from films.browse import Filters, named_in
from films.catalogue import Reading
from films.choices import Choices, resting_films
from films.counting import count
from films.models import (
    AccessFeature,
    Availability,
    Company,
    ContentNote,
    FacetCount,
    Film,
    FilmFacets,
    Franchise,
    Release,
)
from films.narrowed import narrowing_of
from films.narrowing import Narrowing
from films.orders import SORTS, legs_of
from films.picking import pick
from reviews.integrity import TALLIES, differences
from tests import make
from tests.base import rows_for_a_module
from tests.films import naive

pytestmark = pytest.mark.django_db
GENRES, COUNTRIES, LANGUAGES = ("Drama", "Crime", "Comedy", "Western"), ("US", "FR", "GB"), ("en", "fr", "de")


def chance(dice: random.Random, among, most: int = 2) -> list:
    return dice.sample(list(among), dice.randint(0, most))


def fill_the_shelves(dice: random.Random) -> None:
    today = timezone.localdate()
    members = [make.member() for _n in range(5)]
    companies = [Company.objects.create(name=name, slug=name.lower()) for name in ("Regency", "Ufa")]
    saga = Franchise.objects.create(name="Chases", slug="chases")
    people = [make.person(name=name) for name in ("Edgar Wright", "Lily James")]
    notes, access = ContentNote.objects.all()[:3], AccessFeature.objects.all()[:2]
    for n in range(70):
        film = make.film(
            title=f"Film {n % 9}",
            year=dice.choice([None, 1925, 1995, 1999, 2004, 2011]),
            release_date=dice.choice([None, date(1999, 10, 6), date(1999, 3, 31), date(2004, 12, 1), date(2005, 1, 2)]),
            genres=chance(dice, GENRES, 3),
            countries=chance(dice, COUNTRIES),
            languages=chance(dice, LANGUAGES),
            renown=dice.randint(0, 4),
            runtime_minutes=dice.choice([None, 60, 89, 90, 150, 151]),
            franchise=dice.choice([None, None, saga]),
            popularity_week=dice.randint(0, 2),
            popularity_month=dice.randint(0, 3),
            popularity_year=dice.randint(0, 9),
        )
        film.companies.set(chance(dice, companies))
        film.content_notes.set(chance(dice, notes))
        film.access_features.set(chance(dice, access))
        for person in chance(dice, people, 1):
            make.credit(film=film, person=person)
        for member in chance(dice, members, 5):
            make.mark(member=member, film=film, stars=dice.choice([2, 3, 3.5, 4, 4.5, 5]))
        if n % 4 == 0:
            days = dice.choice([(None, None), (None, -1), (-9, 0), (3, 9), (None, -30)])
            starts, ends = (today + timedelta(days=day) if day is not None else None for day in days)
            make.availability(film=film, service=dice.choice(["Netflix", "MUBI"]), starts_on=starts, ends_on=ends)
        if n % 5 == 0:
            Release.objects.create(film=film, country=make.countries("GB")[0], certificate=dice.choice(["15", "18"]))


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    dice = random.Random(7)
    with rows_for_a_module(django_db_blocker):
        fill_the_shelves(dice)
        yield dice.getstate()


@pytest.fixture
def shelves(filled) -> random.Random:
    """Seventy films that have this and that, with many ties; and the dice as they lay when all were on the shelves."""
    dice = random.Random()
    dice.setstate(filled)
    return dice


QUERIES = [
    "", "genre=drama", "genre=drama&genre=crime", "not_genre=drama", "genre=drama&not_genre=crime&not_genre=comedy",
    "country=US", "country=US&country=FR", "not_country=US&language=en", "not_language=en&not_language=fr",
    "decade=1990s",
    "from=1990&to=2005", "to=1950", "from=1874&to=2100", "from=1996&to=2004", "service=netflix", "not_service=netflix",
    "service=mubi&service=netflix", "company=regency", "not_company=regency&company=ufa", "franchise=chases",
    "not_franchise=chases&genre=comedy", "person=edgar-wright", "person=edgar-wright&person=lily-james",
    "not_person=lily-james", "person=Edgar Wright&genre=drama", "certificate=GB:15", "not_certificate=GB:15&country=GB",
    "length=short", "length=medium&not_genre=western", "length=long", "min_runtime=80&max_runtime=100",
    "max_runtime=89",
    "min_rating=4", "min_rating=3.5", "min_rating=2", "min_rating=4.5&genre=drama", "min_ratings=3", "min_ratings=2",
    "min_ratings=4&min_rating=3", "min_ratings=10",
    "not_genre=drama&not_genre=crime&not_genre=comedy&not_genre=western",
]  # fmt: skip


def read(query: str) -> Filters:
    asked = QueryDict(query)
    filters, notices = Filters.read(asked, Choices.load(named_in(asked)))
    assert not notices, notices
    return filters


def pages(filters: Filters, size: int) -> list[list[int]]:
    """Every page forwards, after which the way back is tried."""
    narrowing, legs, reading = narrowing_of(filters), legs_of(filters.sort), Reading(resting_films())
    found, after = [], ""
    while True:
        page = pick(reading, narrowing, legs, size=size, after=after)
        found.append(page.films)
        assert len(page.films) == size or not page.after
        if not page.after:
            break
        after = page.after
    back, before = [found[-1]], page.before
    while before:
        page = pick(reading, narrowing, legs, size=size, before=before)
        back.insert(0, page.films)
        before = page.before
    joined = [film for some in back for film in some]
    assert list(dict.fromkeys(joined)) == [film for some in found for film in some] or len(found) == 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("sampled", "spread", "at_once"), [(4096, 16, 512), (3, 0, 512), (3, 10**9, 2)])
def test_it_finds_what_looking_at_every_film_finds(shelves, monkeypatch, sampled, spread, at_once):
    """With every filter and in some order, also where it is guessed from a sample what is on a page, or where the first
    of all films are looked through, and it may be given up."""
    monkeypatch.setattr(picking, "SAMPLED", sampled)
    monkeypatch.setattr(picking, "SPREAD", spread)
    monkeypatch.setattr(ordered, "AT_ONCE", at_once)
    films = naive.every_film()
    for number, query in enumerate(QUERIES):
        for sort in shelves.sample(list(SORTS), 3) if number else SORTS:
            filters = read(f"{query}&sort={sort}")
            wanted = naive.ordered([film for film in films if naive.matches(film, filters)], sort)
            found = pages(filters, size=shelves.choice([1, 4, 7, 60]))
            assert [film for page in found for film in page] == wanted, (query, sort)


@pytest.mark.parametrize(("few", "most_of"), [(8_000, 0.9), (-1, 2)])
def test_it_counts_what_each_choice_would_leave(shelves, monkeypatch, few, most_of):
    """Also where it is counted what is left out."""
    monkeypatch.setattr(catalogue, "FEW", few)
    monkeypatch.setattr(catalogue, "MOST_OF", most_of)
    films = naive.every_film()
    for query in QUERIES:
        filters = read(query)
        left = [film for film in films if naive.matches(film, filters)]
        counts = count(Reading(resting_films()), narrowing_of(filters))
        assert counts.found == len(left), query
        for kind in ("genre", "country", "language", "service", "note", "access", "certificate"):
            for slug in filters.choices.names[kind]:
                number = sum(slug in naive.slugs(film, kind) for film in left)
                assert counts.of.get(filters.choices.words[kind, slug], 0) == number, (query, kind, slug)


def test_it_counts_a_choice_that_would_take_the_place_of_another(shelves):
    filters = read("genre=drama&decade=1990s&length=short")
    instead = {kind: narrowing_of(rest) for kind, rest in filters.instead().items()}
    counts = count(Reading(resting_films()), narrowing_of(filters), instead)
    films = naive.every_film()
    for query, word in (
        ("genre=drama&length=short&decade=2000s", "d2000"),
        ("genre=drama&length=short&decade=2010s", "d2010"),
        ("genre=drama&decade=1990s&length=medium", "tmedium"),
    ):
        assert counts.of.get(word, 0) == sum(naive.matches(film, read(query)) for film in films)
    assert counts.of["tmedium"]


def counted() -> dict[str, int]:
    """As the database gathers it, of the kinds that the catalogue in memory counts."""
    rows = FacetCount.objects.values_list("word").annotate(films=Sum("number"))
    return {word: number for word, number in rows if number and word[0] in catalogue.OFFERED}


def test_its_words_follow_whatever_is_written(shelves):
    """Every path that changes a film's facts has been gone by the fixture; here are the rest."""
    first, second, third = Film.objects.order_by("pk")[:3]
    Film.objects.filter(pk__gt=third.pk).update(year=1888, runtime_minutes=200, franchise=None)
    first.genres.clear()
    Film.genres.through.objects.filter(film=second).update(film=first)
    third.delete()
    Release.objects.filter(certificate="15").update(certificate="12A")
    Availability.objects.filter(ends_on=None).update(ends_on=timezone.localdate() - timedelta(days=5))
    Film.objects.bulk_create(Film(title="New", slug=f"new-{n}", year=2020) for n in range(3))
    wrong = [each for kept in TALLIES if "facet" in kept.target for each in differences(kept)]
    assert wrong == []
    assert FilmFacets.objects.get(film_id=first.pk).words.count("g1") <= 1
    rows = FacetCount.objects.count()
    before = counted()
    assert gather_counts() and FacetCount.objects.count() < rows
    assert counted() == before == count(Reading(), Narrowing()).of
    assert gather_counts() == 0


def test_it_can_be_rebuilt(shelves):
    FilmFacets.objects.filter(film_id__lte=Film.objects.order_by("pk")[9].pk).delete()
    FilmFacets.objects.create(film_id=10**9, words=["g1"])
    FilmFacets.objects.filter(words__contains=["lfr"]).update(words=["lfr"])
    FacetCount.objects.create(kind="g", word="g999", number=4)
    assert any(differences(kept) for kept in TALLIES if "facet" in kept.target)
    assert rebuild_facets() > 10
    assert [each for kept in TALLIES if "facet" in kept.target for each in differences(kept)] == []
    assert rebuild_facets() == 0


def test_a_service_is_left_at_night(shelves):
    """The word outlives the run by a day, so that no clock can lose a film; then a job takes it off."""
    film = Film.objects.first()
    gone = make.availability(film=film, service="Third", ends_on=timezone.localdate() - timedelta(days=3))
    word = f"s{gone.service_id}"
    row = FilmFacets.objects.get(film_id=film.pk)
    row.words.append(word)  # as it was the day before yesterday
    row.save()
    assert count(Reading(), Narrowing()).of[word] == 1
    assert word not in count(Reading(resting_films()), Narrowing()).of
    assert settle_services() == 1
    assert not FilmFacets.objects.filter(words__contains=[word]).exists()
