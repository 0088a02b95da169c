"""A newcomer's evening: sign up, rate, write, talk, change one's mind, take it back. With scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from films.models import Film
from reviews.models import Comment, Mark, Review
from tests import make
from tests.base import wait_until
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "plain_page"])
def guest(request: pytest.FixtureRequest) -> Page:
    """A page of a browser with JavaScript, and then of one without."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def scripted(request: pytest.FixtureRequest) -> bool:
    return request.node.callspec.params["guest"] == "page"


def sign_up(page: Page) -> None:
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Sign up").click()
    page.get_by_label("Email").fill("newcomer@example.org")
    page.get_by_label("Username").fill("newcomer")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="So, what did you think, newcomer?")).to_be_visible()


def find(page: Page, title: str) -> None:
    """From wherever one is, by the search box in the header."""
    page.get_by_role("searchbox", name="Search films, people, members").fill(title)
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def rate(page: Page, stars: str, *, scripted: bool) -> None:
    group = page.get_by_role("group", name="Your rating")
    group.get_by_role("radio", name=stars, exact=True).check(force=True)
    if not scripted:
        page.get_by_role("button", name="Save rating").click()
    expect(page.get_by_role("button", name="Clear rating")).to_be_visible()


@pytest.mark.slow
def test_an_evening(guest: Page, scripted: bool):
    page = guest
    film = make.film(title="Baby Driver", genres=["Action"], directors=["Edgar Wright"])
    sign_up(page)
    member = User.objects.get(username="newcomer")

    find(page, "Baby Driver")
    rate(page, "4½ stars", scripted=scripted)
    assert Mark.objects.get(member=member, film=film).half_stars == 9
    expect(page.get_by_role("radio", name="4½ stars", exact=True)).to_be_checked()
    for verb in ("Watched", "Like", "Watchlist"):
        button = page.get_by_role("button", name=verb, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true" if verb == "Watched" else "false")
    page.get_by_role("button", name="Like", exact=True).click()
    expect(page.get_by_role("button", name="Like", exact=True)).to_have_attribute("aria-pressed", "true")
    wait_until(lambda: Film.objects.get(pk=film.pk).like_count == 1)

    page.get_by_role("link", name="Write a review").click()
    expect(page.get_by_role("radio", name="4½ stars", exact=True)).to_be_checked()
    page.get_by_label("Your review").fill("It cuts **on the beat**. >!He goes to prison.!<")
    page.get_by_label("Watched on").fill("2024-01-28")
    page.get_by_label("Tags").fill("chase, soundtrack")
    page.get_by_label("Who can see this").select_option("Everyone")
    page.get_by_role("button", name="Post review").click()

    article = page.get_by_role("article", name="The review")
    expect(article.locator("strong")).to_have_text("on the beat")
    expect(page.get_by_text("Watched on 28 January 2024")).to_be_visible()
    expect(page.get_by_role("list", name="Tags")).to_contain_text("soundtrack")
    review = Review.objects.get(member=member)
    assert page.url.endswith(f"/reviews/{review.pk}/")

    page.get_by_label("Add a comment").fill("And I would see it again.")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_role("heading", name="1 comment")).to_be_visible()
    page.get_by_role("link", name="Edit your comment").click()
    page.get_by_label("Your comment").fill("And I shall see it again.")
    page.get_by_role("button", name=re.compile("Save|Post")).click()
    expect(page.get_by_text("And I shall see it again.")).to_be_visible()
    page.get_by_role("link", name="Delete your comment").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="0 comments")).to_be_visible()
    assert not Comment.objects.exists()

    page.get_by_role("link", name="Edit your review").click()
    expect(page.get_by_label("Your review")).to_have_value(review.body)
    page.get_by_label("Your review").fill("It cuts on the beat, and on the brake.")
    page.get_by_role("button", name="Post review").click()
    expect(article).to_contain_text("on the brake")
    page.get_by_role("link", name="Delete your review").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Your review is deleted. Your rating and your diary stay as they were.")).to_be_visible()
    assert not Review.objects.exists()

    page.get_by_role("button", name="Clear rating").click()
    expect(page.get_by_role("button", name="Clear rating")).to_have_count(0)
    assert Film.objects.get(pk=film.pk).rating_count == 0


def test_a_draft_waits_for_its_writer(guest: Page, running_site: str):
    film, member = make.film(title="Dunkirk"), make.member()
    sign_in(guest, member, running_site)
    guest.goto(f"/films/{film.slug}/review/")
    guest.get_by_label("Your review").fill("Three clocks.")
    guest.get_by_role("button", name="Save draft").click()
    expect(guest.get_by_text("Your draft is kept. Only you can see it.")).to_be_visible()
    expect(guest.get_by_label("Your review")).to_have_value("Three clocks.")
    guest.goto(f"/films/{film.slug}/")
    expect(guest.get_by_role("link", name="Go on with my draft")).to_be_visible()
    expect(guest.get_by_text("Three clocks.")).to_have_count(0)


def test_members_follow_and_like(guest: Page, running_site: str):
    writer, reader = make.member(username="writer", display_name="Wim"), make.member()
    review = make.review(member=writer)
    sign_in(guest, reader, running_site)
    guest.goto(review.get_absolute_url())
    guest.get_by_role("button", name="Like").click()
    expect(guest.get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "true")
    expect(guest.get_by_text("1 like", exact=True)).to_be_visible()
    guest.goto("/members/writer/")
    guest.get_by_role("button", name="Follow", exact=True).click()
    expect(guest.get_by_role("button", name="Following")).to_be_visible()
    guest.goto("/")
    expect(guest.get_by_role("region", name="From people you follow")).to_contain_text("Wim")
