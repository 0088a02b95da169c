"""What surrounds a page is kept, and still is each reader's own."""

import re

import pytest
from django.test import Client

from accounts.actions import save_profile
from accounts.models import FollowRequest, User
from reviews.templatetags import frame
from tests import make

pytestmark = pytest.mark.django_db
PLACES = ("/", "/films/", "/lists/?tag=a%26b", "/search/?q=<b>", "/accounts/login/", "/nowhere/it's/")


def pages(clients: dict[str, Client]) -> dict[tuple[str, str], str]:
    """Every place as every reader sees it, without what is new on each page."""
    shown = {}
    for who, client in clients.items():
        for place in PLACES:
            page = client.get(place).content.decode()
            shown[who, place] = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
    return shown


def test_a_kept_frame_is_what_a_new_one_would_be(cast, monkeypatch):
    clients = {"": Client(), "ana": Client(), "bea": Client(), "bright": Client()}
    clients["bright"].cookies["lights"] = "up"
    for who in ("ana", "bea"):
        clients[who].force_login(getattr(cast, who))
    pages(clients)
    kept = pages(clients)
    monkeypatch.setattr(frame, "KEPT_AT_MOST", 0)  # each begins with an empty shelf
    monkeypatch.setattr(frame, "_kept", {})
    assert pages(clients) == kept


def test_each_page_carries_its_own_address_and_token(cast):
    ana, bea = Client(), Client()
    ana.force_login(cast.ana)
    bea.force_login(cast.bea)
    first, second = ana.get("/lists/?tag=a%26b").content.decode(), bea.get("/films/").content.decode()
    assert "next=/lists/%3Ftag%3Da%2526b" in first and "next=/films/" in second
    token = re.compile(r'name="csrfmiddlewaretoken" value="([^"]{64})"')
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ana.cookies
    sent = {"csrfmiddlewaretoken": token.findall(first)[-1]}
    other = {"csrfmiddlewaretoken": token.findall(second)[-1]}
    assert strict.post("/accounts/logout/", other).status_code == 403
    assert strict.post("/accounts/logout/", sent).status_code == 302
    assert not re.search("(here|token)-[0-9a-f]{32}", first + second)


def test_the_header_follows_what_happens_to_the_reader(cast):
    client = Client()
    client.force_login(cast.ana)

    def menu() -> str:
        return client.get("/lists/").content.decode()

    assert "Ana the Second" not in menu() and "Follow requests" not in menu()
    save_profile(member=cast.ana, display_name="Ana the Second", bio="", location="", pronouns="", website="")
    assert "<b>Ana the Second</b>" in menu()
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    assert "Follow requests</a>" in menu()
    FollowRequest.objects.create(follower=make.member(), followed=cast.ana)
    assert 'Follow requests <span class="badge">1</span>' in menu()
    make.notice(member=cast.ana, kind="thread", actor=cast.bea)
    assert "Notifications, 1 unread" in menu()
