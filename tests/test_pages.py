"""Every page opens, and the busy ones cost the same few queries with one review on them as with five hundred."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import block
from accounts.models import Follow, User
from films.models import Film
from reviews.models import Comment, Mark, Review, Viewing
from tests import make
from tests.base import asked, rows_for_a_module
from tests.house import House, furnish
from tests.looks import Look
from tests.walk import VISITOR, Page, address_of, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pages")]
MANY = 500
SIGNED_OUT, SIGNED_IN = 8, 12
BUSY = (
    "/", "/films/", "/films/{film}/", "/films/{film}/reviews/", "/members/{ana}/", "/reviews/{public}/",
    "/members/{ana}/stats/", "/members/{ana}/stats/2024/",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with rows_for_a_module(django_db_blocker):
        yield furnish()


def test_every_page_opens(looks: dict[Page, Look]):
    for page, look in looks.items():
        assert look.status == page.status, f"{page.name}: {look.moved}"
        assert look.kind == "text/html; charset=utf-8", page.name


def test_looking_writes_nothing(looks: dict[Page, Look]):
    assert [f"{page.name}: {sql}" for page, look in looks.items() for sql in look.written] == []


def test_visitors_get_no_cookie(house: House):
    """So that pages can be kept by whatever stands in front, and nobody needs to be asked about cookies."""
    forms = {
        "a decision, by the address in a mail",
        "log in",
        "sign up",
        "reset password",
        "reset password, old link",
        "confirm email, old link",
        "an evening, its door",
    }
    for page in VISITOR:
        answer = client_of("", house).get(address_of(page, house))
        kept = set(answer.cookies) - ({"csrftoken"} if page.name in forms else set())
        assert kept == set(), page.name


def queries_of(address: str, who: str, house: House) -> int:
    client = client_of(who, house)
    client.get(address)  # the first request of a process reads what it will remember
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(asked(queries))


def crowd(house: House) -> None:
    """Five hundred members who have all rated, reviewed, logged and talked, all followed by Bea."""
    film, public, now = house["film"], house["public"], timezone.now()
    films = Film.objects.bulk_create(
        Film(slug=f"crowd-{n}", title=f"Crowd {n}", sort_title=f"crowd {n}", year=1950 + n % 70) for n in range(MANY)
    )
    members = User.objects.bulk_create(User(username=f"crowd{n}", email=f"crowd{n}@example.org") for n in range(MANY))
    Follow.objects.bulk_create(Follow(follower=house["bea"], followed=member) for member in members)
    Follow.objects.bulk_create(Follow(follower=member, followed=house["ana"]) for member in members)
    for where, writers in ((film, members), (None, [house["ana"]] * MANY)):
        pairs = [(writer, where or films[n]) for n, writer in enumerate(writers)]
        Mark.objects.bulk_create(
            Mark(member=m, film=f, half_stars=1 + n % 10, rated_at=now, watched_at=now, liked_at=now)
            for n, (m, f) in enumerate(pairs)
        )
        viewings = Viewing.objects.bulk_create(
            Viewing(member=m, film=f, watched_on=date(2024, 1, 1) + timedelta(days=n % 300))
            for n, (m, f) in enumerate(pairs)
        )
        Review.objects.bulk_create(
            Review(
                member=v.member, film=v.film, viewing=v, half_stars=7, body="Seen.", body_html="<p>Seen.</p>",
                excerpt="Seen.", published_at=now,
            )
            for v in viewings
        )  # fmt: skip
    words = "The same as everybody says."
    Comment.objects.bulk_create(Comment(member=m, review=public, body=words, body_html=words) for m in members)
    film.refresh_from_db()
    assert film.review_count > MANY


@pytest.mark.slow
def test_pages_cost_few_queries_however_much_is_on_them(house: House):
    """Also for members from whose counts a block takes something off (accounts/counting.py); one hides scores."""
    for who in ("fay", "iris"):
        block(member=house[who], other=house["dora"])
    visits = [(address_of(Page("", address), house), who) for address in BUSY for who in ("", "bea", "fay", "iris")]
    few = {visit: queries_of(*visit, house) for visit in visits}
    crowd(house)
    many = {visit: queries_of(*visit, house) for visit in visits}
    assert many == few
    assert {visit: n for visit, n in many.items() if n > (SIGNED_IN if visit[1] else SIGNED_OUT)} == {}


def test_a_wall_costs_the_same_for_one_film_as_for_many(house: House):
    """Lists beside the busy pages: a row more may not be a query more."""
    addresses = [f"/members/ana/{kind}/" for kind in ("diary", "reviews", "ratings", "watchlist", "likes", "followers")]
    addresses += ["/collections/getaways/", "/people/edgar-wright/", "/articles/", "/search/?q=reel"]
    few = {address: queries_of(address, "fay", house) for address in addresses}
    for n in range(5):
        film = make.film(title=f"Reel and {n}", directors=["Edgar Wright"])
        make.viewing(member=house["ana"], film=film, stars=3)
        make.mark(member=house["ana"], film=film, liked=True, in_watchlist=False)
        make.review(member=house["ana"], film=film)
        make.article(films=[film])
        house["collection"].entries.create(film=film, position=50 + n)
    assert {address: queries_of(address, "fay", house) for address in addresses} == few
