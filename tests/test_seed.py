"""`manage.py seed`: a new site is full, with one of its films known in full. It is filled once for all that look."""

import html
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from accounts.models import User
from films.finding import best_films, best_people
from films.models import (
    Availability,
    Award,
    Chart,
    ChartPlace,
    Collection,
    Credit,
    Film,
    FilmId,
    Job,
    Person,
    Release,
)
from films.names import slug_for
from films.posters import poster_of
from films.search import search_text_of
from films.seed.load import load
from reviews.actions.documents import house_account
from reviews.models import Article, Document, Finding, Review
from tests.api import Api
from tests.base import rows_for_a_module

pytestmark = pytest.mark.slow
EVERYTHING = (Film, Person, Credit, Collection, User, Document, Finding, Review, Article)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def seed() -> tuple[str, str]:
    """What it said, and what it showed of its progress."""
    said, shown = StringIO(), Terminal()
    call_command("seed", stdout=said, stderr=shown, no_color=True)
    return said.getvalue(), shown.getvalue()


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[tuple[str, str]]:
    with rows_for_a_module(django_db_blocker), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield seed()


@pytest.fixture
def baby_driver(seeded: tuple[str, str]) -> Film:
    return Film.objects.get(slug="baby-driver-2017")


@pytest.mark.django_db  # by this mark pytest-django knows that the module needs a database at all
def test_it_fills_a_new_site_and_says_so(seeded: tuple[str, str]) -> None:
    said, shown = seeded
    assert f"{Film.objects.count()} films added" in said and "3 texts published" in said
    assert shown.count("…") == 8
    assert Film.objects.count() > 35_000
    assert ChartPlace.objects.filter(chart__in=Chart.objects.of_all_films()).count() >= 250
    assert list(User.objects.values_list("username", flat=True)) == ["house"]  # nobody is invented


def test_it_publishes_what_the_house_says_of_one_film(baby_driver: Film) -> None:
    assert Document.objects.filter(film=baby_driver).count() == 3
    review = Review.objects.get()
    assert (review.film, review.half_stars, review.member) == (baby_driver, 10, house_account())
    assert set(Article.objects.published().values_list("kind", flat=True)) == {"essay", "news"}
    assert (baby_driver.review_count, baby_driver.rating_count, baby_driver.rating_sum) == (1, 1, 10)


def test_the_first_posters_are_drawn(seeded: tuple[str, str]) -> None:
    first = Film.objects.popular()[0]
    assert poster_of(first).drawn
    drawn = default_storage.listdir(f"drawn/{first.pk % 1000:03d}")[1]
    assert any(name.startswith(f"{first.pk}-") for name in drawn)


def test_again_it_changes_nothing(seeded: tuple[str, str]) -> None:
    before = [model.objects.count() for model in EVERYTHING]
    assert load() == 0
    assert "nothing was changed" in seed()[0]
    assert [model.objects.count() for model in EVERYTHING] == before


def test_every_row_has_its_columns(seeded) -> None:
    assert not Film.objects.filter(slug="").exists()
    assert not Film.objects.filter(sort_title="").exists()
    assert not Film.objects.filter(search_text="").exists()
    assert not Person.objects.filter(search_text="").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM films_film WHERE slug !~ '^[a-z0-9-]+$'")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM films_person p WHERE credit_count <>"
            " (SELECT count(*) FROM films_credit c WHERE c.person_id = p.id)"
        )
        assert cursor.fetchone() == (0,)


def test_new_films_and_people_go_on_behind_the_loaded_ones(seeded) -> None:
    with transaction.atomic():
        film = Film.objects.create(title="A New One", year=2020, slug="a-new-one-2020")
        person = Person.objects.create(name="Somebody New", slug="somebody-new")
        Credit.objects.create(film=film, person=person, job=Job.DIRECTOR)
        transaction.set_rollback(True)


def test_search_text_is_what_the_site_itself_would_write(baby_driver: Film) -> None:
    assert set(baby_driver.search_text.split()) == set(search_text_of(baby_driver).split())


