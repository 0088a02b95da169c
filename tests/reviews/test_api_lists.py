"""Lists by the API: what is told, made, ordered and refused."""

import pytest

from accounts.actions import block
from reviews.actions.listing import clone_list
from reviews.models import Collaborator, FilmList
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def abc(cast):
    films = [make.film(title=name) for name in "ABC"]
    return make.film_list(member=cast.ana, title="Letters", films=films, notes="*Here.*")


def titles(film_list: FilmList) -> str:
    return "".join(row["film"]["title"] for row in Api().get(f"lists/{film_list.pk}/entries/").json()["results"])


def test_it_makes_changes_and_deletes_a_list(cast):
    api = program(cast.ana)
    sent = {"title": "Counted in", "description": "On the *beat*.", "ranked": True, "tags": ["#Songs"]}
    answer = api.post("lists/", sent)
    assert answer.status_code == 201
    assert_golden("list", answer)
    path = f"lists/{answer.json()['id']}/"
    assert answer["Location"] == f"http://testserver/api/v1/{path}"
    assert api.post("lists/", sent).json()["id"] == answer.json()["id"]
    changed = api.patch(path, {"title": "Twice", "version": 1}).json()
    assert (changed["title"], changed["ranked"], changed["version"]) == ("Twice", True, 2)
    stale = api.patch(path, {"title": "Thrice", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert api.patch(path, {"visibility": "friends"}).status_code == 400
    assert api.post("lists/", {"title": ""}).status_code == 400
    assert api.delete(path).status_code == 204 and not FilmList.objects.exists()


def test_it_tells_the_link_to_its_own_member_alone(cast):
    made = make.film_list(member=cast.ana, visibility="link")
    link = program(cast.ana).get(f"lists/{made.pk}/").json()["link"]
    assert link == f"http://testserver/lists/{made.pk}/link/{made.link_key}/"
    assert Api().get(f"lists/{made.pk}/").status_code == 404
    assert Api().get(f"lists/{made.pk}/?key={made.link_key}").json()["link"] is None
    assert Api().get(f"lists/{made.pk}/entries/?key={made.link_key}").status_code == 200
    assert program(cast.fay).put(f"lists/{made.pk}/like/?key={made.link_key}").status_code == 204


def test_it_lists_by_member_film_tag_and_words(cast, abc):
    other = make.film_list(member=cast.bea, title="Numbers", description="One, two", tags=["sums"])
    make.film_list(member=cast.ana, title="Letters home", visibility="private")

    def found(query: str, api: Api) -> list[int]:
        return [row["id"] for row in api.get(f"lists/{query}").json()["results"]]

    assert found("", Api()) == [other.pk, abc.pk]
    assert len(found("", program(cast.ana))) == 3
    assert found("?member=bea", Api()) == found("?tag=sums", Api()) == found("?search=two", Api()) == [other.pk]
    assert found(f"?film={abc.entries.first().film.slug}", Api()) == [abc.pk]
    assert Api().get("lists/?film=nothing-1900").json() == {"film": ["No film has this address."]}
    program(cast.fay).put(f"lists/{abc.pk}/like/")
    assert found("?ordering=-likes", Api()) == [abc.pk, other.pk]
    assert found("", program(cast.cem)) == [other.pk]
    assert [row["id"] for row in Api().get("members/ana/lists/").json()["results"]] == [abc.pk]
    slug = abc.entries.first().film.slug
    assert [row["id"] for row in Api().get(f"films/{slug}/lists/").json()["results"]] == [abc.pk]
    assert Api().get("search/?q=letters&type=lists").json()["results"][0]["title"] == "Letters"


def test_it_tells_the_films_in_their_order(cast, abc):
    answer = Api().get(f"lists/{abc.pk}/entries/")
    assert_golden("list_entries", answer)
    assert [row["position"] for row in answer.json()["results"]] == [1, 2, 3]
    first = Api().get(f"lists/{abc.pk}/entries/?page_size=2").json()
    assert len(first["results"]) == 2
    assert [row["film"]["title"] for row in Api().get(first["next"]).json()["results"]] == ["C"]
    same = Api().get(f"lists/{abc.pk}/entries/", **{"If-None-Match": answer["ETag"]})
    assert same.status_code == 304


def test_it_fills_and_orders(cast, abc):
    api, path = program(cast.ana), f"lists/{abc.pk}/entries/"
    film = make.film(title="D")
    added = api.post(path, {"film": film.slug, "position": 2, "note": "Why", "spoilers": True})
    assert (added.status_code, added.json()["position"], added.json()["note"]) == (201, 2, "Why")
    again = api.post(path, {"film": film.slug, "position": 1})
    assert (again.status_code, again.json()["id"], again.json()["position"]) == (200, added.json()["id"], 2)
    assert titles(abc) == "ADBC"
    entry = f"{path}{added.json()['id']}/"
    moved = api.patch(entry, {"position": 4, "note": "Because."}).json()
    assert (moved["position"], moved["note"], moved["spoilers"]) == (4, "Because.", True)
    assert titles(abc) == "ABCD"
    ids = [row["id"] for row in api.get(path).json()["results"]]
    assert api.put(f"lists/{abc.pk}/order/", {"entries": ids[::-1]}).status_code == 204
    assert titles(abc) == "DCBA"
    assert api.put(f"lists/{abc.pk}/order/", {"entries": [ids[0], ids[0]]}).status_code == 400
    assert api.put(f"lists/{abc.pk}/order/", {"entries": [999_999]}).status_code == 400
    assert api.delete(entry).status_code == 204 and api.delete(entry).status_code == 404
    assert titles(abc) == "CBA"
    assert api.post(path, {"film": "never-was"}).status_code == 400
    assert api.post(path, {"film": film.slug, "position": 0}).status_code == 400


def test_a_note_that_somebody_else_wrote_meanwhile_is_not_lost(cast, abc):
    helper = make.helper(film_list=abc, member=cast.bea)
    mine, theirs, path = program(cast.ana), program(helper), f"lists/{abc.pk}/entries/"
    read = mine.get(path).json()["results"][0]
    entry = f"{path}{read['id']}/"
    assert theirs.patch(entry, {"note": "Theirs", "updated_at": read["updated_at"]}).status_code == 200
    late = mine.patch(entry, {"note": "Mine", "position": 3, "updated_at": read["updated_at"]})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    now = mine.get(path).json()["results"][0]
    assert (now["note"], now["position"]) == ("Theirs", 1), "neither the note nor the place"
    assert mine.patch(entry, {"position": 2, "updated_at": read["updated_at"]}).json()["position"] == 2
    assert mine.patch(entry, {"note": "Mine"}).json()["note"] == "Mine"


def test_what_gives_a_film_away_is_left_out_until_it_is_asked_for(cast):
    film = make.film()
    made = make.film_list(member=cast.ana, description="First. >!He dies.!<", films=[film], notes="She did it.")
    entry = made.entries.get()
    program(cast.ana).patch(f"lists/{made.pk}/entries/{entry.pk}/", {"spoilers": True})

    def told(api: Api, query: str = "") -> tuple[bool, bool]:
        words = api.get(f"lists/{made.pk}/{query}").json()
        note = api.get(f"lists/{made.pk}/entries/{query}").json()["results"][0]
        assert note["covered"] is ("did it" not in str(note))
        return "He dies" in str(words), "did it" in str(note)

    assert told(Api()) == told(program(cast.fay)) == (False, False)
    assert told(Api(), "?reveal=1") == told(program(cast.ana)) == (True, True)
    make.mark(member=cast.fay, film=film, watched=True)
    assert told(program(cast.fay)) == (False, True)


def test_a_note_of_somebody_apart_is_not_told(cast, abc):
    make.helper(film_list=abc, member=cast.bea)
    program(cast.bea).post(f"lists/{abc.pk}/entries/", {"film": make.film().slug, "note": "By Bea."})
    assert "By Bea" in str(program(cast.fay).get(f"lists/{abc.pk}/entries/").json())
    block(member=cast.fay, other=cast.bea)
    assert "By Bea" not in str(program(cast.fay).get(f"lists/{abc.pk}/entries/").json())
    assert "bea" not in str(program(cast.fay).get(f"lists/{abc.pk}/collaborators/").json())


def test_a_copy_credits_its_source_to_those_who_see_it(cast, abc):
    answer = program(cast.fay).post(f"lists/{abc.pk}/clone/")
    assert (answer.status_code, answer.json()["cloned_from"], answer.json()["films"]) == (201, abc.pk, 3)
    assert answer["Location"] == f"http://testserver/api/v1/lists/{answer.json()['id']}/"
    clone = clone_list(member=cast.fay, film_list=abc)
    FilmList.objects.filter(pk=clone.pk).update(visibility="public")
    assert program(cast.cem).get(f"lists/{clone.pk}/").json()["cloned_from"] is None


def test_it_asks_for_help_and_answers(cast, abc):
    mine, theirs = program(cast.ana), program(cast.fay)
    asked = mine.post(f"lists/{abc.pk}/collaborators/", {"username": "fay"})
    assert_golden("collaborator", asked)
    assert mine.post(f"lists/{abc.pk}/collaborators/", {"username": "cem"}).status_code == 400
    assert theirs.get(f"lists/{abc.pk}/collaborators/").json()["results"] == []
    assert mine.put(f"lists/{abc.pk}/collaborators/fay/").status_code == 403
    assert theirs.put(f"lists/{abc.pk}/collaborators/fay/").status_code == 204
    assert Collaborator.objects.get().accepted_at
    assert theirs.post(f"lists/{abc.pk}/entries/", {"film": make.film().slug}).status_code == 201
    assert mine.delete(f"lists/{abc.pk}/collaborators/fay/").status_code == 204
    assert theirs.post(f"lists/{abc.pk}/entries/", {"film": make.film().slug}).status_code == 403


def test_it_costs_the_same_for_one_as_for_many(cast, abc):
    paths = ("lists/", f"lists/{abc.pk}/entries/", "members/ana/lists/", f"lists/{abc.pk}/collaborators/")
    few = [queries_of("GET", path, as_=cast.bea) for path in paths]
    for _n in range(5):
        made = make.film_list(member=cast.ana, films=[make.film()])
        clone_list(member=cast.bea, film_list=made)
        make.helper(film_list=abc)
        program(cast.ana).post(f"lists/{abc.pk}/entries/", {"film": make.film().slug, "note": ">!Over.!<"})
    assert [queries_of("GET", path, as_=cast.bea) for path in paths] == few
    assert max(few) <= 8
