"""Searches of the catalogue under names of one's own: on its page, on a page of their own and in the API."""

import pytest

from reviews.actions.searching import MOST_SAVED, save_search
from reviews.models import SavedSearch
from reviews.searches import filters_in
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of

pytestmark = pytest.mark.django_db
AT = "/accounts/searches/"


def save(member, name, query="length=short"):
    [(filters, _notices)] = filters_in([query])
    return save_search(member=member, name=name, filters=filters)


def test_what_is_narrowed_down_is_saved_and_at_hand_from_then_on(cast):
    make.film(title="Locke", year=2013, runtime_minutes=85)
    ana, bea = staff.logged_in(cast.ana), staff.logged_in(cast.bea)
    assert "Save this search" not in ana.get("/films/").text
    page = ana.get("/films/?length=short&from=2010&to=2019&sort=rating")
    assert 'name="name" value="2010s, Under 90 minutes, Highest rated"' in page.text
    kept = ana.post(AT, {"name": "  Short   nights ", "query": page.context["query"]})
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.query) == ("Short nights", "from=2010&to=2019&length=short&sort=rating")
    assert kept["Location"] == saved.get_absolute_url()
    page = ana.get(kept["Location"]).text
    assert "“Short nights” is saved." in page and "Save this search" not in page
    assert 'aria-current="true">Short nights</a>' in page and "Locke" in page
    assert "Short nights" in ana.get("/films/").text
    assert "2010s, Under 90 minutes, Highest rated" in ana.get(AT).text
    assert "Short nights" not in bea.get("/films/").text + bea.get(AT).text
    gone = f"{AT}{saved.pk}/deletion/"
    assert bea.post(gone).status_code == 404
    for _twice in range(2):
        assert ana.post(gone)["Location"] == AT
    assert "No searches yet" in ana.get(AT).text and "Short nights" not in ana.get("/films/").text


def test_a_name_is_there_once(cast):
    for name, query in (("Tonight", "length=short"), ("TONIGHT", "length=long")):
        save(cast.ana, name, query)
    assert list(SavedSearch.objects.values_list("name", "query")) == [("TONIGHT", "length=long")]
    save(cast.bea, "Tonight")
    assert SavedSearch.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        (" ", "length=short", "Give the search a name."),
        ("n" * 61, "length=short", "Shorten the name to 60 characters or fewer."),
        ("Everything", "", "Nothing is narrowed down here"),
        ("Nonsense", "genre=nonsense", "Nothing is narrowed down here"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_a_sentence(cast, name, query, told):
    page = staff.logged_in(cast.ana).post(AT, {"name": name, "query": query})
    assert page.status_code == 422 and told in page.text and not SavedSearch.objects.exists()
    assert "<title>Error: Your searches" in page.text
    assert f'value="{name.strip()}"' in page.text or not name.strip()
    assert f'value="{query}"' in page.text or not query


def test_there_is_room_for_so_many_and_their_page_costs_the_same(cast):
    ana = staff.logged_in(cast.ana)
    save(cast.ana, "Number 0", "person=ansel-elgort&length=short")
    one = cost_of(ana, AT)
    for number in range(1, MOST_SAVED):
        save(cast.ana, f"Number {number}")
    assert cost_of(ana, AT) == one <= 12
    assert "there is no room for more" in ana.post(AT, {"name": "One more", "query": "length=long"}).text
    assert ana.post(AT, {"name": "Number 7", "query": "length=long"}).status_code == 302


def test_programs_save_list_and_delete_them(cast):
    api = program(cast.ana)
    sent = {"name": "Short nights", "query": "length=short&yours=unseen&sort=rating"}
    assert api.post("me/searches/", sent).status_code == 201
    assert_golden("saved_search", api.get("me/searches/"))
    wrong = api.post("me/searches/", sent | {"query": "length=tall"})
    assert wrong.status_code == 400 and "query" in wrong.json()
    assert "name" in api.post("me/searches/", {"query": "length=short"}).json()
    assert program(cast.ana, "read").post("me/searches/", sent).status_code == 403
    assert Api().get("me/searches/").status_code == 401
    assert Api(as_=cast.bea).get("me/searches/").json()["results"] == []
    one = f"me/searches/{SavedSearch.objects.get().pk}/"
    assert Api(as_=cast.bea).delete(one).status_code == 404
    assert [api.delete(one).status_code for _twice in range(2)] == [204, 404]
