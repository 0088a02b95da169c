"""What the addresses of the API's lists may ask for."""

import re

import pytest

from config.api.docs import description
from films.models import FormerSlug
from tests import make
from tests.api import Api, program

pytestmark = pytest.mark.django_db

LISTS = {
    path: sorted(said["name"] for said in item["get"]["parameters"] if said.get("in") == "query")
    for path, item in description()["paths"].items()
    if "get" in item and "Paginated" in str(item["get"]["responses"]["200"])
}


def test_the_description_names_all_kinds_of_lists():
    assert len(LISTS) >= 40
    assert {"/api/v1/films/", "/api/v1/search/", "/api/v1/charts/{name}/", "/api/v1/me/tokens/"} <= LISTS.keys()


@pytest.mark.parametrize(("path", "names"), LISTS.items(), ids=LISTS)
def test_a_list_takes_what_its_description_names_and_refuses_all_else(cast, path, names):
    there = re.sub(r"{\w+}", "1", path)
    taken = "&".join(f"{name}=1" for name in [*names, "cursor", "page_size"])
    assert "parameter" not in Api(as_=cast.ana).get(f"{there}?{taken}").text
    refused = Api(as_=cast.ana).get(f"{there}?{taken}&no_such_thing=1")
    assert refused.status_code == 400
    assert refused.json().keys() == {"no_such_thing"}
    assert refused.json()["no_such_thing"][0].startswith("This list has no parameter “no_such_thing”. ")


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        ("films/?genres=drama", "genres", "This list has no parameter “genres”. Did you mean “genre”?"),
        ("films/?page_sise=2", "page_sise", "This list has no parameter “page_sise”. Did you mean “page_size”?"),
        ("people/?order=name", "order", "This list has no parameter “order”. Did you mean “ordering”?"),
        ("leaving-soon/?until=x", "until",
         "This list has no parameter “until”. It has before, country, cursor, page_size, service."),
        ("charts/?genre=crime", "genre", "This list has no parameter “genre”. It has cursor, page_size."),
        ("search/?q=x&kind=films", "kind", "This list has no parameter “kind”. It has cursor, page_size, q, type."),
        ("articles/?%3Cb%3E%07=1", "<b>", "This list has no parameter “<b>”. It has"),
    ],
)  # fmt: skip
def test_it_says_which_parameter_is_none_and_what_may_have_been_meant(address, name, said):
    answer = Api().get(address)
    assert (answer.status_code, [*answer.json()]) == (400, [name])
    assert answer.json()[name][0].startswith(said)


def test_it_says_so_of_ten_at_most_and_shortens_their_names():
    answer = Api().get("films/?" + "&".join(f"{number}{'x' * 500}=1" for number in range(10, 90)))
    assert answer.status_code == 400 and len(answer.json()) == 10
    assert max(map(len, answer.json())) == 40


@pytest.mark.parametrize(
    "passing", ["format=json", "reveal=1", "_=1732900000", "utm_source=mail", "page_size=1", "cursor="]
)
@pytest.mark.parametrize("address", ["films/", "people/", "charts/", "search/suggest/?q=f", "members/ana/diary/"])
def test_what_clients_and_caches_add_to_any_address_does_no_harm(cast, address, passing):
    make.film()
    if passing == "cursor=" and "suggest" in address:
        return
    answer = Api().get(f"{address}{'&' if '?' in address else '?'}{passing}")
    assert answer.status_code == 200


def test_whoever_may_not_read_a_list_hears_that_first():
    assert Api().get("me/feed/?kinds=liked").status_code == 401


def test_one_thing_and_what_is_written_may_have_anything_beside(cast):
    film = make.film(title="Baby Driver")
    FormerSlug.objects.create(film=film, slug="baby-drover")
    assert Api().get(f"films/{film.slug}/?whatever=1").status_code == 200
    assert Api().get("films/baby-drover/?whatever=1").status_code == 301
    assert program(cast.ana).post("reviews/?whatever=1", {"film": film.slug, "body": "Good."}).status_code == 201


