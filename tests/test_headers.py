"""What the real server says beside its answers, whatever they are; and where it never sends anybody."""

import http.client
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.http import urlencode

from tests import make
from tests.base import png
from tests.house import House, furnish

Answer = tuple[int, http.client.HTTPMessage, bytes]
Ask = Callable[..., Answer]

# What, by which verb, and how it is answered.
ANSWERS = (
    ("page", "GET", "/", 200),
    ("film", "GET", "/films/{film}/", 200),
    ("form", "GET", "/accounts/login/", 200),
    ("moved", "GET", "/films/baby-2017/", 301),
    ("slash left out", "GET", "/films", 301),
    ("for members", "GET", "/accounts/settings/", 302),
    ("lights", "GET", "/lights/?to=up", 302),
    ("language", "GET", "/language/?to=en-gb", 302),
    ("form without its token", "POST", "/accounts/login/", 403),
    ("nothing there", "GET", "/nothing/", 404),
    ("no such verb", "OPTIONS", "/films/{film}/", 405),
    ("trace", "TRACE", "/", 405),
    ("bad address", "GET", "/films/%00/", 404),
    ("feed", "GET", "/feeds/reviews.rss", 200),
    ("feed of a member", "GET", "/members/{ana}/feed.rss", 200),
    ("feed of a list", "GET", "/lists/{list}/feed.rss", 200),
    ("feed of a diary", "GET", "/members/{ana}/diary.rss", 200),
    ("sitemap", "GET", "/sitemap.xml", 200),
    ("robots", "GET", "/robots.txt", 200),
    ("manifest", "GET", "/manifest.webmanifest", 200),
    ("opensearch", "GET", "/opensearch.xml", 200),
    ("oembed", "GET", "/oembed", 404),
    ("health", "GET", "/healthz", 200),
    ("readiness", "GET", "/readyz", 503),
    ("api", "GET", "/api/v1/films/", 200),
    ("api, nothing there", "GET", "/api/v1/films/never-was/", 404),
    ("api, refused", "POST", "/api/v1/reviews/", 401),
    ("api, description", "GET", "/api/schema/", 200),
    ("api, log-in", "GET", "/_allauth/app/v1/auth/session", 401),
    ("admin", "GET", "/admin/", 302),
    ("script", "GET", "/static/js/rate.js", 200),
    ("stylesheet", "GET", "/static/css/site.css", 200),
    ("no such file", "GET", "/static/none.css", 404),
    ("drawn poster", "GET", "/posters/{film_pk}-1-180.webp", 200),
    ("upload", "GET", "/media/{media}", 200),
    ("no such upload", "GET", "/media/none.webp", 404),
)


