"""Films as curators add and correct them by the API."""

import pytest

from films.models import Company, Film, Franchise
from tests import make
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def driver() -> Film:
    return make.film(title="Baby Driver", countries=["GB"])


def test_curators_add_and_correct_films(cast):
    make.film(genres=["Action"], countries=["GB"])
    api = program(cast.dora)
    answer = api.post("films/", {"title": "Baby Driver", "year": 2017, "genres": ["action"], "countries": ["GB"]})
    assert (answer.status_code, answer["Location"]) == (201, "http://testserver/api/v1/films/baby-driver-2017/")
    assert_golden("film_added", answer)
    changed = api.patch("films/baby-driver-2017/", {"year": 2018, "tagline": "Again"})
    assert changed.json()["slug"] == "baby-driver-2018"
    assert [genre["slug"] for genre in changed.json()["genres"]] == ["action"]
    assert api.patch("films/baby-driver-2017/", {"year": 2017}).status_code == 308


@pytest.mark.parametrize("who", ["ana", "eli", None])
def test_nobody_else_does(cast, driver, who):
    api = Api(as_=getattr(cast, who)) if who else Api()
    expected = 403 if who else 401
    assert api.post("films/", {"title": "Mine"}).status_code == expected
    assert api.patch("films/baby-driver-2017/", {"title": "Mine"}).status_code == expected
    assert Film.objects.get().title == "Baby Driver"


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "title"), ({"title": ""}, "title"), ({"title": "x" * 251}, "title"), ({"title": "A", "year": 1500}, "year"),
     ({"title": "A", "genres": ["nope"]}, "genres"), ({"title": "A", "runtime_minutes": -1}, "runtime_minutes"),
     ({"title": "A", "release_date": "soon"}, "release_date"), ({"title": "A", "genres": "action"}, "genres")],
)  # fmt: skip
def test_it_says_which_fact_is_wrong(cast, sent, field):
    answer = program(cast.dora).post("films/", sent)
    assert answer.status_code == 400
    assert all(isinstance(message, str) for message in answer.json()[field])


def test_what_is_no_name_here_is_refused_in_words(cast):
    make.film(genres=["Drama"])
    sent = {"title": "A", "genres": ["drama", "dramma"], "franchise": "x", "releases": [{"country": "ZZ"}]}
    assert program(cast.dora).post("films/", sent).json() == {
        "genres": ["There is no genre “dramma” here. Did you mean “drama”?"],
        "franchise": ["There is no franchise “x” here."],
        "releases": ["There is no country “ZZ” here."],
    }


def test_curators_write_companies_notes_releases_and_titles(cast, driver):
    make.countries("HU", "US")
    Company.objects.create(name="TriStar Pictures", slug="tristar-pictures")
    saga = Franchise.objects.create(name="Getaways", slug="getaways")
    other = make.film(title="Baby Drove", year=2027, franchise=saga, franchise_part=2)
    sent = {
        "companies": ["tristar-pictures"], "franchise": "getaways", "franchise_part": 1, "content_notes": ["violence"],
        "accessibility": ["closed-captions"], "trailer_url": "https://www.youtube.com/watch?v=z2z857RSfhk",
        "releases": [
            {"country": "US", "released_on": "2017-06-28", "certificate": "R"}, {"country": "GB", "certificate": "15"},
        ],
        "alternative_titles": [{"title": "Nyomd, Bébi, nyomd!", "country": "HU"}],
    }  # fmt: skip
    data = program(cast.dora).patch("films/baby-driver-2017/", sent).json()
    assert data["franchise"] == {"slug": "getaways", "name": "Getaways", "part": 1}
    assert data["companies"] == [{"slug": "tristar-pictures", "name": "TriStar Pictures"}]
    assert [note["slug"] for note in data["content_notes"] + data["accessibility"]] == ["violence", "closed-captions"]
    assert [(row["country"], row["kind"], row["released_on"], row["certificate"]) for row in data["releases"]] == [
        ("US", "cinema", "2017-06-28", "R"), ("GB", "cinema", None, "15"),
    ]  # fmt: skip
    assert data["alternative_titles"] == [{"title": "Nyomd, Bébi, nyomd!", "country": "HU", "language": None}]
    assert data["trailer_url"] == sent["trailer_url"]
    assert driver.changes.filter(fact="releases", by=cast.dora).exists()
    assert Api().get(f"films/{other.slug}/").json()["franchise"]["part"] == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"trailer_url": "https://example.org/v"}, "trailer_url"), ({"trailer_url": "http://vimeo.com/1"}, "trailer_url"),
     ({"companies": ["nope"]}, "companies"), ({"franchise": "nope"}, "franchise"),
     ({"content_notes": "x"}, "content_notes"),
     ({"releases": [{"country": "GB"}]}, "releases"),
     ({"releases": [{"country": "XX", "certificate": "R"}]}, "releases"),
     ({"releases": [{"country": "GB", "certificate": "R"}] * 2}, "releases"), ({"releases": 7}, "releases"),
     ({"alternative_titles": [{"title": ""}]}, "alternative_titles")],
)  # fmt: skip
def test_it_says_which_of_the_rows_is_wrong(cast, driver, sent, field):
    answer = program(cast.dora).patch("films/baby-driver-2017/", sent)
    assert answer.status_code == 400
    assert field in answer.json()
    assert not driver.releases.exists() and not driver.alternative_titles.exists()


def test_curators_cannot_write_what_is_counted(cast):
    sent = {"title": "A", "rating_count": 9, "rating_sum": 90, "slug": "mine", "popularity": 9, "id": 1, "renown": 9}
    program(cast.dora).post("films/", sent)
    film = Film.objects.get()
    assert (film.rating_count, film.rating_sum, film.slug, film.renown) == (0, 0, "a", 0)
