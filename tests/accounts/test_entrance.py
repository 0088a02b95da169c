"""The pages for coming in: their names, their errors, and what a scan of them needs."""

import pytest
from django.template import Context, Template

pytestmark = pytest.mark.django_db


def test_a_wrong_form_says_so_first_and_keeps_what_was_typed(client):
    page = client.post("/accounts/signup/", {"email": "x@", "username": "admin", "password1": "rosebud"}).text
    assert "<title>Error: Sign up" in page
    assert "3 things to put right" in page
    for field in ("id_email", "id_username", "id_password1"):
        assert f'<a href="#{field}">' in page
        assert f'aria-describedby="{field}_helptext {field}_error"' in page
    assert 'value="x@"' in page


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/accounts/signup/", ("Email", "Username", "Password")),
        ("/accounts/login/", ("Username or email", "Password")),
    ],
)
def test_fields_have_the_names_that_others_rely_on(client, path, labels):
    page = client.get(path).text
    for label in labels:
        assert f">{label}</label>" in page


def test_a_key_is_drawn_without_a_data_address():
    svg = '<svg viewBox="0 0 5 5"><path d="M1,1H2V2H1z" id="qr-path" fill="#000000"/></svg>'
    drawn = Template("{% load qr %}{% qr svg 'The key' %}").render(Context({"svg": svg}))
    assert drawn == '<svg class="qr" role="img" aria-label="The key" viewBox="0 0 5 5"><path d="M1,1H2V2H1z"/></svg>'
    with pytest.raises(ValueError, match="not a drawing"):
        Template("{% load qr %}{% qr svg 'The key' %}").render(Context({"svg": "<svg onload=alert(1)></svg>"}))


@pytest.mark.parametrize("path", ["/nothing/here/", "/accounts/inactive/", "/accounts/password/reset/done/"])
def test_pages_with_bad_news_keep_the_house_round_them(client, path):
    page = client.get(path).text
    assert 'class="site-head"' in page
    assert 'class="site-foot"' in page