@pytest.fixture
def ask(transactional_db: None, running_site: str) -> Ask:
    place = urlsplit(running_site).netloc

    def asked(verb: str, address: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(place, timeout=30)
        try:
            connection.request(verb, address, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    return asked


@pytest.fixture
def house(transactional_db: None) -> House:
    made = furnish()
    made["film_pk"] = str(made["film"].pk)
    made["media"] = default_storage.save("avatars/test/104.png", ContentFile(png()))
    return made


def test_every_answer_is_guarded(ask: Ask, house: House):
    for name, verb, address, status in ANSWERS:
        told, headers, words = ask(verb, house.address(address))
        assert told == status, (name, words[:300])
        policy = headers["Content-Security-Policy"] or ""
        assert "default-src 'none'" in policy and "unsafe" not in policy, name
        assert name == "upload" or "frame-ancestors 'none'" in policy, name
        assert "data:" not in policy and "*" not in policy, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}, name
        assert not re.search(r"\d", headers["Server"] or ""), f"{name}: says which version it runs"
        if words:
            kind = headers["Content-Type"].replace('"', "")
            assert kind.startswith("image/") or "charset=utf-8" in kind or "json" in kind, f"{name}: {kind}"
            assert headers["X-Frame-Options"] == "DENY" or kind.startswith(("image/", "text/css", "text/j")), name


def test_what_is_for_all_may_be_kept_by_all(ask: Ask, house: House):
    """Nothing that an in-between may keep brings a cookie, and what differs from reader to reader says so."""
    for name, verb, address, _status in ANSWERS:
        _told, headers, words = ask(verb, house.address(address))
        kept_by_all = "public" in (headers["Cache-Control"] or "")
        varies = {word.strip().lower() for word in (headers["Vary"] or "").split(",")}
        if kept_by_all:
            assert headers["Set-Cookie"] is None and "cookie" not in varies, name
        if words and headers["Content-Type"] == "text/html; charset=utf-8":
            private = {"private", "no-store", "no-cache"} & set(re.split(r"[\s,]+", headers["Cache-Control"] or ""))
            assert "cookie" in varies or private, f"{name}: {headers['Vary']}"


@pytest.mark.django_db
def test_pages_of_members_are_theirs_alone(client: Client):
    client.force_login(make.member(username="ana"))
    for address in (
        "/", "/films/", "/accounts/settings/", "/api/v1/me/", "/members/ana/", "/accounts/notes/", "/accounts/players/",
        "/accounts/settings", "/nothing/",
    ):  # fmt: skip
        answer = client.get(address)
        assert "Cookie" in answer["Vary"] or "no-store" in answer["Cache-Control"], address
        assert "private" in answer["Cache-Control"] and "public" not in answer["Cache-Control"], address


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:8000@evil.example", ""])
def test_another_host_is_refused(ask: Ask, host: str):
    for address in ("/", "/api/v1/films/", "/accounts/password/reset/"):
        status, headers, words = ask("GET", address, Host=host)
        assert status == 400
        assert b"evil" not in words
        assert "unsafe" not in (headers["Content-Security-Policy"] or "")


ELSEWHERE = (
    "//evil.example", "https://evil.example", "https:evil.example", "\\\\evil.example", "/\\evil.example",
    "https://127.0.0.1@evil.example", "%2f%2fevil.example", "/\t/evil.example", "\n//evil.example",
    "javascript:alert(1)", "data:text/html,x", "http://127.0.0.1.evil.example/", "///evil.example",
    "http:///evil.example",
)  # fmt: skip


def leads_away(location: str) -> bool:
    """Whether a browser at the site would go somewhere else from here."""
    heard = re.sub(r"[\t\r\n]", "", location).replace("\\", "/").strip()
    parts = urlsplit(heard)
    return bool(parts.scheme or parts.netloc or heard.startswith("//"))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(target: str):
    make.member(username="ana", password=make.PASSWORD)
    query, client = urlencode({"next": target}), Client()
    lights = client.get(f"/lights/?to=up&{query}")
    assert not leads_away(lights["Location"])
    assert not leads_away(client.get(f"/language/?to=en-gb&{query}")["Location"])
    login = client.post(f"/accounts/login/?{query}", {"login": "ana", "password": make.PASSWORD, "next": target})
    assert login.status_code == 302 and not leads_away(login["Location"])
    again = client.get(f"/accounts/login/?{query}")
    assert again.status_code == 302 and not leads_away(again["Location"])
    out = client.post(f"/accounts/logout/?{query}", {"next": target})
    assert not leads_away(out["Location"])


def test_the_way_back_leads_back():
    assert Client().get("/lights/?to=up&next=/films/%3Fgenre%3Daction")["Location"] == "/films/?genre=action"


def test_pages_of_other_sites_may_ask_the_api_and_nothing_else(client, cast):
    """With tokens alone: whoever is logged in here is nobody to them."""
    elsewhere = {"Origin": "https://rows.example.org"}
    answer = client.get("/api/v1/films/", headers=elsewhere)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "etag" in answer["Access-Control-Expose-Headers"]
    before = elsewhere | {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}
    asked = client.options("/api/v1/me/", headers=before)
    assert asked.status_code == 200 and "PATCH" in asked["Access-Control-Allow-Methods"]
    assert "authorization" in asked["Access-Control-Allow-Headers"]
    assert "x-csrftoken" not in asked["Access-Control-Allow-Headers"]
    for path in ("/", "/accounts/login/", "/_allauth/app/v1/config", "/identity/o/authorize", "/oembed?url=x"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers=elsewhere), path
