"""Members' pages are answered with 304 while they are the same, and with themselves as soon as they are not."""

import pytest
from django.test import Client

from reviews.actions.rating import mark_film
from tests import make

pytestmark = pytest.mark.django_db


def again(client: Client, address: str, tag: str, **headers: str):
    return client.get(address, headers={"If-None-Match": tag} | headers)


def test_a_page_of_a_member_is_sent_once(cast):
    client, film = Client(), make.film()
    client.force_login(cast.ana)
    for address in ("/", "/films/", film.get_absolute_url(), "/members/bea/"):
        first = client.get(address)
        assert (first.status_code, first["Cache-Control"]) == (200, "private, no-cache"), address
        same = again(client, address, first["ETag"])
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"]), address
        pressed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert pressed["Content-Encoding"] == "gzip" and pressed["ETag"] == first["ETag"], address
        assert again(client, address, pressed["ETag"], **{"Accept-Encoding": "gzip"}).status_code == 304
        assert "Cookie" in same["Vary"], address


def test_whatever_changes_is_sent(cast):
    client, film = Client(), make.film()
    address = film.get_absolute_url()
    client.force_login(cast.ana)
    tag = client.get(address)["ETag"]
    mark_film(member=cast.bea, film=film, half_stars=9)
    assert again(client, address, tag).status_code == 200
    tag = client.get(address)["ETag"]
    make.notice(member=cast.ana, kind="thread", actor=cast.bea)
    assert again(client, address, tag).status_code == 200
    tag = client.get(address)["ETag"]
    client.force_login(cast.fay)
    assert again(client, address, tag).status_code == 200
    client.logout()
    assert again(client, address, tag).status_code == 200


def test_a_page_whose_form_could_not_be_sent_any_more_is_sent_anew(cast):
    client, address = Client(), make.film().get_absolute_url()
    client.force_login(cast.ana)
    tag = client.get(address)["ETag"]
    client.cookies["csrftoken"] = "t" * 32
    assert again(client, address, tag).status_code == 200


def test_what_may_show_a_secret_is_not_for_keeping(cast):
    client = Client()
    client.force_login(cast.ana)
    assert "ETag" not in client.get("/accounts/settings/")
