"""The catalogue by the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from films.actions import merge_films
from films.models import (
    AccessFeature,
    Award,
    Company,
    ContentNote,
    Film,
    FilmId,
    FormerSlug,
    Franchise,
    Genre,
    OutsideScore,
    Service,
)
from tests import make, staff
from tests.api import Api, assert_golden, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def driver() -> Film:
    film = make.film(
        title="Baby Driver",
        genres=["Action", "Crime"],
        countries=["GB"],
        languages=["en"],
        directors=["Edgar Wright"],
        cast=[("Ansel Elgort", "Baby"), ("Lily James", "Debora")],
        runtime_minutes=113,
        tagline="One more job",
        synopsis="He hears everything to music.",
    )
    FilmId.objects.create(film=film, source="imdb", value="tt3890160")
    make.song(film=film, title="Bellbottoms", artist="The Jon Spencer Blues Explosion")
    Award.objects.create(film=film, award="Academy Awards", category="Film Editing", year=2018, outcome="nominated")
    OutsideScore.objects.create(film=film, source="Metacritic", value=86)
    make.availability(film=film, ends_on=timezone.localdate() + timedelta(days=400))
    return film


def test_it_lists_films(driver):
    answer = Api().get("films/")
    assert answer.status_code == 200
    assert_golden("films", answer)


def test_it_reads_a_film(driver):
    for stars in (3.5, 4.5, 5):
        make.mark(member=make.member(), film=driver, stars=stars)
    answer = Api().get("films/baby-driver-2017/")
    data = answer.json()
    assert data["rating"]["average"] == 4.33
    assert data["rating"]["histogram"] == [0, 0, 0, 0, 0, 0, 1, 0, 1, 1]
    assert_golden("film", answer)


def test_it_hides_the_average_of_a_few(driver, settings):
    settings.RATINGS_FOR_AVERAGE = 2
    make.mark(member=make.member(), film=driver, stars=4)
    rating = Api().get("films/baby-driver-2017/score/").json()
    assert (rating["average"], rating["weighted"], rating["count"]) == (None, None, 1)
    make.mark(member=make.member(), film=driver, stars=5)
    assert Api().get("films/baby-driver-2017/score/").json()["average"] == 4.5


def there_without_films() -> None:
    """Names that no film has."""
    make.languages("fr")
    Genre.objects.create(name="Western", slug="western")
    Service.objects.create(name="MUBI", slug="mubi")
    Company.objects.create(name="Mosfilm", slug="mosfilm")
    Franchise.objects.create(name="Getaways", slug="getaways")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=baby", ["baby-driver-2017"]),
        ("search=wright", ["baby-driver-2017"]),
        ("search=%25", []),
        ("genre=action&genre=crime", ["baby-driver-2017"]),
        ("genre=action&genre=western", []),
        ("year=2017", ["baby-driver-2017"]),
        ("decade=1950s", ["old-1952"]),
        ("decade=1950", ["old-1952"]),
        ("from_year=1950&to_year=1960", ["old-1952"]),
        ("from_year=1960&to_year=1950", ["old-1952"]),
        ("decade=1950s&from_year=1952", ["old-1952"]),
        ("decade=1950s&year=2017", []),
        ("min_runtime=90&max_runtime=100", ["old-1952"]),
        ("min_runtime=100&max_runtime=90", ["old-1952"]),
        ("country=gb", ["baby-driver-2017"]),
        ("language=fr", []),
        ("person=edgar-wright", ["baby-driver-2017"]),
        ("service=netflix", ["baby-driver-2017"]),
        ("leaving_before=2100-01-01", ["baby-driver-2017"]),
        ("leaving_before=2020-01-01", []),
        ("leaving_before=2100-01-01&service=mubi", []),
        ("min_rating=4", []),
        ("without=violence", ["old-1952", "undated"]),
        ("not_language=fr", ["old-1952", "undated", "baby-driver-2017"]),
        ("access=closed-captions", ["baby-driver-2017"]),
        ("access=signed-version", []),
        ("company=tristar-pictures", ["baby-driver-2017"]),
        ("company=mosfilm", []),
        ("certificate=GB:18", []),
        ("franchise=getaways", []),
        ("imdb=tt3890160", ["baby-driver-2017"]),
        ("imdb=tt0000001&imdb=https%3A%2F%2Fwww.imdb.com%2Ftitle%2Ftt3890160%2F", ["baby-driver-2017"]),
        ("imdb=tt3890160&genre=western", []),
        ("tmdb=339403", []),
        ("imdb=tt3890160&tmdb=339403", []),
        ("ordering=year", ["old-1952", "baby-driver-2017", "undated"]),
        ("ordering=-year", ["baby-driver-2017", "old-1952", "undated"]),
        ("ordering=title", ["baby-driver-2017", "old-1952", "undated"]),
    ],
)
def test_it_filters_and_orders(driver, query, found):
    make.film(title="Old", year=1952, runtime_minutes=95, renown=2)
    make.film(title="Undated", year=None, renown=1)
    driver.content_notes.set(ContentNote.objects.filter(slug="violence"))
    driver.access_features.set(AccessFeature.objects.filter(slug="closed-captions"))
    driver.companies.create(name="TriStar Pictures", slug="tristar-pictures")
    there_without_films()
    assert [film["slug"] for film in Api().get(f"films/?{query}").json()["results"]] == found


@pytest.mark.parametrize(
    "query",
    ["year=1", "year=x", "decade=195", "min_rating=9", "min_rating=inf", "leaving_before=soon", "ordering=password",
     "ordering=-rating_sum", "page_size=0", "page_size=-1", "page_size=x", "search=%00", "service=a/b"],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_filter(query):
    assert Api().get(f"films/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("genre=dramma", {"genre": ["There is no genre “dramma” here. Did you mean “drama”?"]}),
        ("not_genre=qqq", {"not_genre": ["There is no genre “qqq” here."]}),
        ("country=XX&country=GB", {"country": ["There is no country “XX” here."]}),
        ("language=klingon", {"language": ["There is no language “klingon” here."]}),
        ("service=netflicks", {"service": ["There is no service “netflicks” here. Did you mean “netflix”?"]}),
        ("company=nobody", {"company": ["There is no company “nobody” here."]}),
        ("franchise=none", {"franchise": ["There is no franchise “none” here."]}),
        ("person=a&person=b", {"person": ["There is no person “a” here.", "There is no person “b” here."]}),
        ("without=violense", {"without": ["There is no content note “violense” here. Did you mean “violence”?"]}),
        ("access=smell", {"access": ["There is no accessibility feature “smell” here."]}),
        ("imdb=3890160", {"imdb": ["An id there looks like tt3890160; the address of its page will do, too."]}),
        ("genre=x&not_person=y",
         {"genre": ["There is no genre “x” here."], "not_person": ["There is no person “y” here."]}),
    ],
)  # fmt: skip
def test_it_says_what_is_no_name_here(driver, query, said):
    make.film(genres=["Drama"])
    answer = Api().get(f"films/?{query}&counts=1")
    assert (answer.status_code, answer.json()) == (400, said)


def test_the_id_of_a_film_that_was_merged_away_finds_what_it_lives_on_in(driver):
    gone = make.film(title="Baby")
    FilmId.objects.create(film=gone, source="imdb", value="tt7777777")
    merge_films(curator=staff.curator(), kept=driver, gone=gone)
    assert [film["slug"] for film in Api().get("films/?imdb=tt7777777").json()["results"]] == [driver.slug]


@pytest.mark.parametrize("certificate", ["GB", "GB:", ":15", "15", "XX:15"])
def test_a_certificate_has_a_country(driver, certificate):
    answer = Api().get(f"films/?certificate={certificate}")
    assert answer.status_code == 400
    assert answer.json()["certificate"][0].startswith(f"“{certificate}” is no certificate. Write a country’s code")


def test_it_looks_once_for_all_names_of_a_filter_that_are_unknown(driver, django_assert_max_num_queries):
    names = ("genre", "not_genre", "service", "person")
    many = "&".join(f"{name}=no-{number}" for number in range(9) for name in names)
    Api().get("films/")
    with django_assert_max_num_queries(9):  # two of them are held outside of a test's transaction
        assert Api().get(f"films/?{many}").status_code == 400


def test_what_leaves_is_asked_for_by_names_that_there_are(driver):
    make.countries("FR")
    assert Api().get("leaving-soon/?service=netflix&country=gb").json()["results"] == []
    assert Api().get("leaving-soon/?country=fr").json()["results"] == []
    refused = Api().get("leaving-soon/?service=netfix&country=zz")
    assert refused.status_code == 400
    assert refused.json() == {
        "service": ["There is no service “netfix” here. Did you mean “netflix”?"],
        "country": ["There is no country “zz” here."],
    }
    for service in ("MUBI", "Shudder"):
        make.availability(film=make.film(title=f"On {service}"), service=service, ends_on=timezone.localdate())
    either = Api().get("leaving-soon/?service=netflix&service=mubi").json()["results"]
    assert {row["service"]["slug"] for row in either} == {"netflix", "mubi"}


def test_it_pages_forward_and_back():
    for number in range(7):
        make.film(title=f"Part {number}", year=2000 + number // 3)
    first = Api().get("films/?ordering=-year&page_size=3").json()
    second = Api().get(first["next"]).json()
    third = Api().get(second["next"]).json()
    seen = [film["title"] for page in (first, second, third) for film in page["results"]]
    assert sorted(seen) == [f"Part {number}" for number in range(7)]
    assert first["previous"] is None and third["next"] is None
    assert Api().get(third["previous"]).json()["results"] == second["results"]


def test_it_takes_at_most_a_hundred_at_a_time():
    for _number in range(102):
        make.film()
    assert len(Api().get("films/?page_size=1000").json()["results"]) == 100


@pytest.mark.parametrize("cursor", ["x", "n", "nZZ", "p" + "W10", "n" + "A" * 2000, "nWzAsbnVsbCwxXQ"])
def test_it_refuses_a_cursor_that_it_did_not_make(cursor):
    answer = Api().get(f"films/?cursor={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (404, "bad_cursor")


def test_it_leads_from_a_former_address(driver):
    FormerSlug.objects.create(film=driver, slug="baby-drover-2017")
    answer = Api().get("films/baby-drover-2017/?a=1")
    assert answer.status_code == 301
    assert answer["Location"] == "http://testserver/api/v1/films/baby-driver-2017/?a=1"
    assert Api().get("films/nothing-1900/").json()["code"] == "not_found"


def test_people_collections_and_what_leaves(driver):
    make.collection(title="Getaways", films=[driver])
    make.collection(title="Not yet", shown_from=timezone.localdate() + timedelta(days=1))
    assert_golden("people", Api().get("people/"))
    assert_golden("person", Api().get("people/edgar-wright/"))
    assert_golden("collections", Api().get("collections/"))
    assert_golden("collection", Api().get("collections/getaways/"))
    assert Api().get("collections/not-yet/").status_code == 404
    assert_golden("leaving_soon", Api().get("leaving-soon/"))
    leaving = Api().get("leaving-soon/").json()["results"]
    assert [place["film"]["slug"] for place in leaving] == ["baby-driver-2017"]
    Service.objects.create(name="MUBI", slug="mubi")
    assert Api().get("leaving-soon/?service=mubi").json()["results"] == []
    assert [p["name"] for p in Api().get("people/?search=lily").json()["results"]] == ["Lily James"]
    assert Api().get("people/?ordering=name").json()["results"][0]["name"] == "Ansel Elgort"


def test_it_asks_the_database_as_often_for_fifty_as_for_five():
    """With fewer, a search looks for what may be meant, too."""

    def one_more() -> None:
        names = [f"Person {make.number()}" for _number in range(2)]
        film = make.film(genres=["Action"], directors=names[:1], cast=[(names[1], "X")])
        make.availability(film=film, ends_on=timezone.localdate() + timedelta(days=9))
        make.collection(films=[film])

    def counted() -> dict[str, int]:
        paths = ("films/?", "films/?search=film&", "people/?", "collections/?", "leaving-soon/?")
        return {path: queries_of("GET", f"{path}page_size=50") for path in paths}

    for _number in range(5):
        one_more()
    few = counted()
    for _number in range(45):
        one_more()
    assert counted() == few
    assert max(few.values()) <= 7
