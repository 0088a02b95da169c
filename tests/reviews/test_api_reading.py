"""What members show, articles and search by the API, and what lists ask of the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions
from reviews.models import Review
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    return make.film(title="Baby Driver")


# Members' lists


def test_it_reads_what_a_member_makes_public(cast, film):
    make.viewing(member=cast.ana, film=film, stars=4)
    make.review(member=cast.ana, film=film, stars=4.5, body="Good.")
    make.mark(member=cast.ana, film=make.film(title="Later"), in_watchlist=True)
    make.mark(member=cast.ana, film=make.film(title="Loved"), liked=True)
    for name in ("diary", "reviews", "watchlist", "ratings", "likes", "stats"):
        assert_golden(f"member_{name}", Api().get(f"members/ana/{name}/"))


# Articles and search


def test_it_reads_articles(cast, film):
    make.article(title="Cut to the beat", films=[film], author=cast.ana, standfirst="On editing.")
    make.article(title="Tomorrow", published_at=timezone.now() + timedelta(days=1))
    make.article(title="Never", published_at=None)
    assert_golden("articles", Api().get("articles/"))
    assert_golden("article", Api().get("articles/cut-to-the-beat/"))
    assert Api().get("articles/tomorrow/").status_code == Api().get("articles/never/").status_code == 404
    assert Api().get("articles/?kind=news").json()["results"] == []
    assert len(Api().get(f"articles/?film={film.slug}").json()["results"]) == 1
    assert Api().get("articles/?kind=gossip").status_code == 400
    nowhere = Api().get("articles/?film=no-such-film&person=no-such-person")
    assert nowhere.status_code == 400
    assert nowhere.json() == {
        "film": ["No film has this address."], "person": ["Nobody here has this address."],
    }  # fmt: skip


def test_it_searches_and_suggests(cast, film):
    make.credit(film=film, person=make.person(name="Baby Face"), job="actor")
    make.review(member=cast.ana, film=film, body="The baby drives.", visibility="followers")
    make.article(title="Baby steps")
    assert_golden("search", Api().get("search/?q=baby"))
    assert_golden("suggest", Api().get("search/suggest/?q=bab"))
    assert [row["type"] for row in Api(as_=cast.bea).get("search/?q=baby&type=reviews").json()["results"]] == [
        "reviews"
    ]
    assert Api(as_=cast.cem).get("search/?q=baby&type=reviews").json()["results"] == []
    assert Api(as_=cast.cem).get("search/?q=ana&type=members").json()["results"] == []
    for number in range(3):
        make.film(title=f"Baby {number}")
    first = Api().get("search/?q=baby&type=films&page_size=2").json()
    second = Api().get(first["next"]).json()
    assert len(first["results"] + second["results"]) == 4
    assert second["next"] is None and Api().get(second["previous"]).json()["results"] == first["results"]
    for query in ("", "q=", "q=x&type=socks", "q=x&type=films&page_size=0", f"q={'x' * 201}"):
        assert Api().get(f"search/?{query}").status_code == 400
    assert Api().get("search/?q=x&type=films&cursor=-1").status_code == 404


# Queries

LISTS = (
    "reviews/", "films/baby-driver-2017/reviews/", "reviews/{first}/comments/", "diary/", "articles/", "me/tokens/",
    "members/ana/diary/", "members/ana/reviews/", "members/ana/watchlist/", "members/ana/followers/",
    "members/ana/ratings/", "members/ana/likes/",
    "members/ana/following/", "members/ana/stats/", "members/ana/tags/", "search/?q=baby",
    "search/?q=baby&type=reviews", "search/suggest/?q=ba",
)  # fmt: skip


@pytest.mark.slow
def test_it_asks_the_database_as_often_for_fifty_as_for_one(cast, film):
    first = make.review(member=cast.ana, film=film, body="The first baby.")

    def one_more() -> None:
        member = make.member(display_name="Baby")
        actions.follow(member=member, other=cast.ana)
        actions.follow(member=cast.ana, other=member)
        make.comment(member=member, review=first)
        make.review(member=member, film=film, body=f"A baby drives, {make.number()}.")
        tags = [f"tag {make.number()}"]
        make.review(member=cast.ana, body=f"Another baby, {tags}.", tags=tags, watched_on=timezone.localdate())
        make.mark(member=cast.ana, film=make.film(title="Baby"), in_watchlist=True)
        make.mark(member=cast.ana, film=make.film(title="Baby"), stars=4, liked=True)
        make.article(title=f"Baby {make.number()}", films=[film], author=member)

    def counted() -> dict[str, int]:
        paths = [path.format(first=first.pk) for path in LISTS]
        return {
            path: queries_of("GET", f"{path}{'&' if '?' in path else '?'}page_size=50", as_=cast.ana) for path in paths
        }

    one_more()
    few = counted()
    for _number in range(49):
        one_more()
    # Fewer for a search that finds plenty: it looks for misspellings only where it finds little.
    assert {path: number for path, number in counted().items() if number > few[path]} == {}
    assert max(few.values()) <= 13  # a search of six kinds, with a look for misspellings


def test_a_copy_of_the_reviews_is_told_what_changed_and_asks_what_is_still_there(cast):
    old, public, hidden, doomed = (
        make.review(member=cast.ana, film=make.film(), body=f"Review {number}") for number in range(4)
    )
    Review.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=3))
    since = (timezone.now() - timedelta(days=1)).isoformat().replace("+00:00", "Z")
    told = Api().get(f"reviews/?updated_since={since}&ordering=updated_at").json()["results"]
    assert [row["id"] for row in told] == [public.pk, hidden.pk, doomed.pk]
    program(cast.ana).patch(f"reviews/{hidden.pk}/", {"visibility": "private"})
    program(cast.ana).delete(f"reviews/{doomed.pk}/")
    program(cast.ana).patch(f"reviews/{old.pk}/", {"body": "Changed"})
    told = Api().get(f"reviews/?updated_since={since}&ordering=updated_at").json()["results"]
    assert [row["id"] for row in told] == [public.pk, old.pk]
    asked = "&".join(f"id={review}" for review in (old.pk, public.pk, hidden.pk, doomed.pk, 10**12))
    assert {row["id"] for row in Api().get(f"reviews/?{asked}").json()["results"]} == {old.pk, public.pk}
    assert {row["id"] for row in Api(as_=cast.ana).get(f"reviews/?{asked}").json()["results"]} >= {hidden.pk}
    assert Api().get("reviews/?id=x").status_code == 400
