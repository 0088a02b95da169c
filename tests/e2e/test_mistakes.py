"""What cannot be done is said in a sentence, and what was typed is still there."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from reviews.models import Review, Viewing
from tests import make
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["page", "plain_page"])
def member(request: pytest.FixtureRequest, running_site: str) -> Page:
    """A member's page, with scripts and without."""
    page = request.getfixturevalue(request.param)
    sign_in(page, make.member(username="ana", display_name="Ana"), running_site)
    return page


def says(page: Page, sentence: str) -> None:
    expect(page.get_by_role("main").get_by_text(sentence).first).to_be_visible()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(".errors")).to_be_focused()


def test_a_review_needs_words(member: Page):
    film = make.film()
    member.goto(f"/films/{film.slug}/review/")
    member.get_by_label("Your review").fill("   ")
    member.get_by_label("Tags").fill("slow")
    member.get_by_role("button", name="Post review").click()
    says(member, "Write something first")
    expect(member.get_by_label("Tags")).to_have_value("slow")


def test_a_review_has_an_end(member: Page):
    film, words = make.film(), "So it goes. " * 16_667
    member.goto(f"/films/{film.slug}/review/")
    member.get_by_label("Your review").fill(words)
    member.get_by_role("button", name="Post review").click()
    says(member, "200,004 characters")
    expect(member.get_by_label("Your review")).to_have_value(words)


def test_nobody_has_seen_a_film_tomorrow(member: Page):
    film = make.film()
    member.goto(f"/films/{film.slug}/review/")
    member.get_by_label("Your review").fill("From the future.")
    member.get_by_label("Watched on").fill("2999-01-01")
    member.get_by_role("button", name="Post review").click()
    says(member, "That day has not come yet")
    expect(member.get_by_label("Your review")).to_have_value("From the future.")
    expect(member.get_by_label("Watched on")).to_have_value("2999-01-01")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_form_begins_from_the_day_of_whoever_writes(browser: Browser, running_site: str, zone: str):
    """In one of the two it is another day than in UTC, whatever the hour."""
    film = make.film()
    with window(browser, running_site, timezone_id=zone) as context:
        page = context.new_page()
        sign_in(page, make.member(), running_site)
        page.goto(f"/films/{film.slug}/log/")
        today = timezone.localdate(timezone=ZoneInfo(zone)).isoformat()
        expect(page.get_by_label("Watched on")).to_have_value(today)
        page.get_by_role("button", name="Log it").click()
        page.wait_for_url(f"**{film.get_absolute_url()}**")
    assert Viewing.objects.get().watched_on.isoformat() == today


def test_two_windows_do_not_overwrite_each_other(member: Page):
    review = make.review(member=User.objects.get(username="ana"), body="As it was.")
    first, second = member, member.context.new_page()
    for shown in (first, second):
        shown.goto(f"/reviews/{review.pk}/edit/")
    first.get_by_label("Your review").fill("As the first window has it.")
    first.get_by_role("button", name="Post review").click()
    expect(first.get_by_role("article", name="The review")).to_contain_text("As the first window has it.")
    second.get_by_label("Your review").fill("As the second window has it.")
    second.get_by_role("button", name="Post review").click()
    says(second, "This review was changed in another window. Compare the two, then post again.")
    expect(second.get_by_role("region", name="As it stands now")).to_contain_text("As the first window has it.")
    expect(second.get_by_label("Your review")).to_have_value("As the second window has it.")
    second.get_by_role("button", name="Post review").click()
    expect(second.get_by_role("article", name="The review")).to_contain_text("As the second window has it.")


def test_a_picture_is_a_picture(member: Page, tmp_path: Path):
    file = tmp_path / "portrait.png"
    file.write_text("I am a text file, really.")
    member.goto("/accounts/settings/")
    member.get_by_label("Picture", exact=True).set_input_files(file)
    member.get_by_role("button", name="Upload picture").click()
    says(member, "JPEG, PNG or WebP")
    assert User.objects.get(username="ana").avatar_key == ""


def test_a_name_has_no_slash(member: Page):
    member.goto("/accounts/settings/")
    member.get_by_label("Username").fill("ana/bea")
    member.get_by_role("button", name="Change username").click()
    says(member, "Use letters a to z, digits, hyphens and underscores")
    expect(member.get_by_label("Username")).to_have_value("ana/bea")


def test_a_newcomer_is_told_all_at_once(page: Page):
    make.member(username="ana")
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_label("Username").fill("Ana")
    page.get_by_label("Password").fill("12345")
    page.get_by_role("button", name="Sign up").click()
    says(page, "Somebody has this name already")
    says(page, "too short")
    expect(page.get_by_label("Email")).to_have_value("new@example.org")
    expect(page.get_by_label("Username")).to_have_value("Ana")
    expect(page.get_by_label("Username")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Username").fill("bea/ana")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    says(page, "Use letters a to z")
    assert User.objects.count() == 1


def test_a_comment_needs_words(member: Page):
    member.goto(make.review().get_absolute_url())
    member.get_by_role("button", name="Post comment").click()
    says(member, "Write something first.")


def test_a_film_that_was_deleted_gives_the_words_back(member: Page):
    film = make.film()
    member.goto(f"/films/{film.slug}/review/")
    member.get_by_label("Your review").fill("It was here a moment ago.")
    film.delete()
    member.get_by_role("button", name="Post review").click()
    expect(member.get_by_role("main")).to_contain_text("It was here a moment ago.")
    assert not Review.objects.exists()


def test_a_report_needs_a_reason(member: Page):
    member.goto(make.review().get_absolute_url())
    member.get_by_role("link", name="Report").click()
    member.get_by_role("button", name="Send report").click()
    expect(member.get_by_role("group", name="What is wrong with it?")).to_be_visible()
    member.get_by_label("Spam").check()
    member.get_by_role("button", name="Send report").click()
    expect(member.get_by_text("Thank you. A moderator will look at it.")).to_be_visible()
