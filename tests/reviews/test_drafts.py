"""What one has begun to write: a page and the API, for its writer alone."""

import pytest
from django.utils import timezone

from reviews.models import Review
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of

pytestmark = pytest.mark.django_db


def test_drafts_do_not_gather_without_end(cast, monkeypatch):
    monkeypatch.setattr("reviews.actions.reviewing.MOST_DRAFTS", 2)
    kept = make.review(member=cast.ana, draft=True)
    make.review(member=cast.ana, draft=True)
    api, page, film = program(cast.ana), staff.logged_in(cast.ana), make.film()
    refused = api.put(f"me/drafts/{film.slug}/", {"body": "One more."})
    assert (refused.status_code, refused.json()["code"]) == (400, "drafts")
    answer = page.post(f"/films/{film.slug}/review/", {"body": "One more.", "visibility": "public", "draft": "1"})
    assert answer.status_code == 422 and "You have 2 drafts" in answer.text and "One more." in answer.text
    assert api.put(f"me/drafts/{kept.film.slug}/", {"body": "Another word."}).status_code == 200
    assert make.review(member=cast.ana, film=film).published_at, "what is posted takes no room"


def test_ones_drafts_are_on_a_page_of_ones_own(cast):
    ana, bea = staff.logged_in(cast.ana), staff.logged_in(cast.bea)
    assert "Where you write a review" in ana.get("/accounts/drafts/").text
    assert "/accounts/drafts/" not in ana.get("/members/ana/reviews/").text
    film = make.film(title="Heat", year=1995)
    make.review(member=cast.ana, film=film, draft=True, body="Two men and **one** table.", stars=4.5)
    page = ana.get("/accounts/drafts/").text
    assert f'href="/films/{film.slug}/review/"' in page and "Two men and one table." in page and "4½ stars" in page
    assert "1 draft" in ana.get("/members/ana/reviews/").text
    assert "Two men" not in bea.get("/accounts/drafts/").text
    assert "draft" not in bea.get("/members/ana/reviews/").text
    one = cost_of(ana, "/accounts/drafts/")
    for number in range(25):
        draft = make.review(member=cast.ana, draft=True, body=f"Begun, number {number}.")
        Review.objects.filter(pk=draft.pk).update(updated_at=timezone.now() + timezone.timedelta(minutes=number))
    page = ana.get("/accounts/drafts/")
    assert "number 24" in page.text and "Two men" not in page.text
    assert "Two men" in ana.get(f"/accounts/drafts/{page.context['next_url']}").text
    assert cost_of(ana, "/accounts/drafts/") <= one + 1 <= 10


def test_programs_keep_drafts_and_publish_them(cast):
    film = make.film(title="Heat", year=1995)
    api, at = program(cast.ana), f"me/drafts/{film.slug}/"
    assert api.get(at).status_code == 404
    sent = {"body": "Two men.", "stars": 4.5, "watched_on": "2024-01-28", "place": "Odeon", "tags": ["coffee"]}
    assert api.put(at, sent | {"version": 0}).json()["version"] == 1
    assert api.put(at, sent | {"body": "Two men and one table.", "version": 1}).json()["version"] == 2
    assert_golden("draft", api.get(at))
    late = api.put(at, sent | {"body": "Something else.", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert api.put(at, {"body": " "}).status_code == api.put(at, {"body": "x", "stars": 3.3}).status_code == 400
    assert [one["body"] for one in api.get("me/drafts/").json()["results"]] == ["Two men and one table."]
    assert Api(as_=cast.bea).get("me/drafts/").json()["results"] == []
    assert Api(as_=cast.bea).get(at).status_code == 404 and Api().get("me/drafts/").status_code == 401
    assert program(cast.ana, "read").put(at, sent).status_code == 403
    posted = api.post("reviews/", {"film": film.slug, "body": "Two men, one table."})
    assert (posted.status_code, Review.objects.get().published_at is not None) == (201, True)
    assert api.get("me/drafts/").json()["results"] == []
    api.put(at, sent)
    for _again in range(2):
        assert api.delete(at).status_code == 204
    assert Review.objects.get().body == "Two men, one table."
