"""What two members have in common: the figure, whose ratings it is made of, and what one might see next."""

import pytest

from accounts.actions import block, follow
from accounts.models import User
from reviews.actions.dismissing import dismiss_film
from reviews.actions.hushing import mute_film
from reviews.actions.rating import mark_film
from reviews.match import match_of, said, to_see
from reviews.models import Mark
from tests import make, staff
from tests.api import Api, assert_golden

pytestmark = pytest.mark.django_db
STARS = ((5, 5), (4.5, 4), (4, 4.5), (3, 1), (0.5, 5), (2, 2))  # Ana's, Fay's


def rate(member, films, stars):
    for film, given in zip(films, stars, strict=False):
        make.mark(member=member, film=film, stars=given)


@pytest.fixture
def both(cast):
    """Six films that both rated, and three that only Fay knows."""
    titles = ("Heat", "Ronin", "Thief", "Ali", "Cars", "Spun", "Drive", "Bullitt", "Getaway")
    films = [make.film(title=title, year=1995) for title in titles]
    rate(cast.ana, films, [ana for ana, _fay in STARS])
    rate(cast.fay, films, [*(fay for _ana, fay in STARS), 5, 4, 3.5])
    return films


def match(viewer, member):
    answer = Api(as_=viewer).get(f"members/{member.username}/match/")
    return answer.json() if answer.status_code == 200 else answer.status_code


def test_it_says_how_alike_two_are_and_both_see_the_same(cast, both):
    answer = Api(as_=cast.ana).get("members/fay/match/")
    assert_golden("member_match", answer)
    said_of = answer.json()
    # 0, 1, 1, 4, 9 and 0 half-stars apart, and five films of 2¼: (15 + 11.25) / 11 of twice 2¼.
    assert (said_of["films_in_common"], said_of["agreement"], said_of["words"]) == (
        6,
        47,
        "No more alike than by chance",
    )
    assert said_of["apart"] == [2, 2, 0, 0, 1, 0, 0, 0, 0, 1]
    assert [row["film"]["title"] for row in said_of["both_love"]] == ["Heat", "Thief", "Ronin"]
    assert [(row["film"]["title"], row["your_stars"], row["their_stars"]) for row in said_of["furthest_apart"]] == [
        ("Cars", 0.5, 5), ("Ali", 3, 1),
    ]  # fmt: skip
    assert [(row["film"]["title"], row["their_stars"]) for row in said_of["to_see"]] == [("Drive", 5), ("Bullitt", 4)]
    other = match(cast.fay, cast.ana)
    assert (other["agreement"], other["apart"]) == (47, said_of["apart"])
    assert (other["you_give_more"], other["they_give_more"]) == (said_of["they_give_more"], said_of["you_give_more"])
    assert match(cast.fay, cast.fay) == 404


def test_the_more_films_the_surer_and_too_few_say_nothing(cast):
    def after(films):
        for film in films:
            rate(cast.ana, [film], [5])
            rate(cast.fay, [film], [5])
        return match_of(cast.ana, cast.fay).agreement

    films = [make.film() for _number in range(15)]
    assert [after(films[:4]), after(films[4:5]), after(films[5:])] == [None, 75, 88]
    Mark.objects.filter(member=cast.fay).update(half_stars=1)
    assert (match_of(cast.ana, cast.fay).agreement, said(0)) == (0, "Worlds apart")


def test_only_ratings_count_that_the_viewer_may_see(cast, both):
    Mark.objects.filter(member=cast.fay, film=both[4]).update(visibility="private")
    Mark.objects.filter(member=cast.fay, film=both[3]).update(visibility="followers")
    Mark.objects.filter(member=cast.fay, film=both[6]).update(visibility="private")
    Mark.objects.filter(member=cast.ana, film=both[0]).update(visibility="private")
    found = match(cast.ana, cast.fay)
    assert (found["films_in_common"], found["agreement"], found["furthest_apart"], found["apart"][0]) == (
        4,
        None,
        [],
        2,
    )
    assert [row["film"]["title"] for row in found["to_see"]] == ["Bullitt"]
    assert len(match_of(cast.fay, cast.ana)) == 5  # Fay's own all count, and Ana's first is none of her business
    follow(member=cast.ana, other=cast.fay)
    assert match(cast.ana, cast.fay)["films_in_common"] == 5
    User.objects.filter(pk=cast.fay.pk).update(is_private=True)
    assert match(cast.ana, cast.fay)["films_in_common"] == 5
    assert match(cast.bea, cast.fay) == 404
    assert staff.logged_in(cast.bea).get("/members/fay/match/").status_code == 404
    block(member=cast.fay, other=cast.ana)
    assert match(cast.ana, cast.fay) == 404 and match(cast.fay, cast.ana) == 404


def test_what_one_might_see_follows_what_one_has_chosen(cast, both):
    drive, bullitt, getaway = both[6:]
    dismiss_film(member=cast.ana, film=drive)
    assert [mark.film for mark in to_see(cast.ana, cast.fay)] == [bullitt]
    mute_film(member=cast.ana, film=bullitt)
    assert to_see(cast.ana, cast.fay) == []
    cast.bea.hides_scores = True
    cast.bea.save()
    rate(cast.bea, both, [ana for ana, _fay in STARS])
    blind = match(cast.bea, cast.fay)
    # What Fay saw last, whatever she thinks of it.
    assert [(row["film"]["title"], row["their_stars"]) for row in blind["to_see"]] == [
        ("Getaway", None), ("Bullitt", None), ("Drive", None),
    ]  # fmt: skip
    page = staff.logged_in(cast.bea).get("/members/fay/match/").content.decode()
    assert "Fay saw, and you have not" in page and "3½ stars out of 5" not in page
    mark_film(member=cast.bea, film=getaway, watched=True)
    cast.fay.lends_taste = False
    assert to_see(cast.bea, cast.fay) == []
    cast.fay.lends_taste, cast.bea.wants_recommendations = True, False
    assert to_see(cast.bea, cast.fay) == []


def test_the_page_says_it_and_puts_films_on_the_watchlist(cast, both):
    client = staff.logged_in(cast.ana)
    page = client.get("/members/fay/match/").content.decode()
    for words in ("You and Fay", "47%", "4½ stars apart: 1 film", "The same stars: 2 films", "Films you both love"):
        assert words in page, words
    assert "alike, you and Fay" in client.get("/members/fay/").content.decode()
    answer = client.post("/members/fay/match/", {"film": both[6].slug}, follow=True)
    assert answer.redirect_chain == [("/members/fay/match/", 302)]
    page = answer.content.decode()
    assert "Drive (1995) is on your watchlist." in page and f'value="{both[7].slug}"' in page
    assert f'value="{both[6].slug}"' not in page
    assert Mark.objects.get(member=cast.ana, film=both[6]).is_in_watchlist
    rate(cast.ana, both[4:5], [5])  # and the kept page is made anew
    assert "65%" in client.get("/members/fay/match/").content.decode()
    few = staff.logged_in(cast.bea).get("/members/fay/match/").content.decode()
    assert "You and Fay have both rated 0 films." in few


def test_it_costs_the_same_for_six_films_as_for_hundreds(cast, both, django_assert_max_num_queries):
    client = staff.logged_in(cast.ana)
    client.get("/members/fay/match/")
    for number in range(60):
        film = make.film(title=f"Reel {number}")
        rate(cast.fay, [film], [4])
        rate(cast.ana, [film], [4.5])
    with django_assert_max_num_queries(12):
        assert "66" in client.get("/members/fay/match/").content.decode()
