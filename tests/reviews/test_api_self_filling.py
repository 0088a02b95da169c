"""Lists that fill themselves by the API: making, reading, changing and copying them."""

import pytest

from films.models import Film
from reviews.models import FilmList
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db
SENT = {"title": "Weepies", "finds": "sort=oldest&genre=Drama", "most_found": 3}


@pytest.fixture
def dramas(cast):
    for n in range(5):
        make.film(title=f"Drama {n}", year=2000 + n, genres=["Drama"])


def titles(path: str, api: Api | None = None) -> list[str]:
    found = []
    while path:
        answer = (api or Api()).get(path).json()
        found += [row["film"]["title"] for row in answer["results"]]
        path = answer["next"]
    return found


def test_it_makes_reads_and_changes_one(cast, dramas):
    api = program(cast.ana)
    answer = api.post("lists/", SENT)
    assert answer.status_code == 201
    assert_golden("list_that_fills_itself", answer)
    path = f"lists/{answer.json()['id']}/"
    assert api.post("lists/", SENT).json()["id"] == answer.json()["id"]
    assert (answer.json()["finds"], answer.json()["films"], answer.json()["seen"]) == ("genre=drama&sort=oldest", 3, 0)
    make.mark(member=cast.ana, film=Film.objects.get(title="Drama 1"), watched=True)
    make.mark(member=cast.ana, film=Film.objects.get(title="Drama 4"), watched=True)
    assert api.get(path).json()["seen"] == 1
    assert [row["seen"] for row in api.get("lists/").json()["results"]] == [1]
    assert Api().get("lists/").json()["results"][0]["seen"] is None
    assert_golden("list_found_entries", Api().get(f"{path}entries/?page_size=2"))
    assert titles(f"{path}entries/?page_size=2") == ["Drama 0", "Drama 1", "Drama 2"]
    back = Api().get(f"{path}entries/?page_size=2&cursor=n2").json()
    assert back["next"] is None and titles(back["previous"]) == ["Drama 0", "Drama 1", "Drama 2"]
    changed = api.patch(path, {"finds": "genre=drama&sort=newest", "most_found": 2, "title": "Tears"}).json()
    assert (changed["finds"], changed["most_found"], changed["title"]) == ("genre=drama&sort=newest", 2, "Tears")
    assert titles(f"{path}entries/") == ["Drama 4", "Drama 3"]


@pytest.mark.parametrize("cursor", ["n251", "nx", "p", "x1", "n-1"])
def test_a_cursor_that_leads_nowhere_is_refused(cast, dramas, cursor):
    made = make.film_list(member=cast.ana, finds="genre=drama")
    assert Api().get(f"lists/{made.pk}/entries/?cursor={cursor}").json()["code"] == "bad_cursor"


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"finds": "genre=nosuch"}, "finds", "No film here has the genre"),
        ({"finds": "genre=drama&yours=seen"}, "finds", "what is your own is left out: “Watched”"),
        ({"finds": "genre=drama&tag=noir"}, "finds", "“Tagged: noir”"),
        ({"finds": "sort=rating"}, "finds", "This would be all films"),
        ({"finds": ""}, "finds", ""),
        ({"finds": "genre=drama", "most_found": 251}, "most_found", ""),
        ({"most_found": 10}, "most_found", "This is only for a list that fills itself"),
    ],
)
def test_what_it_cannot_find_is_refused(cast, dramas, sent, field, told):
    answer = program(cast.ana).post("lists/", {"title": "No"} | sent)
    assert answer.status_code == 400 and told in " ".join(answer.json()[field])
    assert not FilmList.objects.exists()


def test_nothing_is_put_on_it_by_hand(cast, dramas):
    api, made = program(cast.ana), make.film_list(member=cast.ana, finds="genre=drama")
    film = make.film(title="Heat", year=1995)
    answer = api.post(f"lists/{made.pk}/entries/", {"film": film.slug})
    assert answer.status_code == 400 and answer.json()["detail"].startswith("This list fills itself.")
    assert api.put(f"lists/{made.pk}/entries/order/", {"entries": []}).status_code in {400, 404}
    assert api.post(f"lists/{made.pk}/collaborators/", {"username": "bea"}).status_code == 400
    by_hand = make.film_list(member=cast.ana)
    refused = api.patch(f"lists/{by_hand.pk}/", {"finds": "genre=drama", "title": "Other"})
    assert refused.status_code == 400 and "filled by hand" in refused.json()["finds"][0]
    assert api.patch(f"lists/{by_hand.pk}/", {"most_found": 3}).status_code == 400
    assert FilmList.objects.get(pk=by_hand.pk).title == by_hand.title  # neither


def test_it_copies_one_either_way(cast, dramas):
    made = make.film_list(member=cast.ana, finds="genre=drama")
    api = program(cast.bea)
    alive = api.post(f"lists/{made.pk}/clone/").json()
    still = api.post(f"lists/{made.pk}/clone/", {"by_hand": True}).json()
    assert (alive["finds"], alive["films"]) == ("genre=drama", 5)
    assert (still["finds"], still["most_found"], still["films"]) == (None, None, 5)


def test_many_cost_as_few_queries_as_one(cast, dramas):
    make.film_list(member=cast.ana, finds="genre=drama&sort=title")
    one = queries_of("GET", "lists/", as_=cast.bea)
    for n in range(20):
        make.film_list(member=cast.ana, finds=f"genre=drama&from={1980 + n}&sort=title", most_found=2)
    assert queries_of("GET", "lists/", as_=cast.bea) <= one
