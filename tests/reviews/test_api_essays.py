"""Essays by the API: what is told, written and refused."""

import pytest

from reviews.actions import composing
from reviews.models import Essay
from tests import make
from tests.api import Api, assert_golden, program, queries_of
from tests.base import all_at_once

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


def test_programs_keep_drafts_of_essays_and_publish_them(cast):
    film, person = make.film(title="Heat", year=1995), make.person(name="Al Doe")
    api, all_of_them = program(cast.ana), "me/essay-drafts/"
    sent = {"title": "Doors", "body": "Two men.", "films": [film.slug], "people": [person.slug]}
    begun = api.post(all_of_them, sent)
    at = f"{all_of_them}{begun.json()['id']}/"
    assert (begun.status_code, begun["Location"]) == (201, f"http://testserver/api/v1/{at}")
    assert api.post(all_of_them, sent).json()["id"] == begun.json()["id"]
    assert api.patch(at, {"body": "Two men and one table.", "version": 1}).json()["version"] == 2
    assert_golden("essay_draft", api.get(at))
    late = api.patch(at, {"body": "Something else.", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert api.patch(at, {"title": " "}).status_code == api.post(all_of_them, {"title": "No words"}).status_code == 400
    assert [one["title"] for one in api.get(all_of_them).json()["results"]] == ["Doors"]
    bea = program(cast.bea)
    assert bea.get(all_of_them).json()["results"] == [] and Api().get(all_of_them).status_code == 401
    for verb in (bea.get, bea.delete):
        assert verb(at).status_code == 404
    assert bea.patch(at, {"title": "Mine"}).status_code == 404
    assert program(cast.ana, "read").patch(at, {"title": "Not by you"}).status_code == 403
    theirs = bea.post("essays/", {"title": "Doors", "body": "Mine.", "draft": begun.json()["id"]})
    assert (theirs.status_code, Essay.objects.filter(published_at__isnull=False).count()) == (400, 0)

    posted = api.post("essays/", sent | {"draft": begun.json()["id"]})
    assert (posted.status_code, posted.json()["id"]) == (201, begun.json()["id"])
    assert Essay.objects.get().published_at and api.get(all_of_them).json()["results"] == []
    assert api.get(at).status_code == api.delete(at).status_code == 404
    again = api.post("essays/", {"title": "Exits", "body": "Other words.", "draft": begun.json()["id"]})
    assert again.json() == {"draft": ["You have no such draft. It may be posted already."]}

    other = api.post(all_of_them, sent | {"body": "Thrown away."}).json()["id"]
    assert api.delete(f"{all_of_them}{other}/").status_code == 204 and Essay.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_posted_twice_at_once_is_posted_once():
    ana = make.member()
    draft = make.essay(member=ana, title="Doors", draft=True)
    one, other = program(ana), program(ana)
    answers = []

    def post(api: Api, body: str) -> None:
        sent = {"title": "Doors", "body": body, "draft": draft.pk}
        answers.append((api.post("essays/", sent).status_code, body))

    assert all_at_once([lambda: post(one, "Shut."), lambda: post(other, "Open.")]) == []
    (first, body), (second, _words) = sorted(answers)
    assert first == 201 and second in {400, 409}
    draft.refresh_from_db()
    assert (draft.body, draft.version) == (body, 2) and draft.published_at is not None


def test_a_list_of_drafts_costs_the_same_for_many(cast, monkeypatch):
    def cost() -> int:
        return queries_of("GET", "me/essay-drafts/", as_=cast.ana)

    make.essay(member=cast.ana, draft=True, films=[make.film()], people=[make.person()])
    one = cost()
    for _number in range(9):
        make.essay(member=cast.ana, draft=True, films=[make.film()], people=[make.person()])
    assert cost() == one
    monkeypatch.setattr(composing, "MOST_DRAFTS", 10)
    refused = program(cast.ana).post("me/essay-drafts/", {"title": "One more", "body": "Too many."})
    assert (refused.status_code, refused.json()["code"]) == (400, "drafts")
