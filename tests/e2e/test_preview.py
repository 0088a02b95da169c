"""A chosen picture is shown before it is sent, and a file that is none is not."""

from playwright.sync_api import Page, expect

from tests import make, staff
from tests.base import png
from tests.site import sign_in


def chosen(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_a_member_sees_the_picture_that_they_chose(page: Page, running_site: str):
    sign_in(page, make.member(username="ana"), running_site)
    page.goto("/accounts/settings/")
    field, shown = page.locator("input[type=file]"), page.get_by_role("img", name="The chosen picture")
    field.set_input_files(chosen("me.png", png()))
    expect(shown).to_be_visible()
    field.set_input_files(chosen("me.png", b"not a picture"))
    expect(shown).to_have_count(0)


def test_a_curator_sees_the_poster_that_they_chose(page: Page, running_site: str):
    sign_in(page, staff.administrator(username="dora"), running_site)
    page.goto("/admin/films/film/add/")
    page.locator("#id_picture").set_input_files(chosen("poster.png", png()))
    expect(page.get_by_role("img", name="The chosen picture")).to_be_visible()
