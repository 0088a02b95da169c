"""The house lights: a cookie that any reader can set by a plain link."""

import pytest

from accounts.lights import COOKIE

pytestmark = pytest.mark.django_db


def test_it_sets_the_lights_and_goes_back(client):
    response = client.get("/lights/?to=up&next=/films/")
    assert (response.status_code, response["Location"]) == (302, "/films/")
    assert response.cookies[COOKIE].value == "up"
    assert response["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"]
)
def test_it_leads_to_no_other_site(client, elsewhere):
    assert client.get("/lights/", {"to": "up", "next": elsewhere})["Location"] == "/"


def test_it_knows_three_settings_only(client):
    assert COOKIE not in client.get("/lights/?to=disco").cookies


@pytest.mark.parametrize(("cookie", "shown"), [("up", "up"), ("auto", "auto"), ("", "down"), ('"><b>', "down")])
def test_pages_come_in_the_light_that_was_chosen(client, cookie, shown):
    client.cookies[COOKIE] = cookie
    assert f'data-lights="{shown}"' in client.get("/accounts/login/").text


def test_only_reading_switches_them(client):
    assert client.post("/lights/?to=up").status_code == 405