def test_a_body_may_name_what_is_not_written(cast):
    """Programs send back what they read, with a change in it."""
    api = program(cast.ana)
    me = api.get("me/").json()
    changed = api.patch("me/", me | {"bio": "Sees all.", "joined_at": "1999-01-01T00:00:00Z", "from_the_future": 1})
    assert (changed.status_code, changed.json()) == (200, me | {"bio": "Sees all."})


@pytest.mark.parametrize("name", ["film", "member", "tag", "min_stars", "ordering", "reveal"])
def test_what_is_asked_for_and_left_empty_does_not_get_everything(name):
    answer = Api().get(f"reviews/?{name}=&cursor=&utm_source=")
    assert (answer.status_code, answer.json()) == (400, {name: ["Say what you ask for, or leave this out."]})


@pytest.mark.parametrize(
    ("address", "name"), [("search/?q=x&page_size=no", "page_size"), ("charts/?page_size=0", "page_size"),
                          ("lists/1/entries/?reveal=0", "reveal"), ("articles/?reveal=yes", "reveal")],
)  # fmt: skip
def test_what_every_list_takes_is_looked_at_where_it_changes_nothing(address, name):
    answer = Api().get(address)
    assert (answer.status_code, [*answer.json()]) == (400, [name])


def test_an_address_without_its_last_slash_leads_on_and_loses_nothing_that_was_sent(cast):
    film = make.film(title="Baby Driver")
    there = f"http://testserver/api/v1/films/{film.slug}/me/"
    sent = program(cast.ana).patch(f"films/{film.slug}/me", {"liked": True})
    assert (sent.status_code, sent["Location"], sent.json()["code"]) == (308, there, "moved")
    read = program(cast.ana).get(f"films/{film.slug}/me?x=1")
    assert (read.status_code, read["Location"]) == (301, f"{there}?x=1")


@pytest.mark.parametrize("path", ["films/", "reviews/1/", "me/feed/", "lists/1/order/"])
def test_it_allows_only_what_it_takes(cast, path):
    answer = program(cast.ana).request("OPTIONS", path)
    assert answer.status_code == 405 and answer.json()["code"] == "method_not_allowed"
    assert "OPTIONS" not in answer["Allow"] and ("GET" in answer["Allow"] or "PUT" in answer["Allow"])


def test_a_number_that_is_too_long_is_told_in_our_words(cast):
    answer = program(cast.ana).patch("me/", b'{"bio": ' + b"9" * 5000 + b"}")
    assert (answer.status_code, answer.json()["detail"]) == (400, "The JSON holds a number that is too long.")


@pytest.mark.parametrize(
    ("address", "name", "said"),
    [
        ("films/?updated_since=yesterday", "updated_since", "Write the moment as 2024-01-28T19:30:00Z."),
        ("films/?min_rating=lots", "min_rating", "Write a number."),
        ("films/?from_year=19.5", "from_year", "Write a whole number."),
        ("films/?from_year=99999", "from_year", "At most 2100."),
        ("films/?length=endless", "length", "“endless” is none of the choices."),
        ("reviews/?spoilers=maybe", "spoilers", "“maybe” is none of the choices."),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words_of_the_house(address, name, said):
    assert Api().get(address).json() == {name: [said]}


def test_so_is_what_is_sent(cast):
    api = Api(as_=cast.ana)
    assert api.post("diary/", {}).json()["film"] == ["This is missing."]
    sent = {"film": make.film().slug, "watched_on": "yesterday", "rewatch": "often", "tags": "one"}
    told = {
        "watched_on": ["Write the day as year-month-day, such as 2024-01-28."],
        "rewatch": ["Say true or false."],
        "tags": ["Write a list."],
    }
    assert api.post("diary/", sent).json() == told
    assert api.post("lists/", {"title": ""}).json() == {"title": ["Write something here."]}
