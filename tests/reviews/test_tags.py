"""Tags: found whatever their case, by an index, and only where the viewer may see what carries them."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from reviews.models import Review
from reviews.tags import tagged, tags_of
from tests import make
from tests.api import Api
from tests.base import cost_of
from tests.cast import Cast
from tests.staff import logged_in

pytestmark = pytest.mark.django_db


def status(address: str, viewer: User | None = None) -> int:
    client = Client()
    if viewer is not None:
        client.force_login(viewer)
    return client.get(address).status_code


@pytest.mark.parametrize("tag", ["Slow Cinema", "slow cinema", "SLOW CINEMA"])
def test_the_case_does_not_matter(cast: Cast, tag: str):
    review = make.review(member=cast.ana, tags=("Slow Cinema", "Ночь"))
    make.review(member=cast.ana, tags=("slow",))
    assert list(tagged(Review.objects.all(), tag)) == [review]
    assert list(tagged(Review.objects.all(), "ночь")) == [review]
    assert [row["id"] for row in Api().get(f"reviews/?tag={tag}").json()["results"]] == [review.pk]
    assert status(f"/tags/{tag}/") == 200


def test_lists_are_found_likewise(cast: Cast):
    made = make.film_list(member=cast.ana, title="After dark", films=[make.film()], tags=["Night Shift"])
    make.film_list(member=cast.ana, title="At noon", films=[make.film()], tags=["night"])
    assert [row["id"] for row in Api().get("lists/?tag=NIGHT shift").json()["results"]] == [made.pk]
    page = Client().get("/lists/?tag=night+shift").text
    assert "After dark" in page and "At noon" not in page


def test_an_index_finds_them(db: None):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = tagged(Review.objects.order_by(), "Slow").explain()
    assert "review_folded_tags" in plan


def test_an_unknown_tag_is_not_there(cast: Cast):
    make.review(member=cast.ana, tags=("v1.0 beta",))
    assert status("/tags/v1.0 beta/") == 200
    assert status("/tags/v1/") == 404
    assert status("/members/ana/tags/v1.0 beta/") == 200
    assert status("/members/fay/tags/v1.0 beta/") == 404


@pytest.mark.parametrize(
    ("tag", "address"), [("AC/DC", "/tags/AC/DC/"), ("9/11/2001", "/tags/9/11/2001/"), ("...", "/tags/.../"),
                         ("who?", "/tags/who%3F/"), ("..", ""), (".", ""), ("a/..", ""), ("/", "")],
)  # fmt: skip
def test_a_tag_with_a_slash_has_a_page_and_one_that_leads_up_has_none(cast: Cast, tag: str, address: str):
    review = make.review(member=cast.ana, tags=(tag,))
    page = Client().get(review.get_absolute_url()).text
    assert (f'href="{address}"' if address else f'<span class="chip">{tag}</span>') in page
    of_member = Api().get("members/ana/tags/").json()["results"][0]["url"]
    assert (of_member or "").endswith(f"/members/ana{address}") if address else of_member is None
    for page in (address, f"/members/ana{address}") if address else ():
        assert f'href="{page}?kind=lists"' in Client().get(page).text


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [("public", {"nobody", "fay", "bea", "ana"}), ("followers", {"bea", "ana"}), ("private", {"ana"})],
)
def test_only_what_one_may_see_counts(cast: Cast, visibility: str, seen_by: set[str]):
    make.review(member=cast.ana, tags=("hush",), visibility=visibility)
    for name in ("nobody", "fay", "bea", "cem", "ana"):
        viewer = getattr(cast, name, None)
        expected = 200 if name in seen_by else 404
        assert status("/tags/hush/", viewer) == status("/members/ana/tags/hush/", viewer) == expected, name
        if name != "cem":
            assert ("hush" in dict(tags_of(cast.ana, viewer))) is (name in seen_by), name
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert status("/tags/hush/", cast.bea) == 404


def test_a_private_account_shows_its_tags_to_followers_only(cast: Cast):
    make.review(member=cast.ana, tags=("hush",))
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    for viewer, expected in ((None, 404), (cast.fay, 404), (cast.bea, 200), (cast.ana, 200)):
        assert status("/tags/hush/", viewer) == status("/members/ana/tags/", viewer) == expected


def test_reviews_and_lists_are_counted_together(cast: Cast):
    make.review(member=cast.ana, tags=("Night", "rain"))
    make.film_list(member=cast.ana, title="After dark", films=[make.film()], tags=["night"])
    make.film_list(member=cast.ana, title="Mine alone", films=[make.film()], tags=["night"], visibility="private")
    assert tags_of(cast.ana, None) == [("Night", 2), ("rain", 1)]
    assert tags_of(cast.ana, cast.ana) == [("Night", 3), ("rain", 1)]
    lists = Client().get("/tags/NIGHT/?kind=lists").text
    assert "After dark" in lists and "Mine alone" not in lists
    assert "No list carries this tag" in Client().get("/tags/rain/?kind=lists").text
    assert 'href="/tags/rain/"' in Client().get(Review.objects.get().get_absolute_url()).text


def test_one_review_costs_as_many_queries_as_fifty(cast: Cast):
    client = logged_in(cast.fay)
    addresses = ("/tags/night/", "/members/ana/tags/night/", "/members/ana/tags/")
    make.review(member=cast.ana, tags=("night",))
    few = {address: cost_of(client, address) for address in addresses}
    reviews = [make.review(member=cast.ana) for _ in range(19)]
    Review.objects.filter(pk__in=[review.pk for review in reviews]).update(tags=["night", "rain"])
    assert {address: cost_of(client, address) for address in addresses} == few
    assert max(few.values()) <= 13


def test_a_program_reads_the_tags_that_the_page_shows(cast: Cast):
    make.review(member=cast.ana, tags=["Heist", ".."])
    make.review(member=cast.ana, tags=["heist"])
    make.film_list(member=cast.ana, tags=("heist",))
    make.review(member=cast.ana, tags=["kept to myself"], visibility="private")
    make.review(member=cast.ana, tags=["among friends"], visibility="followers")
    found = {row["tag"]: row for row in Api(as_=cast.bea).get("members/ana/tags/").json()["results"]}
    assert {tag: row["count"] for tag, row in found.items()} == {"Heist": 3, "..": 1, "among friends": 1}
    assert found["Heist"]["url"].endswith("/members/ana/tags/Heist/") and found[".."]["url"] is None
    page = Client()
    page.force_login(cast.bea)
    words = page.get("/members/ana/tags/").content.decode()
    assert all(tag in words for tag in found) and "kept to myself" not in words
    assert [row["tag"] for row in Api().get("members/ana/tags/").json()["results"]] == ["Heist", ".."]
    assert Api(as_=cast.cem).get("members/ana/tags/").status_code == 404
    assert Api().get("members/ANA/tags/").status_code == 200


def test_a_private_account_shows_programs_its_tags_to_followers_only(cast: Cast):
    make.review(member=cast.ana, tags=["heist"])
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    asked = {name: Api(as_=getattr(cast, name)).get("members/ana/tags/").status_code for name in ("ana", "bea", "fay")}
    assert asked == {"ana": 200, "bea": 200, "fay": 404} and Api().get("members/ana/tags/").status_code == 404


def test_a_line_of_the_diary_has_tags_for_whoever_sees_it(cast: Cast, client: Client):
    film, address = make.film(title="Heat"), "/members/ana/diary/"
    client.force_login(cast.ana)
    told = {"watched_on": "2024-01-28", "visibility": "followers", "tags": "Late Show, #mall, late show"}
    assert client.post(f"/films/{film.slug}/log/", told).status_code == 302
    line = cast.ana.viewings.get()
    assert line.tags == ["Late Show", "mall"]
    page = client.get(f"/diary/{line.pk}/edit/").text
    assert 'value="Late Show, mall"' in page
    for viewer, is_shown in ((cast.ana, True), (cast.bea, True), (cast.fay, False), (None, False)):
        client.logout()
        if viewer:
            client.force_login(viewer)
        assert ("#Late Show" in client.get(address).text) is is_shown
        found = client.get(f"{address}?tag=LATE+SHOW").text
        assert ("Only: tagged “LATE SHOW”." in found and "Heat" in found) is is_shown
        assert ("Late Show" in client.get("/members/ana/tags/").text) is is_shown
        assert (client.get("/members/ana/tags/late show/").status_code == 302) is is_shown
    api = Api(as_=cast.ana)
    made = api.post("/api/v1/diary/", {"film": film.slug, "watched_on": "2024-02-01", "tags": ["Again"]}).json()
    assert made["tags"] == ["Again"]
    assert api.patch(f"/api/v1/diary/{made['id']}/", {"tags": ["x" * 41]}).status_code == 400
    assert api.patch(f"/api/v1/diary/{made['id']}/", {"rewatch": True}).json()["tags"] == ["Again"]
    review = make.review(member=cast.ana, film=film, watched_on=date(2024, 3, 1), tags=("again", "loud"))
    assert review.viewing and review.viewing.tags == ["again", "loud"]
    assert tags_of(cast.ana, None) == [("again", 2), ("loud", 1)], "the line of the review is not counted again"
    shown = client.get("/members/ana/tags/again/").text
    assert "/members/ana/diary/?tag=again" in shown
