"""A member who hides scores rates a film and then sees what others gave; another asks to see it, without scripts."""

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Mark
from tests import make
from tests.site import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def a_film_with_a_score():
    film = make.film(title="Baby Driver", year=2017)
    for stars in (4, 4.5, 5):
        make.mark(member=make.member(), film=film, stars=stars)
    return film


def test_the_score_appears_with_the_rating(page: Page, running_site: str):
    film, iris = a_film_with_a_score(), make.member(username="iris", hides_scores=True)
    sign_in(page, iris, running_site)
    page.goto(f"/films/{film.slug}/")
    expect(page.get_by_text("until you have rated the film")).to_be_visible()
    assert page.get_by_role("group", name="How members rated it").count() == 0
    page.get_by_role("radio", name="2 stars", exact=True).check(force=True)
    expect(page.locator("#score")).to_contain_text("3.9")
    assert Mark.objects.get(member=iris).rated_blind is True
    page.get_by_role("link", name="How it is made").click()
    expect(page.get_by_role("heading", name="The sum")).to_be_visible()
    expect(page.get_by_text("1 blind rating")).to_be_visible()


def test_the_score_can_be_asked_for_without_scripts(plain_page: Page, running_site: str):
    film, iris = a_film_with_a_score(), make.member(username="iris", hides_scores=True)
    sign_in(plain_page, iris, running_site)
    plain_page.goto(f"/films/{film.slug}/score/")
    plain_page.get_by_role("button", name="Show the scores of this film").click()
    expect(plain_page.get_by_role("heading", name="The sum")).to_be_visible()
    expect(plain_page.get_by_text("13.5 stars ÷ 3 ratings")).to_be_visible()
    plain_page.goto(f"/films/{film.slug}/")
    expect(plain_page.locator("#score")).to_contain_text("4.5")
