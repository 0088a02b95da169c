"""Two members and two moderators, each in a window of their own: from following to a removal and its reversal."""

import pytest
from playwright.sync_api import Browser, Page, expect

from reviews.models import Appeal, Case, Decision
from tests import make, staff
from tests.site import sign_in, window

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WORDS = "You have no ears, and the director has no eyes."


@pytest.mark.slow
def test_talk_goes_wrong_and_is_put_right(transactional_db: None, running_site: str, browser: Browser):
    film = make.film(title="Baby Driver", directors=["Edgar Wright"])
    bea, rui = (make.member(username=name, display_name=name.capitalize()) for name in ("bea", "rui"))
    first, second = (staff.moderator(username=name, display_name=name.capitalize()) for name in ("eli", "fox"))
    review = make.review(member=bea, film=film, body="It starts before the engine does.")
    with (
        window(browser, running_site) as of_bea, window(browser, running_site) as of_rui,
        window(browser, running_site) as of_eli, window(browser, running_site) as of_fox,
    ):  # fmt: skip
        pages = [context.new_page() for context in (of_bea, of_rui, of_eli, of_fox)]
        writer, reader, moderator, another = pages
        for page, member in zip(pages, (bea, rui, first, second), strict=True):
            sign_in(page, member, running_site)

        follow_and_read(reader)
        comment(reader, review.get_absolute_url())
        report(writer, review.get_absolute_url())
        case = Case.objects.get()
        expect_no_desk(reader, case)
        remove(moderator, case)
        decision = Decision.objects.get(kind="remove")
        expect_it_gone(writer, reader, review.get_absolute_url())
        appeal(reader, decision)
        expect_not_for(moderator, Appeal.objects.get())
        reverse(another, Appeal.objects.get())
        expect_it_back(writer, reader, review.get_absolute_url(), decision)


def follow_and_read(reader: Page) -> None:
    reader.goto("/members/bea/")
    reader.get_by_role("button", name="Follow", exact=True).click()
    expect(reader.get_by_role("button", name="Following")).to_be_visible()
    reader.goto("/")
    expect(reader.get_by_role("main")).to_contain_text("It starts before the engine does.")


def comment(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.get_by_label("Add a comment").fill(WORDS)
    reader.get_by_role("button", name="Post comment").click()
    expect(reader.get_by_role("main")).to_contain_text(WORDS)


def report(writer: Page, address: str) -> None:
    writer.goto(address)
    expect(writer.get_by_role("main")).to_contain_text(WORDS)
    writer.get_by_role("link", name="Report the comment by Rui").click()
    writer.get_by_label("It attacks somebody").check()
    writer.get_by_role("button", name="Report").click()
    expect(writer.get_by_text("Thank you. A moderator will look at it")).to_be_visible()


def expect_no_desk(reader: Page, case: Case) -> None:
    """What moderators work on is not there for members."""
    answer = reader.request.get(f"/admin/reviews/case/{case.pk}/change/")
    assert answer.status == 403 and WORDS not in answer.text()


def remove(moderator: Page, case: Case) -> None:
    moderator.goto("/admin/reviews/case/")
    moderator.locator("#result_list a").first.click()
    expect(moderator.locator("#content")).to_contain_text(WORDS)
    moderator.get_by_label("Rule broken").select_option("respect")
    moderator.get_by_label("Why").first.fill("It attacks the writer, not what she wrote.")
    moderator.get_by_role("button", name="Remove", exact=False).first.click()
    moderator.wait_for_load_state()


def expect_it_gone(writer: Page, reader: Page, address: str) -> None:
    for page in (writer, reader):
        page.goto(address)
        expect(page.get_by_role("main")).not_to_contain_text(WORDS)
    for page in (writer, reader):  # both are told
        page.goto("/accounts/notifications/")
        expect(page.get_by_role("main")).to_contain_text("moderator", ignore_case=True)


def appeal(reader: Page, decision: Decision) -> None:
    reader.goto("/accounts/decisions/")
    reader.locator(f'a[href$="/accounts/decisions/{decision.pk}/"]').first.click()
    main = reader.get_by_role("main")
    expect(main).to_contain_text("It attacks the writer, not what she wrote.")
    expect(main).to_contain_text("No attacks on people")
    reader.locator("textarea").fill("It is a line of the film, and she knows it.")
    reader.get_by_role("button", name="Send appeal").click()
    expect(main).to_contain_text("Another moderator than the first will look at it.")


def expect_not_for(moderator: Page, appeal: Appeal) -> None:
    """Who decided first does not decide again."""
    assert moderator.request.get(f"/admin/reviews/appeal/{appeal.pk}/change/").status == 404


def reverse(another: Page, appeal: Appeal) -> None:
    another.goto(f"/admin/reviews/appeal/{appeal.pk}/change/")
    expect(another.locator("#content")).to_contain_text("It is a line of the film, and she knows it.")
    another.locator("textarea").fill("So it is. We had not recognised it.")
    another.get_by_role("button", name="Reverse the decision").click()
    another.wait_for_load_state()


def expect_it_back(writer: Page, reader: Page, address: str, decision: Decision) -> None:
    for page in (writer, reader):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text(WORDS)
    reader.goto(f"/accounts/decisions/{decision.pk}/")
    expect(reader.get_by_role("main")).to_contain_text("So it is. We had not recognised it.")
    answer = writer.request.get(f"/accounts/decisions/{decision.pk}/")
    assert answer.status == 404, "what was decided about one member is nobody else's business"
    writer.goto("/transparency/")
    expect(writer.get_by_role("main")).to_contain_text("1")