def test_known_films_come_first(seeded) -> None:
    first = list(Film.objects.popular()[:60])
    assert first[0].slug == "baby-driver-2017"
    assert {"parasite-2019", "heat-1995", "spirited-away-2001"} <= {film.slug for film in first}
    assert all(film.renown > 20 for film in first)


def test_films_and_people_are_found(seeded) -> None:
    assert best_films("babay driver")[0].slug == "baby-driver-2017"
    assert best_films("Зад волана")[0].slug == "baby-driver-2017"
    assert best_people("eiza gonzalez")[0].name == "Eiza González"
    assert best_people("jk simmons")[0].name == "J. K. Simmons"


def test_the_facts_of_baby_driver(baby_driver: Film) -> None:
    assert baby_driver.runtime_minutes == 113
    assert baby_driver.release_date == date(2017, 6, 28)
    assert {country.code for country in baby_driver.countries.all()} == {"GB", "US"}
    assert [language.code for language in baby_driver.languages.all()] == ["en"]
    assert dict(baby_driver.external_ids.values_list("source", "value")) == {
        "imdb": "tt3890160",
        "tmdb": "339403",
        "wikipedia": "Baby_Driver",
    }
    assert slug_for(baby_driver.title, baby_driver.year) == baby_driver.slug


def test_the_people_of_baby_driver(baby_driver: Film) -> None:
    cast = list(baby_driver.credits.cast().values_list("person__name", "character"))
    assert cast[:2] == [("Ansel Elgort", "Baby"), ("Jon Bernthal", "Griff")]
    assert {("Lily James", "Debora"), ("Jamie Foxx", "Bats"), ("CJ Jones", "Joseph")} <= set(cast)
    crew = {(credit.job, credit.person.name) for credit in baby_driver.credits.crew().select_related("person")}
    assert {
        (Job.DIRECTOR, "Edgar Wright"),
        (Job.WRITER, "Edgar Wright"),
        (Job.CINEMATOGRAPHER, "Bill Pope"),
        (Job.EDITOR, "Jonathan Amos"),
        (Job.COMPOSER, "Steven Price"),
        (Job.COSTUME_DESIGNER, "Courtney Hoffman"),
        (Job.CHOREOGRAPHER, "Ryan Heffington"),
        (Job.STUNT_COORDINATOR, "Darrin Prescott"),
        (Job.SOUND, "Mary H. Ellis"),
    } <= crew


def test_the_songs_of_baby_driver(baby_driver: Film) -> None:
    songs = list(baby_driver.soundtrack.values_list("position", "title", "artist__name"))
    assert len(songs) == 30
    assert songs[0] == (1, "Bellbottoms", "Jon Spencer Blues Explosion")
    assert songs[20] == (21, "Intermission", "Blur")
    assert songs[27] == (28, "Baby Driver", "Simon & Garfunkel")


def test_the_prizes_of_baby_driver(baby_driver: Film) -> None:
    oscars = baby_driver.awards.filter(award="Academy Awards", year=2018)
    assert {award.category for award in oscars} == {"Film Editing", "Sound Editing", "Sound Mixing"}
    for award in oscars:
        assert award.outcome == Award.Outcome.NOMINATED
        assert award.lost_to == "Dunkirk"
        assert award.lost_to_film == Film.objects.get(slug="dunkirk-2017")
        assert award.people.exists()
    assert baby_driver.awards.get(award="BAFTA Film Awards").outcome == Award.Outcome.WON


def test_where_baby_driver_came_out_and_who_made_it(baby_driver: Film) -> None:
    releases = baby_driver.releases.values_list("country", "kind", "released_on", "certificate")
    assert {
        ("US", "premiere", date(2017, 3, 11), ""), ("US", "cinema", date(2017, 6, 28), "R"),
        ("GB", "cinema", date(2017, 6, 28), "15"), ("DE", "cinema", date(2017, 7, 27), "FSK 16"),
        ("AU", "cinema", None, "MA15+"),
    } <= set(releases)  # fmt: skip
    companies = set(baby_driver.companies.values_list("name", flat=True))
    assert companies == {"TriStar Pictures", "Media Rights Capital", "Big Talk Productions", "Working Title Films"}
    assert baby_driver.tagline == "All you need is one killer track."
    assert [note.slug for note in baby_driver.content_notes.all()] == ["violence"]
    assert not Release.objects.exclude(film=baby_driver).exists()


