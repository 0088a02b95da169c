"""Essays by the API: what is told, written and refused."""

import pytest

from reviews.models import Essay
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db


def test_it_posts_changes_and_deletes_an_essay(cast):
    film, person = make.film(title="Heat", year=1995), make.person(name="Al Doe")
    api = program(cast.ana)
    sent = {
        "title": "Doors", "body": "## Exits\n\nNobody *ever* shuts one.", "films": [film.slug], "people": [person.slug],
    }  # fmt: skip
    answer = api.post("essays/", sent)
    assert answer.status_code == 201
    assert_golden("essay", answer)
    path = f"essays/{answer.json()['id']}/"
    assert answer["Location"] == f"http://testserver/api/v1/{path}"
    assert api.post("essays/", sent).json()["id"] == answer.json()["id"]
    changed = api.patch(path, {"title": "Exits", "visibility": "followers", "version": 1}).json()
    assert (changed["title"], changed["version"], changed["films"][0]["slug"]) == ("Exits", 2, film.slug)
    stale = api.patch(path, {"title": "Thrice", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert api.patch(path, {"films": []}).json()["films"] == []
    for wrong in ({"visibility": "friends"}, {"title": ""}, {"films": ["gone-1900"]}):
        assert api.patch(path, wrong).status_code == 400
    assert api.post("essays/", {"title": "No words"}).json() == {"body": ["This is missing."]}
    assert program(cast.bea).patch(path, {"title": "Mine"}).status_code == 403
    assert api.delete(path).status_code == 204 and not Essay.objects.exists()


def test_it_lists_by_author_film_and_person(cast):
    film, person = make.film(), make.person()
    first = make.essay(member=cast.ana, films=[film], people=[person])
    second = make.essay(member=cast.bea, title="Windows")
    make.essay(member=cast.ana, title="Begun", draft=True, films=[film])
    few = make.essay(member=cast.ana, title="For few", visibility="followers", films=[film])

    def found(query, api):
        return [row["id"] for row in api.get(f"essays/{query}").json()["results"]]

    assert found("", Api()) == [second.pk, first.pk]
    assert found("?author=ANA", program(cast.bea)) == [few.pk, first.pk]
    assert found(f"?film={film.slug}", Api()) == found(f"?person={person.slug}", Api()) == [first.pk]
    assert Api().get("essays/?film=nothing-1900").json() == {"film": ["No film has this address."]}
    assert program(cast.fay).put(f"essays/{first.pk}/like/").status_code == 204
    assert found("?ordering=-likes", Api()) == [first.pk, second.pk]
    assert found("", program(cast.cem)) == [second.pk]
    assert Api().get("search/?q=windows&type=essays").json()["results"][0]["title"] == "Windows"


def test_it_leaves_out_what_is_covered(cast):
    film = make.film()
    essay = make.essay(member=cast.ana, body="## The end\n\nOpenly. >!Secretly.!<", films=[film])

    def told(api, query=""):
        row = api.get(f"essays/{essay.pk}/{query}").json()
        return "Openly" in row["body"], "Secretly" in row["body"] + row["body_html"], bool(row["headings"])

    assert told(Api()) == (True, False, True) and told(Api(), "?reveal=1") == told(program(cast.ana)) == (True,) * 3
    make.mark(member=cast.bea, film=film, watched=True)
    assert told(program(cast.bea)) == (True, True, True)
    Essay.objects.update(spoilers=True)
    assert told(Api()) == (False, False, False) and told(program(cast.bea)) == (True, True, True)


def test_what_a_member_follows_is_in_their_feed(cast):
    essay = make.essay(member=cast.ana)
    (line,) = program(cast.bea).get("me/feed/").json()["results"]
    assert (line["kind"], line["essay"]) == ("wrote_essay", {"id": essay.pk, "title": "Doors"})


def test_a_page_costs_as_much_for_many_as_for_one(cast):
    film = make.film()
    make.essay(member=cast.ana, films=[film])
    few = queries_of("GET", "essays/")
    for number in range(8):
        make.essay(member=make.member(), title=f"Essay {number}", films=[film, make.film()])
    assert queries_of("GET", "essays/") <= few