def test_the_page_of_baby_driver_shows_all_of_it(client, baby_driver: Film) -> None:
    page = html.unescape(client.get("/films/baby-driver-2017/").content.decode())
    for words in (
        "Edgar Wright", "Paul Machliss", "Jonathan Amos", "Steven Price", "Ryan Heffington", "Darrin Prescott",
        "Choreography", "Stunts", "92", "Rotten Tomatoes", "left Netflix on 28 January 2024", "113 minutes",
        "United Kingdom", "United States", "31 titles elsewhere", "Nyomd, Bébi, nyomd!", "Academy Awards", "BAFTA",
        "Working Title Films", "All you need is one killer track.", "FSK 16", "11 March 2017", "South by Southwest",
    ):  # fmt: skip
        assert words in page, words
    assert len(page.split('<ul role="list" class="cast">')[1].split("</ul>")[0].split("<li>")) - 1 == 12
    assert page.count('class="song"') == 30
    assert page.count('class="where-called"') == 31
    assert page.count('went to <a href="/films/dunkirk-2017/">') == 3


def test_the_api_says_all_of_it_too(baby_driver: Film) -> None:
    data = Api().get("films/baby-driver-2017/").json()
    jobs = {row["job"] for row in data["crew"]}
    assert {"director", "writer", "editor", "composer", "choreographer", "stunt_coordinator"} <= jobs
    assert sum(bool(row["character"]) for row in data["cast"]) >= 10
    assert len(data["soundtrack"]) == 30 and data["soundtrack"][20]["artist"] == "Blur"
    oscars = [row for row in data["awards"] if row["award"] == "Academy Awards"]
    assert {(row["outcome"], row["lost_to"], row["lost_to_film"]) for row in oscars} == {
        ("nominated", "Dunkirk", "dunkirk-2017")
    }
    assert len(oscars) == 3 and all(row["people"] for row in oscars)
    assert [row["outcome"] for row in data["awards"] if row["award"] == "BAFTA Film Awards"] == ["won"]
    assert [(row["source"], row["value"], row["scale"]) for row in data["external_scores"]] == [
        ("Rotten Tomatoes", 92, 100)
    ]
    (netflix,) = data["availability"]
    assert (netflix["service"]["slug"], netflix["ends_on"]) == ("netflix", "2024-01-28")
    assert data["runtime_minutes"] == 113 and {row["code"] for row in data["countries"]} == {"GB", "US"}
    assert len(data["alternative_titles"]) == 31 and len(data["companies"]) == 4 and len(data["releases"]) == 7


def test_baby_driver_elsewhere(baby_driver: Film) -> None:
    assert baby_driver.alternative_titles.count() == 31
    assert baby_driver.alternative_titles.get(country="HU").title == "Nyomd, Bébi, nyomd!"
    score = baby_driver.outside_scores.get()
    assert (score.source, score.value, score.scale) == ("Rotten Tomatoes", 92, 100)
    netflix = Availability.objects.get(film=baby_driver)
    assert (netflix.service.name, netflix.kind, netflix.ends_on) == ("Netflix", "stream", date(2024, 1, 28))


def test_collections_stand_on_the_front_page(seeded) -> None:
    shown = list(Collection.objects.on_front_page())
    assert len(shown) >= 2
    for collection in shown:
        assert collection.entries.count() >= 5
        assert all(entry.note for entry in collection.entries.all())


def test_each_film_has_one_id_a_source(seeded) -> None:
    assert FilmId.objects.filter(source="imdb").count() > 6_000
